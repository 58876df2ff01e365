//! `bytes`. CPython: `PyBytesObject`, Objects/bytesobject.c.
//!
//! ```text
//!    16     ob_size
//!    24     ob_shash, -1 unknown
//!    32     bytes, NUL
//! ```

mod constructor;
mod iterator;
pub mod like;
mod spec;

pub use constructor::{check_names, count_of, from_object, from_text};
pub use iterator::SPEC as ITERATOR_SPEC;
pub use spec::SPEC;

use super::{BYTE_BYTES, EMPTY_BYTES, OB_REFCNT, OB_SIZE, OB_TYPE, flags, str, types};
use crate::python::memory::{Addr, Own};
use crate::python::vm::{PyResult, Vm};

/// Offset of `ob_shash`; -1 until it is asked for.
pub const HASH: u64 = 24;
/// Offset of the first byte.
pub const DATA: u64 = 32;

/// New bytes. The empty ones and single bytes are shared.
pub fn new(vm: &mut Vm, bytes: &[u8]) -> Own {
    match bytes {
        [] => vm.incref(EMPTY_BYTES),
        [byte] => vm.incref(BYTE_BYTES.at(48 * u64::from(*byte))),
        _ => {
            let block = vm.heap.alloc(DATA as usize + bytes.len() + 1);
            fill_header(vm, block, bytes.len());
            vm.heap
                .space
                .bytes_mut(block.at(DATA), bytes.len())
                .copy_from_slice(bytes);
            Own::from_addr(block)
        }
    }
}

/// The same where a program chose the length.
pub fn try_new(vm: &mut Vm, bytes: &[u8]) -> PyResult<Own> {
    if bytes.len() < 2 {
        return Ok(new(vm, bytes));
    }
    let object = reserve(vm, bytes.len())?;
    vm.heap
        .space
        .bytes_mut(object.addr().at(DATA), bytes.len())
        .copy_from_slice(bytes);
    Ok(object)
}

/// Bytes of a length above 1, to be filled.
pub(super) fn reserve(vm: &mut Vm, len: usize) -> PyResult<Own> {
    match vm.heap.try_alloc(DATA as usize + len + 1) {
        Ok(block) => {
            fill_header(vm, block, len);
            Ok(Own::from_addr(block))
        }
        Err(_) => Err(vm.memory_error()),
    }
}

pub(crate) fn fill_header(vm: &mut Vm, block: Addr, len: usize) {
    vm.set_word(block, OB_REFCNT, 1);
    vm.set_word(block, OB_TYPE, types::BYTES.0);
    vm.set_word(block, OB_SIZE, len as u64);
    vm.set_word(block, HASH, u64::MAX);
    vm.heap.space.set_byte(block.at(DATA + len as u64), 0);
}

/// Writes `b''` and the 256 single bytes to their fixed addresses.
pub fn init_statics(vm: &mut Vm) {
    fill_header(vm, EMPTY_BYTES, 0);
    vm.set_immortal(EMPTY_BYTES);
    for byte in 0..=255u8 {
        let object = BYTE_BYTES.at(48 * u64::from(byte));
        fill_header(vm, object, 1);
        vm.set_immortal(object);
        vm.heap.space.set_byte(object.at(DATA), byte);
    }
}

/// The number of bytes.
#[inline(always)]
pub fn len(vm: &Vm, object: Addr) -> usize {
    vm.word(object, OB_SIZE) as usize
}

/// The bytes themselves.
#[inline]
pub fn as_slice(vm: &Vm, object: Addr) -> &[u8] {
    vm.heap.space.bytes(object.at(DATA), len(vm, object))
}

/// Whether the object is `bytes` or an instance of a subclass.
#[inline(always)]
pub fn check(vm: &Vm, object: Addr) -> bool {
    vm.has_flag(object, flags::BYTES_SUBCLASS)
}

/// `hash(bytes)`, kept in the object.
pub fn hash(vm: &mut Vm, object: Addr) -> i64 {
    let known = vm.word(object, HASH) as i64;
    if known != -1 {
        return known;
    }
    let hash = str::hash_bytes(vm.profile.hash, as_slice(vm, object));
    vm.set_word(object, HASH, hash as u64);
    hash
}

/// Bytes copied from memory.
pub fn from_memory(vm: &mut Vm, from: Addr, len: usize) -> PyResult<Own> {
    if len < 2 {
        let bytes = vm.heap.space.bytes(from, len).to_vec();
        return Ok(new(vm, &bytes));
    }
    let object = reserve(vm, len)?;
    vm.heap.space.copy(from, object.addr().at(DATA), len);
    Ok(object)
}
