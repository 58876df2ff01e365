//! `itertools.combinations` and `combinations_with_replacement`. CPython: `combinationsobject`, `cwrobject`.

use super::{iterator_slots, make, new_words, pickle, put, reusable};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::index;
use crate::python::object::{Method, Slots, TypeSpec, alloc, flags, int, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `pool`: a tuple.
const POOL: u64 = 16;
/// Offset of `indices`: one number per item of the result.
const INDICES: u64 = 24;
/// Offset of `result`: the tuple given last.
const RESULT: u64 = 32;
/// Offset of `r`: the length of the results.
const LENGTH: u64 = 40;
/// Offset of `stopped`.
const STOPPED: u64 = 48;

/// `itertools.combinations`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 56,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        let new = |vm: &mut Vm, class, args| new_slot(vm, class, args, false);
        iterator_slots!(slots, &[POOL, RESULT], new, next);
        slots.dealloc = Some(dealloc);
    },
    methods: &[
        Method::new("__sizeof__", "()", sizeof),
        Method::new("__reduce__", "()", reduce),
        Method::new("__setstate__", "(state, /)", |vm, object, args| {
            setstate(vm, object, args, |i, n, r| {
                i as isize + n as isize - r as isize
            })
        }),
    ],
    doc: Some(
        "Return successive r-length combinations of elements in the iterable.\n\n\
         combinations(range(4), 3) --> (0,1,2), (0,1,3), (0,2,3), (1,2,3)",
    ),
    ..TypeSpec::new(types::IT_COMBINATIONS, "itertools.combinations")
};

/// `itertools.combinations_with_replacement`
pub static REPLACEMENT_SPEC: TypeSpec = TypeSpec {
    basicsize: 56,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        let new = |vm: &mut Vm, class, args| new_slot(vm, class, args, true);
        iterator_slots!(slots, &[POOL, RESULT], new, next_with_replacement);
        slots.dealloc = Some(dealloc);
    },
    methods: &[
        Method::new("__sizeof__", "()", sizeof),
        Method::new("__reduce__", "()", reduce),
        Method::new("__setstate__", "(state, /)", |vm, object, args| {
            setstate(vm, object, args, |_, n, _| n as isize - 1)
        }),
    ],
    doc: Some(
        "Return successive r-length combinations of elements in the iterable allowing individual elements to have successive repeats.\n\n\
         combinations_with_replacement('ABC', 2) --> ('A','A'), ('A','B'), ('A','C'), ('B','B'), ('B','C'), ('C','C')",
    ),
    ..TypeSpec::new(
        types::IT_COMBINATIONS_WITH_REPLACEMENT,
        "itertools.combinations_with_replacement",
    )
};

fn new_slot(vm: &mut Vm, class: Addr, args: Args, replacement: bool) -> PyResult<Own> {
    let name = if replacement {
        "combinations_with_replacement"
    } else {
        "combinations"
    };
    let [iterable, r] = args.bind::<2>(vm, name, "(iterable, r)")?;
    let r = index::ssize(vm, r)?;
    let pool = tuple::from_iterable(vm, iterable)?;
    if r < 0 {
        return Err(vm.value_error("r must be non-negative"));
    }
    let (n, r) = (tuple::len(vm, pool.addr()), r as usize);
    let indices = new_words(vm, r)?;
    for i in 0..r as u64 {
        vm.set_word(indices, 8 * i, if replacement { 0 } else { i });
    }
    let stopped = if replacement { n == 0 && r > 0 } else { r > n };
    let object = make(vm, class, [(POOL, pool)])?;
    vm.set_word(object.addr(), INDICES, indices.0);
    vm.set_word(object.addr(), LENGTH, r as u64);
    vm.set_word(object.addr(), STOPPED, u64::from(stopped));
    Ok(object)
}

/// The first result, if none was given yet.
fn first(vm: &mut Vm, object: Addr) -> PyResult<bool> {
    if !vm.field(object, RESULT).is_null() {
        return Ok(false);
    }
    let (pool, indices) = (vm.field(object, POOL), vm.field(object, INDICES));
    let r = vm.word(object, LENGTH) as usize;
    let result = tuple::filled_null(vm, r)?;
    for i in 0..r {
        let from = vm.word(indices, 8 * i as u64) as usize;
        put(vm, result.addr(), i, pool, from);
    }
    vm.init_field(object, RESULT, result);
    Ok(true)
}

/// The rightmost index that is not at its last value, which `last(i)` says.
fn rightmost(vm: &Vm, object: Addr, last: impl Fn(usize) -> usize) -> Option<usize> {
    let indices = vm.field(object, INDICES);
    let r = vm.word(object, LENGTH) as usize;
    (0..r)
        .rev()
        .find(|i| vm.word(indices, 8 * *i as u64) as usize != last(*i))
}

fn stop(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    vm.set_word(object, STOPPED, 1);
    Ok(None)
}

fn give(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    let result = vm.field(object, RESULT);
    Ok(Some(vm.incref(result)))
}

fn next(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    if vm.word(object, STOPPED) != 0 {
        return Ok(None);
    }
    if !first(vm, object)? {
        let (pool, indices) = (vm.field(object, POOL), vm.field(object, INDICES));
        let (n, r) = (tuple::len(vm, pool), vm.word(object, LENGTH) as usize);
        let result = reusable(vm, object, RESULT)?;
        let Some(i) = rightmost(vm, object, |i| i + n - r) else {
            return stop(vm, object);
        };
        let index = vm.word(indices, 8 * i as u64) as usize + 1;
        for j in i..r {
            let index = index + (j - i);
            vm.set_word(indices, 8 * j as u64, index as u64);
            put(vm, result, j, pool, index);
        }
    }
    give(vm, object)
}

fn next_with_replacement(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    if vm.word(object, STOPPED) != 0 {
        return Ok(None);
    }
    if !first(vm, object)? {
        let (pool, indices) = (vm.field(object, POOL), vm.field(object, INDICES));
        let (n, r) = (tuple::len(vm, pool), vm.word(object, LENGTH) as usize);
        let result = reusable(vm, object, RESULT)?;
        let Some(i) = rightmost(vm, object, |_| n.saturating_sub(1)) else {
            return stop(vm, object);
        };
        let index = vm.word(indices, 8 * i as u64) as usize + 1;
        for j in i..r {
            vm.set_word(indices, 8 * j as u64, index as u64);
            put(vm, result, j, pool, index);
        }
    }
    give(vm, object)
}

fn dealloc(vm: &mut Vm, object: Addr) {
    gc::untrack(vm, object);
    for field in [POOL, RESULT] {
        let word = vm.word(object, field);
        vm.decref_word(word);
    }
    let indices = vm.field(object, INDICES);
    vm.heap.free(indices);
    alloc::free(vm, object);
}

fn sizeof(vm: &mut Vm, object: Addr, _args: Args) -> PyResult<Own> {
    let basicsize = i64::from(vm.type_data(vm.type_of(object)).basicsize);
    let count = vm.word(object, LENGTH) as i64;
    Ok(int::new(vm, basicsize + 8 * count))
}

fn reduce(vm: &mut Vm, object: Addr, _args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    let r = vm.word(object, LENGTH);
    let length = int::new(vm, r as i64);
    let (is_new, has_stopped) = (
        vm.field(object, RESULT).is_null(),
        vm.word(object, STOPPED) != 0,
    );
    if has_stopped && !is_new {
        let empty = tuple::new(vm, &[]);
        return Ok(pickle::reduced(vm, object, vec![empty, length], None));
    }
    let indices = vm.field(object, INDICES);
    let state = (!is_new).then(|| pickle::numbers(vm, indices, r as usize));
    let pool = vm.incref(vm.field(object, POOL));
    Ok(pickle::reduced(vm, object, vec![pool, length], state))
}

/// `most(i, n, r)` is the largest index that stands at place `i`.
fn setstate(
    vm: &mut Vm,
    object: Addr,
    args: Args,
    most: impl Fn(usize, usize, usize) -> isize,
) -> PyResult<Own> {
    pickle::warn(vm)?;
    let (pool, indices) = (vm.field(object, POOL), vm.field(object, INDICES));
    let (n, r) = (tuple::len(vm, pool), vm.word(object, LENGTH) as usize);
    let state = args.get(vm, 0);
    let given = pickle::indices(vm, state, r)?;
    if n == 0 && r > 0 {
        return Ok(vm.none());
    }
    let result = tuple::filled_null(vm, r)?;
    for (i, index) in given.into_iter().enumerate() {
        let index = index.min(most(i, n, r)).max(0) as usize;
        vm.set_word(indices, 8 * i as u64, index as u64);
        put(vm, result.addr(), i, pool, index);
    }
    vm.set_field(object, RESULT, Some(result));
    Ok(vm.none())
}
