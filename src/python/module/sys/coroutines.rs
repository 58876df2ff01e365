//! What `sys` lets a program set about asynchronous generators and coroutines. CPython: Python/sysmodule.c.

use super::super::int_argument;
use crate::python::memory::{Addr, Own};
use crate::python::object::{NONE, int, structseq, types};
use crate::python::vm::{Args, PyResult, Vm};

/// Settings of the running thread. The references are owned; `NULL` where nothing was set.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hooks {
    /// Called with an asynchronous generator that is iterated for the first time.
    pub firstiter: Addr,
    /// Called with one that goes before it has ended.
    pub finalizer: Addr,
    /// How many frames a new coroutine remembers of the place where it was made.
    pub origin_depth: i32,
}

/// `sys.get_asyncgen_hooks()`
pub(super) fn get_hooks(vm: &mut Vm, _: Addr, _: Args) -> PyResult<Own> {
    let Hooks {
        firstiter,
        finalizer,
        ..
    } = vm.settings.hooks;
    let values = [firstiter, finalizer].map(|hook| vm.incref(hook.some().unwrap_or(NONE)));
    structseq::new(vm, types::STRUCT_SEQUENCE_ASYNCGEN_HOOKS, values.into())
}

/// `sys.set_asyncgen_hooks(firstiter, finalizer)`: what is not given stays, `None` takes away.
pub(super) fn set_hooks(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let given = [(0, "firstiter"), (1, "finalizer")].map(|(i, name)| (args.opt(vm, i), name));
    for (hook, name) in given {
        if let Some(hook) = hook.filter(|hook| *hook != NONE)
            && !vm.is_callable(hook)
        {
            let found = vm.type_name(hook);
            return Err(vm.type_error(format!("callable {name} expected, got {found}")));
        }
    }
    for (hook, name) in given {
        let Some(hook) = hook else { continue };
        let kept = match hook {
            NONE => Addr::NULL,
            hook => vm.incref(hook).into_addr(),
        };
        let hooks = &mut vm.settings.hooks;
        let place = match name {
            "firstiter" => &mut hooks.firstiter,
            _ => &mut hooks.finalizer,
        };
        let old = std::mem::replace(place, kept);
        vm.xdecref(old.some().map(Own::from_addr));
    }
    Ok(vm.none())
}

/// `sys.get_coroutine_origin_tracking_depth()`
pub(super) fn get_origin_depth(vm: &mut Vm, _: Addr, _: Args) -> PyResult<Own> {
    Ok(int::new(vm, i64::from(vm.settings.hooks.origin_depth)))
}

/// `sys.set_coroutine_origin_tracking_depth(depth)`
pub(super) fn set_origin_depth(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let depth = int_argument(vm, args.get(vm, 0))?;
    if depth < 0 {
        return Err(vm.value_error("depth must be >= 0"));
    }
    vm.settings.hooks.origin_depth = depth;
    Ok(vm.none())
}
