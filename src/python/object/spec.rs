//! How a built-in type describes itself: the row of `object/mod.rs` that a type's file provides.

use super::slots::{SetFn, Slots, UnaryFn};
use crate::python::memory::{Addr, Own};
use crate::python::version::Version;
use crate::python::vm::{Args, PyResult, Vm};

/// The `tp_flags` bits that the engine uses. CPython: Include/object.h.
#[allow(missing_docs)] // CPython's names, without `Py_TPFLAGS_`
pub mod flags {
    pub const INLINE_VALUES: u64 = 1 << 2;
    pub const MANAGED_WEAKREF: u64 = 1 << 3;
    pub const MANAGED_DICT: u64 = 1 << 4;
    pub const PREHEADER: u64 = MANAGED_WEAKREF | MANAGED_DICT;
    pub const SEQUENCE: u64 = 1 << 5;
    pub const MAPPING: u64 = 1 << 6;
    pub const DISALLOW_INSTANTIATION: u64 = 1 << 7;
    pub const IMMUTABLETYPE: u64 = 1 << 8;
    pub const HEAPTYPE: u64 = 1 << 9;
    pub const BASETYPE: u64 = 1 << 10;
    pub const HAVE_VECTORCALL: u64 = 1 << 11;
    pub const READY: u64 = 1 << 12;
    pub const HAVE_GC: u64 = 1 << 14;
    pub const METHOD_DESCRIPTOR: u64 = 1 << 17;
    pub const VALID_VERSION_TAG: u64 = 1 << 19;
    pub const IS_ABSTRACT: u64 = 1 << 20;
    pub const MATCH_SELF: u64 = 1 << 22;
    pub const ITEMS_AT_END: u64 = 1 << 23;
    pub const LONG_SUBCLASS: u64 = 1 << 24;
    pub const LIST_SUBCLASS: u64 = 1 << 25;
    pub const TUPLE_SUBCLASS: u64 = 1 << 26;
    pub const BYTES_SUBCLASS: u64 = 1 << 27;
    pub const UNICODE_SUBCLASS: u64 = 1 << 28;
    pub const DICT_SUBCLASS: u64 = 1 << 29;
    pub const BASE_EXC_SUBCLASS: u64 = 1 << 30;
    pub const TYPE_SUBCLASS: u64 = 1 << 31;
    /// Not one of CPython's: a type that CPython makes on the heap when it makes the module, and that lies
    /// among the static types here. What shows of that is `HEAPTYPE` in `__flags__`, and that an instance
    /// refers to its type.
    pub const NATIVE_HEAP: u64 = 1 << 32;
}

/// A native function's code: `self` (the instance, the class of a class method, or the module), then the
/// arguments. Keywords are bound to positions by the signature before the call: `args.get(i)` is
/// parameter `i` (not counting `self`), `NULL` where the caller gave nothing.
pub type NativeFn = fn(&mut Vm, Addr, Args) -> PyResult<Own>;

/// What a native function is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MethodKind {
    /// An instance's method, or a module's function.
    Instance,
    /// `METH_CLASS`
    Class,
    /// `METH_STATIC`
    Static,
}

/// A row of a method table. CPython: `PyMethodDef`.
///
/// `signature` is written as Python would: `"(object, /)"`, `"(*, key=None, reverse=False)"`,
/// `"(*args, sep=' ', end='\\n')"`, without `self`. From it come the checks of the argument count with
/// CPython's wording, the binding of keywords, and `__text_signature__`. A function that starts its
/// signature with `*args` sees the extra positional arguments in `args`; see `vm::Args`.
pub struct Method {
    /// The Python name.
    pub name: &'static str,
    /// The parameters.
    pub signature: &'static str,
    /// The code.
    pub call: NativeFn,
    /// What it is bound to.
    pub kind: MethodKind,
    /// The versions in which a call makes a tuple of its arguments: `METH_VARARGS`.
    pub makes_tuple: fn(Version) -> bool,
}

impl Method {
    /// A method of instances, or a function of a module.
    pub const fn new(name: &'static str, signature: &'static str, call: NativeFn) -> Method {
        Method {
            name,
            signature,
            call,
            kind: MethodKind::Instance,
            makes_tuple: |_| false,
        }
    }

    /// A class method.
    pub const fn class(name: &'static str, signature: &'static str, call: NativeFn) -> Method {
        Method {
            name,
            signature,
            call,
            kind: MethodKind::Class,
            makes_tuple: |_| false,
        }
    }

    /// A static method.
    pub const fn stat(name: &'static str, signature: &'static str, call: NativeFn) -> Method {
        Method {
            name,
            signature,
            call,
            kind: MethodKind::Static,
            makes_tuple: |_| false,
        }
    }

    /// The same, called with a tuple of its arguments in every version.
    pub const fn with_tuple(self) -> Method {
        self.with_tuple_in(|_| true)
    }

    /// The same, called with a tuple of its arguments in some versions.
    pub const fn with_tuple_in(mut self, versions: fn(Version) -> bool) -> Method {
        self.makes_tuple = versions;
        self
    }
}

/// A computed attribute. CPython: `PyGetSetDef`.
pub struct GetSet {
    /// The Python name.
    pub name: &'static str,
    /// Reads it.
    pub get: UnaryFn,
    /// Writes or (`None`) deletes it; the second address of [`SetFn`] is the attribute's descriptor.
    pub set: Option<SetFn>,
}

impl GetSet {
    /// A read-only attribute.
    pub const fn read(name: &'static str, get: UnaryFn) -> GetSet {
        GetSet {
            name,
            get,
            set: None,
        }
    }

    /// A writable attribute.
    pub const fn write(name: &'static str, get: UnaryFn, set: SetFn) -> GetSet {
        GetSet {
            name,
            get,
            set: Some(set),
        }
    }
}

/// How the word behind a member is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberKind {
    /// A reference; `NULL` raises `AttributeError` (`Py_T_OBJECT_EX`, `__slots__`).
    Object,
    /// A reference; `NULL` reads as `None` (`_Py_T_OBJECT`).
    ObjectOrNone,
    /// A signed 64-bit integer (`Py_T_PYSSIZET`).
    Int64,
    /// A signed 32-bit integer (`Py_T_INT`).
    Int32,
    /// A byte as a bool (`Py_T_BOOL`).
    Bool,
    /// A double (`Py_T_DOUBLE`).
    Double,
}

/// A field of the object shown as an attribute. CPython: `PyMemberDef`.
pub struct Member {
    /// The Python name.
    pub name: &'static str,
    /// What the word is.
    pub kind: MemberKind,
    /// Bytes from the start of the object.
    pub offset: u32,
    /// Whether Python may write it.
    pub writable: bool,
}

/// A built-in type's description. `..TypeSpec::new(types::LIST, "list")` fills the rest.
pub struct TypeSpec {
    /// Its address, from `types`.
    pub address: Addr,
    /// `tp_name`: `"list"`, `"collections.deque"`.
    pub name: &'static str,
    /// The base class.
    pub base: Addr,
    /// `tp_basicsize` in CPython 3.13; other versions' are rows of `version/layout.rs`.
    pub basicsize: u32,
    /// `tp_itemsize`
    pub itemsize: u32,
    /// `tp_flags`, besides what inheritance adds.
    pub flags: u64,
    /// `tp_dictoffset`, 0 for none.
    pub dictoffset: u32,
    /// `tp_weaklistoffset`, 0 for none.
    pub weaklistoffset: u32,
    /// Fills the slots that the type defines itself.
    pub slots: fn(&mut Slots),
    /// Its methods, in the order of CPython's table.
    pub methods: &'static [Method],
    /// Its computed attributes.
    pub getset: &'static [GetSet],
    /// Its fields shown as attributes.
    pub members: &'static [Member],
    /// `tp_doc`
    pub doc: Option<&'static str>,
}

impl TypeSpec {
    /// An immutable subclass of `object` with nothing of its own.
    pub const fn new(address: Addr, name: &'static str) -> TypeSpec {
        TypeSpec {
            address,
            name,
            base: super::types::OBJECT,
            basicsize: 16,
            itemsize: 0,
            flags: 0,
            dictoffset: 0,
            weaklistoffset: 0,
            slots: |_| {},
            methods: &[],
            getset: &[],
            members: &[],
            doc: None,
        }
    }
}
