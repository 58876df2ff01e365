//! `_bisect`: places in a sorted sequence. CPython: Modules/_bisectmodule.c.

use super::NativeModule;
use crate::python::memory::{Addr, Own};
use crate::python::object::index;
use crate::python::object::{CompareOp, Method, NONE, int, iterator, list, str, types};
use crate::python::vm::{Args, PyResult, Vm};

const SIGNATURE: &str = "(a, x, lo=0, hi=None, *, key=None)";

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "_bisect",
    methods: &[
        Method::new("bisect_right", SIGNATURE, |vm, _, args| {
            find(vm, args, Side::Right)
        }),
        Method::new("insort_right", SIGNATURE, |vm, _, args| {
            insert(vm, args, Side::Right)
        }),
        Method::new("bisect_left", SIGNATURE, |vm, _, args| {
            find(vm, args, Side::Left)
        }),
        Method::new("insort_left", SIGNATURE, |vm, _, args| {
            insert(vm, args, Side::Left)
        }),
    ],
    types: &[],
    init: |_, _| Ok(()),
};

/// Before or behind equal items.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// Where `value` belongs in the sequence that is the first argument.
fn place(vm: &mut Vm, args: Args, value: Addr, side: Side) -> PyResult<usize> {
    let sequence = args.get(vm, 0);
    let mut low = match args.opt(vm, 2) {
        None => 0,
        Some(low) => index::ssize(vm, low)?,
    };
    let high = match args.opt(vm, 3).filter(|high| *high != NONE) {
        None => -1,
        Some(high) => index::ssize(vm, high)?,
    };
    if low < 0 {
        return Err(vm.value_error("lo must be non-negative"));
    }
    let mut high = if high == -1 {
        vm.len(sequence)? as isize
    } else {
        high
    };
    let key = args.opt(vm, 4).filter(|key| *key != NONE);
    while low < high {
        let middle = ((low as usize + high as usize) / 2) as isize;
        let mut item = iterator::sequence_item(vm, sequence, middle)?;
        if let Some(key) = key {
            let made = vm.call(key, &[item.addr()])?;
            vm.decref(std::mem::replace(&mut item, made));
        }
        let goes_left = match side {
            Side::Right => vm.rich_compare_bool(value, item.addr(), CompareOp::Lt)?,
            Side::Left => !vm.rich_compare_bool(item.addr(), value, CompareOp::Lt)?,
        };
        vm.decref(item);
        if goes_left {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(low as usize)
}

fn find(vm: &mut Vm, args: Args, side: Side) -> PyResult<Own> {
    let value = args.get(vm, 1);
    let at = place(vm, args, value, side)?;
    Ok(int::new(vm, at as i64))
}

fn insert(vm: &mut Vm, args: Args, side: Side) -> PyResult<Own> {
    let (sequence, value) = (args.get(vm, 0), args.get(vm, 1));
    let at = match args.opt(vm, 4).filter(|key| *key != NONE) {
        None => place(vm, args, value, side)?,
        Some(key) => {
            let made = vm.call(key, &[value])?;
            let at = place(vm, args, made.addr(), side)?;
            vm.decref(made);
            at
        }
    };
    if vm.type_of(sequence) == types::LIST {
        list::insert(vm, sequence, at, value)?;
        return Ok(vm.none());
    }
    let at = int::new(vm, at as i64);
    let insert = str::intern(vm, "insert");
    let result = vm.call_method(sequence, insert.addr(), &[at.addr(), value])?;
    vm.decref(result);
    vm.decref(insert);
    vm.decref(at);
    Ok(vm.none())
}
