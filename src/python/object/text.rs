//! Text under construction, with what containers add: the `repr` of their items.

pub use super::str::Text;
use crate::python::memory::Addr;
use crate::python::vm::{PyResult, Vm};

/// Appends a string object.
pub fn push_object(vm: &Vm, text: &mut Text, string: Addr) {
    text.push_view(super::str::view(vm, string));
}

/// Appends `repr(object)`, holding the object meanwhile.
pub fn push_repr(vm: &mut Vm, text: &mut Text, object: Addr) -> PyResult<()> {
    let object = vm.incref(object);
    let repr = vm.repr(object.addr())?;
    push_object(vm, text, repr.addr());
    vm.decref(repr);
    vm.decref(object);
    Ok(())
}
