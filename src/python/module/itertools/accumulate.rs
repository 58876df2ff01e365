//! `itertools.accumulate`. CPython: `accumulateobject`.

use super::{iterator_slots, make, pickle};
use crate::python::memory::{Addr, Own};
use crate::python::object::{BinaryOp, Method, NONE, Slots, TypeSpec, flags, int, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `total`.
const TOTAL: u64 = 16;
/// Offset of `it`.
const ITERATOR: u64 = 24;
/// Offset of `binop`, `NULL` for `+`.
const FUNCTION: u64 = 32;
/// Offset of `initial`, `None` once it was given.
const INITIAL: u64 = 40;

/// `itertools.accumulate`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 56,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        iterator_slots!(slots, &[FUNCTION, TOTAL, ITERATOR, INITIAL], new_slot, next);
    },
    methods: &[
        Method::new("__reduce__", "()", reduce),
        Method::new("__setstate__", "(state, /)", setstate),
    ],
    doc: Some("Return series of accumulated sums (or other binary function results)."),
    ..TypeSpec::new(types::IT_ACCUMULATE, "itertools.accumulate")
};

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let [iterable, function, initial] =
        args.bind::<3>(vm, "accumulate", "(iterable, func=None, *, initial=None)")?;
    let iterator = vm.get_iter(iterable)?;
    let initial = vm.incref(initial.some().unwrap_or(NONE));
    let object = make(vm, class, [(ITERATOR, iterator), (INITIAL, initial)])?;
    if let Some(function) = function.some().filter(|function| *function != NONE) {
        let function = vm.incref(function);
        vm.init_field(object.addr(), FUNCTION, function);
    }
    Ok(object)
}

fn next(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    let initial = vm.field(object, INITIAL);
    if initial != NONE {
        let none = vm.none();
        let initial = vm.replace_field(object, INITIAL, Some(none));
        let total = initial.as_ref().map(|initial| vm.incref(initial.addr()));
        vm.set_field(object, TOTAL, initial);
        return Ok(total);
    }
    let Some(value) = vm.iter_next(vm.field(object, ITERATOR))? else {
        return Ok(None);
    };
    let Some(total) = vm.field(object, TOTAL).some() else {
        let total = vm.incref(value.addr());
        vm.init_field(object, TOTAL, total);
        return Ok(Some(value));
    };
    let new = match vm.field(object, FUNCTION).some() {
        None => vm.binary_op(total, value.addr(), BinaryOp::Add)?,
        Some(function) => vm.call(function, &[total, value.addr()])?,
    };
    vm.decref(value);
    let result = vm.incref(new.addr());
    vm.set_field(object, TOTAL, Some(new));
    Ok(Some(result))
}

/// `(function or None)`, a new reference.
fn function(vm: &mut Vm, object: Addr) -> Own {
    let function = vm.field(object, FUNCTION).some();
    vm.incref(function.unwrap_or(NONE))
}

/// An initial value that was not given yet goes before the rest, and so does a total of `None`, which a state cannot say.
fn reduce(vm: &mut Vm, object: Addr, _args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    let (initial, total) = (vm.field(object, INITIAL), vm.field(object, TOTAL));
    let none = vm.none();
    if initial != NONE {
        let rest = with_first(vm, object, initial)?;
        let arguments = vec![rest, function(vm, object)];
        return Ok(pickle::reduced(vm, object, arguments, Some(none)));
    }
    if total == NONE {
        let rest = with_first(vm, object, total)?;
        let function = function(vm, object);
        let again = vm.call(vm.type_of(object), &[rest.addr(), function.addr()])?;
        vm.decref(rest);
        vm.decref(function);
        let arguments = vec![again, int::new(vm, 1), none];
        let arguments = tuple::from_owned(vm, arguments);
        let islice = vm.incref(types::IT_ISLICE);
        return Ok(tuple::pair(vm, islice, arguments));
    }
    let state = match total.some() {
        Some(total) => {
            vm.decref(none);
            vm.incref(total)
        }
        None => none,
    };
    let mut arguments = pickle::fields(vm, object, &[ITERATOR]);
    arguments.push(function(vm, object));
    Ok(pickle::reduced(vm, object, arguments, Some(state)))
}

/// `chain((value,), iterator)`
fn with_first(vm: &mut Vm, object: Addr, value: Addr) -> PyResult<Own> {
    let first = tuple::new(vm, &[value]);
    let iterator = vm.field(object, ITERATOR);
    let chain = vm.call(types::IT_CHAIN, &[first.addr(), iterator])?;
    vm.decref(first);
    Ok(chain)
}

fn setstate(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    let total = vm.incref(args.get(vm, 0));
    vm.set_field(object, TOTAL, Some(total));
    Ok(vm.none())
}
