//! The tracebacks that `tracemalloc` attaches to blocks, each stored once.

use super::Vm;
use std::collections::HashMap;
use std::rc::Rc;

/// One frame of a traceback: file and line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Location {
    /// `co_filename`
    pub file: Rc<str>,
    /// 0 when unknown.
    pub line: u32,
}

/// Frames, the most recent first, cut at the limit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TracebackKey {
    /// The frames.
    pub frames: Vec<Location>,
    /// How many there were before the cut.
    pub total: u32,
}

/// All tracebacks that were current while something was allocated. Number 0 is the unknown place.
pub struct TracebackTable {
    rows: Vec<Rc<TracebackKey>>,
    numbers: HashMap<Rc<TracebackKey>, u32>,
    /// Frames stored per traceback: the argument of `tracemalloc.start`.
    pub limit: usize,
    /// The place that was looked up last: frame depth, code, instruction.
    last: (usize, usize, u32),
}

impl Default for TracebackTable {
    fn default() -> Self {
        let mut table = TracebackTable {
            rows: Vec::new(),
            numbers: HashMap::new(),
            limit: 1,
            last: (0, 0, 0),
        };
        table.number(TracebackKey {
            frames: vec![Location {
                file: "<unknown>".into(),
                line: 0,
            }],
            total: 1,
        });
        table
    }
}

impl TracebackTable {
    /// The number of a traceback, new or known.
    pub fn number(&mut self, key: TracebackKey) -> u32 {
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let (key, number) = (Rc::new(key), self.rows.len() as u32);
        self.rows.push(key.clone());
        self.numbers.insert(key, number);
        number
    }

    /// The traceback of a number.
    pub fn get(&self, number: u32) -> Option<Rc<TracebackKey>> {
        self.rows.get(number as usize).cloned()
    }

    /// Bytes that the table takes, roughly as CPython's do.
    pub fn own_bytes(&self) -> usize {
        self.rows.iter().map(|row| 48 + 12 * row.frames.len()).sum()
    }

    /// Whether the place differs from the last one that was asked about.
    pub fn is_new_place(&mut self, depth: usize, code: usize, instruction: u32) -> bool {
        let place = (depth, code, instruction);
        let is_new = self.last != place;
        self.last = place;
        is_new
    }
}

impl Vm {
    /// Tells the heap's trace where the program is. `frames` are files and lines, the running frame
    /// first; only as many as the limit are taken.
    pub fn set_traced_location(&mut self, frames: impl Iterator<Item = Location>, total: usize) {
        let key = TracebackKey {
            frames: frames.take(self.tracebacks.limit).collect(),
            total: total as u32,
        };
        let number = if key.frames.is_empty() {
            0
        } else {
            self.tracebacks.number(key)
        };
        self.heap.trace_mut().set_current(number);
    }
}
