//! What a pattern is matched with: text, or anything whose bytes can be read.

use crate::python::memory::{Addr, Own};
use crate::python::object::str::{self, View};
use crate::python::object::{buffer, bytes};
use crate::python::vm::{PyResult, Vm};

/// Text or bytes, and the range that counts.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    /// The object, borrowed.
    pub object: Addr,
    /// Whether it is no `str`.
    pub is_bytes: bool,
    /// Where to start, within the length.
    pub pos: usize,
    /// Where to end, not before the start.
    pub end: usize,
}

/// The characters as they lie in memory.
pub enum Units<'a> {
    /// Bytes, or text up to U+00FF.
    One(&'a [u8]),
    /// Text up to U+FFFF.
    Two(&'a [u16]),
    /// Any text.
    Four(&'a [u32]),
}

/// The subject that an object is, with `pos` and `endpos` brought into its length.
///
/// # Errors
/// `TypeError: expected string or bytes-like object, got 'int'`
pub fn of(vm: &mut Vm, object: Addr, (pos, end): (isize, isize)) -> PyResult<Subject> {
    let is_bytes = !str::check(vm, object);
    if is_bytes && buffer::get(vm, object).is_none() {
        if buffer::is_buffer(vm, object) {
            // A released view says so; a view that is not in one piece cannot be read.
            buffer::content(vm, object)?;
        }
        let got = vm.tp_name(object);
        return Err(vm.type_error(format!("expected string or bytes-like object, got '{got}'")));
    }
    let mut subject = Subject {
        object,
        is_bytes,
        pos: 0,
        end: 0,
    };
    let len = len(vm, &subject);
    let inside = |at: isize| usize::try_from(at).unwrap_or(0).min(len);
    subject.pos = inside(pos);
    subject.end = inside(end).max(subject.pos);
    Ok(subject)
}

/// The number of characters there are now.
pub fn len(vm: &Vm, subject: &Subject) -> usize {
    match subject.is_bytes {
        false => str::len(vm, subject.object),
        true => buffer::get(vm, subject.object).map_or(0, |buffer| buffer.len),
    }
}

/// The characters.
pub fn units<'a>(vm: &'a Vm, subject: &Subject) -> Units<'a> {
    if subject.is_bytes {
        return Units::One(match buffer::get(vm, subject.object) {
            Some(buffer) => buffer::slice(vm, buffer),
            None => &[],
        });
    }
    match str::view(vm, subject.object) {
        View::Latin1(units) => Units::One(units),
        View::Ucs2(units) => Units::Two(units),
        View::Ucs4(units) => Units::Four(units),
    }
}

/// The part from `start` to `end`; all of an exact `str` or `bytes` is the object itself.
pub fn part(vm: &mut Vm, object: Addr, start: usize, end: usize) -> PyResult<Own> {
    if str::check(vm, object) {
        let len = str::len(vm, object);
        if str::check_exact(vm, object) && start == 0 && end >= len {
            return Ok(vm.incref(object));
        }
        return str::substring(vm, object, start.min(len), end.min(len));
    }
    let Some(content) = buffer::get(vm, object) else {
        return bytes::try_new(vm, &[]);
    };
    let (start, end) = (start.min(content.len), end.min(content.len));
    if vm.type_of(object) == crate::python::object::types::BYTES && (start, end) == (0, content.len)
    {
        return Ok(vm.incref(object));
    }
    let part = buffer::slice(vm, content)[start..end.max(start)].to_vec();
    bytes::try_new(vm, &part)
}
