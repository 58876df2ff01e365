//! `str.replace`. CPython: `replace` in Objects/unicodeobject.c.

use super::build::{Kind, copy_points, reserve, write_points};
use super::search::{self, Needle};
use super::{arg, data, len, point, to_exact, view, width};
use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Vm};

pub(super) fn replace_method(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    let old = arg::string(vm, "replace", "argument 1", args.get(vm, 0))?;
    let new = arg::string(vm, "replace", "argument 2", args.get(vm, 1))?;
    let count = arg::size(vm, args.get(vm, 2), -1)?;
    replace(vm, string, old, new, count)
}

/// `string.replace(old, new, count)`; a negative count is no limit.
pub fn replace(vm: &mut Vm, string: Addr, old: Addr, new: Addr, count: isize) -> PyResult<Own> {
    let most = usize::try_from(count).unwrap_or(usize::MAX);
    let (length, old_len, new_len) = (len(vm, string), len(vm, old), len(vm, new));
    let found = search::count(view(vm, string), view(vm, old), 0, length, most);
    if found == 0 || super::equal(vm, old, new) {
        return to_exact(vm, string);
    }
    let total = match new_len
        .checked_mul(found)
        .and_then(|added| added.checked_add(length - old_len * found))
    {
        Some(total) if total < isize::MAX as usize => total,
        _ => return Err(vm.overflow_error("replace string is too long")),
    };
    if total == 0 {
        return Ok(super::empty(vm));
    }
    // Where the widest character may be one that goes, the kind is known only after the text is.
    let widest = Kind::of_string(vm, string);
    let kind = match Kind::of_string(vm, old) {
        old_kind if old_kind == widest && widest != Kind::Ascii => {
            kind_after(vm, string, old, new, most)
        }
        _ => widest.max(Kind::of_string(vm, new)),
    };
    let result = reserve(vm, total, kind)?;
    let target = result.addr();
    if old_len == 1 && new_len == 1 {
        let (from, to) = (point(vm, old, 0), point(vm, new, 0));
        exchange(vm, string, target, from, to, found);
    } else if old_len == 0 {
        interleave(vm, string, target, new, found);
    } else {
        fill(vm, string, target, old, new, found);
    }
    Ok(result)
}

/// The kind of the result, by going through it.
fn kind_after(vm: &Vm, string: Addr, old: Addr, new: Addr, most: usize) -> Kind {
    let (text, part) = (view(vm, string), view(vm, old));
    let needle = Needle::new(text, part);
    let (mut at, mut kind) = (0, Kind::of_string(vm, new));
    for _ in 0..most {
        let Some(place) = needle.find(text, at, text.len()) else {
            break;
        };
        kind = kind.max(Kind::of_view(text.slice(at, place)));
        at = place + part.len();
    }
    kind.max(Kind::of_view(text.slice(at, text.len())))
}

/// One character for one character.
fn exchange(vm: &mut Vm, string: Addr, target: Addr, from: u32, to: u32, found: usize) {
    let length = len(vm, string);
    let (units, unit) = (data(vm, target), width(vm, target));
    if width(vm, string) <= unit {
        copy_points(vm, string, 0, target, 0, length);
        return exchange_units(vm, units, unit, length, from, to, found);
    }
    let mut points = view(vm, string).to_vec();
    points
        .iter_mut()
        .filter(|point| **point == from)
        .take(found)
        .for_each(|point| *point = to);
    write_points(vm, units, unit, 0, &points);
}

fn exchange_units(
    vm: &mut Vm,
    units: Addr,
    width: usize,
    length: usize,
    from: u32,
    to: u32,
    found: usize,
) {
    match width {
        1 => {
            let (from, to) = (from as u8, to as u8);
            let bytes = vm.heap.space.bytes_mut(units, length);
            bytes
                .iter_mut()
                .filter(|byte| **byte == from)
                .take(found)
                .for_each(|byte| *byte = to);
        }
        2 => {
            let (from, to) = (from as u16, to as u16);
            let halves = vm.heap.space.units_mut::<u16>(units, length);
            halves
                .iter_mut()
                .filter(|unit| **unit == from)
                .take(found)
                .for_each(|unit| *unit = to);
        }
        _ => {
            let points = vm.heap.space.units_mut::<u32>(units, length);
            points
                .iter_mut()
                .filter(|unit| **unit == from)
                .take(found)
                .for_each(|unit| *unit = to);
        }
    }
}

/// `'abc'.replace('', '-')`: `new` before each of the first characters, and at the end if it comes to that.
fn interleave(vm: &mut Vm, string: Addr, target: Addr, new: Addr, found: usize) {
    let (length, new_len) = (len(vm, string), len(vm, new));
    let mut at = 0;
    for i in 0..found {
        copy_points(vm, new, 0, target, at, new_len);
        at += new_len;
        if i < length {
            copy_points(vm, string, i, target, at, 1);
            at += 1;
        }
    }
    if found < length {
        copy_points(vm, string, found, target, at, length - found);
    }
}

fn fill(vm: &mut Vm, string: Addr, target: Addr, old: Addr, new: Addr, found: usize) {
    let (length, old_len, new_len) = (len(vm, string), len(vm, old), len(vm, new));
    let needle = Needle::new(view(vm, string), view(vm, old));
    let (mut from, mut at) = (0, 0);
    for _ in 0..found {
        let Some(place) = needle.find(view(vm, string), from, length) else {
            break;
        };
        copy_kept(vm, string, from, target, at, place - from);
        at += place - from;
        copy_points(vm, new, 0, target, at, new_len);
        at += new_len;
        from = place + old_len;
    }
    copy_kept(vm, string, from, target, at, length - from);
}

/// Copies what stays, whose units may be narrower in the result than in the string.
fn copy_kept(vm: &mut Vm, string: Addr, from: usize, target: Addr, at: usize, length: usize) {
    if length != 0 {
        copy_points(vm, string, from, target, at, length);
    }
}
