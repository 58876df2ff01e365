//! `repr`, `str`, `format`, `ascii`. CPython: `PyObject_Repr`, `PyObject_Str`, `PyObject_Format`.

use crate::python::memory::{Addr, Own};
use crate::python::vm::{PyResult, Vm};

impl Vm {
    /// `repr(object)`
    pub fn repr(&mut self, _object: Addr) -> PyResult<Own> {
        todo!()
    }

    /// `str(object)`
    pub fn str(&mut self, _object: Addr) -> PyResult<Own> {
        todo!()
    }

    /// `format(object, spec)`
    pub fn format(&mut self, _object: Addr, _spec: Addr) -> PyResult<Own> {
        todo!()
    }

    /// `repr(object)` as text.
    pub fn repr_text(&mut self, object: Addr) -> PyResult<String> {
        let repr = self.repr(object)?;
        let text = crate::python::object::str::to_rust(self, repr.addr());
        self.decref(repr);
        Ok(text)
    }

    /// Enters the `repr` of a container; `false` when it is being shown already: `Py_ReprEnter`.
    pub fn repr_enter(&mut self, _object: Addr) -> bool {
        todo!()
    }

    /// Leaves it: `Py_ReprLeave`.
    pub fn repr_leave(&mut self, _object: Addr) {
        todo!()
    }
}
