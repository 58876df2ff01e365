//! Union, intersection, difference: which set is walked, and so in which order the result grows, is
//! CPython's. Objects/setobject.c.

use super::{check, check_exact, copy, len, make_base, table, update};
use crate::python::memory::{Addr, Own};
use crate::python::object::{BinaryOp, Slots, dict, types};
use crate::python::vm::{PyResult, Vm};

/// The operators of both types.
pub fn slots(slots: &mut Slots) {
    slots.binary[BinaryOp::Subtract as usize] = Some(|vm, a, b| both(vm, a, b, difference));
    slots.binary[BinaryOp::And as usize] = Some(|vm, a, b| both(vm, a, b, intersection));
    slots.binary[BinaryOp::Xor as usize] = Some(|vm, a, b| both(vm, a, b, symmetric_difference));
    slots.binary[BinaryOp::Or as usize] = Some(|vm, a, b| both(vm, a, b, union));
}

/// The in-place operators of `set`.
pub fn inplace_slots(slots: &mut Slots) {
    slots.inplace[BinaryOp::Subtract as usize] =
        Some(|vm, a, b| in_place(vm, a, b, difference_update));
    slots.inplace[BinaryOp::And as usize] =
        Some(|vm, a, b| in_place(vm, a, b, intersection_update));
    slots.inplace[BinaryOp::Xor as usize] =
        Some(|vm, a, b| in_place(vm, a, b, symmetric_difference_update));
    slots.inplace[BinaryOp::Or as usize] = Some(|vm, a, b| in_place(vm, a, b, update));
}

type Combine = fn(&mut Vm, Addr, Addr) -> PyResult<Own>;
type Change = fn(&mut Vm, Addr, Addr) -> PyResult<()>;

/// An operator: both operands must be sets.
fn both(vm: &mut Vm, left: Addr, right: Addr, combine: Combine) -> PyResult<Own> {
    if !check(vm, left) || !check(vm, right) {
        return Ok(vm.not_implemented());
    }
    combine(vm, left, right)
}

fn in_place(vm: &mut Vm, left: Addr, right: Addr, change: Change) -> PyResult<Own> {
    if !check(vm, right) {
        return Ok(vm.not_implemented());
    }
    change(vm, left, right)?;
    Ok(vm.incref(left))
}

/// `left | right`
fn union(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    let result = copy(vm, left)?;
    if left != right {
        update(vm, result.addr(), right)?;
    }
    Ok(result)
}

/// What iterating over a set needs to hold while Python code may run.
fn each(
    vm: &mut Vm,
    set: Addr,
    mut act: impl FnMut(&mut Vm, Addr, i64) -> PyResult<bool>,
) -> PyResult<()> {
    let mut position = 0;
    while let Some((key, hash)) = table::next(vm, set, &mut position) {
        let key = vm.incref(key);
        let goes_on = act(vm, key.addr(), hash)?;
        vm.decref(key);
        if !goes_on {
            break;
        }
    }
    Ok(())
}

/// The elements of both; `other` may be any iterable.
pub fn intersection(vm: &mut Vm, set: Addr, other: Addr) -> PyResult<Own> {
    if set == other {
        return copy(vm, set);
    }
    let ty = vm.type_of(set);
    let result = make_base(vm, ty, None)?;
    if check(vm, other) {
        let (walked, searched) = if len(vm, other) > len(vm, set) {
            (set, other)
        } else {
            (other, set)
        };
        each(vm, walked, |vm, key, hash| {
            if table::contains(vm, searched, key, hash)? {
                table::add(vm, result.addr(), key, hash)?;
            }
            Ok(true)
        })?;
        return Ok(result);
    }
    let iterator = vm.get_iter(other)?;
    while let Some(key) = vm.iter_next(iterator.addr())? {
        let hash = super::hash_element(vm, key.addr())?;
        if table::contains(vm, set, key.addr(), hash)? {
            table::add(vm, result.addr(), key.addr(), hash)?;
            if len(vm, result.addr()) >= len(vm, set) {
                vm.decref(key);
                break;
            }
        }
        vm.decref(key);
    }
    vm.decref(iterator);
    Ok(result)
}

/// `set &= other`
pub fn intersection_update(vm: &mut Vm, set: Addr, other: Addr) -> PyResult<()> {
    let result = intersection(vm, set, other)?;
    table::swap_bodies(vm, set, result.addr());
    vm.decref(result);
    Ok(())
}

/// The elements of `set` that are not in `other`, any iterable.
pub fn difference(vm: &mut Vm, set: Addr, other: Addr) -> PyResult<Own> {
    let is_dict = vm.type_of(other) == types::DICT;
    let other_len = if check(vm, other) {
        len(vm, other)
    } else if is_dict {
        dict::len(vm, other)
    } else {
        return copy_and_difference(vm, set, other);
    };
    if len(vm, set) >> 2 > other_len {
        return copy_and_difference(vm, set, other);
    }
    let ty = vm.type_of(set);
    let result = make_base(vm, ty, None)?;
    each(vm, set, |vm, key, hash| {
        let found = if is_dict {
            dict::get_hashed(vm, other, key, hash)?.is_some()
        } else {
            table::contains(vm, other, key, hash)?
        };
        if !found {
            table::add(vm, result.addr(), key, hash)?;
        }
        Ok(true)
    })?;
    Ok(result)
}

fn copy_and_difference(vm: &mut Vm, set: Addr, other: Addr) -> PyResult<Own> {
    let result = copy(vm, set)?;
    difference_update(vm, result.addr(), other)?;
    Ok(result)
}

/// `set -= other`, any iterable: `set_difference_update_internal`.
pub fn difference_update(vm: &mut Vm, set: Addr, other: Addr) -> PyResult<()> {
    if set == other {
        table::clear(vm, set);
        return Ok(());
    }
    if check(vm, other) {
        let other = if len(vm, other) >> 3 > len(vm, set) {
            intersection(vm, set, other)?
        } else {
            vm.incref(other)
        };
        each(vm, other.addr(), |vm, key, hash| {
            let taken = table::take(vm, set, key, hash)?;
            vm.xdecref(taken);
            Ok(true)
        })?;
        vm.decref(other);
    } else {
        let iterator = vm.get_iter(other)?;
        while let Some(key) = vm.iter_next(iterator.addr())? {
            super::discard(vm, set, key.addr())?;
            vm.decref(key);
        }
        vm.decref(iterator);
    }
    table::shrink(vm, set)
}

/// The elements of exactly one of the two.
pub fn symmetric_difference(vm: &mut Vm, set: Addr, other: Addr) -> PyResult<Own> {
    let ty = vm.type_of(set);
    let result = make_base(vm, ty, Some(other))?;
    symmetric_difference_update(vm, result.addr(), set)?;
    Ok(result)
}

/// `set ^= other`, any iterable.
pub fn symmetric_difference_update(vm: &mut Vm, set: Addr, other: Addr) -> PyResult<()> {
    if set == other {
        table::clear(vm, set);
        return Ok(());
    }
    let other = if check(vm, other) {
        vm.incref(other)
    } else {
        let ty = vm.type_of(set);
        make_base(vm, ty, Some(other))?
    };
    each(vm, other.addr(), |vm, key, hash| {
        match table::take(vm, set, key, hash)? {
            Some(taken) => vm.decref(taken),
            None => table::add(vm, set, key, hash)?,
        }
        Ok(true)
    })?;
    vm.decref(other);
    Ok(())
}

/// Whether every element of `set` is in `other`, any iterable.
pub fn is_subset(vm: &mut Vm, set: Addr, other: Addr) -> PyResult<bool> {
    if !check(vm, other) {
        let common = intersection(vm, set, other)?;
        let all = len(vm, common.addr()) == len(vm, set);
        vm.decref(common);
        return Ok(all);
    }
    if len(vm, set) > len(vm, other) {
        return Ok(false);
    }
    let mut all = true;
    each(vm, set, |vm, key, hash| {
        all = table::contains(vm, other, key, hash)?;
        Ok(all)
    })?;
    Ok(all)
}

/// Whether every element of `other`, any iterable, is in `set`.
pub fn is_superset(vm: &mut Vm, set: Addr, other: Addr) -> PyResult<bool> {
    if check(vm, other) {
        return is_subset(vm, other, set);
    }
    walk(vm, set, other, true)
}

/// Whether the two have no element in common.
pub fn is_disjoint(vm: &mut Vm, set: Addr, other: Addr) -> PyResult<bool> {
    if set == other {
        return Ok(len(vm, set) == 0);
    }
    if !check_exact(vm, other) {
        return walk(vm, set, other, false);
    }
    let (walked, searched) = if len(vm, other) > len(vm, set) {
        (set, other)
    } else {
        (other, set)
    };
    let mut disjoint = true;
    each(vm, walked, |vm, key, hash| {
        disjoint = !table::contains(vm, searched, key, hash)?;
        Ok(disjoint)
    })?;
    Ok(disjoint)
}

/// Whether for all items of an iterable, being in `set` is `wanted`.
fn walk(vm: &mut Vm, set: Addr, iterable: Addr, wanted: bool) -> PyResult<bool> {
    let iterator = vm.get_iter(iterable)?;
    let mut all = true;
    while let Some(key) = vm.iter_next(iterator.addr())? {
        all = super::contains(vm, set, key.addr())? == wanted;
        vm.decref(key);
        if !all {
            break;
        }
    }
    vm.decref(iterator);
    Ok(all)
}
