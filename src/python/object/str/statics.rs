//! The strings that exist before any other: `''` and the 256 of one Latin-1 character, immortal and interned.

use super::build::Kind;
use super::layout::SHORT;
use super::{EMPTY_STR, HASH, INTERNED_MASK, LATIN1_STRS, STATE, STATIC, intern, set_header};
use crate::python::memory::Addr;
use crate::python::object::INTERNED_APART;
use crate::python::vm::Vm;

/// Writes them to their fixed addresses. The first thing that a machine does.
pub fn init_statics(vm: &mut Vm) {
    write(vm, EMPTY_STR, None);
    for unit in 0..=255u8 {
        write(vm, LATIN1_STRS.at(80 * u64::from(unit)), Some(unit));
    }
    for unit in vm.profile.interned_apart.bytes() {
        let string = LATIN1_STRS.at(80 * u64::from(unit));
        let state = vm.word(string, STATE) & !u64::from(INTERNED_MASK);
        vm.set_word(string, STATE, state);
        write(vm, apart(unit), Some(unit));
    }
}

/// Where the interned string of a character is that is not the shared one.
pub(super) fn apart(unit: u8) -> Addr {
    INTERNED_APART.at(80 * u64::from(unit))
}

fn write(vm: &mut Vm, string: Addr, unit: Option<u8>) {
    let kind = Kind::of(unit.map_or(0, u32::from));
    set_header(
        vm,
        string,
        usize::from(unit.is_some()),
        kind.state() | STATIC | intern::STATIC_IMMORTAL,
    );
    vm.set_immortal(string);
    let layout = vm.profile.strings;
    if kind == Kind::Ascii {
        vm.heap
            .space
            .bytes_mut(string.at(layout.ascii_data), 2)
            .copy_from_slice(&[unit.unwrap_or(0), 0]);
    } else {
        let unit = unit.unwrap_or(0);
        vm.heap
            .space
            .bytes_mut(string.at(layout.compact_data), 2)
            .copy_from_slice(&[unit, 0]);
        // From 3.12 on these have their UTF-8 form with them: two bytes and a NUL.
        let utf8 = string.at(layout.compact_data + 2);
        vm.heap.space.bytes_mut(utf8, 3).copy_from_slice(&[
            0xC0 | unit >> 6,
            0x80 | unit & 0x3F,
            0,
        ]);
        if layout == SHORT {
            vm.set_word(string, layout.utf8, utf8.0);
            vm.set_word(string, layout.utf8_length, 2);
        }
    }
    // CPython computes the hash of static strings when it interns them.
    let hash = super::hash(vm, string);
    vm.set_word(string, HASH, hash as u64);
}
