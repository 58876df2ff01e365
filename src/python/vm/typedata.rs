//! What the engine knows about a type besides the words of its object.

use crate::python::memory::Addr;
use crate::python::object::Slots;
use std::borrow::Cow;
use std::rc::Rc;

/// Offsets of `PyTypeObject`'s fields that live in memory, in CPython 3.9 to 3.15.
#[allow(missing_docs)] // CPython's field names
pub mod offsets {
    pub const TP_NAME: u64 = 24;
    pub const TP_BASICSIZE: u64 = 32;
    pub const TP_ITEMSIZE: u64 = 40;
    /// The word of `tp_as_buffer`, which nothing here reads, holds the type's index in `vm.types`.
    pub const TP_INDEX: u64 = 160;
    pub const TP_FLAGS: u64 = 168;
    pub const TP_WEAKLISTOFFSET: u64 = 208;
    pub const TP_BASE: u64 = 256;
    pub const TP_DICT: u64 = 264;
    pub const TP_DICTOFFSET: u64 = 288;
    pub const TP_BASES: u64 = 336;
    pub const TP_MRO: u64 = 344;
    pub const TP_CACHE: u64 = 352;
    pub const TP_SUBCLASSES: u64 = 360;
    pub const TP_WEAKLIST: u64 = 368;
    pub const TP_VERSION_TAG: u64 = 384;
}
pub use offsets::*;

/// A type's Rust side.
pub struct TypeData {
    /// The type object.
    pub address: Addr,
    /// `__name__`: `tp_name` without the module's part.
    pub name: Cow<'static, str>,
    /// `tp_name` as the C source has it: with the module for types outside `builtins`.
    pub full_name: Cow<'static, str>,
    /// What it can do. Types that fill no slot share their base's.
    pub slots: Rc<Slots>,
    /// The method resolution order, itself first: the items of `tp_mro`, borrowed.
    pub mro: Vec<Addr>,
    /// Classes that name this one as a base, oldest first, borrowed.
    pub subclasses: Vec<Addr>,
    /// `tp_basicsize`, `tp_itemsize`, as in memory.
    pub basicsize: u32,
    /// `tp_itemsize`
    pub itemsize: u32,
    /// `ht_cached_keys`: the shared keys table of the instances, `NULL` if none.
    pub cached_keys: Addr,
    /// Where `__slots__` of this class itself lie in an instance, in order of their names.
    pub slot_offsets: Vec<u32>,
}

impl TypeData {
    /// A type that is not filled in yet, but for its slots.
    pub fn new(address: Addr, slots: Rc<Slots>) -> TypeData {
        TypeData {
            address,
            name: Cow::Borrowed(""),
            full_name: Cow::Borrowed(""),
            slots,
            mro: Vec::new(),
            subclasses: Vec::new(),
            basicsize: 16,
            itemsize: 0,
            cached_keys: Addr::NULL,
            slot_offsets: Vec::new(),
        }
    }

    /// The slots, to be changed: no other type's from here on.
    pub fn slots_mut(&mut self) -> &mut Slots {
        Rc::make_mut(&mut self.slots)
    }
}
