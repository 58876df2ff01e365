//! `list`: a growable array of references. CPython: `PyListObject`, Objects/listobject.c.

use super::OB_SIZE;
use crate::python::memory::{Addr, Own};
use crate::python::vm::{PyResult, Vm};

/// Offset of `ob_item`, the address of the array.
pub const OB_ITEM: u64 = 24;
/// Offset of `allocated`.
pub const ALLOCATED: u64 = 32;

/// A new empty list.
pub fn new(_vm: &mut Vm) -> Own {
    todo!()
}

/// A new list of exactly these items, taking over the references.
pub fn from_owned(_vm: &mut Vm, _items: Vec<Own>) -> PyResult<Own> {
    todo!()
}

/// Appends, taking over the reference.
pub fn append(_vm: &mut Vm, _list: Addr, _item: Own) -> PyResult<()> {
    todo!()
}

/// The number of items.
#[inline(always)]
pub fn len(vm: &Vm, list: Addr) -> usize {
    vm.word(list, OB_SIZE) as usize
}

/// Item `i`, borrowed; it must be below the length.
#[inline(always)]
pub fn item(vm: &Vm, list: Addr, i: usize) -> Addr {
    vm.field(vm.field(list, OB_ITEM), 8 * i as u64)
}

/// All items, borrowed.
pub fn items(vm: &Vm, list: Addr) -> Vec<Addr> {
    (0..len(vm, list)).map(|i| item(vm, list, i)).collect()
}

/// Appends everything that `iterable` gives: `list.extend`.
pub fn extend(_vm: &mut Vm, _list: Addr, _iterable: Addr) -> PyResult<()> {
    todo!()
}

/// `tuple(list)`
pub fn as_tuple(vm: &mut Vm, list: Addr) -> Own {
    let items = items(vm, list);
    super::tuple::new(vm, &items)
}

/// `list(iterable)`
pub fn from_iterable(vm: &mut Vm, iterable: Addr) -> PyResult<Own> {
    let list = new(vm);
    extend(vm, list.addr(), iterable)?;
    Ok(list)
}

/// `list.sort(key=key, reverse=reverse)`; `key` may be `NULL`.
pub fn sort(_vm: &mut Vm, _list: Addr, _key: Addr, _reverse: bool) -> PyResult<()> {
    todo!()
}
