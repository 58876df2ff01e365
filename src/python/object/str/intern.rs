//! Interned strings: one object for each text. CPython: `PyUnicode_InternInPlace`, `intern_common`.
//!
//! The table holds addresses and does not count its references: an entry's key is the object itself, its hash the
//! one in the object. A mortal entry leaves it when the string dies.

use super::hash::hash_bytes;
use super::{
    EMPTY_STR, HASH, INTERNED_MASK, LATIN1_STRS, STATE, View, check_exact, equal, len, state,
    statics, view,
};
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
    if !text.is_ascii() || text.len() < 2 {
        let string = super::new(vm, text);
        return intern_object(vm, string);
    }
    let hash = hash_bytes(vm.profile.hash, text.as_bytes());
    let known = vm
        .interned
        .find(hash as u64, |known| match view(vm, *known) {
            View::Latin1(units) => units == text.as_bytes(),
            _ => false,
        });
    if let Some(known) = known.copied() {
        return vm.incref(known);
    }
    let string = super::from_ascii(vm, text.as_bytes());
    vm.set_word(string.addr(), HASH, hash as u64);
    enter(vm, string.addr(), hash);
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
        (1, View::Latin1(units)) => Some(of_one(vm, units[0])),
        _ => {
            let hash = super::hash(vm, object);
            let known = vm
                .interned
                .find(hash as u64, |known| equal(vm, *known, object))
                .copied();
            if known.is_none() {
                enter(vm, object, hash);
            }
            known
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

/// The interned string of one Latin-1 character.
fn of_one(vm: &Vm, unit: u8) -> Addr {
    match vm.profile.interned_apart.as_bytes().contains(&unit) {
        true => statics::apart(unit),
        false => LATIN1_STRS.at(80 * u64::from(unit)),
    }
}

/// Whether a string is interned: `sys._is_interned`.
pub fn is_interned(vm: &Vm, string: Addr) -> bool {
    state(vm, string) & INTERNED_MASK != 0
}

/// A dying string leaves the table.
pub(super) fn forget(vm: &mut Vm, string: Addr) {
    let hash = super::hash(vm, string);
    if let Ok(entry) = vm
        .interned
        .find_entry(hash as u64, |known| *known == string)
    {
        entry.remove();
    }
}

fn enter(vm: &mut Vm, string: Addr, hash: i64) {
    let space = &vm.heap.space;
    vm.interned
        .insert_unique(hash as u64, string, |known| space.word(known.at(HASH)));
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
