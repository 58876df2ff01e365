//! `itertools.groupby` and `itertools._grouper`. CPython: `groupbyobject`, `_grouperobject`.

use super::{iterator_slots, make, pickle};
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, NONE, Slots, TypeSpec, flags, iterator, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `it`.
const ITERATOR: u64 = 16;
/// Offset of `keyfunc`.
const KEY_FUNCTION: u64 = 24;
/// Offset of `tgtkey`: the key of the group given last.
const TARGET: u64 = 32;
/// Offset of `currkey`.
const KEY: u64 = 40;
/// Offset of `currvalue`.
const VALUE: u64 = 48;
/// Offset of `currgrouper`, borrowed: the group given last.
const GROUPER: u64 = 56;

/// Offset in a group of `parent`.
const PARENT: u64 = 16;
/// Offset in a group of `tgtkey`.
const GROUP_KEY: u64 = 24;

/// `itertools.groupby`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 72,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        iterator_slots!(
            slots,
            &[ITERATOR, KEY_FUNCTION, TARGET, KEY, VALUE],
            new_slot,
            next
        );
    },
    methods: &[
        Method::new("__reduce__", "()", reduce),
        Method::new("__setstate__", "(state, /)", setstate),
    ],
    doc: Some(
        "make an iterator that returns consecutive keys and groups from the iterable\n\n  iterable\n    \
         Elements to divide into groups according to the key function.\n  key\n    \
         A function for computing the group category for each element.\n    \
         If the key function is not specified or is None, the element itself\n    \
         is used for grouping.",
    ),
    ..TypeSpec::new(types::IT_GROUPBY, "itertools.groupby")
};

/// `itertools._grouper`
pub static GROUPER_SPEC: TypeSpec = TypeSpec {
    basicsize: 32,
    flags: flags::HAVE_GC,
    slots: |slots: &mut Slots| {
        iterator_slots!(slots, &[PARENT, GROUP_KEY], new_grouper, next_in_group);
    },
    methods: &[Method::new("__reduce__", "()", reduce_group)],
    ..TypeSpec::new(types::IT_GROUPER, "itertools._grouper")
};

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let [iterable, key] = args.bind::<2>(vm, "groupby", "(iterable, key=None)")?;
    let iterator = vm.get_iter(iterable)?;
    let key = vm.incref(key.some().unwrap_or(NONE));
    make(vm, class, [(ITERATOR, iterator), (KEY_FUNCTION, key)])
}

/// Reads the next value and its key; `false` at the end.
fn step(vm: &mut Vm, object: Addr) -> PyResult<bool> {
    let Some(value) = vm.iter_next(vm.field(object, ITERATOR))? else {
        return Ok(false);
    };
    let key_function = vm.field(object, KEY_FUNCTION);
    let key = if key_function == NONE {
        vm.incref(value.addr())
    } else {
        vm.call(key_function, &[value.addr()])?
    };
    let old_value = vm.replace_field(object, VALUE, Some(value));
    vm.set_field(object, KEY, Some(key));
    vm.xdecref(old_value);
    Ok(true)
}

fn next(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    vm.set_word(object, GROUPER, 0);
    // Skip what the last group left.
    loop {
        let (key, target) = (vm.field(object, KEY), vm.field(object, TARGET));
        if !key.is_null() && (target.is_null() || !equal_keys(vm, target, key)?) {
            break;
        }
        if !step(vm, object)? {
            return Ok(None);
        }
    }
    let key = vm.field(object, KEY);
    let target = vm.incref(key);
    vm.set_field(object, TARGET, Some(target));
    let group = make_group(vm, object, key)?;
    let key = vm.incref(vm.field(object, KEY));
    Ok(Some(tuple::pair(vm, key, group)))
}

/// `left == right`, holding both: comparing may move the iterator on.
fn equal_keys(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<bool> {
    let (left, right) = (vm.incref(left), vm.incref(right));
    let equal = vm.equal(left.addr(), right.addr())?;
    vm.decref(left);
    vm.decref(right);
    Ok(equal)
}

fn make_group(vm: &mut Vm, object: Addr, key: Addr) -> PyResult<Own> {
    let (parent, key) = (vm.incref(object), vm.incref(key));
    let group = make(vm, types::IT_GROUPER, [(PARENT, parent), (GROUP_KEY, key)])?;
    vm.set_word(object, GROUPER, group.addr().0);
    Ok(group)
}

fn new_grouper(vm: &mut Vm, _class: Addr, args: Args) -> PyResult<Own> {
    let [parent, key] = args.bind::<2>(vm, "_grouper", "(parent, tgtkey, /)")?;
    if !vm.type_check(parent, types::IT_GROUPBY) {
        let name = vm.type_name(parent);
        return Err(vm.type_error(format!(
            "_grouper() argument 1 must be itertools.groupby, not {name}"
        )));
    }
    make_group(vm, parent, key)
}

fn next_in_group(vm: &mut Vm, group: Addr) -> PyResult<Option<Own>> {
    let parent = vm.field(group, PARENT);
    if vm.field(parent, GROUPER) != group {
        return Ok(None);
    }
    if vm.field(parent, VALUE).is_null() && !step(vm, parent)? {
        return Ok(None);
    }
    let (target, key) = (vm.field(group, GROUP_KEY), vm.field(parent, KEY));
    if !equal_keys(vm, target, key)? {
        return Ok(None);
    }
    let value = vm.replace_field(parent, VALUE, None);
    vm.set_field(parent, KEY, None);
    Ok(value)
}

fn reduce(vm: &mut Vm, object: Addr, _args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    let state = pickle::fields(vm, object, &[KEY, VALUE, TARGET]);
    let state = match state.len() {
        3 => Some(tuple::from_owned(vm, state)),
        _ => {
            state.into_iter().for_each(|part| vm.decref(part));
            None
        }
    };
    let arguments = pickle::fields(vm, object, &[ITERATOR, KEY_FUNCTION]);
    Ok(pickle::reduced(vm, object, arguments, state))
}

fn setstate(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    let state = args.get(vm, 0);
    let parts = pickle::items(vm, state, 3, 3)?;
    for (field, part) in [KEY, VALUE, TARGET].into_iter().zip(parts) {
        let part = vm.incref(part);
        vm.set_field(object, field, Some(part));
    }
    Ok(vm.none())
}

/// A group that is over is told as an empty iterator.
fn reduce_group(vm: &mut Vm, group: Addr, _args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    if vm.field(vm.field(group, PARENT), GROUPER) != group {
        let empty = tuple::new(vm, &[]);
        return iterator::reduce_iter(vm, "iter", empty, None);
    }
    let arguments = pickle::fields(vm, group, &[PARENT, GROUP_KEY]);
    Ok(pickle::reduced(vm, group, arguments, None))
}
