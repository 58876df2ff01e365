//! `str` as a sequence: indexing, slices, repetition, comparison.

use super::build::{Kind, reserve};
use super::{
    check, check_exact, concat, data, equal, len, point, substring, to_exact, view, width,
};
use crate::python::memory::{Addr, Own};
use crate::python::object::index::{SliceBounds, is_index};
use crate::python::object::str::arg;
use crate::python::object::{CompareOp, types};
use crate::python::vm::{PyResult, Vm};

pub(super) fn sq_length(vm: &mut Vm, string: Addr) -> PyResult<usize> {
    Ok(len(vm, string))
}

pub(super) fn sq_item(vm: &mut Vm, string: Addr, index: isize) -> PyResult<Own> {
    match usize::try_from(index) {
        Ok(index) if index < len(vm, string) => {
            let point = point(vm, string, index);
            Ok(super::from_point(vm, point))
        }
        _ => Err(vm.index_error("string index out of range")),
    }
}

pub(super) fn subscript(vm: &mut Vm, string: Addr, key: Addr) -> PyResult<Own> {
    if is_index(vm, key) {
        let index = vm.index_value(key, types::INDEX_ERROR)?;
        let index = if index < 0 {
            index + len(vm, string) as isize
        } else {
            index
        };
        return sq_item(vm, string, index);
    }
    if vm.type_of(key) != types::SLICE {
        let given = vm.type_data(vm.type_of(key)).full_name.to_string();
        return Err(vm.type_error(format!("string indices must be integers, not '{given}'")));
    }
    let slice = SliceBounds::of(vm, key, |vm| len(vm, string))?;
    if slice.count == 0 {
        return Ok(super::empty(vm));
    }
    if slice.step == 1 {
        let start = slice.start as usize;
        return substring(vm, string, start, start + slice.count);
    }
    let text = view(vm, string);
    let at = |i: isize| text.get((slice.start + i * slice.step) as usize);
    let points: Vec<u32> = (0..slice.count as isize).map(at).collect();
    unshared(vm, &points)
}

/// A string of a slice with a step; one character is not the shared one, as in CPython.
fn unshared(vm: &mut Vm, points: &[u32]) -> PyResult<Own> {
    let mut text = super::Text::new();
    points.iter().for_each(|point| text.push(*point));
    text.finish_unshared(vm)
}

/// `string * count`
pub(super) fn repeat(vm: &mut Vm, string: Addr, count: isize) -> PyResult<Own> {
    let count = usize::try_from(count).unwrap_or(0);
    let length = len(vm, string);
    if count == 0 || length == 0 {
        return Ok(super::empty(vm));
    }
    if count == 1 {
        return to_exact(vm, string);
    }
    let total = match length.checked_mul(count) {
        Some(total) if total < isize::MAX as usize => total,
        _ => return Err(vm.overflow_error("repeated string is too long")),
    };
    let kind = Kind::of_string(vm, string);
    let result = reserve(vm, total, kind)?;
    let (source, target, bytes) = (
        data(vm, string),
        data(vm, result.addr()),
        length * width(vm, string),
    );
    repeat_bytes(vm, source, target, bytes, total * width(vm, string));
    Ok(result)
}

/// Fills `total` bytes with copies of the `bytes` at `source`, doubling what is there.
pub(in crate::python::object) fn repeat_bytes(
    vm: &mut Vm,
    source: Addr,
    target: Addr,
    bytes: usize,
    total: usize,
) {
    if bytes == 1 {
        let byte = vm.heap.space.byte(source);
        return vm.heap.space.fill(target, total, byte);
    }
    vm.heap.space.copy(source, target, bytes);
    let mut done = bytes;
    while done < total {
        let count = done.min(total - done);
        vm.heap.space.copy(target, target.at(done as u64), count);
        done += count;
    }
}

/// `left + right`, the slot.
pub(super) fn sq_concat(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if !check(vm, right) {
        let given = arg::type_text(vm, right);
        let given = if given == "None" {
            "NoneType".into()
        } else {
            given
        };
        let given = match vm.type_of(right) == types::TEMPLATE {
            true => "string.templatelib.Template".to_owned(),
            false => given,
        };
        return Err(vm.type_error(format!("can only concatenate str (not \"{given}\") to str")));
    }
    concat(vm, left, right)
}

pub(super) fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    if !check(vm, left) || !check(vm, right) {
        return Ok(vm.not_implemented());
    }
    let holds = match op {
        CompareOp::Eq => equal(vm, left, right),
        CompareOp::Ne => !equal(vm, left, right),
        _ => op.holds(compare(vm, left, right)),
    };
    Ok(vm.bool(holds))
}

/// Which of two strings comes first: `PyUnicode_Compare`.
pub fn compare(vm: &Vm, left: Addr, right: Addr) -> std::cmp::Ordering {
    if left == right {
        std::cmp::Ordering::Equal
    } else {
        view(vm, left).cmp(&view(vm, right))
    }
}

pub(super) fn str_slot(vm: &mut Vm, string: Addr) -> PyResult<Own> {
    to_exact(vm, string)
}

pub(super) fn hash_slot(vm: &mut Vm, string: Addr) -> PyResult<i64> {
    Ok(super::hash(vm, string))
}

/// `string % values`: the slot.
pub(super) fn remainder(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if !check(vm, left) {
        return Ok(vm.not_implemented());
    }
    crate::python::object::percent::format(vm, left, right)
}

/// Whether both are exactly `str`, for the machine's fast paths.
#[inline(always)]
pub fn both_exact(vm: &Vm, left: Addr, right: Addr) -> bool {
    check_exact(vm, left) && check_exact(vm, right)
}
