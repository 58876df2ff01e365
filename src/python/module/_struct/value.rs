//! Values of a struct and their bytes. CPython: the `nu_`, `np_`, `bu_`, `lp_` … functions of Modules/_struct.c.

use super::format::{Order, Run};
use super::struct_error;
use crate::python::memory::{Addr, Own};
use crate::python::object::memoryview::item;
use crate::python::object::{bytearray, bytes, float, int};
use crate::python::vm::{PyResult, Raised, Vm};
use num_bigint::BigInt;

/// Whether the letter stands for signed integers.
const fn is_signed(code: u8) -> bool {
    matches!(code, b'b' | b'h' | b'i' | b'l' | b'q' | b'n')
}

/// The value that these bytes are.
pub fn unpack(vm: &mut Vm, order: Order, code: u8, raw: &[u8]) -> PyResult<Own> {
    let mut word = [0u8; 8];
    let width = raw.len().min(8);
    word[..width].copy_from_slice(&raw[..width]);
    if order == Order::Big {
        word[..width].reverse();
    }
    let unsigned = u64::from_le_bytes(word);
    Ok(match code {
        b's' => bytes::try_new(vm, raw)?,
        b'p' => {
            let len = raw.first().map_or(0, |len| usize::from(*len));
            let rest = raw.get(1..).unwrap_or_default();
            bytes::try_new(vm, &rest[..len.min(rest.len())])?
        }
        b'c' => bytes::try_new(vm, raw)?,
        b'?' => vm.bool(unsigned != 0),
        b'd' => float::new(vm, f64::from_bits(unsigned)),
        b'f' => float::new(vm, f64::from(f32::from_bits(unsigned as u32))),
        b'e' => float::new(vm, item::half_to_f64(unsigned as u16)),
        _ if is_signed(code) => {
            let shift = 64 - 8 * width.max(1) as u32;
            int::new(vm, (unsigned as i64) << shift >> shift)
        }
        _ => int::from_u64(vm, unsigned),
    })
}

/// The bytes of one value of a run.
///
/// # Errors
/// `struct.error` for a value of the wrong type or out of range; `OverflowError` for a float too large.
pub fn pack(vm: &mut Vm, order: Order, run: Run, value: Addr) -> PyResult<Vec<u8>> {
    let mut raw = match run.code {
        b's' | b'p' => return pack_text(vm, run, value),
        b'c' => match bytes::check(vm, value).then(|| bytes::as_slice(vm, value)) {
            Some([byte]) => return Ok(vec![*byte]),
            _ => {
                return Err(struct_error(
                    vm,
                    "char format requires a bytes object of length 1",
                ));
            }
        },
        b'?' => return Ok(vec![u8::from(vm.is_true(value)?)]),
        b'd' | b'f' | b'e' => pack_float(vm, order, run.code, value)?,
        _ => pack_int(vm, order, run, value)?,
    };
    if order == Order::Big {
        raw.reverse();
    }
    Ok(raw)
}

fn pack_text(vm: &mut Vm, run: Run, value: Addr) -> PyResult<Vec<u8>> {
    let code = char::from(run.code);
    let content = if bytes::check(vm, value) {
        bytes::as_slice(vm, value).to_vec()
    } else if bytearray::check(vm, value) {
        bytearray::as_slice(vm, value).to_vec()
    } else {
        return Err(struct_error(
            vm,
            &format!("argument for '{code}' must be a bytes object"),
        ));
    };
    let mut raw = vec![0; run.size];
    let start = usize::from(run.code == b'p');
    if run.size < start {
        return Ok(raw);
    }
    let len = content.len().min(run.size - start);
    raw[start..start + len].copy_from_slice(&content[..len]);
    if run.code == b'p' && run.size > 0 {
        raw[0] = len.min(255) as u8;
    }
    Ok(raw)
}

fn pack_float(vm: &mut Vm, order: Order, code: u8, value: Addr) -> PyResult<Vec<u8>> {
    let number = match vm.as_double(value) {
        Ok(number) => number,
        Err(Raised) => {
            vm.clear_raised();
            return Err(struct_error(vm, "required argument is not a float"));
        }
    };
    let too_large = match code {
        b'f' => order != Order::Native && number.is_finite() && !(number as f32).is_finite(),
        b'e' => number.is_finite() && number.abs() >= 65520.0,
        _ => false,
    };
    if too_large {
        if int::check(vm, value) {
            return Err(struct_error(vm, "int too large to convert"));
        }
        let code = char::from(code);
        return Err(vm.overflow_error(format!("float too large to pack with {code} format")));
    }
    Ok(match code {
        b'd' => number.to_le_bytes().to_vec(),
        b'f' => (number as f32).to_le_bytes().to_vec(),
        _ => item::f64_to_half(number).to_le_bytes().to_vec(),
    })
}

fn pack_int(vm: &mut Vm, order: Order, run: Run, value: Addr) -> PyResult<Vec<u8>> {
    if !int::check(vm, value) && vm.slots(value).index.is_none() {
        return Err(struct_error(vm, "required argument is not an integer"));
    }
    let number = vm.index(value)?;
    let big = int::to_big(vm, number.addr());
    vm.decref(number);
    let bits = 8 * run.size as u32;
    let one = BigInt::from(1);
    let (low, high): (BigInt, BigInt) = if is_signed(run.code) {
        (-(&one << (bits - 1)), (&one << (bits - 1)) - 1)
    } else {
        (BigInt::from(0), (&one << bits) - 1)
    };
    // A pointer may be given as a negative number too.
    let lowest = if run.code == b'P' {
        -(&one << (bits - 1))
    } else {
        low.clone()
    };
    if big < lowest || big > high {
        let code = char::from(run.code);
        let message = if vm.profile.struct_tells_ranges && run.code != b'P' {
            format!("'{code}' format requires {low} <= number <= {high}")
        } else {
            out_of_range(order, run, &big, &low, &high)
        };
        return Err(struct_error(vm, &message));
    }
    let is_negative = big < BigInt::from(0);
    let mut raw = big.to_signed_bytes_le();
    raw.resize(run.size, if is_negative { 0xFF } else { 0 });
    Ok(raw)
}

/// What is said of a number that does not fit up to 3.11, where the C type that it is first converted to has its say.
fn out_of_range(order: Order, run: Run, big: &BigInt, low: &BigInt, high: &BigInt) -> String {
    // In the machine's own order the machine's types are asked, not the standard's sizes.
    let is_machine = order != Order::Big;
    let name = match run.code {
        b'q' | b'Q' | b'P' if !is_machine || run.code == b'P' => {
            return "int too large to convert".to_owned();
        }
        b'b' => "byte".to_owned(),
        b'B' => "ubyte".to_owned(),
        b'h' if is_machine => "short".to_owned(),
        b'H' if is_machine => "ushort".to_owned(),
        code => format!("'{}'", char::from(code)),
    };
    let is_long = is_signed(run.code) || name.starts_with('u');
    let fits = if is_long {
        i64::try_from(big).is_ok()
    } else {
        u64::try_from(big).is_ok()
    };
    if fits {
        format!("{name} format requires {low} <= number <= {high}")
    } else {
        "argument out of range".to_owned()
    }
}
