//! `range`: start, stop, step and length, ints of any size. CPython: `rangeobject`, Objects/rangeobject.c.

use super::{
    CompareOp, Member, MemberKind, Method, NONE, Slots, TypeSpec, alloc, flags, index, int,
    range_iterator, slice,
    text::{self, Text},
    tuple, types,
};
use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Vm};
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::Zero;

/// Offset of `start`.
pub const START: u64 = 16;
/// Offset of `stop`.
pub const STOP: u64 = 24;
/// Offset of `step`.
pub const STEP: u64 = 32;
/// Offset of `length`, an int object.
pub const LENGTH: u64 = 40;

/// `range`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 48,
    flags: flags::SEQUENCE,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(dealloc);
        slots.references = Some(|vm, range, visit| {
            super::iterator::visit_fields(vm, range, &[START, STOP, STEP, LENGTH], visit);
        });
        slots.repr = Some(repr);
        slots.hash = Some(hash);
        slots.richcompare = Some(richcompare);
        slots.iter = Some(range_iterator::iter);
        slots.new = Some(new_slot);
        slots.bool = Some(|vm, range| vm.is_true(vm.field(range, LENGTH)));
        slots.sq_length = Some(len);
        slots.sq_item = Some(sq_item);
        slots.sq_contains = Some(contains);
        slots.mp_length = Some(len);
        slots.mp_subscript = Some(subscript);
    },
    methods: &[
        Method::new("__reversed__", "()", reversed),
        Method::new("__reduce__", "()", reduce),
        Method::new("count", "(value, /)", count),
        Method::new("index", "(value, /)", find),
    ],
    members: &[
        member("start", START),
        member("stop", STOP),
        member("step", STEP),
    ],
    doc: Some(
        "range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\n\
         Return an object that produces a sequence of integers from start (inclusive)\n\
         to stop (exclusive) by step.  range(i, j) produces i, i+1, i+2, ..., j-1.\n\
         start defaults to 0, and stop is omitted!  range(4) produces 0, 1, 2, 3.\n\
         These are exactly the valid indices for a list of 4 elements.\n\
         When step is given, it specifies the increment (or decrement).",
    ),
    ..TypeSpec::new(types::RANGE, "range")
};

const fn member(name: &'static str, offset: u64) -> Member {
    Member {
        name,
        kind: MemberKind::Object,
        offset: offset as u32,
        writable: false,
    }
}

/// Start, step and length, where they are small enough for machine arithmetic; so is every item then.
pub fn small(vm: &Vm, range: Addr) -> Option<(i64, i64, i64)> {
    let field = |offset| int::as_i64(vm, vm.field(range, offset));
    let (start, step, length) = (field(START)?, field(STEP)?, field(LENGTH)?);
    let end = step.checked_mul(length)?;
    start.checked_add(end)?;
    Some((start, step, length))
}

/// The value of a field as a big integer.
fn big(vm: &Vm, range: Addr, offset: u64) -> BigInt {
    int::to_big(vm, vm.field(range, offset))
}

/// How many items there are; `step` is not 0.
fn length_small(start: i64, stop: i64, step: i64) -> u64 {
    let (low, high) = if step > 0 {
        (start, stop)
    } else {
        (stop, start)
    };
    if low >= high {
        return 0;
    }
    (high.wrapping_sub(low) as u64 - 1) / step.unsigned_abs() + 1
}

fn length_big(start: &BigInt, stop: &BigInt, step: &BigInt) -> BigInt {
    let distance = if step.sign() == Sign::Minus {
        start - stop
    } else {
        stop - start
    };
    if distance.sign() != Sign::Plus {
        return BigInt::zero();
    }
    (distance - 1) / BigInt::from(step.magnitude().clone()) + 1
}

/// `range(start, stop, step)`, taking over the references; `step` is not 0: `make_range_object`.
pub fn from_owned(vm: &mut Vm, start: Own, stop: Own, step: Own) -> PyResult<Own> {
    let [first, last, by] = [&start, &stop, &step].map(|part| int::as_i64(vm, part.addr()));
    let length = match (first, last, by) {
        (Some(first), Some(last), Some(by)) => int::from_u64(vm, length_small(first, last, by)),
        _ => {
            let [first, last, by] = [&start, &stop, &step].map(|part| int::to_big(vm, part.addr()));
            int::from_big(vm, &length_big(&first, &last, &by))
        }
    };
    let range = alloc::alloc_kept(vm, types::RANGE, |lists| &mut lists.range)?;
    vm.init_field(range.addr(), START, start);
    vm.init_field(range.addr(), STOP, stop);
    vm.init_field(range.addr(), STEP, step);
    vm.init_field(range.addr(), LENGTH, length);
    Ok(range)
}

fn new_slot(vm: &mut Vm, _class: Addr, args: Args) -> PyResult<Own> {
    index::no_keywords(vm, "range", args)?;
    index::check_positional(vm, "range", args.len(), 1, 3)?;
    if args.len() == 1 {
        let stop = vm.index(args.get(vm, 0))?;
        let (start, step) = (int::new(vm, 0), int::new(vm, 1));
        return from_owned(vm, start, stop, step);
    }
    let start = vm.index(args.get(vm, 0))?;
    let stop = vm.index(args.get(vm, 1))?;
    let step = match args.opt(vm, 2) {
        None => int::new(vm, 1),
        Some(step) => vm.index(step)?,
    };
    if int::as_i64(vm, step.addr()) == Some(0) {
        return Err(vm.value_error("range() arg 3 must not be zero"));
    }
    from_owned(vm, start, stop, step)
}

fn dealloc(vm: &mut Vm, range: Addr) {
    for field in [START, STOP, STEP, LENGTH] {
        let word = vm.word(range, field);
        vm.decref_word(word);
    }
    alloc::free_kept(vm, range, |lists| &mut lists.range);
}

fn len(vm: &mut Vm, range: Addr) -> PyResult<usize> {
    match int::as_i64(vm, vm.field(range, LENGTH)) {
        Some(length) => Ok(length as usize),
        None => Err(vm.overflow_error("Python int too large to convert to C ssize_t")),
    }
}

/// Item `i`, which may lie outside: `compute_item`.
fn item(vm: &mut Vm, range: Addr, i: &BigInt) -> Own {
    let value = big(vm, range, START) + i * big(vm, range, STEP);
    int::from_big(vm, &value)
}

fn out_of_range(vm: &mut Vm) -> crate::python::vm::Raised {
    vm.index_error("range object index out of range")
}

fn sq_item(vm: &mut Vm, range: Addr, i: isize) -> PyResult<Own> {
    if let Some((start, step, length)) = small(vm, range) {
        if i < 0 || i as i64 >= length {
            return Err(out_of_range(vm));
        }
        return Ok(int::new(vm, start + i as i64 * step));
    }
    big_item(vm, range, BigInt::from(i))
}

/// Item `i`, counted from the end when negative.
fn big_item(vm: &mut Vm, range: Addr, i: BigInt) -> PyResult<Own> {
    let length = big(vm, range, LENGTH);
    let i = if i.sign() == Sign::Minus {
        i + &length
    } else {
        i
    };
    if i.sign() == Sign::Minus || i >= length {
        return Err(out_of_range(vm));
    }
    Ok(item(vm, range, &i))
}

fn subscript(vm: &mut Vm, range: Addr, key: Addr) -> PyResult<Own> {
    if index::is_index(vm, key) {
        let i = vm.index(key)?;
        let value = int::as_i64(vm, i.addr());
        let result = match (small(vm, range), value) {
            (Some((start, step, length)), Some(i)) => {
                let i = if i < 0 { i.saturating_add(length) } else { i };
                if i < 0 || i >= length {
                    Err(out_of_range(vm))
                } else {
                    Ok(int::new(vm, start + i * step))
                }
            }
            _ => {
                let i = int::to_big(vm, i.addr());
                big_item(vm, range, i)
            }
        };
        vm.decref(i);
        return result;
    }
    if vm.type_of(key) == types::SLICE {
        return sliced(vm, range, key);
    }
    let name = vm.type_name(key);
    Err(vm.type_error(format!(
        "range indices must be integers or slices, not {name}"
    )))
}

/// `range[start:stop:step]`: another range.
fn sliced(vm: &mut Vm, range: Addr, key: Addr) -> PyResult<Own> {
    let length = big(vm, range, LENGTH);
    let (start, stop, step) = slice::big_indices(vm, key, &length)?;
    let step = int::from_big(vm, &(big(vm, range, STEP) * step));
    let start = item(vm, range, &start);
    let stop = item(vm, range, &stop);
    from_owned(vm, start, stop, step)
}

fn repr(vm: &mut Vm, range: Addr) -> PyResult<Own> {
    let mut text = Text::new();
    text.push_str("range(");
    text::push_repr(vm, &mut text, vm.field(range, START))?;
    text.push_str(", ");
    text::push_repr(vm, &mut text, vm.field(range, STOP))?;
    if int::as_i64(vm, vm.field(range, STEP)) != Some(1) {
        text.push_str(", ");
        text::push_repr(vm, &mut text, vm.field(range, STEP))?;
    }
    text.push_str(")");
    text.finish(vm)
}

/// The hash of `(length, start, step)`, with `None` for what does not matter.
fn hash(vm: &mut Vm, range: Addr) -> PyResult<i64> {
    let (start, step, length) = (
        vm.field(range, START),
        vm.field(range, STEP),
        vm.field(range, LENGTH),
    );
    let parts = match int::as_i64(vm, length) {
        Some(0) => [length, NONE, NONE],
        Some(1) => [length, start, NONE],
        _ => [length, start, step],
    };
    let parts = tuple::new(vm, &parts);
    let hash = vm.hash(parts.addr())?;
    vm.decref(parts);
    Ok(hash)
}

fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    let wanted = match op {
        CompareOp::Eq => true,
        CompareOp::Ne => false,
        _ => return Ok(vm.not_implemented()),
    };
    if vm.type_of(left) != types::RANGE || vm.type_of(right) != types::RANGE {
        return Ok(vm.not_implemented());
    }
    let equal = equal(vm, left, right);
    Ok(vm.bool(equal == wanted))
}

fn equal(vm: &Vm, left: Addr, right: Addr) -> bool {
    let same = |offset| big(vm, left, offset) == big(vm, right, offset);
    if left == right {
        return true;
    }
    if !same(LENGTH) {
        return false;
    }
    match int::as_i64(vm, vm.field(left, LENGTH)) {
        Some(0) => true,
        Some(1) => same(START),
        _ => same(START) && same(STEP),
    }
}

/// Whether the object is an int whose value decides without comparing item by item.
fn is_plain_int(vm: &Vm, object: Addr) -> bool {
    matches!(vm.type_of(object), types::INT | types::BOOL)
}

/// Where an int stands in the range.
fn position(vm: &Vm, range: Addr, value: Addr) -> Option<BigInt> {
    if let (Some((start, step, length)), Some(value)) = (small(vm, range), int::as_i64(vm, value)) {
        let distance = value.checked_sub(start)?;
        let i = distance / step;
        return (distance % step == 0 && (0..length).contains(&i)).then(|| BigInt::from(i));
    }
    let distance = int::to_big(vm, value) - big(vm, range, START);
    let (i, rest) = distance.div_rem(&big(vm, range, STEP));
    let inside = rest.is_zero() && i.sign() != Sign::Minus && i < big(vm, range, LENGTH);
    inside.then_some(i)
}

fn contains(vm: &mut Vm, range: Addr, value: Addr) -> PyResult<bool> {
    if is_plain_int(vm, value) {
        return Ok(position(vm, range, value).is_some());
    }
    Ok(search(vm, range, value, true)?.1 > 0)
}

/// Compares item by item: where the first equal one stands, and how many there are.
fn search(vm: &mut Vm, range: Addr, value: Addr, first_only: bool) -> PyResult<(i64, i64)> {
    let iterator = vm.get_iter(range)?;
    let (mut at, mut i, mut found) = (-1, 0, 0);
    while let Some(item) = vm.iter_next(iterator.addr())? {
        let equal = vm.equal(item.addr(), value)?;
        vm.decref(item);
        if equal {
            found += 1;
            at = i;
            if first_only {
                break;
            }
        }
        i += 1;
    }
    vm.decref(iterator);
    Ok((at, found))
}

fn count(vm: &mut Vm, range: Addr, args: Args) -> PyResult<Own> {
    let value = args.get(vm, 0);
    let found = if is_plain_int(vm, value) {
        i64::from(position(vm, range, value).is_some())
    } else {
        search(vm, range, value, false)?.1
    };
    Ok(int::new(vm, found))
}

fn find(vm: &mut Vm, range: Addr, args: Args) -> PyResult<Own> {
    let value = args.get(vm, 0);
    if is_plain_int(vm, value) {
        return match position(vm, range, value) {
            Some(i) => Ok(int::from_big(vm, &i)),
            None => {
                let shown = vm.repr_text(value)?;
                Err(vm.value_error(format!("{shown} is not in range")))
            }
        };
    }
    match search(vm, range, value, true)? {
        (at, 1) => Ok(int::new(vm, at)),
        _ => Err(vm.value_error("sequence.index(x): x not in sequence")),
    }
}

fn reversed(vm: &mut Vm, range: Addr, _args: Args) -> PyResult<Own> {
    range_iterator::reversed(vm, range)
}

fn reduce(vm: &mut Vm, range: Addr, _args: Args) -> PyResult<Own> {
    let parts = [START, STOP, STEP].map(|field| vm.field(range, field));
    let arguments = tuple::new(vm, &parts);
    let class = vm.incref(types::RANGE);
    Ok(tuple::from_owned(vm, vec![class, arguments]))
}
