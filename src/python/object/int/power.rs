//! `**` and `pow` of ints.

use super::arith::charge_product;
use super::{
    DIGITS_MAX, as_i64, as_u64, bit_length, check, digit_count, from_digits, from_u128_sign,
    is_negative, is_zero, new, to_big,
};
use crate::python::memory::{Addr, Own};
use crate::python::object::{NONE, float};
use crate::python::vm::{PyResult, Vm};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

/// `nb_power`
pub fn power_slot(vm: &mut Vm, base: Addr, exponent: Addr, modulus: Addr) -> PyResult<Own> {
    if !check(vm, base) || !check(vm, exponent) {
        return Ok(vm.not_implemented());
    }
    if modulus == NONE {
        return pow(vm, base, exponent);
    }
    if !check(vm, modulus) {
        return Ok(vm.not_implemented());
    }
    pow_mod(vm, base, exponent, modulus)
}

/// `base ** exponent` of two ints: a float when the exponent is negative.
pub fn pow(vm: &mut Vm, base: Addr, exponent: Addr) -> PyResult<Own> {
    if is_negative(vm, exponent) {
        let (base, exponent) = (super::as_f64(vm, base)?, super::as_f64(vm, exponent)?);
        return float::pow(vm, base, exponent);
    }
    let odd = super::digits(vm, exponent)
        .first()
        .is_some_and(|digit| digit & 1 == 1);
    match super::as_compact(vm, base) {
        _ if is_zero(vm, exponent) => return Ok(new(vm, 1)),
        Some(base @ (0 | 1)) => return Ok(new(vm, base)),
        Some(-1) => return Ok(new(vm, if odd { -1 } else { 1 })),
        _ => {}
    }
    let Some(exponent) = as_u64(vm, exponent) else {
        return Err(vm.memory_error());
    };
    let negative = is_negative(vm, base) && odd;
    let bits = bit_length(vm, base);
    if bits <= 64
        && bits.saturating_mul(exponent) <= 120
        && let Some(base) = as_i64(vm, base)
    {
        let power = u128::from(base.unsigned_abs()).pow(exponent as u32);
        let result_bits = u64::from(128 - power.leading_zeros());
        return Ok(from_u128_sign(
            vm,
            power,
            negative,
            room(result_bits, bits, exponent),
        ));
    }
    let result_bits = (bits - 1).saturating_mul(exponent);
    if result_bits / 30 > DIGITS_MAX as u64 {
        return Err(vm.memory_error());
    }
    let half = result_bits as usize / 60;
    charge_product(vm, half, half)?;
    let power = num_traits::pow::Pow::pow(super::to_biguint(vm, base), exponent);
    let digits = super::digits::from_biguint(&power);
    from_digits(vm, &digits, negative, room(power.bits(), bits, exponent))
}

/// Digits reserved by the last product of the power: a square, or a product with the base.
fn room(result_bits: u64, base_bits: u64, exponent: u64) -> usize {
    if exponent < 2 {
        return 0;
    }
    let factors = if exponent.is_multiple_of(2) {
        let root = result_bits.div_ceil(2).div_ceil(30);
        [root, root]
    } else {
        let digits = result_bits.saturating_sub(base_bits - 1).div_ceil(30);
        [digits, base_bits.div_ceil(30)]
    };
    // Two one-digit factors make an int of exactly the digits it needs.
    if factors == [1, 1] {
        0
    } else {
        (factors[0] + factors[1]) as usize
    }
}

/// `pow(base, exponent, modulus)` of three ints.
pub fn pow_mod(vm: &mut Vm, base: Addr, exponent: Addr, modulus: Addr) -> PyResult<Own> {
    if is_zero(vm, modulus) {
        return Err(vm.value_error("pow() 3rd argument cannot be 0"));
    }
    let size = digit_count(vm, modulus) as u64;
    let exponent_bits = bit_length(vm, exponent);
    vm.check_steps(exponent_bits.saturating_mul(size * size.min(2 * size.isqrt() + 16)) / 16)?;
    let (mut base, mut exponent, modulus) =
        (to_big(vm, base), to_big(vm, exponent), to_big(vm, modulus));
    if modulus.magnitude().is_one() {
        return Ok(new(vm, 0));
    }
    if exponent.is_negative() {
        match inverse(&base, &modulus) {
            Some(inverse) => base = inverse,
            None => return Err(vm.value_error("base is not invertible for the given modulus")),
        }
        exponent = -exponent;
    }
    let power = base.mod_floor(&modulus).modpow(&exponent, &modulus);
    super::try_from_big(vm, &power)
}

/// The inverse of `a` modulo `n`.
fn inverse(a: &BigInt, n: &BigInt) -> Option<BigInt> {
    let n = n.abs();
    let gcd = a.mod_floor(&n).extended_gcd(&n);
    if gcd.gcd.is_one() && !n.is_zero() {
        Some(gcd.x.mod_floor(&n))
    } else {
        None
    }
}
