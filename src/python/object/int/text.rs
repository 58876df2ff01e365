//! Ints as text: `repr`, and digits in base 2, 8 and 16.

use super::{as_compact, as_i64, bit_length, digit_count, is_negative, to_biguint};
use crate::python::memory::{Addr, Own};
use crate::python::object::str;
use crate::python::vm::{PyResult, Vm};

/// `tp_repr`, `__str__`
pub fn repr(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    let scratch = alloc_scratch(vm, object);
    let text = repr_object(vm, object);
    vm.heap.free(scratch);
    text
}

/// The int that CPython works out the decimal digits in. CPython: `long_to_decimal_string_internal`.
pub fn alloc_scratch(vm: &mut Vm, object: Addr) -> Addr {
    let digits = digit_count(vm, object);
    // A digit of 30 bits has more than 9 decimal ones: one more for each 99.
    vm.heap.alloc(24 + 4 * (1 + digits + digits / 99))
}

fn repr_object(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    if let Some(value) = as_compact(vm, object) {
        let mut buffer = [0u8; 20];
        let text = decimal(&mut buffer, value);
        // Not the shared one-character string: `str(5) is str(5)` is false.
        return Ok(str::from_ascii_unshared(vm, text.as_bytes()));
    }
    let text = repr_text(vm, object)?;
    Ok(str::new(vm, &text))
}

/// The decimal digits of a number, written from the end of `buffer`.
fn decimal(buffer: &mut [u8; 20], value: i64) -> &str {
    let (mut at, mut rest) = (buffer.len(), value.unsigned_abs());
    loop {
        at -= 1;
        buffer[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        at -= 1;
        buffer[at] = b'-';
    }
    std::str::from_utf8(&buffer[at..]).unwrap_or_default()
}

/// The decimal text of an int.
///
/// # Errors
/// `ValueError` when it has more digits than `sys.set_int_max_str_digits` allows.
pub fn repr_text(vm: &mut Vm, object: Addr) -> PyResult<String> {
    if let Some(value) = as_i64(vm, object) {
        return Ok(value.to_string());
    }
    let max = u64::from(vm.int_max_str_digits);
    // A number of n decimal digits has more than 3.32 (n - 1) bits.
    if max != 0 && bit_length(vm, object) > (max + 1) * 333 / 100 {
        return Err(too_long(vm));
    }
    let count = digit_count(vm, object) as u64;
    vm.check_steps(count * count.min(2 * count.isqrt() + 16) / 4)?;
    let magnitude = to_biguint(vm, object).to_str_radix(10);
    if max != 0 && magnitude.len() as u64 > max {
        return Err(too_long(vm));
    }
    Ok(if is_negative(vm, object) {
        format!("-{magnitude}")
    } else {
        magnitude
    })
}

fn too_long(vm: &mut Vm) -> crate::python::vm::Raised {
    let max = vm.int_max_str_digits;
    vm.value_error(format!(
        "Exceeds the limit ({max} digits) for integer string conversion; \
         use sys.set_int_max_str_digits() to increase the limit"
    ))
}

/// The magnitude in base 2, 8 or 16, without a prefix, in lower case.
pub fn radix_text(vm: &Vm, object: Addr, base: u32) -> String {
    match as_i64(vm, object).map(i64::unsigned_abs) {
        Some(value) => match base {
            2 => format!("{value:b}"),
            8 => format!("{value:o}"),
            _ => format!("{value:x}"),
        },
        None => to_biguint(vm, object).to_str_radix(base),
    }
}
