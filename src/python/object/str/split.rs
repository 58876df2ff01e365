//! `str.split`, `rsplit`, `splitlines`, `partition`, `rpartition`, `join`. CPython: Objects/stringlib/split.h.

use super::build::{Kind, copy_points, reserve};
use super::search::{self, Needle};
use super::{View, arg, check, check_exact, empty, len, substring, to_exact, unicode, view};
use crate::python::memory::{Addr, Own};
use crate::python::object::{NONE, list, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

/// `MAX_PREALLOC`: a list of parts starts with room for at most so many.
const PREALLOCATED: usize = 12;

/// The list that `split` fills; `most` is the greatest number of splits.
pub fn new_parts(vm: &mut Vm, most: usize) -> PyResult<Own> {
    list::with_room(vm, most.saturating_add(1).min(PREALLOCATED))
}

/// The list for the parts of a string: where no limit is given, the most that its length allows.
fn parts_for(vm: &mut Vm, string: Addr, separator: Option<Addr>, most: usize) -> PyResult<Own> {
    let length = len(vm, string);
    let most = match separator {
        _ if most != usize::MAX || !vm.profile.splits_guess_parts => most,
        Some(separator) => length / len(vm, separator) + 1,
        None => length.saturating_sub(1) / 2 + 1,
    };
    new_parts(vm, most)
}

fn split_args(vm: &mut Vm, args: Args) -> PyResult<(Option<Addr>, usize)> {
    let most = arg::size(vm, args.get(vm, 1), -1)?;
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let separator = args.get(vm, 0);
    if separator.is_null() || separator == NONE {
        return Ok((None, most));
    }
    if !check(vm, separator) {
        let given = arg::type_text(vm, separator);
        return Err(vm.type_error(format!("must be str or None, not {given}")));
    }
    if len(vm, separator) == 0 {
        return Err(vm.value_error("empty separator"));
    }
    Ok((Some(separator), most))
}

pub(super) fn split(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    let (separator, most) = split_args(vm, args)?;
    let parts = parts_for(vm, string, separator, most)?;
    match separator {
        Some(separator) => split_at(vm, string, separator, most, parts.addr())?,
        None => split_space(vm, string, most, parts.addr())?,
    }
    Ok(parts)
}

fn push(vm: &mut Vm, parts: Addr, string: Addr, start: usize, end: usize) -> PyResult<()> {
    let part = substring(vm, string, start, end)?;
    list::append(vm, parts, part)
}

fn split_at(vm: &mut Vm, string: Addr, separator: Addr, most: usize, parts: Addr) -> PyResult<()> {
    let (length, width) = (len(vm, string), len(vm, separator));
    let needle = Needle::new(view(vm, string), view(vm, separator));
    let (mut start, mut done) = (0, 0);
    while done < most {
        let Some(place) = needle.find(view(vm, string), start, length) else {
            break;
        };
        push(vm, parts, string, start, place)?;
        start = place + width;
        done += 1;
    }
    push(vm, parts, string, start, length)
}

/// The first index from `start` on whose code point is space or not space.
fn next_where(view: View<'_>, start: usize, space: bool) -> usize {
    let found = match view {
        View::Latin1(units) => units[start.min(units.len())..]
            .iter()
            .position(|unit| unicode::is_space(u32::from(*unit)) == space),
        _ => (start..view.len()).position(|i| unicode::is_space(view.get(i)) == space),
    };
    found.map_or(view.len(), |at| start + at)
}

fn split_space(vm: &mut Vm, string: Addr, most: usize, parts: Addr) -> PyResult<()> {
    let (length, mut at, mut done) = (len(vm, string), 0, 0);
    loop {
        let start = next_where(view(vm, string), at, false);
        if start >= length {
            return Ok(());
        }
        if done == most {
            return push(vm, parts, string, start, length);
        }
        let end = next_where(view(vm, string), start, true);
        push(vm, parts, string, start, end)?;
        (at, done) = (end, done + 1);
    }
}

pub(super) fn rsplit(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    let (separator, most) = split_args(vm, args)?;
    let ranges = match separator {
        Some(separator) => rsplit_at(vm, string, separator, most),
        None => rsplit_space(view(vm, string), most),
    };
    let parts = parts_for(vm, string, separator, most)?;
    for (start, end) in ranges.into_iter().rev() {
        push(vm, parts.addr(), string, start, end)?;
    }
    Ok(parts)
}

fn rsplit_at(vm: &Vm, string: Addr, separator: Addr, most: usize) -> Vec<(usize, usize)> {
    let (text, part) = (view(vm, string), view(vm, separator));
    let (mut ranges, mut end) = (Vec::new(), text.len());
    if let (View::Latin1(_), View::Latin1(_)) = (text, part) {
        while ranges.len() < most
            && let Some(place) = search::rfind(text, part, 0, end)
        {
            ranges.push((place + part.len(), end));
            end = place;
        }
    } else {
        // The wide search works forwards: turn both texts round.
        let (turned, turned_part) = (turned(text), turned(part));
        let (turned, turned_part) = (View::Ucs4(&turned), View::Ucs4(&turned_part));
        let needle = Needle::new(turned, turned_part);
        while ranges.len() < most
            && let Some(place) = needle.find(turned, text.len() - end, text.len())
        {
            let place = text.len() - place - part.len();
            ranges.push((place + part.len(), end));
            end = place;
        }
    }
    ranges.push((0, end));
    ranges
}

fn turned(view: View<'_>) -> Vec<u32> {
    view.iter().rev().collect()
}

fn rsplit_space(text: View<'_>, most: usize) -> Vec<(usize, usize)> {
    let (mut ranges, mut end) = (Vec::new(), text.len());
    let is_space = |i: usize| unicode::is_space(text.get(i));
    loop {
        while end > 0 && is_space(end - 1) {
            end -= 1;
        }
        if end == 0 {
            return ranges;
        }
        if ranges.len() == most {
            ranges.push((0, end));
            return ranges;
        }
        let mut start = end;
        while start > 0 && !is_space(start - 1) {
            start -= 1;
        }
        ranges.push((start, end));
        end = start;
    }
}

pub(super) fn splitlines(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    let keep = match args.opt(vm, 0) {
        Some(keep) => vm.is_true(keep)?,
        None => false,
    };
    let lines = list::new(vm);
    let (length, mut start) = (len(vm, string), 0);
    while start < length {
        let text = view(vm, string);
        let end = (start..length)
            .find(|i| unicode::is_line_break(text.get(*i)))
            .unwrap_or(length);
        let crlf = text.get(end) == 0x0D && text.get(end + 1) == 0x0A;
        let next = (end + 1 + usize::from(crlf)).min(length);
        push(
            vm,
            lines.addr(),
            string,
            start,
            if keep { next } else { end },
        )?;
        start = next;
    }
    Ok(lines)
}

pub(super) fn partition(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    let separator = separator_arg(vm, args)?;
    let length = len(vm, string);
    match search::find(view(vm, string), view(vm, separator), 0, length) {
        Some(place) => parted(vm, string, separator, place),
        None => {
            let whole = to_exact(vm, string)?;
            let parts = vec![whole, empty(vm), empty(vm)];
            Ok(tuple::from_owned(vm, parts))
        }
    }
}

pub(super) fn rpartition(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    let separator = separator_arg(vm, args)?;
    let length = len(vm, string);
    match search::rfind(view(vm, string), view(vm, separator), 0, length) {
        Some(place) => parted(vm, string, separator, place),
        None => {
            let whole = to_exact(vm, string)?;
            let parts = vec![empty(vm), empty(vm), whole];
            Ok(tuple::from_owned(vm, parts))
        }
    }
}

fn separator_arg(vm: &mut Vm, args: Args) -> PyResult<Addr> {
    let separator = args.get(vm, 0);
    if !check(vm, separator) {
        let given = arg::type_text(vm, separator);
        return Err(vm.type_error(format!("must be str, not {given}")));
    }
    if len(vm, separator) == 0 {
        return Err(vm.value_error("empty separator"));
    }
    Ok(separator)
}

fn parted(vm: &mut Vm, string: Addr, separator: Addr, place: usize) -> PyResult<Own> {
    let (length, width) = (len(vm, string), len(vm, separator));
    let before = substring(vm, string, 0, place)?;
    let middle = vm.incref(separator);
    let after = substring(vm, string, place + width, length)?;
    Ok(tuple::from_owned(vm, vec![before, middle, after]))
}

pub(super) fn join_method(vm: &mut Vm, separator: Addr, args: Args) -> PyResult<Own> {
    let iterable = args.get(vm, 0);
    join(vm, separator, iterable)
}

/// `separator.join(iterable)`: `PyUnicode_Join`.
pub fn join(vm: &mut Vm, separator: Addr, iterable: Addr) -> PyResult<Own> {
    if vm.type_check(iterable, types::TUPLE) || vm.type_check(iterable, types::LIST) {
        return join_sequence(vm, separator, iterable);
    }
    if vm.slots(iterable).iter.is_none() && vm.slots(iterable).sq_item.is_none() {
        return Err(vm.type_error("can only join an iterable"));
    }
    let items = list::from_iterable(vm, iterable)?;
    let result = join_sequence(vm, separator, items.addr())?;
    vm.decref(items);
    Ok(result)
}

fn join_sequence(vm: &mut Vm, separator: Addr, sequence: Addr) -> PyResult<Own> {
    let items = if vm.type_check(sequence, types::TUPLE) {
        tuple::items(vm, sequence)
    } else {
        list::items(vm, sequence)
    };
    join_items(vm, separator, &items)
}

/// The items one after another with the separator between them: `_PyUnicode_JoinArray`. One `str` alone is
/// its own result.
pub fn join_items(vm: &mut Vm, separator: Addr, items: &[Addr]) -> PyResult<Own> {
    match items {
        [] => return Ok(empty(vm)),
        [only] if check_exact(vm, *only) => return Ok(vm.incref(*only)),
        _ => {}
    }
    let separator_len = len(vm, separator);
    let mut kind = if separator_len != 0 && items.len() > 1 {
        Kind::of_string(vm, separator)
    } else {
        Kind::Ascii
    };
    let mut total = separator_len * (items.len() - 1);
    for (i, item) in items.iter().enumerate() {
        if !check(vm, *item) {
            let given = vm.type_data(vm.type_of(*item)).full_name.to_string();
            return Err(vm.type_error(format!(
                "sequence item {i}: expected str instance, {given} found"
            )));
        }
        total = match total.checked_add(len(vm, *item)) {
            Some(total) if total < isize::MAX as usize => total,
            _ => return Err(vm.overflow_error("join() result is too long for a Python string")),
        };
        kind = kind.max(Kind::of_string(vm, *item));
    }
    if total == 0 {
        return Ok(empty(vm));
    }
    let result = reserve(vm, total, kind)?;
    let mut at = 0;
    for (i, item) in items.iter().enumerate() {
        if i != 0 && separator_len != 0 {
            copy_points(vm, separator, 0, result.addr(), at, separator_len);
            at += separator_len;
        }
        let length = len(vm, *item);
        copy_points(vm, *item, 0, result.addr(), at, length);
        at += length;
    }
    Ok(result)
}
