//! `complex.__format__`

use super::float::{digits_len, part_text, split_sign};
use super::int::sign_text;
use super::layout::{checked_width, group, pad};
use super::spec::{Align, Sign, Spec};
use crate::python::memory::{Addr, Own};
use crate::python::object::complex;
use crate::python::vm::{PyResult, Vm};

/// Formats a complex number.
pub fn format(vm: &mut Vm, object: Addr, spec: &Spec) -> PyResult<Own> {
    if !matches!(
        u8::try_from(spec.code).unwrap_or(1),
        0 | b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'n'
    ) {
        return Err(spec.unknown_code(vm, object));
    }
    if spec.fill == u32::from(b'0') {
        return Err(vm.value_error("Zero padding is not allowed in complex format specifier"));
    }
    if spec.align == Align::AfterSign {
        return Err(vm.value_error("'=' alignment flag is not allowed in complex format specifier"));
    }
    let (real, imag) = complex::value(vm, object);
    let without_real = spec.code == 0 && real == 0.0 && real.is_sign_positive();
    let imag_sign = if without_real { spec.sign } else { Sign::Plus };
    let mut text = if without_real {
        String::new()
    } else {
        part(vm, real, spec.sign, spec)?
    };
    text += &part(vm, imag, imag_sign, spec)?;
    text.push('j');
    if spec.code == 0 && !without_real {
        text = format!("({text})");
    }
    let padding = checked_width(vm, spec)?.saturating_sub(text.len());
    let (left, right) = match spec.align {
        Align::Left => (0, padding),
        Align::Center => (padding / 2, padding - padding / 2),
        _ => (padding, 0),
    };
    pad(vm, spec.fill, &[], left, &[&text], right)
}

/// One part: sign, grouped digits and the rest. Whole parts have no `.0`, as in `repr`.
fn part(vm: &mut Vm, x: f64, sign: Sign, spec: &Spec) -> PyResult<String> {
    let text = part_text(vm, x, spec, false)?;
    let (negative, text) = split_sign(&text);
    let (digits, rest) = text.split_at(digits_len(text));
    Ok([
        sign_text(negative, sign),
        &group(digits, spec.grouping, 0),
        rest,
    ]
    .concat())
}
