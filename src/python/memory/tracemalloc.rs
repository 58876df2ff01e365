//! Who allocated what: the table behind `tracemalloc`. CPython: Python/tracemalloc.c.
//!
//! A trace holds the size asked for and the number of a traceback. The machine says which traceback is
//! current before it allocates; the heap knows nothing of frames.

use super::Addr;

/// Addresses of one page of the table; a trace for every 16 of them.
const PAGE_BYTES: u64 = 16 << 10;
const TRACES_PER_PAGE: usize = (PAGE_BYTES / 16) as usize;
const PAGES: usize = (super::SPACE_SIZE_BYTES / PAGE_BYTES) as usize;

/// One traced block. A size of 0 with `live` unset is no trace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// Bytes asked for.
    pub size: u32,
    /// Number of the traceback plus one; 0 for no trace.
    id: u32,
}

impl Trace {
    /// Number of the traceback.
    pub fn traceback(self) -> u32 {
        self.id - 1
    }
}

/// The traces of the blocks that live.
#[derive(Default)]
pub struct Tracemalloc {
    pages: Vec<Option<Box<[Trace; TRACES_PER_PAGE]>>>,
    traced: u64,
    peak: u64,
    current: u32,
}

fn position(address: Addr) -> (usize, usize) {
    let page = (address.0 / PAGE_BYTES) as usize & (PAGES - 1);
    (page, (address.0 % PAGE_BYTES / 16) as usize)
}

impl Tracemalloc {
    /// The traceback of everything that is allocated from now on.
    #[inline(always)]
    pub fn set_current(&mut self, traceback: u32) {
        self.current = traceback;
    }

    /// Bytes traced now, and the most there were since the last reset.
    pub fn memory(&self) -> (u64, u64) {
        (self.traced, self.peak)
    }

    /// The peak becomes what is traced now.
    pub fn reset_peak(&mut self) {
        self.peak = self.traced;
    }

    /// Forgets all traces; frees of the forgotten blocks then change nothing.
    pub fn clear(&mut self) {
        self.pages.clear();
        (self.traced, self.peak) = (0, 0);
    }

    /// Bytes that the tracer itself uses.
    pub fn own_bytes(&self) -> usize {
        self.pages.iter().flatten().count() * size_of::<[Trace; TRACES_PER_PAGE]>()
    }

    /// A block was allocated.
    #[cold]
    #[inline(never)]
    pub fn add(&mut self, address: Addr, nbytes: usize) {
        let trace = Trace {
            size: nbytes as u32,
            id: self.current + 1,
        };
        let old = std::mem::replace(self.entry(address), trace);
        self.traced = self.traced + nbytes as u64 - u64::from(old.size);
        self.peak = self.peak.max(self.traced);
    }

    /// A block was freed.
    #[cold]
    #[inline(never)]
    pub fn remove(&mut self, address: Addr) {
        let (page, index) = position(address);
        if let Some(Some(traces)) = self.pages.get_mut(page) {
            let old = std::mem::take(&mut traces[index]);
            self.traced -= u64::from(old.size);
        }
    }

    /// A block was resized, and perhaps moved: the trace is new, made by whoever resized it.
    #[cold]
    #[inline(never)]
    pub fn moved(&mut self, from: Addr, to: Addr, nbytes: usize) {
        if from != to {
            self.remove(from);
        }
        self.add(to, nbytes);
    }

    /// An object from a free list lives again: its block, if it is traced, belongs to whoever took it.
    #[cold]
    #[inline(never)]
    pub fn reused(&mut self, block: Addr) {
        let id = self.current + 1;
        let (page, index) = position(block);
        if let Some(Some(traces)) = self.pages.get_mut(page)
            && traces[index].id != 0
        {
            traces[index].id = id;
        }
    }

    /// The trace of the block at this address.
    pub fn get(&self, address: Addr) -> Option<Trace> {
        let (page, index) = position(address);
        let trace = self.pages.get(page)?.as_ref()?[index];
        (trace.id != 0).then_some(trace)
    }

    /// All traces, by address.
    pub fn iter(&self) -> impl Iterator<Item = (Addr, Trace)> + '_ {
        self.pages
            .iter()
            .enumerate()
            .filter_map(|(page, traces)| Some((page, traces.as_ref()?)))
            .flat_map(|(page, traces)| {
                traces.iter().enumerate().map(move |(index, trace)| {
                    let offset = page as u64 * PAGE_BYTES + index as u64 * 16;
                    (super::BASE.at(offset), *trace)
                })
            })
            .filter(|(_, trace)| trace.id != 0)
    }

    fn entry(&mut self, address: Addr) -> &mut Trace {
        let (page, index) = position(address);
        if self.pages.is_empty() {
            self.pages.resize_with(PAGES, || None);
        }
        let traces =
            self.pages[page].get_or_insert_with(|| Box::new([Trace::default(); TRACES_PER_PAGE]));
        &mut traces[index]
    }
}
