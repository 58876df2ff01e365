//! The table behind a dict: an index and an array of entries. CPython: `PyDictKeysObject`.
//!
//! ```text
//!  0  dk_refcnt            8
//!  8  dk_log2_size, dk_log2_index_bytes, dk_kind    3 × 1, one byte of padding
//! 12  dk_version           4    0: not cached by any instruction
//! 16  dk_usable            8    entries that may still be added
//! 24  dk_nentries          8    entries used, deleted ones included
//! 32  indices              1, 2, 4 or 8 bytes each: -1 empty, -2 deleted
//!     entries              general: hash, key, value;  unicode and split: key, value
//! ```
//!
//! Up to 3.10 the table is *wide*: its header has a word more, and every entry its hash. Which kind it is then only says
//! how it is searched.

use crate::python::memory::Addr;
use crate::python::object::{EMPTY_DICT_KEYS, OB_TYPE, STR_HASH, str, types};
use crate::python::version::Profile;
use crate::python::vm::{PyResult, Vm};

/// Offset of `dk_usable`.
pub const DK_USABLE: u64 = 16;
/// Offset of `dk_nentries`.
pub const DK_NENTRIES: u64 = 24;
/// Offset of the indices, in a table that is not wide.
const DK_INDICES: u64 = 32;

/// Offset of the indices.
#[inline(always)]
fn indices_offset(vm: &Vm) -> u64 {
    DK_INDICES + if vm.wide_tables { 8 } else { 0 }
}

/// Bytes of an entry.
#[inline(always)]
fn entry_size(vm: &Vm, kind: Kind) -> u64 {
    match kind == Kind::General || vm.wide_tables {
        true => 24,
        false => 16,
    }
}

/// The smallest table has 8 slots.
pub const LOG_MINSIZE: u32 = 3;

/// What a table's entries are. CPython: `DictKeysKind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// Any keys; the hash is stored.
    General = 0,
    /// Only exact `str` keys; the hash is the string's own.
    Unicode = 1,
    /// Shared by the instances of a class; the values are elsewhere.
    Split = 2,
}

/// A slot of the index.
pub const EMPTY: i64 = -1;
const DUMMY: i64 = -2;

/// Geometry of a table, read off its header once per operation.
#[derive(Clone, Copy)]
pub struct Table {
    /// The table.
    pub keys: Addr,
    /// Slots - 1.
    mask: u64,
    /// log2 of the bytes of one index.
    index_shift: u32,
    /// What the entries are.
    pub kind: Kind,
    /// Whether each entry has its hash.
    has_hashes: bool,
    indices: Addr,
    entries: Addr,
}

impl Table {
    /// Reads the header.
    #[inline]
    pub fn read(vm: &Vm, keys: Addr) -> Table {
        let header = vm.word(keys, 8);
        let log2_size = header & 0xFF;
        let log2_index_bytes = header >> 8 & 0xFF;
        let kind = match header >> 16 & 0xFF {
            0 => Kind::General,
            1 => Kind::Unicode,
            _ => Kind::Split,
        };
        let indices = keys.at(indices_offset(vm));
        Table {
            keys,
            has_hashes: kind == Kind::General || vm.wide_tables,
            indices,
            mask: (1u64 << log2_size).wrapping_sub(1),
            index_shift: log2_index_bytes.saturating_sub(log2_size) as u32,
            kind,
            entries: indices.at(1 << log2_index_bytes),
        }
    }

    #[inline(always)]
    fn index(&self, vm: &Vm, slot: u64) -> i64 {
        let at = self.indices.at(slot << self.index_shift);
        match self.index_shift {
            0 => i64::from(vm.heap.space.byte(at) as i8),
            1 => i64::from((vm.heap.space.word(at) >> ((at.0 & 6) * 8)) as i16),
            2 => i64::from(vm.heap.space.half(at) as i32),
            _ => vm.heap.space.word(at) as i64,
        }
    }

    fn set_index(&self, vm: &mut Vm, slot: u64, value: i64) {
        let at = self.indices.at(slot << self.index_shift);
        match self.index_shift {
            0 => vm.heap.space.set_byte(at, value as u8),
            1 => {
                let shift = (at.0 & 6) * 8;
                let word = vm.heap.space.word(at) & !(0xFFFF << shift);
                vm.heap
                    .space
                    .set_word(at, word | u64::from(value as u16) << shift);
            }
            2 => vm.heap.space.set_half(at, value as u32),
            _ => vm.heap.space.set_word(at, value as u64),
        }
    }

    /// Address of entry `i`.
    #[inline(always)]
    pub fn entry(&self, i: u64) -> Addr {
        self.entries.at(i * if self.has_hashes { 24 } else { 16 })
    }

    /// Key of entry `i`, `NULL` for a deleted one.
    #[inline(always)]
    pub fn key(&self, vm: &Vm, i: u64) -> Addr {
        vm.field(self.entry(i), if self.has_hashes { 8 } else { 0 })
    }

    /// Value of entry `i`.
    #[inline(always)]
    pub fn value(&self, vm: &Vm, i: u64) -> Addr {
        vm.field(self.value_at(i), 0)
    }

    /// Address of the value's word of entry `i`.
    #[inline(always)]
    pub fn value_at(&self, i: u64) -> Addr {
        self.entry(i).at(if self.has_hashes { 16 } else { 8 })
    }

    /// Hash of the key of entry `i`.
    #[inline(always)]
    pub fn hash(&self, vm: &Vm, i: u64) -> i64 {
        if self.has_hashes {
            vm.word(self.entry(i), 0) as i64
        } else {
            vm.word(self.key(vm, i), STR_HASH) as i64
        }
    }

    /// Writes entry `i`.
    pub fn set_entry(&self, vm: &mut Vm, i: u64, hash: i64, key: Addr, value: Addr) {
        let entry = self.entry(i);
        if self.has_hashes {
            vm.set_word(entry, 0, hash as u64);
            vm.set_word(entry, 8, key.0);
            vm.set_word(entry, 16, value.0);
        } else {
            vm.set_word(entry, 0, key.0);
            vm.set_word(entry, 8, value.0);
        }
    }

    /// The number of slots.
    pub fn size(&self) -> u64 {
        self.mask + 1
    }

    /// Where a key of this hash goes: the first empty or deleted slot.
    pub fn find_empty_slot(&self, vm: &Vm, hash: i64) -> u64 {
        let mut probe = Probe::new(hash, self.mask);
        while self.index(vm, probe.slot) >= 0 {
            probe.advance();
        }
        probe.slot
    }

    /// Points the slot for `hash` at entry `i`.
    pub fn link(&self, vm: &mut Vm, hash: i64, i: u64) {
        let slot = self.find_empty_slot(vm, hash);
        self.set_index(vm, slot, i as i64);
    }

    /// Adds a key that is not there to a table with room whose values stand elsewhere; its entry.
    pub fn add_shared_key(&self, vm: &mut Vm, key: Addr, hash: i64) -> u64 {
        invalidate_version(vm, self.keys);
        let entry = vm.word(self.keys, DK_NENTRIES);
        let usable = vm.word(self.keys, DK_USABLE);
        let key = vm.incref(key).into_addr();
        self.link(vm, hash, entry);
        self.set_entry(vm, entry, hash, key, Addr::NULL);
        vm.set_word(self.keys, DK_USABLE, usable - 1);
        vm.set_word(self.keys, DK_NENTRIES, entry + 1);
        entry
    }

    /// Marks the slot of entry `i` as deleted.
    pub fn unlink(&self, vm: &mut Vm, hash: i64, i: u64) {
        let mut probe = Probe::new(hash, self.mask);
        loop {
            match self.index(vm, probe.slot) {
                found if found == i as i64 => return self.set_index(vm, probe.slot, DUMMY),
                EMPTY => return,
                _ => probe.advance(),
            }
        }
    }

    /// The entry of an exact `str` in a table of exact `str` keys; never runs Python.
    #[inline]
    pub fn lookup_str(&self, vm: &Vm, key: Addr, hash: i64) -> Option<u64> {
        let mut probe = Probe::new(hash, self.mask);
        loop {
            let i = self.index(vm, probe.slot);
            if i >= 0 {
                let found = self.key(vm, i as u64);
                if found == key
                    || (vm.word(found, STR_HASH) == hash as u64 && str::equal(vm, found, key))
                {
                    return Some(i as u64);
                }
            } else if i == EMPTY {
                return None;
            }
            probe.advance();
        }
    }

    /// The entry of `key` in a general table. Compares with `==`, which may run Python and change the dict:
    /// then `Err(None)` says to look again.
    pub fn lookup_general(
        &self,
        vm: &mut Vm,
        dict: Addr,
        key: Addr,
        hash: i64,
    ) -> Result<Option<u64>, Option<crate::python::vm::Raised>> {
        let mut probe = Probe::new(hash, self.mask);
        loop {
            let i = self.index(vm, probe.slot);
            if i >= 0 {
                let found = self.key(vm, i as u64);
                if found == key {
                    return Ok(Some(i as u64));
                }
                if self.hash(vm, i as u64) == hash
                    && self.same_key(vm, dict, found, key, i as u64)?
                {
                    return Ok(Some(i as u64));
                }
            } else if i == EMPTY {
                return Ok(None);
            }
            probe.advance();
        }
    }

    /// `found == key`, noticing when the comparison changed the dict under us.
    fn same_key(
        &self,
        vm: &mut Vm,
        dict: Addr,
        found: Addr,
        key: Addr,
        i: u64,
    ) -> Result<bool, Option<crate::python::vm::Raised>> {
        let string = types::STR.0;
        if vm.word(found, OB_TYPE) == string && vm.word(key, OB_TYPE) == string {
            return Ok(str::equal(vm, found, key));
        }
        let held = vm.incref(found);
        let same = vm.equal(found, key);
        vm.decref(held);
        let same = same.map_err(Some)?;
        let unchanged = vm.field(dict, super::MA_KEYS) == self.keys && self.key(vm, i) == found;
        if unchanged { Ok(same) } else { Err(None) }
    }
}

/// The probe sequence of open addressing: CPython's `perturb` recurrence.
struct Probe {
    slot: u64,
    perturb: u64,
    mask: u64,
}

impl Probe {
    #[inline(always)]
    fn new(hash: i64, mask: u64) -> Probe {
        Probe {
            slot: hash as u64 & mask,
            perturb: hash as u64,
            mask,
        }
    }

    #[inline(always)]
    fn advance(&mut self) {
        self.perturb >>= 5;
        self.slot = (self
            .slot
            .wrapping_mul(5)
            .wrapping_add(self.perturb)
            .wrapping_add(1))
            & self.mask;
    }
}

/// How many entries a table of `slots` slots takes: two thirds.
pub const fn usable_fraction(slots: u64) -> u64 {
    (slots << 1) / 3
}

/// log2 of the slots for at least `minsize` of them. The bits are CPython's: until 3.13, 3 asks for 16 slots, not 8.
pub fn log2_keysize(profile: &Profile, minsize: u64) -> u32 {
    let bits = match profile.small_tables_are_exact {
        true => minsize.max(8) - 1,
        false => ((minsize | 8) - 1) | 7,
    };
    64 - bits.leading_zeros()
}

/// log2 of the slots for a table that is to take `used` entries.
pub fn estimate_log2_keysize(profile: &Profile, used: u64) -> u32 {
    log2_keysize(profile, (used * 3).div_ceil(2))
}

/// log2 of the bytes of all indices.
fn log2_index_bytes(log2_size: u32) -> u32 {
    match log2_size {
        0..8 => log2_size,
        8..16 => log2_size + 1,
        16..32 => log2_size + 2,
        _ => log2_size + 3,
    }
}

/// Bytes of a table as CPython asks for them.
pub fn size_bytes(vm: &Vm, keys: Addr) -> u64 {
    let header = vm.word(keys, 8);
    let usable = usable_fraction(1 << (header & 0xFF));
    let entry = match header >> 16 & 0xFF == Kind::General as u64 || vm.wide_tables {
        true => 24,
        false => 16,
    };
    indices_offset(vm) + (1 << (header >> 8 & 0xFF)) + usable * entry
}

/// A new table of `1 << log2_size` slots, with count 1.
pub fn new(vm: &mut Vm, log2_size: u32, kind: Kind) -> PyResult<Addr> {
    let usable = usable_fraction(1 << log2_size);
    new_usable(vm, log2_size, kind, usable)
}

/// The same with an explicit number of entries that may be used.
pub fn new_usable(vm: &mut Vm, log2_size: u32, kind: Kind, usable: u64) -> PyResult<Addr> {
    let index_bytes = log2_index_bytes(log2_size);
    let indices = indices_offset(vm);
    let entries = usable_fraction(1 << log2_size) * entry_size(vm, kind);
    let size = indices + (1 << index_bytes) + entries;
    let smallest = log2_size == LOG_MINSIZE && (kind == Kind::Unicode || vm.wide_tables);
    let pooled = if smallest {
        vm.freelists.dict_keys.pop()
    } else {
        None
    };
    let keys = match pooled {
        Some(keys) => keys,
        None => match vm.heap.try_alloc(size as usize) {
            Ok(keys) => keys,
            Err(_) => return Err(vm.memory_error()),
        },
    };
    vm.set_word(keys, 0, 1);
    vm.set_word(
        keys,
        8,
        u64::from(log2_size) | u64::from(index_bytes) << 8 | (kind as u64) << 16,
    );
    vm.set_word(keys, DK_USABLE, usable);
    vm.set_word(keys, DK_NENTRIES, 0);
    vm.heap.space.fill(keys.at(indices), 1 << index_bytes, 0xFF);
    let first = keys.at(indices + (1 << index_bytes));
    vm.heap.space.fill(first, entries as usize, 0);
    Ok(keys)
}

/// Prepares the table that empty dicts share: one slot, nothing usable.
pub fn init_empty(vm: &mut Vm) {
    vm.set_word(EMPTY_DICT_KEYS, 0, u64::from(u32::MAX));
    vm.set_word(EMPTY_DICT_KEYS, 8, 3 << 8 | (Kind::Unicode as u64) << 16);
    vm.set_word(EMPTY_DICT_KEYS, DK_USABLE, 0);
    vm.set_word(EMPTY_DICT_KEYS, DK_NENTRIES, 0);
    vm.set_word(EMPTY_DICT_KEYS, DK_INDICES, u64::MAX);
    vm.set_word(EMPTY_DICT_KEYS, DK_INDICES + 8, u64::MAX);
}

/// Turns a wide table of strings into a general one, where it stands. CPython: `lookdict_unicode`.
pub fn make_general(vm: &mut Vm, keys: Addr) {
    let word = vm.word(keys, 8);
    vm.set_word(keys, 8, word & !(0xFF << 16));
}

/// Makes a table the one that a class's instances share, or takes that back.
pub fn set_kind(vm: &mut Vm, keys: Addr, kind: Kind) {
    make_general(vm, keys);
    let word = vm.word(keys, 8);
    vm.set_word(keys, 8, word | (kind as u64) << 16);
}

/// The keys of a table in order.
pub fn names(vm: &Vm, keys: Addr) -> Vec<Addr> {
    let table = Table::read(vm, keys);
    let entries = 0..vm.word(keys, DK_NENTRIES);
    entries.map(|entry| table.key(vm, entry)).collect()
}

/// How many counts a table has.
pub fn refcount(vm: &Vm, keys: Addr) -> u64 {
    vm.word(keys, 0)
}

/// Takes another count of a table.
pub fn incref(vm: &mut Vm, keys: Addr) {
    if keys != EMPTY_DICT_KEYS {
        let count = vm.word(keys, 0);
        vm.set_word(keys, 0, count + 1);
    }
}

/// Gives a count back; the last one drops keys and values and frees the table.
pub fn decref(vm: &mut Vm, keys: Addr) {
    if keys == EMPTY_DICT_KEYS || keys.is_null() {
        return;
    }
    let count = vm.word(keys, 0);
    vm.set_word(keys, 0, count.wrapping_sub(1));
    if count != 1 {
        return;
    }
    let table = Table::read(vm, keys);
    for i in 0..vm.word(keys, DK_NENTRIES) {
        let (key, value) = (table.key(vm, i), table.value(vm, i));
        vm.decref_word(key.0);
        vm.decref_word(value.0);
    }
    free(vm, keys);
}

/// Frees a table whose references went elsewhere.
pub fn free(vm: &mut Vm, keys: Addr) {
    let header = vm.word(keys, 8);
    let is_pooled = vm.wide_tables || header >> 16 & 0xFF == Kind::Unicode as u64;
    let smallest = u64::from(LOG_MINSIZE) == header & 0xFF && is_pooled;
    if !(smallest && vm.freelists.dict_keys.push(keys)) {
        vm.heap.free(keys);
    }
}

/// Forgets that instructions cached this table's layout: it is about to change.
#[inline]
pub fn invalidate_version(vm: &mut Vm, keys: Addr) {
    let word = vm.word(keys, 8);
    if word >> 32 != 0 {
        vm.set_word(keys, 8, word & 0xFFFF_FFFF);
    }
}

/// The version of a table, 0 if it has none.
#[inline(always)]
pub fn known_version(vm: &Vm, keys: Addr) -> u32 {
    (vm.word(keys, 8) >> 32) as u32
}

/// The version of a table, given on first request; equal versions mean equal keys at equal places.
pub fn version(vm: &mut Vm, keys: Addr) -> u32 {
    let word = vm.word(keys, 8);
    if word >> 32 == 0 && vm.next_keys_version < u32::MAX {
        vm.next_keys_version += 1;
        vm.set_word(
            keys,
            8,
            word & 0xFFFF_FFFF | u64::from(vm.next_keys_version) << 32,
        );
    }
    (vm.word(keys, 8) >> 32) as u32
}
