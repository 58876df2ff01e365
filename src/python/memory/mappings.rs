//! Which parts of the upper space are mapped: the kernel's side of `mmap`, `mremap` and `brk`.
//!
//! New mappings go into the highest gap that is large enough, at its upper end, as Linux does. A mapping
//! that grows and has no room behind it moves into the middle of the largest gap, so that it can grow
//! there many times in place: the kernel would move its pages for free, the engine would copy bytes.

use super::{Addr, END, STACK_END};
use std::collections::BTreeMap;

/// Length of a memory page in full.
pub const PAGE: u64 = 4096;

/// Where the first mapping ends. Mappings of a real process start at no special boundary; with this one
/// an arena of 1 MiB is not aligned to its pools and loses one of 64, as most real runs show.
const TOP: u64 = END.0 - 5 * PAGE;

/// The unmapped rest of the space.
pub struct Mappings {
    /// Start of each gap, and its end.
    gaps: BTreeMap<u64, u64>,
    /// Start of each range that was ever mapped, and its end; they may touch.
    touched: BTreeMap<u64, u64>,
    /// Bytes mapped, without the brk heap.
    bytes: u64,
    /// The most that was ever mapped.
    peak: u64,
}

impl Mappings {
    /// Nothing mapped.
    pub fn new() -> Mappings {
        Mappings {
            gaps: BTreeMap::from([(STACK_END.0, TOP)]),
            // The C allocator writes before its first request.
            touched: BTreeMap::from([(STACK_END.0, STACK_END.0 + PAGE)]),
            bytes: 0,
            peak: 0,
        }
    }

    /// Bytes mapped, without the brk heap.
    #[inline(always)]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The most that was ever mapped.
    pub fn peak(&self) -> u64 {
        self.peak
    }

    /// The ranges that were ever mapped.
    pub fn touched(&self) -> impl Iterator<Item = (u64, u64)> {
        self.touched.iter().map(|(start, end)| (*start, *end))
    }

    /// Maps `len` bytes, a multiple of [`PAGE`]; `None` when no gap is large enough.
    pub fn map(&mut self, len: u64) -> Option<Addr> {
        let (&start, &end) = self
            .gaps
            .iter()
            .rev()
            .find(|(start, end)| *end - *start >= len)?;
        self.take(start, end, end - len, end);
        self.bytes += len;
        self.peak = self.peak.max(self.bytes);
        Some(Addr(end - len))
    }

    /// The same with room to grow behind it.
    pub fn map_with_room(&mut self, len: u64) -> Option<Addr> {
        let (&start, &end) = self.gaps.iter().max_by_key(|(start, end)| *end - *start)?;
        let room = (end - start).checked_sub(len)?;
        let at = (start + room / 2) & !(PAGE - 1);
        self.take(start, end, at, at + len);
        self.bytes += len;
        self.peak = self.peak.max(self.bytes);
        Some(Addr(at))
    }

    /// Extends what ends at `end` by `len` bytes, if they are free. For `brk`, which is not counted.
    pub fn extend(&mut self, end: Addr, len: u64) -> bool {
        match self.gaps.get(&end.0) {
            Some(&gap_end) if gap_end - end.0 >= len => {
                self.take(end.0, gap_end, end.0, end.0 + len);
                true
            }
            _ => false,
        }
    }

    /// Extends a mapping in place: `mremap` without a move.
    pub fn grow(&mut self, end: Addr, len: u64) -> bool {
        let grown = self.extend(end, len);
        self.bytes += if grown { len } else { 0 };
        self.peak = self.peak.max(self.bytes);
        grown
    }

    /// Gives `len` bytes from `start` back.
    pub fn unmap(&mut self, start: Addr, len: u64) {
        let (mut from, mut to) = (start.0, start.0 + len);
        self.bytes = self.bytes.saturating_sub(len);
        if let Some((&before, &before_end)) = self.gaps.range(..from).next_back()
            && before_end == from
        {
            self.gaps.remove(&before);
            from = before;
        }
        if let Some(after_end) = self.gaps.remove(&to) {
            to = after_end;
        }
        self.gaps.insert(from, to);
    }

    fn take(&mut self, start: u64, end: u64, from: u64, to: u64) {
        self.touch(from, to);
        self.gaps.remove(&start);
        if start < from {
            self.gaps.insert(start, from);
        }
        if to < end {
            self.gaps.insert(to, end);
        }
    }

    /// Adds a range to those that were mapped: ranges that it meets become one with it.
    fn touch(&mut self, mut from: u64, mut to: u64) {
        while let Some((&start, &end)) = self.touched.range(..=to).next_back()
            && end >= from
        {
            self.touched.remove(&start);
            (from, to) = (from.min(start), to.max(end));
        }
        self.touched.insert(from, to);
    }
}
