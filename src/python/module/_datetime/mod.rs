//! `_datetime`: dates, times and what lies between them. CPython: Modules/_datetimemodule.c.
//!
//! ```text
//!     date                  time                  datetime              timedelta        timezone
//! 16  hash, -1 unknown      hash                  hash                  hash             offset
//! 24  (hastzinfo)           hastzinfo             hastzinfo             days i32         name, or NULL
//! 25  year 2, month, day    hour, minute, second, year 2, month, day,
//!                           microsecond 3         hour … microsecond 3
//! 28                                                                    seconds i32
//! 31                        fold                                        32 microseconds i32
//! 32                        tzinfo
//! 35                                              fold
//! 40                                              tzinfo
//! ```
//!
//! A time or a datetime without a time zone asks for no room for one, so its block is 8 bytes smaller than `getsizeof` tells.
//! Numbers of several bytes have the highest first, so that comparing bytes compares times.

mod arguments;
mod clock;
mod compare;
mod date;
mod datetime;
mod delta_math;
mod format;
mod isocalendar;
mod ordinal;
mod parse;
mod pickle;
mod time;
mod timedelta;
mod timezone;
mod tzinfo;
mod zone;

pub use date::SPEC as DATE;
pub use datetime::SPEC as DATETIME;
pub use isocalendar::SPEC as ISO_CALENDAR_DATE;
pub use time::SPEC as TIME;
pub use timedelta::SPEC as TIMEDELTA;
pub use timezone::SPEC as TIMEZONE;
pub use tzinfo::SPEC as TZINFO;

use super::{NativeModule, add, add_int, add_str};
use crate::python::memory::{Addr, Own};
use crate::python::object::{NONE, OB_TYPE, STATICS_FREE, dict, str, types};
use crate::python::vm::typedata::TP_DICT;
use crate::python::vm::{PyResult, Vm};
use ordinal::{Day, MAXYEAR, MINYEAR};
use time::Clock;
use timedelta::Delta;

/// Offset of the cached hash in all but `timezone`.
const HASH: u64 = 16;
/// A hash that nobody asked for yet.
const NO_HASH: u64 = u64::MAX;
/// Offset of the byte that says whether there is a time zone.
const HAS_TZINFO: u64 = 24;
/// Offset of the first byte of a date or a time.
const DATA: u64 = 25;

/// `timedelta(0)` where there is only one.
const ZERO: Addr = STATICS_FREE;
/// `timezone.utc` where it stands in CPython's data.
const STATIC_UTC: Addr = Addr(STATICS_FREE.0 + 48);

/// What the module keeps beside memory.
#[derive(Debug, Default)]
pub struct State {
    /// `timezone.utc`, owned as often as CPython's module holds it.
    utc: Vec<Own>,
    /// 1970-01-01 in UTC, owned.
    epoch: Option<Own>,
}

impl State {
    /// What the module refers to.
    pub fn references(&self) -> impl Iterator<Item = Addr> {
        self.utc.iter().chain(&self.epoch).map(Own::addr)
    }
}

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "_datetime",
    methods: &[],
    types: &[
        types::DATE,
        types::DATETIME,
        types::TIME,
        types::TIMEDELTA,
        types::TZINFO,
        types::TIMEZONE,
    ],
    init,
};

fn init(vm: &mut Vm, module: Addr) -> PyResult<()> {
    add_str(
        vm,
        module,
        "__doc__",
        "Fast implementation of the datetime type.",
    );
    init_statics(vm);
    add_limits(vm)?;
    let offset = timedelta::new(vm, types::TIMEDELTA, Delta::ZERO)?;
    let utc = match vm.profile.dates.zero_is_single {
        true => vm.incref(STATIC_UTC),
        false => timezone::make(vm, offset.addr(), Addr::NULL)?,
    };
    vm.decref(offset);
    add_zones(vm, utc.addr())?;
    let epoch = Day::from_ordinal(ordinal::EPOCH);
    let epoch = datetime::new(vm, types::DATETIME, epoch, Clock::default(), utc.addr())?;
    vm.datetime.epoch = Some(epoch);
    for _ in 0..vm.profile.dates.utc_references {
        let held = vm.incref(utc.addr());
        vm.datetime.utc.push(held);
    }
    add_int(vm, module, "MINYEAR", MINYEAR);
    add_int(vm, module, "MAXYEAR", MAXYEAR);
    if vm.profile.missing_names("_datetime").contains(&"UTC") {
        vm.decref(utc);
    } else {
        add(vm, module, "UTC", utc);
    }
    Ok(())
}

/// Makes what stands in CPython's data.
fn init_statics(vm: &mut Vm) {
    vm.set_word(ZERO, OB_TYPE, types::TIMEDELTA.0);
    vm.set_word(ZERO, HASH, NO_HASH);
    vm.set_immortal(ZERO);
    vm.set_word(STATIC_UTC, OB_TYPE, types::TIMEZONE.0);
    vm.set_word(STATIC_UTC, timezone::OFFSET, ZERO.0);
    vm.set_immortal(STATIC_UTC);
}

/// `date.min` and its like.
fn add_limits(vm: &mut Vm) -> PyResult<()> {
    let (first, last) = (
        Day {
            year: MINYEAR,
            month: 1,
            day: 1,
        },
        Day {
            year: MAXYEAR,
            month: 12,
            day: 31,
        },
    );
    let (start, end) = (Clock::default(), Clock::LAST);
    let smallest = Delta {
        days: 0,
        seconds: 0,
        microseconds: 1,
    };
    let class = types::TIMEDELTA;
    add_to_type(vm, class, "resolution", |vm| {
        timedelta::new(vm, class, smallest)
    })?;
    add_to_type(vm, class, "min", |vm| timedelta::new(vm, class, Delta::MIN))?;
    add_to_type(vm, class, "max", |vm| timedelta::new(vm, class, Delta::MAX))?;
    let day = Delta {
        days: 1,
        ..Delta::ZERO
    };
    add_to_type(vm, types::DATE, "min", |vm| {
        date::new(vm, types::DATE, first)
    })?;
    add_to_type(vm, types::DATE, "max", |vm| {
        date::new(vm, types::DATE, last)
    })?;
    add_to_type(vm, types::DATE, "resolution", |vm| {
        timedelta::new(vm, class, day)
    })?;
    let time = types::TIME;
    add_to_type(vm, time, "min", |vm| time::new(vm, time, start, NONE))?;
    add_to_type(vm, time, "max", |vm| time::new(vm, time, end, NONE))?;
    add_to_type(vm, time, "resolution", |vm| {
        timedelta::new(vm, class, smallest)
    })?;
    let datetime = types::DATETIME;
    add_to_type(vm, datetime, "min", |vm| {
        datetime::new(vm, datetime, first, start, NONE)
    })?;
    add_to_type(vm, datetime, "max", |vm| {
        datetime::new(vm, datetime, last, end, NONE)
    })?;
    add_to_type(vm, datetime, "resolution", |vm| {
        timedelta::new(vm, class, smallest)
    })
}

/// `timezone.utc`, `min` and `max`, which are whole minutes for compatibility.
fn add_zones(vm: &mut Vm, utc: Addr) -> PyResult<()> {
    let zone = types::TIMEZONE;
    let most = 23 * 3600 + 59 * 60;
    add_to_type(vm, zone, "utc", |vm| Ok(vm.incref(utc)))?;
    for (name, seconds) in [("min", -most), ("max", most)] {
        add_to_type(vm, zone, name, |vm| {
            let offset = timedelta::from_parts(vm, 0, seconds, 0)?;
            let zone = timezone::make(vm, offset.addr(), Addr::NULL)?;
            vm.decref(offset);
            Ok(zone)
        })?;
    }
    Ok(())
}

fn add_to_type(
    vm: &mut Vm,
    class: Addr,
    name: &str,
    make: impl FnOnce(&mut Vm) -> PyResult<Own>,
) -> PyResult<()> {
    let value = make(vm)?;
    let namespace = vm.field(class, TP_DICT);
    dict::set_name(vm, namespace, name, value);
    Ok(())
}

/// `timezone.utc`, borrowed.
fn utc(vm: &Vm) -> Addr {
    vm.datetime.utc.first().map_or(STATIC_UTC, Own::addr)
}

/// `object.name(*args)`
fn call_method(vm: &mut Vm, object: Addr, name: &str, args: &[Addr]) -> PyResult<Own> {
    let name = str::intern(vm, name);
    let result = vm.call_method(object, name.addr(), args);
    vm.decref(name);
    result
}

/// `module.name(*args)`
fn call_in_module(vm: &mut Vm, module: &str, name: &str, args: &[Addr]) -> PyResult<Own> {
    let module = vm.import_module(module)?;
    let function = vm.get_attr_name(module.addr(), name)?;
    vm.decref(module);
    let result = vm.call(function.addr(), args);
    vm.decref(function);
    result
}

/// The bytes of an object from `DATA` on.
fn data<const N: usize>(vm: &Vm, object: Addr) -> [u8; N] {
    std::array::from_fn(|i| vm.heap.space.byte(object.at(DATA + i as u64)))
}

fn set_data(vm: &mut Vm, object: Addr, data: &[u8]) {
    for (i, byte) in data.iter().enumerate() {
        vm.heap.space.set_byte(object.at(DATA + i as u64), *byte);
    }
}
