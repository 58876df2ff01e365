//! `odict_keys`, `odict_values`, `odict_items` and `odict_iterator`. CPython: `odictiterobject`.

use super::nodes;
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    Method, NONE, OB_REFCNT, Slots, TypeSpec, alloc, dict, flags, iterator, list, tuple, types,
};
use crate::python::vm::{Args, PyResult, Vm};

/// The iterator gives keys.
pub const KEYS: u64 = 1;
/// The iterator gives values; with [`KEYS`] pairs.
pub const VALUES: u64 = 2;
/// The iterator goes backwards.
pub const REVERSED: u64 = 4;

/// Offset of `kind`.
const KIND: u64 = 16;
/// Offset of `di_odict`, `NULL` at the end.
const ODICT: u64 = 24;
/// Offset of `di_size`.
const SIZE: u64 = 32;
/// Offset of `di_state`.
const START_STATE: u64 = 40;
/// Offset of `di_result`: a pair that is used again if nobody else holds it.
const RESULT: u64 = 48;
/// Offset of `di_current`: the key to give next.
const CURRENT: u64 = 56;

/// Offset in a view of its dict.
const VIEW_DICT: u64 = 16;

/// `odict_iterator`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 64,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, iterator| {
            iterator::dealloc_fields(vm, iterator, &[ODICT, CURRENT, RESULT]);
        });
        slots.traverse = Some(|vm, iterator, visit| {
            iterator::visit_fields(vm, iterator, &[ODICT, CURRENT, RESULT], visit);
        });
        slots.iter = Some(iterator::iter_self);
        slots.iternext = Some(next);
    },
    methods: &[Method::new("__reduce__", "()", reduce)],
    ..TypeSpec::new(types::ODICT_ITERATOR, "odict_iterator")
};

/// `odict_keys`
pub static KEYS_SPEC: TypeSpec = TypeSpec {
    base: types::DICT_KEYS,
    basicsize: 24,
    flags: flags::HAVE_GC,
    slots: |slots: &mut Slots| slots.iter = Some(|vm, view| over(vm, view, KEYS)),
    methods: &[Method::new("__reversed__", "()", |vm, view, _| {
        over(vm, view, KEYS | REVERSED)
    })],
    ..TypeSpec::new(types::ODICT_KEYS, "odict_keys")
};

/// `odict_values`
pub static VALUES_SPEC: TypeSpec = TypeSpec {
    base: types::DICT_VALUES,
    basicsize: 24,
    flags: flags::HAVE_GC,
    slots: |slots: &mut Slots| slots.iter = Some(|vm, view| over(vm, view, VALUES)),
    methods: &[Method::new("__reversed__", "()", |vm, view, _| {
        over(vm, view, VALUES | REVERSED)
    })],
    ..TypeSpec::new(types::ODICT_VALUES, "odict_values")
};

/// `odict_items`
pub static ITEMS_SPEC: TypeSpec = TypeSpec {
    base: types::DICT_ITEMS,
    basicsize: 24,
    flags: flags::HAVE_GC,
    slots: |slots: &mut Slots| slots.iter = Some(|vm, view| over(vm, view, KEYS | VALUES)),
    methods: &[Method::new("__reversed__", "()", |vm, view, _| {
        over(vm, view, KEYS | VALUES | REVERSED)
    })],
    ..TypeSpec::new(types::ODICT_ITEMS, "odict_items")
};

fn over(vm: &mut Vm, view: Addr, kind: u64) -> PyResult<Own> {
    let od = vm.field(view, VIEW_DICT);
    iter(vm, od, kind)
}

/// An iterator over an `OrderedDict`.
pub fn iter(vm: &mut Vm, od: Addr, kind: u64) -> PyResult<Own> {
    let iterator = alloc::alloc(vm, types::ODICT_ITERATOR, 0)?;
    let at = iterator.addr();
    if kind & KEYS != 0 && kind & VALUES != 0 {
        let result = tuple::new(vm, &[NONE, NONE]);
        vm.init_field(at, RESULT, result);
    }
    vm.set_word(at, KIND, kind);
    let end = if kind & REVERSED != 0 {
        nodes::LAST
    } else {
        nodes::FIRST
    };
    if let Some(node) = vm.field(od, end).some() {
        let key = vm.incref(nodes::key(vm, node));
        vm.init_field(at, CURRENT, key);
    }
    let (size, state) = (dict::len(vm, od) as u64, vm.word(od, nodes::STATE));
    vm.set_word(at, SIZE, size);
    vm.set_word(at, START_STATE, state);
    let od = vm.incref(od);
    vm.init_field(at, ODICT, od);
    gc::track(vm, at);
    Ok(iterator)
}

fn next_key(vm: &mut Vm, iterator: Addr) -> PyResult<Option<Own>> {
    let Some(od) = vm.field(iterator, ODICT).some() else {
        return Ok(None);
    };
    let Some(current) = vm.field(iterator, CURRENT).some() else {
        vm.set_field(iterator, ODICT, None);
        return Ok(None);
    };
    let broken = if vm.word(od, nodes::STATE) != vm.word(iterator, START_STATE) {
        Some("OrderedDict mutated during iteration")
    } else if dict::len(vm, od) as u64 != vm.word(iterator, SIZE) {
        Some("OrderedDict changed size during iteration")
    } else {
        None
    };
    if let Some(message) = broken {
        vm.set_field(iterator, ODICT, None);
        return Err(vm.runtime_error(message));
    }
    let hash = dict::hash_of(vm, current)?;
    let Some(node) = nodes::find(vm, od, current, hash)? else {
        let key = vm.replace_field(iterator, CURRENT, None);
        let raised = vm.key_error(current);
        vm.xdecref(key);
        return Err(raised);
    };
    let backwards = vm.word(iterator, KIND) & REVERSED != 0;
    let link = if backwards { nodes::PREV } else { nodes::NEXT };
    let following = vm.field(node, link).some();
    let following = following.map(|node| vm.incref(nodes::key(vm, node)));
    Ok(vm.replace_field(iterator, CURRENT, following))
}

fn next(vm: &mut Vm, iterator: Addr) -> PyResult<Option<Own>> {
    let od = vm.field(iterator, ODICT);
    let Some(key) = next_key(vm, iterator)? else {
        return Ok(None);
    };
    let kind = vm.word(iterator, KIND);
    if kind & VALUES == 0 {
        return Ok(Some(key));
    }
    let Some(value) = dict::get(vm, od, key.addr())? else {
        return Err(vm.key_error(key.addr()));
    };
    let value = vm.incref(value);
    if kind & KEYS == 0 {
        vm.decref(key);
        return Ok(Some(value));
    }
    let pair = vm.field(iterator, RESULT);
    if vm.word(pair, OB_REFCNT) != 1 {
        return Ok(Some(tuple::pair(vm, key, value)));
    }
    let result = vm.incref(pair);
    let old_key = vm.replace_field(pair, tuple::ITEMS, Some(key));
    let old_value = vm.replace_field(pair, tuple::ITEMS + 8, Some(value));
    vm.xdecref(old_key);
    vm.xdecref(old_value);
    if !gc::is_tracked(vm, pair) {
        gc::track(vm, pair);
    }
    Ok(Some(result))
}

/// `(iter, ([what is left],))`; the iterator itself stays where it is.
fn reduce(vm: &mut Vm, iterator: Addr, _args: Args) -> PyResult<Own> {
    let od = vm.field(iterator, ODICT);
    let rest = if od.is_null() {
        list::new(vm)
    } else {
        let kind = vm.word(iterator, KIND);
        let copy = iter(vm, od, kind)?;
        let current = vm.field(iterator, CURRENT).some();
        let current = current.map(|key| vm.incref(key));
        vm.set_field(copy.addr(), CURRENT, current);
        let rest = list::from_iterable(vm, copy.addr())?;
        vm.decref(copy);
        rest
    };
    iterator::reduce_iter(vm, "iter", rest, None)
}
