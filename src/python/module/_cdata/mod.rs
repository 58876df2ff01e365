//! `_cdata`: what `_ctypes` asks the machine for: objects that stand for C data, and memory by its addresses. The
//! rest of `_ctypes` is Python (`lib/overlay/_ctypes`). CPython: `CDataObject`, Modules/_ctypes/_ctypes.c.
//!
//! ```text
//! _CData   16 b_ptr   24 b_needsfree   32 b_base   40 b_size   48 b_length   56 b_index   64 b_objects   80 b_value
//! ```
//!
//! Memory is the engine's simulated one: what lies there is what CPython's structures hold, and nothing of the host
//! can be reached.

mod peek;

use super::NativeModule;
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::buffer::Buffer;
use crate::python::object::{
    GetSet, Member, MemberKind, Method, NONE, Slots, TypeSpec, alloc, flags, int, iterator, object,
    tuple, types,
};
use crate::python::vm::{Args, PyResult, Vm};

const PTR: u64 = 16;
const NEEDS_FREE: u64 = 24;
const BASE: u64 = 32;
const SIZE: u64 = 40;
const OBJECTS: u64 = 64;
const VALUE: u64 = 80;
/// Data of up to so many bytes lie in the object itself.
const VALUE_BYTES: u64 = 16;

const FIELDS: &[u64] = &[BASE, OBJECTS];

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "_cdata",
    methods: &[
        Method::new("make", "(cls, size, /)", |vm, _, args| {
            let size = size_argument(vm, args.get(vm, 1))?;
            make(vm, args.get(vm, 0), size)
        }),
        Method::new("at", "(cls, address, size, base, /)", |vm, _, args| {
            let address = peek::address_argument(vm, args.get(vm, 1))?;
            let size = size_argument(vm, args.get(vm, 2))?;
            let made = object::generic_alloc(vm, args.get(vm, 0), 0)?;
            vm.set_word(made.addr(), PTR, address.0);
            vm.set_word(made.addr(), SIZE, size);
            let base = args.get(vm, 3);
            if base != NONE {
                let base = vm.incref(base);
                vm.set_field(made.addr(), BASE, Some(base));
            }
            Ok(made)
        }),
        Method::new("place", "(data, /)", |vm, _, args| {
            let data = data_argument(vm, args.get(vm, 0))?;
            let (address, size) = (vm.word(data, PTR), vm.word(data, SIZE));
            let (address, size) = (int::from_u64(vm, address), int::from_u64(vm, size));
            Ok(tuple::pair(vm, address, size))
        }),
        Method::new("keep", "(data, objects, /)", |vm, _, args| {
            let data = data_argument(vm, args.get(vm, 0))?;
            let objects = vm.incref(args.get(vm, 1));
            vm.set_field(data, OBJECTS, Some(objects));
            Ok(vm.none())
        }),
        Method::new("resize", "(data, size, /)", resize),
        Method::new("read", "(address, size, /)", peek::read),
        Method::new("write", "(address, bytes, /)", peek::write),
        Method::new("move", "(target, source, size, /)", peek::copy),
        Method::new("fill", "(address, byte, size, /)", peek::fill),
        Method::new("text", "(address, width, /)", peek::text),
        Method::new("object", "(address, /)", peek::object),
        Method::new("buffer", "(object, /)", peek::buffer),
        Method::new("retain", "(object, /)", |vm, _, args| {
            let kept = vm.incref(args.get(vm, 0));
            // Nobody holds it: a program that counts up by hand counts down by hand.
            let _ = kept.into_addr();
            Ok(vm.none())
        }),
        Method::new("release", "(object, /)", |vm, _, args| {
            vm.release(args.get(vm, 0));
            Ok(vm.none())
        }),
    ],
    types: &[types::CDATA],
    init: |_, _| Ok(()),
};

/// `_ctypes._CData`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 96,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, data| {
            gc::untrack(vm, data);
            for field in FIELDS {
                vm.set_field(data, *field, None);
            }
            free_memory(vm, data);
            alloc::free(vm, data);
        });
        slots.traverse = Some(|vm, data, visit| iterator::visit_fields(vm, data, FIELDS, visit));
        slots.clear = Some(|vm, data| iterator::clear_fields(vm, data, FIELDS));
        slots.hash = Some(|vm, _| Err(vm.type_error("unhashable type")));
    },
    getset: &[GetSet::read("_b_needsfree_", |vm, data| {
        let needs = i64::from(vm.word(data, NEEDS_FREE) != 0);
        Ok(int::new(vm, needs))
    })],
    members: &[
        Member {
            name: "_b_base_",
            kind: MemberKind::ObjectOrNone,
            offset: BASE as u32,
            writable: false,
        },
        Member {
            name: "_objects",
            kind: MemberKind::ObjectOrNone,
            offset: OBJECTS as u32,
            writable: false,
        },
    ],
    ..TypeSpec::new(types::CDATA, "_ctypes._CData")
};

/// The bytes of C data, which can be read and written like a buffer.
pub fn buffer(vm: &Vm, data: Addr) -> Buffer {
    let (start, len) = (vm.field(data, PTR), vm.word(data, SIZE) as usize);
    let mapped = peek::is_mapped(start, len as u64);
    Buffer {
        data: start,
        len: if mapped { len } else { 0 },
        readonly: false,
        format: b'B',
        itemsize: 1,
    }
}

/// Whether the object is C data.
pub fn check(vm: &Vm, object: Addr) -> bool {
    vm.type_check(object, types::CDATA)
}

fn data_argument(vm: &mut Vm, given: Addr) -> PyResult<Addr> {
    if check(vm, given) {
        return Ok(given);
    }
    Err(vm.type_error("invalid type"))
}

fn size_argument(vm: &mut Vm, given: Addr) -> PyResult<u64> {
    let size = vm.index_value(given, types::OVERFLOW_ERROR)?;
    u64::try_from(size).map_err(|_| vm.value_error("negative size"))
}

/// New data of zeros: `PyCData_MallocBuffer`.
fn make(vm: &mut Vm, class: Addr, size: u64) -> PyResult<Own> {
    let made = object::generic_alloc(vm, class, 0)?;
    let data = made.addr();
    let memory = if size <= VALUE_BYTES {
        data.at(VALUE)
    } else {
        new_memory(vm, size)?
    };
    vm.set_word(data, NEEDS_FREE, 1);
    vm.set_word(data, PTR, memory.0);
    vm.set_word(data, SIZE, size);
    Ok(made)
}

fn new_memory(vm: &mut Vm, size: u64) -> PyResult<Addr> {
    let Ok(memory) = vm.heap.try_alloc(size as usize) else {
        return Err(vm.memory_error());
    };
    vm.heap.space.zero(memory, size as usize);
    Ok(memory)
}

/// Frees the memory of data that has its own outside of the object.
fn free_memory(vm: &mut Vm, data: Addr) {
    let memory = vm.field(data, PTR);
    if vm.word(data, NEEDS_FREE) != 0 && memory != data.at(VALUE) {
        vm.heap.free(memory);
    }
    vm.set_word(data, NEEDS_FREE, 0);
}

fn resize(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let data = data_argument(vm, args.get(vm, 0))?;
    let size = size_argument(vm, args.get(vm, 1))?;
    let (old, old_size) = (vm.field(data, PTR), vm.word(data, SIZE));
    if vm.word(data, NEEDS_FREE) == 0 {
        return Err(vm.value_error("Memory cannot be resized because this object doesn't own it"));
    }
    if size > VALUE_BYTES {
        let memory = new_memory(vm, size)?;
        vm.heap.space.copy(old, memory, old_size.min(size) as usize);
        free_memory(vm, data);
        vm.set_word(data, NEEDS_FREE, 1);
        vm.set_word(data, PTR, memory.0);
    }
    vm.set_word(data, SIZE, size);
    Ok(vm.none())
}
