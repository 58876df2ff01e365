//! `_thread`: locks for a program of one thread. CPython: Modules/_threadmodule.c.
//!
//! One thread runs at a time, and runs to its end: a new one as soon as it is started, while who started it
//! waits. That is one of the orders in which the system may run them, and always the same. A lock that is taken
//! cannot be waited for: nobody would ever release it, so waiting ends at once as if the time had run out, and
//! waiting for ever is an error.

pub mod local;

use super::{NativeModule, add, add_int};
use crate::python::memory::{Addr, Own};
use crate::python::object::slots::Slots;
use crate::python::object::{
    EMPTY_TUPLE, GetSet, Method, NONE, TypeSpec, alloc, float, index, int, str, types, weakref,
};
use crate::python::vm::{Args, PyResult, Raised, Vm};

const LOCK_WEAKREFLIST: u64 = 24;
const LOCKED: u64 = 32;
const COUNT: u64 = 32;
const RLOCK_WEAKREFLIST: u64 = 40;

/// What `get_ident()` gives in the main thread; every other thread has the next page.
const IDENT: i64 = 0x7F00_0000_1000;

const HANDLE_IDENT: u64 = 16;
const HANDLE_STATE: u64 = 24;
/// States of a handle.
const NOT_STARTED: u64 = 0;
const RUNNING: u64 = 1;
const DONE: u64 = 2;

/// Which thread runs.
#[derive(Clone, Copy, Debug, Default)]
pub struct State {
    /// Threads started so far.
    started: i64,
    /// Number of the running one, 0 for the main thread.
    pub running: i64,
    /// Threads under way beside the main one.
    alive: i64,
}

/// What `get_ident()` gives in the running thread.
pub fn current_ident(vm: &Vm) -> i64 {
    IDENT + 4096 * vm.threads.running
}

fn new_lock(vm: &mut Vm, ty: Addr) -> PyResult<Own> {
    alloc::alloc(vm, ty, 0)
}

fn allocate_lock(vm: &mut Vm, _: Addr, _: Args) -> PyResult<Own> {
    new_lock(vm, types::LOCK)
}

fn lock_acquire(vm: &mut Vm, lock: Addr, args: Args) -> PyResult<Own> {
    let blocking = match args.opt(vm, 0) {
        Some(blocking) => vm.is_true(blocking)?,
        None => true,
    };
    if vm.word(lock, LOCKED) == 0 {
        vm.set_word(lock, LOCKED, 1);
        return Ok(vm.bool(true));
    }
    if blocking && args.opt(vm, 1).is_none() {
        return Err(vm.runtime_error("deadlock: the lock is held, and there is no other thread"));
    }
    Ok(vm.bool(false))
}

fn lock_release(vm: &mut Vm, lock: Addr, _: Args) -> PyResult<Own> {
    if vm.word(lock, LOCKED) == 0 {
        return Err(vm.runtime_error("release unlocked lock"));
    }
    vm.set_word(lock, LOCKED, 0);
    Ok(vm.none())
}

fn lock_locked(vm: &mut Vm, lock: Addr, _: Args) -> PyResult<Own> {
    let locked = vm.word(lock, LOCKED) != 0;
    Ok(vm.bool(locked))
}

fn lock_enter(vm: &mut Vm, lock: Addr, _: Args) -> PyResult<Own> {
    lock_acquire(vm, lock, Args::NONE)
}

fn lock_exit(vm: &mut Vm, lock: Addr, _: Args) -> PyResult<Own> {
    lock_release(vm, lock, Args::NONE)
}

fn lock_repr(vm: &mut Vm, lock: Addr) -> PyResult<Own> {
    let state = if vm.word(lock, LOCKED) != 0 {
        "locked"
    } else {
        "unlocked"
    };
    Ok(str::new(
        vm,
        &format!("<{state} _thread.lock object at {:#x}>", lock.0),
    ))
}

fn dealloc(vm: &mut Vm, lock: Addr) {
    weakref::clear_refs(vm, lock);
    alloc::free(vm, lock);
}

fn lock_slots(slots: &mut Slots) {
    slots.dealloc = Some(dealloc);
    slots.repr = Some(lock_repr);
    slots.new = Some(|vm, _class, _args| new_lock(vm, types::LOCK));
}

/// `_thread.lock`
pub static LOCK: TypeSpec = TypeSpec {
    basicsize: 40,
    weaklistoffset: LOCK_WEAKREFLIST as u32,
    slots: lock_slots,
    methods: &[
        Method::new("acquire_lock", "(blocking=True, timeout=-1)", lock_acquire),
        Method::new("acquire", "(blocking=True, timeout=-1)", lock_acquire),
        Method::new("release_lock", "()", lock_release),
        Method::new("release", "()", lock_release),
        Method::new("locked_lock", "()", lock_locked),
        Method::new("locked", "()", lock_locked),
        Method::new("__enter__", "()", lock_enter),
        Method::new("__exit__", "(exc_type, exc_value, exc_tb, /)", lock_exit),
    ],
    ..TypeSpec::new(types::LOCK, "_thread.lock")
};

fn rlock_acquire(vm: &mut Vm, lock: Addr, _: Args) -> PyResult<Own> {
    let count = vm.word(lock, COUNT);
    vm.set_word(lock, COUNT, count + 1);
    Ok(vm.bool(true))
}

fn rlock_release(vm: &mut Vm, lock: Addr, _: Args) -> PyResult<Own> {
    let count = vm.word(lock, COUNT);
    if count == 0 {
        return Err(vm.runtime_error("cannot release un-acquired lock"));
    }
    vm.set_word(lock, COUNT, count - 1);
    Ok(vm.none())
}

fn rlock_is_owned(vm: &mut Vm, lock: Addr, _: Args) -> PyResult<Own> {
    let owned = vm.word(lock, COUNT) != 0;
    Ok(vm.bool(owned))
}

fn rlock_count(vm: &mut Vm, lock: Addr, _: Args) -> PyResult<Own> {
    let count = vm.word(lock, COUNT);
    Ok(int::from_u64(vm, count))
}

fn rlock_repr(vm: &mut Vm, lock: Addr) -> PyResult<Own> {
    let count = vm.word(lock, COUNT);
    let (state, owner) = if count != 0 {
        ("locked", current_ident(vm))
    } else {
        ("unlocked", 0)
    };
    let text = format!(
        "<{state} _thread.RLock object owner={owner} count={count} at {:#x}>",
        lock.0
    );
    Ok(str::new(vm, &text))
}

fn rlock_slots(slots: &mut Slots) {
    slots.dealloc = Some(dealloc);
    slots.repr = Some(rlock_repr);
    slots.new = Some(|vm, _class, _args| new_lock(vm, types::RLOCK));
}

/// `_thread.RLock`
pub static RLOCK: TypeSpec = TypeSpec {
    basicsize: 48,
    weaklistoffset: RLOCK_WEAKREFLIST as u32,
    slots: rlock_slots,
    methods: &[
        Method::new("acquire", "(blocking=True, timeout=-1)", rlock_acquire),
        Method::new("release", "()", rlock_release),
        Method::new("_is_owned", "()", rlock_is_owned),
        Method::new("_recursion_count", "()", rlock_count),
        Method::new("__enter__", "(blocking=True, timeout=-1)", rlock_acquire),
        Method::new(
            "__exit__",
            "(exc_type, exc_value, exc_tb, /)",
            rlock_release,
        ),
    ],
    ..TypeSpec::new(types::RLOCK, "_thread.RLock")
};

fn get_ident(vm: &mut Vm, _: Addr, _: Args) -> PyResult<Own> {
    let ident = current_ident(vm);
    Ok(int::new(vm, ident))
}

fn get_native_id(vm: &mut Vm, _: Addr, _: Args) -> PyResult<Own> {
    Ok(int::new(vm, 1))
}

fn zero(vm: &mut Vm, _: Addr, _: Args) -> PyResult<Own> {
    Ok(int::new(vm, 0))
}

/// `_thread._ThreadHandle`
pub static HANDLE: TypeSpec = TypeSpec {
    basicsize: 32,
    slots: |slots| {
        slots.dealloc = Some(alloc::free);
        slots.new = Some(|vm, _, _| alloc::alloc(vm, types::THREAD_HANDLE, 0));
        slots.repr = Some(|vm, handle| {
            let ident = vm.word(handle, HANDLE_IDENT);
            Ok(str::new(
                vm,
                &format!("<_ThreadHandle object: ident={ident}>"),
            ))
        });
    },
    methods: &[
        Method::new("join", "(timeout=None, /)", |vm, handle, _| {
            if vm.word(handle, HANDLE_STATE) == NOT_STARTED {
                return Err(vm.runtime_error("thread not started"));
            }
            if vm.word(handle, HANDLE_IDENT) as i64 == current_ident(vm) {
                return Err(vm.runtime_error("Cannot join current thread"));
            }
            Ok(vm.none())
        }),
        Method::new("_set_done", "()", |vm, handle, _| {
            vm.set_word(handle, HANDLE_STATE, DONE);
            Ok(vm.none())
        }),
        Method::new("is_done", "()", |vm, handle, _| {
            let done = vm.word(handle, HANDLE_STATE) == DONE;
            Ok(vm.bool(done))
        }),
    ],
    getset: &[GetSet::read("ident", |vm, handle| {
        let ident = vm.word(handle, HANDLE_IDENT);
        Ok(int::from_u64(vm, ident))
    })],
    ..TypeSpec::new(types::THREAD_HANDLE, "_thread._ThreadHandle")
};

fn make_handle(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let ident = index::ssize(vm, args.get(vm, 0))?;
    let handle = alloc::alloc(vm, types::THREAD_HANDLE, 0)?;
    vm.set_word(handle.addr(), HANDLE_IDENT, ident as u64);
    vm.set_word(handle.addr(), HANDLE_STATE, RUNNING);
    Ok(handle)
}

/// Runs a function as another thread, to its end. What it raises is told, as nobody waits for it.
fn run_thread(
    vm: &mut Vm,
    function: Addr,
    args: Addr,
    keywords: Addr,
    handle: Option<Addr>,
) -> i64 {
    vm.threads.started += 1;
    vm.threads.alive += 1;
    let outer = std::mem::replace(&mut vm.threads.running, vm.threads.started);
    let ident = current_ident(vm);
    if let Some(handle) = handle {
        vm.set_word(handle, HANDLE_IDENT, ident as u64);
        vm.set_word(handle, HANDLE_STATE, RUNNING);
    }
    match vm.call_tuple_dict(function, args, keywords) {
        Ok(value) => vm.decref(value),
        Err(Raised) if vm.raised_is(types::SYSTEM_EXIT) => vm.clear_raised(),
        Err(Raised) => {
            // The message names the function, and the object is not named again.
            let shown = vm.raised.take();
            let name = vm.repr_text(function).unwrap_or_default();
            vm.clear_raised();
            vm.raised = shown;
            let message = format!("Exception ignored in thread started by {name}");
            vm.write_unraisable_message(Some(message), Addr::NULL);
        }
    }
    if let Some(handle) = handle {
        vm.set_word(handle, HANDLE_STATE, DONE);
    }
    vm.threads.running = outer;
    vm.threads.alive -= 1;
    ident
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
    let keywords = args.get(vm, 2);
    let ident = run_thread(vm, function, positional, keywords, None);
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
        None => alloc::alloc(vm, types::THREAD_HANDLE, 0)?,
    };
    if vm.word(handle.addr(), HANDLE_STATE) != NOT_STARTED {
        return Err(vm.runtime_error("thread already started"));
    }
    run_thread(vm, function, EMPTY_TUPLE, Addr::NULL, Some(handle.addr()));
    if vm.stop.is_some() {
        return Err(Raised);
    }
    Ok(handle)
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
    let longest = float::new(vm, 9_223_372_036.0);
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
        Method::new("_shutdown", "()", |vm, _, _| Ok(vm.none())),
        Method::new("_make_thread_handle", "(ident, /)", make_handle),
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
