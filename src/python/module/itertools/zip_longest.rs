//! `itertools.zip_longest`. CPython: `ziplongestobject`.

use super::{iterator_slots, make, pickle};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    Method, NONE, OB_REFCNT, Slots, TypeSpec, flags, str, tuple, types, zip,
};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `tuplesize`.
const SIZE: u64 = 16;
/// Offset of `numactive`: iterators that are not exhausted.
const ACTIVE: u64 = 24;
/// Offset of `ittuple`: the iterators, `NULL` for exhausted ones.
const ITERATORS: u64 = 32;
/// Offset of `result`: a tuple that is used again if nobody else holds it.
const RESULT: u64 = 40;
/// Offset of `fillvalue`.
const FILL: u64 = 48;

/// `itertools.zip_longest`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 56,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        iterator_slots!(slots, &[ITERATORS, RESULT, FILL], new_slot, next);
    },
    methods: &[
        Method::new("__reduce__", "()", reduce),
        Method::new("__setstate__", "(state, /)", setstate),
    ],
    doc: Some(
        "Return a zip_longest object whose .__next__() method returns a tuple where\n\
         the i-th element comes from the i-th iterable argument.  The .__next__()\n\
         method continues until the longest iterable in the argument sequence\n\
         is exhausted and then it raises StopIteration.  When the shorter iterables\n\
         are exhausted, the fillvalue is substituted in their place.  The fillvalue\n\
         defaults to None or can be specified by a keyword argument.",
    ),
    ..TypeSpec::new(types::IT_ZIP_LONGEST, "itertools.zip_longest")
};

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let mut fill = NONE;
    if args.keyword_count() > 0 {
        let (name, value) = args.keyword(vm, 0);
        if args.keyword_count() > 1 || str::to_rust(vm, name) != "fillvalue" {
            return Err(vm.type_error("zip_longest() got an unexpected keyword argument"));
        }
        fill = value;
    }
    let count = args.len();
    let iterators = zip::iterators(vm, args, 0)?;
    let result = tuple::filled(vm, NONE, count)?;
    let fill = vm.incref(fill);
    let fields = [(ITERATORS, iterators), (RESULT, result), (FILL, fill)];
    let object = make(vm, class, fields)?;
    vm.set_word(object.addr(), SIZE, count as u64);
    vm.set_word(object.addr(), ACTIVE, count as u64);
    Ok(object)
}

fn next(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    let count = vm.word(object, SIZE) as usize;
    if count == 0 || vm.word(object, ACTIVE) == 0 {
        return Ok(None);
    }
    let reused = vm.field(object, RESULT);
    let result = if vm.word(reused, OB_REFCNT) == 1 {
        vm.incref(reused)
    } else {
        tuple::filled_null(vm, count)?
    };
    for i in 0..count {
        let Some(item) = item(vm, object, i)? else {
            vm.decref(result);
            return Ok(None);
        };
        vm.set_field(result.addr(), tuple::ITEMS + 8 * i as u64, Some(item));
    }
    if !gc::is_tracked(vm, result.addr()) {
        gc::track(vm, result.addr());
    }
    Ok(Some(result))
}

/// What iterator `i` gives, or the fill value; `None` when the last iterator has ended.
fn item(vm: &mut Vm, object: Addr, i: usize) -> PyResult<Option<Own>> {
    let iterators = vm.field(object, ITERATORS);
    if let Some(iterator) = tuple::item(vm, iterators, i).some() {
        let next = vm.iter_next(iterator);
        if !matches!(next, Ok(None)) {
            if next.is_err() {
                vm.set_word(object, ACTIVE, 0);
            }
            return next;
        }
        let active = vm.word(object, ACTIVE).saturating_sub(1);
        vm.set_word(object, ACTIVE, active);
        if active == 0 {
            return Ok(None);
        }
        vm.set_field(iterators, tuple::ITEMS + 8 * i as u64, None);
    }
    let fill = vm.field(object, FILL);
    Ok(Some(vm.incref(fill)))
}

/// An iterator that is exhausted is told as an empty tuple.
fn reduce(vm: &mut Vm, object: Addr, _args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    let iterators = vm.field(object, ITERATORS);
    let count = vm.word(object, SIZE) as usize;
    let iterator = |i| match tuple::item(vm, iterators, i).some() {
        Some(iterator) => vm.incref(iterator),
        None => tuple::new(vm, &[]),
    };
    let arguments = (0..count).map(iterator).collect();
    let fill = vm.incref(vm.field(object, FILL));
    Ok(pickle::reduced(vm, object, arguments, Some(fill)))
}

fn setstate(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    let fill = vm.incref(args.get(vm, 0));
    vm.set_field(object, FILL, Some(fill));
    Ok(vm.none())
}
