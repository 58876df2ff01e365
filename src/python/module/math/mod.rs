//! `math`: functions of real numbers. CPython: Modules/mathmodule.c.
//!
//! What C's library computes comes from Rust's standard library, which calls the same; what CPython computes
//! itself (`gamma`, `hypot`, `fsum`, `sumprod` …) is computed the same way here, to the last bit.

mod elementary;
mod exact;
mod floats;
mod integers;
mod norm;
mod special;
mod sums;

pub use elementary::{acosh, asinh, atanh};

use super::{NativeModule, add};
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, float};
use crate::python::version::Version;
use crate::python::vm::{Args, PyResult, Raised, Vm};

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "math",
    methods: &[
        Method::new("acos", "(x, /)", |vm, _, args| bounded(vm, args, f64::acos)),
        Method::new("acosh", "(x, /)", |vm, _, args| bounded(vm, args, acosh)),
        Method::new("asin", "(x, /)", |vm, _, args| bounded(vm, args, f64::asin)),
        Method::new("asinh", "(x, /)", |vm, _, args| bounded(vm, args, asinh)),
        Method::new("atan", "(x, /)", |vm, _, args| bounded(vm, args, f64::atan)),
        Method::new("atan2", "(y, x, /)", elementary::atan2),
        Method::new("atanh", "(x, /)", |vm, _, args| bounded(vm, args, atanh)),
        Method::new("cbrt", "(x, /)", |vm, _, args| bounded(vm, args, f64::cbrt)),
        Method::new("ceil", "(x, /)", floats::ceil),
        Method::new("copysign", "(x, y, /)", floats::copysign),
        Method::new("cos", "(x, /)", |vm, _, args| bounded(vm, args, f64::cos)),
        Method::new("cosh", "(x, /)", |vm, _, args| growing(vm, args, f64::cosh)),
        Method::new("degrees", "(x, /)", elementary::degrees),
        Method::new("dist", "(p, q, /)", norm::dist),
        Method::new("erf", "(x, /)", |vm, _, args| bounded(vm, args, libm::erf)),
        Method::new("erfc", "(x, /)", |vm, _, args| {
            bounded(vm, args, libm::erfc)
        }),
        Method::new("exp", "(x, /)", |vm, _, args| growing(vm, args, f64::exp)),
        Method::new("exp2", "(x, /)", |vm, _, args| growing(vm, args, f64::exp2)),
        Method::new("expm1", "(x, /)", |vm, _, args| {
            growing(vm, args, f64::exp_m1)
        }),
        Method::new("fabs", "(x, /)", |vm, _, args| bounded(vm, args, f64::abs)),
        Method::new("factorial", "(n, /)", integers::factorial),
        Method::new("floor", "(x, /)", floats::floor),
        Method::new("fma", "(x, y, z, /)", elementary::fma),
        Method::new("fmod", "(x, y, /)", elementary::fmod),
        Method::new("frexp", "(x, /)", floats::frexp),
        Method::new("fsum", "(seq, /)", sums::fsum),
        Method::new("gamma", "(x, /)", special::gamma),
        Method::new("gcd", "(*integers)", integers::gcd),
        Method::new("hypot", "(*coordinates)", norm::hypot),
        Method::new(
            "isclose",
            "(a, b, *, rel_tol=1e-09, abs_tol=0.0)",
            floats::isclose,
        ),
        Method::new("isfinite", "(x, /)", |vm, _, args| {
            floats::is(vm, args, f64::is_finite)
        }),
        Method::new("isinf", "(x, /)", |vm, _, args| {
            floats::is(vm, args, f64::is_infinite)
        }),
        Method::new("isnan", "(x, /)", |vm, _, args| {
            floats::is(vm, args, f64::is_nan)
        }),
        Method::new("isqrt", "(n, /)", integers::isqrt),
        Method::new("lcm", "(*integers)", integers::lcm),
        Method::new("ldexp", "(x, i, /)", floats::ldexp),
        Method::new("lgamma", "(x, /)", special::lgamma),
        Method::new("log", "(x, base=None, /)", elementary::log)
            .with_tuple_in(|version| version <= Version::V3_11),
        Method::new("log1p", "(x, /)", |vm, _, args| {
            bounded(vm, args, f64::ln_1p)
        }),
        Method::new("log10", "(x, /)", |vm, _, args| {
            elementary::logarithm(vm, args.get(vm, 0), f64::log10)
        }),
        Method::new("log2", "(x, /)", |vm, _, args| {
            elementary::logarithm(vm, args.get(vm, 0), f64::log2)
        }),
        Method::new("modf", "(x, /)", floats::modf),
        Method::new("pow", "(x, y, /)", elementary::pow),
        Method::new("radians", "(x, /)", elementary::radians),
        Method::new("remainder", "(x, y, /)", elementary::remainder),
        Method::new("sin", "(x, /)", |vm, _, args| bounded(vm, args, f64::sin)),
        Method::new("sinh", "(x, /)", |vm, _, args| growing(vm, args, f64::sinh)),
        Method::new("sqrt", "(x, /)", |vm, _, args| bounded(vm, args, f64::sqrt)),
        Method::new("tan", "(x, /)", |vm, _, args| bounded(vm, args, f64::tan)),
        Method::new("tanh", "(x, /)", |vm, _, args| bounded(vm, args, f64::tanh)),
        Method::new("sumprod", "(p, q, /)", sums::sumprod),
        Method::new("trunc", "(x, /)", floats::trunc),
        Method::new("prod", "(iterable, /, *, start=1)", sums::prod),
        Method::new("perm", "(n, k=None, /)", integers::perm),
        Method::new("comb", "(n, k, /)", integers::comb),
        Method::new("nextafter", "(x, y, /, *, steps=None)", floats::nextafter),
        Method::new("ulp", "(x, /)", floats::ulp),
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
    Ok(())
}

/// A function of one argument that is infinite only where it is not defined.
fn bounded(vm: &mut Vm, args: Args, function: fn(f64) -> f64) -> PyResult<Own> {
    let x = argument(vm, args, 0)?;
    let y = function(x);
    if (y.is_nan() && !x.is_nan()) || (y.is_infinite() && x.is_finite()) {
        return Err(domain_error(vm));
    }
    Ok(float::new(vm, y))
}

/// A function of one argument that can become too large.
fn growing(vm: &mut Vm, args: Args, function: fn(f64) -> f64) -> PyResult<Own> {
    let x = argument(vm, args, 0)?;
    let y = function(x);
    if y.is_nan() && !x.is_nan() {
        return Err(domain_error(vm));
    }
    if y.is_infinite() && x.is_finite() {
        return Err(range_error(vm));
    }
    Ok(float::new(vm, y))
}

/// Argument `i` as a double.
fn argument(vm: &mut Vm, args: Args, i: usize) -> PyResult<f64> {
    let object = args.get(vm, i);
    match float::exact(vm, object) {
        Some(value) => Ok(value),
        None => vm.as_double(object),
    }
}

/// `ValueError('math domain error')`
pub fn domain_error(vm: &mut Vm) -> Raised {
    vm.value_error("math domain error")
}

/// `OverflowError('math range error')`
pub fn range_error(vm: &mut Vm) -> Raised {
    vm.overflow_error("math range error")
}
