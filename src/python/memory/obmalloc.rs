//! pymalloc: blocks of up to 512 bytes, from pools, from arenas. CPython: Objects/obmalloc.c (3.10 and later).
//!
//! ```text
//! arena  1 MiB of address space, cut into pools; 63 of them, because the mapping is not aligned
//! pool   16 KiB of blocks of one size class, after a header of 48 bytes:
//!        +0 ref.count  +8 freeblock  +16 nextpool  +24 prevpool
//!        +32 arenaindex, szidx       +40 nextoffset, maxnextoffset
//! ```
//!
//! The headers and the free lists lie in the simulated memory itself. A pool with room hangs in the ring of
//! its class; the ring's head is a pair of words laid out so that it looks like a pool's `nextpool` and
//! `prevpool`. A block freed in a full pool puts the pool at the front of the ring, so that it is filled
//! again first; a pool that is empty goes back to its arena; arenas are ordered by the number of their free
//! pools, the fullest first, so that the others can drain and be unmapped.

use super::mappings::Mappings;
use super::{Addr, BASE, Space};

/// The largest request that pymalloc serves.
pub const SMALL_REQUEST_MAX: usize = 512;
/// How many size classes there are, of 16, 32, … 512 bytes.
pub const SIZE_CLASSES: usize = 32;
/// Length of a pool.
pub const POOL_SIZE_BYTES: u64 = 16 << 10;
/// Length of an arena.
pub const ARENA_SIZE_BYTES: u64 = 1 << 20;
/// Length of a pool's header.
pub const POOL_HEADER_BYTES: u64 = 48;

const POOLS_PER_ARENA_MAX: usize = (ARENA_SIZE_BYTES / POOL_SIZE_BYTES) as usize;
const POOL_PAGES: usize = (super::SPACE_SIZE_BYTES / POOL_SIZE_BYTES) as usize;

const COUNT: u64 = 0;
const FREEBLOCK: u64 = 8;
const NEXTPOOL: u64 = 16;
const PREVPOOL: u64 = 24;
const ARENAINDEX: u64 = 32;
const SZIDX: u64 = 36;
const NEXTOFFSET: u64 = 40;
const MAXNEXTOFFSET: u64 = 44;

const NO_SIZE_CLASS: u32 = 0xFFFF;

/// The head of a class's ring, as if it were a pool.
#[inline(always)]
const fn ring(class: usize) -> Addr {
    Addr(BASE.0 + 16 * class as u64)
}

/// The pool that a block would lie in.
#[inline(always)]
const fn pool_of(block: Addr) -> Addr {
    Addr(block.0 & !(POOL_SIZE_BYTES - 1))
}

/// CPython's `struct arena_object`.
#[derive(Clone, Default)]
struct Arena {
    /// `NULL` while the record is not in use.
    address: Addr,
    pool_address: Addr,
    nfreepools: usize,
    ntotalpools: usize,
    freepools: Addr,
    next: Option<usize>,
    prev: Option<usize>,
}

/// What one size class occupies, as `sys._debugmallocstats` lists it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClassStats {
    /// Bytes of one block.
    pub size: usize,
    /// Pools of the class.
    pub pools: usize,
    /// Blocks in use.
    pub used_blocks: usize,
    /// Blocks that could be handed out without a new pool.
    pub free_blocks: usize,
}

/// What pymalloc occupies, as `sys._debugmallocstats` prints it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PymallocStats {
    /// One row per size class.
    pub classes: Vec<ClassStats>,
    /// Arenas mapped since the start.
    pub arenas_total: usize,
    /// The most that were mapped at one time.
    pub arenas_highwater: usize,
    /// Arenas mapped now.
    pub arenas: usize,
    /// Pools of no class.
    pub free_pools: usize,
    /// Bytes before the first pool and after the last one of all arenas.
    pub alignment_bytes: u64,
}

/// One pool, as a picture of memory shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolView {
    /// Where it starts.
    pub address: Addr,
    /// Its size class, `None` for a pool that is free.
    pub class: Option<usize>,
    /// Blocks in use.
    pub used: usize,
    /// Addresses of the blocks that are free or were never handed out, ascending.
    pub free: Vec<Addr>,
}

/// The allocator's state outside the simulated memory.
pub struct Pymalloc {
    arenas: Vec<Arena>,
    unused_arenas: Vec<usize>,
    usable_arenas: Option<usize>,
    /// The last arena in `usable_arenas` with so many free pools: `nfp2lasta`.
    last_with_free: [Option<usize>; POOLS_PER_ARENA_MAX + 1],
    /// Which 16 KiB pages of the space are pools, a bit for each: CPython asks its radix tree of arenas.
    is_pool: Box<[u64; POOL_PAGES / 64]>,
    arenas_total: usize,
    arenas_current: usize,
    arenas_highwater: usize,
}

impl Pymalloc {
    /// No arenas; every ring empty.
    pub fn new(space: &mut Space) -> Pymalloc {
        for class in 0..SIZE_CLASSES {
            let head = ring(class);
            space.set_word(head.at(NEXTPOOL), head.0);
            space.set_word(head.at(PREVPOOL), head.0);
        }
        Pymalloc {
            arenas: Vec::new(),
            unused_arenas: Vec::new(),
            usable_arenas: None,
            last_with_free: [None; POOLS_PER_ARENA_MAX + 1],
            is_pool: Box::new([0; POOL_PAGES / 64]),
            arenas_total: 0,
            arenas_current: 0,
            arenas_highwater: 0,
        }
    }

    /// Whether pymalloc handed this address out: `address_in_range`.
    #[inline(always)]
    pub fn manages(&self, address: Addr) -> bool {
        let page = (address.0 / POOL_SIZE_BYTES) as usize & (POOL_PAGES - 1);
        self.is_pool[page / 64] >> (page % 64) & 1 != 0
    }

    /// Allocates a block of a class; `None` when no arena can be mapped.
    #[inline(always)]
    pub fn alloc(&mut self, space: &mut Space, maps: &mut Mappings, class: usize) -> Option<Addr> {
        let pool = Addr(space.word(ring(class).at(NEXTPOOL)));
        if pool == ring(class) {
            return self.alloc_from_new_pool(space, maps, class);
        }
        let block = Addr(space.word(pool.at(FREEBLOCK)));
        space.set_word(pool, space.word(pool).wrapping_add(1));
        let next = space.word(block);
        space.set_word(pool.at(FREEBLOCK), next);
        if next == 0 {
            extend(space, pool, class);
        }
        Some(block)
    }

    /// Frees a block that [`Pymalloc::manages`].
    #[inline(always)]
    pub fn free(&mut self, space: &mut Space, maps: &mut Mappings, block: Addr) {
        let pool = pool_of(block);
        let last = space.word(pool.at(FREEBLOCK));
        space.set_word(block, last);
        space.set_word(pool.at(FREEBLOCK), block.0);
        let count = space.word(pool).wrapping_sub(1);
        space.set_word(pool, count);
        if last == 0 {
            insert_to_used(space, pool);
        } else if count == 0 {
            self.insert_to_free(space, maps, pool);
        }
    }

    /// Bytes of the block at this address.
    #[inline]
    pub fn block_size(&self, space: &Space, block: Addr) -> usize {
        (space.half(pool_of(block).at(SZIDX)) as usize + 1) * 16
    }

    #[cold]
    #[inline(never)]
    fn alloc_from_new_pool(
        &mut self,
        space: &mut Space,
        maps: &mut Mappings,
        class: usize,
    ) -> Option<Addr> {
        let pool = self.take_free_pool(space, maps)?;
        let head = ring(class);
        let next = Addr(space.word(head.at(NEXTPOOL)));
        space.set_word(pool.at(NEXTPOOL), next.0);
        space.set_word(pool.at(PREVPOOL), next.0);
        space.set_word(next.at(NEXTPOOL), pool.0);
        space.set_word(next.at(PREVPOOL), pool.0);
        space.set_word(pool.at(COUNT), 1);
        if space.half(pool.at(SZIDX)) == class as u32 {
            // The pool held this class before: its free list is still good.
            let block = Addr(space.word(pool.at(FREEBLOCK)));
            space.set_word(pool.at(FREEBLOCK), space.word(block));
            return Some(block);
        }
        let size = (class as u64 + 1) * 16;
        let first = pool.at(POOL_HEADER_BYTES);
        space.set_half(pool.at(SZIDX), class as u32);
        space.set_half(pool.at(NEXTOFFSET), (POOL_HEADER_BYTES + 2 * size) as u32);
        space.set_half(pool.at(MAXNEXTOFFSET), (POOL_SIZE_BYTES - size) as u32);
        space.set_word(pool.at(FREEBLOCK), first.at(size).0);
        space.set_word(first.at(size), 0);
        Some(first)
    }

    /// A pool of no class, from the fullest arena that has one.
    fn take_free_pool(&mut self, space: &mut Space, maps: &mut Mappings) -> Option<Addr> {
        let index = match self.usable_arenas {
            Some(index) => index,
            None => self.new_arena(maps)?,
        };
        let free = self.arenas[index].nfreepools;
        if self.last_with_free[free] == Some(index) {
            self.last_with_free[free] = None;
        }
        if free > 1 {
            self.last_with_free[free - 1] = Some(index);
        }
        let arena = &mut self.arenas[index];
        arena.nfreepools -= 1;
        let pool = if arena.freepools.is_null() {
            let pool = arena.pool_address;
            arena.pool_address = pool.at(POOL_SIZE_BYTES);
            // One whole word: to read a page of the host's that nobody has written costs a fault of its own.
            let class = u64::from(NO_SIZE_CLASS) << 32;
            space.set_word(pool.at(ARENAINDEX), index as u64 | class);
            pool
        } else {
            let pool = arena.freepools;
            arena.freepools = Addr(space.word(pool.at(NEXTPOOL)));
            pool
        };
        if free == 1 {
            // Wholly in use now: it leaves the list.
            self.usable_arenas = self.arenas[index].next;
            if let Some(first) = self.usable_arenas {
                self.arenas[first].prev = None;
            }
        }
        Some(pool)
    }

    fn new_arena(&mut self, maps: &mut Mappings) -> Option<usize> {
        let address = maps.map(ARENA_SIZE_BYTES)?;
        let index = self.unused_arenas.pop().unwrap_or(self.arenas.len());
        if index == self.arenas.len() {
            self.arenas.push(Arena::default());
        }
        let first = Addr(address.0.next_multiple_of(POOL_SIZE_BYTES));
        let pools = ((address.0 + ARENA_SIZE_BYTES - first.0) / POOL_SIZE_BYTES) as usize;
        self.arenas[index] = Arena {
            address,
            pool_address: first,
            nfreepools: pools,
            ntotalpools: pools,
            ..Arena::default()
        };
        self.mark(first, pools, true);
        self.usable_arenas = Some(index);
        self.last_with_free[pools] = Some(index);
        self.arenas_total += 1;
        self.arenas_current += 1;
        self.arenas_highwater = self.arenas_highwater.max(self.arenas_current);
        Some(index)
    }

    fn mark(&mut self, first: Addr, pools: usize, value: bool) {
        let page = (first.0 / POOL_SIZE_BYTES) as usize & (POOL_PAGES - 1);
        for page in page..page + pools {
            let bit = 1 << (page % 64);
            match value {
                true => self.is_pool[page / 64] |= bit,
                false => self.is_pool[page / 64] &= !bit,
            }
        }
    }

    /// An empty pool leaves its ring and goes back to its arena.
    #[inline(never)]
    fn insert_to_free(&mut self, space: &mut Space, maps: &mut Mappings, pool: Addr) {
        unlink(space, pool);
        let index = space.half(pool.at(ARENAINDEX)) as usize;
        if index >= self.arenas.len() {
            return;
        }
        let free = self.arenas[index].nfreepools;
        space.set_word(pool.at(NEXTPOOL), self.arenas[index].freepools.0);
        self.arenas[index].freepools = pool;
        let last = self.last_with_free[free];
        if last == Some(index) {
            let before = self.arenas[index].prev;
            self.last_with_free[free] = before.filter(|p| self.arenas[*p].nfreepools == free);
        }
        let free = free + 1;
        self.arenas[index].nfreepools = free;

        if free == self.arenas[index].ntotalpools && self.arenas[index].next.is_some() {
            self.release_arena(maps, index);
        } else if free == 1 {
            self.push_front(index);
        } else {
            if self.last_with_free[free].is_none() {
                self.last_with_free[free] = Some(index);
            }
            if last != Some(index)
                && let Some(last) = last
            {
                self.move_behind(index, last);
            }
        }
    }

    /// A wholly allocated arena has a free pool again: it is the fullest of the usable ones.
    fn push_front(&mut self, index: usize) {
        self.arenas[index].next = self.usable_arenas;
        self.arenas[index].prev = None;
        if let Some(first) = self.usable_arenas {
            self.arenas[first].prev = Some(index);
        }
        self.usable_arenas = Some(index);
        if self.last_with_free[1].is_none() {
            self.last_with_free[1] = Some(index);
        }
    }

    /// Keeps the list ordered by free pools.
    fn move_behind(&mut self, index: usize, last: usize) {
        self.unlink_arena(index);
        let next = self.arenas[last].next;
        self.arenas[index].prev = Some(last);
        self.arenas[index].next = next;
        if let Some(next) = next {
            self.arenas[next].prev = Some(index);
        }
        self.arenas[last].next = Some(index);
    }

    fn unlink_arena(&mut self, index: usize) {
        let Arena { next, prev, .. } = self.arenas[index];
        match prev {
            Some(prev) => self.arenas[prev].next = next,
            None => self.usable_arenas = next,
        }
        if let Some(next) = next {
            self.arenas[next].prev = prev;
        }
    }

    /// Gives an arena without any block back to the system.
    fn release_arena(&mut self, maps: &mut Mappings, index: usize) {
        self.unlink_arena(index);
        let arena = std::mem::take(&mut self.arenas[index]);
        self.unused_arenas.push(index);
        let first = Addr(arena.address.0.next_multiple_of(POOL_SIZE_BYTES));
        self.mark(first, arena.ntotalpools, false);
        maps.unmap(arena.address, ARENA_SIZE_BYTES);
        self.arenas_current -= 1;
    }

    /// The pools of all arenas in order of address that hold blocks or held some.
    fn pools<'a>(&'a self, space: &'a Space) -> impl Iterator<Item = (Addr, Option<usize>)> + 'a {
        let mut live: Vec<&Arena> = self
            .arenas
            .iter()
            .filter(|a| !a.address.is_null())
            .collect();
        live.sort_by_key(|arena| arena.address);
        live.into_iter().flat_map(move |arena| {
            let first = arena.address.0.next_multiple_of(POOL_SIZE_BYTES);
            (first..arena.pool_address.0)
                .step_by(POOL_SIZE_BYTES as usize)
                .map(move |address| {
                    let pool = Addr(address);
                    let class = space.half(pool.at(SZIDX)) as usize;
                    let used = space.word(pool) != 0 && class < SIZE_CLASSES;
                    (pool, used.then_some(class))
                })
        })
    }

    /// Blocks in use.
    pub fn used_blocks(&self, space: &Space) -> usize {
        self.pools(space)
            .filter(|(_, class)| class.is_some())
            .map(|(pool, _)| space.word(pool) as usize)
            .sum()
    }

    /// Counts pools and blocks.
    pub fn stats(&self, space: &Space) -> PymallocStats {
        let mut stats = PymallocStats {
            classes: (0..SIZE_CLASSES)
                .map(|class| ClassStats {
                    size: (class + 1) * 16,
                    ..ClassStats::default()
                })
                .collect(),
            arenas_total: self.arenas_total,
            arenas_highwater: self.arenas_highwater,
            arenas: self.arenas_current,
            ..PymallocStats::default()
        };
        for (pool, class) in self.pools(space) {
            if let Some(class) = class {
                let row = &mut stats.classes[class];
                let used = space.word(pool) as usize;
                row.pools += 1;
                row.used_blocks += used;
                row.free_blocks += blocks_per_pool(class) - used;
            }
        }
        for arena in self.arenas.iter().filter(|a| !a.address.is_null()) {
            stats.free_pools += arena.nfreepools;
            stats.alignment_bytes += ARENA_SIZE_BYTES - arena.ntotalpools as u64 * POOL_SIZE_BYTES;
        }
        stats
    }

    /// All pools that hold blocks or held some, by address: the map of memory.
    pub fn pool_views(&self, space: &Space) -> Vec<PoolView> {
        self.pools(space)
            .map(|(pool, class)| PoolView {
                address: pool,
                class,
                used: class.map_or(0, |_| space.word(pool) as usize),
                free: class.map_or(Vec::new(), |class| free_blocks(space, pool, class)),
            })
            .collect()
    }

    /// Where the arenas start, ascending.
    pub fn arena_addresses(&self) -> Vec<Addr> {
        let mut addresses: Vec<Addr> = self
            .arenas
            .iter()
            .filter_map(|a| a.address.some())
            .collect();
        addresses.sort();
        addresses
    }
}

/// Blocks that fit into a pool of the class.
pub const fn blocks_per_pool(class: usize) -> usize {
    (POOL_SIZE_BYTES - POOL_HEADER_BYTES) as usize / ((class + 1) * 16)
}

/// The blocks of a pool that nobody holds: its free list, and what was never carved.
fn free_blocks(space: &Space, pool: Addr, class: usize) -> Vec<Addr> {
    let size = (class as u64 + 1) * 16;
    let mut free = Vec::new();
    let mut block = Addr(space.word(pool.at(FREEBLOCK)));
    while !block.is_null() && pool_of(block) == pool && free.len() <= blocks_per_pool(class) {
        free.push(block);
        block = Addr(space.word(block));
    }
    let mut offset = u64::from(space.half(pool.at(NEXTOFFSET)));
    while offset + size <= POOL_SIZE_BYTES {
        free.push(pool.at(offset));
        offset += size;
    }
    free.sort();
    free
}

/// The free list ran out: carve the next block, or take the full pool out of its ring.
#[inline(never)]
fn extend(space: &mut Space, pool: Addr, class: usize) {
    let offset = space.half(pool.at(NEXTOFFSET));
    if offset <= space.half(pool.at(MAXNEXTOFFSET)) {
        let block = pool.at(u64::from(offset));
        space.set_word(pool.at(FREEBLOCK), block.0);
        space.set_word(block, 0);
        space.set_half(pool.at(NEXTOFFSET), offset + (class as u32 + 1) * 16);
    } else {
        unlink(space, pool);
    }
}

/// Takes a pool out of its ring.
fn unlink(space: &mut Space, pool: Addr) {
    let next = Addr(space.word(pool.at(NEXTPOOL)));
    let prev = Addr(space.word(pool.at(PREVPOOL)));
    space.set_word(next.at(PREVPOOL), prev.0);
    space.set_word(prev.at(NEXTPOOL), next.0);
}

/// A pool that was full has a free block again: it goes to the front of its ring.
#[inline(never)]
fn insert_to_used(space: &mut Space, pool: Addr) {
    let class = space.half(pool.at(SZIDX)) as usize;
    let next = Addr(space.word(ring(class % SIZE_CLASSES).at(NEXTPOOL)));
    let prev = Addr(space.word(next.at(PREVPOOL)));
    space.set_word(pool.at(NEXTPOOL), next.0);
    space.set_word(pool.at(PREVPOOL), prev.0);
    space.set_word(next.at(PREVPOOL), pool.0);
    space.set_word(prev.at(NEXTPOOL), pool.0);
}
