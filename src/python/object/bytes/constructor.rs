//! `bytes(...)`. CPython: `bytes_new_impl`, `PyBytes_FromObject`.

use super::{DATA, check, try_new};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{alloc, buffer, codec, flags, int, str, types};
use crate::python::vm::{Args, PyResult, Vm};

pub(super) fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let [source, encoding, errors] =
        args.bind(vm, "bytes", "(source=b'', encoding='', errors='')")?;
    check_names(vm, "bytes", encoding, errors)?;
    let value = from_source(vm, source, encoding, errors)?;
    if class == types::BYTES {
        return Ok(value);
    }
    let content = super::as_slice(vm, value.addr()).to_vec();
    vm.decref(value);
    let instance = alloc::alloc_generic(vm, class, content.len())?;
    vm.set_word(instance.addr(), super::HASH, u64::MAX);
    vm.heap
        .space
        .bytes_mut(instance.addr().at(DATA), content.len())
        .copy_from_slice(&content);
    if vm.type_flags(class) & flags::HAVE_GC != 0 {
        gc::track(vm, instance.addr());
    }
    Ok(instance)
}

/// The `str` arguments of `bytes()` and `bytearray()`.
pub fn check_names(vm: &mut Vm, function: &str, encoding: Addr, errors: Addr) -> PyResult<()> {
    for (name, given) in [("encoding", encoding), ("errors", errors)] {
        if !given.is_null() {
            str::arg::string(vm, function, &format!("argument '{name}'"), given)?;
        }
    }
    Ok(())
}

fn from_source(vm: &mut Vm, source: Addr, encoding: Addr, errors: Addr) -> PyResult<Own> {
    // A text may say itself what its bytes are.
    let is_told = encoding.is_null()
        && errors.is_null()
        && !source.is_null()
        && vm
            .type_lookup(vm.type_of(source), vm.names.__bytes__)
            .is_some();
    if !is_told && let Some(encoded) = from_text(vm, source, encoding, errors)? {
        return Ok(encoded);
    }
    if source.is_null() {
        return Ok(super::new(vm, b""));
    }
    if let Some(method) = vm.lookup_special(source, vm.names.__bytes__)? {
        let result = vm.call(method.addr(), &[])?;
        vm.decref(method);
        if !check(vm, result.addr()) {
            let given = vm
                .type_data(vm.type_of(result.addr()))
                .full_name
                .to_string();
            return Err(vm.type_error(format!("__bytes__ returned non-bytes (type {given})")));
        }
        return Ok(result);
    }
    if let Some(count) = count_of(vm, source)? {
        return zeros(vm, count);
    }
    from_object(vm, source)
}

/// What `bytes(text, encoding)` gives; `None` when the source is no text.
pub fn from_text(vm: &mut Vm, source: Addr, encoding: Addr, errors: Addr) -> PyResult<Option<Own>> {
    let is_text = !source.is_null() && str::check(vm, source);
    if is_text && !encoding.is_null() {
        return codec::encode(vm, source, encoding, errors).map(Some);
    }
    match (encoding.is_null(), errors.is_null()) {
        (false, _) => Err(vm.type_error("encoding without a string argument")),
        (true, false) if !is_text => Err(vm.type_error("errors without a string argument")),
        _ if is_text => Err(vm.type_error("string argument without an encoding")),
        _ => Ok(None),
    }
}

/// The number that an index gives, as a count of bytes. A `TypeError` of its `__index__` means: no number.
pub fn count_of(vm: &mut Vm, source: Addr) -> PyResult<Option<usize>> {
    if vm.slots(source).index.is_none() {
        return Ok(None);
    }
    match vm.index_value(source, types::OVERFLOW_ERROR) {
        Ok(count) => match usize::try_from(count) {
            Ok(count) => Ok(Some(count)),
            Err(_) => Err(vm.value_error("negative count")),
        },
        Err(_) if vm.raised_is(types::TYPE_ERROR) => {
            vm.clear_raised();
            Ok(None)
        }
        Err(raised) => Err(raised),
    }
}

fn zeros(vm: &mut Vm, count: usize) -> PyResult<Own> {
    if count == 0 {
        return Ok(super::new(vm, &[]));
    }
    if count > isize::MAX as usize - 64 {
        return Err(vm.overflow_error("byte string is too large"));
    }
    let object = super::reserve(vm, count)?;
    vm.heap.space.fill(object.addr().at(DATA), count, 0);
    Ok(object)
}

/// The bytes of a buffer, or of an iterable of integers: `PyBytes_FromObject`.
pub fn from_object(vm: &mut Vm, source: Addr) -> PyResult<Own> {
    if vm.type_of(source) == types::BYTES {
        return Ok(vm.incref(source));
    }
    if buffer::is_buffer(vm, source) {
        let content = buffer::content(vm, source)?;
        return try_new(vm, &content);
    }
    if str::check(vm, source)
        || (vm.slots(source).iter.is_none() && vm.slots(source).sq_item.is_none())
    {
        let given = vm.type_data(vm.type_of(source)).full_name.to_string();
        return Err(vm.type_error(format!("cannot convert '{given}' object to bytes")));
    }
    let iterator = vm.get_iter(source)?;
    let mut content = Vec::new();
    while let Some(item) = vm.iter_next(iterator.addr())? {
        content.push(byte(vm, item.addr())?);
        vm.decref(item);
    }
    vm.decref(iterator);
    try_new(vm, &content)
}

fn byte(vm: &mut Vm, item: Addr) -> PyResult<u8> {
    let number = vm.index(item)?;
    let byte = int::as_i64(vm, number.addr()).and_then(|number| u8::try_from(number).ok());
    vm.decref(number);
    match byte {
        Some(byte) => Ok(byte),
        None => Err(vm.value_error("bytes must be in range(0, 256)")),
    }
}
