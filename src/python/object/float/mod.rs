//! `float`: a double. CPython: `PyFloatObject`, Objects/floatobject.c.
//!
//! The double's bits are the word at 16. Dead floats wait in a free list, so that arithmetic seldom reaches the
//! allocator.

mod arith;
mod double;
mod hex;
mod methods;
mod parse;
mod power;
mod round;
mod text;

pub use arith::{compare_value, floor_divmod, holds, python_mod};
pub use double::{Style, to_text};
pub use hex::{from_hex, to_hex};
pub use methods::{SPEC, from_object};
pub use parse::{from_ascii, parse, prefix};
pub use power::{pow, range_error};
pub use round::round_digits;
pub use text::{repr, shortest, split_scientific, with_point};

use super::{OB_REFCNT, OB_TYPE, int, types};
use crate::python::memory::{Addr, Own};
use crate::python::vm::Vm;

/// Offset of the double.
pub const OB_FVAL: u64 = 16;
/// A new float.
#[inline(always)]
pub fn new(vm: &mut Vm, value: f64) -> Own {
    let object = match vm.freelists.float.pop() {
        Some(object) => super::alloc::revive(vm, object, types::FLOAT),
        None => {
            let object = vm.heap.alloc(24);
            vm.set_word(object, OB_REFCNT, 1);
            vm.set_word(object, OB_TYPE, types::FLOAT.0);
            Own::from_addr(object)
        }
    };
    vm.set_word(object.addr(), OB_FVAL, value.to_bits());
    object
}

/// `tp_dealloc`
#[inline]
pub fn dealloc(vm: &mut Vm, object: Addr) {
    if vm.type_of(object) != types::FLOAT {
        super::alloc::free(vm, object);
    } else if !vm.freelists.float.push(object) {
        vm.heap.free(object);
    }
}

/// The value of a float (or a subclass's instance).
#[inline(always)]
pub fn value(vm: &Vm, object: Addr) -> f64 {
    f64::from_bits(vm.word(object, OB_FVAL))
}

/// Whether the object is a float or an instance of a subclass: `PyFloat_Check`.
#[inline(always)]
pub fn check(vm: &Vm, object: Addr) -> bool {
    let ty = vm.type_of(object);
    ty == types::FLOAT || vm.is_subtype(ty, types::FLOAT)
}

/// The value of an exact float: what the fast paths of the eval loop work on.
#[inline(always)]
pub fn exact(vm: &Vm, object: Addr) -> Option<f64> {
    if vm.type_of(object) == types::FLOAT {
        Some(value(vm, object))
    } else {
        None
    }
}

/// `x * 2**exponent`, rounded once.
pub fn ldexp(x: f64, exponent: i64) -> f64 {
    const UP: f64 = f64::from_bits(0x7fe0_0000_0000_0000); // 2**1023
    // 2**(53 - 1022): after it the last factor is so small that only it rounds.
    const DOWN: f64 = f64::from_bits(0x0360_0000_0000_0000);
    let (mut y, mut n) = (x, exponent);
    for _ in 0..2 {
        if n > 1023 {
            y *= UP;
            n -= 1023;
        } else if n < -1022 {
            y *= DOWN;
            n += 1022 - 53;
        }
    }
    let n = n.clamp(-1022, 1023);
    y * f64::from_bits(((n + 1023) as u64) << 52)
}

/// `(fraction, exponent)` with `0.5 <= abs(fraction) < 1`: `math.frexp`.
pub fn frexp(x: f64) -> (f64, i64) {
    if x == 0.0 || !x.is_finite() {
        return (x, 0);
    }
    let (mut bits, mut exponent) = (x.to_bits(), 0);
    if bits >> 52 & 0x7ff == 0 {
        bits = (x * 18014398509481984.0).to_bits(); // 2**54, out of the subnormal numbers
        exponent = -54;
    }
    exponent += (bits >> 52 & 0x7ff) as i64 - 1022;
    (
        f64::from_bits(bits & !(0x7ff << 52) | 0x3fe << 52),
        exponent,
    )
}

/// Mantissa and exponent of a finite float that is not negative: `mantissa * 2**exponent` exactly.
pub fn decode(x: f64) -> (u64, i64) {
    let bits = x.to_bits();
    let (exponent, fraction) = (bits >> 52 & 0x7ff, bits & ((1 << 52) - 1));
    match exponent {
        0 => (fraction, -1074),
        _ => (fraction | 1 << 52, exponent as i64 - 1075),
    }
}

/// The value of a float or an int, for arithmetic with floats: `None` for anything else, and for ints that
/// are too large, which raise.
#[inline(always)]
pub(super) fn operand(vm: &mut Vm, object: Addr) -> crate::python::vm::PyResult<Option<f64>> {
    let ty = vm.type_of(object);
    if ty == types::FLOAT {
        return Ok(Some(value(vm, object)));
    }
    if let Some(small) = int::exact_compact(vm, object) {
        return Ok(Some(small as f64));
    }
    if vm.is_subtype(ty, types::FLOAT) {
        return Ok(Some(value(vm, object)));
    }
    if int::check(vm, object) {
        return int::as_f64(vm, object).map(Some);
    }
    Ok(None)
}

/// `hash(float)`: equal to the hash of an int or fraction of the same value; of NaN, the address's.
pub fn hash(vm: &Vm, object: Addr) -> i64 {
    let x = value(vm, object);
    if x.is_nan() {
        return address_hash(object);
    }
    hash_value(x)
}

/// The hash of an object without one of its own, from its address: `_Py_HashPointer`.
pub fn address_hash(object: Addr) -> i64 {
    match object.0.rotate_right(4) as i64 {
        -1 => -2,
        hash => hash,
    }
}

/// The hash of a number that is not NaN: its value modulo 2**61 - 1.
pub fn hash_value(x: f64) -> i64 {
    const MODULUS: u64 = (1 << 61) - 1;
    const INFINITY: i64 = 314159;
    if x.is_infinite() {
        return if x > 0.0 { INFINITY } else { -INFINITY };
    }
    let (mantissa, exponent) = decode(x.abs());
    // 2**61 is 1 in that field, so an exponent counts modulo 61, and multiplying rotates.
    let turn = exponent.rem_euclid(61) as u32;
    let magnitude = u128::from(mantissa) << turn;
    let folded = (magnitude & u128::from(MODULUS)) as u64 + (magnitude >> 61) as u64;
    let hash = (folded % MODULUS) as i64;
    match if x < 0.0 { -hash } else { hash } {
        -1 => -2,
        hash => hash,
    }
}
