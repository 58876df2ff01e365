//! `float`: a double. CPython: `PyFloatObject`, Objects/floatobject.c.

use crate::python::memory::{Addr, Own};
use crate::python::vm::Vm;

/// A new float.
pub fn new(_vm: &mut Vm, _value: f64) -> Own {
    todo!()
}

/// The value of a float (or a subclass's instance).
#[inline(always)]
pub fn value(vm: &Vm, object: Addr) -> f64 {
    f64::from_bits(vm.word(object, 16))
}
