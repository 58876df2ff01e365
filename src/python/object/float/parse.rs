//! Reading floats: `float(' -1_0.5e3 ')`. CPython: `PyFloat_FromString`, `_Py_parse_inf_or_nan`.

use super::new;
use crate::python::memory::{Addr, Own};
use crate::python::object::number_text;
use crate::python::vm::{PyResult, Vm};

/// The float that an ASCII text stands for; `object` is what the program gave, for the message.
pub fn from_ascii(vm: &mut Vm, object: Addr, text: &[u8]) -> PyResult<Own> {
    let plain = number_text::without_underscores(number_text::trim(text));
    match plain.as_deref().and_then(parse) {
        Some(value) => Ok(new(vm, value)),
        None => {
            let repr = number_text::repr_for_message(vm, object)?;
            Err(vm.value_error(format!("could not convert string to float: {repr}")))
        }
    }
}

/// The double that the whole text stands for.
pub fn parse(text: &[u8]) -> Option<f64> {
    match prefix(text) {
        Some((value, len)) if len == text.len() => Some(value),
        _ => None,
    }
}

/// The double that the text begins with, and how many bytes it takes: `PyOS_string_to_double`.
pub fn prefix(text: &[u8]) -> Option<(f64, usize)> {
    let sign = usize::from(matches!(text.first(), Some(b'+' | b'-')));
    let negative = text.first() == Some(&b'-');
    let rest = &text[sign..];
    for (name, value) in [
        ("infinity", f64::INFINITY),
        ("inf", f64::INFINITY),
        ("nan", f64::NAN),
    ] {
        if rest
            .get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
        {
            return Some((if negative { -value } else { value }, sign + name.len()));
        }
    }
    let len = sign + decimal_length(rest)?;
    let number = std::str::from_utf8(&text[..len]).ok()?;
    Some((number.parse().ok()?, len))
}

/// Length of `digits[.digits][e[+-]digits]` at the start of the text.
fn decimal_length(text: &[u8]) -> Option<usize> {
    let digits = |from: usize| {
        text[from..]
            .iter()
            .take_while(|c| c.is_ascii_digit())
            .count()
    };
    let whole = digits(0);
    let mut end = whole;
    if text.get(end) == Some(&b'.') {
        let fraction = digits(end + 1);
        if whole + fraction == 0 {
            return None;
        }
        end += 1 + fraction;
    } else if whole == 0 {
        return None;
    }
    if matches!(text.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(text.get(end + 1), Some(b'+' | b'-')));
        let exponent = digits(end + 1 + sign);
        if exponent > 0 {
            end += 1 + sign + exponent;
        }
    }
    Some(end)
}
