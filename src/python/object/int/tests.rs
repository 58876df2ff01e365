//! Operators of ints against `num-bigint`, over values near the edges of digits and of machine words.

use super::{
    SMALL_MIN, add, and, compare, divmod, from_big, hash, lshift, mul, or, rshift, sub, to_big,
    true_divide, xor,
};
use crate::python::memory::{Addr, Own};
use crate::python::vm::{Limits, PyResult, Vm};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

fn samples() -> Vec<BigInt> {
    let mut values = vec![];
    for bits in [
        0u32, 1, 8, 29, 30, 31, 59, 60, 61, 63, 64, 89, 90, 119, 120, 121, 127, 150, 1300, 4000,
    ] {
        for offset in [-6i64, -1, 0, 1, 257] {
            let value = (BigInt::from(1) << bits) + offset;
            values.push(-value.clone());
            values.push(value);
        }
    }
    values
}

/// The value of a result, whose digits must be normalized and which must be the cached object if it is small.
fn value(vm: &mut Vm, object: Own) -> BigInt {
    let address = object.addr();
    let value = to_big(vm, address);
    assert_ne!(super::digits(vm, address).last(), Some(&0));
    if let Some(small) = value
        .to_i64()
        .filter(|small| (SMALL_MIN..=256).contains(small))
    {
        assert_eq!(address, super::small_addr(small), "{small} is cached");
    }
    give_back(vm, object);
    value
}

/// A machine with the cached ints, which is all that operators of ints need.
fn machine() -> Vm {
    let mut vm = Vm::bare(
        crate::python::version::Version::V3_13.profile(),
        Limits::default(),
    );
    super::init_statics(&mut vm);
    vm
}

/// Frees an int; there is no type whose slot would.
fn give_back(vm: &mut Vm, object: Own) {
    let address = object.into_addr();
    if !vm.is_immortal(address) {
        vm.heap.free(address);
    }
}

type Operation = fn(&mut Vm, Addr, Addr) -> PyResult<Own>;

#[test]
fn operators_agree_with_num_bigint() {
    let vm = &mut machine();
    let operations: [(Operation, fn(&BigInt, &BigInt) -> BigInt); 6] = [
        (add, |a, b| a + b),
        (sub, |a, b| a - b),
        (mul, |a, b| a * b),
        (and, |a, b| a & b),
        (or, |a, b| a | b),
        (xor, |a, b| a ^ b),
    ];
    for a in samples() {
        let left = from_big(vm, &a);
        assert_eq!(
            i128::from(hash(vm, left.addr())),
            expected_hash(&a),
            "hash({a})"
        );
        for b in samples() {
            let right = from_big(vm, &b);
            for (operation, expected) in operations {
                let result = operation(vm, left.addr(), right.addr()).expect("no error");
                assert_eq!(value(vm, result), expected(&a, &b), "{a} and {b}");
            }
            assert_eq!(compare(vm, left.addr(), right.addr()), a.cmp(&b));
            if !b.is_zero() {
                let (quotient, rest) = divmod(vm, left.addr(), right.addr()).expect("no error");
                assert_eq!(
                    (value(vm, quotient), value(vm, rest)),
                    a.div_mod_floor(&b),
                    "{a} by {b}"
                );
            }
            give_back(vm, right);
        }
        for bits in [0i64, 1, 29, 30, 31, 64, 200] {
            let count = super::new(vm, bits);
            let up = lshift(vm, left.addr(), count.addr()).expect("no error");
            assert_eq!(value(vm, up), &a << bits, "{a} << {bits}");
            let down = rshift(vm, left.addr(), count.addr()).expect("no error");
            assert_eq!(value(vm, down), &a >> bits, "{a} >> {bits}");
            give_back(vm, count);
        }
        give_back(vm, left);
    }
}

fn expected_hash(value: &BigInt) -> i128 {
    let modulus = BigInt::from((1u64 << 61) - 1);
    let hash = (value.abs() % modulus).to_i128().unwrap_or(0);
    let hash = if value.is_negative() { -hash } else { hash };
    if hash == -1 { -2 } else { hash }
}

#[test]
fn true_division_rounds_once() {
    let vm = &mut machine();
    let big = |text: &str| text.parse::<BigInt>().unwrap_or_default();
    for (a, b, quotient) in [
        ("9007199254740993", "1", 9007199254740992.0),
        ("9007199254740995", "1", 9007199254740996.0),
        (
            "1267650600228229401496703205376",
            "3",
            4.2255020007607644e29,
        ),
        (
            "-1",
            "1267650600228229401496703205376",
            -7.888609052210118e-31,
        ),
        (
            "10000000000000000000000000000000000000000",
            "10000000000000000000000000000000000000001",
            1.0,
        ),
    ] {
        let (a, b) = (from_big(vm, &big(a)), from_big(vm, &big(b)));
        assert_eq!(true_divide(vm, a.addr(), b.addr()), Ok(quotient));
        give_back(vm, a);
        give_back(vm, b);
    }
}
