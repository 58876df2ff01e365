//! The hash table of sets: look up, insert, remove, grow. CPython: `set_lookkey`, `set_add_entry`,
//! `set_table_resize`.
//!
//! An entry is two words: the key, and its hash. A free entry is all zeros; a removed one keeps its place
//! as a dummy with hash -1. Probing looks at up to ten neighbours, then jumps as dicts do.

use crate::python::memory::{Addr, Own};
use crate::python::object::{int, str, types};
use crate::python::vm::{PyResult, Vm};

/// Offset of `fill`: active entries and dummies.
pub const FILL: u64 = 16;
/// Offset of `used`: active entries.
pub const USED: u64 = 24;
/// Offset of `mask`: slots minus one.
pub const MASK: u64 = 32;
/// Offset of `table`, the address of the entries.
pub const TABLE: u64 = 40;
/// Offset of `hash`, of a frozenset; -1 when unknown.
pub const HASH: u64 = 48;
/// Offset of `finger`: where `pop` searches.
pub const FINGER: u64 = 56;
/// Offset of `smalltable`, the entries of a small set.
pub const SMALL_TABLE: u64 = 64;
/// Slots of the small table: `PySet_MINSIZE`.
pub const MIN_SLOTS: u64 = 8;
/// Bytes of an entry.
pub const ENTRY: u64 = 16;

/// The key of a removed entry. No object lies there.
pub const DUMMY: Addr = Addr(1);
/// The hash of a removed entry, which no object has.
const DUMMY_HASH: i64 = -1;
/// Neighbours looked at after the first slot: `LINEAR_PROBES`.
const LINEAR_PROBES: u64 = 9;
/// `PERTURB_SHIFT`
const PERTURB_SHIFT: u32 = 5;

/// Fills in the fields of a new, zeroed set.
pub fn init(vm: &mut Vm, set: Addr) {
    vm.set_word(set, MASK, MIN_SLOTS - 1);
    vm.set_word(set, TABLE, set.at(SMALL_TABLE).0);
    vm.set_word(set, HASH, u64::MAX);
}

/// The number of elements.
#[inline(always)]
pub fn len(vm: &Vm, set: Addr) -> usize {
    vm.word(set, USED) as usize
}

/// The entry at slot `i`.
#[inline(always)]
fn entry(vm: &Vm, set: Addr, i: u64) -> Addr {
    Addr(vm.word(set, TABLE)).at(ENTRY * i)
}

#[inline(always)]
fn key_of(vm: &Vm, entry: Addr) -> Addr {
    vm.field(entry, 0)
}

#[inline(always)]
fn hash_of(vm: &Vm, entry: Addr) -> i64 {
    vm.word(entry, 8) as i64
}

/// Whether the table is a block of its own.
pub fn has_block(vm: &Vm, set: Addr) -> bool {
    vm.word(set, TABLE) != set.at(SMALL_TABLE).0
}

/// What a search found.
enum Found {
    /// The key's entry.
    Active(Addr),
    /// The free entry where it belongs, and a dummy passed on the way that may be used again.
    Unused(Addr, Option<Addr>),
}

/// Finds the entry of a key. Comparing may run Python code that changes the set: then the search starts
/// anew.
fn find(vm: &mut Vm, set: Addr, key: Addr, hash: i64) -> PyResult<Found> {
    'restart: loop {
        let mask = vm.word(set, MASK);
        let table = Addr(vm.word(set, TABLE));
        let (mut i, mut perturb) = (hash as u64 & mask, hash as u64);
        let mut free = None;
        loop {
            let probes = if i + LINEAR_PROBES <= mask {
                LINEAR_PROBES
            } else {
                0
            };
            for slot in i..=i + probes {
                let entry = table.at(ENTRY * slot);
                let found = key_of(vm, entry);
                let found_hash = hash_of(vm, entry);
                if found_hash == 0 && found.is_null() {
                    return Ok(Found::Unused(entry, free));
                }
                if found_hash == DUMMY_HASH {
                    free = Some(entry);
                    continue;
                }
                if found_hash != hash {
                    continue;
                }
                match compare(vm, found, key) {
                    Some(true) => return Ok(Found::Active(entry)),
                    Some(false) => continue,
                    None => {}
                }
                let held = vm.incref(found);
                let equal = vm.equal(found, key)?;
                vm.decref(held);
                if Addr(vm.word(set, TABLE)) != table
                    || key_of(vm, entry) != found
                    || vm.word(set, MASK) != mask
                {
                    continue 'restart;
                }
                if equal {
                    return Ok(Found::Active(entry));
                }
            }
            perturb >>= PERTURB_SHIFT;
            i = i.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb) & mask;
        }
    }
}

/// Compares keys of the same hash where no Python code can run; `None` where it could.
#[inline]
fn compare(vm: &Vm, found: Addr, key: Addr) -> Option<bool> {
    if found == key {
        return Some(true);
    }
    let ty = vm.type_of(found);
    if ty != vm.type_of(key) {
        return None;
    }
    match ty {
        types::STR => Some(str::equal(vm, found, key)),
        types::INT => Some(int::as_i64(vm, found)? == int::as_i64(vm, key)?),
        _ => None,
    }
}

/// Puts a key that is not in the table into a free slot, without counting it: `set_insert_clean`.
fn insert_clean(vm: &mut Vm, table: Addr, mask: u64, key: Addr, hash: i64) {
    let (mut i, mut perturb) = (hash as u64 & mask, hash as u64);
    loop {
        let probes = if i + LINEAR_PROBES <= mask {
            LINEAR_PROBES
        } else {
            0
        };
        for slot in i..=i + probes {
            let entry = table.at(ENTRY * slot);
            if key_of(vm, entry).is_null() {
                vm.set_word(entry, 0, key.0);
                vm.set_word(entry, 8, hash as u64);
                return;
            }
        }
        perturb >>= PERTURB_SHIFT;
        i = i.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb) & mask;
    }
}

/// Adds a key with its hash; a new reference if it was not there: `set_add_entry`. The last dummy on the
/// way is used again (since 3.10), so the table does not fill up.
pub fn add(vm: &mut Vm, set: Addr, key: Addr, hash: i64) -> PyResult<()> {
    let key = vm.incref(key);
    match find(vm, set, key.addr(), hash)? {
        Found::Active(_) => {
            vm.decref(key);
            Ok(())
        }
        Found::Unused(_, Some(dummy)) => {
            let used = vm.word(set, USED) + 1;
            vm.set_word(set, USED, used);
            vm.set_word(dummy, 8, hash as u64);
            vm.init_field(dummy, 0, key);
            Ok(())
        }
        Found::Unused(entry, None) => {
            let (fill, used) = (vm.word(set, FILL) + 1, vm.word(set, USED) + 1);
            vm.set_word(set, FILL, fill);
            vm.set_word(set, USED, used);
            vm.set_word(entry, 8, hash as u64);
            vm.init_field(entry, 0, key);
            if fill * 5 < vm.word(set, MASK) * 3 {
                return Ok(());
            }
            resize(vm, set, wanted(used))
        }
    }
}

/// How many slots a table should exceed that holds so many keys.
fn wanted(used: u64) -> u64 {
    if used > 50_000 { used * 2 } else { used * 4 }
}

/// Whether the key is there.
pub fn contains(vm: &mut Vm, set: Addr, key: Addr, hash: i64) -> PyResult<bool> {
    Ok(matches!(find(vm, set, key, hash)?, Found::Active(_)))
}

/// Removes a key and returns the reference that the table held: `set_discard_entry`.
pub fn take(vm: &mut Vm, set: Addr, key: Addr, hash: i64) -> PyResult<Option<Own>> {
    match find(vm, set, key, hash)? {
        Found::Unused(..) => Ok(None),
        Found::Active(entry) => Ok(Own::from_word(remove_entry(vm, set, entry))),
    }
}

/// Makes an active entry a dummy; the word of its key is the caller's.
fn remove_entry(vm: &mut Vm, set: Addr, entry: Addr) -> u64 {
    let key = vm.word(entry, 0);
    vm.set_word(entry, 0, DUMMY.0);
    vm.set_word(entry, 8, DUMMY_HASH as u64);
    let used = vm.word(set, USED);
    vm.set_word(set, USED, used - 1);
    key
}

/// Any element, taken out; the next search goes on behind it: `set_pop`.
pub fn pop(vm: &mut Vm, set: Addr) -> Option<Own> {
    if vm.word(set, USED) == 0 {
        return None;
    }
    let mask = vm.word(set, MASK);
    let mut i = vm.word(set, FINGER) & mask;
    loop {
        let entry = entry(vm, set, i);
        let key = key_of(vm, entry);
        if !key.is_null() && key != DUMMY {
            vm.set_word(set, FINGER, i + 1);
            return Own::from_word(remove_entry(vm, set, entry));
        }
        i = if i >= mask { 0 } else { i + 1 };
    }
}

/// The next element at or after slot `*position`, borrowed, with its hash: `set_next`.
#[inline]
pub fn next(vm: &Vm, set: Addr, position: &mut u64) -> Option<(Addr, i64)> {
    let mask = vm.word(set, MASK);
    while *position <= mask {
        let entry = entry(vm, set, *position);
        *position += 1;
        let key = key_of(vm, entry);
        if !key.is_null() && key != DUMMY {
            return Some((key, hash_of(vm, entry)));
        }
    }
    None
}

/// Gives the table the smallest power of two of slots above `min_used`, without dummies:
/// `set_table_resize`.
pub fn resize(vm: &mut Vm, set: Addr, min_used: u64) -> PyResult<()> {
    let mut slots = MIN_SLOTS;
    while slots <= min_used {
        slots <<= 1;
    }
    let old_mask = vm.word(set, MASK);
    let (small, old) = (set.at(SMALL_TABLE), Addr(vm.word(set, TABLE)));
    let old_is_block = old != small;
    if slots == MIN_SLOTS && !old_is_block && vm.word(set, FILL) == vm.word(set, USED) {
        return Ok(());
    }
    let old_entries: Vec<u64> = {
        let words = 2 * (old_mask as usize + 1);
        vm.heap.space.units::<u64>(old, words).to_vec()
    };
    let table = if slots == MIN_SLOTS {
        small
    } else {
        match vm.heap.try_alloc((slots * ENTRY) as usize) {
            Ok(table) => table,
            Err(_) => return Err(vm.memory_error()),
        }
    };
    vm.heap.space.fill(table, (slots * ENTRY) as usize, 0);
    vm.set_word(set, MASK, slots - 1);
    vm.set_word(set, TABLE, table.0);
    let used = vm.word(set, USED);
    vm.set_word(set, FILL, used);
    for entry in old_entries.chunks_exact(2) {
        if entry[0] != 0 && entry[0] != DUMMY.0 {
            insert_clean(vm, table, slots - 1, Addr(entry[0]), entry[1] as i64);
        }
    }
    if old_is_block {
        vm.heap.free(old);
    }
    Ok(())
}

/// Makes room for `count` more keys at once, before they are added.
pub fn make_room(vm: &mut Vm, set: Addr, count: u64) -> PyResult<()> {
    if (vm.word(set, FILL) + count) * 5 >= vm.word(set, MASK) * 3 {
        let used = vm.word(set, USED);
        resize(vm, set, (used + count) * 2)?;
    }
    Ok(())
}

/// Adds every element of another set: `set_merge`.
pub fn merge(vm: &mut Vm, set: Addr, other: Addr) -> PyResult<()> {
    let count = vm.word(other, USED);
    if set == other || count == 0 {
        return Ok(());
    }
    make_room(vm, set, count)?;
    if vm.word(set, FILL) == 0 {
        merge_into_empty(vm, set, other);
        return Ok(());
    }
    let mut position = 0;
    while let Some((key, hash)) = next(vm, other, &mut position) {
        add(vm, set, key, hash)?;
    }
    Ok(())
}

/// Copies a table of the same size as it is; otherwise places each key, which cannot be there yet.
fn merge_into_empty(vm: &mut Vm, set: Addr, other: Addr) {
    let (mask, other_fill, used) = (
        vm.word(set, MASK),
        vm.word(other, FILL),
        vm.word(other, USED),
    );
    let table = Addr(vm.word(set, TABLE));
    let same_shape = mask == vm.word(other, MASK) && other_fill == used;
    vm.set_word(set, FILL, used);
    vm.set_word(set, USED, used);
    let mut position = 0;
    while let Some((key, hash)) = next(vm, other, &mut position) {
        let key = vm.incref(key).into_addr();
        if same_shape {
            let entry = table.at(ENTRY * (position - 1));
            vm.set_word(entry, 0, key.0);
            vm.set_word(entry, 8, hash as u64);
        } else {
            insert_clean(vm, table, mask, key, hash);
        }
    }
}

/// After removals: drops the dummies when there are many.
pub fn shrink(vm: &mut Vm, set: Addr) -> PyResult<()> {
    let (fill, used) = (vm.word(set, FILL), vm.word(set, USED));
    if fill - used <= vm.word(set, MASK) / 4 {
        return Ok(());
    }
    resize(vm, set, wanted(used))
}

/// Makes the set empty, then drops its elements in table order: `set_clear_internal`.
pub fn clear(vm: &mut Vm, set: Addr) {
    let is_block = has_block(vm, set);
    if !is_block && vm.word(set, FILL) == 0 {
        return;
    }
    let table = Addr(vm.word(set, TABLE));
    let keys = active_keys(vm, set);
    vm.heap
        .space
        .fill(set.at(SMALL_TABLE), (MIN_SLOTS * ENTRY) as usize, 0);
    vm.set_word(set, FILL, 0);
    vm.set_word(set, USED, 0);
    init(vm, set);
    for key in keys {
        vm.decref_word(key);
    }
    if is_block {
        vm.heap.free(table);
    }
}

/// The words of all keys in table order.
fn active_keys(vm: &Vm, set: Addr) -> Vec<u64> {
    let mut keys = Vec::with_capacity(len(vm, set));
    let mut position = 0;
    while let Some((key, _)) = next(vm, set, &mut position) {
        keys.push(key.0);
    }
    keys
}

/// Drops the elements of a dead set in table order, and its block.
pub fn drop_all(vm: &mut Vm, set: Addr) {
    let mut position = 0;
    while let Some((key, _)) = next(vm, set, &mut position) {
        vm.decref_word(key.0);
    }
    if has_block(vm, set) {
        let table = Addr(vm.word(set, TABLE));
        vm.heap.free(table);
    }
}

/// Exchanges what two sets hold: `set_swap_bodies`.
pub fn swap_bodies(vm: &mut Vm, a: Addr, b: Addr) {
    let tables = [a, b].map(|set| has_block(vm, set).then(|| vm.word(set, TABLE)));
    let small_bytes = (MIN_SLOTS * ENTRY) as usize / 8;
    let words = (SMALL_TABLE - FILL) as usize / 8 + small_bytes;
    for i in 0..words as u64 {
        let offset = FILL + 8 * i;
        let (left, right) = (vm.word(a, offset), vm.word(b, offset));
        if offset == FINGER {
            continue;
        }
        vm.set_word(a, offset, right);
        vm.set_word(b, offset, left);
    }
    vm.set_word(a, TABLE, tables[1].unwrap_or(a.at(SMALL_TABLE).0));
    vm.set_word(b, TABLE, tables[0].unwrap_or(b.at(SMALL_TABLE).0));
    vm.set_word(a, HASH, u64::MAX);
    vm.set_word(b, HASH, u64::MAX);
}
