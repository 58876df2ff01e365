//! `sys`: the exception being handled, and the functions that show values and exceptions. CPython: Python/sysmodule.c.

use super::super::add;
use crate::python::memory::{Addr, Own};
use crate::python::object::{NONE, dict, exception, flags, module, str, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

/// Hooks, each of which also has a name between underscores that a program leaves alone.
const HOOKS: [&str; 4] = [
    "breakpointhook",
    "displayhook",
    "excepthook",
    "unraisablehook",
];

/// Keeps the hooks under their second names.
pub(super) fn keep_originals(vm: &mut Vm, module: Addr) -> PyResult<()> {
    for name in HOOKS {
        let hook = vm.get_attr_name(module, name)?;
        add(vm, module, &format!("__{name}__"), hook);
    }
    Ok(())
}

/// `sys.exception()`
pub(super) fn exception(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    let handled = vm.handled().unwrap_or(NONE);
    Ok(vm.incref(handled))
}

/// `sys.exc_info()`
pub(super) fn exc_info(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    let parts = match vm.handled() {
        Some(handled) => vm.exception_triple(handled),
        None => [NONE; 3],
    };
    Ok(tuple::new(vm, &parts))
}

/// `sys.excepthook(exctype, value, traceback)`
pub(super) fn excepthook(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let (value, trace) = (args.get(vm, 1), args.get(vm, 2));
    if !vm.has_flag(value, flags::BASE_EXC_SUBCLASS) {
        let name = vm.type_name(value);
        vm.print_error_text(&format!(
            "TypeError: print_exception(): Exception expected for value, {name} found\n"
        ));
        return Ok(vm.none());
    }
    let own = vm.field(value, exception::offsets::TRACEBACK);
    if own.is_null() && vm.type_of(trace) == types::TRACEBACK {
        let trace = vm.incref(trace);
        vm.set_field(value, exception::offsets::TRACEBACK, Some(trace));
    }
    vm.display_exception(value);
    Ok(vm.none())
}

/// `sys.unraisablehook(unraisable)`
pub(super) fn unraisablehook(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let given = args.get(vm, 0);
    if vm.type_of(given) != types::STRUCT_SEQUENCE_UNRAISABLE {
        return Err(vm.type_error("sys.unraisablehook argument type must be UnraisableHookArgs"));
    }
    let [_, value, _, message, object] = tuple::items(vm, given)[..] else {
        return Ok(vm.none());
    };
    let message = vm
        .has_flag(message, flags::UNICODE_SUBCLASS)
        .then(|| str::to_rust(vm, message));
    if value != NONE {
        vm.display_unraisable(value, message.as_deref(), object);
    }
    Ok(vm.none())
}

/// `sys.displayhook(object)`: shows a value and keeps it as `builtins._`.
pub(super) fn displayhook(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let value = args.get(vm, 0);
    if value == NONE {
        return Ok(vm.none());
    }
    let namespace = module::namespace(vm, vm.builtins);
    let none = vm.none();
    dict::set_name(vm, namespace, "_", none);
    let text = vm.repr_text(value)?;
    let stdout = match vm.sys_attribute(vm.names.stdout)? {
        Some(stdout) if stdout.addr() != NONE => stdout,
        other => {
            vm.xdecref(other);
            return Err(vm.runtime_error("lost sys.stdout"));
        }
    };
    for text in [&text, "\n"] {
        if vm.is_plain_stdout(stdout.addr()) {
            vm.print_text(text)?;
        } else {
            let text = str::new(vm, text);
            let result = vm.call_method(stdout.addr(), vm.names.write, &[text.addr()])?;
            vm.decref(result);
            vm.decref(text);
        }
    }
    vm.decref(stdout);
    let value = vm.incref(value);
    dict::set_name(vm, namespace, "_", value);
    Ok(vm.none())
}
