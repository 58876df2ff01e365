//! Attribute values of instances whose class shares the keys. CPython: `PyDictValues`.
//!
//! ```text
//!  0  capacity, size, embedded, valid    one byte each
//!  8  values                             8 × capacity, NULL where the attribute is not set
//!     order                              capacity bytes: entries in the order they were set
//! ```
//!
//! From 3.13 on they stand inside the instance, right after its header (*inline values*). In 3.12 they are a block of
//! their own, which the instance's word for its dict points at, with the lowest bit set. The address by which the
//! engine knows such values is chosen so that the values stand 8 bytes behind it, too; what is in the header above
//! stands backwards before them: capacity at 7, size at 6, the order from 5 down. A `__dict__` is made
//! only when it is asked for; it shares the values until it needs a table of its own. The class starts
//! with room for 30 names, and each new instance takes one off until the names in use plus one are left.

use super::keys::{self, DK_NENTRIES, DK_USABLE, Kind, Table};
use super::{MA_KEYS, MA_USED, MA_VALUES, new, new_split, set};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{STR_HASH, flags, str, r#type, types};
use crate::python::version::Attributes;
use crate::python::vm::{PyResult, Vm};

/// Offset of an instance's managed `__dict__`, before the object.
pub const MANAGED_DICT: u64 = 24;
/// Offset of an instance's list of weak references, before the object.
pub const MANAGED_WEAKLIST: u64 = 32;
/// The names a class shares at most. CPython: `SHARED_KEYS_MAX_SIZE`.
pub const SHARED_KEYS_MAX: u64 = 30;

/// Value of an entry, `NULL` if not set.
#[inline(always)]
pub fn get(vm: &Vm, values: Addr, entry: u64) -> Addr {
    vm.field(values, 8 + 8 * entry)
}

/// Address of the word of an entry's value.
#[inline(always)]
pub fn value_at(values: Addr, entry: u64) -> Addr {
    values.at(8 + 8 * entry)
}

/// Whether the values of this version are blocks of their own, which begin with what they hold last.
fn are_beside(vm: &Vm) -> bool {
    vm.profile.attributes == Attributes::Beside
}

/// How many attributes a block of values has room for.
pub fn capacity(vm: &Vm, values: Addr) -> u64 {
    vm.word(values, 0) >> if are_beside(vm) { 56 } else { 0 } & 0xFF
}

fn size(vm: &Vm, values: Addr) -> u64 {
    vm.word(values, 0) >> if are_beside(vm) { 48 } else { 8 } & 0xFF
}

/// Sets how many attributes are set.
pub fn set_size(vm: &mut Vm, values: Addr, size: u64) {
    let at = if are_beside(vm) { 6 } else { 1 };
    vm.heap.space.set_byte(values.at(at), size as u8);
}

/// Whether the values stand inside their instance.
pub fn is_embedded(vm: &Vm, values: Addr) -> bool {
    vm.profile.attributes == Attributes::Inline && vm.word(values, 0) >> 16 & 0xFF != 0
}

/// Whether inline values are what holds their instance's attributes.
#[inline(always)]
pub fn is_valid(vm: &Vm, values: Addr) -> bool {
    vm.word(values, 0) >> 24 & 0xFF != 0
}

fn set_valid(vm: &mut Vm, values: Addr, valid: bool) {
    vm.heap.space.set_byte(values.at(3), u8::from(valid));
}

/// The byte that says which entry was set as number `position`.
fn order_byte(vm: &Vm, values: Addr, position: u64) -> Addr {
    if are_beside(vm) {
        values.at(5).before(position)
    } else {
        values.at(8 + 8 * capacity(vm, values) + position)
    }
}

/// The entry that was set as number `position`.
pub fn order_at(vm: &Vm, values: Addr, position: usize) -> u64 {
    let at = order_byte(vm, values, position as u64);
    u64::from(vm.heap.space.byte(at))
}

/// The entries in the order they were set.
pub fn insertion_order(vm: &Vm, values: Addr) -> Vec<u64> {
    (0..size(vm, values) as usize)
        .map(|i| order_at(vm, values, i))
        .collect()
}

fn add_to_order(vm: &mut Vm, values: Addr, entry: u64) {
    let count = size(vm, values);
    let at = order_byte(vm, values, count);
    vm.heap.space.set_byte(at, entry as u8);
    set_size(vm, values, count + 1);
}

/// Closes the gap that a deleted attribute leaves in the order.
pub fn remove_from_order(vm: &mut Vm, values: Addr, entry: u64) {
    let order = insertion_order(vm, values);
    for (i, kept) in order.iter().filter(|kept| **kept != entry).enumerate() {
        let at = order_byte(vm, values, i as u64);
        vm.heap.space.set_byte(at, *kept as u8);
    }
    set_size(vm, values, order.len() as u64 - 1);
}

/// The shared keys' entry of a name, added if there is room and the name is an exact `str`.
pub fn find_or_add_key(vm: &mut Vm, keys: Addr, key: Addr, hash: i64, exact: bool) -> Option<u64> {
    if !exact {
        return None;
    }
    let table = Table::read(vm, keys);
    if let Some(entry) = table.lookup_str(vm, key, hash) {
        return Some(entry);
    }
    let has_room = vm.word(keys, DK_USABLE) > 0;
    has_room.then(|| table.add_shared_key(vm, key, hash))
}

/// Sets an entry of a split dict.
pub fn set_in_dict(vm: &mut Vm, dict: Addr, entry: u64, value: Own) {
    let values = vm.field(dict, MA_VALUES);
    if get(vm, values, entry).is_null() {
        add_to_order(vm, values, entry);
        let used = vm.word(dict, MA_USED);
        vm.set_word(dict, MA_USED, used + 1);
    }
    vm.set_field(value_at(values, entry), 0, Some(value));
}

/// The references moved to a table: the values are void, and freed if they stood alone.
pub fn release_moved(vm: &mut Vm, values: Addr) {
    if is_embedded(vm, values) {
        set_valid(vm, values, false);
    } else {
        free(vm, values);
    }
}

/// Frees values that stand alone.
fn free(vm: &mut Vm, values: Addr) {
    let block = match vm.profile.attributes {
        Attributes::Dict => values.at(8),
        Attributes::Beside => values.at(8).before(prefix_size(capacity(vm, values))),
        Attributes::Inline => values,
    };
    vm.heap.free(block);
}

/// How many values a split dict has room for, 0 for a combined one.
pub fn room(vm: &Vm, dict: Addr) -> u64 {
    let values = vm.field(dict, MA_VALUES);
    if values.is_null() {
        return 0;
    }
    match vm.wide_tables {
        true => super::plain::room(vm, vm.field(dict, MA_KEYS)),
        false => capacity(vm, values),
    }
}

/// The entries of a split dict in the order they were set; in a plain one that is the order of the keys.
pub fn order(vm: &Vm, dict: Addr) -> Vec<u64> {
    match vm.wide_tables {
        true => (0..vm.word(dict, MA_USED)).collect(),
        false => insertion_order(vm, vm.field(dict, MA_VALUES)),
    }
}

/// Drops all `room` values and frees them; for values that stand alone.
pub fn drop_values(vm: &mut Vm, values: Addr, room: u64) {
    for entry in 0..room {
        vm.set_field(value_at(values, entry), 0, None);
    }
    free(vm, values);
}

/// Bytes before the values of a block of their own: the order of `capacity` entries, size and capacity.
const fn prefix_size(capacity: u64) -> u64 {
    (capacity + 2).next_multiple_of(8)
}

/// Bytes of inline values for `capacity` attributes.
const fn values_size(capacity: u64) -> u64 {
    8 + 8 * capacity + capacity.next_multiple_of(8)
}

/// Bytes of inline values that a new instance of `ty` gets.
#[inline]
pub fn inline_size(vm: &Vm, ty: Addr) -> u64 {
    let keys = vm.type_data(ty).cached_keys;
    values_size(vm.word(keys, DK_NENTRIES) + vm.word(keys, DK_USABLE))
}

/// Prepares the inline values of a new instance, whose block is zero. CPython: `_PyObject_InitInlineValues`.
#[inline]
pub fn init_inline(vm: &mut Vm, object: Addr, ty: Addr) {
    let keys = vm.type_data(ty).cached_keys;
    let usable = vm.word(keys, DK_USABLE);
    if usable > 1 {
        vm.set_word(keys, DK_USABLE, usable - 1);
    }
    let capacity = vm.word(keys, DK_NENTRIES) + vm.word(keys, DK_USABLE);
    let values = inline_values(vm, object, ty);
    vm.set_word(values, 0, capacity | 1 << 16 | 1 << 24);
}

/// Gives a new instance a block of values where values are blocks, if its class shares keys and nothing native but
/// `object` stands behind it. CPython 3.12: `_PyObject_InitializeDict`, from `object.__new__`.
pub fn init_beside(vm: &mut Vm, object: Addr, ty: Addr) {
    let keys = vm.type_data(ty).cached_keys;
    if keys.is_null() || !are_beside(vm) || r#type::native_base(vm, ty) != types::OBJECT {
        return;
    }
    let usable = vm.word(keys, DK_USABLE);
    if usable > 1 {
        vm.set_word(keys, DK_USABLE, usable - 1);
    }
    let capacity = vm.word(keys, DK_NENTRIES) + vm.word(keys, DK_USABLE);
    let values = new_values(vm, capacity);
    set_dict_word(vm, object, values.0 | BESIDE);
}

/// Marks an instance's word for its dict that points at values.
const BESIDE: u64 = 1;

/// The block of values that an instance has instead of a dict.
fn values_beside(vm: &Vm, object: Addr) -> Option<Addr> {
    let word = vm.heap.space.word(object.before(MANAGED_DICT));
    (word & BESIDE != 0).then_some(Addr(word & !BESIDE))
}

fn set_dict_word(vm: &mut Vm, object: Addr, word: u64) {
    vm.set_word(object.before(MANAGED_DICT), 0, word);
}

/// Where an instance's inline values are.
#[inline(always)]
pub fn inline_values(vm: &Vm, object: Addr, ty: Addr) -> Addr {
    object.at(vm.word(ty, crate::python::vm::typedata::TP_BASICSIZE))
}

/// The managed dict of an instance, `NULL` if not made.
#[inline(always)]
pub fn managed_dict(vm: &Vm, object: Addr) -> Addr {
    let word = vm.heap.space.word(object.before(MANAGED_DICT));
    if word & BESIDE != 0 {
        return Addr::NULL;
    }
    Addr(word)
}

fn set_managed_dict(vm: &mut Vm, object: Addr, dict: Option<Own>) -> Option<Own> {
    vm.replace_field(object.before(MANAGED_DICT), 0, dict)
}

/// The inline values, if they are what holds the instance's attributes.
#[inline]
pub fn valid_values(vm: &Vm, object: Addr, ty: Addr) -> Option<Addr> {
    if vm.type_flags(ty) & flags::INLINE_VALUES == 0 {
        let has_word = are_beside(vm) && vm.type_flags(ty) & flags::MANAGED_DICT != 0;
        return has_word.then(|| values_beside(vm, object)).flatten();
    }
    let values = inline_values(vm, object, ty);
    is_valid(vm, values).then_some(values)
}

/// The same for values that stand inside the instance only: what inline caches remember places in.
#[inline]
pub fn inline_valid(vm: &Vm, object: Addr, ty: Addr) -> Option<Addr> {
    let values = valid_values(vm, object, ty)?;
    (!are_beside(vm)).then_some(values)
}

/// Whether an instance has no attribute of its own, as far as can be told without making its dict: `None` where there is a
/// dict. CPython: `_PyObject_IsInstanceDictEmpty`.
pub fn has_none(vm: &Vm, object: Addr, ty: Addr) -> Option<bool> {
    if !managed_dict(vm, object).is_null() {
        return None;
    }
    Some(valid_values(vm, object, ty).is_none_or(|values| size(vm, values) == 0))
}

/// An attribute of an instance of a class with a managed dict, borrowed.
#[inline]
pub fn instance_get(vm: &mut Vm, object: Addr, name: Addr) -> PyResult<Option<Addr>> {
    let ty = vm.type_of(object);
    if let Some(values) = valid_values(vm, object, ty)
        && vm.type_of(name) == types::STR
    {
        let table = Table::read(vm, vm.type_data(ty).cached_keys);
        let hash = string_hash(vm, name);
        return Ok(table
            .lookup_str(vm, name, hash)
            .and_then(|entry| get(vm, values, entry).some()));
    }
    if vm.type_of(name) != types::STR && valid_values(vm, object, ty).is_some() {
        // A subclass of `str` is looked for with `==`, which needs a dict.
        let dict = instance_dict(vm, object);
        vm.decref(dict);
    }
    match managed_dict(vm, object).some() {
        Some(dict) => super::get(vm, dict, name),
        None => Ok(None),
    }
}

#[inline(always)]
fn string_hash(vm: &mut Vm, name: Addr) -> i64 {
    let hash = vm.word(name, STR_HASH) as i64;
    if hash != -1 {
        hash
    } else {
        str::hash(vm, name)
    }
}

/// Sets or deletes an attribute of an instance with a managed dict; `false` if there is nothing to delete.
/// CPython: `_PyObject_StoreInstanceAttribute`.
pub fn instance_set(vm: &mut Vm, object: Addr, name: Addr, value: Option<Addr>) -> PyResult<bool> {
    let ty = vm.type_of(object);
    let dict = managed_dict(vm, object);
    if let Some(values) = valid_values(vm, object, ty)
        && dict.is_null()
    {
        let hash = string_hash(vm, name);
        let exact = vm.type_of(name) == types::STR;
        let keys = vm.type_data(ty).cached_keys;
        if let Some(entry) = find_or_add_key(vm, keys, name, hash, exact) {
            return Ok(store(vm, values, entry, value));
        }
    }
    let dict = if dict.is_null() {
        let dict = instance_dict(vm, object);
        let address = dict.addr();
        vm.decref(dict);
        address
    } else {
        dict
    };
    let held = vm.incref(dict);
    let done = match value {
        Some(value) => set(vm, dict, name, value).map(|()| true),
        None => super::remove(vm, dict, name).map(|old| {
            let found = old.is_some();
            vm.xdecref(old);
            found
        }),
    };
    vm.decref(held);
    done
}

/// Writes one inline value; `false` if it is to be deleted and is not there.
#[inline]
pub fn store(vm: &mut Vm, values: Addr, entry: u64, value: Option<Addr>) -> bool {
    let at = value_at(values, entry);
    let old = vm.word(at, 0);
    match value {
        Some(value) => {
            let value = vm.incref(value);
            vm.set_word(at, 0, value.into_addr().0);
            if old == 0 {
                add_to_order(vm, values, entry);
            }
        }
        None if old == 0 => return false,
        None => {
            vm.set_word(at, 0, 0);
            remove_from_order(vm, values, entry);
        }
    }
    vm.decref_word(old);
    true
}

/// Writes one inline value and takes the reference over.
#[inline]
pub fn store_owned(vm: &mut Vm, values: Addr, entry: u64, value: Addr) {
    let at = value_at(values, entry);
    let old = vm.word(at, 0);
    vm.set_word(at, 0, value.0);
    if old == 0 {
        add_to_order(vm, values, entry);
    } else {
        vm.release(Addr(old));
    }
}

/// An instance's `__dict__`, made now if it was not. CPython: `_PyObject_MaterializeManagedDict`.
pub fn instance_dict(vm: &mut Vm, object: Addr) -> Own {
    let dict = managed_dict(vm, object);
    if !dict.is_null() {
        return vm.incref(dict);
    }
    let ty = vm.type_of(object);
    let made = match valid_values(vm, object, ty) {
        Some(values) => {
            let keys = vm.type_data(ty).cached_keys;
            keys::incref(vm, keys);
            let used = size(vm, values);
            let dict = new_split(vm, keys, values, used);
            for entry in insertion_order(vm, values) {
                let value = get(vm, values, entry);
                super::track_for(vm, dict.addr(), value);
            }
            dict
        }
        None => new_for_type(vm, ty),
    };
    let result = vm.incref(made.addr());
    set_dict_word(vm, object, 0); // a block of values belongs to the dict now
    let _was_null = set_managed_dict(vm, object, Some(made));
    result
}

/// A dict for an instance without inline values: it shares the class's keys where the class has some.
fn new_for_type(vm: &mut Vm, ty: Addr) -> Own {
    let keys = vm.type_data(ty).cached_keys;
    if keys.is_null() {
        return new(vm);
    }
    keys::incref(vm, keys);
    let capacity = vm.word(keys, DK_NENTRIES) + vm.word(keys, DK_USABLE);
    let values = new_values(vm, capacity);
    new_split(vm, keys, values, 0)
}

/// Values that stand alone.
fn new_values(vm: &mut Vm, capacity: u64) -> Addr {
    if are_beside(vm) {
        let prefix = prefix_size(capacity);
        let bytes = (prefix + 8 * capacity) as usize;
        let block = vm.heap.alloc(bytes);
        vm.heap.space.fill(block, bytes, 0);
        let values = block.at(prefix).before(8);
        vm.heap.space.set_byte(values.at(7), capacity as u8);
        return values;
    }
    let size = values_size(capacity);
    let values = vm.heap.alloc(size as usize);
    vm.heap.space.fill(values, size as usize, 0);
    vm.set_word(values, 0, capacity | 1 << 24);
    values
}

/// Replaces an instance's `__dict__`; the inline values, if any, move out. CPython: `_PyObject_SetManagedDict`.
pub fn set_instance_dict(vm: &mut Vm, object: Addr, dict: Option<Addr>) {
    let ty = vm.type_of(object);
    let new = dict.map(|dict| vm.incref(dict));
    let old_dict = managed_dict(vm, object);
    drop_beside(vm, object);
    if vm.type_flags(ty) & flags::INLINE_VALUES != 0 && is_valid(vm, inline_values(vm, object, ty))
    {
        if old_dict.is_null() {
            clear_inline(vm, object, ty);
        } else {
            detach(vm, object, ty, old_dict);
        }
    }
    let old = set_managed_dict(vm, object, new);
    vm.xdecref(old);
}

/// Drops the block of values of an instance that has one.
fn drop_beside(vm: &mut Vm, object: Addr) {
    if let Some(values) = values_beside(vm, object) {
        set_dict_word(vm, object, 0);
        let room = capacity(vm, values);
        drop_values(vm, values, room);
    }
}

/// Drops all inline values and marks them void.
fn clear_inline(vm: &mut Vm, object: Addr, ty: Addr) {
    let values = inline_values(vm, object, ty);
    if !is_valid(vm, values) {
        return;
    }
    set_valid(vm, values, false);
    for entry in 0..capacity(vm, values) {
        let old = vm.word(value_at(values, entry), 0);
        vm.set_word(value_at(values, entry), 0, 0);
        vm.decref_word(old);
    }
}

/// A dict outlives its instance, or loses it: it takes a copy of the values. CPython: `_PyDict_DetachFromObject`.
fn detach(vm: &mut Vm, object: Addr, ty: Addr, dict: Addr) {
    let values = inline_values(vm, object, ty);
    if vm.field(dict, MA_VALUES) != values {
        return;
    }
    let bytes = values_size(capacity(vm, values)) as usize;
    let copy = vm.heap.alloc(bytes);
    vm.heap.space.copy(values, copy, bytes);
    vm.heap.space.set_byte(copy.at(2), 0);
    vm.set_word(dict, MA_VALUES, copy.0);
    set_valid(vm, values, false);
}

/// Drops an instance's attributes when it dies. CPython: `PyObject_ClearManagedDict` from `subtype_dealloc`.
pub fn clear_instance(vm: &mut Vm, object: Addr, ty: Addr) {
    drop_beside(vm, object);
    let dict = managed_dict(vm, object);
    if vm.type_flags(ty) & flags::INLINE_VALUES != 0 {
        if dict.is_null() {
            clear_inline(vm, object, ty);
            return;
        }
        // Another holder keeps the dict, so its values must leave this block; alone, it dies with it.
        if vm.refcount(dict) != 1 {
            detach(vm, object, ty, dict);
        } else if vm.field(dict, MA_VALUES) == inline_values(vm, object, ty) {
            vm.set_word(dict, MA_VALUES, 0);
            let keys = vm.field(dict, MA_KEYS);
            vm.set_word(dict, MA_KEYS, crate::python::object::EMPTY_DICT_KEYS.0);
            vm.set_word(dict, MA_USED, 0);
            keys::decref(vm, keys);
            let old = set_managed_dict(vm, object, None);
            vm.xdecref(old);
            clear_inline(vm, object, ty);
            return;
        }
    }
    let old = set_managed_dict(vm, object, None);
    vm.xdecref(old);
}

/// Visits an instance's attributes as the collector sees them. CPython: `PyObject_VisitManagedDict`.
pub fn visit_instance(vm: &Vm, object: Addr, ty: Addr, visit: &mut dyn FnMut(Addr)) {
    if vm.type_flags(ty) & flags::MANAGED_DICT == 0 {
        return;
    }
    let dict = managed_dict(vm, object);
    let through_dict = vm.profile.dict_has_the_values && !dict.is_null();
    if !through_dict && let Some(values) = valid_values(vm, object, ty) {
        for entry in 0..capacity(vm, values) {
            if let Some(value) = get(vm, values, entry).some() {
                visit(value);
            }
        }
        return;
    }
    if let Some(dict) = dict.some() {
        visit(dict);
    }
}

fn copy_beside(vm: &mut Vm, values: Addr) -> Addr {
    let capacity = capacity(vm, values);
    let copy = new_values(vm, capacity);
    let before = prefix_size(capacity) - 8;
    let bytes = (8 + before + 8 * capacity) as usize;
    vm.heap
        .space
        .copy(values.before(before), copy.before(before), bytes);
    copy
}

/// `copy()` of a split dict: shares the keys again, unless there are too few values.
pub fn copy_dict(vm: &mut Vm, dict: Addr) -> PyResult<Own> {
    if vm.wide_tables {
        return Ok(super::plain::copy(vm, dict));
    }
    let (keys, values) = (vm.field(dict, MA_KEYS), vm.field(dict, MA_VALUES));
    let copy = match are_beside(vm) {
        true => copy_beside(vm, values),
        false => {
            let bytes = values_size(capacity(vm, values)) as usize;
            let copy = vm.heap.alloc(bytes);
            vm.heap.space.copy(values, copy, bytes);
            vm.heap.space.set_byte(copy.at(2), 0);
            vm.heap.space.set_byte(copy.at(3), 1);
            copy
        }
    };
    for entry in 0..capacity(vm, copy) {
        if let Some(value) = get(vm, copy, entry).some() {
            let _held_by_copy = vm.incref(value).into_addr();
        }
    }
    keys::incref(vm, keys);
    let used = vm.word(dict, MA_USED);
    let made = new_split(vm, keys, copy, used);
    if gc::is_tracked(vm, dict) && !gc::is_tracked(vm, made.addr()) {
        gc::track(vm, made.addr());
    }
    Ok(made)
}

/// The keys table that instances of a new class share.
pub fn new_shared_keys(vm: &mut Vm) -> PyResult<Addr> {
    keys::new_usable(vm, 6, Kind::Split, SHARED_KEYS_MAX)
}

/// Drops an instance's attributes because the collector breaks a cycle: `PyObject_ClearManagedDict` from
/// `subtype_clear`. The `__dict__` stays where somebody else may hold it, without its items.
pub fn clear_for_gc(vm: &mut Vm, object: Addr, ty: Addr) {
    let dict = managed_dict(vm, object);
    if let Some(values) = values_beside(vm, object) {
        for entry in 0..capacity(vm, values) {
            vm.set_field(value_at(values, entry), 0, None);
        }
        return;
    }
    if dict.is_null() {
        if vm.type_flags(ty) & flags::INLINE_VALUES != 0 {
            clear_inline(vm, object, ty);
        }
        return;
    }
    if let Some(values) = valid_values(vm, object, ty)
        && vm.field(dict, MA_VALUES) == values
    {
        detach(vm, object, ty, dict);
    }
    let old = set_managed_dict(vm, object, None);
    vm.xdecref(old);
}
