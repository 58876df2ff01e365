//! Arithmetic of complex numbers, with floats and ints mixed in.

use super::{Value, check, new, value};
use crate::python::memory::{Addr, Own};
use crate::python::object::{CompareOp, NONE, float, int};
use crate::python::vm::{PyResult, Vm};
use std::cmp::Ordering;

/// The value of an operand; `None` for what is no number.
fn operand(vm: &mut Vm, object: Addr) -> PyResult<Option<Value>> {
    if check(vm, object) {
        return Ok(Some(value(vm, object)));
    }
    Ok(float::operand(vm, object)?.map(|real| (real, 0.0)))
}

macro_rules! operands {
    ($vm:ident, $left:ident, $right:ident) => {
        match (operand($vm, $left)?, operand($vm, $right)?) {
            (Some(left), Some(right)) => (left, right),
            _ => return Ok($vm.not_implemented()),
        }
    };
}

/// `nb_add`
pub fn add_slot(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    let (a, b) = operands!(vm, left, right);
    Ok(new(vm, (a.0 + b.0, a.1 + b.1)))
}

/// `nb_subtract`
pub fn sub_slot(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    let (a, b) = operands!(vm, left, right);
    Ok(new(vm, (a.0 - b.0, a.1 - b.1)))
}

/// `nb_multiply`
pub fn mul_slot(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    let (a, b) = operands!(vm, left, right);
    Ok(new(vm, mul(a, b)))
}

/// `nb_true_divide`
pub fn div_slot(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    let (a, b) = operands!(vm, left, right);
    match div(a, b) {
        Some(quotient) => Ok(new(vm, quotient)),
        None => Err(vm.division_by_zero("complex division by zero")),
    }
}

/// `nb_power`
pub fn power_slot(vm: &mut Vm, left: Addr, right: Addr, modulus: Addr) -> PyResult<Own> {
    let (a, b) = operands!(vm, left, right);
    if modulus != NONE {
        return Err(vm.value_error("complex modulo"));
    }
    let power = pow(vm, a, b)?;
    Ok(new(vm, power))
}

/// `a * b`
pub fn mul(a: Value, b: Value) -> Value {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
}

/// `a / b`, scaled by the larger part of `b` (Smith's method); `None` for a division by zero.
pub fn div(a: Value, b: Value) -> Option<Value> {
    let (real, imag) = (b.0.abs(), b.1.abs());
    if real >= imag {
        if real == 0.0 {
            return None;
        }
        let ratio = b.1 / b.0;
        let denominator = b.0 + b.1 * ratio;
        Some((
            (a.0 + a.1 * ratio) / denominator,
            (a.1 - a.0 * ratio) / denominator,
        ))
    } else if imag >= real {
        let ratio = b.0 / b.1;
        let denominator = b.0 * ratio + b.1;
        Some((
            (a.0 * ratio + a.1) / denominator,
            (a.1 * ratio - a.0) / denominator,
        ))
    } else {
        Some((f64::NAN, f64::NAN))
    }
}

/// `a ** b`
///
/// # Errors
/// `ZeroDivisionError` for zero to a negative or complex power, `OverflowError` for infinite results.
pub fn pow(vm: &mut Vm, a: Value, b: Value) -> PyResult<Value> {
    // A small whole exponent is multiplied out, which is faster and more accurate.
    let power = if b.1 == 0.0 && b.0 == b.0.floor() && b.0.abs() <= 100.0 {
        whole_pow(a, b.0 as i32)
    } else {
        polar_pow(a, b)
    };
    match power {
        None => Err(vm.zero_to_the_power(
            "0.0 to a negative or complex power",
            "zero to a negative or complex power",
        )),
        Some((real, imag)) if real.is_infinite() || imag.is_infinite() => {
            Err(vm.overflow_error("complex exponentiation"))
        }
        Some(power) => Ok(power),
    }
}

fn whole_pow(a: Value, exponent: i32) -> Option<Value> {
    let (mut power, mut square) = ((1.0, 0.0), a);
    let (mut mask, magnitude) = (1, exponent.unsigned_abs());
    while magnitude >= mask {
        if magnitude & mask != 0 {
            power = mul(power, square);
        }
        mask <<= 1;
        square = mul(square, square);
    }
    if exponent > 0 {
        Some(power)
    } else {
        div((1.0, 0.0), power)
    }
}

fn polar_pow(a: Value, b: Value) -> Option<Value> {
    if b == (0.0, 0.0) {
        return Some((1.0, 0.0));
    }
    if a == (0.0, 0.0) {
        return if b.1 != 0.0 || b.0 < 0.0 {
            None
        } else {
            Some((0.0, 0.0))
        };
    }
    let radius = a.0.hypot(a.1);
    let angle = a.1.atan2(a.0);
    let (mut length, mut phase) = (radius.powf(b.0), angle * b.0);
    if b.1 != 0.0 {
        length *= (-angle * b.1).exp();
        phase += b.1 * radius.ln();
    }
    Some((length * phase.cos(), length * phase.sin()))
}

/// `abs(a)`; `None` when it is too large.
pub fn abs(a: Value) -> Option<f64> {
    if a.0.is_infinite() || a.1.is_infinite() {
        return Some(f64::INFINITY);
    }
    let length = a.0.hypot(a.1);
    (!length.is_infinite()).then_some(length)
}

/// `-complex`
pub fn negative(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    let (real, imag) = value(vm, object);
    Ok(new(vm, (-real, -imag)))
}

/// `+complex`: the object itself, unless it is of a subclass.
pub fn positive(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    if vm.type_of(object) == crate::python::object::types::COMPLEX {
        return Ok(vm.incref(object));
    }
    let value = value(vm, object);
    Ok(new(vm, value))
}

/// `abs(complex)`
pub fn absolute(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    match abs(value(vm, object)) {
        Some(length) => Ok(float::new(vm, length)),
        None => Err(vm.overflow_error("absolute value too large")),
    }
}

/// `bool(complex)`
pub fn truth(vm: &mut Vm, object: Addr) -> PyResult<bool> {
    Ok(value(vm, object) != (0.0, 0.0))
}

/// `tp_richcompare`: only `==` and `!=`.
pub fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(vm.not_implemented());
    }
    let (real, imag) = value(vm, left);
    let equal = if int::check(vm, right) {
        imag == 0.0 && float::compare_value(vm, real, right) == Some(Ordering::Equal)
    } else if float::check(vm, right) {
        imag == 0.0 && real == float::value(vm, right)
    } else if check(vm, right) {
        (real, imag) == value(vm, right)
    } else {
        return Ok(vm.not_implemented());
    };
    Ok(vm.bool(equal == (op == CompareOp::Eq)))
}
