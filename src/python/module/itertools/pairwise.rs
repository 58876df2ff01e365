//! `itertools.pairwise`. CPython: `pairwiseobject`.

use super::{iterator_slots, make};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    NONE, OB_REFCNT, Slots, TypeSpec, flags, index, iterator, tuple, types,
};
use crate::python::version::Version;
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `it`, `NULL` at the end.
const ITERATOR: u64 = 16;
/// Offset of `old`: the item given last.
const OLD: u64 = 24;
/// Offset of `result`: a pair that is used again if nobody else holds it.
const RESULT: u64 = 32;

/// `itertools.pairwise`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 40,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        iterator_slots!(slots, &[ITERATOR, OLD, RESULT], new_slot, next);
        slots.dealloc = Some(|vm, object| iterator::dealloc_fields(vm, object, fields(vm)));
        slots.traverse = Some(|vm, object, visit| {
            iterator::visit_fields(vm, object, fields(vm), visit);
        });
    },
    doc: Some(
        "Return an iterator of overlapping pairs taken from the input iterator.\n\n    s -> (s0,s1), (s1,s2), (s2, s3), ...",
    ),
    ..TypeSpec::new(types::IT_PAIRWISE, "itertools.pairwise")
};

/// The references that it holds. Until 3.12 every pair is a new one.
fn fields(vm: &Vm) -> &'static [u64] {
    match vm.profile.version >= Version::V3_13 {
        true => &[ITERATOR, OLD, RESULT],
        false => &[ITERATOR, OLD],
    }
}

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    index::refuse_keywords(vm, class, types::IT_PAIRWISE, "pairwise", args)?;
    index::check_positional(vm, "pairwise", args.len(), 1, 1)?;
    let iterator = vm.get_iter(args.get(vm, 0))?;
    if vm.profile.version < Version::V3_13 {
        return make(vm, class, [(ITERATOR, iterator)]);
    }
    let result = tuple::new(vm, &[NONE, NONE]);
    make(vm, class, [(ITERATOR, iterator), (RESULT, result)])
}

fn next(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    let Some(iterator) = vm.field(object, ITERATOR).some() else {
        return Ok(None);
    };
    if vm.field(object, OLD).is_null() {
        let first = vm.iter_next(iterator)?;
        let ended = first.is_none();
        vm.set_field(object, OLD, first);
        if ended {
            vm.set_field(object, ITERATOR, None);
            return Ok(None);
        }
    }
    let (Some(iterator), Some(old)) = (
        vm.field(object, ITERATOR).some(),
        vm.field(object, OLD).some(),
    ) else {
        vm.set_field(object, OLD, None);
        return Ok(None);
    };
    let old = vm.incref(old);
    let Some(new) = vm.iter_next(iterator)? else {
        vm.set_field(object, ITERATOR, None);
        vm.set_field(object, OLD, None);
        vm.decref(old);
        return Ok(None);
    };
    let kept = vm.incref(new.addr());
    let result = fill(vm, object, old, new);
    vm.set_field(object, OLD, Some(kept));
    Ok(Some(result))
}

fn fill(vm: &mut Vm, object: Addr, old: Own, new: Own) -> Own {
    if vm.profile.version < Version::V3_13 {
        return tuple::pair(vm, old, new);
    }
    let pair = vm.field(object, RESULT);
    if vm.word(pair, OB_REFCNT) != 1 {
        return tuple::pair(vm, old, new);
    }
    let result = vm.incref(pair);
    let last_old = vm.replace_field(pair, tuple::ITEMS, Some(old));
    let last_new = vm.replace_field(pair, tuple::ITEMS + 8, Some(new));
    vm.xdecref(last_old);
    vm.xdecref(last_new);
    if !gc::is_tracked(vm, pair) {
        gc::track(vm, pair);
    }
    result
}
