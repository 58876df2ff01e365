//! The parts of a float, and the floats beside it.

use super::{argument, range_error};
use crate::python::memory::{Addr, Own};
use crate::python::object::{NONE, float, int, tuple};
use crate::python::vm::{Args, PyResult, Vm};

/// `math.isnan(x)` and its siblings.
pub fn is(vm: &mut Vm, args: Args, test: fn(f64) -> bool) -> PyResult<Own> {
    let x = argument(vm, args, 0)?;
    Ok(vm.bool(test(x)))
}

/// `math.copysign(x, y)`
pub fn copysign(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (x, y) = (argument(vm, args, 0)?, argument(vm, args, 1)?);
    Ok(float::new(vm, x.copysign(y)))
}

/// `math.ceil(x)`
pub fn ceil(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let name = vm.names.__ceil__;
    rounded(vm, args, name, f64::ceil)
}

/// `math.floor(x)`
pub fn floor(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let name = vm.names.__floor__;
    rounded(vm, args, name, f64::floor)
}

fn rounded(vm: &mut Vm, args: Args, name: Addr, function: fn(f64) -> f64) -> PyResult<Own> {
    let object = args.get(vm, 0);
    let x = match float::exact(vm, object) {
        Some(x) => x,
        None => {
            if let Some(method) = vm.lookup_special(object, name)? {
                let result = vm.call(method.addr(), &[])?;
                vm.decref(method);
                return Ok(result);
            }
            vm.as_double(object)?
        }
    };
    int::from_f64(vm, function(x))
}

/// `math.trunc(x)`
pub fn trunc(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let object = args.get(vm, 0);
    if let Some(x) = float::exact(vm, object) {
        return int::from_f64(vm, x);
    }
    let name = vm.names.__trunc__;
    match vm.lookup_special(object, name)? {
        Some(method) => {
            let result = vm.call(method.addr(), &[])?;
            vm.decref(method);
            Ok(result)
        }
        None => {
            let name = vm.tp_name(object);
            Err(vm.type_error(format!("type {name} doesn't define __trunc__ method")))
        }
    }
}

/// `math.frexp(x)`
pub fn frexp(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let x = argument(vm, args, 0)?;
    let (fraction, exponent) = float::frexp(x);
    let (fraction, exponent) = (float::new(vm, fraction), int::new(vm, exponent));
    Ok(tuple::from_owned(vm, vec![fraction, exponent]))
}

/// `math.ldexp(x, i)`
pub fn ldexp(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (x, object) = (argument(vm, args, 0)?, args.get(vm, 1));
    if !int::check(vm, object) {
        return Err(vm.type_error("Expected an int as second argument to ldexp."));
    }
    let exponent = match int::as_i64(vm, object) {
        Some(exponent) => exponent.clamp(-1 << 32, 1 << 32),
        None => i64::from(int::sign(vm, object)) << 32,
    };
    if x == 0.0 || !x.is_finite() {
        return Ok(float::new(vm, x));
    }
    let result = float::ldexp(x, exponent);
    if result.is_infinite() {
        return Err(range_error(vm));
    }
    Ok(float::new(vm, result))
}

/// `math.modf(x)`
pub fn modf(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let x = argument(vm, args, 0)?;
    let whole = x.trunc();
    let fraction = if x.is_infinite() {
        0f64.copysign(x)
    } else {
        (x - whole).copysign(x)
    };
    let (fraction, whole) = (float::new(vm, fraction), float::new(vm, whole));
    Ok(tuple::from_owned(vm, vec![fraction, whole]))
}

/// `math.isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)`
pub fn isclose(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (a, b) = (argument(vm, args, 0)?, argument(vm, args, 1)?);
    let relative = if args.opt(vm, 2).is_some() {
        argument(vm, args, 2)?
    } else {
        1e-9
    };
    let absolute = if args.opt(vm, 3).is_some() {
        argument(vm, args, 3)?
    } else {
        0.0
    };
    if relative < 0.0 || absolute < 0.0 {
        return Err(vm.value_error("tolerances must be non-negative"));
    }
    let close = if a == b {
        true
    } else if a.is_infinite() || b.is_infinite() {
        false
    } else {
        let distance = (b - a).abs();
        distance <= (relative * b).abs() || distance <= (relative * a).abs() || distance <= absolute
    };
    Ok(vm.bool(close))
}

/// `math.nextafter(x, y, /, *, steps=None)`
pub fn nextafter(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (x, y, steps) = (
        argument(vm, args, 0)?,
        argument(vm, args, 1)?,
        args.get(vm, 2),
    );
    let steps = if steps.is_null() || steps == NONE {
        1
    } else {
        let index = vm.index(steps)?;
        if int::is_negative(vm, index.addr()) {
            return Err(vm.value_error("steps must be a non-negative integer"));
        }
        let steps = int::as_u64(vm, index.addr()).unwrap_or(u64::MAX);
        vm.decref(index);
        steps
    };
    Ok(float::new(vm, stepped(x, y, steps)))
}

/// The float `steps` further from `x` towards `y`.
fn stepped(x: f64, y: f64, steps: u64) -> f64 {
    if x.is_nan() || (steps == 0 && !y.is_nan()) {
        return x;
    }
    if y.is_nan() {
        return y;
    }
    if x == y {
        return y;
    }
    // Ordered as integers: negative floats below zero, one apart where the floats are neighbours.
    let rank = |x: f64| {
        let magnitude = i128::from(x.to_bits() & !(1 << 63));
        if x.is_sign_negative() {
            -magnitude
        } else {
            magnitude
        }
    };
    let (from, to, steps) = (rank(x), rank(y), i128::from(steps));
    let reached = if from < to {
        (from + steps).min(to)
    } else {
        (from - steps).max(to)
    };
    let magnitude = f64::from_bits(reached.unsigned_abs() as u64);
    if reached == to && (to != 0 || y == 0.0) {
        return y;
    }
    // Zero keeps the sign of the side that it was reached from.
    if reached < 0 || (reached == 0 && x < 0.0) {
        -magnitude
    } else {
        magnitude
    }
}

/// `math.ulp(x)`
pub fn ulp(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let x = argument(vm, args, 0)?.abs();
    let ulp = if !x.is_finite() {
        x
    } else if x == f64::MAX {
        x - x.next_down()
    } else {
        x.next_up() - x
    };
    Ok(float::new(vm, ulp))
}
