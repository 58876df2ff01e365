//! `int.__format__`

use super::layout::{Number, checked_width, pad};
use super::spec::{Align, Sign, Spec};
use crate::python::memory::{Addr, Own};
use crate::python::object::int;
use crate::python::vm::{PyResult, Vm};

/// Formats an int.
pub fn format(vm: &mut Vm, object: Addr, spec: &Spec) -> PyResult<Own> {
    match u8::try_from(spec.code).unwrap_or(0) {
        b'd' | b'n' | b'b' | b'o' | b'x' | b'X' => whole(vm, object, spec),
        b'c' => character(vm, object, spec),
        b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'%' => {
            let x = int::as_f64(vm, object)?;
            super::float::format_value(vm, object, x, spec)
        }
        _ => Err(spec.unknown_code(vm, object)),
    }
}

/// Options that no whole number has.
fn check_options(vm: &mut Vm, spec: &Spec) -> PyResult<()> {
    if spec.precision.is_some() {
        return Err(vm.value_error("Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        return Err(
            vm.value_error("Negative zero coercion (z) not allowed in integer format specifier")
        );
    }
    Ok(())
}

fn whole(vm: &mut Vm, object: Addr, spec: &Spec) -> PyResult<Own> {
    check_options(vm, spec)?;
    let code = spec.code as u8;
    let (digits, prefix) = match code {
        b'b' => (int::radix_text(vm, object, 2), "0b"),
        b'o' => (int::radix_text(vm, object, 8), "0o"),
        b'x' => (int::radix_text(vm, object, 16), "0x"),
        b'X' => (int::radix_text(vm, object, 16).to_ascii_uppercase(), "0X"),
        _ => (int::repr_text(vm, object)?, ""),
    };
    let written = write_digits(vm, object, digits.len());
    let number = Number {
        sign: sign_text(int::is_negative(vm, object), spec.sign),
        prefix: if spec.alternate { prefix } else { "" },
        digits: digits.trim_start_matches('-'),
        rest: "",
    };
    let result = number.layout(vm, spec);
    vm.heap.free(written);
    result
}

/// The digits as a string, which CPython makes before it lays them out. CPython: `format_long_internal`.
fn write_digits(vm: &mut Vm, object: Addr, len: usize) -> Addr {
    let scratch = int::alloc_scratch(vm, object);
    let overhead = vm.profile.strings.ascii_data;
    let written = vm.heap.alloc(overhead as usize + len + 1);
    vm.heap.free(scratch);
    written
}

/// What stands before the digits.
pub fn sign_text(negative: bool, sign: Sign) -> &'static str {
    match (negative, sign) {
        (true, _) => "-",
        (_, Sign::Plus) => "+",
        (_, Sign::Space) => " ",
        _ => "",
    }
}

/// `format(65, 'c')`
fn character(vm: &mut Vm, object: Addr, spec: &Spec) -> PyResult<Own> {
    check_options(vm, spec)?;
    if spec.sign != Sign::Default {
        return Err(vm.value_error("Sign not allowed with integer format specifier 'c'"));
    }
    if spec.alternate {
        return Err(
            vm.value_error("Alternate form (#) not allowed with integer format specifier 'c'")
        );
    }
    let Some(value) = int::as_i64(vm, object) else {
        return Err(vm.overflow_error("Python int too large to convert to C long"));
    };
    let Some(point) = u32::try_from(value).ok().filter(|point| *point <= 0x10ffff) else {
        return Err(vm.overflow_error("%c arg not in range(0x110000)"));
    };
    let padding = checked_width(vm, spec)?.saturating_sub(1);
    let (left, right) = match spec.align {
        Align::Left => (0, padding),
        Align::Center => (padding / 2, padding - padding / 2),
        _ => (padding, 0),
    };
    match char::from_u32(point) {
        Some(c) => pad(vm, spec.fill, &[], left, &[&c.to_string()], right),
        None => {
            // A lone surrogate: no text of Rust's.
            let text = [vec![spec.fill; left], vec![point], vec![spec.fill; right]].concat();
            crate::python::object::str::try_from_code_points(vm, &text)
        }
    }
}
