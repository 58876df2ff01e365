//! `slice`. CPython: `PySliceObject`, Objects/sliceobject.c.

use super::{
    CompareOp, Member, MemberKind, Method, NONE, Slots, TypeSpec, alloc, flags, index, int,
    text::{self, Text},
    tuple, types,
};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Vm};
use num_bigint::{BigInt, Sign};
use num_traits::Zero;

/// Offset of `start`.
pub const START: u64 = 16;
/// Offset of `stop`.
pub const STOP: u64 = 24;
/// Offset of `step`.
pub const STEP: u64 = 32;

/// `slice`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 40,
    flags: flags::HAVE_GC,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(dealloc);
        slots.traverse = Some(|vm, slice, visit| {
            super::iterator::visit_fields(vm, slice, &[START, STOP, STEP], visit);
        });
        slots.repr = Some(repr);
        slots.hash = Some(hash);
        slots.richcompare = Some(richcompare);
        slots.new = Some(new_slot);
    },
    methods: &[
        Method::new("indices", "(object, /)", indices),
        Method::new("__reduce__", "()", reduce),
    ],
    members: &[
        member("start", START),
        member("stop", STOP),
        member("step", STEP),
    ],
    doc: Some(
        "slice(stop)\nslice(start, stop[, step])\n\nCreate a slice object.  This is used for extended slicing (e.g. a[0:10:2]).",
    ),
    ..TypeSpec::new(types::SLICE, "slice")
};

const fn member(name: &'static str, offset: u64) -> Member {
    Member {
        name,
        kind: MemberKind::ObjectOrNone,
        offset: offset as u32,
        writable: false,
    }
}

/// `slice(start, stop, step)`, taking over the references: `_PyBuildSlice_Consume2` and `PySlice_New`.
pub fn from_owned(vm: &mut Vm, start: Own, stop: Own, step: Own) -> Own {
    let slice = match vm.freelists.slice.pop() {
        Some(slice) => alloc::revive(vm, slice, types::SLICE),
        None => alloc::alloc_granted(vm, types::SLICE, 0),
    };
    vm.init_field(slice.addr(), START, start);
    vm.init_field(slice.addr(), STOP, stop);
    vm.init_field(slice.addr(), STEP, step);
    gc::track(vm, slice.addr());
    slice
}

/// `slice(start, stop, step)`; `NULL` stands for `None`.
pub fn new(vm: &mut Vm, start: Addr, stop: Addr, step: Addr) -> Own {
    let [start, stop, step] =
        [start, stop, step].map(|part| vm.incref(part.some().unwrap_or(NONE)));
    from_owned(vm, start, stop, step)
}

fn new_slot(vm: &mut Vm, _class: Addr, args: Args) -> PyResult<Own> {
    index::no_keywords(vm, "slice", args)?;
    index::check_positional(vm, "slice", args.len(), 1, 3)?;
    let parts = [args.get(vm, 0), args.get(vm, 1), args.get(vm, 2)];
    Ok(match args.len() {
        1 => new(vm, NONE, parts[0], NONE),
        _ => new(vm, parts[0], parts[1], parts[2]),
    })
}

fn dealloc(vm: &mut Vm, slice: Addr) {
    gc::untrack(vm, slice);
    for field in [STEP, START, STOP] {
        let word = vm.word(slice, field);
        vm.decref_word(word);
    }
    if !vm.freelists.slice.push(slice) {
        alloc::free(vm, slice);
    }
}

fn repr(vm: &mut Vm, slice: Addr) -> PyResult<Own> {
    let mut text = Text::new();
    for (before, field) in [("slice(", START), (", ", STOP), (", ", STEP)] {
        text.push_str(before);
        text::push_repr(vm, &mut text, vm.field(slice, field))?;
    }
    text.push_str(")");
    text.finish(vm)
}

/// The tuple hash of the three parts, as CPython has it since 3.12.
fn hash(vm: &mut Vm, slice: Addr) -> PyResult<i64> {
    const PRIME_1: u64 = 11_400_714_785_074_694_791;
    const PRIME_2: u64 = 14_029_467_366_897_019_727;
    const PRIME_5: u64 = 2_870_177_450_012_600_261;
    if !vm.profile.slices_have_hashes {
        return Err(vm.unhashable(slice));
    }
    let mut acc = PRIME_5;
    for field in [START, STOP, STEP] {
        let lane = vm.hash(vm.field(slice, field))? as u64;
        acc = acc.wrapping_add(lane.wrapping_mul(PRIME_2));
        acc = acc.rotate_left(31).wrapping_mul(PRIME_1);
    }
    Ok(if acc == u64::MAX {
        1_546_275_796
    } else {
        acc as i64
    })
}

fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    if vm.type_of(left) != types::SLICE || vm.type_of(right) != types::SLICE {
        return Ok(vm.not_implemented());
    }
    if left == right {
        return Ok(vm.bool(op.holds(std::cmp::Ordering::Equal)));
    }
    let [a, b] = [left, right].map(|slice| {
        let parts = [START, STOP, STEP].map(|field| vm.field(slice, field));
        tuple::new(vm, &parts)
    });
    let result = vm.rich_compare(a.addr(), b.addr(), op)?;
    vm.decref(a);
    vm.decref(b);
    Ok(result)
}

/// `slice.indices(length)`: for lengths of any size.
fn indices(vm: &mut Vm, slice: Addr, args: Args) -> PyResult<Own> {
    let length = args.get(vm, 0);
    let length = vm.index(length)?;
    let size = int::to_big(vm, length.addr());
    vm.decref(length);
    if size.sign() == Sign::Minus {
        return Err(vm.value_error("length should not be negative"));
    }
    let (start, stop, step) = big_indices(vm, slice, &size)?;
    let parts = [start, stop, step].map(|part| int::from_big(vm, &part));
    Ok(tuple::from_owned(vm, parts.into()))
}

/// Start, stop and step of a slice over a sequence of any length: `_PySlice_GetLongIndices`.
pub fn big_indices(
    vm: &mut Vm,
    slice: Addr,
    length: &BigInt,
) -> PyResult<(BigInt, BigInt, BigInt)> {
    let step = match vm.field(slice, STEP) {
        NONE => BigInt::from(1),
        step => big_bound(vm, step)?,
    };
    if step.is_zero() {
        return Err(vm.value_error("slice step cannot be zero"));
    }
    let backwards = step.sign() == Sign::Minus;
    let (lower, upper) = if backwards {
        (BigInt::from(-1), length - 1)
    } else {
        (BigInt::zero(), length.clone())
    };
    let mut bound = |field: u64, default: &BigInt| -> PyResult<BigInt> {
        let value = match vm.field(slice, field) {
            NONE => return Ok(default.clone()),
            value => big_bound(vm, value)?,
        };
        Ok(if value.sign() == Sign::Minus {
            (value + length).max(lower.clone())
        } else {
            value.min(upper.clone())
        })
    };
    let (first, last) = if backwards {
        (&upper, &lower)
    } else {
        (&lower, &upper)
    };
    let start = bound(START, first)?;
    let stop = bound(STOP, last)?;
    Ok((start, stop, step))
}

/// A bound of any size: `evaluate_slice_index`.
fn big_bound(vm: &mut Vm, value: Addr) -> PyResult<BigInt> {
    if !index::is_index(vm, value) {
        return Err(
            vm.type_error("slice indices must be integers or None or have an __index__ method")
        );
    }
    let number = vm.index(value)?;
    let big = int::to_big(vm, number.addr());
    vm.decref(number);
    Ok(big)
}

fn reduce(vm: &mut Vm, slice: Addr, _args: Args) -> PyResult<Own> {
    let parts = [START, STOP, STEP].map(|field| vm.field(slice, field));
    let arguments = tuple::new(vm, &parts);
    let class = vm.incref(types::SLICE);
    Ok(tuple::from_owned(vm, vec![class, arguments]))
}
