//! `async_generator_asend`: what `__anext__` and `asend` of an asynchronous generator give to be awaited.
//! CPython: `PyAsyncGenASend`, Objects/genobject.c.

use super::{DONE, INIT, ITER, RUNNING, has, set, unwrap};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::slots::Slots;
use crate::python::object::{
    Method, NONE, OB_REFCNT, TypeSpec, alloc, exception, flags, generator, iterator, types,
};
use crate::python::vm::{Args, PyResult, Raised, Vm};

const GENERATOR: u64 = 16;
const VALUE: u64 = 24;
const STATE: u64 = 32;
const FIELDS: &[u64] = &[GENERATOR, VALUE];

/// The awaitable of one step; `value` is what the `yield` gives, `NULL` for `None`.
pub fn new(vm: &mut Vm, generator: Addr, value: Addr) -> PyResult<Own> {
    let made = alloc::alloc(vm, types::ASYNC_GENERATOR_ASEND, 0)?;
    for (field, value) in [(GENERATOR, generator), (VALUE, value)] {
        if let Some(value) = value.some() {
            let value = vm.incref(value);
            vm.init_field(made.addr(), field, value);
        }
    }
    gc::track(vm, made.addr());
    Ok(made)
}

/// The first step: nobody else may run the generator meanwhile.
fn begin(vm: &mut Vm, awaitable: Addr) -> PyResult<()> {
    let generator = vm.field(awaitable, GENERATOR);
    match vm.word(awaitable, STATE) {
        DONE => Err(vm.runtime_error("cannot reuse already awaited __anext__()/asend()")),
        INIT if has(vm, generator, RUNNING) => {
            vm.set_word(awaitable, STATE, DONE);
            Err(vm.runtime_error("anext(): asynchronous generator is already running"))
        }
        INIT => {
            vm.set_word(awaitable, STATE, ITER);
            set(vm, generator, RUNNING, true);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Passes a step on: the body awaits something, or the awaitable is done.
fn end(vm: &mut Vm, awaitable: Addr, step: PyResult<Result<Own, Own>>) -> PyResult<Own> {
    let generator = vm.field(awaitable, GENERATOR);
    match unwrap(vm, generator, step) {
        Ok(Ok(value)) => return Ok(value),
        Ok(Err(value)) => {
            vm.set_word(awaitable, STATE, DONE);
            return Err(generator::raise_stop(vm, value));
        }
        Err(Raised) => vm.set_word(awaitable, STATE, DONE),
    }
    Err(Raised)
}

fn step(vm: &mut Vm, awaitable: Addr, value: Addr) -> PyResult<Own> {
    let first = vm.word(awaitable, STATE) == INIT;
    begin(vm, awaitable)?;
    let value = match vm.field(awaitable, VALUE).some() {
        Some(kept) if first && value == NONE => kept,
        _ => value,
    };
    let step = generator::send_value(vm, vm.field(awaitable, GENERATOR), value);
    end(vm, awaitable, step)
}

fn throw(vm: &mut Vm, awaitable: Addr, args: Args) -> PyResult<Own> {
    begin(vm, awaitable)?;
    let thrown = generator::thrown(vm, args)?;
    let step = generator::throw_exception(vm, vm.field(awaitable, GENERATOR), thrown);
    end(vm, awaitable, step)
}

fn close(vm: &mut Vm, awaitable: Addr, _: Args) -> PyResult<Own> {
    if vm.word(awaitable, STATE) == DONE {
        return Ok(vm.none());
    }
    begin(vm, awaitable)?;
    let thrown = exception::new_without_args(vm, types::GENERATOR_EXIT)?;
    let step = generator::throw_exception(vm, vm.field(awaitable, GENERATOR), thrown);
    match end(vm, awaitable, step) {
        Ok(value) => {
            vm.decref(value);
            Err(vm.runtime_error("coroutine ignored GeneratorExit"))
        }
        Err(Raised) if super::is_over(vm) || vm.raised_is(types::STOP_ITERATION) => {
            vm.clear_raised();
            Ok(vm.none())
        }
        Err(raised) => Err(raised),
    }
}

fn finalize(vm: &mut Vm, awaitable: Addr) {
    if vm.word(awaitable, STATE) == INIT && vm.profile.agen_methods_warn {
        let raised = vm.raised.take();
        super::warn_unawaited(vm, awaitable, vm.field(awaitable, GENERATOR), "asend");
        let newer = std::mem::replace(&mut vm.raised, raised);
        vm.xdecref(newer);
    }
}

/// Runs a finalizer for an object whose count is 0, and says whether it is dead yet.
pub(super) fn finalized(vm: &mut Vm, object: Addr, finalize: fn(&mut Vm, Addr)) -> bool {
    vm.set_word(object, OB_REFCNT, 1);
    finalize(vm, object);
    let count = vm.word(object, OB_REFCNT) - 1;
    vm.set_word(object, OB_REFCNT, count);
    count == 0
}

/// `async_generator_asend`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 40,
    flags: flags::HAVE_GC,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, awaitable| {
            if finalized(vm, awaitable, finalize) {
                iterator::dealloc_fields(vm, awaitable, FIELDS);
            }
        });
        slots.finalize = Some(finalize);
        slots.traverse = Some(|vm, awaitable, visit| {
            iterator::visit_fields(vm, awaitable, FIELDS, visit);
        });
        slots.iter = Some(iterator::iter_self);
        slots.am_await = Some(iterator::iter_self);
        slots.iternext = Some(|vm, awaitable| step(vm, awaitable, NONE).map(Some));
    },
    methods: &[
        Method::new("send", "(arg, /)", |vm, awaitable, args| {
            step(vm, awaitable, args.get(vm, 0))
        }),
        Method::new("throw", "(typ, val=None, tb=None, /)", throw),
        Method::new("close", "()", close),
    ],
    ..TypeSpec::new(types::ASYNC_GENERATOR_ASEND, "async_generator_asend")
};
