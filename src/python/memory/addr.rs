//! Addresses and references: the two ways the engine names an object.

use std::cell::RefCell;
use std::fmt;
use std::num::NonZeroU64;

/// The address of an object or a block in the simulated memory, as `id()` shows it. Borrowed: it holds
/// no reference count, and says nothing about how long the object lives.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[repr(transparent)]
pub struct Addr(pub u64);

impl Addr {
    /// C's `NULL`: no object.
    pub const NULL: Addr = Addr(0);

    /// Whether this is [`Addr::NULL`].
    #[inline(always)]
    pub const fn is_null(self) -> bool {
        self.0 == 0
    }

    /// The address, or `None` for `NULL`.
    #[inline(always)]
    pub const fn some(self) -> Option<Addr> {
        if self.0 == 0 { None } else { Some(self) }
    }

    /// The address `bytes` further.
    #[inline(always)]
    pub const fn at(self, bytes: u64) -> Addr {
        Addr(self.0.wrapping_add(bytes))
    }

    /// The address `bytes` before.
    #[inline(always)]
    pub const fn before(self, bytes: u64) -> Addr {
        Addr(self.0.wrapping_sub(bytes))
    }
}

impl fmt::Debug for Addr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#x}", self.0)
    }
}

thread_local! {
    /// References whose `Own` went out of scope, most often by `?` on an error path.
    static DROPPED: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// A reference that its holder must give to somebody: to a container's field, to a caller, or back with
/// `vm.decref`. CPython's word is *new* or *owned* reference.
///
/// On the way of success every `Own` is given away in words. When an error returns early with `?`, those
/// in scope are dropped: their addresses wait in a queue, and the machine decrements them before it looks
/// for a handler. So an error path cannot leak, and needs no `goto error` by hand.
#[must_use]
#[derive(PartialEq, Eq)]
#[repr(transparent)]
pub struct Own(NonZeroU64);

impl Own {
    /// Takes over a count that somebody else gave up. `address` must not be `NULL`.
    #[inline(always)]
    pub fn from_addr(address: Addr) -> Own {
        Own(NonZeroU64::new(address.0).expect("an owned reference is never NULL"))
    }

    /// The same for a word of memory that may be `NULL`.
    #[inline(always)]
    pub fn from_word(word: u64) -> Option<Own> {
        NonZeroU64::new(word).map(Own)
    }

    /// The object, borrowed.
    #[inline(always)]
    pub fn addr(&self) -> Addr {
        Addr(self.0.get())
    }

    /// Gives the count up to the caller, who stores the address somewhere that owns it.
    #[inline(always)]
    pub fn into_addr(self) -> Addr {
        let address = self.addr();
        std::mem::forget(self);
        address
    }
}

impl fmt::Debug for Own {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "own {:#x}", self.0)
    }
}

impl Drop for Own {
    #[cold]
    fn drop(&mut self) {
        // During thread exit the queue may be gone already, and with it the memory it speaks of.
        let _ = DROPPED.try_with(|queue| queue.borrow_mut().push(self.0.get()));
    }
}

/// Takes the references that were dropped without being given away, oldest first.
pub fn take_dropped() -> Vec<u64> {
    DROPPED.with(|queue| std::mem::take(&mut *queue.borrow_mut()))
}

/// The same without taking them: for the audit.
pub fn peek_dropped() -> Vec<u64> {
    DROPPED.with(|queue| queue.borrow().clone())
}

/// Whether [`take_dropped`] would return anything.
#[inline]
pub fn any_dropped() -> bool {
    DROPPED.with(|queue| !queue.borrow().is_empty())
}
