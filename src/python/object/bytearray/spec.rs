//! The type object of `bytearray`: its slots, its constructor and its table of methods.

use super::{ALLOC, as_slice, edit, iterator, resize, write};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::bytes::like::{
    byte_arg, classify, hex, search, sequence, split, translate, trim,
};
use crate::python::object::{
    BinaryOp, Method, Slots, TypeSpec, alloc, buffer, bytes, flags, int, list, object, reduce, str,
    tuple, types,
};
use crate::python::version::Version;
use crate::python::vm::{Args, PyResult, Vm};

/// `bytearray`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 56,
    flags: flags::BASETYPE | flags::MATCH_SELF,
    slots: fill,
    methods: METHODS,
    doc: Some(
        "bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> bytearray\n\
         bytearray(bytes_or_buffer) -> mutable copy of bytes_or_buffer\nbytearray(int) -> bytes array of size given by \
         the parameter initialized with null bytes\nbytearray() -> empty bytes array\n\nConstruct a mutable bytearray \
         object from:\n  - an iterable yielding integers in range(256)\n  - a text string encoded using the specified \
         encoding\n  - a bytes or a buffer object\n  - any object implementing the buffer API.\n  - an integer",
    ),
    ..TypeSpec::new(types::BYTEARRAY, "bytearray")
};

fn fill(slots: &mut Slots) {
    slots.dealloc = Some(edit::dealloc);
    slots.repr = Some(sequence::repr);
    slots.str = Some(sequence::repr);
    slots.hash = Some(object::hash_not_implemented);
    slots.richcompare = Some(sequence::richcompare);
    slots.iter = Some(iterator::new);
    slots.new = Some(new_slot);
    slots.init = Some(init_slot);
    slots.binary[BinaryOp::Remainder as usize] = Some(sequence::remainder);
    slots.sq_length = Some(sequence::length);
    slots.sq_concat = Some(sequence::concat);
    slots.sq_repeat = Some(sequence::repeat);
    slots.sq_item = Some(sequence::item);
    slots.sq_contains = Some(search::contains);
    slots.sq_inplace_concat = Some(edit::inplace_concat);
    slots.sq_inplace_repeat = Some(edit::inplace_repeat);
    slots.mp_length = Some(sequence::length);
    slots.mp_subscript = Some(sequence::subscript);
    slots.mp_ass_subscript = Some(edit::set_item);
}

fn new_slot(vm: &mut Vm, class: Addr, _: Args) -> PyResult<Own> {
    let array = alloc::alloc(vm, class, 0)?;
    if vm.type_flags(class) & flags::HAVE_GC != 0 {
        gc::track(vm, array.addr());
    }
    Ok(array)
}

fn init_slot(vm: &mut Vm, array: Addr, args: Args) -> PyResult<()> {
    let [source, encoding, errors] =
        args.bind(vm, "bytearray", "(source=b'', encoding='', errors='')")?;
    bytes::check_names(vm, "bytearray", encoding, errors)?;
    resize(vm, array, 0)?;
    if let Some(encoded) = bytes::from_text(vm, source, encoding, errors)? {
        let content = bytes::as_slice(vm, encoded.addr()).to_vec();
        vm.decref(encoded);
        return fill_with(vm, array, &content);
    }
    if source.is_null() {
        return Ok(());
    }
    if let Some(count) = bytes::count_of(vm, source)? {
        resize(vm, array, count)?;
        let start = super::data(vm, array);
        vm.heap.space.fill(start, count, 0);
        return Ok(());
    }
    fill_from(vm, array, source)
}

fn fill_with(vm: &mut Vm, array: Addr, content: &[u8]) -> PyResult<()> {
    resize(vm, array, content.len())?;
    write(vm, array, 0, content);
    Ok(())
}

/// Fills an empty array from a buffer or an iterable of integers.
pub(super) fn fill_from(vm: &mut Vm, array: Addr, source: Addr) -> PyResult<()> {
    if buffer::is_buffer(vm, source) {
        let content = buffer::content(vm, source)?;
        return fill_with(vm, array, &content);
    }
    let ty = vm.type_of(source);
    if ty == types::LIST || ty == types::TUPLE {
        return fill_from_items(vm, array, source);
    }
    if vm.slots(source).iter.is_none() && vm.slots(source).sq_item.is_none() {
        let given = vm.type_data(vm.type_of(source)).full_name.to_string();
        return Err(vm.type_error(format!("cannot convert '{given}' object to bytearray")));
    }
    let iterator = vm.get_iter(source)?;
    while let Some(item) = vm.iter_next(iterator.addr())? {
        let byte = byte_arg(vm, item.addr())?;
        vm.decref(item);
        edit::append_in_room(vm, array, byte)?;
    }
    vm.decref(iterator);
    Ok(())
}

/// The same for a list or tuple, whose length is known.
fn fill_from_items(vm: &mut Vm, array: Addr, source: Addr) -> PyResult<()> {
    let is_list = vm.type_of(source) == types::LIST;
    let items = if is_list {
        list::items(vm, source)
    } else {
        tuple::items(vm, source)
    };
    let items: Vec<Own> = items.into_iter().map(|item| vm.incref(item)).collect();
    let mut content = Vec::with_capacity(items.len());
    for item in &items {
        content.push(byte_arg(vm, item.addr())?);
    }
    items.into_iter().for_each(|item| vm.decref(item));
    fill_with(vm, array, &content)
}

const METHODS: &[Method] = &[
    Method::new("__alloc__", "()", edit::alloc_method),
    Method::new("__reduce__", "()", reduce),
    Method::new("__reduce_ex__", "(proto=0, /)", reduce_ex),
    Method::new("__sizeof__", "()", sizeof),
    Method::new("append", "(item, /)", edit::append_method),
    Method::new("capitalize", "()", classify::capitalize),
    Method::new("center", "(width, fillchar=b' ', /)", trim::center),
    Method::new("clear", "()", edit::clear),
    Method::new("copy", "()", copy),
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
    Method::new("extend", "(iterable_of_ints, /)", edit::extend),
    Method::new("find", "(sub, start=None, end=None, /)", search::find)
        .with_tuple_in(|version| version <= Version::V3_12),
    Method::class("fromhex", "(string, /)", hex::fromhex),
    Method::new("hex", "(sep=None, bytes_per_sep=1)", hex::hex),
    Method::new("index", "(sub, start=None, end=None, /)", search::index)
        .with_tuple_in(|version| version <= Version::V3_12),
    Method::new("insert", "(index, item, /)", edit::insert),
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
    Method::new("pop", "(index=-1, /)", edit::pop),
    Method::new("remove", "(value, /)", edit::remove),
    Method::new("replace", "(old, new, count=-1, /)", search::replace),
    Method::new("removeprefix", "(prefix, /)", trim::removeprefix),
    Method::new("removesuffix", "(suffix, /)", trim::removesuffix),
    Method::new("reverse", "()", edit::reverse),
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

fn copy(vm: &mut Vm, array: Addr, _: Args) -> PyResult<Own> {
    let content = as_slice(vm, array).to_vec();
    super::new(vm, &content)
}

fn sizeof(vm: &mut Vm, array: Addr, _: Args) -> PyResult<Own> {
    let basicsize = u64::from(vm.type_data(vm.type_of(array)).basicsize);
    let room = vm.word(array, ALLOC);
    // The empty content is an object that all share.
    let more = match room {
        0 => vm.profile.bytearray_holds_more.min(8),
        _ => vm.profile.bytearray_holds_more,
    };
    Ok(int::from_u64(vm, basicsize + room + more))
}

fn reduce(vm: &mut Vm, array: Addr, _: Args) -> PyResult<Own> {
    reduced(vm, array, 2)
}

fn reduce_ex(vm: &mut Vm, array: Addr, args: Args) -> PyResult<Own> {
    let protocol = str::arg::size(vm, args.get(vm, 0), 0)?;
    reduced(vm, array, protocol)
}

/// `(class, arguments, state)`: Latin-1 text below protocol 3, bytes from there on.
fn reduced(vm: &mut Vm, array: Addr, protocol: isize) -> PyResult<Own> {
    let class = vm.type_of(array);
    let class = vm.incref(class);
    let content = as_slice(vm, array).to_vec();
    let arguments = if content.is_empty() {
        Vec::new()
    } else if protocol < 3 {
        vec![str::try_from_latin1(vm, &content)?, str::new(vm, "latin-1")]
    } else {
        vec![bytes::try_new(vm, &content)?]
    };
    let arguments = tuple::from_owned(vm, arguments);
    let state = reduce::container_state(vm, array)?;
    Ok(tuple::from_owned(vm, vec![class, arguments, state]))
}
