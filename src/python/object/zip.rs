//! `zip`. CPython: `zipobject`, Python/bltinmodule.c.

use super::{Method, NONE, OB_REFCNT, Slots, TRUE, TypeSpec, alloc, flags, iterator, tuple, types};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::version::Version;
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `tuplesize`: the number of iterators.
const SIZE: u64 = 16;
/// Offset of `ittuple`: the iterators.
const ITERATORS: u64 = 24;
/// Offset of `result`: a tuple that is used again if nobody else holds it.
const RESULT: u64 = 32;
/// Offset of `strict`.
const STRICT: u64 = 40;

/// `zip`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 48,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, zip| iterator::dealloc_fields(vm, zip, &[ITERATORS, RESULT]));
        slots.traverse = Some(|vm, zip, visit| {
            iterator::visit_fields(vm, zip, &[ITERATORS, RESULT], visit);
        });
        slots.iter = Some(iterator::iter_self);
        slots.iternext = Some(next);
        slots.new = Some(new_slot);
    },
    methods: &[
        Method::new("__reduce__", "()", reduce),
        Method::new("__setstate__", "(object, /)", setstate),
    ],
    doc: Some(
        "The zip object yields n-length tuples, where n is the number of iterables\n\
         passed as positional arguments to zip().  The i-th element in every tuple\n\
         comes from the i-th iterable argument to zip().  This continues until the\n\
         shortest argument is exhausted.\n\n\
         If strict is true and one of the arguments is exhausted before the others,\n\
         raise a ValueError.\n\n   >>> list(zip('abcdefg', range(3), range(4)))\n   \
         [('a', 0, 0), ('b', 1, 1), ('c', 2, 2)]",
    ),
    ..TypeSpec::new(types::ZIP, "zip")
};

/// A tuple of iterators over positional arguments, from `first` on.
pub fn iterators(vm: &mut Vm, args: Args, first: usize) -> PyResult<Own> {
    let mut iterators = Vec::with_capacity(args.len() - first.min(args.len()));
    for i in first..args.len() {
        let iterable = args.get(vm, i);
        iterators.push(vm.get_iter(iterable)?);
    }
    Ok(tuple::from_owned(vm, iterators))
}

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    if args.keyword_count() > 0 && !vm.profile.zip_is_strict {
        return Err(vm.type_error("zip() takes no keyword arguments"));
    }
    if args.keyword_count() > 1 {
        let given = args.keyword_count();
        let message = format!("zip() takes at most 1 keyword argument ({given} given)");
        return Err(vm.type_error(message));
    }
    let [strict] = match args.keyword_count() {
        0 => [Addr::NULL],
        _ => args.bind::<1>(vm, "zip", "(*iterables, strict=False)")?,
    };
    let strict = match strict.some() {
        None => false,
        Some(strict) => vm.is_true(strict)?,
    };
    let iterators = iterators(vm, args, 0)?;
    let count = args.len();
    let result = tuple::filled(vm, NONE, count)?;
    let zip = alloc::alloc(vm, class, 0)?;
    vm.set_word(zip.addr(), SIZE, count as u64);
    vm.init_field(zip.addr(), ITERATORS, iterators);
    vm.init_field(zip.addr(), RESULT, result);
    set_strict(vm, zip.addr(), strict);
    gc::track(vm, zip.addr());
    Ok(zip)
}

fn next(vm: &mut Vm, zip: Addr) -> PyResult<Option<Own>> {
    let count = vm.word(zip, SIZE) as usize;
    if count == 0 {
        return Ok(None);
    }
    let reused = vm.field(zip, RESULT);
    let result = if vm.word(reused, OB_REFCNT) == 1 {
        vm.incref(reused)
    } else {
        tuple::filled_null(vm, count)?
    };
    let iterators = vm.field(zip, ITERATORS);
    for i in 0..count {
        let iterator = tuple::item(vm, iterators, i);
        let Some(item) = vm.iter_next(iterator)? else {
            vm.decref(result);
            return if !is_strict(vm, zip) {
                Ok(None)
            } else {
                check_lengths(vm, iterators, i, count)
            };
        };
        vm.set_field(result.addr(), tuple::ITEMS + 8 * i as u64, Some(item));
    }
    if !gc::is_tracked(vm, result.addr()) {
        gc::track(vm, result.addr());
    }
    Ok(Some(result))
}

/// `strict`: iterator `ended` is exhausted, so all must be.
fn check_lengths(
    vm: &mut Vm,
    iterators: Addr,
    ended: usize,
    count: usize,
) -> PyResult<Option<Own>> {
    let before = |i: usize| {
        if i == 1 {
            " 1".to_string()
        } else {
            format!("s 1-{i}")
        }
    };
    if ended > 0 {
        return Err(vm.value_error(format!(
            "zip() argument {} is shorter than argument{}",
            ended + 1,
            before(ended)
        )));
    }
    for i in 1..count {
        let iterator = tuple::item(vm, iterators, i);
        if let Some(item) = vm.iter_next(iterator)? {
            vm.decref(item);
            return Err(vm.value_error(format!(
                "zip() argument {} is longer than argument{}",
                i + 1,
                before(i)
            )));
        }
    }
    Ok(None)
}

/// Whether all iterators must end together; from 3.10 on.
fn is_strict(vm: &Vm, zip: Addr) -> bool {
    vm.profile.version >= Version::V3_10 && vm.word(zip, STRICT) != 0
}

fn set_strict(vm: &mut Vm, zip: Addr, strict: bool) {
    if vm.profile.version >= Version::V3_10 {
        vm.set_word(zip, STRICT, u64::from(strict));
    }
}

fn reduce(vm: &mut Vm, zip: Addr, _args: Args) -> PyResult<Own> {
    let (class, iterators) = (vm.type_of(zip), vm.field(zip, ITERATORS));
    Ok(if !is_strict(vm, zip) {
        tuple::new(vm, &[class, iterators])
    } else {
        tuple::new(vm, &[class, iterators, TRUE])
    })
}

fn setstate(vm: &mut Vm, zip: Addr, args: Args) -> PyResult<Own> {
    let state = args.get(vm, 0);
    let strict = vm.is_true(state)?;
    set_strict(vm, zip, strict);
    Ok(vm.none())
}
