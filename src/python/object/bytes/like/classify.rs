//! `isalpha`, `upper` and their like, on ASCII letters only.

use super::{content, make};
use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Vm};

fn all(vm: &mut Vm, object: Addr, is: fn(&u8) -> bool) -> PyResult<Own> {
    let bytes = content(vm, object);
    let answer = !bytes.is_empty() && bytes.iter().all(is);
    Ok(vm.bool(answer))
}

pub(in crate::python::object) fn isalnum(vm: &mut Vm, object: Addr, _: Args) -> PyResult<Own> {
    all(vm, object, u8::is_ascii_alphanumeric)
}

pub(in crate::python::object) fn isalpha(vm: &mut Vm, object: Addr, _: Args) -> PyResult<Own> {
    all(vm, object, u8::is_ascii_alphabetic)
}

pub(in crate::python::object) fn isdigit(vm: &mut Vm, object: Addr, _: Args) -> PyResult<Own> {
    all(vm, object, u8::is_ascii_digit)
}

pub(in crate::python::object) fn isspace(vm: &mut Vm, object: Addr, _: Args) -> PyResult<Own> {
    all(vm, object, |byte| is_space(*byte))
}

/// Space, tab, newline, carriage return, vertical tab, form feed.
pub const fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

pub(in crate::python::object) fn isascii(vm: &mut Vm, object: Addr, _: Args) -> PyResult<Own> {
    let answer = content(vm, object).is_ascii();
    Ok(vm.bool(answer))
}

pub(in crate::python::object) fn islower(vm: &mut Vm, object: Addr, _: Args) -> PyResult<Own> {
    let bytes = content(vm, object);
    let answer =
        bytes.iter().any(u8::is_ascii_lowercase) && !bytes.iter().any(u8::is_ascii_uppercase);
    Ok(vm.bool(answer))
}

pub(in crate::python::object) fn isupper(vm: &mut Vm, object: Addr, _: Args) -> PyResult<Own> {
    let bytes = content(vm, object);
    let answer =
        bytes.iter().any(u8::is_ascii_uppercase) && !bytes.iter().any(u8::is_ascii_lowercase);
    Ok(vm.bool(answer))
}

pub(in crate::python::object) fn istitle(vm: &mut Vm, object: Addr, _: Args) -> PyResult<Own> {
    let (mut found, mut in_word, mut answer) = (false, false, true);
    for byte in content(vm, object) {
        if byte.is_ascii_alphabetic() {
            answer &= in_word != byte.is_ascii_uppercase();
            found = true;
        }
        in_word = byte.is_ascii_alphabetic();
    }
    Ok(vm.bool(found && answer))
}

fn map(vm: &mut Vm, object: Addr, change: impl Fn(&mut [u8])) -> PyResult<Own> {
    let mut bytes = content(vm, object).to_vec();
    change(&mut bytes);
    make(vm, object, &bytes)
}

pub(in crate::python::object) fn upper(vm: &mut Vm, object: Addr, _: Args) -> PyResult<Own> {
    map(vm, object, |bytes| bytes.make_ascii_uppercase())
}

pub(in crate::python::object) fn lower(vm: &mut Vm, object: Addr, _: Args) -> PyResult<Own> {
    map(vm, object, |bytes| bytes.make_ascii_lowercase())
}

pub(in crate::python::object) fn swapcase(vm: &mut Vm, object: Addr, _: Args) -> PyResult<Own> {
    map(vm, object, |bytes| {
        for byte in bytes.iter_mut().filter(|byte| byte.is_ascii_alphabetic()) {
            *byte ^= 0x20;
        }
    })
}

pub(in crate::python::object) fn capitalize(vm: &mut Vm, object: Addr, _: Args) -> PyResult<Own> {
    map(vm, object, |bytes| {
        bytes.make_ascii_lowercase();
        if let Some(first) = bytes.first_mut() {
            first.make_ascii_uppercase();
        }
    })
}

pub(in crate::python::object) fn title(vm: &mut Vm, object: Addr, _: Args) -> PyResult<Own> {
    map(vm, object, |bytes| {
        let mut in_word = false;
        for byte in bytes {
            if in_word {
                byte.make_ascii_lowercase();
            } else {
                byte.make_ascii_uppercase();
            }
            in_word = byte.is_ascii_alphabetic();
        }
    })
}
