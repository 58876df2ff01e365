//! The type object of `str`: its slots and its table of methods.

use super::{
    case, classify, constructor, dealloc, find, format, iterator, replace, repr, sequence, sizeof,
    split, translate, trim,
};
use crate::python::memory::{Addr, Own};
use crate::python::object::{BinaryOp, Method, Slots, TypeSpec, flags, int, tuple, types};
use crate::python::version::Version;
use crate::python::vm::{Args, PyResult, Vm};

/// `str`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 64,
    flags: flags::BASETYPE | flags::UNICODE_SUBCLASS | flags::MATCH_SELF,
    slots: fill,
    methods: METHODS,
    doc: Some(
        "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\nCreate a new string object from the \
         given object. If encoding or\nerrors is specified, then the object must expose a data buffer\nthat will be \
         decoded using the given encoding and error handler.\nOtherwise, returns the result of object.__str__() (if \
         defined)\nor repr(object).\nencoding defaults to 'utf-8'.\nerrors defaults to 'strict'.",
    ),
    ..TypeSpec::new(types::STR, "str")
};

fn fill(slots: &mut Slots) {
    slots.dealloc = Some(dealloc);
    slots.repr = Some(repr);
    slots.str = Some(sequence::str_slot);
    slots.hash = Some(sequence::hash_slot);
    slots.richcompare = Some(sequence::richcompare);
    slots.iter = Some(iterator::new);
    slots.new = Some(constructor::new_slot);
    slots.binary[BinaryOp::Remainder as usize] = Some(sequence::remainder);
    slots.sq_length = Some(sequence::sq_length);
    slots.sq_concat = Some(sequence::sq_concat);
    slots.sq_repeat = Some(sequence::repeat);
    slots.sq_item = Some(sequence::sq_item);
    slots.sq_contains = Some(find::contains);
    slots.mp_length = Some(sequence::sq_length);
    slots.mp_subscript = Some(sequence::subscript);
}

const METHODS: &[Method] = &[
    Method::new(
        "encode",
        "(encoding='utf-8', errors='strict')",
        constructor::encode,
    ),
    Method::new(
        "replace",
        "(old, new, /, count=-1)",
        replace::replace_method,
    ),
    Method::new("split", "(sep=None, maxsplit=-1)", split::split),
    Method::new("rsplit", "(sep=None, maxsplit=-1)", split::rsplit),
    Method::new("join", "(iterable, /)", split::join_method),
    Method::new("capitalize", "()", case::capitalize),
    Method::new("casefold", "()", case::casefold),
    Method::new("title", "()", case::title),
    Method::new("center", "(width, fillchar=' ', /)", trim::center),
    Method::new("count", "(sub, start=None, end=None, /)", find::count)
        .with_tuple_in(|version| version <= Version::V3_12),
    Method::new("expandtabs", "(tabsize=8)", trim::expandtabs),
    Method::new("find", "(sub, start=None, end=None, /)", find::find)
        .with_tuple_in(|version| version <= Version::V3_12),
    Method::new("partition", "(sep, /)", split::partition),
    Method::new("index", "(sub, start=None, end=None, /)", find::index)
        .with_tuple_in(|version| version <= Version::V3_12),
    Method::new("ljust", "(width, fillchar=' ', /)", trim::ljust),
    Method::new("lower", "()", case::lower),
    Method::new("lstrip", "(chars=None, /)", trim::lstrip),
    Method::new("rfind", "(sub, start=None, end=None, /)", find::rfind)
        .with_tuple_in(|version| version <= Version::V3_12),
    Method::new("rindex", "(sub, start=None, end=None, /)", find::rindex)
        .with_tuple_in(|version| version <= Version::V3_12),
    Method::new("rjust", "(width, fillchar=' ', /)", trim::rjust),
    Method::new("rstrip", "(chars=None, /)", trim::rstrip),
    Method::new("rpartition", "(sep, /)", split::rpartition),
    Method::new("splitlines", "(keepends=False)", split::splitlines),
    Method::new("strip", "(chars=None, /)", trim::strip),
    Method::new("swapcase", "()", case::swapcase),
    Method::new("translate", "(table, /)", translate::translate),
    Method::new("upper", "()", case::upper),
    Method::new(
        "startswith",
        "(prefix, start=None, end=None, /)",
        find::startswith,
    )
    .with_tuple_in(|version| version <= Version::V3_12),
    Method::new(
        "endswith",
        "(suffix, start=None, end=None, /)",
        find::endswith,
    )
    .with_tuple_in(|version| version <= Version::V3_12),
    Method::new("removeprefix", "(prefix, /)", trim::removeprefix),
    Method::new("removesuffix", "(suffix, /)", trim::removesuffix),
    Method::new("isascii", "()", classify::isascii),
    Method::new("islower", "()", classify::islower),
    Method::new("isupper", "()", classify::isupper),
    Method::new("istitle", "()", classify::istitle),
    Method::new("isspace", "()", classify::isspace),
    Method::new("isdecimal", "()", classify::isdecimal),
    Method::new("isdigit", "()", classify::isdigit),
    Method::new("isnumeric", "()", classify::isnumeric),
    Method::new("isalpha", "()", classify::isalpha),
    Method::new("isalnum", "()", classify::isalnum),
    Method::new("isidentifier", "()", classify::isidentifier),
    Method::new("isprintable", "()", classify::isprintable),
    Method::new("zfill", "(width, /)", trim::zfill),
    Method::new("format", "(*args, **kwargs)", format::format_method).with_tuple(),
    Method::new("format_map", "(mapping, /)", format::format_map),
    Method::new("__format__", "(format_spec, /)", format::dunder_format),
    Method::stat("maketrans", "(x, y=None, z=None, /)", translate::maketrans),
    Method::new("__sizeof__", "()", sizeof_method),
    Method::new("__getnewargs__", "()", getnewargs),
];

fn sizeof_method(vm: &mut Vm, string: Addr, _: Args) -> PyResult<Own> {
    let size = sizeof(vm, string);
    Ok(int::new(vm, size as i64))
}

fn getnewargs(vm: &mut Vm, string: Addr, _: Args) -> PyResult<Own> {
    let length = super::len(vm, string);
    let copy = super::build::copy_range(vm, string, 0, length)?;
    Ok(tuple::from_owned(vm, vec![copy]))
}
