//! `gcd`, `lcm`, `isqrt`, `factorial`, `comb`, `perm`: of ints of any size.

use crate::python::memory::{Addr, Own};
use crate::python::object::{NONE, int};
use crate::python::vm::{Args, PyResult, Vm};
use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::One;

/// `math.gcd(*integers)`
pub fn gcd(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    fold(vm, args, 0, |a, b| a.gcd(&b), |a, b| a.gcd(b))
}

/// `math.lcm(*integers)`
pub fn lcm(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    fold(vm, args, 1, |a, b| a.lcm(&b), |a, b| a.lcm(b))
}

fn fold(
    vm: &mut Vm,
    args: Args,
    start: i64,
    small: fn(i128, i128) -> i128,
    large: fn(&BigInt, &BigInt) -> BigInt,
) -> PyResult<Own> {
    let mut result = int::new(vm, start);
    for i in 0..args.len() {
        let next = vm.index(args.get(vm, i))?;
        let (a, b) = (int::as_i64(vm, result.addr()), int::as_i64(vm, next.addr()));
        let combined = if let (Some(a), Some(b)) = (a, b) {
            int::from_i128(vm, small(a.into(), b.into()))
        } else {
            let size =
                int::digit_count(vm, result.addr()).max(int::digit_count(vm, next.addr())) as u64;
            vm.check_steps(size * size)?;
            let combined = large(
                &int::to_big(vm, result.addr()),
                &int::to_big(vm, next.addr()),
            );
            int::try_from_big(vm, &combined)?
        };
        vm.decref(next);
        vm.decref(result);
        result = combined;
    }
    Ok(result)
}

/// `math.isqrt(n)`
pub fn isqrt(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let n = vm.index(args.get(vm, 0))?;
    if int::is_negative(vm, n.addr()) {
        return Err(vm.value_error("isqrt() argument must be nonnegative"));
    }
    let root = match int::as_u64(vm, n.addr()) {
        Some(small) => int::from_u64(vm, small.isqrt()),
        None => {
            let size = int::digit_count(vm, n.addr()) as u64;
            vm.check_steps(size * size / 8)?;
            let root = int::to_biguint(vm, n.addr()).sqrt();
            int::try_from_big(vm, &root.into())?
        }
    };
    vm.decref(n);
    Ok(root)
}

/// `math.factorial(n)`
pub fn factorial(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    factorial_of(vm, args.get(vm, 0))
}

fn factorial_of(vm: &mut Vm, n: Addr) -> PyResult<Own> {
    let n = vm.index(n)?;
    if int::is_negative(vm, n.addr()) {
        return Err(vm.value_error("factorial() not defined for negative values"));
    }
    let Some(count) = int::as_i64(vm, n.addr()) else {
        return Err(vm.overflow_error(format!(
            "factorial() argument should not exceed {}",
            i64::MAX
        )));
    };
    vm.decref(n);
    falling_product(vm, &BigUint::from(count as u64), count as u64)
}

/// `n (n - 1) … (n - k + 1)`
fn falling_product(vm: &mut Vm, n: &BigUint, k: u64) -> PyResult<Own> {
    let product = checked_falling_product(vm, n, k)?;
    int::try_from_big(vm, &product.into())
}

fn checked_falling_product(vm: &mut Vm, n: &BigUint, k: u64) -> PyResult<BigUint> {
    // At most `k log2(n)` bits; half of that is a fair guess for a factorial's smaller factors.
    let digits = n.bits().saturating_mul(k) / 60;
    if digits > int::DIGITS_MAX as u64 {
        return Err(vm.memory_error());
    }
    vm.check_steps(k.saturating_add(digits.saturating_mul(digits.isqrt()) / 8))?;
    Ok(product_below(n, k))
}

/// The product of the `k` numbers up to `n`, in halves, so that factors are of similar size.
fn product_below(n: &BigUint, k: u64) -> BigUint {
    if k == 0 {
        return BigUint::one();
    }
    if k <= 16 {
        return (0..k).fold(BigUint::one(), |product, i| product * (n - i));
    }
    let half = k / 2;
    product_below(n, half) * product_below(&(n - half), k - half)
}

/// `math.perm(n, k=None)`
pub fn perm(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (n, k) = (args.get(vm, 0), args.get(vm, 1));
    if k.is_null() || k == NONE {
        return factorial_of(vm, n);
    }
    let (n, k) = (vm.index(n)?, vm.index(k)?);
    check_signs(vm, n.addr(), k.addr())?;
    let result = if int::compare(vm, n.addr(), k.addr()).is_lt() {
        int::new(vm, 0)
    } else {
        let Some(count) = int::as_i64(vm, k.addr()) else {
            return Err(vm.overflow_error(format!("k must not exceed {}", i64::MAX)));
        };
        let n = int::to_biguint(vm, n.addr());
        falling_product(vm, &n, count as u64)?
    };
    vm.decref(n);
    vm.decref(k);
    Ok(result)
}

fn check_signs(vm: &mut Vm, n: Addr, k: Addr) -> PyResult<()> {
    if int::is_negative(vm, n) {
        return Err(vm.value_error("n must be a non-negative integer"));
    }
    if int::is_negative(vm, k) {
        return Err(vm.value_error("k must be a non-negative integer"));
    }
    Ok(())
}

/// `math.comb(n, k)`
pub fn comb(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (n, k) = (vm.index(args.get(vm, 0))?, vm.index(args.get(vm, 1))?);
    check_signs(vm, n.addr(), k.addr())?;
    let (big_n, big_k) = (int::to_biguint(vm, n.addr()), int::to_biguint(vm, k.addr()));
    let result = if big_n < big_k {
        int::new(vm, 0)
    } else {
        let smaller = (&big_n - &big_k).min(big_k);
        let Some(count) = u64::try_from(&smaller)
            .ok()
            .filter(|count| *count <= i64::MAX as u64)
        else {
            return Err(vm.overflow_error(format!("min(n - k, k) must not exceed {}", i64::MAX)));
        };
        let numerator = checked_falling_product(vm, &big_n, count)?;
        let quotient = numerator / product_below(&BigUint::from(count), count);
        int::try_from_big(vm, &quotient.into())?
    };
    vm.decref(n);
    vm.decref(k);
    Ok(result)
}
