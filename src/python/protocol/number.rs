//! Operators. CPython: `PyNumber_Add` and its siblings, `binary_op1`.

use crate::python::memory::{Addr, Own};
use crate::python::object::BinaryOp;
use crate::python::vm::{PyResult, Vm};

impl Vm {
    /// `left op right`
    pub fn binary_op(&mut self, _left: Addr, _right: Addr, _op: BinaryOp) -> PyResult<Own> {
        todo!()
    }

    /// `left op= right`: the new value for the name.
    pub fn inplace_op(&mut self, _left: Addr, _right: Addr, _op: BinaryOp) -> PyResult<Own> {
        todo!()
    }

    /// `operator.index(object)`: an int.
    pub fn index(&mut self, _object: Addr) -> PyResult<Own> {
        todo!()
    }

    /// `operator.index(object)` as a number; too large raises `OverflowError` (or `class`, when not `NULL`).
    pub fn index_value(&mut self, _object: Addr, _class: Addr) -> PyResult<isize> {
        todo!()
    }

    /// A float's or an int's value, or what `__float__` and `__index__` give: `PyFloat_AsDouble`.
    pub fn as_double(&mut self, _object: Addr) -> PyResult<f64> {
        todo!()
    }
}
