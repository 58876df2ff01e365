//! Comparing, hashing and subtracting datetimes, whose zones have a say.

use super::timedelta::{self, Delta};
use super::{HASH, NO_HASH, data, date, datetime, zone};
use crate::python::memory::{Addr, Own};
use crate::python::object::{BinaryOp, CompareOp, Slots, str, types};
use crate::python::vm::{PyResult, Vm};
use std::cmp::Ordering;

/// Fills the slots.
pub fn fill(slots: &mut Slots) {
    slots.hash = Some(hash);
    slots.richcompare = Some(richcompare);
    slots.binary[BinaryOp::Add as usize] = Some(add);
    slots.binary[BinaryOp::Subtract as usize] = Some(subtract);
}

fn add(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    let (datetime, delta) = match datetime::check(vm, left) {
        true => (left, right),
        false => (right, left),
    };
    if !timedelta::check(vm, delta) {
        return Ok(vm.not_implemented());
    }
    let delta = timedelta::value(vm, delta);
    datetime::plus(vm, datetime, delta)
}

fn subtract(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if !datetime::check(vm, left) {
        return Ok(vm.not_implemented());
    }
    if datetime::check(vm, right) {
        let difference = difference(vm, left, right)?;
        return timedelta::new(vm, types::TIMEDELTA, difference);
    }
    if timedelta::check(vm, right) {
        let delta = timedelta::value(vm, right).negative();
        return datetime::plus(vm, left, delta);
    }
    Ok(vm.not_implemented())
}

/// What a datetime's zone says of its offset.
fn offset(vm: &mut Vm, datetime: Addr) -> PyResult<Option<Delta>> {
    let own_zone = datetime::tzinfo(vm, datetime);
    zone::offset(vm, own_zone, "utcoffset", datetime)
}

/// The time since the beginning of year 1, without any offset.
fn since_start(vm: &Vm, datetime: Addr) -> Delta {
    let clock = datetime::clock(vm, datetime);
    let days = date::day(vm, datetime).ordinal();
    Delta::of_parts(days, clock.seconds(), clock.microsecond)
}

/// `left - right`
///
/// # Errors
/// `TypeError` where only one of them has an offset.
pub fn difference(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Delta> {
    let mut difference = since_start(vm, left).minus(since_start(vm, right));
    if datetime::tzinfo(vm, left) != datetime::tzinfo(vm, right) {
        match (offset(vm, left)?, offset(vm, right)?) {
            (None, None) => {}
            (Some(left), Some(right)) => difference = difference.minus(left.minus(right)),
            _ => {
                return Err(vm.type_error("can't subtract offset-naive and offset-aware datetimes"));
            }
        }
    }
    Ok(difference)
}

fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    if !datetime::check(vm, right) {
        return compare_other(vm, left, right, op);
    }
    let bytes = |vm: &Vm| data::<10>(vm, left).cmp(&data::<10>(vm, right));
    if datetime::tzinfo(vm, left) == datetime::tzinfo(vm, right) {
        let ordering = bytes(vm);
        return Ok(vm.bool(op.holds(ordering)));
    }
    let (first, second) = (offset(vm, left)?, offset(vm, right)?);
    let is_equality = matches!(op, CompareOp::Eq | CompareOp::Ne);
    let ordering = match (first, second) {
        (first, second) if first == second => bytes(vm),
        (Some(_), Some(_)) => difference(vm, left, right)?.cmp(&Delta::ZERO),
        _ if is_equality => return Ok(vm.bool(op == CompareOp::Ne)),
        _ => {
            return Err(vm.type_error("can't compare offset-naive and offset-aware datetimes"));
        }
    };
    let depends = is_equality
        && ordering.is_eq()
        && (depends_on_fold(vm, left, first)? || depends_on_fold(vm, right, second)?);
    let ordering = if depends { Ordering::Greater } else { ordering };
    Ok(vm.bool(op.holds(ordering)))
}

/// A datetime is never a date; older versions refuse to say which is earlier.
fn compare_other(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    if vm.profile.dates.mixed_comparison_declines || !date::check(vm, right) {
        return Ok(vm.not_implemented());
    }
    match op {
        CompareOp::Eq => Ok(vm.bool(false)),
        CompareOp::Ne => Ok(vm.bool(true)),
        _ => {
            let (left, right) = (vm.tp_name(left), vm.tp_name(right));
            Err(vm.type_error(format!("can't compare {left} to {right}")))
        }
    }
}

/// Whether the other fold has another offset: such a time equals none in another zone. PEP 495.
fn depends_on_fold(vm: &mut Vm, datetime: Addr, offset_now: Option<Delta>) -> PyResult<bool> {
    let flipped = with_fold(vm, datetime, |fold| 1 - fold)?;
    let other = offset(vm, flipped.addr())?;
    vm.decref(flipped);
    Ok(other != offset_now)
}

fn with_fold(vm: &mut Vm, datetime: Addr, fold: fn(i64) -> i64) -> PyResult<Own> {
    let (day, mut clock) = (date::day(vm, datetime), datetime::clock(vm, datetime));
    clock.fold = fold(clock.fold);
    let (class, zone) = (vm.type_of(datetime), datetime::tzinfo(vm, datetime));
    datetime::new(vm, class, day, clock, zone)
}

/// That of the bytes, or of the time in UTC, without the fold.
fn hash(vm: &mut Vm, this: Addr) -> PyResult<i64> {
    if vm.word(this, HASH) == NO_HASH {
        let offset = match datetime::clock(vm, this).fold {
            0 => offset(vm, this)?,
            _ => {
                let unfolded = with_fold(vm, this, |_| 0)?;
                let offset = offset(vm, unfolded.addr())?;
                vm.decref(unfolded);
                offset
            }
        };
        let hash = match offset {
            None => str::hash_bytes(vm.profile.hash, &data::<10>(vm, this)),
            Some(offset) => {
                let time = since_start(vm, this).minus(offset);
                timedelta::hash_of(vm, time)?
            }
        };
        vm.set_word(this, HASH, hash as u64);
    }
    Ok(vm.word(this, HASH) as i64)
}
