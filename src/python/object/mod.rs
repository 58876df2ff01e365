//! The built-in types, one file each; the header every object starts with; making and freeing objects.
//!
//! ```text
//!            ┌ managed dict, weakrefs   16 bytes, only instances of classes      (pre-header)
//!            ├ next, prev               16 bytes, only types with HAVE_GC        (PyGC_Head)
//! address ─▶ ├ ob_refcnt  ob_type       16 bytes                                 (PyObject)
//!            └ the type's own fields    basicsize - 16, then items
//! ```

pub mod alloc;
pub mod annotations;
pub mod async_generator;
pub mod bool;
pub mod buffer;
pub mod builder;
pub mod builtin_function;
pub mod bytearray;
pub mod bytes;
pub mod cell;
pub mod class_getitem;
pub mod classmethod;
pub mod code;
pub mod code_tables;
pub mod codec;
pub mod complex;
pub mod coroutine;
pub mod descriptor;
pub mod dict;
pub mod dir;
pub mod enumerate;
pub mod exception;
pub mod filter;
pub mod float;
pub mod format;
pub mod frame;
pub mod frame_locals;
pub mod function;
pub mod generator;
pub mod generic_alias;
pub mod index;
pub mod int;
pub mod interpolation;
pub mod iterator;
pub mod list;
pub mod map;
pub mod mappingproxy;
pub mod memoryview;
pub mod method;
pub mod module;
pub mod number_text;
pub mod object;
pub mod percent;
pub mod property;
pub mod range;
pub mod range_iterator;
pub(crate) mod reduce;
pub mod reversed;
pub mod set;
pub mod simple_namespace;
pub mod singleton;
pub mod slice;
pub mod slots;
mod spec;
pub mod str;
pub mod structseq;
pub mod super_;
pub mod template;
pub mod text;
pub mod traceback;
pub mod tuple;
pub mod tuple_iterator;
pub mod r#type;
pub mod zip;
pub mod types {
    //! The addresses of the static types.
    pub use super::typeid::*;
}
mod typeid;
pub mod union;
pub mod weakref;

pub use builder::Builder;
pub use slots::{BinaryOp, CompareOp, Slots, UnaryFn};
pub use spec::{GetSet, Member, MemberKind, Method, MethodKind, NativeFn, TypeSpec, flags};

use crate::python::memory::{Addr, BASE};
use crate::python::module::{
    _abc, _asyncio, _blake2, _cdata, _collections, _contextvars, _datetime, _functools, _hashlib,
    _io, _sre, _string, _struct, _thread, array, itertools,
};

/// Offset of `ob_refcnt`.
pub const OB_REFCNT: u64 = 0;
/// Offset of `ob_type`.
pub const OB_TYPE: u64 = 8;
/// Offset of `ob_size`, in objects with items.
pub const OB_SIZE: u64 = 16;
/// Offset of a string's cached hash, -1 until it is computed.
pub const STR_HASH: u64 = 24;

/// The count that marks an immortal object, in the low 32 bits of `ob_refcnt`. What `sys.getrefcount`
/// shows for it differs by version.
pub const IMMORTAL_REFCNT: u64 = 0xFFFF_FFFF;

const SINGLETONS: u64 = BASE.0 + 4096 + 512 * 512;

/// `None`
pub const NONE: Addr = Addr(SINGLETONS);
/// `NotImplemented`
pub const NOT_IMPLEMENTED: Addr = Addr(SINGLETONS + 32);
/// `...`
pub const ELLIPSIS: Addr = Addr(SINGLETONS + 64);
/// `False`, an `int` of 32 bytes.
pub const FALSE: Addr = Addr(SINGLETONS + 96);
/// `True`
pub const TRUE: Addr = Addr(SINGLETONS + 128);
/// `()`; the word pair before it is its collector header.
pub const EMPTY_TUPLE: Addr = Addr(SINGLETONS + 192);
/// The first of the cached small ints, -5; one every 32 bytes, room for those of 3.15.
pub const SMALL_INTS: Addr = Addr(SINGLETONS + 256);
/// `''`
pub const EMPTY_STR: Addr = Addr(SMALL_INTS.0 + 32 * 1040);
/// `chr(0)`, one of 256 every 80 bytes: the Latin-1 strings with their UTF-8 form.
pub const LATIN1_STRS: Addr = Addr(EMPTY_STR.0 + 64);
/// `b''`
pub const EMPTY_BYTES: Addr = Addr(LATIN1_STRS.0 + 256 * 80);
/// `bytes([0])`, one of 256 every 48 bytes.
pub const BYTE_BYTES: Addr = Addr(EMPTY_BYTES.0 + 48);
/// Interned strings of one ASCII character that are not [`LATIN1_STRS`]: one of 128 every 80 bytes, used in the versions
/// that have such; see `Profile::interned_apart`.
pub const INTERNED_APART: Addr = Addr(BYTE_BYTES.0 + 256 * 48);
/// `frozenset()` where it is a singleton, the shared empty keys table of dicts, the collector's list heads
/// and the rest of the statics start here, allotted by whoever needs them.
pub const STATICS_FREE: Addr = Addr(INTERNED_APART.0 + 128 * 80);

/// The table that empty dicts share.
pub const EMPTY_DICT_KEYS: Addr = Addr(BASE.0 + (1 << 20));

const _: () = assert!(types::COUNT <= 512, "the static types' area is full");

/// The built-in types: one row each, provided by the type's file. A base stands before its subclasses.
/// Types of modules (`deque`, `partial` …) are here too.
pub static SPECS: &[&TypeSpec] = &[
    &_asyncio::future::SPEC,
    &_asyncio::task::SPEC,
    &_asyncio::future_iter::SPEC,
    &_asyncio::step::SPEC,
    &_thread::LOCK,
    &_thread::RLOCK,
    &_thread::HANDLE,
    &_thread::local::SPEC,
    &function::SPEC,
    &builtin_function::SPEC,
    &method::SPEC,
    &code::SPEC,
    &frame::SPEC,
    &traceback::SPEC,
    &cell::SPEC,
    &generator::SPEC,
    &coroutine::SPEC,
    &coroutine::WRAPPER_SPEC,
    &async_generator::SPEC,
    &async_generator::WRAPPED_SPEC,
    &async_generator::asend::SPEC,
    &async_generator::athrow::SPEC,
    &async_generator::anext::SPEC,
    &frame_locals::SPEC,
    &object::SPEC,
    &r#type::SPEC,
    &exception::SPEC,
    &dict::SPEC,
    &dict::VIEW_SPECS[0],
    &dict::VIEW_SPECS[1],
    &dict::VIEW_SPECS[2],
    &dict::VIEW_SPECS[3],
    &dict::VIEW_SPECS[4],
    &dict::VIEW_SPECS[5],
    &dict::VIEW_SPECS[6],
    &dict::VIEW_SPECS[7],
    &dict::VIEW_SPECS[8],
    &mappingproxy::SPEC,
    &singleton::SPECS[0],
    &singleton::SPECS[1],
    &singleton::SPECS[2],
    &descriptor::SPECS[0],
    &descriptor::SPECS[1],
    &descriptor::SPECS[2],
    &descriptor::SPECS[3],
    &descriptor::SPECS[4],
    &descriptor::SPECS[5],
    &module::SPEC,
    &property::SPEC,
    &classmethod::SPECS[0],
    &classmethod::SPECS[1],
    &super_::SPEC,
    &generic_alias::SPEC,
    &union::SPEC,
    &int::SPEC,
    &bool::SPEC,
    &float::SPEC,
    &complex::SPEC,
    &crate::python::module::_operator::itemgetter::SPEC,
    &crate::python::module::_operator::attrgetter::SPEC,
    &crate::python::module::_operator::methodcaller::SPEC,
    &crate::python::module::_random::SPEC,
    &str::SPEC,
    &bytes::SPEC,
    &bytearray::SPEC,
    &list::SPEC,
    &tuple::SPEC,
    &set::SPEC,
    &set::FROZENSET_SPEC,
    &range::SPEC,
    &slice::SPEC,
    &list::iterator::SPEC,
    &list::iterator::REVERSE_SPEC,
    &tuple_iterator::SPEC,
    &str::ITERATOR_SPEC,
    &str::ASCII_ITERATOR_SPEC,
    &bytes::ITERATOR_SPEC,
    &bytearray::ITERATOR_SPEC,
    &memoryview::SPEC,
    &memoryview::ITERATOR_SPEC,
    &memoryview::MANAGED_SPEC,
    &_io::BASE_SPEC,
    &_io::RAW_SPEC,
    &_io::BUFFERED_SPEC,
    &_io::TEXT_SPEC,
    &_io::FILE_SPEC,
    &_io::READER_SPEC,
    &_io::WRITER_SPEC,
    &_io::RANDOM_SPEC,
    &_io::RW_PAIR_SPEC,
    &_io::NEWLINE_SPEC,
    &_io::TEXT_IO_SPEC,
    &_io::STRING_IO_SPEC,
    &_io::BYTES_IO_SPEC,
    &_abc::SPEC,
    &_cdata::SPEC,
    &_hashlib::SPEC,
    &_hashlib::XOF_SPEC,
    &_blake2::B_SPEC,
    &_blake2::S_SPEC,
    &_datetime::DATE,
    &_datetime::DATETIME,
    &_datetime::TIME,
    &_datetime::TIMEDELTA,
    &_datetime::TZINFO,
    &_datetime::TIMEZONE,
    &_datetime::ISO_CALENDAR_DATE,
    &array::SPEC,
    &array::ITERATOR_SPEC,
    &_struct::SPEC,
    &_struct::ITERATOR,
    &_contextvars::CONTEXT,
    &_contextvars::VAR,
    &_contextvars::TOKEN,
    &_contextvars::MISSING,
    &_contextvars::HAMT,
    &_sre::pattern::SPEC,
    &_sre::match_object::SPEC,
    &_sre::scanner::SPEC,
    &_sre::template::SPEC,
    &_string::PARSER_SPEC,
    &_string::FIELD_SPEC,
    &range_iterator::SPEC,
    &range_iterator::LONG_SPEC,
    &set::iterator::SPEC,
    &iterator::SPEC,
    &iterator::CALLABLE_SPEC,
    &enumerate::SPEC,
    &reversed::SPEC,
    &zip::SPEC,
    &map::SPEC,
    &filter::SPEC,
    &simple_namespace::SPEC,
    &structseq::FLAGS,
    &structseq::VERSION_INFO,
    &structseq::FLOAT_INFO,
    &structseq::INT_INFO,
    &structseq::HASH_INFO,
    &structseq::THREAD_INFO,
    &structseq::ASYNCGEN_HOOKS,
    &structseq::STRUCT_TIME,
    &structseq::UNRAISABLE,
    &structseq::STAT_RESULT,
    &structseq::TERMINAL_SIZE,
    &structseq::UNAME_RESULT,
    &structseq::TIMES_RESULT,
    &structseq::RUSAGE,
    &crate::python::module::posix::ENTRY_SPEC,
    &crate::python::module::posix::SCAN_SPEC,
    &_functools::partial::SPEC,
    &_functools::lru_cache::SPEC,
    &_functools::lru_cache::LINK_SPEC,
    &_functools::cmp_to_key::SPEC,
    &_collections::deque::SPEC,
    &_collections::deque::iterator::SPEC,
    &_collections::deque::iterator::REVERSE_SPEC,
    &_collections::defaultdict::SPEC,
    &_collections::tuplegetter::SPEC,
    &_collections::ordered_dict::SPEC,
    &_collections::ordered_dict::views::SPEC,
    &_collections::ordered_dict::views::KEYS_SPEC,
    &_collections::ordered_dict::views::VALUES_SPEC,
    &_collections::ordered_dict::views::ITEMS_SPEC,
    &itertools::accumulate::SPEC,
    &itertools::batched::SPEC,
    &itertools::chain::SPEC,
    &itertools::combinations::SPEC,
    &itertools::combinations::REPLACEMENT_SPEC,
    &itertools::compress::SPEC,
    &itertools::count::SPEC,
    &itertools::cycle::SPEC,
    &itertools::groupby::SPEC,
    &itertools::groupby::GROUPER_SPEC,
    &itertools::islice::SPEC,
    &itertools::pairwise::SPEC,
    &itertools::permutations::SPEC,
    &itertools::predicate::DROPWHILE,
    &itertools::predicate::TAKEWHILE,
    &itertools::predicate::FILTERFALSE,
    &itertools::product::SPEC,
    &itertools::repeat::SPEC,
    &itertools::starmap::SPEC,
    &itertools::tee::SPEC,
    &itertools::tee::DATA_SPEC,
    &itertools::zip_longest::SPEC,
    &weakref::SPEC,
    &weakref::proxy::SPEC,
    &weakref::proxy::CALLABLE_SPEC,
    &template::SPEC,
    &template::ITER_SPEC,
    &interpolation::SPEC,
];

/// All rows: the table above, then the exceptions.
pub fn all_specs() -> impl Iterator<Item = &'static TypeSpec> + Clone {
    SPECS.iter().copied().chain(exception::SPECS)
}
