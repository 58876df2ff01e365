//! Tuples and dicts that hold nothing collectable leave the collector's lists. CPython: `untrack_tuples`,
//! `untrack_dicts`, `_PyTuple_MaybeUntrack`, `_PyDict_MaybeUntrack` (until 3.13).

use super::list::GcHead;
use super::reachable::has_header;
use crate::python::memory::Addr;
use crate::python::object::{dict, tuple, types};
use crate::python::vm::Vm;

/// Whether the collector may have to follow a reference to this object. An untracked tuple stays so.
/// CPython: `_PyObject_GC_MAY_BE_TRACKED`.
#[inline]
pub fn may_be_tracked(vm: &Vm, object: Addr) -> bool {
    has_header(vm, object)
        && (vm.type_of(object) != types::TUPLE || GcHead::of(object).is_tracked(&vm.heap.space))
}

/// Untracks the tuples of a list that hold only atoms.
pub fn untrack_tuples(vm: &mut Vm, list: GcHead) {
    for_each(vm, list, types::TUPLE, |vm, tuple| {
        (0..tuple::len(vm, tuple)).all(|i| {
            let item = tuple::item(vm, tuple, i);
            !item.is_null() && !may_be_tracked(vm, item)
        })
    });
}

/// Untracks the dicts of a list that hold only atoms.
pub fn untrack_dicts(vm: &mut Vm, list: GcHead) {
    if vm.profile.dicts_are_tracked {
        return;
    }
    for_each(vm, list, types::DICT, |vm, dict| {
        let mut position = 0;
        while let Some((key, value)) = dict::next(vm, dict, &mut position) {
            if may_be_tracked(vm, value) || may_be_tracked(vm, key) {
                return false;
            }
        }
        true
    });
}

/// Untracks the objects of exactly this type for which `holds_only_atoms` says yes.
fn for_each(vm: &mut Vm, list: GcHead, ty: Addr, holds_only_atoms: impl Fn(&Vm, Addr) -> bool) {
    let mut gc = list.next(&vm.heap.space);
    while gc != list {
        let next = gc.next(&vm.heap.space);
        let object = gc.object();
        if vm.type_of(object) == ty && holds_only_atoms(vm, object) {
            gc.untrack(&mut vm.heap.space);
        }
        gc = next;
    }
}
