//! Native modules, one file each, named as in Python.

pub mod _abc;
pub mod _asyncio;
pub mod _bisect;
pub mod _blake2;
pub mod _cdata;
pub mod _codecs;
pub mod _collections;
pub mod _contextvars;
pub mod _datetime;
pub mod _deflate;
pub mod _functools;
pub mod _hashlib;
pub mod _heapq;
pub mod _imp;
pub mod _io;
pub mod _opcode;
pub mod _operator;
pub mod _random;
pub mod _scopes;
pub mod _sre;
pub mod _string;
pub mod _struct;
pub mod _testinternalcapi;
pub mod _thread;
pub mod _tracemalloc;
pub mod _tzdata;
pub mod _warnings;
pub mod _weakref;
pub mod array;
pub mod ast;
pub mod atexit;
pub mod binascii;
pub mod builtins;
pub mod cmath;
mod codec_errors;
pub mod gc;
pub mod itertools;
pub mod math;
pub mod posix;
pub mod resource;
pub mod sys;
pub mod time;
pub mod unicodedata;

use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, dict, int, str, tuple, types};
use crate::python::vm::{PyResult, Vm};

/// A module written in Rust.
pub struct NativeModule {
    /// `__name__`
    pub name: &'static str,
    /// Its functions.
    pub methods: &'static [Method],
    /// Static types (addresses from `object::types`) that become attributes under their `__name__`; made ready at the import.
    pub types: &'static [Addr],
    /// Adds constants and everything else to the new module object.
    pub init: fn(&mut Vm, Addr) -> PyResult<()>,
}

/// The native modules: one row each.
pub static MODULES: &[&NativeModule] = &[
    &_testinternalcapi::MODULE,
    &_thread::MODULE,
    &_abc::MODULE,
    &_cdata::MODULE,
    &_hashlib::MODULE,
    &_deflate::MODULE,
    &_blake2::MODULE,
    &_asyncio::MODULE,
    &binascii::MODULE,
    &array::MODULE,
    &_struct::MODULE,
    &_imp::MODULE,
    &_opcode::MODULE,
    &_opcode::METADATA,
    &_contextvars::MODULE,
    &_datetime::MODULE,
    &_codecs::MODULE,
    &builtins::MODULE,
    &_io::MODULE,
    &_string::MODULE,
    &_sre::MODULE,
    &_scopes::MODULE,
    &gc::MODULE,
    &_functools::MODULE,
    &_collections::MODULE,
    &itertools::MODULE,
    &_heapq::MODULE,
    &_bisect::MODULE,
    &_tzdata::MODULE,
    &_warnings::MODULE,
    &_weakref::MODULE,
    &_tracemalloc::MODULE,
    &atexit::MODULE,
    &sys::MODULE,
    &time::MODULE,
    &math::MODULE,
    &posix::MODULE,
    &resource::MODULE,
    &unicodedata::MODULE,
    &cmath::MODULE,
    &_operator::MODULE,
    &_random::MODULE,
];

/// Offset of `md_dict` in a module object.
const MD_DICT: u64 = 16;

/// `module.name = value`, in a module's `init`.
pub fn add(vm: &mut Vm, module: Addr, name: &str, value: Own) {
    let namespace = vm.field(module, MD_DICT);
    dict::set_name(vm, namespace, name, value);
}

/// The same for an int.
pub fn add_int(vm: &mut Vm, module: Addr, name: &str, value: i64) {
    let value = int::new(vm, value);
    add(vm, module, name, value);
}

/// The same for a string.
pub fn add_str(vm: &mut Vm, module: Addr, name: &str, value: &str) {
    let value = str::new(vm, value);
    add(vm, module, name, value);
}

/// A new exception class of a module: `PyErr_NewException`.
pub fn new_exception(vm: &mut Vm, module: &str, name: &str, base: Addr) -> PyResult<Own> {
    let name = str::new(vm, name);
    let bases = tuple::new(vm, &[base]);
    let (namespace, module) = (dict::new(vm), str::new(vm, module));
    dict::set_name(vm, namespace.addr(), "__module__", module);
    let class = vm.call(types::TYPE, &[name.addr(), bases.addr(), namespace.addr()]);
    for part in [name, bases, namespace] {
        vm.decref(part);
    }
    class
}

/// An argument that C would take as an `int`.
pub fn int_argument(vm: &mut Vm, argument: Addr) -> PyResult<i32> {
    let index = vm.index(argument)?;
    let value = int::as_i64(vm, index.addr()).and_then(|value| i32::try_from(value).ok());
    vm.decref(index);
    value.ok_or_else(|| vm.overflow_error("Python int too large to convert to C int"))
}

/// Whether a module of this name is written in Rust.
pub fn is_native(name: &str) -> bool {
    name == "builtins" || MODULES.iter().any(|module| module.name == name)
}
