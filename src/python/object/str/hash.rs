//! `hash(str)` and `hash(bytes)`: SipHash with the key of `PYTHONHASHSEED=0`, which is zero: SipHash-1-3, up to 3.10
//! SipHash-2-4. CPython: Python/pyhash.c.

use super::{HASH, data, len, width};
use crate::python::memory::Addr;
use crate::python::version::SipHash;
use crate::python::vm::Vm;

/// `hash(string)`, kept in the object.
#[inline]
pub fn hash(vm: &mut Vm, string: Addr) -> i64 {
    let known = vm.word(string, HASH) as i64;
    if known != -1 {
        return known;
    }
    let bytes = len(vm, string) * width(vm, string);
    let hash = hash_bytes(
        vm.profile.hash,
        vm.heap.space.bytes(data(vm, string), bytes),
    );
    vm.set_word(string, HASH, hash as u64);
    hash
}

/// The hash of a run of bytes; never -1, and 0 for none: `_Py_HashBytes`.
pub fn hash_bytes(algorithm: SipHash, bytes: &[u8]) -> i64 {
    if bytes.is_empty() {
        return 0;
    }
    let hash = match algorithm {
        SipHash::Rounds13 => siphash::<1, 3>(bytes),
        SipHash::Rounds24 => siphash::<2, 4>(bytes),
    };
    match hash as i64 {
        -1 => -2,
        hash => hash,
    }
}

/// SipHash with so many rounds for a word and so many at the end, key zero.
fn siphash<const WORD: usize, const END: usize>(bytes: &[u8]) -> u64 {
    let mut state = [
        0x736f_6d65_7073_6575,
        0x646f_7261_6e64_6f6d,
        0x6c79_6765_6e65_7261,
        0x7465_6462_7974_6573,
    ];
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        absorb::<WORD>(&mut state, u64::from_le_bytes(*word));
    }
    let mut last = (bytes.len() as u64) << 56;
    for (i, byte) in rest.iter().enumerate() {
        last |= u64::from(*byte) << (8 * i);
    }
    absorb::<WORD>(&mut state, last);
    state[2] ^= 0xFF;
    (0..END).for_each(|_| round(&mut state));
    state[0] ^ state[1] ^ state[2] ^ state[3]
}

#[inline(always)]
fn absorb<const ROUNDS: usize>(state: &mut [u64; 4], word: u64) {
    state[3] ^= word;
    (0..ROUNDS).for_each(|_| round(state));
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
    use super::{SipHash, hash_bytes};

    #[test]
    fn hashes_are_those_of_seed_0() {
        let texts: [&[u8]; 3] = [b"", b"a", b"hello world, this is long"];
        let hashes = |algorithm| texts.map(|text| hash_bytes(algorithm, text));
        assert_eq!(hashes(SipHash::Rounds13), OF_3_13);
        assert_eq!(hashes(SipHash::Rounds24), OF_3_10);
    }

    // PYTHONHASHSEED=0 python3.13 -c "print(hash(''), hash('a'), hash('hello world, this is long'))"
    const OF_3_13: [i64; 3] = [0, 4644417185603328019, 7650859633215404784];
    const OF_3_10: [i64; 3] = [0, -7583489610679606711, -7795655007228485003];
}
