//! `list[int]`: the `__class_getitem__` of the generic built-in classes. CPython: `Py_GenericAlias`.

use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Vm};

/// `cls.__class_getitem__(item)`
pub fn call(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let item = args.get(vm, 0);
    super::generic_alias::new(vm, class, item)
}
