//! `hash(str)` and `hash(bytes)`: SipHash-1-3 with the key of `PYTHONHASHSEED=0`, which is zero. CPython: Python/pyhash.c.

use super::{HASH, data, len, width};
use crate::python::memory::Addr;
use crate::python::vm::Vm;

/// `hash(string)`, kept in the object.
#[inline]
pub fn hash(vm: &mut Vm, string: Addr) -> i64 {
    let known = vm.word(string, HASH) as i64;
    if known != -1 {
        return known;
    }
    let bytes = len(vm, string) * width(vm, string);
    let hash = hash_bytes(vm.heap.space.bytes(data(vm, string), bytes));
    vm.set_word(string, HASH, hash as u64);
    hash
}

/// The hash of a run of bytes; never -1, and 0 for none: `_Py_HashBytes`.
pub fn hash_bytes(bytes: &[u8]) -> i64 {
    if bytes.is_empty() {
        return 0;
    }
    match siphash13(bytes) as i64 {
        -1 => -2,
        hash => hash,
    }
}

/// SipHash with one round a word and three at the end, key zero.
fn siphash13(bytes: &[u8]) -> u64 {
    let mut state = [
        0x736f_6d65_7073_6575,
        0x646f_7261_6e64_6f6d,
        0x6c79_6765_6e65_7261,
        0x7465_6462_7974_6573,
    ];
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        absorb(&mut state, u64::from_le_bytes(*word));
    }
    let mut last = (bytes.len() as u64) << 56;
    for (i, byte) in rest.iter().enumerate() {
        last |= u64::from(*byte) << (8 * i);
    }
    absorb(&mut state, last);
    state[2] ^= 0xFF;
    (0..3).for_each(|_| round(&mut state));
    state[0] ^ state[1] ^ state[2] ^ state[3]
}

#[inline(always)]
fn absorb(state: &mut [u64; 4], word: u64) {
    state[3] ^= word;
    round(state);
    state[0] ^= word;
}

#[inline(always)]
fn round([a, b, c, d]: &mut [u64; 4]) {
    *a = a.wrapping_add(*b);
    *b = b.rotate_left(13) ^ *a;
    *a = a.rotate_left(32);
    *c = c.wrapping_add(*d);
    *d = d.rotate_left(16) ^ *c;
    *a = a.wrapping_add(*d);
    *d = d.rotate_left(21) ^ *a;
    *c = c.wrapping_add(*b);
    *b = b.rotate_left(17) ^ *c;
    *c = c.rotate_left(32);
}

#[cfg(test)]
mod tests {
    use super::hash_bytes;

    #[test]
    fn hashes_are_those_of_seed_0() {
        assert_eq!(hash_bytes(b""), 0);
        assert_eq!(hash_bytes(b"a"), HASH_OF_A);
        assert_eq!(hash_bytes(b"hello world, this is long"), HASH_OF_LONG);
    }

    // PYTHONHASHSEED=0 python3.13 -c "print(hash('a'), hash('hello world, this is long'))"
    const HASH_OF_A: i64 = 4644417185603328019;
    const HASH_OF_LONG: i64 = 7650859633215404784;
}
