//! The inverse functions, by Kahan's formulas ("Branch cuts for complex elementary functions").

use super::logarithm::sqrt;
use super::special::{self, Special, Table};
use super::{Failure, LARGE, LN_2};
use crate::python::module::math;
use crate::python::object::complex::Value;
use std::f64::consts::PI;

fn by_table(
    z: Value,
    table: &Table,
    finite: impl FnOnce(f64, f64) -> Result<Value, Failure>,
) -> Result<Value, Failure> {
    match table.get(z) {
        Special::Domain => Err(Failure::Domain),
        Special::Value(value) => Ok(value),
        Special::Ordinary => finite(z.0, z.1),
    }
}

fn is_large(real: f64, imag: f64) -> bool {
    real.abs() > LARGE || imag.abs() > LARGE
}

/// The logarithm of twice the length of a large number.
fn log_twice(real: f64, imag: f64) -> f64 {
    (real / 2.0).hypot(imag / 2.0).ln() + LN_2 * 2.0
}

/// `acos(z)`
pub fn acos(z: Value) -> Result<Value, Failure> {
    by_table(z, &special::ACOS, |real, imag| {
        if is_large(real, imag) {
            let length = log_twice(real, imag);
            let part = if real < 0.0 {
                -length.copysign(imag)
            } else {
                length.copysign(-imag)
            };
            return Ok((imag.abs().atan2(real), part));
        }
        let (a, b) = (sqrt((1.0 - real, -imag))?, sqrt((1.0 + real, imag))?);
        Ok((2.0 * a.0.atan2(b.0), math::asinh(b.0 * a.1 - b.1 * a.0)))
    })
}

/// `acosh(z)`
pub fn acosh(z: Value) -> Result<Value, Failure> {
    by_table(z, &special::ACOSH, |real, imag| {
        if is_large(real, imag) {
            return Ok((log_twice(real, imag), imag.atan2(real)));
        }
        let (a, b) = (sqrt((real - 1.0, imag))?, sqrt((real + 1.0, imag))?);
        Ok((math::asinh(a.0 * b.0 + a.1 * b.1), 2.0 * a.1.atan2(b.0)))
    })
}

/// `asin(z)`
pub fn asin(z: Value) -> Result<Value, Failure> {
    asinh((-z.1, z.0)).map(|(real, imag)| (imag, -real))
}

/// `asinh(z)`
pub fn asinh(z: Value) -> Result<Value, Failure> {
    by_table(z, &special::ASINH, |real, imag| {
        if is_large(real, imag) {
            let length = log_twice(real, imag);
            let part = if imag.is_sign_positive() {
                length.copysign(real)
            } else {
                -length.copysign(-real)
            };
            return Ok((part, imag.atan2(real.abs())));
        }
        let (a, b) = (sqrt((1.0 + imag, -real))?, sqrt((1.0 - imag, real))?);
        Ok((
            math::asinh(a.0 * b.1 - b.0 * a.1),
            imag.atan2(a.0 * b.0 - a.1 * b.1),
        ))
    })
}

/// `atan(z)`
pub fn atan(z: Value) -> Result<Value, Failure> {
    atanh((-z.1, z.0)).map(|(real, imag)| (imag, -real))
}

/// `atanh(z)`
pub fn atanh(z: Value) -> Result<Value, Failure> {
    by_table(z, &special::ATANH, |real, imag| {
        if real.is_sign_negative() {
            // An odd function: the half with a real part that is not negative is enough.
            return atanh((-real, -imag)).map(|(real, imag)| (-real, -imag));
        }
        let y = imag.abs();
        let root_of_large = LARGE.sqrt();
        if real > root_of_large || y > root_of_large {
            let length = (real / 2.0).hypot(y / 2.0);
            return Ok((real / 4.0 / length / length, -(PI / 2.0).copysign(-imag)));
        }
        if real == 1.0 && y < f64::MIN_POSITIVE.sqrt() {
            if y == 0.0 {
                return Err(Failure::Domain);
            }
            return Ok((
                -(y.sqrt() / y.hypot(2.0).sqrt()).ln(),
                (2f64.atan2(-y) / 2.0).copysign(imag),
            ));
        }
        let less = 1.0 - real;
        let part = (4.0 * real / (less * less + y * y)).ln_1p() / 4.0;
        Ok((
            part,
            -(-2.0 * imag).atan2(less * (1.0 + real) - y * y) / 2.0,
        ))
    })
}
