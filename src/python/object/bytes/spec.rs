//! The type object of `bytes`: its slots and its table of methods.

use super::like::{classify, hex, search, sequence, split, translate, trim};
use super::{as_slice, check, constructor, iterator, try_new};
use crate::python::memory::{Addr, Own};
use crate::python::object::{BinaryOp, Method, Slots, TypeSpec, alloc, flags, tuple, types};
use crate::python::version::Version;
use crate::python::vm::{Args, PyResult, Vm};

/// `bytes`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 33,
    itemsize: 1,
    flags: flags::BASETYPE | flags::BYTES_SUBCLASS | flags::MATCH_SELF,
    slots: fill,
    methods: METHODS,
    doc: Some(
        "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\nbytes(bytes_or_buffer) -> \
         immutable copy of bytes_or_buffer\nbytes(int) -> bytes object of size given by the parameter initialized with \
         null bytes\nbytes() -> empty bytes object\n\nConstruct an immutable array of bytes from:\n  - an iterable \
         yielding integers in range(256)\n  - a text string encoded using the specified encoding\n  - any object \
         implementing the buffer API.\n  - an integer",
    ),
    ..TypeSpec::new(types::BYTES, "bytes")
};

fn fill(slots: &mut Slots) {
    slots.dealloc = Some(dealloc);
    slots.repr = Some(sequence::repr);
    slots.str = Some(sequence::repr);
    slots.hash = Some(|vm, object| Ok(super::hash(vm, object)));
    slots.richcompare = Some(sequence::richcompare);
    slots.iter = Some(iterator::new);
    slots.new = Some(constructor::new_slot);
    slots.binary[BinaryOp::Remainder as usize] = Some(sequence::remainder);
    slots.sq_length = Some(sequence::length);
    slots.sq_concat = Some(sequence::concat);
    slots.sq_repeat = Some(sequence::repeat);
    slots.sq_item = Some(sequence::item);
    slots.sq_contains = Some(search::contains);
    slots.mp_length = Some(sequence::length);
    slots.mp_subscript = Some(sequence::subscript);
}

fn dealloc(vm: &mut Vm, object: Addr) {
    if vm.type_of(object) == types::BYTES {
        vm.heap.free(object);
    } else {
        alloc::free(vm, object);
    }
}

const METHODS: &[Method] = &[
    Method::new("__getnewargs__", "()", getnewargs),
    Method::new("__bytes__", "()", dunder_bytes),
    Method::new("capitalize", "()", classify::capitalize),
    Method::new("center", "(width, fillchar=b' ', /)", trim::center),
    Method::new("count", "(sub, start=None, end=None, /)", search::count)
        .with_tuple_in(|version| version <= Version::V3_12),
    Method::new(
        "decode",
        "(encoding='utf-8', errors='strict')",
        sequence::decode,
    ),
    Method::new(
        "endswith",
        "(suffix, start=None, end=None, /)",
        search::endswith,
    )
    .with_tuple_in(|version| version <= Version::V3_12),
    Method::new("expandtabs", "(tabsize=8)", trim::expandtabs),
    Method::new("find", "(sub, start=None, end=None, /)", search::find)
        .with_tuple_in(|version| version <= Version::V3_12),
    Method::class("fromhex", "(string, /)", hex::fromhex),
    Method::new("hex", "(sep=None, bytes_per_sep=1)", hex::hex),
    Method::new("index", "(sub, start=None, end=None, /)", search::index)
        .with_tuple_in(|version| version <= Version::V3_12),
    Method::new("isalnum", "()", classify::isalnum),
    Method::new("isalpha", "()", classify::isalpha),
    Method::new("isascii", "()", classify::isascii),
    Method::new("isdigit", "()", classify::isdigit),
    Method::new("islower", "()", classify::islower),
    Method::new("isspace", "()", classify::isspace),
    Method::new("istitle", "()", classify::istitle),
    Method::new("isupper", "()", classify::isupper),
    Method::new("join", "(iterable_of_bytes, /)", split::join),
    Method::new("ljust", "(width, fillchar=b' ', /)", trim::ljust),
    Method::new("lower", "()", classify::lower),
    Method::new("lstrip", "(bytes=None, /)", trim::lstrip),
    Method::stat("maketrans", "(frm, to, /)", translate::maketrans),
    Method::new("partition", "(sep, /)", split::partition),
    Method::new("replace", "(old, new, count=-1, /)", search::replace),
    Method::new("removeprefix", "(prefix, /)", trim::removeprefix),
    Method::new("removesuffix", "(suffix, /)", trim::removesuffix),
    Method::new("rfind", "(sub, start=None, end=None, /)", search::rfind)
        .with_tuple_in(|version| version <= Version::V3_12),
    Method::new("rindex", "(sub, start=None, end=None, /)", search::rindex)
        .with_tuple_in(|version| version <= Version::V3_12),
    Method::new("rjust", "(width, fillchar=b' ', /)", trim::rjust),
    Method::new("rpartition", "(sep, /)", split::rpartition),
    Method::new("rsplit", "(sep=None, maxsplit=-1)", split::rsplit),
    Method::new("rstrip", "(bytes=None, /)", trim::rstrip),
    Method::new("split", "(sep=None, maxsplit=-1)", split::split),
    Method::new("splitlines", "(keepends=False)", split::splitlines),
    Method::new(
        "startswith",
        "(prefix, start=None, end=None, /)",
        search::startswith,
    )
    .with_tuple_in(|version| version <= Version::V3_12),
    Method::new("strip", "(bytes=None, /)", trim::strip),
    Method::new("swapcase", "()", classify::swapcase),
    Method::new("title", "()", classify::title),
    Method::new("translate", "(table, /, delete=b'')", translate::translate),
    Method::new("upper", "()", classify::upper),
    Method::new("zfill", "(width, /)", trim::zfill),
];

fn getnewargs(vm: &mut Vm, object: Addr, _: Args) -> PyResult<Own> {
    let content = as_slice(vm, object).to_vec();
    let copy = try_new(vm, &content)?;
    Ok(tuple::from_owned(vm, vec![copy]))
}

fn dunder_bytes(vm: &mut Vm, object: Addr, _: Args) -> PyResult<Own> {
    if vm.type_of(object) == types::BYTES {
        return Ok(vm.incref(object));
    }
    debug_assert!(check(vm, object));
    let content = as_slice(vm, object).to_vec();
    try_new(vm, &content)
}
