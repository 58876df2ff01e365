//! Complex numbers as text, and back.

use super::Value;
use crate::python::object::float::{prefix, with_point};
use crate::python::object::number_text;

/// `repr(complex)`: `2j`, `(1+2j)`, `(-0-2j)`.
pub fn repr((real, imag): Value) -> String {
    let imag_text = with_point(imag, false);
    if real == 0.0 && real.is_sign_positive() {
        return format!("{imag_text}j");
    }
    let plus = if imag_text.starts_with('-') { "" } else { "+" };
    format!("({}{plus}{imag_text}j)", with_point(real, false))
}

/// The value of a text such as `1+2j`, in parentheses or not.
pub fn parse(text: &[u8]) -> Option<Value> {
    let plain = number_text::without_underscores(number_text::trim(text))?;
    let mut text = plain.as_slice();
    if let Some(inner) = text.strip_prefix(b"(") {
        text = number_text::trim(inner.strip_suffix(b")")?);
    }
    let value = parts(text)?;
    Some(value)
}

/// `real`, `imagj`, `real+imagj`, where a lone sign before `j` means 1.
fn parts(text: &[u8]) -> Option<Value> {
    let (first, len) = match prefix(text) {
        Some((value, len)) => (Some(value), len),
        None => (None, 0),
    };
    let rest = &text[len..];
    match (first, rest) {
        (Some(real), []) => Some((real, 0.0)),
        (Some(imag), [b'j' | b'J']) => Some((0.0, imag)),
        (Some(real), [b'+' | b'-', ..]) => {
            let (imag, len) = prefix(rest).unwrap_or((if rest[0] == b'-' { -1.0 } else { 1.0 }, 1));
            matches!(rest[len..], [b'j' | b'J']).then_some((real, imag))
        }
        (None, [b'j' | b'J'] | [b'+', b'j' | b'J']) => Some((0.0, 1.0)),
        (None, [b'-', b'j' | b'J']) => Some((0.0, -1.0)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_as_cpython_does() {
        for (text, value) in [
            ("1+2j", (1.0, 2.0)),
            (" ( -1.5e3-J ) ", (-1500.0, -1.0)),
            ("j", (0.0, 1.0)),
            ("-j", (0.0, -1.0)),
            ("3", (3.0, 0.0)),
            ("1_0j", (0.0, 10.0)),
            ("inf+infj", (f64::INFINITY, f64::INFINITY)),
        ] {
            assert_eq!(parse(text.as_bytes()), Some(value), "{text}");
        }
        for wrong in [
            "", "1+2", "1 + 2j", "1+2jj", "(1+2j", "1j+2", "+", "((1))", "1++2j",
        ] {
            assert_eq!(parse(wrong.as_bytes()), None, "{wrong}");
        }
    }

    #[test]
    fn repr_leaves_out_a_positive_zero() {
        assert_eq!(repr((0.0, 2.0)), "2j");
        assert_eq!(repr((-0.0, -2.5)), "(-0-2.5j)");
        assert_eq!(repr((1.0, f64::NAN)), "(1+nanj)");
    }
}
