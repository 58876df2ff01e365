//! Floats as text: the shortest digits that read back as the same double.

use super::value;
use crate::python::memory::{Addr, Own};
use crate::python::object::str;
use crate::python::vm::{PyResult, Vm};

/// `tp_repr`
pub fn repr_slot(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    let text = repr(value(vm, object));
    Ok(str::new(vm, &text))
}

/// `repr(float)`
pub fn repr(x: f64) -> String {
    with_point(x, true)
}

/// `repr(float)`, where a whole number may do without `.0` (as the parts of a complex number).
pub fn with_point(x: f64, point: bool) -> String {
    if x.is_nan() {
        return "nan".into();
    }
    if x.is_infinite() {
        return if x > 0.0 { "inf".into() } else { "-inf".into() };
    }
    let sign = if x.is_sign_negative() { "-" } else { "" };
    let (digits, decpt) = shortest(x.abs());
    // Digits before the point; as CPython's `repr`, 1e16 and 1e-05 are the first in scientific notation.
    if !(-3..=16).contains(&decpt) {
        let (first, rest) = digits.split_at(1);
        let dot = if rest.is_empty() { "" } else { "." };
        let exponent = decpt - 1;
        let exponent_sign = if exponent < 0 { '-' } else { '+' };
        return format!(
            "{sign}{first}{dot}{rest}e{exponent_sign}{:02}",
            exponent.abs()
        );
    }
    if decpt <= 0 {
        let zeros = "0".repeat(-decpt as usize);
        return format!("{sign}0.{zeros}{digits}");
    }
    let decpt = decpt as usize;
    if digits.len() > decpt {
        let (whole, fraction) = digits.split_at(decpt);
        return format!("{sign}{whole}.{fraction}");
    }
    let zeros = "0".repeat(decpt - digits.len());
    let fraction = if point { ".0" } else { "" };
    format!("{sign}{digits}{zeros}{fraction}")
}

/// The fewest decimal digits that read back as `x` (finite, not negative), and how many of them stand before
/// the point: `("15", 0)` for 0.15. `("0", 1)` for zero.
pub fn shortest(x: f64) -> (String, i32) {
    split_scientific(&format!("{x:e}"))
}

/// Digits and point of a text such as `1.5e-7`.
pub fn split_scientific(text: &str) -> (String, i32) {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let digits = mantissa.chars().filter(char::is_ascii_digit).collect();
    (digits, exponent.parse().unwrap_or(0) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repr_is_cpythons() {
        for (x, text) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (0.1, "0.1"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (123456789012345680.0, "1.2345678901234568e+17"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (1.5e-7, "1.5e-07"),
            (5e-324, "5e-324"),
            (1.7976931348623157e308, "1.7976931348623157e+308"),
            (2.5, "2.5"),
            (100.0, "100.0"),
            (f64::INFINITY, "inf"),
        ] {
            assert_eq!(repr(x), text);
        }
    }
}
