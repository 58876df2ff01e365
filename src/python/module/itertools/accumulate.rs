//! `itertools.accumulate`. CPython: `accumulateobject`.

use super::{iterator_slots, make};
use crate::python::memory::{Addr, Own};
use crate::python::object::{BinaryOp, NONE, Slots, TypeSpec, flags, types};
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
