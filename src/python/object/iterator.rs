//! `iterator` (over anything with `__getitem__`) and `callable_iterator` (`iter(callable, sentinel)`), and
//! what iterators share. CPython: `seqiterobject`, `calliterobject`, Objects/iterobject.c.

use super::{EMPTY_TUPLE, Method, Slots, TypeSpec, alloc, flags, int, tuple, types};
use crate::python::gc;
use crate::python::memory::FreeLists;
use crate::python::memory::freelist::FreeList;
use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `it_index`, or of `it_callable`.
const FIRST: u64 = 16;
/// Offset of `it_seq`, or of `it_sentinel`.
const SECOND: u64 = 24;

/// `iterator`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 32,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(dealloc_seq_24);
        slots.traverse = Some(traverse_seq_24);
        slots.iter = Some(iter_self);
        slots.iternext = Some(next);
    },
    methods: &[
        Method::new("__length_hint__", "()", length_hint),
        Method::new("__reduce__", "()", reduce),
        Method::new("__setstate__", "(object, /)", setstate),
    ],
    ..TypeSpec::new(types::ITERATOR, "iterator")
};

/// `callable_iterator`
pub static CALLABLE_SPEC: TypeSpec = TypeSpec {
    basicsize: 32,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, iterator| dealloc_fields(vm, iterator, &[FIRST, SECOND]));
        slots.traverse = Some(|vm, iterator, visit| {
            visit_fields(vm, iterator, &[FIRST, SECOND], visit);
        });
        slots.iter = Some(iter_self);
        slots.iternext = Some(next_call);
    },
    methods: &[Method::new("__reduce__", "()", reduce_call)],
    ..TypeSpec::new(types::CALLABLE_ITERATOR, "callable_iterator")
};

/// `iter(iterator)`: itself.
pub fn iter_self(vm: &mut Vm, iterator: Addr) -> PyResult<Own> {
    Ok(vm.incref(iterator))
}

/// Frees an object whose references are in these fields, dropped in this order.
pub fn dealloc_fields(vm: &mut Vm, object: Addr, fields: &[u64]) {
    gc::untrack_if_known(vm, object);
    for field in fields {
        let word = vm.word(object, *field);
        vm.decref_word(word);
    }
    alloc::free(vm, object);
}

/// Visits the references in these fields.
pub fn visit_fields(vm: &Vm, object: Addr, fields: &[u64], visit: &mut dyn FnMut(Addr)) {
    for field in fields {
        if let Some(value) = vm.field(object, *field).some() {
            visit(value);
        }
    }
}

/// Drops the references in these fields, leaving `NULL`: `Py_CLEAR` of each.
pub fn clear_fields(vm: &mut Vm, object: Addr, fields: &[u64]) {
    for field in fields {
        vm.set_field(object, *field, None);
    }
}

/// Frees an iterator that holds its sequence at offset 24.
pub fn dealloc_seq_24(vm: &mut Vm, iterator: Addr) {
    dealloc_fields(vm, iterator, &[SECOND]);
}

/// The same for an iterator that has a free list.
pub fn dealloc_kept(vm: &mut Vm, iterator: Addr, list: fn(&mut FreeLists) -> &mut FreeList) {
    gc::untrack(vm, iterator);
    let word = vm.word(iterator, SECOND);
    vm.decref_word(word);
    alloc::free_kept(vm, iterator, list);
}

/// Visits the sequence at offset 24.
pub fn traverse_seq_24(vm: &Vm, iterator: Addr, visit: &mut dyn FnMut(Addr)) {
    visit_fields(vm, iterator, &[SECOND], visit);
}

/// A built-in function or class by its name, for `__reduce__`: `_PyEval_GetBuiltin`.
pub fn builtin(vm: &mut Vm, name: &str) -> PyResult<Own> {
    vm.builtin(name)
}

/// What `__reduce__` of an iterator gives: `(function, (argument,), index)`, without the index if none.
pub fn reduce_iter(
    vm: &mut Vm,
    function: &str,
    argument: Own,
    index: Option<i64>,
) -> PyResult<Own> {
    let function = builtin(vm, function)?;
    let arguments = tuple::from_owned(vm, vec![argument]);
    let mut parts = vec![function, arguments];
    if let Some(index) = index {
        parts.push(int::new(vm, index));
    }
    Ok(tuple::from_owned(vm, parts))
}

/// An iterator over a sequence by index: `PySeqIter_New`.
pub fn new(vm: &mut Vm, sequence: Addr) -> PyResult<Own> {
    let iterator = alloc::alloc(vm, types::ITERATOR, 0)?;
    let sequence = vm.incref(sequence);
    vm.init_field(iterator.addr(), SECOND, sequence);
    gc::track(vm, iterator.addr());
    Ok(iterator)
}

/// `iter(callable, sentinel)`: `PyCallIter_New`.
pub fn new_callable(vm: &mut Vm, callable: Addr, sentinel: Addr) -> PyResult<Own> {
    let iterator = alloc::alloc(vm, types::CALLABLE_ITERATOR, 0)?;
    let (callable, sentinel) = (vm.incref(callable), vm.incref(sentinel));
    vm.init_field(iterator.addr(), FIRST, callable);
    vm.init_field(iterator.addr(), SECOND, sentinel);
    gc::track(vm, iterator.addr());
    Ok(iterator)
}

/// `sequence[i]`, through the slot that CPython takes: `PySequence_GetItem`.
pub fn sequence_item(vm: &mut Vm, sequence: Addr, index: isize) -> PyResult<Own> {
    if let Some(sq_item) = vm.slots(sequence).sq_item {
        return sq_item(vm, sequence, index);
    }
    let index = int::new(vm, index as i64);
    let item = vm.get_item(sequence, index.addr())?;
    vm.decref(index);
    Ok(item)
}

fn next(vm: &mut Vm, iterator: Addr) -> PyResult<Option<Own>> {
    let Some(sequence) = vm.field(iterator, SECOND).some() else {
        return Ok(None);
    };
    let index = vm.word(iterator, FIRST) as isize;
    if index == isize::MAX {
        return Err(vm.overflow_error("iter index too large"));
    }
    match sequence_item(vm, sequence, index) {
        Ok(item) => {
            vm.set_word(iterator, FIRST, index as u64 + 1);
            Ok(Some(item))
        }
        Err(_) if vm.raised_is(types::INDEX_ERROR) || vm.raised_is(types::STOP_ITERATION) => {
            vm.clear_raised();
            vm.set_field(iterator, SECOND, None);
            Ok(None)
        }
        Err(raised) => Err(raised),
    }
}

fn length_hint(vm: &mut Vm, iterator: Addr, _args: Args) -> PyResult<Own> {
    let Some(sequence) = vm.field(iterator, SECOND).some() else {
        return Ok(int::new(vm, 0));
    };
    let slots = vm.slots(sequence);
    if slots.sq_length.is_none() && slots.mp_length.is_none() {
        return Ok(vm.not_implemented());
    }
    let left = vm.len(sequence)? as i64 - vm.word(iterator, FIRST) as i64;
    Ok(int::new(vm, left.max(0)))
}

fn reduce(vm: &mut Vm, iterator: Addr, _args: Args) -> PyResult<Own> {
    let index = vm.word(iterator, FIRST) as i64;
    match vm.field(iterator, SECOND).some() {
        Some(sequence) => {
            let sequence = vm.incref(sequence);
            reduce_iter(vm, "iter", sequence, Some(index))
        }
        None => {
            let empty = vm.incref(EMPTY_TUPLE);
            reduce_iter(vm, "iter", empty, None)
        }
    }
}

fn setstate(vm: &mut Vm, iterator: Addr, args: Args) -> PyResult<Own> {
    let state = args.get(vm, 0);
    let index = vm.index_value(state, types::OVERFLOW_ERROR)?;
    if !vm.field(iterator, SECOND).is_null() {
        vm.set_word(iterator, FIRST, index.max(0) as u64);
    }
    Ok(vm.none())
}

fn next_call(vm: &mut Vm, iterator: Addr) -> PyResult<Option<Own>> {
    let Some(callable) = vm.field(iterator, FIRST).some() else {
        return Ok(None);
    };
    match vm.call(callable, &[]) {
        Ok(value) => {
            let Some(sentinel) = vm.field(iterator, SECOND).some() else {
                vm.decref(value);
                return Ok(None);
            };
            if !vm.equal(sentinel, value.addr())? {
                return Ok(Some(value));
            }
            clear_fields(vm, iterator, &[FIRST, SECOND]);
            vm.decref(value);
            Ok(None)
        }
        Err(_) if vm.raised_is(types::STOP_ITERATION) => {
            vm.clear_raised();
            clear_fields(vm, iterator, &[FIRST, SECOND]);
            Ok(None)
        }
        Err(raised) => Err(raised),
    }
}

fn reduce_call(vm: &mut Vm, iterator: Addr, _args: Args) -> PyResult<Own> {
    let function = builtin(vm, "iter")?;
    let (callable, sentinel) = (vm.field(iterator, FIRST), vm.field(iterator, SECOND));
    let arguments = if callable.is_null() || sentinel.is_null() {
        let empty = vm.incref(EMPTY_TUPLE);
        tuple::from_owned(vm, vec![empty])
    } else {
        tuple::new(vm, &[callable, sentinel])
    };
    Ok(tuple::from_owned(vm, vec![function, arguments]))
}
