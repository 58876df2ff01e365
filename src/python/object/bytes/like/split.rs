//! `split`, `rsplit`, `splitlines`, `partition`, `join`.

use super::classify::is_space;
use super::{content, len, make, range, unchanged};
use crate::python::memory::{Addr, Own};
use crate::python::object::str::arg;
use crate::python::object::{NONE, buffer, list, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};
use memchr::memmem;

fn split_args(vm: &mut Vm, args: Args) -> PyResult<(Option<Vec<u8>>, usize)> {
    let most = usize::try_from(arg::size(vm, args.get(vm, 1), -1)?).unwrap_or(usize::MAX);
    let separator = args.get(vm, 0);
    if separator.is_null() || separator == NONE {
        return Ok((None, most));
    }
    let separator = buffer::content(vm, separator)?;
    if separator.is_empty() {
        return Err(vm.value_error("empty separator"));
    }
    Ok((Some(separator), most))
}

/// The list of the parts at these ranges.
fn parts(vm: &mut Vm, object: Addr, most: usize, ranges: &[(usize, usize)]) -> PyResult<Own> {
    let parts = crate::python::object::str::new_parts(vm, most)?;
    for (start, end) in ranges {
        let part = range(vm, object, *start, *end)?;
        list::append(vm, parts.addr(), part)?;
    }
    Ok(parts)
}

pub(in crate::python::object) fn split(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    let (separator, most) = split_args(vm, args)?;
    let text = content(vm, object);
    let mut ranges = Vec::new();
    match separator {
        Some(separator) => {
            let mut start = 0;
            for at in memmem::find_iter(text, &separator).take(most) {
                ranges.push((start, at));
                start = at + separator.len();
            }
            ranges.push((start, text.len()));
        }
        None => {
            let mut at = 0;
            while let Some(start) = (at..text.len()).find(|i| !is_space(text[*i])) {
                if ranges.len() == most {
                    ranges.push((start, text.len()));
                    break;
                }
                at = (start..text.len())
                    .find(|i| is_space(text[*i]))
                    .unwrap_or(text.len());
                ranges.push((start, at));
            }
        }
    }
    parts(vm, object, most, &ranges)
}

pub(in crate::python::object) fn rsplit(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    let (separator, most) = split_args(vm, args)?;
    let text = content(vm, object);
    let (mut ranges, mut end) = (Vec::new(), text.len());
    match separator {
        Some(separator) => {
            while ranges.len() < most
                && let Some(at) = memmem::rfind(&text[..end], &separator)
            {
                ranges.push((at + separator.len(), end));
                end = at;
            }
            ranges.push((0, end));
        }
        None => loop {
            end -= text[..end]
                .iter()
                .rev()
                .take_while(|byte| is_space(**byte))
                .count();
            if end == 0 {
                break;
            }
            if ranges.len() == most {
                ranges.push((0, end));
                break;
            }
            let start = end
                - text[..end]
                    .iter()
                    .rev()
                    .take_while(|byte| !is_space(**byte))
                    .count();
            ranges.push((start, end));
            end = start;
        },
    }
    ranges.reverse();
    parts(vm, object, most, &ranges)
}

pub(in crate::python::object) fn splitlines(
    vm: &mut Vm,
    object: Addr,
    args: Args,
) -> PyResult<Own> {
    let keep = match args.opt(vm, 0) {
        Some(keep) => vm.is_true(keep)?,
        None => false,
    };
    let lines = list::new(vm);
    let (length, mut start) = (len(vm, object), 0);
    while start < length {
        let text = content(vm, object);
        let end = memchr::memchr2(b'\n', b'\r', &text[start..]).map_or(length, |at| start + at);
        let crlf = text.get(end..end + 2) == Some(b"\r\n");
        let next = (end + 1 + usize::from(crlf)).min(length);
        let line = range(vm, object, start, if keep { next } else { end })?;
        list::append(vm, lines.addr(), line)?;
        start = next;
    }
    Ok(lines)
}

pub(in crate::python::object) fn partition(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    let separator = args.get(vm, 0);
    let needle = separator_bytes(vm, separator)?;
    match memmem::find(content(vm, object), &needle) {
        Some(at) => parted(vm, object, separator, &needle, at),
        None => {
            let whole = unchanged(vm, object)?;
            let (middle, last) = (make(vm, object, b"")?, make(vm, object, b"")?);
            Ok(tuple::from_owned(vm, vec![whole, middle, last]))
        }
    }
}

pub(in crate::python::object) fn rpartition(
    vm: &mut Vm,
    object: Addr,
    args: Args,
) -> PyResult<Own> {
    let separator = args.get(vm, 0);
    let needle = separator_bytes(vm, separator)?;
    match memmem::rfind(content(vm, object), &needle) {
        Some(at) => parted(vm, object, separator, &needle, at),
        None => {
            let (first, middle) = (make(vm, object, b"")?, make(vm, object, b"")?);
            let whole = unchanged(vm, object)?;
            Ok(tuple::from_owned(vm, vec![first, middle, whole]))
        }
    }
}

fn separator_bytes(vm: &mut Vm, separator: Addr) -> PyResult<Vec<u8>> {
    let needle = buffer::content(vm, separator)?;
    if needle.is_empty() {
        return Err(vm.value_error("empty separator"));
    }
    Ok(needle)
}

fn parted(vm: &mut Vm, object: Addr, separator: Addr, needle: &[u8], at: usize) -> PyResult<Own> {
    let length = len(vm, object);
    let before = range(vm, object, 0, at)?;
    let middle = if super::super::check(vm, object) && super::super::check(vm, separator) {
        vm.incref(separator)
    } else {
        make(vm, object, needle)?
    };
    let after = range(vm, object, at + needle.len(), length)?;
    Ok(tuple::from_owned(vm, vec![before, middle, after]))
}

pub(in crate::python::object) fn join(vm: &mut Vm, separator: Addr, args: Args) -> PyResult<Own> {
    let iterable = args.get(vm, 0);
    if !vm.type_check(iterable, types::LIST)
        && !vm.type_check(iterable, types::TUPLE)
        && vm.slots(iterable).iter.is_none()
        && vm.slots(iterable).sq_item.is_none()
    {
        return Err(vm.type_error("can only join an iterable"));
    }
    let items = vm.collect(iterable)?;
    if let [only] = &items[..]
        && super::super::check(vm, separator)
        && vm.type_of(only.addr()) == types::BYTES
    {
        let only = vm.incref(only.addr());
        items.into_iter().for_each(|item| vm.decref(item));
        return Ok(only);
    }
    let mut joined = Vec::new();
    for (i, item) in items.iter().enumerate() {
        if i != 0 {
            joined.extend_from_slice(content(vm, separator));
        }
        if joined.len() as u64 > vm.limits.heap_bytes {
            return Err(vm.memory_error());
        }
        match buffer::get(vm, item.addr()) {
            Some(part) => joined.extend_from_slice(buffer::slice(vm, part)),
            None => {
                let given = vm.type_data(vm.type_of(item.addr())).full_name.to_string();
                return Err(vm.type_error(format!(
                    "sequence item {i}: expected a bytes-like object, {given} found"
                )));
            }
        }
    }
    let result = make(vm, separator, &joined)?;
    items.into_iter().for_each(|item| vm.decref(item));
    Ok(result)
}
