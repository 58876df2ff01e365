//! `tuple`. CPython: `PyTupleObject`, Objects/tupleobject.c.

use super::OB_SIZE;
use crate::python::memory::{Addr, Own};
use crate::python::vm::Vm;

/// Offset of the first item; 3.14 has the hash before it.
pub const ITEMS: u64 = 24;

/// A new tuple that takes over the references.
pub fn from_owned(_vm: &mut Vm, _items: Vec<Own>) -> Own {
    todo!()
}

/// A new tuple with new references to the items.
pub fn new(vm: &mut Vm, items: &[Addr]) -> Own {
    let items = items.iter().map(|item| vm.incref(*item)).collect();
    from_owned(vm, items)
}

/// The number of items.
#[inline(always)]
pub fn len(vm: &Vm, tuple: Addr) -> usize {
    vm.word(tuple, OB_SIZE) as usize
}

/// Item `i`, borrowed.
#[inline(always)]
pub fn item(vm: &Vm, tuple: Addr, i: usize) -> Addr {
    vm.field(tuple, ITEMS + 8 * i as u64)
}

/// All items, borrowed.
pub fn items(vm: &Vm, tuple: Addr) -> Vec<Addr> {
    (0..len(vm, tuple)).map(|i| item(vm, tuple, i)).collect()
}
