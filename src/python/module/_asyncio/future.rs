//! `_asyncio.Future`: a result that will be there. CPython: `FutureObj`, Modules/_asynciomodule.c.
//!
//! ```text
//! 16 loop        24 callback0   32 context0   40 callbacks (list)   48 exception   56 exception_tb
//! 64 result      72 source_tb   80 cancel_msg 88 cancelled_exc      96 flags       104 dict   112 weakrefs
//! ```
//!
//! Most futures have one callback, which lies in the object; a list holds the others.

use super::{call_method, call_module, call_named, call_soon, from_module, invalid_state};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::slots::Slots;
use crate::python::object::{
    GetSet, Method, NONE, TRUE, TypeSpec, class_getitem, dict, exception, flags, int, iterator,
    list, object, str, tuple, r#type, types, weakref,
};
use crate::python::vm::{Args, PyResult, Raised, Vm};

/// `fut_loop`
pub const LOOP: u64 = 16;
const CALLBACK: u64 = 24;
const CONTEXT: u64 = 32;
const CALLBACKS: u64 = 40;
const EXCEPTION: u64 = 48;
const EXCEPTION_TB: u64 = 56;
const RESULT: u64 = 64;
const SOURCE_TB: u64 = 72;
/// `fut_cancel_msg`
pub const CANCEL_MSG: u64 = 80;
/// `fut_cancelled_exc`
pub const CANCELLED_EXC: u64 = 88;
const FLAGS: u64 = 96;
/// Where instances have their `__dict__`.
pub const DICT: u64 = 104;
/// Where the list of weak references begins.
pub const WEAKREFS: u64 = 112;

/// Everything that a future refers to, in the order of CPython's `FutureObj_clear`.
pub const FIELDS: &[u64] = &[
    LOOP,
    CALLBACK,
    CONTEXT,
    CALLBACKS,
    RESULT,
    EXCEPTION,
    EXCEPTION_TB,
    SOURCE_TB,
    CANCEL_MSG,
    CANCELLED_EXC,
    DICT,
];

const STATE: u64 = 3;
/// No result yet.
pub const PENDING: u64 = 0;
/// `cancel` came first.
pub const CANCELLED: u64 = 1;
/// There is a result or an exception.
pub const FINISHED: u64 = 2;
/// `fut_log_tb`: nobody looked at the exception.
pub const LOG_TB: u64 = 1 << 2;
/// `fut_blocking`: somebody awaits it.
pub const BLOCKING: u64 = 1 << 3;

/// What became of a future.
pub enum Result {
    /// The value.
    Value(Own),
    /// The exception, not raised.
    Exception(Own),
}

/// The state of a future.
pub fn state(vm: &Vm, future: Addr) -> u64 {
    vm.word(future, FLAGS) & STATE
}

fn set_state(vm: &mut Vm, future: Addr, state: u64) {
    let word = vm.word(future, FLAGS) & !STATE | state;
    vm.set_word(future, FLAGS, word);
}

/// Whether a flag is set.
pub fn has(vm: &Vm, future: Addr, flag: u64) -> bool {
    vm.word(future, FLAGS) & flag != 0
}

/// Sets a flag or takes it away.
pub fn set(vm: &mut Vm, future: Addr, flag: u64, on: bool) {
    let word = vm.word(future, FLAGS);
    let word = if on { word | flag } else { word & !flag };
    vm.set_word(future, FLAGS, word);
}

/// Whether it is a `Future` or `Task` and no subclass's instance.
pub fn is_exact(vm: &Vm, object: Addr) -> bool {
    matches!(vm.type_of(object), types::FUTURE | types::TASK)
}

/// `Future.__init__`
pub fn init(vm: &mut Vm, future: Addr, event_loop: Option<Addr>) -> PyResult<()> {
    for field in FIELDS.iter().filter(|field| **field != DICT) {
        vm.set_field(future, *field, None);
    }
    vm.set_word(future, FLAGS, PENDING);
    let event_loop = match event_loop.filter(|event_loop| *event_loop != NONE) {
        Some(event_loop) => vm.incref(event_loop),
        None => super::current_loop(vm)?,
    };
    vm.set_field(future, LOOP, Some(event_loop));
    let debug = call_method(vm, vm.field(future, LOOP), "get_debug", &[])?;
    let is_debug = vm.is_true(debug.addr())?;
    vm.decref(debug);
    if is_debug {
        let stack = call_module(vm, "asyncio.format_helpers", "extract_stack", &[])?;
        vm.set_field(future, SOURCE_TB, Some(stack));
    }
    Ok(())
}

/// The loop, where `__init__` has run.
pub fn event_loop(vm: &mut Vm, future: Addr) -> PyResult<Addr> {
    match vm.field(future, LOOP).some() {
        Some(event_loop) => Ok(event_loop),
        None if vm.is_subtype(vm.type_of(future), types::TASK) => {
            Err(vm.runtime_error("Task object is not initialized."))
        }
        None => Err(vm.runtime_error("Future object is not initialized.")),
    }
}

/// Has the loop call all callbacks soon, and forgets them.
fn schedule_callbacks(vm: &mut Vm, future: Addr) -> PyResult<()> {
    let event_loop = vm.field(future, LOOP);
    let callback = vm.replace_field(future, CALLBACK, None);
    let context = vm.replace_field(future, CONTEXT, None);
    if let (Some(callback), Some(context)) = (callback, context) {
        let called = call_soon(
            vm,
            event_loop,
            callback.addr(),
            Some(future),
            context.addr(),
        );
        vm.decref(callback);
        vm.decref(context);
        called?;
    }
    let Some(callbacks) = vm.replace_field(future, CALLBACKS, None) else {
        return Ok(());
    };
    for pair in list::items(vm, callbacks.addr()) {
        let (callback, context) = (tuple::item(vm, pair, 0), tuple::item(vm, pair, 1));
        call_soon(vm, event_loop, callback, Some(future), context)?;
    }
    vm.decref(callbacks);
    Ok(())
}

/// `future.add_done_callback(callback, context=context)`
pub fn add_done_callback(vm: &mut Vm, future: Addr, callback: Addr, context: Addr) -> PyResult<()> {
    let event_loop = event_loop(vm, future)?;
    if state(vm, future) != PENDING {
        return call_soon(vm, event_loop, callback, Some(future), context);
    }
    let list = vm.field(future, CALLBACKS);
    if vm.field(future, CALLBACK).is_null() && list.is_null() {
        let (callback, context) = (vm.incref(callback), vm.incref(context));
        vm.init_field(future, CALLBACK, callback);
        vm.init_field(future, CONTEXT, context);
        return Ok(());
    }
    let pair = tuple::new(vm, &[callback, context]);
    if list.is_null() {
        let list = list::from_owned(vm, vec![pair])?;
        vm.init_field(future, CALLBACKS, list);
        return Ok(());
    }
    list::append(vm, list, pair)
}

/// The future has this result from now on.
pub fn set_result(vm: &mut Vm, future: Addr, result: Addr) -> PyResult<()> {
    event_loop(vm, future)?;
    if state(vm, future) != PENDING {
        return Err(invalid_state(vm, "invalid state"));
    }
    let result = vm.incref(result);
    vm.set_field(future, RESULT, Some(result));
    set_state(vm, future, FINISHED);
    schedule_callbacks(vm, future)
}

/// The future ends with this exception, an instance or a class.
pub fn set_exception(vm: &mut Vm, future: Addr, exception: Addr) -> PyResult<()> {
    event_loop(vm, future)?;
    if state(vm, future) != PENDING {
        return Err(invalid_state(vm, "invalid state"));
    }
    let exception = match vm.is_exception_class(exception) {
        true => vm.call(exception, &[])?,
        false => vm.incref(exception),
    };
    if !vm.has_flag(exception.addr(), flags::BASE_EXC_SUBCLASS) {
        return Err(vm.type_error("invalid exception object"));
    }
    let exception = match vm.type_check(exception.addr(), types::STOP_ITERATION) {
        true => around_stop_iteration(vm, exception)?,
        false => exception,
    };
    let traceback = vm.field(exception.addr(), exception::offsets::TRACEBACK);
    let traceback = traceback.some().map(|traceback| vm.incref(traceback));
    vm.set_field(future, EXCEPTION, Some(exception));
    vm.set_field(future, EXCEPTION_TB, traceback);
    set_state(vm, future, FINISHED);
    schedule_callbacks(vm, future)?;
    set(vm, future, LOG_TB, true);
    Ok(())
}

/// A future cannot raise `StopIteration`: from 3.12 on the exception becomes another's cause.
fn around_stop_iteration(vm: &mut Vm, stop: Own) -> PyResult<Own> {
    const TEXT: &str =
        "StopIteration interacts badly with generators and cannot be raised into a Future";
    if !vm.profile.futures_wrap_stop_iteration {
        return Err(vm.type_error(TEXT));
    }
    let text = str::new(vm, TEXT);
    let error = exception::new(vm, types::RUNTIME_ERROR, text)?;
    let again = vm.incref(stop.addr());
    vm.set_field(error.addr(), exception::offsets::CAUSE, Some(again));
    vm.set_field(error.addr(), exception::offsets::CONTEXT, Some(stop));
    Ok(error)
}

/// The `CancelledError` of a future that was cancelled.
pub fn cancelled_error(vm: &mut Vm, future: Addr) -> PyResult<Own> {
    if let Some(error) = vm.replace_field(future, CANCELLED_EXC, None) {
        return Ok(error);
    }
    let class = from_module(vm, "asyncio.exceptions", "CancelledError")?;
    let message = vm.field(future, CANCEL_MSG).some();
    let error = match message.filter(|message| *message != NONE) {
        Some(message) => vm.call(class.addr(), &[message]),
        None => vm.call(class.addr(), &[]),
    };
    vm.decref(class);
    error
}

/// What became of the future; raises where it was cancelled or has no result yet. CPython: `future_get_result`.
pub fn result(vm: &mut Vm, future: Addr) -> PyResult<Result> {
    match state(vm, future) {
        CANCELLED => {
            let error = cancelled_error(vm, future)?;
            return Err(vm.raise(error));
        }
        PENDING => return Err(invalid_state(vm, "Result is not set.")),
        _ => {}
    }
    set(vm, future, LOG_TB, false);
    if let Some(exception) = vm.field(future, EXCEPTION).some() {
        let exception = vm.incref(exception);
        if vm.profile.results_reset_traceback {
            let traceback = vm.replace_field(future, EXCEPTION_TB, None);
            vm.set_field(exception.addr(), exception::offsets::TRACEBACK, traceback);
        }
        return Ok(Result::Exception(exception));
    }
    let value = vm.field(future, RESULT);
    Ok(Result::Value(vm.incref(value.some().unwrap_or(NONE))))
}

/// [`result`], with the exception raised.
pub fn result_raising(vm: &mut Vm, future: Addr) -> PyResult<Own> {
    match result(vm, future)? {
        Result::Value(value) => Ok(value),
        Result::Exception(exception) => Err(vm.raise(exception)),
    }
}

/// `Future.cancel(msg)`: whether it was pending.
pub fn cancel(vm: &mut Vm, future: Addr, message: Option<Addr>) -> PyResult<bool> {
    set(vm, future, LOG_TB, false);
    if state(vm, future) != PENDING {
        return Ok(false);
    }
    set_state(vm, future, CANCELLED);
    let message = message.map(|message| vm.incref(message));
    vm.set_field(future, CANCEL_MSG, message);
    schedule_callbacks(vm, future)?;
    Ok(true)
}

fn result_method(vm: &mut Vm, future: Addr, _: Args) -> PyResult<Own> {
    // Without `__init__` there is no loop, and no result.
    if vm.field(future, LOOP).is_null() {
        return Err(invalid_state(vm, "Future object is not initialized."));
    }
    result_raising(vm, future)
}

fn exception_method(vm: &mut Vm, future: Addr, _: Args) -> PyResult<Own> {
    event_loop(vm, future)?;
    match state(vm, future) {
        CANCELLED => {
            let error = cancelled_error(vm, future)?;
            return Err(vm.raise(error));
        }
        PENDING => return Err(invalid_state(vm, "Exception is not set.")),
        _ => {}
    }
    let exception = vm.field(future, EXCEPTION).some().unwrap_or(NONE);
    if exception != NONE {
        set(vm, future, LOG_TB, false);
    }
    Ok(vm.incref(exception))
}

fn add_done_callback_method(vm: &mut Vm, future: Addr, args: Args) -> PyResult<Own> {
    let context = match args.opt(vm, 1) {
        Some(context) => vm.incref(context),
        None => super::super::_contextvars::copy_current(vm)?,
    };
    let added = add_done_callback(vm, future, args.get(vm, 0), context.addr());
    vm.decref(context);
    added?;
    Ok(vm.none())
}

fn remove_done_callback(vm: &mut Vm, future: Addr, args: Args) -> PyResult<Own> {
    event_loop(vm, future)?;
    let wanted = args.get(vm, 0);
    let mut removed = 0;
    if let Some(callback) = vm.field(future, CALLBACK).some()
        && vm.equal(callback, wanted)?
    {
        vm.set_field(future, CALLBACK, None);
        vm.set_field(future, CONTEXT, None);
        removed += 1;
    }
    if let Some(callbacks) = vm.replace_field(future, CALLBACKS, None) {
        let mut kept = Vec::new();
        for pair in list::items(vm, callbacks.addr()) {
            if vm.equal(tuple::item(vm, pair, 0), wanted)? {
                removed += 1;
            } else {
                kept.push(vm.incref(pair));
            }
        }
        if !kept.is_empty() {
            let kept = list::from_owned(vm, kept)?;
            vm.set_field(future, CALLBACKS, Some(kept));
        }
        vm.decref(callbacks);
    }
    Ok(int::new(vm, removed))
}

fn get_callbacks(vm: &mut Vm, future: Addr) -> PyResult<Own> {
    let callback = vm.field(future, CALLBACK);
    let callbacks = vm.field(future, CALLBACKS);
    if callback.is_null() {
        return Ok(vm.incref(callbacks.some().unwrap_or(NONE)));
    }
    let context = vm.field(future, CONTEXT);
    let mut all = vec![tuple::new(vm, &[callback, context])];
    if let Some(callbacks) = callbacks.some() {
        for pair in list::items(vm, callbacks) {
            all.push(vm.incref(pair));
        }
    }
    list::from_owned(vm, all)
}

fn get_state(vm: &mut Vm, future: Addr) -> PyResult<Own> {
    let name = match state(vm, future) {
        PENDING => "PENDING",
        CANCELLED => "CANCELLED",
        _ => "FINISHED",
    };
    Ok(str::intern(vm, name))
}

/// A field as an attribute, `None` where there is nothing.
macro_rules! field {
    ($name:literal, $offset:expr) => {
        GetSet::read($name, |vm, future| {
            let value = vm.field(future, $offset).some().unwrap_or(NONE);
            Ok(vm.incref(value))
        })
    };
}

fn set_flag(vm: &mut Vm, future: Addr, flag: u64, value: Option<Addr>) -> PyResult<()> {
    let Some(value) = value else {
        return Err(vm.attribute_error_text("cannot delete attribute"));
    };
    let on = vm.is_true(value)?;
    set(vm, future, flag, on);
    Ok(())
}

/// The attributes of futures, which tasks have too.
pub static GETSET: [GetSet; 9] = [
    GetSet::read("_state", get_state),
    GetSet::write(
        "_asyncio_future_blocking",
        |vm, future| {
            let blocking = has(vm, future, BLOCKING);
            Ok(vm.bool(blocking))
        },
        |vm, future, _, value| set_flag(vm, future, BLOCKING, value),
    ),
    field!("_loop", LOOP),
    GetSet::read("_callbacks", get_callbacks),
    field!("_result", RESULT),
    field!("_exception", EXCEPTION),
    GetSet::write(
        "_log_traceback",
        |vm, future| {
            let logs = has(vm, future, LOG_TB);
            Ok(vm.bool(logs))
        },
        |vm, future, _, value| {
            if value == Some(TRUE) {
                return Err(vm.value_error("_log_traceback can only be set to False"));
            }
            set_flag(vm, future, LOG_TB, value)
        },
    ),
    field!("_source_traceback", SOURCE_TB),
    GetSet::write(
        "_cancel_message",
        |vm, future| {
            let message = vm.field(future, CANCEL_MSG).some().unwrap_or(NONE);
            Ok(vm.incref(message))
        },
        |vm, future, _, value| {
            let value = value.map(|value| vm.incref(value));
            vm.set_field(future, CANCEL_MSG, value);
            Ok(())
        },
    ),
];

fn repr(vm: &mut Vm, future: Addr) -> PyResult<Own> {
    call_module(vm, "asyncio.base_futures", "_future_repr", &[future])
}

/// Tells the loop's handler about something that happened to a future: a dict of what is known.
pub fn tell_handler(
    vm: &mut Vm,
    future: Addr,
    message: &str,
    key: &str,
    exception: Addr,
) -> PyResult<()> {
    let context = dict::new(vm);
    let message = str::new(vm, message);
    dict::set_name(vm, context.addr(), "message", message);
    for (name, value) in [
        ("exception", exception),
        (key, future),
        ("source_traceback", vm.field(future, SOURCE_TB)),
    ] {
        if let Some(value) = value.some() {
            let value = vm.incref(value);
            dict::set_name(vm, context.addr(), name, value);
        }
    }
    let event_loop = vm.field(future, LOOP);
    let told = call_method(vm, event_loop, "call_exception_handler", &[context.addr()]);
    vm.decref(context);
    let told = told?;
    vm.decref(told);
    Ok(())
}

/// `Future.__del__`: an exception that nobody looked at is told.
pub fn finalize(vm: &mut Vm, future: Addr) {
    if !has(vm, future, LOG_TB) {
        return;
    }
    set(vm, future, LOG_TB, false);
    let raised = vm.raised.take();
    let name = vm.type_data(vm.type_of(future)).name.to_string();
    let exception = vm.field(future, EXCEPTION);
    let message = format!("{name} exception was never retrieved");
    if let Err(Raised) = tell_handler(vm, future, &message, "future", exception) {
        let event_loop = vm.field(future, LOOP);
        vm.write_unraisable(event_loop);
    }
    let newer = std::mem::replace(&mut vm.raised, raised);
    vm.xdecref(newer);
}

/// Frees a future or task whose references are in these fields.
pub fn dealloc(vm: &mut Vm, future: Addr, exact: Addr, fields: &[u64]) {
    // An instance of a subclass has been finalized already.
    if vm.type_of(future) == exact {
        gc::untrack(vm, future);
        gc::track(vm, future);
        if !r#type::call_finalizer(vm, future) {
            return;
        }
    }
    weakref::clear_refs(vm, future);
    iterator::dealloc_fields(vm, future, fields);
}

/// The iterator that `await` uses.
pub fn get_await(vm: &mut Vm, future: Addr) -> PyResult<Own> {
    event_loop(vm, future)?;
    super::future_iter::new(vm, future)
}

/// `_asyncio.Future`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 120,
    dictoffset: DICT as u32,
    weaklistoffset: WEAKREFS as u32,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, future| dealloc(vm, future, types::FUTURE, FIELDS));
        slots.finalize = Some(finalize);
        slots.traverse =
            Some(|vm, future, visit| iterator::visit_fields(vm, future, FIELDS, visit));
        slots.clear = Some(|vm, future| iterator::clear_fields(vm, future, FIELDS));
        slots.repr = Some(repr);
        slots.iter = Some(get_await);
        slots.am_await = Some(get_await);
        slots.new = Some(|vm, class, _| object::generic_alloc(vm, class, 0));
        slots.init = Some(|vm, future, args| {
            let [event_loop] = args.bind(vm, "Future", "(*, loop=None)")?;
            init(vm, future, event_loop.some())
        });
    },
    methods: &[
        Method::new("result", "()", result_method),
        Method::new("exception", "()", exception_method),
        Method::new("set_result", "(result, /)", |vm, future, args| {
            set_result(vm, future, args.get(vm, 0))?;
            Ok(vm.none())
        }),
        Method::new("set_exception", "(exception, /)", |vm, future, args| {
            set_exception(vm, future, args.get(vm, 0))?;
            Ok(vm.none())
        }),
        ADD_DONE_CALLBACK,
        REMOVE_DONE_CALLBACK,
        Method::new("cancel", "(msg=None)", |vm, future, args| {
            event_loop(vm, future)?;
            let done = cancel(vm, future, args.opt(vm, 0))?;
            Ok(vm.bool(done))
        }),
        CANCELLED_METHOD,
        DONE_METHOD,
        GET_LOOP,
        MAKE_CANCELLED_ERROR,
        Method::class("__class_getitem__", "(object, /)", class_getitem::call),
    ],
    getset: &GETSET,
    ..TypeSpec::new(types::FUTURE, "_asyncio.Future")
};

/// `add_done_callback`
pub const ADD_DONE_CALLBACK: Method = Method::new(
    "add_done_callback",
    "(fn, /, *, context=<unrepresentable>)",
    add_done_callback_method,
);
/// `remove_done_callback`
pub const REMOVE_DONE_CALLBACK: Method =
    Method::new("remove_done_callback", "(fn, /)", remove_done_callback);
/// `cancelled`
pub const CANCELLED_METHOD: Method = Method::new("cancelled", "()", |vm, future, _| {
    let cancelled = state(vm, future) == CANCELLED;
    Ok(vm.bool(cancelled))
});
/// `done`
pub const DONE_METHOD: Method = Method::new("done", "()", |vm, future, _| {
    let done = !vm.field(future, LOOP).is_null() && state(vm, future) != PENDING;
    Ok(vm.bool(done))
});
/// `get_loop`
pub const GET_LOOP: Method = Method::new("get_loop", "()", |vm, future, _| {
    let event_loop = event_loop(vm, future)?;
    Ok(vm.incref(event_loop))
});
/// `_make_cancelled_error`
pub const MAKE_CANCELLED_ERROR: Method =
    Method::new("_make_cancelled_error", "()", |vm, future, _| {
        cancelled_error(vm, future)
    });
/// `result` of tasks too.
pub const RESULT_METHOD: Method = Method::new("result", "()", result_method);
/// `exception` of tasks too.
pub const EXCEPTION_METHOD: Method = Method::new("exception", "()", exception_method);

/// Cancels what a task waits for, which may be of any class.
pub fn cancel_any(vm: &mut Vm, waited: Addr, message: Option<Addr>) -> PyResult<bool> {
    let keep = vm.incref(waited);
    let message = ("msg", message.unwrap_or(NONE));
    let cancelled = call_named(vm, waited, "cancel", &[], message);
    vm.decref(keep);
    let cancelled = cancelled?;
    let is_cancelled = vm.is_true(cancelled.addr());
    vm.decref(cancelled);
    is_cancelled
}
