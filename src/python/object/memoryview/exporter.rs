//! Views of objects whose class says in Python what their bytes are: `__buffer__`, PEP 688.

use super::{check_released, layout, make};
use crate::python::lib;
use crate::python::memory::{Addr, Own};
use crate::python::object::{function, int, str, types};
use crate::python::vm::{PyResult, Vm};

/// What `__buffer__` is asked for: any buffer that may be read, `PyBUF_FULL_RO`.
const FULL_RO: i64 = 0x11C;

/// A view of what `__buffer__` gives, `None` where the class has none that counts.
pub(super) fn view(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    let name = str::intern(vm, "__buffer__");
    let found = vm.type_lookup(vm.type_of(object), name.addr());
    let counts = found.is_some_and(|found| vm.profile.classes_have_buffers || is_in_c(vm, found));
    let flags = int::new(vm, FULL_RO);
    let inner = if counts {
        vm.call_special(object, name.addr(), &[flags.addr()])
    } else {
        Ok(None)
    };
    vm.decref(flags);
    vm.decref(name);
    let Some(inner) = inner? else {
        return Ok(None);
    };
    if vm.type_of(inner.addr()) != types::MEMORYVIEW {
        return Err(vm.type_error("__buffer__ returned non-memoryview object"));
    }
    check_released(vm, inner.addr())?;
    let layout = layout(vm, inner.addr());
    let view = make(vm, inner.addr(), &layout);
    vm.decref(inner);
    view.map(Some)
}

/// Whether a method stands for C code, which has buffers in all versions.
fn is_in_c(vm: &Vm, method: Addr) -> bool {
    vm.type_of(method) == types::FUNCTION && {
        let code = vm.field(method, function::CODE);
        lib::is_in_c(&vm.program_ref(code).code)
    }
}
