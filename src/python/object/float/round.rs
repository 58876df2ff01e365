//! `round(float, ndigits)`, correctly rounded: ties, which the exact binary value decides, go to the even digit.

use super::{decode, new, value};
use crate::python::memory::{Addr, Own};
use crate::python::object::{NONE, int};
use crate::python::vm::{Args, PyResult, Vm};
use num_bigint::BigUint;
use num_integer::Integer;
use std::cmp::Ordering;

/// `float.__round__(ndigits=None)`
pub fn round(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    let x = value(vm, object);
    let digits = args.get(vm, 0);
    if digits.is_null() || digits == NONE {
        return int::from_f64(vm, x.round_ties_even());
    }
    let index = vm.index(digits)?;
    let clamped = match int::as_i64(vm, index.addr()) {
        Some(digits) => digits,
        None if int::is_negative(vm, index.addr()) => i64::MIN,
        None => i64::MAX,
    };
    vm.decref(index);
    match round_digits(x, clamped) {
        Some(rounded) => Ok(new(vm, rounded)),
        None => Err(vm.overflow_error("rounded value too large to represent")),
    }
}

/// `x` rounded to `digits` places after the point (before it, when negative); `None` when that is too large.
pub fn round_digits(x: f64, digits: i64) -> Option<f64> {
    // More places than a double can have; and fewer than would leave anything but zero.
    if !x.is_finite() || digits > 323 {
        return Some(x);
    }
    if digits < -308 {
        return Some(0.0 * x);
    }
    let rounded: f64 = if digits >= 0 {
        format!("{:.*}", digits as usize, x.abs()).parse().ok()?
    } else {
        round_to_power(x.abs(), -digits as u32)?
    };
    rounded.is_finite().then_some(rounded.copysign(x))
}

/// `x`, not negative, rounded to a multiple of `10**places`.
fn round_to_power(x: f64, places: u32) -> Option<f64> {
    let (mantissa, exponent) = decode(x);
    let (whole, has_fraction) = if exponent >= 0 {
        (BigUint::from(mantissa) << exponent as u64, false)
    } else {
        let drop = (-exponent).min(63) as u32;
        (
            BigUint::from(mantissa >> drop),
            mantissa & ((1 << drop) - 1) != 0,
        )
    };
    let unit = BigUint::from(10u32).pow(places);
    let (mut quotient, rest) = whole.div_rem(&unit);
    let up = match (rest * 2u32).cmp(&unit) {
        Ordering::Less => false,
        Ordering::Equal => has_fraction || quotient.is_odd(),
        Ordering::Greater => true,
    };
    quotient += u32::from(up);
    format!("{quotient}e{places}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::round_digits;

    #[test]
    fn ties_go_by_the_exact_value() {
        for (x, digits, rounded) in [
            (2.675, 2, 2.67),
            (0.5, 0, 0.0),
            (1.5, 0, 2.0),
            (2.5, 0, 2.0),
            (25.0, -1, 20.0),
            (25.5, -1, 30.0),
            (-35.0, -1, -40.0),
            (1234.5, -2, 1200.0),
            (1e22, -23, 0.0),
            (0.125, 2, 0.12),
        ] {
            assert_eq!(
                round_digits(x, digits),
                Some(rounded),
                "round({x}, {digits})"
            );
        }
        assert_eq!(round_digits(1.7e308, -308), None);
    }
}
