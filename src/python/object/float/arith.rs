//! Arithmetic and comparison of floats, with ints mixed in.

use super::{check, new, operand, value};
use crate::python::memory::{Addr, Own};
use crate::python::object::{CompareOp, int, tuple};
use crate::python::vm::{PyResult, Vm};
use std::cmp::Ordering;

/// Both operands as doubles, or `NotImplemented` from the slot.
macro_rules! operands {
    ($vm:ident, $left:ident, $right:ident) => {
        match (operand($vm, $left)?, operand($vm, $right)?) {
            (Some(left), Some(right)) => (left, right),
            _ => return Ok($vm.not_implemented()),
        }
    };
}
pub(super) use operands;

/// `nb_add`
pub fn add(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    let (a, b) = operands!(vm, left, right);
    Ok(new(vm, a + b))
}

/// `nb_subtract`
pub fn sub(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    let (a, b) = operands!(vm, left, right);
    Ok(new(vm, a - b))
}

/// `nb_multiply`
pub fn mul(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    let (a, b) = operands!(vm, left, right);
    Ok(new(vm, a * b))
}

/// `nb_true_divide`
pub fn true_divide(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    let (a, b) = operands!(vm, left, right);
    if b == 0.0 {
        return Err(vm.division_by_zero("float division by zero"));
    }
    Ok(new(vm, a / b))
}

/// `nb_remainder`
pub fn modulo(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    let (a, b) = operands!(vm, left, right);
    if b == 0.0 {
        return Err(vm.division_by_zero("float modulo by zero"));
    }
    Ok(new(vm, python_mod(a, b)))
}

/// `nb_floor_divide`
pub fn floordiv(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    let (a, b) = operands!(vm, left, right);
    if b == 0.0 {
        return Err(vm.division_by_zero("float floor division by zero"));
    }
    Ok(new(vm, floor_divmod(a, b).0))
}

/// `nb_divmod`
pub fn divmod(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    let (a, b) = operands!(vm, left, right);
    if b == 0.0 {
        return Err(vm.division_by_zero("float divmod()"));
    }
    let (quotient, rest) = floor_divmod(a, b);
    let (quotient, rest) = (new(vm, quotient), new(vm, rest));
    Ok(tuple::from_owned(vm, vec![quotient, rest]))
}

/// `a % b`: the remainder has the sign of `b`, zero included.
pub fn python_mod(a: f64, b: f64) -> f64 {
    let rest = a % b;
    if rest == 0.0 {
        0f64.copysign(b)
    } else if (b < 0.0) != (rest < 0.0) {
        rest + b
    } else {
        rest
    }
}

/// `(a // b, a % b)` for `b` that is not zero.
pub fn floor_divmod(a: f64, b: f64) -> (f64, f64) {
    let mut rest = a % b;
    let mut quotient = (a - rest) / b;
    if rest == 0.0 {
        rest = 0f64.copysign(b);
    } else if (b < 0.0) != (rest < 0.0) {
        rest += b;
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return (0f64.copysign(a / b), rest);
    }
    let floor = quotient.floor();
    (
        if quotient - floor > 0.5 {
            floor + 1.0
        } else {
            floor
        },
        rest,
    )
}

/// `-float`
pub fn negative(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    let x = value(vm, object);
    Ok(new(vm, -x))
}

/// `+float`, `float.__float__`: the object itself, unless it is of a subclass.
pub fn exact(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    if vm.type_of(object) == crate::python::object::types::FLOAT {
        return Ok(vm.incref(object));
    }
    let x = value(vm, object);
    Ok(new(vm, x))
}

/// `abs(float)`
pub fn absolute(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    let x = value(vm, object);
    Ok(new(vm, x.abs()))
}

/// `bool(float)`
pub fn truth(vm: &mut Vm, object: Addr) -> PyResult<bool> {
    Ok(value(vm, object) != 0.0)
}

/// `tp_richcompare`
pub fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    let x = value(vm, left);
    let ordering = if check(vm, right) {
        x.partial_cmp(&value(vm, right))
    } else if int::check(vm, right) {
        compare_value(vm, x, right)
    } else {
        return Ok(vm.not_implemented());
    };
    Ok(vm.bool(holds(op, ordering)))
}

/// What an operator says; NaN (`None`) is only unequal.
pub fn holds(op: CompareOp, ordering: Option<Ordering>) -> bool {
    ordering.map_or(op == CompareOp::Ne, |ordering| op.holds(ordering))
}

/// The exact order of a double and an int of any size; `None` for NaN.
pub fn compare_value(vm: &Vm, x: f64, int: Addr) -> Option<Ordering> {
    if let Some(small) = int::as_compact(vm, int) {
        return x.partial_cmp(&(small as f64));
    }
    if x.is_nan() {
        return None;
    }
    let sign = int::sign(vm, int);
    if x.is_infinite() {
        return Some(if x > 0.0 {
            Ordering::Greater
        } else {
            Ordering::Less
        });
    }
    let own_sign = i32::from(x > 0.0) - i32::from(x < 0.0);
    if own_sign != sign {
        return Some(own_sign.cmp(&sign));
    }
    let magnitudes = compare_magnitudes(vm, x.abs(), int);
    Some(if sign < 0 {
        magnitudes.reverse()
    } else {
        magnitudes
    })
}

fn compare_magnitudes(vm: &Vm, x: f64, int: Addr) -> Ordering {
    let (bits, exponent) = (int::bit_length(vm, int) as i64, super::frexp(x).1);
    if exponent != bits {
        return exponent.cmp(&bits);
    }
    let (mantissa, exponent) = super::decode(x);
    let digits = int::digits(vm, int);
    if exponent >= 0 {
        let mantissa = [
            mantissa as u32 & int::digits::DIGIT_MASK,
            (mantissa >> 30) as u32,
        ];
        let whole = int::digits::shift_left(&mantissa, exponent as u64);
        return int::digits::compare(int::digits::normalized(&whole), digits);
    }
    // Of at most 53 bits: both sides fit in 128.
    let whole = u128::from(mantissa);
    let int = int::as_i128(vm, int).map_or(u128::MAX, i128::unsigned_abs);
    whole.cmp(&(int << (-exponent).min(64)))
}
