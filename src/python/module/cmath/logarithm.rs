//! `log` and `sqrt`.

use super::special::{self, Special};
use super::{Failure, LARGE, LN_2};
use crate::python::object::complex::Value;
use crate::python::object::float::ldexp;

/// Bits of a double's mantissa.
const MANTISSA: i64 = 53;

/// `log(z)`
pub fn log(z: Value) -> Result<Value, Failure> {
    match special::LOG.get(z) {
        Special::Domain => return Err(Failure::Domain),
        Special::Value(value) => return Ok(value),
        Special::Ordinary => {}
    }
    let (x, y) = (z.0.abs(), z.1.abs());
    let tiny = f64::MIN_POSITIVE;
    let real = if x > LARGE || y > LARGE {
        (x / 2.0).hypot(y / 2.0).ln() + LN_2
    } else if x < tiny && y < tiny {
        if x == 0.0 && y == 0.0 {
            return Err(Failure::Domain);
        }
        ldexp(x, MANTISSA).hypot(ldexp(y, MANTISSA)).ln() - MANTISSA as f64 * LN_2
    } else {
        let length = x.hypot(y);
        if (0.71..=1.73).contains(&length) {
            // Near 1 the logarithm is of what the length has above 1.
            let (large, small) = (x.max(y), x.min(y));
            ((large - 1.0) * (large + 1.0) + small * small).ln_1p() / 2.0
        } else {
            length.ln()
        }
    };
    Ok((real, z.1.atan2(z.0)))
}

/// `log10(z)`
pub fn log10(z: Value) -> Result<Value, Failure> {
    let ten = std::f64::consts::LN_10;
    log(z).map(|(real, imag)| (real / ten, imag / ten))
}

/// `sqrt(z)`
pub fn sqrt(z: Value) -> Result<Value, Failure> {
    match special::SQRT.get(z) {
        Special::Domain => return Err(Failure::Domain),
        Special::Value(value) => return Ok(value),
        Special::Ordinary => {}
    }
    let (real, imag) = z;
    if real == 0.0 && imag == 0.0 {
        return Ok((0.0, imag));
    }
    let (x, y) = (real.abs(), imag.abs());
    let root = if x < f64::MIN_POSITIVE && y < f64::MIN_POSITIVE {
        // Out of the subnormal numbers, by an odd power that half of undoes.
        let x = ldexp(x, MANTISSA);
        ldexp(
            (x + x.hypot(ldexp(y, MANTISSA))).sqrt(),
            -(MANTISSA + 1) / 2,
        )
    } else {
        let x = x / 8.0;
        2.0 * (x + x.hypot(y / 8.0)).sqrt()
    };
    let other = y / (2.0 * root);
    if real >= 0.0 {
        Ok((root, other.copysign(imag)))
    } else {
        Ok((other, root.copysign(imag)))
    }
}
