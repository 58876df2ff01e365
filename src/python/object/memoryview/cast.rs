//! `memoryview.cast`.

use super::item::size_of;
use super::{Layout, check_released, layout, make};
use crate::python::memory::{Addr, Own};
use crate::python::object::str::{self, arg};
use crate::python::object::{int, list, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

/// `PyBUF_MAX_NDIM`
const DIMENSIONS_MAX: usize = 64;

pub(super) fn cast(vm: &mut Vm, view: Addr, args: Args) -> PyResult<Own> {
    check_released(vm, view)?;
    let format = arg::string(vm, "cast", "argument 'format'", args.get(vm, 0))?;
    let own = layout(vm, view);
    if !own.is_c_contiguous() {
        return Err(vm.type_error("memoryview: casts are restricted to C-contiguous views"));
    }
    let shape = match args.opt(vm, 1) {
        None => None,
        Some(shape) => Some(shape_arg(vm, shape, &own)?),
    };
    let mut cast = to_1d(vm, &own, format)?;
    if let Some(shape) = shape {
        let total = shape
            .iter()
            .try_fold(cast.itemsize, |total, count| total.checked_mul(*count));
        if total != Some(own.nbytes()) {
            return Err(vm.type_error("memoryview: product(shape) * itemsize != buffer size"));
        }
        cast.strides = strides(&shape, cast.itemsize);
        cast.shape = shape;
    }
    make(vm, view, &cast)
}

/// Strides of items that lie one behind another.
fn strides(shape: &[usize], itemsize: usize) -> Vec<isize> {
    let mut strides = vec![itemsize as isize; shape.len()];
    for i in (0..shape.len().saturating_sub(1)).rev() {
        strides[i] = strides[i + 1] * shape[i + 1] as isize;
    }
    strides
}

fn shape_arg(vm: &mut Vm, shape: Addr, own: &Layout) -> PyResult<Vec<usize>> {
    let items = if vm.type_check(shape, types::LIST) {
        list::items(vm, shape)
    } else if vm.type_check(shape, types::TUPLE) {
        tuple::items(vm, shape)
    } else {
        return Err(vm.type_error("shape must be a list or a tuple"));
    };
    if items.len() > DIMENSIONS_MAX {
        return Err(vm.value_error("memoryview: number of dimensions must not exceed 64"));
    }
    if own.shape.len() != 1 && items.len() != 1 {
        return Err(vm.type_error("memoryview: cast must be 1D -> ND or ND -> 1D"));
    }
    let mut counts = Vec::with_capacity(items.len());
    for item in items {
        if !int::check(vm, item) {
            return Err(vm.type_error("memoryview.cast(): elements of shape must be integers"));
        }
        match int::as_i64(vm, item).map(usize::try_from) {
            Some(Ok(count)) if count > 0 => counts.push(count),
            _ => {
                return Err(
                    vm.value_error("memoryview.cast(): elements of shape must be integers > 0")
                );
            }
        }
    }
    Ok(counts)
}

/// One dimension of items of the format.
fn to_1d(vm: &mut Vm, own: &Layout, format: Addr) -> PyResult<Layout> {
    let text = str::to_rust(vm, format);
    let letter = match text.strip_prefix('@').unwrap_or(&text).as_bytes() {
        [letter] if size_of(*letter).is_some() => *letter,
        _ => {
            return Err(vm.value_error(
                "memoryview: destination format must be a native single character format prefixed with an optional '@'",
            ));
        }
    };
    let is_bytes = |format: u8| matches!(format, b'B' | b'b' | b'c');
    if !is_bytes(letter) && !is_bytes(own.format) {
        return Err(vm.type_error("memoryview: cannot cast between two non-byte formats"));
    }
    let itemsize = size_of(letter).unwrap_or(1);
    if !own.nbytes().is_multiple_of(itemsize) {
        return Err(vm.type_error("memoryview: length is not a multiple of itemsize"));
    }
    Ok(Layout {
        buf: own.buf,
        format: letter,
        itemsize,
        readonly: own.readonly,
        shape: vec![own.nbytes() / itemsize],
        strides: vec![itemsize as isize],
    })
}
