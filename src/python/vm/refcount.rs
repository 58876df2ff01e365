//! Reference counts: INCREF, DECREF, and the queue of dropped references.

use super::Vm;
use crate::python::memory::{Addr, Own, any_dropped, take_dropped};
use crate::python::object::{IMMORTAL_REFCNT, OB_REFCNT};

impl Vm {
    /// A new reference to `object`: `Py_NewRef`.
    #[inline(always)]
    pub fn incref(&mut self, object: Addr) -> Own {
        let count = self.word(object, OB_REFCNT);
        if count as u32 != IMMORTAL_REFCNT as u32 {
            self.set_word(object, OB_REFCNT, count.wrapping_add(1));
        }
        Own::from_addr(object)
    }

    /// Gives a reference back; at zero the object dies: `Py_DECREF`.
    #[inline(always)]
    pub fn decref(&mut self, reference: Own) {
        let object = reference.into_addr();
        let count = self.word(object, OB_REFCNT);
        if count as u32 == IMMORTAL_REFCNT as u32 {
            return;
        }
        self.set_word(object, OB_REFCNT, count.wrapping_sub(1));
        if count == 1 {
            self.dealloc(object);
        }
    }

    /// [`Vm::decref`] of a reference that may not be there: `Py_XDECREF`.
    #[inline(always)]
    pub fn xdecref(&mut self, reference: Option<Own>) {
        if let Some(reference) = reference {
            self.decref(reference);
        }
    }

    /// Gives back the reference that a word of memory owned, which may be `NULL`.
    #[inline(always)]
    pub fn decref_word(&mut self, word: u64) {
        self.xdecref(Own::from_word(word));
    }

    /// The stored count of an object, as the low bits of its first word.
    pub fn refcount(&self, object: Addr) -> u64 {
        self.word(object, OB_REFCNT)
    }

    /// Whether the object never dies (PEP 683).
    pub fn is_immortal(&self, object: Addr) -> bool {
        self.word(object, OB_REFCNT) as u32 == IMMORTAL_REFCNT as u32
    }

    /// Makes an object immortal.
    pub fn set_immortal(&mut self, object: Addr) {
        self.set_word(object, OB_REFCNT, IMMORTAL_REFCNT);
    }

    /// Decrements the references that error paths dropped. The machine does this before it looks for a
    /// handler, and before anything reads counts.
    pub fn settle_dropped(&mut self) {
        while any_dropped() {
            for word in take_dropped() {
                self.decref_word(word);
            }
        }
    }

    /// The count of an object reached zero. CPython: `_Py_Dealloc`.
    #[inline(never)]
    pub fn dealloc(&mut self, object: Addr) {
        if let Some(dealloc) = self.slots(object).dealloc {
            dealloc(self, object);
        }
    }
}
