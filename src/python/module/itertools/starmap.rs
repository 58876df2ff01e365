//! `itertools.starmap`. CPython: `starmapobject`.

use super::{iterator_slots, make, pickle};
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, Slots, TypeSpec, flags, index, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `func`.
const FUNCTION: u64 = 16;
/// Offset of `it`.
const ITERATOR: u64 = 24;

/// `itertools.starmap`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 32,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        iterator_slots!(slots, &[FUNCTION, ITERATOR], new_slot, next);
    },
    methods: &[Method::new("__reduce__", "()", reduce)],
    doc: Some(
        "Return an iterator whose values are returned from the function evaluated with an argument tuple taken from the given sequence.",
    ),
    ..TypeSpec::new(types::IT_STARMAP, "itertools.starmap")
};

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    index::refuse_keywords(vm, class, types::IT_STARMAP, "starmap", args)?;
    index::check_positional(vm, "starmap", args.len(), 2, 2)?;
    let iterator = vm.get_iter(args.get(vm, 1))?;
    let function = vm.incref(args.get(vm, 0));
    make(vm, class, [(FUNCTION, function), (ITERATOR, iterator)])
}

fn next(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    let Some(item) = vm.iter_next(vm.field(object, ITERATOR))? else {
        return Ok(None);
    };
    let arguments = if vm.type_of(item.addr()) == types::TUPLE {
        item
    } else {
        let arguments = tuple::from_iterable(vm, item.addr())?;
        vm.decref(item);
        arguments
    };
    let function = vm.field(object, FUNCTION);
    let result = vm.call_tuple_dict(function, arguments.addr(), Addr::NULL)?;
    vm.decref(arguments);
    Ok(Some(result))
}

fn reduce(vm: &mut Vm, object: Addr, _args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    let arguments = pickle::fields(vm, object, &[FUNCTION, ITERATOR]);
    Ok(pickle::reduced(vm, object, arguments, None))
}
