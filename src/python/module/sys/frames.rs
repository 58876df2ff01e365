//! `sys`: the frames that run. CPython: Python/sysmodule.c.

use crate::python::memory::{Addr, Own};
use crate::python::object::{NONE, dict, frame, int, types};
use crate::python::vm::{Args, PyResult, Vm};

/// The number of the frame `depth` calls up, if there is one.
fn frame_up(vm: &mut Vm, depth: Addr) -> PyResult<Option<usize>> {
    let depth = match depth.some() {
        Some(depth) => vm.index_value(depth, types::OVERFLOW_ERROR)?,
        None => 0,
    };
    Ok(vm.frames.len().checked_sub(1 + depth.max(0) as usize))
}

pub(super) fn getframe(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let depth = args.get(vm, 0);
    match frame_up(vm, depth)? {
        Some(index) => frame::of_running(vm, index),
        None => Err(vm.value_error("call stack is not deep enough")),
    }
}

pub(super) fn getframemodulename(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let depth = args.get(vm, 0);
    let Some(index) = frame_up(vm, depth)? else {
        return Ok(vm.none());
    };
    let function = vm.frames[index].function;
    if function.is_null() {
        return Ok(vm.none());
    }
    vm.get_attr(function, vm.names.__module__)
}

/// `sys._current_frames()`: the threads by number, each with its frame. Only one thread is ever under way.
pub(super) fn current_frames(vm: &mut Vm, _: Addr, _: Args) -> PyResult<Own> {
    let frame = frame::of_running(vm, vm.frames.len().saturating_sub(1))?;
    by_thread(vm, frame)
}

/// `sys._current_exceptions()`: the threads by number, each with the exception that it handles.
pub(super) fn current_exceptions(vm: &mut Vm, _: Addr, _: Args) -> PyResult<Own> {
    let handled = vm.handled().unwrap_or(NONE);
    let handled = vm.incref(handled);
    by_thread(vm, handled)
}

fn by_thread(vm: &mut Vm, value: Own) -> PyResult<Own> {
    let threads = dict::new(vm);
    let ident = int::new(vm, crate::python::module::_thread::current_ident(vm));
    dict::set(vm, threads.addr(), ident.addr(), value.addr())?;
    vm.decref(ident);
    vm.decref(value);
    Ok(threads)
}
