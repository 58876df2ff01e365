//! The buffer protocol: what lets its bytes be read in place. CPython: `PyObject_GetBuffer`, `PyBUF_SIMPLE`.

use super::{bytearray, bytes, flags, types};
use crate::python::memory::{Addr, Own};
use crate::python::vm::{PyResult, Vm};

/// Bytes that lie in one piece.
#[derive(Clone, Copy, Debug)]
pub struct Buffer {
    /// Where they start.
    pub data: Addr,
    /// How many there are.
    pub len: usize,
    /// Whether Python may not write them.
    pub readonly: bool,
}

/// Whether the type has buffers: `PyObject_CheckBuffer`.
pub fn is_buffer(vm: &Vm, object: Addr) -> bool {
    vm.has_flag(object, flags::BYTES_SUBCLASS) || vm.type_check(object, types::BYTEARRAY)
}

/// The bytes of an object, `None` where it has no buffer of bytes in one piece. They stay where they are as
/// long as nobody changes the object.
pub fn get(vm: &Vm, object: Addr) -> Option<Buffer> {
    if vm.has_flag(object, flags::BYTES_SUBCLASS) {
        return Some(Buffer {
            data: object.at(bytes::DATA),
            len: bytes::len(vm, object),
            readonly: true,
        });
    }
    if vm.type_check(object, types::BYTEARRAY) {
        let (data, len) = (bytearray::data(vm, object), bytearray::len(vm, object));
        return Some(Buffer {
            data,
            len,
            readonly: false,
        });
    }
    None
}

/// The bytes of an object, borrowed.
pub fn slice(vm: &Vm, buffer: Buffer) -> &[u8] {
    vm.heap.space.bytes(buffer.data, buffer.len)
}

/// `TypeError: a bytes-like object is required, not 'int'`
#[cold]
pub fn required<T>(vm: &mut Vm, object: Addr) -> PyResult<T> {
    let given = vm.type_data(vm.type_of(object)).full_name.to_string();
    Err(vm.type_error(format!("a bytes-like object is required, not '{given}'")))
}

/// A copy of the bytes of an object.
///
/// # Errors
/// `TypeError` when it has none, `BufferError` when they do not lie in one piece, `ValueError` for a released
/// memoryview.
pub fn content(vm: &mut Vm, object: Addr) -> PyResult<Vec<u8>> {
    if let Some(buffer) = get(vm, object) {
        return Ok(slice(vm, buffer).to_vec());
    }
    required(vm, object)
}

/// The bytes of an object as `bytes`.
pub fn to_bytes(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    if vm.type_of(object) == types::BYTES {
        return Ok(vm.incref(object));
    }
    let content = content(vm, object)?;
    bytes::try_new(vm, &content)
}
