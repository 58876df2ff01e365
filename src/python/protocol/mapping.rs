//! Items of containers. CPython: `PyObject_GetItem`, `PySequence_Contains`, `PyObject_Size`.

use crate::python::memory::{Addr, Own};
use crate::python::vm::{PyResult, Vm};

impl Vm {
    /// `len(object)`
    pub fn len(&mut self, _object: Addr) -> PyResult<usize> {
        todo!()
    }

    /// `object[key]`
    pub fn get_item(&mut self, _object: Addr, _key: Addr) -> PyResult<Own> {
        todo!()
    }

    /// `object[key] = value`, or `del object[key]`.
    pub fn set_item(&mut self, _object: Addr, _key: Addr, _value: Option<Addr>) -> PyResult<()> {
        todo!()
    }

    /// `key in object`
    pub fn contains(&mut self, _object: Addr, _key: Addr) -> PyResult<bool> {
        todo!()
    }
}
