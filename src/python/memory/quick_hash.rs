//! A quick hash for tables on the Rust side. A program that makes its names collide slows only itself down,
//! against its own limits.

use std::hash::{BuildHasherDefault, Hasher};

/// A table with this hash.
pub type QuickMap<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<QuickHash>>;

/// Multiplies in eight bytes at a time.
#[derive(Clone, Copy, Default)]
pub struct QuickHash(u64);

/// An odd number with well-spread bits: 2**64 divided by the golden ratio.
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

impl QuickHash {
    #[inline]
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(FACTOR);
    }
}

impl Hasher for QuickHash {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let mut words = bytes.chunks_exact(8);
        for word in &mut words {
            self.add(u64::from_le_bytes(word.try_into().unwrap_or_default()));
        }
        let mut last = [0; 8];
        let rest = words.remainder();
        last[..rest.len()].copy_from_slice(rest);
        self.add(u64::from_le_bytes(last));
    }

    #[inline]
    fn write_u32(&mut self, value: u32) {
        self.add(u64::from(value));
    }

    #[inline]
    fn write_u64(&mut self, value: u64) {
        self.add(value);
    }

    #[inline]
    fn write_usize(&mut self, value: usize) {
        self.add(value as u64);
    }

    #[inline]
    fn finish(&self) -> u64 {
        // The table takes its slot from the low bits, which a product leaves poorest.
        self.0.rotate_left(26)
    }
}
