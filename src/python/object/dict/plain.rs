//! Key-sharing dicts up to 3.10: every instance has a dict, which shares its keys with those of its class as long as all
//! set the same attributes in the same order. CPython 3.10: `insertdict`, `make_keys_shared`, `_PyObjectDict_SetItem`.
//!
//! The values are a block of pointers, one for each entry that the table has room for; the address by which the engine
//! knows them is 8 bytes before the first, as for values of later versions. Their order is that of the keys.

use super::keys::{self, DK_NENTRIES, DK_USABLE, Kind, LOG_MINSIZE, Table};
use super::{MA_KEYS, MA_USED, MA_VALUES, new, new_split, remove, resize, values};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::types;
use crate::python::vm::{PyResult, Vm};

/// How many values stand beside a table.
pub fn room(vm: &Vm, keys: Addr) -> u64 {
    keys::usable_fraction(Table::read(vm, keys).size())
}

/// The keys table that instances of a new class share. CPython: `_PyDict_NewKeysForClass`.
pub fn new_shared_keys(vm: &mut Vm) -> PyResult<Addr> {
    keys::new(vm, LOG_MINSIZE, Kind::Split)
}

/// The empty dict of a new instance: `new_dict_with_shared_keys`.
pub fn new_for(vm: &mut Vm, class: Addr) -> Own {
    let keys = vm.type_data(class).cached_keys;
    if keys.is_null() {
        return new(vm);
    }
    keys::incref(vm, keys);
    let values = new_values(vm, room(vm, keys));
    new_split(vm, keys, values, 0)
}

fn new_values(vm: &mut Vm, room: u64) -> Addr {
    let block = vm.heap.alloc(8 * room as usize);
    vm.heap.space.fill(block, 8 * room as usize, 0);
    block.before(8)
}

/// Sets a key of a split dict; `false` if the dict has a table of its own now, in which the key is to be set. The value
/// is the caller's to give.
pub fn set(vm: &mut Vm, dict: Addr, key: Addr, hash: i64, value: &Own) -> PyResult<bool> {
    let table = Table::read(vm, vm.field(dict, MA_KEYS));
    let (used, count) = (vm.word(dict, MA_USED), vm.word(table.keys, DK_NENTRIES));
    let held = vm.field(dict, MA_VALUES);
    let is_str = vm.type_of(key) == types::STR;
    let entry = match is_str {
        true => table.lookup_str(vm, key, hash),
        false => None,
    };
    let is_in_order = match entry {
        Some(entry) => !values::get(vm, held, entry).is_null() || entry == used,
        None => is_str && used == count && vm.word(table.keys, DK_USABLE) > 0,
    };
    if !is_in_order {
        super::grow(vm, dict, is_str)?;
        return Ok(false);
    }
    let entry = entry.unwrap_or_else(|| table.add_shared_key(vm, key, hash));
    let at = values::value_at(held, entry);
    if vm.field(at, 0).is_null() {
        vm.set_word(dict, MA_USED, used + 1);
    }
    let old = vm.word(at, 0);
    vm.set_word(at, 0, value.addr().0);
    vm.decref_word(old);
    Ok(true)
}

/// Gives a split dict a table of its own, as large as the shared one: before a deletion.
pub fn combine(vm: &mut Vm, dict: Addr) -> PyResult<()> {
    if vm.field(dict, MA_VALUES).is_null() {
        return Ok(());
    }
    let size = Table::read(vm, vm.field(dict, MA_KEYS)).size();
    resize(vm, dict, size.ilog2(), true)
}

/// `copy()` of a split dict, which shares the keys too.
pub fn copy(vm: &mut Vm, dict: Addr) -> Own {
    let (keys, from) = (vm.field(dict, MA_KEYS), vm.field(dict, MA_VALUES));
    let room = room(vm, keys);
    let to = new_values(vm, room);
    for entry in 0..room {
        if let Some(value) = values::get(vm, from, entry).some() {
            let value = vm.incref(value).into_addr();
            vm.set_word(values::value_at(to, entry), 0, value.0);
        }
    }
    keys::incref(vm, keys);
    let used = vm.word(dict, MA_USED);
    let made = new_split(vm, keys, to, used);
    if gc::is_tracked(vm, dict) && !gc::is_tracked(vm, made.addr()) {
        gc::track(vm, made.addr());
    }
    made
}

/// Sets or deletes an attribute in an instance's dict; `false` if there is nothing to delete. The class gives its keys
/// up where an instance deletes one, and takes the larger table of an instance that alone had outgrown them. CPython:
/// `_PyObjectDict_SetItem`.
pub fn set_attribute(
    vm: &mut Vm,
    class: Addr,
    dict: Addr,
    name: Addr,
    value: Option<Addr>,
) -> PyResult<bool> {
    let shared = vm.type_data(class).cached_keys;
    let Some(value) = value else {
        let old = remove(vm, dict, name)?;
        let found = old.is_some();
        vm.xdecref(old);
        replace_shared(vm, class, Addr::NULL);
        return Ok(found);
    };
    let was_shared = !shared.is_null() && vm.field(dict, MA_KEYS) == shared;
    super::set(vm, dict, name, value)?;
    let is_shared_yet = vm.type_data(class).cached_keys == shared;
    if was_shared && is_shared_yet && vm.field(dict, MA_KEYS) != shared {
        let made = match keys::refcount(vm, shared) {
            1 => share(vm, dict),
            _ => Addr::NULL,
        };
        replace_shared(vm, class, made);
    }
    Ok(true)
}

fn replace_shared(vm: &mut Vm, class: Addr, keys: Addr) {
    let old = vm.type_data(class).cached_keys;
    vm.type_data_mut(class).cached_keys = keys;
    vm.set_word(class, crate::python::object::r#type::HT_CACHED_KEYS, keys.0);
    keys::decref(vm, old);
}

/// Turns an instance's own table into one that its class shares; a count of it, `NULL` if it holds more than strings.
/// CPython: `make_keys_shared`.
fn share(vm: &mut Vm, dict: Addr) -> Addr {
    let keys = vm.field(dict, MA_KEYS);
    let table = Table::read(vm, keys);
    if table.kind != Kind::Unicode || !vm.field(dict, MA_VALUES).is_null() {
        return Addr::NULL;
    }
    let values = new_values(vm, room(vm, keys));
    for entry in 0..vm.word(keys, DK_NENTRIES) {
        let at = table.value_at(entry);
        let value = vm.word(at, 0);
        vm.set_word(values::value_at(values, entry), 0, value);
        vm.set_word(at, 0, 0);
    }
    keys::set_kind(vm, keys, Kind::Split);
    keys::incref(vm, keys);
    vm.set_word(dict, MA_VALUES, values.0);
    keys
}
