//! `_asyncio`: futures and tasks as C has them. CPython: Modules/_asynciomodule.c.
//!
//! A task takes its steps without a frame of its own, so tracebacks show the coroutines alone; that, the sizes and
//! the names of types are what shows of a native module. The event loop stays in Python.

pub mod future;
pub mod future_iter;
pub mod step;
pub mod task;

use super::{NativeModule, add};
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, NONE, dict, list, set, str, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

/// What the module keeps beside memory. The references are owned; `NULL` before the module is imported.
#[derive(Clone, Copy, Debug, Default)]
pub struct State {
    /// The loop that runs in this thread.
    pub running_loop: Addr,
    /// `_current_tasks`: a dict from loops to the tasks that run in them.
    current_tasks: Addr,
    /// `_scheduled_tasks`: a `WeakSet` of all tasks.
    scheduled: Addr,
    /// `_eager_tasks`: a set of tasks that take their first step at once.
    eager: Addr,
    /// How many tasks got a name.
    named: u64,
    /// The row of `task_wakeup` in `vm.natives`.
    wakeup_row: usize,
}

impl State {
    /// What the module refers to.
    pub fn references(&self) -> [Addr; 4] {
        [
            self.running_loop,
            self.current_tasks,
            self.scheduled,
            self.eager,
        ]
    }
}

/// `loop.call_soon(callback, *args, context=context)`
fn call_soon(
    vm: &mut Vm,
    event_loop: Addr,
    callback: Addr,
    arg: Option<Addr>,
    context: Addr,
) -> PyResult<()> {
    let positional: &[Addr] = match &arg {
        Some(arg) => &[callback, *arg],
        None => &[callback],
    };
    let handle = call_named(
        vm,
        event_loop,
        "call_soon",
        positional,
        ("context", context),
    )?;
    vm.decref(handle);
    Ok(())
}

/// `object.method(*positional, keyword=value)`; without the keyword where the value is `NULL`.
fn call_named(
    vm: &mut Vm,
    object: Addr,
    method: &str,
    positional: &[Addr],
    keyword: (&str, Addr),
) -> PyResult<Own> {
    let method = vm.get_attr_name(object, method)?;
    let result = match keyword.1.some() {
        Some(value) => {
            let name = vec![str::intern(vm, keyword.0)];
            let names = tuple::from_owned(vm, name);
            let result = vm.call_keywords(method.addr(), positional, names.addr(), &[value]);
            vm.decref(names);
            result
        }
        None => vm.call(method.addr(), positional),
    };
    vm.decref(method);
    result
}

/// `object.method(*args)`
fn call_method(vm: &mut Vm, object: Addr, method: &str, args: &[Addr]) -> PyResult<Own> {
    call_named(vm, object, method, args, ("", Addr::NULL))
}

/// What a module of the package has under a name.
fn from_module(vm: &mut Vm, module: &str, name: &str) -> PyResult<Own> {
    let module = vm.import_module(module)?;
    let found = vm.get_attr_name(module.addr(), name);
    vm.decref(module);
    found
}

/// Calls a function of a module of the package.
fn call_module(vm: &mut Vm, module: &str, name: &str, args: &[Addr]) -> PyResult<Own> {
    let function = from_module(vm, module, name)?;
    let result = vm.call(function.addr(), args);
    vm.decref(function);
    result
}

/// Raises `asyncio.InvalidStateError(message)`.
fn invalid_state(vm: &mut Vm, message: &str) -> crate::python::vm::Raised {
    match from_module(vm, "asyncio.exceptions", "InvalidStateError") {
        Ok(class) => {
            let raised = vm.error(class.addr(), message);
            vm.decref(class);
            raised
        }
        Err(raised) => raised,
    }
}

/// Whether what is being raised is an `asyncio.CancelledError`.
fn is_cancelled_error(vm: &mut Vm) -> PyResult<bool> {
    let raised = vm.raised.take();
    let class = from_module(vm, "asyncio.exceptions", "CancelledError")?;
    vm.raised = raised;
    let matches = vm.raised_is(class.addr());
    vm.decref(class);
    Ok(matches)
}

// ---- loops

fn running_loop(vm: &Vm) -> Option<Addr> {
    vm.asyncio.running_loop.some()
}

fn get_running_loop(vm: &mut Vm, _: Addr, _: Args) -> PyResult<Own> {
    match running_loop(vm) {
        Some(event_loop) => Ok(vm.incref(event_loop)),
        None => Err(vm.runtime_error("no running event loop")),
    }
}

fn peek_running_loop(vm: &mut Vm, _: Addr, _: Args) -> PyResult<Own> {
    let event_loop = running_loop(vm).unwrap_or(NONE);
    Ok(vm.incref(event_loop))
}

fn set_running_loop(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let new = match args.get(vm, 0) {
        NONE => Addr::NULL,
        event_loop => vm.incref(event_loop).into_addr(),
    };
    let old = std::mem::replace(&mut vm.asyncio.running_loop, new);
    vm.decref_word(old.0);
    Ok(vm.none())
}

/// The running loop, or what the policy has.
fn current_loop(vm: &mut Vm) -> PyResult<Own> {
    if let Some(event_loop) = running_loop(vm) {
        return Ok(vm.incref(event_loop));
    }
    let policy = call_module(vm, "asyncio.events", "_get_event_loop_policy", &[])?;
    let event_loop = call_method(vm, policy.addr(), "get_event_loop", &[]);
    vm.decref(policy);
    event_loop
}

fn get_event_loop(vm: &mut Vm, _: Addr, _: Args) -> PyResult<Own> {
    current_loop(vm)
}

// ---- tasks

fn register(vm: &mut Vm, task: Addr) -> PyResult<()> {
    let added = call_method(vm, vm.asyncio.scheduled, "add", &[task])?;
    vm.decref(added);
    Ok(())
}

fn register_eager(vm: &mut Vm, task: Addr) -> PyResult<()> {
    let added = call_method(vm, vm.asyncio.eager, "add", &[task])?;
    vm.decref(added);
    Ok(())
}

fn unregister_eager(vm: &mut Vm, task: Addr) -> PyResult<()> {
    let removed = call_method(vm, vm.asyncio.eager, "discard", &[task])?;
    vm.decref(removed);
    Ok(())
}

/// From here on `task` is the one that runs in its loop.
fn enter(vm: &mut Vm, event_loop: Addr, task: Addr) -> PyResult<()> {
    let current = vm.asyncio.current_tasks;
    if let Some(other) = dict::get(vm, current, event_loop)? {
        let (task, other) = (vm.repr_text(task)?, vm.repr_text(other)?);
        return Err(vm.runtime_error(format!(
            "Cannot enter into task {task} while another task {other} is being executed."
        )));
    }
    dict::set(vm, current, event_loop, task)
}

/// From here on no task runs in the loop.
fn leave(vm: &mut Vm, event_loop: Addr, task: Addr) -> PyResult<()> {
    let current = vm.asyncio.current_tasks;
    let found = dict::get(vm, current, event_loop)?;
    if found != Some(task) {
        let (task, other) = (vm.repr_text(task)?, vm.repr_text(found.unwrap_or(NONE))?);
        return Err(vm.runtime_error(format!(
            "Leaving task {task} does not match the current task {other}."
        )));
    }
    let removed = dict::remove(vm, current, event_loop)?;
    vm.xdecref(removed);
    Ok(())
}

/// Makes `task` (`None` for none) the one that runs in its loop, and gives the one before.
fn swap_current(vm: &mut Vm, event_loop: Addr, task: Addr) -> PyResult<Own> {
    let current = vm.asyncio.current_tasks;
    let before = dict::get(vm, current, event_loop)?.unwrap_or(NONE);
    let before = vm.incref(before);
    if task == NONE {
        let removed = dict::remove(vm, current, event_loop)?;
        vm.xdecref(removed);
    } else {
        dict::set(vm, current, event_loop, task)?;
    }
    Ok(before)
}

fn current_task(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let event_loop = match args.opt(vm, 0).filter(|event_loop| *event_loop != NONE) {
        Some(event_loop) => vm.incref(event_loop),
        None => get_running_loop(vm, Addr::NULL, Args::NONE)?,
    };
    let found = dict::get(vm, vm.asyncio.current_tasks, event_loop.addr());
    vm.decref(event_loop);
    let found = found?.unwrap_or(NONE);
    Ok(vm.incref(found))
}

/// `all_tasks(loop=None)`: the tasks of a loop that are not done.
fn all_tasks(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let event_loop = match args.opt(vm, 0).filter(|event_loop| *event_loop != NONE) {
        Some(event_loop) => vm.incref(event_loop),
        None => get_running_loop(vm, Addr::NULL, Args::NONE)?,
    };
    let tasks = set::new(vm);
    for source in [vm.asyncio.eager, vm.asyncio.scheduled] {
        let all = vm.call(types::LIST, &[source])?;
        for task in list::items(vm, all.addr()) {
            let own = call_method(vm, task, "get_loop", &[])?;
            let done = call_method(vm, task, "done", &[])?;
            let is_wanted = own.addr() == event_loop.addr() && !vm.is_true(done.addr())?;
            vm.decref(own);
            vm.decref(done);
            if is_wanted {
                set::add(vm, tasks.addr(), task)?;
            }
        }
        vm.decref(all);
    }
    vm.decref(event_loop);
    Ok(tasks)
}

fn init(vm: &mut Vm, module: Addr) -> PyResult<()> {
    if vm.asyncio.current_tasks.is_null() {
        let current = dict::new(vm).into_addr();
        vm.asyncio.current_tasks = current;
        let scheduled = call_module(vm, "weakref", "WeakSet", &[])?;
        vm.asyncio.scheduled = scheduled.into_addr();
        let eager = vm.call(types::SET, &[])?;
        vm.asyncio.eager = eager.into_addr();
        vm.asyncio.wakeup_row = vm.natives.len();
        vm.natives.push(&step::WAKEUP);
    }
    let missing_names = vm.profile.missing_names("_asyncio");
    let all = match missing_names.contains(&"_scheduled_tasks") {
        true => "_all_tasks",
        false => "_scheduled_tasks",
    };
    for (name, value) in [
        (all, vm.asyncio.scheduled),
        ("_eager_tasks", vm.asyncio.eager),
        ("_current_tasks", vm.asyncio.current_tasks),
    ] {
        if !missing_names.contains(&name) {
            let value = vm.incref(value);
            add(vm, module, name, value);
        }
    }
    Ok(())
}

/// A function of a task alone: `_register_task` and its siblings.
macro_rules! of_task {
    ($work:expr) => {
        |vm: &mut Vm, _: Addr, args: Args| {
            $work(vm, args.get(vm, 0))?;
            Ok(vm.none())
        }
    };
}

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "_asyncio",
    methods: &[
        Method::new("current_task", "(loop=None)", current_task),
        Method::new("get_event_loop", "()", get_event_loop),
        Method::new("get_running_loop", "()", get_running_loop),
        Method::new("_get_running_loop", "()", peek_running_loop),
        Method::new("_set_running_loop", "(loop, /)", set_running_loop),
        Method::new("_register_task", "(task)", of_task!(register)),
        Method::new("_register_eager_task", "(task)", of_task!(register_eager)),
        Method::new(
            "_unregister_task",
            "(task)",
            of_task!(|vm: &mut Vm, task| {
                call_method(vm, vm.asyncio.scheduled, "discard", &[task])
                    .map(|removed| vm.decref(removed))
            }),
        ),
        Method::new(
            "_unregister_eager_task",
            "(task)",
            of_task!(unregister_eager),
        ),
        Method::new("_enter_task", "(loop, task)", |vm, _, args| {
            enter(vm, args.get(vm, 0), args.get(vm, 1))?;
            Ok(vm.none())
        }),
        Method::new("_leave_task", "(loop, task)", |vm, _, args| {
            leave(vm, args.get(vm, 0), args.get(vm, 1))?;
            Ok(vm.none())
        }),
        Method::new("_swap_current_task", "(loop, task)", |vm, _, args| {
            swap_current(vm, args.get(vm, 0), args.get(vm, 1))
        }),
        Method::new("all_tasks", "(loop=None)", all_tasks),
        Method::new(
            "future_add_to_awaited_by",
            "(fut, waiter, /)",
            |vm, _, _| Ok(vm.none()),
        ),
        Method::new(
            "future_discard_from_awaited_by",
            "(fut, waiter, /)",
            |vm, _, _| Ok(vm.none()),
        ),
    ],
    types: &[types::FUTURE, types::TASK],
    init,
};
