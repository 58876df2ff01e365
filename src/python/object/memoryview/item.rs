//! Items of a view as Python objects: the native single-letter formats of `struct`.

use crate::python::memory::{Addr, Own};
use crate::python::object::{bytes, float, int, types};
use crate::python::vm::{PyResult, Raised, Vm};
use num_bigint::{BigInt, Sign};

/// Bytes an item of a format takes; `None` for what is no native single letter.
pub fn size_of(format: u8) -> Option<usize> {
    Some(match format {
        b'c' | b'b' | b'B' | b'?' => 1,
        b'h' | b'H' | b'e' => 2,
        b'i' | b'I' | b'f' => 4,
        b'l' | b'L' | b'q' | b'Q' | b'n' | b'N' | b'd' | b'P' => 8,
        _ => return None,
    })
}

/// Whether the letter stands for signed integers.
const fn is_signed(format: u8) -> bool {
    matches!(format, b'b' | b'h' | b'i' | b'l' | b'q' | b'n')
}

/// The object that these bytes are.
pub fn unpack(vm: &mut Vm, format: u8, raw: &[u8]) -> Own {
    let mut word = [0u8; 8];
    let width = raw.len().min(8);
    word[..width].copy_from_slice(&raw[..width]);
    let unsigned = u64::from_le_bytes(word);
    match format {
        b'c' => bytes::new(vm, &raw[..raw.len().min(1)]),
        b'?' => vm.bool(unsigned != 0),
        b'd' => float::new(vm, f64::from_bits(unsigned)),
        b'f' => float::new(vm, f64::from(f32::from_bits(unsigned as u32))),
        b'e' => float::new(vm, half_to_f64(unsigned as u16)),
        _ if is_signed(format) => {
            let shift = 64 - 8 * width.max(1) as u32;
            int::new(vm, (unsigned as i64) << shift >> shift)
        }
        _ => int::from_u64(vm, unsigned),
    }
}

/// The bytes of an object in a format.
///
/// # Errors
/// `TypeError` and `ValueError` in the words of memoryview.
pub fn pack(vm: &mut Vm, format: u8, value: Addr) -> PyResult<Vec<u8>> {
    match format {
        b'c' => match bytes::check(vm, value).then(|| bytes::as_slice(vm, value)) {
            Some([byte]) => Ok(vec![*byte]),
            Some(_) => Err(wrong_value(vm, format)),
            None => Err(wrong_type(vm, format)),
        },
        b'?' => Ok(vec![u8::from(vm.is_true(value)?)]),
        b'd' | b'f' | b'e' => {
            let number = vm.as_double(value);
            let number = number.map_err(|raised| in_words(vm, format, raised))?;
            Ok(match format {
                b'd' => number.to_le_bytes().to_vec(),
                b'f' => (number as f32).to_le_bytes().to_vec(),
                _ => f64_to_half(number).to_le_bytes().to_vec(),
            })
        }
        _ => pack_int(vm, format, value),
    }
}

fn pack_int(vm: &mut Vm, format: u8, value: Addr) -> PyResult<Vec<u8>> {
    let size = size_of(format).unwrap_or(1);
    let number = vm.index(value);
    let number = number.map_err(|raised| in_words(vm, format, raised))?;
    let big = int::to_big(vm, number.addr());
    vm.decref(number);
    let bits = 8 * size as u32;
    let one = BigInt::from(1);
    let (low, high) = if is_signed(format) {
        (-(&one << (bits - 1)), &one << (bits - 1))
    } else {
        (BigInt::from(0), &one << bits)
    };
    if big < low || big >= high {
        return Err(wrong_value(vm, format));
    }
    let mut raw = big.to_signed_bytes_le();
    raw.resize(size, if big.sign() == Sign::Minus { 0xFF } else { 0 });
    Ok(raw)
}

/// The error of a conversion: a `TypeError` gets the format's words, any other goes on.
fn in_words(vm: &mut Vm, format: u8, raised: Raised) -> Raised {
    if !vm.raised_is(types::TYPE_ERROR) {
        return raised;
    }
    vm.clear_raised();
    wrong_type(vm, format)
}

fn wrong_type(vm: &mut Vm, format: u8) -> Raised {
    let letter = char::from(format);
    vm.type_error(format!("memoryview: invalid type for format '{letter}'"))
}

fn wrong_value(vm: &mut Vm, format: u8) -> Raised {
    let letter = char::from(format);
    vm.value_error(format!("memoryview: invalid value for format '{letter}'"))
}

/// IEEE 754 half precision to double.
pub fn half_to_f64(half: u16) -> f64 {
    let sign = if half & 0x8000 != 0 { -1.0 } else { 1.0 };
    let (exponent, fraction) = (i32::from(half >> 10 & 31), f64::from(half & 0x3FF));
    sign * match exponent {
        0 => fraction * 2f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1.0 + fraction / 1024.0) * 2f64.powi(exponent - 15),
    }
}

/// Double to half precision, rounding to even; too large becomes infinity.
pub fn f64_to_half(number: f64) -> u16 {
    let sign = if number.is_sign_negative() { 0x8000 } else { 0 };
    let magnitude = number.abs();
    if magnitude.is_nan() {
        return sign | 0x7E00;
    }
    if magnitude >= 65520.0 {
        return sign | 0x7C00;
    }
    let small = magnitude < 2f64.powi(-14);
    let exponent = if small {
        -14
    } else {
        magnitude.log2().floor() as i32
    };
    let steps = (magnitude / 2f64.powi(exponent - 10)).round_ties_even() as u16;
    let biased = if small { 0 } else { (exponent + 14) as u16 };
    sign | ((biased << 10) + steps)
}
