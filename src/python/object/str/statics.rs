//! The strings that exist before any other: `''` and the 256 of one Latin-1 character, immortal and interned.

use super::build::Kind;
use super::{
    ASCII_DATA, COMPACT_DATA, EMPTY_STR, HASH, LATIN1_STRS, STATIC, UTF8, UTF8_LENGTH, intern,
    set_header,
};
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
    if kind == Kind::Ascii {
        vm.heap
            .space
            .bytes_mut(string.at(ASCII_DATA), 2)
            .copy_from_slice(&[unit.unwrap_or(0), 0]);
    } else {
        let unit = unit.unwrap_or(0);
        vm.heap
            .space
            .bytes_mut(string.at(COMPACT_DATA), 2)
            .copy_from_slice(&[unit, 0]);
        // These have their UTF-8 form with them: two bytes and a NUL.
        let utf8 = string.at(COMPACT_DATA + 8);
        vm.heap.space.bytes_mut(utf8, 3).copy_from_slice(&[
            0xC0 | unit >> 6,
            0x80 | unit & 0x3F,
            0,
        ]);
        vm.set_word(string, UTF8, utf8.0);
        vm.set_word(string, UTF8_LENGTH, 2);
    }
    // CPython computes the hash of static strings when it interns them.
    let hash = super::hash(vm, string);
    vm.set_word(string, HASH, hash as u64);
}
