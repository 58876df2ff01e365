//! `itertools.batched`. CPython: `batchedobject`.

use super::{iterator_slots, make};
use crate::python::memory::{Addr, Own};
use crate::python::object::index;
use crate::python::object::{Slots, TypeSpec, flags, tuple, types};
use crate::python::version::Version;
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `it`, `NULL` at the end.
const ITERATOR: u64 = 16;
/// Offset of `batch_size`.
const SIZE: u64 = 24;
/// Offset of `strict`.
const STRICT: u64 = 32;

/// `itertools.batched`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 40,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        iterator_slots!(slots, &[ITERATOR], new_slot, next);
    },
    doc: Some(
        "Batch data into tuples of length n. The last batch may be shorter than n.\n\n\
         Loops over the input iterable and accumulates data into tuples\n\
         up to size n.  The input is consumed lazily, just enough to\nfill a batch.  The result is yielded as soon as a batch is full\n\
         or when the input iterable is exhausted.\n\n\
         If \"strict\" is True, raises a ValueError if the final batch is shorter\nthan n.",
    ),
    ..TypeSpec::new(types::IT_BATCHED, "itertools.batched")
};

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let [iterable, size, strict] =
        args.bind::<3>(vm, "batched", "(iterable, n, *, strict=False)")?;
    let size = index::ssize(vm, size)?;
    let strict = match strict.some() {
        None => false,
        Some(strict) => vm.is_true(strict)?,
    };
    if size < 1 {
        return Err(vm.value_error("n must be at least one"));
    }
    let iterator = vm.get_iter(iterable)?;
    let object = make(vm, class, [(ITERATOR, iterator)])?;
    vm.set_word(object.addr(), SIZE, size as u64);
    if vm.profile.version >= Version::V3_13 {
        vm.set_word(object.addr(), STRICT, u64::from(strict));
    }
    Ok(object)
}

fn next(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    let Some(iterator) = vm.field(object, ITERATOR).some() else {
        return Ok(None);
    };
    let size = vm.word(object, SIZE) as usize;
    let batch = tuple::filled_null(vm, size)?;
    let mut count = 0;
    while count < size {
        let Some(item) = vm.iter_next(iterator)? else {
            break;
        };
        vm.init_field(batch.addr(), tuple::ITEMS + 8 * count as u64, item);
        count += 1;
    }
    if count == size {
        return Ok(Some(batch));
    }
    vm.set_field(object, ITERATOR, None);
    if count == 0 {
        vm.decref(batch);
        return Ok(None);
    }
    if vm.profile.version >= Version::V3_13 && vm.word(object, STRICT) != 0 {
        vm.decref(batch);
        return Err(vm.value_error("batched(): incomplete batch"));
    }
    Ok(Some(tuple::resize(vm, batch, count)?))
}
