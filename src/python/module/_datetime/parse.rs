//! Dates and times from text: `fromisoformat`, which from 3.11 on reads most of ISO 8601, and `strptime`.

use super::arguments;
use super::ordinal::{self, Day};
use super::time::{self as time_of_day, Clock};
use super::timedelta::SECOND;
use super::{call_in_module, date as calendar_date, datetime as date_and_time, timezone};
use crate::python::memory::{Addr, Own};
use crate::python::object::{NONE, str};
use crate::python::vm::{Args, PyResult, Raised, Vm};

/// `class.strptime(text, format)` through a function of the module `_strptime`.
pub fn strptime(vm: &mut Vm, class: Addr, args: Args, function: &str) -> PyResult<Own> {
    let [text, format] = arguments::exactly(vm, "strptime", args)?;
    for (argument, given) in [("argument 1", text), ("argument 2", format)] {
        str::arg::string(vm, "strptime", argument, given)?;
    }
    call_in_module(vm, "_strptime", function, &[class, text, format])
}

/// `date.fromisoformat(text)`
pub fn date(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let given = text_argument(vm, args)?;
    let text = Text::of(vm, given, &[]);
    let lengths: &[usize] = if vm.profile.dates.reads_most_of_iso {
        &[7, 8, 10]
    } else {
        &[10]
    };
    let day = text
        .filter(|text| lengths.contains(&text.0.len()))
        .and_then(|text| text.date(vm.profile.dates.reads_most_of_iso, text.0.len()));
    match day {
        Some(day) => calendar_date::make(vm, class, day),
        None => Err(invalid(vm, given)?),
    }
}

/// `time.fromisoformat(text)`
pub fn time(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let given = text_argument(vm, args)?;
    let wide = vm.profile.dates.reads_most_of_iso;
    let text = Text::of(vm, given, &[]);
    let parsed = text.and_then(|text| {
        let start = usize::from(wide && text.at(0) == b'T');
        text.time(wide, start)
    });
    let Some((mut clock, offset)) = parsed else {
        return Err(invalid(vm, given)?);
    };
    let _is_next_day = midnight(vm, &mut clock)?;
    let zone = zone_of(vm, offset)?;
    let time = time_of_day::make(vm, class, clock, zone.addr())?;
    vm.decref(zone);
    Ok(time)
}

/// `datetime.fromisoformat(text)`
pub fn datetime(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let given = text_argument(vm, args)?;
    let wide = vm.profile.dates.reads_most_of_iso;
    let (separators, least): (&[usize], _) = if wide { (&[7, 8, 10], 7) } else { (&[10], 10) };
    let text = Text::of(vm, given, separators).filter(|_| str::len(vm, given) >= least);
    let Some((mut day, mut clock, offset)) = text.and_then(|text| text.datetime(wide)) else {
        return Err(invalid(vm, given)?);
    };
    if midnight(vm, &mut clock)? && day.is_in_month() {
        day = Day::from_ordinal(day.ordinal() + 1);
    }
    let zone = zone_of(vm, offset)?;
    let datetime = date_and_time::make(vm, class, day, clock, zone.addr())?;
    vm.decref(zone);
    Ok(datetime)
}

fn text_argument(vm: &mut Vm, args: Args) -> PyResult<Addr> {
    let given = args.get(vm, 0);
    match str::check(vm, given) {
        true => Ok(given),
        false => Err(vm.type_error("fromisoformat: argument must be str")),
    }
}

#[cold]
fn invalid(vm: &mut Vm, given: Addr) -> PyResult<Raised> {
    let shown = vm.repr_text(given)?;
    Ok(vm.value_error(format!("Invalid isoformat string: {shown}")))
}

/// 24:00 is the next day's midnight, where a version takes it so.
fn midnight(vm: &mut Vm, clock: &mut Clock) -> PyResult<bool> {
    if clock.hour != 24 || !vm.profile.dates.midnight_may_be_24 {
        return Ok(false);
    }
    if (clock.minute, clock.second, clock.microsecond) != (0, 0, 0) {
        return Err(vm.value_error("minute, second, and microsecond must be 0 when hour is 24"));
    }
    clock.hour = 0;
    Ok(true)
}

/// Seconds and microseconds east of UTC.
type Offset = (i64, i64);

fn zone_of(vm: &mut Vm, offset: Option<Offset>) -> PyResult<Own> {
    match offset {
        Some((seconds, microseconds)) => timezone::of_offset(vm, seconds, microseconds),
        None => Ok(vm.incref(NONE)),
    }
}

/// A text in UTF-8, with a 0 behind its end.
struct Text(Vec<u8>);

impl Text {
    /// The text of a string; `None` where it is no Unicode. A surrogate may stand at one of `separators`.
    fn of(vm: &Vm, string: Addr, separators: &[usize]) -> Option<Text> {
        let mut points = str::view(vm, string).to_vec();
        let is_surrogate = |i: &&usize| matches!(points.get(**i), Some(0xD800..=0xDFFF));
        if let Some(at) = separators.iter().find(is_surrogate) {
            points[*at] = u32::from(b'T');
        }
        let text: Option<String> = points.into_iter().map(char::from_u32).collect();
        text.map(|text| Text(text.into_bytes()))
    }

    fn at(&self, i: usize) -> u8 {
        self.0.get(i).copied().unwrap_or(0)
    }

    /// The number that so many digits from `i` on are.
    fn digits(&self, i: usize, count: usize) -> Option<i64> {
        (i..i + count).try_fold(0, |number, i| {
            let digit = self.at(i);
            digit
                .is_ascii_digit()
                .then(|| number * 10 + i64::from(digit - b'0'))
        })
    }

    /// The date at the start, which takes `len` bytes.
    fn date(&self, wide: bool, len: usize) -> Option<Day> {
        let year = self.digits(0, 4)?;
        let has_separators = self.at(4) == b'-';
        if !wide && !has_separators {
            return None;
        }
        let dash = usize::from(has_separators);
        let start = 4 + dash;
        if wide && self.at(start) == b'W' {
            return self.week_date(year, start + 1, dash, len);
        }
        let month = self.digits(start, 2)?;
        if has_separators && self.at(start + 2) != b'-' {
            return None;
        }
        let day = self.digits(start + 2 + dash, 2)?;
        Some(Day { year, month, day })
    }

    /// The rest of a date of ISO weeks, from the week's number on; the weekday may be missing.
    fn week_date(&self, year: i64, start: usize, dash: usize, len: usize) -> Option<Day> {
        let week = self.digits(start, 2)?;
        let weekday = match start + 2 < len {
            false => 1,
            true if dash == 1 && self.at(start + 2) != b'-' => return None,
            true => self.digits(start + 2 + dash, 1)?,
        };
        ordinal::from_iso(year, week, weekday).ok()
    }

    /// A time from `start` to the end, with its offset if there is one.
    fn time(&self, wide: bool, start: usize) -> Option<(Clock, Option<Offset>)> {
        let end = self.0.len();
        let is_sign = |i: &usize| matches!(self.at(*i), b'+' | b'-') || wide && self.at(*i) == b'Z';
        // An empty time has a place for an offset too.
        let zone = (start..end.max(start + 1))
            .find(is_sign)
            .unwrap_or(end.max(start + 1));
        let (clock, more) = self.clock(wide, start, zone)?;
        if zone >= end {
            return (!more).then_some((clock, None));
        }
        if self.at(zone) == b'Z' {
            return (zone + 1 == end).then_some((clock, Some((0, 0))));
        }
        if !wide && !matches!(end - zone - 1, 5 | 8 | 15) {
            return None;
        }
        let (offset, more) = self.clock(wide, zone + 1, end)?;
        let sign = if self.at(zone) == b'-' { -1 } else { 1 };
        let offset = (sign * offset.seconds(), sign * offset.microsecond);
        (!more).then_some((clock, Some(offset)))
    }

    /// Hours, minutes, seconds and a fraction from `start` to `end`; and whether the text goes on behind them.
    fn clock(&self, wide: bool, start: usize, end: usize) -> Option<(Clock, bool)> {
        let mut numbers = [0; 3];
        let (mut i, mut has_separators) = (start, true);
        for (place, number) in numbers.iter_mut().enumerate() {
            *number = self.digits(i, 2)?;
            let next = self.at(i + 2);
            i += 3;
            if place == 0 && wide {
                has_separators = next == b':';
            }
            if i >= end {
                return Some((clock_of(numbers, 0), next != 0));
            }
            match next {
                b':' if has_separators => {}
                b'.' => break,
                b',' if wide => break,
                _ if wide && !has_separators => i -= 1,
                _ => return None,
            }
        }
        let left = end - i;
        if !wide && !matches!(left, 3 | 6) {
            return None;
        }
        let read = left.min(6);
        let fraction = self.digits(i, read)? * 10i64.pow(6 - read as u32);
        let mut behind = i + read;
        while wide && self.at(behind).is_ascii_digit() {
            behind += 1;
        }
        Some((clock_of(numbers, fraction), self.at(behind) != 0))
    }

    fn datetime(&self, wide: bool) -> Option<(Day, Clock, Option<Offset>)> {
        let separator = if wide { self.separator()? } else { 10 };
        let day = self.date(wide, separator)?;
        if self.0.len() <= separator {
            return Some((day, Clock::default(), None));
        }
        let width = match self.at(separator) {
            0..0x80 => 1,
            byte if byte & 0xF0 == 0xE0 => 3,
            byte if byte & 0xF0 == 0xF0 => 4,
            _ => 2,
        };
        let (clock, offset) = self.time(wide, separator + width)?;
        Some((day, clock, offset))
    }

    /// Where the character between date and time stands.
    fn separator(&self) -> Option<usize> {
        let len = self.0.len();
        if len == 7 {
            return Some(7);
        }
        match (self.at(4), self.at(5)) {
            (b'-', b'W') if len > 8 && self.at(8) == b'-' => match len {
                9 => None,
                // `2020-W01-12…`: the time is more likely to follow a dash than a weekday a digit.
                _ if len > 10 && self.at(10).is_ascii_digit() => Some(8),
                _ => Some(10),
            },
            (b'-', b'W') => Some(8),
            (b'-', _) => Some(10),
            (b'W', _) => {
                let digits = (7..len)
                    .take_while(|i| self.at(*i).is_ascii_digit())
                    .count();
                // Numbers of a time have two digits: an odd one is the weekday.
                Some(match 7 + digits {
                    end if end < 9 => end,
                    end if end % 2 == 0 => 7,
                    _ => 8,
                })
            }
            _ => Some(8),
        }
    }
}

fn clock_of([hour, minute, second]: [i64; 3], microsecond: i64) -> Clock {
    Clock {
        hour,
        minute,
        second,
        microsecond: microsecond.min(SECOND - 1),
        fold: 0,
    }
}
