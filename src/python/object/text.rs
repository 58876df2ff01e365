//! Text under construction, with what containers add: the `repr` of their items.

pub use super::str::Text;
use crate::python::memory::Addr;
use crate::python::object::flags;
use crate::python::vm::{PyResult, Vm};

/// Appends a string object.
pub fn push_object(vm: &Vm, text: &mut Text, string: Addr) {
    text.push_view(super::str::view(vm, string));
}

/// Appends `repr(object)`, holding the object meanwhile.
pub fn push_repr(vm: &mut Vm, text: &mut Text, object: Addr) -> PyResult<()> {
    // An instance of a class is held by the frame of its `__repr__`; others are held here, as they may leave their
    // container while they are shown.
    let is_instance = vm.type_flags(vm.type_of(object)) & flags::HEAPTYPE != 0;
    let held = (!is_instance).then(|| vm.incref(object));
    let repr = vm.repr(object)?;
    push_object(vm, text, repr.addr());
    vm.decref(repr);
    vm.xdecref(held);
    Ok(())
}
