//! Interned strings: one object for each text. CPython: `PyUnicode_InternInPlace`, `intern_common`.
//!
//! The table does not count its references. A mortal entry leaves it when the string dies.

use super::{EMPTY_STR, INTERNED_MASK, LATIN1_STRS, STATE, View, check_exact, len, state, view};
use crate::python::memory::{Addr, Own};
use crate::python::vm::Vm;

/// `SSTATE_INTERNED_MORTAL`
const MORTAL: u32 = 1;
/// `SSTATE_INTERNED_IMMORTAL`
const IMMORTAL: u32 = 2;
/// `SSTATE_INTERNED_IMMORTAL_STATIC`
pub(super) const STATIC_IMMORTAL: u32 = 3;

/// The interned string of this text: `sys.intern`.
pub fn intern(vm: &mut Vm, text: &str) -> Own {
    if let Some(shared) = shared(text) {
        return Own::from_addr(shared);
    }
    if let Some(known) = vm.interned.get(text.as_bytes()) {
        return vm.incref(*known);
    }
    let string = super::new(vm, text);
    enter(vm, string.addr(), text.as_bytes().into());
    string
}

/// The interned, immortal string of this text; for names that the engine keeps.
pub fn intern_immortal(vm: &mut Vm, text: &str) -> Addr {
    let string = intern(vm, text);
    if state(vm, string.addr()) & INTERNED_MASK == MORTAL {
        set_state(vm, string.addr(), IMMORTAL);
        vm.set_immortal(string.addr());
    }
    super::hash(vm, string.addr());
    string.into_addr()
}

/// Interns a string object: gives the one that stands for its content. An instance of a subclass stays as
/// it is.
pub fn intern_object(vm: &mut Vm, string: Own) -> Own {
    let object = string.addr();
    if state(vm, object) & INTERNED_MASK != 0 || !check_exact(vm, object) {
        return string;
    }
    let known = match (len(vm, object), view(vm, object)) {
        (0, _) => Some(EMPTY_STR),
        (1, View::Latin1(units)) => Some(LATIN1_STRS.at(80 * u64::from(units[0]))),
        _ => {
            let key = key(vm, object);
            match vm.interned.get(&key) {
                Some(known) => Some(*known),
                None => {
                    super::hash(vm, object);
                    enter(vm, object, key);
                    None
                }
            }
        }
    };
    match known {
        Some(known) => {
            let result = vm.incref(known);
            vm.decref(string);
            result
        }
        None => string,
    }
}

/// Whether a string is interned: `sys._is_interned`.
pub fn is_interned(vm: &Vm, string: Addr) -> bool {
    state(vm, string) & INTERNED_MASK != 0
}

/// A dying string leaves the table.
pub(super) fn forget(vm: &mut Vm, string: Addr) {
    let key = key(vm, string);
    if vm.interned.get(&key) == Some(&string) {
        vm.interned.remove(&key);
    }
}

fn enter(vm: &mut Vm, string: Addr, key: Box<[u8]>) {
    vm.interned.insert(key, string);
    if vm.profile.interned_are_immortal {
        set_state(vm, string, IMMORTAL);
        vm.set_immortal(string);
    } else {
        set_state(vm, string, MORTAL);
    }
}

fn set_state(vm: &mut Vm, string: Addr, how: u32) {
    let old = vm.word(string, STATE);
    vm.set_word(
        string,
        STATE,
        old & !u64::from(INTERNED_MASK) | u64::from(how),
    );
}

/// The static string of this text, if it has one.
fn shared(text: &str) -> Option<Addr> {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (None, _) => Some(EMPTY_STR),
        (Some(char), None) => {
            let unit = u8::try_from(char).ok()?;
            Some(LATIN1_STRS.at(80 * u64::from(unit)))
        }
        _ => None,
    }
}

/// The table's key for a string: UTF-8, surrogates as three bytes each.
fn key(vm: &Vm, string: Addr) -> Box<[u8]> {
    match view(vm, string) {
        View::Latin1(units) if units.is_ascii() => units.into(),
        view => {
            let mut bytes = Vec::with_capacity(view.len() * 3);
            view.iter().for_each(|point| push_wtf8(&mut bytes, point));
            bytes.into()
        }
    }
}

/// Appends the UTF-8 form of a code point, a surrogate's too.
pub(super) fn push_wtf8(bytes: &mut Vec<u8>, point: u32) {
    let tail = |shift: u32| 0x80 | (point >> shift & 0x3F) as u8;
    match point {
        0..0x80 => bytes.push(point as u8),
        0x80..0x800 => bytes.extend([0xC0 | (point >> 6) as u8, tail(0)]),
        0x800..0x1_0000 => bytes.extend([0xE0 | (point >> 12) as u8, tail(6), tail(0)]),
        _ => bytes.extend([0xF0 | (point >> 18) as u8, tail(12), tail(6), tail(0)]),
    }
}
