//! Indexing, concatenation, repetition, comparison.

use super::{content, data, kind, len, make, range, unchanged};
use crate::python::memory::{Addr, Own};
use crate::python::object::index::{SliceBounds, is_index};
use crate::python::object::{CompareOp, buffer, bytearray, bytes, codec, int, str, types};
use crate::python::vm::{Args, PyResult, Vm};

pub(in crate::python::object) fn length(vm: &mut Vm, object: Addr) -> PyResult<usize> {
    Ok(len(vm, object))
}

pub(in crate::python::object) fn item(vm: &mut Vm, object: Addr, index: isize) -> PyResult<Own> {
    let byte = usize::try_from(index)
        .ok()
        .and_then(|index| content(vm, object).get(index).copied());
    match byte {
        Some(byte) => Ok(int::new(vm, i64::from(byte))),
        None if bytes::check(vm, object) => Err(vm.index_error("index out of range")),
        None => Err(vm.index_error("bytearray index out of range")),
    }
}

pub(in crate::python::object) fn subscript(vm: &mut Vm, object: Addr, key: Addr) -> PyResult<Own> {
    if is_index(vm, key) {
        let index = vm.index_value(key, types::INDEX_ERROR)?;
        let index = if index < 0 {
            index + len(vm, object) as isize
        } else {
            index
        };
        return item(vm, object, index);
    }
    if vm.type_of(key) != types::SLICE {
        let given = vm.type_data(vm.type_of(key)).full_name.to_string();
        let kind = if bytes::check(vm, object) {
            "byte"
        } else {
            "bytearray"
        };
        return Err(vm.type_error(format!(
            "{kind} indices must be integers or slices, not {given}"
        )));
    }
    let slice = SliceBounds::of(vm, key, |vm| len(vm, object))?;
    if slice.count == 0 {
        return make(vm, object, b"");
    }
    if slice.step == 1 {
        let start = slice.start as usize;
        return range(vm, object, start, start + slice.count);
    }
    let text = content(vm, object);
    let part: Vec<u8> = (0..slice.count as isize)
        .map(|i| text[(slice.start + i * slice.step) as usize])
        .collect();
    make(vm, object, &part)
}

/// `left + right`; the result is of the left one's kind.
pub(in crate::python::object) fn concat(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if !buffer::is_buffer(vm, right) {
        let given = vm.type_data(vm.type_of(right)).full_name.to_string();
        let own = vm.type_data(vm.type_of(left)).full_name.to_string();
        return Err(vm.type_error(format!("can't concat {given} to {own}")));
    }
    if bytes::check(vm, left) {
        if len(vm, left) == 0 && vm.type_of(right) == types::BYTES {
            return Ok(vm.incref(right));
        }
        if vm.type_of(left) == types::BYTES
            && buffer::get(vm, right).is_some_and(|buffer| buffer.len == 0)
        {
            return Ok(vm.incref(left));
        }
    }
    let added = buffer::content(vm, right)?;
    let mut joined = content(vm, left).to_vec();
    joined.extend_from_slice(&added);
    make(vm, left, &joined)
}

/// `object * count`
pub(in crate::python::object) fn repeat(vm: &mut Vm, object: Addr, count: isize) -> PyResult<Own> {
    let count = usize::try_from(count).unwrap_or(0);
    let size = len(vm, object);
    let is_bytes = bytes::check(vm, object);
    let total = match size.checked_mul(count) {
        Some(total) if total < isize::MAX as usize => total,
        _ if is_bytes => return Err(vm.overflow_error("repeated bytes are too long")),
        _ => return Err(vm.memory_error()),
    };
    if count == 1 && is_bytes {
        return unchanged(vm, object);
    }
    if total == 0 {
        return make(vm, object, b"");
    }
    let result = if !is_bytes {
        let array = bytearray::new(vm, b"")?;
        bytearray::resize(vm, array.addr(), total)?;
        array
    } else if total == 1 {
        return unchanged(vm, object);
    } else {
        bytes::reserve(vm, total)?
    };
    let (source, target) = (data(vm, object), data(vm, result.addr()));
    str::repeat_bytes(vm, source, target, size, total);
    Ok(result)
}

pub(in crate::python::object) fn richcompare(
    vm: &mut Vm,
    left: Addr,
    right: Addr,
    op: CompareOp,
) -> PyResult<Own> {
    let is_bytes = bytes::check(vm, left);
    let (Some(one), Some(other)) = (buffer::get(vm, left), buffer::get(vm, right)) else {
        return Ok(vm.not_implemented());
    };
    // `bytes` leaves everything but `bytes` to the other operand, which compares the other way round.
    if is_bytes && !bytes::check(vm, right) {
        return Ok(vm.not_implemented());
    }
    let (one, other) = (buffer::slice(vm, one), buffer::slice(vm, other));
    let holds = match op {
        CompareOp::Eq => one == other,
        CompareOp::Ne => one != other,
        _ => op.holds(one.cmp(other)),
    };
    Ok(vm.bool(holds))
}

/// `object % values`
pub(in crate::python::object) fn remainder(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if !bytes::check(vm, left) && !bytearray::check(vm, left) {
        return Ok(vm.not_implemented());
    }
    let text = content(vm, left).to_vec();
    let formatted = crate::python::object::percent::format_bytes(vm, &text, right)?;
    make(vm, left, &formatted)
}

pub(in crate::python::object) fn decode(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    let (encoding, errors) = str::encoding_args(vm, "decode", args)?;
    let text = content(vm, object).to_vec();
    codec::decode(vm, object, &text, encoding, errors)
}

/// `b'…'` for bytes: quotes and escapes as `repr` has them. A bytearray's apostrophes are escaped whatever
/// the quotes are.
pub(in crate::python::object) fn quoted(bytes: &[u8], is_bytearray: bool) -> Vec<u8> {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') {
        b'"'
    } else {
        b'\''
    };
    let mut text = vec![b'b', quote];
    for byte in bytes {
        match *byte {
            b'\\' => text.extend_from_slice(b"\\\\"),
            b'\t' => text.extend_from_slice(b"\\t"),
            b'\n' => text.extend_from_slice(b"\\n"),
            b'\r' => text.extend_from_slice(b"\\r"),
            b'\'' if is_bytearray || quote == b'\'' => text.extend_from_slice(b"\\'"),
            0x20..0x7F => text.push(*byte),
            _ => text.extend_from_slice(format!("\\x{byte:02x}").as_bytes()),
        }
    }
    text.push(quote);
    text
}

/// `repr(object)`: `b'…'`, or `bytearray(b'…')` under the class's name.
pub(in crate::python::object) fn repr(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    let is_bytes = kind(vm, object) == "bytes";
    let text = quoted(content(vm, object), !is_bytes);
    if is_bytes {
        return str::try_from_latin1(vm, &text);
    }
    let name = vm.type_name(object);
    let mut named = str::Text::new();
    named.push_str(&name);
    named.push_str("(");
    named.push_view(str::View::Latin1(&text));
    named.push_str(")");
    named.finish(vm)
}
