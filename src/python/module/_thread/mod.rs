//! `_thread`: threads and locks. CPython: Modules/_threadmodule.c.
//!
//! One thread runs at a time; [`scheduler`] says which, and is the same in every run.

pub mod handle;
pub mod local;
pub mod lock;
pub mod redirect;
pub mod scheduler;

pub use handle::HANDLE;
pub use lock::{LOCK, RLOCK};
pub use scheduler::{State, current_ident};

use super::{NativeModule, add, add_int};
use crate::python::memory::{Addr, Own};
use crate::python::object::{EMPTY_TUPLE, Method, NONE, float, int, types};
use crate::python::vm::{Args, PyResult, Raised, Vm};
use scheduler::{For, Task};

/// What `get_ident()` gives in the main thread; every other thread has the next page.
const IDENT: i64 = 0x7F00_0000_1000;
/// The longest time that can be waited for, in seconds.
const TIMEOUT_MAX: f64 = 9_223_372_036.0;

fn allocate_lock(vm: &mut Vm, _: Addr, _: Args) -> PyResult<Own> {
    lock::new(vm, types::LOCK)
}

fn get_ident(vm: &mut Vm, _: Addr, _: Args) -> PyResult<Own> {
    let ident = current_ident(vm);
    Ok(int::new(vm, ident))
}

fn get_native_id(vm: &mut Vm, _: Addr, _: Args) -> PyResult<Own> {
    let number = vm.threads.running;
    Ok(int::new(vm, 1 + number))
}

fn zero(vm: &mut Vm, _: Addr, _: Args) -> PyResult<Own> {
    Ok(int::new(vm, 0))
}

/// `start_new_thread(function, args, kwargs={})`
fn start_new_thread(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (function, positional) = (args.get(vm, 0), args.get(vm, 1));
    if !vm.is_callable(function) {
        return Err(vm.type_error("first arg must be callable"));
    }
    if !vm.has_flag(positional, crate::python::object::flags::TUPLE_SUBCLASS) {
        return Err(vm.type_error("2nd arg must be a tuple"));
    }
    let keywords = args.opt(vm, 2);
    let task = Task {
        function: vm.incref(function).into_addr(),
        args: vm.incref(positional).into_addr(),
        keywords: keywords.map_or(Addr::NULL, |keywords| vm.incref(keywords).into_addr()),
        handle: Addr::NULL,
        daemon: true,
    };
    let ident = scheduler::start(vm, task);
    if vm.stop.is_some() {
        return Err(Raised);
    }
    Ok(int::new(vm, ident))
}

/// `start_joinable_thread(function, handle=None, daemon=True)`
fn start_joinable_thread(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let function = args.get(vm, 0);
    if !vm.is_callable(function) {
        return Err(vm.type_error("thread function must be callable"));
    }
    let handle = match args.opt(vm, 1).filter(|handle| *handle != NONE) {
        Some(handle) if vm.type_of(handle) == types::THREAD_HANDLE => vm.incref(handle),
        Some(_) => return Err(vm.type_error("'handle' must be a _ThreadHandle")),
        None => handle::new(vm)?,
    };
    if !handle::is_new(vm, handle.addr()) {
        return Err(vm.runtime_error("thread already started"));
    }
    let daemon = match args.opt(vm, 2) {
        Some(daemon) => vm.is_true(daemon)?,
        None => true,
    };
    let task = Task {
        function: vm.incref(function).into_addr(),
        args: EMPTY_TUPLE,
        keywords: Addr::NULL,
        handle: vm.incref(handle.addr()).into_addr(),
        daemon,
    };
    vm.retain(EMPTY_TUPLE);
    scheduler::start(vm, task);
    if vm.stop.is_some() {
        return Err(Raised);
    }
    Ok(handle)
}

/// `_shutdown()`: waits for all threads that are no daemons.
fn shutdown(vm: &mut Vm, _: Addr, _: Args) -> PyResult<Own> {
    scheduler::wait(vm, For::All, None, shutdown)?;
    scheduler::stops_waiting(vm);
    Ok(vm.none())
}

fn init(vm: &mut Vm, module: Addr) -> PyResult<()> {
    for (name, ty) in [
        ("_local", types::THREAD_LOCAL),
        ("LockType", types::LOCK),
        ("lock", types::LOCK),
        ("error", types::RUNTIME_ERROR),
    ] {
        let ty = vm.incref(ty);
        add(vm, module, name, ty);
    }
    let longest = float::new(vm, TIMEOUT_MAX);
    add(vm, module, "TIMEOUT_MAX", longest);
    add_int(vm, module, "_NOT_STARTED", 0);
    Ok(())
}

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "_thread",
    methods: &[
        Method::new(
            "start_new_thread",
            "(function, args, kwargs={}, /)",
            start_new_thread,
        ),
        Method::new(
            "start_new",
            "(function, args, kwargs={}, /)",
            start_new_thread,
        ),
        Method::new(
            "start_joinable_thread",
            "(function, handle=None, daemon=True)",
            start_joinable_thread,
        ),
        Method::new("daemon_threads_allowed", "()", |vm, _, _| Ok(vm.bool(true))),
        Method::new("_shutdown", "()", shutdown),
        Method::new("_make_thread_handle", "(ident, /)", handle::make),
        Method::new("_get_main_thread_ident", "()", |vm, _, _| {
            Ok(int::new(vm, IDENT))
        }),
        Method::new("_is_main_interpreter", "()", |vm, _, _| Ok(vm.bool(true))),
        Method::new("allocate_lock", "()", allocate_lock),
        Method::new("allocate", "()", allocate_lock),
        Method::new("get_ident", "()", get_ident),
        Method::new("get_native_id", "()", get_native_id),
        Method::new("_count", "()", |vm, _, _| {
            let alive = vm.threads.alive;
            Ok(int::new(vm, alive))
        }),
        Method::new("stack_size", "(size=0, /)", zero),
    ],
    types: &[types::RLOCK, types::THREAD_HANDLE],
    init,
};
