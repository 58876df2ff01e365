//! The buffer protocol: what lets its bytes be read in place. CPython: `PyObject_GetBuffer`, `PyBUF_SIMPLE`.

use super::{bytearray, bytes, flags, memoryview, types};
use crate::python::memory::{Addr, Own};
use crate::python::module::{_cdata, _io, array};
use crate::python::vm::{PyResult, Raised, Vm};

/// Bytes that lie in one piece.
#[derive(Clone, Copy, Debug)]
pub struct Buffer {
    /// Where they start.
    pub data: Addr,
    /// How many there are.
    pub len: usize,
    /// Whether Python may not write them.
    pub readonly: bool,
    /// The letter of the items' format, as in `struct`.
    pub format: u8,
    /// Bytes an item.
    pub itemsize: usize,
}

/// Whether the type has buffers: `PyObject_CheckBuffer`.
pub fn is_buffer(vm: &Vm, object: Addr) -> bool {
    vm.has_flag(object, flags::BYTES_SUBCLASS)
        || bytearray::check(vm, object)
        || vm.type_of(object) == types::MEMORYVIEW
        || array::check(vm, object)
        || _cdata::check(vm, object)
}

/// Whether a view can be made of the object though it is no buffer for anything else: `BytesIO.getbuffer`.
fn is_stream(vm: &Vm, object: Addr) -> bool {
    vm.type_check(object, types::BYTES_IO)
}

/// The bytes of an object, `None` where it has no buffer of bytes in one piece. They stay where they are as
/// long as nobody changes the object.
pub fn get(vm: &Vm, object: Addr) -> Option<Buffer> {
    if vm.has_flag(object, flags::BYTES_SUBCLASS) {
        let (data, len) = (object.at(bytes::DATA), bytes::len(vm, object));
        return Some(Buffer {
            data,
            len,
            readonly: true,
            format: b'B',
            itemsize: 1,
        });
    }
    if bytearray::check(vm, object) {
        let (data, len) = (bytearray::data(vm, object), bytearray::len(vm, object));
        return Some(Buffer {
            data,
            len,
            readonly: false,
            format: b'B',
            itemsize: 1,
        });
    }
    if vm.type_of(object) == types::MEMORYVIEW {
        return memoryview::simple_buffer(vm, object);
    }
    if _cdata::check(vm, object) {
        return Some(_cdata::buffer(vm, object));
    }
    array::check(vm, object).then(|| array::buffer(vm, object))
}

/// What a view of the object shows: its buffer, or the content of a `BytesIO`.
pub fn get_for_view(vm: &Vm, object: Addr) -> Option<Buffer> {
    if is_stream(vm, object) {
        let (data, len) = _io::bytes_io_buffer(vm, object)?;
        return Some(Buffer {
            data,
            len,
            readonly: false,
            format: b'B',
            itemsize: 1,
        });
    }
    get(vm, object)
}

/// Where an object counts the views on it, if it does: it keeps its length while there are any.
pub fn exports_offset(vm: &Vm, object: Addr) -> Option<u64> {
    if is_stream(vm, object) {
        return Some(_io::BYTES_IO_EXPORTS);
    }
    if array::check(vm, object) {
        return Some(array::EXPORTS);
    }
    bytearray::check(vm, object).then_some(bytearray::EXPORTS)
}

/// The bytes of a buffer, borrowed.
pub fn slice(vm: &Vm, buffer: Buffer) -> &[u8] {
    vm.heap.space.bytes(buffer.data, buffer.len)
}

/// `TypeError: a bytes-like object is required, not 'int'`
#[cold]
pub fn required_error(vm: &mut Vm, object: Addr) -> Raised {
    let given = vm.type_data(vm.type_of(object)).full_name.to_string();
    vm.type_error(format!("a bytes-like object is required, not '{given}'"))
}

/// A copy of the bytes of an object.
///
/// # Errors
/// `TypeError` when it has none, `ValueError` for a released memoryview.
pub fn content(vm: &mut Vm, object: Addr) -> PyResult<Vec<u8>> {
    if let Some(buffer) = get(vm, object) {
        return Ok(slice(vm, buffer).to_vec());
    }
    if vm.type_of(object) == types::MEMORYVIEW {
        memoryview::check_released(vm, object)?;
        return Ok(memoryview::content(vm, object));
    }
    Err(required_error(vm, object))
}

/// The bytes of an object as `bytes`.
pub fn to_bytes(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    if vm.type_of(object) == types::BYTES {
        return Ok(vm.incref(object));
    }
    let content = content(vm, object)?;
    bytes::try_new(vm, &content)
}
