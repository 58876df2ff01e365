//! `time`: a virtual clock. CPython: Modules/timemodule.c.
//!
//! The clock stands on the steps that the program has taken, so that a program prints the same times in
//! every run; `sleep` moves it on and waits for nothing.

pub mod calendar;
mod format;

use super::_thread::scheduler::{self, For};
use super::{NativeModule, add, add_int};
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, dict, float, int, simple_namespace, str, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};
use calendar::{Date, seconds_argument};

/// 2025-10-19 00:00:00 UTC, when every program starts.
const START_NS: u64 = 1_760_832_000 * 1_000_000_000;
/// A monotonic clock counts from some time in the past.
const MONOTONIC_START_NS: u64 = 1_000 * 1_000_000_000;
/// What one step takes.
const STEP_NS: u64 = 40;

/// `CLOCK_REALTIME` and its siblings.
const CLOCKS: [(&str, i32); 7] = [
    ("CLOCK_REALTIME", 0),
    ("CLOCK_MONOTONIC", 1),
    ("CLOCK_MONOTONIC_RAW", 4),
    ("CLOCK_PROCESS_CPUTIME_ID", 2),
    ("CLOCK_THREAD_CPUTIME_ID", 3),
    ("CLOCK_BOOTTIME", 7),
    ("CLOCK_TAI", 11),
];

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "time",
    methods: &[
        Method::new("time", "()", |vm, _, _| seconds(vm, START_NS)),
        Method::new("time_ns", "()", |vm, _, _| nanoseconds(vm, START_NS)),
        Method::new("clock_gettime", "(clk_id, /)", clock_gettime),
        Method::new("clock_gettime_ns", "(clk_id, /)", clock_gettime_ns),
        Method::new("sleep", "(object, /)", sleep),
        Method::new("gmtime", "(seconds=None, /)", gmtime),
        Method::new("localtime", "(seconds=None, /)", gmtime),
        Method::new("asctime", "(tuple=None, /)", asctime),
        Method::new("ctime", "(seconds=None, /)", ctime),
        Method::new("mktime", "(object, /)", mktime),
        Method::new("strftime", "(format, tuple=None, /)", strftime),
        Method::new("strptime", "(*args)", strptime),
        Method::new("tzset", "()", |vm, _, _| Ok(vm.none())),
        Method::new("get_clock_info", "(name, /)", get_clock_info),
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
    types: &[types::STRUCT_SEQUENCE_STRUCT_TIME],
    init,
};

fn init(vm: &mut Vm, module: Addr) -> PyResult<()> {
    for name in ["timezone", "altzone", "daylight"] {
        add_int(vm, module, name, 0);
    }
    for (name, number) in CLOCKS {
        add_int(vm, module, name, i64::from(number));
    }
    add_int(vm, module, "_STRUCT_TM_ITEMS", 11);
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

/// What the clock on the wall says when it is read, in nanoseconds since 1970.
pub fn wall_clock_ns(vm: &mut Vm) -> u64 {
    now(vm, START_NS)
}

/// What the clock on the wall says, in nanoseconds since 1970: for the times of files.
pub fn wall_ns(vm: &Vm) -> u64 {
    START_NS + (vm.steps + vm.clock_readings) * STEP_NS + vm.slept_ns
}

/// Seconds that the program has worked.
pub fn worked_seconds(vm: &mut Vm) -> f64 {
    worked(vm) as f64 / 1e9
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

/// `time.strptime`: the library's `_strptime` reads the text.
fn strptime(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let module = vm.import_module("_strptime")?;
    let name = str::intern(vm, "_strptime_time");
    let reader = vm.get_attr(module.addr(), name.addr())?;
    vm.decref(name);
    vm.decref(module);
    let result = vm.call_args(reader.addr(), args);
    vm.decref(reader);
    result
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
    scheduler::wait(vm, For::Time, Some((seconds * 1e9) as u64), sleep)?;
    Ok(vm.none())
}

/// Nanoseconds on the machine's clock, without reading it.
pub fn clock_now(vm: &Vm) -> u64 {
    ((vm.steps + vm.clock_readings) * STEP_NS).saturating_add(vm.slept_ns)
}

/// Moves the clock on, if it is not there yet.
pub fn move_clock_to(vm: &mut Vm, then: u64) {
    let missing = then.saturating_sub(clock_now(vm));
    vm.slept_ns = vm.slept_ns.saturating_add(missing);
}

fn clock(vm: &mut Vm, args: Args) -> PyResult<u64> {
    let number = super::int_argument(vm, args.get(vm, 0))?;
    Ok(match number {
        0 | 11 => now(vm, START_NS),
        1 | 4 | 7 => now(vm, MONOTONIC_START_NS),
        2 | 3 => worked(vm),
        _ => return Err(vm.error(types::OS_ERROR, "[Errno 22] Invalid argument")),
    })
}

fn clock_gettime(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let now = clock(vm, args)?;
    Ok(float::new(vm, now as f64 / 1e9))
}

fn clock_gettime_ns(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let now = clock(vm, args)?;
    Ok(int::from_u64(vm, now))
}

fn seconds_now(vm: &mut Vm) -> i64 {
    (now(vm, START_NS) / 1_000_000_000) as i64
}

/// Local time is UTC.
fn gmtime(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let now = seconds_now(vm);
    let seconds = seconds_argument(vm, args.get(vm, 0), now)?;
    Date::from_seconds(seconds).to_object(vm)
}

fn ctime(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let now = seconds_now(vm);
    let seconds = seconds_argument(vm, args.get(vm, 0), now)?;
    Ok(str::new(vm, &format::asctime(&Date::from_seconds(seconds))))
}

/// The date of an optional argument; nothing is now.
fn date_argument(vm: &mut Vm, function: &str, argument: Addr) -> PyResult<Date> {
    if argument.is_null() {
        return Ok(Date::from_seconds(seconds_now(vm)));
    }
    Date::from_object(vm, function, argument, true)
}

fn asctime(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let date = date_argument(vm, "asctime", args.get(vm, 0))?;
    Ok(str::new(vm, &format::asctime(&date)))
}

fn mktime(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let date = Date::from_object(vm, "mktime", args.get(vm, 0), false)?;
    Ok(float::new(vm, date.to_seconds() as f64))
}

fn strftime(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let format = args.get(vm, 0);
    if !str::check(vm, format) {
        let name = vm.type_name(format);
        return Err(vm.type_error(format!("strftime() argument 1 must be str, not {name}")));
    }
    let date = date_argument(vm, "strftime", args.get(vm, 1))?;
    let text = format::strftime(&str::to_rust(vm, format), &date);
    Ok(str::new(vm, &text))
}

fn get_clock_info(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let name = args.get(vm, 0);
    let name = if str::check(vm, name) {
        str::to_rust(vm, name)
    } else {
        String::new()
    };
    let (function, adjustable) = match name.as_str() {
        "time" => ("clock_gettime(CLOCK_REALTIME)", true),
        "monotonic" | "perf_counter" => ("clock_gettime(CLOCK_MONOTONIC)", false),
        "process_time" => ("clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", false),
        "thread_time" => ("clock_gettime(CLOCK_THREAD_CPUTIME_ID)", false),
        _ => return Err(vm.value_error("unknown clock")),
    };
    let attributes = dict::new(vm);
    let implementation = str::new(vm, function);
    let rows = [
        ("implementation", implementation),
        ("monotonic", vm.bool(!adjustable)),
        ("adjustable", vm.bool(adjustable)),
        ("resolution", float::new(vm, 1e-9)),
    ];
    for (name, value) in rows {
        dict::set_name(vm, attributes.addr(), name, value);
    }
    let info = simple_namespace::new(vm, attributes.addr())?;
    vm.decref(attributes);
    Ok(info)
}
