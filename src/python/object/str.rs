//! `str`: text in 1, 2 or 4 bytes a code point. CPython: `PyUnicodeObject`, Objects/unicodeobject.c.

use crate::python::memory::{Addr, Own};
use crate::python::vm::{PyResult, Vm};

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

/// A new string. The empty one and one-character Latin-1 strings are shared.
pub fn new(_vm: &mut Vm, _text: &str) -> Own {
    todo!()
}

/// A new string that may hold lone surrogates.
pub fn from_code_points(_vm: &mut Vm, _points: &[u32]) -> Own {
    todo!()
}

/// The interned string of this text: `sys.intern`. Mortal in 3.13 unless it is so already.
pub fn intern(_vm: &mut Vm, _text: &str) -> Own {
    todo!()
}

/// The interned, immortal string of this text; for names that the engine keeps.
pub fn intern_immortal(_vm: &mut Vm, _text: &str) -> Addr {
    todo!()
}

/// Interns a string object: gives the one that stands for its content.
pub fn intern_object(_vm: &mut Vm, _string: Own) -> Own {
    todo!()
}

/// The code points of a string.
pub fn view(_vm: &Vm, _string: Addr) -> View<'_> {
    todo!()
}

/// The number of code points.
pub fn len(vm: &Vm, string: Addr) -> usize {
    vm.word(string, 16) as usize
}

/// The text for messages and files; a lone surrogate becomes U+FFFD.
pub fn to_rust(_vm: &Vm, _string: Addr) -> String {
    todo!()
}

/// Whether two strings have the same code points.
pub fn equal(_vm: &Vm, _left: Addr, _right: Addr) -> bool {
    todo!()
}

/// `hash(string)`, kept in the object.
pub fn hash(_vm: &mut Vm, _string: Addr) -> i64 {
    todo!()
}

/// `str(object)`: `PyObject_Str`, as text.
pub fn text_of(vm: &mut Vm, object: Addr) -> PyResult<String> {
    let string = vm.str(object)?;
    let text = to_rust(vm, string.addr());
    vm.decref(string);
    Ok(text)
}
