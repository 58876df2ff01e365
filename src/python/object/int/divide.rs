//! `//`, `%`, `divmod` and `/` of ints. Quotients round down, remainders have the divisor's sign.

use super::arith::{both, compacts};
use super::{
    as_i128, digit_count, digits, from_digits, from_u128_sign, is_negative, is_zero, new, to_big,
    to_biguint, try_from_big,
};
use crate::python::memory::{Addr, Own};
use crate::python::object::{float, tuple};
use crate::python::vm::{PyResult, Vm};
use num_integer::Integer;
use num_traits::ToPrimitive;

const DIVISION_BY_ZERO: &str = "integer division or modulo by zero";

/// `nb_floor_divide`
pub fn floordiv_slot(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if both(vm, left, right) {
        floordiv(vm, left, right)
    } else {
        Ok(vm.not_implemented())
    }
}

/// `nb_remainder`
pub fn modulo_slot(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if both(vm, left, right) {
        modulo(vm, left, right)
    } else {
        Ok(vm.not_implemented())
    }
}

/// `nb_divmod`
pub fn divmod_slot(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if !both(vm, left, right) {
        return Ok(vm.not_implemented());
    }
    let (quotient, rest) = divmod(vm, left, right)?;
    Ok(tuple::from_owned(vm, vec![quotient, rest]))
}

/// `nb_true_divide`
pub fn true_divide_slot(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if !both(vm, left, right) {
        return Ok(vm.not_implemented());
    }
    let quotient = true_divide(vm, left, right)?;
    Ok(float::new(vm, quotient))
}

/// `left // right` of two ints.
#[inline]
pub fn floordiv(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    match compacts(vm, left, right) {
        Some((left, right)) if right != 0 => Ok(new(vm, Integer::div_floor(&left, &right))),
        _ => {
            let (quotient, rest) = divmod_slow(vm, left, right, DIVISION_BY_ZERO)?;
            vm.decref(rest);
            Ok(quotient)
        }
    }
}

/// `left % right` of two ints.
#[inline]
pub fn modulo(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    match compacts(vm, left, right) {
        Some((left, right)) if right != 0 => Ok(new(vm, compact_modulo(left, right))),
        _ => {
            let (quotient, rest) = divmod_slow(vm, left, right, vm.profile.modulo_by_zero)?;
            vm.decref(quotient);
            Ok(rest)
        }
    }
}

/// The remainder of two one-digit values, which division in 32 bits gives sooner than in 64.
#[inline(always)]
pub fn compact_modulo(left: i64, right: i64) -> i64 {
    if left >= 0 && right > 0 {
        return i64::from(left as u32 % (right as u32).max(1));
    }
    Integer::mod_floor(&left, &right)
}

/// `divmod(left, right)` of two ints.
pub fn divmod(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<(Own, Own)> {
    match compacts(vm, left, right) {
        Some((left, right)) if right != 0 => {
            let (quotient, rest) = left.div_mod_floor(&right);
            Ok((new(vm, quotient), new(vm, rest)))
        }
        _ => divmod_slow(vm, left, right, DIVISION_BY_ZERO),
    }
}

#[inline(never)]
fn divmod_slow(vm: &mut Vm, left: Addr, right: Addr, by_zero: &str) -> PyResult<(Own, Own)> {
    if is_zero(vm, right) {
        return Err(vm.division_by_zero(by_zero));
    }
    let (a, b) = (digit_count(vm, left), digit_count(vm, right));
    if let (Some(x), Some(y)) = (as_i128(vm, left), as_i128(vm, right)) {
        let (quotient, rest) = x.div_mod_floor(&y);
        let quotient = from_u128_sign(
            vm,
            quotient.unsigned_abs(),
            quotient < 0,
            quotient_room(a, b),
        );
        let rest = from_u128_sign(vm, rest.unsigned_abs(), rest < 0, if b > 1 { b } else { 1 });
        return Ok((quotient, rest));
    }
    if b == 1 {
        return divmod_digit(vm, left, right);
    }
    vm.check_steps(quotient_cost(a, b))?;
    let (quotient, rest) = to_big(vm, left).div_mod_floor(&to_big(vm, right));
    Ok((try_from_big(vm, &quotient)?, try_from_big(vm, &rest)?))
}

/// Digits that CPython's division reserves for a quotient.
fn quotient_room(a: usize, b: usize) -> usize {
    if b <= 1 { a } else { (a + 1).saturating_sub(b) }
}

fn quotient_cost(a: usize, b: usize) -> u64 {
    (b as u64) * (a.saturating_sub(b) as u64 + 1) / 64
}

fn divmod_digit(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<(Own, Own)> {
    let room = digit_count(vm, left);
    vm.check_steps(room as u64 / 16)?;
    let divisor = digits(vm, right).first().copied().unwrap_or(1);
    let (mut quotient, mut rest) = super::digits::divmod_digit(digits(vm, left), divisor);
    let (left_negative, right_negative) = (is_negative(vm, left), is_negative(vm, right));
    if left_negative != right_negative && rest != 0 {
        // Truncated towards zero; one further down is the floor.
        quotient = super::digits::add(&quotient, &[1]);
        rest = divisor - rest;
    }
    let quotient = from_digits(vm, &quotient, left_negative != right_negative, room)?;
    let rest = i64::from(rest);
    Ok((quotient, new(vm, if right_negative { -rest } else { rest })))
}

/// `left / right` of two ints, correctly rounded.
pub fn true_divide(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<f64> {
    if is_zero(vm, right) {
        return Err(vm.zero_division_error("division by zero"));
    }
    const EXACT: i128 = 1 << 53;
    if let (Some(x), Some(y)) = (as_i128(vm, left), as_i128(vm, right))
        && x.abs() <= EXACT
        && y.abs() <= EXACT
    {
        return Ok(x as f64 / y as f64);
    }
    let negative = is_negative(vm, left) != is_negative(vm, right);
    vm.check_steps((digit_count(vm, left) + digit_count(vm, right)) as u64 / 16)?;
    match ratio(&to_biguint(vm, left), &to_biguint(vm, right)) {
        Some(quotient) => Ok(if negative { -quotient } else { quotient }),
        None => Err(vm.overflow_error("integer division result too large for a float")),
    }
}

/// The double nearest to `a / b`, ties to even; `None` when it is too large.
pub fn ratio(a: &num_bigint::BigUint, b: &num_bigint::BigUint) -> Option<f64> {
    if a.bits() == 0 {
        return Some(0.0);
    }
    // Scale so that the integer quotient has 64 to 66 bits: more than a double holds, and few enough for u128.
    let scale = 65 - (a.bits() as i64 - b.bits() as i64);
    if scale > 1300 {
        return Some(0.0);
    }
    if scale < -1100 {
        return None;
    }
    let (quotient, rest) = if scale >= 0 {
        (a << scale as u64).div_rem(b)
    } else {
        a.div_rem(&(b << -scale as u64))
    };
    let sticky = u128::from(rest.bits() != 0);
    let value = scaled(quotient.to_u128()? | sticky, -scale);
    value.is_finite().then_some(value)
}

/// The double nearest to `magnitude * 2**exponent`, ties to even. The lowest bit of `magnitude` may stand for
/// everything below it, if it has more than 55 bits.
pub fn scaled(magnitude: u128, exponent: i64) -> f64 {
    if magnitude == 0 {
        return 0.0;
    }
    let bits = 128 - i64::from(magnitude.leading_zeros());
    // The exponent of the result's last place: 53 bits, fewer for subnormal numbers.
    let last_place = (bits + exponent - 53).max(-1074);
    let drop = last_place - exponent;
    if drop > 127 {
        return 0.0;
    }
    if drop <= 0 {
        return float::ldexp(magnitude as f64, exponent);
    }
    let (kept, lost, half) = (
        magnitude >> drop,
        magnitude & ((1 << drop) - 1),
        1u128 << (drop - 1),
    );
    let up = lost > half || (lost == half && kept & 1 == 1);
    float::ldexp((kept + u128::from(up)) as f64, last_place)
}
