//! Days counted from the first of January of year 1, which is day 1: the arithmetic of dates.

use crate::python::module::time::calendar::{civil_from_days, days_from_civil};
use crate::python::vm::{PyResult, Vm};

/// The first year that a date may have.
pub const MINYEAR: i64 = 1;
/// The last one.
pub const MAXYEAR: i64 = 9999;
/// The ordinal of 1970-01-01.
pub const EPOCH: i64 = 719_163;
/// The ordinal of 9999-12-31.
const MAX: i64 = 3_652_059;
/// Seconds of a day.
pub const DAY_SECONDS: i64 = 86_400;

/// A day of the calendar: the numbers may be out of range until somebody checks them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the names of `datetime.date`
pub struct Day {
    pub year: i64,
    pub month: i64,
    pub day: i64,
}

impl Day {
    /// The day of an ordinal.
    pub fn from_ordinal(ordinal: i64) -> Day {
        let (year, month, day) = civil_from_days(ordinal - EPOCH);
        Day { year, month, day }
    }

    /// `date.toordinal()`
    pub fn ordinal(self) -> i64 {
        days_from_civil(self.year, self.month, self.day) + EPOCH
    }

    /// `date.weekday()`: 0 for Monday.
    pub fn weekday(self) -> i64 {
        (self.ordinal() + 6).rem_euclid(7)
    }

    /// The day's number in its year, from 1.
    pub fn yearday(self) -> i64 {
        self.ordinal() - days_from_civil(self.year, 1, 1) - EPOCH + 1
    }

    /// Year, week and weekday of ISO 8601.
    pub fn iso(self) -> (i64, i64, i64) {
        let today = self.ordinal();
        let mut year = self.year;
        if today < iso_start(year) {
            year -= 1;
        } else if today >= iso_start(year + 1) {
            year += 1;
        }
        let passed = today - iso_start(year);
        (year, passed / 7 + 1, passed % 7 + 1)
    }

    /// Whether the month is one, and the day is in it.
    pub fn is_in_month(self) -> bool {
        (1..=12).contains(&self.month)
            && (1..=days_in_month(self.year, self.month)).contains(&self.day)
    }

    /// Raises `ValueError` for a number out of range: `check_date_args`.
    pub fn check(self, vm: &mut Vm) -> PyResult<()> {
        let Day { year, month, day } = self;
        let tells = vm.profile.dates.texts_tell_values;
        if !(MINYEAR..=MAXYEAR).contains(&year) {
            return Err(year_error(vm, year));
        }
        if !(1..=12).contains(&month) {
            let told = if tells {
                format!(", not {month}")
            } else {
                String::new()
            };
            return Err(vm.value_error(format!("month must be in 1..12{told}")));
        }
        let days = days_in_month(year, month);
        if !(1..=days).contains(&day) {
            return Err(vm.value_error(match tells {
                false => "day is out of range for month".to_owned(),
                true => {
                    format!("day {day} must be in range 1..{days} for month {month} in year {year}")
                }
            }));
        }
        Ok(())
    }

    /// The day so many days later.
    ///
    /// # Errors
    /// `OverflowError` where that year is out of range.
    pub fn plus(self, vm: &mut Vm, days: i64) -> PyResult<Day> {
        let ordinal = self.ordinal() + days;
        if !(1..=MAX).contains(&ordinal) {
            return Err(vm.overflow_error("date value out of range"));
        }
        Ok(Day::from_ordinal(ordinal))
    }
}

/// `ValueError: year 0 is out of range`
pub fn year_error(vm: &mut Vm, year: i64) -> crate::python::vm::Raised {
    vm.value_error(match vm.profile.dates.texts_tell_values {
        false => format!("year {year} is out of range"),
        true => format!("year must be in {MINYEAR}..{MAXYEAR}, not {year}"),
    })
}

/// The days of a month from 1 to 12.
pub fn days_in_month(year: i64, month: i64) -> i64 {
    let (next_year, next) = if month == 12 {
        (year + 1, 1)
    } else {
        (year, month + 1)
    };
    days_from_civil(next_year, next, 1) - days_from_civil(year, month, 1)
}

/// The ordinal of the Monday of week 1, which is the first with a Thursday in the year.
fn iso_start(year: i64) -> i64 {
    let first = Day {
        year,
        month: 1,
        day: 1,
    };
    let monday = first.ordinal() - first.weekday();
    if first.weekday() > 3 {
        monday + 7
    } else {
        monday
    }
}

/// What is wrong with a date of ISO weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IsoError {
    /// The year is out of range.
    Year,
    /// The year has no such week.
    Week,
    /// The weekday is not from 1 to 7.
    Weekday,
}

/// The day of a year, a week and a weekday of ISO 8601.
pub fn from_iso(year: i64, week: i64, weekday: i64) -> Result<Day, IsoError> {
    if !(MINYEAR..=MAXYEAR).contains(&year) {
        return Err(IsoError::Year);
    }
    let weeks = (iso_start(year + 1) - iso_start(year)) / 7;
    if !(1..=weeks).contains(&week) {
        return Err(IsoError::Week);
    }
    if !(1..=7).contains(&weekday) {
        return Err(IsoError::Weekday);
    }
    Ok(Day::from_ordinal(
        iso_start(year) + (week - 1) * 7 + weekday - 1,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_and_weeks() {
        let day = Day {
            year: 2020,
            month: 1,
            day: 2,
        };
        assert_eq!(
            (day.ordinal(), day.weekday(), day.yearday()),
            (737_426, 3, 2)
        );
        assert_eq!(day.iso(), (2020, 1, 4));
        assert_eq!(
            Day::from_ordinal(MAX),
            Day {
                year: 9999,
                month: 12,
                day: 31
            }
        );
        assert_eq!(
            from_iso(2020, 1, 1),
            Ok(Day {
                year: 2019,
                month: 12,
                day: 30
            })
        );
        assert_eq!(from_iso(2021, 53, 1), Err(IsoError::Week));
        assert_eq!(days_in_month(2024, 2), 29);
    }
}
