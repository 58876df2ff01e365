//! Powers, logarithms and angles.

use super::{argument, domain_error, range_error};
use crate::python::memory::{Addr, Own};
use crate::python::object::{BinaryOp, float, int};
use crate::python::vm::{Args, PyResult, Vm};

const LN_2: f64 = std::f64::consts::LN_2;
/// 2**28: past it a term of 1 is lost beside the square.
const LARGE: f64 = 268_435_456.0;

/// Inverse hyperbolic sine, by the formulas of Sun's library that C's uses.
pub fn asinh(x: f64) -> f64 {
    let magnitude = x.abs();
    if !x.is_finite() || magnitude < 1.0 / LARGE {
        return x;
    }
    let result = if magnitude > LARGE {
        magnitude.ln() + LN_2
    } else if magnitude > 2.0 {
        (2.0 * magnitude + 1.0 / ((x * x + 1.0).sqrt() + magnitude)).ln()
    } else {
        let square = x * x;
        (magnitude + square / (1.0 + (1.0 + square).sqrt())).ln_1p()
    };
    result.copysign(x)
}

/// Inverse hyperbolic cosine.
pub fn acosh(x: f64) -> f64 {
    if x < 1.0 || x.is_nan() {
        return f64::NAN;
    }
    if x >= LARGE {
        return if x.is_infinite() { x } else { x.ln() + LN_2 };
    }
    if x > 2.0 {
        let square = x * x;
        return (2.0 * x - 1.0 / (x + (square - 1.0).sqrt())).ln();
    }
    let above = x - 1.0;
    (above + (2.0 * above + above * above).sqrt()).ln_1p()
}

/// Inverse hyperbolic tangent.
pub fn atanh(x: f64) -> f64 {
    let magnitude = x.abs();
    if magnitude > 1.0 || x.is_nan() {
        return f64::NAN;
    }
    if magnitude == 1.0 {
        return f64::INFINITY.copysign(x);
    }
    if magnitude < 1.0 / LARGE {
        return x;
    }
    let twice = magnitude + magnitude;
    let result = if magnitude < 0.5 {
        0.5 * (twice + twice * magnitude / (1.0 - magnitude)).ln_1p()
    } else {
        0.5 * (twice / (1.0 - magnitude)).ln_1p()
    };
    result.copysign(x)
}

/// `math.atan2(y, x)`
pub fn atan2(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (y, x) = (argument(vm, args, 0)?, argument(vm, args, 1)?);
    Ok(float::new(vm, y.atan2(x)))
}

/// `math.degrees(x)`
pub fn degrees(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let x = argument(vm, args, 0)?;
    Ok(float::new(vm, x * (180.0 / std::f64::consts::PI)))
}

/// `math.radians(x)`
pub fn radians(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let x = argument(vm, args, 0)?;
    Ok(float::new(vm, x * (std::f64::consts::PI / 180.0)))
}

/// `math.fma(x, y, z)`: rounded once.
pub fn fma(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (x, y, z) = (
        argument(vm, args, 0)?,
        argument(vm, args, 1)?,
        argument(vm, args, 2)?,
    );
    let result = x.mul_add(y, z);
    if result.is_nan() && !x.is_nan() && !y.is_nan() && !z.is_nan() {
        return Err(vm.value_error("invalid operation in fma"));
    }
    if result.is_infinite() && x.is_finite() && y.is_finite() && z.is_finite() {
        return Err(vm.overflow_error("overflow in fma"));
    }
    Ok(float::new(vm, result))
}

/// `math.fmod(x, y)`
pub fn fmod(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (x, y) = (argument(vm, args, 0)?, argument(vm, args, 1)?);
    let rest = x % y;
    if rest.is_nan() && !x.is_nan() && !y.is_nan() {
        return Err(domain_error(vm));
    }
    Ok(float::new(vm, rest))
}

/// `math.remainder(x, y)`: from the nearest multiple, the even one of two.
pub fn remainder(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (x, y) = (argument(vm, args, 0)?, argument(vm, args, 1)?);
    if x.is_nan() || y.is_nan() {
        return Ok(float::new(vm, if x.is_nan() { x } else { y }));
    }
    if x.is_infinite() || y == 0.0 {
        return Err(domain_error(vm));
    }
    Ok(float::new(
        vm,
        if y.is_infinite() {
            x
        } else {
            nearest_rest(x, y.abs())
        },
    ))
}

fn nearest_rest(x: f64, step: f64) -> f64 {
    let magnitude = x.abs();
    let below = magnitude % step;
    let above = step - below;
    let rest = if below < above {
        below
    } else if below > above {
        -above
    } else {
        // Halfway: the quotient's parity decides, found without overflow from half the distance.
        below - 2.0 * ((0.5 * (magnitude - below)) % step)
    };
    1f64.copysign(x) * rest
}

/// `math.pow(x, y)`
pub fn pow(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (x, y) = (argument(vm, args, 0)?, argument(vm, args, 1)?);
    let power = x.powf(y);
    if x.is_finite() && y.is_finite() {
        if power.is_nan() || (power.is_infinite() && x == 0.0) {
            return Err(domain_error(vm));
        }
        if power.is_infinite() {
            return Err(range_error(vm));
        }
    }
    Ok(float::new(vm, power))
}

/// `math.log(x[, base])`
pub fn log(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let numerator = logarithm(vm, args.get(vm, 0), f64::ln)?;
    let Some(base) = args.opt(vm, 1) else {
        return Ok(numerator);
    };
    let denominator = logarithm(vm, base, f64::ln)?;
    let quotient = vm.binary_op(numerator.addr(), denominator.addr(), BinaryOp::TrueDivide)?;
    vm.decref(numerator);
    vm.decref(denominator);
    Ok(quotient)
}

/// A logarithm of a float, or of an int of any size.
pub fn logarithm(vm: &mut Vm, object: Addr, function: fn(f64) -> f64) -> PyResult<Own> {
    if int::check(vm, object) {
        if int::sign(vm, object) <= 0 {
            return Err(domain_error(vm));
        }
        let result = match int::nearest_f64(vm, object) {
            Some(x) => function(x),
            None => {
                let (fraction, exponent) = int::frexp(vm, object);
                function(fraction) + function(2.0) * exponent as f64
            }
        };
        return Ok(float::new(vm, result));
    }
    let x = vm.as_double(object)?;
    if x <= 0.0 {
        return Err(domain_error(vm));
    }
    Ok(float::new(vm, function(x)))
}
