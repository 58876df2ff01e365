//! Which objects of a generation nobody outside it holds. CPython: `deduce_unreachable` and its steps.

use super::list::{GcHead, UNREACHABLE};
use crate::python::memory::{Addr, Space};
use crate::python::object::flags;
use crate::python::vm::Vm;

/// Whether the object has a collector header: its type says so, and it is no static type itself.
#[inline]
pub fn has_header(vm: &Vm, object: Addr) -> bool {
    let type_flags = vm.type_flags(vm.type_of(object));
    type_flags & flags::HAVE_GC != 0
        && (type_flags & flags::TYPE_SUBCLASS == 0 || vm.type_flags(object) & flags::HEAPTYPE != 0)
}

/// The references that the collector may follow from an object, in CPython's order.
pub fn referents(vm: &Vm, object: Addr, found: &mut Vec<Addr>) {
    found.clear();
    if let Some(traverse) = vm.slots(object).traverse {
        traverse(vm, object, &mut |referent| {
            if !referent.is_null() {
                found.push(referent);
            }
        });
    }
}

/// Splits `base`: what is reachable from outside stays, the rest moves to `unreachable`, where every `next`
/// keeps its flag and every object the mark that it is being collected.
pub fn deduce_unreachable(vm: &mut Vm, base: GcHead, unreachable: GcHead) {
    update_refs(vm, base);
    subtract_refs(vm, base);
    unreachable.init(&mut vm.heap.space);
    move_unreachable(vm, base, unreachable);
}

/// Copies the reference count of every object into its header. Immortal objects leave the list: they
/// cannot become garbage.
fn update_refs(vm: &mut Vm, containers: GcHead) {
    let mut gc = containers.next(&vm.heap.space);
    while gc != containers {
        let next = gc.next(&vm.heap.space);
        let object = gc.object();
        if vm.is_immortal(object) {
            gc.untrack(&mut vm.heap.space);
        } else {
            let count = vm.refcount(object);
            gc.reset_refs(&mut vm.heap.space, count);
        }
        gc = next;
    }
}

/// Subtracts the references that come from inside the list. What is left counts references from outside,
/// so an object still above zero is reachable:
///
/// ```python
/// a = []; a.append(a); del a      # refcnt 1, all of it from inside: unreachable
/// ```
fn subtract_refs(vm: &mut Vm, containers: GcHead) {
    let mut found = Vec::new();
    let mut gc = containers.next(&vm.heap.space);
    while gc != containers {
        referents(vm, gc.object(), &mut found);
        for referent in &found {
            if has_header(vm, *referent) {
                let gc = GcHead::of(*referent);
                if gc.is_collecting(&vm.heap.space) {
                    let refs = gc.refs(&vm.heap.space);
                    gc.set_refs(&mut vm.heap.space, refs.saturating_sub(1));
                }
            }
        }
        gc = gc.next(&vm.heap.space);
    }
}

/// Walks the list: an object with references left is reachable, and so is what it refers to; any other
/// moves to `unreachable`, from where it comes back if a reachable object turns out to refer to it.
///
/// While this runs, `young` is linked through `next` only: `prev` still holds the counts of the objects that
/// were not visited yet. In `unreachable`, `next` carries a flag.
fn move_unreachable(vm: &mut Vm, young: GcHead, unreachable: GcHead) {
    let mut found = Vec::new();
    let mut prev = young;
    let mut gc = young.next(&vm.heap.space);
    while gc != young {
        if gc.refs(&vm.heap.space) > 0 {
            referents(vm, gc.object(), &mut found);
            for referent in &found {
                if has_header(vm, *referent) {
                    visit_reachable(&mut vm.heap.space, GcHead::of(*referent), young);
                }
            }
            let space = &mut vm.heap.space;
            gc.set_prev(space, prev);
            gc.clear_collecting(space);
            prev = gc;
        } else {
            let space = &mut vm.heap.space;
            prev.set_next(space, gc.next(space));
            let last = unreachable.prev(space);
            last.set_next_word(space, gc.0.0 | UNREACHABLE);
            gc.set_prev(space, last);
            gc.set_next_word(space, unreachable.0.0 | UNREACHABLE);
            unreachable.set_prev_word(space, gc.0.0);
        }
        gc = prev.next(&vm.heap.space);
    }
    let space = &mut vm.heap.space;
    young.set_prev_word(space, prev.0.0);
    let first = unreachable.next_word(space) & !UNREACHABLE;
    unreachable.set_next_word(space, first);
}

fn visit_reachable(space: &mut Space, gc: GcHead, young: GcHead) {
    if !gc.is_collecting(space) {
        return;
    }
    if gc.next_word(space) & UNREACHABLE != 0 {
        let prev = gc.prev(space);
        let next = GcHead(Addr(gc.next_word(space) & !UNREACHABLE));
        prev.set_next_word(space, gc.next_word(space));
        next.set_prev(space, prev);
        young.append(space, gc);
        gc.set_refs(space, 1);
    } else if gc.refs(space) == 0 {
        gc.set_refs(space, 1);
    }
}

/// Takes the flag off every `next` of the list.
pub fn clear_unreachable_mask(space: &mut Space, unreachable: GcHead) {
    let mut gc = unreachable.next(space);
    while gc != unreachable {
        let next = gc.next_word(space) & !UNREACHABLE;
        gc.set_next_word(space, next);
        gc = GcHead(Addr(next));
    }
}

/// Takes the mark of the running collection off every object of the list.
pub fn clear_collecting(space: &mut Space, list: GcHead) {
    let mut gc = list.next(space);
    while gc != list {
        gc.clear_collecting(space);
        gc = gc.next(space);
    }
}
