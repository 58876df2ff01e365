//! The methods that `bytes` and `bytearray` share. CPython: Objects/bytes_methods.c, Objects/stringlib/.

pub mod classify;
pub mod hex;
pub mod search;
pub mod sequence;
pub mod split;
pub mod translate;
pub mod trim;

use super::try_new;
use crate::python::memory::{Addr, Own};
use crate::python::object::{buffer, bytearray, int, types};
use crate::python::vm::{PyResult, Vm};

/// The bytes of a `bytes` or `bytearray` object.
#[inline]
pub fn content(vm: &Vm, object: Addr) -> &[u8] {
    if super::check(vm, object) {
        super::as_slice(vm, object)
    } else {
        bytearray::as_slice(vm, object)
    }
}

/// The number of bytes.
#[inline]
pub fn len(vm: &Vm, object: Addr) -> usize {
    vm.word(object, crate::python::object::OB_SIZE) as usize
}

/// Where the bytes start.
#[inline]
pub fn data(vm: &Vm, object: Addr) -> Addr {
    if super::check(vm, object) {
        object.at(super::DATA)
    } else {
        bytearray::data(vm, object)
    }
}

/// `bytes` or `bytearray`, for messages.
pub fn kind(vm: &Vm, object: Addr) -> &'static str {
    if super::check(vm, object) {
        "bytes"
    } else {
        "bytearray"
    }
}

/// A new object of the kind that `like` is.
pub fn make(vm: &mut Vm, like: Addr, bytes: &[u8]) -> PyResult<Own> {
    if super::check(vm, like) {
        try_new(vm, bytes)
    } else {
        bytearray::new(vm, bytes)
    }
}

/// What a method returns that changes nothing: exact `bytes` themselves, else a copy.
pub fn unchanged(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    if vm.type_of(object) == types::BYTES {
        return Ok(vm.incref(object));
    }
    let length = len(vm, object);
    range(vm, object, 0, length)
}

/// A new object of the bytes `start..end`; exact `bytes` themselves where that is all of them.
pub fn range(vm: &mut Vm, object: Addr, start: usize, end: usize) -> PyResult<Own> {
    if vm.type_of(object) == types::BYTES && start == 0 && end == len(vm, object) {
        return Ok(vm.incref(object));
    }
    if super::check(vm, object) {
        let from = data(vm, object).at(start as u64);
        return super::from_memory(vm, from, end - start);
    }
    let part = content(vm, object)[start..end].to_vec();
    bytearray::new(vm, &part)
}

/// A byte given as an integer: the items that a bytearray takes.
pub fn byte_arg(vm: &mut Vm, item: Addr) -> PyResult<u8> {
    if int::check(vm, item) {
        return match int::as_i64(vm, item).map(u8::try_from) {
            Some(Ok(byte)) => Ok(byte),
            _ => Err(vm.value_error("byte must be in range(0, 256)")),
        };
    }
    let number = vm.index(item)?;
    let byte = int::as_i64(vm, number.addr()).map(u8::try_from);
    vm.decref(number);
    match byte {
        Some(Ok(byte)) => Ok(byte),
        _ => Err(vm.value_error("byte must be in range(0, 256)")),
    }
}

/// What is searched for: bytes, or one byte given as an integer.
pub fn needle_arg(vm: &mut Vm, given: Addr) -> PyResult<Vec<u8>> {
    if buffer::is_buffer(vm, given) {
        return buffer::content(vm, given);
    }
    if vm.slots(given).index.is_none() {
        let given = vm.type_data(vm.type_of(given)).full_name.to_string();
        return Err(vm.type_error(format!(
            "argument should be integer or bytes-like object, not '{given}'"
        )));
    }
    let index = vm.index_value(given, types::OVERFLOW_ERROR);
    let byte = match index {
        Ok(index) => u8::try_from(index).ok(),
        Err(raised) if vm.raised_is(types::OVERFLOW_ERROR) => {
            vm.clear_raised();
            let _ = raised;
            None
        }
        Err(raised) => return Err(raised),
    };
    match byte {
        Some(byte) => Ok(vec![byte]),
        None => Err(vm.value_error("byte must be in range(0, 256)")),
    }
}
