//! `itertools.compress`. CPython: `compressobject`.

use super::{iterator_slots, make, pickle};
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, Slots, TypeSpec, flags, types};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `data`.
const DATA: u64 = 16;
/// Offset of `selectors`.
const SELECTORS: u64 = 24;

/// `itertools.compress`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 32,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        iterator_slots!(slots, &[DATA, SELECTORS], new_slot, next);
    },
    methods: &[Method::new("__reduce__", "()", reduce)],
    doc: Some(
        "Return data elements corresponding to true selector elements.\n\n\
         Forms a shorter iterator from selected data elements using the selectors to\n\
         choose the data elements.",
    ),
    ..TypeSpec::new(types::IT_COMPRESS, "itertools.compress")
};

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let [data, selectors] = args.bind::<2>(vm, "compress", "(data, selectors)")?;
    let data = vm.get_iter(data)?;
    let selectors = vm.get_iter(selectors)?;
    make(vm, class, [(DATA, data), (SELECTORS, selectors)])
}

fn next(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    loop {
        let Some(item) = vm.iter_next(vm.field(object, DATA))? else {
            return Ok(None);
        };
        let Some(selector) = vm.iter_next(vm.field(object, SELECTORS))? else {
            vm.decref(item);
            return Ok(None);
        };
        let chosen = vm.is_true(selector.addr())?;
        vm.decref(selector);
        if chosen {
            return Ok(Some(item));
        }
        vm.decref(item);
    }
}

fn reduce(vm: &mut Vm, object: Addr, _args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    let arguments = pickle::fields(vm, object, &[DATA, SELECTORS]);
    Ok(pickle::reduced(vm, object, arguments, None))
}
