//! Free lists: dead objects kept for the next of their kind, before the allocator is asked.
//! CPython: Include/internal/pycore_freelist.h, `_Py_object_freelists`.

use super::Addr;

/// Tuples of up to so many items have a free list per length.
pub const TUPLE_LENGTH_MAX: usize = 20;

/// How many objects each kind keeps: a row per CPython that changed something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// Floats.
    pub floats: usize,
    /// One-digit ints.
    pub ints: usize,
    /// Tuples of each length from 1 on.
    pub tuples: usize,
    /// The longest tuple that is kept.
    pub tuple_length_max: usize,
    /// Lists, without their items' array.
    pub lists: usize,
    /// Dicts, without their keys.
    pub dicts: usize,
    /// Dict keys of 8 slots for strings.
    pub dict_keys: usize,
    /// Slices.
    pub slices: usize,
    /// Ranges, and as many of their iterators.
    pub ranges: usize,
    /// Bound methods.
    pub methods: usize,
    /// Methods of built-in types, bound.
    pub builtin_methods: usize,
    /// Iterators of lists, and as many of tuples.
    pub sequence_iterators: usize,
    /// Contexts of `contextvars`.
    pub contexts: usize,
    /// Asynchronous generators' `asend` objects, and the wrappers of values they yield.
    pub async_gens: usize,
}

/// CPython 3.12.1.
pub const SIZES_3_12: Sizes = Sizes {
    tuple_length_max: 19,
    ..SIZES_3_13
};

/// CPython 3.13.0.
pub const SIZES_3_13: Sizes = Sizes {
    floats: 100,
    ints: 0,
    tuples: 2000,
    tuple_length_max: 20,
    lists: 80,
    dicts: 80,
    dict_keys: 80,
    slices: 1,
    ranges: 0,
    methods: 0,
    builtin_methods: 0,
    sequence_iterators: 0,
    contexts: 255,
    async_gens: 80,
};

/// CPython 3.14.10.
pub const SIZES_3_14: Sizes = Sizes {
    ints: 100,
    ranges: 6,
    methods: 20,
    builtin_methods: 16,
    sequence_iterators: 10,
    ..SIZES_3_13
};

/// A stack of dead objects (or blocks). Their blocks stay allocated, their type and size as they were.
pub struct FreeList {
    kept: Vec<Addr>,
    max: usize,
}

impl FreeList {
    const fn new(max: usize) -> FreeList {
        FreeList {
            kept: Vec::new(),
            max,
        }
    }

    /// The object that was kept last. The caller gives it its header with `alloc::revive`.
    #[inline(always)]
    pub fn pop(&mut self) -> Option<Addr> {
        self.kept.pop()
    }

    /// Keeps a dead object; `false` when the list is full and the caller must free the block.
    #[inline(always)]
    pub fn push(&mut self, object: Addr) -> bool {
        let keeps = self.kept.len() < self.max;
        if keeps {
            self.kept.push(object);
        }
        keeps
    }

    /// How many are kept.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Whether none is kept.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Takes all, for the caller to free: last kept first.
    pub fn drain(&mut self) -> Vec<Addr> {
        let mut all = std::mem::take(&mut self.kept);
        all.reverse();
        all
    }
}

/// The free lists of an interpreter.
#[allow(missing_docs)] // the fields are the lists that `Sizes` describes
pub struct FreeLists {
    pub float: FreeList,
    pub int: FreeList,
    /// By length minus one.
    pub tuple: [FreeList; TUPLE_LENGTH_MAX],
    pub list: FreeList,
    pub dict: FreeList,
    pub dict_keys: FreeList,
    pub slice: FreeList,
    pub range: FreeList,
    pub range_iterator: FreeList,
    pub method: FreeList,
    pub builtin_method: FreeList,
    pub list_iterator: FreeList,
    pub tuple_iterator: FreeList,
    pub context: FreeList,
    pub async_gen_value: FreeList,
    pub async_gen_asend: FreeList,
}

impl FreeLists {
    /// Empty lists of these sizes.
    pub fn new(sizes: &Sizes) -> FreeLists {
        let tuples = |index: usize| {
            let kept = index < sizes.tuple_length_max;
            FreeList::new(if kept { sizes.tuples } else { 0 })
        };
        FreeLists {
            float: FreeList::new(sizes.floats),
            int: FreeList::new(sizes.ints),
            tuple: std::array::from_fn(tuples),
            list: FreeList::new(sizes.lists),
            dict: FreeList::new(sizes.dicts),
            dict_keys: FreeList::new(sizes.dict_keys),
            slice: FreeList::new(sizes.slices),
            range: FreeList::new(sizes.ranges),
            range_iterator: FreeList::new(sizes.ranges),
            method: FreeList::new(sizes.methods),
            builtin_method: FreeList::new(sizes.builtin_methods),
            list_iterator: FreeList::new(sizes.sequence_iterators),
            tuple_iterator: FreeList::new(sizes.sequence_iterators),
            context: FreeList::new(sizes.contexts),
            async_gen_value: FreeList::new(sizes.async_gens),
            async_gen_asend: FreeList::new(sizes.async_gens),
        }
    }

    /// Everything that is kept, in no particular order.
    pub fn all(&self) -> impl Iterator<Item = Addr> + '_ {
        let single = [
            &self.float,
            &self.int,
            &self.list,
            &self.dict,
            &self.dict_keys,
            &self.slice,
            &self.range,
            &self.range_iterator,
            &self.method,
            &self.builtin_method,
            &self.list_iterator,
            &self.tuple_iterator,
            &self.context,
            &self.async_gen_value,
            &self.async_gen_asend,
        ];
        let lists = single.into_iter().chain(&self.tuple);
        lists.flat_map(|list| list.kept.iter().copied())
    }
}
