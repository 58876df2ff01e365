//! Life and death of instances of classes made in Python. CPython: `subtype_dealloc`, `subtype_traverse`.

use crate::python::gc;
use crate::python::memory::Addr;
use crate::python::object::dict::values;
use crate::python::object::slots::DeallocFn;
use crate::python::object::{OB_REFCNT, alloc, flags, object, weakref};
use crate::python::vm::Vm;
use crate::python::vm::typedata::*;

/// The nearest base whose instances are freed by native code.
pub fn native_base(vm: &Vm, class: Addr) -> Addr {
    let mut base = class;
    while vm.type_flags(base) & flags::HEAPTYPE != 0 {
        base = vm.field(base, TP_BASE);
    }
    base
}

/// The count of an instance reached zero: finalizer, weak references, slots, dict, then the native base.
pub fn dealloc(vm: &mut Vm, this: Addr) {
    let class = vm.type_of(this);
    let has_gc = vm.type_flags(class) & flags::HAVE_GC != 0;
    let base = native_base(vm, class);
    let Some(base_dealloc) = vm.type_data(base).slots.dealloc else {
        return;
    };
    if has_gc {
        gc::untrack(vm, this);
        if !vm.trashcan_begin_instance(this) {
            return;
        }
    }
    if finish(vm, this, class, base, has_gc) {
        free(vm, this, class, base, base_dealloc);
    }
    if has_gc {
        vm.trashcan_end();
    }
}

/// Runs the finalizer and drops what the class added; `false` if the object came back to life.
fn finish(vm: &mut Vm, this: Addr, class: Addr, base: Addr, has_gc: bool) -> bool {
    if vm.type_data(class).slots.finalize.is_some() {
        if has_gc {
            gc::track(vm, this);
        }
        if !call_finalizer(vm, this) {
            return false;
        }
        if has_gc {
            gc::untrack(vm, this);
        }
    }
    let weak_here = vm.type_flags(class) & flags::MANAGED_WEAKREF != 0
        || vm.word(class, TP_WEAKLISTOFFSET) != vm.word(base, TP_WEAKLISTOFFSET);
    if weak_here {
        weakref::clear_refs(vm, this);
    }
    clear_slots(vm, this, class);
    if vm.type_flags(class) & flags::MANAGED_DICT != 0 {
        values::clear_instance(vm, this, class);
    } else if vm.word(class, TP_DICTOFFSET) != vm.word(base, TP_DICTOFFSET)
        && let Some(slot) = object::dict_slot(vm, this, class)
    {
        vm.set_field(slot, 0, None);
    }
    true
}

/// `PyObject_CallFinalizerFromDealloc`: `false` if the finalizer revived the object.
pub fn call_finalizer(vm: &mut Vm, this: Addr) -> bool {
    let class = vm.type_of(this);
    let Some(finalize) = vm.type_data(class).slots.finalize else {
        return true;
    };
    let has_gc = vm.type_flags(class) & flags::HAVE_GC != 0;
    if has_gc && gc::is_finalized(vm, this) {
        return true;
    }
    vm.set_word(this, OB_REFCNT, 1);
    finalize(vm, this);
    if has_gc {
        gc::set_finalized(vm, this);
    }
    let count = vm.word(this, OB_REFCNT);
    vm.set_word(this, OB_REFCNT, count - 1);
    count == 1
}

/// Drops `__slots__`, from the most derived class up.
fn clear_slots(vm: &mut Vm, this: Addr, class: Addr) {
    let mut class = class;
    while vm.type_flags(class) & flags::HEAPTYPE != 0 {
        for i in 0..vm.type_data(class).slot_offsets.len() {
            let offset = vm.type_data(class).slot_offsets[i];
            vm.set_field(this, u64::from(offset), None);
        }
        class = vm.field(class, TP_BASE);
    }
}

/// The native base frees its own fields and the block; the class loses the instance's reference.
fn free(vm: &mut Vm, this: Addr, class: Addr, base: Addr, base_dealloc: DeallocFn) {
    if base == crate::python::object::types::OBJECT {
        alloc::free(vm, this);
    } else {
        // The base's dealloc untracks, so it must find the object tracked.
        if vm.type_flags(base) & flags::HAVE_GC != 0 {
            gc::track(vm, this);
        }
        base_dealloc(vm, this);
    }
    vm.decref_word(class.0);
}

/// Visits slots, attributes, what the native base holds, and the class.
pub fn traverse(vm: &Vm, this: Addr, visit: &mut dyn FnMut(Addr)) {
    let base = native_base(vm, vm.type_of(this));
    visit_own(vm, this, base, visit);
    if let Some(traverse) = vm.type_data(base).slots.traverse {
        traverse(vm, this, visit);
    }
}

/// Slots, attributes and the class, without what the native base holds.
fn visit_own(vm: &Vm, this: Addr, base: Addr, visit: &mut dyn FnMut(Addr)) {
    let class = vm.type_of(this);
    let mut level = class;
    while vm.type_flags(level) & flags::HEAPTYPE != 0 {
        for offset in &vm.type_data(level).slot_offsets {
            if let Some(value) = vm.field(this, u64::from(*offset)).some() {
                visit(value);
            }
        }
        level = vm.field(level, TP_BASE);
    }
    if vm.type_flags(class) & flags::MANAGED_DICT != 0 {
        values::visit_instance(vm, this, class, visit);
    } else if vm.word(class, TP_DICTOFFSET) != vm.word(base, TP_DICTOFFSET)
        && let Some(dict) =
            object::dict_slot(vm, this, class).and_then(|slot| vm.field(slot, 0).some())
    {
        visit(dict);
    }
    visit(class);
}

/// The audit sees also the `__dict__` that shares an instance's values.
pub fn references(vm: &Vm, this: Addr, visit: &mut dyn FnMut(Addr)) {
    let class = vm.type_of(this);
    let base = native_base(vm, class);
    visit_own(vm, this, base, visit);
    if vm.type_flags(class) & flags::MANAGED_DICT != 0
        && !vm.profile.dict_has_the_values
        && values::valid_values(vm, this, class).is_some()
        && let Some(dict) = values::managed_dict(vm, this).some()
    {
        visit(dict);
    }
    let slots = &vm.type_data(base).slots;
    if let Some(references) = slots.references.or(slots.traverse) {
        references(vm, this, visit);
    }
}

/// Breaks the cycles an instance may be in. CPython: `subtype_clear`.
pub fn clear(vm: &mut Vm, this: Addr) {
    let class = vm.type_of(this);
    clear_slots(vm, this, class);
    if vm.type_flags(class) & flags::MANAGED_DICT != 0 {
        values::clear_for_gc(vm, this, class);
    } else if vm.word(class, TP_DICTOFFSET) != vm.word(native_base(vm, class), TP_DICTOFFSET)
        && let Some(slot) = object::dict_slot(vm, this, class)
    {
        vm.set_field(slot, 0, None);
    }
    let base = native_base(vm, class);
    if let Some(clear) = vm.type_data(base).slots.clear {
        clear(vm, this);
    }
}
