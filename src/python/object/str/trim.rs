//! What changes a string at its ends: `strip`, `removeprefix`, `ljust`, `center`, `zfill`, `expandtabs`.

use super::build::{Kind, copy_points, reserve, write_points};
use super::{View, arg, check, data, len, point, substring, to_exact, unicode, view, width};
use crate::python::memory::{Addr, Own};
use crate::python::object::NONE;
use crate::python::vm::{Args, PyResult, Vm};

pub(super) fn strip(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    strip_ends(vm, string, args, "strip", true, true)
}

pub(super) fn lstrip(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    strip_ends(vm, string, args, "lstrip", true, false)
}

pub(super) fn rstrip(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    strip_ends(vm, string, args, "rstrip", false, true)
}

fn strip_ends(
    vm: &mut Vm,
    string: Addr,
    args: Args,
    name: &str,
    left: bool,
    right: bool,
) -> PyResult<Own> {
    let chars = args.get(vm, 0);
    let (start, end) = if chars.is_null() || chars == NONE {
        ends(view(vm, string), left, right, unicode::is_space)
    } else if check(vm, chars) {
        let chars = view(vm, chars);
        ends(view(vm, string), left, right, |point| {
            chars.iter().any(|char| char == point)
        })
    } else {
        return Err(vm.type_error(format!("{name} arg must be None or str")));
    };
    substring(vm, string, start, end)
}

/// The range that is left when the code points of `drops` are taken away at the ends.
fn ends(text: View<'_>, left: bool, right: bool, drops: impl Fn(u32) -> bool) -> (usize, usize) {
    let (mut start, mut end) = (0, text.len());
    if left {
        while start < end && drops(text.get(start)) {
            start += 1;
        }
    }
    if right {
        while end > start && drops(text.get(end - 1)) {
            end -= 1;
        }
    }
    (start, end)
}

pub(super) fn removeprefix(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    let prefix = arg::string(vm, "removeprefix", "argument", args.get(vm, 0))?;
    let (length, width) = (len(vm, string), len(vm, prefix));
    if width <= length && view(vm, string).slice(0, width) == view(vm, prefix) {
        return substring(vm, string, width, length);
    }
    to_exact(vm, string)
}

pub(super) fn removesuffix(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    let suffix = arg::string(vm, "removesuffix", "argument", args.get(vm, 0))?;
    let (length, width) = (len(vm, string), len(vm, suffix));
    if width <= length && view(vm, string).slice(length - width, length) == view(vm, suffix) {
        return substring(vm, string, 0, length - width);
    }
    to_exact(vm, string)
}

/// The width and fill character of `ljust` and its siblings.
fn pad_args(vm: &mut Vm, args: Args) -> PyResult<(usize, u32)> {
    let width = arg::size(vm, args.get(vm, 0), 0)?;
    let fill = match args.opt(vm, 1) {
        None => u32::from(b' '),
        Some(fill) if !check(vm, fill) => {
            let given = vm.type_name(fill);
            return Err(vm.type_error(format!(
                "The fill character must be a unicode character, not {given}"
            )));
        }
        Some(fill) if len(vm, fill) != 1 => {
            return Err(vm.type_error("The fill character must be exactly one character long"));
        }
        Some(fill) => point(vm, fill, 0),
    };
    Ok((usize::try_from(width).unwrap_or(0), fill))
}

pub(super) fn ljust(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    let (width, fill) = pad_args(vm, args)?;
    let margin = width.saturating_sub(len(vm, string));
    pad(vm, string, 0, margin, fill)
}

pub(super) fn rjust(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    let (width, fill) = pad_args(vm, args)?;
    let margin = width.saturating_sub(len(vm, string));
    pad(vm, string, margin, 0, fill)
}

pub(super) fn center(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    let (width, fill) = pad_args(vm, args)?;
    let margin = width.saturating_sub(len(vm, string));
    let left = margin / 2 + (margin & width & 1);
    pad(vm, string, left, margin - left, fill)
}

/// The string with `left` and `right` fill characters around it.
pub fn pad(vm: &mut Vm, string: Addr, left: usize, right: usize, fill: u32) -> PyResult<Own> {
    if left == 0 && right == 0 {
        return to_exact(vm, string);
    }
    let length = len(vm, string);
    let total = left.saturating_add(length).saturating_add(right);
    if total >= isize::MAX as usize {
        return Err(vm.overflow_error("padded string is too long"));
    }
    let kind = Kind::of_string(vm, string).max(Kind::of(fill));
    let result = reserve(vm, total, kind)?;
    fill_points(vm, result.addr(), 0, left, fill);
    copy_points(vm, string, 0, result.addr(), left, length);
    fill_points(vm, result.addr(), left + length, right, fill);
    Ok(result)
}

/// Writes one code point `count` times: `PyUnicode_Fill`.
pub(super) fn fill_points(vm: &mut Vm, string: Addr, at: usize, count: usize, fill: u32) {
    let unit = width(vm, string);
    let target = data(vm, string).at((at * unit) as u64);
    match unit {
        1 => vm.heap.space.fill(target, count, fill as u8),
        2 => vm
            .heap
            .space
            .units_mut::<u16>(target, count)
            .fill(fill as u16),
        _ => vm.heap.space.units_mut::<u32>(target, count).fill(fill),
    }
}

pub(super) fn zfill(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    let width = usize::try_from(arg::size(vm, args.get(vm, 0), 0)?).unwrap_or(0);
    let length = len(vm, string);
    if length >= width {
        return to_exact(vm, string);
    }
    let margin = width - length;
    let padded = pad(vm, string, margin, 0, u32::from(b'0'))?;
    let first = point(vm, padded.addr(), margin);
    if length != 0 && (first == u32::from(b'+') || first == u32::from(b'-')) {
        let (units, unit) = (data(vm, padded.addr()), super::width(vm, padded.addr()));
        write_points(vm, units, unit, 0, &[first]);
        write_points(vm, units, unit, margin, &[u32::from(b'0')]);
    }
    Ok(padded)
}

pub(super) fn expandtabs(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    let size = match args.opt(vm, 0) {
        Some(size) => arg::c_int(vm, size)?,
        None => 8,
    };
    let size = usize::try_from(size).unwrap_or(0);
    let text = view(vm, string);
    let (mut total, mut column, mut found) = (0usize, 0usize, false);
    for point in text.iter() {
        let step = tab_step(point, size, &mut column);
        found |= point == 9;
        total = total.saturating_add(step);
    }
    if !found {
        return to_exact(vm, string);
    }
    if total >= isize::MAX as usize {
        return Err(vm.overflow_error("new string is too long"));
    }
    if total == 0 {
        return Ok(super::empty(vm));
    }
    let kind = Kind::of_string(vm, string);
    let result = reserve(vm, total, kind)?;
    let (mut at, mut column) = (0, 0);
    for i in 0..len(vm, string) {
        let point = point(vm, string, i);
        let step = tab_step(point, size, &mut column);
        let fill = if point == 9 { u32::from(b' ') } else { point };
        fill_points(vm, result.addr(), at, step, fill);
        at += step;
    }
    Ok(result)
}

/// How many columns a code point takes, and where the next one stands.
fn tab_step(point: u32, size: usize, column: &mut usize) -> usize {
    if point == 9 {
        let step = if size == 0 { 0 } else { size - *column % size };
        *column += step;
        return step;
    }
    *column = if point == 0x0A || point == 0x0D {
        0
    } else {
        *column + 1
    };
    1
}
