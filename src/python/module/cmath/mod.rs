//! `cmath`: functions of complex numbers. CPython: Modules/cmathmodule.c.

mod exponential;
mod inverse;
mod logarithm;
mod special;

use super::math::{domain_error, range_error};
use super::{NativeModule, add};
use crate::python::memory::{Addr, Own};
use crate::python::object::complex::{self, Value};
use crate::python::object::{Method, float, tuple};
use crate::python::vm::{Args, PyResult, Raised, Vm};

/// Half of the largest double's root, and what else the functions take care near.
const LARGE: f64 = f64::MAX / 4.0;
const LN_2: f64 = std::f64::consts::LN_2;

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Failure {
    Domain,
    Range,
}

type Function = fn(Value) -> Result<Value, Failure>;

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "cmath",
    methods: &[
        Method::new("acos", "(z, /)", |vm, _, args| {
            apply(vm, args, inverse::acos)
        }),
        Method::new("acosh", "(z, /)", |vm, _, args| {
            apply(vm, args, inverse::acosh)
        }),
        Method::new("asin", "(z, /)", |vm, _, args| {
            apply(vm, args, inverse::asin)
        }),
        Method::new("asinh", "(z, /)", |vm, _, args| {
            apply(vm, args, inverse::asinh)
        }),
        Method::new("atan", "(z, /)", |vm, _, args| {
            apply(vm, args, inverse::atan)
        }),
        Method::new("atanh", "(z, /)", |vm, _, args| {
            apply(vm, args, inverse::atanh)
        }),
        Method::new("cos", "(z, /)", |vm, _, args| {
            apply(vm, args, exponential::cos)
        }),
        Method::new("cosh", "(z, /)", |vm, _, args| {
            apply(vm, args, exponential::cosh)
        }),
        Method::new("exp", "(z, /)", |vm, _, args| {
            apply(vm, args, exponential::exp)
        }),
        Method::new("isclose", "(a, b, *, rel_tol=1e-09, abs_tol=0.0)", isclose),
        Method::new("isfinite", "(z, /)", |vm, _, args| {
            is(vm, args, |z| z.0.is_finite() && z.1.is_finite())
        }),
        Method::new("isinf", "(z, /)", |vm, _, args| {
            is(vm, args, |z| z.0.is_infinite() || z.1.is_infinite())
        }),
        Method::new("isnan", "(z, /)", |vm, _, args| {
            is(vm, args, |z| z.0.is_nan() || z.1.is_nan())
        }),
        Method::new("log", "(z, base=<unrepresentable>, /)", log),
        Method::new("log10", "(z, /)", |vm, _, args| {
            apply(vm, args, logarithm::log10)
        }),
        Method::new("phase", "(z, /)", phase),
        Method::new("polar", "(z, /)", polar),
        Method::new("rect", "(r, phi, /)", rect),
        Method::new("sin", "(z, /)", |vm, _, args| {
            apply(vm, args, exponential::sin)
        }),
        Method::new("sinh", "(z, /)", |vm, _, args| {
            apply(vm, args, exponential::sinh)
        }),
        Method::new("sqrt", "(z, /)", |vm, _, args| {
            apply(vm, args, logarithm::sqrt)
        }),
        Method::new("tan", "(z, /)", |vm, _, args| {
            apply(vm, args, exponential::tan)
        }),
        Method::new("tanh", "(z, /)", |vm, _, args| {
            apply(vm, args, exponential::tanh)
        }),
    ],
    types: &[],
    init,
};

fn init(vm: &mut Vm, module: Addr) -> PyResult<()> {
    let constants = [
        ("pi", std::f64::consts::PI),
        ("e", std::f64::consts::E),
        ("tau", std::f64::consts::TAU),
        ("inf", f64::INFINITY),
        ("nan", f64::NAN),
    ];
    for (name, value) in constants {
        let value = float::new(vm, value);
        add(vm, module, name, value);
    }
    for (name, imag) in [("infj", f64::INFINITY), ("nanj", f64::NAN)] {
        let value = complex::new(vm, (0.0, imag));
        add(vm, module, name, value);
    }
    Ok(())
}

fn raise(vm: &mut Vm, failure: Failure) -> Raised {
    match failure {
        Failure::Domain => domain_error(vm),
        Failure::Range => range_error(vm),
    }
}

fn argument(vm: &mut Vm, args: Args, i: usize) -> PyResult<Value> {
    complex::value_of(vm, args.get(vm, i))
}

fn apply(vm: &mut Vm, args: Args, function: Function) -> PyResult<Own> {
    let z = argument(vm, args, 0)?;
    let result = function(z).map_err(|failure| raise(vm, failure))?;
    Ok(complex::new(vm, result))
}

fn is(vm: &mut Vm, args: Args, test: fn(Value) -> bool) -> PyResult<Own> {
    let z = argument(vm, args, 0)?;
    Ok(vm.bool(test(z)))
}

/// `cmath.log(z[, base])`
fn log(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let z = argument(vm, args, 0)?;
    let mut result = logarithm::log(z).map_err(|failure| raise(vm, failure))?;
    if args.opt(vm, 1).is_some() {
        let base = argument(vm, args, 1)?;
        let base = logarithm::log(base).map_err(|failure| raise(vm, failure))?;
        result = complex::div(result, base).ok_or_else(|| domain_error(vm))?;
    }
    Ok(complex::new(vm, result))
}

/// `cmath.phase(z)`
fn phase(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (real, imag) = argument(vm, args, 0)?;
    Ok(float::new(vm, imag.atan2(real)))
}

/// `cmath.polar(z)`
fn polar(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let z = argument(vm, args, 0)?;
    let Some(length) = complex::abs(z) else {
        return Err(range_error(vm));
    };
    let (length, phase) = (float::new(vm, length), float::new(vm, z.1.atan2(z.0)));
    Ok(tuple::from_owned(vm, vec![length, phase]))
}

/// `cmath.rect(r, phi)`
fn rect(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (r, phi) = (
        vm.as_double(args.get(vm, 0))?,
        vm.as_double(args.get(vm, 1))?,
    );
    let result = exponential::rect(r, phi).map_err(|failure| raise(vm, failure))?;
    Ok(complex::new(vm, result))
}

/// `cmath.isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)`
fn isclose(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (a, b) = (argument(vm, args, 0)?, argument(vm, args, 1)?);
    let tolerance = |vm: &mut Vm, i, default| match args.opt(vm, i) {
        Some(object) => vm.as_double(object),
        None => Ok(default),
    };
    let (relative, absolute) = (tolerance(vm, 2, 1e-9)?, tolerance(vm, 3, 0.0)?);
    if relative < 0.0 || absolute < 0.0 {
        return Err(vm.value_error("tolerances must be non-negative"));
    }
    let infinite = |z: Value| z.0.is_infinite() || z.1.is_infinite();
    let length = |z| complex::abs(z).unwrap_or(f64::INFINITY);
    let close = if a == b {
        true
    } else if infinite(a) || infinite(b) {
        false
    } else {
        let distance = length((a.0 - b.0, a.1 - b.1));
        distance <= relative * length(b) || distance <= relative * length(a) || distance <= absolute
    };
    Ok(vm.bool(close))
}
