//! `float.hex` and `float.fromhex`.

use super::{decode, ldexp};
use crate::python::object::int::scaled;

/// `float.hex()`: `0x1.8000000000000p+1`.
pub fn to_hex(x: f64) -> String {
    if !x.is_finite() {
        return super::repr(x);
    }
    let sign = if x.is_sign_negative() { "-" } else { "" };
    if x == 0.0 {
        return format!("{sign}0x0.0p+0");
    }
    let (mantissa, exponent) = decode(x.abs());
    // Subnormal numbers keep the smallest exponent, and begin with 0.
    format!(
        "{sign}0x{}.{:013x}p{:+}",
        mantissa >> 52,
        mantissa & ((1 << 52) - 1),
        exponent + 52
    )
}

/// Why a text is no hexadecimal float.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HexError {
    /// It is not of the form.
    Invalid,
    /// The value is too large.
    TooLarge,
}

/// `float.fromhex(text)`
pub fn from_hex(text: &[u8]) -> Result<f64, HexError> {
    let text = crate::python::object::number_text::trim(text);
    let (negative, rest) = match text.first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let magnitude = if rest.eq_ignore_ascii_case(b"inf") || rest.eq_ignore_ascii_case(b"infinity") {
        f64::INFINITY
    } else if rest.eq_ignore_ascii_case(b"nan") {
        f64::NAN
    } else {
        let rest = match rest {
            [b'0', b'x' | b'X', rest @ ..] => rest,
            rest => rest,
        };
        magnitude(rest)?
    };
    Ok(if negative { -magnitude } else { magnitude })
}

fn magnitude(text: &[u8]) -> Result<f64, HexError> {
    let (digits, exponent) = match text.iter().position(|c| matches!(c, b'p' | b'P')) {
        Some(at) => (&text[..at], decimal_exponent(&text[at + 1..])?),
        None => (text, 0),
    };
    let point = digits.iter().position(|c| *c == b'.');
    let fraction = point.map_or(0, |at| digits.len() - at - 1);
    let mut values = Vec::with_capacity(digits.len());
    for (i, c) in digits.iter().enumerate() {
        if Some(i) != point {
            values.push((*c as char).to_digit(16).ok_or(HexError::Invalid)?);
        }
    }
    if values.is_empty() {
        return Err(HexError::Invalid);
    }
    let exponent = exponent.saturating_sub(4 * fraction as i64);
    let zeros = values.iter().take_while(|value| **value == 0).count();
    let value = assemble(&values[zeros..], exponent);
    if value.is_infinite() {
        Err(HexError::TooLarge)
    } else {
        Ok(value)
    }
}

fn decimal_exponent(text: &[u8]) -> Result<i64, HexError> {
    let (negative, digits) = match text.first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(HexError::Invalid);
    }
    let value = digits.iter().fold(0i64, |value, c| {
        (value * 10 + i64::from(c - b'0')).min(1 << 40)
    });
    Ok(if negative { -value } else { value })
}

/// The double nearest to hexadecimal digits times a power of two.
fn assemble(digits: &[u32], exponent: i64) -> f64 {
    let (head, tail) = digits.split_at(digits.len().min(30));
    let magnitude = head
        .iter()
        .fold(0u128, |value, digit| value << 4 | u128::from(*digit));
    let sticky = u128::from(tail.iter().any(|digit| *digit != 0));
    let exponent = exponent.saturating_add(4 * tail.len() as i64);
    if magnitude == 0 {
        return ldexp(0.0, 0);
    }
    scaled(magnitude << 1 | sticky, exponent - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for x in [
            0.0,
            1.0,
            -1.5,
            0.1,
            5e-324,
            2.2250738585072014e-308,
            1.7976931348623157e308,
        ] {
            assert_eq!(
                from_hex(to_hex(x).as_bytes()).map(f64::to_bits),
                Ok(x.to_bits())
            );
        }
        assert_eq!(to_hex(0.1), "0x1.999999999999ap-4");
        assert_eq!(to_hex(5e-324), "0x0.0000000000001p-1022");
        assert_eq!(from_hex(b" 0x1.8p+1 "), Ok(3.0));
        assert_eq!(from_hex(b"0x1p1024"), Err(HexError::TooLarge));
        assert_eq!(from_hex(b"0x"), Err(HexError::Invalid));
        assert_eq!(from_hex(b"-inf"), Ok(f64::NEG_INFINITY));
    }
}
