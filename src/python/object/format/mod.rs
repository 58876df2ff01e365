//! The format mini-language: `format(x, '+08.3f')`. CPython: Python/formatter_unicode.c.

mod complex;
mod float;
mod int;
mod layout;
mod spec;
mod string;

pub use spec::{Align, Grouping, Sign, Spec};

use super::{flags, str, types};
use crate::python::memory::{Addr, Own};
use crate::python::vm::{PyResult, Vm};

/// `int.__format__(spec)`
pub fn int(vm: &mut Vm, object: Addr, spec: Addr) -> PyResult<Own> {
    if let Some(text) = plain(vm, object, spec)? {
        return Ok(text);
    }
    let spec = Spec::parse(vm, object, spec, b'd', Align::Right)?;
    int::format(vm, object, &spec)
}

/// `float.__format__(spec)`
pub fn float(vm: &mut Vm, object: Addr, spec: Addr) -> PyResult<Own> {
    if let Some(text) = plain(vm, object, spec)? {
        return Ok(text);
    }
    let spec = Spec::parse(vm, object, spec, 0, Align::Right)?;
    float::format(vm, object, &spec)
}

/// `complex.__format__(spec)`
pub fn complex(vm: &mut Vm, object: Addr, spec: Addr) -> PyResult<Own> {
    if let Some(text) = plain(vm, object, spec)? {
        return Ok(text);
    }
    let spec = Spec::parse(vm, object, spec, 0, Align::Right)?;
    complex::format(vm, object, &spec)
}

/// `str.__format__(spec)`
pub fn string(vm: &mut Vm, object: Addr, spec: Addr) -> PyResult<Own> {
    if let Some(text) = plain(vm, object, spec)? {
        return Ok(text);
    }
    let spec = Spec::parse(vm, object, spec, b's', Align::Left)?;
    string::format(vm, object, &spec)
}

/// What an empty spec gives: `str(object)`. A spec that is no string is an error here.
fn plain(vm: &mut Vm, object: Addr, spec: Addr) -> PyResult<Option<Own>> {
    if !vm.has_flag(spec, flags::UNICODE_SUBCLASS) {
        let name = if spec == super::NONE {
            "None".to_owned()
        } else {
            vm.tp_name(spec)
        };
        return Err(vm.type_error(format!("__format__() argument must be str, not {name}")));
    }
    if str::len(vm, spec) != 0 {
        return Ok(None);
    }
    if vm.type_of(object) == types::STR {
        return Ok(Some(vm.incref(object)));
    }
    vm.str(object).map(Some)
}
