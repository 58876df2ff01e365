//! The cyclic garbage collector. CPython: Python/gc.c (3.13), Include/internal/pycore_gc.h.
//!
//! ```text
//! object - 16  next   0 when the collector does not know the object; bit 0 is used during a collection
//! object -  8  prev   bit 0: finalized; bit 1: being collected; during a collection a count instead
//! ```
//!
//! The two words before each object of a type with `HAVE_GC` link it into the doubly linked list of its
//! generation. The list heads lie in the static area.

pub mod audit;
pub mod collect;
pub mod debug;
pub mod inspect;
mod list;
mod reachable;
pub mod startup;
mod untrack;
mod weakrefs;

use super::object::flags;
pub use collect::{collect, run_due};
pub use list::{GENERATIONS, GcHead, PERMANENT, generation_head};
pub use reachable::has_header;
pub use untrack::may_be_tracked;

use crate::python::memory::{Addr, Space};
use crate::python::version::Profile;
use crate::python::vm::Vm;

/// One generation's counters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Generation {
    /// A collection is due above this; 0 in the youngest stops automatic collections.
    pub threshold: i32,
    /// Youngest: allocations minus deallocations. Others: collections of the next younger generation.
    pub count: i32,
}

/// One row of `gc.get_stats()`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GenerationStats {
    /// How often the generation was collected.
    pub collections: u64,
    /// Unreachable objects found.
    pub collected: u64,
    /// Of those, the ones that could not be freed.
    pub uncollectable: u64,
    /// Objects that were looked at.
    pub candidates: u64,
    /// How long that took, in nanoseconds.
    pub nanoseconds: u64,
}

impl GenerationStats {
    /// `duration`, in seconds.
    pub fn duration(&self) -> f64 {
        self.nanoseconds as f64 / 1e9
    }
}

/// How long a collection takes, in nanoseconds: the machine has no clock of its own, so this follows from the objects that
/// were looked at, about as a real one takes.
pub fn duration_of(candidates: u64) -> u64 {
    112_037 + 41 * candidates
}

/// The collector's state: CPython's `struct _gc_runtime_state`.
pub struct Collector {
    /// Thresholds and counts, the youngest first.
    pub generations: [Generation; GENERATIONS],
    /// What `gc.get_stats()` shows.
    pub stats: [GenerationStats; GENERATIONS],
    /// `gc.enable`, `gc.disable`
    pub enabled: bool,
    /// A collection is running.
    pub collecting: bool,
    /// `gc.set_debug`
    pub debug: u32,
    /// Objects that survived the last full collection.
    pub long_lived_total: u64,
    /// Objects that survived collections of the middle generation since.
    pub long_lived_pending: u64,
    /// `gc.garbage`, a list; `NULL` before the module is made.
    pub garbage: Addr,
    /// `gc.callbacks`, a list; `NULL` before the module is made.
    pub callbacks: Addr,
    /// Objects that the last collection has looked at, where the version tells it.
    pub candidates: u64,
    /// Immortal objects that left the collector's lists: a number of the start, see `Profile::frozen_at_start`.
    pub frozen: usize,
}

impl Collector {
    /// Empty generations; collection enabled.
    pub fn new(space: &mut Space, profile: &Profile) -> Collector {
        for generation in 0..=PERMANENT {
            generation_head(generation).init(space);
        }
        Collector {
            generations: profile.gc_thresholds.map(|threshold| Generation {
                threshold,
                count: 0,
            }),
            stats: Default::default(),
            enabled: true,
            collecting: false,
            debug: 0,
            long_lived_total: 0,
            long_lived_pending: 0,
            garbage: Addr::NULL,
            callbacks: Addr::NULL,
            candidates: 0,
            frozen: profile.frozen_at_start,
        }
    }
}

/// A collected object was allocated: the young count grows; past the threshold a collection is due at the
/// next check between instructions. CPython: `_PyObject_GC_Link`.
#[inline]
pub fn count_allocation(vm: &mut Vm) {
    let young = &mut vm.gc.generations[0];
    young.count += 1;
    if young.count > young.threshold
        && vm.gc.enabled
        && young.threshold != 0
        && !vm.gc.collecting
        && vm.raised.is_none()
    {
        vm.gc_due = true;
        vm.request_break();
    }
}

/// A collected object was freed.
#[inline]
pub fn count_deallocation(vm: &mut Vm) {
    let young = &mut vm.gc.generations[0];
    if young.count > 0 {
        young.count -= 1;
    }
}

/// Puts a new object under the collector: `PyObject_GC_Track`.
#[inline]
pub fn track(vm: &mut Vm, object: Addr) {
    let space = &mut vm.heap.space;
    let gc = GcHead::of(object);
    let head = generation_head(0);
    let last = head.prev(space);
    last.set_next(space, gc);
    gc.set_prev(space, last);
    gc.set_next(space, head);
    head.set_prev(space, gc);
}

/// Takes it out, if it is in: `PyObject_GC_UnTrack`.
#[inline]
pub fn untrack(vm: &mut Vm, object: Addr) {
    let space = &mut vm.heap.space;
    let gc = GcHead::of(object);
    if gc.is_tracked(space) {
        gc.untrack(space);
    }
}

/// Puts a new object under the collector, if the version has the collector know objects of its type.
pub fn track_if_known(vm: &mut Vm, object: Addr) {
    if vm.has_flag(object, flags::HAVE_GC) {
        track(vm, object);
    }
}

/// Takes out what [`track_if_known`] put in.
pub fn untrack_if_known(vm: &mut Vm, object: Addr) {
    if vm.has_flag(object, flags::HAVE_GC) {
        untrack(vm, object);
    }
}

/// Whether the collector knows the object: `gc.is_tracked`. For objects of types without `HAVE_GC` it says
/// no.
#[inline]
pub fn is_tracked(vm: &Vm, object: Addr) -> bool {
    has_header(vm, object) && GcHead::of(object).is_tracked(&vm.heap.space)
}

/// Whether `__del__` of the object ran: `gc.is_finalized`.
pub fn is_finalized(vm: &Vm, object: Addr) -> bool {
    has_header(vm, object) && GcHead::of(object).is_finalized(&vm.heap.space)
}

/// Remembers that `__del__` of the object ran, so that it runs once.
pub fn set_finalized(vm: &mut Vm, object: Addr) {
    if has_header(vm, object) {
        GcHead::of(object).set_finalized(&mut vm.heap.space);
    }
}

/// Whether an allocation asked for a collection.
#[inline(always)]
pub fn is_due(vm: &Vm) -> bool {
    vm.gc_due
}
