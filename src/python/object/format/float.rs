//! `float.__format__`

use super::int::sign_text;
use super::layout::Number;
use super::spec::Spec;
use crate::python::memory::{Addr, Own};
use crate::python::object::float::{self, Style};
use crate::python::vm::{PyResult, Vm};

/// Formats a float.
pub fn format(vm: &mut Vm, object: Addr, spec: &Spec) -> PyResult<Own> {
    let x = float::value(vm, object);
    format_value(vm, object, x, spec)
}

/// Formats a double; `object` is for messages.
pub fn format_value(vm: &mut Vm, object: Addr, x: f64, spec: &Spec) -> PyResult<Own> {
    let text = match u8::try_from(spec.code).unwrap_or(1) {
        0 | b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'n' => {
            part_text(vm, x, spec, spec.code == 0)?
        }
        b'%' => {
            let percent = Spec {
                code: u32::from(b'f'),
                ..*spec
            };
            part_text(vm, x * 100.0, &percent, false)? + "%"
        }
        _ => return Err(spec.unknown_code(vm, object)),
    };
    let (negative, text) = split_sign(&text);
    let (digits, rest) = text.split_at(digits_len(text));
    let sign = sign_text(negative, spec.sign);
    Number {
        sign,
        prefix: "",
        digits,
        rest,
    }
    .layout(vm, spec)
}

/// The text of a number in the notation of `spec`, without padding and separators; `dot_zero` asks for `.0`
/// after a whole number.
pub fn part_text(vm: &mut Vm, x: f64, spec: &Spec, dot_zero: bool) -> PyResult<String> {
    let precision = checked_precision(vm, spec)?;
    let (code, precision) = match (spec.code as u8, precision) {
        (0, None) => (b'r', 0),
        (0 | b'n', precision) => (b'g', precision.unwrap_or(6)),
        (code, precision) => (code, precision.unwrap_or(6)),
    };
    let style = Style {
        alternate: spec.alternate,
        dot_zero,
        no_negative_zero: spec.no_negative_zero,
    };
    Ok(float::to_text(x, code, precision, style))
}

fn checked_precision(vm: &mut Vm, spec: &Spec) -> PyResult<Option<usize>> {
    let Some(precision) = spec.precision else {
        return Ok(None);
    };
    if precision > i32::MAX as usize {
        return Err(vm.value_error("precision too big"));
    }
    if precision as u64 > vm.limits.heap_bytes / 4 {
        return Err(vm.memory_error());
    }
    vm.check_steps(precision as u64 / 64)?;
    Ok(Some(precision))
}

/// Whether there is a minus sign, and the text behind it.
pub fn split_sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    }
}

/// How many digits the text begins with.
pub fn digits_len(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}
