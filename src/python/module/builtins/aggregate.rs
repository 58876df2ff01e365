//! `sum`, `min`, `max`, `any`, `all`, `sorted`.

use crate::python::memory::{Addr, Own};
use crate::python::object::{self, BinaryOp, CompareOp, flags, float, int, list, types};
use crate::python::vm::{Args, PyResult, Vm};

pub(super) fn all(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    search(vm, args.get(vm, 0), false)
}

pub(super) fn any(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    search(vm, args.get(vm, 0), true)
}

/// Whether an item's truth is `wanted`, in the sense of `any`; `all` is the other way round.
fn search(vm: &mut Vm, iterable: Addr, wanted: bool) -> PyResult<Own> {
    let iterator = vm.get_iter(iterable)?;
    while let Some(item) = vm.iter_next(iterator.addr())? {
        let truth = vm.is_true(item.addr())?;
        vm.decref(item);
        if truth == wanted {
            vm.decref(iterator);
            return Ok(vm.bool(wanted));
        }
    }
    vm.decref(iterator);
    Ok(vm.bool(!wanted))
}

/// A running sum of floats with Neumaier's correction, as CPython has it since 3.12.
struct FloatSum {
    high: f64,
    low: f64,
    is_corrected: bool,
}

impl FloatSum {
    fn add(&mut self, x: f64) {
        let total = self.high + x;
        if !self.is_corrected {
            self.low = 0.0;
        } else if self.high.abs() >= x.abs() {
            self.low += (self.high - total) + x;
        } else {
            self.low += (x - total) + self.high;
        }
        self.high = total;
    }

    fn value(&self) -> f64 {
        if self.low != 0.0 && self.low.is_finite() {
            self.high + self.low
        } else {
            self.high
        }
    }
}

pub(super) fn sum(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let iterator = vm.get_iter(args.get(vm, 0))?;
    let mut total = match args.opt(vm, 1) {
        None => int::new(vm, 0),
        Some(start) => {
            let kind = if vm.has_flag(start, flags::UNICODE_SUBCLASS) {
                Some("strings [use ''.join(seq) instead]")
            } else if vm.has_flag(start, flags::BYTES_SUBCLASS) {
                Some("bytes [use b''.join(seq) instead]")
            } else if vm.type_check(start, types::BYTEARRAY) {
                Some("bytearray [use b''.join(seq) instead]")
            } else {
                None
            };
            if let Some(kind) = kind {
                return Err(vm.type_error(format!("sum() can't sum {kind}")));
            }
            vm.incref(start)
        }
    };
    let mut pending = None;
    if vm.type_of(total.addr()) == types::INT
        && let Some(start) = int::as_i64(vm, total.addr())
    {
        vm.decref(total);
        (total, pending) = sum_ints(vm, iterator.addr(), start)?;
    }
    if vm.type_of(total.addr()) == types::FLOAT {
        total = match pending.take() {
            Some(item) => {
                let sum = vm.binary_op(total.addr(), item.addr(), BinaryOp::Add)?;
                vm.decref(total);
                vm.decref(item);
                sum
            }
            None => total,
        };
    }
    if vm.type_of(total.addr()) == types::FLOAT {
        (total, pending) = sum_floats(vm, iterator.addr(), total)?;
    }
    loop {
        let item = match pending.take() {
            Some(item) => item,
            None => match vm.iter_next(iterator.addr())? {
                Some(item) => item,
                None => break,
            },
        };
        let next = vm.binary_op(total.addr(), item.addr(), BinaryOp::Add)?;
        vm.decref(total);
        vm.decref(item);
        total = next;
        if vm.type_of(total.addr()) == types::FLOAT {
            (total, pending) = sum_floats(vm, iterator.addr(), total)?;
        }
    }
    vm.decref(iterator);
    Ok(total)
}

/// Adds ints while they and the sum are small; returns the sum and the first item that is not.
fn sum_ints(vm: &mut Vm, iterator: Addr, start: i64) -> PyResult<(Own, Option<Own>)> {
    let mut total = start;
    while let Some(item) = vm.iter_next(iterator)? {
        let ty = vm.type_of(item.addr());
        let value = if ty == types::INT || ty == types::BOOL {
            int::as_i64(vm, item.addr())
        } else {
            None
        };
        match value.and_then(|value| total.checked_add(value)) {
            Some(sum) => {
                total = sum;
                vm.decref(item);
            }
            None => return Ok((int::new(vm, total), Some(item))),
        }
    }
    Ok((int::new(vm, total), None))
}

fn sum_floats(vm: &mut Vm, iterator: Addr, start: Own) -> PyResult<(Own, Option<Own>)> {
    let mut total = FloatSum {
        high: float::value(vm, start.addr()),
        low: 0.0,
        is_corrected: vm.profile.sums_are_corrected,
    };
    vm.decref(start);
    while let Some(item) = vm.iter_next(iterator)? {
        let ty = vm.type_of(item.addr());
        if ty == types::FLOAT {
            total.add(float::value(vm, item.addr()));
        } else if ty == types::INT
            && let Some(value) = int::as_i64(vm, item.addr())
        {
            total.add(value as f64);
        } else {
            return Ok((float::new(vm, total.value()), Some(item)));
        }
        vm.decref(item);
    }
    Ok((float::new(vm, total.value()), None))
}

pub(super) fn max(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    extreme(vm, args, "max", CompareOp::Gt)
}

pub(super) fn min(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    extreme(vm, args, "min", CompareOp::Lt)
}

fn extreme(vm: &mut Vm, args: Args, name: &str, op: CompareOp) -> PyResult<Own> {
    if args.is_empty() {
        return Err(vm.type_error(format!("{name} expected at least 1 argument, got 0")));
    }
    let [key, default] = args.bind(vm, name, "(*args, key=None, default=None)")?;
    let several = args.len() > 1;
    if several && !default.is_null() {
        return Err(vm.type_error(format!(
            "Cannot specify a default for {name}() with multiple positional arguments"
        )));
    }
    let key = key.some().filter(|key| *key != object::NONE);
    let mut best: Option<(Own, Own)> = None;
    let mut position = 0;
    let iterator = if several {
        None
    } else {
        Some(vm.get_iter(args.get(vm, 0))?)
    };
    loop {
        let item = match &iterator {
            Some(iterator) => vm.iter_next(iterator.addr())?,
            None => {
                let item = args.opt(vm, position);
                position += 1;
                item.map(|item| vm.incref(item))
            }
        };
        let Some(item) = item else { break };
        let value = match key {
            Some(key) => vm.call(key, &[item.addr()])?,
            None => vm.incref(item.addr()),
        };
        let better = match &best {
            None => true,
            Some((_, best_value)) => vm.rich_compare_bool(value.addr(), best_value.addr(), op)?,
        };
        let loser = if better {
            best.replace((item, value))
        } else {
            Some((item, value))
        };
        if let Some((item, value)) = loser {
            vm.decref(item);
            vm.decref(value);
        }
    }
    vm.xdecref(iterator);
    match best {
        Some((item, value)) => {
            vm.decref(value);
            Ok(item)
        }
        None if !default.is_null() => Ok(vm.incref(default)),
        None => Err(vm.value_error(format!("{name}() iterable argument is empty"))),
    }
}

pub(super) fn sorted(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let key = args
        .opt(vm, 1)
        .filter(|key| *key != object::NONE)
        .unwrap_or(Addr::NULL);
    let reverse = match args.opt(vm, 2) {
        Some(reverse) => vm.is_true(reverse)?,
        None => false,
    };
    let sorted = list::from_iterable(vm, args.get(vm, 0))?;
    // Its method `sort` is bound meanwhile.
    let bound = vm.heap.alloc(object::builtin_function::BLOCK_SIZE);
    let result = list::sort(vm, sorted.addr(), key, reverse);
    vm.heap.free(bound);
    result?;
    Ok(sorted)
}
