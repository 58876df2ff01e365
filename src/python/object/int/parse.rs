//! Reading ints: `int('0x1f', 0)`. CPython: `PyLong_FromString`.

use super::{digits, from_digits, new};
use crate::python::memory::{Addr, Own};
use crate::python::object::number_text;
use crate::python::vm::{PyResult, Raised, Vm};
use num_bigint::BigUint;

/// A number as its text says.
struct Literal {
    negative: bool,
    base: u32,
    /// The digits' values, without sign, prefix and underscores.
    digits: Vec<u8>,
}

/// Splits the text into sign, prefix and digits; `None` when it is no number in that base.
fn literal(text: &[u8], base: u32) -> Option<Literal> {
    let text = number_text::trim(text);
    let (negative, text) = match text.first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let prefix = match text {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    let prefixed = prefix != 0 && (base == 0 || base == prefix);
    let (base, text) = match (prefixed, base) {
        (true, _) => (prefix, text[2..].strip_prefix(b"_").unwrap_or(&text[2..])),
        (false, 0) => (10, text),
        (false, base) => (base, text),
    };
    let digits = digit_values(text, base)?;
    Some(Literal {
        negative,
        base,
        digits,
    })
}

fn digit_values(text: &[u8], base: u32) -> Option<Vec<u8>> {
    let mut values = Vec::with_capacity(text.len());
    let mut after_digit = false;
    for c in text {
        if *c == b'_' {
            if !after_digit {
                return None;
            }
            after_digit = false;
        } else {
            values.push((*c as char).to_digit(base)? as u8);
            after_digit = true;
        }
    }
    after_digit.then_some(values)
}

/// The int that an ASCII text stands for; `object` is what the program gave, for the message.
///
/// # Errors
/// `ValueError` for what is no number, and for too many digits.
pub fn from_ascii(vm: &mut Vm, object: Addr, text: &[u8], base: u32) -> PyResult<Own> {
    let Some(literal) = literal(text, base) else {
        return Err(invalid(vm, object, base));
    };
    // In base 0 a leading zero is for the old octal numbers: only zero itself may have it.
    let leading_zero = literal.digits.len() > 1 && literal.digits[0] == 0;
    if base == 0
        && literal.base == 10
        && leading_zero
        && literal.digits.iter().any(|digit| *digit != 0)
    {
        return Err(invalid(vm, object, base));
    }
    let (count, max) = (literal.digits.len(), vm.int_max_str_digits as usize);
    if !literal.base.is_power_of_two() && max != 0 && count > max {
        return Err(vm.value_error(format!(
            "Exceeds the limit ({max} digits) for integer string conversion: value has {count} digits; \
             use sys.set_int_max_str_digits() to increase the limit"
        )));
    }
    build(vm, &literal)
}

fn build(vm: &mut Vm, literal: &Literal) -> PyResult<Own> {
    let (base, count) = (literal.base, literal.digits.len());
    let room = (count as f64 * f64::from(base).ln() / (30.0 * 2f64.ln()) + 1.0) as usize;
    if count <= 11 || (base == 10 && count <= 18) {
        let magnitude = literal.digits.iter().fold(0i64, |value, digit| {
            value * i64::from(base) + i64::from(*digit)
        });
        let value = if literal.negative {
            -magnitude
        } else {
            magnitude
        };
        if room <= 1 {
            return Ok(new(vm, value));
        }
        let digits = [
            magnitude as u32 & digits::DIGIT_MASK,
            (magnitude >> 30) as u32 & digits::DIGIT_MASK,
            (magnitude >> 60) as u32,
        ];
        return from_digits(vm, &digits, literal.negative, room);
    }
    if room > super::DIGITS_MAX {
        return Err(vm.memory_error());
    }
    vm.check_steps(room as u64 * (room as u64).min(2 * (room as u64).isqrt() + 16) / 4)?;
    let magnitude = BigUint::from_radix_be(&literal.digits, base).unwrap_or_default();
    let digits = digits::from_biguint(&magnitude);
    from_digits(vm, &digits, literal.negative, room)
}

fn invalid(vm: &mut Vm, object: Addr, base: u32) -> Raised {
    match number_text::repr_for_message(vm, object) {
        Ok(repr) => vm.value_error(format!(
            "invalid literal for int() with base {base}: {repr}"
        )),
        Err(raised) => raised,
    }
}
