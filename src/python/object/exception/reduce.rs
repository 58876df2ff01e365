//! What an exception is copied and pickled from. CPython: `BaseException_reduce`, `OSError_reduce`,
//! `ImportError_getstate`, `AttributeError_getstate`, Objects/exceptions.c.

use super::fields::{ATTRIBUTE_NAME, OS_FILENAME, OS_FILENAME2, family, import_names};
use super::offsets::{ARGS, DICT};
use crate::python::memory::{Addr, Own};
use crate::python::object::{NONE, dict, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

/// `BaseException.__reduce__`: the class, its arguments, and what else there is to set.
pub fn reduce(vm: &mut Vm, this: Addr, _: Args) -> PyResult<Own> {
    let class = vm.type_of(this);
    let kind = family(vm, class);
    let args = match kind {
        types::OS_ERROR => os_args(vm, this),
        _ => vm.incref(vm.field(this, ARGS)),
    };
    let state = match kind {
        types::IMPORT_ERROR => state(vm, this, import_names(vm), false)?,
        types::ATTRIBUTE_ERROR if vm.profile.attribute_errors_keep_names => {
            state(vm, this, &[("name", ATTRIBUTE_NAME)], true)?
        }
        _ => state(vm, this, &[], false)?,
    };
    let mut parts = vec![vm.incref(class), args];
    parts.extend(state);
    Ok(tuple::from_owned(vm, parts))
}

/// The number and the text, and the files' names, which `args` does not have.
fn os_args(vm: &mut Vm, this: Addr) -> Own {
    let args = vm.field(this, ARGS);
    let filename = vm.field(this, OS_FILENAME);
    if tuple::len(vm, args) != 2 || filename.is_null() {
        return vm.incref(args);
    }
    let mut all = tuple::items(vm, args);
    all.push(filename);
    if let Some(second) = vm.field(this, OS_FILENAME2).some() {
        // Where Windows has its own number.
        all.extend([NONE, second]);
    }
    tuple::new(vm, &all)
}

/// The instance's dict; with the fields that are set, a copy of it.
fn state(
    vm: &mut Vm,
    this: Addr,
    fields: &[(&str, u64)],
    with_args: bool,
) -> PyResult<Option<Own>> {
    let own = vm.field(this, DICT).some();
    let is_set = |(_, offset): &(&str, u64)| !vm.field(this, *offset).is_null();
    if !with_args && !fields.iter().any(is_set) {
        return Ok(own.map(|own| vm.incref(own)));
    }
    let state = match own {
        Some(own) => dict::copy(vm, own)?,
        None => dict::new(vm),
    };
    for (name, offset) in fields {
        if let Some(value) = vm.field(this, *offset).some() {
            let value = vm.incref(value);
            dict::set_name(vm, state.addr(), name, value);
        }
    }
    if with_args {
        let args = vm.incref(vm.field(this, ARGS));
        dict::set_name(vm, state.addr(), "args", args);
    }
    Ok(Some(state))
}
