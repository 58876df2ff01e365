//! `**` of floats. CPython: `float_pow`.

use super::arith::operands;
use super::{new, operand};
use crate::python::memory::{Addr, Own};
use crate::python::object::{NONE, complex, int, str, types};
use crate::python::vm::{PyResult, Raised, Vm};

/// `nb_power`
pub fn power_slot(vm: &mut Vm, base: Addr, exponent: Addr, modulus: Addr) -> PyResult<Own> {
    if modulus != NONE {
        return Err(
            vm.type_error("pow() 3rd argument not allowed unless all arguments are integers")
        );
    }
    let (x, y) = operands!(vm, base, exponent);
    pow(vm, x, y)
}

/// `x ** y`: complex for a fraction of a negative number.
///
/// # Errors
/// `ZeroDivisionError` for zero to a negative power, `OverflowError` when the result is too large.
pub fn pow(vm: &mut Vm, x: f64, y: f64) -> PyResult<Own> {
    if x == 0.0 && y < 0.0 && y.is_finite() {
        return Err(vm.zero_to_the_power(
            "0.0 cannot be raised to a negative power",
            "zero to a negative power",
        ));
    }
    if x < 0.0 && x.is_finite() && y.is_finite() && y != y.floor() {
        let power = complex::pow(vm, (x, 0.0), (y, 0.0))?;
        return Ok(complex::new(vm, power));
    }
    // For infinities, zeros and NaN C's pow follows the same annex F that CPython spells out.
    let power = x.powf(y);
    if power.is_infinite() && x.is_finite() && y.is_finite() {
        return Err(range_error(vm));
    }
    Ok(new(vm, power))
}

/// `OverflowError(34, 'Numerical result out of range')`, as C's `errno` gives it.
pub fn range_error(vm: &mut Vm) -> Raised {
    let (number, text) = (
        int::new(vm, 34),
        str::new(vm, "Numerical result out of range"),
    );
    match vm.call(types::OVERFLOW_ERROR, &[number.addr(), text.addr()]) {
        Ok(error) => {
            vm.decref(number);
            vm.decref(text);
            vm.raise(error)
        }
        Err(raised) => raised,
    }
}
