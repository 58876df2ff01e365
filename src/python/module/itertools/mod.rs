//! `itertools`, one file per iterator (or family). CPython: Modules/itertoolsmodule.c.
//!
//! Iterators that give tuples keep their last one and fill it again if nobody else holds it, as CPython's do.

pub mod accumulate;
pub mod batched;
pub mod chain;
pub mod combinations;
pub mod compress;
pub mod count;
pub mod cycle;
pub mod groupby;
pub mod islice;
pub mod pairwise;
pub mod permutations;
mod pickle;
pub mod predicate;
pub mod product;
pub mod repeat;
pub mod starmap;
pub mod tee;
pub mod zip_longest;

use super::NativeModule;
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, OB_REFCNT, alloc, tuple, types};
use crate::python::vm::{PyResult, Vm};

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "itertools",
    methods: &[Method::new("tee", "(iterable, n=2, /)", tee::tee)],
    types: &[
        types::IT_ACCUMULATE,
        types::IT_BATCHED,
        types::IT_COMBINATIONS,
        types::IT_COMBINATIONS_WITH_REPLACEMENT,
        types::IT_CYCLE,
        types::IT_DROPWHILE,
        types::IT_TAKEWHILE,
        types::IT_ISLICE,
        types::IT_STARMAP,
        types::IT_CHAIN,
        types::IT_COMPRESS,
        types::IT_FILTERFALSE,
        types::IT_COUNT,
        types::IT_ZIP_LONGEST,
        types::IT_PAIRWISE,
        types::IT_PERMUTATIONS,
        types::IT_PRODUCT,
        types::IT_REPEAT,
        types::IT_GROUPBY,
        types::IT_GROUPER,
        types::IT_TEE,
        types::IT_TEEDATAOBJECT,
    ],
    init: |_, _| Ok(()),
};

/// Sets the slots of an iterator whose references are the words of `$fields`, in CPython's order.
macro_rules! iterator_slots {
    ($slots:ident, $fields:expr, $new:expr, $next:expr) => {
        $slots.dealloc = Some(|vm, object| {
            crate::python::object::iterator::dealloc_fields(vm, object, $fields);
        });
        $slots.traverse = Some(|vm, object, visit| {
            crate::python::object::iterator::visit_fields(vm, object, $fields, visit);
        });
        $slots.iter = Some(crate::python::object::iterator::iter_self);
        $slots.iternext = Some($next);
        $slots.new = Some($new);
    };
}
pub(crate) use iterator_slots;

/// A new iterator of a class, its fields taking over these references, tracked.
fn make<const N: usize>(vm: &mut Vm, class: Addr, fields: [(u64, Own); N]) -> PyResult<Own> {
    let object = alloc::alloc(vm, class, 0)?;
    for (offset, value) in fields {
        vm.init_field(object.addr(), offset, value);
    }
    gc::track(vm, object.addr());
    Ok(object)
}

/// Array of `count` words outside the object, `NULL` for none: `PyMem_New(Py_ssize_t, count)`.
fn new_words(vm: &mut Vm, count: usize) -> PyResult<Addr> {
    if count > (isize::MAX / 8) as usize {
        return Err(vm.memory_error());
    }
    match vm.heap.try_alloc(8 * count.max(1)) {
        Ok(words) => Ok(words),
        Err(_) => Err(vm.memory_error()),
    }
}

/// The tuple to give next: the last one, filled again, if only its iterator holds it, or else a copy that
/// takes its place.
fn reusable(vm: &mut Vm, object: Addr, field: u64) -> PyResult<Addr> {
    let last = vm.field(object, field);
    if vm.word(last, OB_REFCNT) > 1 {
        let len = tuple::len(vm, last);
        let copy = tuple::copy_items(vm, last.at(tuple::ITEMS), len)?;
        let address = copy.addr();
        vm.set_field(object, field, Some(copy));
        return Ok(address);
    }
    if !gc::is_tracked(vm, last) && tuple::len(vm, last) > 0 {
        gc::track(vm, last);
    }
    Ok(last)
}

/// Puts item `from` of the pool `source` into item `to` of a tuple.
fn put(vm: &mut Vm, tuple: Addr, to: usize, source: Addr, from: usize) {
    let item = vm.incref(tuple::item(vm, source, from));
    vm.set_field(tuple, tuple::ITEMS + 8 * to as u64, Some(item));
}
