//! Dates and times by the machine's clock and from its timestamps. Local time is UTC.

use super::arguments::{self, Params};
use super::ordinal::{self, DAY_SECONDS, Day, EPOCH, MAXYEAR, MINYEAR};
use super::time::Clock;
use super::timedelta::SECOND;
use super::{call_in_module, call_method, date, datetime, zone};
use crate::python::memory::{Addr, Own};
use crate::python::module::time::wall_clock_ns;
use crate::python::object::{NONE, float, int, str, types};
use crate::python::vm::{Args, PyResult, Raised, Vm};

/// `date.today()`, of any class: what `fromtimestamp(time.time())` gives.
pub fn today(vm: &mut Vm, class: Addr, _: Args) -> PyResult<Own> {
    let now = call_in_module(vm, "time", "time", &[])?;
    let today = call_method(vm, class, "fromtimestamp", &[now.addr()])?;
    vm.decref(now);
    Ok(today)
}

/// `date.fromtimestamp(timestamp)`
pub fn date_fromtimestamp(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let seconds = match timestamp(vm, args.get(vm, 0))? {
        Timestamp::Whole(seconds) => seconds,
        Timestamp::Float(seconds) => in_range(vm, seconds.floor())?,
    };
    let (day, _) = calendar(vm, seconds)?;
    date::make(vm, class, day)
}

/// `datetime.now(tz)`
pub fn now(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let zone = args.opt(vm, 0).unwrap_or(NONE);
    zone::check(vm, zone)?;
    let (seconds, microsecond) = reading(vm);
    let now = at(vm, class, seconds, microsecond, zone, true)?;
    in_zone(vm, now, zone)
}

/// `datetime.utcnow()`
pub fn utcnow(vm: &mut Vm, class: Addr, _: Args) -> PyResult<Own> {
    warn_of_naive(vm, "utcnow()", "now(datetime.UTC)")?;
    let (seconds, microsecond) = reading(vm);
    at(vm, class, seconds, microsecond, NONE, false)
}

/// `datetime.fromtimestamp(timestamp, tz)`
pub fn fromtimestamp(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    const PARAMS: Params = Params::new("fromtimestamp", &["timestamp", "tz"], 1);
    let mut given = [Addr::NULL, NONE];
    PARAMS.parse(vm, args, |_, i, value| {
        given[i] = value;
        Ok(())
    })?;
    let [stamp, zone] = given;
    zone::check(vm, zone)?;
    let (seconds, microsecond) = timeval(vm, stamp)?;
    let then = at(vm, class, seconds, microsecond, zone, true)?;
    in_zone(vm, then, zone)
}

/// `datetime.utcfromtimestamp(timestamp)`
pub fn utcfromtimestamp(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    warn_of_naive(
        vm,
        "utcfromtimestamp()",
        "fromtimestamp(timestamp, datetime.UTC)",
    )?;
    let [stamp] = arguments::exactly(vm, "utcfromtimestamp", args)?;
    let (seconds, microsecond) = timeval(vm, stamp)?;
    at(vm, class, seconds, microsecond, NONE, false)
}

fn warn_of_naive(vm: &mut Vm, function: &str, instead: &str) -> PyResult<()> {
    if !vm.profile.dates.warns_of_naive_utc {
        return Ok(());
    }
    vm.warn(
        types::DEPRECATION_WARNING,
        &format!(
            "datetime.datetime.{function} is deprecated and scheduled for removal in a future version. Use timezone-aware \
             objects to represent datetimes in UTC: datetime.datetime.{instead}."
        ),
    )
}

/// What the clock says: seconds since 1970 and microseconds.
fn reading(vm: &mut Vm) -> (i64, i64) {
    let microseconds = (wall_clock_ns(vm) / 1000) as i64;
    (microseconds / SECOND, microseconds % SECOND)
}

/// A new datetime of a time in UTC, in the zone that was asked for.
fn in_zone(vm: &mut Vm, utc: Own, zone: Addr) -> PyResult<Own> {
    if zone == NONE {
        return Ok(utc);
    }
    let local = call_method(vm, zone, "fromutc", &[utc.addr()])?;
    vm.decref(utc);
    Ok(local)
}

/// The datetime of seconds since 1970; `is_local` where the machine's zone would be asked whether clocks went back then.
fn at(
    vm: &mut Vm,
    class: Addr,
    seconds: i64,
    microsecond: i64,
    zone: Addr,
    is_local: bool,
) -> PyResult<Own> {
    let (day, second_of_day) = calendar(vm, seconds)?;
    if is_local && zone == NONE {
        check_year(vm, day)?;
        check_year(vm, Day::from_ordinal(day.ordinal() - 1))?;
    }
    let clock = Clock::of_seconds(second_of_day, microsecond);
    datetime::make(vm, class, day, clock, zone)
}

/// Day and second of the day of seconds since 1970.
///
/// # Errors
/// `OSError` for a year that C's `int` does not hold.
fn calendar(vm: &mut Vm, seconds: i64) -> PyResult<(Day, i64)> {
    let day = Day::from_ordinal(seconds.div_euclid(DAY_SECONDS) + EPOCH);
    if i32::try_from(day.year - 1900).is_err() {
        return Err(too_large(vm)?);
    }
    Ok((day, seconds.rem_euclid(DAY_SECONDS)))
}

/// `EOVERFLOW`
#[cold]
fn too_large(vm: &mut Vm) -> PyResult<Raised> {
    let number = int::new(vm, 75);
    let text = str::new(vm, "Value too large for defined data type");
    let error = vm.call(types::OS_ERROR, &[number.addr(), text.addr()])?;
    vm.decref(number);
    vm.decref(text);
    Ok(vm.raise(error))
}

fn check_year(vm: &mut Vm, day: Day) -> PyResult<()> {
    match (MINYEAR..=MAXYEAR).contains(&day.year) {
        true => Ok(()),
        false => Err(ordinal::year_error(vm, day.year)),
    }
}

/// Seconds since 1970 of a datetime in local time. A day around it is looked at for clocks that went back.
///
/// # Errors
/// `ValueError` where that day is out of range.
pub fn local_seconds(vm: &mut Vm, datetime: Addr) -> PyResult<i64> {
    let (day, clock) = (date::day(vm, datetime), datetime::clock(vm, datetime));
    let around = if clock.fold == 0 { -1 } else { 1 };
    check_year(vm, Day::from_ordinal(day.ordinal() + around))?;
    Ok((day.ordinal() - EPOCH) * DAY_SECONDS + clock.seconds())
}

/// A number of seconds since 1970.
enum Timestamp {
    Whole(i64),
    Float(f64),
}

fn timestamp(vm: &mut Vm, given: Addr) -> PyResult<Timestamp> {
    if float::check(vm, given) {
        let seconds = float::value(vm, given);
        if seconds.is_nan() {
            return Err(vm.value_error("Invalid value NaN (not a number)"));
        }
        return Ok(Timestamp::Float(seconds));
    }
    let number = arguments::integer(vm, given, false)?;
    let seconds = int::as_i64(vm, number.addr());
    vm.decref(number);
    match seconds {
        Some(seconds) => Ok(Timestamp::Whole(seconds)),
        None => Err(out_of_range(vm)),
    }
}

/// Seconds and microseconds of a timestamp, to the nearest: `_PyTime_ObjectToTimeval`.
fn timeval(vm: &mut Vm, given: Addr) -> PyResult<(i64, i64)> {
    let seconds = match timestamp(vm, given)? {
        Timestamp::Whole(seconds) => return Ok((seconds, 0)),
        Timestamp::Float(seconds) => seconds,
    };
    let mut whole = seconds.trunc();
    let mut microseconds = ((seconds - whole) * 1e6).round_ties_even();
    if microseconds >= 1e6 {
        microseconds -= 1e6;
        whole += 1.0;
    } else if microseconds < 0.0 {
        microseconds += 1e6;
        whole -= 1.0;
    }
    Ok((in_range(vm, whole)?, microseconds as i64))
}

/// Whole seconds that C's `time_t` holds.
fn in_range(vm: &mut Vm, seconds: f64) -> PyResult<i64> {
    // 2**63, the first that it does not.
    const END: f64 = 9_223_372_036_854_775_808.0;
    match (-END..END).contains(&seconds) {
        true => Ok(seconds as i64),
        false => Err(out_of_range(vm)),
    }
}

#[cold]
fn out_of_range(vm: &mut Vm) -> Raised {
    vm.overflow_error("timestamp out of range for platform time_t")
}
