//! The strings that exist before any other: `''` and the 256 of one Latin-1 character, immortal and interned.

use super::build::Kind;
use super::layout::SHORT;
use super::{EMPTY_STR, HASH, LATIN1_STRS, STATIC, intern, set_header};
use crate::python::memory::Addr;
use crate::python::vm::Vm;

/// Writes them to their fixed addresses. The first thing that a machine does.
pub fn init_statics(vm: &mut Vm) {
    write(vm, EMPTY_STR, None);
    for unit in 0..=255u8 {
        write(vm, LATIN1_STRS.at(80 * u64::from(unit)), Some(unit));
    }
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
