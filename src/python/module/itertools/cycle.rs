//! `itertools.cycle`. CPython: `cycleobject`.

use super::{iterator_slots, make, pickle};
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, Slots, TypeSpec, flags, index, int, list, str, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `it`, `NULL` once it is exhausted.
const ITERATOR: u64 = 16;
/// Offset of `saved`: the list of what it gave.
const SAVED: u64 = 24;
/// Offset of `index`: where in the list the next round stands.
const INDEX: u64 = 32;
/// Offset of `firstpass`: what the iterator gives is in the list already.
const FIRST_PASS: u64 = 40;

/// `itertools.cycle`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 48,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        iterator_slots!(slots, &[ITERATOR, SAVED], new_slot, next);
    },
    methods: &[
        Method::new("__reduce__", "()", reduce),
        Method::new("__setstate__", "(state, /)", setstate),
    ],
    doc: Some(
        "Return elements from the iterable until it is exhausted. Then repeat the sequence indefinitely.",
    ),
    ..TypeSpec::new(types::IT_CYCLE, "itertools.cycle")
};

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    index::refuse_keywords(vm, class, types::IT_CYCLE, "cycle", args)?;
    index::check_positional(vm, "cycle", args.len(), 1, 1)?;
    let iterator = vm.get_iter(args.get(vm, 0))?;
    let saved = list::new(vm);
    make(vm, class, [(ITERATOR, iterator), (SAVED, saved)])
}

fn next(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    let saved = vm.field(object, SAVED);
    if let Some(iterator) = vm.field(object, ITERATOR).some() {
        if let Some(item) = vm.iter_next(iterator)? {
            if vm.word(object, FIRST_PASS) == 0 {
                let kept = vm.incref(item.addr());
                list::append(vm, saved, kept)?;
            }
            return Ok(Some(item));
        }
        vm.set_field(object, ITERATOR, None);
    }
    let count = list::len(vm, saved);
    if count == 0 {
        return Ok(None);
    }
    let i = vm.word(object, INDEX) as usize % count;
    let following = if i + 1 >= count { 0 } else { i + 1 };
    vm.set_word(object, INDEX, following as u64);
    let item = list::item(vm, saved, i);
    Ok(Some(vm.incref(item)))
}

fn reduce(vm: &mut Vm, object: Addr, _args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    let saved = vm.field(object, SAVED);
    let (iterator, is_second) = match vm.field(object, ITERATOR).some() {
        Some(iterator) => (vm.incref(iterator), false),
        None => {
            let iterator = vm.get_iter(saved)?;
            let index = vm.word(object, INDEX) as i64;
            if index != 0 {
                let (name, index) = (str::intern(vm, "__setstate__"), int::new(vm, index));
                let result = vm.call_method(iterator.addr(), name.addr(), &[index.addr()])?;
                for part in [result, name, index] {
                    vm.decref(part);
                }
            }
            (iterator, true)
        }
    };
    let (saved, is_second) = (vm.incref(saved), vm.bool(is_second));
    let state = tuple::pair(vm, saved, is_second);
    Ok(pickle::reduced(vm, object, vec![iterator], Some(state)))
}

fn setstate(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    let state = args.get(vm, 0);
    let parts = pickle::items(vm, state, 2, 2)?;
    if !vm.has_flag(parts[0], flags::LIST_SUBCLASS) {
        let name = vm.type_name(parts[0]);
        return Err(vm.type_error(format!("argument 1 must be list, not {name}")));
    }
    let is_second = index::ssize(vm, parts[1])? != 0;
    let saved = vm.incref(parts[0]);
    vm.set_field(object, SAVED, Some(saved));
    vm.set_word(object, FIRST_PASS, u64::from(is_second));
    vm.set_word(object, INDEX, 0);
    Ok(vm.none())
}
