//! The operators of `timedelta`. They work on microseconds as whole numbers of any size.

use super::timedelta::{self, check, value};
use crate::python::memory::{Addr, Own};
use crate::python::object::slots::BinaryFn;
use crate::python::object::{BinaryOp, Slots, float, int, str, tuple, types};
use crate::python::vm::{PyResult, Raised, Vm};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, Zero};

/// Fills the slots.
pub fn fill(slots: &mut Slots) {
    let rows: [(BinaryOp, BinaryFn); 6] = [
        (BinaryOp::Add, add),
        (BinaryOp::Subtract, subtract),
        (BinaryOp::Multiply, multiply),
        (BinaryOp::Remainder, remainder),
        (BinaryOp::FloorDivide, floor_divide),
        (BinaryOp::TrueDivide, true_divide),
    ];
    for (op, function) in rows {
        slots.binary[op as usize] = Some(function);
    }
    slots.divmod = Some(divmod);
    slots.negative = Some(negative);
    slots.positive = Some(positive);
    slots.absolute = Some(|vm, delta| match value(vm, delta).days < 0 {
        true => negative(vm, delta),
        false => positive(vm, delta),
    });
    slots.bool = Some(|vm, delta| Ok(value(vm, delta) != timedelta::Delta::ZERO));
}

fn negative(vm: &mut Vm, delta: Addr) -> PyResult<Own> {
    let value = value(vm, delta).negative();
    timedelta::new(vm, types::TIMEDELTA, value)
}

fn positive(vm: &mut Vm, delta: Addr) -> PyResult<Own> {
    let value = value(vm, delta);
    timedelta::new(vm, types::TIMEDELTA, value)
}

fn both(vm: &Vm, left: Addr, right: Addr) -> bool {
    check(vm, left) && check(vm, right)
}

fn add(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if !both(vm, left, right) {
        return Ok(vm.not_implemented());
    }
    let sum = value(vm, left).plus(value(vm, right));
    timedelta::new(vm, types::TIMEDELTA, sum)
}

fn subtract(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if !both(vm, left, right) {
        return Ok(vm.not_implemented());
    }
    let difference = value(vm, left).minus(value(vm, right));
    timedelta::new(vm, types::TIMEDELTA, difference)
}

fn microseconds(vm: &Vm, delta: Addr) -> BigInt {
    BigInt::from(value(vm, delta).in_microseconds())
}

fn multiply(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    let (delta, factor) = if check(vm, left) {
        (left, right)
    } else {
        (right, left)
    };
    if int::check(vm, factor) {
        let product = microseconds(vm, delta) * int::to_big(vm, factor);
        return timedelta::from_microseconds(vm, types::TIMEDELTA, &product);
    }
    if float::check(vm, factor) {
        let (above, below) = ratio(vm, factor)?;
        return nearest(vm, microseconds(vm, delta) * above, below);
    }
    Ok(vm.not_implemented())
}

fn true_divide(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if !check(vm, left) {
        return Ok(vm.not_implemented());
    }
    if check(vm, right) {
        let parts = [left, right].map(|delta| {
            let all = value(vm, delta).in_microseconds();
            int::from_i128(vm, all)
        });
        let quotient = int::true_divide(vm, parts[0].addr(), parts[1].addr())?;
        parts.into_iter().for_each(|part| vm.decref(part));
        return Ok(float::new(vm, quotient));
    }
    if float::check(vm, right) {
        let (above, below) = ratio(vm, right)?;
        return nearest(vm, microseconds(vm, left) * below, above);
    }
    if int::check(vm, right) {
        let divisor = int::to_big(vm, right);
        return nearest(vm, microseconds(vm, left), divisor);
    }
    Ok(vm.not_implemented())
}

fn floor_divide(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if !check(vm, left) || !(int::check(vm, right) || check(vm, right)) {
        return Ok(vm.not_implemented());
    }
    let divisor = match check(vm, right) {
        true => microseconds(vm, right),
        false => int::to_big(vm, right),
    };
    if divisor.is_zero() {
        return Err(by_zero(vm));
    }
    let quotient = microseconds(vm, left).div_floor(&divisor);
    if check(vm, right) {
        return int::try_from_big(vm, &quotient);
    }
    timedelta::from_microseconds(vm, types::TIMEDELTA, &quotient)
}

fn remainder(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if !both(vm, left, right) {
        return Ok(vm.not_implemented());
    }
    let divisor = microseconds(vm, right);
    if divisor.is_zero() {
        return Err(vm.division_by_zero(vm.profile.modulo_by_zero));
    }
    let rest = microseconds(vm, left).mod_floor(&divisor);
    timedelta::from_microseconds(vm, types::TIMEDELTA, &rest)
}

fn divmod(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if !both(vm, left, right) {
        return Ok(vm.not_implemented());
    }
    let divisor = microseconds(vm, right);
    if divisor.is_zero() {
        return Err(by_zero(vm));
    }
    let (quotient, rest) = microseconds(vm, left).div_mod_floor(&divisor);
    let quotient = int::try_from_big(vm, &quotient)?;
    let rest = timedelta::from_microseconds(vm, types::TIMEDELTA, &rest)?;
    Ok(tuple::pair(vm, quotient, rest))
}

#[cold]
fn by_zero(vm: &mut Vm) -> Raised {
    vm.division_by_zero("integer division or modulo by zero")
}

/// A difference of `above / below` microseconds, to the nearest, the even one of two: `divide_nearest`.
fn nearest(vm: &mut Vm, above: BigInt, below: BigInt) -> PyResult<Own> {
    if below.is_zero() {
        return Err(by_zero(vm));
    }
    let (above, below) = if below.is_negative() {
        (-above, -below)
    } else {
        (above, below)
    };
    let (mut quotient, rest) = above.div_mod_floor(&below);
    let twice = rest * 2;
    if twice > below || twice == below && quotient.is_odd() {
        quotient += 1;
    }
    timedelta::from_microseconds(vm, types::TIMEDELTA, &quotient)
}

/// `number.as_integer_ratio()`
fn ratio(vm: &mut Vm, number: Addr) -> PyResult<(BigInt, BigInt)> {
    let name = str::intern(vm, "as_integer_ratio");
    let ratio = vm.call_method(number, name.addr(), &[])?;
    vm.decref(name);
    if !tuple::check(vm, ratio.addr()) {
        let found = vm.type_name(ratio.addr());
        return Err(vm.type_error(format!(
            "unexpected return type from as_integer_ratio(): expected tuple, got '{found}'"
        )));
    }
    if tuple::len(vm, ratio.addr()) != 2 {
        return Err(vm.value_error("as_integer_ratio() must return a 2-tuple"));
    }
    let mut parts = [BigInt::zero(), BigInt::zero()];
    for (i, part) in parts.iter_mut().enumerate() {
        let item = tuple::item(vm, ratio.addr(), i);
        let index = vm.index(item)?;
        *part = int::to_big(vm, index.addr());
        vm.decref(index);
    }
    vm.decref(ratio);
    let [above, below] = parts;
    Ok((above, below))
}
