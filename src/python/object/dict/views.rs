//! `dict.keys()`, `values()`, `items()` and the iterators. CPython: `_PyDictViewObject`, `dictiterobject`.

use super::{MA_USED, position_count};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    BinaryOp, Builder, CompareOp, GetSet, Method, NONE, Slots, TypeSpec, alloc, dict, flags, int,
    list, set, str, tuple, types,
};
use crate::python::vm::{PyResult, Vm};

/// Offset of the dict in a view and in an iterator.
const DICT: u64 = 16;
/// Offset of `di_used` in an iterator.
const USED: u64 = 24;
/// Offset of `di_pos`.
const POSITION: u64 = 32;
/// Offset of `di_result`: the pair that items are given in while nobody else holds it.
const RESULT: u64 = 40;
/// Offset of `len`: items still to come.
const REMAINING: u64 = 48;

const fn view(
    address: Addr,
    name: &'static str,
    slots: fn(&mut Slots),
    methods: &'static [Method],
) -> TypeSpec {
    TypeSpec {
        basicsize: 24,
        flags: flags::HAVE_GC,
        slots,
        methods,
        getset: VIEW_GETSET,
        ..TypeSpec::new(address, name)
    }
}

const fn iterator(address: Addr, name: &'static str) -> TypeSpec {
    TypeSpec {
        basicsize: 56,
        flags: flags::HAVE_GC,
        slots: iterator_slots,
        methods: ITERATOR_METHODS,
        ..TypeSpec::new(address, name)
    }
}

/// The views and iterators.
pub static SPECS: [TypeSpec; 9] = [
    view(types::DICT_KEYS, "dict_keys", keys_slots, SET_METHODS),
    view(
        types::DICT_VALUES,
        "dict_values",
        view_slots,
        VALUES_METHODS,
    ),
    view(types::DICT_ITEMS, "dict_items", items_slots, SET_METHODS),
    iterator(types::DICT_KEYITERATOR, "dict_keyiterator"),
    iterator(types::DICT_VALUEITERATOR, "dict_valueiterator"),
    iterator(types::DICT_ITEMITERATOR, "dict_itemiterator"),
    iterator(types::DICT_REVERSEKEYITERATOR, "dict_reversekeyiterator"),
    iterator(
        types::DICT_REVERSEVALUEITERATOR,
        "dict_reversevalueiterator",
    ),
    iterator(types::DICT_REVERSEITEMITERATOR, "dict_reverseitemiterator"),
];

static VIEW_GETSET: &[GetSet] = &[GetSet::read("mapping", |vm, view| {
    let dict = vm.field(view, DICT);
    crate::python::object::mappingproxy::new(vm, dict)
})];

static VALUES_METHODS: &[Method] = &[Method::new("__reversed__", "()", |vm, this, _| {
    reversed(vm, this)
})];

static SET_METHODS: &[Method] = &[
    Method::new("isdisjoint", "(other, /)", |vm, this, args| {
        let other = args.get(vm, 0);
        let iterator = vm.get_iter(other)?;
        while let Some(item) = vm.iter_next(iterator.addr())? {
            let found = vm.contains(this, item.addr())?;
            vm.decref(item);
            if found {
                vm.decref(iterator);
                return Ok(vm.bool(false));
            }
        }
        vm.decref(iterator);
        Ok(vm.bool(true))
    }),
    Method::new("__reversed__", "()", |vm, this, _| reversed(vm, this)),
];

static ITERATOR_METHODS: &[Method] = &[
    Method::new("__length_hint__", "()", |vm, this, _| {
        let dict = vm.field(this, DICT);
        let valid = !dict.is_null() && vm.word(this, USED) == vm.word(dict, MA_USED);
        let remaining = if valid { vm.word(this, REMAINING) } else { 0 };
        Ok(int::new(vm, remaining as i64))
    }),
    Method::new("__reduce__", "()", |vm, this, _| {
        let copy = copy_iterator(vm, this);
        let rest = list::from_iterable(vm, copy.addr())?;
        vm.decref(copy);
        let iter = vm.builtin("iter")?;
        let args = tuple::from_owned(vm, vec![rest]);
        Ok(tuple::from_owned(vm, vec![iter, args]))
    }),
];

/// A view of a dict: `ty` is `DICT_KEYS`, `DICT_VALUES` or `DICT_ITEMS`.
pub fn new_view(vm: &mut Vm, ty: Addr, dict: Addr) -> Own {
    let view = alloc::alloc_granted(vm, ty, 0);
    let dict = vm.incref(dict);
    vm.init_field(view.addr(), DICT, dict);
    gc::track(vm, view.addr());
    view
}

/// An iterator of one of the six types over a dict.
pub fn new_iterator(vm: &mut Vm, ty: Addr, dict: Addr) -> Own {
    let iterator = alloc::alloc_granted(vm, ty, 0);
    let it = iterator.addr();
    let held = vm.incref(dict);
    vm.init_field(it, DICT, held);
    let used = vm.word(dict, MA_USED);
    vm.set_word(it, USED, used);
    vm.set_word(it, REMAINING, used);
    let start = if is_reverse(ty) {
        position_count(vm, dict)
    } else {
        0
    };
    vm.set_word(it, POSITION, start as u64);
    if matches!(
        ty,
        types::DICT_ITEMITERATOR | types::DICT_REVERSEITEMITERATOR
    ) {
        let none = [vm.incref(NONE), vm.incref(NONE)];
        let pair = tuple::from_owned(vm, none.into());
        vm.init_field(it, RESULT, pair);
    }
    gc::track(vm, it);
    iterator
}

fn copy_iterator(vm: &mut Vm, it: Addr) -> Own {
    let (ty, dict) = (vm.type_of(it), vm.field(it, DICT));
    if dict.is_null() {
        let empty = dict::new(vm);
        let copy = new_iterator(vm, ty, empty.addr());
        vm.decref(empty);
        return copy;
    }
    let copy = new_iterator(vm, ty, dict);
    for offset in [USED, POSITION, REMAINING] {
        let word = vm.word(it, offset);
        vm.set_word(copy.addr(), offset, word);
    }
    copy
}

fn is_reverse(ty: Addr) -> bool {
    matches!(
        ty,
        types::DICT_REVERSEKEYITERATOR
            | types::DICT_REVERSEVALUEITERATOR
            | types::DICT_REVERSEITEMITERATOR
    )
}

/// `iter(dict)`
pub fn iter_keys(vm: &mut Vm, dict: Addr) -> PyResult<Own> {
    Ok(new_iterator(vm, types::DICT_KEYITERATOR, dict))
}

fn reversed(vm: &mut Vm, view: Addr) -> PyResult<Own> {
    let ty = match vm.type_of(view) {
        types::DICT_KEYS => types::DICT_REVERSEKEYITERATOR,
        types::DICT_VALUES => types::DICT_REVERSEVALUEITERATOR,
        _ => types::DICT_REVERSEITEMITERATOR,
    };
    let dict = vm.field(view, DICT);
    Ok(new_iterator(vm, ty, dict))
}

fn view_slots(slots: &mut Slots) {
    slots.dealloc = Some(dealloc_view);
    slots.traverse = Some(|vm, view, visit| visit(vm.field(view, DICT)));
    slots.repr = Some(repr);
    slots.iter = Some(|vm, view| {
        let ty = match vm.type_of(view) {
            types::DICT_KEYS => types::DICT_KEYITERATOR,
            types::DICT_VALUES => types::DICT_VALUEITERATOR,
            _ => types::DICT_ITEMITERATOR,
        };
        let dict = vm.field(view, DICT);
        Ok(new_iterator(vm, ty, dict))
    });
    slots.sq_length = Some(|vm, view| Ok(dict::len(vm, vm.field(view, DICT))));
}

fn keys_slots(slots: &mut Slots) {
    set_slots(slots);
    slots.sq_contains = Some(|vm, view, key| {
        let dict = vm.field(view, DICT);
        Ok(dict::get(vm, dict, key)?.is_some())
    });
}

fn items_slots(slots: &mut Slots) {
    set_slots(slots);
    slots.sq_contains = Some(|vm, view, item| {
        if !vm.has_flag(item, flags::TUPLE_SUBCLASS) || tuple::len(vm, item) != 2 {
            return Ok(false);
        }
        let (key, value) = (tuple::item(vm, item, 0), tuple::item(vm, item, 1));
        let dict = vm.field(view, DICT);
        let Some(found) = dict::get(vm, dict, key)? else {
            return Ok(false);
        };
        let found = vm.incref(found);
        let same = vm.equal(found.addr(), value)?;
        vm.decref(found);
        Ok(same)
    });
}

/// What key and item views share: they behave as sets.
fn set_slots(slots: &mut Slots) {
    view_slots(slots);
    slots.hash = Some(crate::python::object::object::hash_not_implemented);
    slots.richcompare = Some(richcompare);
    slots.binary[BinaryOp::And as usize] =
        Some(|vm, a, b| as_set_op(vm, a, b, "intersection_update"));
    slots.binary[BinaryOp::Or as usize] = Some(|vm, a, b| as_set_op(vm, a, b, "update"));
    slots.binary[BinaryOp::Xor as usize] =
        Some(|vm, a, b| as_set_op(vm, a, b, "symmetric_difference_update"));
    slots.binary[BinaryOp::Subtract as usize] =
        Some(|vm, a, b| as_set_op(vm, a, b, "difference_update"));
}

/// `set(a)` changed by one method with `b`.
fn as_set_op(vm: &mut Vm, left: Addr, right: Addr, method: &str) -> PyResult<Own> {
    let result = set::new(vm);
    set::update(vm, result.addr(), left)?;
    let method = str::intern(vm, method);
    let none = vm.call_method(result.addr(), method.addr(), &[right])?;
    vm.decref(method);
    vm.decref(none);
    Ok(result)
}

fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    let set_like = vm.type_check(right, types::SET)
        || vm.type_check(right, types::FROZENSET)
        || matches!(vm.type_of(right), types::DICT_KEYS | types::DICT_ITEMS);
    if !set_like {
        return Ok(vm.not_implemented());
    }
    let (left_len, right_len) = (vm.len(left)?, vm.len(right)?);
    let result = match op {
        CompareOp::Eq => left_len == right_len && all_contained(vm, left, right)?,
        CompareOp::Ne => left_len != right_len || !all_contained(vm, left, right)?,
        CompareOp::Lt => left_len < right_len && all_contained(vm, left, right)?,
        CompareOp::Le => left_len <= right_len && all_contained(vm, left, right)?,
        CompareOp::Gt => left_len > right_len && all_contained(vm, right, left)?,
        CompareOp::Ge => left_len >= right_len && all_contained(vm, right, left)?,
    };
    Ok(vm.bool(result))
}

fn all_contained(vm: &mut Vm, inner: Addr, outer: Addr) -> PyResult<bool> {
    let iterator = vm.get_iter(inner)?;
    while let Some(item) = vm.iter_next(iterator.addr())? {
        let found = vm.contains(outer, item.addr())?;
        vm.decref(item);
        if !found {
            vm.decref(iterator);
            return Ok(false);
        }
    }
    vm.decref(iterator);
    Ok(true)
}

fn dealloc_view(vm: &mut Vm, view: Addr) {
    gc::untrack(vm, view);
    vm.set_field(view, DICT, None);
    alloc::free(vm, view);
}

fn repr(vm: &mut Vm, view: Addr) -> PyResult<Own> {
    let name = vm.type_name(view);
    if !vm.repr_enter(view) {
        return Ok(str::new(vm, "..."));
    }
    let result = list::from_iterable(vm, view).and_then(|items| {
        let text = vm.repr(items.addr())?;
        vm.decref(items);
        let mut builder = Builder::new();
        builder.push_str(&name);
        builder.push_str("(");
        builder.push(vm, text.addr());
        builder.push_str(")");
        vm.decref(text);
        builder.finish(vm)
    });
    vm.repr_leave(view);
    result
}

fn iterator_slots(slots: &mut Slots) {
    slots.dealloc = Some(|vm, it| {
        gc::untrack(vm, it);
        vm.set_field(it, DICT, None);
        vm.set_field(it, RESULT, None);
        alloc::free(vm, it);
    });
    slots.traverse = Some(|vm, it, visit| {
        for offset in [DICT, RESULT] {
            if let Some(object) = vm.field(it, offset).some() {
                visit(object);
            }
        }
    });
    slots.iter = Some(|vm, it| Ok(vm.incref(it)));
    slots.iternext = Some(next);
}

fn next(vm: &mut Vm, it: Addr) -> PyResult<Option<Own>> {
    let dict = vm.field(it, DICT);
    if dict.is_null() {
        return Ok(None);
    }
    if vm.word(it, USED) != vm.word(dict, MA_USED) {
        vm.set_word(it, USED, u64::MAX);
        return Err(vm.runtime_error("dictionary changed size during iteration"));
    }
    let found = if is_reverse(vm.type_of(it)) {
        step_back(vm, it, dict)
    } else {
        step(vm, it, dict)
    };
    let Some((key, value)) = found else {
        vm.set_field(it, DICT, None);
        return Ok(None);
    };
    let remaining = vm.word(it, REMAINING);
    if remaining == 0 {
        vm.set_field(it, DICT, None);
        return Err(vm.runtime_error("dictionary keys changed during iteration"));
    }
    vm.set_word(it, REMAINING, remaining - 1);
    Ok(Some(match vm.type_of(it) {
        types::DICT_KEYITERATOR | types::DICT_REVERSEKEYITERATOR => vm.incref(key),
        types::DICT_VALUEITERATOR | types::DICT_REVERSEVALUEITERATOR => vm.incref(value),
        _ => pair(vm, it, key, value),
    }))
}

fn step(vm: &mut Vm, it: Addr, dict: Addr) -> Option<(Addr, Addr)> {
    let mut position = vm.word(it, POSITION) as usize;
    let found = dict::next(vm, dict, &mut position);
    vm.set_word(it, POSITION, position as u64);
    found
}

fn step_back(vm: &mut Vm, it: Addr, dict: Addr) -> Option<(Addr, Addr)> {
    let mut position = vm.word(it, POSITION) as usize;
    while position > 0 {
        position -= 1;
        let mut at = position;
        let found = dict::next(vm, dict, &mut at);
        if found.is_some() && at == position + 1 {
            vm.set_word(it, POSITION, position as u64);
            return found;
        }
    }
    None
}

/// The pair for an item; the last one is used again when the iterator alone holds it.
fn pair(vm: &mut Vm, it: Addr, key: Addr, value: Addr) -> Own {
    let (key, value) = (vm.incref(key), vm.incref(value));
    let last = vm.field(it, RESULT);
    if vm.refcount(last) != 1 {
        return tuple::from_owned(vm, vec![key, value]);
    }
    let result = vm.incref(last);
    let old_key = vm.replace_field(last, tuple::ITEMS, Some(key));
    let old_value = vm.replace_field(last, tuple::ITEMS + 8, Some(value));
    vm.xdecref(old_key);
    vm.xdecref(old_value);
    // The collector may have untracked the pair while it held only atoms.
    if !gc::is_tracked(vm, last) {
        gc::track(vm, last);
    }
    result
}
