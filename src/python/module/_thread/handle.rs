//! `_thread._ThreadHandle`: what a thread is waited for by. CPython: Modules/_threadmodule.c, `ThreadHandle`.

use super::scheduler::{self, For, current_ident};
use crate::python::memory::{Addr, Own};
use crate::python::object::{GetSet, Method, NONE, TypeSpec, alloc, index, int, str, types};
use crate::python::vm::{Args, PyResult, Vm};

const IDENT: u64 = 16;
const STATE: u64 = 24;
/// States of a handle.
const NOT_STARTED: u64 = 0;
const RUNNING: u64 = 1;
const DONE: u64 = 2;

/// A handle of a thread that is not started.
pub fn new(vm: &mut Vm) -> PyResult<Own> {
    alloc::alloc(vm, types::THREAD_HANDLE, 0)
}

/// Whether no thread was started with the handle.
pub fn is_new(vm: &Vm, handle: Addr) -> bool {
    vm.word(handle, STATE) == NOT_STARTED
}

/// Whether its thread has ended.
pub fn is_done(vm: &Vm, handle: Addr) -> bool {
    vm.word(handle, STATE) == DONE
}

/// Its thread begins.
pub fn begin(vm: &mut Vm, handle: Addr, ident: i64) {
    vm.set_word(handle, IDENT, ident as u64);
    vm.set_word(handle, STATE, RUNNING);
}

/// Its thread has ended.
pub fn end(vm: &mut Vm, handle: Addr) {
    vm.set_word(handle, STATE, DONE);
}

/// `_make_thread_handle(ident)`: the handle of a thread that runs already.
pub fn make(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let ident = index::ssize(vm, args.get(vm, 0))?;
    let handle = new(vm)?;
    begin(vm, handle.addr(), ident as i64);
    Ok(handle)
}

fn join(vm: &mut Vm, handle: Addr, args: Args) -> PyResult<Own> {
    let timeout = match args.opt(vm, 0).filter(|timeout| *timeout != NONE) {
        Some(timeout) => Some(vm.as_double(timeout)?),
        None => None,
    };
    if is_new(vm, handle) {
        return Err(vm.runtime_error("thread not started"));
    }
    if vm.word(handle, IDENT) as i64 == current_ident(vm) {
        return Err(vm.runtime_error("Cannot join current thread"));
    }
    if !is_done(vm, handle) {
        // A negative time is no limit.
        let timeout = timeout.filter(|timeout| *timeout >= 0.0);
        let timeout = timeout.map(|timeout| (timeout.min(super::TIMEOUT_MAX) * 1e9) as u64);
        scheduler::wait(vm, For::Handle(handle), timeout, join)?;
    }
    scheduler::stops_waiting(vm);
    Ok(vm.none())
}

/// `_thread._ThreadHandle`
pub static HANDLE: TypeSpec = TypeSpec {
    basicsize: 32,
    slots: |slots| {
        slots.dealloc = Some(alloc::free);
        slots.new = Some(|vm, _, _| new(vm));
        slots.repr = Some(|vm, handle| {
            let ident = vm.word(handle, IDENT);
            let text = format!("<_ThreadHandle object: ident={ident}>");
            Ok(str::new(vm, &text))
        });
    },
    methods: &[
        Method::new("join", "(timeout=None, /)", join),
        Method::new("_set_done", "()", |vm, handle, _| {
            end(vm, handle);
            Ok(vm.none())
        }),
        Method::new("is_done", "()", |vm, handle, _| {
            let done = is_done(vm, handle);
            Ok(vm.bool(done))
        }),
    ],
    getset: &[GetSet::read("ident", |vm, handle| {
        let ident = vm.word(handle, IDENT);
        Ok(int::from_u64(vm, ident))
    })],
    ..TypeSpec::new(types::THREAD_HANDLE, "_thread._ThreadHandle")
};
