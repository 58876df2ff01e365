//! `async_generator`. CPython: `PyAsyncGenObject`, Objects/genobject.c.

use super::generator::{self, NAME_ROW, QUALNAME_ROW};
use super::{GetSet, TypeSpec, flags, types};
use crate::python::memory::{Addr, Own};
use crate::python::object::slots::Slots;
use crate::python::vm::{PyResult, Vm};

/// Marks a value that an asynchronous generator yields, as opposed to what it awaits.
pub fn wrap(vm: &mut Vm, value: Addr) -> PyResult<Own> {
    Ok(vm.incref(value))
}

fn iter(vm: &mut Vm, generator: Addr) -> PyResult<Own> {
    Ok(vm.incref(generator))
}

fn fill(slots: &mut Slots) {
    generator::fill_common(slots);
    slots.am_aiter = Some(iter);
}

/// The type `async_generator`.
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 144,
    itemsize: 8,
    flags: flags::HAVE_GC,
    weaklistoffset: generator::WEAKREFLIST as u32,
    slots: fill,
    methods: &[generator::SIZEOF],
    getset: &[
        NAME_ROW,
        QUALNAME_ROW,
        GetSet::read("ag_frame", generator::get_frame),
        GetSet::read("ag_await", generator::get_yield_from),
        GetSet::read("ag_running", generator::get_running),
        GetSet::read("ag_code", generator::get_code),
        GetSet::read("ag_suspended", generator::get_suspended),
    ],
    ..TypeSpec::new(types::ASYNC_GENERATOR, "async_generator")
};
