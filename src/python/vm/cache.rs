//! Inline caches: what an instruction remembers of the last time it ran. CPython: the specializing adaptive
//! interpreter, Python/specialize.c.
//!
//! A cache never holds a reference and never changes what Python can see: it says where a value was found, and
//! what must still be so for it to be found there again. The instruction compares, and reads the value from
//! memory. When the comparison fails it goes the general way, and may learn anew.
//!
//! | what must still be so | kept in | changes when |
//! | --- | --- | --- |
//! | a type's version | `TP_VERSION_TAG` | an attribute of the class or of a base is set or deleted, its bases change |
//! | a keys table's version | `dk_version` | a key is added to or deleted from a dict's table, or to a class's shared keys |
//! | inline values are valid | a byte before the values | the instance's `__dict__` is replaced, or outgrows the shared keys |
//!
//! Both kinds of version are given on first request, are never used twice, and are 0 from a change until the
//! next request. So a cache may outlive the objects that it speaks of: it does not match what stands at their
//! addresses later.
//!
//! As in CPython an instruction runs once the general way before it learns, so that code that runs once pays
//! nothing, and `super().m()` makes its `super` object that first time.

use crate::python::code::Op;
use crate::python::memory::Addr;

/// Turns the general way before an instruction learns for the first time.
const WARM_UP: u8 = 1;
/// Turns before it learns again after it was wrong.
pub const COOL_DOWN: u8 = 12;

/// What was found, and with that how the other fields are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Found {
    /// Nothing is known.
    #[default]
    Nothing,
    /// A name among the globals: table `keys` of version `keys_version`, the value's word at `value`.
    Global,
    /// A name among the builtins: the same for their table, and the globals' table has version `version`.
    Builtin,
    /// An attribute among the inline values: type `version`, values `offset` bytes into the object, entry `value`.
    InlineValue,
    /// A field of `__slots__`: type `version`, `value` bytes into the object.
    Slot,
    /// A method or a plain value of the class of an object without `__dict__`: type `version`, object `value`.
    OfClass,
    /// The same for an object whose inline values, `offset` bytes into it, must be valid, and whose shared table
    /// `keys` must have `keys_version`: no instance has this name.
    OfClassUnshadowed,
    /// The same for an object whose `__dict__`, `offset` bytes into it, must not have been made.
    OfClassNoDict,
    /// A property in Python: type `version`, property `value`.
    Property,
    /// An attribute of a module: its table `keys` of `keys_version`, the value's word at `value`.
    OfModule,
    /// An attribute of a class: the class's `version`, object `value`.
    OfType,
    /// A method behind a class in an object's order: type `version`, class `keys`, function `value`.
    OfSuper,
    /// `super` is the built-in one.
    Super,
    /// `__init__` of a class whose instances are made as plain objects: the class's `version`, function `value`.
    Init,
}

/// What an instruction remembers.
#[derive(Clone, Copy, Debug)]
pub struct Cache {
    /// A type's version.
    pub version: u64,
    /// A table of keys.
    pub keys: Addr,
    /// What or where: an object, the address of a word, an offset, an entry.
    pub value: u64,
    /// The table's version.
    pub keys_version: u32,
    /// Bytes into the object.
    pub offset: u16,
    /// What was found.
    pub found: Found,
    /// The value is a function that is called with the object before its arguments.
    pub is_method: bool,
    /// Turns the general way before the instruction learns.
    pub backoff: u8,
}

impl Default for Cache {
    fn default() -> Self {
        Cache {
            backoff: WARM_UP,
            ..Cache::NOTHING
        }
    }
}

impl Cache {
    /// Knows nothing; learns after [`COOL_DOWN`] turns.
    pub const NOTHING: Cache = Cache {
        version: 0,
        keys: Addr::NULL,
        value: 0,
        keys_version: 0,
        offset: 0,
        found: Found::Nothing,
        is_method: false,
        backoff: COOL_DOWN,
    };
}

/// Whether an instruction has a cache.
pub fn has_cache(op: Op) -> bool {
    matches!(
        op,
        Op::LoadGlobal | Op::LoadAttr | Op::StoreAttr | Op::LoadSuperAttr | Op::Call
    )
}
