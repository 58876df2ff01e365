//! `set_iterator`. CPython: `setiterobject`.

use super::table;
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, Slots, TypeSpec, alloc, flags, int, iterator, list, types};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `si_set`: the set, `NULL` when exhausted.
pub const SET: u64 = 16;
/// Offset of `si_used`: the set's length at the start, -1 after it changed.
const USED: u64 = 24;
/// Offset of `si_pos`: the slot to look at next.
const POS: u64 = 32;
/// Offset of `len`: elements left.
const LEFT: u64 = 40;

/// `set_iterator`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 48,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, iterator| iterator::dealloc_fields(vm, iterator, &[SET]));
        slots.traverse = Some(|vm, iterator, visit| {
            iterator::visit_fields(vm, iterator, &[SET], visit);
        });
        slots.iter = Some(iterator::iter_self);
        slots.iternext = Some(next);
    },
    methods: &[
        Method::new("__length_hint__", "()", length_hint),
        Method::new("__reduce__", "()", reduce),
    ],
    ..TypeSpec::new(types::SET_ITERATOR, "set_iterator")
};

/// `iter(set)`
pub fn iter(vm: &mut Vm, set: Addr) -> PyResult<Own> {
    let iterator = alloc::alloc(vm, types::SET_ITERATOR, 0)?;
    let used = vm.word(set, table::USED);
    let set = vm.incref(set);
    vm.init_field(iterator.addr(), SET, set);
    vm.set_word(iterator.addr(), USED, used);
    vm.set_word(iterator.addr(), LEFT, used);
    gc::track(vm, iterator.addr());
    Ok(iterator)
}

/// The next element in table order; the set is let go at the end.
pub fn next(vm: &mut Vm, iterator: Addr) -> PyResult<Option<Own>> {
    let Some(set) = vm.field(iterator, SET).some() else {
        return Ok(None);
    };
    if vm.word(set, table::USED) != vm.word(iterator, USED) {
        vm.set_word(iterator, USED, u64::MAX);
        return Err(vm.runtime_error("Set changed size during iteration"));
    }
    let mut position = vm.word(iterator, POS);
    match table::next(vm, set, &mut position) {
        Some((key, _)) => {
            vm.set_word(iterator, POS, position);
            let left = vm.word(iterator, LEFT);
            vm.set_word(iterator, LEFT, left.wrapping_sub(1));
            Ok(Some(vm.incref(key)))
        }
        None => {
            vm.set_field(iterator, SET, None);
            Ok(None)
        }
    }
}

fn length_hint(vm: &mut Vm, iterator: Addr, _args: Args) -> PyResult<Own> {
    let left = match vm.field(iterator, SET).some() {
        Some(set) if vm.word(set, table::USED) == vm.word(iterator, USED) => {
            vm.word(iterator, LEFT) as i64
        }
        _ => 0,
    };
    Ok(int::new(vm, left))
}

/// `(iter, ([what is left],))`, from a copy: the iterator itself stays where it is.
fn reduce(vm: &mut Vm, iterator: Addr, _args: Args) -> PyResult<Own> {
    let copy = alloc::alloc(vm, types::SET_ITERATOR, 0)?;
    for offset in [USED, POS, LEFT] {
        let word = vm.word(iterator, offset);
        vm.set_word(copy.addr(), offset, word);
    }
    if let Some(set) = vm.field(iterator, SET).some() {
        let set = vm.incref(set);
        vm.init_field(copy.addr(), SET, set);
    }
    gc::track(vm, copy.addr());
    let rest = list::from_iterable(vm, copy.addr())?;
    vm.decref(copy);
    iterator::reduce_iter(vm, "iter", rest, None)
}
