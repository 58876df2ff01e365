//! `int`: an integer of any size, in digits of 30 bits. CPython: `PyLongObject`, Objects/longobject.c.
//!
//! ```text
//!  0  ob_refcnt
//!  8  ob_type
//! 16  lv_tag      ndigits << 3 | sign; sign is 0 for positive, 1 for zero, 2 for negative
//! 24  ob_digit    u32 each, the lowest first, none of the highest zero
//! ```
//!
//! An int of at most one digit is *compact*: its word at 24 is the digit, because the bytes after the digit
//! are kept zero. A block has room for as many digits as CPython asks for, which may be more than the
//! value needs: `a + b` reserves a digit for the carry.

mod arith;
mod bits;
pub(crate) mod convert;
pub mod digits;
mod divide;
mod methods;
pub mod parse;
mod power;
#[cfg(test)]
mod tests;
mod text;

pub use arith::{add, compare, mul, sub};
pub use bits::{and, bit_count, bit_length, lshift, or, rshift, xor};
pub use convert::{
    as_f64, frexp, from_bytes_le, from_f64, from_object, nearest_f64, ssize_argument, to_bytes_le,
};
pub use divide::{compact_modulo, divmod, floordiv, modulo, ratio, scaled, true_divide};
pub use methods::{SPEC, holds};
pub use power::{pow, pow_mod};
pub use text::{alloc_scratch, radix_text, repr_text};

use super::{OB_REFCNT, OB_TYPE, SMALL_INTS, flags, types};
use crate::python::memory::{Addr, Own};
use crate::python::vm::{PyResult, Vm};
use digits::{DIGIT_BITS, DIGIT_MASK};
use num_bigint::{BigInt, BigUint, Sign};

/// Offset of the digit count and the sign.
pub const LV_TAG: u64 = 16;
/// Offset of the first digit.
pub const OB_DIGIT: u64 = 24;
/// The sign bits of `lv_tag` for zero.
pub const TAG_ZERO: u64 = 1;
/// The sign bits of `lv_tag` for a negative value.
pub const TAG_NEGATIVE: u64 = 2;
/// The smallest cached int.
pub const SMALL_MIN: i64 = -5;
/// Digits that no int may exceed: past this an operation raises `MemoryError` before it computes.
pub const DIGITS_MAX: usize = 1 << 25;

/// Makes the cached ints and the two bools, immortal. Part of the machine's start.
pub fn init_statics(vm: &mut Vm) {
    for value in SMALL_MIN..=vm.profile.small_int_max {
        init_static(vm, small_addr(value), types::INT, value);
    }
    init_static(vm, super::FALSE, types::BOOL, 0);
    init_static(vm, super::TRUE, types::BOOL, 1);
}

fn init_static(vm: &mut Vm, object: Addr, ty: Addr, value: i64) {
    vm.set_word(object, OB_TYPE, ty.0);
    vm.set_word(object, LV_TAG, compact_tag(value));
    vm.set_word(object, OB_DIGIT, value.unsigned_abs());
    vm.set_immortal(object);
}

/// Whether the int of this value is a cached one.
#[inline(always)]
fn is_small(vm: &Vm, value: i64) -> bool {
    (SMALL_MIN..=vm.profile.small_int_max).contains(&value)
}

#[inline(always)]
fn small_addr(value: i64) -> Addr {
    SMALL_INTS.at(32 * (value - SMALL_MIN) as u64)
}

/// `lv_tag` of a value of at most one digit.
#[inline(always)]
fn compact_tag(value: i64) -> u64 {
    if value > 0 {
        8
    } else if value < 0 {
        8 | TAG_NEGATIVE
    } else {
        TAG_ZERO
    }
}

/// A new reference to the int of this value; small ones are shared.
#[inline(always)]
pub fn new(vm: &mut Vm, value: i64) -> Own {
    if is_small(vm, value) {
        return vm.incref(small_addr(value));
    }
    if value.unsigned_abs() <= u64::from(DIGIT_MASK) {
        return medium(vm, value);
    }
    of_two_digits(vm, value.unsigned_abs(), value < 0, 2)
}

/// A new one-digit int that is not a cached one: `_PyLong_FromMedium`.
#[inline(always)]
fn medium(vm: &mut Vm, value: i64) -> Own {
    let object = match vm.freelists.int.pop() {
        Some(object) => super::alloc::revive(vm, object, types::INT).into_addr(),
        None => {
            let object = vm.heap.alloc(vm.int_block);
            vm.set_word(object, OB_REFCNT, 1);
            vm.set_word(object, OB_TYPE, types::INT.0);
            object
        }
    };
    vm.set_word(object, LV_TAG, if value < 0 { 8 | TAG_NEGATIVE } else { 8 });
    vm.set_word(object, OB_DIGIT, value.unsigned_abs());
    Own::from_addr(object)
}

/// `tp_dealloc`: ints of one digit are kept for the next. CPython 3.14: `long_dealloc`.
#[inline]
pub fn dealloc(vm: &mut Vm, object: Addr) {
    if vm.type_of(object) != types::INT {
        return super::alloc::free(vm, object);
    }
    let is_medium = vm.word(object, LV_TAG) >> 3 == 1;
    if !is_medium || !vm.freelists.int.push(object) {
        vm.heap.free(object);
    }
}

/// The same for an unsigned value.
#[inline]
pub fn from_u64(vm: &mut Vm, value: u64) -> Own {
    if value <= vm.profile.small_int_max as u64 {
        return vm.incref(small_addr(value as i64));
    }
    from_u128_sign(vm, u128::from(value), false, 0)
}

/// The same for a length or an index.
#[inline]
pub fn from_usize(vm: &mut Vm, value: usize) -> Own {
    from_u64(vm, value as u64)
}

/// The same for 128 bits.
pub fn from_i128(vm: &mut Vm, value: i128) -> Own {
    from_u128_sign(vm, value.unsigned_abs(), value < 0, 0)
}

/// A sign and a magnitude, in a block of at least `capacity` digits.
pub(super) fn from_u128_sign(
    vm: &mut Vm,
    mut magnitude: u128,
    negative: bool,
    capacity: usize,
) -> Own {
    if magnitude <= u128::from(DIGIT_MASK) {
        let value = if negative {
            -(magnitude as i64)
        } else {
            magnitude as i64
        };
        if is_small(vm, value) {
            return vm.incref(small_addr(value));
        }
        if capacity <= 1 {
            return medium(vm, value);
        }
    }
    let mut buffer = [0u32; 5];
    let mut count = 0;
    while magnitude != 0 {
        buffer[count] = magnitude as u32 & DIGIT_MASK;
        magnitude >>= DIGIT_BITS;
        count += 1;
    }
    let object = vm.heap.alloc(block_size(vm, capacity.max(count)));
    fill(vm, object, types::INT, &buffer[..count], negative);
    Own::from_addr(object)
}

/// An int of up to three digits in a block of `capacity` digits, or as many as it needs.
#[inline(never)]
pub(super) fn of_two_digits(vm: &mut Vm, magnitude: u64, negative: bool, capacity: usize) -> Own {
    if magnitude >> (2 * DIGIT_BITS) != 0 || magnitude <= vm.profile.small_int_max as u64 {
        // The capacity is a least one: three digits get their room.
        return from_u128_sign(vm, u128::from(magnitude), negative, capacity);
    }
    let object = vm.heap.alloc(block_size(vm, capacity));
    let (low, high) = (magnitude & u64::from(DIGIT_MASK), magnitude >> DIGIT_BITS);
    let count = 1 + u64::from(high != 0);
    vm.set_word(object, OB_REFCNT, 1);
    vm.set_word(object, OB_TYPE, types::INT.0);
    vm.set_word(
        object,
        LV_TAG,
        count << 3 | if negative { TAG_NEGATIVE } else { 0 },
    );
    vm.set_word(object, OB_DIGIT, low | high << 32);
    Own::from_addr(object)
}

/// The same for any size.
pub fn from_big(vm: &mut Vm, value: &BigInt) -> Own {
    let digits = digits::from_biguint(value.magnitude());
    let object = vm.heap.alloc(block_size(vm, digits.len()));
    from_block(vm, object, &digits, value.sign() == Sign::Minus)
}

/// The same for any size, with the `MemoryError` of a value that the heap has no room for.
pub fn try_from_big(vm: &mut Vm, value: &BigInt) -> PyResult<Own> {
    let digits = digits::from_biguint(value.magnitude());
    from_digits(vm, &digits, value.sign() == Sign::Minus, digits.len())
}

/// An int from digits (the highest may be zero), in a block that has room for `capacity` digits, as the
/// operation in CPython asks for.
pub fn from_digits(vm: &mut Vm, digits: &[u32], negative: bool, capacity: usize) -> PyResult<Own> {
    let digits = digits::normalized(digits);
    if digits.len() <= 1 {
        let digit = i64::from(digits.first().copied().unwrap_or(0));
        let value = if negative { -digit } else { digit };
        if is_small(vm, value) {
            return Ok(vm.incref(small_addr(value)));
        }
    }
    let Ok(object) = vm
        .heap
        .try_alloc(block_size(vm, capacity.max(digits.len())))
    else {
        return Err(vm.memory_error());
    };
    fill(vm, object, types::INT, digits, negative);
    Ok(Own::from_addr(object))
}

/// The int that `object`'s block will be, unless it is a cached one: then the block goes back.
fn from_block(vm: &mut Vm, object: Addr, digits: &[u32], negative: bool) -> Own {
    fill(vm, object, types::INT, digits, negative);
    match as_i64(vm, object) {
        Some(value) if is_small(vm, value) => {
            vm.heap.free(object);
            vm.incref(small_addr(value))
        }
        _ => Own::from_addr(object),
    }
}

/// Writes header and digits of a new exact int.
fn fill(vm: &mut Vm, object: Addr, ty: Addr, digits: &[u32], negative: bool) {
    vm.set_word(object, OB_REFCNT, 1);
    vm.set_word(object, OB_TYPE, ty.0);
    set_value(vm, object, digits, negative);
}

/// Writes sign and digits.
fn set_value(vm: &mut Vm, object: Addr, digits: &[u32], negative: bool) {
    let sign = match (digits.is_empty(), negative) {
        (true, _) => TAG_ZERO,
        (_, true) => TAG_NEGATIVE,
        _ => 0,
    };
    vm.set_word(object, LV_TAG, (digits.len() as u64) << 3 | sign);
    vm.set_word(object, OB_DIGIT, 0);
    vm.heap
        .space
        .units_mut::<u32>(object.at(OB_DIGIT), digits.len())
        .copy_from_slice(digits);
}

/// Bytes asked for an int with room for `capacity` digits: from 3.11 on 32 for a small one, which has padding after its
/// digit.
fn block_size(vm: &Vm, capacity: usize) -> usize {
    (OB_DIGIT as usize + 4 * capacity).max(vm.profile.int_block_least)
}

/// A copy of an int as an instance of `class`, a subclass: `long_subtype_new`.
pub fn new_of_class(vm: &mut Vm, class: Addr, value: Addr) -> PyResult<Own> {
    let (digits, negative) = (digits(vm, value).to_vec(), is_negative(vm, value));
    let items = digits.len().max(1);
    let basicsize = vm.type_data(class).basicsize as usize;
    // One item more than the digits: the room for a sentinel that every variable-sized type has.
    let size = (basicsize + 4 * (items + 1) + 7) & !7;
    let object = super::alloc::alloc_sized(vm, class, size)?;
    set_value(vm, object.addr(), &digits, negative);
    if vm.type_flags(class) & flags::HAVE_GC != 0 {
        crate::python::gc::track(vm, object.addr());
    }
    Ok(object)
}

/// Whether the object is an int, a bool or an instance of a subclass: `PyLong_Check`.
#[inline(always)]
pub fn check(vm: &Vm, object: Addr) -> bool {
    vm.type_of(object) == types::INT || vm.has_flag(object, flags::LONG_SUBCLASS)
}

/// Whether the object's type is `int` itself: `PyLong_CheckExact`.
#[inline(always)]
pub fn check_exact(vm: &Vm, object: Addr) -> bool {
    vm.type_of(object) == types::INT
}

/// The value of an int of at most one digit.
#[inline(always)]
pub fn as_compact(vm: &Vm, object: Addr) -> Option<i64> {
    let tag = vm.word(object, LV_TAG);
    if tag >= 16 {
        return None;
    }
    Some((1 - (tag & 3) as i64) * vm.word(object, OB_DIGIT) as i64)
}

/// The value of an exact int of at most one digit: what the fast paths of the eval loop work on.
#[inline(always)]
pub fn exact_compact(vm: &Vm, object: Addr) -> Option<i64> {
    if vm.type_of(object) == types::INT {
        as_compact(vm, object)
    } else {
        None
    }
}

/// The value of an int (or a subclass's instance), if it fits.
#[inline(always)]
pub fn as_i64(vm: &Vm, object: Addr) -> Option<i64> {
    match as_compact(vm, object) {
        Some(value) => Some(value),
        None => as_i128(vm, object).and_then(|value| value.try_into().ok()),
    }
}

/// The value of an int, if it fits in an `isize`.
#[inline]
pub fn as_isize(vm: &Vm, object: Addr) -> Option<isize> {
    as_i64(vm, object).map(|value| value as isize)
}

/// The value of an int, if it fits in a `u64`.
pub fn as_u64(vm: &Vm, object: Addr) -> Option<u64> {
    as_i128(vm, object).and_then(|value| value.try_into().ok())
}

/// The value of an int of at most four digits.
#[inline]
pub fn as_i128(vm: &Vm, object: Addr) -> Option<i128> {
    let tag = vm.word(object, LV_TAG);
    let low = vm.word(object, OB_DIGIT);
    let magnitude = match tag >> 3 {
        0 | 1 => i128::from(low as u32),
        count @ 2..=4 => {
            let low = i128::from(low as u32) | i128::from(low >> 32) << DIGIT_BITS;
            match count {
                2 => low,
                3 => low | i128::from(vm.word(object, OB_DIGIT + 8) as u32) << (2 * DIGIT_BITS),
                _ => {
                    let high = vm.word(object, OB_DIGIT + 8);
                    let high = i128::from(high as u32) | i128::from(high >> 32) << DIGIT_BITS;
                    low | high << (2 * DIGIT_BITS)
                }
            }
        }
        _ => return None,
    };
    Some(if tag & TAG_NEGATIVE != 0 {
        -magnitude
    } else {
        magnitude
    })
}

/// Whether the value is an exact int that is cached.
pub fn is_exact_small(vm: &Vm, object: Addr) -> bool {
    exact_compact(vm, object).is_some_and(|value| is_small(vm, value))
}

/// The number of digits; none for zero.
#[inline(always)]
pub fn digit_count(vm: &Vm, object: Addr) -> usize {
    (vm.word(object, LV_TAG) >> 3) as usize
}

/// The digits, the lowest first; none for zero.
#[inline]
pub fn digits(vm: &Vm, object: Addr) -> &[u32] {
    vm.heap
        .space
        .units::<u32>(object.at(OB_DIGIT), digit_count(vm, object))
}

/// Whether the value is below zero.
#[inline(always)]
pub fn is_negative(vm: &Vm, object: Addr) -> bool {
    vm.word(object, LV_TAG) & TAG_NEGATIVE != 0
}

/// Whether the value is zero.
#[inline(always)]
pub fn is_zero(vm: &Vm, object: Addr) -> bool {
    vm.word(object, LV_TAG) & TAG_ZERO != 0
}

/// The sign: -1, 0 or 1.
#[inline(always)]
pub fn sign(vm: &Vm, object: Addr) -> i32 {
    1 - (vm.word(object, LV_TAG) & 3) as i32
}

/// The magnitude of an int.
pub fn to_biguint(vm: &Vm, object: Addr) -> BigUint {
    digits::to_biguint(digits(vm, object))
}

/// The value of an int, whatever its size.
pub fn to_big(vm: &Vm, object: Addr) -> BigInt {
    let sign = match sign(vm, object) {
        0 => Sign::NoSign,
        1 => Sign::Plus,
        _ => Sign::Minus,
    };
    BigInt::from_biguint(sign, to_biguint(vm, object))
}

/// An exact int of the same value: the object itself, or a copy when it is of a subclass.
pub fn to_exact(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    if check_exact(vm, object) {
        return Ok(vm.incref(object));
    }
    if let Some(value) = as_i64(vm, object) {
        return Ok(new(vm, value));
    }
    let (digits, negative) = (digits(vm, object).to_vec(), is_negative(vm, object));
    from_digits(vm, &digits, negative, digits.len())
}

/// `hash(int)`: the value modulo 2**61 - 1 with its sign, never -1.
#[inline]
pub fn hash(vm: &Vm, object: Addr) -> i64 {
    if let Some(value) = as_compact(vm, object) {
        return if value == -1 { -2 } else { value };
    }
    let hash = digits::hash(digits(vm, object)) as i64;
    match if is_negative(vm, object) { -hash } else { hash } {
        -1 => -2,
        hash => hash,
    }
}
