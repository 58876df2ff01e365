//! `tuple_iterator`. CPython: `_PyTupleIterObject`.

use super::{Method, Slots, TypeSpec, alloc, flags, int, iterator, tuple, types};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `it_index`.
pub const INDEX: u64 = 16;
/// Offset of `it_seq`: the tuple, `NULL` when exhausted.
pub const SEQ: u64 = 24;

/// `tuple_iterator`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 32,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, this| {
            iterator::dealloc_kept(vm, this, |lists| &mut lists.tuple_iterator);
        });
        slots.traverse = Some(iterator::traverse_seq_24);
        slots.iter = Some(iterator::iter_self);
        slots.iternext = Some(next);
    },
    methods: &[
        Method::new("__length_hint__", "()", length_hint),
        Method::new("__reduce__", "()", reduce),
        Method::new("__setstate__", "(object, /)", setstate),
    ],
    ..TypeSpec::new(types::TUPLE_ITERATOR, "tuple_iterator")
};

/// `iter(tuple)`
pub fn iter(vm: &mut Vm, tuple: Addr) -> PyResult<Own> {
    let iterator = alloc::alloc_kept(vm, types::TUPLE_ITERATOR, |lists| &mut lists.tuple_iterator)?;
    let tuple = vm.incref(tuple);
    vm.init_field(iterator.addr(), SEQ, tuple);
    gc::track(vm, iterator.addr());
    Ok(iterator)
}

/// The next item; the tuple is let go at the end.
pub fn next(vm: &mut Vm, iterator: Addr) -> PyResult<Option<Own>> {
    let Some(tuple) = vm.field(iterator, SEQ).some() else {
        return Ok(None);
    };
    let index = vm.word(iterator, INDEX);
    if (index as usize) < tuple::len(vm, tuple) {
        vm.set_word(iterator, INDEX, index + 1);
        let item = tuple::item(vm, tuple, index as usize);
        return Ok(Some(vm.incref(item)));
    }
    vm.set_field(iterator, SEQ, None);
    Ok(None)
}

fn length_hint(vm: &mut Vm, iterator: Addr, _args: Args) -> PyResult<Own> {
    let left = match vm.field(iterator, SEQ).some() {
        Some(tuple) => tuple::len(vm, tuple) as i64 - vm.word(iterator, INDEX) as i64,
        None => 0,
    };
    Ok(int::new(vm, left))
}

fn reduce(vm: &mut Vm, iterator: Addr, _args: Args) -> PyResult<Own> {
    let index = vm.word(iterator, INDEX) as i64;
    match vm.field(iterator, SEQ).some() {
        Some(tuple) => {
            let tuple = vm.incref(tuple);
            iterator::reduce_iter(vm, "iter", tuple, Some(index))
        }
        None => {
            let empty = tuple::new(vm, &[]);
            iterator::reduce_iter(vm, "iter", empty, None)
        }
    }
}

fn setstate(vm: &mut Vm, iterator: Addr, args: Args) -> PyResult<Own> {
    let state = args.get(vm, 0);
    let index = vm.index_value(state, types::OVERFLOW_ERROR)?;
    if let Some(tuple) = vm.field(iterator, SEQ).some() {
        let len = tuple::len(vm, tuple);
        vm.set_word(iterator, INDEX, index.clamp(0, len as isize) as u64);
    }
    Ok(vm.none())
}
