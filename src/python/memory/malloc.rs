//! The C library's allocator, for what pymalloc does not serve: requests above 512 bytes.
//!
//! A small deterministic model of glibc's: chunks with boundary tags on a heap that `brk` extends, a
//! per-size cache of seven freed chunks, coalescing, and separate mappings from 128 KiB on.
//!
//! ```text
//! chunk ─▶ +0  size of the chunk before, if that one is free
//!          +8  size; bit 0: the chunk before is in use; bit 1: a separate mapping
//! user  ─▶ +16 the caller's bytes, up to 8 bytes into the next chunk;  free: next, previous in its bin
//! ```

use super::mappings::{Mappings, PAGE};
use super::{Addr, STACK_END, Space};

const SIZE: u64 = 8;
const USER: u64 = 16;
const FORWARD: u64 = 16;
const BACKWARD: u64 = 24;

const PREV_IN_USE: u64 = 1;
const MAPPED: u64 = 2;
const FLAGS: u64 = 15;

const CHUNK_MIN: u64 = 32;
const MAPPING_THRESHOLD: u64 = 128 << 10;
const TOP_PAD: u64 = 128 << 10;

const CACHE_BINS: usize = 66;
const CACHE_SIZE_MAX: u64 = 1040;
const CACHED_PER_BIN: u8 = 7;

const BINS: usize = 256;
/// How many chunks of a large bin are tried before a larger bin is.
const BIN_SEARCH_MAX: usize = 32;

/// The allocator's state outside the simulated memory.
pub struct Malloc {
    /// The first chunk of each bin of free chunks.
    bins: [u64; BINS],
    /// Which bins hold something.
    occupied: [u64; BINS / 64],
    /// Freed chunks kept for the next request of the same size, newest first.
    cache: [u64; CACHE_BINS],
    cached: [u8; CACHE_BINS],
    /// The chunk at the end of the heap, which is never in a bin.
    top: u64,
    /// One past the heap.
    end: u64,
    /// Bytes of chunks in use on the brk heap.
    bytes: u64,
}

/// Bytes of the chunk that serves a request.
const fn chunk_size(nbytes: u64) -> u64 {
    let size = (nbytes + 8 + 15) & !15;
    if size < CHUNK_MIN { CHUNK_MIN } else { size }
}

fn bin_of(size: u64) -> usize {
    if size < 1024 {
        return (size / 16) as usize;
    }
    let log = 63 - size.leading_zeros() as usize;
    (64 + (log - 10) * 8 + ((size >> (log - 3)) & 7) as usize).min(BINS - 1)
}

impl Malloc {
    /// An empty heap that starts at [`STACK_END`].
    pub fn new(space: &mut Space) -> Malloc {
        space.set_word(STACK_END.at(SIZE), PREV_IN_USE);
        Malloc {
            bins: [0; BINS],
            occupied: [0; BINS / 64],
            cache: [0; CACHE_BINS],
            cached: [0; CACHE_BINS],
            top: STACK_END.0,
            end: STACK_END.0,
            bytes: 0,
        }
    }

    /// Bytes of the brk heap, which does not shrink.
    pub fn heap_bytes(&self) -> u64 {
        self.end - STACK_END.0
    }

    /// Bytes of the chunks in use on the brk heap.
    #[inline(always)]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Allocates; `None` when the space is exhausted.
    pub fn alloc(&mut self, space: &mut Space, maps: &mut Mappings, nbytes: usize) -> Option<Addr> {
        let size = chunk_size(nbytes as u64);
        if size <= CACHE_SIZE_MAX && self.cached[size as usize / 16] > 0 {
            let user = self.cache[size as usize / 16];
            self.cached[size as usize / 16] -= 1;
            self.cache[size as usize / 16] = space.word(Addr(user));
            self.bytes += size;
            return Some(Addr(user));
        }
        if size >= MAPPING_THRESHOLD {
            return self.alloc_mapping(space, maps, nbytes);
        }
        match self.alloc_chunk(space, maps, size) {
            Some(chunk) => Some(chunk.at(USER)),
            None => self.alloc_mapping(space, maps, nbytes),
        }
    }

    /// Frees what [`Malloc::alloc`] returned.
    pub fn free(&mut self, space: &mut Space, maps: &mut Mappings, user: Addr) {
        let chunk = user.before(USER);
        let size = size_of_chunk(space, chunk);
        if space.word(chunk.at(SIZE)) & MAPPED != 0 {
            maps.unmap(chunk, size);
            return;
        }
        self.bytes = self.bytes.saturating_sub(size);
        let bin = size as usize / 16;
        if size <= CACHE_SIZE_MAX && self.cached[bin] < CACHED_PER_BIN {
            space.set_word(user, self.cache[bin]);
            self.cache[bin] = user.0;
            self.cached[bin] += 1;
            return;
        }
        self.release(space, chunk, size);
    }

    /// Grows or shrinks in place if it can; otherwise moves. `None` when the space is exhausted; the old
    /// block is then as it was.
    pub fn realloc(
        &mut self,
        space: &mut Space,
        maps: &mut Mappings,
        user: Addr,
        nbytes: usize,
    ) -> Option<Addr> {
        let chunk = user.before(USER);
        let old = size_of_chunk(space, chunk);
        if space.word(chunk.at(SIZE)) & MAPPED != 0 {
            return self.realloc_mapping(space, maps, chunk, old, nbytes);
        }
        let size = chunk_size(nbytes as u64);
        if self.resize_in_place(space, maps, chunk, old, size) {
            return Some(user);
        }
        let target = self.alloc(space, maps, nbytes)?;
        space.copy(user, target, (old - 8) as usize);
        self.free(space, maps, user);
        Some(target)
    }

    /// Bytes that the caller may use at this address: `malloc_usable_size`.
    pub fn usable_size(&self, space: &Space, user: Addr) -> usize {
        let chunk = user.before(USER);
        let header = if space.word(chunk.at(SIZE)) & MAPPED != 0 {
            16
        } else {
            8
        };
        size_of_chunk(space, chunk).saturating_sub(header) as usize
    }

    fn alloc_mapping(
        &mut self,
        space: &mut Space,
        maps: &mut Mappings,
        nbytes: usize,
    ) -> Option<Addr> {
        let len = mapping_size(nbytes)?;
        let chunk = maps.map(len)?;
        space.set_word(chunk, 0);
        space.set_word(chunk.at(SIZE), len | MAPPED);
        Some(chunk.at(USER))
    }

    fn realloc_mapping(
        &mut self,
        space: &mut Space,
        maps: &mut Mappings,
        chunk: Addr,
        old: u64,
        nbytes: usize,
    ) -> Option<Addr> {
        let new = mapping_size(nbytes)?;
        if chunk_size(nbytes as u64) < MAPPING_THRESHOLD / 2 {
            let target = self.alloc(space, maps, nbytes)?;
            space.copy(chunk.at(USER), target, nbytes.min((old - USER) as usize));
            maps.unmap(chunk, old);
            return Some(target);
        }
        if new < old {
            maps.unmap(chunk.at(new), old - new);
        }
        if new <= old || maps.grow(chunk.at(old), new - old) {
            space.set_word(chunk.at(SIZE), new | MAPPED);
            return Some(chunk.at(USER));
        }
        let target = maps.map_with_room(new)?;
        space.copy(chunk, target, old as usize);
        space.set_word(target.at(SIZE), new | MAPPED);
        maps.unmap(chunk, old);
        Some(target.at(USER))
    }

    fn alloc_chunk(&mut self, space: &mut Space, maps: &mut Mappings, size: u64) -> Option<Addr> {
        if let Some(chunk) = self.find(space, size) {
            let found = size_of_chunk(space, chunk);
            self.unlink(space, chunk, found);
            self.bytes += self.split(space, chunk, found, size);
            return Some(chunk);
        }
        let available = self.end - self.top;
        if available < size + CHUNK_MIN {
            let more = (size + CHUNK_MIN + TOP_PAD - available).next_multiple_of(PAGE);
            if !maps.extend(Addr(self.end), more) {
                return None;
            }
            self.end += more;
        }
        let chunk = Addr(self.top);
        self.set_in_use(space, chunk, size);
        self.top += size;
        self.bytes += size;
        Some(chunk)
    }

    /// A free chunk of at least `size` bytes.
    fn find(&self, space: &Space, size: u64) -> Option<Addr> {
        let bin = bin_of(size);
        let mut chunk = self.bins[bin];
        for _ in 0..BIN_SEARCH_MAX {
            if chunk == 0 {
                break;
            }
            if size_of_chunk(space, Addr(chunk)) >= size {
                return Some(Addr(chunk));
            }
            chunk = space.word(Addr(chunk).at(FORWARD));
        }
        let larger = bin + 1;
        let mut word = larger / 64;
        let mut bits = *self.occupied.get(word)? & (u64::MAX << (larger % 64));
        while bits == 0 {
            word += 1;
            bits = *self.occupied.get(word)?;
        }
        Some(Addr(self.bins[word * 64 + bits.trailing_zeros() as usize]))
    }

    /// Marks the first `size` of the `found` bytes as used and frees the rest. Returns what it kept.
    fn split(&mut self, space: &mut Space, chunk: Addr, found: u64, size: u64) -> u64 {
        if found - size < CHUNK_MIN {
            self.set_in_use(space, chunk, found);
            return found;
        }
        self.set_in_use(space, chunk, size);
        self.set_in_use(space, chunk.at(size), found - size);
        self.release(space, chunk.at(size), found - size);
        size
    }

    /// Writes the size and tells the next chunk; the flag about the chunk before stays.
    fn set_in_use(&self, space: &mut Space, chunk: Addr, size: u64) {
        let before = space.word(chunk.at(SIZE)) & PREV_IN_USE;
        space.set_word(chunk.at(SIZE), size | before);
        let next = chunk.at(size).at(SIZE);
        space.set_word(next, space.word(next) | PREV_IN_USE);
    }

    /// Merges a chunk with its free neighbours and puts it into a bin, or into the top.
    fn release(&mut self, space: &mut Space, chunk: Addr, size: u64) {
        let (mut chunk, mut size) = (chunk, size);
        if space.word(chunk.at(SIZE)) & PREV_IN_USE == 0 {
            let before = space.word(chunk);
            chunk = chunk.before(before);
            self.unlink(space, chunk, before);
            size += before;
        }
        let next = chunk.at(size);
        if next.0 == self.top {
            self.top = chunk.0;
            space.set_word(chunk.at(SIZE), PREV_IN_USE);
            return;
        }
        let next_size = size_of_chunk(space, next);
        if self.is_free(space, next, next_size) {
            self.unlink(space, next, next_size);
            size += next_size;
        }
        space.set_word(chunk.at(SIZE), size | PREV_IN_USE);
        let behind = chunk.at(size);
        space.set_word(behind, size);
        space.set_word(behind.at(SIZE), space.word(behind.at(SIZE)) & !PREV_IN_USE);
        self.link(space, chunk, size);
    }

    fn is_free(&self, space: &Space, chunk: Addr, size: u64) -> bool {
        chunk.0 != self.top && space.word(chunk.at(size).at(SIZE)) & PREV_IN_USE == 0
    }

    fn resize_in_place(
        &mut self,
        space: &mut Space,
        maps: &mut Mappings,
        chunk: Addr,
        old: u64,
        size: u64,
    ) -> bool {
        if size <= old {
            let kept = self.split(space, chunk, old, size);
            self.bytes -= old - kept;
            return true;
        }
        let next = chunk.at(old);
        let more = size - old;
        if next.0 == self.top {
            if size >= MAPPING_THRESHOLD && self.end - self.top < more + CHUNK_MIN {
                return false;
            }
            if self.end - self.top < more + CHUNK_MIN {
                let extension = (more + TOP_PAD).next_multiple_of(PAGE);
                if !maps.extend(Addr(self.end), extension) {
                    return false;
                }
                self.end += extension;
            }
            self.top += more;
            self.set_in_use(space, chunk, size);
            self.bytes += more;
            return true;
        }
        let next_size = size_of_chunk(space, next);
        if !self.is_free(space, next, next_size) || next_size < more {
            return false;
        }
        self.unlink(space, next, next_size);
        self.bytes += self.split(space, chunk, old + next_size, size) - old;
        true
    }

    fn link(&mut self, space: &mut Space, chunk: Addr, size: u64) {
        let bin = bin_of(size);
        let first = self.bins[bin];
        space.set_word(chunk.at(FORWARD), first);
        space.set_word(chunk.at(BACKWARD), 0);
        if first != 0 {
            space.set_word(Addr(first).at(BACKWARD), chunk.0);
        }
        self.bins[bin] = chunk.0;
        self.occupied[bin / 64] |= 1 << (bin % 64);
    }

    fn unlink(&mut self, space: &mut Space, chunk: Addr, size: u64) {
        let bin = bin_of(size);
        let forward = space.word(chunk.at(FORWARD));
        let backward = space.word(chunk.at(BACKWARD));
        if forward != 0 {
            space.set_word(Addr(forward).at(BACKWARD), backward);
        }
        if backward != 0 {
            space.set_word(Addr(backward).at(FORWARD), forward);
        } else {
            self.bins[bin] = forward;
            if forward == 0 {
                self.occupied[bin / 64] &= !(1 << (bin % 64));
            }
        }
    }
}

fn size_of_chunk(space: &Space, chunk: Addr) -> u64 {
    space.word(chunk.at(SIZE)) & !FLAGS
}

fn mapping_size(nbytes: usize) -> Option<u64> {
    (nbytes as u64)
        .checked_add(USER + PAGE - 1)
        .map(|size| size & !(PAGE - 1))
}
