//! `enumerate`. CPython: `enumobject`, Objects/enumobject.c.

use super::{
    Method, NONE, OB_REFCNT, Slots, TypeSpec, alloc, class_getitem, flags, int, iterator, tuple,
    types,
};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Vm};
use num_bigint::BigInt;

/// Offset of `en_index`: the next number, while it fits.
const INDEX: u64 = 16;
/// Offset of `en_sit`: the iterator.
const ITERATOR: u64 = 24;
/// Offset of `en_result`: a pair that is used again if nobody else holds it.
const RESULT: u64 = 32;
/// Offset of `en_longindex`: the next number when it does not fit.
const LONG_INDEX: u64 = 40;

/// `enumerate`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 56,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, object| {
            iterator::dealloc_fields(vm, object, &[ITERATOR, RESULT, LONG_INDEX]);
        });
        slots.traverse = Some(|vm, object, visit| {
            iterator::visit_fields(vm, object, &[ITERATOR, RESULT, LONG_INDEX], visit);
        });
        slots.iter = Some(iterator::iter_self);
        slots.iternext = Some(next);
        slots.new = Some(new_slot);
    },
    methods: &[
        Method::new("__reduce__", "()", reduce),
        Method::class("__class_getitem__", "(object, /)", class_getitem::call),
    ],
    doc: Some(
        "Return an enumerate object.\n\n  iterable\n    an object supporting iteration\n\n\
         The enumerate object yields pairs containing a count (from start, which\n\
         defaults to zero) and a value yielded by the iterable argument.\n\n\
         enumerate is useful for obtaining an indexed list:\n    (0, seq[0]), (1, seq[1]), (2, seq[2]), ...",
    ),
    ..TypeSpec::new(types::ENUMERATE, "enumerate")
};

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let given = args.len() + args.keyword_count();
    if given == 0 {
        return Err(vm.type_error("enumerate() missing required argument 'iterable'"));
    }
    if given > 2 {
        return Err(vm.type_error(format!(
            "enumerate() takes at most 2 arguments ({given} given)"
        )));
    }
    let [iterable, start] = args.bind::<2>(vm, "enumerate", "(iterable, start=0)")?;
    let start = match start.some() {
        None => None,
        Some(start) => Some(vm.index(start)?),
    };
    let object = alloc::alloc(vm, class, 0)?;
    if let Some(start) = start {
        match int::as_i64(vm, start.addr()) {
            Some(small) if small < i64::MAX => {
                vm.set_word(object.addr(), INDEX, small as u64);
                vm.decref(start);
            }
            _ => {
                vm.set_word(object.addr(), INDEX, i64::MAX as u64);
                vm.init_field(object.addr(), LONG_INDEX, start);
            }
        }
    }
    gc::track(vm, object.addr());
    let iterator = vm.get_iter(iterable)?;
    vm.init_field(object.addr(), ITERATOR, iterator);
    let pair = tuple::new(vm, &[NONE, NONE]);
    vm.init_field(object.addr(), RESULT, pair);
    Ok(object)
}

/// The next number, counted on.
fn count(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    let index = vm.word(object, INDEX) as i64;
    if index < i64::MAX {
        vm.set_word(object, INDEX, (index + 1) as u64);
        return Ok(int::new(vm, index));
    }
    let current = match Own::from_word(vm.word(object, LONG_INDEX)) {
        Some(current) => current,
        None => int::new(vm, i64::MAX),
    };
    let following = int::to_big(vm, current.addr()) + BigInt::from(1);
    let following = int::from_big(vm, &following);
    vm.set_word(object, LONG_INDEX, following.into_addr().0);
    Ok(current)
}

fn next(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    let Some(item) = vm.iter_next(vm.field(object, ITERATOR))? else {
        return Ok(None);
    };
    let index = count(vm, object)?;
    let result = vm.field(object, RESULT);
    if vm.word(result, OB_REFCNT) == 1 {
        return Ok(Some(refill(vm, result, index, item)));
    }
    Ok(Some(tuple::pair(vm, index, item)))
}

/// Uses a pair again that only its iterator holds.
fn refill(vm: &mut Vm, pair: Addr, index: Own, item: Own) -> Own {
    let result = vm.incref(pair);
    let old_index = vm.replace_field(pair, tuple::ITEMS, Some(index));
    let old_item = vm.replace_field(pair, tuple::ITEMS + 8, Some(item));
    vm.xdecref(old_index);
    vm.xdecref(old_item);
    if !gc::is_tracked(vm, pair) {
        gc::track(vm, pair);
    }
    result
}

fn reduce(vm: &mut Vm, object: Addr, _args: Args) -> PyResult<Own> {
    let iterator = vm.incref(vm.field(object, ITERATOR));
    let index = match vm.field(object, LONG_INDEX).some() {
        Some(index) => vm.incref(index),
        None => {
            let index = vm.word(object, INDEX) as i64;
            int::new(vm, index)
        }
    };
    let arguments = tuple::from_owned(vm, vec![iterator, index]);
    let class = vm.incref(vm.type_of(object));
    Ok(tuple::from_owned(vm, vec![class, arguments]))
}
