//! `BaseException` and its family. CPython: `PyBaseExceptionObject`, Objects/exceptions.c.

use crate::python::memory::{Addr, Own};
use crate::python::vm::{PyResult, Vm};

/// Offsets of the fields every exception has.
#[allow(missing_docs)] // CPython's field names
pub mod offsets {
    pub const DICT: u64 = 16;
    pub const ARGS: u64 = 24;
    pub const NOTES: u64 = 32;
    pub const TRACEBACK: u64 = 40;
    pub const CONTEXT: u64 = 48;
    pub const CAUSE: u64 = 56;
    /// A byte: `__suppress_context__`.
    pub const SUPPRESS_CONTEXT: u64 = 64;
}

/// `class(value)`
pub fn new(_vm: &mut Vm, _class: Addr, _value: Own) -> PyResult<Own> {
    todo!()
}

/// `class()`
pub fn new_without_args(_vm: &mut Vm, _class: Addr) -> PyResult<Own> {
    todo!()
}
