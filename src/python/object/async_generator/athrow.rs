//! `async_generator_athrow`: what `athrow` and `aclose` of an asynchronous generator give to be awaited.
//! CPython: `PyAsyncGenAThrow`, Objects/genobject.c.

use super::asend::finalized;
use super::{CLOSED, DONE, INIT, ITER, RUNNING, has, is_over, is_wrapped, raise_end, set, unwrap};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::slots::Slots;
use crate::python::object::{
    Method, NONE, TypeSpec, alloc, exception, flags, generator, iterator, tuple, types,
};
use crate::python::vm::{Args, PyResult, Raised, Vm};

const GENERATOR: u64 = 16;
/// A tuple of what `athrow` was given; `NULL` for `aclose`.
const ARGS: u64 = 24;
const STATE: u64 = 32;
const FIELDS: &[u64] = &[GENERATOR, ARGS];

/// The awaitable of `athrow(*args)`, or without arguments of `aclose()`.
pub fn new(vm: &mut Vm, generator: Addr, args: Option<Args>) -> PyResult<Own> {
    if let Some(args) = args {
        generator::warn_of_parts(vm, "athrow", args)?;
    }
    let args = args.map(|args| {
        let given: Vec<Addr> = (0..3).map_while(|i| args.opt(vm, i)).collect();
        tuple::new(vm, &given)
    });
    let made = alloc::alloc(vm, types::ASYNC_GENERATOR_ATHROW, 0)?;
    let generator = vm.incref(generator);
    vm.init_field(made.addr(), GENERATOR, generator);
    if let Some(args) = args {
        vm.init_field(made.addr(), ARGS, args);
    }
    gc::track(vm, made.addr());
    Ok(made)
}

fn is_aclose(vm: &Vm, awaitable: Addr) -> bool {
    vm.field(awaitable, ARGS).is_null()
}

fn refuse_reuse(vm: &mut Vm, awaitable: Addr) -> PyResult<()> {
    if vm.word(awaitable, STATE) == DONE {
        return Err(vm.runtime_error("cannot reuse already awaited aclose()/athrow()"));
    }
    Ok(())
}

/// Nobody else may run the generator from the first step on.
fn begin(vm: &mut Vm, awaitable: Addr) -> PyResult<()> {
    let generator = vm.field(awaitable, GENERATOR);
    if has(vm, generator, RUNNING) {
        vm.set_word(awaitable, STATE, DONE);
        let method = ["athrow", "aclose"][usize::from(is_aclose(vm, awaitable))];
        return Err(vm.runtime_error(format!(
            "{method}(): asynchronous generator is already running"
        )));
    }
    vm.set_word(awaitable, STATE, ITER);
    set(vm, generator, RUNNING, true);
    Ok(())
}

/// What `athrow` was told to raise.
fn exception_of(vm: &mut Vm, awaitable: Addr) -> PyResult<Own> {
    match vm.field(awaitable, ARGS).some() {
        Some(args) => {
            let items = tuple::items(vm, args);
            let pushed = vm.push_args(&items, Addr::NULL, 0)?;
            let thrown = generator::thrown_silently(vm, pushed);
            vm.pop_args(pushed);
            thrown
        }
        None => exception::new_without_args(vm, types::GENERATOR_EXIT),
    }
}

fn send(vm: &mut Vm, awaitable: Addr, value: Addr) -> PyResult<Own> {
    let generator = vm.field(awaitable, GENERATOR);
    refuse_reuse(vm, awaitable)?;
    if generator::state(vm, generator) > generator::EXECUTING {
        vm.set_word(awaitable, STATE, DONE);
        let none = vm.none();
        return Err(generator::raise_stop(vm, none));
    }
    let step = if vm.word(awaitable, STATE) == INIT {
        if has(vm, generator, CLOSED) && !has(vm, generator, RUNNING) {
            vm.set_word(awaitable, STATE, DONE);
            raise_end(vm);
            return Err(Raised);
        }
        if value != NONE && !has(vm, generator, RUNNING) {
            return Err(vm.runtime_error("can't send non-None value to a just-started coroutine"));
        }
        begin(vm, awaitable)?;
        if is_aclose(vm, awaitable) {
            set(vm, generator, CLOSED, true);
        }
        let thrown = exception_of(vm, awaitable)?;
        generator::throw_without_closing(vm, generator, thrown)
    } else {
        generator::send_value(vm, generator, value)
    };
    end(vm, awaitable, step)
}

/// Passes a step on. A generator that yields once more though it was told to end is an error; one that ends is
/// what `aclose` waited for.
fn end(vm: &mut Vm, awaitable: Addr, step: PyResult<Result<Own, Own>>) -> PyResult<Own> {
    let generator = vm.field(awaitable, GENERATOR);
    if !is_aclose(vm, awaitable) {
        match unwrap(vm, generator, step) {
            Ok(Ok(value)) => return Ok(value),
            Ok(Err(value)) => {
                vm.set_word(awaitable, STATE, DONE);
                return Err(generator::raise_stop(vm, value));
            }
            Err(Raised) => vm.set_word(awaitable, STATE, DONE),
        }
        return Err(Raised);
    }
    match step {
        Ok(Ok(value)) if !is_wrapped(vm, &value) => return Ok(value),
        Ok(Ok(value)) => {
            vm.decref(value);
            let _ = vm.runtime_error("async generator ignored GeneratorExit");
        }
        Ok(Err(value)) => {
            vm.decref(value);
            raise_end(vm);
        }
        Err(Raised) => {}
    }
    set(vm, generator, RUNNING, false);
    vm.set_word(awaitable, STATE, DONE);
    if is_over(vm) {
        vm.clear_raised();
        let none = vm.none();
        return Err(generator::raise_stop(vm, none));
    }
    Err(Raised)
}

fn throw(vm: &mut Vm, awaitable: Addr, args: Args) -> PyResult<Own> {
    refuse_reuse(vm, awaitable)?;
    if vm.word(awaitable, STATE) == INIT {
        begin(vm, awaitable)?;
    }
    let thrown = generator::thrown(vm, args)?;
    let step = generator::throw_exception(vm, vm.field(awaitable, GENERATOR), thrown);
    end(vm, awaitable, step)
}

fn close(vm: &mut Vm, awaitable: Addr, _: Args) -> PyResult<Own> {
    if vm.word(awaitable, STATE) == DONE {
        return Ok(vm.none());
    }
    if vm.word(awaitable, STATE) == INIT {
        begin(vm, awaitable)?;
    }
    let thrown = exception::new_without_args(vm, types::GENERATOR_EXIT)?;
    let step = generator::throw_exception(vm, vm.field(awaitable, GENERATOR), thrown);
    match end(vm, awaitable, step) {
        Ok(value) => {
            vm.decref(value);
            Err(vm.runtime_error("coroutine ignored GeneratorExit"))
        }
        Err(Raised) if is_over(vm) || vm.raised_is(types::STOP_ITERATION) => {
            vm.clear_raised();
            Ok(vm.none())
        }
        Err(raised) => Err(raised),
    }
}

fn finalize(vm: &mut Vm, awaitable: Addr) {
    if vm.word(awaitable, STATE) == INIT && vm.profile.agen_methods_warn {
        let raised = vm.raised.take();
        let method = ["athrow", "aclose"][usize::from(is_aclose(vm, awaitable))];
        super::warn_unawaited(vm, awaitable, vm.field(awaitable, GENERATOR), method);
        let newer = std::mem::replace(&mut vm.raised, raised);
        vm.xdecref(newer);
    }
}

/// `async_generator_athrow`
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
        slots.iternext = Some(|vm, awaitable| send(vm, awaitable, NONE).map(Some));
    },
    methods: &[
        Method::new("send", "(arg, /)", |vm, awaitable, args| {
            send(vm, awaitable, args.get(vm, 0))
        }),
        Method::new("throw", "(typ, val=None, tb=None, /)", throw),
        Method::new("close", "()", close),
    ],
    ..TypeSpec::new(types::ASYNC_GENERATOR_ATHROW, "async_generator_athrow")
};
