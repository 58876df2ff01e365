//! `+`, `-`, `*`, the unary operators and comparison of ints.

use super::{
    as_compact, as_i128, check, digit_count, digits, from_digits, from_u128_sign, is_negative, new,
};
use crate::python::memory::{Addr, Own};
use crate::python::object::CompareOp;
use crate::python::vm::{PyResult, Vm};
use std::cmp::Ordering;

/// Whether both are ints; otherwise the slot answers `NotImplemented`.
#[inline(always)]
pub(super) fn both(vm: &Vm, left: Addr, right: Addr) -> bool {
    check(vm, left) && check(vm, right)
}

/// The values of two ints of at most one digit each.
#[inline(always)]
pub(super) fn compacts(vm: &Vm, left: Addr, right: Addr) -> Option<(i64, i64)> {
    Some((as_compact(vm, left)?, as_compact(vm, right)?))
}

/// `nb_add`
#[inline]
pub fn add_slot(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if both(vm, left, right) {
        add(vm, left, right)
    } else {
        Ok(vm.not_implemented())
    }
}

/// `nb_subtract`
#[inline]
pub fn sub_slot(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if both(vm, left, right) {
        sub(vm, left, right)
    } else {
        Ok(vm.not_implemented())
    }
}

/// `nb_multiply`
#[inline]
pub fn mul_slot(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if both(vm, left, right) {
        mul(vm, left, right)
    } else {
        Ok(vm.not_implemented())
    }
}

/// `left + right` of two ints.
#[inline(always)]
pub fn add(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    match compacts(vm, left, right) {
        Some((left, right)) => Ok(new(vm, left + right)),
        None => add_signed(vm, left, right, is_negative(vm, right)),
    }
}

/// `left - right` of two ints.
#[inline(always)]
pub fn sub(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    match compacts(vm, left, right) {
        Some((left, right)) => Ok(new(vm, left - right)),
        None => add_signed(vm, left, right, !is_negative(vm, right)),
    }
}

/// `left * right` of two ints.
#[inline(always)]
pub fn mul(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    match compacts(vm, left, right) {
        Some((left, right)) => Ok(new(vm, left * right)),
        None => mul_large(vm, left, right),
    }
}

/// `left` plus the magnitude of `right` with the given sign.
#[inline(never)]
fn add_signed(vm: &mut Vm, left: Addr, right: Addr, right_negative: bool) -> PyResult<Own> {
    let left_negative = is_negative(vm, left);
    let (a, b) = (digit_count(vm, left), digit_count(vm, right));
    if a <= 2 && b <= 2 && left_negative == right_negative {
        let sum = two_digits(vm, left) + two_digits(vm, right);
        return Ok(super::of_two_digits(vm, sum, left_negative, a.max(b) + 1));
    }
    if a <= 4
        && b <= 4
        && let (Some(x), Some(y)) = (as_i128(vm, left), as_i128(vm, right))
    {
        let (x, y) = (x.abs(), y.abs());
        if left_negative == right_negative {
            return Ok(from_u128_sign(
                vm,
                (x + y) as u128,
                left_negative,
                a.max(b) + 1,
            ));
        }
        let negative = left_negative != (x < y);
        let capacity = if a != b { a.max(b) } else { 0 };
        return Ok(from_u128_sign(vm, x.abs_diff(y), negative, capacity));
    }
    vm.check_steps(a.max(b) as u64 / 16)?;
    let (a, b) = (digits(vm, left), digits(vm, right));
    if left_negative == right_negative {
        let (sum, capacity) = (super::digits::add(a, b), a.len().max(b.len()) + 1);
        return from_digits(vm, &sum, left_negative, capacity);
    }
    match super::digits::compare(a, b) {
        Ordering::Less => {
            let (difference, capacity) = (super::digits::sub(b, a), subtraction_room(b, a));
            from_digits(vm, &difference, !left_negative, capacity)
        }
        Ordering::Equal => Ok(new(vm, 0)),
        Ordering::Greater => {
            let (difference, capacity) = (super::digits::sub(a, b), subtraction_room(a, b));
            from_digits(vm, &difference, left_negative, capacity)
        }
    }
}

/// The magnitude of an int of at most two digits, which are one word.
#[inline(always)]
fn two_digits(vm: &Vm, int: Addr) -> u64 {
    let digits = vm.word(int, super::OB_DIGIT);
    (digits & u64::from(u32::MAX)) + (digits >> 32 << super::digits::DIGIT_BITS)
}

/// Digits that `x_sub` reserves: equal leading digits are skipped first.
fn subtraction_room(large: &[u32], small: &[u32]) -> usize {
    if large.len() > small.len() {
        return large.len();
    }
    let equal = large
        .iter()
        .rev()
        .zip(small.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    large.len() - equal
}

#[inline(never)]
fn mul_large(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    let negative = is_negative(vm, left) != is_negative(vm, right);
    let (a, b) = (digit_count(vm, left), digit_count(vm, right));
    if a == 0 || b == 0 {
        return Ok(new(vm, 0));
    }
    if a <= 2
        && b <= 2
        && let (Some(x), Some(y)) = (as_i128(vm, left), as_i128(vm, right))
    {
        return Ok(from_u128_sign(vm, (x * y).unsigned_abs(), negative, a + b));
    }
    charge_product(vm, a, b)?;
    let product = super::digits::mul(digits(vm, left), digits(vm, right));
    from_digits(vm, &product, negative, a + b)
}

/// Counts the steps of a product of `a` by `b` digits, and refuses one that is too large.
pub(super) fn charge_product(vm: &mut Vm, a: usize, b: usize) -> PyResult<()> {
    if a + b > super::DIGITS_MAX {
        return Err(vm.memory_error());
    }
    let (long, short) = (a.max(b) as u64, a.min(b) as u64);
    // Long factors are multiplied in less than quadratic time: about n**1.5 for equal lengths.
    vm.check_steps(long * short.min(2 * short.isqrt() + 16) / 32)
}

/// `-int`
pub fn negative(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    if let Some(value) = as_compact(vm, object) {
        return Ok(new(vm, -value));
    }
    let (digits, negative) = (digits(vm, object).to_vec(), is_negative(vm, object));
    from_digits(vm, &digits, !negative, digits.len())
}

/// `+int`: the object itself, unless it is of a subclass.
pub fn positive(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    super::to_exact(vm, object)
}

/// `abs(int)`
pub fn absolute(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    if is_negative(vm, object) {
        negative(vm, object)
    } else {
        super::to_exact(vm, object)
    }
}

/// `bool(int)`
pub fn truth(vm: &mut Vm, object: Addr) -> PyResult<bool> {
    Ok(!super::is_zero(vm, object))
}

/// The order of two ints.
#[inline]
pub fn compare(vm: &Vm, left: Addr, right: Addr) -> Ordering {
    if let Some((left, right)) = compacts(vm, left, right) {
        return left.cmp(&right);
    }
    match (is_negative(vm, left), is_negative(vm, right)) {
        (false, false) => super::digits::compare(digits(vm, left), digits(vm, right)),
        (true, true) => super::digits::compare(digits(vm, right), digits(vm, left)),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
    }
}

/// `tp_richcompare`
pub fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    if !both(vm, left, right) {
        return Ok(vm.not_implemented());
    }
    let ordering = if left == right {
        Ordering::Equal
    } else {
        compare(vm, left, right)
    };
    Ok(vm.bool(op.holds(ordering)))
}
