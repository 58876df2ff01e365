//! `str(object)`, `str(bytes, encoding, errors)`, and instances of subclasses. CPython: `unicode_new_impl`,
//! `unicode_subtype_new`.

use super::build::{Kind, copy_points};
use super::{ASCII, COMPACT, HASH, LENGTH, STATE, arg, check, empty, len};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::index::check_positional;
use crate::python::object::{alloc, buffer, bytes, codec, flags, types};
use crate::python::vm::{Args, PyResult, Vm};

pub(super) fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    if args.keyword_count() == 0 {
        check_positional(vm, "str", args.len(), 0, 3)?;
    }
    let [object, encoding, errors] =
        args.bind(vm, "str", "(object='', encoding='utf-8', errors='strict')")?;
    for (name, given) in [("'encoding'", encoding), ("'errors'", errors)] {
        if !given.is_null() {
            arg::string(vm, "str", &format!("argument {name}"), given)?;
        }
    }
    let value = match object.some() {
        None => empty(vm),
        Some(object) if encoding.is_null() && errors.is_null() => vm.str(object)?,
        Some(object) => decode_object(vm, object, encoding, errors)?,
    };
    if class == types::STR {
        return Ok(value);
    }
    let instance = subclass_instance(vm, class, value.addr())?;
    vm.decref(value);
    Ok(instance)
}

/// `PyUnicode_FromEncodedObject`
fn decode_object(vm: &mut Vm, object: Addr, encoding: Addr, errors: Addr) -> PyResult<Own> {
    if check(vm, object) {
        return Err(vm.type_error("decoding str is not supported"));
    }
    if !bytes::check(vm, object) && !buffer::is_buffer(vm, object) {
        let given = vm.type_data(vm.type_of(object)).full_name.to_string();
        return Err(vm.type_error(format!(
            "decoding to str: need a bytes-like object, {given} found"
        )));
    }
    let content = buffer::content(vm, object)?;
    codec::decode(vm, object, &content, encoding, errors)
}

/// An instance of a subclass with the text of `value`: the units lie in a block of their own.
fn subclass_instance(vm: &mut Vm, class: Addr, value: Addr) -> PyResult<Own> {
    let layout = vm.profile.strings;
    let instance = alloc::alloc(vm, class, 0)?;
    let (object, length, kind) = (instance.addr(), len(vm, value), Kind::of_string(vm, value));
    vm.set_word(object, LENGTH, length as u64);
    let hash = vm.word(value, HASH);
    vm.set_word(object, HASH, hash);
    vm.set_word(object, STATE, u64::from(kind.state() & !COMPACT));
    let Ok(units) = vm.heap.try_alloc((length + 1) * kind.width()) else {
        // Its `dealloc` must find no block.
        vm.set_word(object, layout.compact_data, 0);
        return Err(vm.memory_error());
    };
    vm.set_word(object, layout.compact_data, units.0);
    if kind.state() & ASCII != 0 {
        vm.set_word(object, layout.utf8, units.0);
        vm.set_word(object, layout.utf8_length, length as u64);
    }
    copy_points(vm, value, 0, object, 0, length);
    vm.heap
        .space
        .fill(units.at((length * kind.width()) as u64), kind.width(), 0);
    if vm.type_flags(class) & flags::HAVE_GC != 0 {
        gc::track(vm, object);
    }
    Ok(instance)
}

pub(super) fn encode(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    let (encoding, errors) = encoding_args(vm, "encode", args)?;
    codec::encode(vm, string, encoding, errors)
}

/// The two `str` arguments of `encode` and `decode`, `NULL` where they were not given.
pub(in crate::python::object) fn encoding_args(
    vm: &mut Vm,
    name: &str,
    args: Args,
) -> PyResult<(Addr, Addr)> {
    let (encoding, errors) = (args.get(vm, 0), args.get(vm, 1));
    if !encoding.is_null() {
        arg::string(vm, name, "argument 'encoding'", encoding)?;
    }
    if !errors.is_null() {
        arg::string(vm, name, "argument 'errors'", errors)?;
    }
    Ok((encoding, errors))
}
