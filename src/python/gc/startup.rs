//! The collector as a program finds it: the counters of a recorded start. CPython has collected a few times by then,
//! while it imported `encodings` and its other modules.

use super::list::{GcHead, generation_head};
use super::{GENERATIONS, Generation, GenerationStats};
use crate::python::vm::Vm;

/// Counters of a real start, with `-I -S` and nothing imported.
#[derive(Clone, Copy, Debug)]
pub struct GcStart {
    /// The count of each generation, the youngest first: `gc.get_count()` of a program, less what compiling it and
    /// loading its code add.
    pub counts: [i32; GENERATIONS],
    /// Objects in the youngest generation.
    pub young: usize,
    /// Collections of the youngest generation; of the others there were none.
    pub collections: u64,
    /// Unreachable objects that these found.
    pub collected: u64,
}

/// Objects that a collection of the start looks at, about.
const START_CANDIDATES: u64 = 2013;

/// Puts the objects of the start where they would be, without looking for garbage, of which there is none: the newest
/// stay young, the others have survived a collection.
pub fn settle(vm: &mut Vm) {
    let start = vm.profile.gc_start;
    let young = generation_head(0);
    let space = &mut vm.heap.space;
    let mut oldest_young = young;
    for _ in 0..start.young {
        let older = oldest_young.prev(space);
        if older == young {
            break;
        }
        oldest_young = older;
    }
    split(vm, young, oldest_young, generation_head(1));
    for (generation, count) in vm.gc.generations.iter_mut().zip(start.counts) {
        *generation = Generation {
            count,
            ..*generation
        };
    }
    vm.gc.stats[0] = GenerationStats {
        collections: start.collections,
        collected: start.collected,
        uncollectable: 0,
        candidates: start.collections * START_CANDIDATES,
        nanoseconds: start.collections * super::duration_of(START_CANDIDATES),
    };
    vm.gc_due = false;
}

/// Moves what is before `first` in `list` to the end of `older`.
fn split(vm: &mut Vm, list: GcHead, first: GcHead, older: GcHead) {
    let space = &mut vm.heap.space;
    let (start, end) = (list.next(space), first.prev(space));
    if first == list || start == first {
        return;
    }
    let last = older.prev(space);
    last.set_next(space, start);
    start.set_prev(space, last);
    end.set_next(space, older);
    older.set_prev(space, end);
    list.set_next(space, first);
    first.set_prev(space, list);
}
