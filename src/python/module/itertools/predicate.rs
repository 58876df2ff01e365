//! `itertools.dropwhile`, `takewhile` and `filterfalse`. CPython: `dropwhileobject`, `takewhileobject`,
//! `filterfalseobject`.

use super::{iterator_slots, make, pickle};
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, Slots, TypeSpec, filter, flags, index, int, types};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `func`.
const FUNCTION: u64 = 16;
/// Offset of `it`.
const ITERATOR: u64 = 24;
/// Offset of `start` (`dropwhile`) or `stop` (`takewhile`): the predicate has failed.
const FAILED: u64 = 32;

const FIELDS: &[u64] = &[FUNCTION, ITERATOR];

/// Methods of those that know whether the predicate has failed.
const STATEFUL: &[Method] = &[
    Method::new("__reduce__", "()", reduce),
    Method::new("__setstate__", "(state, /)", setstate),
];

/// `itertools.dropwhile`
pub static DROPWHILE: TypeSpec = TypeSpec {
    basicsize: 40,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        let new =
            |vm: &mut Vm, class, args| new_slot(vm, class, args, types::IT_DROPWHILE, "dropwhile");
        iterator_slots!(slots, FIELDS, new, next_dropwhile);
    },
    methods: STATEFUL,
    doc: Some(
        "Drop items from the iterable while predicate(item) is true.\n\n\
         Afterwards, return every element until the iterable is exhausted.",
    ),
    ..TypeSpec::new(types::IT_DROPWHILE, "itertools.dropwhile")
};

/// `itertools.takewhile`
pub static TAKEWHILE: TypeSpec = TypeSpec {
    basicsize: 40,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        let new =
            |vm: &mut Vm, class, args| new_slot(vm, class, args, types::IT_TAKEWHILE, "takewhile");
        iterator_slots!(slots, FIELDS, new, next_takewhile);
    },
    methods: STATEFUL,
    doc: Some(
        "Return successive entries from an iterable as long as the predicate evaluates to true for each entry.",
    ),
    ..TypeSpec::new(types::IT_TAKEWHILE, "itertools.takewhile")
};

/// `itertools.filterfalse`
pub static FILTERFALSE: TypeSpec = TypeSpec {
    basicsize: 32,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        let new = |vm: &mut Vm, class, args| {
            new_slot(vm, class, args, types::IT_FILTERFALSE, "filterfalse")
        };
        iterator_slots!(slots, FIELDS, new, next_filterfalse);
    },
    methods: &[Method::new("__reduce__", "()", |vm, object, _| {
        pickle::warn(vm)?;
        let arguments = pickle::fields(vm, object, FIELDS);
        Ok(pickle::reduced(vm, object, arguments, None))
    })],
    doc: Some(
        "Return those items of iterable for which function(item) is false.\n\n\
         If function is None, return the items that are false.",
    ),
    ..TypeSpec::new(types::IT_FILTERFALSE, "itertools.filterfalse")
};

fn new_slot(vm: &mut Vm, class: Addr, args: Args, base: Addr, name: &str) -> PyResult<Own> {
    index::refuse_keywords(vm, class, base, name, args)?;
    index::check_positional(vm, name, args.len(), 2, 2)?;
    let iterator = vm.get_iter(args.get(vm, 1))?;
    let function = vm.incref(args.get(vm, 0));
    make(vm, class, [(FUNCTION, function), (ITERATOR, iterator)])
}

/// `predicate(item)`, called whatever it is.
fn call(vm: &mut Vm, object: Addr, item: Addr) -> PyResult<bool> {
    let result = vm.call(vm.field(object, FUNCTION), &[item])?;
    let holds = vm.is_true(result.addr())?;
    vm.decref(result);
    Ok(holds)
}

fn next_dropwhile(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    loop {
        let Some(item) = vm.iter_next(vm.field(object, ITERATOR))? else {
            return Ok(None);
        };
        if vm.word(object, FAILED) != 0 {
            return Ok(Some(item));
        }
        if !call(vm, object, item.addr())? {
            vm.set_word(object, FAILED, 1);
            return Ok(Some(item));
        }
        vm.decref(item);
    }
}

fn next_takewhile(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    if vm.word(object, FAILED) != 0 {
        return Ok(None);
    }
    let Some(item) = vm.iter_next(vm.field(object, ITERATOR))? else {
        return Ok(None);
    };
    if call(vm, object, item.addr())? {
        return Ok(Some(item));
    }
    vm.decref(item);
    vm.set_word(object, FAILED, 1);
    Ok(None)
}

fn next_filterfalse(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    loop {
        let Some(item) = vm.iter_next(vm.field(object, ITERATOR))? else {
            return Ok(None);
        };
        let function = vm.field(object, FUNCTION);
        if !filter::holds(vm, function, item.addr())? {
            return Ok(Some(item));
        }
        vm.decref(item);
    }
}

fn reduce(vm: &mut Vm, object: Addr, _args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    let arguments = pickle::fields(vm, object, FIELDS);
    let failed = vm.word(object, FAILED) as i64;
    let failed = int::new(vm, failed);
    Ok(pickle::reduced(vm, object, arguments, Some(failed)))
}

fn setstate(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    let state = args.get(vm, 0);
    let failed = vm.is_true(state)?;
    vm.set_word(object, FAILED, u64::from(failed));
    Ok(vm.none())
}
