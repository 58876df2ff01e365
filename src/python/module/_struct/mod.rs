//! `_struct`: values as bytes. CPython: Modules/_struct.c.
//!
//! ```text
//! Struct           16 s_size   24 s_len   32 s_codes   40 s_format   48 weakreflist
//! unpack_iterator  16 so       24 what is read          104 index
//! ```

mod format;
mod value;

use super::{NativeModule, add};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    GetSet, Method, Slots, TypeSpec, alloc, buffer, bytes, flags, index, int, iterator, object,
    str, tuple, types, weakref,
};
use crate::python::vm::{Args, PyResult, Raised, Vm};
use format::Format;

const SIZE: u64 = 16;
const LEN: u64 = 24;
const CODES: u64 = 32;
const FORMAT: u64 = 40;
const WEAKREFS: u64 = 48;
/// `sizeof(formatcode)`
const CODE_BYTES: usize = 32;

const ITERATED: u64 = 16;
const SOURCE: u64 = 24;
const INDEX: u64 = 104;

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "_struct",
    methods: &[
        Method::new("_clearcache", "()", |vm, _, _| Ok(vm.none())),
        Method::new("calcsize", "(format, /)", |vm, _, args| {
            let format = parse_argument(vm, args.get(vm, 0))?;
            Ok(int::from_usize(vm, format.size))
        }),
        Method::new("iter_unpack", "(format, buffer, /)", |vm, _, args| {
            let made = new_struct(vm, types::STRUCT, args.get(vm, 0))?;
            let iterator = iter_unpack(vm, made.addr(), args.get(vm, 1));
            vm.decref(made);
            iterator
        }),
        Method::new("pack", "(*args)", |vm, _, args| {
            let format = first_format(vm, args, "pack")?;
            pack(vm, &format, args.skip(1))
        }),
        Method::new("pack_into", "(*args)", |vm, _, args| {
            let format = first_format(vm, args, "pack_into")?;
            pack_into(vm, &format, args.skip(1))
        }),
        Method::new("unpack", "(format, buffer, /)", |vm, _, args| {
            let format = parse_argument(vm, args.get(vm, 0))?;
            unpack(vm, &format, args.get(vm, 1))
        }),
        Method::new(
            "unpack_from",
            "(format, /, buffer, offset=0)",
            |vm, _, args| {
                let format = parse_argument(vm, args.get(vm, 0))?;
                unpack_from(vm, &format, args.get(vm, 1), args.opt(vm, 2))
            },
        ),
    ],
    types: &[types::STRUCT],
    init: |vm, module| {
        let error = super::new_exception(vm, "struct", "error", types::EXCEPTION)?;
        add(vm, module, "error", error);
        Ok(())
    },
};

/// `_struct.Struct`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 56,
    weaklistoffset: WEAKREFS as u32,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, this| {
            if vm.word(this, WEAKREFS) != 0 {
                weakref::clear_refs(vm, this);
            }
            if let Some(codes) = vm.field(this, CODES).some() {
                vm.heap.free(codes);
            }
            iterator::dealloc_fields(vm, this, &[FORMAT]);
        });
        // The collector is not told of the format, which is bytes.
        slots.traverse = Some(|_, _, _| {});
        slots.references =
            Some(|vm, this, visit| iterator::visit_fields(vm, this, &[FORMAT], visit));
        slots.repr = Some(|vm, this| {
            let format = format_text(vm, this)?;
            let name = vm.type_name(this);
            let short = name.rsplit('.').next().unwrap_or_default();
            let shown = vm.repr_text(format.addr())?;
            vm.decref(format);
            Ok(str::new(vm, &format!("{short}({shown})")))
        });
        slots.new = Some(|vm, class, args| {
            // A subclass may take more, for its own `__init__`.
            let format = match args.opt(vm, 0).filter(|_| class != types::STRUCT) {
                Some(format) => format,
                None => args.bind::<1>(vm, "Struct", "(format)")?[0],
            };
            new_struct(vm, class, format)
        });
        slots.init = Some(|_, _, _| Ok(()));
    },
    methods: &[
        Method::new("iter_unpack", "(buffer, /)", |vm, this, args| {
            iter_unpack(vm, this, args.get(vm, 0))
        }),
        Method::new("pack", "(*args)", |vm, this, args| {
            let format = format_of(vm, this)?;
            pack(vm, &format, args)
        }),
        Method::new("pack_into", "(*args)", |vm, this, args| {
            let format = format_of(vm, this)?;
            pack_into(vm, &format, args)
        }),
        Method::new("unpack", "(buffer, /)", |vm, this, args| {
            let format = format_of(vm, this)?;
            unpack(vm, &format, args.get(vm, 0))
        }),
        Method::new("unpack_from", "(buffer, offset=0)", |vm, this, args| {
            let format = format_of(vm, this)?;
            unpack_from(vm, &format, args.get(vm, 0), args.opt(vm, 1))
        }),
        Method::new("__sizeof__", "()", |vm, this, _| {
            let format = format_of(vm, this)?;
            let size = object::basic_size_of(vm, this) as usize;
            Ok(int::from_usize(
                vm,
                size + CODE_BYTES * (format.runs.len() + 1),
            ))
        }),
    ],
    getset: &[
        GetSet::read("format", format_text),
        GetSet::read("size", |vm, this| {
            let size = vm.word(this, SIZE);
            Ok(int::from_u64(vm, size))
        }),
    ],
    doc: Some("Struct(fmt) --> compiled struct object"),
    ..TypeSpec::new(types::STRUCT, "_struct.Struct")
};

/// `_struct.unpack_iterator`
pub static ITERATOR: TypeSpec = TypeSpec {
    basicsize: 112,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION,
    slots: |slots: &mut Slots| {
        const FIELDS: &[u64] = &[ITERATED, SOURCE];
        slots.dealloc = Some(|vm, this| iterator::dealloc_fields(vm, this, FIELDS));
        slots.traverse = Some(|vm, this, visit| iterator::visit_fields(vm, this, FIELDS, visit));
        slots.iter = Some(iterator::iter_self);
        slots.iternext = Some(next);
    },
    methods: &[Method::new("__length_hint__", "()", |vm, this, _| {
        let Some(source) = vm.field(this, SOURCE).some() else {
            return Ok(int::new(vm, 0));
        };
        let size = vm.word(vm.field(this, ITERATED), SIZE) as usize;
        let len = buffer::get(vm, source).map_or(0, |buffer| buffer.len);
        let left = len.saturating_sub(vm.word(this, INDEX) as usize) / size.max(1);
        Ok(int::from_usize(vm, left))
    })],
    ..TypeSpec::new(types::STRUCT_ITERATOR, "_struct.unpack_iterator")
};

/// Raises `struct.error(message)`.
#[cold]
fn struct_error(vm: &mut Vm, message: &str) -> Raised {
    vm.module_error("_struct", "error", message)
}

/// The text of a format given as `str` or `bytes`.
fn format_bytes(vm: &mut Vm, given: Addr) -> PyResult<Own> {
    if bytes::check(vm, given) {
        return Ok(vm.incref(given));
    }
    if !str::check(vm, given) {
        let got = vm.type_name(given);
        return Err(vm.type_error(format!(
            "Struct() argument 1 must be a str or bytes object, not {got}"
        )));
    }
    if str::is_ascii(vm, given) {
        let text = str::to_rust(vm, given);
        return bytes::try_new(vm, text.as_bytes());
    }
    let (encode, ascii) = (str::intern(vm, "encode"), str::intern(vm, "ascii"));
    let encoded = vm.call_method(given, encode.addr(), &[ascii.addr()]);
    vm.decref(encode);
    vm.decref(ascii);
    encoded
}

fn parse_argument(vm: &mut Vm, given: Addr) -> PyResult<Format> {
    let text = format_bytes(vm, given)?;
    let content = bytes::as_slice(vm, text.addr()).to_vec();
    vm.decref(text);
    format::parse(vm, &content)
}

fn first_format(vm: &mut Vm, args: Args, function: &str) -> PyResult<Format> {
    match args.opt(vm, 0) {
        Some(given) => parse_argument(vm, given),
        None => Err(vm.type_error(format!("{function} expected at least 1 argument, got 0"))),
    }
}

fn new_struct(vm: &mut Vm, class: Addr, given: Addr) -> PyResult<Own> {
    let text = format_bytes(vm, given)?;
    let content = bytes::as_slice(vm, text.addr()).to_vec();
    let format = format::parse(vm, &content)?;
    let made = object::generic_alloc(vm, class, 0)?;
    let codes = CODE_BYTES * (format.runs.len() + 1);
    let Ok(codes) = vm.heap.try_alloc(codes) else {
        return Err(vm.memory_error());
    };
    vm.set_word(made.addr(), CODES, codes.0);
    vm.set_word(made.addr(), SIZE, format.size as u64);
    vm.set_word(made.addr(), LEN, format.values as u64);
    vm.init_field(made.addr(), FORMAT, text);
    Ok(made)
}

fn format_of(vm: &mut Vm, this: Addr) -> PyResult<Format> {
    let content = bytes::as_slice(vm, vm.field(this, FORMAT)).to_vec();
    format::parse(vm, &content)
}

fn format_text(vm: &mut Vm, this: Addr) -> PyResult<Own> {
    let content = bytes::as_slice(vm, vm.field(this, FORMAT)).to_vec();
    Ok(str::from_latin1(vm, &content))
}

/// The bytes of all values.
fn pack_values(vm: &mut Vm, format: &Format, args: Args, function: &str) -> PyResult<Vec<u8>> {
    if args.len() != format.values {
        let (wanted, got) = (format.values, args.len());
        let message = format!("{function} expected {wanted} items for packing (got {got})");
        return Err(struct_error(vm, &message));
    }
    if format.size as u64 > vm.limits.heap_bytes {
        return Err(vm.memory_error());
    }
    let mut raw = vec![0; format.size];
    let mut given = 0;
    for run in &format.runs {
        for i in 0..run.count {
            let value = value::pack(vm, format.order, *run, args.get(vm, given))?;
            given += 1;
            let at = run.offset + i * run.size;
            raw[at..at + value.len()].copy_from_slice(&value);
        }
    }
    Ok(raw)
}

fn pack(vm: &mut Vm, format: &Format, args: Args) -> PyResult<Own> {
    let raw = pack_values(vm, format, args, "pack")?;
    bytes::try_new(vm, &raw)
}

/// `pack_into(buffer, offset, *values)`
fn pack_into(vm: &mut Vm, format: &Format, args: Args) -> PyResult<Own> {
    if args.len() < 2 {
        let missing = if args.is_empty() { "buffer" } else { "offset" };
        return Err(struct_error(
            vm,
            &format!("pack_into expected {missing} argument"),
        ));
    }
    let (wanted, got) = (format.values, args.len() - 2);
    if wanted != got {
        let message = format!("pack_into expected {wanted} items for packing (got {got})");
        return Err(struct_error(vm, &message));
    }
    let target = args.get(vm, 0);
    let Some(room) = buffer::get(vm, target).filter(|buffer| !buffer.readonly) else {
        let got = vm.tp_name(target);
        return Err(vm.type_error(format!(
            "argument must be read-write bytes-like object, not {got}"
        )));
    };
    let offset = index::ssize(vm, args.get(vm, 1))?;
    let (len, size) = (room.len as isize, format.size as isize);
    let start = if offset < 0 { offset + len } else { offset };
    if offset < 0 && offset + size > 0 {
        return Err(struct_error(
            vm,
            &format!("no space to pack {size} bytes at offset {offset}"),
        ));
    }
    if start < 0 {
        return Err(struct_error(
            vm,
            &format!("offset {offset} out of range for {len}-byte buffer"),
        ));
    }
    if len - start < size {
        let needed = size.saturating_add(start);
        return Err(struct_error(
            vm,
            &format!(
                "pack_into requires a buffer of at least {needed} bytes for packing {size} bytes at offset {start} (actual buffer size is {len})"
            ),
        ));
    }
    let raw = pack_values(vm, format, args.skip(2), "pack_into")?;
    // Values may have run Python code: the buffer is looked up again.
    if let Some(room) = buffer::get(vm, target).filter(|room| room.len as isize == len) {
        let at = room.data.at(start as u64);
        vm.heap.space.bytes_mut(at, raw.len()).copy_from_slice(&raw);
    }
    Ok(vm.none())
}

/// The values in `raw`, which is as long as the format.
fn values(vm: &mut Vm, format: &Format, raw: &[u8]) -> PyResult<Own> {
    let mut values = Vec::with_capacity(format.values);
    for run in &format.runs {
        for i in 0..run.count {
            let at = run.offset + i * run.size;
            values.push(value::unpack(
                vm,
                format.order,
                run.code,
                &raw[at..at + run.size],
            )?);
        }
    }
    Ok(tuple::from_owned(vm, values))
}

fn unpack(vm: &mut Vm, format: &Format, source: Addr) -> PyResult<Own> {
    let raw = buffer::content(vm, source)?;
    if raw.len() != format.size {
        let size = format.size;
        return Err(struct_error(
            vm,
            &format!("unpack requires a buffer of {size} bytes"),
        ));
    }
    values(vm, format, &raw)
}

fn unpack_from(vm: &mut Vm, format: &Format, source: Addr, offset: Option<Addr>) -> PyResult<Own> {
    let offset = match offset {
        Some(offset) => index::ssize(vm, offset)?,
        None => 0,
    };
    let raw = buffer::content(vm, source)?;
    let (len, size) = (raw.len() as isize, format.size as isize);
    let start = if offset < 0 { offset + len } else { offset };
    if offset < 0 && offset + size > 0 {
        let message = format!("not enough data to unpack {size} bytes at offset {offset}");
        return Err(struct_error(vm, &message));
    }
    if start < 0 {
        return Err(struct_error(
            vm,
            &format!("offset {offset} out of range for {len}-byte buffer"),
        ));
    }
    if len - start < size {
        let needed = size.saturating_add(start);
        return Err(struct_error(
            vm,
            &format!(
                "unpack_from requires a buffer of at least {needed} bytes for unpacking {size} bytes at offset {start} (actual buffer size is {len})"
            ),
        ));
    }
    values(vm, format, &raw[start as usize..(start + size) as usize])
}

fn iter_unpack(vm: &mut Vm, this: Addr, source: Addr) -> PyResult<Own> {
    let size = vm.word(this, SIZE) as usize;
    if size == 0 {
        return Err(struct_error(
            vm,
            "cannot iteratively unpack with a struct of length 0",
        ));
    }
    let Some(content) = buffer::get(vm, source) else {
        return Err(buffer::required_error(vm, source));
    };
    if content.len % size != 0 {
        let message =
            format!("iterative unpacking requires a buffer of a multiple of {size} bytes");
        return Err(struct_error(vm, &message));
    }
    let made = alloc::alloc(vm, types::STRUCT_ITERATOR, 0)?;
    for (offset, value) in [(ITERATED, this), (SOURCE, source)] {
        let value = vm.incref(value);
        vm.init_field(made.addr(), offset, value);
    }
    gc::track(vm, made.addr());
    Ok(made)
}

fn next(vm: &mut Vm, this: Addr) -> PyResult<Option<Own>> {
    let Some(source) = vm.field(this, SOURCE).some() else {
        return Ok(None);
    };
    let format = format_of(vm, vm.field(this, ITERATED))?;
    let at = vm.word(this, INDEX) as usize;
    let raw = match buffer::get(vm, source) {
        Some(content) if at + format.size <= content.len => {
            buffer::slice(vm, content)[at..at + format.size].to_vec()
        }
        _ => {
            vm.set_field(this, SOURCE, None);
            return Ok(None);
        }
    };
    vm.set_word(this, INDEX, (at + format.size) as u64);
    values(vm, &format, &raw).map(Some)
}
