//! `breakpoint()` and `sys.breakpointhook`. CPython: Python/sysmodule.c.

use crate::python::memory::{Addr, Own};
use crate::python::object::types;
use crate::python::vm::{Args, PyResult, Vm};

/// The function that is called where the environment names no other.
const MODULE: &str = "pdb";
const FUNCTION: &str = "set_trace";

/// `sys.breakpointhook(*args, **kwargs)`: calls the debugger, and warns where there is none.
pub(super) fn hook(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let Some(debugger) = debugger(vm)? else {
        vm.warn(
            types::RUNTIME_WARNING,
            &format!("Ignoring unimportable $PYTHONBREAKPOINT: \"{MODULE}.{FUNCTION}\""),
        )?;
        return Ok(vm.none());
    };
    let result = vm.call_args(debugger.addr(), args);
    vm.decref(debugger);
    result
}

/// `pdb.set_trace`, or `None` if it cannot be imported.
fn debugger(vm: &mut Vm) -> PyResult<Option<Own>> {
    let found = vm.import_module(MODULE).and_then(|module| {
        let function = vm.get_attr_name(module.addr(), FUNCTION);
        vm.decref(module);
        function
    });
    if vm.raised_is(types::ATTRIBUTE_ERROR) {
        return vm.ignore_raised(found, types::ATTRIBUTE_ERROR);
    }
    vm.ignore_raised(found, types::IMPORT_ERROR)
}

/// `breakpoint(*args, **kws)`
pub fn builtin(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let hook = vm.get_attr_name(vm.sys, "breakpointhook")?;
    let result = vm.call_args(hook.addr(), args);
    vm.decref(hook);
    result
}
