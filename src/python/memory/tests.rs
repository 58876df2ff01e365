//! The allocators under random use, and their geometry against a real CPython's.

use super::freelist::{FreeLists, SIZES_3_13, TUPLE_LENGTH_MAX};
use super::obmalloc::{
    ARENA_SIZE_BYTES, POOL_HEADER_BYTES, POOL_SIZE_BYTES, SIZE_CLASSES, blocks_per_pool,
};
use super::{Addr, BASE, Heap, SPACE_SIZE_BYTES, Space};
use crate::python::{Interpreter, Options};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// `allocator.size_classes` of a CPython 3.13: how many blocks a pool of each class holds.
const BLOCKS_PER_POOL: [usize; SIZE_CLASSES] = [
    1021, 510, 340, 255, 204, 170, 145, 127, 113, 102, 92, 85, 78, 72, 68, 63, 60, 56, 53, 51, 48,
    46, 44, 42, 40, 39, 37, 36, 35, 34, 32, 31,
];

#[test]
fn pools_hold_what_cpython_says() {
    for (class, expected) in BLOCKS_PER_POOL.iter().enumerate() {
        assert_eq!(blocks_per_pool(class), *expected);
    }
}

#[test]
fn a_fresh_pool_gives_ascending_blocks_from_offset_48() {
    let mut heap = Heap::new();
    let first = heap.alloc(30);
    assert_eq!(first.0 % POOL_SIZE_BYTES, POOL_HEADER_BYTES);
    for i in 1..510 {
        assert_eq!(heap.alloc(17 + i % 16), first.at(32 * i as u64));
    }
    assert_ne!(
        heap.alloc(32).0 / POOL_SIZE_BYTES,
        first.0 / POOL_SIZE_BYTES
    );
}

#[test]
fn freed_blocks_come_back_last_in_first_out() {
    let mut heap = Heap::new();
    let blocks: Vec<Addr> = (0..10).map(|_| heap.alloc(64)).collect();
    for i in [2, 5, 7] {
        heap.free(blocks[i]);
    }
    assert_eq!(
        [heap.alloc(64), heap.alloc(64), heap.alloc(64)],
        [blocks[7], blocks[5], blocks[2]]
    );
}

/// Real CPython 3.13: one block freed in each of three full pools comes back from the last pool first.
#[test]
fn a_full_pool_with_a_hole_goes_to_the_front() {
    let mut heap = Heap::new();
    let per_pool = blocks_per_pool(9);
    let blocks: Vec<Addr> = (0..3 * per_pool).map(|_| heap.alloc(160)).collect();
    let holes = [blocks[3], blocks[3 + per_pool], blocks[3 + 2 * per_pool]];
    for hole in holes {
        heap.free(hole);
    }
    assert_eq!(
        holes.map(|_| heap.alloc(160)),
        [holes[2], holes[1], holes[0]]
    );
}

#[test]
fn an_arena_has_63_pools_and_is_released_when_empty() {
    let mut heap = Heap::new();
    let per_arena = 63 * blocks_per_pool(31);
    let blocks: Vec<Addr> = (0..3 * per_arena).map(|_| heap.alloc(512)).collect();
    let stats = heap.stats();
    assert_eq!((stats.arenas, stats.free_pools), (3, 0));
    assert_eq!(stats.alignment_bytes, 3 * 16384);
    for block in &blocks[per_arena..] {
        heap.free(*block);
    }
    let stats = heap.stats();
    assert_eq!(
        (stats.arenas, stats.arenas_total, stats.free_pools),
        (2, 3, 63)
    );
    assert_eq!(heap.blocks_in_use(), per_arena);
}

#[test]
fn a_growing_block_stays_where_it_is() {
    let mut heap = Heap::new();
    let mut address = heap.try_alloc(600).unwrap();
    let mut moves = 0;
    for nbytes in (600..40_000_000).step_by(40_000) {
        let moved = heap.try_realloc(address, nbytes).unwrap();
        moves += usize::from(moved != address);
        address = moved;
    }
    assert!(moves <= 2, "moved {moves} times");
}

#[test]
fn the_limit_refuses_one_large_request_and_reports_many_small_ones() {
    let mut heap = Heap::new();
    heap.set_limit(8 << 20);
    assert!(heap.try_alloc(9 << 20).is_err());
    assert!(heap.try_alloc(usize::MAX).is_err());
    assert!(!heap.is_over_limit());
    for _ in 0..20_000 {
        heap.alloc(512);
    }
    assert!(heap.is_over_limit());
}

#[test]
fn a_free_list_keeps_its_number() {
    let mut lists = FreeLists::new(&SIZES_3_13);
    let kept = (1..=150).filter(|i| lists.float.push(Addr(16 * i))).count();
    assert_eq!((kept, lists.float.pop()), (100, Some(Addr(1600))));
    assert!(lists.tuple[TUPLE_LENGTH_MAX - 1].push(Addr(16)));
    assert!(!lists.int.push(Addr(16)));
}

#[test]
fn traces_follow_their_blocks() {
    let mut heap = Heap::new();
    let before = heap.alloc(100);
    heap.set_traced(true);
    heap.trace_mut().enter(3, 0, 0);
    heap.pc = 7;
    let a = heap.alloc(28);
    let b = heap.alloc(600);
    assert_eq!(heap.trace().memory(), (628, 628));
    heap.pc = 8;
    let c = heap.try_realloc(b, 5000).unwrap();
    let pc_of = |heap: &Heap, block| {
        let place = heap.trace().get(block).unwrap().place();
        heap.trace().traceback(place)[0].pc
    };
    assert_eq!((pc_of(&heap, a), pc_of(&heap, c)), (7, 8));
    heap.free(a);
    heap.free(before);
    assert_eq!(heap.trace().memory(), (5000, 5028));
    assert_eq!(heap.trace().iter().count(), 1);
}

#[test]
fn tracebacks_are_cut_at_the_limit() {
    let mut heap = Heap::new();
    heap.set_traced(true);
    heap.trace_mut().set_limit(2);
    for (code, pc) in [(1, 0), (2, 10), (3, 20)] {
        heap.trace_mut().enter(code, 0, pc);
    }
    heap.pc = 30;
    let block = heap.alloc(16);
    let place = heap.trace().get(block).unwrap().place();
    let frames: Vec<_> = heap
        .trace()
        .traceback(place)
        .iter()
        .map(|p| (p.code, p.pc, p.depth))
        .collect();
    assert_eq!(frames, [(3, 30, 3), (2, 20, 2)]);
}

#[derive(Clone, Debug)]
enum Step {
    Alloc(usize),
    Free(usize),
    Realloc(usize, usize),
}

fn size() -> impl Strategy<Value = usize> {
    prop_oneof![0usize..=512, 500usize..3000, 3000usize..300_000]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => size().prop_map(Step::Alloc),
        3 => any::<usize>().prop_map(Step::Free),
        1 => (any::<usize>(), size()).prop_map(|(i, n)| Step::Realloc(i, n)),
    ]
}

/// Live blocks by address: size, and the byte they are filled with.
type Live = BTreeMap<u64, (usize, u8)>;

fn fill(heap: &mut Heap, live: &mut Live, address: Addr, nbytes: usize, byte: u8) {
    heap.space.fill(address, nbytes, byte);
    assert!(
        live.insert(address.0, (nbytes, byte)).is_none(),
        "handed out twice"
    );
}

fn check(heap: &Heap, live: &Live) {
    let mut end = 0;
    for (address, (nbytes, byte)) in live {
        assert!(*address >= end, "blocks overlap");
        assert_eq!(address % 16, 0);
        end = address + *nbytes as u64;
        assert!(heap.usable_size(Addr(*address)) >= *nbytes);
        let content = heap.space.bytes(Addr(*address), *nbytes);
        assert!(
            content.iter().all(|b| b == byte),
            "a live block was overwritten"
        );
    }
    assert_eq!(heap.blocks_in_use(), live.len());
    check_pools(heap, live);
}

fn check_pools(heap: &Heap, live: &Live) {
    let stats = heap.stats();
    let mut seen = 0;
    for pool in heap.pools() {
        let range = pool.address.0..pool.address.0 + POOL_SIZE_BYTES;
        assert_eq!(live.range(range).count(), pool.used);
        assert!(pool.free.iter().all(|block| !live.contains_key(&block.0)));
        if let Some(class) = pool.class {
            assert_eq!(pool.used + pool.free.len(), blocks_per_pool(class));
            seen += 1;
        }
    }
    let usable = stats.arenas as u64 * ARENA_SIZE_BYTES - stats.alignment_bytes;
    assert_eq!((seen + stats.free_pools) as u64, usable / POOL_SIZE_BYTES);
}

fn nth(live: &Live, i: usize) -> Option<u64> {
    live.keys().nth(i % live.len().max(1)).copied()
}

fn apply(heap: &mut Heap, live: &mut Live, number: usize, step: Step) {
    let byte = number as u8;
    match step {
        Step::Alloc(nbytes) => {
            let address = heap.alloc(nbytes);
            fill(heap, live, address, nbytes, byte);
        }
        Step::Free(i) => {
            if let Some(address) = nth(live, i) {
                live.remove(&address);
                heap.free(Addr(address));
            }
        }
        Step::Realloc(i, nbytes) => {
            if let Some(address) = nth(live, i) {
                let (old, byte) = live.remove(&address).unwrap();
                let moved = heap.try_realloc(Addr(address), nbytes).unwrap();
                let kept = heap.space.bytes(moved, old.min(nbytes));
                assert!(kept.iter().all(|b| *b == byte), "realloc lost the content");
                fill(heap, live, moved, nbytes, byte);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn random_use_keeps_the_heap_in_order(steps in proptest::collection::vec(step(), 1..1500)) {
        let (mut heap, mut live) = (Heap::new(), Live::new());
        for (number, step) in steps.into_iter().enumerate() {
            apply(&mut heap, &mut live, number, step);
            if number % 100 == 0 {
                check(&heap, &live);
            }
        }
        check(&heap, &live);
        for address in std::mem::take(&mut live).into_keys() {
            heap.free(Addr(address));
        }
        check(&heap, &live);
        prop_assert!(heap.stats().arenas <= 1);
    }
}

/// Nothing that an interpreter wrote may be seen by the next one in its space.
#[test]
fn a_space_that_is_used_again_is_all_zeros() {
    let program = "
import gc, weakref
def deep(n): return n and deep(n - 1)
deep(900)
f = lambda *values: len(values)
f(*range(50_000))
many = [[i] * 100 for i in range(20_000)]
text = 'x'
for i in range(12): text += text * 2
big = bytearray(3_000_000)
big += big
del many
";
    let outcome = Interpreter::run(program, &Options::default());
    assert_eq!((outcome.stderr.as_str(), outcome.exit_code), ("", 0));
    const CHUNK: usize = 1 << 20;
    let zeros = vec![0; CHUNK];
    // Other tests may take it first; the next space is as good.
    let space = Space::new();
    for chunk in 0..SPACE_SIZE_BYTES / CHUNK as u64 {
        let at = BASE.at(chunk * CHUNK as u64);
        assert!(
            space.bytes(at, CHUNK) == zeros,
            "something is left at {at:?}"
        );
    }
}
