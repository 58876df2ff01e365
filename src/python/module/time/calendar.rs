//! Days and dates: `gmtime`, `mktime`, and the tuples of nine numbers.

use crate::python::memory::{Addr, Own};
use crate::python::object::{NONE, int, str, structseq, tuple, types};
use crate::python::vm::{PyResult, Vm};

const DAY_SECONDS: i64 = 86_400;
/// Seconds of the years 1 and 9999, beyond which no date is made.
const SECONDS_RANGE: std::ops::Range<i64> = -62_135_596_800..253_402_300_800;

/// A broken-down time in UTC, as `struct_time` numbers it: months and days from 1, Monday 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the names of `struct_time`
pub struct Date {
    pub year: i64,
    pub month: i64,
    pub day: i64,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
    pub weekday: i64,
    pub yearday: i64,
    pub dst: i64,
}

/// Days from 1970-01-01 to a date of the Gregorian calendar.
pub fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month and day of a number of days since 1970-01-01.
pub fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

impl Date {
    /// The date of a time in seconds since 1970.
    pub fn from_seconds(seconds: i64) -> Date {
        let (days, rest) = (
            seconds.div_euclid(DAY_SECONDS),
            seconds.rem_euclid(DAY_SECONDS),
        );
        let (year, month, day) = civil_from_days(days);
        Date {
            year,
            month,
            day,
            hour: rest / 3600,
            minute: rest / 60 % 60,
            second: rest % 60,
            weekday: (days + 3).rem_euclid(7),
            yearday: days - days_from_civil(year, 1, 1) + 1,
            dst: 0,
        }
    }

    /// Seconds since 1970; numbers out of range carry over, as in C's `mktime`.
    pub fn to_seconds(self) -> i64 {
        let month0 = self.month - 1;
        let days = days_from_civil(
            self.year + month0.div_euclid(12),
            month0.rem_euclid(12) + 1,
            1,
        );
        (days + self.day - 1) * DAY_SECONDS + self.hour * 3600 + self.minute * 60 + self.second
    }

    /// As a `time.struct_time`.
    pub fn to_object(self, vm: &mut Vm) -> PyResult<Own> {
        let numbers = [
            self.year,
            self.month,
            self.day,
            self.hour,
            self.minute,
            self.second,
            self.weekday,
            self.yearday,
            self.dst,
        ];
        let mut values: Vec<Own> = numbers.iter().map(|number| int::new(vm, *number)).collect();
        values.push(str::intern(vm, "UTC"));
        values.push(int::new(vm, 0));
        structseq::new(vm, types::STRUCT_SEQUENCE_STRUCT_TIME, values)
    }

    /// From a tuple of nine numbers or a `struct_time`; `function` is named in messages. With `check`,
    /// every number must be in its range, as `strftime` and `asctime` demand.
    pub fn from_object(vm: &mut Vm, function: &str, object: Addr, check: bool) -> PyResult<Date> {
        if !vm.type_check(object, types::TUPLE) {
            return Err(vm.type_error("Tuple or struct_time argument required"));
        }
        let mut numbers = [0i64; 9];
        let len = tuple::len(vm, object);
        if len != numbers.len() {
            return Err(vm.type_error(format!("{function}(): illegal time tuple argument")));
        }
        for (i, number) in numbers.iter_mut().enumerate() {
            let item = tuple::item(vm, object, i);
            *number = i64::from(crate::python::module::int_argument(vm, item)?);
        }
        let [
            year,
            month,
            day,
            hour,
            minute,
            second,
            weekday,
            yearday,
            dst,
        ] = numbers;
        let date = Date {
            year,
            month,
            day,
            hour,
            minute,
            second,
            weekday: weekday.rem_euclid(7),
            yearday,
            dst,
        };
        if check { date.checked(vm) } else { Ok(date) }
    }

    /// 0 stands for the first month and the first day.
    fn checked(self, vm: &mut Vm) -> PyResult<Date> {
        let date = Date {
            month: if self.month == 0 { 1 } else { self.month },
            day: if self.day == 0 { 1 } else { self.day },
            yearday: if self.yearday == 0 { 1 } else { self.yearday },
            ..self
        };
        let rows = [
            (date.month, 1..=12, "month out of range"),
            (date.day, 1..=31, "day of month out of range"),
            (date.hour, 0..=23, "hour out of range"),
            (date.minute, 0..=59, "minute out of range"),
            (date.second, 0..=61, "seconds out of range"),
            (date.yearday, 1..=366, "day of year out of range"),
        ];
        for (number, range, message) in rows {
            if !range.contains(&number) {
                return Err(vm.value_error(message));
            }
        }
        Ok(date)
    }
}

/// The seconds of an optional argument; `None` or nothing is now.
pub fn seconds_argument(vm: &mut Vm, argument: Addr, now: i64) -> PyResult<i64> {
    if argument.is_null() || argument == NONE {
        return Ok(now);
    }
    let seconds = if vm.type_check(argument, types::FLOAT) {
        let value = crate::python::object::float::value(vm, argument);
        if value.is_nan() {
            return Err(vm.value_error("Invalid value NaN (not a number)"));
        }
        value.floor() as i64
    } else {
        let index = vm.index(argument)?;
        let seconds = int::as_i64(vm, index.addr()).unwrap_or(i64::MAX);
        vm.decref(index);
        seconds
    };
    if !SECONDS_RANGE.contains(&seconds) {
        return Err(vm.overflow_error("timestamp out of range for platform time_t"));
    }
    Ok(seconds)
}
