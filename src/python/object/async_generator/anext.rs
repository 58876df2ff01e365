//! `anext_awaitable`: what `anext(iterator, default)` gives to be awaited. CPython: `anextawaitableobject`,
//! Objects/iterobject.c.

use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::slots::Slots;
use crate::python::object::{
    Method, NONE, TypeSpec, alloc, coroutine, flags, generator, iterator, types,
};
use crate::python::vm::{Args, PyResult, Raised, Vm};

const WRAPPED: u64 = 16;
const DEFAULT: u64 = 24;
const FIELDS: &[u64] = &[WRAPPED, DEFAULT];

/// An awaitable that gives `default` where `awaitable` says that there is no next item.
pub fn new(vm: &mut Vm, awaitable: Own, default: Addr) -> PyResult<Own> {
    let made = alloc::alloc(vm, types::ANEXT_AWAITABLE, 0)?;
    let default = vm.incref(default);
    vm.init_field(made.addr(), WRAPPED, awaitable);
    vm.init_field(made.addr(), DEFAULT, default);
    gc::track(vm, made.addr());
    Ok(made)
}

/// The iterator behind the awaitable.
fn inner(vm: &mut Vm, awaitable: Addr) -> PyResult<Own> {
    let wrapped = vm.field(awaitable, WRAPPED);
    let found = vm.awaitable_iter(wrapped)?;
    if vm.type_of(found.addr()) != types::COROUTINE {
        return Ok(found);
    }
    let wrapper = coroutine::get_await(vm, found.addr());
    vm.decref(found);
    wrapper
}

/// The end of the items becomes the default.
fn caught(vm: &mut Vm, awaitable: Addr, result: PyResult<Own>) -> PyResult<Own> {
    match result {
        Err(Raised) if vm.raised_is(types::STOP_ASYNC_ITERATION) => {
            vm.clear_raised();
            let default = vm.incref(vm.field(awaitable, DEFAULT));
            Err(generator::raise_stop(vm, default))
        }
        result => result,
    }
}

fn next(vm: &mut Vm, awaitable: Addr) -> PyResult<Option<Own>> {
    let inner = inner(vm, awaitable)?;
    let result = match vm.slots(inner.addr()).iternext {
        Some(next) => next(vm, inner.addr()),
        None => Ok(None),
    };
    vm.decref(inner);
    match result {
        Ok(Some(item)) => Ok(Some(item)),
        Ok(None) if vm.raised.is_none() => Ok(None),
        Ok(None) | Err(Raised) => caught(vm, awaitable, Err(Raised)).map(Some),
    }
}

fn forward(vm: &mut Vm, awaitable: Addr, name: Addr, args: Args) -> PyResult<Own> {
    let inner = inner(vm, awaitable)?;
    let values: Vec<Addr> = (0..args.len()).map_while(|i| args.opt(vm, i)).collect();
    let result = vm.call_method(inner.addr(), name, &values);
    vm.decref(inner);
    caught(vm, awaitable, result)
}

/// `anext_awaitable`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 32,
    flags: flags::HAVE_GC,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, awaitable| iterator::dealloc_fields(vm, awaitable, FIELDS));
        slots.traverse = Some(|vm, awaitable, visit| {
            iterator::visit_fields(vm, awaitable, FIELDS, visit);
        });
        slots.iter = Some(iterator::iter_self);
        slots.am_await = Some(iterator::iter_self);
        slots.iternext = Some(next);
    },
    methods: &[
        Method::new("send", "(arg, /)", |vm, awaitable, args| {
            if args.get(vm, 0) == NONE
                && let Some(item) = next(vm, awaitable)?
            {
                return Ok(item);
            }
            forward(vm, awaitable, vm.names.send, args)
        }),
        Method::new(
            "throw",
            "(typ, val=None, tb=None, /)",
            |vm, awaitable, args| forward(vm, awaitable, vm.names.throw, args),
        ),
        Method::new("close", "()", |vm, awaitable, args| {
            forward(vm, awaitable, vm.names.close, args)
        }),
    ],
    ..TypeSpec::new(types::ANEXT_AWAITABLE, "anext_awaitable")
};
