//! `bytearray`: bytes that can change. CPython: `PyByteArrayObject`, Objects/bytearrayobject.c.
//!
//! ```text
//!    16     ob_size
//!    24     ob_alloc      bytes of the block, one more than fits for a NUL
//!    32     ob_bytes      the block, NULL while nothing was in it
//!    40     ob_start      the first byte: behind ob_bytes once some were taken from the front
//!    48     ob_exports    memoryviews that look at it; while there are any it keeps its length
//! ```

mod edit;
mod iterator;
mod spec;

pub use edit::{append, set_slice};
pub use iterator::SPEC as ITERATOR_SPEC;
pub use spec::SPEC;

use super::{OB_SIZE, alloc, types};
use crate::python::memory::{Addr, Own};
use crate::python::vm::{PyResult, Vm};

/// Offset of `ob_alloc`.
pub const ALLOC: u64 = 24;
/// Offset of `ob_bytes`.
pub const BYTES: u64 = 32;
/// Offset of `ob_start`.
pub const START: u64 = 40;
/// Offset of `ob_exports`.
pub const EXPORTS: u64 = 48;

/// Whether the object is a bytearray or an instance of a subclass.
#[inline]
pub fn check(vm: &Vm, object: Addr) -> bool {
    vm.type_of(object) == types::BYTEARRAY || vm.type_check(object, types::BYTEARRAY)
}

/// The number of bytes.
#[inline(always)]
pub fn len(vm: &Vm, array: Addr) -> usize {
    vm.word(array, OB_SIZE) as usize
}

/// Where the bytes start; any address while there are none.
#[inline(always)]
pub fn data(vm: &Vm, array: Addr) -> Addr {
    vm.field(array, START)
}

/// The bytes themselves.
#[inline]
pub fn as_slice(vm: &Vm, array: Addr) -> &[u8] {
    vm.heap.space.bytes(data(vm, array), len(vm, array))
}

/// A new bytearray: `PyByteArray_FromStringAndSize`.
pub fn new(vm: &mut Vm, bytes: &[u8]) -> PyResult<Own> {
    let array = alloc::alloc(vm, types::BYTEARRAY, 0)?;
    if !bytes.is_empty() {
        resize(vm, array.addr(), bytes.len())?;
        write(vm, array.addr(), 0, bytes);
    }
    Ok(array)
}

/// Copies bytes into the array, from `at` on; there is room.
pub(super) fn write(vm: &mut Vm, array: Addr, at: usize, bytes: &[u8]) {
    let target = data(vm, array).at(at as u64);
    vm.heap
        .space
        .bytes_mut(target, bytes.len())
        .copy_from_slice(bytes);
}

/// Gives the array another length: `PyByteArray_Resize`. What is new holds what the block held.
///
/// # Errors
/// `BufferError` while a memoryview looks at it; `MemoryError`.
pub fn resize(vm: &mut Vm, array: Addr, size: usize) -> PyResult<()> {
    let (old, room) = (len(vm, array), vm.word(array, ALLOC) as usize);
    if size == old {
        return Ok(());
    }
    check_exports(vm, array)?;
    let (block, start) = (vm.field(array, BYTES), vm.field(array, START));
    let skipped = (start.0 - block.0) as usize;
    let new_room = if size + skipped < room {
        if size >= room / 2 {
            set_len(vm, array, size);
            return Ok(());
        }
        size + 1
    } else if (size as f64) <= room as f64 * 1.125 {
        size + (size >> 3) + if size < 9 { 3 } else { 6 }
    } else {
        size + 1
    };
    let grown = if skipped > 0 {
        let Ok(grown) = vm.heap.try_alloc(new_room) else {
            return Err(vm.memory_error());
        };
        vm.heap.space.copy(start, grown, size.min(old));
        vm.heap.free(block);
        grown
    } else {
        match vm.heap.try_realloc(block, new_room) {
            Ok(grown) => grown,
            Err(_) => return Err(vm.memory_error()),
        }
    };
    vm.set_word(array, BYTES, grown.0);
    vm.set_word(array, START, grown.0);
    vm.set_word(array, ALLOC, new_room as u64);
    set_len(vm, array, size);
    Ok(())
}

/// Sets the length and the NUL behind it; the block is large enough.
fn set_len(vm: &mut Vm, array: Addr, size: usize) {
    vm.set_word(array, OB_SIZE, size as u64);
    let end = data(vm, array).at(size as u64);
    vm.heap.space.set_byte(end, 0);
}

/// A `BufferError` while a memoryview looks at the array.
pub fn check_exports(vm: &mut Vm, array: Addr) -> PyResult<()> {
    if vm.word(array, EXPORTS) as i64 > 0 {
        return Err(vm.buffer_error("Existing exports of data: object cannot be re-sized"));
    }
    Ok(())
}
