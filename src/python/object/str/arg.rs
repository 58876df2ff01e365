//! Reading the arguments of `str`'s and `bytes`' methods, with the words CPython has for wrong ones.

use super::check;
use crate::python::memory::Addr;
use crate::python::object::{NONE, index, int, types};
use crate::python::vm::{Args, PyResult, Raised, Vm};

/// `tp_name` for messages; `None` is called by its name.
pub fn type_text(vm: &Vm, object: Addr) -> String {
    if object == NONE {
        return "None".into();
    }
    vm.type_data(vm.type_of(object)).full_name.to_string()
}

/// `TypeError: f() argument must be str, not int`. CPython: `_PyArg_BadArgument`.
#[cold]
pub fn bad_argument(
    vm: &mut Vm,
    function: &str,
    argument: &str,
    expected: &str,
    given: Addr,
) -> Raised {
    let given = type_text(vm, given);
    vm.type_error(format!(
        "{function}() {argument} must be {expected}, not {given}"
    ))
}

/// A `str` argument.
#[inline]
pub fn string(vm: &mut Vm, function: &str, argument: &str, given: Addr) -> PyResult<Addr> {
    if check(vm, given) {
        return Ok(given);
    }
    Err(bad_argument(vm, function, argument, "str", given))
}

/// An index of a slice: anything with `__index__`, cut to the machine's integers; `default` for `None` and for
/// an argument not given. CPython: `_PyEval_SliceIndex`.
pub fn slice_index(vm: &mut Vm, given: Addr, default: isize) -> PyResult<isize> {
    if given.is_null() || given == NONE {
        Ok(default)
    } else {
        index::bound(vm, given)
    }
}

/// A `Py_ssize_t` argument.
pub fn size(vm: &mut Vm, given: Addr, default: isize) -> PyResult<isize> {
    if given.is_null() {
        return Ok(default);
    }
    vm.index_value(given, types::OVERFLOW_ERROR)
}

/// Start and end as `find` and its like take them in arguments `i` and `i + 1`, cut to `0..=length`, negative
/// ones counted from the end. A start behind the end gives `None`: nothing is found, not even `''`.
pub fn range(vm: &mut Vm, args: Args, i: usize, length: usize) -> PyResult<Option<(usize, usize)>> {
    let start = slice_index(vm, args.get(vm, i), 0)?;
    let end = slice_index(vm, args.get(vm, i + 1), isize::MAX)?;
    let length = length as isize;
    let adjust = |index: isize| {
        if index < 0 {
            (index + length).max(0)
        } else {
            index
        }
    };
    let (start, end) = (adjust(start), adjust(end.min(length)));
    Ok((start <= end).then_some((start as usize, end as usize)))
}

/// A C `int` argument.
pub fn c_int(vm: &mut Vm, given: Addr) -> PyResult<i32> {
    let number = vm.index(given)?;
    let value = int::as_i64(vm, number.addr()).map(i32::try_from);
    vm.decref(number);
    match value {
        Some(Ok(value)) => Ok(value),
        Some(Err(_)) => Err(vm.overflow_error("signed integer is greater than maximum")),
        None => Err(vm.overflow_error("Python int too large to convert to C int")),
    }
}
