//! The heap: what the rest of the engine asks for memory. CPython: `PyObject_Malloc` and its siblings.

use super::identity::Identities;
use super::malloc::Malloc;
use super::mappings::Mappings;
use super::obmalloc::{PoolView, Pymalloc, PymallocStats, SIZE_CLASSES};
use super::tracemalloc::Tracemalloc;
use super::{Addr, BASE, END, STACK_BASE, STACK_END, STACK_RESERVE, Space};

/// A single request that the limit refuses; the caller raises `MemoryError`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfMemory;

/// Bytes that may be in use at one time, unless the limits of a run say otherwise.
const LIMIT_BYTES: u64 = 512 << 20;

/// Bytes from [`BASE`] that static objects may lie in.
const STATICS_BYTES: u64 = (1 << 20) + 4096;

/// The space and its allocators.
pub struct Heap {
    /// The memory itself.
    pub space: Space,
    /// One past the instruction that runs. It is here, not in the machine, so that a traced allocation
    /// knows its line.
    pub pc: usize,
    pymalloc: Pymalloc,
    malloc: Malloc,
    maps: Mappings,
    /// Blocks that pymalloc passed on to the C allocator.
    malloc_blocks: usize,
    limit: u64,
    /// The whole space is used up; what is handed out now overlaps. The run is about to end.
    exhausted: bool,
    /// Whether the trace or the identities want to know about blocks.
    watched: bool,
    traced: bool,
    trace: Tracemalloc,
    identities: Identities,
}

impl Default for Heap {
    fn default() -> Self {
        Heap::new()
    }
}

impl Heap {
    /// An empty heap.
    pub fn new() -> Heap {
        let mut space = Space::new();
        Heap {
            pymalloc: Pymalloc::new(&mut space),
            malloc: Malloc::new(&mut space),
            maps: Mappings::new(),
            space,
            pc: 0,
            malloc_blocks: 0,
            limit: LIMIT_BYTES,
            exhausted: false,
            watched: false,
            traced: false,
            trace: Tracemalloc::default(),
            identities: Identities::default(),
        }
    }

    /// Ends the heap, and keeps its space for the next one. `stack_high` is how far the data stack reached.
    pub fn retire(self, stack_high: Addr) {
        if self.exhausted {
            return;
        }
        let mut touched = vec![
            (BASE.0, BASE.0 + STATICS_BYTES),
            (
                STACK_BASE.0,
                (stack_high.0 + STACK_RESERVE).min(STACK_END.0),
            ),
        ];
        touched.extend(self.maps.touched());
        self.space.retire(&touched);
    }

    /// Allocates `nbytes`. Small requests always succeed: past the limit the heap says so through
    /// [`Heap::is_over_limit`], which the machine asks between instructions.
    #[inline(always)]
    pub fn alloc(&mut self, nbytes: usize) -> Addr {
        let class = nbytes.wrapping_sub(1) / 16;
        let block = if class < SIZE_CLASSES {
            self.pymalloc.alloc(&mut self.space, &mut self.maps, class)
        } else {
            self.alloc_large(nbytes)
        };
        let address = match block {
            Some(address) => address,
            None => self.alloc_exhausted(),
        };
        if self.watched {
            self.note_alloc(address, nbytes);
        }
        address
    }

    /// Allocates `nbytes` that may be many: refuses what the limit does not allow.
    #[inline(always)]
    pub fn try_alloc(&mut self, nbytes: usize) -> Result<Addr, OutOfMemory> {
        if nbytes > super::obmalloc::SMALL_REQUEST_MAX && !self.allows(nbytes) {
            return Err(OutOfMemory);
        }
        Ok(self.alloc(nbytes))
    }

    /// Frees a block; the allocators know its size. `NULL` is allowed.
    #[inline(always)]
    pub fn free(&mut self, address: Addr) {
        if self.watched {
            self.note_free(address);
        }
        if self.pymalloc.manages(address) {
            self.pymalloc.free(&mut self.space, &mut self.maps, address);
        } else {
            self.free_large(address);
        }
    }

    /// A block of `nbytes` whose trace says that `told` bytes were asked for.
    pub fn try_alloc_told(&mut self, nbytes: usize, told: usize) -> Result<Addr, OutOfMemory> {
        let watched = std::mem::replace(&mut self.watched, false);
        let block = self.try_alloc(nbytes);
        self.watched = watched;
        if let Ok(block) = block
            && watched
        {
            self.note_alloc(block, told);
        }
        block
    }

    /// Grows or shrinks a block, moving it when it must.
    pub fn try_realloc(&mut self, address: Addr, nbytes: usize) -> Result<Addr, OutOfMemory> {
        if address.is_null() {
            return self.try_alloc(nbytes);
        }
        let target = if self.pymalloc.manages(address) {
            self.realloc_small(address, nbytes)?
        } else {
            let more = nbytes.saturating_sub(self.malloc.usable_size(&self.space, address));
            if more > 0 && !self.allows(more) {
                return Err(OutOfMemory);
            }
            self.malloc
                .realloc(&mut self.space, &mut self.maps, address, nbytes)
                .ok_or(OutOfMemory)?
        };
        if self.watched {
            self.note_move(address, target, nbytes);
        }
        Ok(target)
    }

    /// Whether more is in use than the limit allows.
    #[inline(always)]
    pub fn is_over_limit(&self) -> bool {
        self.bytes_in_use() > self.limit || self.exhausted
    }

    /// Sets the number of bytes that may be in use at one time.
    pub fn set_limit(&mut self, bytes: u64) {
        self.limit = bytes;
    }

    /// Bytes of arenas, of large mappings, and of chunks in use on the brk heap.
    #[inline(always)]
    pub fn bytes_in_use(&self) -> u64 {
        self.maps.bytes() + self.malloc.bytes()
    }

    /// The most that was ever in use: arenas, large mappings, the brk heap.
    pub fn bytes_in_use_peak(&self) -> u64 {
        self.maps.peak() + self.malloc.heap_bytes()
    }

    /// Blocks in use: `sys.getallocatedblocks`.
    pub fn blocks_in_use(&self) -> usize {
        self.pymalloc.used_blocks(&self.space) + self.malloc_blocks
    }

    /// Bytes that the holder of this block may use: the size *given*, not the size asked for.
    pub fn usable_size(&self, address: Addr) -> usize {
        if self.pymalloc.manages(address) {
            self.pymalloc.block_size(&self.space, address)
        } else {
            self.malloc.usable_size(&self.space, address)
        }
    }

    /// Whether the block lies in a pool.
    pub fn is_small(&self, address: Addr) -> bool {
        self.pymalloc.manages(address)
    }

    /// What pymalloc occupies: `sys._debugmallocstats`.
    pub fn stats(&self) -> PymallocStats {
        self.pymalloc.stats(&self.space)
    }

    /// All pools by address: the map of memory.
    pub fn pools(&self) -> Vec<PoolView> {
        self.pymalloc.pool_views(&self.space)
    }

    /// Where the arenas start, ascending.
    pub fn arenas(&self) -> Vec<Addr> {
        self.pymalloc.arena_addresses()
    }

    /// Whether somebody wants to know about blocks.
    #[inline(always)]
    pub fn is_watched(&self) -> bool {
        self.watched
    }

    /// Whether allocations are traced, for `tracemalloc`.
    #[inline(always)]
    pub fn is_traced(&self) -> bool {
        self.traced
    }

    /// Starts or stops tracing. Stopping forgets the traces.
    pub fn set_traced(&mut self, on: bool) {
        self.traced = on;
        if !on {
            self.trace = Tracemalloc::default();
        }
        self.watched = on || !self.identities.is_empty();
    }

    /// A number for the object in the block at this address, the same as long as it lives and never used
    /// again.
    pub fn identify(&mut self, block: Addr) -> u64 {
        self.watched = true;
        self.identities.number(block)
    }

    /// An object came from a free list; `block` is where its allocation starts.
    #[inline(always)]
    pub fn reused(&mut self, block: Addr) {
        if self.watched {
            self.note_reuse(block);
        }
    }

    /// The traces of live blocks.
    pub fn trace(&self) -> &Tracemalloc {
        &self.trace
    }

    /// The traces, to be changed.
    pub fn trace_mut(&mut self) -> &mut Tracemalloc {
        &mut self.trace
    }

    #[cold]
    #[inline(never)]
    fn note_alloc(&mut self, address: Addr, nbytes: usize) {
        if self.traced {
            self.trace.add(address, nbytes, self.pc);
        }
    }

    #[cold]
    #[inline(never)]
    fn note_free(&mut self, address: Addr) {
        if self.traced {
            self.trace.remove(address);
        }
        self.identities.forget(address);
    }

    #[cold]
    #[inline(never)]
    fn note_move(&mut self, from: Addr, to: Addr, nbytes: usize) {
        if self.traced {
            self.trace.moved(from, to, nbytes, self.pc);
        }
        self.identities.moved(from, to);
    }

    #[cold]
    #[inline(never)]
    fn note_reuse(&mut self, block: Addr) {
        if self.traced {
            self.trace.reused(block, self.pc);
        }
        self.identities.forget(block);
    }

    fn allows(&self, nbytes: usize) -> bool {
        (nbytes as u64) < END.0 && self.bytes_in_use() + nbytes as u64 <= self.limit
    }

    #[inline(never)]
    fn alloc_large(&mut self, nbytes: usize) -> Option<Addr> {
        // Nothing at all counts as one byte, and pymalloc leaves it to the C library.
        let block = self
            .malloc
            .alloc(&mut self.space, &mut self.maps, nbytes.max(1))?;
        self.malloc_blocks += 1;
        Some(block)
    }

    #[inline(never)]
    fn free_large(&mut self, address: Addr) {
        if !address.is_null() && address < END {
            self.malloc.free(&mut self.space, &mut self.maps, address);
            self.malloc_blocks = self.malloc_blocks.saturating_sub(1);
        }
    }

    /// A block of a pool shrinks in place unless it would waste more than a quarter: `pymalloc_realloc`.
    fn realloc_small(&mut self, address: Addr, nbytes: usize) -> Result<Addr, OutOfMemory> {
        let size = self.pymalloc.block_size(&self.space, address);
        if nbytes <= size && 4 * nbytes > 3 * size {
            return Ok(address);
        }
        // The caller notes the move as a whole.
        let watched = std::mem::replace(&mut self.watched, false);
        let target = self.try_alloc(nbytes);
        if let Ok(target) = target {
            self.space.copy(address, target, size.min(nbytes));
            self.free(address);
        }
        self.watched = watched;
        target
    }

    /// The limit lies far below the length of the space, and is asked about after every instruction; only a
    /// native function that allocates hundreds of megabytes in small blocks comes here. The run ends next.
    #[cold]
    #[inline(never)]
    fn alloc_exhausted(&mut self) -> Addr {
        self.exhausted = true;
        Addr(super::STACK_END.0 + 16)
    }
}
