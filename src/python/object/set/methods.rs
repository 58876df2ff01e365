//! The methods of `set` and `frozenset`.

use super::{algebra, copy as copy_set, frozen_key, table, update as update_set};
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, class_getitem, int, list, reduce, str, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

/// `set`, in the order of CPython's table.
pub static SET: &[Method] = &[
    Method::new("add", "(object, /)", add),
    Method::new("clear", "()", clear),
    Method::new("copy", "()", copy),
    Method::new("discard", "(object, /)", discard),
    Method::new("difference", "(*others)", difference).with_tuple(),
    Method::new("difference_update", "(*others)", difference_update).with_tuple(),
    Method::new("intersection", "(*others)", intersection).with_tuple(),
    Method::new("intersection_update", "(*others)", intersection_update).with_tuple(),
    Method::new("isdisjoint", "(other, /)", is_disjoint),
    Method::new("issubset", "(other, /)", is_subset),
    Method::new("issuperset", "(other, /)", is_superset),
    Method::new("pop", "()", pop),
    Method::new("__reduce__", "()", reduce),
    Method::new("remove", "(object, /)", remove),
    Method::new("__sizeof__", "()", sizeof),
    Method::new("symmetric_difference", "(other, /)", symmetric_difference),
    Method::new(
        "symmetric_difference_update",
        "(other, /)",
        symmetric_difference_update,
    ),
    Method::new("union", "(*others)", union).with_tuple(),
    Method::new("update", "(*others)", update).with_tuple(),
    Method::class("__class_getitem__", "(object, /)", class_getitem::call),
];

/// `frozenset`, in the order of CPython's table.
pub static FROZENSET: &[Method] = &[
    Method::new("copy", "()", copy_frozen),
    Method::new("difference", "(*others)", difference).with_tuple(),
    Method::new("intersection", "(*others)", intersection).with_tuple(),
    Method::new("isdisjoint", "(other, /)", is_disjoint),
    Method::new("issubset", "(other, /)", is_subset),
    Method::new("issuperset", "(other, /)", is_superset),
    Method::new("__reduce__", "()", reduce),
    Method::new("__sizeof__", "()", sizeof),
    Method::new("symmetric_difference", "(other, /)", symmetric_difference),
    Method::new("union", "(*others)", union).with_tuple(),
    Method::class("__class_getitem__", "(object, /)", class_getitem::call),
];

fn add(vm: &mut Vm, set: Addr, args: Args) -> PyResult<Own> {
    let key = args.get(vm, 0);
    super::add(vm, set, key)?;
    Ok(vm.none())
}

fn clear(vm: &mut Vm, set: Addr, _args: Args) -> PyResult<Own> {
    table::clear(vm, set);
    Ok(vm.none())
}

fn copy(vm: &mut Vm, set: Addr, _args: Args) -> PyResult<Own> {
    copy_set(vm, set)
}

fn copy_frozen(vm: &mut Vm, set: Addr, _args: Args) -> PyResult<Own> {
    if vm.type_of(set) == types::FROZENSET {
        return Ok(vm.incref(set));
    }
    copy_set(vm, set)
}

/// Removes a key; a `set` as a key stands for the frozenset with its elements.
fn discard_key(vm: &mut Vm, set: Addr, key: Addr) -> PyResult<bool> {
    match super::discard(vm, set, key) {
        Ok(found) => Ok(found),
        Err(raised) => {
            let key = frozen_key(vm, key, raised)?;
            let found = super::discard(vm, set, key.addr())?;
            vm.decref(key);
            Ok(found)
        }
    }
}

fn discard(vm: &mut Vm, set: Addr, args: Args) -> PyResult<Own> {
    let key = args.get(vm, 0);
    discard_key(vm, set, key)?;
    Ok(vm.none())
}

fn remove(vm: &mut Vm, set: Addr, args: Args) -> PyResult<Own> {
    let key = args.get(vm, 0);
    if discard_key(vm, set, key)? {
        Ok(vm.none())
    } else {
        Err(vm.key_error(key))
    }
}

fn difference(vm: &mut Vm, set: Addr, args: Args) -> PyResult<Own> {
    let Some(first) = args.opt(vm, 0) else {
        return copy_set(vm, set);
    };
    let result = algebra::difference(vm, set, first)?;
    for i in 1..args.len() {
        let other = args.get(vm, i);
        algebra::difference_update(vm, result.addr(), other)?;
    }
    Ok(result)
}

fn difference_update(vm: &mut Vm, set: Addr, args: Args) -> PyResult<Own> {
    for i in 0..args.len() {
        let other = args.get(vm, i);
        algebra::difference_update(vm, set, other)?;
    }
    Ok(vm.none())
}

fn intersection(vm: &mut Vm, set: Addr, args: Args) -> PyResult<Own> {
    if args.is_empty() {
        return copy_set(vm, set);
    }
    let mut result = vm.incref(set);
    for i in 0..args.len() {
        let other = args.get(vm, i);
        let narrowed = algebra::intersection(vm, result.addr(), other)?;
        vm.decref(std::mem::replace(&mut result, narrowed));
    }
    Ok(result)
}

fn intersection_update(vm: &mut Vm, set: Addr, args: Args) -> PyResult<Own> {
    let result = intersection(vm, set, args)?;
    table::swap_bodies(vm, set, result.addr());
    vm.decref(result);
    Ok(vm.none())
}

fn is_disjoint(vm: &mut Vm, set: Addr, args: Args) -> PyResult<Own> {
    let other = args.get(vm, 0);
    let result = algebra::is_disjoint(vm, set, other)?;
    Ok(vm.bool(result))
}

fn is_subset(vm: &mut Vm, set: Addr, args: Args) -> PyResult<Own> {
    let other = args.get(vm, 0);
    let result = algebra::is_subset(vm, set, other)?;
    Ok(vm.bool(result))
}

fn is_superset(vm: &mut Vm, set: Addr, args: Args) -> PyResult<Own> {
    let other = args.get(vm, 0);
    let result = algebra::is_superset(vm, set, other)?;
    Ok(vm.bool(result))
}

fn pop(vm: &mut Vm, set: Addr, _args: Args) -> PyResult<Own> {
    match table::pop(vm, set) {
        Some(key) => Ok(key),
        None => {
            let message = str::new(vm, "pop from an empty set");
            Err(vm.error_value(types::KEY_ERROR, message))
        }
    }
}

/// `(class, ([elements],), state)`
fn reduce(vm: &mut Vm, set: Addr, _args: Args) -> PyResult<Own> {
    let keys = list::from_iterable(vm, set)?;
    let arguments = tuple::from_owned(vm, vec![keys]);
    let state = reduce::container_state(vm, set)?;
    let class = vm.incref(vm.type_of(set));
    Ok(tuple::from_owned(vm, vec![class, arguments, state]))
}

fn sizeof(vm: &mut Vm, set: Addr, _args: Args) -> PyResult<Own> {
    let mut size = u64::from(vm.type_data(vm.type_of(set)).basicsize);
    if table::has_block(vm, set) {
        size += (vm.word(set, table::MASK) + 1) * table::ENTRY;
    }
    Ok(int::new(vm, size as i64))
}

fn symmetric_difference(vm: &mut Vm, set: Addr, args: Args) -> PyResult<Own> {
    let other = args.get(vm, 0);
    algebra::symmetric_difference(vm, set, other)
}

fn symmetric_difference_update(vm: &mut Vm, set: Addr, args: Args) -> PyResult<Own> {
    let other = args.get(vm, 0);
    algebra::symmetric_difference_update(vm, set, other)?;
    Ok(vm.none())
}

fn union(vm: &mut Vm, set: Addr, args: Args) -> PyResult<Own> {
    let result = copy_set(vm, set)?;
    for i in 0..args.len() {
        let other = args.get(vm, i);
        if other != set {
            update_set(vm, result.addr(), other)?;
        }
    }
    Ok(result)
}

fn update(vm: &mut Vm, set: Addr, args: Args) -> PyResult<Own> {
    for i in 0..args.len() {
        let other = args.get(vm, i);
        update_set(vm, set, other)?;
    }
    Ok(vm.none())
}
