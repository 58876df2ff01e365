//! Arithmetic on constant numbers, as Python does it.

use super::integer;
use crate::python::code::Const;
use crate::python::compiler::ast::Operator;
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

/// `MAX_INT_SIZE`: an integer made by multiplying, raising or shifting has at most this many bits.
const INT_BITS_MAX: u64 = 128;

/// `left op right` on numbers.
pub(super) fn binary(op: Operator, left: &Const, right: &Const) -> Option<Const> {
    match (left, right) {
        (Const::Complex(..), _) | (_, Const::Complex(..)) => {
            complex(op, to_complex(left)?, to_complex(right)?)
        }
        (Const::Float(_), _) | (_, Const::Float(_)) => float(op, to_float(left)?, to_float(right)?),
        (Const::Bool(a), Const::Bool(b)) => match op {
            Operator::And => Some(Const::Bool(a & b)),
            Operator::Or => Some(Const::Bool(a | b)),
            Operator::Xor => Some(Const::Bool(a ^ b)),
            _ => int(op, integer(left)?, integer(right)?),
        },
        _ => int(op, integer(left)?, integer(right)?),
    }
}

fn to_float(value: &Const) -> Option<f64> {
    match value {
        Const::Float(value) => Some(*value),
        _ => integer(value)?.to_f64().filter(|x| x.is_finite()),
    }
}

fn to_complex(value: &Const) -> Option<(f64, f64)> {
    match value {
        Const::Complex(real, imag) => Some((*real, *imag)),
        _ => Some((to_float(value)?, 0.0)),
    }
}

fn int(op: Operator, a: BigInt, b: BigInt) -> Option<Const> {
    Some(Const::Int(match op {
        Operator::Add => a + b,
        Operator::Sub => a - b,
        Operator::Mult => {
            if !a.is_zero() && !b.is_zero() && a.bits() + b.bits() > INT_BITS_MAX {
                return None;
            }
            a * b
        }
        Operator::FloorDiv if !b.is_zero() => a.div_floor(&b),
        Operator::Mod if !b.is_zero() => a.mod_floor(&b),
        Operator::Div if !b.is_zero() => return true_divide(&a, &b).map(Const::Float),
        Operator::And => a & b,
        Operator::Or => a | b,
        Operator::Xor => a ^ b,
        Operator::LShift => {
            if a.is_zero() && !b.is_negative() {
                return Some(Const::Int(a));
            }
            let shift = b
                .to_u64()
                .filter(|&n| n <= INT_BITS_MAX && a.bits() + n <= INT_BITS_MAX)?;
            a << shift
        }
        Operator::RShift if !b.is_negative() => match b.to_u64() {
            Some(shift) => a >> shift,
            None if a.is_negative() => BigInt::from(-1),
            None => BigInt::ZERO,
        },
        Operator::Pow => return int_power(a, b),
        _ => return None,
    }))
}

fn int_power(a: BigInt, b: BigInt) -> Option<Const> {
    if b.is_negative() {
        return if a.is_zero() {
            None
        } else {
            float(Operator::Pow, a.to_f64()?, b.to_f64()?)
        };
    }
    let exponent = match b.to_u64() {
        Some(exponent) if a.is_zero() || b.is_zero() || exponent <= INT_BITS_MAX => exponent,
        None if a.is_zero() => return Some(Const::Int(BigInt::ZERO)),
        _ => return None,
    };
    if a.is_zero() {
        return Some(Const::Int(BigInt::from((exponent == 0) as u8)));
    }
    if exponent > 0 && a.bits() > INT_BITS_MAX / exponent {
        return None;
    }
    Some(Const::Int(a.pow(exponent as u32)))
}

/// The correctly rounded quotient of two integers. `None` when it does not fit a float.
fn true_divide(a: &BigInt, b: &BigInt) -> Option<f64> {
    const EXACT: u64 = 53;
    if a.bits() <= EXACT && b.bits() <= EXACT {
        return Some(a.to_f64()? / b.to_f64()?);
    }
    // Scale so that the integer quotient has at least 66 bits; a last bit that stands for the remainder
    // then makes the conversion round as the exact quotient would.
    let shift = 66 + b.bits() as i64 - a.bits() as i64;
    let (scaled_a, scaled_b) = if shift >= 0 {
        (a.abs() << shift, b.abs())
    } else {
        (a.abs(), b.abs() << -shift)
    };
    let (quotient, remainder) = scaled_a.div_rem(&scaled_b);
    let sticky = (quotient << 1u32) + BigInt::from(!remainder.is_zero() as u8);
    let exponent = -(shift + 1);
    if sticky.bits() as i64 + exponent < -1020 {
        return None; // subnormal: the two steps would round twice
    }
    let magnitude = sticky.to_f64()?
        * 2f64.powi(exponent.clamp(-1000, 1000) as i32)
        * 2f64.powi((exponent - exponent.clamp(-1000, 1000)).clamp(-1000, 1000) as i32);
    let negative = (a.sign() == Sign::Minus) != (b.sign() == Sign::Minus);
    magnitude
        .is_finite()
        .then_some(if negative { -magnitude } else { magnitude })
}

fn float(op: Operator, a: f64, b: f64) -> Option<Const> {
    Some(Const::Float(match op {
        Operator::Add => a + b,
        Operator::Sub => a - b,
        Operator::Mult => a * b,
        Operator::Div if b != 0.0 => a / b,
        Operator::FloorDiv if b != 0.0 => divmod(a, b).0,
        Operator::Mod if b != 0.0 => divmod(a, b).1,
        Operator::Pow => return float_power(a, b),
        _ => return None,
    }))
}

/// Floor division and remainder; the remainder has the divisor's sign.
fn divmod(a: f64, b: f64) -> (f64, f64) {
    let mut remainder = a % b;
    let mut quotient = (a - remainder) / b;
    if remainder != 0.0 {
        if (b < 0.0) != (remainder < 0.0) {
            remainder += b;
            quotient -= 1.0;
        }
    } else {
        remainder = 0f64.copysign(b);
    }
    let floor = if quotient != 0.0 {
        let floor = quotient.floor();
        if quotient - floor > 0.5 {
            floor + 1.0
        } else {
            floor
        }
    } else {
        0f64.copysign(a / b)
    };
    (floor, remainder)
}

fn float_power(a: f64, b: f64) -> Option<Const> {
    if a == 0.0 && b < 0.0 {
        return None;
    }
    if a < 0.0 && a.is_finite() && b.is_finite() && b != b.floor() {
        return complex(Operator::Pow, (a, 0.0), (b, 0.0));
    }
    let result = a.powf(b);
    if result.is_infinite() && a.is_finite() && b.is_finite() {
        return None; // OverflowError
    }
    Some(Const::Float(result))
}

fn complex(op: Operator, a: (f64, f64), b: (f64, f64)) -> Option<Const> {
    let (real, imag) = match op {
        Operator::Add => (a.0 + b.0, a.1 + b.1),
        Operator::Sub => (a.0 - b.0, a.1 - b.1),
        Operator::Mult => multiply(a, b),
        Operator::Div => divide(a, b)?,
        Operator::Pow => return complex_power(a, b),
        _ => return None,
    };
    Some(Const::Complex(real, imag))
}

fn multiply(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
}

/// Smith's way: scale by the larger part of the divisor.
fn divide(a: (f64, f64), b: (f64, f64)) -> Option<(f64, f64)> {
    if b == (0.0, 0.0) {
        return None;
    }
    if b.0.abs() >= b.1.abs() {
        let ratio = b.1 / b.0;
        let denominator = b.0 + b.1 * ratio;
        Some((
            (a.0 + a.1 * ratio) / denominator,
            (a.1 - a.0 * ratio) / denominator,
        ))
    } else {
        let ratio = b.0 / b.1;
        let denominator = b.0 * ratio + b.1;
        Some((
            (a.0 * ratio + a.1) / denominator,
            (a.1 * ratio - a.0) / denominator,
        ))
    }
}

fn complex_power(a: (f64, f64), b: (f64, f64)) -> Option<Const> {
    let result = if b.1 == 0.0 && b.0 == b.0.floor() && b.0.abs() <= 100.0 {
        let mut power = (1.0, 0.0);
        let mut square = a;
        let mut n = b.0.abs() as u32;
        while n > 0 {
            if n & 1 == 1 {
                power = multiply(power, square);
            }
            square = multiply(square, square);
            n >>= 1;
        }
        if b.0 > 0.0 {
            power
        } else {
            divide((1.0, 0.0), power)?
        }
    } else if b == (0.0, 0.0) {
        (1.0, 0.0)
    } else if a == (0.0, 0.0) {
        if b.1 != 0.0 || b.0 < 0.0 {
            return None;
        }
        (0.0, 0.0)
    } else {
        let size = a.0.hypot(a.1);
        let angle = a.1.atan2(a.0);
        let mut length = size.powf(b.0);
        let mut phase = angle * b.0;
        if b.1 != 0.0 {
            length *= (-angle * b.1).exp();
            phase += b.1 * size.ln();
        }
        (length * phase.cos(), length * phase.sin())
    };
    (result.0.is_finite() && result.1.is_finite()).then_some(Const::Complex(result.0, result.1))
}
