//! A collection from start to end. CPython: `gc_collect_main` (3.13.0).

use super::list::{GENERATIONS, GcHead, PERMANENT, generation_head, scratch_head};
use super::reachable::{clear_collecting, clear_unreachable_mask, deduce_unreachable};
use super::untrack::{untrack_dicts, untrack_tuples};
use super::{debug, weakrefs};
use crate::python::memory::Addr;
use crate::python::memory::freelist::FreeList;
use crate::python::object::{dict, float, int, list, str};
use crate::python::vm::Vm;

/// Runs the collection that an allocation asked for. The machine calls it where CPython's eval breaker
/// does, when `vm.gc_due` is set.
#[cold]
#[inline(never)]
pub fn run_due(vm: &mut Vm) {
    vm.gc_due = false;
    if vm.gc.enabled
        && !vm.gc.collecting
        && let Some(generation) = select_generation(vm)
    {
        collect(vm, generation);
    }
}

/// The oldest generation whose count is above its threshold. A full collection also waits until the
/// objects that would be looked at for the first time are a quarter of those that survived the last one.
fn select_generation(vm: &Vm) -> Option<usize> {
    (0..GENERATIONS).rev().find(|i| {
        let generation = &vm.gc.generations[*i];
        let full = *i == GENERATIONS - 1;
        generation.count > generation.threshold
            && !(full && vm.gc.long_lived_pending < vm.gc.long_lived_total / 4)
    })
}

/// Collects a generation and all younger ones; returns the number of unreachable objects. 0 when a
/// collection is running already.
pub fn collect(vm: &mut Vm, generation: usize) -> usize {
    if vm.gc.collecting {
        return 0;
    }
    vm.gc.collecting = true;
    let raised = vm.raised.take();
    invoke_callbacks(vm, "start", generation, 0);
    if vm.gc.debug & debug::STATS != 0 {
        debug::start(vm, generation);
    }
    let found = collect_lists(vm, generation);
    if vm.gc.debug & debug::STATS != 0 {
        debug::done(vm, found);
    }
    if generation == GENERATIONS - 1 {
        vm.gc.frozen = vm.profile.frozen_at_start;
        clear_free_lists(vm);
    }
    let stats = &mut vm.gc.stats[generation];
    stats.collections += 1;
    stats.collected += found as u64;
    stats.candidates += vm.gc.candidates;
    stats.nanoseconds += super::duration_of(vm.gc.candidates);
    invoke_callbacks(vm, "stop", generation, found);
    if let Some(raised) = raised {
        let _ = vm.raise(raised);
    }
    vm.gc.collecting = false;
    found
}

/// Where the objects of the running collection are.
const UNREACHABLE_LIST: GcHead = scratch_head(0);
const FINAL_LIST: GcHead = scratch_head(1);
const SEEN_LIST: GcHead = scratch_head(2);

fn collect_lists(vm: &mut Vm, generation: usize) -> usize {
    if generation + 1 < GENERATIONS {
        vm.gc.generations[generation + 1].count += 1;
    }
    for younger in &mut vm.gc.generations[..=generation] {
        younger.count = 0;
    }
    let young = generation_head(generation);
    for i in 0..generation {
        young.merge(&mut vm.heap.space, generation_head(i));
    }
    if vm.profile.gc_tells_candidates {
        vm.gc.candidates = young.len(&vm.heap.space) as u64;
    }
    deduce_unreachable(vm, young, UNREACHABLE_LIST);
    untrack_tuples(vm, young);
    let old = move_survivors(vm, generation);
    clear_unreachable_mask(&mut vm.heap.space, UNREACHABLE_LIST);
    if vm.gc.debug & debug::COLLECTABLE != 0 {
        debug::collectable(vm, UNREACHABLE_LIST);
    }
    let mut found = weakrefs::handle(vm, UNREACHABLE_LIST, old);
    finalize_garbage(vm, UNREACHABLE_LIST);
    handle_resurrected(vm, UNREACHABLE_LIST, FINAL_LIST, old);
    found += FINAL_LIST.len(&vm.heap.space);
    if vm.profile.weakrefs_outlive_finalizers {
        weakrefs::clear_rest(vm, FINAL_LIST);
    }
    delete_garbage(vm, FINAL_LIST, old);
    found
}

/// Moves the reachable objects to the next generation; returns that generation's list.
fn move_survivors(vm: &mut Vm, generation: usize) -> GcHead {
    let young = generation_head(generation);
    if generation == GENERATIONS - 1 {
        untrack_dicts(vm, young);
        vm.gc.long_lived_pending = 0;
        vm.gc.long_lived_total = young.len(&vm.heap.space) as u64;
        return young;
    }
    if generation == GENERATIONS - 2 {
        vm.gc.long_lived_pending += young.len(&vm.heap.space) as u64;
    }
    let old = generation_head(generation + 1);
    old.merge(&mut vm.heap.space, young);
    old
}

/// Calls `__del__` of everything unreachable, once per object, in list order, every object still complete.
fn finalize_garbage(vm: &mut Vm, collectable: GcHead) {
    SEEN_LIST.init(&mut vm.heap.space);
    while !collectable.is_empty(&vm.heap.space) && vm.stop.is_none() {
        let gc = collectable.next(&vm.heap.space);
        SEEN_LIST.take(&mut vm.heap.space, gc);
        let object = gc.object();
        if let Some(finalize) = vm.slots(object).finalize
            && !gc.is_finalized(&vm.heap.space)
        {
            gc.set_finalized(&mut vm.heap.space);
            let held = vm.incref(object);
            finalize(vm, object);
            vm.decref(held);
        }
    }
    collectable.merge(&mut vm.heap.space, SEEN_LIST);
}

/// A finalizer may have stored a reference to an unreachable object: looks again, and moves what lives to
/// the old generation.
fn handle_resurrected(vm: &mut Vm, unreachable: GcHead, still: GcHead, old: GcHead) {
    clear_collecting(&mut vm.heap.space, unreachable);
    deduce_unreachable(vm, unreachable, still);
    clear_unreachable_mask(&mut vm.heap.space, still);
    old.merge(&mut vm.heap.space, unreachable);
}

/// Breaks the cycles: clears every object that is still in the list when its turn comes.
fn delete_garbage(vm: &mut Vm, collectable: GcHead, old: GcHead) {
    while !collectable.is_empty(&vm.heap.space) {
        let gc = collectable.next(&vm.heap.space);
        let object = gc.object();
        if vm.gc.debug & debug::SAVEALL != 0 {
            let held = vm.incref(object);
            let garbage = vm.gc.garbage;
            if garbage.is_null() || list::append(vm, garbage, held).is_err() {
                vm.clear_raised();
            }
        } else if let Some(clear) = vm.slots(object).clear {
            let held = vm.incref(object);
            clear(vm, object);
            vm.decref(held);
            vm.settle_dropped();
        }
        if collectable.next(&vm.heap.space) == gc {
            // Alive still: it may die later, when another object of the list is cleared.
            gc.clear_collecting(&mut vm.heap.space);
            old.take(&mut vm.heap.space, gc);
        }
    }
}

/// Calls what the program put into `gc.callbacks`.
fn invoke_callbacks(vm: &mut Vm, phase: &str, generation: usize, collected: usize) {
    let callbacks = vm.gc.callbacks;
    if callbacks.is_null() || list::len(vm, callbacks) == 0 || vm.stop.is_some() {
        return;
    }
    let info = dict::new(vm);
    for (name, value) in [
        ("generation", generation),
        ("collected", collected),
        ("uncollectable", 0),
    ] {
        let value = int::new(vm, value as i64);
        dict::set_name(vm, info.addr(), name, value);
    }
    if vm.profile.gc_tells_candidates {
        let candidates = if phase == "stop" { vm.gc.candidates } else { 0 };
        let candidates = int::new(vm, candidates as i64);
        dict::set_name(vm, info.addr(), "candidates", candidates);
        let duration = match phase {
            "stop" => super::duration_of(vm.gc.candidates) as f64 / 1e9,
            _ => 0.0,
        };
        let duration = float::new(vm, duration);
        dict::set_name(vm, info.addr(), "duration", duration);
    }
    let phase = str::new(vm, phase);
    let mut i = 0;
    while i < list::len(vm, callbacks) {
        let callback = list::item(vm, callbacks, i);
        let callback = vm.incref(callback);
        match vm.call(callback.addr(), &[phase.addr(), info.addr()]) {
            Ok(result) => vm.decref(result),
            Err(_) => vm.write_unraisable_while(callback.addr(), "calling GC callback"),
        }
        vm.decref(callback);
        i += 1;
    }
    vm.decref(phase);
    vm.decref(info);
}

/// Frees what the free lists keep. CPython: `_PyGC_ClearAllFreeLists`.
pub fn clear_free_lists(vm: &mut Vm) {
    let lists = &mut vm.freelists;
    let plain = [
        &mut lists.float,
        &mut lists.int,
        &mut lists.range,
        &mut lists.range_iterator,
    ];
    let objects: Vec<Addr> = plain.into_iter().flat_map(FreeList::drain).collect();
    for object in objects {
        vm.heap.free(object);
    }
    for length in 0..vm.freelists.tuple.len() {
        let tuples = vm.freelists.tuple[length].drain();
        free_collected(vm, tuples);
    }
    let lists = vm.freelists.list.drain();
    free_collected(vm, lists);
    let dicts = vm.freelists.dict.drain();
    free_collected(vm, dicts);
    for keys in vm.freelists.dict_keys.drain() {
        vm.heap.free(keys);
    }
    let lists = &mut vm.freelists;
    let collected = [
        &mut lists.method,
        &mut lists.builtin_method,
        &mut lists.list_iterator,
        &mut lists.tuple_iterator,
    ];
    let objects = collected.into_iter().flat_map(FreeList::drain).collect();
    free_collected(vm, objects);
    vm.clear_free_frames();
    let contexts = vm.freelists.context.drain();
    free_collected(vm, contexts);
    let values = vm.freelists.async_gen_value.drain();
    free_collected(vm, values);
    let asends = vm.freelists.async_gen_asend.drain();
    free_collected(vm, asends);
}

/// Frees dead objects with a collector header; each counts as a deallocation.
fn free_collected(vm: &mut Vm, objects: Vec<Addr>) {
    for object in objects {
        super::count_deallocation(vm);
        vm.heap.free(object.before(16));
    }
}

/// `gc.freeze`: everything that is tracked leaves the generations.
pub fn freeze(vm: &mut Vm) {
    for generation in 0..GENERATIONS {
        generation_head(PERMANENT).merge(&mut vm.heap.space, generation_head(generation));
        vm.gc.generations[generation].count = 0;
    }
}

/// `gc.unfreeze`: what was frozen is in the oldest generation.
pub fn unfreeze(vm: &mut Vm) {
    generation_head(GENERATIONS - 1).merge(&mut vm.heap.space, generation_head(PERMANENT));
}
