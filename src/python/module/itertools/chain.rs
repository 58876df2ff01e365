//! `itertools.chain`. CPython: `chainobject`.

use super::{iterator_slots, make, pickle};
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    Method, Slots, TypeSpec, class_getitem, flags, index, tuple, tuple_iterator, types,
};
use crate::python::vm::{Args, PyResult, Raised, Vm};

/// Offset of `source`: an iterator of iterables.
const SOURCE: u64 = 16;
/// Offset of `active`: the iterator that gives items now.
const ACTIVE: u64 = 24;

/// `itertools.chain`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 32,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        iterator_slots!(slots, &[ACTIVE, SOURCE], new_slot, next);
    },
    methods: &[
        Method::class("from_iterable", "(iterable, /)", from_iterable),
        Method::new("__reduce__", "()", reduce),
        Method::new("__setstate__", "(state, /)", setstate),
        Method::class("__class_getitem__", "(object, /)", class_getitem::call),
    ],
    doc: Some(
        "Return a chain object whose .__next__() method returns elements from the\n\
         first iterable until it is exhausted, then elements from the next\n\
         iterable, until all of the iterables are exhausted.",
    ),
    ..TypeSpec::new(types::IT_CHAIN, "itertools.chain")
};

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    index::refuse_keywords(vm, class, types::IT_CHAIN, "chain", args)?;
    let iterables = tuple::copy_items(vm, args.base(), args.len())?;
    let source = tuple_iterator::iter(vm, iterables.addr())?;
    vm.decref(iterables);
    make(vm, class, [(SOURCE, source)])
}

fn from_iterable(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let source = vm.get_iter(args.get(vm, 0))?;
    make(vm, class, [(SOURCE, source)])
}

fn next(vm: &mut Vm, chain: Addr) -> PyResult<Option<Own>> {
    loop {
        if let Some(active) = vm.field(chain, ACTIVE).some() {
            if let Some(item) = vm.iter_next(active)? {
                return Ok(Some(item));
            }
            vm.set_field(chain, ACTIVE, None);
        }
        let Some(source) = vm.field(chain, SOURCE).some() else {
            return Ok(None);
        };
        match activate(vm, chain, source) {
            Ok(true) => {}
            ended => {
                vm.set_field(chain, SOURCE, None);
                return ended.map(|_| None);
            }
        }
    }
}

/// Takes the next iterable; `false` at the end.
fn activate(vm: &mut Vm, chain: Addr, source: Addr) -> Result<bool, Raised> {
    let Some(iterable) = vm.iter_next(source)? else {
        return Ok(false);
    };
    let active = vm.get_iter(iterable.addr())?;
    vm.decref(iterable);
    vm.set_field(chain, ACTIVE, Some(active));
    Ok(true)
}

fn reduce(vm: &mut Vm, chain: Addr, _args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    let state = match vm.field(chain, SOURCE).some() {
        Some(_) => pickle::fields(vm, chain, &[SOURCE, ACTIVE]),
        None => Vec::new(),
    };
    let state = (!state.is_empty()).then(|| tuple::from_owned(vm, state));
    Ok(pickle::reduced(vm, chain, Vec::new(), state))
}

fn setstate(vm: &mut Vm, chain: Addr, args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    let state = args.get(vm, 0);
    let parts = pickle::items(vm, state, 1, 2)?;
    if parts.iter().any(|part| vm.slots(*part).iternext.is_none()) {
        return Err(vm.type_error("Arguments must be iterators."));
    }
    for (i, field) in [SOURCE, ACTIVE].into_iter().enumerate() {
        let part = parts.get(i).map(|part| vm.incref(*part));
        vm.set_field(chain, field, part);
    }
    Ok(vm.none())
}
