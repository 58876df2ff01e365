//! `list_iterator` and `list_reverseiterator`. CPython: `_PyListIterObject`, `listreviterobject`.

use super::{item, len};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, Slots, TypeSpec, alloc, flags, int, iterator, list, types};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `it_index`.
pub const INDEX: u64 = 16;
/// Offset of `it_seq`: the list, `NULL` when exhausted.
pub const SEQ: u64 = 24;

/// `list_iterator`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 32,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, this| {
            iterator::dealloc_kept(vm, this, |lists| &mut lists.list_iterator);
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
    ..TypeSpec::new(types::LIST_ITERATOR, "list_iterator")
};

/// `list_reverseiterator`
pub static REVERSE_SPEC: TypeSpec = TypeSpec {
    basicsize: 32,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(iterator::dealloc_seq_24);
        slots.traverse = Some(iterator::traverse_seq_24);
        slots.iter = Some(iterator::iter_self);
        slots.iternext = Some(next_reversed);
    },
    methods: &[
        Method::new("__length_hint__", "()", length_hint_reversed),
        Method::new("__reduce__", "()", reduce_reversed),
        Method::new("__setstate__", "(object, /)", setstate_reversed),
    ],
    ..TypeSpec::new(types::LIST_REVERSEITERATOR, "list_reverseiterator")
};

/// `iter(list)`
pub fn iter(vm: &mut Vm, list: Addr) -> PyResult<Own> {
    make(vm, types::LIST_ITERATOR, list, 0)
}

/// `reversed(list)`
pub fn reversed(vm: &mut Vm, list: Addr) -> PyResult<Own> {
    let last = len(vm, list) as i64 - 1;
    make(vm, types::LIST_REVERSEITERATOR, list, last)
}

fn make(vm: &mut Vm, ty: Addr, list: Addr, index: i64) -> PyResult<Own> {
    let iterator = match ty {
        types::LIST_ITERATOR => alloc::alloc_kept(vm, ty, |lists| &mut lists.list_iterator)?,
        _ => alloc::alloc(vm, ty, 0)?,
    };
    vm.set_word(iterator.addr(), INDEX, index as u64);
    let list = vm.incref(list);
    vm.init_field(iterator.addr(), SEQ, list);
    gc::track(vm, iterator.addr());
    Ok(iterator)
}

/// The next item; the list is let go at the end.
#[inline]
pub fn next(vm: &mut Vm, iterator: Addr) -> PyResult<Option<Own>> {
    let Some(list) = vm.field(iterator, SEQ).some() else {
        return Ok(None);
    };
    let index = vm.word(iterator, INDEX) as usize;
    if index < len(vm, list) {
        let item = item(vm, list, index);
        vm.set_word(iterator, INDEX, index as u64 + 1);
        return Ok(Some(vm.incref(item)));
    }
    vm.set_word(iterator, INDEX, u64::MAX);
    vm.set_field(iterator, SEQ, None);
    Ok(None)
}

fn next_reversed(vm: &mut Vm, iterator: Addr) -> PyResult<Option<Own>> {
    let Some(list) = vm.field(iterator, SEQ).some() else {
        return Ok(None);
    };
    let index = vm.word(iterator, INDEX) as i64;
    if index >= 0 && (index as usize) < len(vm, list) {
        let item = item(vm, list, index as usize);
        vm.set_word(iterator, INDEX, (index - 1) as u64);
        return Ok(Some(vm.incref(item)));
    }
    if index >= 0 || !vm.profile.reversed_keeps_list {
        vm.set_word(iterator, INDEX, u64::MAX);
        vm.set_field(iterator, SEQ, None);
    }
    Ok(None)
}

fn length_hint(vm: &mut Vm, iterator: Addr, _args: Args) -> PyResult<Own> {
    let left = match vm.field(iterator, SEQ).some() {
        Some(list) => len(vm, list) as i64 - vm.word(iterator, INDEX) as i64,
        None => 0,
    };
    Ok(int::new(vm, left.max(0)))
}

fn length_hint_reversed(vm: &mut Vm, iterator: Addr, _args: Args) -> PyResult<Own> {
    let left = vm.word(iterator, INDEX) as i64 + 1;
    let left = match vm.field(iterator, SEQ).some() {
        Some(list) if len(vm, list) as i64 >= left => left,
        _ => 0,
    };
    Ok(int::new(vm, left))
}

/// `(iter, (list,), index)`, or `(iter, ([],))` for an exhausted one.
fn reduce(vm: &mut Vm, iterator: Addr, _args: Args) -> PyResult<Own> {
    reduce_as(vm, iterator, ["iter", "iter"], true)
}

/// `(reversed, (list,), index)`. Whether an exhausted one is told by its index or by its list is the version's, and so is
/// what it becomes.
fn reduce_reversed(vm: &mut Vm, iterator: Addr, _args: Args) -> PyResult<Own> {
    match vm.profile.reversed_keeps_list {
        true => {
            let is_there = vm.word(iterator, INDEX) as i64 >= 0;
            reduce_as(vm, iterator, ["reversed", "reversed"], is_there)
        }
        false => reduce_as(vm, iterator, ["reversed", "iter"], true),
    }
}

fn reduce_as(
    vm: &mut Vm,
    iterator: Addr,
    [function, exhausted]: [&str; 2],
    is_there: bool,
) -> PyResult<Own> {
    let index = vm.word(iterator, INDEX) as i64;
    match vm.field(iterator, SEQ).some() {
        Some(list) if is_there => {
            let list = vm.incref(list);
            iterator::reduce_iter(vm, function, list, Some(index))
        }
        _ => {
            let empty = list::new(vm);
            iterator::reduce_iter(vm, exhausted, empty, None)
        }
    }
}

fn setstate(vm: &mut Vm, iterator: Addr, args: Args) -> PyResult<Own> {
    set_index(vm, iterator, args, 0)
}

fn setstate_reversed(vm: &mut Vm, iterator: Addr, args: Args) -> PyResult<Own> {
    set_index(vm, iterator, args, -1)
}

/// Moves the iterator, within the list: from `lowest` to its length (or last item).
fn set_index(vm: &mut Vm, iterator: Addr, args: Args, lowest: isize) -> PyResult<Own> {
    let state = args.get(vm, 0);
    let index = vm.index_value(state, types::OVERFLOW_ERROR)?;
    if let Some(list) = vm.field(iterator, SEQ).some() {
        let highest = len(vm, list) as isize + lowest;
        vm.set_word(iterator, INDEX, index.min(highest).max(lowest) as u64);
    }
    Ok(vm.none())
}
