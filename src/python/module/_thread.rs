//! `_thread`: locks for a program of one thread. CPython: Modules/_threadmodule.c.
//!
//! There is one thread. A lock that is taken cannot be waited for: nobody would ever release it, so
//! waiting ends at once as if the time had run out, and waiting for ever is an error.

use super::{NativeModule, add, add_int};
use crate::python::memory::{Addr, Own};
use crate::python::object::slots::Slots;
use crate::python::object::{Method, TypeSpec, alloc, float, int, str, types, weakref};
use crate::python::vm::{Args, PyResult, Vm};

const LOCK_WEAKREFLIST: u64 = 24;
const LOCKED: u64 = 32;
const COUNT: u64 = 32;
const RLOCK_WEAKREFLIST: u64 = 40;

/// What `get_ident()` gives.
const IDENT: i64 = 0x7F00_0000_1000;

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
        ("locked", IDENT)
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
    Ok(int::new(vm, IDENT))
}

fn get_native_id(vm: &mut Vm, _: Addr, _: Args) -> PyResult<Own> {
    Ok(int::new(vm, 1))
}

fn zero(vm: &mut Vm, _: Addr, _: Args) -> PyResult<Own> {
    Ok(int::new(vm, 0))
}

fn start(vm: &mut Vm, _: Addr, _: Args) -> PyResult<Own> {
    Err(vm.runtime_error("can't start new thread"))
}

fn init(vm: &mut Vm, module: Addr) -> PyResult<()> {
    for (name, ty) in [
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
        Method::new("start_new_thread", "(*args)", start),
        Method::new("start_new", "(*args)", start),
        Method::new(
            "start_joinable_thread",
            "(*args, handle=None, daemon=True)",
            start,
        ),
        Method::new("allocate_lock", "()", allocate_lock),
        Method::new("allocate", "()", allocate_lock),
        Method::new("get_ident", "()", get_ident),
        Method::new("get_native_id", "()", get_native_id),
        Method::new("_count", "()", zero),
        Method::new("stack_size", "(size=0, /)", zero),
    ],
    types: &[types::RLOCK],
    init,
};
