//! `complex`: two doubles. CPython: `PyComplexObject`, Objects/complexobject.c.

mod arith;
mod methods;
mod text;

pub use arith::{abs, div, mul, pow};
pub use methods::{SPEC, from_object, value_of};
pub use text::{parse, repr};

use super::{OB_REFCNT, OB_TYPE, types};
use crate::python::memory::{Addr, Own};
use crate::python::vm::Vm;

/// Offset of the real part.
pub const REAL: u64 = 16;
/// Offset of the imaginary part.
pub const IMAG: u64 = 24;

/// Real and imaginary part.
pub type Value = (f64, f64);

/// A new complex number.
pub fn new(vm: &mut Vm, (real, imag): Value) -> Own {
    let object = vm.heap.alloc(32);
    vm.set_word(object, OB_REFCNT, 1);
    vm.set_word(object, OB_TYPE, types::COMPLEX.0);
    vm.set_word(object, REAL, real.to_bits());
    vm.set_word(object, IMAG, imag.to_bits());
    Own::from_addr(object)
}

/// The value of a complex number (or a subclass's instance).
#[inline]
pub fn value(vm: &Vm, object: Addr) -> Value {
    (
        f64::from_bits(vm.word(object, REAL)),
        f64::from_bits(vm.word(object, IMAG)),
    )
}

/// Whether the object is complex or an instance of a subclass: `PyComplex_Check`.
pub fn check(vm: &Vm, object: Addr) -> bool {
    vm.type_check(object, types::COMPLEX)
}
