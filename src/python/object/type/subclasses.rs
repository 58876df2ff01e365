//! The classes below a class. CPython: `tp_subclasses`, `add_subclass`, `remove_subclass` (Objects/typeobject.c).
//!
//! Each base keeps a dict with an entry for each class that names it as a base: the class's address as an int, and the
//! plain weak reference to the class. Python sees them: `weakref.getweakrefcount(C)` is 1 for any class, and a new class
//! takes the memory of the two.

use crate::python::memory::Addr;
use crate::python::object::{dict, int, types, weakref};
use crate::python::vm::typedata::TP_SUBCLASSES;
use crate::python::vm::{PyResult, Vm};

/// Enters a class below one of its bases.
pub fn add(vm: &mut Vm, base: Addr, class: Addr) -> PyResult<()> {
    let key = int::from_u64(vm, class.0);
    let reference = weakref::new(vm, types::WEAKREF, class, Addr::NULL)?;
    if vm.field(base, TP_SUBCLASSES).is_null() {
        let made = dict::new(vm);
        vm.init_field(base, TP_SUBCLASSES, made);
    }
    let entries = vm.field(base, TP_SUBCLASSES);
    dict::set(vm, entries, key.addr(), reference.addr())?;
    vm.decref(reference);
    vm.decref(key);
    vm.type_data_mut(base).subclasses.push(class);
    Ok(())
}

/// Takes a class out of the list of a base.
pub fn remove(vm: &mut Vm, base: Addr, class: Addr) {
    let below = &mut vm.type_data_mut(base).subclasses;
    below.retain(|subclass| *subclass != class);
    let is_empty = below.is_empty();
    let entries = vm.field(base, TP_SUBCLASSES);
    if entries.is_null() {
        return;
    }
    let key = int::from_u64(vm, class.0);
    match dict::remove(vm, entries, key.addr()) {
        Ok(reference) => vm.xdecref(reference),
        Err(_) => vm.clear_raised(),
    }
    vm.decref(key);
    if is_empty && vm.profile.empty_subclasses_go {
        vm.set_field(base, TP_SUBCLASSES, None);
    }
}
