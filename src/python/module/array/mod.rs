//! `array`: numbers or characters of one C type in a row. CPython: `arrayobject`, Modules/arraymodule.c.
//!
//! ```text
//! 16  ob_size   24  ob_item, outside of the object   32  allocated
//! 40  the type code (CPython: a pointer to its row)  48  weakreflist   56  ob_exports
//! ```

pub mod item;
mod iterator;
mod methods;
mod slots;

pub use iterator::SPEC as ITERATOR_SPEC;

use super::{NativeModule, add, add_str};
use crate::python::memory::{Addr, Own};
use crate::python::object::buffer::Buffer;
use crate::python::object::{
    GetSet, Method, OB_SIZE, TypeSpec, class_getitem, flags, int, object, str, types,
};
use crate::python::vm::{Args, PyResult, Vm};

const ITEMS: u64 = 24;
const ALLOCATED: u64 = 32;
const CODE: u64 = 40;
const WEAKREFS: u64 = 48;
/// Offset of `ob_exports`: while there is a view, the length stays.
pub const EXPORTS: u64 = 56;

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "array",
    methods: &[Method::new(
        "_array_reconstructor",
        "(arraytype, typecode, mformat_code, items, /)",
        methods::reconstruct,
    )],
    types: &[types::ARRAY],
    init: |vm, module| {
        let class = vm.incref(types::ARRAY);
        add(vm, module, "ArrayType", class);
        let codes: String = item::CODES.iter().map(|code| char::from(*code)).collect();
        add_str(vm, module, "typecodes", &codes);
        let registered = register(vm);
        if registered.is_err() {
            vm.clear_raised();
        }
        Ok(())
    },
};

/// Tells `collections.abc` that arrays are mutable sequences.
fn register(vm: &mut Vm) -> PyResult<()> {
    let module = vm.import_module("collections.abc")?;
    let class = vm.get_attr_name(module.addr(), "MutableSequence")?;
    vm.decref(module);
    let name = str::intern(vm, "register");
    let result = vm.call_method(class.addr(), name.addr(), &[types::ARRAY])?;
    for part in [name, class, result] {
        vm.decref(part);
    }
    Ok(())
}

/// `array.array`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 64,
    weaklistoffset: WEAKREFS as u32,
    flags: flags::HAVE_GC | flags::BASETYPE | flags::SEQUENCE | flags::IMMUTABLETYPE,
    slots: slots::fill,
    methods: &[
        Method::new("append", "(v, /)", methods::append),
        Method::new("buffer_info", "()", methods::buffer_info),
        Method::new("byteswap", "()", methods::byteswap),
        Method::new("clear", "()", |vm, array, _| {
            resize(vm, array, 0)?;
            Ok(vm.none())
        }),
        Method::new("__copy__", "()", |vm, array, _| {
            slots::slice(vm, array, 0, len(vm, array))
        }),
        Method::new("count", "(v, /)", methods::count),
        Method::new("__deepcopy__", "(unused, /)", |vm, array, _| {
            slots::slice(vm, array, 0, len(vm, array))
        }),
        Method::new("extend", "(bb, /)", |vm, array, args| {
            methods::extend(vm, array, args.get(vm, 0))?;
            Ok(vm.none())
        }),
        Method::new("fromfile", "(f, n, /)", methods::fromfile),
        Method::new("fromlist", "(list, /)", methods::fromlist),
        Method::new("frombytes", "(buffer, /)", |vm, array, args| {
            methods::frombytes(vm, array, args.get(vm, 0))?;
            Ok(vm.none())
        }),
        Method::new("fromunicode", "(ustr, /)", methods::fromunicode),
        Method::new("index", "(v, start=0, stop=sys.maxsize, /)", methods::index),
        Method::new("insert", "(i, v, /)", methods::insert),
        Method::new("pop", "(i=-1, /)", methods::pop),
        Method::new("__reduce_ex__", "(value, /)", methods::reduce),
        Method::new("remove", "(v, /)", methods::remove),
        Method::new("reverse", "()", methods::reverse),
        Method::new("tofile", "(f, /)", methods::tofile),
        Method::new("tolist", "()", methods::tolist),
        Method::new("tobytes", "()", methods::tobytes),
        Method::new("tounicode", "()", methods::tounicode),
        Method::new("__sizeof__", "()", |vm, array, _| {
            let items = vm.word(array, ALLOCATED) as usize * itemsize(vm, array);
            let size = u64::from(vm.type_data(vm.type_of(array)).basicsize) + items as u64;
            Ok(int::from_u64(vm, size))
        }),
        Method::class("__class_getitem__", "(object, /)", class_getitem::call),
    ],
    getset: &[
        GetSet::read("typecode", |vm, array| {
            let code = u32::from(code(vm, array));
            Ok(str::from_point(vm, code))
        }),
        GetSet::read("itemsize", |vm, array| {
            let size = itemsize(vm, array);
            Ok(int::from_usize(vm, size))
        }),
    ],
    doc: Some(
        "array(typecode [, initializer]) -> array\n\nReturn a new array whose items are restricted by typecode, and\ninitialized from the optional initializer value, which must be a list,\nstring or iterable over elements of the appropriate type.",
    ),
    ..TypeSpec::new(types::ARRAY, "array.array")
};

/// Whether an object is an array.
#[inline]
pub fn check(vm: &Vm, object: Addr) -> bool {
    vm.type_check(object, types::ARRAY)
}

fn code(vm: &Vm, array: Addr) -> u8 {
    vm.word(array, CODE) as u8
}

fn itemsize(vm: &Vm, array: Addr) -> usize {
    item::size_of(code(vm, array)).unwrap_or(1)
}

fn len(vm: &Vm, array: Addr) -> usize {
    vm.word(array, OB_SIZE) as usize
}

/// The bytes of all items.
fn content(vm: &Vm, array: Addr) -> &[u8] {
    let size = len(vm, array) * itemsize(vm, array);
    vm.heap.space.bytes(vm.field(array, ITEMS), size)
}

fn content_mut(vm: &mut Vm, array: Addr) -> &mut [u8] {
    let size = len(vm, array) * itemsize(vm, array);
    let items = vm.field(array, ITEMS);
    vm.heap.space.bytes_mut(items, size)
}

/// The items for the buffer protocol.
pub fn buffer(vm: &Vm, array: Addr) -> Buffer {
    let itemsize = itemsize(vm, array);
    Buffer {
        data: vm.field(array, ITEMS),
        len: len(vm, array) * itemsize,
        readonly: false,
        format: item::buffer_format(code(vm, array)),
        itemsize,
    }
}

/// A new array with room for exactly `count` items, all zero.
fn new(vm: &mut Vm, class: Addr, code: u8, count: usize) -> PyResult<Own> {
    let size = item::size_of(code).unwrap_or(1);
    let Some(bytes) = count
        .checked_mul(size)
        .filter(|bytes| *bytes <= isize::MAX as usize)
    else {
        return Err(vm.memory_error());
    };
    let array = object::generic_alloc(vm, class, 0)?;
    vm.set_word(array.addr(), CODE, u64::from(code));
    if bytes > 0 {
        let Ok(items) = vm.heap.try_alloc(bytes) else {
            return Err(vm.memory_error());
        };
        vm.heap.space.zero(items, bytes);
        vm.set_word(array.addr(), ITEMS, items.0);
        vm.set_word(array.addr(), ALLOCATED, count as u64);
        vm.set_word(array.addr(), OB_SIZE, count as u64);
    }
    Ok(array)
}

/// Sets the length; room grows by steps, and shrinks when much of it is free: `array_resize`.
///
/// # Errors
/// `BufferError` while somebody has a view of the items.
fn resize(vm: &mut Vm, array: Addr, new: usize) -> PyResult<()> {
    let old = len(vm, array);
    if vm.word(array, EXPORTS) > 0 && new != old {
        return Err(vm.buffer_error("cannot resize an array that is exporting buffers"));
    }
    let allocated = vm.word(array, ALLOCATED) as usize;
    let items = vm.field(array, ITEMS);
    if allocated >= new && old < new + 16 && !items.is_null() {
        vm.set_word(array, OB_SIZE, new as u64);
        return Ok(());
    }
    if new == 0 {
        if !items.is_null() {
            vm.heap.free(items);
        }
        for field in [ITEMS, OB_SIZE, ALLOCATED] {
            vm.set_word(array, field, 0);
        }
        return Ok(());
    }
    let room = (new >> 4) + if old < 8 { 3 } else { 7 } + new;
    let Some(bytes) = room.checked_mul(itemsize(vm, array)) else {
        return Err(vm.memory_error());
    };
    let moved = if items.is_null() {
        vm.heap.try_alloc(bytes)
    } else {
        vm.heap.try_realloc(items, bytes)
    };
    let Ok(moved) = moved else {
        return Err(vm.memory_error());
    };
    vm.set_word(array, ITEMS, moved.0);
    vm.set_word(array, OB_SIZE, new as u64);
    vm.set_word(array, ALLOCATED, room as u64);
    Ok(())
}

/// Item `i`, which must be there.
fn get(vm: &mut Vm, array: Addr, i: usize) -> PyResult<Own> {
    let size = itemsize(vm, array);
    let raw = content(vm, array)[i * size..][..size].to_vec();
    item::get(vm, code(vm, array), &raw)
}

/// Sets item `i`; a conversion that shortened the array sets nothing.
fn set(vm: &mut Vm, array: Addr, i: usize, value: Addr) -> PyResult<()> {
    let raw = item::bytes_of(vm, code(vm, array), value)?;
    let at = i * raw.len();
    if let Some(place) = content_mut(vm, array).get_mut(at..at + raw.len()) {
        place.copy_from_slice(&raw);
    }
    Ok(())
}

/// Inserts before `i`.
fn insert_at(vm: &mut Vm, array: Addr, i: usize, value: Addr) -> PyResult<()> {
    let raw = item::bytes_of(vm, code(vm, array), value)?;
    let (old, size) = (len(vm, array), raw.len());
    let i = i.min(old);
    resize(vm, array, old + 1)?;
    let content = content_mut(vm, array);
    content.copy_within(i * size..old * size, (i + 1) * size);
    content[i * size..(i + 1) * size].copy_from_slice(&raw);
    Ok(())
}

/// `array(typecode, initializer)`
fn construct(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    methods::construct(vm, class, args)
}
