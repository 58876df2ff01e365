//! The gamma function, by Lanczos' approximation as CPython computes it.

use super::{argument, domain_error, range_error};
use crate::python::memory::{Addr, Own};
use crate::python::object::float;
use crate::python::vm::{Args, PyResult, Vm};
use std::f64::consts::PI;

/// Lanczos' parameter, and it minus a half.
const G: f64 = 6.024680040776729583740234375;
const G_MINUS_HALF: f64 = 5.524680040776729583740234375;
/// `log(pi)`
const LOG_PI: f64 = 1.144729885849400174143427351353058711647;

/// The coefficients that boost.org publishes for 13 terms and that parameter.
const NUMERATOR: [f64; 13] = [
    23531376880.410759688572007674451636754734846804940,
    42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843,
    17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708,
    1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801,
    31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768,
    186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024,
    210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408,
];
/// The coefficients of `x (x + 1) … (x + 11)`.
const DENOMINATOR: [f64; 13] = [
    0.0,
    39916800.0,
    120543840.0,
    150917976.0,
    105258076.0,
    45995730.0,
    13339535.0,
    2637558.0,
    357423.0,
    32670.0,
    1925.0,
    66.0,
    1.0,
];

/// The approximation's rational function of `x > 0`.
fn lanczos_sum(x: f64) -> f64 {
    let (mut numerator, mut denominator) = (0.0, 0.0);
    if x < 5.0 {
        for i in (0..13).rev() {
            numerator = numerator * x + NUMERATOR[i];
            denominator = denominator * x + DENOMINATOR[i];
        }
    } else {
        // In powers of 1/x, which cannot overflow.
        for i in 0..13 {
            numerator = numerator / x + NUMERATOR[i];
            denominator = denominator / x + DENOMINATOR[i];
        }
    }
    numerator / denominator
}

/// `sin(pi * x)`, accurate near whole numbers.
fn sin_pi(x: f64) -> f64 {
    let turn = x.abs() % 2.0;
    let value = match (2.0 * turn).round() as i32 {
        0 => (PI * turn).sin(),
        1 => (PI * (turn - 0.5)).cos(),
        2 => (PI * (1.0 - turn)).sin(),
        3 => -(PI * (turn - 1.5)).cos(),
        _ => (PI * (turn - 2.0)).sin(),
    };
    1f64.copysign(x) * value
}

/// Why there is no value.
enum Failure {
    Domain,
    Range,
}

fn gamma_of(x: f64) -> Result<f64, Failure> {
    if !x.is_finite() {
        return if x == f64::NEG_INFINITY {
            Err(Failure::Domain)
        } else {
            Ok(x)
        };
    }
    if x == 0.0 || (x < 0.0 && x == x.floor()) {
        return Err(Failure::Domain);
    }
    if x == x.floor() && x <= 23.0 {
        // Up to 22! a product of whole numbers is exact.
        return Ok((2..x as u32).map(f64::from).product());
    }
    let magnitude = x.abs();
    if magnitude < 1e-20 {
        let value = 1.0 / x;
        return if value.is_infinite() {
            Err(Failure::Range)
        } else {
            Ok(value)
        };
    }
    if magnitude > 200.0 {
        return if x < 0.0 {
            Ok(0.0 / sin_pi(x))
        } else {
            Err(Failure::Range)
        };
    }
    let value = lanczos_gamma(x, magnitude);
    if value.is_infinite() {
        Err(Failure::Range)
    } else {
        Ok(value)
    }
}

fn lanczos_gamma(x: f64, magnitude: f64) -> f64 {
    let y = magnitude + G_MINUS_HALF;
    // What `y` lost to rounding, for a correction at the end.
    let lost = if magnitude > G_MINUS_HALF {
        (y - magnitude) - G_MINUS_HALF
    } else {
        (y - G_MINUS_HALF) - magnitude
    };
    let correction = lost * G / y;
    if x < 0.0 {
        let mut value = -PI / sin_pi(magnitude) / magnitude * y.exp() / lanczos_sum(magnitude);
        value -= correction * value;
        if magnitude < 140.0 {
            return value / y.powf(magnitude - 0.5);
        }
        let root = y.powf(magnitude / 2.0 - 0.25);
        return value / root / root;
    }
    let mut value = lanczos_sum(magnitude) / y.exp();
    value += correction * value;
    if magnitude < 140.0 {
        return value * y.powf(magnitude - 0.5);
    }
    let root = y.powf(magnitude / 2.0 - 0.25);
    value * root * root
}

/// `math.gamma(x)`
pub fn gamma(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let x = argument(vm, args, 0)?;
    match gamma_of(x) {
        Ok(value) => Ok(float::new(vm, value)),
        Err(Failure::Domain) => Err(domain_error(vm)),
        Err(Failure::Range) => Err(range_error(vm)),
    }
}

/// The logarithm of the gamma function's magnitude.
fn log_gamma(x: f64) -> Result<f64, Failure> {
    if !x.is_finite() {
        return Ok(x.abs());
    }
    if x == x.floor() && x <= 2.0 {
        return if x <= 0.0 {
            Err(Failure::Domain)
        } else {
            Ok(0.0)
        };
    }
    let magnitude = x.abs();
    if magnitude < 1e-20 {
        return Ok(-magnitude.ln());
    }
    let mut value = lanczos_sum(magnitude).ln() - G;
    value += (magnitude - 0.5) * ((magnitude + G - 0.5).ln() - 1.0);
    if x < 0.0 {
        value = LOG_PI - sin_pi(magnitude).abs().ln() - magnitude.ln() - value;
    }
    if value.is_infinite() {
        Err(Failure::Range)
    } else {
        Ok(value)
    }
}

/// `math.lgamma(x)`
pub fn lgamma(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let x = argument(vm, args, 0)?;
    match log_gamma(x) {
        Ok(value) => Ok(float::new(vm, value)),
        Err(Failure::Domain) => Err(domain_error(vm)),
        Err(Failure::Range) => Err(range_error(vm)),
    }
}
