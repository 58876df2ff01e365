//! Who allocated what: the table behind `tracemalloc`. CPython: Python/tracemalloc.c.
//!
//! A trace holds the size asked for and the number of a *place*: code, instruction, and the place of the
//! call. The machine says when a frame begins and ends and which instruction runs ([`super::Heap::pc`]); what
//! file and line that is, is asked when somebody looks.

use super::Addr;
use super::QuickMap;

/// Addresses of one page of the table; a trace for every 16 of them.
const PAGE_BYTES: u64 = 16 << 10;
const TRACES_PER_PAGE: usize = (PAGE_BYTES / 16) as usize;
const PAGES: usize = (super::SPACE_SIZE_BYTES / PAGE_BYTES) as usize;

/// The place of a block that no Python code asked for.
const NOWHERE: u32 = 0;

/// One traced block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// Bytes asked for.
    pub size: u32,
    /// Number of the place plus one; 0 for no trace.
    id: u32,
}

impl Trace {
    /// Number of the place.
    pub fn place(self) -> u32 {
        self.id - 1
    }
}

/// Where a block was allocated, or where a call was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The place of the caller, 0 when it is not stored.
    pub caller: u32,
    /// The machine's number of the code object.
    pub code: u32,
    /// One past the instruction.
    pub pc: u32,
    /// How many frames there were.
    pub depth: u32,
}

/// A running frame, as far as the trace is concerned.
#[derive(Clone, Copy)]
struct TracedFrame {
    caller: u32,
    code: u32,
    /// The index of the instruction from which on it is complete.
    first_traceable: u32,
    /// Where its caller stands.
    caller_pc: u32,
}

/// The traces of the blocks that live.
pub struct Tracemalloc {
    pages: Vec<Option<Box<[Trace; TRACES_PER_PAGE]>>>,
    traced: u64,
    peak: u64,
    places: Vec<Place>,
    numbers: QuickMap<Place, u32>,
    frames: Vec<TracedFrame>,
    /// Frames stored per block: the argument of `tracemalloc.start`.
    limit: usize,
}

impl Default for Tracemalloc {
    fn default() -> Self {
        let nowhere = Place {
            caller: NOWHERE,
            code: u32::MAX,
            pc: 0,
            depth: 1,
        };
        Tracemalloc {
            pages: Vec::new(),
            traced: 0,
            peak: 0,
            places: vec![nowhere],
            numbers: QuickMap::from_iter([(nowhere, NOWHERE)]),
            frames: Vec::new(),
            limit: 1,
        }
    }
}

fn position(address: Addr) -> (usize, usize) {
    let page = (address.0 / PAGE_BYTES) as usize & (PAGES - 1);
    (page, (address.0 % PAGE_BYTES / 16) as usize)
}

impl Tracemalloc {
    /// Sets how many frames are stored per block.
    pub fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// How many frames are stored per block.
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// A frame of the code with this number begins; its caller stands at `pc`. Before its instruction
    /// `first_traceable` it is not complete: what is allocated there belongs to the caller's line.
    pub fn enter(&mut self, code: u32, first_traceable: u32, pc: usize) {
        let caller = if self.limit > 1 {
            self.here(pc)
        } else {
            NOWHERE
        };
        self.frames.push(TracedFrame {
            caller,
            code,
            first_traceable,
            caller_pc: pc as u32,
        });
    }

    /// The running frame ends.
    pub fn leave(&mut self) {
        self.frames.pop();
    }

    /// The place where the program is.
    fn here(&mut self, pc: usize) -> u32 {
        let (mut depth, mut pc) = (self.frames.len(), pc as u32);
        // `pc` is one past the instruction that runs.
        while let Some(frame) = self.frames[..depth].last()
            && pc <= frame.first_traceable
        {
            (depth, pc) = (depth - 1, frame.caller_pc);
        }
        let Some(frame) = self.frames[..depth].last() else {
            return NOWHERE;
        };
        let place = Place {
            caller: frame.caller,
            code: frame.code,
            pc,
            depth: depth as u32,
        };
        let places = &mut self.places;
        *self.numbers.entry(place).or_insert_with(|| {
            places.push(place);
            places.len() as u32 - 1
        })
    }

    /// The place of this number, then its callers', as many as are stored.
    pub fn traceback(&self, number: u32) -> Vec<Place> {
        let mut found = Vec::new();
        let mut number = number;
        while found.len() < self.limit
            && let Some(place) = self.places.get(number as usize)
            && (found.is_empty() || number != NOWHERE)
        {
            found.push(*place);
            number = place.caller;
        }
        found
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
            + self.places.len() * size_of::<Place>()
    }

    /// A block was allocated.
    #[cold]
    #[inline(never)]
    pub fn add(&mut self, address: Addr, nbytes: usize, pc: usize) {
        let trace = Trace {
            size: nbytes as u32,
            id: self.here(pc) + 1,
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
    pub fn moved(&mut self, from: Addr, to: Addr, nbytes: usize, pc: usize) {
        if from != to {
            self.remove(from);
        }
        self.add(to, nbytes, pc);
    }

    /// An object from a free list lives again: its block, if it is traced, belongs to whoever took it.
    #[cold]
    #[inline(never)]
    pub fn reused(&mut self, block: Addr, pc: usize) {
        let id = self.here(pc) + 1;
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
