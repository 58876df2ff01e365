//! The collector's doubly linked lists, in the two words before each object. CPython: `PyGC_Head`.

use crate::python::memory::{Addr, BASE, Space};

/// How many generations there are.
pub const GENERATIONS: usize = 3;
/// The list of objects that `gc.freeze` took out, behind the generations.
pub const PERMANENT: usize = GENERATIONS;

/// `prev` bit: `__del__` ran already.
pub const FINALIZED: u64 = 1;
/// `prev` bit: in the generation that is being collected.
pub const COLLECTING: u64 = 2;
/// `next` bit: moved to the unreachable list.
pub const UNREACHABLE: u64 = 1;

const PREV_SHIFT: u32 = 2;
const PREV_MASK: u64 = !3;

/// Where list heads lie in the static area.
const HEADS: u64 = BASE.0 + 0x800;

/// The head of a generation's list, or of the permanent one.
pub const fn generation_head(generation: usize) -> GcHead {
    GcHead(Addr(HEADS + 16 * generation as u64))
}

/// A list head for the time of a collection. CPython has these on the C stack.
pub const fn scratch_head(number: usize) -> GcHead {
    GcHead(Addr(HEADS + 16 * (PERMANENT as u64 + 1 + number as u64)))
}

/// The address of a collector header: of an object's, or of a list's head.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GcHead(pub Addr);

impl GcHead {
    /// The header of an object of a type with `HAVE_GC`.
    #[inline(always)]
    pub const fn of(object: Addr) -> GcHead {
        GcHead(object.before(16))
    }

    /// The object behind the header.
    #[inline(always)]
    pub const fn object(self) -> Addr {
        self.0.at(16)
    }

    /// The next in the list.
    #[inline(always)]
    pub fn next(self, space: &Space) -> GcHead {
        GcHead(Addr(space.word(self.0)))
    }

    /// Sets the next, with no flag.
    #[inline(always)]
    pub fn set_next(self, space: &mut Space, next: GcHead) {
        space.set_word(self.0, next.0.0);
    }

    /// The word of the next, with its flag.
    #[inline(always)]
    pub fn next_word(self, space: &Space) -> u64 {
        space.word(self.0)
    }

    /// Sets the word of the next, with its flag.
    #[inline(always)]
    pub fn set_next_word(self, space: &mut Space, word: u64) {
        space.set_word(self.0, word);
    }

    /// The previous one in the list.
    #[inline(always)]
    pub fn prev(self, space: &Space) -> GcHead {
        GcHead(Addr(self.prev_word(space) & PREV_MASK))
    }

    /// Sets the previous one and keeps the flags.
    #[inline(always)]
    pub fn set_prev(self, space: &mut Space, prev: GcHead) {
        let flags = self.prev_word(space) & !PREV_MASK;
        self.set_prev_word(space, prev.0.0 | flags);
    }

    /// The word of the previous one, with its flags.
    #[inline(always)]
    pub fn prev_word(self, space: &Space) -> u64 {
        space.word(self.0.at(8))
    }

    /// Sets the word of the previous one, with its flags.
    #[inline(always)]
    pub fn set_prev_word(self, space: &mut Space, word: u64) {
        space.set_word(self.0.at(8), word);
    }

    /// The count that stands in place of the previous one during a collection.
    #[inline(always)]
    pub fn refs(self, space: &Space) -> u64 {
        self.prev_word(space) >> PREV_SHIFT
    }

    /// Sets the count and keeps the flags.
    #[inline(always)]
    pub fn set_refs(self, space: &mut Space, refs: u64) {
        let flags = self.prev_word(space) & !PREV_MASK;
        self.set_prev_word(space, refs << PREV_SHIFT | flags);
    }

    /// Sets the count, marks the object as being collected, and keeps the finalized flag.
    #[inline(always)]
    pub fn reset_refs(self, space: &mut Space, refs: u64) {
        let flags = self.prev_word(space) & FINALIZED | COLLECTING;
        self.set_prev_word(space, refs << PREV_SHIFT | flags);
    }

    /// Whether the object is in the generation that is being collected.
    #[inline(always)]
    pub fn is_collecting(self, space: &Space) -> bool {
        self.prev_word(space) & COLLECTING != 0
    }

    /// Takes the mark off.
    #[inline(always)]
    pub fn clear_collecting(self, space: &mut Space) {
        let word = self.prev_word(space) & !COLLECTING;
        self.set_prev_word(space, word);
    }

    /// Whether `__del__` ran already.
    #[inline(always)]
    pub fn is_finalized(self, space: &Space) -> bool {
        self.prev_word(space) & FINALIZED != 0
    }

    /// Notes that `__del__` ran.
    #[inline(always)]
    pub fn set_finalized(self, space: &mut Space) {
        let word = self.prev_word(space) | FINALIZED;
        self.set_prev_word(space, word);
    }

    /// Whether the header is in a list.
    #[inline(always)]
    pub fn is_tracked(self, space: &Space) -> bool {
        self.next_word(space) != 0
    }

    /// Takes the header out of its list: `_PyObject_GC_UNTRACK`.
    #[inline(always)]
    pub fn untrack(self, space: &mut Space) {
        let (prev, next) = (self.prev(space), self.next(space));
        prev.set_next(space, next);
        next.set_prev(space, prev);
        space.set_word(self.0, 0);
        let word = self.prev_word(space) & FINALIZED;
        self.set_prev_word(space, word);
    }

    // What follows is for list heads.

    /// An empty list: `gc_list_init`.
    pub fn init(self, space: &mut Space) {
        space.set_word(self.0, self.0.0);
        space.set_word(self.0.at(8), self.0.0);
    }

    /// Whether the list is empty.
    pub fn is_empty(self, space: &Space) -> bool {
        self.next(space) == self
    }

    /// Puts `node` at the end: `gc_list_append`.
    pub fn append(self, space: &mut Space, node: GcHead) {
        let last = self.prev(space);
        node.set_prev(space, last);
        node.set_next(space, self);
        last.set_next(space, node);
        space.set_word(self.0.at(8), node.0.0);
    }

    /// Takes `node` from its list to the end of this one: `gc_list_move`.
    pub fn take(self, space: &mut Space, node: GcHead) {
        let (from_prev, from_next) = (node.prev(space), node.next(space));
        from_prev.set_next(space, from_next);
        from_next.set_prev(space, from_prev);
        let last = GcHead(Addr(self.prev_word(space)));
        node.set_prev(space, last);
        last.set_next(space, node);
        space.set_word(self.0.at(8), node.0.0);
        node.set_next(space, self);
    }

    /// Appends everything in `from`, which becomes empty: `gc_list_merge`.
    pub fn merge(self, space: &mut Space, from: GcHead) {
        if !from.is_empty(space) {
            let last = self.prev(space);
            let (from_first, from_last) = (from.next(space), from.prev(space));
            last.set_next(space, from_first);
            from_first.set_prev(space, last);
            from_last.set_next(space, self);
            self.set_prev(space, from_last);
        }
        from.init(space);
    }

    /// The number of objects in the list.
    pub fn len(self, space: &Space) -> usize {
        self.iter(space).count()
    }

    /// The objects of the list in order.
    pub fn iter(self, space: &Space) -> impl Iterator<Item = Addr> + '_ {
        let mut node = self.next(space);
        std::iter::from_fn(move || {
            if node == self || node.0.is_null() {
                return None;
            }
            let object = node.object();
            node = node.next(space);
            Some(object)
        })
    }
}
