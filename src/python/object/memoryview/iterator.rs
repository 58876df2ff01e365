//! `iter(memoryview)`. CPython: `memoryiterobject`.

use super::{access, layout};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{TypeSpec, alloc, flags, iterator, types};
use crate::python::vm::{PyResult, Vm};

/// Offset of `it_index`.
const INDEX: u64 = 16;
/// Offset of `it_seq`, `NULL` when the end was reached.
const SEQ: u64 = 24;
/// Offset of `it_length`.
const LENGTH: u64 = 32;

/// `memory_iterator`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 48,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION,
    slots: |slots| {
        slots.dealloc = Some(iterator::dealloc_seq_24);
        slots.traverse = Some(iterator::traverse_seq_24);
        slots.iter = Some(iterator::iter_self);
        slots.iternext = Some(next);
    },
    ..TypeSpec::new(types::MEMORY_ITERATOR, "memory_iterator")
};

/// `iter(view)`
pub(super) fn new(vm: &mut Vm, view: Addr) -> PyResult<Own> {
    super::check_released(vm, view)?;
    let count = match layout(vm, view).shape.as_slice() {
        [] => return Err(vm.type_error("invalid indexing of 0-dim memory")),
        [count] => *count,
        _ => {
            return Err(vm.not_implemented_error("multi-dimensional sub-views are not implemented"));
        }
    };
    let iterator = alloc::alloc(vm, types::MEMORY_ITERATOR, 0)?;
    vm.set_word(iterator.addr(), LENGTH, count as u64);
    let view = vm.incref(view);
    vm.init_field(iterator.addr(), SEQ, view);
    gc::track(vm, iterator.addr());
    Ok(iterator)
}

fn next(vm: &mut Vm, iterator: Addr) -> PyResult<Option<Own>> {
    let Some(view) = vm.field(iterator, SEQ).some() else {
        return Ok(None);
    };
    let index = vm.word(iterator, INDEX);
    if index < vm.word(iterator, LENGTH) {
        vm.set_word(iterator, INDEX, index + 1);
        return access::sq_item(vm, view, index as isize).map(Some);
    }
    vm.set_field(iterator, SEQ, None);
    Ok(None)
}
