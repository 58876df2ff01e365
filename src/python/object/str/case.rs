//! `upper`, `lower`, `title`, `capitalize`, `swapcase`, `casefold`. CPython: `case_operation` and what it calls.

use super::build::{Kind, reserve};
use super::{Text, View, is_ascii, len, unicode, view};
use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Vm};

const SIGMA: u32 = 0x3A3;

pub(super) fn upper(vm: &mut Vm, string: Addr, _: Args) -> PyResult<Own> {
    if is_ascii(vm, string) {
        return map_ascii(vm, string, |bytes| bytes.make_ascii_uppercase());
    }
    map(vm, string, |view, text| {
        view.iter()
            .for_each(|point| unicode::to_upper(point, |point| text.push(point)))
    })
}

pub(super) fn lower(vm: &mut Vm, string: Addr, _: Args) -> PyResult<Own> {
    if is_ascii(vm, string) {
        return map_ascii(vm, string, |bytes| bytes.make_ascii_lowercase());
    }
    map(vm, string, |view, text| {
        (0..view.len()).for_each(|i| push_lower(view, i, text))
    })
}

pub(super) fn casefold(vm: &mut Vm, string: Addr, _: Args) -> PyResult<Own> {
    if is_ascii(vm, string) {
        return map_ascii(vm, string, |bytes| bytes.make_ascii_lowercase());
    }
    map(vm, string, |view, text| {
        view.iter()
            .for_each(|point| unicode::to_folded(point, |point| text.push(point)))
    })
}

pub(super) fn swapcase(vm: &mut Vm, string: Addr, _: Args) -> PyResult<Own> {
    map(vm, string, |view, text| {
        for (i, point) in view.iter().enumerate() {
            if unicode::is_upper(point) {
                push_lower(view, i, text);
            } else if unicode::is_lower(point) {
                unicode::to_upper(point, |point| text.push(point));
            } else {
                text.push(point);
            }
        }
    })
}

pub(super) fn capitalize(vm: &mut Vm, string: Addr, _: Args) -> PyResult<Own> {
    if len(vm, string) == 0 {
        return super::to_exact(vm, string);
    }
    map(vm, string, |view, text| {
        unicode::to_title(view.get(0), |point| text.push(point));
        (1..view.len()).for_each(|i| push_lower(view, i, text));
    })
}

pub(super) fn title(vm: &mut Vm, string: Addr, _: Args) -> PyResult<Own> {
    map(vm, string, |view, text| {
        let mut in_word = false;
        for (i, point) in view.iter().enumerate() {
            if in_word {
                push_lower(view, i, text);
            } else {
                unicode::to_title(point, |point| text.push(point));
            }
            in_word = unicode::is_cased(point);
        }
    })
}

/// Changes the bytes of a copy. A result of one character is not the shared one, as in CPython.
fn map_ascii(vm: &mut Vm, string: Addr, change: fn(&mut [u8])) -> PyResult<Own> {
    let length = len(vm, string);
    if length == 0 {
        return Ok(super::empty(vm));
    }
    let result = reserve(vm, length, Kind::Ascii)?;
    super::build::copy_points(vm, string, 0, result.addr(), 0, length);
    let data = result.addr().at(vm.profile.strings.ascii_data);
    change(vm.heap.space.bytes_mut(data, length));
    Ok(result)
}

fn map(vm: &mut Vm, string: Addr, change: impl Fn(View<'_>, &mut Text)) -> PyResult<Own> {
    let mut text = Text::new();
    change(view(vm, string), &mut text);
    text.finish_unshared(vm)
}

/// The lowercase form of code point `i`; a capital sigma at the end of a word becomes `ς`.
fn push_lower(view: View<'_>, i: usize, text: &mut Text) {
    match view.get(i) {
        SIGMA => text.push(if is_final(view, i) { 0x3C2 } else { 0x3C3 }),
        point => unicode::to_lower(point, |point| text.push(point)),
    }
}

/// Whether a cased letter comes before and none after, not counting what case ignores.
fn is_final(view: View<'_>, i: usize) -> bool {
    let cased = |point: Option<u32>| point.is_some_and(unicode::is_cased);
    let before = (0..i)
        .rev()
        .map(|at| view.get(at))
        .find(|point| !unicode::is_case_ignorable(*point));
    let after = (i + 1..view.len())
        .map(|at| view.get(at))
        .find(|point| !unicode::is_case_ignorable(*point));
    cased(before) && !cased(after)
}
