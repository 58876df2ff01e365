//! Arithmetic on magnitudes: slices of 30-bit digits, the lowest first.
//!
//! What is linear, and products of few digits, is done here on the digits as they lie in memory; the rest
//! goes through `num-bigint`, whose algorithms are better than quadratic.

use num_bigint::BigUint;
use std::cmp::Ordering;

/// Bits of a digit.
pub const DIGIT_BITS: u32 = 30;
/// A digit with all bits set.
pub const DIGIT_MASK: u32 = (1 << DIGIT_BITS) - 1;

/// Products where the shorter factor has more digits than this go through `num-bigint`.
const SCHOOLBOOK_MAX: usize = 40;

/// The digits without leading zeros.
#[inline]
pub fn normalized(digits: &[u32]) -> &[u32] {
    let len = digits
        .iter()
        .rposition(|digit| *digit != 0)
        .map_or(0, |last| last + 1);
    &digits[..len]
}

/// Compares two normalized magnitudes.
pub fn compare(a: &[u32], b: &[u32]) -> Ordering {
    a.len()
        .cmp(&b.len())
        .then_with(|| a.iter().rev().cmp(b.iter().rev()))
}

/// `a + b`; the carry's digit is always there.
pub fn add(a: &[u32], b: &[u32]) -> Vec<u32> {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let mut sum = Vec::with_capacity(long.len() + 1);
    let mut carry = 0;
    for (i, digit) in long.iter().enumerate() {
        carry += digit + short.get(i).copied().unwrap_or(0);
        sum.push(carry & DIGIT_MASK);
        carry >>= DIGIT_BITS;
    }
    sum.push(carry);
    sum
}

/// `a - b` for `a >= b`.
pub fn sub(a: &[u32], b: &[u32]) -> Vec<u32> {
    let mut difference = Vec::with_capacity(a.len());
    let mut borrow = 0u32;
    for (i, digit) in a.iter().enumerate() {
        let value = digit
            .wrapping_sub(b.get(i).copied().unwrap_or(0))
            .wrapping_sub(borrow);
        difference.push(value & DIGIT_MASK);
        borrow = value >> 31;
    }
    difference
}

/// `a * b`, of `a.len() + b.len()` digits or fewer.
pub fn mul(a: &[u32], b: &[u32]) -> Vec<u32> {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    if short.len() > SCHOOLBOOK_MAX {
        return from_biguint(&(to_biguint(a) * to_biguint(b)));
    }
    let mut product = vec![0u32; a.len() + b.len()];
    for (i, factor) in short.iter().enumerate() {
        let (factor, mut carry) = (u64::from(*factor), 0u64);
        let mut target = product[i..].iter_mut();
        for (digit, place) in long.iter().zip(&mut target) {
            carry += u64::from(*place) + u64::from(*digit) * factor;
            *place = carry as u32 & DIGIT_MASK;
            carry >>= DIGIT_BITS;
        }
        if let Some(place) = target.next() {
            *place = carry as u32;
        }
    }
    product
}

/// Quotient and remainder by one digit, which is not zero.
pub fn divmod_digit(a: &[u32], divisor: u32) -> (Vec<u32>, u32) {
    let (mut quotient, mut rest) = (vec![0u32; a.len()], 0u64);
    for (place, digit) in quotient.iter_mut().zip(a).rev() {
        rest = rest << DIGIT_BITS | u64::from(*digit);
        *place = (rest / u64::from(divisor)) as u32;
        rest %= u64::from(divisor);
    }
    (quotient, rest as u32)
}

/// `a << bits`
pub fn shift_left(a: &[u32], bits: u64) -> Vec<u32> {
    let (words, bits) = (
        (bits / u64::from(DIGIT_BITS)) as usize,
        bits % u64::from(DIGIT_BITS),
    );
    let mut shifted = vec![0u32; words];
    shifted.reserve(a.len() + 1);
    let mut carry = 0u64;
    for digit in a {
        carry |= u64::from(*digit) << bits;
        shifted.push(carry as u32 & DIGIT_MASK);
        carry >>= DIGIT_BITS;
    }
    shifted.push(carry as u32);
    shifted
}

/// `a >> bits`, and whether a bit that was set fell out.
pub fn shift_right(a: &[u32], bits: u64) -> (Vec<u32>, bool) {
    let words = bits / u64::from(DIGIT_BITS);
    if words >= a.len() as u64 {
        return (Vec::new(), a.iter().any(|digit| *digit != 0));
    }
    let (lost, kept) = a.split_at(words as usize);
    let bits = bits % u64::from(DIGIT_BITS);
    let inexact =
        lost.iter().any(|digit| *digit != 0) || u64::from(kept[0]) & ((1 << bits) - 1) != 0;
    let shifted = (0..kept.len())
        .map(|i| {
            let high = u64::from(kept.get(i + 1).copied().unwrap_or(0));
            ((u64::from(kept[i]) | high << DIGIT_BITS) >> bits) as u32 & DIGIT_MASK
        })
        .collect();
    (shifted, inexact)
}

/// Number of bits of a normalized magnitude.
pub fn bit_length(a: &[u32]) -> u64 {
    match a.last() {
        Some(last) => {
            (a.len() as u64 - 1) * u64::from(DIGIT_BITS) + u64::from(32 - last.leading_zeros())
        }
        None => 0,
    }
}

/// The magnitude modulo 2**61 - 1.
pub fn hash(a: &[u32]) -> u64 {
    const MODULUS: u64 = (1 << 61) - 1;
    let mut hash = 0u64;
    for digit in a.iter().rev() {
        // Multiplying by 2**30 modulo 2**61 - 1 rotates the 61 bits by 30.
        hash = (hash << DIGIT_BITS & MODULUS) | hash >> (61 - DIGIT_BITS);
        hash += u64::from(*digit);
        if hash >= MODULUS {
            hash -= MODULUS;
        }
    }
    hash
}

/// Packs digits of 30 bits into words of 32.
pub fn to_biguint(a: &[u32]) -> BigUint {
    let mut words = Vec::with_capacity(a.len());
    let (mut pending, mut bits) = (0u64, 0);
    for digit in a {
        pending |= u64::from(*digit) << bits;
        bits += DIGIT_BITS;
        if bits >= 32 {
            words.push(pending as u32);
            pending >>= 32;
            bits -= 32;
        }
    }
    words.push(pending as u32);
    BigUint::new(words)
}

/// The digits of a magnitude, normalized.
pub fn from_biguint(value: &BigUint) -> Vec<u32> {
    let mut digits = Vec::with_capacity(value.bits() as usize / DIGIT_BITS as usize + 2);
    let (mut pending, mut bits) = (0u128, 0);
    for word in value.iter_u64_digits() {
        pending |= u128::from(word) << bits;
        bits += 64;
        while bits >= DIGIT_BITS {
            digits.push(pending as u32 & DIGIT_MASK);
            pending >>= DIGIT_BITS;
            bits -= DIGIT_BITS;
        }
    }
    digits.push(pending as u32);
    digits.truncate(normalized(&digits).len());
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(seed: u64, len: usize) -> Vec<u32> {
        let mut state = seed;
        let mut digits: Vec<u32> = (0..len)
            .map(|_| {
                state = state
                    .wrapping_mul(6364136223846793005)
                    .wrapping_add(1442695040888963407);
                (state >> 33) as u32 & DIGIT_MASK
            })
            .collect();
        if let Some(last) = digits.last_mut() {
            *last |= 1;
        }
        digits
    }

    #[test]
    fn agrees_with_num_bigint() {
        for (i, (n, m)) in [
            (0, 0),
            (1, 1),
            (2, 1),
            (3, 3),
            (7, 2),
            (50, 9),
            (60, 60),
            (9, 90),
        ]
        .iter()
        .enumerate()
        {
            let (a, b) = (sample(i as u64, *n), sample(i as u64 + 99, *m));
            let (big_a, big_b) = (to_biguint(&a), to_biguint(&b));
            assert_eq!(from_biguint(&big_a), a);
            assert_eq!(to_biguint(&add(&a, &b)), &big_a + &big_b);
            assert_eq!(to_biguint(&mul(&a, &b)), &big_a * &big_b);
            assert_eq!(compare(&a, &b), big_a.cmp(&big_b));
            assert_eq!(bit_length(&a), big_a.bits());
            assert_eq!(BigUint::from(hash(&a)), &big_a % ((1u64 << 61) - 1));
            if big_a >= big_b {
                assert_eq!(to_biguint(&sub(&a, &b)), &big_a - &big_b);
            }
            for bits in [0, 1, 29, 30, 31, 60, 100] {
                assert_eq!(to_biguint(&shift_left(&a, bits)), &big_a << bits);
                assert_eq!(to_biguint(&shift_right(&a, bits).0), &big_a >> bits);
            }
            let (quotient, rest) = divmod_digit(&a, 12345);
            assert_eq!(to_biguint(&quotient), &big_a / 12345u32);
            assert_eq!(BigUint::from(rest), &big_a % 12345u32);
        }
    }
}
