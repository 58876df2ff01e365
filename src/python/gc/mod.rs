//! The cyclic garbage collector. CPython: Python/gc.c (3.13).

use crate::python::memory::Addr;
use crate::python::vm::Vm;

/// A collected object was allocated: the young count grows; past the threshold a collection is due at the
/// next check between instructions.
#[inline]
pub fn count_allocation(_vm: &mut Vm) {}

/// A collected object was freed.
#[inline]
pub fn count_deallocation(_vm: &mut Vm) {}

/// Puts a new object under the collector: `PyObject_GC_Track`.
pub fn track(_vm: &mut Vm, _object: Addr) {}

/// Takes it out, if it is in: `PyObject_GC_UnTrack`.
pub fn untrack(_vm: &mut Vm, _object: Addr) {}

/// Whether the collector knows the object: `gc.is_tracked`.
pub fn is_tracked(_vm: &Vm, _object: Addr) -> bool {
    false
}
