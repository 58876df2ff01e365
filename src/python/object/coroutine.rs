//! `coroutine` and the iterator that its `__await__` gives. CPython: `PyCoroObject`, Objects/genobject.c.

use super::generator::{self, CLOSE, NAME_ROW, QUALNAME_ROW, SEND, SIZEOF, THROW};
use super::{GetSet, Method, NONE, TypeSpec, alloc, flags, types};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::slots::Slots;
use crate::python::vm::{Args, PyResult, Vm};

const CORO: u64 = 16;

/// The iterator that `await` uses where it is not itself the coroutine.
pub fn get_await(vm: &mut Vm, coroutine: Addr) -> PyResult<Own> {
    let made = alloc::alloc(vm, types::COROUTINE_WRAPPER, 0)?;
    let inner = vm.incref(coroutine);
    vm.init_field(made.addr(), CORO, inner);
    gc::track(vm, made.addr());
    Ok(made)
}

fn await_method(vm: &mut Vm, coroutine: Addr, _: Args) -> PyResult<Own> {
    get_await(vm, coroutine)
}

fn get_origin(vm: &mut Vm, coroutine: Addr) -> PyResult<Own> {
    let origin = vm
        .field(coroutine, generator::ORIGIN)
        .some()
        .unwrap_or(NONE);
    Ok(vm.incref(origin))
}

fn fill(slots: &mut Slots) {
    generator::fill_common(slots);
    slots.am_await = Some(get_await);
}

/// The type `coroutine`.
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 144,
    itemsize: 8,
    flags: flags::HAVE_GC,
    weaklistoffset: generator::WEAKREFLIST as u32,
    slots: fill,
    methods: &[
        SEND,
        THROW,
        CLOSE,
        Method::new("__await__", "()", await_method),
        SIZEOF,
    ],
    getset: &[
        NAME_ROW,
        QUALNAME_ROW,
        GetSet::read("cr_await", generator::get_yield_from),
        GetSet::read("cr_running", generator::get_running),
        GetSet::read("cr_frame", generator::get_frame),
        GetSet::read("cr_suspended", generator::get_suspended),
        GetSet::read("cr_code", generator::get_code),
        GetSet::read("cr_origin", get_origin),
    ],
    ..TypeSpec::new(types::COROUTINE, "coroutine")
};

fn wrapper_dealloc(vm: &mut Vm, wrapper: Addr) {
    gc::untrack(vm, wrapper);
    let word = vm.word(wrapper, CORO);
    vm.decref_word(word);
    alloc::free(vm, wrapper);
}

fn wrapper_traverse(vm: &Vm, wrapper: Addr, visit: &mut dyn FnMut(Addr)) {
    visit(vm.field(wrapper, CORO));
}

fn wrapper_iter(vm: &mut Vm, wrapper: Addr) -> PyResult<Own> {
    Ok(vm.incref(wrapper))
}

fn wrapper_step(vm: &mut Vm, wrapper: Addr, value: Addr) -> PyResult<Option<Own>> {
    let coroutine = vm.field(wrapper, CORO);
    match generator::send_value(vm, coroutine, value)? {
        Ok(value) => Ok(Some(value)),
        Err(value) => {
            let _ = generator::raise_stop(vm, value);
            Ok(None)
        }
    }
}

fn wrapper_next(vm: &mut Vm, wrapper: Addr) -> PyResult<Option<Own>> {
    wrapper_step(vm, wrapper, NONE)
}

fn wrapper_send(vm: &mut Vm, wrapper: Addr, args: Args) -> PyResult<Own> {
    let value = args.get(vm, 0);
    match wrapper_step(vm, wrapper, value)? {
        Some(value) => Ok(value),
        None => Err(crate::python::vm::Raised),
    }
}

fn wrapper_throw(vm: &mut Vm, wrapper: Addr, args: Args) -> PyResult<Own> {
    let coroutine = vm.field(wrapper, CORO);
    let exception = generator::thrown(vm, args)?;
    match generator::throw_exception(vm, coroutine, exception)? {
        Ok(value) => Ok(value),
        Err(value) => Err(generator::raise_stop(vm, value)),
    }
}

fn wrapper_close(vm: &mut Vm, wrapper: Addr, _: Args) -> PyResult<Own> {
    let coroutine = vm.field(wrapper, CORO);
    generator::close_generator(vm, coroutine)
}

fn wrapper_fill(slots: &mut Slots) {
    slots.dealloc = Some(wrapper_dealloc);
    slots.traverse = Some(wrapper_traverse);
    slots.iter = Some(wrapper_iter);
    slots.iternext = Some(wrapper_next);
}

/// The type `coroutine_wrapper`.
pub static WRAPPER_SPEC: TypeSpec = TypeSpec {
    basicsize: 24,
    flags: flags::HAVE_GC,
    slots: wrapper_fill,
    methods: &[
        Method::new("send", "(arg, /)", wrapper_send),
        Method::new("throw", "(typ, val=None, tb=None, /)", wrapper_throw),
        Method::new("close", "()", wrapper_close),
    ],
    ..TypeSpec::new(types::COROUTINE_WRAPPER, "coroutine_wrapper")
};
