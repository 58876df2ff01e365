//! A step of a task: the coroutine runs until it waits for something, or ends. CPython: `task_step_impl`,
//! `task_step_handle_result_impl`, `task_wakeup`, Modules/_asynciomodule.c.

use super::future::{self, BLOCKING, CANCEL_MSG, CANCELLED_EXC, PENDING};
use super::task::{CONTEXT, CORO, MUST_CANCEL, WAITER, has, set};
use super::{call_named, call_soon, enter, invalid_state, is_cancelled_error, leave};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::slots::Slots;
use crate::python::object::{
    GetSet, Method, NONE, TypeSpec, alloc, builtin_function, flags, generator, iterator, str, types,
};
use crate::python::vm::{Args, PyResult, Raised, Vm};

const STEP_TASK: u64 = 16;
const STEP_EXCEPTION: u64 = 24;
const STEP_FIELDS: &[u64] = &[STEP_TASK, STEP_EXCEPTION];

/// Has the loop take a step of the task in its next turn, into which the exception is thrown if there is one.
pub fn step_soon(vm: &mut Vm, task: Addr, exception: Option<Addr>) -> PyResult<()> {
    let wrapper = alloc::alloc(vm, types::TASK_STEP, 0)?;
    let kept = vm.incref(task);
    vm.init_field(wrapper.addr(), STEP_TASK, kept);
    if let Some(exception) = exception {
        let exception = vm.incref(exception);
        vm.init_field(wrapper.addr(), STEP_EXCEPTION, exception);
    }
    gc::track(vm, wrapper.addr());
    let event_loop = vm.field(task, future::LOOP);
    let context = vm.field(task, CONTEXT);
    let asked = call_soon(vm, event_loop, wrapper.addr(), None, context);
    vm.decref(wrapper);
    asked
}

/// The same with an error that says what the coroutine did wrong.
fn error_soon(vm: &mut Vm, task: Addr, text: String) -> PyResult<()> {
    let text = str::new(vm, &text);
    let error = vm.call(types::RUNTIME_ERROR, &[text.addr()])?;
    vm.decref(text);
    let asked = step_soon(vm, task, Some(error.addr()));
    vm.decref(error);
    asked
}

/// A step, while the task is the one that runs in its loop.
fn step(vm: &mut Vm, task: Addr, exception: Option<Own>) -> PyResult<()> {
    let event_loop = vm.field(task, future::LOOP);
    if let Err(Raised) = enter(vm, event_loop, task) {
        vm.xdecref(exception);
        return Err(Raised);
    }
    let stepped = step_inside(vm, task, exception);
    let raised = vm.raised.take();
    let left = leave(vm, event_loop, task);
    if stepped.is_err() {
        vm.clear_raised();
        vm.raised = raised;
        return Err(Raised);
    }
    left
}

/// A step alone.
pub fn step_inside(vm: &mut Vm, task: Addr, exception: Option<Own>) -> PyResult<()> {
    if future::state(vm, task) != PENDING {
        let shown = vm.repr_text(task)?;
        let what = match &exception {
            Some(exception) => vm.repr_text(exception.addr())?,
            None => String::new(),
        };
        vm.xdecref(exception);
        return Err(invalid_state(
            vm,
            &format!("__step(): already done: {shown} {what}"),
        ));
    }
    let exception = match has(vm, task, MUST_CANCEL) {
        true => Some(cancellation(vm, task, exception)?),
        false => exception,
    };
    vm.set_field(task, WAITER, None);
    let Some(coro) = vm.field(task, CORO).some() else {
        vm.xdecref(exception);
        return Err(vm.runtime_error("uninitialized Task object"));
    };
    let coro = vm.incref(coro);
    let result = match exception {
        None => vm.send(coro.addr(), NONE),
        Some(exception) => throw(vm, coro.addr(), exception),
    };
    vm.decref(coro);
    match result {
        Ok(Ok(yielded)) => {
            let handled = wait_for(vm, task, yielded.addr());
            vm.decref(yielded);
            handled
        }
        Ok(Err(value)) => {
            let ended = finish(vm, task, value.addr());
            vm.decref(value);
            ended
        }
        Err(Raised) => fail(vm, task),
    }
}

/// The `CancelledError` that a cancelled task is to raise; one that it was to raise anyway serves.
fn cancellation(vm: &mut Vm, task: Addr, exception: Option<Own>) -> PyResult<Own> {
    set(vm, task, MUST_CANCEL, false);
    if let Some(exception) = exception {
        let class = super::from_module(vm, "asyncio.exceptions", "CancelledError")?;
        let is_one = vm.exception_matches(exception.addr(), class.addr());
        vm.decref(class);
        if is_one {
            return Ok(exception);
        }
        vm.decref(exception);
    }
    future::cancelled_error(vm, task)
}

/// `coro.throw(exception)`; `Ok(Err)` is the coroutine's result.
fn throw(vm: &mut Vm, coro: Addr, exception: Own) -> PyResult<Result<Own, Own>> {
    let result = match vm.type_of(coro) {
        types::COROUTINE | types::GENERATOR
            if generator::state(vm, coro) < generator::EXECUTING =>
        {
            return generator::throw_exception(vm, coro, exception);
        }
        _ => vm.call_method(coro, vm.names.throw, &[exception.addr()]),
    };
    vm.decref(exception);
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(Raised) if vm.raised_is(types::STOP_ITERATION) => Ok(Err(vm.take_stop_value())),
        Err(raised) => Err(raised),
    }
}

/// The coroutine returned.
fn finish(vm: &mut Vm, task: Addr, value: Addr) -> PyResult<()> {
    if !has(vm, task, MUST_CANCEL) {
        return future::set_result(vm, task, value);
    }
    // It was cancelled just before it stopped.
    set(vm, task, MUST_CANCEL, false);
    let message = vm.field(task, CANCEL_MSG).some();
    let message = message.map(|message| vm.incref(message));
    let cancelled = future::cancel(vm, task, message.as_ref().map(Own::addr));
    vm.xdecref(message);
    cancelled?;
    Ok(())
}

/// The coroutine raised.
fn fail(vm: &mut Vm, task: Addr) -> PyResult<()> {
    if vm.stop.is_some() {
        return Err(Raised);
    }
    let is_cancelled = is_cancelled_error(vm)?;
    let Some(exception) = vm.take_raised() else {
        return Err(Raised);
    };
    if is_cancelled {
        vm.set_field(task, CANCELLED_EXC, Some(exception));
        future::cancel(vm, task, None)?;
        return Ok(());
    }
    future::set_exception(vm, task, exception.addr())?;
    let ends_the_loop = [types::KEYBOARD_INTERRUPT, types::SYSTEM_EXIT]
        .into_iter()
        .any(|class| vm.type_check(exception.addr(), class));
    if ends_the_loop {
        // The loop is told too: what raised it goes on.
        vm.raised = Some(exception);
        return Err(Raised);
    }
    vm.decref(exception);
    Ok(())
}

/// The coroutine waits for what it yielded.
fn wait_for(vm: &mut Vm, task: Addr, yielded: Addr) -> PyResult<()> {
    if yielded == task {
        let shown = vm.repr_text(task)?;
        return error_soon(vm, task, format!("Task cannot await on itself: {shown}"));
    }
    if future::is_exact(vm, yielded) {
        if vm.field(yielded, future::LOOP) != vm.field(task, future::LOOP) {
            return different_loop(vm, task, yielded);
        }
        if !future::has(vm, yielded, BLOCKING) {
            return not_awaited(vm, task, yielded);
        }
        future::set(vm, yielded, BLOCKING, false);
        let wakeup = builtin_function::new(vm, vm.asyncio.wakeup_row, task, Addr::NULL)?;
        let context = vm.field(task, CONTEXT);
        let added = future::add_done_callback(vm, yielded, wakeup.addr(), context);
        vm.decref(wakeup);
        added?;
        return wait_on(vm, task, yielded);
    }
    if yielded == NONE {
        return step_soon(vm, task, None);
    }
    let blocking = {
        let name = str::intern(vm, "_asyncio_future_blocking");
        let found = vm.get_attr_opt(yielded, name.addr());
        vm.decref(name);
        found?
    };
    if let Some(blocking) = blocking.filter(|blocking| blocking.addr() != NONE) {
        return wait_for_any(vm, task, yielded, blocking);
    }
    let shown = vm.repr_text(yielded)?;
    let text = if vm.type_of(yielded) == types::GENERATOR {
        let task = vm.repr_text(task)?;
        format!("yield was used instead of yield from for generator in task {task} with {shown}")
    } else {
        format!("Task got bad yield: {shown}")
    };
    error_soon(vm, task, text)
}

/// The same for what looks like a future.
fn wait_for_any(vm: &mut Vm, task: Addr, yielded: Addr, blocking: Own) -> PyResult<()> {
    let event_loop = super::call_method(vm, yielded, "get_loop", &[])?;
    let is_same = event_loop.addr() == vm.field(task, future::LOOP);
    vm.decref(event_loop);
    let is_blocking = vm.is_true(blocking.addr())?;
    vm.decref(blocking);
    if !is_same {
        return different_loop(vm, task, yielded);
    }
    if !is_blocking {
        return not_awaited(vm, task, yielded);
    }
    vm.set_attr_name(
        yielded,
        "_asyncio_future_blocking",
        crate::python::object::FALSE,
    )?;
    let wakeup = builtin_function::new(vm, vm.asyncio.wakeup_row, task, Addr::NULL)?;
    let context = vm.field(task, CONTEXT);
    let positional = [wakeup.addr()];
    let added = call_named(
        vm,
        yielded,
        "add_done_callback",
        &positional,
        ("context", context),
    );
    vm.decref(wakeup);
    let added = added?;
    vm.decref(added);
    wait_on(vm, task, yielded)
}

fn wait_on(vm: &mut Vm, task: Addr, yielded: Addr) -> PyResult<()> {
    let waiter = vm.incref(yielded);
    vm.set_field(task, WAITER, Some(waiter));
    if has(vm, task, MUST_CANCEL) {
        let message = vm.field(task, CANCEL_MSG).some();
        if future::cancel_any(vm, yielded, message)? {
            set(vm, task, MUST_CANCEL, false);
        }
    }
    Ok(())
}

fn different_loop(vm: &mut Vm, task: Addr, yielded: Addr) -> PyResult<()> {
    let (shown, other) = (vm.repr_text(task)?, vm.repr_text(yielded)?);
    let text = format!("Task {shown} got Future {other} attached to a different loop");
    error_soon(vm, task, text)
}

fn not_awaited(vm: &mut Vm, task: Addr, yielded: Addr) -> PyResult<()> {
    let (shown, other) = (vm.repr_text(task)?, vm.repr_text(yielded)?);
    let text = format!("yield was used instead of yield from in task {shown} with {other}");
    error_soon(vm, task, text)
}

/// What a future calls that a task waits for: the task goes on.
fn wakeup(vm: &mut Vm, task: Addr, args: Args) -> PyResult<Own> {
    let waited = args.get(vm, 0);
    let result = if future::is_exact(vm, waited) {
        future::result(vm, waited)
    } else {
        super::call_method(vm, waited, "result", &[]).map(future::Result::Value)
    };
    let exception = match result {
        Ok(future::Result::Value(value)) => {
            vm.decref(value);
            None
        }
        Ok(future::Result::Exception(exception)) => Some(exception),
        Err(Raised) => match vm.take_raised() {
            Some(exception) => Some(exception),
            None => return Err(Raised),
        },
    };
    step(vm, task, exception)?;
    Ok(vm.none())
}

/// `task_wakeup`, bound to a task.
pub static WAKEUP: Method = Method::new("task_wakeup", "(fut, /)", wakeup);

/// `TaskStepMethWrapper`: what the loop calls for a step.
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 32,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, wrapper| iterator::dealloc_fields(vm, wrapper, STEP_FIELDS));
        slots.traverse = Some(|vm, wrapper, visit| {
            iterator::visit_fields(vm, wrapper, STEP_FIELDS, visit);
        });
        slots.clear = Some(|vm, wrapper| iterator::clear_fields(vm, wrapper, STEP_FIELDS));
        slots.call = Some(|vm, wrapper, args| {
            if !args.is_empty() || args.keyword_count() > 0 {
                return Err(vm.type_error("function takes no positional arguments"));
            }
            let exception = vm.field(wrapper, STEP_EXCEPTION).some();
            let exception = exception.map(|exception| vm.incref(exception));
            step(vm, vm.field(wrapper, STEP_TASK), exception)?;
            Ok(vm.none())
        });
    },
    getset: &[
        GetSet::read("__self__", |vm, wrapper| {
            let task = vm.field(wrapper, STEP_TASK).some().unwrap_or(NONE);
            Ok(vm.incref(task))
        }),
        GetSet::read("__qualname__", |vm, wrapper| {
            let coro = vm.field(vm.field(wrapper, STEP_TASK), CORO);
            let coro = coro.some().unwrap_or(NONE);
            vm.get_attr(coro, vm.names.__qualname__)
        }),
    ],
    ..TypeSpec::new(types::TASK_STEP, "_asyncio.TaskStepMethWrapper")
};
