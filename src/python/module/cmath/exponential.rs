//! The exponential function and what is made of it.

use super::Failure;
use super::special::{self, Special, Table};
use crate::python::object::complex::Value;
use std::f64::consts::E;

/// The logarithm of a quarter of the largest double: above it one step back keeps `exp` finite.
fn log_large() -> f64 {
    super::LARGE.ln()
}

/// The result of `finite` for ordinary arguments; for an infinite real part and a finite angle the result of
/// `ray`, which has the angle's signs; else the table's.
fn by_case(
    z: Value,
    table: &Table,
    finite: impl FnOnce(f64, f64) -> Value,
    ray: impl FnOnce(bool, f64, f64) -> Value,
) -> Result<Value, Failure> {
    let (real, imag) = z;
    if real.is_infinite() && imag.is_finite() && imag != 0.0 {
        return Ok(ray(real > 0.0, imag.cos(), imag.sin()));
    }
    match table.get(z) {
        Special::Domain => Err(Failure::Domain),
        Special::Value(value) => Ok(value),
        Special::Ordinary => {
            let value = finite(real, imag);
            if value.0.is_infinite() || value.1.is_infinite() {
                Err(Failure::Range)
            } else {
                Ok(value)
            }
        }
    }
}

/// `exp(z)`
pub fn exp(z: Value) -> Result<Value, Failure> {
    let finite = |real: f64, imag: f64| {
        if real > log_large() {
            let length = (real - 1.0).exp();
            return (length * imag.cos() * E, length * imag.sin() * E);
        }
        let length = real.exp();
        (length * imag.cos(), length * imag.sin())
    };
    by_case(z, &special::EXP, finite, |positive, cos, sin| {
        let length = if positive { f64::INFINITY } else { 0.0 };
        (length.copysign(cos), length.copysign(sin))
    })
}

/// `cosh(z)`
pub fn cosh(z: Value) -> Result<Value, Failure> {
    let finite = |real: f64, imag: f64| {
        if real.abs() > log_large() {
            let less = real - 1f64.copysign(real);
            return (imag.cos() * less.cosh() * E, imag.sin() * less.sinh() * E);
        }
        (imag.cos() * real.cosh(), imag.sin() * real.sinh())
    };
    by_case(z, &special::COSH, finite, |positive, cos, sin| {
        let imag = f64::INFINITY.copysign(sin);
        (
            f64::INFINITY.copysign(cos),
            if positive { imag } else { -imag },
        )
    })
}

/// `sinh(z)`
pub fn sinh(z: Value) -> Result<Value, Failure> {
    let finite = |real: f64, imag: f64| {
        if real.abs() > log_large() {
            let less = real - 1f64.copysign(real);
            return (imag.cos() * less.sinh() * E, imag.sin() * less.cosh() * E);
        }
        (imag.cos() * real.sinh(), imag.sin() * real.cosh())
    };
    by_case(z, &special::SINH, finite, |positive, cos, sin| {
        let real = f64::INFINITY.copysign(cos);
        (
            if positive { real } else { -real },
            f64::INFINITY.copysign(sin),
        )
    })
}

/// `tanh(z)`
pub fn tanh(z: Value) -> Result<Value, Failure> {
    let finite = |real: f64, imag: f64| {
        if real.abs() > log_large() {
            let rest = 4.0 * imag.sin() * imag.cos() * (-2.0 * real.abs()).exp();
            return (1f64.copysign(real), rest);
        }
        let (tx, ty, cx) = (real.tanh(), imag.tan(), 1.0 / real.cosh());
        let product = tx * ty;
        let denominator = 1.0 + product * product;
        (
            tx * (1.0 + ty * ty) / denominator,
            ((ty / denominator) * cx) * cx,
        )
    };
    by_case(z, &special::TANH, finite, |positive, cos, sin| {
        (
            if positive { 1.0 } else { -1.0 },
            0f64.copysign(2.0 * sin * cos),
        )
    })
}

/// `cos(z)`
pub fn cos(z: Value) -> Result<Value, Failure> {
    cosh((-z.1, z.0))
}

/// `sin(z)`
pub fn sin(z: Value) -> Result<Value, Failure> {
    sinh((-z.1, z.0)).map(|(real, imag)| (imag, -real))
}

/// `tan(z)`
pub fn tan(z: Value) -> Result<Value, Failure> {
    tanh((-z.1, z.0)).map(|(real, imag)| (imag, -real))
}

/// The number of length `r` and angle `phi`.
pub fn rect(r: f64, phi: f64) -> Result<Value, Failure> {
    let finite = |r: f64, phi: f64| {
        // An angle of zero keeps its sign, whatever the length.
        if phi == 0.0 {
            (r, r * phi)
        } else {
            (r * phi.cos(), r * phi.sin())
        }
    };
    if r.is_finite() && phi.is_finite() {
        return Ok(finite(r, phi));
    }
    by_case((r, phi), &special::RECT, finite, |positive, cos, sin| {
        let value = (f64::INFINITY.copysign(cos), f64::INFINITY.copysign(sin));
        if positive {
            value
        } else {
            (-value.0, -value.1)
        }
    })
}
