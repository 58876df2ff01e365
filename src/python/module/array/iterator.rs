//! `array.arrayiterator`. CPython: `arrayiterobject`.

use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    EMPTY_TUPLE, Method, Slots, TypeSpec, alloc, flags, index, int, iterator, tuple, types,
};
use crate::python::vm::{PyResult, Vm};

const INDEX: u64 = 16;
const ARRAY: u64 = 24;

/// `array.arrayiterator`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 40,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, this| iterator::dealloc_fields(vm, this, &[ARRAY]));
        slots.traverse = Some(|vm, this, visit| iterator::visit_fields(vm, this, &[ARRAY], visit));
        slots.iter = Some(iterator::iter_self);
        slots.iternext = Some(next);
    },
    methods: &[
        Method::new("__reduce__", "()", |vm, this, _| {
            let iter = iterator::builtin(vm, "iter")?;
            let Some(array) = vm.field(this, ARRAY).some() else {
                let empty = vm.incref(EMPTY_TUPLE);
                let inner = tuple::from_owned(vm, vec![empty]);
                return Ok(tuple::pair(vm, iter, inner));
            };
            let array = tuple::new(vm, &[array]);
            let at = vm.word(this, INDEX);
            let at = int::from_u64(vm, at);
            Ok(tuple::from_owned(vm, vec![iter, array, at]))
        }),
        Method::new("__setstate__", "(state, /)", |vm, this, args| {
            let at = index::ssize(vm, args.get(vm, 0))?.max(0) as usize;
            if let Some(array) = vm.field(this, ARRAY).some() {
                let at = at.min(super::len(vm, array));
                vm.set_word(this, INDEX, at as u64);
            }
            Ok(vm.none())
        }),
    ],
    ..TypeSpec::new(types::ARRAY_ITERATOR, "array.arrayiterator")
};

/// `iter(array)`
pub fn iter(vm: &mut Vm, array: Addr) -> PyResult<Own> {
    let made = alloc::alloc(vm, types::ARRAY_ITERATOR, 0)?;
    let array = vm.incref(array);
    vm.init_field(made.addr(), ARRAY, array);
    gc::track(vm, made.addr());
    Ok(made)
}

fn next(vm: &mut Vm, this: Addr) -> PyResult<Option<Own>> {
    let Some(array) = vm.field(this, ARRAY).some() else {
        return Ok(None);
    };
    let at = vm.word(this, INDEX) as usize;
    if at >= super::len(vm, array) {
        vm.set_field(this, ARRAY, None);
        return Ok(None);
    }
    vm.set_word(this, INDEX, at as u64 + 1);
    super::get(vm, array, at).map(Some)
}
