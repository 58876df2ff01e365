//! `_thread.lock` and `_thread.RLock`. CPython: Modules/_threadmodule.c, `lockobject`, `rlockobject`.

use super::scheduler::{self, For, current_ident};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::slots::Slots;
use crate::python::object::{
    Method, NativeFn, TypeSpec, alloc, flags, int, str, tuple, types, weakref,
};
use crate::python::vm::{Args, PyResult, Vm};

/// The system's lock, which stands by itself: a `sem_t`.
const SEMAPHORE: u64 = 16;
const SEMAPHORE_BYTES: usize = 32;
const LOCK_WEAKREFLIST: u64 = 24;
const LOCKED: u64 = 32;
const OWNER: u64 = 24;
const COUNT: u64 = 32;
const RLOCK_WEAKREFLIST: u64 = 40;

/// A new lock that nobody holds.
pub fn new(vm: &mut Vm, ty: Addr) -> PyResult<Own> {
    let lock = alloc::alloc(vm, ty, 0)?;
    let semaphore = vm.heap.alloc(SEMAPHORE_BYTES);
    vm.set_word(lock.addr(), SEMAPHORE, semaphore.0);
    gc::track_if_known(vm, lock.addr());
    Ok(lock)
}

/// How long `acquire(blocking, timeout)` waits: `None` for not at all, `Some(None)` for as long as it takes.
fn patience(vm: &mut Vm, args: Args) -> PyResult<Option<Option<u64>>> {
    let blocking = match args.opt(vm, 0) {
        Some(blocking) => vm.is_true(blocking)?,
        None => true,
    };
    let timeout = match args.opt(vm, 1) {
        Some(timeout) => vm.as_double(timeout)?,
        None => -1.0,
    };
    if !blocking && timeout != -1.0 {
        return Err(vm.value_error("can't specify a timeout for a non-blocking call"));
    }
    if timeout < 0.0 && timeout != -1.0 {
        return Err(vm.value_error("timeout value must be a non-negative number"));
    }
    if timeout > super::TIMEOUT_MAX {
        return Err(vm.overflow_error("timeout value is too large"));
    }
    Ok(match (blocking, timeout < 0.0) {
        (false, _) => None,
        (true, true) => Some(None),
        (true, false) => Some(Some((timeout * 1e9) as u64)),
    })
}

/// Takes a lock, which may have to be waited for: whether it was taken.
fn take(
    vm: &mut Vm,
    lock: Addr,
    patience: Option<Option<u64>>,
    native: NativeFn,
) -> PyResult<bool> {
    if vm.word(lock, LOCKED) != 0 {
        let Some(timeout) = patience else {
            return Ok(false);
        };
        scheduler::wait(vm, For::Word(lock.at(LOCKED)), timeout, native)?;
        if vm.word(lock, LOCKED) != 0 {
            return Ok(false);
        }
    }
    scheduler::stops_waiting(vm);
    vm.set_word(lock, LOCKED, 1);
    Ok(true)
}

fn lock_acquire(vm: &mut Vm, lock: Addr, args: Args) -> PyResult<Own> {
    let patience = patience(vm, args)?;
    let taken = take(vm, lock, patience, lock_acquire)?;
    Ok(vm.bool(taken))
}

fn lock_enter(vm: &mut Vm, lock: Addr, _: Args) -> PyResult<Own> {
    let taken = take(vm, lock, Some(None), lock_enter)?;
    Ok(vm.bool(taken))
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

fn lock_repr(vm: &mut Vm, lock: Addr) -> PyResult<Own> {
    let state = match vm.word(lock, LOCKED) {
        0 => "unlocked",
        _ => "locked",
    };
    let text = format!("<{state} _thread.lock object at {:#x}>", lock.0);
    Ok(str::new(vm, &text))
}

fn dealloc(vm: &mut Vm, lock: Addr) {
    gc::untrack_if_known(vm, lock);
    weakref::clear_refs(vm, lock);
    let semaphore = vm.field(lock, SEMAPHORE);
    vm.heap.free(semaphore);
    alloc::free(vm, lock);
}

/// `_thread.lock`
pub static LOCK: TypeSpec = TypeSpec {
    basicsize: 40,
    flags: flags::HAVE_GC,
    weaklistoffset: LOCK_WEAKREFLIST as u32,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(dealloc);
        slots.traverse = Some(|_, _, _| {});
        slots.repr = Some(lock_repr);
        slots.new = Some(|vm, _class, _args| new(vm, types::LOCK));
    },
    methods: &[
        Method::new("acquire_lock", "(blocking=True, timeout=-1)", lock_acquire),
        Method::new("acquire", "(blocking=True, timeout=-1)", lock_acquire),
        Method::new("release_lock", "()", lock_release),
        Method::new("release", "()", lock_release),
        Method::new("locked_lock", "()", lock_locked),
        Method::new("locked", "()", lock_locked),
        Method::new("__enter__", "()", lock_enter),
        Method::new("__exit__", "(exc_type, exc_value, exc_tb, /)", lock_release),
    ],
    ..TypeSpec::new(types::LOCK, "_thread.lock")
};

fn is_mine(vm: &Vm, lock: Addr) -> bool {
    vm.word(lock, COUNT) != 0 && vm.word(lock, OWNER) as i64 == current_ident(vm)
}

fn set(vm: &mut Vm, lock: Addr, owner: i64, count: u64) {
    vm.set_word(lock, OWNER, owner as u64);
    vm.set_word(lock, COUNT, count);
}

fn take_again(
    vm: &mut Vm,
    lock: Addr,
    patience: Option<Option<u64>>,
    native: NativeFn,
) -> PyResult<bool> {
    let count = vm.word(lock, COUNT);
    if is_mine(vm, lock) {
        vm.set_word(lock, COUNT, count + 1);
        return Ok(true);
    }
    if count != 0 {
        let Some(timeout) = patience else {
            return Ok(false);
        };
        scheduler::wait(vm, For::Word(lock.at(COUNT)), timeout, native)?;
        if vm.word(lock, COUNT) != 0 {
            return Ok(false);
        }
    }
    scheduler::stops_waiting(vm);
    let owner = current_ident(vm);
    set(vm, lock, owner, 1);
    Ok(true)
}

fn rlock_acquire(vm: &mut Vm, lock: Addr, args: Args) -> PyResult<Own> {
    let patience = patience(vm, args)?;
    let taken = take_again(vm, lock, patience, rlock_acquire)?;
    Ok(vm.bool(taken))
}

fn rlock_release(vm: &mut Vm, lock: Addr, _: Args) -> PyResult<Own> {
    if !is_mine(vm, lock) {
        return Err(vm.runtime_error("cannot release un-acquired lock"));
    }
    let count = vm.word(lock, COUNT) - 1;
    let owner = if count == 0 { 0 } else { current_ident(vm) };
    set(vm, lock, owner, count);
    Ok(vm.none())
}

fn rlock_is_owned(vm: &mut Vm, lock: Addr, _: Args) -> PyResult<Own> {
    let owned = is_mine(vm, lock);
    Ok(vm.bool(owned))
}

fn rlock_count(vm: &mut Vm, lock: Addr, _: Args) -> PyResult<Own> {
    let count = match is_mine(vm, lock) {
        true => vm.word(lock, COUNT),
        false => 0,
    };
    Ok(int::from_u64(vm, count))
}

/// `_release_save()`: lets go altogether, and says what [`rlock_acquire_restore`] needs.
fn rlock_release_save(vm: &mut Vm, lock: Addr, _: Args) -> PyResult<Own> {
    let (count, owner) = (vm.word(lock, COUNT), vm.word(lock, OWNER));
    if count == 0 {
        return Err(vm.runtime_error("cannot release un-acquired lock"));
    }
    set(vm, lock, 0, 0);
    let parts = vec![int::from_u64(vm, count), int::from_u64(vm, owner)];
    Ok(tuple::from_owned(vm, parts))
}

fn rlock_acquire_restore(vm: &mut Vm, lock: Addr, args: Args) -> PyResult<Own> {
    let state = args.get(vm, 0);
    if !vm.has_flag(state, crate::python::object::flags::TUPLE_SUBCLASS)
        || tuple::len(vm, state) != 2
    {
        return Err(vm.type_error("_acquire_restore() argument must be a tuple of two"));
    }
    let count = tuple::item(vm, state, 0);
    let count = crate::python::object::index::ssize(vm, count)?;
    if vm.word(lock, COUNT) != 0 {
        scheduler::wait(vm, For::Word(lock.at(COUNT)), None, rlock_acquire_restore)?;
    }
    scheduler::stops_waiting(vm);
    let owner = current_ident(vm);
    set(vm, lock, owner, count.unsigned_abs() as u64);
    Ok(vm.none())
}

fn rlock_repr(vm: &mut Vm, lock: Addr) -> PyResult<Own> {
    let (count, owner) = (vm.word(lock, COUNT), vm.word(lock, OWNER));
    let state = if count != 0 { "locked" } else { "unlocked" };
    let text = format!(
        "<{state} _thread.RLock object owner={owner} count={count} at {:#x}>",
        lock.0
    );
    Ok(str::new(vm, &text))
}

/// `_thread.RLock`
pub static RLOCK: TypeSpec = TypeSpec {
    basicsize: 48,
    flags: flags::HAVE_GC | flags::BASETYPE,
    weaklistoffset: RLOCK_WEAKREFLIST as u32,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(dealloc);
        slots.traverse = Some(|_, _, _| {});
        slots.repr = Some(rlock_repr);
        slots.new = Some(|vm, class, _args| new(vm, class));
    },
    methods: &[
        Method::new("acquire", "(blocking=True, timeout=-1)", rlock_acquire),
        Method::new("release", "()", rlock_release),
        Method::new("_is_owned", "()", rlock_is_owned),
        Method::new("_recursion_count", "()", rlock_count),
        Method::new("_acquire_restore", "(state, /)", rlock_acquire_restore),
        Method::new("_release_save", "()", rlock_release_save),
        Method::new("__enter__", "(blocking=True, timeout=-1)", rlock_acquire),
        Method::new(
            "__exit__",
            "(exc_type, exc_value, exc_tb, /)",
            rlock_release,
        ),
    ],
    ..TypeSpec::new(types::RLOCK, "_thread.RLock")
};
