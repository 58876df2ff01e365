//! `_asyncio.Task`: a future that runs a coroutine. CPython: `TaskObj`, Modules/_asynciomodule.c.
//!
//! ```text
//! … as a future …   120 fut_waiter   128 coro   136 name   144 context   152 flags, and cancels requested << 32
//! ```

use super::future::{self, CANCEL_MSG, LOG_TB, PENDING};
use super::step::{self, step_soon};
use super::{call_module, from_module, register, register_eager, swap_current, unregister_eager};
use crate::python::memory::{Addr, Own};
use crate::python::object::slots::Slots;
use crate::python::object::{
    GetSet, Method, NONE, TypeSpec, class_getitem, flags, int, iterator, object, str, types,
};
use crate::python::vm::{Args, PyResult, Raised, Vm};

/// `task_fut_waiter`: what it waits for.
pub const WAITER: u64 = 120;
/// `task_coro`
pub const CORO: u64 = 128;
const NAME: u64 = 136;
/// `task_context`
pub const CONTEXT: u64 = 144;
const FLAGS: u64 = 152;

const FIELDS: &[u64] = &{
    let mut fields = [0; future::FIELDS.len() + 4];
    fields[0] = CONTEXT;
    fields[1] = CORO;
    fields[2] = NAME;
    fields[3] = WAITER;
    let mut i = 0;
    while i < future::FIELDS.len() {
        fields[4 + i] = future::FIELDS[i];
        i += 1;
    }
    fields
};

/// `task_must_cancel`: the next step throws a `CancelledError`.
pub const MUST_CANCEL: u64 = 1;
/// `task_log_destroy_pending`
pub const LOG_DESTROY: u64 = 2;
/// One request in the number of cancels.
const CANCEL: u64 = 1 << 32;

/// Whether a flag is set.
pub fn has(vm: &Vm, task: Addr, flag: u64) -> bool {
    vm.word(task, FLAGS) & flag != 0
}

/// Sets a flag or takes it away.
pub fn set(vm: &mut Vm, task: Addr, flag: u64, on: bool) {
    let word = vm.word(task, FLAGS);
    let word = if on { word | flag } else { word & !flag };
    vm.set_word(task, FLAGS, word);
}

fn init(vm: &mut Vm, task: Addr, args: Args) -> PyResult<()> {
    let [coro, event_loop, name, context, eager] = args.bind(
        vm,
        "Task",
        "(coro, *, loop=None, name=None, context=None, eager_start=False)",
    )?;
    future::init(vm, task, event_loop.some())?;
    if !is_coroutine(vm, coro)? {
        set(vm, task, LOG_DESTROY, false);
        let shown = vm.repr_text(coro)?;
        return Err(vm.type_error(format!("a coroutine was expected, got {shown}")));
    }
    let context = match context.some().filter(|context| *context != NONE) {
        Some(context) => vm.incref(context),
        None => super::super::_contextvars::copy_current(vm)?,
    };
    vm.set_field(task, CONTEXT, Some(context));
    vm.set_field(task, WAITER, None);
    vm.set_word(task, FLAGS, LOG_DESTROY);
    let kept = vm.incref(coro);
    vm.set_field(task, CORO, Some(kept));
    let name = match name.some().filter(|name| *name != NONE) {
        Some(name) => vm.str(name)?,
        None => {
            vm.asyncio.named += 1;
            let number = vm.asyncio.named;
            str::new(vm, &format!("Task-{number}"))
        }
    };
    vm.set_field(task, NAME, Some(name));
    if let Some(eager) = eager.some()
        && vm.is_true(eager)?
        && super::running_loop(vm) == vm.field(task, future::LOOP).some()
    {
        return start_eagerly(vm, task);
    }
    step_soon(vm, task, None)?;
    register(vm, task)
}

fn is_coroutine(vm: &mut Vm, coro: Addr) -> PyResult<bool> {
    if vm.type_of(coro) == types::COROUTINE {
        return Ok(true);
    }
    let answer = call_module(vm, "asyncio.coroutines", "iscoroutine", &[coro])?;
    let is_coroutine = vm.is_true(answer.addr());
    vm.decref(answer);
    is_coroutine
}

/// Takes the first step at once: a coroutine that never waits needs no turn of the loop.
fn start_eagerly(vm: &mut Vm, task: Addr) -> PyResult<()> {
    let event_loop = vm.field(task, future::LOOP);
    let before = swap_current(vm, event_loop, task)?;
    register_eager(vm, task)?;
    let context = vm.field(task, CONTEXT);
    let context = super::super::_contextvars::enter(vm, context)?;
    let stepped = step::step_inside(vm, task, None);
    let raised = vm.raised.take();
    super::super::_contextvars::exit(vm, context);
    unregister_eager(vm, task)?;
    let mine = swap_current(vm, event_loop, before.addr())?;
    vm.decref(mine);
    vm.decref(before);
    vm.raised = raised;
    stepped?;
    if future::state(vm, task) == PENDING {
        register(vm, task)?;
    }
    Ok(())
}

/// `Task.__del__`: a task that goes before it is done is told.
fn finalize(vm: &mut Vm, task: Addr) {
    if future::state(vm, task) == PENDING
        && has(vm, task, LOG_DESTROY)
        && !vm.field(task, future::LOOP).is_null()
    {
        let raised = vm.raised.take();
        let message = "Task was destroyed but it is pending!";
        if let Err(Raised) = future::tell_handler(vm, task, message, "task", Addr::NULL) {
            vm.write_unraisable(task);
        }
        let newer = std::mem::replace(&mut vm.raised, raised);
        vm.xdecref(newer);
    }
    future::finalize(vm, task);
}

fn cancel(vm: &mut Vm, task: Addr, args: Args) -> PyResult<Own> {
    let message = args.opt(vm, 0);
    future::event_loop(vm, task)?;
    future::set(vm, task, LOG_TB, false);
    if future::state(vm, task) != PENDING {
        return Ok(vm.bool(false));
    }
    let word = vm.word(task, FLAGS);
    vm.set_word(task, FLAGS, word.wrapping_add(CANCEL));
    if let Some(waiter) = vm.field(task, WAITER).some()
        && future::cancel_any(vm, waiter, message)?
    {
        // The waiter wakes the task, which sees then that it was cancelled.
        return Ok(vm.bool(true));
    }
    set(vm, task, MUST_CANCEL, true);
    let message = vm.incref(message.unwrap_or(NONE));
    vm.set_field(task, CANCEL_MSG, Some(message));
    Ok(vm.bool(true))
}

fn cancelling(vm: &mut Vm, task: Addr, _: Args) -> PyResult<Own> {
    let requested = vm.word(task, FLAGS) / CANCEL;
    Ok(int::from_u64(vm, requested))
}

fn uncancel(vm: &mut Vm, task: Addr, args: Args) -> PyResult<Own> {
    let word = vm.word(task, FLAGS);
    if word >= CANCEL {
        vm.set_word(task, FLAGS, word - CANCEL);
        if word < 2 * CANCEL && vm.profile.uncancel_undoes {
            set(vm, task, MUST_CANCEL, false);
        }
    }
    cancelling(vm, task, args)
}

fn set_name(vm: &mut Vm, task: Addr, args: Args) -> PyResult<Own> {
    let name = vm.str(args.get(vm, 0))?;
    vm.set_field(task, NAME, Some(name));
    Ok(vm.none())
}

/// `get_stack` and `print_stack` are written in Python.
fn of_base_tasks(vm: &mut Vm, name: &str, values: &[Addr]) -> PyResult<Own> {
    let values: Vec<Addr> = values
        .iter()
        .map(|value| value.some().unwrap_or(NONE))
        .collect();
    let function = from_module(vm, "asyncio.base_tasks", name)?;
    let result = vm.call(function.addr(), &values);
    vm.decref(function);
    result
}

fn flag_row(vm: &mut Vm, task: Addr, flag: u64) -> PyResult<Own> {
    let on = has(vm, task, flag);
    Ok(vm.bool(on))
}

fn own_field(vm: &mut Vm, task: Addr, field: u64) -> PyResult<Own> {
    let value = vm.field(task, field).some().unwrap_or(NONE);
    Ok(vm.incref(value))
}

/// `_asyncio.Task`
pub static SPEC: TypeSpec = TypeSpec {
    base: types::FUTURE,
    basicsize: 160,
    dictoffset: future::DICT as u32,
    weaklistoffset: future::WEAKREFS as u32,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, task| future::dealloc(vm, task, types::TASK, FIELDS));
        slots.finalize = Some(finalize);
        slots.traverse = Some(|vm, task, visit| iterator::visit_fields(vm, task, FIELDS, visit));
        slots.clear = Some(|vm, task| iterator::clear_fields(vm, task, FIELDS));
        slots.repr = Some(|vm, task| call_module(vm, "asyncio.base_tasks", "_task_repr", &[task]));
        slots.iter = Some(future::get_await);
        slots.am_await = Some(future::get_await);
        slots.new = Some(|vm, class, _| object::generic_alloc(vm, class, 0));
        slots.init = Some(init);
    },
    methods: &[
        future::RESULT_METHOD,
        future::EXCEPTION_METHOD,
        future::ADD_DONE_CALLBACK,
        future::REMOVE_DONE_CALLBACK,
        future::CANCELLED_METHOD,
        future::DONE_METHOD,
        Method::new("set_result", "(result, /)", |vm, _, _| {
            Err(vm.runtime_error("Task does not support set_result operation"))
        }),
        Method::new("set_exception", "(exception, /)", |vm, _, _| {
            Err(vm.runtime_error("Task does not support set_exception operation"))
        }),
        Method::new("cancel", "(msg=None)", cancel),
        Method::new("cancelling", "()", cancelling),
        Method::new("uncancel", "()", uncancel),
        Method::new("get_stack", "(*, limit=None)", |vm, task, args| {
            of_base_tasks(vm, "_task_get_stack", &[task, args.get(vm, 0)])
        }),
        Method::new(
            "print_stack",
            "(*, limit=None, file=None)",
            |vm, task, args| {
                let given = [task, args.get(vm, 0), args.get(vm, 1)];
                of_base_tasks(vm, "_task_print_stack", &given)
            },
        ),
        future::MAKE_CANCELLED_ERROR,
        Method::new("get_name", "()", |vm, task, _| own_field(vm, task, NAME)),
        Method::new("set_name", "(value, /)", set_name),
        Method::new("get_coro", "()", |vm, task, _| own_field(vm, task, CORO)),
        Method::new("get_context", "()", |vm, task, _| {
            own_field(vm, task, CONTEXT)
        }),
        Method::class("__class_getitem__", "(object, /)", class_getitem::call),
    ],
    getset: &[
        GetSet::write(
            "_log_destroy_pending",
            |vm, task| flag_row(vm, task, LOG_DESTROY),
            |vm, task, _, value| {
                let on = match value {
                    Some(value) => vm.is_true(value)?,
                    None => return Err(vm.attribute_error_text("cannot delete attribute")),
                };
                set(vm, task, LOG_DESTROY, on);
                Ok(())
            },
        ),
        GetSet::read("_must_cancel", |vm, task| flag_row(vm, task, MUST_CANCEL)),
        GetSet::read("_coro", |vm, task| own_field(vm, task, CORO)),
        GetSet::read("_fut_waiter", |vm, task| own_field(vm, task, WAITER)),
    ],
    ..TypeSpec::new(types::TASK, "_asyncio.Task")
};
