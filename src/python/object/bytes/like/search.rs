//! `find`, `count`, `startswith`, `replace` and their like.

use super::{content, len, make, needle_arg, unchanged};
use crate::python::memory::{Addr, Own};
use crate::python::object::str::arg;
use crate::python::object::{buffer, int, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};
use memchr::memmem;

fn search_args(
    vm: &mut Vm,
    object: Addr,
    args: Args,
    search: fn(&[u8], &[u8]) -> Option<usize>,
) -> PyResult<Option<usize>> {
    let needle = needle_arg(vm, args.get(vm, 0))?;
    let length = len(vm, object);
    let Some((start, end)) = arg::range(vm, args, 1, length)? else {
        return Ok(None);
    };
    let found = content(vm, object)
        .get(start..end)
        .and_then(|part| search(part, &needle));
    Ok(found.map(|at| at + start))
}

fn position(vm: &mut Vm, found: Option<usize>) -> Own {
    int::new(vm, found.map_or(-1, |at| at as i64))
}

pub(in crate::python::object) fn find(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    let found = search_args(vm, object, args, memmem::find)?;
    Ok(position(vm, found))
}

pub(in crate::python::object) fn rfind(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    let found = search_args(vm, object, args, memmem::rfind)?;
    Ok(position(vm, found))
}

fn position_or_error(vm: &mut Vm, found: Option<usize>) -> PyResult<Own> {
    match found {
        Some(at) => Ok(int::new(vm, at as i64)),
        None => Err(vm.value_error("subsection not found")),
    }
}

pub(in crate::python::object) fn index(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    let found = search_args(vm, object, args, memmem::find)?;
    position_or_error(vm, found)
}

pub(in crate::python::object) fn rindex(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    let found = search_args(vm, object, args, memmem::rfind)?;
    position_or_error(vm, found)
}

pub(in crate::python::object) fn count(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    let needle = needle_arg(vm, args.get(vm, 0))?;
    let length = len(vm, object);
    let found = match arg::range(vm, args, 1, length)? {
        None => 0,
        Some((start, end)) if needle.is_empty() => end - start + 1,
        Some((start, end)) => memmem::find_iter(&content(vm, object)[start..end], &needle).count(),
    };
    Ok(int::new(vm, found as i64))
}

/// `needle in object`
pub(in crate::python::object) fn contains(
    vm: &mut Vm,
    object: Addr,
    needle: Addr,
) -> PyResult<bool> {
    if vm.slots(needle).index.is_some() && !buffer::is_buffer(vm, needle) {
        let byte = match vm.index_value(needle, types::VALUE_ERROR) {
            Ok(byte) => u8::try_from(byte).ok(),
            Err(raised) => {
                if !vm.raised_is(types::VALUE_ERROR) {
                    return Err(raised);
                }
                vm.clear_raised();
                None
            }
        };
        return match byte {
            Some(byte) => Ok(memchr::memchr(byte, content(vm, object)).is_some()),
            None => Err(vm.value_error("byte must be in range(0, 256)")),
        };
    }
    let needle = buffer::content(vm, needle)?;
    Ok(memmem::find(content(vm, object), &needle).is_some())
}

pub(in crate::python::object) fn startswith(
    vm: &mut Vm,
    object: Addr,
    args: Args,
) -> PyResult<Own> {
    tail_match(vm, "startswith", object, args, |text, part| {
        text.starts_with(part)
    })
}

pub(in crate::python::object) fn endswith(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    tail_match(vm, "endswith", object, args, |text, part| {
        text.ends_with(part)
    })
}

fn tail_match(
    vm: &mut Vm,
    name: &str,
    object: Addr,
    args: Args,
    matches: fn(&[u8], &[u8]) -> bool,
) -> PyResult<Own> {
    let wanted = args.get(vm, 0);
    let length = len(vm, object);
    let range = arg::range(vm, args, 1, length)?;
    let candidates = if vm.type_check(wanted, types::TUPLE) {
        tuple::items(vm, wanted)
    } else if buffer::is_buffer(vm, wanted) {
        vec![wanted]
    } else {
        let given = vm.type_data(vm.type_of(wanted)).full_name.to_string();
        return Err(vm.type_error(format!(
            "{name} first arg must be bytes or a tuple of bytes, not {given}"
        )));
    };
    for part in candidates {
        let part = buffer::content(vm, part)?;
        if let Some((start, end)) = range
            && content(vm, object)
                .get(start..end)
                .is_some_and(|text| matches(text, &part))
        {
            return Ok(vm.bool(true));
        }
    }
    Ok(vm.bool(false))
}

pub(in crate::python::object) fn replace(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    let old = buffer::content(vm, args.get(vm, 0))?;
    let new = buffer::content(vm, args.get(vm, 1))?;
    let most = usize::try_from(arg::size(vm, args.get(vm, 2), -1)?).unwrap_or(usize::MAX);
    let text = content(vm, object);
    let found = if old.is_empty() {
        (text.len() + 1).min(most)
    } else {
        memmem::find_iter(text, &old).take(most).count()
    };
    if found == 0 || old == new {
        return unchanged(vm, object);
    }
    let total = new
        .len()
        .checked_mul(found)
        .and_then(|added| added.checked_add(text.len() - old.len() * found));
    let Some(total) = total.filter(|total| *total < isize::MAX as usize) else {
        return Err(vm.overflow_error("replace bytes is too long"));
    };
    let Ok(probe) = vm.heap.try_alloc(total + 33) else {
        return Err(vm.memory_error());
    };
    vm.heap.free(probe);
    let text = content(vm, object);
    let mut result = Vec::with_capacity(total);
    if old.is_empty() {
        for i in 0..=text.len() {
            if i < found {
                result.extend_from_slice(&new);
            }
            result.extend(text.get(i));
        }
    } else {
        let mut from = 0;
        for at in memmem::find_iter(text, &old).take(found) {
            result.extend_from_slice(&text[from..at]);
            result.extend_from_slice(&new);
            from = at + old.len();
        }
        result.extend_from_slice(&text[from..]);
    }
    make(vm, object, &result)
}
