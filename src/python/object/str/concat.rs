//! `left + right`, and `name += right` that grows the string in place when nobody else sees it. CPython:
//! `PyUnicode_Concat`, `PyUnicode_Append`.

use super::build::{Kind, copy_points, reserve};
use super::{
    COMPACT, HASH, INTERNED_MASK, LENGTH, check, check_exact, data, is_ascii, len, state, width,
};
use crate::python::memory::{Addr, Own};
use crate::python::object::OB_REFCNT;
use crate::python::vm::{PyResult, Vm};

/// `left + right` for two strings, sharing the other when one is empty.
pub fn concat(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    let (left_len, right_len) = (len(vm, left), len(vm, right));
    if left_len == 0 {
        return super::to_exact(vm, right);
    }
    if right_len == 0 {
        return super::to_exact(vm, left);
    }
    let kind = Kind::of_string(vm, left).max(Kind::of_string(vm, right));
    let result = reserve(vm, left_len + right_len, kind)?;
    copy_points(vm, left, 0, result.addr(), 0, left_len);
    copy_points(vm, right, 0, result.addr(), left_len, right_len);
    Ok(result)
}

/// `left += right`, taking over the reference to `left`. Where that is the only one, the block grows in
/// place or moves, and no second string is made.
pub fn append_in_place(vm: &mut Vm, left: Own, right: Addr) -> PyResult<Own> {
    let object = left.addr();
    let (left_len, right_len) = (len(vm, object), len(vm, right));
    if right_len == 0 && check_exact(vm, object) {
        return Ok(left);
    }
    if left_len == 0 || !is_modifiable(vm, object) || !holds(vm, object, right) {
        let result = concat(vm, object, right)?;
        vm.decref(left);
        return Ok(result);
    }
    let grown = resize(vm, left, left_len + right_len)?;
    copy_points(vm, right, 0, grown.addr(), left_len, right_len);
    Ok(grown)
}

/// Whether nobody can tell if the string changes: one reference, hash not asked for, not interned.
fn is_modifiable(vm: &Vm, string: Addr) -> bool {
    vm.word(string, OB_REFCNT) == 1
        && vm.word(string, HASH) == u64::MAX
        && state(vm, string) & INTERNED_MASK == 0
        && state(vm, string) & COMPACT != 0
        && check_exact(vm, string)
}

/// Whether the units of `string` are wide enough for `other`.
fn holds(vm: &Vm, string: Addr, other: Addr) -> bool {
    check(vm, other)
        && width(vm, other) <= width(vm, string)
        && (!is_ascii(vm, string) || is_ascii(vm, other))
}

/// Gives a modifiable string another length; what is new in it is to be filled.
fn resize(vm: &mut Vm, string: Own, length: usize) -> PyResult<Own> {
    let layout = vm.profile.strings;
    let kind = Kind::of_string(vm, string.addr());
    if kind != Kind::Ascii {
        let utf8 = vm.field(string.addr(), layout.utf8);
        vm.heap.free(utf8);
        vm.set_word(string.addr(), layout.utf8, 0);
        vm.set_word(string.addr(), layout.utf8_length, 0);
    }
    let Ok(block) = vm
        .heap
        .try_realloc(string.addr(), kind.size(&layout, length))
    else {
        return Err(vm.memory_error());
    };
    // The count goes with the block, which may have moved.
    let _moved = string.into_addr();
    vm.set_word(block, LENGTH, length as u64);
    let end = data(vm, block).at((length * kind.width()) as u64);
    vm.heap.space.fill(end, kind.width(), 0);
    Ok(Own::from_addr(block))
}
