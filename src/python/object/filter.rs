//! `filter`. CPython: `filterobject`, Python/bltinmodule.c.

use super::{Method, NONE, Slots, TypeSpec, alloc, flags, index, iterator, tuple, types};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `func`.
const FUNCTION: u64 = 16;
/// Offset of `it`.
const ITERATOR: u64 = 24;

/// `filter`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 32,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        slots.dealloc =
            Some(|vm, filter| iterator::dealloc_fields(vm, filter, &[FUNCTION, ITERATOR]));
        slots.traverse = Some(|vm, filter, visit| {
            iterator::visit_fields(vm, filter, &[ITERATOR, FUNCTION], visit);
        });
        slots.iter = Some(iterator::iter_self);
        slots.iternext = Some(next);
        slots.new = Some(new_slot);
    },
    methods: &[Method::new("__reduce__", "()", reduce)],
    doc: Some(
        "Return an iterator yielding those items of iterable for which function(item)\n\
         is true. If function is None, return the items that are true.",
    ),
    ..TypeSpec::new(types::FILTER, "filter")
};

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    index::refuse_keywords(vm, class, types::FILTER, "filter", args)?;
    index::check_positional(vm, "filter", args.len(), 2, 2)?;
    let iterator = vm.get_iter(args.get(vm, 1))?;
    let filter = alloc::alloc(vm, class, 0)?;
    let function = vm.incref(args.get(vm, 0));
    vm.init_field(filter.addr(), FUNCTION, function);
    vm.init_field(filter.addr(), ITERATOR, iterator);
    gc::track(vm, filter.addr());
    Ok(filter)
}

/// Whether `function(item)` is true; `None` and `bool` stand for the item's own truth.
pub fn holds(vm: &mut Vm, function: Addr, item: Addr) -> PyResult<bool> {
    if function == NONE || function == types::BOOL {
        return vm.is_true(item);
    }
    let result = vm.call(function, &[item])?;
    let holds = vm.is_true(result.addr())?;
    vm.decref(result);
    Ok(holds)
}

fn next(vm: &mut Vm, filter: Addr) -> PyResult<Option<Own>> {
    while let Some(item) = vm.iter_next(vm.field(filter, ITERATOR))? {
        let function = vm.field(filter, FUNCTION);
        if holds(vm, function, item.addr())? {
            return Ok(Some(item));
        }
        vm.decref(item);
    }
    Ok(None)
}

fn reduce(vm: &mut Vm, filter: Addr, _args: Args) -> PyResult<Own> {
    let parts = [vm.field(filter, FUNCTION), vm.field(filter, ITERATOR)];
    let arguments = tuple::new(vm, &parts);
    let class = vm.incref(vm.type_of(filter));
    Ok(tuple::from_owned(vm, vec![class, arguments]))
}
