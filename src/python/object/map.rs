//! `map`. CPython: `mapobject`, Python/bltinmodule.c.

use super::{Method, Slots, TypeSpec, alloc, flags, index, iterator, tuple, types, zip};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `iters`: a tuple of iterators.
const ITERATORS: u64 = 16;
/// Offset of `func`.
const FUNCTION: u64 = 24;

/// `map`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 32,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, map| iterator::dealloc_fields(vm, map, &[ITERATORS, FUNCTION]));
        slots.traverse = Some(|vm, map, visit| {
            iterator::visit_fields(vm, map, &[ITERATORS, FUNCTION], visit);
        });
        slots.iter = Some(iterator::iter_self);
        slots.iternext = Some(next);
        slots.new = Some(new_slot);
    },
    methods: &[Method::new("__reduce__", "()", reduce)],
    doc: Some(
        "Make an iterator that computes the function using arguments from\n\
         each of the iterables.  Stops when the shortest iterable is exhausted.",
    ),
    ..TypeSpec::new(types::MAP, "map")
};

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    index::refuse_keywords(vm, class, types::MAP, "map", args)?;
    if args.len() < 2 {
        return Err(vm.type_error("map() must have at least two arguments."));
    }
    let iterators = zip::iterators(vm, args, 1)?;
    let map = alloc::alloc(vm, class, 0)?;
    vm.init_field(map.addr(), ITERATORS, iterators);
    let function = vm.incref(args.get(vm, 0));
    vm.init_field(map.addr(), FUNCTION, function);
    gc::track(vm, map.addr());
    Ok(map)
}

fn next(vm: &mut Vm, map: Addr) -> PyResult<Option<Own>> {
    let (iterators, function) = (vm.field(map, ITERATORS), vm.field(map, FUNCTION));
    if tuple::len(vm, iterators) == 1 {
        let Some(item) = vm.iter_next(tuple::item(vm, iterators, 0))? else {
            return Ok(None);
        };
        let result = vm.call(function, &[item.addr()])?;
        vm.decref(item);
        return Ok(Some(result));
    }
    let mut items = Vec::with_capacity(tuple::len(vm, iterators));
    for i in 0..tuple::len(vm, iterators) {
        match vm.iter_next(tuple::item(vm, iterators, i))? {
            Some(item) => items.push(item),
            None => {
                items.into_iter().for_each(|item| vm.decref(item));
                return Ok(None);
            }
        }
    }
    let arguments: Vec<Addr> = items.iter().map(Own::addr).collect();
    let result = vm.call(function, &arguments)?;
    items.into_iter().for_each(|item| vm.decref(item));
    Ok(Some(result))
}

fn reduce(vm: &mut Vm, map: Addr, _args: Args) -> PyResult<Own> {
    let iterators = vm.field(map, ITERATORS);
    let mut arguments = vec![vm.field(map, FUNCTION)];
    arguments.extend(tuple::items(vm, iterators));
    let arguments = tuple::new(vm, &arguments);
    let class = vm.incref(vm.type_of(map));
    Ok(tuple::from_owned(vm, vec![class, arguments]))
}
