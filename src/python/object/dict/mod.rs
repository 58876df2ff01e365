//! `dict`: combined and key-sharing tables. CPython: `PyDictObject`, Objects/dictobject.c.
//!
//! ```text
//! 16  ma_used          items
//! 24  ma_version_tag
//! 32  ma_keys          the table, see [`keys`]
//! 40  ma_values        NULL, or the values of a key-sharing dict, see [`values`]
//! ```

pub mod keys;
mod methods;
pub mod plain;
pub mod values;
pub mod views;

pub use methods::SPEC;
pub use views::SPECS as VIEW_SPECS;

use self::keys::{
    DK_NENTRIES, DK_USABLE, Kind, LOG_MINSIZE, Table, estimate_log2_keysize, log2_keysize,
};
use super::{EMPTY_DICT_KEYS, STR_HASH, alloc, types};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::vm::{PyResult, Vm};

/// Offset of `ma_used`.
pub const MA_USED: u64 = 16;
/// Offset of `ma_keys`.
pub const MA_KEYS: u64 = 32;
/// Offset of `ma_values`.
pub const MA_VALUES: u64 = 40;

/// A new empty dict. Until 3.13 it is untracked until it holds something the collector may follow.
pub fn new(vm: &mut Vm) -> Own {
    let dict = alloc_struct(vm);
    vm.set_word(dict.addr(), MA_KEYS, EMPTY_DICT_KEYS.0);
    dict
}

/// The struct alone, from the free list when there is one.
fn alloc_struct(vm: &mut Vm) -> Own {
    if let Some(pooled) = vm.freelists.dict.pop() {
        vm.set_word(pooled, MA_USED, 0);
        vm.set_word(pooled, 24, 0);
        vm.set_word(pooled, MA_VALUES, 0);
        let dict = alloc::revive(vm, pooled, types::DICT);
        track_from_birth(vm, &dict);
        return dict;
    }
    let dict = alloc::alloc_granted(vm, types::DICT, 0);
    track_from_birth(vm, &dict);
    dict
}

#[inline]
fn track_from_birth(vm: &mut Vm, dict: &Own) {
    if vm.profile.dicts_are_tracked {
        gc::track(vm, dict.addr());
    }
}

/// A new dict with room for `count` items: `_PyDict_NewPresized`.
pub fn new_presized(vm: &mut Vm, count: usize, unicode: bool) -> PyResult<Own> {
    let dict = new(vm);
    if count as u64 > keys::usable_fraction(8) {
        let log2_size = estimate_log2_keysize(vm.profile, count as u64).min(17);
        let kind = if unicode {
            Kind::Unicode
        } else {
            Kind::General
        };
        let table = keys::new(vm, log2_size, kind)?;
        vm.set_word(dict.addr(), MA_KEYS, table.0);
    }
    Ok(dict)
}

/// A dict that shares `keys` (a count is taken over) and has its values at `values`.
pub fn new_split(vm: &mut Vm, keys: Addr, values: Addr, used: u64) -> Own {
    let dict = alloc_struct(vm);
    vm.set_word(dict.addr(), MA_USED, used);
    vm.set_word(dict.addr(), MA_KEYS, keys.0);
    vm.set_word(dict.addr(), MA_VALUES, values.0);
    dict
}

/// The number of items.
#[inline(always)]
pub fn len(vm: &Vm, dict: Addr) -> usize {
    vm.word(dict, MA_USED) as usize
}

/// Where an item is found: its entry, and its value, borrowed.
struct Found {
    entry: u64,
    value: Addr,
}

/// The hash of a key: the string's own when it has one.
#[inline]
pub fn hash_of(vm: &mut Vm, key: Addr) -> PyResult<i64> {
    if vm.type_of(key) == types::STR {
        let hash = vm.word(key, STR_HASH) as i64;
        return Ok(if hash != -1 {
            hash
        } else {
            super::str::hash(vm, key)
        });
    }
    match vm.hash(key) {
        Err(_) if vm.profile.tells_what_key => Err(vm.unhashable_as(key, "a dict key")),
        hash => hash,
    }
}

#[inline]
fn find(vm: &mut Vm, dict: Addr, key: Addr, hash: i64) -> PyResult<Option<Found>> {
    loop {
        let table = Table::read(vm, vm.field(dict, MA_KEYS));
        let entry = if table.kind != Kind::General && vm.type_of(key) == types::STR {
            table.lookup_str(vm, key, hash)
        } else {
            match table.lookup_general(vm, dict, key, hash) {
                Ok(entry) => entry,
                Err(None) => continue,
                Err(Some(raised)) => return Err(raised),
            }
        };
        return Ok(entry.and_then(|entry| {
            let value = value_of(vm, dict, &table, entry);
            value.some().map(|value| Found { entry, value })
        }));
    }
}

/// The value of an entry, from the shared values of a split dict or from the table.
#[inline(always)]
fn value_of(vm: &Vm, dict: Addr, table: &Table, entry: u64) -> Addr {
    let values = vm.field(dict, MA_VALUES);
    if values.is_null() {
        table.value(vm, entry)
    } else {
        values::get(vm, values, entry)
    }
}

/// Which entry of the table a key has.
pub fn entry_of(vm: &mut Vm, dict: Addr, key: Addr, hash: i64) -> PyResult<Option<u64>> {
    Ok(find(vm, dict, key, hash)?.map(|found| found.entry))
}

/// The value of `key`, borrowed. Hashes and compares as Python does, so it can raise and run code.
#[inline]
pub fn get(vm: &mut Vm, dict: Addr, key: Addr) -> PyResult<Option<Addr>> {
    let hash = hash_of(vm, key)?;
    get_hashed(vm, dict, key, hash)
}

/// The same for a hash that is known.
#[inline]
pub fn get_hashed(vm: &mut Vm, dict: Addr, key: Addr, hash: i64) -> PyResult<Option<Addr>> {
    Ok(find(vm, dict, key, hash)?.map(|found| found.value))
}

/// The value of an exact `str`, borrowed. An error of some other key's `__eq__` counts as "not there".
#[inline]
pub fn get_str(vm: &mut Vm, dict: Addr, key: Addr) -> Option<Addr> {
    let hash = vm.word(key, STR_HASH) as i64;
    let hash = if hash != -1 {
        hash
    } else {
        super::str::hash(vm, key)
    };
    let table = Table::read(vm, vm.field(dict, MA_KEYS));
    if table.kind != Kind::General {
        let entry = table.lookup_str(vm, key, hash)?;
        return value_of(vm, dict, &table, entry).some();
    }
    match get_hashed(vm, dict, key, hash) {
        Ok(value) => value,
        Err(_) => {
            vm.clear_raised();
            None
        }
    }
}

/// The value of a name in Rust, borrowed.
pub fn get_name(vm: &mut Vm, dict: Addr, name: &str) -> Option<Addr> {
    let key = super::str::new(vm, name);
    let value = get_str(vm, dict, key.addr());
    vm.decref(key);
    value
}

/// `dict[key] = value`, with new references to both.
#[inline]
pub fn set(vm: &mut Vm, dict: Addr, key: Addr, value: Addr) -> PyResult<()> {
    let hash = hash_of(vm, key)?;
    let (key, value) = (vm.incref(key), vm.incref(value));
    set_hashed(vm, dict, key, hash, value)
}

/// `dict[name] = value` for a name in Rust, which is interned; takes over the value. For making modules and
/// namespaces, whose keys are all strings.
pub fn set_name(vm: &mut Vm, dict: Addr, name: &str, value: Own) {
    let key = super::str::intern(vm, name);
    let hash = super::str::hash(vm, key.addr());
    if set_hashed(vm, dict, key, hash, value).is_err() {
        vm.clear_raised();
    }
}

/// `dict[key] = value` for an exact `str` that is known not to be there, taking over both references. Of dicts with a
/// table of their own.
pub fn add_hashed(vm: &mut Vm, dict: Addr, key: Own, hash: i64, value: Own) -> PyResult<()> {
    track_if_needed(vm, dict, key.addr(), value.addr());
    match vm.field(dict, MA_KEYS) == EMPTY_DICT_KEYS {
        true => insert_to_empty(vm, dict, key, hash, value),
        false => insert(vm, dict, key, hash, value),
    }
}

/// `dict[key] = value` with a known hash, taking over both references. CPython: `insertdict`.
pub fn set_hashed(vm: &mut Vm, dict: Addr, key: Own, hash: i64, value: Own) -> PyResult<()> {
    track_if_needed(vm, dict, key.addr(), value.addr());
    if vm.field(dict, MA_KEYS) == EMPTY_DICT_KEYS {
        return insert_to_empty(vm, dict, key, hash, value);
    }
    let exact = vm.type_of(key.addr()) == types::STR;
    let table = Table::read(vm, vm.field(dict, MA_KEYS));
    if table.kind == Kind::Unicode && !exact {
        // The first key that is no str turns the table into a general one, even if the key is there under
        // another type.
        match vm.wide_tables {
            true => keys::make_general(vm, table.keys),
            false => grow(vm, dict, false)?,
        }
    } else if table.kind == Kind::Split && vm.wide_tables {
        if plain::set(vm, dict, key.addr(), hash, &value)? {
            let _in_the_dict = value.into_addr();
            vm.decref(key);
            return Ok(());
        }
    } else if table.kind == Kind::Split {
        if let Some(entry) = values::find_or_add_key(vm, table.keys, key.addr(), hash, exact) {
            values::set_in_dict(vm, dict, entry, value);
            vm.decref(key);
            return Ok(());
        }
        // No room among the shared keys (or not a str): the dict gets a table of its own.
        grow(vm, dict, exact)?;
    }
    match find(vm, dict, key.addr(), hash)? {
        Some(found) => {
            if found.value != value.addr() {
                replace_value(vm, dict, found.entry, value);
            } else {
                vm.decref(value);
            }
            vm.decref(key);
        }
        None => insert(vm, dict, key, hash, value)?,
    }
    Ok(())
}

fn replace_value(vm: &mut Vm, dict: Addr, entry: u64, value: Own) {
    let values = vm.field(dict, MA_VALUES);
    let at = if values.is_null() {
        Table::read(vm, vm.field(dict, MA_KEYS)).value_at(entry)
    } else {
        values::value_at(values, entry)
    };
    vm.set_field(at, 0, Some(value));
}

/// Adds a key that is not there. CPython: `insert_combined_dict`.
fn insert(vm: &mut Vm, dict: Addr, key: Own, hash: i64, value: Own) -> PyResult<()> {
    let mut keys = vm.field(dict, MA_KEYS);
    keys::invalidate_version(vm, keys);
    if vm.word(keys, DK_USABLE) as i64 <= 0 || !vm.field(dict, MA_VALUES).is_null() {
        grow(vm, dict, true)?;
        keys = vm.field(dict, MA_KEYS);
    }
    let table = Table::read(vm, keys);
    let i = vm.word(keys, DK_NENTRIES);
    table.link(vm, hash, i);
    table.set_entry(vm, i, hash, key.into_addr(), value.into_addr());
    let usable = vm.word(keys, DK_USABLE);
    vm.set_word(keys, DK_USABLE, usable - 1);
    vm.set_word(keys, DK_NENTRIES, i + 1);
    let used = vm.word(dict, MA_USED);
    vm.set_word(dict, MA_USED, used + 1);
    Ok(())
}

/// The first item of a dict. CPython: `insert_to_emptydict`.
fn insert_to_empty(vm: &mut Vm, dict: Addr, key: Own, hash: i64, value: Own) -> PyResult<()> {
    let exact = vm.type_of(key.addr()) == types::STR;
    let keys = keys::new(
        vm,
        LOG_MINSIZE,
        if exact { Kind::Unicode } else { Kind::General },
    )?;
    vm.set_word(dict, MA_KEYS, keys.0);
    insert(vm, dict, key, hash, value)
}

/// Makes room: `insertion_resize`, growth by three times the items.
fn grow(vm: &mut Vm, dict: Addr, unicode: bool) -> PyResult<()> {
    let log2_size = log2_keysize(vm.profile, vm.word(dict, MA_USED) * 3);
    resize(vm, dict, log2_size, unicode)
}

/// Moves the items into a new table, without the deleted ones. CPython: `dictresize`.
fn resize(vm: &mut Vm, dict: Addr, log2_size: u32, unicode: bool) -> PyResult<()> {
    let old = Table::read(vm, vm.field(dict, MA_KEYS));
    let kind = if old.kind == Kind::General || !unicode {
        Kind::General
    } else {
        Kind::Unicode
    };
    let new = keys::new(vm, log2_size, kind)?;
    let table = Table::read(vm, new);
    let values = vm.field(dict, MA_VALUES);
    let mut count = 0;
    if values.is_null() {
        for i in 0..vm.word(old.keys, DK_NENTRIES) {
            let (key, value) = (old.key(vm, i), old.value(vm, i));
            if !value.is_null() {
                let hash = old.hash(vm, i);
                table.link(vm, hash, count);
                table.set_entry(vm, count, hash, key, value);
                count += 1;
            }
        }
        // The references moved: the old table goes without dropping them.
        if old.keys != EMPTY_DICT_KEYS {
            keys::free(vm, old.keys);
        }
    } else {
        for entry in values::order(vm, dict) {
            let (key, value) = (old.key(vm, entry), values::get(vm, values, entry));
            let hash = old.hash(vm, entry);
            let _held_by_table = vm.incref(key).into_addr();
            table.link(vm, hash, count);
            table.set_entry(vm, count, hash, key, value);
            count += 1;
        }
        values::release_moved(vm, values);
        vm.set_word(dict, MA_VALUES, 0);
        keys::decref(vm, old.keys);
    }
    vm.set_word(dict, MA_KEYS, new.0);
    let usable = vm.word(new, DK_USABLE);
    vm.set_word(new, DK_USABLE, usable - count);
    vm.set_word(new, DK_NENTRIES, count);
    Ok(())
}

/// A dict is tracked from its first key or value that the collector may follow (until 3.13).
#[inline]
fn track_if_needed(vm: &mut Vm, dict: Addr, key: Addr, value: Addr) {
    if !gc::is_tracked(vm, dict) && (gc::may_be_tracked(vm, key) || gc::may_be_tracked(vm, value)) {
        gc::track(vm, dict);
    }
}

/// Gives a key-sharing dict a table of its own, where a class change takes the shared keys away.
pub fn make_combined(vm: &mut Vm, dict: Addr) -> PyResult<()> {
    if vm.field(dict, MA_VALUES).is_null() {
        return Ok(());
    }
    let log2_size = log2_keysize(vm.profile, vm.word(dict, MA_USED) * 3);
    resize(vm, dict, log2_size, true)
}

/// Tracks the dict if `value` asks for it; for values that reach it past [`set`].
pub fn track_for(vm: &mut Vm, dict: Addr, value: Addr) {
    track_if_needed(vm, dict, value, value);
}

/// Removes `key` and returns its value, or `None` if it was not there.
pub fn remove(vm: &mut Vm, dict: Addr, key: Addr) -> PyResult<Option<Own>> {
    let hash = hash_of(vm, key)?;
    remove_hashed(vm, dict, key, hash)
}

/// The same for a hash that is known.
pub fn remove_hashed(vm: &mut Vm, dict: Addr, key: Addr, hash: i64) -> PyResult<Option<Own>> {
    let Some(found) = find(vm, dict, key, hash)? else {
        return Ok(None);
    };
    delete_entry(vm, dict, hash, found.entry).map(Some)
}

/// Takes an entry out, dropping its key and returning its value. CPython: `delitem_common`.
fn delete_entry(vm: &mut Vm, dict: Addr, hash: i64, entry: u64) -> PyResult<Own> {
    if vm.wide_tables {
        plain::combine(vm, dict)?;
    }
    let used = vm.word(dict, MA_USED);
    vm.set_word(dict, MA_USED, used - 1);
    let values = vm.field(dict, MA_VALUES);
    let table = Table::read(vm, vm.field(dict, MA_KEYS));
    if !values.is_null() {
        let value = values::get(vm, values, entry);
        vm.set_word(values::value_at(values, entry), 0, 0);
        values::remove_from_order(vm, values, entry);
        return Ok(Own::from_addr(value));
    }
    keys::invalidate_version(vm, table.keys);
    table.unlink(vm, hash, entry);
    let (key, value) = (table.key(vm, entry), table.value(vm, entry));
    table.set_entry(vm, entry, 0, Addr::NULL, Addr::NULL);
    vm.decref_word(key.0);
    Ok(Own::from_addr(value))
}

/// Removes everything. CPython: `PyDict_Clear`.
pub fn clear(vm: &mut Vm, dict: Addr) {
    let (keys, values) = (vm.field(dict, MA_KEYS), vm.field(dict, MA_VALUES));
    if keys == EMPTY_DICT_KEYS {
        return;
    }
    if !values.is_null() && values::is_embedded(vm, values) {
        vm.set_word(dict, MA_USED, 0);
        for entry in values::insertion_order(vm, values) {
            vm.set_field(values::value_at(values, entry), 0, None);
        }
        values::set_size(vm, values, 0);
        return;
    }
    let room = values::room(vm, dict);
    vm.set_word(dict, MA_KEYS, EMPTY_DICT_KEYS.0);
    vm.set_word(dict, MA_VALUES, 0);
    vm.set_word(dict, MA_USED, 0);
    if !values.is_null() {
        values::drop_values(vm, values, room);
    }
    keys::decref(vm, keys);
}

/// The next item at or after `*position`, borrowed; moves `*position` behind it. Start with 0.
#[inline]
pub fn next(vm: &Vm, dict: Addr, position: &mut usize) -> Option<(Addr, Addr)> {
    next_entry(vm, dict, position).map(|(_, key, value)| (key, value))
}

/// [`next`] with the key's hash first.
pub fn next_entry(vm: &Vm, dict: Addr, position: &mut usize) -> Option<(i64, Addr, Addr)> {
    let table = Table::read(vm, vm.field(dict, MA_KEYS));
    let values = vm.field(dict, MA_VALUES);
    if !values.is_null() {
        if *position >= vm.word(dict, MA_USED) as usize {
            return None;
        }
        let entry = match vm.wide_tables {
            true => *position as u64,
            false => values::order_at(vm, values, *position),
        };
        *position += 1;
        return Some((
            table.hash(vm, entry),
            table.key(vm, entry),
            values::get(vm, values, entry),
        ));
    }
    let count = vm.word(table.keys, DK_NENTRIES);
    while (*position as u64) < count {
        let i = *position as u64;
        *position += 1;
        let value = table.value(vm, i);
        if !value.is_null() {
            return Some((table.hash(vm, i), table.key(vm, i), value));
        }
    }
    None
}

/// The number of entries that [`next`] positions run over.
fn position_count(vm: &Vm, dict: Addr) -> usize {
    if vm.field(dict, MA_VALUES).is_null() {
        vm.word(vm.field(dict, MA_KEYS), DK_NENTRIES) as usize
    } else {
        vm.word(dict, MA_USED) as usize
    }
}

/// All keys and values in order, borrowed.
pub fn items(vm: &Vm, dict: Addr) -> Vec<(Addr, Addr)> {
    let (mut items, mut position) = (Vec::with_capacity(len(vm, dict)), 0);
    while let Some(item) = next(vm, dict, &mut position) {
        items.push(item);
    }
    items
}

/// `dict.copy()`: `PyDict_Copy`.
pub fn copy(vm: &mut Vm, dict: Addr) -> PyResult<Own> {
    let target = new(vm);
    if len(vm, dict) == 0 {
        return Ok(target);
    }
    let (keys, values) = (vm.field(dict, MA_KEYS), vm.field(dict, MA_VALUES));
    if !values.is_null() {
        vm.decref(target);
        return values::copy_dict(vm, dict);
    }
    let entries = vm.word(keys, DK_NENTRIES);
    if is_plain_iteration(vm, dict) && len(vm, dict) as u64 >= (entries * 2) / 3 {
        clone_combined(vm, dict, target.addr())?;
        return Ok(target);
    }
    update(vm, target.addr(), dict)?;
    Ok(target)
}

/// Gives `target`, which is empty, a copy of the combined table of `source`. CPython: `clone_combined_dict_keys`.
fn clone_combined(vm: &mut Vm, source: Addr, target: Addr) -> PyResult<()> {
    let keys = vm.field(source, MA_KEYS);
    let size = keys::size_bytes(vm, keys) as usize;
    let Ok(clone) = vm.heap.try_alloc(size) else {
        return Err(vm.memory_error());
    };
    vm.heap.space.copy(keys, clone, size);
    vm.set_word(clone, 0, 1);
    keys::invalidate_version(vm, clone);
    let table = Table::read(vm, clone);
    for i in 0..vm.word(clone, DK_NENTRIES) {
        let (key, value) = (table.key(vm, i), table.value(vm, i));
        if !value.is_null() {
            let _held_by_clone = (vm.incref(key).into_addr(), vm.incref(value).into_addr());
        }
    }
    vm.set_word(target, MA_KEYS, clone.0);
    let used = vm.word(source, MA_USED);
    vm.set_word(target, MA_USED, used);
    if gc::is_tracked(vm, source) && !gc::is_tracked(vm, target) {
        gc::track(vm, target);
    }
    Ok(())
}

/// Adds the items of the dict `source` to `target`; with `override_` false, only the missing ones.
/// CPython: `dict_merge`.
pub fn merge(vm: &mut Vm, target: Addr, source: Addr, override_: bool) -> PyResult<()> {
    if target == source || len(vm, source) == 0 {
        return Ok(());
    }
    let source_keys = vm.field(source, MA_KEYS);
    if vm.field(target, MA_USED).is_null() {
        let combined =
            vm.field(source, MA_VALUES).is_null() && vm.field(target, MA_VALUES).is_null();
        let dense = vm.word(source, MA_USED) == vm.word(source_keys, DK_NENTRIES);
        let log2_size = vm.word(source_keys, 8) & 0xFF;
        if combined
            && dense
            && (log2_size == 3
                || keys::usable_fraction((1 << log2_size) / 2) < vm.word(source, MA_USED))
        {
            let old = vm.field(target, MA_KEYS);
            clone_combined(vm, source, target)?;
            keys::decref(vm, old);
            return Ok(());
        }
    }
    let size = Table::read(vm, vm.field(target, MA_KEYS)).size();
    if keys::usable_fraction(size) < vm.word(source, MA_USED) {
        let wanted = estimate_log2_keysize(
            vm.profile,
            vm.word(target, MA_USED) + vm.word(source, MA_USED),
        );
        let unicode = Table::read(vm, source_keys).kind != Kind::General;
        resize(vm, target, wanted, unicode)?;
    }
    let (mut position, length) = (0, len(vm, source));
    while let Some((hash, key, value)) = next_entry(vm, source, &mut position) {
        let (key, value) = (vm.incref(key), vm.incref(value));
        if override_ || find(vm, target, key.addr(), hash)?.is_none() {
            set_hashed(vm, target, key, hash, value)?;
        } else {
            vm.decref(key);
            vm.decref(value);
        }
        if len(vm, source) != length {
            return Err(vm.runtime_error("dict mutated during update"));
        }
    }
    Ok(())
}

/// `target.update(source)` for a dict or any mapping with `keys()`: `dict_merge`.
pub fn update(vm: &mut Vm, target: Addr, source: Addr) -> PyResult<()> {
    let is_dict = vm.has_flag(source, super::flags::DICT_SUBCLASS);
    if is_dict && is_plain_iteration(vm, source) {
        return merge(vm, target, source, true);
    }
    let keys = vm.mapping_keys(source)?;
    let iterator = vm.get_iter(keys.addr())?;
    vm.decref(keys);
    while let Some(key) = vm.iter_next(iterator.addr())? {
        let value = vm.get_item(source, key.addr())?;
        set(vm, target, key.addr(), value.addr())?;
        vm.decref(value);
        vm.decref(key);
    }
    vm.decref(iterator);
    Ok(())
}

/// Whether a dict, perhaps of a subclass, is iterated as `dict` does it.
fn is_plain_iteration(vm: &Vm, dict: Addr) -> bool {
    let native = vm.type_data(types::DICT).slots.iter;
    vm.slots(dict)
        .iter
        .zip(native)
        .is_some_and(|(own, native)| std::ptr::fn_addr_eq(own, native))
}

/// `dict.setdefault(key, default)`: the value now there, borrowed.
pub fn set_default(vm: &mut Vm, dict: Addr, key: Addr, default: Addr) -> PyResult<Addr> {
    let hash = hash_of(vm, key)?;
    let keys = vm.field(dict, MA_KEYS);
    if let Some(value) = get_hashed(vm, dict, key, hash)? {
        return Ok(value);
    }
    let (key, value) = (vm.incref(key), vm.incref(default));
    // A key is compared once. A table of strings that gets another key, and one that a comparison changed, are searched again.
    let is_general = keys != EMPTY_DICT_KEYS && Table::read(vm, keys).kind == Kind::General;
    match is_general && keys == vm.field(dict, MA_KEYS) {
        true => add_hashed(vm, dict, key, hash, value)?,
        false => set_hashed(vm, dict, key, hash, value)?,
    }
    Ok(default)
}

/// Whether all keys are of `str` itself: `_PyDict_HasOnlyStringKeys`.
pub fn has_string_keys(vm: &Vm, dict: Addr) -> bool {
    let is_text = |(_, key, _): (i64, Addr, Addr)| vm.has_flag(key, super::flags::UNICODE_SUBCLASS);
    let mut position = 0;
    while let Some(entry) = next_entry(vm, dict, &mut position) {
        if !is_text(entry) {
            return false;
        }
    }
    true
}

/// `sys.getsizeof` without the collector's header: the struct and its own table.
pub fn size_of(vm: &Vm, dict: Addr) -> u64 {
    let (keys, values) = (vm.field(dict, MA_KEYS), vm.field(dict, MA_VALUES));
    let mut size = u64::from(vm.type_data(vm.type_of(dict)).basicsize);
    if !values.is_null() {
        size += (vm.word(keys, DK_NENTRIES) + vm.word(keys, DK_USABLE)) * 8;
    }
    if vm.word(keys, 0) == 1 {
        size += keys::size_bytes(vm, keys);
    }
    size
}
