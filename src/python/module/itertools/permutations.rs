//! `itertools.permutations`. CPython: `permutationsobject`.

use super::{iterator_slots, make, new_words, pickle, put, reusable};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::index;
use crate::python::object::{Method, NONE, Slots, TypeSpec, alloc, flags, int, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `pool`: a tuple.
const POOL: u64 = 16;
/// Offset of `indices`: one number per item of the pool.
const INDICES: u64 = 24;
/// Offset of `cycles`: one number per item of the result.
const CYCLES: u64 = 32;
/// Offset of `result`: the tuple given last.
const RESULT: u64 = 40;
/// Offset of `r`: the length of the results.
const LENGTH: u64 = 48;
/// Offset of `stopped`.
const STOPPED: u64 = 56;

/// `itertools.permutations`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 64,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        iterator_slots!(slots, &[POOL, RESULT], new_slot, next);
        slots.dealloc = Some(dealloc);
    },
    methods: &[
        Method::new("__sizeof__", "()", sizeof),
        Method::new("__reduce__", "()", reduce),
        Method::new("__setstate__", "(state, /)", setstate),
    ],
    doc: Some(
        "Return successive r-length permutations of elements in the iterable.\n\n\
         permutations(range(3), 2) --> (0,1), (0,2), (1,0), (1,2), (2,0), (2,1)",
    ),
    ..TypeSpec::new(types::IT_PERMUTATIONS, "itertools.permutations")
};

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let [iterable, r] = args.bind::<2>(vm, "permutations", "(iterable, r=None)")?;
    let pool = tuple::from_iterable(vm, iterable)?;
    let n = tuple::len(vm, pool.addr());
    let r = match r.some().filter(|r| *r != NONE) {
        None => n as isize,
        Some(r) if vm.has_flag(r, flags::LONG_SUBCLASS) => index::ssize(vm, r)?,
        Some(_) => return Err(vm.type_error("Expected int as r")),
    };
    if r < 0 {
        return Err(vm.value_error("r must be non-negative"));
    }
    let r = r as usize;
    let indices = new_words(vm, n)?;
    let cycles = match new_words(vm, r) {
        Ok(cycles) => cycles,
        Err(raised) => {
            vm.heap.free(indices);
            return Err(raised);
        }
    };
    for i in 0..n as u64 {
        vm.set_word(indices, 8 * i, i);
    }
    for i in 0..r as u64 {
        vm.set_word(cycles, 8 * i, (n as u64).wrapping_sub(i));
    }
    let object = make(vm, class, [(POOL, pool)])?;
    for (field, value) in [
        (INDICES, indices.0),
        (CYCLES, cycles.0),
        (LENGTH, r as u64),
        (STOPPED, u64::from(r > n)),
    ] {
        vm.set_word(object.addr(), field, value);
    }
    Ok(object)
}

fn next(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    if vm.word(object, STOPPED) != 0 {
        return Ok(None);
    }
    let pool = vm.field(object, POOL);
    let r = vm.word(object, LENGTH) as usize;
    if vm.field(object, RESULT).is_null() {
        let result = tuple::filled_null(vm, r)?;
        for i in 0..r {
            put(vm, result.addr(), i, pool, i);
        }
        vm.init_field(object, RESULT, result);
    } else {
        let result = if tuple::len(vm, pool) == 0 {
            Addr::NULL
        } else {
            reusable(vm, object, RESULT)?
        };
        let Some(i) = advance(vm, object) else {
            vm.set_word(object, STOPPED, 1);
            return Ok(None);
        };
        let indices = vm.field(object, INDICES);
        for k in i..r {
            let from = vm.word(indices, 8 * k as u64) as usize;
            put(vm, result, k, pool, from);
        }
    }
    let result = vm.field(object, RESULT);
    Ok(Some(vm.incref(result)))
}

/// Steps to the next permutation of the indices: the leftmost place that changed.
fn advance(vm: &mut Vm, object: Addr) -> Option<usize> {
    let n = tuple::len(vm, vm.field(object, POOL));
    let r = vm.word(object, LENGTH) as usize;
    let (indices, cycles) = (vm.field(object, INDICES), vm.field(object, CYCLES));
    for i in (0..r).rev() {
        let cycle = vm.word(cycles, 8 * i as u64) - 1;
        let words = vm.heap.space.units_mut::<u64>(indices, n);
        if cycle == 0 {
            words[i..].rotate_left(1);
            vm.set_word(cycles, 8 * i as u64, (n - i) as u64);
        } else {
            words.swap(i, n - cycle as usize);
            vm.set_word(cycles, 8 * i as u64, cycle);
            return Some(i);
        }
    }
    None
}

fn dealloc(vm: &mut Vm, object: Addr) {
    gc::untrack(vm, object);
    for field in [POOL, RESULT] {
        let word = vm.word(object, field);
        vm.decref_word(word);
    }
    for field in [INDICES, CYCLES] {
        let block = vm.field(object, field);
        vm.heap.free(block);
    }
    alloc::free(vm, object);
}

fn sizeof(vm: &mut Vm, object: Addr, _args: Args) -> PyResult<Own> {
    let basicsize = i64::from(vm.type_data(vm.type_of(object)).basicsize);
    let count = tuple::len(vm, vm.field(object, POOL)) as i64 + vm.word(object, LENGTH) as i64;
    Ok(int::new(vm, basicsize + 8 * count))
}

fn reduce(vm: &mut Vm, object: Addr, _args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    let (pool, r) = (vm.field(object, POOL), vm.word(object, LENGTH));
    let length = int::new(vm, r as i64);
    let (is_new, has_stopped) = (
        vm.field(object, RESULT).is_null(),
        vm.word(object, STOPPED) != 0,
    );
    if has_stopped && !is_new {
        let empty = tuple::new(vm, &[]);
        return Ok(pickle::reduced(vm, object, vec![empty, length], None));
    }
    let state = (!is_new).then(|| {
        let n = tuple::len(vm, pool);
        let indices = pickle::numbers(vm, vm.field(object, INDICES), n);
        let cycles = pickle::numbers(vm, vm.field(object, CYCLES), r as usize);
        tuple::pair(vm, indices, cycles)
    });
    let pool = vm.incref(pool);
    Ok(pickle::reduced(vm, object, vec![pool, length], state))
}

fn setstate(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    let state = args.get(vm, 0);
    let parts = pickle::items(vm, state, 2, 2)?;
    for (i, part) in parts.iter().enumerate() {
        if !vm.has_flag(*part, flags::TUPLE_SUBCLASS) {
            let (number, name) = (i + 1, vm.type_name(*part));
            return Err(vm.type_error(format!("argument {number} must be tuple, not {name}")));
        }
    }
    let pool = vm.field(object, POOL);
    let (n, r) = (tuple::len(vm, pool), vm.word(object, LENGTH) as usize);
    let indices = pickle::indices(vm, parts[0], n)?;
    let cycles = pickle::indices(vm, parts[1], r)?;
    for (i, index) in indices.into_iter().enumerate() {
        let index = index.clamp(0, n as isize - 1);
        vm.set_word(vm.field(object, INDICES), 8 * i as u64, index as u64);
    }
    if r > n {
        return Ok(vm.none());
    }
    let result = tuple::filled_null(vm, r)?;
    for (i, cycle) in cycles.into_iter().enumerate() {
        let cycle = cycle.clamp(1, (n - i) as isize);
        vm.set_word(vm.field(object, CYCLES), 8 * i as u64, cycle as u64);
        let from = vm.word(vm.field(object, INDICES), 8 * i as u64) as usize;
        put(vm, result.addr(), i, pool, from);
    }
    vm.set_field(object, RESULT, Some(result));
    Ok(vm.none())
}
