//! What dates and times ask of their time zone, and the checks of its answers. CPython: `call_tzinfo_method`.

use super::timedelta::{self, Delta};
use crate::python::memory::{Addr, Own};
use crate::python::object::{NONE, str, types};
use crate::python::vm::{PyResult, Raised, Vm};

/// Raises `TypeError` for what is neither `None` nor a time zone.
pub fn check(vm: &mut Vm, zone: Addr) -> PyResult<()> {
    if zone == NONE || vm.type_check(zone, types::TZINFO) {
        return Ok(());
    }
    let name = vm.type_name(zone);
    Err(vm.type_error(format!(
        "tzinfo argument must be None or of a tzinfo subclass, not type '{name}'"
    )))
}

/// `zone.utcoffset(argument)` or `zone.dst(argument)`: `None` or a difference of less than a day.
pub fn ask(vm: &mut Vm, zone: Addr, method: &str, argument: Addr) -> PyResult<Own> {
    if zone == NONE {
        return Ok(vm.none());
    }
    let answer = super::call_method(vm, zone, method, &[argument])?;
    if answer.addr() == NONE {
        return Ok(answer);
    }
    if !timedelta::check(vm, answer.addr()) {
        let name = vm.type_name(answer.addr());
        return Err(vm.type_error(format!(
            "tzinfo.{method}() must return None or timedelta, not '{name}'"
        )));
    }
    if !timedelta::value(vm, answer.addr()).is_offset() {
        let shown = vm.profile.dates.texts_tell_values.then_some(answer.addr());
        return Err(offset_error(vm, shown)?);
    }
    Ok(answer)
}

/// The error of an offset of a day or more.
pub fn offset_error(vm: &mut Vm, shown: Option<Addr>) -> PyResult<Raised> {
    let shown = match shown {
        Some(offset) => format!(", not {}", vm.repr_text(offset)?),
        None => String::new(),
    };
    Ok(vm.value_error(format!(
        "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24){shown}."
    )))
}

/// [`ask`] as a value.
pub fn offset(vm: &mut Vm, zone: Addr, method: &str, argument: Addr) -> PyResult<Option<Delta>> {
    let answer = ask(vm, zone, method, argument)?;
    let value = (answer.addr() != NONE).then(|| timedelta::value(vm, answer.addr()));
    vm.decref(answer);
    Ok(value)
}

/// `zone.tzname(argument)`: `None` or a string.
pub fn name(vm: &mut Vm, zone: Addr, argument: Addr) -> PyResult<Own> {
    if zone == NONE {
        return Ok(vm.none());
    }
    let name = super::call_method(vm, zone, "tzname", &[argument])?;
    if name.addr() == NONE || str::check(vm, name.addr()) {
        return Ok(name);
    }
    let found = vm.type_name(name.addr());
    Err(vm.type_error(format!(
        "tzinfo.tzname() must return None or a string, not '{found}'"
    )))
}

/// An offset as text: `+09:00`, with seconds and microseconds where there are any.
pub fn offset_text(offset: Delta, separator: &str) -> String {
    let (sign, offset) = if offset.days < 0 {
        ('-', offset.negative())
    } else {
        ('+', offset)
    };
    let Delta {
        seconds,
        microseconds,
        ..
    } = offset;
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let mut text = format!("{sign}{hour:02}{separator}{minute:02}");
    if (second, microseconds) != (0, 0) {
        text += &format!("{separator}{second:02}");
    }
    if microseconds != 0 {
        text += &format!(".{microseconds:06}");
    }
    text
}
