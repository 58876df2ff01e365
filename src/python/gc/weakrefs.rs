//! Weak references to and from unreachable objects. CPython: `handle_weakrefs` (until 3.14).

use super::list::{GcHead, scratch_head};
use crate::python::memory::Addr;
use crate::python::object::{types, weakref};
use crate::python::vm::Vm;

const TO_CALL_LIST: GcHead = scratch_head(3);

/// Clears every weak reference to an unreachable object, then calls the callbacks of those that are
/// reachable themselves. Returns how many of these died with the call.
pub fn handle(vm: &mut Vm, unreachable: GcHead, old: GcHead) -> usize {
    TO_CALL_LIST.init(&mut vm.heap.space);
    let mut gc = unreachable.next(&vm.heap.space);
    while gc != unreachable {
        let next = gc.next(&vm.heap.space);
        let object = gc.object();
        if is_weakref(vm, object) && !outlives_finalizers(vm, object) {
            weakref::clear_ref(vm, object);
        }
        clear_references_to(vm, object);
        gc = next;
    }
    call_all(vm, old)
}

/// Clears the references that [`handle`] has left: those without a callback, which finalizers could still use. From
/// 3.15 on (gh-135552).
pub fn clear_rest(vm: &mut Vm, unreachable: GcHead) {
    let mut gc = unreachable.next(&vm.heap.space);
    while gc != unreachable {
        let object = gc.object();
        while let Some(head) = weakref::list_of(vm, object)
            && let Some(reference) = vm.field(head, 0).some()
        {
            weakref::clear_ref(vm, reference);
        }
        gc = gc.next(&vm.heap.space);
    }
}

fn outlives_finalizers(vm: &Vm, reference: Addr) -> bool {
    vm.profile.weakrefs_outlive_finalizers && weakref::callback(vm, reference).is_null()
}

/// `PyWeakref_Check`, cheaply: subclasses of the three types share their dealloc slot.
fn is_weakref(vm: &Vm, object: Addr) -> bool {
    let ty = vm.type_of(object);
    ty == types::WEAKREF || weakref::is_weakref_type(vm, ty)
}

fn clear_references_to(vm: &mut Vm, object: Addr) {
    let Some(head) = weakref::list_of(vm, object) else {
        return;
    };
    let mut next = vm.field(head, 0);
    while let Some(reference) = next.some() {
        next = vm.field(reference, weakref::WR_NEXT);
        if outlives_finalizers(vm, reference) {
            continue;
        }
        weakref::clear_ref(vm, reference);
        let gc = GcHead::of(reference);
        if weakref::callback(vm, reference).is_null() || gc.is_collecting(&vm.heap.space) {
            continue;
        }
        // Held until its callback was called.
        let _held = vm.incref(reference).into_addr();
        TO_CALL_LIST.take(&mut vm.heap.space, gc);
    }
}

fn call_all(vm: &mut Vm, old: GcHead) -> usize {
    let mut freed = 0;
    while !TO_CALL_LIST.is_empty(&vm.heap.space) {
        let gc = TO_CALL_LIST.next(&vm.heap.space);
        let reference = gc.object();
        let callback = weakref::callback(vm, reference);
        weakref::call_callback(vm, callback, reference);
        vm.decref_word(reference.0);
        if TO_CALL_LIST.next(&vm.heap.space) == gc {
            old.take(&mut vm.heap.space, gc);
        } else {
            freed += 1;
        }
    }
    freed
}
