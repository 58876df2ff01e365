//! `str.find` and its family, `startswith`, `endswith`, `in`.

use super::{View, arg, check, len, search, view};
use crate::python::memory::{Addr, Own};
use crate::python::object::{int, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

/// How `find`, `rfind`, `index` and `rindex` look for it.
type Search = fn(View<'_>, View<'_>, usize, usize) -> Option<usize>;

fn search_args(
    vm: &mut Vm,
    name: &str,
    string: Addr,
    args: Args,
    search: Search,
) -> PyResult<Option<usize>> {
    let needle = arg::string(vm, name, "argument 1", args.get(vm, 0))?;
    let length = len(vm, string);
    let Some((start, end)) = arg::range(vm, args, 1, length)? else {
        return Ok(None);
    };
    Ok(search(view(vm, string), view(vm, needle), start, end))
}

fn position(vm: &mut Vm, found: Option<usize>) -> Own {
    int::new(vm, found.map_or(-1, |at| at as i64))
}

pub(super) fn find(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    let found = search_args(vm, "find", string, args, search::find)?;
    Ok(position(vm, found))
}

pub(super) fn rfind(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    let found = search_args(vm, "rfind", string, args, search::rfind)?;
    Ok(position(vm, found))
}

pub(super) fn index(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    match search_args(vm, "index", string, args, search::find)? {
        Some(at) => Ok(int::new(vm, at as i64)),
        None => Err(vm.value_error("substring not found")),
    }
}

pub(super) fn rindex(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    match search_args(vm, "rindex", string, args, search::rfind)? {
        Some(at) => Ok(int::new(vm, at as i64)),
        None => Err(vm.value_error("substring not found")),
    }
}

pub(super) fn count(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    let needle = arg::string(vm, "count", "argument 1", args.get(vm, 0))?;
    let length = len(vm, string);
    let count = match arg::range(vm, args, 1, length)? {
        Some((start, end)) => {
            search::count(view(vm, string), view(vm, needle), start, end, usize::MAX)
        }
        None => 0,
    };
    Ok(int::new(vm, count as i64))
}

/// `needle in string`
pub(super) fn contains(vm: &mut Vm, string: Addr, needle: Addr) -> PyResult<bool> {
    if !check(vm, needle) {
        let given = vm.type_data(vm.type_of(needle)).full_name.to_string();
        return Err(vm.type_error(format!(
            "'in <string>' requires string as left operand, not {given}"
        )));
    }
    let length = len(vm, string);
    Ok(search::find(view(vm, string), view(vm, needle), 0, length).is_some())
}

pub(super) fn startswith(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    tail_match(vm, "startswith", string, args, |text, part| {
        text.slice(0, part.len()) == part
    })
}

pub(super) fn endswith(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    tail_match(vm, "endswith", string, args, |text, part| {
        part.len() <= text.len() && text.slice(text.len() - part.len(), text.len()) == part
    })
}

fn tail_match(
    vm: &mut Vm,
    name: &str,
    string: Addr,
    args: Args,
    matches: fn(View<'_>, View<'_>) -> bool,
) -> PyResult<Own> {
    let wanted = args.get(vm, 0);
    let length = len(vm, string);
    let range = arg::range(vm, args, 1, length)?;
    let ends_so = |vm: &Vm, part: Addr| match range {
        Some((start, end)) => matches(view(vm, string).slice(start, end), view(vm, part)),
        None => false,
    };
    if check(vm, wanted) {
        let result = ends_so(vm, wanted);
        return Ok(vm.bool(result));
    }
    if !vm.type_check(wanted, types::TUPLE) {
        let given = vm.type_data(vm.type_of(wanted)).full_name.to_string();
        return Err(vm.type_error(format!(
            "{name} first arg must be str or a tuple of str, not {given}"
        )));
    }
    for part in tuple::items(vm, wanted) {
        if !check(vm, part) {
            let given = vm.type_data(vm.type_of(part)).full_name.to_string();
            return Err(vm.type_error(format!(
                "tuple for {name} must only contain str, not {given}"
            )));
        }
        if ends_so(vm, part) {
            return Ok(vm.bool(true));
        }
    }
    Ok(vm.bool(false))
}
