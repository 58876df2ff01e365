//! `tuple`: a fixed row of references. CPython: `PyTupleObject`, Objects/tupleobject.c.

use super::{
    CompareOp, EMPTY_TUPLE, Method, OB_SIZE, OB_TYPE, Slots, TypeSpec, alloc, flags,
    text::{self, Text},
    types,
};
use crate::python::gc;
use crate::python::memory::freelist::TUPLE_LENGTH_MAX;
use crate::python::memory::{Addr, Own};
use crate::python::object::index::{self, SliceBounds};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of the first item; 3.14 has the hash before it.
pub const ITEMS: u64 = 24;

/// `tuple`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: ITEMS as u32,
    itemsize: 8,
    flags: flags::BASETYPE
        | flags::HAVE_GC
        | flags::TUPLE_SUBCLASS
        | flags::SEQUENCE
        | flags::MATCH_SELF,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(dealloc);
        slots.traverse = Some(traverse);
        slots.repr = Some(repr);
        slots.hash = Some(hash);
        slots.richcompare = Some(richcompare);
        slots.iter = Some(super::tuple_iterator::iter);
        slots.new = Some(new_slot);
        slots.sq_length = Some(|vm, tuple| Ok(len(vm, tuple)));
        slots.sq_concat = Some(concat);
        slots.sq_repeat = Some(repeat);
        slots.sq_item = Some(sq_item);
        slots.sq_contains = Some(contains);
        slots.mp_length = Some(|vm, tuple| Ok(len(vm, tuple)));
        slots.mp_subscript = Some(subscript);
    },
    methods: METHODS,
    doc: Some(
        "Built-in immutable sequence.\n\nIf no argument is given, the constructor returns an empty tuple.\n\
         If iterable is specified the tuple is initialized from iterable's items.\n\n\
         If the argument is a tuple, the return value is the same object.",
    ),
    ..TypeSpec::new(types::TUPLE, "tuple")
};

static METHODS: &[Method] = &[
    Method::new("__getnewargs__", "()", getnewargs),
    Method::new(
        "index",
        "(value, start=0, stop=sys.maxsize, /)",
        index_method,
    ),
    Method::new("count", "(value, /)", count),
    Method::class(
        "__class_getitem__",
        "(object, /)",
        super::class_getitem::call,
    ),
];

/// Makes `()`, with the collector's header before it, in which nothing is ever written.
pub fn boot(vm: &mut Vm) {
    vm.set_immortal(EMPTY_TUPLE);
    vm.set_word(EMPTY_TUPLE, OB_TYPE, types::TUPLE.0);
    vm.set_word(EMPTY_TUPLE, OB_SIZE, 0);
}

/// Whether the object is a tuple or an instance of a subclass.
#[inline(always)]
pub fn check(vm: &Vm, object: Addr) -> bool {
    vm.has_flag(object, flags::TUPLE_SUBCLASS)
}

/// A tuple of `len` items that the caller fills before anybody sees it, not tracked yet. `len` is not 0.
pub fn alloc_raw(vm: &mut Vm, len: usize) -> PyResult<Own> {
    match reuse(vm, len) {
        Some(tuple) => Ok(tuple),
        None => alloc::alloc(vm, types::TUPLE, len),
    }
}

/// A tuple of `len` items from the free list of that length; its items are not `NULL` yet.
#[inline]
fn reuse(vm: &mut Vm, len: usize) -> Option<Own> {
    if len > TUPLE_LENGTH_MAX {
        return None;
    }
    let tuple = vm.freelists.tuple[len - 1].pop()?;
    let tuple = alloc::revive(vm, tuple, types::TUPLE);
    vm.heap.space.fill(tuple.addr().at(ITEMS), 8 * len, 0);
    Some(tuple)
}

/// A new tuple that takes over the references.
pub fn from_owned(vm: &mut Vm, items: Vec<Own>) -> Own {
    if items.is_empty() {
        return vm.incref(EMPTY_TUPLE);
    }
    let tuple = alloc_few(vm, items.len());
    for (i, item) in items.into_iter().enumerate() {
        vm.init_field(tuple.addr(), ITEMS + 8 * i as u64, item);
    }
    gc::track(vm, tuple.addr());
    tuple
}

/// A new tuple that takes over the `len` references at `from`, words of the data stack.
pub fn from_words(vm: &mut Vm, from: Addr, len: usize) -> Own {
    if len == 0 {
        return vm.incref(EMPTY_TUPLE);
    }
    let tuple = alloc_few(vm, len);
    vm.heap.space.copy(from, tuple.addr().at(ITEMS), 8 * len);
    track_new(vm, &tuple);
    tuple
}

/// A new tuple with new references to the items.
pub fn new(vm: &mut Vm, items: &[Addr]) -> Own {
    if items.is_empty() {
        return vm.incref(EMPTY_TUPLE);
    }
    let tuple = alloc_few(vm, items.len());
    for (i, item) in items.iter().enumerate() {
        let item = vm.incref(*item);
        vm.init_field(tuple.addr(), ITEMS + 8 * i as u64, item);
    }
    gc::track(vm, tuple.addr());
    tuple
}

/// Tracks a tuple that was made from an array: from 3.14 on not one that holds only atoms. `PyTuple_FromArray`.
#[inline]
fn track_new(vm: &mut Vm, tuple: &Own) {
    let tuple = tuple.addr();
    let is_plain = || (0..len(vm, tuple)).all(|i| !gc::may_be_tracked(vm, item(vm, tuple, i)));
    if !vm.profile.atom_tuples_untracked || !is_plain() {
        gc::track(vm, tuple);
    }
}

/// `(first, second)`, taking over the references.
#[inline]
pub fn pair(vm: &mut Vm, first: Own, second: Own) -> Own {
    let tuple = alloc_few(vm, 2);
    vm.init_field(tuple.addr(), ITEMS, first);
    vm.init_field(tuple.addr(), ITEMS + 8, second);
    gc::track(vm, tuple.addr());
    tuple
}

/// A tuple of `len` times the same object.
pub fn filled(vm: &mut Vm, value: Addr, len: usize) -> PyResult<Own> {
    let tuple = filled_null(vm, len)?;
    vm.incref_many(value, len as u64);
    for i in 0..len as u64 {
        vm.set_word(tuple.addr(), ITEMS + 8 * i, value.0);
    }
    Ok(tuple)
}

/// A tracked tuple of `len` items that are `NULL` until the caller fills them: `PyTuple_New`.
pub fn filled_null(vm: &mut Vm, len: usize) -> PyResult<Own> {
    with_room(vm, len)
}

/// [`alloc_raw`] for as many items as the engine holds already: such a request is never refused.
fn alloc_few(vm: &mut Vm, len: usize) -> Own {
    match reuse(vm, len) {
        Some(tuple) => tuple,
        None => alloc::alloc_granted(vm, types::TUPLE, len),
    }
}

/// The number of items.
#[inline(always)]
pub fn len(vm: &Vm, tuple: Addr) -> usize {
    vm.word(tuple, OB_SIZE) as usize
}

/// Item `i`, borrowed.
#[inline(always)]
pub fn item(vm: &Vm, tuple: Addr, i: usize) -> Addr {
    vm.field(tuple, ITEMS + 8 * i as u64)
}

/// All items, borrowed.
pub fn items(vm: &Vm, tuple: Addr) -> Vec<Addr> {
    (0..len(vm, tuple)).map(|i| item(vm, tuple, i)).collect()
}

/// `tuple[low:high]` for bounds inside the tuple.
pub fn slice(vm: &mut Vm, tuple: Addr, low: usize, high: usize) -> PyResult<Own> {
    if low >= high {
        return Ok(vm.incref(EMPTY_TUPLE));
    }
    if low == 0 && high == len(vm, tuple) && vm.type_of(tuple) == types::TUPLE {
        return Ok(vm.incref(tuple));
    }
    copy_items(vm, tuple.at(ITEMS + 8 * low as u64), high - low)
}

/// A new tuple of new references to the `count` words at `from`.
pub fn copy_items(vm: &mut Vm, from: Addr, count: usize) -> PyResult<Own> {
    if count == 0 {
        return Ok(vm.incref(EMPTY_TUPLE));
    }
    let tuple = alloc_raw(vm, count)?;
    for i in 0..count as u64 {
        let item = vm.incref(vm.field(from, 8 * i));
        vm.init_field(tuple.addr(), ITEMS + 8 * i, item);
    }
    track_new(vm, &tuple);
    Ok(tuple)
}

/// `tuple(iterable)`: `PySequence_Tuple`. The room for an iterator's items grows as in CPython.
pub fn from_iterable(vm: &mut Vm, iterable: Addr) -> PyResult<Own> {
    let ty = vm.type_of(iterable);
    if ty == types::TUPLE {
        return Ok(vm.incref(iterable));
    }
    if ty == types::LIST {
        let (from, count) = (
            vm.field(iterable, super::list::OB_ITEM),
            super::list::len(vm, iterable),
        );
        return copy_items(vm, from, count);
    }
    let iterator = vm.get_iter(iterable)?;
    let mut room = vm.length_hint(iterable, 10)?;
    let mut tuple = with_room(vm, room)?;
    let mut count = 0;
    while let Some(item) = vm.iter_next(iterator.addr())? {
        if count >= room {
            room += 10;
            room += room >> 2;
            tuple = resize(vm, tuple, room)?;
        }
        vm.init_field(tuple.addr(), ITEMS + 8 * count as u64, item);
        count += 1;
    }
    if count < room {
        tuple = resize(vm, tuple, count)?;
    }
    vm.decref(iterator);
    if vm.profile.atom_tuples_untracked && tuple.addr() != EMPTY_TUPLE {
        gc::untrack(vm, tuple.addr());
        track_new(vm, &tuple);
    }
    Ok(tuple)
}

/// `PyTuple_New`: tracked, its items `NULL`.
fn with_room(vm: &mut Vm, len: usize) -> PyResult<Own> {
    if len == 0 {
        return Ok(vm.incref(EMPTY_TUPLE));
    }
    let tuple = alloc_raw(vm, len)?;
    gc::track(vm, tuple.addr());
    Ok(tuple)
}

/// `_PyTuple_Resize`: gives the tuple, which nobody else has seen, another length. New items are `NULL`.
pub fn resize(vm: &mut Vm, tuple: Own, new: usize) -> PyResult<Own> {
    let old = len(vm, tuple.addr());
    if new == old {
        return Ok(tuple);
    }
    if old == 0 || new == 0 {
        let other = with_room(vm, new)?;
        vm.decref(tuple);
        return Ok(other);
    }
    let address = tuple.into_addr();
    gc::untrack(vm, address);
    let Ok(block) = vm
        .heap
        .try_realloc(address.before(16), 16 + ITEMS as usize + 8 * new)
    else {
        let old = Own::from_addr(address);
        gc::track(vm, address);
        vm.decref(old);
        return Err(vm.memory_error());
    };
    let address = block.at(16);
    if new > old {
        vm.heap
            .space
            .fill(address.at(ITEMS + 8 * old as u64), 8 * (new - old), 0);
    }
    vm.set_word(address, OB_SIZE, new as u64);
    gc::track(vm, address);
    Ok(Own::from_addr(address))
}

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let refuses = index::new_refuses_keywords(vm, class, types::TUPLE);
    let iterable = index::one_positional(vm, args, "tuple", refuses)?;
    let tuple = match iterable {
        None => vm.incref(EMPTY_TUPLE),
        Some(iterable) => from_iterable(vm, iterable)?,
    };
    if class == types::TUPLE {
        return Ok(tuple);
    }
    let count = len(vm, tuple.addr());
    let instance = alloc::alloc_generic(vm, class, count)?;
    for i in 0..count {
        let item = vm.incref(item(vm, tuple.addr(), i));
        vm.init_field(instance.addr(), ITEMS + 8 * i as u64, item);
    }
    vm.decref(tuple);
    gc::track(vm, instance.addr());
    Ok(instance)
}

/// Frees a tuple, its last item first.
pub fn dealloc(vm: &mut Vm, tuple: Addr) {
    if tuple == EMPTY_TUPLE {
        return;
    }
    gc::untrack(vm, tuple);
    if !vm.trashcan_begin(tuple) {
        return;
    }
    for i in (0..len(vm, tuple) as u64).rev() {
        let word = vm.word(tuple, ITEMS + 8 * i);
        vm.decref_word(word);
    }
    let len = len(vm, tuple);
    let keeps = len <= TUPLE_LENGTH_MAX && len > 0 && vm.type_of(tuple) == types::TUPLE;
    if !keeps || !vm.freelists.tuple[len - 1].push(tuple) {
        alloc::free(vm, tuple);
    }
    vm.trashcan_end();
}

/// Visits the items.
pub fn traverse(vm: &Vm, tuple: Addr, visit: &mut dyn FnMut(Addr)) {
    for i in (0..len(vm, tuple)).rev() {
        if let Some(item) = item(vm, tuple, i).some() {
            visit(item);
        }
    }
}

fn repr(vm: &mut Vm, tuple: Addr) -> PyResult<Own> {
    let count = len(vm, tuple);
    if count == 0 {
        return Ok(super::str::new(vm, "()"));
    }
    if !vm.repr_enter(tuple) {
        return Ok(super::str::new(vm, "(...)"));
    }
    let mut text = Text::new();
    text.push_str("(");
    let mut result = Ok(());
    for i in 0..count {
        if i > 0 {
            text.push_str(", ");
        }
        result = text::push_repr(vm, &mut text, item(vm, tuple, i));
        if result.is_err() {
            break;
        }
    }
    vm.repr_leave(tuple);
    result?;
    text.push_str(if count == 1 { ",)" } else { ")" });
    text.finish(vm)
}

/// xxHash64 as CPython adapts it (Objects/tupleobject.c since 3.8), over the items' hashes.
pub fn hash(vm: &mut Vm, tuple: Addr) -> PyResult<i64> {
    const PRIME_1: u64 = 11_400_714_785_074_694_791;
    const PRIME_2: u64 = 14_029_467_366_897_019_727;
    const PRIME_5: u64 = 2_870_177_450_012_600_261;
    let count = len(vm, tuple);
    let mut acc = PRIME_5;
    for i in 0..count {
        let lane = vm.hash(item(vm, tuple, i))? as u64;
        acc = acc.wrapping_add(lane.wrapping_mul(PRIME_2));
        acc = acc.rotate_left(31).wrapping_mul(PRIME_1);
    }
    acc = acc.wrapping_add(count as u64 ^ (PRIME_5 ^ 3_527_539));
    Ok(if acc == u64::MAX {
        1_546_275_796
    } else {
        acc as i64
    })
}

/// Compares item by item, then the lengths.
pub fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    if !check(vm, left) || !check(vm, right) {
        return Ok(vm.not_implemented());
    }
    let (left_len, right_len) = (len(vm, left), len(vm, right));
    for i in 0..left_len.min(right_len) {
        let (a, b) = (item(vm, left, i), item(vm, right, i));
        if !vm.equal(a, b)? {
            return match op {
                CompareOp::Eq => Ok(vm.bool(false)),
                CompareOp::Ne => Ok(vm.bool(true)),
                _ => vm.rich_compare(a, b, op),
            };
        }
    }
    Ok(vm.bool(op.holds(left_len.cmp(&right_len))))
}

fn concat(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if len(vm, left) == 0 && vm.type_of(right) == types::TUPLE {
        return Ok(vm.incref(right));
    }
    if !check(vm, right) {
        let name = vm.type_name(right);
        return Err(vm.type_error(format!(
            "can only concatenate tuple (not \"{name}\") to tuple"
        )));
    }
    if len(vm, right) == 0 && vm.type_of(left) == types::TUPLE {
        return Ok(vm.incref(left));
    }
    let (left_len, right_len) = (len(vm, left), len(vm, right));
    if left_len + right_len == 0 {
        return Ok(vm.incref(EMPTY_TUPLE));
    }
    let tuple = alloc_raw(vm, left_len + right_len)?;
    for i in 0..left_len {
        let item = vm.incref(item(vm, left, i));
        vm.init_field(tuple.addr(), ITEMS + 8 * i as u64, item);
    }
    for i in 0..right_len {
        let item = vm.incref(item(vm, right, i));
        vm.init_field(tuple.addr(), ITEMS + 8 * (left_len + i) as u64, item);
    }
    gc::track(vm, tuple.addr());
    Ok(tuple)
}

fn repeat(vm: &mut Vm, tuple: Addr, times: isize) -> PyResult<Own> {
    let count = len(vm, tuple);
    if (count == 0 || times == 1) && vm.type_of(tuple) == types::TUPLE {
        return Ok(vm.incref(tuple));
    }
    if count == 0 || times <= 0 {
        return Ok(vm.incref(EMPTY_TUPLE));
    }
    let total = index::checked_room(vm, count, times as usize)?;
    let result = alloc_raw(vm, total)?;
    let target = result.addr().at(ITEMS);
    index::fill_repeated(vm, tuple.at(ITEMS), count, target, times as usize);
    gc::track(vm, result.addr());
    Ok(result)
}

fn sq_item(vm: &mut Vm, tuple: Addr, i: isize) -> PyResult<Own> {
    if i < 0 || i as usize >= len(vm, tuple) {
        return Err(vm.index_error("tuple index out of range"));
    }
    Ok(vm.incref(item(vm, tuple, i as usize)))
}

fn contains(vm: &mut Vm, tuple: Addr, value: Addr) -> PyResult<bool> {
    for i in 0..len(vm, tuple) {
        if vm.equal(item(vm, tuple, i), value)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// `tuple[key]`
pub fn subscript(vm: &mut Vm, tuple: Addr, key: Addr) -> PyResult<Own> {
    if index::is_index(vm, key) {
        let i = vm.index_value(key, types::INDEX_ERROR)?;
        let i = if i < 0 {
            i.wrapping_add(len(vm, tuple) as isize)
        } else {
            i
        };
        return sq_item(vm, tuple, i);
    }
    if vm.type_of(key) == types::SLICE {
        let SliceBounds {
            start, step, count, ..
        } = SliceBounds::of(vm, key, |vm| len(vm, tuple))?;
        if step == 1 {
            return slice(vm, tuple, start as usize, start as usize + count);
        }
        if count == 0 {
            return Ok(vm.incref(EMPTY_TUPLE));
        }
        let result = alloc_raw(vm, count)?;
        let mut at = start;
        for i in 0..count {
            let item = vm.incref(item(vm, tuple, at as usize));
            vm.init_field(result.addr(), ITEMS + 8 * i as u64, item);
            at = at.wrapping_add(step);
        }
        gc::track(vm, result.addr());
        return Ok(result);
    }
    let name = vm.type_name(key);
    Err(vm.type_error(format!(
        "tuple indices must be integers or slices, not {name}"
    )))
}

fn getnewargs(vm: &mut Vm, tuple: Addr, _args: Args) -> PyResult<Own> {
    let count = len(vm, tuple);
    let inner = copy_items(vm, tuple.at(ITEMS), count)?;
    Ok(from_owned(vm, vec![inner]))
}

fn index_method(vm: &mut Vm, tuple: Addr, args: Args) -> PyResult<Own> {
    let value = args.get(vm, 0);
    let count = len(vm, tuple);
    let (start, stop) = index::search_bounds(vm, args, count)?;
    for i in start..stop.min(count) {
        if vm.equal(item(vm, tuple, i), value)? {
            return Ok(super::int::new(vm, i as i64));
        }
    }
    Err(vm.value_error("tuple.index(x): x not in tuple"))
}

fn count(vm: &mut Vm, tuple: Addr, args: Args) -> PyResult<Own> {
    let value = args.get(vm, 0);
    let mut found = 0;
    for i in 0..len(vm, tuple) {
        if vm.equal(item(vm, tuple, i), value)? {
            found += 1;
        }
    }
    Ok(super::int::new(vm, found))
}
