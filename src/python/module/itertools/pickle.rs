//! What copies and pickles of iterators are made from. CPython: the methods behind `ITERTOOL_PICKLE_DEPRECATION` in
//! Modules/itertoolsmodule.c, which are gone in 3.14.

use crate::python::memory::{Addr, Own};
use crate::python::object::{flags, index, int, tuple, types};
use crate::python::vm::{PyResult, Vm};

/// Every one of these methods warns in the two versions before they go.
pub(super) fn warn(vm: &mut Vm) -> PyResult<()> {
    if !vm.profile.itertools_warn_of_pickles {
        return Ok(());
    }
    vm.warn(
        types::DEPRECATION_WARNING,
        "Pickle, copy, and deepcopy support will be removed from itertools in Python 3.14.",
    )
}

/// `(type(object), (arguments, …))`, with the state behind it if there is one.
pub(super) fn reduced(vm: &mut Vm, object: Addr, arguments: Vec<Own>, state: Option<Own>) -> Own {
    let class = vm.incref(vm.type_of(object));
    let mut parts = vec![class, tuple::from_owned(vm, arguments)];
    parts.extend(state);
    tuple::from_owned(vm, parts)
}

/// New references to the values of these fields; what is missing is left out.
pub(super) fn fields(vm: &mut Vm, object: Addr, offsets: &[u64]) -> Vec<Own> {
    let value = |at: &u64| vm.field(object, *at).some().map(|value| vm.incref(value));
    offsets.iter().filter_map(value).collect()
}

/// So many words from `words` as a tuple of ints.
pub(super) fn numbers(vm: &mut Vm, words: Addr, count: usize) -> Own {
    let numbers = (0..count as u64).map(|i| vm.word(words, 8 * i) as i64);
    let numbers: Vec<i64> = numbers.collect();
    let numbers = numbers.into_iter().map(|number| int::new(vm, number));
    let numbers = numbers.collect();
    tuple::from_owned(vm, numbers)
}

/// The items of a state, a tuple with from `least` to `most` of them, borrowed. CPython: `PyArg_ParseTuple(state, …)`.
pub(super) fn items(vm: &mut Vm, state: Addr, least: usize, most: usize) -> PyResult<Vec<Addr>> {
    if !vm.has_flag(state, flags::TUPLE_SUBCLASS) {
        return Err(vm.type_error("state is not a tuple"));
    }
    let given = tuple::len(vm, state);
    if (least..=most).contains(&given) {
        return Ok((0..given).map(|i| tuple::item(vm, state, i)).collect());
    }
    let (which, count) = match (least == most, given < least) {
        (true, _) => ("exactly", least),
        (false, true) => ("at least", least),
        (false, false) => ("at most", most),
    };
    let s = if count == 1 { "" } else { "s" };
    Err(vm.type_error(format!(
        "function takes {which} {count} argument{s} ({given} given)"
    )))
}

/// A number of a state: `PyLong_AsSsize_t`.
pub(super) fn number(vm: &mut Vm, value: Addr) -> PyResult<isize> {
    match vm.has_flag(value, flags::LONG_SUBCLASS) {
        true => index::ssize(vm, value),
        false => Err(vm.type_error("an integer is required")),
    }
}

/// The items of a state that has to be a tuple of `count`, as numbers. CPython: the `ValueError`s "invalid arguments".
pub(super) fn indices(vm: &mut Vm, state: Addr, count: usize) -> PyResult<Vec<isize>> {
    if !vm.has_flag(state, flags::TUPLE_SUBCLASS) || tuple::len(vm, state) != count {
        return Err(vm.value_error("invalid arguments"));
    }
    let index = |i| {
        let item = tuple::item(vm, state, i);
        number(vm, item)
    };
    (0..count).map(index).collect()
}
