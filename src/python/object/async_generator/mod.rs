//! `async_generator`. CPython: `PyAsyncGenObject`, Objects/genobject.c.
//!
//! It has a generator's layout, with three more flags in the word that holds the frame's state:
//!
//! ```text
//! 64 ag_hooks_inited   65 ag_closed   66 ag_running_async   67 ag_frame_state
//! ```
//!
//! What its body yields arrives wrapped; what comes unwrapped is something that the body awaits, for whoever runs
//! the coroutines. The steps are taken by the awaitables of [`asend`] and [`athrow`].

pub mod anext;
pub mod asend;
pub mod athrow;

use super::generator::{self, NAME_ROW, ORIGIN, QUALNAME_ROW};
use super::{GetSet, Method, TypeSpec, alloc, class_getitem, flags, types};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::slots::Slots;
use crate::python::vm::{Args, PyResult, Raised, Vm};

const HOOKS_INITED: u64 = 1;
const CLOSED: u64 = 1 << 8;
const RUNNING: u64 = 1 << 16;
const FLAGS: u64 = 64;

/// States of an awaitable: nobody awaited it yet, it is under way, it is done.
const INIT: u64 = 0;
const ITER: u64 = 1;
const DONE: u64 = 2;

/// The value in a wrapper.
const WRAPPED: u64 = 16;

fn has(vm: &Vm, generator: Addr, flag: u64) -> bool {
    vm.word(generator, FLAGS) & flag != 0
}

fn set(vm: &mut Vm, generator: Addr, flag: u64, on: bool) {
    let word = vm.word(generator, FLAGS);
    let word = if on { word | flag } else { word & !flag };
    vm.set_word(generator, FLAGS, word);
}

/// Marks a value that an asynchronous generator yields, as opposed to what it awaits.
pub fn wrap(vm: &mut Vm, value: Addr) -> PyResult<Own> {
    let made = alloc::alloc(vm, types::ASYNC_GENERATOR_WRAPPED_VALUE, 0)?;
    let value = vm.incref(value);
    vm.init_field(made.addr(), WRAPPED, value);
    gc::track(vm, made.addr());
    Ok(made)
}

fn is_wrapped(vm: &Vm, value: &Own) -> bool {
    vm.type_of(value.addr()) == types::ASYNC_GENERATOR_WRAPPED_VALUE
}

/// What one step of the body gave, for an awaitable: `Ok(Ok)` is what the body awaits, `Ok(Err)` the value that
/// it yielded. CPython: `async_gen_unwrap_value`.
fn unwrap(
    vm: &mut Vm,
    generator: Addr,
    step: PyResult<Result<Own, Own>>,
) -> PyResult<Result<Own, Own>> {
    match step {
        Ok(Ok(value)) if is_wrapped(vm, &value) => {
            let inner = vm.incref(vm.field(value.addr(), WRAPPED));
            vm.decref(value);
            set(vm, generator, RUNNING, false);
            return Ok(Err(inner));
        }
        Ok(Ok(value)) => return Ok(Ok(value)),
        Ok(Err(end)) => {
            vm.decref(end);
            raise_end(vm);
        }
        Err(Raised) => {}
    }
    if is_over(vm) {
        set(vm, generator, CLOSED, true);
    }
    set(vm, generator, RUNNING, false);
    Err(Raised)
}

fn raise_end(vm: &mut Vm) {
    if let Ok(end) = super::exception::new_without_args(vm, types::STOP_ASYNC_ITERATION) {
        let _ = vm.raise(end);
    }
}

/// Whether what is being raised says that the generator has ended.
fn is_over(vm: &Vm) -> bool {
    vm.raised_is(types::STOP_ASYNC_ITERATION) || vm.raised_is(types::GENERATOR_EXIT)
}

/// What the hooks of the thread have to be told once, and the finalizer that the generator keeps.
fn init_hooks(vm: &mut Vm, generator: Addr) -> PyResult<()> {
    if has(vm, generator, HOOKS_INITED) {
        return Ok(());
    }
    set(vm, generator, HOOKS_INITED, true);
    if let Some(finalizer) = vm.settings.hooks.finalizer.some() {
        let finalizer = vm.incref(finalizer);
        vm.set_field(generator, ORIGIN, Some(finalizer));
    }
    if let Some(first) = vm.settings.hooks.firstiter.some() {
        let first = vm.incref(first);
        let told = vm.call(first.addr(), &[generator]);
        vm.decref(first);
        let told = told?;
        vm.decref(told);
    }
    Ok(())
}

/// Whether a finalizer was told that the generator goes; it will see to it that the generator ends.
pub fn finalize(vm: &mut Vm, generator: Addr) -> bool {
    let Some(finalizer) = vm.field(generator, ORIGIN).some() else {
        return false;
    };
    if has(vm, generator, CLOSED) {
        return false;
    }
    let finalizer = vm.incref(finalizer);
    match vm.call(finalizer.addr(), &[generator]) {
        Ok(value) => vm.decref(value),
        Err(Raised) => vm.write_unraisable(generator),
    }
    vm.decref(finalizer);
    true
}

/// What goes into `__repr__` and warnings: the method by which an awaitable was made.
fn warn_unawaited(vm: &mut Vm, awaitable: Addr, generator: Addr, method: &str) {
    let name = super::str::to_rust(vm, vm.field(generator, generator::QUALNAME));
    let text = format!("coroutine method '{method}' of '{name}' was never awaited");
    if vm
        .warn_about(types::RUNTIME_WARNING, &text, awaitable)
        .is_err()
    {
        vm.write_unraisable(awaitable);
    }
}

fn iter(vm: &mut Vm, generator: Addr) -> PyResult<Own> {
    Ok(vm.incref(generator))
}

fn next(vm: &mut Vm, generator: Addr) -> PyResult<Own> {
    init_hooks(vm, generator)?;
    asend::new(vm, generator, Addr::NULL)
}

fn get_running(vm: &mut Vm, generator: Addr) -> PyResult<Own> {
    let running = has(vm, generator, RUNNING);
    Ok(vm.bool(running))
}

fn fill(slots: &mut Slots) {
    generator::fill_common(slots);
    slots.am_aiter = Some(iter);
    slots.am_anext = Some(next);
}

/// The type `async_generator`.
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 144,
    itemsize: 8,
    flags: flags::HAVE_GC,
    weaklistoffset: generator::WEAKREFLIST as u32,
    slots: fill,
    methods: &[
        Method::new("asend", "(value, /)", |vm, generator, args| {
            init_hooks(vm, generator)?;
            asend::new(vm, generator, args.get(vm, 0))
        }),
        Method::new(
            "athrow",
            "(typ, val=None, tb=None, /)",
            |vm, generator, args: Args| {
                init_hooks(vm, generator)?;
                athrow::new(vm, generator, Some(args))
            },
        ),
        Method::new("aclose", "()", |vm, generator, _| {
            init_hooks(vm, generator)?;
            athrow::new(vm, generator, None)
        }),
        generator::SIZEOF,
        Method::class("__class_getitem__", "(object, /)", class_getitem::call),
    ],
    getset: &[
        NAME_ROW,
        QUALNAME_ROW,
        GetSet::read("ag_frame", generator::get_frame),
        GetSet::read("ag_await", generator::get_yield_from),
        GetSet::read("ag_running", get_running),
        GetSet::read("ag_code", generator::get_code),
        GetSet::read("ag_suspended", generator::get_suspended),
    ],
    ..TypeSpec::new(types::ASYNC_GENERATOR, "async_generator")
};

/// `async_generator_wrapped_value`, which no program sees.
pub static WRAPPED_SPEC: TypeSpec = TypeSpec {
    basicsize: 24,
    flags: flags::HAVE_GC,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, value| super::iterator::dealloc_fields(vm, value, &[WRAPPED]));
        slots.traverse = Some(|vm, value, visit| {
            super::iterator::visit_fields(vm, value, &[WRAPPED], visit);
        });
    },
    ..TypeSpec::new(
        types::ASYNC_GENERATOR_WRAPPED_VALUE,
        "async_generator_wrapped_value",
    )
};
