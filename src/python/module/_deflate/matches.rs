//! The search for what came before, as zlib searches: chains of places with equal hashes, looked through as far as the
//! level says. zlib 1.2.13, deflate.c.

use super::trees::{Bits, Symbol, write_block};

const MATCH_MIN: usize = 3;
const MATCH_MAX: usize = 258;
/// What must lie ahead while more input may come.
const LOOKAHEAD_MIN: usize = MATCH_MAX + MATCH_MIN + 1;
/// A match of three bytes from farther away is worth less than three literals.
const TOO_FAR: usize = 4096;

/// How a level searches.
struct Level {
    /// From this length on a quarter of the chain is enough.
    good: usize,
    /// From this length on no better match is looked for at the next byte.
    lazy: usize,
    /// This length is good enough to stop.
    nice: usize,
    chain: usize,
}

const LEVELS: [Level; 9] = [
    Level {
        good: 4,
        lazy: 4,
        nice: 8,
        chain: 4,
    },
    Level {
        good: 4,
        lazy: 5,
        nice: 16,
        chain: 8,
    },
    Level {
        good: 4,
        lazy: 6,
        nice: 32,
        chain: 32,
    },
    Level {
        good: 4,
        lazy: 4,
        nice: 16,
        chain: 16,
    },
    Level {
        good: 8,
        lazy: 16,
        nice: 32,
        chain: 32,
    },
    Level {
        good: 8,
        lazy: 16,
        nice: 128,
        chain: 128,
    },
    Level {
        good: 8,
        lazy: 32,
        nice: 128,
        chain: 256,
    },
    Level {
        good: 32,
        lazy: 128,
        nice: 258,
        chain: 1024,
    },
    Level {
        good: 32,
        lazy: 258,
        nice: 258,
        chain: 4096,
    },
];

/// How to compress.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// 0 to 9.
    pub level: usize,
    /// The window's size as a power of two, 9 to 15.
    pub window_bits: u32,
    /// 1 to 9.
    pub memory_level: u32,
    /// `Z_FILTERED` 1, `Z_HUFFMAN_ONLY` 2; 0 for the default.
    pub strategy: u32,
}

/// Compresses `input` to raw deflate. Behind each of the places in `flushes` a block ends and an empty one follows, as
/// `Z_SYNC_FLUSH` makes them; `finish` says whether the stream ends.
pub fn deflate(input: &[u8], flushes: &[usize], finish: bool, settings: Settings) -> Vec<u8> {
    if settings.level == 0 {
        return store(input, flushes, finish);
    }
    let mut search = Search::new(input, settings);
    for end in flushes {
        search.run(*end, true);
        search.end_block(false);
        search.bits.stored_block(&[], false);
    }
    search.run(input.len(), finish);
    if finish {
        search.write(true);
    }
    search.bits.bytes
}

/// Level 0: bytes as they are.
fn store(input: &[u8], flushes: &[usize], finish: bool) -> Vec<u8> {
    let mut bits = Bits::default();
    let mut start = 0;
    for end in flushes {
        for part in input[start..*end].chunks(0xFFFF) {
            bits.stored_block(part, false);
        }
        bits.stored_block(&[], false);
        start = *end;
    }
    if finish {
        let rest = &input[start..];
        let mut parts = rest.chunks(0xFFFF).peekable();
        if parts.peek().is_none() {
            bits.stored_block(&[], true);
        }
        while let Some(part) = parts.next() {
            bits.stored_block(part, parts.peek().is_none());
        }
    }
    bits.bytes
}

struct Search<'a> {
    input: &'a [u8],
    settings: Settings,
    /// Where the input ends for now.
    end: usize,
    at: usize,
    block_start: usize,
    /// The newest place of each hash, 0 for none; and the place before each place.
    heads: Vec<u32>,
    chains: Vec<u32>,
    /// Places before `at` that are in no chain yet: too little lay ahead.
    pending: usize,
    match_len: usize,
    match_start: usize,
    previous_len: usize,
    has_literal: bool,
    symbols: Vec<Symbol>,
    symbols_max: usize,
    bits: Bits,
}

impl<'a> Search<'a> {
    fn new(input: &'a [u8], settings: Settings) -> Search<'a> {
        Search {
            input,
            settings,
            end: 0,
            at: 0,
            block_start: 0,
            heads: vec![0; 1 << (settings.memory_level + 7)],
            chains: vec![0; 1 << settings.window_bits],
            pending: 0,
            match_len: MATCH_MIN - 1,
            match_start: 0,
            previous_len: MATCH_MIN - 1,
            has_literal: false,
            symbols: Vec::new(),
            symbols_max: (1 << (settings.memory_level + 6)) - 1,
            bits: Bits::default(),
        }
    }

    fn ahead(&self) -> usize {
        self.end - self.at
    }

    /// Puts a place into its chain; gives the one before it, 0 for none.
    fn insert(&mut self, at: usize) -> usize {
        let shift = (self.settings.memory_level + 7).div_ceil(3);
        let bytes = &self.input[at..at + MATCH_MIN];
        let hash = bytes
            .iter()
            .fold(0u32, |hash, byte| hash << shift ^ u32::from(*byte)) as usize
            & (self.heads.len() - 1);
        let before = self.heads[hash];
        let mask = self.chains.len() - 1;
        self.chains[at & mask] = before;
        self.heads[hash] = at as u32;
        before as usize
    }

    fn insert_if_it_fits(&mut self) -> usize {
        match self.ahead() >= MATCH_MIN {
            true => self.insert(self.at),
            false => 0,
        }
    }

    /// What may not lie farther back.
    fn distance_max(&self) -> usize {
        self.chains.len() - LOOKAHEAD_MIN
    }

    fn longest_match(&mut self, first: usize) -> usize {
        let level = &LEVELS[self.settings.level - 1];
        let (ahead, mut best) = (self.ahead(), self.previous_len);
        if best >= ahead {
            return ahead;
        }
        let limit = self.at.saturating_sub(self.distance_max());
        let nice = level.nice.min(ahead);
        let mut chain = match self.previous_len >= level.good {
            true => level.chain >> 2,
            false => level.chain,
        };
        let len_max = MATCH_MAX.min(ahead);
        let scan = &self.input[self.at..self.at + len_max];
        let mut place = first;
        loop {
            let found = &self.input[place..];
            if found[best] == scan[best]
                && found[best - 1] == scan[best - 1]
                && found[..2] == scan[..2]
            {
                let pairs = scan.iter().zip(found);
                let len = pairs.take_while(|(a, b)| a == b).count();
                if len > best {
                    (self.match_start, best) = (place, len);
                    if len >= nice {
                        break;
                    }
                }
            }
            place = self.chains[place & (self.chains.len() - 1)] as usize;
            chain -= 1;
            if place <= limit || chain == 0 {
                break;
            }
        }
        best.min(ahead)
    }

    fn is_near(&self, place: usize) -> bool {
        place != 0 && self.at - place <= self.distance_max()
    }

    fn add_literal(&mut self, at: usize) {
        let value = self.input[at];
        self.symbols.push(Symbol { distance: 0, value });
    }

    fn add_match(&mut self, distance: usize, len: usize) {
        self.symbols.push(Symbol {
            distance: distance as u16,
            value: (len - MATCH_MIN) as u8,
        });
    }

    fn is_full(&self) -> bool {
        self.symbols.len() >= self.symbols_max
    }

    /// Writes the symbols as a block.
    fn write(&mut self, last: bool) {
        let content = &self.input[self.block_start..self.at];
        write_block(&mut self.bits, &self.symbols, content, last);
        self.symbols.clear();
        self.block_start = self.at;
    }

    fn end_block(&mut self, last: bool) {
        if !self.symbols.is_empty() {
            self.write(last);
        }
    }

    /// Looks at the input up to `end`; all of it when something follows there, else what surely stays as it is.
    fn run(&mut self, end: usize, all: bool) {
        self.end = end;
        while self.pending > 0 && self.ahead() + self.pending >= MATCH_MIN {
            let place = self.at - self.pending;
            self.insert(place);
            self.pending -= 1;
        }
        let enough = |search: &Search<'_>| match all {
            true => search.ahead() > 0,
            false => search.ahead() >= LOOKAHEAD_MIN,
        };
        let step = match (self.settings.strategy, self.settings.level) {
            (2, _) => Search::step_literal,
            (_, 1..=3) => Search::step_fast,
            _ => Search::step_lazy,
        };
        while enough(self) {
            step(self);
        }
        if all {
            if self.has_literal {
                self.add_literal(self.at - 1);
                self.has_literal = false;
            }
            self.pending = self.at.min(MATCH_MIN - 1);
        }
    }

    fn step_literal(&mut self) {
        self.add_literal(self.at);
        self.at += 1;
        if self.is_full() {
            self.write(false);
        }
    }

    /// Levels 1 to 3: the first match is taken.
    fn step_fast(&mut self) {
        let place = self.insert_if_it_fits();
        self.previous_len = MATCH_MIN - 1;
        self.match_len = match self.is_near(place) {
            true => self.longest_match(place),
            false => 0,
        };
        if self.match_len >= MATCH_MIN {
            let len = self.match_len;
            self.add_match(self.at - self.match_start, len);
            let lazy = LEVELS[self.settings.level - 1].lazy;
            if len <= lazy && self.ahead() - len >= MATCH_MIN {
                for _ in 1..len {
                    self.at += 1;
                    self.insert(self.at);
                }
                self.at += 1;
            } else {
                self.at += len;
            }
        } else {
            self.add_literal(self.at);
            self.at += 1;
        }
        if self.is_full() {
            self.write(false);
        }
    }

    /// Levels 4 to 9: a match is taken unless the next byte has a better one.
    fn step_lazy(&mut self) {
        let place = self.insert_if_it_fits();
        let before = self.match_start;
        self.previous_len = self.match_len;
        self.match_len = MATCH_MIN - 1;
        let lazy = LEVELS[self.settings.level - 1].lazy;
        if self.previous_len < lazy && self.is_near(place) {
            self.match_len = self.longest_match(place);
            let is_far = self.match_len == MATCH_MIN && self.at - self.match_start > TOO_FAR;
            if self.match_len <= 5 && (self.settings.strategy == 1 || is_far) {
                self.match_len = MATCH_MIN - 1;
            }
        }
        if self.previous_len >= MATCH_MIN && self.match_len <= self.previous_len {
            let len = self.previous_len;
            self.add_match(self.at - 1 - before, len);
            let insert_max = (self.at + self.ahead()).saturating_sub(MATCH_MIN);
            for _ in 0..len - 2 {
                self.at += 1;
                if self.at <= insert_max {
                    self.insert(self.at);
                }
            }
            self.has_literal = false;
            self.match_len = MATCH_MIN - 1;
            self.at += 1;
            if self.is_full() {
                self.write(false);
            }
        } else if self.has_literal {
            self.add_literal(self.at - 1);
            if self.is_full() {
                self.write(false);
            }
            self.at += 1;
        } else {
            self.has_literal = true;
            self.at += 1;
        }
    }
}
