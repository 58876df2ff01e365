//! The simulated address space: one array of words, one masked index.
//!
//! ```text
//! BASE              statics      types, singletons, small ints, one-character strings
//! BASE + 16 MiB     data stack   frames' locals and value stacks
//! BASE + 48 MiB     brk heap     requests above 512 bytes, upwards
//! BASE + 1 GiB      mappings     arenas and large requests, downwards from the end
//! ```
//!
//! The array is zeroed memory of the host that is not touched until it is used, so its length costs
//! nothing; what a program may use of it is a limit of the allocators.

use super::Addr;
use std::sync::Mutex;

/// Length of the space in bytes, a power of two.
pub const SPACE_SIZE_BYTES: u64 = 1 << 30;
/// First address. A multiple of the length, so that masking an address gives its offset.
pub const BASE: Addr = Addr(0x7f00_0000_0000);
/// First address of the data stack.
pub const STACK_BASE: Addr = Addr(BASE.0 + (16 << 20));
/// One past the data stack; first address of the brk heap.
pub const STACK_END: Addr = Addr(BASE.0 + (48 << 20));
/// Bytes at the end of the data stack that no frame is given: what native code pushes unasked finds room there.
pub const STACK_RESERVE: u64 = 256 << 10;
/// One past the last address.
pub const END: Addr = Addr(BASE.0 + SPACE_SIZE_BYTES);

const WORDS: usize = (SPACE_SIZE_BYTES / 8) as usize;

type Words = Box<[u64; WORDS]>;

/// Spaces of interpreters that ended, all zeros again: their pages are there already, and a page that the host has to
/// find and clear costs more than most of what an interpreter does with it.
static SPARE: Mutex<Vec<Words>> = Mutex::new(Vec::new());

/// How many spaces are kept.
const SPARE_MAX: usize = 8;
/// Bytes that a kept space may have touched.
const SPARE_BYTES_MAX: u64 = 64 << 20;

/// The memory itself.
pub struct Space {
    words: Words,
}

impl Default for Space {
    fn default() -> Self {
        Space::new()
    }
}

impl Space {
    /// A space of zeros.
    pub fn new() -> Space {
        if let Some(words) = SPARE.lock().ok().and_then(|mut spare| spare.pop()) {
            return Space { words };
        }
        let words = vec![0u64; WORDS].into_boxed_slice();
        Space {
            words: words.try_into().expect("the vector has the array's length"),
        }
    }

    /// Keeps the space for the next interpreter, unless it is large. `touched` are all ranges that were written to.
    pub fn retire(mut self, touched: &[(u64, u64)]) {
        let bytes: u64 = touched.iter().map(|(start, end)| end - start).sum();
        if bytes > SPARE_BYTES_MAX {
            return;
        }
        for (start, end) in touched {
            self.zero(Addr(*start), (end - start) as usize);
        }
        if let Ok(mut spare) = SPARE.lock()
            && spare.len() < SPARE_MAX
        {
            spare.push(self.words);
        }
    }

    /// The word at `address`. The mask keeps every index inside the space, whose length is a power of two:
    /// a stray address reads a wrong word, which the audit reports, and nothing else.
    #[inline(always)]
    pub fn word(&self, address: Addr) -> u64 {
        self.words[(address.0 >> 3) as usize & (WORDS - 1)]
    }

    /// Writes the word at `address`.
    #[inline(always)]
    pub fn set_word(&mut self, address: Addr, value: u64) {
        self.words[(address.0 >> 3) as usize & (WORDS - 1)] = value;
    }

    /// The 32 bits at `address`, a multiple of 4.
    #[inline(always)]
    pub fn half(&self, address: Addr) -> u32 {
        (self.word(address) >> ((address.0 & 4) * 8)) as u32
    }

    /// Writes 32 bits at `address`, a multiple of 4.
    #[inline(always)]
    pub fn set_half(&mut self, address: Addr, value: u32) {
        let shift = (address.0 & 4) * 8;
        let word = self.word(address) & !(0xFFFF_FFFF << shift);
        self.set_word(address, word | u64::from(value) << shift);
    }

    /// The byte at `address`.
    #[inline(always)]
    pub fn byte(&self, address: Addr) -> u8 {
        (self.word(address) >> ((address.0 & 7) * 8)) as u8
    }

    /// Writes the byte at `address`.
    #[inline(always)]
    pub fn set_byte(&mut self, address: Addr, value: u8) {
        let shift = (address.0 & 7) * 8;
        let word = self.word(address) & !(0xFF << shift);
        self.set_word(address, word | u64::from(value) << shift);
    }

    /// `len` bytes from `address`. A range that leaves the space is cut at its end.
    #[inline]
    pub fn bytes(&self, address: Addr, len: usize) -> &[u8] {
        let (start, end) = range(address, len);
        &bytemuck::cast_slice(&self.words[..])[start..end]
    }

    /// `len` bytes from `address`, to be written.
    #[inline]
    pub fn bytes_mut(&mut self, address: Addr, len: usize) -> &mut [u8] {
        let (start, end) = range(address, len);
        &mut bytemuck::cast_slice_mut(&mut self.words[..])[start..end]
    }

    /// `len` units of `T` (u16, u32, u64) from `address`, which is a multiple of its size.
    #[inline]
    pub fn units<T: bytemuck::Pod>(&self, address: Addr, len: usize) -> &[T] {
        let size = size_of::<T>();
        let (start, end) = range(address, len * size);
        &bytemuck::cast_slice(&self.words[..])[start / size..end / size]
    }

    /// `len` units of `T` from `address`, to be written.
    #[inline]
    pub fn units_mut<T: bytemuck::Pod>(&mut self, address: Addr, len: usize) -> &mut [T] {
        let size = size_of::<T>();
        let (start, end) = range(address, len * size);
        &mut bytemuck::cast_slice_mut(&mut self.words[..])[start / size..end / size]
    }

    /// Copies `len` bytes; the ranges may overlap.
    pub fn copy(&mut self, from: Addr, to: Addr, len: usize) {
        let (start, end) = range(from, len);
        let (target, target_end) = range(to, len);
        let len = (end - start).min(target_end - target);
        let bytes: &mut [u8] = bytemuck::cast_slice_mut(&mut self.words[..]);
        bytes.copy_within(start..start + len, target);
    }

    /// Sets `len` bytes, rounded up to whole words, to 0: for new blocks.
    #[inline]
    pub fn zero(&mut self, address: Addr, len: usize) {
        let first = (address.0 >> 3) as usize & (WORDS - 1);
        let end = (first + len.div_ceil(8)).min(WORDS);
        self.words[first..end].fill(0);
    }

    /// Sets `len` bytes to `value`.
    pub fn fill(&mut self, address: Addr, len: usize, value: u8) {
        self.bytes_mut(address, len).fill(value);
    }
}

/// Byte offsets of a range, cut at the end of the space.
#[inline]
fn range(address: Addr, len: usize) -> (usize, usize) {
    let start = (address.0 & (SPACE_SIZE_BYTES - 1)) as usize;
    (start, (start + len).min(SPACE_SIZE_BYTES as usize))
}
