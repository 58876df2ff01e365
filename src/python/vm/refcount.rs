//! Reference counts: INCREF, DECREF, and the queue of dropped references.

use super::Vm;
use crate::python::memory::{Addr, Own, any_dropped, take_dropped};
use crate::python::object::{IMMORTAL_REFCNT, OB_REFCNT, flags, int, types};
use crate::python::version::counts::NO_REFERENCE;

/// Native calls that stay free while dead containers are put aside: `Py_TRASHCAN_HEADROOM`.
const TRASHCAN_HEADROOM: u32 = 50;

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

    /// `times` new references to `object`, which somebody stores: `_Py_RefcntAdd`.
    #[inline]
    pub fn incref_many(&mut self, object: Addr, times: u64) {
        let count = self.word(object, OB_REFCNT);
        if count as u32 != IMMORTAL_REFCNT as u32 {
            self.set_word(object, OB_REFCNT, count.wrapping_add(times));
        }
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

    /// Counts one more reference to `object`, for code that keeps counts in words of memory.
    #[inline(always)]
    pub(crate) fn retain(&mut self, object: Addr) {
        let count = self.word(object, OB_REFCNT);
        if count as u32 != IMMORTAL_REFCNT as u32 {
            self.set_word(object, OB_REFCNT, count.wrapping_add(1));
        }
    }

    /// Counts one reference less: [`Vm::decref`] for a word that owned one.
    #[inline(always)]
    pub(crate) fn release(&mut self, object: Addr) {
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

    /// Whether the object never dies: it is immortal (PEP 683), or of those that stand in CPython's own data.
    pub fn is_immortal(&self, object: Addr) -> bool {
        self.word(object, OB_REFCNT) as u32 >= NO_REFERENCE as u32 / 2
    }

    /// Makes an object immortal. Before there were immortal objects, a count so high that it never ends.
    pub fn set_immortal(&mut self, object: Addr) {
        let count = match self.profile.start_counts {
            None => IMMORTAL_REFCNT,
            Some(_) => NO_REFERENCE,
        };
        self.set_word(object, OB_REFCNT, count);
    }

    /// What `sys.getrefcount` says of an object that never dies. Where they are counted: what CPython itself holds after
    /// its start, and what the program has done since.
    pub(super) fn immortal_refcount(&self, object: Addr) -> u64 {
        match self.profile.start_counts {
            None => self.profile.immortal_refcount,
            Some(counts) => counts.visible(self, object),
        }
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

    /// Opens the body of a collected container's `dealloc`: `Py_TRASHCAN_BEGIN`. `false` when the host's
    /// stack is nearly used up: the object is put aside, and the caller returns at once. Otherwise
    /// [`Vm::trashcan_end`] closes the body.
    ///
    /// The object is untracked already. A base's `dealloc` that runs for an instance of a class never puts
    /// it aside: its class has torn it down half.
    #[inline]
    pub fn trashcan_begin(&mut self, object: Addr) -> bool {
        if self.native_depth + TRASHCAN_HEADROOM >= self.limits.native_recursion
            && self.type_flags(self.type_of(object)) & flags::HEAPTYPE == 0
        {
            self.deposit(object);
            return false;
        }
        self.native_depth += 1;
        true
    }

    /// The same for the `dealloc` of classes, which is the instance's own.
    pub fn trashcan_begin_instance(&mut self, object: Addr) -> bool {
        if self.native_depth + TRASHCAN_HEADROOM >= self.limits.native_recursion {
            self.deposit(object);
            return false;
        }
        self.native_depth += 1;
        true
    }

    /// Closes what [`Vm::trashcan_begin`] opened; frees what was put aside once the stack has room again.
    #[inline]
    pub fn trashcan_end(&mut self) {
        self.native_depth = self.native_depth.saturating_sub(1);
        if !self.delete_later.is_null()
            && self.native_depth + 2 * TRASHCAN_HEADROOM < self.limits.native_recursion
        {
            self.empty_trashcan();
        }
    }

    /// Puts a dead container aside: `_PyTrash_thread_deposit_object`. The low bits of the link are the
    /// collector's flags.
    #[cold]
    fn deposit(&mut self, object: Addr) {
        let link = object.before(8);
        let collector_flags = self.heap.space.word(link) & 3;
        self.heap
            .space
            .set_word(link, self.delete_later.0 | collector_flags);
        self.delete_later = object;
    }

    /// `_PyTrash_thread_destroy_chain`
    #[cold]
    fn empty_trashcan(&mut self) {
        self.native_depth += 1;
        while let Some(object) = self.delete_later.some() {
            let link = object.before(8);
            let word = self.heap.space.word(link);
            self.delete_later = Addr(word & !3);
            self.heap.space.set_word(link, word & 3);
            self.dealloc(object);
        }
        self.native_depth -= 1;
    }

    /// The count of an object reached zero. CPython: `_Py_Dealloc`.
    #[inline(never)]
    pub fn dealloc(&mut self, object: Addr) {
        // Ints are the dead that are met most.
        if self.type_of(object) == types::INT {
            int::dealloc(self, object);
            return;
        }
        if let Some(dealloc) = self.slots(object).dealloc {
            dealloc(self, object);
        }
    }
}
