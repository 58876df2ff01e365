//! Dates and times as text: `isoformat`, `ctime`, `strftime`, and what `repr`s share.

use super::arguments::{self, CInt, Params};
use super::ordinal::Day;
use super::time::{self, Clock};
use super::{call_in_module, call_method, datetime, zone};
use crate::python::memory::{Addr, Own};
use crate::python::object::str::Text;
use crate::python::object::str::arg::bad_argument;
use crate::python::object::{NONE, int, str, text, tuple};
use crate::python::vm::{Args, PyResult, Vm};

/// `2025-10-19`
pub fn date(day: Day) -> String {
    let Day { year, month, day } = day;
    format!("{year:04}-{month:02}-{day:02}")
}

/// `13:05:09.123456`, or as much of it as `spec` says.
///
/// # Errors
/// `ValueError` for an unknown `spec`.
pub fn time(vm: &mut Vm, clock: Clock, spec: Option<&str>) -> PyResult<String> {
    let Clock {
        hour,
        minute,
        second,
        microsecond,
        ..
    } = clock;
    let spec = match spec {
        None | Some("auto") if microsecond == 0 => "seconds",
        None | Some("auto") => "microseconds",
        Some(spec) => spec,
    };
    Ok(match spec {
        "hours" => format!("{hour:02}"),
        "minutes" => format!("{hour:02}:{minute:02}"),
        "seconds" => format!("{hour:02}:{minute:02}:{second:02}"),
        "milliseconds" => {
            let millisecond = microsecond / 1000;
            format!("{hour:02}:{minute:02}:{second:02}.{millisecond:03}")
        }
        "microseconds" => format!("{hour:02}:{minute:02}:{second:02}.{microsecond:06}"),
        _ => return Err(vm.value_error("Unknown timespec value")),
    })
}

/// The offset of a time zone as text, `""` for none.
pub fn offset(vm: &mut Vm, zone: Addr, argument: Addr, separator: &str) -> PyResult<String> {
    let offset = zone::offset(vm, zone, "utcoffset", argument)?;
    Ok(offset.map_or_else(String::new, |offset| zone::offset_text(offset, separator)))
}

/// `Sun Oct 19 13:05:09 2025`; `seconds` of the day.
pub fn ctime(day: Day, seconds: i64) -> String {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let weekday = DAYS[day.weekday().rem_euclid(7) as usize];
    let month = MONTHS[(day.month - 1).rem_euclid(12) as usize];
    let Clock {
        hour,
        minute,
        second,
        ..
    } = Clock::of_seconds(seconds, 0);
    let Day { year, day, .. } = day;
    format!("{weekday} {month} {day:2} {hour:02}:{minute:02}:{second:02} {year:04}")
}

/// `time.struct_time` of a day and a time.
pub fn struct_time(vm: &mut Vm, day: Day, clock: [i64; 3], dst: i64) -> PyResult<Own> {
    let [hour, minute, second] = clock;
    let (weekday, yearday) = (day.weekday(), day.yearday());
    let Day { year, month, day } = day;
    let numbers = [
        year, month, day, hour, minute, second, weekday, yearday, dst,
    ];
    let numbers = numbers.map(|number| int::new(vm, number));
    let numbers = tuple::from_owned(vm, numbers.into());
    let times = call_in_module(vm, "time", "struct_time", &[numbers.addr()])?;
    vm.decref(numbers);
    Ok(times)
}

/// `datetime.time(1, 2`, the start of a `repr`.
pub fn repr_start(vm: &Vm, object: Addr, parts: &[i64]) -> Text {
    let parts: Vec<String> = parts.iter().map(i64::to_string).collect();
    let mut text = Text::new();
    text.push_str(&format!("{}({}", vm.tp_name(object), parts.join(", ")));
    text
}

/// `, tzinfo=…`, the end of one.
pub fn push_zone(vm: &mut Vm, text: &mut Text, zone: Addr) -> PyResult<()> {
    if zone != NONE {
        text.push_str(", tzinfo=");
        text::push_repr(vm, text, zone)?;
    }
    Ok(())
}

/// Whether copies call their class, and how they read integers.
pub fn copying(vm: &Vm) -> (bool, CInt) {
    match vm.profile.dates.copies_call_class {
        true => (true, CInt::Clinic),
        false => (false, CInt::Format),
    }
}

/// `class(*parts, zone)` of a subclass. A fold is given by name, or set afterwards.
pub fn call_class(vm: &mut Vm, class: Addr, parts: &[i64], zone: Addr, fold: i64) -> PyResult<Own> {
    let owned: Vec<Own> = parts.iter().map(|part| int::new(vm, *part)).collect();
    let mut given: Vec<Addr> = owned.iter().map(Own::addr).collect();
    given.push(zone);
    let by_name = fold != 0 && vm.profile.dates.copies_call_class;
    let made = if by_name {
        let name = str::intern(vm, "fold");
        let (names, value) = (tuple::from_owned(vm, vec![name]), int::new(vm, fold));
        let made = vm.call_keywords(class, &given, names.addr(), &[value.addr()])?;
        vm.decref(names);
        vm.decref(value);
        made
    } else {
        vm.call(class, &given)?
    };
    owned.into_iter().for_each(|part| vm.decref(part));
    if fold != 0 && !by_name && datetime::check(vm, made.addr()) {
        datetime::set_fold(vm, made.addr(), fold);
    }
    Ok(made)
}

/// A `char *` argument.
pub fn c_string(vm: &mut Vm, function: &str, place: usize, given: Addr) -> PyResult<String> {
    if !str::check(vm, given) {
        let argument = format!("argument {place}");
        return Err(bad_argument(vm, function, &argument, "str", given));
    }
    let text = str::to_rust(vm, given);
    match text.contains('\0') {
        true => Err(vm.value_error("embedded null character")),
        false => Ok(text),
    }
}

/// The format that `strftime` is given.
pub fn format_argument(vm: &mut Vm, args: Args) -> PyResult<Addr> {
    const PARAMS: Params = Params::new("strftime", &["format"], 1);
    let mut format = Addr::NULL;
    PARAMS.parse(vm, args, |vm, _, value| {
        format = str::arg::string(vm, "strftime", "argument 1", value)?;
        Ok(())
    })?;
    Ok(format)
}

/// `__format__`: `str(object)` without a format, else `object.strftime(format)`.
pub fn format(vm: &mut Vm, this: Addr, args: Args) -> PyResult<Own> {
    let [format] = arguments::exactly(vm, "__format__", args)?;
    let format = str::arg::string(vm, "__format__", "argument 1", format)?;
    if str::len(vm, format) == 0 {
        return vm.str(this);
    }
    call_method(vm, this, "strftime", &[format])
}

/// `time.strftime(format, times)` after the directives that only dates and times know; `argument` is given to the zone.
pub fn strftime(
    vm: &mut Vm,
    this: Addr,
    format: Addr,
    times: Addr,
    argument: Addr,
) -> PyResult<Own> {
    let mut rewritten = Rewriter {
        this,
        times,
        argument,
        text: Text::new(),
    };
    let mut points = str::view(vm, format).to_vec();
    if !vm.profile.dates.pads_years {
        // It was a string of C.
        points.truncate(
            points
                .iter()
                .position(|point| *point == 0)
                .unwrap_or(points.len()),
        );
    }
    let mut rest = &points[..];
    while let Some((first, behind)) = rest.split_first() {
        let taken = match behind.first().and_then(|point| char::from_u32(*point)) {
            Some(directive) if *first == u32::from('%') => {
                rewritten.directive(vm, directive, behind.get(1).copied())?
            }
            _ => 0,
        };
        if taken == 0 {
            // As it is, with the directive that `time.strftime` will look at.
            let len = if *first == u32::from('%') {
                rest.len().min(2)
            } else {
                1
            };
            rest[..len]
                .iter()
                .for_each(|point| rewritten.text.push(*point));
            rest = &rest[len..];
        } else {
            rest = &behind[taken..];
        }
    }
    let format = rewritten.text.finish(vm)?;
    let text = call_in_module(vm, "time", "strftime", &[format.addr(), times])?;
    vm.decref(format);
    Ok(text)
}

/// A format in the making whose directives `time.strftime` knows.
struct Rewriter {
    this: Addr,
    times: Addr,
    argument: Addr,
    text: Text,
}

impl Rewriter {
    fn zone(&self, vm: &Vm) -> Addr {
        match datetime::check(vm, self.this) {
            true => datetime::tzinfo(vm, self.this),
            false if time::check(vm, self.this) => time::tzinfo(vm, self.this),
            false => NONE,
        }
    }

    /// Writes a directive's text; how many characters behind the `%` it took, 0 where it is none of ours.
    fn directive(&mut self, vm: &mut Vm, directive: char, next: Option<u32>) -> PyResult<usize> {
        match directive {
            'z' => self.push_offset(vm, "")?,
            ':' if next == Some(u32::from('z')) && vm.profile.dates.knows_colon_offset => {
                self.push_offset(vm, ":")?;
                return Ok(2);
            }
            'Z' => self.push_zone_name(vm)?,
            'f' => {
                let microsecond = match datetime::check(vm, self.this) {
                    true => datetime::clock(vm, self.this).microsecond,
                    false if time::check(vm, self.this) => time::clock(vm, self.this).microsecond,
                    false => 0,
                };
                self.text.push_str(&format!("{microsecond:06}"));
            }
            'Y' | 'G' | 'F' | 'C' if vm.profile.dates.pads_years => {
                let year = self.year(vm, directive)?;
                match directive {
                    'F' => self.text.push_str(&format!("{year:04}-%m-%d")),
                    'C' => self.text.push_str(&format!("{:02}", year / 100)),
                    _ => self.text.push_str(&format!("{year:04}")),
                }
            }
            _ => return Ok(0),
        }
        Ok(1)
    }

    fn push_offset(&mut self, vm: &mut Vm, separator: &str) -> PyResult<()> {
        let zone = self.zone(vm);
        let offset = offset(vm, zone, self.argument, separator)?;
        self.text.push_str(&offset);
        Ok(())
    }

    /// The zone's name, whose `%` are no directives.
    fn push_zone_name(&mut self, vm: &mut Vm) -> PyResult<()> {
        let zone = self.zone(vm);
        let name = zone::name(vm, zone, self.argument)?;
        if name.addr() != NONE {
            let (one, two) = (str::new(vm, "%"), str::new(vm, "%%"));
            let doubled = call_method(vm, name.addr(), "replace", &[one.addr(), two.addr()])?;
            if !str::check(vm, doubled.addr()) {
                return Err(vm.type_error("tzname.replace() did not return a string"));
            }
            text::push_object(vm, &mut self.text, doubled.addr());
            [one, two, doubled]
                .into_iter()
                .for_each(|part| vm.decref(part));
        }
        vm.decref(name);
        Ok(())
    }

    /// The year, that of ISO weeks for `G`.
    fn year(&self, vm: &mut Vm, directive: char) -> PyResult<i64> {
        if directive != 'G' {
            let year = tuple::item(vm, self.times, 0);
            return arguments::c_int(vm, year, CInt::Clinic);
        }
        let format = str::new(vm, "%G");
        let text = call_in_module(vm, "time", "strftime", &[format.addr(), self.times])?;
        let year = str::to_rust(vm, text.addr()).parse().unwrap_or(0);
        vm.decref(format);
        vm.decref(text);
        Ok(year)
    }
}
