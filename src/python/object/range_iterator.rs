//! `range_iterator`, in machine words, and `longrange_iterator`, with int objects. CPython:
//! `_PyRangeIterObject`, `longrangeiterobject`.

use super::{Method, NONE, Slots, TypeSpec, alloc, flags, int, iterator, range, tuple, types};
use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Vm};
use num_bigint::{BigInt, Sign};

/// Offset of `start`: the next item.
pub const START: u64 = 16;
/// Offset of `step`.
pub const STEP: u64 = 24;
/// Offset of `len`: items left.
pub const LEFT: u64 = 32;

/// `range_iterator`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 40,
    flags: flags::DISALLOW_INSTANTIATION,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, iterator| {
            alloc::free_kept(vm, iterator, |lists| &mut lists.range_iterator);
        });
        slots.iter = Some(iterator::iter_self);
        slots.iternext = Some(next);
    },
    methods: &[
        Method::new("__length_hint__", "()", length_hint),
        Method::new("__reduce__", "()", reduce),
        Method::new("__setstate__", "(object, /)", setstate),
    ],
    ..TypeSpec::new(types::RANGE_ITERATOR, "range_iterator")
};

/// `longrange_iterator`
pub static LONG_SPEC: TypeSpec = TypeSpec {
    basicsize: 40,
    flags: flags::DISALLOW_INSTANTIATION,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(dealloc_long);
        slots.references = Some(|vm, iterator, visit| {
            iterator::visit_fields(vm, iterator, &[START, STEP, LEFT], visit);
        });
        slots.iter = Some(iterator::iter_self);
        slots.iternext = Some(next_long);
    },
    methods: &[
        Method::new("__length_hint__", "()", length_hint_long),
        Method::new("__reduce__", "()", reduce_long),
        Method::new("__setstate__", "(object, /)", setstate_long),
    ],
    ..TypeSpec::new(types::LONGRANGE_ITERATOR, "longrange_iterator")
};

/// `iter(range)`
pub fn iter(vm: &mut Vm, range: Addr) -> PyResult<Own> {
    match range::small(vm, range) {
        Some((start, step, length)) => make(vm, start, step, length),
        None => {
            let fields = [range::START, range::STEP, range::LENGTH];
            let parts = fields.map(|field| vm.incref(vm.field(range, field)));
            make_long(vm, parts)
        }
    }
}

/// `reversed(range)`
pub fn reversed(vm: &mut Vm, range: Addr) -> PyResult<Own> {
    if let Some((start, step, length)) = range::small(vm, range)
        && let Some(back) = step.checked_neg()
    {
        return make(vm, start + (length - 1) * step, back, length);
    }
    let [start, step, length] = [range::START, range::STEP, range::LENGTH]
        .map(|field| int::to_big(vm, vm.field(range, field)));
    let last = &start + (&length - 1) * &step;
    let parts = [last, -step, length].map(|part| int::from_big(vm, &part));
    make_long(vm, parts)
}

fn make(vm: &mut Vm, start: i64, step: i64, left: i64) -> PyResult<Own> {
    let iterator = alloc::alloc_kept(vm, types::RANGE_ITERATOR, |lists| &mut lists.range_iterator)?;
    for (field, value) in [(START, start), (STEP, step), (LEFT, left)] {
        vm.set_word(iterator.addr(), field, value as u64);
    }
    Ok(iterator)
}

fn make_long(vm: &mut Vm, parts: [Own; 3]) -> PyResult<Own> {
    let iterator = alloc::alloc(vm, types::LONGRANGE_ITERATOR, 0)?;
    for (field, part) in std::iter::zip([START, STEP, LEFT], parts) {
        vm.init_field(iterator.addr(), field, part);
    }
    Ok(iterator)
}

fn next(vm: &mut Vm, iterator: Addr) -> PyResult<Option<Own>> {
    Ok(next_value(vm, iterator).map(|value| int::new(vm, value)))
}

/// The next item as a number: what the eval loop takes for `for i in range(…)`.
#[inline]
pub fn next_value(vm: &mut Vm, iterator: Addr) -> Option<i64> {
    let left = vm.word(iterator, LEFT) as i64;
    if left <= 0 {
        return None;
    }
    let value = vm.word(iterator, START) as i64;
    let step = vm.word(iterator, STEP) as i64;
    vm.set_word(iterator, START, value.wrapping_add(step) as u64);
    vm.set_word(iterator, LEFT, (left - 1) as u64);
    Some(value)
}

fn length_hint(vm: &mut Vm, iterator: Addr, _args: Args) -> PyResult<Own> {
    let left = vm.word(iterator, LEFT) as i64;
    Ok(int::new(vm, left))
}

/// `(iter, (range(start, stop, step),), None)`
fn reduce_parts(vm: &mut Vm, start: Own, stop: Own, step: Own) -> PyResult<Own> {
    let range = range::from_owned(vm, start, stop, step)?;
    let function = iterator::builtin(vm, "iter")?;
    let arguments = tuple::from_owned(vm, vec![range]);
    let state = vm.incref(NONE);
    Ok(tuple::from_owned(vm, vec![function, arguments, state]))
}

fn reduce(vm: &mut Vm, iterator: Addr, _args: Args) -> PyResult<Own> {
    let [start, step, left] = [START, STEP, LEFT].map(|field| vm.word(iterator, field) as i64);
    let stop = start.wrapping_add(left.wrapping_mul(step));
    let [start, stop, step] = [start, stop, step].map(|part| int::new(vm, part));
    reduce_parts(vm, start, stop, step)
}

fn setstate(vm: &mut Vm, iterator: Addr, args: Args) -> PyResult<Own> {
    let state = args.get(vm, 0);
    let index = vm.index_value(state, types::OVERFLOW_ERROR)? as i64;
    let [start, step, left] = [START, STEP, LEFT].map(|field| vm.word(iterator, field) as i64);
    let index = index.clamp(0, left.max(0));
    let start = start.wrapping_add(index.wrapping_mul(step));
    vm.set_word(iterator, START, start as u64);
    vm.set_word(iterator, LEFT, (left - index) as u64);
    Ok(vm.none())
}

fn dealloc_long(vm: &mut Vm, iterator: Addr) {
    for field in [START, STEP, LEFT] {
        let word = vm.word(iterator, field);
        vm.decref_word(word);
    }
    alloc::free(vm, iterator);
}

fn next_long(vm: &mut Vm, iterator: Addr) -> PyResult<Option<Own>> {
    let left = big(vm, iterator, LEFT);
    if left.sign() != Sign::Plus {
        return Ok(None);
    }
    let following = big(vm, iterator, START) + big(vm, iterator, STEP);
    let left = int::from_big(vm, &(left - 1));
    vm.set_field(iterator, LEFT, Some(left));
    let following = int::from_big(vm, &following);
    Ok(vm.replace_field(iterator, START, Some(following)))
}

fn big(vm: &Vm, iterator: Addr, field: u64) -> BigInt {
    int::to_big(vm, vm.field(iterator, field))
}

fn length_hint_long(vm: &mut Vm, iterator: Addr, _args: Args) -> PyResult<Own> {
    let left = vm.field(iterator, LEFT);
    Ok(vm.incref(left))
}

fn reduce_long(vm: &mut Vm, iterator: Addr, _args: Args) -> PyResult<Own> {
    let stop = big(vm, iterator, START) + big(vm, iterator, LEFT) * big(vm, iterator, STEP);
    let [start, step] = [START, STEP].map(|field| vm.incref(vm.field(iterator, field)));
    let stop = int::from_big(vm, &stop);
    reduce_parts(vm, start, stop, step)
}

fn setstate_long(vm: &mut Vm, iterator: Addr, args: Args) -> PyResult<Own> {
    let state = args.get(vm, 0);
    if vm.type_of(state) != types::INT {
        let name = vm.type_name(state);
        return Err(vm.type_error(format!("state must be an int, not {name}")));
    }
    let left = big(vm, iterator, LEFT);
    let index = int::to_big(vm, state).clamp(BigInt::ZERO, left.clone());
    let start = big(vm, iterator, START) + &index * big(vm, iterator, STEP);
    let start = int::from_big(vm, &start);
    vm.set_field(iterator, START, Some(start));
    let left = int::from_big(vm, &(left - index));
    vm.set_field(iterator, LEFT, Some(left));
    Ok(vm.none())
}
