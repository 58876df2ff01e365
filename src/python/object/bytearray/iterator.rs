//! `iter(bytearray)`. CPython: `bytesiterobject` of Objects/bytearrayobject.c.

use super::{as_slice, len};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{EMPTY_TUPLE, Method, TypeSpec, alloc, flags, int, iterator, types};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `it_index`.
const INDEX: u64 = 16;
/// Offset of `it_seq`, `NULL` when the end was reached.
const SEQ: u64 = 24;

/// `bytearray_iterator`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 32,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION,
    slots: |slots| {
        slots.dealloc = Some(iterator::dealloc_seq_24);
        slots.traverse = Some(iterator::traverse_seq_24);
        slots.iter = Some(iterator::iter_self);
        slots.iternext = Some(next);
    },
    methods: &[
        Method::new("__length_hint__", "()", length_hint),
        Method::new("__reduce__", "()", reduce),
        Method::new("__setstate__", "(object, /)", setstate),
    ],
    ..TypeSpec::new(types::BYTEARRAY_ITERATOR, "bytearray_iterator")
};

/// `iter(array)`
pub(super) fn new(vm: &mut Vm, array: Addr) -> PyResult<Own> {
    let iterator = alloc::alloc(vm, types::BYTEARRAY_ITERATOR, 0)?;
    let array = vm.incref(array);
    vm.init_field(iterator.addr(), SEQ, array);
    gc::track(vm, iterator.addr());
    Ok(iterator)
}

fn next(vm: &mut Vm, iterator: Addr) -> PyResult<Option<Own>> {
    let Some(array) = vm.field(iterator, SEQ).some() else {
        return Ok(None);
    };
    let index = vm.word(iterator, INDEX) as usize;
    if let Some(byte) = as_slice(vm, array).get(index).copied() {
        vm.set_word(iterator, INDEX, index as u64 + 1);
        return Ok(Some(int::new(vm, i64::from(byte))));
    }
    vm.set_field(iterator, SEQ, None);
    Ok(None)
}

fn length_hint(vm: &mut Vm, iterator: Addr, _: Args) -> PyResult<Own> {
    let left = match vm.field(iterator, SEQ).some() {
        Some(array) => len(vm, array).saturating_sub(vm.word(iterator, INDEX) as usize),
        None => 0,
    };
    Ok(int::new(vm, left as i64))
}

fn reduce(vm: &mut Vm, iterator: Addr, _: Args) -> PyResult<Own> {
    match vm.field(iterator, SEQ).some() {
        Some(array) => {
            let (array, index) = (vm.incref(array), vm.word(iterator, INDEX) as i64);
            iterator::reduce_iter(vm, "iter", array, Some(index))
        }
        None => {
            let empty = vm.incref(EMPTY_TUPLE);
            iterator::reduce_iter(vm, "iter", empty, None)
        }
    }
}

fn setstate(vm: &mut Vm, iterator: Addr, args: Args) -> PyResult<Own> {
    let index = vm.index_value(args.get(vm, 0), types::OVERFLOW_ERROR)?;
    if let Some(array) = vm.field(iterator, SEQ).some() {
        let index = usize::try_from(index).unwrap_or(0).min(len(vm, array));
        vm.set_word(iterator, INDEX, index as u64);
    }
    Ok(vm.none())
}
