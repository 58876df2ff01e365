//! Warnings of the machine itself: through the module `warnings`, imported when the first is due.

use super::{PyResult, Raised, Vm};
use crate::python::memory::Addr;
use crate::python::object::{dict, str, types};

/// `warnings.warn(message, category)`, as the running Python code would call it.
///
/// # Errors
/// The warning, where a filter makes it an exception.
pub fn through_module(vm: &mut Vm, category: Addr, message: &str) -> PyResult<()> {
    if !is_wanted(vm, category) {
        return Ok(());
    }
    let Some(module) = warnings(vm) else {
        return Ok(());
    };
    let function = vm.get_attr_name(module.addr(), "warn")?;
    vm.decref(module);
    let message = str::try_new(vm, message)?;
    let result = vm.call(function.addr(), &[message.addr(), category]);
    vm.decref(message);
    vm.decref(function);
    let result = result?;
    vm.decref(result);
    Ok(())
}

/// The module; `None` when it cannot be imported any more, at the end of a program.
fn warnings(vm: &mut Vm) -> Option<crate::python::memory::Own> {
    let modules = vm.modules;
    if dict::len(vm, modules) == 0 {
        return None;
    }
    match vm.import_module("warnings") {
        Ok(module) => Some(module),
        Err(Raised) => {
            vm.clear_raised();
            None
        }
    }
}

/// Whether a fresh interpreter's filters let the category through. With the module imported, they decide.
fn is_wanted(vm: &mut Vm, category: Addr) -> bool {
    let modules = vm.modules;
    if dict::get_name(vm, modules, "warnings").is_some() {
        return true;
    }
    let ignored = [
        types::PENDING_DEPRECATION_WARNING,
        types::IMPORT_WARNING,
        types::RESOURCE_WARNING,
    ];
    if ignored
        .iter()
        .any(|ignored| vm.is_subtype(category, *ignored))
    {
        return false;
    }
    !vm.is_subtype(category, types::DEPRECATION_WARNING) || runs_main(vm)
}

/// Whether the running function belongs to `__main__`.
fn runs_main(vm: &mut Vm) -> bool {
    let globals = vm.frame_globals();
    if globals.is_null() {
        return false;
    }
    dict::get_str(vm, globals, vm.names.__name__)
        .is_some_and(|name| str::check(vm, name) && str::is(vm, name, "__main__"))
}
