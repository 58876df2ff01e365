//! `dict`: combined and key-sharing tables. CPython: `PyDictObject`, Objects/dictobject.c.

use crate::python::memory::{Addr, Own};
use crate::python::vm::{PyResult, Vm};

/// A new empty dict.
pub fn new(_vm: &mut Vm) -> Own {
    todo!()
}

/// The number of items.
#[inline(always)]
pub fn len(vm: &Vm, dict: Addr) -> usize {
    vm.word(dict, 16) as usize
}

/// The value of `key`, borrowed. Hashes and compares as Python does, so it can raise and run code.
pub fn get(_vm: &mut Vm, _dict: Addr, _key: Addr) -> PyResult<Option<Addr>> {
    todo!()
}

/// The value of an interned or other exact `str`, borrowed; cannot raise where all keys are strings.
pub fn get_str(_vm: &mut Vm, _dict: Addr, _key: Addr) -> Option<Addr> {
    todo!()
}

/// `dict[key] = value`, with new references to both.
pub fn set(_vm: &mut Vm, _dict: Addr, _key: Addr, _value: Addr) -> PyResult<()> {
    todo!()
}

/// `dict[name] = value` for a name in Rust, taking over the value. For making modules and namespaces.
pub fn set_name(_vm: &mut Vm, _dict: Addr, _name: &str, _value: Own) {
    todo!()
}

/// Removes `key` and returns its value, or `None` if it was not there.
pub fn remove(_vm: &mut Vm, _dict: Addr, _key: Addr) -> PyResult<Option<Own>> {
    todo!()
}

/// Removes everything.
pub fn clear(_vm: &mut Vm, _dict: Addr) {
    todo!()
}

/// The next item at or after `*position`, borrowed; moves `*position` behind it. Start with 0.
pub fn next(_vm: &Vm, _dict: Addr, _position: &mut usize) -> Option<(Addr, Addr)> {
    todo!()
}

/// All keys and values in order, borrowed.
pub fn items(vm: &Vm, dict: Addr) -> Vec<(Addr, Addr)> {
    let (mut items, mut position) = (Vec::with_capacity(len(vm, dict)), 0);
    while let Some(item) = next(vm, dict, &mut position) {
        items.push(item);
    }
    items
}

/// `dict.copy()`
pub fn copy(_vm: &mut Vm, _dict: Addr) -> PyResult<Own> {
    todo!()
}

/// `target.update(source)` for two dicts or a mapping.
pub fn update(_vm: &mut Vm, _target: Addr, _source: Addr) -> PyResult<()> {
    todo!()
}
