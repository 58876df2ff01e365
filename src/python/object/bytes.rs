//! `bytes`. CPython: `PyBytesObject`, Objects/bytesobject.c.

use crate::python::memory::{Addr, Own};
use crate::python::vm::Vm;

/// New bytes. The empty ones and single bytes are shared.
pub fn new(_vm: &mut Vm, _bytes: &[u8]) -> Own {
    todo!()
}

/// The bytes themselves.
pub fn as_slice(_vm: &Vm, _object: Addr) -> &[u8] {
    todo!()
}
