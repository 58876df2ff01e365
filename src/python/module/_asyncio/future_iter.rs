//! `_asyncio.FutureIter`: what `await future` runs. CPython: `futureiterobject`, Modules/_asynciomodule.c.
//!
//! It yields the future once, for the task to wait for it, and then ends with the future's result.

use super::future::{self, BLOCKING, PENDING};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::slots::Slots;
use crate::python::object::{Method, NONE, TypeSpec, alloc, flags, generator, iterator, types};
use crate::python::vm::{Args, PyResult, Vm};

const FUTURE: u64 = 16;
const FIELDS: &[u64] = &[FUTURE];

/// A new iterator over a future.
pub fn new(vm: &mut Vm, future: Addr) -> PyResult<Own> {
    let made = alloc::alloc(vm, types::FUTURE_ITER, 0)?;
    let future = vm.incref(future);
    vm.init_field(made.addr(), FUTURE, future);
    gc::track(vm, made.addr());
    Ok(made)
}

fn next(vm: &mut Vm, awaiting: Addr) -> PyResult<Option<Own>> {
    let Some(waited) = vm.field(awaiting, FUTURE).some() else {
        return Ok(None);
    };
    if future::state(vm, waited) == PENDING {
        if future::has(vm, waited, BLOCKING) {
            return Err(vm.runtime_error("await wasn't used with future"));
        }
        future::set(vm, waited, BLOCKING, true);
        return Ok(Some(vm.incref(waited)));
    }
    let waited = vm.replace_field(awaiting, FUTURE, None);
    let Some(waited) = waited else {
        return Ok(None);
    };
    let result = future::result_raising(vm, waited.addr());
    vm.decref(waited);
    match result? {
        value if value.addr() == NONE => {
            vm.decref(value);
            Ok(None)
        }
        value => Err(generator::raise_stop(vm, value)),
    }
}

fn throw(vm: &mut Vm, awaiting: Addr, args: Args) -> PyResult<Own> {
    let thrown = generator::thrown(vm, args)?;
    vm.set_field(awaiting, FUTURE, None);
    Err(vm.raise(thrown))
}

/// `_asyncio.FutureIter`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 24,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, awaiting| iterator::dealloc_fields(vm, awaiting, FIELDS));
        slots.traverse = Some(|vm, awaiting, visit| {
            iterator::visit_fields(vm, awaiting, FIELDS, visit);
        });
        slots.clear = Some(|vm, awaiting| iterator::clear_fields(vm, awaiting, FIELDS));
        slots.iter = Some(iterator::iter_self);
        slots.iternext = Some(next);
    },
    methods: &[
        Method::new("send", "(arg, /)", |vm, awaiting, _| {
            match next(vm, awaiting)? {
                Some(value) => Ok(value),
                None => {
                    let none = vm.none();
                    Err(generator::raise_stop(vm, none))
                }
            }
        }),
        Method::new("throw", "(typ, val=None, tb=None, /)", throw),
        Method::new("close", "()", |vm, awaiting, _| {
            vm.set_field(awaiting, FUTURE, None);
            Ok(vm.none())
        }),
    ],
    ..TypeSpec::new(types::FUTURE_ITER, "_asyncio.FutureIter")
};
