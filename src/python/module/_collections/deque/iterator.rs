//! `collections._deque_iterator` and `_deque_reverse_iterator`. CPython: `dequeiterobject`.

use super::blocks::{self, STATE, Walk, len};
use super::check;
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, Slots, TypeSpec, alloc, flags, int, iterator, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `b`: the block.
const BLOCK: u64 = 16;
/// Offset of `index`: the item in the block.
const INDEX: u64 = 24;
/// Offset of `deque`.
const DEQUE: u64 = 32;
/// Offset of `state`: the deque's at the start.
const START_STATE: u64 = 40;
/// Offset of `counter`: items left.
const LEFT: u64 = 48;

const METHODS: &[Method] = &[
    Method::new("__length_hint__", "()", length_hint),
    Method::new("__reduce__", "()", reduce),
];

/// `collections._deque_iterator`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 56,
    flags: flags::HAVE_GC,
    slots: |slots: &mut Slots| {
        common_slots(slots);
        slots.iternext = Some(|vm, iterator| next(vm, iterator, true));
        slots.new = Some(|vm, class, args| new_slot(vm, class, args, true));
    },
    methods: METHODS,
    ..TypeSpec::new(types::DEQUE_ITERATOR, "collections._deque_iterator")
};

/// `collections._deque_reverse_iterator`
pub static REVERSE_SPEC: TypeSpec = TypeSpec {
    basicsize: 56,
    flags: flags::HAVE_GC,
    slots: |slots: &mut Slots| {
        common_slots(slots);
        slots.iternext = Some(|vm, iterator| next(vm, iterator, false));
        slots.new = Some(|vm, class, args| new_slot(vm, class, args, false));
    },
    methods: METHODS,
    ..TypeSpec::new(
        types::DEQUE_REVERSE_ITERATOR,
        "collections._deque_reverse_iterator",
    )
};

fn common_slots(slots: &mut Slots) {
    slots.dealloc = Some(|vm, iterator| iterator::dealloc_fields(vm, iterator, &[DEQUE]));
    slots.traverse = Some(|vm, iterator, visit| {
        iterator::visit_fields(vm, iterator, &[DEQUE], visit);
    });
    slots.iter = Some(iterator::iter_self);
}

/// `iter(deque)`
pub fn iter(vm: &mut Vm, deque: Addr) -> PyResult<Own> {
    let start = Walk::first(vm, deque);
    make(vm, types::DEQUE_ITERATOR, deque, start)
}

/// `reversed(deque)`
pub fn reversed(vm: &mut Vm, deque: Addr) -> PyResult<Own> {
    let start = Walk::last(vm, deque);
    make(vm, types::DEQUE_REVERSE_ITERATOR, deque, start)
}

fn make(vm: &mut Vm, ty: Addr, deque: Addr, start: Walk) -> PyResult<Own> {
    let iterator = alloc::alloc(vm, ty, 0)?;
    let (state, count) = (vm.word(deque, STATE), len(vm, deque) as u64);
    vm.set_word(iterator.addr(), BLOCK, start.block.0);
    vm.set_word(iterator.addr(), INDEX, start.index as u64);
    let deque = vm.incref(deque);
    vm.init_field(iterator.addr(), DEQUE, deque);
    vm.set_word(iterator.addr(), START_STATE, state);
    vm.set_word(iterator.addr(), LEFT, count);
    gc::track(vm, iterator.addr());
    Ok(iterator)
}

/// `_deque_iterator(deque, index=0)`
fn new_slot(vm: &mut Vm, _class: Addr, args: Args, forwards: bool) -> PyResult<Own> {
    let [deque, skipped] = args.bind::<2>(vm, "deque_iterator", "(deque, index=0, /)")?;
    if !check(vm, deque) {
        let name = vm.type_name(deque);
        return Err(vm.type_error(format!("argument 1 must be collections.deque, not {name}")));
    }
    let skipped = match skipped.some() {
        None => 0,
        Some(skipped) => vm.index_value(skipped, types::OVERFLOW_ERROR)?,
    };
    let iterator = if forwards {
        iter(vm, deque)?
    } else {
        reversed(vm, deque)?
    };
    for _ in 0..skipped {
        match next(vm, iterator.addr(), forwards)? {
            Some(item) => vm.decref(item),
            None => break,
        }
    }
    Ok(iterator)
}

fn next(vm: &mut Vm, iterator: Addr, forwards: bool) -> PyResult<Option<Own>> {
    let deque = vm.field(iterator, DEQUE);
    if vm.word(deque, STATE) != vm.word(iterator, START_STATE) {
        vm.set_word(iterator, LEFT, 0);
        return Err(vm.runtime_error("deque mutated during iteration"));
    }
    let left = vm.word(iterator, LEFT);
    if left == 0 {
        return Ok(None);
    }
    let mut walk = Walk {
        block: vm.field(iterator, BLOCK),
        index: vm.word(iterator, INDEX) as i64,
    };
    let item = vm.field(walk.place(), 0);
    if left > 1 {
        if forwards {
            walk.right(vm);
        } else {
            walk.left(vm);
        }
    }
    vm.set_word(iterator, BLOCK, walk.block.0);
    vm.set_word(iterator, INDEX, walk.index as u64);
    vm.set_word(iterator, LEFT, left - 1);
    Ok(Some(vm.incref(item)))
}

fn length_hint(vm: &mut Vm, iterator: Addr, _args: Args) -> PyResult<Own> {
    let left = vm.word(iterator, LEFT) as i64;
    Ok(int::new(vm, left))
}

fn reduce(vm: &mut Vm, iterator: Addr, _args: Args) -> PyResult<Own> {
    let deque = vm.field(iterator, DEQUE);
    let done = blocks::len(vm, deque) as i64 - vm.word(iterator, LEFT) as i64;
    let (deque, done) = (vm.incref(deque), int::new(vm, done));
    let arguments = tuple::pair(vm, deque, done);
    let class = vm.incref(vm.type_of(iterator));
    Ok(tuple::pair(vm, class, arguments))
}
