//! `iter(str)`. CPython: `unicodeiterobject`, two types: one for ASCII strings, one for the others.

use super::{is_ascii, len, point};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, Slots, TypeSpec, alloc, flags, int, iterator, types};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `it_index`.
const INDEX: u64 = 16;
/// Offset of `it_seq`, `NULL` when the end was reached.
const SEQ: u64 = 24;

const METHODS: &[Method] = &[
    Method::new("__length_hint__", "()", length_hint),
    Method::new("__reduce__", "()", reduce),
    Method::new("__setstate__", "(object, /)", setstate),
];

/// `str_ascii_iterator`
pub static ASCII_SPEC: TypeSpec = TypeSpec {
    basicsize: 32,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION,
    slots: |slots| {
        fill(slots);
        slots.iternext = Some(next_ascii);
    },
    methods: METHODS,
    ..TypeSpec::new(types::STR_ASCII_ITERATOR, "str_ascii_iterator")
};

/// `str_iterator`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 32,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION,
    slots: |slots| {
        fill(slots);
        slots.iternext = Some(next);
    },
    methods: METHODS,
    ..TypeSpec::new(types::STR_ITERATOR, "str_iterator")
};

fn fill(slots: &mut Slots) {
    slots.dealloc = Some(iterator::dealloc_seq_24);
    slots.traverse = Some(iterator::traverse_seq_24);
    slots.iter = Some(iterator::iter_self);
}

/// `iter(string)`
pub(super) fn new(vm: &mut Vm, string: Addr) -> PyResult<Own> {
    let ty = if is_ascii(vm, string) {
        types::STR_ASCII_ITERATOR
    } else {
        types::STR_ITERATOR
    };
    let iterator = alloc::alloc(vm, ty, 0)?;
    let string = vm.incref(string);
    vm.init_field(iterator.addr(), SEQ, string);
    gc::track(vm, iterator.addr());
    Ok(iterator)
}

fn next_ascii(vm: &mut Vm, iterator: Addr) -> PyResult<Option<Own>> {
    next(vm, iterator)
}

fn next(vm: &mut Vm, iterator: Addr) -> PyResult<Option<Own>> {
    let Some(string) = vm.field(iterator, SEQ).some() else {
        return Ok(None);
    };
    let index = vm.word(iterator, INDEX) as usize;
    if index >= len(vm, string) {
        vm.set_field(iterator, SEQ, None);
        return Ok(None);
    }
    vm.set_word(iterator, INDEX, index as u64 + 1);
    let point = point(vm, string, index);
    Ok(Some(super::from_point(vm, point)))
}

fn length_hint(vm: &mut Vm, iterator: Addr, _: Args) -> PyResult<Own> {
    let left = match vm.field(iterator, SEQ).some() {
        Some(string) => len(vm, string).saturating_sub(vm.word(iterator, INDEX) as usize),
        None => 0,
    };
    Ok(int::new(vm, left as i64))
}

fn reduce(vm: &mut Vm, iterator: Addr, _: Args) -> PyResult<Own> {
    match vm.field(iterator, SEQ).some() {
        Some(string) => {
            let (string, index) = (vm.incref(string), vm.word(iterator, INDEX) as i64);
            iterator::reduce_iter(vm, "iter", string, Some(index))
        }
        None => {
            let nothing = super::empty(vm);
            iterator::reduce_iter(vm, "iter", nothing, None)
        }
    }
}

fn setstate(vm: &mut Vm, iterator: Addr, args: Args) -> PyResult<Own> {
    let index = vm.index_value(args.get(vm, 0), types::OVERFLOW_ERROR)?;
    if let Some(string) = vm.field(iterator, SEQ).some() {
        let index = usize::try_from(index).unwrap_or(0).min(len(vm, string));
        vm.set_word(iterator, INDEX, index as u64);
    }
    Ok(vm.none())
}
