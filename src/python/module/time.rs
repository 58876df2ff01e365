//! `time`: a virtual clock. CPython: Modules/timemodule.c.
//!
//! The clock stands on the steps that the program has taken, so that a program prints the same times in
//! every run; `sleep` moves it on and waits for nothing.

use super::{NativeModule, add, add_int};
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, float, int, str, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

/// 2025-10-19 00:00:00 UTC, when every program starts.
const START_NS: u64 = 1_760_832_000 * 1_000_000_000;
/// A monotonic clock counts from some time in the past.
const MONOTONIC_START_NS: u64 = 1_000 * 1_000_000_000;
/// What one step takes.
const STEP_NS: u64 = 40;

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "time",
    methods: &[
        Method::new("time", "()", |vm, _, _| seconds(vm, START_NS)),
        Method::new("time_ns", "()", |vm, _, _| nanoseconds(vm, START_NS)),
        Method::new("sleep", "(object, /)", sleep),
        Method::new("monotonic", "()", |vm, _, _| {
            seconds(vm, MONOTONIC_START_NS)
        }),
        Method::new("monotonic_ns", "()", |vm, _, _| {
            nanoseconds(vm, MONOTONIC_START_NS)
        }),
        Method::new("process_time", "()", |vm, _, _| cpu_seconds(vm)),
        Method::new("process_time_ns", "()", |vm, _, _| cpu_nanoseconds(vm)),
        Method::new("thread_time", "()", |vm, _, _| cpu_seconds(vm)),
        Method::new("thread_time_ns", "()", |vm, _, _| cpu_nanoseconds(vm)),
        Method::new("perf_counter", "()", |vm, _, _| {
            seconds(vm, MONOTONIC_START_NS)
        }),
        Method::new("perf_counter_ns", "()", |vm, _, _| {
            nanoseconds(vm, MONOTONIC_START_NS)
        }),
    ],
    types: &[],
    init,
};

fn init(vm: &mut Vm, module: Addr) -> PyResult<()> {
    for name in ["timezone", "altzone", "daylight"] {
        add_int(vm, module, name, 0);
    }
    let names = vec![str::intern(vm, "UTC"), str::intern(vm, "UTC")];
    let names = tuple::from_owned(vm, names);
    add(vm, module, "tzname", names);
    Ok(())
}

/// Nanoseconds that the processor worked.
fn worked(vm: &mut Vm) -> u64 {
    // Two readings in a row differ, as they do on a real machine.
    vm.clock_readings += 1;
    (vm.steps + vm.clock_readings) * STEP_NS
}

fn now(vm: &mut Vm, start: u64) -> u64 {
    start.saturating_add(worked(vm)).saturating_add(vm.slept_ns)
}

fn seconds(vm: &mut Vm, start: u64) -> PyResult<Own> {
    let now = now(vm, start);
    Ok(float::new(vm, now as f64 / 1e9))
}

fn nanoseconds(vm: &mut Vm, start: u64) -> PyResult<Own> {
    let now = now(vm, start);
    Ok(int::from_u64(vm, now))
}

fn cpu_seconds(vm: &mut Vm) -> PyResult<Own> {
    let worked = worked(vm);
    Ok(float::new(vm, worked as f64 / 1e9))
}

fn cpu_nanoseconds(vm: &mut Vm) -> PyResult<Own> {
    let worked = worked(vm);
    Ok(int::from_u64(vm, worked))
}

fn sleep(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let duration = args.get(vm, 0);
    let seconds = if vm.type_check(duration, types::FLOAT) {
        float::value(vm, duration)
    } else {
        let index = vm.index(duration)?;
        let seconds = vm.as_double(index.addr())?;
        vm.decref(index);
        seconds
    };
    if seconds.is_nan() {
        return Err(vm.value_error("Invalid value NaN (not a number)"));
    }
    if seconds < 0.0 {
        return Err(vm.value_error("sleep length must be non-negative"));
    }
    vm.slept_ns = vm.slept_ns.saturating_add((seconds * 1e9) as u64);
    Ok(vm.none())
}
