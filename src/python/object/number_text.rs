//! The text of a number as ASCII: what `int`, `float` and `complex` read. CPython:
//! `_PyUnicode_TransformDecimalAndSpaceToASCII`, `_Py_string_to_number_with_underscores`.

use super::{buffer, bytes, flags, str};
use crate::python::memory::{Addr, Own};
use crate::python::vm::{PyResult, Vm};

/// The text of a `str` in ASCII: digits of all scripts become `0` to `9`, spaces beyond ASCII a space, and
/// whatever else no number has a question mark.
pub fn ascii_of_str(vm: &Vm, string: Addr) -> Vec<u8> {
    match str::view(vm, string) {
        str::View::Latin1(text) if text.is_ascii() => text.to_vec(),
        str::View::Latin1(text) => text.iter().map(|c| to_ascii(u32::from(*c))).collect(),
        str::View::Ucs2(text) => text.iter().map(|c| to_ascii(u32::from(*c))).collect(),
        str::View::Ucs4(text) => text.iter().map(|c| to_ascii(*c)).collect(),
    }
}

fn to_ascii(point: u32) -> u8 {
    match str::unicode::decimal_value(point) {
        Some(digit) => b'0' + digit as u8,
        None if point < 0x80 => point as u8,
        None if char::from_u32(point).is_some_and(char::is_whitespace) => b' ',
        None => b'?',
    }
}

/// The text of a `str` or `bytes` that a number is read from; `None` for anything else.
pub fn ascii_of(vm: &Vm, object: Addr) -> Option<Vec<u8>> {
    if vm.has_flag(object, flags::UNICODE_SUBCLASS) {
        Some(ascii_of_str(vm, object))
    } else if vm.has_flag(object, flags::BYTES_SUBCLASS) {
        Some(bytes::as_slice(vm, object).to_vec())
    } else {
        None
    }
}

/// The object itself, or the bytes that another one than `bytes` holds, such as a `bytearray`: what [`ascii_of`] reads
/// and what messages show.
pub fn source_of(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    if buffer::is_buffer(vm, object) && !vm.has_flag(object, flags::BYTES_SUBCLASS) {
        return buffer::to_bytes(vm, object);
    }
    Ok(vm.incref(object))
}

/// `repr` of a text that is no number, cut to 200 characters, for the message.
pub fn repr_for_message(vm: &mut Vm, object: Addr) -> PyResult<String> {
    Ok(vm.repr_text(object)?.chars().take(200).collect())
}

/// Without the spaces at both ends that C's `isspace` knows.
pub fn trim(text: &[u8]) -> &[u8] {
    let is_space = |c: &u8| matches!(c, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c);
    let start = text.iter().position(|c| !is_space(c)).unwrap_or(text.len());
    let end = text
        .iter()
        .rposition(|c| !is_space(c))
        .map_or(start, |last| last + 1);
    &text[start..end]
}

/// The text without underscores, which may only stand between digits; `None` where one does not.
pub fn without_underscores(text: &[u8]) -> Option<Vec<u8>> {
    if !text.contains(&b'_') {
        return Some(text.to_vec());
    }
    let mut plain = Vec::with_capacity(text.len());
    let mut previous = 0u8;
    for c in text {
        if *c == b'_' {
            if !previous.is_ascii_digit() {
                return None;
            }
        } else {
            if previous == b'_' && !c.is_ascii_digit() {
                return None;
            }
            plain.push(*c);
        }
        previous = *c;
    }
    (previous != b'_').then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn underscores_stand_between_digits() {
        assert_eq!(without_underscores(b"1_000.5"), Some(b"1000.5".to_vec()));
        for wrong in ["_1", "1_", "1__0", "1_.5", "1._5", "1_e5"] {
            assert_eq!(without_underscores(wrong.as_bytes()), None, "{wrong}");
        }
    }
}
