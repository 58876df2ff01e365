//! Making strings: from Rust text, from code points, from a range of another string.

use super::layout::Layout;
use super::{ASCII, COMPACT, LATIN1_STRS, View, data, empty, set_header, width};
use crate::python::memory::{Addr, Own};
use crate::python::vm::{PyResult, Vm};

/// What a new string needs: `PyUnicode_New`'s `maxchar`, as a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Below U+0080.
    Ascii,
    /// Below U+0100.
    Latin1,
    /// Below U+10000.
    Ucs2,
    /// Anything.
    Ucs4,
}

impl Kind {
    /// The narrowest that holds a code point.
    #[inline]
    pub const fn of(point: u32) -> Kind {
        match point {
            0..0x80 => Kind::Ascii,
            0x80..0x100 => Kind::Latin1,
            0x100..0x1_0000 => Kind::Ucs2,
            _ => Kind::Ucs4,
        }
    }

    /// The narrowest that holds all code points of a view. Scans it; a string's own kind is `of_string`.
    pub fn of_view(view: View<'_>) -> Kind {
        match view {
            View::Latin1(units) if units.is_ascii() => Kind::Ascii,
            View::Latin1(_) => Kind::Latin1,
            View::Ucs2(units) => Kind::of(units.iter().fold(0, |all, unit| all | u32::from(*unit))),
            View::Ucs4(units) => Kind::of(units.iter().fold(0, |all, unit| all | *unit)),
        }
    }

    /// The kind that a string has.
    #[inline]
    pub fn of_string(vm: &Vm, string: Addr) -> Kind {
        match width(vm, string) {
            1 if super::is_ascii(vm, string) => Kind::Ascii,
            1 => Kind::Latin1,
            2 => Kind::Ucs2,
            _ => Kind::Ucs4,
        }
    }

    /// Bytes a unit.
    #[inline]
    pub const fn width(self) -> usize {
        match self {
            Kind::Ascii | Kind::Latin1 => 1,
            Kind::Ucs2 => 2,
            Kind::Ucs4 => 4,
        }
    }

    /// Bytes of the object with its text.
    #[inline]
    pub const fn size(self, layout: &Layout, length: usize) -> usize {
        match self {
            Kind::Ascii => layout.ascii_data as usize + length + 1,
            kind => layout.compact_data as usize + (length + 1) * kind.width(),
        }
    }

    /// The `state` field of a compact string.
    #[inline]
    pub(super) const fn state(self) -> u32 {
        let ascii = if matches!(self, Kind::Ascii) {
            ASCII
        } else {
            0
        };
        (self.width() as u32) << 2 | COMPACT | ascii
    }
}

/// A string of `length` code points of a kind, to be filled; its NUL is there. `length` is not 0.
#[inline]
pub(super) fn reserve(vm: &mut Vm, length: usize, kind: Kind) -> PyResult<Own> {
    match vm.heap.try_alloc(kind.size(&vm.profile.strings, length)) {
        Ok(block) => Ok(fill_header(vm, block, length, kind)),
        Err(_) => Err(vm.memory_error()),
    }
}

/// The same for text that the engine made itself, whose length no program chose.
#[inline]
pub(super) fn reserve_now(vm: &mut Vm, length: usize, kind: Kind) -> Own {
    let block = vm.heap.alloc(kind.size(&vm.profile.strings, length));
    fill_header(vm, block, length, kind)
}

#[inline]
fn fill_header(vm: &mut Vm, block: Addr, length: usize, kind: Kind) -> Own {
    set_header(vm, block, length, kind.state());
    let layout = &vm.profile.strings;
    if kind == Kind::Ascii {
        vm.heap
            .space
            .set_byte(block.at(layout.ascii_data + length as u64), 0);
    } else {
        vm.set_word(block, layout.utf8_length, 0);
        vm.set_word(block, layout.utf8, 0);
        let (end, unit) = (
            block.at(layout.compact_data + (length * kind.width()) as u64),
            kind.width(),
        );
        vm.heap.space.fill(end, unit, 0);
    }
    Own::from_addr(block)
}

/// A new string. The empty one and one-character Latin-1 strings are shared.
pub fn new(vm: &mut Vm, text: &str) -> Own {
    if text.is_ascii() {
        return from_ascii(vm, text.as_bytes());
    }
    let points: Vec<u32> = text.chars().map(u32::from).collect();
    from_code_points(vm, &points)
}

/// The same for a text whose length a program chose: too large a one is a `MemoryError`.
pub fn try_new(vm: &mut Vm, text: &str) -> PyResult<Own> {
    check_size(vm, text.len())?;
    Ok(new(vm, text))
}

/// A `MemoryError` when a block of this size cannot be had.
fn check_size(vm: &mut Vm, bytes: usize) -> PyResult<()> {
    const ALWAYS_FINE: usize = 64 << 10;
    if bytes <= ALWAYS_FINE {
        return Ok(());
    }
    match vm
        .heap
        .try_alloc(bytes + vm.profile.strings.compact_data as usize)
    {
        Ok(block) => {
            vm.heap.free(block);
            Ok(())
        }
        Err(_) => Err(vm.memory_error()),
    }
}

/// A string of one character.
pub fn from_char(vm: &mut Vm, char: char) -> Own {
    super::from_point(vm, u32::from(char))
}

/// A new string of ASCII text.
#[inline]
pub fn from_ascii(vm: &mut Vm, text: &[u8]) -> Own {
    debug_assert!(text.is_ascii());
    match text {
        [] => empty(vm),
        [unit] => vm.incref(LATIN1_STRS.at(80 * u64::from(*unit))),
        _ => from_ascii_unshared(vm, text),
    }
}

/// A new string of ASCII text that is not empty, a string of one character too.
pub fn from_ascii_unshared(vm: &mut Vm, text: &[u8]) -> Own {
    let string = reserve_now(vm, text.len(), Kind::Ascii);
    let target = string.addr().at(vm.profile.strings.ascii_data);
    vm.heap
        .space
        .bytes_mut(target, text.len())
        .copy_from_slice(text);
    string
}

/// A new string of code points below U+0100.
pub fn from_latin1(vm: &mut Vm, text: &[u8]) -> Own {
    if text.len() <= 1 || text.is_ascii() {
        return match text {
            [unit] => vm.incref(LATIN1_STRS.at(80 * u64::from(*unit))),
            _ => from_ascii(vm, text),
        };
    }
    let string = reserve_now(vm, text.len(), Kind::Latin1);
    let target = string.addr().at(vm.profile.strings.compact_data);
    vm.heap
        .space
        .bytes_mut(target, text.len())
        .copy_from_slice(text);
    string
}

/// The same where a program chose the length.
pub fn try_from_latin1(vm: &mut Vm, text: &[u8]) -> PyResult<Own> {
    check_size(vm, text.len())?;
    Ok(from_latin1(vm, text))
}

/// A new string of code points below U+10000.
pub fn from_ucs2(vm: &mut Vm, units: &[u16]) -> Own {
    if units.iter().all(|unit| *unit < 0x100) {
        let bytes: Vec<u8> = units.iter().map(|unit| *unit as u8).collect();
        return from_latin1(vm, &bytes);
    }
    let string = reserve_now(vm, units.len(), Kind::Ucs2);
    let target = string.addr().at(vm.profile.strings.compact_data);
    vm.heap
        .space
        .units_mut(target, units.len())
        .copy_from_slice(units);
    string
}

/// A new string that may hold lone surrogates.
pub fn from_code_points(vm: &mut Vm, points: &[u32]) -> Own {
    match Kind::of(points.iter().fold(0, |all, point| all | point)) {
        Kind::Ascii | Kind::Latin1 => {
            let bytes: Vec<u8> = points.iter().map(|point| *point as u8).collect();
            from_latin1(vm, &bytes)
        }
        Kind::Ucs2 => {
            let units: Vec<u16> = points.iter().map(|point| *point as u16).collect();
            from_ucs2(vm, &units)
        }
        Kind::Ucs4 => {
            let string = reserve_now(vm, points.len(), Kind::Ucs4);
            let target = string.addr().at(vm.profile.strings.compact_data);
            vm.heap
                .space
                .units_mut(target, points.len())
                .copy_from_slice(points);
            string
        }
    }
}

/// The same for a text whose length a program chose.
pub fn try_from_code_points(vm: &mut Vm, points: &[u32]) -> PyResult<Own> {
    check_size(vm, points.len() * 4)?;
    Ok(from_code_points(vm, points))
}

/// A new string from UTF-8 in which surrogates have three bytes each, as the `surrogatepass` handler writes
/// them; the compiler hands literals over so.
pub fn from_wtf8(vm: &mut Vm, bytes: &[u8]) -> Own {
    match std::str::from_utf8(bytes) {
        Ok(text) => new(vm, text),
        Err(_) => from_code_points(vm, &decode_wtf8(bytes)),
    }
}

fn decode_wtf8(bytes: &[u8]) -> Vec<u32> {
    let (mut points, mut i) = (Vec::with_capacity(bytes.len()), 0);
    let tail = |at: usize| bytes.get(at).map_or(0, |byte| u32::from(byte & 0x3F));
    while let Some(lead) = bytes.get(i).map(|byte| u32::from(*byte)) {
        let (point, width) = match lead {
            0..0x80 => (lead, 1),
            0x80..0xE0 => ((lead & 0x1F) << 6 | tail(i + 1), 2),
            0xE0..0xF0 => ((lead & 0x0F) << 12 | tail(i + 1) << 6 | tail(i + 2), 3),
            _ => (
                (lead & 7) << 18 | tail(i + 1) << 12 | tail(i + 2) << 6 | tail(i + 3),
                4,
            ),
        };
        points.push(point);
        i += width;
    }
    points
}

/// A new string of the code points `start..end` of another, in the narrowest units.
pub(super) fn copy_range(vm: &mut Vm, string: Addr, start: usize, end: usize) -> PyResult<Own> {
    let length = end - start;
    if length == 0 {
        return Ok(empty(vm));
    }
    if length == 1 {
        let point = super::point(vm, string, start);
        return Ok(super::from_point(vm, point));
    }
    let kind = match Kind::of_string(vm, string) {
        Kind::Ascii => Kind::Ascii,
        _ => Kind::of_view(super::view(vm, string).slice(start, end)),
    };
    let copy = reserve(vm, length, kind)?;
    copy_points(vm, string, start, copy.addr(), 0, length);
    Ok(copy)
}

/// Copies code points from one string to another whose units are wide enough for them:
/// `PyUnicode_CopyCharacters`.
pub(super) fn copy_points(
    vm: &mut Vm,
    from: Addr,
    start: usize,
    to: Addr,
    at: usize,
    length: usize,
) {
    let (narrow, wide) = (width(vm, from), width(vm, to));
    let source = data(vm, from).at((start * narrow) as u64);
    let target = data(vm, to).at((at * wide) as u64);
    if narrow == wide {
        return vm.heap.space.copy(source, target, length * narrow);
    }
    // Neither borrow may be held while the other is: the points go through a piece of the host's stack.
    const PIECE: usize = 128;
    let mut piece = [0u32; PIECE];
    let mut done = 0;
    while done < length {
        let count = PIECE.min(length - done);
        let part = super::view(vm, from).slice(start + done, start + done + count);
        for (slot, point) in piece.iter_mut().zip(part.iter()) {
            *slot = point;
        }
        write_points(vm, target, wide, done, &piece[..count]);
        done += count;
    }
}

/// Writes code points as units of `width` bytes, `at` units behind `target`.
pub(super) fn write_points(vm: &mut Vm, target: Addr, width: usize, at: usize, points: &[u32]) {
    let target = target.at((at * width) as u64);
    match width {
        1 => {
            let units = vm.heap.space.bytes_mut(target, points.len());
            units
                .iter_mut()
                .zip(points)
                .for_each(|(unit, point)| *unit = *point as u8);
        }
        2 => {
            let units = vm.heap.space.units_mut::<u16>(target, points.len());
            units
                .iter_mut()
                .zip(points)
                .for_each(|(unit, point)| *unit = *point as u16);
        }
        _ => vm
            .heap
            .space
            .units_mut::<u32>(target, points.len())
            .copy_from_slice(points),
    }
}

/// Text under construction: bytes as long as everything is below U+0100, code points from then on. What
/// `_PyUnicodeWriter` is in CPython.
#[derive(Clone, Debug, Default)]
pub struct Text {
    narrow: Vec<u8>,
    wide: Vec<u32>,
}

impl Text {
    /// No text yet.
    pub fn new() -> Text {
        Text::default()
    }

    /// The number of code points.
    pub fn len(&self) -> usize {
        self.narrow.len() + self.wide.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A `MemoryError` when the text is longer than the heap is large. For loops whose pieces a program chooses.
    #[inline]
    pub fn check(&self, vm: &mut Vm) -> PyResult<()> {
        if self.len() as u64 > vm.limits.heap_bytes {
            return Err(vm.memory_error());
        }
        Ok(())
    }

    /// Adds a code point.
    #[inline]
    pub fn push(&mut self, point: u32) {
        if self.wide.is_empty() {
            match u8::try_from(point) {
                Ok(unit) => return self.narrow.push(unit),
                Err(_) => self.widen(),
            }
        }
        self.wide.push(point);
    }

    /// Moves to the wide form.
    fn widen(&mut self) {
        self.wide.reserve(self.narrow.len() + 16);
        self.wide.extend(self.narrow.drain(..).map(u32::from));
    }

    /// Adds Rust text.
    pub fn push_str(&mut self, text: &str) {
        if self.wide.is_empty() && text.is_ascii() {
            self.narrow.extend_from_slice(text.as_bytes());
        } else {
            text.chars().for_each(|char| self.push(u32::from(char)));
        }
    }

    /// Adds code points of a string.
    pub fn push_view(&mut self, view: View<'_>) {
        match view {
            View::Latin1(units) if self.wide.is_empty() => self.narrow.extend_from_slice(units),
            View::Latin1(units) => self.wide.extend(units.iter().map(|unit| u32::from(*unit))),
            view => view.iter().for_each(|point| self.push(point)),
        }
    }

    /// The code points.
    pub fn to_points(&self) -> Vec<u32> {
        if self.wide.is_empty() {
            self.narrow.iter().map(|unit| u32::from(*unit)).collect()
        } else {
            self.wide.clone()
        }
    }

    /// The string, not the shared one where it is a single character.
    pub(super) fn finish_unshared(self, vm: &mut Vm) -> PyResult<Own> {
        if self.len() != 1 {
            return self.finish(vm);
        }
        let point = self.to_points()[0];
        let string = reserve(vm, 1, Kind::of(point))?;
        let (target, unit) = (data(vm, string.addr()), width(vm, string.addr()));
        write_points(vm, target, unit, 0, &[point]);
        Ok(string)
    }

    /// The string.
    pub fn finish(self, vm: &mut Vm) -> PyResult<Own> {
        if self.wide.is_empty() {
            check_size(vm, self.narrow.len())?;
            Ok(from_latin1(vm, &self.narrow))
        } else {
            try_from_code_points(vm, &self.wide)
        }
    }
}
