//! The two words that a loop of 3.15 has on the stack: an iterator and `NULL`; or a list, a tuple or a string and the index
//! of its next item, for which no iterator is made. CPython: `_PyForIter_VirtualIteratorNext`, `tp_iteritem` (gh-132554,
//! gh-145668).
//!
//! ```text
//! for x in [7, 8]:       …│ the list │ index 1, tagged │ 7 │
//! for x in range(2):     …│ a range_iterator │ NULL │ 0 │
//! ```
//!
//! An index is told from a reference by its two lowest bits, both set, which no address has.

use super::Vm;
use crate::python::memory::{Addr, Own};
use crate::python::object::{list, str, tuple, types};

/// The index 0.
pub const FIRST: u64 = 0b11;

/// Whether a word of the stack is an index.
#[inline(always)]
pub const fn is_index(word: u64) -> bool {
    word & 0b11 == 0b11
}

/// The index that follows.
#[inline(always)]
pub const fn next(index: u64) -> u64 {
    index.wrapping_add(0b100)
}

impl Vm {
    /// Whether a loop over this object needs no iterator.
    #[inline(always)]
    pub(super) fn loops_by_index(&self, iterable: Addr) -> bool {
        matches!(
            self.type_of(iterable),
            types::LIST | types::TUPLE | types::STR
        )
    }

    /// The item at `index`, a word of the stack; `None` behind the last one.
    #[inline]
    pub(super) fn item_of_loop(&mut self, sequence: Addr, index: u64) -> Option<Own> {
        let index = (index >> 2) as usize;
        let item = match self.type_of(sequence) {
            types::LIST if index < list::len(self, sequence) => list::item(self, sequence, index),
            types::TUPLE if index < tuple::len(self, sequence) => {
                tuple::item(self, sequence, index)
            }
            types::STR if index < str::len(self, sequence) => {
                let point = str::point(self, sequence, index);
                return Some(str::from_point(self, point));
            }
            _ => return None,
        };
        Some(self.incref(item))
    }

    /// Gives back what a word of a frame owned, which may be `NULL` or an index.
    #[inline(always)]
    pub(crate) fn drop_stack_word(&mut self, word: u64) {
        if !is_index(word) {
            self.decref_word(word);
        }
    }
}
