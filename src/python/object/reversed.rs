//! `reversed`. CPython: `reversedobject`, Objects/enumobject.c.

use super::{
    EMPTY_TUPLE, Method, NONE, Slots, TypeSpec, alloc, flags, index, int, iterator, tuple, types,
};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `index`: the item to give next, -1 at the end.
const INDEX: u64 = 16;
/// Offset of `seq`: the sequence, `NULL` at the end.
const SEQ: u64 = 24;

/// `reversed`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 32,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(iterator::dealloc_seq_24);
        slots.traverse = Some(iterator::traverse_seq_24);
        slots.iter = Some(iterator::iter_self);
        slots.iternext = Some(next);
        slots.new = Some(new_slot);
    },
    methods: &[
        Method::new("__length_hint__", "()", length_hint),
        Method::new("__reduce__", "()", reduce),
        Method::new("__setstate__", "(object, /)", setstate),
    ],
    doc: Some("Return a reverse iterator over the values of the given sequence."),
    ..TypeSpec::new(types::REVERSED, "reversed")
};

/// Whether items can be had by index: `PySequence_Check`.
pub fn is_sequence(vm: &Vm, object: Addr) -> bool {
    !vm.has_flag(object, flags::DICT_SUBCLASS) && vm.slots(object).sq_item.is_some()
}

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    index::refuse_keywords(vm, class, types::REVERSED, "reversed", args)?;
    index::check_positional(vm, "reversed", args.len(), 1, 1)?;
    let sequence = args.get(vm, 0);
    match vm.lookup_special(sequence, vm.names.__reversed__)? {
        Some(method) if method.addr() == NONE => {
            vm.decref(method);
            return Err(not_reversible(vm, sequence));
        }
        Some(method) => {
            let result = vm.call(method.addr(), &[])?;
            vm.decref(method);
            return Ok(result);
        }
        None => {}
    }
    if !is_sequence(vm, sequence) {
        return Err(not_reversible(vm, sequence));
    }
    let len = vm.len(sequence)?;
    let object = alloc::alloc(vm, class, 0)?;
    vm.set_word(object.addr(), INDEX, (len as u64).wrapping_sub(1));
    let sequence = vm.incref(sequence);
    vm.init_field(object.addr(), SEQ, sequence);
    gc::track(vm, object.addr());
    Ok(object)
}

fn not_reversible(vm: &mut Vm, sequence: Addr) -> crate::python::vm::Raised {
    let name = vm.type_name(sequence);
    vm.type_error(format!("'{name}' object is not reversible"))
}

fn next(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    let index = vm.word(object, INDEX) as isize;
    let Some(sequence) = vm.field(object, SEQ).some().filter(|_| index >= 0) else {
        return finish(vm, object);
    };
    match iterator::sequence_item(vm, sequence, index) {
        Ok(item) => {
            vm.set_word(object, INDEX, (index - 1) as u64);
            Ok(Some(item))
        }
        Err(_) if vm.raised_is(types::INDEX_ERROR) || vm.raised_is(types::STOP_ITERATION) => {
            vm.clear_raised();
            finish(vm, object)
        }
        Err(raised) => Err(raised),
    }
}

fn finish(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    vm.set_word(object, INDEX, u64::MAX);
    vm.set_field(object, SEQ, None);
    Ok(None)
}

fn length_hint(vm: &mut Vm, object: Addr, _args: Args) -> PyResult<Own> {
    let Some(sequence) = vm.field(object, SEQ).some() else {
        return Ok(int::new(vm, 0));
    };
    let len = vm.len(sequence)? as i64;
    let left = vm.word(object, INDEX) as i64 + 1;
    Ok(int::new(vm, if len < left { 0 } else { left }))
}

fn reduce(vm: &mut Vm, object: Addr, _args: Args) -> PyResult<Own> {
    let class = vm.incref(vm.type_of(object));
    let Some(sequence) = vm.field(object, SEQ).some() else {
        let arguments = tuple::new(vm, &[EMPTY_TUPLE]);
        return Ok(tuple::from_owned(vm, vec![class, arguments]));
    };
    let arguments = tuple::new(vm, &[sequence]);
    let index = vm.word(object, INDEX) as i64;
    let index = int::new(vm, index);
    Ok(tuple::from_owned(vm, vec![class, arguments, index]))
}

fn setstate(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    let state = args.get(vm, 0);
    let index = vm.index_value(state, types::OVERFLOW_ERROR)?;
    if let Some(sequence) = vm.field(object, SEQ).some() {
        let last = vm.len(sequence)? as isize - 1;
        vm.set_word(object, INDEX, index.min(last).max(-1) as u64);
    }
    Ok(vm.none())
}
