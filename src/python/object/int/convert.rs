//! Between ints and other values: floats, bytes, and whatever `int(x)` takes.

use super::{
    as_i64, as_i128, bit_length, digits as digits_of, from_digits, is_negative, new, parse, sign,
    to_big, to_exact,
};
use crate::python::memory::{Addr, Own};
use crate::python::object::{flags, float, number_text, str, types};
use crate::python::vm::{PyResult, Vm};
use num_bigint::{BigInt, Sign};

/// The value as the nearest double.
///
/// # Errors
/// `OverflowError` when it is too large.
#[inline]
pub fn as_f64(vm: &mut Vm, object: Addr) -> PyResult<f64> {
    match nearest_f64(vm, object) {
        Some(value) => Ok(value),
        None => Err(vm.overflow_error("int too large to convert to float")),
    }
}

/// The value as the nearest double, `None` when it is too large.
#[inline]
pub fn nearest_f64(vm: &Vm, object: Addr) -> Option<f64> {
    if let Some(value) = as_i128(vm, object) {
        return Some(value as f64);
    }
    let (fraction, exponent) = frexp(vm, object);
    if exponent > 1024 {
        return None;
    }
    Some(float::ldexp(fraction, exponent)).filter(|value| value.is_finite())
}

/// `(fraction, exponent)` with `0.5 <= abs(fraction) < 1`, the fraction rounded to 53 bits, ties to even:
/// `_PyLong_Frexp`. `(0.0, 0)` for zero.
pub fn frexp(vm: &Vm, object: Addr) -> (f64, i64) {
    let bits = bit_length(vm, object);
    if bits == 0 {
        return (0.0, 0);
    }
    // The highest 64 bits, the lowest of which stands for everything below it.
    let digits = digits_of(vm, object);
    let (top, inexact) = if bits > 64 {
        super::digits::shift_right(digits, bits - 64)
    } else {
        (digits.to_vec(), false)
    };
    let top = top
        .iter()
        .rev()
        .fold(0u64, |value, digit| value << 30 | u64::from(*digit))
        | u64::from(inexact);
    let exponent = bits as i64;
    let fraction = float::ldexp(top as f64, -(bits.min(64) as i64));
    let (fraction, exponent) = if fraction == 1.0 {
        (0.5, exponent + 1)
    } else {
        (fraction, exponent)
    };
    (
        if is_negative(vm, object) {
            -fraction
        } else {
            fraction
        },
        exponent,
    )
}

/// `int(float)`: towards zero.
///
/// # Errors
/// `ValueError` for NaN, `OverflowError` for infinities.
pub fn from_f64(vm: &mut Vm, value: f64) -> PyResult<Own> {
    if value.abs() < 9e18 {
        return Ok(new(vm, value as i64));
    }
    if value.is_nan() {
        return Err(vm.value_error("cannot convert float NaN to integer"));
    }
    if value.is_infinite() {
        return Err(vm.overflow_error("cannot convert float infinity to integer"));
    }
    let (mantissa, exponent) = float::decode(value.abs());
    let digits = [mantissa as u32 & super::DIGIT_MASK, (mantissa >> 30) as u32];
    let digits = super::digits::shift_left(&digits, exponent.max(0) as u64);
    let room = digits.len();
    from_digits(vm, &digits, value < 0.0, room)
}

/// `int(object)`: `PyNumber_Long`.
pub fn from_object(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    if super::check_exact(vm, object) {
        return Ok(vm.incref(object));
    }
    if let Some(int) = vm.slots(object).int {
        let result = int(vm, object)?;
        return checked_int(vm, result);
    }
    if vm.slots(object).index.is_some() {
        let index = vm.index(object)?;
        let exact = to_exact(vm, index.addr())?;
        vm.decref(index);
        return Ok(exact);
    }
    if let Some(trunc) = vm.lookup_special(object, vm.names.__trunc__)? {
        return from_trunc(vm, trunc);
    }
    let source = number_text::source_of(vm, object)?;
    if let Some(text) = number_text::ascii_of(vm, source.addr()) {
        let result = parse::from_ascii(vm, source.addr(), &text, 10)?;
        vm.decref(source);
        return Ok(result);
    }
    vm.decref(source);
    let name = vm.tp_name(object);
    Err(vm.type_error(format!(
        "int() argument must be a string, a bytes-like object or a real number, not '{name}'"
    )))
}

/// What `__int__` returned: an exact int, or one of a subclass, which is deprecated.
/// What is said of a method that gives an instance of a subclass of `int`.
pub(crate) fn subclass_returned(method: &str, name: &str) -> String {
    format!(
        "{method} returned non-int (type {name}).  The ability to return an instance of a strict subclass of int \
         is deprecated, and may be removed in a future version of Python."
    )
}

fn checked_int(vm: &mut Vm, result: Own) -> PyResult<Own> {
    if super::check_exact(vm, result.addr()) {
        return Ok(result);
    }
    let name = vm.tp_name(result.addr());
    if !super::check(vm, result.addr()) {
        return Err(vm.type_error(format!("__int__ returned non-int (type {name})")));
    }
    let message = subclass_returned("__int__", &name);
    vm.warn(types::DEPRECATION_WARNING, &message)?;
    let exact = to_exact(vm, result.addr())?;
    vm.decref(result);
    Ok(exact)
}

fn from_trunc(vm: &mut Vm, trunc: Own) -> PyResult<Own> {
    vm.warn(
        types::DEPRECATION_WARNING,
        "The delegation of int() to __trunc__ is deprecated.",
    )?;
    let result = vm.call(trunc.addr(), &[])?;
    vm.decref(trunc);
    if super::check_exact(vm, result.addr()) {
        return Ok(result);
    }
    if super::check(vm, result.addr()) || vm.slots(result.addr()).index.is_some() {
        let index = vm.index(result.addr())?;
        let exact = to_exact(vm, index.addr())?;
        vm.decref(index);
        vm.decref(result);
        return Ok(exact);
    }
    let name = vm.tp_name(result.addr());
    Err(vm.type_error(format!("__trunc__ returned non-Integral (type {name})")))
}

/// `int(object, base)`
pub fn from_object_base(vm: &mut Vm, object: Addr, base: Addr) -> PyResult<Own> {
    let base = {
        let index = vm.index(base)?;
        let value = as_i64(vm, index.addr());
        vm.decref(index);
        value
    };
    let Some(base) = base.filter(|base| *base == 0 || (2..=36).contains(base)) else {
        return Err(vm.value_error("int() base must be >= 2 and <= 36, or 0"));
    };
    let is_text = vm.has_flag(object, flags::UNICODE_SUBCLASS)
        || vm.has_flag(object, flags::BYTES_SUBCLASS)
        || vm.type_check(object, types::BYTEARRAY);
    let source = match is_text {
        true => number_text::source_of(vm, object)?,
        false => vm.none(),
    };
    let Some(text) = number_text::ascii_of(vm, source.addr()) else {
        vm.decref(source);
        return Err(vm.type_error("int() can't convert non-string with explicit base"));
    };
    let result = parse::from_ascii(vm, source.addr(), &text, base as u32)?;
    vm.decref(source);
    Ok(result)
}

/// An argument that C takes as a `Py_ssize_t`.
///
/// # Errors
/// `TypeError` for what is no index, `OverflowError` for what is too large.
pub fn ssize_argument(vm: &mut Vm, argument: Addr) -> PyResult<isize> {
    let index = vm.index(argument)?;
    let Some(value) = super::as_isize(vm, index.addr()) else {
        return Err(vm.overflow_error("Python int too large to convert to C ssize_t"));
    };
    vm.decref(index);
    Ok(value)
}

/// Which end of a byte string comes first, from the argument `byteorder`.
pub fn is_little_endian(vm: &mut Vm, byteorder: Option<Addr>) -> PyResult<bool> {
    let Some(byteorder) = byteorder else {
        return Ok(false);
    };
    if vm.has_flag(byteorder, flags::UNICODE_SUBCLASS) {
        match str::to_rust(vm, byteorder).as_str() {
            "little" => return Ok(true),
            "big" => return Ok(false),
            _ => {}
        }
    }
    Err(vm.value_error("byteorder must be either 'little' or 'big'"))
}

/// The value in two's complement (or unsigned), the lowest byte first, in exactly `len` bytes.
///
/// # Errors
/// `OverflowError` when it does not fit.
pub fn to_bytes_le(vm: &mut Vm, object: Addr, len: usize, signed: bool) -> PyResult<Vec<u8>> {
    if sign(vm, object) < 0 && !signed {
        return Err(vm.overflow_error("can't convert negative int to unsigned"));
    }
    let value = to_big(vm, object);
    let mut bytes = if sign(vm, object) == 0 {
        Vec::new()
    } else if signed {
        value.to_signed_bytes_le()
    } else {
        value.magnitude().to_bytes_le()
    };
    if bytes.len() > len {
        return Err(vm.overflow_error("int too big to convert"));
    }
    bytes.resize(len, if value.sign() == Sign::Minus { 0xff } else { 0 });
    Ok(bytes)
}

/// The int that bytes stand for, the lowest byte first.
pub fn from_bytes_le(vm: &mut Vm, bytes: &[u8], signed: bool) -> PyResult<Own> {
    if bytes.len() <= 8 {
        let negative = signed && bytes.last().is_some_and(|byte| byte & 0x80 != 0);
        let mut word = [if negative { 0xff } else { 0 }; 16];
        word[..bytes.len()].copy_from_slice(bytes);
        return Ok(super::from_i128(vm, i128::from_le_bytes(word)));
    }
    vm.check_steps(bytes.len() as u64 / 16)?;
    let value = if signed {
        BigInt::from_signed_bytes_le(bytes)
    } else {
        BigInt::from_bytes_le(Sign::Plus, bytes)
    };
    super::try_from_big(vm, &value)
}
