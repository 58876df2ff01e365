//! `itertools.islice`. CPython: `isliceobject`.

use super::{iterator_slots, make, pickle};
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, NONE, Slots, TypeSpec, flags, index, int, list, types};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `it`, `NULL` at the end.
const ITERATOR: u64 = 16;
/// Offset of `next`: the number of the item to give next.
const NEXT: u64 = 24;
/// Offset of `stop`, -1 for none.
const STOP: u64 = 32;
/// Offset of `step`.
const STEP: u64 = 40;
/// Offset of `cnt`: items read so far.
const COUNT: u64 = 48;

/// `itertools.islice`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 56,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        iterator_slots!(slots, &[ITERATOR], new_slot, next);
    },
    methods: &[
        Method::new("__reduce__", "()", reduce),
        Method::new("__setstate__", "(state, /)", setstate),
    ],
    doc: Some(
        "islice(iterable, stop) --> islice object\nislice(iterable, start, stop[, step]) --> islice object\n\n\
         Return an iterator whose next() method returns selected values from an\n\
         iterable.  If start is specified, will skip all preceding elements;\n\
         otherwise, start defaults to zero.  Step defaults to one.  If\n\
         specified as another value, step determines how many values are\n\
         skipped between successive calls.  Works like a slice() on a list\n\
         but returns an iterator.",
    ),
    ..TypeSpec::new(types::IT_ISLICE, "itertools.islice")
};

/// A bound: `Some(None)` for `None`, nothing for what is not a number from 0 on.
fn bound(vm: &mut Vm, value: Addr) -> Option<Option<isize>> {
    if value == NONE {
        return Some(None);
    }
    match index::ssize(vm, value) {
        Ok(number) if number >= 0 => Some(Some(number)),
        Ok(_) => None,
        Err(_) => {
            vm.clear_raised();
            None
        }
    }
}

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    index::refuse_keywords(vm, class, types::IT_ISLICE, "islice", args)?;
    index::check_positional(vm, "islice", args.len(), 2, 4)?;
    let stop_at = if args.len() == 2 { 1 } else { 2 };
    let Some(stop) = bound(vm, args.get(vm, stop_at)) else {
        return Err(vm.value_error(
            "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.",
        ));
    };
    let start = if args.len() == 2 {
        Some(None)
    } else {
        bound(vm, args.get(vm, 1))
    };
    let Some(start) = start else {
        return Err(vm.value_error(
            "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.",
        ));
    };
    let step = match args.opt(vm, 3) {
        None => Some(None),
        Some(step) => bound(vm, step),
    };
    let step = match step {
        Some(None) => 1,
        Some(Some(step)) if step > 0 => step,
        _ => {
            return Err(vm.value_error("Step for islice() must be a positive integer or None."));
        }
    };
    let iterator = vm.get_iter(args.get(vm, 0))?;
    let object = make(vm, class, [(ITERATOR, iterator)])?;
    for (field, value) in [
        (NEXT, start.unwrap_or(0)),
        (STOP, stop.unwrap_or(-1)),
        (STEP, step),
    ] {
        vm.set_word(object.addr(), field, value as u64);
    }
    Ok(object)
}

fn next(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    let Some(iterator) = vm.field(object, ITERATOR).some() else {
        return Ok(None);
    };
    let stop = vm.word(object, STOP) as i64;
    while (vm.word(object, COUNT) as i64) < vm.word(object, NEXT) as i64 {
        let Some(skipped) = vm.iter_next(iterator)? else {
            return finish(vm, object);
        };
        vm.decref(skipped);
        let count = vm.word(object, COUNT);
        vm.set_word(object, COUNT, count + 1);
    }
    if stop != -1 && vm.word(object, COUNT) as i64 >= stop {
        return finish(vm, object);
    }
    let Some(item) = vm.iter_next(iterator)? else {
        return finish(vm, object);
    };
    let count = vm.word(object, COUNT);
    vm.set_word(object, COUNT, count + 1);
    let old = vm.word(object, NEXT) as i64;
    let next = old.wrapping_add(vm.word(object, STEP) as i64);
    let next = if next < old || (stop != -1 && next > stop) {
        stop
    } else {
        next
    };
    vm.set_word(object, NEXT, next as u64);
    Ok(Some(item))
}

fn finish(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    vm.set_field(object, ITERATOR, None);
    Ok(None)
}

fn reduce(vm: &mut Vm, object: Addr, _args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    let Some(iterator) = vm.field(object, ITERATOR).some() else {
        let empty = list::new(vm);
        let iterator = vm.get_iter(empty.addr())?;
        vm.decref(empty);
        let (stop, count) = (int::new(vm, 0), int::new(vm, 0));
        return Ok(pickle::reduced(
            vm,
            object,
            vec![iterator, stop],
            Some(count),
        ));
    };
    let number = |vm: &mut Vm, field| {
        let number = vm.word(object, field) as i64;
        int::new(vm, number)
    };
    let stop = match vm.word(object, STOP) as i64 {
        -1 => vm.none(),
        _ => number(vm, STOP),
    };
    let arguments = vec![
        vm.incref(iterator),
        number(vm, NEXT),
        stop,
        number(vm, STEP),
    ];
    let count = number(vm, COUNT);
    Ok(pickle::reduced(vm, object, arguments, Some(count)))
}

fn setstate(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    let state = args.get(vm, 0);
    let count = pickle::number(vm, state)?;
    vm.set_word(object, COUNT, count as u64);
    Ok(vm.none())
}
