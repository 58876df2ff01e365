//! Shifts, `&`, `|`, `^`, `~`, `bit_length`, `bit_count`. Negative numbers act as if they had endless leading
//! ones.

use super::arith::{both, compacts};
use super::digits::{self as magnitude, DIGIT_BITS};
use super::{
    DIGITS_MAX, as_compact, as_i64, as_i128, digit_count, digits, from_digits, from_i128,
    is_negative, is_zero, new, to_big, try_from_big,
};
use crate::python::memory::{Addr, Own};
use crate::python::vm::{PyResult, Vm};
use num_bigint::BigInt;

/// `nb_and`
pub fn and_slot(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if both(vm, left, right) {
        and(vm, left, right)
    } else {
        Ok(vm.not_implemented())
    }
}

/// `nb_or`
pub fn or_slot(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if both(vm, left, right) {
        or(vm, left, right)
    } else {
        Ok(vm.not_implemented())
    }
}

/// `nb_xor`
pub fn xor_slot(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if both(vm, left, right) {
        xor(vm, left, right)
    } else {
        Ok(vm.not_implemented())
    }
}

/// `nb_lshift`
pub fn lshift_slot(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if both(vm, left, right) {
        lshift(vm, left, right)
    } else {
        Ok(vm.not_implemented())
    }
}

/// `nb_rshift`
pub fn rshift_slot(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if both(vm, left, right) {
        rshift(vm, left, right)
    } else {
        Ok(vm.not_implemented())
    }
}

/// `left & right` of two ints.
#[inline]
pub fn and(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    match compacts(vm, left, right) {
        Some((left, right)) => Ok(new(vm, left & right)),
        None => bitwise(vm, left, right, |a, b| a & b, |a, b| a & b),
    }
}

/// `left | right` of two ints.
#[inline]
pub fn or(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    match compacts(vm, left, right) {
        Some((left, right)) => Ok(new(vm, left | right)),
        None => bitwise(vm, left, right, |a, b| a | b, |a, b| a | b),
    }
}

/// `left ^ right` of two ints.
#[inline]
pub fn xor(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    match compacts(vm, left, right) {
        Some((left, right)) => Ok(new(vm, left ^ right)),
        None => bitwise(vm, left, right, |a, b| a ^ b, |a, b| a ^ b),
    }
}

#[inline(never)]
fn bitwise(
    vm: &mut Vm,
    left: Addr,
    right: Addr,
    small: fn(i128, i128) -> i128,
    large: fn(BigInt, BigInt) -> BigInt,
) -> PyResult<Own> {
    if let (Some(left), Some(right)) = (as_i128(vm, left), as_i128(vm, right)) {
        return Ok(from_i128(vm, small(left, right)));
    }
    vm.check_steps(digit_count(vm, left).max(digit_count(vm, right)) as u64 / 8)?;
    let result = large(to_big(vm, left), to_big(vm, right));
    try_from_big(vm, &result)
}

/// `~int`
pub fn invert(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    match as_i128(vm, object) {
        Some(value) => Ok(from_i128(vm, !value)),
        None => {
            let value = !to_big(vm, object);
            try_from_big(vm, &value)
        }
    }
}

/// `left << right` of two ints.
pub fn lshift(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if is_negative(vm, right) {
        return Err(vm.value_error("negative shift count"));
    }
    if is_zero(vm, left) {
        return Ok(new(vm, 0));
    }
    let Some(count) = as_i64(vm, right) else {
        return Err(vm.overflow_error("too many digits in integer"));
    };
    if count <= 32
        && let Some(value) = as_compact(vm, left)
    {
        return Ok(new(vm, value << count));
    }
    let bits = count as u64;
    let room = digit_count(vm, left) as u64
        + bits / u64::from(DIGIT_BITS)
        + u64::from(!bits.is_multiple_of(30));
    if room > DIGITS_MAX as u64 {
        return Err(vm.memory_error());
    }
    vm.check_steps(room / 16)?;
    let shifted = magnitude::shift_left(digits(vm, left), bits);
    let negative = is_negative(vm, left);
    from_digits(vm, &shifted, negative, room as usize)
}

/// `left >> right` of two ints, rounding down.
pub fn rshift(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if is_negative(vm, right) {
        return Err(vm.value_error("negative shift count"));
    }
    let count = as_i64(vm, right).map_or(u64::MAX, |count| count as u64);
    if let Some(value) = as_compact(vm, left) {
        return Ok(new(vm, value >> count.min(63)));
    }
    vm.check_steps(digit_count(vm, left) as u64 / 16)?;
    let (mut shifted, inexact) = magnitude::shift_right(digits(vm, left), count);
    let negative = is_negative(vm, left);
    let room = shifted.len();
    if negative && inexact {
        shifted = magnitude::add(&shifted, &[1]);
    }
    from_digits(vm, &shifted, negative, room)
}

/// The number of bits of the magnitude.
pub fn bit_length(vm: &Vm, object: Addr) -> u64 {
    magnitude::bit_length(digits(vm, object))
}

/// The number of ones in the magnitude.
pub fn bit_count(vm: &Vm, object: Addr) -> u64 {
    digits(vm, object)
        .iter()
        .map(|digit| u64::from(digit.count_ones()))
        .sum()
}
