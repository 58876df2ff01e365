//! Items of an array: the letters of its type code. CPython: the `_getitem` and `_setitem` functions of
//! Modules/arraymodule.c.

use crate::python::memory::{Addr, Own};
use crate::python::object::memoryview::item as view_item;
use crate::python::object::{int, str};
use crate::python::vm::{PyResult, Vm};

/// All type codes, in the order of CPython's table.
pub const CODES: &[u8] = b"bBuwhHiIlLqQfd";

/// Bytes of an item.
pub fn size_of(code: u8) -> Option<usize> {
    match code {
        b'u' | b'w' => Some(4),
        code if CODES.contains(&code) => view_item::size_of(code),
        _ => None,
    }
}

/// The letter that `struct` and `memoryview` have for it.
pub const fn buffer_format(code: u8) -> u8 {
    if code == b'u' { b'w' } else { code }
}

/// The object that an item is.
pub fn get(vm: &mut Vm, code: u8, raw: &[u8]) -> PyResult<Own> {
    if matches!(code, b'u' | b'w') {
        let mut word = [0; 4];
        word.copy_from_slice(&raw[..4]);
        let point = u32::from_le_bytes(word);
        if point > 0x10_FFFF {
            return Err(vm.value_error(format!(
                "character U+{point:x} is not in range [U+0000; U+10ffff]"
            )));
        }
        return Ok(str::from_point(vm, point));
    }
    Ok(view_item::unpack(vm, code, raw))
}

/// The bytes of an object as an item.
///
/// # Errors
/// `TypeError` for another kind of object, `OverflowError` for a number out of range.
pub fn bytes_of(vm: &mut Vm, code: u8, value: Addr) -> PyResult<Vec<u8>> {
    match code {
        b'u' | b'w' => {
            if !str::check(vm, value) {
                return Err(vm.type_error("array item must be unicode character"));
            }
            if str::len(vm, value) != 1 {
                return Err(vm.type_error("array item must be unicode character"));
            }
            Ok(str::point(vm, value, 0).to_le_bytes().to_vec())
        }
        b'd' => Ok(vm.as_double(value)?.to_le_bytes().to_vec()),
        b'f' => Ok((vm.as_double(value)? as f32).to_le_bytes().to_vec()),
        _ => bytes_of_int(vm, code, value),
    }
}

/// How C names the type, its least and greatest value.
const fn bounds(code: u8) -> (&'static str, i64, i64) {
    match code {
        b'b' => ("signed char", -128, 127),
        b'B' => ("unsigned byte integer", 0, 255),
        b'h' => ("signed short integer", -32768, 32767),
        b'H' => ("unsigned short", 0, 65535),
        b'i' => ("signed integer", i32::MIN as i64, i32::MAX as i64),
        _ => ("unsigned int", 0, u32::MAX as i64),
    }
}

fn bytes_of_int(vm: &mut Vm, code: u8, value: Addr) -> PyResult<Vec<u8>> {
    let number = vm.index(value)?;
    let (signed, unsigned) = (
        int::as_i64(vm, number.addr()),
        int::as_u64(vm, number.addr()),
    );
    let is_negative = int::is_negative(vm, number.addr());
    vm.decref(number);
    match code {
        b'l' | b'q' => match signed {
            Some(number) => Ok(number.to_le_bytes().to_vec()),
            None if code == b'q' => Err(vm.overflow_error("int too big to convert")),
            None => Err(vm.overflow_error("Python int too large to convert to C long")),
        },
        b'L' | b'Q' => match unsigned {
            Some(number) => Ok(number.to_le_bytes().to_vec()),
            None if is_negative && code == b'Q' => {
                Err(vm.overflow_error("can't convert negative int to unsigned"))
            }
            None if is_negative => {
                Err(vm.overflow_error("can't convert negative value to unsigned int"))
            }
            None if code == b'Q' => Err(vm.overflow_error("int too big to convert")),
            None => Err(vm.overflow_error("Python int too large to convert to C unsigned long")),
        },
        _ => {
            if code == b'I' && is_negative {
                return Err(vm.overflow_error("can't convert negative value to unsigned int"));
            }
            let Some(number) = signed else {
                return Err(vm.overflow_error("Python int too large to convert to C long"));
            };
            let (name, least, most) = bounds(code);
            // A signed char is read as a short first.
            let (name, least, most) = match code {
                b'b' if !(-32768..=32767).contains(&number) => bounds(b'h'),
                _ => (name, least, most),
            };
            if number < least {
                return Err(vm.overflow_error(format!("{name} is less than minimum")));
            }
            if number > most {
                return Err(vm.overflow_error(format!("{name} is greater than maximum")));
            }
            let size = size_of(code).unwrap_or(1);
            Ok(number.to_le_bytes()[..size].to_vec())
        }
    }
}
