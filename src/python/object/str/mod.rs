//! `str`: text in 1, 2 or 4 bytes a code point. CPython: `PyUnicodeObject`, Objects/unicodeobject.c.
//!
//! ```text
//!           ASCII (PyASCIIObject)   other (PyCompactUnicodeObject)   subclass (PyUnicodeObject)
//!    16     length                  length                           length
//!    24     hash, -1 unknown        hash                             hash
//!    32     state                   state                            state
//!    40     text, NUL               utf8_length                      utf8_length
//!    48                             utf8, NULL until asked           utf8
//!    56                             units, NUL                       data: address of the units
//! ```
//!
//! So from 3.12 on; [`layout`] has what stands elsewhere before.
//!
//! `state` is four bit fields: how it is interned (2 bits), bytes a unit (3), compact (1), ASCII (1), and
//! statically allocated (1). A string uses the narrowest units that hold it, so equal strings have equal
//! units.

pub mod arg;
mod build;
mod case;
mod classify;
mod concat;
mod constructor;
pub mod field;
mod find;
mod format;
mod hash;
mod intern;
mod iterator;
pub mod layout;
mod replace;
mod repr;
pub mod search;
mod sequence;
mod spec;
mod split;
mod statics;
mod translate;
mod trim;
pub mod unicode;

pub use build::{
    Text, from_ascii, from_ascii_unshared, from_char, from_code_points, from_latin1, from_ucs2,
    from_wtf8, new, try_from_code_points, try_from_latin1, try_new,
};
pub use classify::is_identifier;
pub use concat::{append_in_place, concat};
pub(in crate::python::object) use constructor::encoding_args;
pub use hash::{hash, hash_bytes};
pub use intern::{intern, intern_immortal, intern_object, is_interned};
pub use iterator::{ASCII_SPEC as ASCII_ITERATOR_SPEC, SPEC as ITERATOR_SPEC};
pub use replace::replace;
pub use repr::{ascii, escape, repr};
pub(in crate::python::object) use sequence::repeat_bytes;
pub use sequence::{both_exact, compare};
pub use spec::SPEC;
pub use split::{join, join_items, new_parts};
pub use statics::init_statics;
pub use trim::pad;

use super::{EMPTY_STR, LATIN1_STRS, OB_REFCNT, OB_TYPE, flags, types};
use crate::python::memory::{Addr, Own};
use crate::python::vm::{PyResult, Vm};

/// Offset of `length`, in code points.
pub const LENGTH: u64 = 16;
/// Offset of `hash`; -1 until it is asked for.
pub const HASH: u64 = 24;
/// Offset of `state`.
pub const STATE: u64 = 32;

/// How a string is interned: the low two bits of `state`.
pub const INTERNED_MASK: u32 = 3;
/// Bit `state.compact`.
const COMPACT: u32 = 1 << 5;
/// Bit `state.ascii`.
const ASCII: u32 = 1 << 6;
/// Bit `state.statically_allocated`.
const STATIC: u32 = 1 << 7;

/// The code points of a string, as they lie in memory.
#[derive(Clone, Copy, Debug)]
pub enum View<'a> {
    /// Up to U+00FF, one byte each.
    Latin1(&'a [u8]),
    /// Up to U+FFFF.
    Ucs2(&'a [u16]),
    /// All of Unicode.
    Ucs4(&'a [u32]),
}

impl<'a> View<'a> {
    /// The number of code points.
    #[inline]
    pub fn len(self) -> usize {
        match self {
            View::Latin1(units) => units.len(),
            View::Ucs2(units) => units.len(),
            View::Ucs4(units) => units.len(),
        }
    }

    /// Whether there is none.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Code point `i`, 0 behind the end.
    #[inline]
    pub fn get(self, i: usize) -> u32 {
        match self {
            View::Latin1(units) => units.get(i).map_or(0, |unit| u32::from(*unit)),
            View::Ucs2(units) => units.get(i).map_or(0, |unit| u32::from(*unit)),
            View::Ucs4(units) => units.get(i).copied().unwrap_or(0),
        }
    }

    /// The code points from `start` to `end`, cut to the length.
    #[inline]
    pub fn slice(self, start: usize, end: usize) -> View<'a> {
        let end = end.min(self.len());
        let start = start.min(end);
        match self {
            View::Latin1(units) => View::Latin1(&units[start..end]),
            View::Ucs2(units) => View::Ucs2(&units[start..end]),
            View::Ucs4(units) => View::Ucs4(&units[start..end]),
        }
    }

    /// The code points one by one.
    #[inline]
    pub fn iter(self) -> impl DoubleEndedIterator<Item = u32> + ExactSizeIterator + 'a {
        (0..self.len()).map(move |i| self.get(i))
    }

    /// Whether every code point is below U+0080.
    pub fn is_ascii(self) -> bool {
        match self {
            View::Latin1(units) => units.is_ascii(),
            View::Ucs2(_) | View::Ucs4(_) => false,
        }
    }

    /// The code points in 32 bits each.
    pub fn to_vec(self) -> Vec<u32> {
        self.iter().collect()
    }

    /// The text; a lone surrogate becomes U+FFFD.
    pub fn to_rust(self) -> String {
        match self {
            View::Latin1(units) if units.is_ascii() => String::from_utf8_lossy(units).into_owned(),
            _ => self
                .iter()
                .map(|point| char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect(),
        }
    }
}

impl PartialEq for View<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (View::Latin1(left), View::Latin1(right)) => left == right,
            (View::Ucs2(left), View::Ucs2(right)) => left == right,
            (View::Ucs4(left), View::Ucs4(right)) => left == right,
            _ => self.len() == other.len() && self.iter().eq(other.iter()),
        }
    }
}

impl Eq for View<'_> {}

impl PartialOrd for View<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for View<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        match (self, other) {
            (View::Latin1(left), View::Latin1(right)) => left.cmp(right),
            (View::Ucs2(left), View::Ucs2(right)) => left.cmp(right),
            (View::Ucs4(left), View::Ucs4(right)) => left.cmp(right),
            _ => self.iter().cmp(other.iter()),
        }
    }
}

/// The `state` field.
#[inline(always)]
fn state(vm: &Vm, string: Addr) -> u32 {
    vm.word(string, STATE) as u32
}

/// Bytes a unit: 1, 2 or 4.
#[inline(always)]
pub fn width(vm: &Vm, string: Addr) -> usize {
    (state(vm, string) >> 2 & 7) as usize
}

/// Whether the string says of itself that it is ASCII.
#[inline(always)]
pub fn is_ascii(vm: &Vm, string: Addr) -> bool {
    state(vm, string) & ASCII != 0
}

/// Whether the units follow the header (every `str`), or lie in a block of their own (subclass instances).
#[inline(always)]
pub fn is_compact(vm: &Vm, string: Addr) -> bool {
    state(vm, string) & COMPACT != 0
}

/// Where the units are.
#[inline(always)]
pub fn data(vm: &Vm, string: Addr) -> Addr {
    match state(vm, string) & (COMPACT | ASCII) {
        bits if bits == COMPACT | ASCII => string.at(vm.profile.strings.ascii_data),
        COMPACT => string.at(vm.profile.strings.compact_data),
        _ => vm.field(string, vm.profile.strings.compact_data),
    }
}

/// The number of code points.
#[inline(always)]
pub fn len(vm: &Vm, string: Addr) -> usize {
    vm.word(string, LENGTH) as usize
}

/// The code points of a string.
#[inline]
pub fn view(vm: &Vm, string: Addr) -> View<'_> {
    let (units, len) = (data(vm, string), len(vm, string));
    match width(vm, string) {
        1 => View::Latin1(vm.heap.space.bytes(units, len)),
        2 => View::Ucs2(vm.heap.space.units(units, len)),
        _ => View::Ucs4(vm.heap.space.units(units, len)),
    }
}

/// Whether the object is a `str` or an instance of a subclass: `PyUnicode_Check`.
#[inline(always)]
pub fn check(vm: &Vm, object: Addr) -> bool {
    vm.has_flag(object, flags::UNICODE_SUBCLASS)
}

/// Whether the object is exactly a `str`.
#[inline(always)]
pub fn check_exact(vm: &Vm, object: Addr) -> bool {
    vm.type_of(object) == types::STR
}

/// Code point `i`, which is below the length.
#[inline]
pub fn point(vm: &Vm, string: Addr, i: usize) -> u32 {
    let units = data(vm, string);
    match width(vm, string) {
        1 => u32::from(vm.heap.space.byte(units.at(i as u64))),
        2 => {
            let address = units.at(2 * i as u64);
            (vm.heap.space.half(Addr(address.0 & !3)) >> ((address.0 & 2) * 8)) & 0xFFFF
        }
        _ => vm.heap.space.half(units.at(4 * i as u64)),
    }
}

/// The text for messages and files; a lone surrogate becomes U+FFFD.
pub fn to_rust(vm: &Vm, string: Addr) -> String {
    view(vm, string).to_rust()
}

/// Whether two strings have the same code points.
#[inline]
pub fn equal(vm: &Vm, left: Addr, right: Addr) -> bool {
    if left == right {
        return true;
    }
    let length = len(vm, left);
    let unit = width(vm, left);
    if length != len(vm, right) || unit != width(vm, right) {
        return false;
    }
    let bytes = length * unit;
    vm.heap.space.bytes(data(vm, left), bytes) == vm.heap.space.bytes(data(vm, right), bytes)
}

/// Whether a string is this text.
pub fn is(vm: &Vm, string: Addr, text: &str) -> bool {
    match view(vm, string) {
        View::Latin1(units) if text.is_ascii() => units == text.as_bytes(),
        view => view.iter().eq(text.chars().map(u32::from)),
    }
}

/// The shared string of one code point below U+0100, or a new one: `chr(point)`.
#[inline]
pub fn from_point(vm: &mut Vm, point: u32) -> Own {
    match u8::try_from(point) {
        Ok(unit) => vm.incref(LATIN1_STRS.at(80 * u64::from(unit))),
        Err(_) => from_code_points(vm, &[point]),
    }
}

/// The code points from `start` to `end` as a string, sharing it where the whole is asked for and it is
/// exactly a `str`: `PyUnicode_Substring`.
pub fn substring(vm: &mut Vm, string: Addr, start: usize, end: usize) -> PyResult<Own> {
    let length = len(vm, string);
    let end = end.min(length);
    if start == 0 && end == length && check_exact(vm, string) {
        return Ok(vm.incref(string));
    }
    build::copy_range(vm, string, start.min(end), end)
}

/// The string itself, or a `str` copy of a subclass's instance: `unicode_result_unchanged`.
#[inline]
pub fn to_exact(vm: &mut Vm, string: Addr) -> PyResult<Own> {
    if check_exact(vm, string) {
        return Ok(vm.incref(string));
    }
    let length = len(vm, string);
    build::copy_range(vm, string, 0, length)
}

/// `str(object)`: `PyObject_Str`, as text.
pub fn text_of(vm: &mut Vm, object: Addr) -> PyResult<String> {
    let string = vm.str(object)?;
    let text = to_rust(vm, string.addr());
    vm.decref(string);
    Ok(text)
}

/// Frees a string whose count is 0: leaves the table of interned ones, frees units and UTF-8 form that lie in
/// blocks of their own.
pub(super) fn dealloc(vm: &mut Vm, string: Addr) {
    let state = state(vm, string);
    if state & INTERNED_MASK != 0 {
        intern::forget(vm, string);
    }
    if state & (COMPACT | ASCII) != COMPACT | ASCII {
        let units = data(vm, string);
        let utf8 = vm.field(string, vm.profile.strings.utf8);
        if !utf8.is_null() && utf8 != units {
            vm.heap.free(utf8);
        }
        if state & COMPACT == 0 && !units.is_null() {
            vm.heap.free(units);
        }
    }
    if vm.type_of(string) == types::STR {
        vm.heap.free(string);
    } else {
        super::alloc::free(vm, string);
    }
}

/// Bytes that the object takes, as `__sizeof__` says.
pub fn sizeof(vm: &Vm, string: Addr) -> u64 {
    let (length, unit) = (len(vm, string) as u64, width(vm, string) as u64);
    let layout = vm.profile.strings;
    let own = match state(vm, string) & (COMPACT | ASCII) {
        bits if bits == COMPACT | ASCII => return layout.ascii_data + length + 1,
        COMPACT => layout.compact_data + (length + 1) * unit,
        _ => layout.compact_data + 8 + (length + 1) * unit,
    };
    let utf8 = vm.field(string, vm.profile.strings.utf8);
    if utf8.is_null() || utf8 == data(vm, string) {
        own
    } else {
        own + vm.word(string, layout.utf8_length) + 1
    }
}

/// Writes the header of an exact `str`.
#[inline]
fn set_header(vm: &mut Vm, string: Addr, length: usize, state: u32) {
    vm.set_word(string, OB_REFCNT, 1);
    vm.set_word(string, OB_TYPE, types::STR.0);
    vm.set_word(string, LENGTH, length as u64);
    vm.set_word(string, HASH, u64::MAX);
    vm.set_word(string, STATE, u64::from(state));
}

/// `''`
#[inline]
pub fn empty(vm: &mut Vm) -> Own {
    vm.incref(EMPTY_STR)
}
