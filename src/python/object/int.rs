//! `int`: an integer of any size, in digits of 30 bits. CPython: `PyLongObject`, Objects/longobject.c.

use crate::python::memory::{Addr, Own};
use crate::python::vm::Vm;
use num_bigint::BigInt;

/// A new reference to the int of this value; small ones are shared.
pub fn new(_vm: &mut Vm, _value: i64) -> Own {
    todo!()
}

/// The same for an unsigned value.
pub fn from_u64(_vm: &mut Vm, _value: u64) -> Own {
    todo!()
}

/// The same for any size.
pub fn from_big(_vm: &mut Vm, _value: &BigInt) -> Own {
    todo!()
}

/// The value of an int (or a subclass's instance), if it fits.
pub fn as_i64(_vm: &Vm, _object: Addr) -> Option<i64> {
    todo!()
}

/// The value of an int, whatever its size.
pub fn to_big(_vm: &Vm, _object: Addr) -> BigInt {
    todo!()
}
