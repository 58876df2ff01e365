//! What changes a bytearray in place.

use super::{ALLOC, BYTES, START, as_slice, check_exports, data, len, resize, set_len, write};
use crate::python::memory::{Addr, Own};
use crate::python::object::bytes::like;
use crate::python::object::index::{SliceBounds, is_index};
use crate::python::object::{buffer, int, types};
use crate::python::vm::{Args, PyResult, Vm};

/// Replaces bytes `low..high` by others: `bytearray_setslice_linear`.
pub fn set_slice(vm: &mut Vm, array: Addr, low: usize, high: usize, bytes: &[u8]) -> PyResult<()> {
    let (size, removed) = (len(vm, array), high - low);
    let new_size = size - removed + bytes.len();
    if bytes.len() < removed {
        check_exports(vm, array)?;
        let gone = removed - bytes.len();
        if low == 0 {
            // The bytes stay where they are; the array starts later.
            let start = data(vm, array).at(gone as u64);
            vm.set_word(array, START, start.0);
        } else {
            let from = data(vm, array).at(high as u64);
            let to = data(vm, array).at((low + bytes.len()) as u64);
            vm.heap.space.copy(from, to, size - high);
        }
        resize(vm, array, new_size)?;
    } else if bytes.len() > removed {
        resize(vm, array, new_size)?;
        let from = data(vm, array).at(high as u64);
        let to = data(vm, array).at((low + bytes.len()) as u64);
        vm.heap.space.copy(from, to, size - high);
    }
    write(vm, array, low, bytes);
    Ok(())
}

/// Appends a byte.
pub fn append(vm: &mut Vm, array: Addr, byte: u8) -> PyResult<()> {
    let size = len(vm, array);
    resize(vm, array, size + 1)?;
    write(vm, array, size, &[byte]);
    Ok(())
}

/// Appends as the constructor does: into the room that there is, else as [`append`].
pub(super) fn append_in_room(vm: &mut Vm, array: Addr, byte: u8) -> PyResult<()> {
    let size = len(vm, array);
    if size + 1 < vm.word(array, ALLOC) as usize {
        set_len(vm, array, size + 1);
        write(vm, array, size, &[byte]);
        return Ok(());
    }
    append(vm, array, byte)
}

pub(super) fn append_method(vm: &mut Vm, array: Addr, args: Args) -> PyResult<Own> {
    let byte = like::byte_arg(vm, args.get(vm, 0))?;
    append(vm, array, byte)?;
    Ok(vm.none())
}

pub(super) fn insert(vm: &mut Vm, array: Addr, args: Args) -> PyResult<Own> {
    let at = vm.index_value(args.get(vm, 0), types::OVERFLOW_ERROR)?;
    let byte = like::byte_arg(vm, args.get(vm, 1))?;
    let size = len(vm, array) as isize;
    let at = if at < 0 {
        (at + size).max(0)
    } else {
        at.min(size)
    } as usize;
    set_slice(vm, array, at, at, &[byte])?;
    Ok(vm.none())
}

pub(super) fn pop(vm: &mut Vm, array: Addr, args: Args) -> PyResult<Own> {
    let at = match args.opt(vm, 0) {
        Some(index) => vm.index_value(index, types::OVERFLOW_ERROR)?,
        None => -1,
    };
    let size = len(vm, array) as isize;
    if size == 0 {
        return Err(vm.index_error("pop from empty bytearray"));
    }
    let at = if at < 0 { at + size } else { at };
    if at < 0 || at >= size {
        return Err(vm.index_error("pop index out of range"));
    }
    check_exports(vm, array)?;
    let at = at as usize;
    let byte = as_slice(vm, array)[at];
    let from = data(vm, array).at(at as u64 + 1);
    vm.heap
        .space
        .copy(from, from.before(1), size as usize - at - 1);
    resize(vm, array, size as usize - 1)?;
    Ok(int::new(vm, i64::from(byte)))
}

pub(super) fn remove(vm: &mut Vm, array: Addr, args: Args) -> PyResult<Own> {
    let byte = like::byte_arg(vm, args.get(vm, 0))?;
    let Some(at) = memchr::memchr(byte, as_slice(vm, array)) else {
        return Err(vm.value_error("value not found in bytearray"));
    };
    check_exports(vm, array)?;
    let (size, from) = (len(vm, array), data(vm, array).at(at as u64 + 1));
    vm.heap.space.copy(from, from.before(1), size - at - 1);
    resize(vm, array, size - 1)?;
    Ok(vm.none())
}

pub(super) fn clear(vm: &mut Vm, array: Addr, _: Args) -> PyResult<Own> {
    resize(vm, array, 0)?;
    Ok(vm.none())
}

pub(super) fn reverse(vm: &mut Vm, array: Addr, _: Args) -> PyResult<Own> {
    let (start, size) = (data(vm, array), len(vm, array));
    vm.heap.space.bytes_mut(start, size).reverse();
    Ok(vm.none())
}

pub(super) fn extend(vm: &mut Vm, array: Addr, args: Args) -> PyResult<Own> {
    extend_with(vm, array, args.get(vm, 0))?;
    Ok(vm.none())
}

/// `array.extend(source)`
pub(super) fn extend_with(vm: &mut Vm, array: Addr, source: Addr) -> PyResult<()> {
    let bytes = if buffer::is_buffer(vm, source) {
        buffer::content(vm, source)?
    } else {
        let iterator = vm.get_iter(source);
        let Ok(iterator) = iterator else {
            if !vm.raised_is(types::TYPE_ERROR) {
                return Err(crate::python::vm::Raised);
            }
            vm.clear_raised();
            let given = vm.type_data(vm.type_of(source)).full_name.to_string();
            return Err(vm.type_error(format!("can't extend bytearray with {given}")));
        };
        if crate::python::object::str::check(vm, source) {
            return Err(vm.type_error("expected iterable of integers; got: 'str'"));
        }
        let mut bytes = Vec::new();
        while let Some(item) = vm.iter_next(iterator.addr())? {
            bytes.push(like::byte_arg(vm, item.addr())?);
            vm.decref(item);
        }
        vm.decref(iterator);
        bytes
    };
    let size = len(vm, array);
    set_slice(vm, array, size, size, &bytes)
}

/// `array[key] = value`, `del array[key]`
pub(super) fn set_item(vm: &mut Vm, array: Addr, key: Addr, value: Option<Addr>) -> PyResult<()> {
    if is_index(vm, key) {
        return set_at(vm, array, key, value);
    }
    if vm.type_of(key) != types::SLICE {
        let given = vm.type_data(vm.type_of(key)).full_name.to_string();
        return Err(vm.type_error(format!(
            "bytearray indices must be integers or slices, not {given}"
        )));
    }
    let slice = SliceBounds::of(vm, key, |vm| len(vm, array))?;
    let bytes = match value {
        None => Vec::new(),
        Some(value) if buffer::is_buffer(vm, value) => buffer::content(vm, value)?,
        Some(value) => {
            if int::check(vm, value) || crate::python::object::str::check(vm, value) {
                return Err(vm.type_error(
                    "can assign only bytes, buffers, or iterables of ints in range(0, 256)",
                ));
            }
            let scratch = super::new(vm, &[])?;
            super::spec::fill_from(vm, scratch.addr(), value)?;
            let bytes = as_slice(vm, scratch.addr()).to_vec();
            vm.decref(scratch);
            bytes
        }
    };
    // Python code may have run: the bounds are read again.
    let slice_again = SliceBounds::of(vm, key, |vm| len(vm, array))?;
    let slice = if value.is_some() { slice_again } else { slice };
    if slice.step == 1 {
        let start = slice.start as usize;
        return set_slice(vm, array, start, start + slice.count, &bytes);
    }
    if value.is_none() {
        return delete_steps(vm, array, slice);
    }
    if bytes.is_empty() {
        return delete_steps(vm, array, slice);
    }
    if bytes.len() != slice.count {
        let (given, wanted) = (bytes.len(), slice.count);
        return Err(vm.value_error(format!(
            "attempt to assign bytes of size {given} to extended slice of size {wanted}"
        )));
    }
    for (i, byte) in bytes.iter().enumerate() {
        let at = slice.start + i as isize * slice.step;
        write(vm, array, at as usize, &[*byte]);
    }
    Ok(())
}

fn set_at(vm: &mut Vm, array: Addr, key: Addr, value: Option<Addr>) -> PyResult<()> {
    let index = vm.index_value(key, types::INDEX_ERROR)?;
    let size = len(vm, array) as isize;
    let index = if index < 0 { index + size } else { index };
    if index < 0 || index >= size {
        return Err(vm.index_error("bytearray index out of range"));
    }
    match value {
        None => set_slice(vm, array, index as usize, index as usize + 1, &[]),
        Some(value) => {
            let byte = like::byte_arg(vm, value)?;
            if index as usize >= len(vm, array) {
                return Err(vm.index_error("bytearray index out of range"));
            }
            write(vm, array, index as usize, &[byte]);
            Ok(())
        }
    }
}

fn delete_steps(vm: &mut Vm, array: Addr, slice: SliceBounds) -> PyResult<()> {
    if slice.count == 0 {
        return Ok(());
    }
    check_exports(vm, array)?;
    let gone: Vec<usize> = (0..slice.count as isize)
        .map(|i| (slice.start + i * slice.step) as usize)
        .collect();
    let mut doomed = vec![false; len(vm, array)];
    gone.iter().for_each(|at| doomed[*at] = true);
    let kept: Vec<u8> = as_slice(vm, array)
        .iter()
        .zip(&doomed)
        .filter(|(_, doomed)| !**doomed)
        .map(|(byte, _)| *byte)
        .collect();
    write(vm, array, 0, &kept);
    resize(vm, array, kept.len())
}

/// `array += other`
pub(super) fn inplace_concat(vm: &mut Vm, array: Addr, other: Addr) -> PyResult<Own> {
    if !buffer::is_buffer(vm, other) {
        let given = vm.type_data(vm.type_of(other)).full_name.to_string();
        let own = vm.type_data(vm.type_of(array)).full_name.to_string();
        return Err(vm.type_error(format!("can't concat {given} to {own}")));
    }
    let bytes = buffer::content(vm, other)?;
    let size = len(vm, array);
    resize(vm, array, size + bytes.len())?;
    write(vm, array, size, &bytes);
    Ok(vm.incref(array))
}

/// `array *= count`
pub(super) fn inplace_repeat(vm: &mut Vm, array: Addr, count: isize) -> PyResult<Own> {
    let count = usize::try_from(count).unwrap_or(0);
    let size = len(vm, array);
    let Some(total) = size
        .checked_mul(count)
        .filter(|total| *total < isize::MAX as usize)
    else {
        return Err(vm.memory_error());
    };
    resize(vm, array, total)?;
    if size != 0 && count > 1 {
        let start = data(vm, array);
        let mut done = size;
        while done < total {
            let piece = done.min(total - done);
            vm.heap.space.copy(start, start.at(done as u64), piece);
            done += piece;
        }
    }
    Ok(vm.incref(array))
}

pub(super) fn alloc_method(vm: &mut Vm, array: Addr, _: Args) -> PyResult<Own> {
    let room = vm.word(array, ALLOC);
    Ok(int::from_u64(vm, room))
}

pub(super) fn dealloc(vm: &mut Vm, array: Addr) {
    let block = vm.field(array, BYTES);
    vm.heap.free(block);
    crate::python::object::alloc::free(vm, array);
}
