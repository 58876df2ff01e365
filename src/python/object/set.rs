//! `set` and `frozenset`: open addressing with linear probes. CPython: `PySetObject`, Objects/setobject.c.

use crate::python::memory::{Addr, Own};
use crate::python::vm::{PyResult, Vm};

/// A new empty set.
pub fn new(_vm: &mut Vm) -> Own {
    todo!()
}

/// `frozenset(items)`
pub fn new_frozenset(_vm: &mut Vm, _items: &[Addr]) -> PyResult<Own> {
    todo!()
}

/// Adds `key`, making a new reference to it if it was not there.
pub fn add(_vm: &mut Vm, _set: Addr, _key: Addr) -> PyResult<()> {
    todo!()
}

/// Adds everything that `iterable` gives.
pub fn update(_vm: &mut Vm, _set: Addr, _iterable: Addr) -> PyResult<()> {
    todo!()
}

/// `key in set`
pub fn contains(_vm: &mut Vm, _set: Addr, _key: Addr) -> PyResult<bool> {
    todo!()
}

/// The number of elements.
pub fn len(_vm: &Vm, _set: Addr) -> usize {
    todo!()
}

/// Every element in table order, borrowed.
pub fn elements(_vm: &Vm, _set: Addr) -> Vec<Addr> {
    todo!()
}
