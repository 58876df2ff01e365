//! Comparison, truth and hashing. CPython: `PyObject_RichCompare`, `PyObject_IsTrue`, `PyObject_Hash`.

use crate::python::memory::{Addr, Own};
use crate::python::object::CompareOp;
use crate::python::vm::{PyResult, Vm};

impl Vm {
    /// `left op right`
    pub fn rich_compare(&mut self, _left: Addr, _right: Addr, _op: CompareOp) -> PyResult<Own> {
        todo!()
    }

    /// `left op right` as a truth value, with the identity shortcut of `==` and `!=`: `PyObject_RichCompareBool`.
    pub fn rich_compare_bool(
        &mut self,
        _left: Addr,
        _right: Addr,
        _op: CompareOp,
    ) -> PyResult<bool> {
        todo!()
    }

    /// `left is right or left == right`
    pub fn equal(&mut self, left: Addr, right: Addr) -> PyResult<bool> {
        self.rich_compare_bool(left, right, CompareOp::Eq)
    }

    /// `bool(object)`
    pub fn is_true(&mut self, _object: Addr) -> PyResult<bool> {
        todo!()
    }

    /// `hash(object)`
    pub fn hash(&mut self, _object: Addr) -> PyResult<i64> {
        todo!()
    }
}
