//! Huffman trees and blocks, as zlib makes them: ties are broken and long codes are cut in its way, so that a block has
//! its very bits. RFC 1951; zlib 1.2.13, trees.c.

/// Literals, the end of a block, lengths.
const LITERAL_CODES: usize = 286;
const DISTANCE_CODES: usize = 30;
const LENGTH_CODES: usize = 19;
const END_BLOCK: usize = 256;
const BITS_MAX: usize = 15;

const LENGTH_EXTRA: [u8; 29] = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
];
const DISTANCE_EXTRA: [u8; 30] = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13,
    13,
];
const CODE_EXTRA: [u8; 19] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 7];
/// The order in which the lengths of the code lengths' codes are sent.
const CODE_ORDER: [usize; 19] = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
];

/// A literal (distance 0), or a match: its length less 3, and its distance.
#[derive(Clone, Copy, Debug)]
pub struct Symbol {
    /// 0 for a literal.
    pub distance: u16,
    /// The byte, or the length less 3.
    pub value: u8,
}

/// Bits, the lowest first.
#[derive(Default)]
pub struct Bits {
    /// Whole bytes.
    pub bytes: Vec<u8>,
    pending: u64,
    count: u32,
}

impl Bits {
    fn put(&mut self, value: u32, count: u32) {
        self.pending |= u64::from(value) << self.count;
        self.count += count;
        while self.count >= 8 {
            self.bytes.push(self.pending as u8);
            self.pending >>= 8;
            self.count -= 8;
        }
    }

    /// Fills the last byte with zeros.
    pub fn align(&mut self) {
        if self.count > 0 {
            self.bytes.push(self.pending as u8);
            (self.pending, self.count) = (0, 0);
        }
    }

    /// A block of bytes as they are.
    pub fn stored_block(&mut self, content: &[u8], last: bool) {
        self.put(u32::from(last), 3);
        self.align();
        let len = content.len() as u16;
        self.bytes.extend(len.to_le_bytes());
        self.bytes.extend((!len).to_le_bytes());
        self.bytes.extend(content);
    }
}

/// The code of a match's length less 3, and the first length of the code.
fn length_code(value: u8) -> (usize, u32) {
    if value == 255 {
        return (28, 255);
    }
    let (mut code, mut base) = (0, 0);
    for (next, extra) in LENGTH_EXTRA[..28].iter().enumerate() {
        let width = 1u32 << extra;
        if u32::from(value) < base + width {
            code = next;
            break;
        }
        base += width;
    }
    (code, base)
}

/// The same for a distance less 1.
fn distance_code(value: u32) -> (usize, u32) {
    let mut base = 0;
    for (code, extra) in DISTANCE_EXTRA.iter().enumerate() {
        let width = 1u32 << extra;
        if value < base + width {
            return (code, base);
        }
        base += width;
    }
    (DISTANCE_CODES - 1, base)
}

/// What a tree is made of.
struct Kind {
    elements: usize,
    extra: &'static [u8],
    extra_base: usize,
    bits_max: usize,
    fixed: Option<fn(usize) -> u8>,
}

const LITERALS: Kind = Kind {
    elements: LITERAL_CODES,
    extra: &LENGTH_EXTRA,
    extra_base: 257,
    bits_max: BITS_MAX,
    fixed: Some(fixed_literal_bits),
};
const DISTANCES: Kind = Kind {
    elements: DISTANCE_CODES,
    extra: &DISTANCE_EXTRA,
    extra_base: 0,
    bits_max: BITS_MAX,
    fixed: Some(|_| 5),
};
const CODE_LENGTHS: Kind = Kind {
    elements: LENGTH_CODES,
    extra: &CODE_EXTRA,
    extra_base: 0,
    bits_max: 7,
    fixed: None,
};

fn fixed_literal_bits(symbol: usize) -> u8 {
    match symbol {
        0..=143 => 8,
        144..=255 => 9,
        256..=279 => 7,
        _ => 8,
    }
}

/// A tree: how often each symbol comes, how long its code is, its code.
struct Tree {
    kind: &'static Kind,
    counts: Vec<u32>,
    lengths: Vec<u8>,
    codes: Vec<u16>,
    code_max: usize,
}

/// Bits that a block takes: with its own trees, and with the fixed ones.
#[derive(Default)]
struct Cost {
    own: i64,
    fixed: i64,
}

/// The heap of `build_tree`: what is rarest is on top, of equals the shallower.
struct Heap {
    items: Vec<usize>,
    counts: Vec<u32>,
    depths: Vec<u8>,
}

impl Heap {
    fn smaller(&self, a: usize, b: usize) -> bool {
        (self.counts[a], self.depths[a]) <= (self.counts[b], self.depths[b])
    }

    /// Lets the item at `at` sink; places are counted from 1.
    fn sink(&mut self, mut at: usize) {
        let item = self.items[at - 1];
        let len = self.items.len();
        let mut child = at * 2;
        while child <= len {
            if child < len && self.smaller(self.items[child], self.items[child - 1]) {
                child += 1;
            }
            if self.smaller(item, self.items[child - 1]) {
                break;
            }
            self.items[at - 1] = self.items[child - 1];
            at = child;
            child *= 2;
        }
        self.items[at - 1] = item;
    }

    fn take_first(&mut self) -> usize {
        let first = self.items[0];
        if let Some(last) = self.items.pop()
            && !self.items.is_empty()
        {
            self.items[0] = last;
            self.sink(1);
        }
        first
    }
}

impl Tree {
    fn new(kind: &'static Kind) -> Tree {
        Tree {
            kind,
            counts: vec![0; kind.elements],
            lengths: vec![0; kind.elements + 1],
            codes: vec![0; kind.elements],
            code_max: 0,
        }
    }

    fn build(&mut self, cost: &mut Cost) {
        let elements = self.kind.elements;
        let mut heap = Heap {
            items: (0..elements).filter(|n| self.counts[*n] > 0).collect(),
            counts: self.counts.clone(),
            depths: vec![0; 2 * elements + 1],
        };
        heap.counts.resize(2 * elements + 1, 0);
        let mut code_max = heap.items.last().map_or(-1, |last| *last as i64);
        while heap.items.len() < 2 {
            // A tree has two codes at least.
            let node = if code_max < 2 {
                code_max += 1;
                code_max as usize
            } else {
                0
            };
            heap.items.push(node);
            heap.counts[node] = 1;
            self.counts[node] = 1;
            cost.own -= 1;
            if let Some(fixed) = self.kind.fixed {
                cost.fixed -= i64::from(fixed(node));
            }
        }
        self.code_max = code_max as usize;
        for at in (1..=heap.items.len() / 2).rev() {
            heap.sink(at);
        }
        // Nodes, the rarest first, and their parents.
        let (mut order, mut parents) = (Vec::new(), vec![0; 2 * elements + 1]);
        let mut node = elements;
        loop {
            let first = heap.take_first();
            let second = heap.items[0];
            order.push(first);
            order.push(second);
            heap.counts[node] = heap.counts[first] + heap.counts[second];
            heap.depths[node] = heap.depths[first]
                .max(heap.depths[second])
                .saturating_add(1);
            (parents[first], parents[second]) = (node, node);
            heap.items[0] = node;
            heap.sink(1);
            node += 1;
            if heap.items.len() < 2 {
                break;
            }
        }
        order.push(heap.items[0]);
        self.set_lengths(&order, &parents, cost);
        self.set_codes();
    }

    /// The lengths of the codes, none longer than allowed: `gen_bitlen`.
    fn set_lengths(&mut self, order: &[usize], parents: &[usize], cost: &mut Cost) {
        let max = self.kind.bits_max;
        let mut lengths = vec![0usize; parents.len()];
        let (mut counts, mut overflow) = ([0i32; BITS_MAX + 1], 0i32);
        self.lengths.fill(0);
        for n in order.iter().rev().skip(1).copied() {
            let mut bits = lengths[parents[n]] + 1;
            if bits > max {
                bits = max;
                overflow += 1;
            }
            lengths[n] = bits;
            if n > self.code_max {
                continue;
            }
            self.lengths[n] = bits as u8;
            counts[bits] += 1;
            let extra = match n.checked_sub(self.kind.extra_base) {
                Some(at) => i64::from(self.kind.extra[at]),
                None => 0,
            };
            let count = i64::from(self.counts[n]);
            cost.own += count * (bits as i64 + extra);
            if let Some(fixed) = self.kind.fixed {
                cost.fixed += count * (i64::from(fixed(n)) + extra);
            }
        }
        if overflow == 0 {
            return;
        }
        while overflow > 0 {
            let mut bits = max - 1;
            while counts[bits] == 0 {
                bits -= 1;
            }
            counts[bits] -= 1;
            counts[bits + 1] += 2;
            counts[max] -= 1;
            overflow -= 2;
        }
        let mut rest = order.iter().copied().filter(|n| *n <= self.code_max);
        for bits in (1..=max).rev() {
            for _ in 0..counts[bits] {
                let Some(n) = rest.next() else { return };
                let old = usize::from(self.lengths[n]);
                if old != bits {
                    cost.own += (bits as i64 - old as i64) * i64::from(self.counts[n]);
                    self.lengths[n] = bits as u8;
                }
            }
        }
    }

    fn set_codes(&mut self) {
        let lengths = &self.lengths[..=self.code_max];
        for (n, code) in codes_of(lengths).into_iter().enumerate() {
            self.codes[n] = code;
        }
    }

    fn send(&self, bits: &mut Bits, n: usize) {
        bits.put(u32::from(self.codes[n]), u32::from(self.lengths[n]));
    }
}

/// Canonical codes, their bits turned round as they are sent.
fn codes_of(lengths: &[u8]) -> Vec<u16> {
    let mut counts = [0u16; BITS_MAX + 1];
    for length in lengths.iter().filter(|length| **length > 0) {
        counts[usize::from(*length)] += 1;
    }
    let (mut next, mut code) = ([0u16; BITS_MAX + 1], 0u16);
    for bits in 1..=BITS_MAX {
        code = (code + counts[bits - 1]) << 1;
        next[bits] = code;
    }
    let code_of = |length: &u8| match *length {
        0 => 0,
        length => {
            let bits = usize::from(length);
            let code = next[bits];
            next[bits] = next[bits].wrapping_add(1);
            code.reverse_bits() >> (16 - bits)
        }
    };
    lengths.iter().map(code_of).collect()
}

/// Runs of equal code lengths, as they are sent: the code, and its extra bits.
fn runs(lengths: &[u8]) -> Vec<(usize, u32)> {
    let mut sent = Vec::new();
    let (mut count, mut previous) = (0u32, None);
    let limits = |next: u8, same: bool| match (next, same) {
        (0, _) => (138, 3),
        (_, true) => (6, 3),
        _ => (7, 4),
    };
    let (mut max, mut min) = limits(lengths[0], false);
    for (n, current) in lengths.iter().copied().enumerate() {
        let next = lengths.get(n + 1).copied();
        count += 1;
        if count < max && next == Some(current) {
            continue;
        }
        let code = usize::from(current);
        if count < min {
            sent.extend((0..count).map(|_| (code, 0)));
        } else if current != 0 {
            if previous != Some(current) {
                sent.push((code, 0));
                count -= 1;
            }
            sent.push((16, count - 3));
        } else if count <= 10 {
            sent.push((17, count - 3));
        } else {
            sent.push((18, count - 11));
        }
        count = 0;
        previous = Some(current);
        (max, min) = match next {
            Some(next) => limits(next, next == current),
            None => (7, 4),
        };
    }
    sent
}

/// Writes a block of symbols in the shortest of the three ways.
pub fn write_block(bits: &mut Bits, symbols: &[Symbol], content: &[u8], last: bool) {
    let (mut literals, mut distances) = (Tree::new(&LITERALS), Tree::new(&DISTANCES));
    literals.counts[END_BLOCK] = 1;
    for symbol in symbols {
        if symbol.distance == 0 {
            literals.counts[usize::from(symbol.value)] += 1;
        } else {
            literals.counts[257 + length_code(symbol.value).0] += 1;
            distances.counts[distance_code(u32::from(symbol.distance) - 1).0] += 1;
        }
    }
    let mut cost = Cost::default();
    literals.build(&mut cost);
    distances.build(&mut cost);
    let sent = [
        runs(&literals.lengths[..=literals.code_max]),
        runs(&distances.lengths[..=distances.code_max]),
    ]
    .concat();
    let mut lengths = Tree::new(&CODE_LENGTHS);
    for (code, _) in &sent {
        lengths.counts[*code] += 1;
    }
    lengths.build(&mut cost);
    let codes = (4..=LENGTH_CODES)
        .rev()
        .find(|count| lengths.lengths[CODE_ORDER[count - 1]] != 0)
        .unwrap_or(3);
    cost.own += 3 * codes as i64 + 14;
    let (own, fixed) = ((cost.own + 10) >> 3, (cost.fixed + 10) >> 3);
    let least = own.min(fixed);
    if content.len() as i64 + 4 <= least && content.len() <= 0xFFFF {
        bits.stored_block(content, last);
    } else if fixed == least {
        bits.put(2 + u32::from(last), 3);
        write_symbols(
            bits,
            symbols,
            &fixed_tree(&LITERALS, 288),
            &fixed_tree(&DISTANCES, 30),
        );
    } else {
        bits.put(4 + u32::from(last), 3);
        bits.put(literals.code_max as u32 + 1 - 257, 5);
        bits.put(distances.code_max as u32, 5);
        bits.put(codes as u32 - 4, 4);
        for code in &CODE_ORDER[..codes] {
            bits.put(u32::from(lengths.lengths[*code]), 3);
        }
        for (code, extra) in sent {
            lengths.send(bits, code);
            bits.put(extra, u32::from(CODE_EXTRA[code]));
        }
        write_symbols(bits, symbols, &literals, &distances);
    }
    if last {
        bits.align();
    }
}

fn fixed_tree(kind: &'static Kind, elements: usize) -> Tree {
    let lengths: Vec<u8> = (0..elements)
        .map(|n| kind.fixed.map_or(0, |bits| bits(n)))
        .collect();
    Tree {
        kind,
        counts: Vec::new(),
        codes: codes_of(&lengths),
        lengths,
        code_max: elements - 1,
    }
}

fn write_symbols(bits: &mut Bits, symbols: &[Symbol], literals: &Tree, distances: &Tree) {
    for symbol in symbols {
        if symbol.distance == 0 {
            literals.send(bits, usize::from(symbol.value));
            continue;
        }
        let (code, base) = length_code(symbol.value);
        literals.send(bits, 257 + code);
        bits.put(
            u32::from(symbol.value) - base,
            u32::from(LENGTH_EXTRA[code]),
        );
        let distance = u32::from(symbol.distance) - 1;
        let (code, base) = distance_code(distance);
        distances.send(bits, code);
        bits.put(distance - base, u32::from(DISTANCE_EXTRA[code]));
    }
    literals.send(bits, END_BLOCK);
}
