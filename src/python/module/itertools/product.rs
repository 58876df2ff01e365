//! `itertools.product`. CPython: `productobject`.

use super::{iterator_slots, make, new_words, pickle, put, reusable};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::index;
use crate::python::object::{Method, Slots, TypeSpec, alloc, flags, int, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `pools`: a tuple of tuples.
const POOLS: u64 = 16;
/// Offset of `indices`: one number per pool.
const INDICES: u64 = 24;
/// Offset of `result`: the tuple given last.
const RESULT: u64 = 32;
/// Offset of `stopped`.
const STOPPED: u64 = 40;

/// `itertools.product`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 48,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        iterator_slots!(slots, &[POOLS, RESULT], new_slot, next);
        slots.dealloc = Some(dealloc);
    },
    methods: &[
        Method::new("__sizeof__", "()", sizeof),
        Method::new("__reduce__", "()", reduce),
        Method::new("__setstate__", "(state, /)", setstate),
    ],
    doc: Some(
        "Cartesian product of input iterables.  Equivalent to nested for-loops.\n\n\
         For example, product(A, B) returns the same as:  ((x,y) for x in A for y in B).\n\
         The leftmost iterators are in the outermost for-loop, so the output tuples\n\
         cycle in a manner similar to an odometer (with the rightmost element changing\n\
         on every iteration).\n\n\
         To compute the product of an iterable with itself, specify the number\n\
         of repetitions with the optional repeat keyword argument. For example,\n\
         product(A, repeat=4) means the same as product(A, A, A, A).\n\n\
         product('ab', range(3)) --> ('a',0) ('a',1) ('a',2) ('b',0) ('b',1) ('b',2)\n\
         product((0,1), (0,1), (0,1)) --> (0,0,0) (0,0,1) (0,1,0) (0,1,1) (1,0,0) ...",
    ),
    ..TypeSpec::new(types::IT_PRODUCT, "itertools.product")
};

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let times = match args.keyword_count() {
        0 => 1,
        _ => {
            let [times] = args.bind::<1>(vm, "product", "(*iterables, repeat=1)")?;
            index::ssize(vm, times)?
        }
    };
    if times < 0 {
        return Err(vm.value_error("repeat argument cannot be negative"));
    }
    let given = if times == 0 { 0 } else { args.len() };
    let Some(count) = given
        .checked_mul(times as usize)
        .filter(|count| *count < 1 << 40)
    else {
        return Err(vm.overflow_error("repeat argument too large"));
    };
    let indices = new_words(vm, count)?;
    vm.heap.space.fill(indices, 8 * count, 0);
    let pools = match pools(vm, args, given, count) {
        Ok(pools) => pools,
        Err(raised) => {
            vm.heap.free(indices);
            return Err(raised);
        }
    };
    let object = make(vm, class, [(POOLS, pools)])?;
    vm.set_word(object.addr(), INDICES, indices.0);
    Ok(object)
}

/// The pools: each argument as a tuple, as often as it is repeated.
fn pools(vm: &mut Vm, args: Args, given: usize, count: usize) -> PyResult<Own> {
    let pools = tuple::filled_null(vm, count)?;
    for i in 0..count {
        let pool = if i < given {
            let iterable = args.get(vm, i);
            tuple::from_iterable(vm, iterable)?
        } else {
            vm.incref(tuple::item(vm, pools.addr(), i - given))
        };
        vm.init_field(pools.addr(), tuple::ITEMS + 8 * i as u64, pool);
    }
    Ok(pools)
}

fn next(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    if vm.word(object, STOPPED) != 0 {
        return Ok(None);
    }
    let (pools, indices) = (vm.field(object, POOLS), vm.field(object, INDICES));
    let count = tuple::len(vm, pools);
    if vm.field(object, RESULT).is_null() {
        let result = tuple::filled_null(vm, count)?;
        for i in 0..count {
            let pool = tuple::item(vm, pools, i);
            if tuple::len(vm, pool) == 0 {
                vm.set_word(object, STOPPED, 1);
                vm.decref(result);
                return Ok(None);
            }
            put(vm, result.addr(), i, pool, 0);
        }
        vm.init_field(object, RESULT, result);
    } else {
        let result = reusable(vm, object, RESULT)?;
        let mut i = count;
        loop {
            if i == 0 {
                vm.set_word(object, STOPPED, 1);
                return Ok(None);
            }
            i -= 1;
            let pool = tuple::item(vm, pools, i);
            let index = vm.word(indices, 8 * i as u64) + 1;
            let rolls_over = index as usize == tuple::len(vm, pool);
            let index = if rolls_over { 0 } else { index };
            vm.set_word(indices, 8 * i as u64, index);
            put(vm, result, i, pool, index as usize);
            if !rolls_over {
                break;
            }
        }
    }
    let result = vm.field(object, RESULT);
    Ok(Some(vm.incref(result)))
}

fn dealloc(vm: &mut Vm, object: Addr) {
    gc::untrack(vm, object);
    for field in [POOLS, RESULT] {
        let word = vm.word(object, field);
        vm.decref_word(word);
    }
    let indices = vm.field(object, INDICES);
    vm.heap.free(indices);
    alloc::free(vm, object);
}

fn sizeof(vm: &mut Vm, object: Addr, _args: Args) -> PyResult<Own> {
    let basicsize = i64::from(vm.type_data(vm.type_of(object)).basicsize);
    let count = tuple::len(vm, vm.field(object, POOLS)) as i64;
    Ok(int::new(vm, basicsize + 8 * count))
}

fn reduce(vm: &mut Vm, object: Addr, _args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    if vm.word(object, STOPPED) != 0 {
        let empty = tuple::new(vm, &[]);
        return Ok(pickle::reduced(vm, object, vec![empty], None));
    }
    let (class, pools) = (vm.incref(vm.type_of(object)), vm.field(object, POOLS));
    let mut parts = vec![class, vm.incref(pools)];
    if !vm.field(object, RESULT).is_null() {
        let count = tuple::len(vm, pools);
        parts.push(pickle::numbers(vm, vm.field(object, INDICES), count));
    }
    Ok(tuple::from_owned(vm, parts))
}

fn setstate(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    let pools = vm.field(object, POOLS);
    let count = tuple::len(vm, pools);
    let state = args.get(vm, 0);
    let given = pickle::indices(vm, state, count)?;
    let result = tuple::filled_null(vm, count)?;
    for (i, index) in given.into_iter().enumerate() {
        let pool = tuple::item(vm, pools, i);
        let size = tuple::len(vm, pool);
        if size == 0 {
            vm.set_word(object, STOPPED, 1);
            vm.decref(result);
            return Ok(vm.none());
        }
        let index = index.clamp(0, size as isize - 1) as usize;
        vm.set_word(vm.field(object, INDICES), 8 * i as u64, index as u64);
        put(vm, result.addr(), i, pool, index);
    }
    vm.set_field(object, RESULT, Some(result));
    Ok(vm.none())
}
