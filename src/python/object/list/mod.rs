//! `list`: a growable array of references. CPython: `PyListObject`, Objects/listobject.c.

mod extend;
pub mod iterator;
mod merge;
pub mod methods;
mod slice;
mod sort;

pub use extend::extend;
pub use methods::{insert_at as insert, pop_at as pop};
pub use slice::{assign_slice, slice};
pub use sort::sort;

use super::{
    CompareOp, OB_SIZE, Slots, TypeSpec, alloc, flags, index, object,
    text::{self, Text},
    types,
};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `ob_item`, the address of the array.
pub const OB_ITEM: u64 = 24;
/// Offset of `allocated`.
pub const ALLOCATED: u64 = 32;

/// `list`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 40,
    flags: flags::BASETYPE
        | flags::HAVE_GC
        | flags::LIST_SUBCLASS
        | flags::SEQUENCE
        | flags::MATCH_SELF,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(dealloc);
        slots.traverse = Some(traverse);
        slots.clear = Some(clear);
        slots.repr = Some(repr);
        slots.hash = Some(object::hash_not_implemented);
        slots.richcompare = Some(richcompare);
        slots.iter = Some(iterator::iter);
        slots.init = Some(init);
        slots.new = Some(new_slot);
        slots.sq_length = Some(|vm, list| Ok(len(vm, list)));
        slots.sq_concat = Some(concat);
        slots.sq_repeat = Some(repeat);
        slots.sq_item = Some(sq_item);
        slots.sq_ass_item = Some(slice::assign_item);
        slots.sq_contains = Some(contains);
        slots.sq_inplace_concat = Some(inplace_concat);
        slots.sq_inplace_repeat = Some(inplace_repeat);
        slots.mp_length = Some(|vm, list| Ok(len(vm, list)));
        slots.mp_subscript = Some(slice::subscript);
        slots.mp_ass_subscript = Some(slice::assign_subscript);
    },
    methods: methods::METHODS,
    doc: Some(
        "Built-in mutable sequence.\n\nIf no argument is given, the constructor creates a new empty list.\n\
         The argument must be an iterable if specified.",
    ),
    ..TypeSpec::new(types::LIST, "list")
};

/// Whether the object is a list or an instance of a subclass.
#[inline(always)]
pub fn check(vm: &Vm, object: Addr) -> bool {
    vm.has_flag(object, flags::LIST_SUBCLASS)
}

/// A new empty list.
pub fn new(vm: &mut Vm) -> Own {
    let list = match vm.freelists.list.pop() {
        Some(list) => {
            for field in [OB_SIZE, OB_ITEM, ALLOCATED] {
                vm.set_word(list, field, 0);
            }
            alloc::revive(vm, list, types::LIST)
        }
        None => alloc::alloc_granted(vm, types::LIST, 0),
    };
    gc::track(vm, list.addr());
    list
}

/// A list with exactly `count` words of room and length 0; the caller fills it and sets the length.
pub fn with_room(vm: &mut Vm, count: usize) -> PyResult<Own> {
    let items = new_items(vm, count)?;
    let list = new(vm);
    vm.set_word(list.addr(), OB_ITEM, items.0);
    vm.set_word(list.addr(), ALLOCATED, count as u64);
    Ok(list)
}

/// An array of `count` words, `NULL` for none.
fn new_items(vm: &mut Vm, count: usize) -> PyResult<Addr> {
    if count == 0 {
        return Ok(Addr::NULL);
    }
    if count > (isize::MAX / 8) as usize {
        return Err(vm.memory_error());
    }
    match vm.heap.try_alloc(8 * count) {
        Ok(items) => Ok(items),
        Err(_) => Err(vm.memory_error()),
    }
}

/// Sets the length, which is not more than what is filled.
#[inline(always)]
pub fn set_len(vm: &mut Vm, list: Addr, len: usize) {
    vm.set_word(list, OB_SIZE, len as u64);
}

/// Where the items lie; `NULL` for a list that never had any.
#[inline(always)]
pub fn items_addr(vm: &Vm, list: Addr) -> Addr {
    vm.field(list, OB_ITEM)
}

/// A new list of exactly these items, taking over the references.
pub fn from_owned(vm: &mut Vm, items: Vec<Own>) -> PyResult<Own> {
    let list = with_room(vm, items.len())?;
    let (count, target) = (items.len(), items_addr(vm, list.addr()));
    for (i, item) in items.into_iter().enumerate() {
        vm.init_field(target, 8 * i as u64, item);
    }
    set_len(vm, list.addr(), count);
    Ok(list)
}

/// A new list that takes over the `count` references at `from`, words of the data stack.
pub fn from_words(vm: &mut Vm, from: Addr, count: usize) -> PyResult<Own> {
    let list = with_room(vm, count)?;
    let target = items_addr(vm, list.addr());
    vm.heap.space.copy(from, target, 8 * count);
    set_len(vm, list.addr(), count);
    Ok(list)
}

/// A new list of new references to the `count` words at `from`.
pub fn copy_items(vm: &mut Vm, from: Addr, count: usize) -> PyResult<Own> {
    let list = with_room(vm, count)?;
    let target = items_addr(vm, list.addr());
    copy_references(vm, from, target, count);
    set_len(vm, list.addr(), count);
    Ok(list)
}

/// Copies `count` references, counting each.
fn copy_references(vm: &mut Vm, from: Addr, to: Addr, count: usize) {
    for i in 0..count as u64 {
        let item = vm.incref(vm.field(from, 8 * i));
        vm.init_field(to, 8 * i, item);
    }
}

/// `list_resize`: sets the length, and grows or shrinks the array when it is full, or less than half full.
/// Words beyond the old length hold nothing sensible yet.
pub fn resize(vm: &mut Vm, list: Addr, new: usize) -> PyResult<()> {
    let allocated = vm.word(list, ALLOCATED) as isize; // -1 while the list is being sorted
    if allocated >= new as isize && new as isize >= allocated >> 1 {
        set_len(vm, list, new);
        return Ok(());
    }
    let mut room = (new + (new >> 3) + 6) & !3;
    let growth = new as isize - len(vm, list) as isize;
    if growth > (room - new) as isize {
        room = (new + 3) & !3;
    }
    if new == 0 {
        room = 0;
    }
    let items = items_addr(vm, list);
    if room == 0 {
        vm.heap.free(items);
        vm.set_word(list, OB_ITEM, 0);
    } else {
        match vm.heap.try_realloc(items, 8 * room) {
            Ok(items) => vm.set_word(list, OB_ITEM, items.0),
            Err(_) => return Err(vm.memory_error()),
        }
    }
    set_len(vm, list, new);
    vm.set_word(list, ALLOCATED, room as u64);
    Ok(())
}

/// Appends, taking over the reference.
#[inline]
pub fn append(vm: &mut Vm, list: Addr, item: Own) -> PyResult<()> {
    let len = len(vm, list);
    if vm.word(list, ALLOCATED) as isize > len as isize {
        set_len(vm, list, len + 1);
    } else {
        resize(vm, list, len + 1)?;
    }
    let items = items_addr(vm, list);
    vm.init_field(items, 8 * len as u64, item);
    Ok(())
}

/// The number of items.
#[inline(always)]
pub fn len(vm: &Vm, list: Addr) -> usize {
    vm.word(list, OB_SIZE) as usize
}

/// Item `i`, borrowed; it must be below the length.
#[inline(always)]
pub fn item(vm: &Vm, list: Addr, i: usize) -> Addr {
    vm.field(vm.field(list, OB_ITEM), 8 * i as u64)
}

/// All items, borrowed.
pub fn items(vm: &Vm, list: Addr) -> Vec<Addr> {
    (0..len(vm, list)).map(|i| item(vm, list, i)).collect()
}

/// `tuple(list)`
pub fn as_tuple(vm: &mut Vm, list: Addr) -> Own {
    let items = items(vm, list);
    super::tuple::new(vm, &items)
}

/// `list(iterable)`
pub fn from_iterable(vm: &mut Vm, iterable: Addr) -> PyResult<Own> {
    let list = new(vm);
    extend(vm, list.addr(), iterable)?;
    Ok(list)
}

/// Drops every item, the last first: `list_clear`.
pub fn clear(vm: &mut Vm, list: Addr) {
    let (items, len) = (items_addr(vm, list), len(vm, list));
    if items.is_null() {
        return;
    }
    vm.set_word(list, OB_ITEM, 0);
    set_len(vm, list, 0);
    vm.set_word(list, ALLOCATED, 0);
    drop_items(vm, items, len);
}

/// Drops the references in an array that no list holds any more, the last first, and frees it.
fn drop_items(vm: &mut Vm, items: Addr, len: usize) {
    for i in (0..len as u64).rev() {
        let word = vm.word(items, 8 * i);
        vm.decref_word(word);
    }
    vm.heap.free(items);
}

/// Frees a list, its last item first.
pub fn dealloc(vm: &mut Vm, list: Addr) {
    gc::untrack(vm, list);
    if !vm.trashcan_begin(list) {
        return;
    }
    let items = items_addr(vm, list);
    if !items.is_null() {
        let len = len(vm, list);
        drop_items(vm, items, len);
    }
    if vm.type_of(list) != types::LIST || !vm.freelists.list.push(list) {
        alloc::free(vm, list);
    }
    vm.trashcan_end();
}

/// Visits the items.
pub fn traverse(vm: &Vm, list: Addr, visit: &mut dyn FnMut(Addr)) {
    let items = items_addr(vm, list);
    for i in (0..len(vm, list) as u64).rev() {
        if let Some(item) = vm.field(items, 8 * i).some() {
            visit(item);
        }
    }
}

fn new_slot(vm: &mut Vm, class: Addr, _args: Args) -> PyResult<Own> {
    let list = alloc::alloc(vm, class, 0)?;
    gc::track(vm, list.addr());
    Ok(list)
}

fn init(vm: &mut Vm, list: Addr, args: Args) -> PyResult<()> {
    let class = vm.type_of(list);
    let refuses = index::refuses_keywords(vm, class, types::LIST, |slots| {
        slots.new.map(|slot| slot as usize)
    });
    let iterable = index::one_positional(vm, args, "list", refuses)?;
    clear(vm, list);
    match iterable {
        Some(iterable) => {
            extend::preallocate_for(vm, list, iterable)?;
            extend(vm, list, iterable)
        }
        None => Ok(()),
    }
}

fn repr(vm: &mut Vm, list: Addr) -> PyResult<Own> {
    if len(vm, list) == 0 {
        return Ok(super::str::new(vm, "[]"));
    }
    if !vm.repr_enter(list) {
        return Ok(super::str::new(vm, "[...]"));
    }
    let mut text = Text::new();
    text.push_str("[");
    let (mut result, mut i) = (Ok(()), 0);
    while i < len(vm, list) && result.is_ok() {
        if i > 0 {
            text.push_str(", ");
        }
        result = text::push_repr(vm, &mut text, item(vm, list, i));
        i += 1;
    }
    vm.repr_leave(list);
    result?;
    text.push_str("]");
    text.finish(vm)
}

/// `item == value` for an item that the comparison itself may remove from its container.
pub fn item_equals(vm: &mut Vm, item: Addr, value: Addr) -> PyResult<bool> {
    if item == value {
        return Ok(true);
    }
    let item = vm.incref(item);
    let equal = vm.equal(item.addr(), value)?;
    vm.decref(item);
    Ok(equal)
}

fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    if !check(vm, left) || !check(vm, right) {
        return Ok(vm.not_implemented());
    }
    if len(vm, left) != len(vm, right) && matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(vm.bool(op == CompareOp::Ne));
    }
    let mut i = 0;
    while i < len(vm, left) && i < len(vm, right) {
        let (a, b) = (item(vm, left, i), item(vm, right, i));
        if a != b {
            let (a, b) = (vm.incref(a), vm.incref(b));
            let equal = vm.equal(a.addr(), b.addr())?;
            // The comparison may have made the lists shorter; then there is nothing to tell them apart by.
            if !equal && i < len(vm, left) && i < len(vm, right) {
                return finish_compare(vm, a, b, op);
            }
            vm.decref(a);
            vm.decref(b);
        }
        i += 1;
    }
    let (left_len, right_len) = (len(vm, left), len(vm, right));
    Ok(vm.bool(op.holds(left_len.cmp(&right_len))))
}

/// The comparison of two lists whose first differing items are `a` and `b`.
fn finish_compare(vm: &mut Vm, a: Own, b: Own, op: CompareOp) -> PyResult<Own> {
    let result = match op {
        CompareOp::Eq => vm.bool(false),
        CompareOp::Ne => vm.bool(true),
        _ => vm.rich_compare(a.addr(), b.addr(), op)?,
    };
    vm.decref(a);
    vm.decref(b);
    Ok(result)
}

fn concat(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if !check(vm, right) {
        let name = vm.type_name(right);
        return Err(vm.type_error(format!(
            "can only concatenate list (not \"{name}\") to list"
        )));
    }
    let (left_len, right_len) = (len(vm, left), len(vm, right));
    let list = with_room(vm, left_len + right_len)?;
    let target = items_addr(vm, list.addr());
    copy_references(vm, items_addr(vm, left), target, left_len);
    copy_references(
        vm,
        items_addr(vm, right),
        target.at(8 * left_len as u64),
        right_len,
    );
    set_len(vm, list.addr(), left_len + right_len);
    Ok(list)
}

fn repeat(vm: &mut Vm, list: Addr, times: isize) -> PyResult<Own> {
    let count = len(vm, list);
    if count == 0 || times <= 0 {
        return Ok(new(vm));
    }
    let total = index::checked_room(vm, count, times as usize)?;
    let result = with_room(vm, total)?;
    let (source, target) = (items_addr(vm, list), items_addr(vm, result.addr()));
    index::fill_repeated(vm, source, count, target, times as usize);
    set_len(vm, result.addr(), total);
    Ok(result)
}

fn inplace_repeat(vm: &mut Vm, list: Addr, times: isize) -> PyResult<Own> {
    let count = len(vm, list);
    if count != 0 && times != 1 {
        if times < 1 {
            clear(vm, list);
        } else {
            let total = index::checked_room(vm, count, times as usize)?;
            resize(vm, list, total)?;
            let items = items_addr(vm, list);
            repeat_in_place(vm, items, count, times as usize);
        }
    }
    Ok(vm.incref(list))
}

/// Repeats the first `count` references of an array, which counts each of them once already.
fn repeat_in_place(vm: &mut Vm, items: Addr, count: usize, times: usize) {
    for i in 0..count as u64 {
        let item = vm.field(items, 8 * i);
        vm.incref_many(item, times as u64 - 1);
    }
    for i in count..count * times {
        let word = vm.word(items, 8 * (i - count) as u64);
        vm.set_word(items, 8 * i as u64, word);
    }
}

fn inplace_concat(vm: &mut Vm, list: Addr, other: Addr) -> PyResult<Own> {
    extend(vm, list, other)?;
    Ok(vm.incref(list))
}

fn sq_item(vm: &mut Vm, list: Addr, i: isize) -> PyResult<Own> {
    if i < 0 || i as usize >= len(vm, list) {
        return Err(vm.index_error("list index out of range"));
    }
    Ok(vm.incref(item(vm, list, i as usize)))
}

fn contains(vm: &mut Vm, list: Addr, value: Addr) -> PyResult<bool> {
    let mut i = 0;
    while i < len(vm, list) {
        if item_equals(vm, item(vm, list, i), value)? {
            return Ok(true);
        }
        i += 1;
    }
    Ok(false)
}
