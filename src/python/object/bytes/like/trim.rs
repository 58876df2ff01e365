//! `strip`, `removeprefix`, `center`, `zfill`, `expandtabs`.

use super::classify::is_space;
use super::{content, len, make, range, unchanged};
use crate::python::memory::{Addr, Own};
use crate::python::object::str::arg;
use crate::python::object::{NONE, buffer, bytearray, bytes};
use crate::python::vm::{Args, PyResult, Vm};

pub(in crate::python::object) fn strip(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    strip_ends(vm, object, args, true, true)
}

pub(in crate::python::object) fn lstrip(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    strip_ends(vm, object, args, true, false)
}

pub(in crate::python::object) fn rstrip(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    strip_ends(vm, object, args, false, true)
}

fn strip_ends(vm: &mut Vm, object: Addr, args: Args, left: bool, right: bool) -> PyResult<Own> {
    let drop = args.get(vm, 0);
    let drop = if drop.is_null() || drop == NONE {
        None
    } else {
        Some(buffer::content(vm, drop)?)
    };
    let drops = |byte: &u8| match &drop {
        None => is_space(*byte),
        Some(drop) => drop.contains(byte),
    };
    let text = content(vm, object);
    let start = if left {
        text.iter().take_while(|byte| drops(byte)).count()
    } else {
        0
    };
    let kept = &text[start..];
    let end = if right {
        kept.iter().rev().take_while(|byte| drops(byte)).count()
    } else {
        0
    };
    let end = text.len() - end;
    range(vm, object, start, end)
}

pub(in crate::python::object) fn removeprefix(
    vm: &mut Vm,
    object: Addr,
    args: Args,
) -> PyResult<Own> {
    let prefix = buffer::content(vm, args.get(vm, 0))?;
    let length = len(vm, object);
    if !prefix.is_empty() && content(vm, object).starts_with(&prefix) {
        return range(vm, object, prefix.len(), length);
    }
    unchanged(vm, object)
}

pub(in crate::python::object) fn removesuffix(
    vm: &mut Vm,
    object: Addr,
    args: Args,
) -> PyResult<Own> {
    let suffix = buffer::content(vm, args.get(vm, 0))?;
    let length = len(vm, object);
    if !suffix.is_empty() && content(vm, object).ends_with(&suffix) {
        return range(vm, object, 0, length - suffix.len());
    }
    unchanged(vm, object)
}

/// The width and fill byte of `ljust` and its siblings.
fn pad_args(vm: &mut Vm, name: &str, args: Args) -> PyResult<(usize, u8)> {
    let width = usize::try_from(arg::size(vm, args.get(vm, 0), 0)?).unwrap_or(0);
    let Some(fill) = args.opt(vm, 1) else {
        return Ok((width, b' '));
    };
    let fill_bytes = if bytes::check(vm, fill) {
        bytes::as_slice(vm, fill)
    } else if bytearray::check(vm, fill) {
        bytearray::as_slice(vm, fill)
    } else {
        return Err(arg::bad_argument(
            vm,
            name,
            "argument 2",
            "a byte string of length 1",
            fill,
        ));
    };
    match fill_bytes {
        [fill] => Ok((width, *fill)),
        _ => Err(arg::bad_argument(
            vm,
            name,
            "argument 2",
            "a byte string of length 1",
            fill,
        )),
    }
}

fn pad(vm: &mut Vm, object: Addr, left: usize, right: usize, fill: u8) -> PyResult<Own> {
    if left == 0 && right == 0 {
        return unchanged(vm, object);
    }
    let total = left.saturating_add(right).saturating_add(len(vm, object));
    let Ok(probe) = vm.heap.try_alloc(total.saturating_add(33)) else {
        return Err(vm.memory_error());
    };
    vm.heap.free(probe);
    let mut padded = vec![fill; left];
    padded.extend_from_slice(content(vm, object));
    padded.resize(total, fill);
    make(vm, object, &padded)
}

pub(in crate::python::object) fn ljust(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    let (width, fill) = pad_args(vm, "ljust", args)?;
    let margin = width.saturating_sub(len(vm, object));
    pad(vm, object, 0, margin, fill)
}

pub(in crate::python::object) fn rjust(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    let (width, fill) = pad_args(vm, "rjust", args)?;
    let margin = width.saturating_sub(len(vm, object));
    pad(vm, object, margin, 0, fill)
}

pub(in crate::python::object) fn center(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    let (width, fill) = pad_args(vm, "center", args)?;
    let margin = width.saturating_sub(len(vm, object));
    let left = margin / 2 + (margin & width & 1);
    pad(vm, object, left, margin - left, fill)
}

pub(in crate::python::object) fn zfill(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    let width = usize::try_from(arg::size(vm, args.get(vm, 0), 0)?).unwrap_or(0);
    let margin = width.saturating_sub(len(vm, object));
    match content(vm, object) {
        [sign @ (b'+' | b'-'), rest @ ..] if margin != 0 => {
            let (sign, rest) = (*sign, rest.to_vec());
            let Ok(probe) = vm.heap.try_alloc(width.saturating_add(33)) else {
                return Err(vm.memory_error());
            };
            vm.heap.free(probe);
            let mut padded = vec![b'0'; margin + 1];
            padded[0] = sign;
            padded.extend_from_slice(&rest);
            make(vm, object, &padded)
        }
        _ => pad(vm, object, margin, 0, b'0'),
    }
}

pub(in crate::python::object) fn expandtabs(
    vm: &mut Vm,
    object: Addr,
    args: Args,
) -> PyResult<Own> {
    let size = match args.opt(vm, 0) {
        Some(size) => usize::try_from(arg::c_int(vm, size)?).unwrap_or(0),
        None => 8,
    };
    let text = content(vm, object);
    let tabs = text.iter().filter(|byte| **byte == b'\t').count();
    let most = tabs.saturating_mul(size).saturating_add(text.len());
    let Ok(probe) = vm.heap.try_alloc(most.saturating_add(33)) else {
        return Err(vm.memory_error());
    };
    vm.heap.free(probe);
    let (mut result, mut column) = (Vec::new(), 0);
    for byte in content(vm, object) {
        match byte {
            b'\t' if size == 0 => {}
            b'\t' => {
                let step = size - column % size;
                result.resize(result.len() + step, b' ');
                column += step;
            }
            byte => {
                result.push(*byte);
                column = if matches!(byte, b'\n' | b'\r') {
                    0
                } else {
                    column + 1
                };
            }
        }
    }
    make(vm, object, &result)
}
