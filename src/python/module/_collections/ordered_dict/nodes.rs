//! The order of an `OrderedDict`: a doubly linked list of nodes, and an array that finds a key's node by the
//! place of its entry in the dict's table. CPython: `_odictnode`, `od_fast_nodes`, Objects/odictobject.c.

use crate::python::memory::{Addr, Own};
use crate::python::object::dict::{self, MA_KEYS, keys::Table};
use crate::python::vm::{PyResult, Vm};

/// Offset of `od_fast_nodes`.
const FAST_NODES: u64 = 48;
/// Offset of `od_fast_nodes_size`.
pub const FAST_NODES_SIZE: u64 = 56;
/// Offset of `od_resize_sentinel`: the table that the array belongs to.
const SENTINEL: u64 = 64;
/// Offset of `od_state`, which counts changes of the order.
pub const STATE: u64 = 72;
/// Offset of `od_first`.
pub const FIRST: u64 = 80;
/// Offset of `od_last`.
pub const LAST: u64 = 88;

/// Bytes of a node: key, hash, next, previous.
pub const NODE_BYTES: u64 = 32;
const KEY: u64 = 0;
const HASH: u64 = 8;
/// Offset in a node of the next one.
pub const NEXT: u64 = 16;
/// Offset in a node of the one before.
pub const PREV: u64 = 24;

/// A node's key, borrowed.
pub fn key(vm: &Vm, node: Addr) -> Addr {
    vm.field(node, KEY)
}

/// A node's hash.
pub fn hash(vm: &Vm, node: Addr) -> i64 {
    vm.word(node, HASH) as i64
}

/// The nodes in order.
pub fn all(vm: &Vm, od: Addr) -> Vec<Addr> {
    let mut nodes = Vec::with_capacity(dict::len(vm, od));
    let mut node = vm.field(od, FIRST);
    while !node.is_null() {
        nodes.push(node);
        node = vm.field(node, NEXT);
    }
    nodes
}

fn touch(vm: &mut Vm, od: Addr) {
    let state = vm.word(od, STATE);
    vm.set_word(od, STATE, state.wrapping_add(1));
}

/// Makes the array fit the dict's table again: `_odict_resize`.
fn rebuild(vm: &mut Vm, od: Addr) -> PyResult<()> {
    let table = vm.field(od, MA_KEYS);
    let size = Table::read(vm, table).size();
    let Ok(array) = vm.heap.try_alloc(8 * size as usize) else {
        return Err(vm.memory_error());
    };
    vm.heap.space.fill(array, 8 * size as usize, 0);
    for node in all(vm, od) {
        let (key, hash) = (key(vm, node), hash(vm, node));
        match dict::entry_of(vm, od, key, hash) {
            Ok(Some(entry)) => vm.set_word(array, 8 * entry, node.0),
            Ok(None) => {}
            Err(raised) => {
                vm.heap.free(array);
                return Err(raised);
            }
        }
    }
    let old = vm.field(od, FAST_NODES);
    vm.heap.free(old);
    vm.set_word(od, FAST_NODES, array.0);
    vm.set_word(od, FAST_NODES_SIZE, size);
    vm.set_word(od, SENTINEL, table.0);
    Ok(())
}

/// The word of the array for a key that is in the dict.
fn place(vm: &mut Vm, od: Addr, key: Addr, hash: i64) -> PyResult<Option<Addr>> {
    let table = vm.field(od, MA_KEYS);
    let size = Table::read(vm, table).size();
    if vm.word(od, SENTINEL) != table.0 || vm.word(od, FAST_NODES_SIZE) != size {
        rebuild(vm, od)?;
    }
    let entry = dict::entry_of(vm, od, key, hash)?;
    Ok(entry.map(|entry| vm.field(od, FAST_NODES).at(8 * entry)))
}

/// The node of a key: `_odict_find_node_hash`.
pub fn find(vm: &mut Vm, od: Addr, key: Addr, hash: i64) -> PyResult<Option<Addr>> {
    if vm.field(od, FIRST).is_null() {
        return Ok(None);
    }
    let place = place(vm, od, key, hash)?;
    Ok(place.and_then(|place| vm.field(place, 0).some()))
}

/// A node at the end for a key that was just stored in the dict, if it has none: `_odict_add_new_node`.
pub fn add(vm: &mut Vm, od: Addr, key: Addr, hash: i64) -> PyResult<()> {
    let Some(place) = place(vm, od, key, hash)? else {
        return Err(vm.key_error(key));
    };
    if !vm.field(place, 0).is_null() {
        return Ok(());
    }
    let node = vm.heap.alloc(NODE_BYTES as usize);
    let key = vm.incref(key);
    vm.init_field(node, KEY, key);
    vm.set_word(node, HASH, hash as u64);
    link_last(vm, od, node);
    vm.set_word(place, 0, node.0);
    Ok(())
}

/// Puts a node at the end.
pub fn link_last(vm: &mut Vm, od: Addr, node: Addr) {
    let last = vm.field(od, LAST);
    vm.set_word(node, PREV, last.0);
    vm.set_word(node, NEXT, 0);
    if last.is_null() {
        vm.set_word(od, FIRST, node.0);
    } else {
        vm.set_word(last, NEXT, node.0);
    }
    vm.set_word(od, LAST, node.0);
    touch(vm, od);
}

/// Puts a node at the start.
pub fn link_first(vm: &mut Vm, od: Addr, node: Addr) {
    let first = vm.field(od, FIRST);
    vm.set_word(node, PREV, 0);
    vm.set_word(node, NEXT, first.0);
    if first.is_null() {
        vm.set_word(od, LAST, node.0);
    } else {
        vm.set_word(first, PREV, node.0);
    }
    vm.set_word(od, FIRST, node.0);
    touch(vm, od);
}

/// Takes a node out of the list.
pub fn unlink(vm: &mut Vm, od: Addr, node: Addr) {
    let (prev, next) = (vm.field(node, PREV), vm.field(node, NEXT));
    if prev.is_null() {
        vm.set_word(od, FIRST, next.0);
    } else {
        vm.set_word(prev, NEXT, next.0);
    }
    if next.is_null() {
        vm.set_word(od, LAST, prev.0);
    } else {
        vm.set_word(next, PREV, prev.0);
    }
    touch(vm, od);
}

/// Forgets the node of a key that is about to leave the dict: `_odict_clear_node`.
pub fn remove(vm: &mut Vm, od: Addr, node: Addr) -> PyResult<()> {
    let (key, hash) = (key(vm, node), hash(vm, node));
    if let Some(place) = place(vm, od, key, hash)? {
        vm.set_word(place, 0, 0);
    }
    unlink(vm, od, node);
    let key = Own::from_addr(key);
    vm.heap.free(node);
    vm.decref(key);
    Ok(())
}

/// Forgets all nodes, the first first: `_odict_clear_nodes`.
pub fn clear(vm: &mut Vm, od: Addr) {
    let nodes = all(vm, od);
    let array = vm.field(od, FAST_NODES);
    vm.heap.free(array);
    for field in [FAST_NODES, FAST_NODES_SIZE, SENTINEL, FIRST, LAST] {
        vm.set_word(od, field, 0);
    }
    for node in nodes {
        let key = vm.word(node, KEY);
        vm.heap.free(node);
        vm.decref_word(key);
    }
}
