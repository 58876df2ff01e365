//! `_random`: the Mersenne Twister MT19937. CPython: Modules/_randommodule.c.
//!
//! ```text
//! 16  index   i32, the next word of the state to give out
//! 20  state   624 u32
//! ```

use super::NativeModule;
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    Method, NONE, Slots, TypeSpec, alloc, flags, float, int, tuple, types,
};
use crate::python::vm::{Args, PyResult, Vm};

const INDEX: u64 = 16;
const STATE: u64 = 20;
/// Words of state.
const N: usize = 624;
/// How far the word lies that is mixed in.
const M: usize = 397;

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "_random",
    methods: &[],
    types: &[types::RANDOM],
    init: |_, _| Ok(()),
};

/// `_random.Random`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 2520,
    flags: flags::BASETYPE,
    slots,
    methods: &[
        Method::new("random", "()", random),
        Method::new("seed", "(n=None, /)", |vm, generator, args| {
            seed(vm, generator, args.get(vm, 0))?;
            Ok(vm.none())
        }),
        Method::new("getstate", "()", getstate),
        Method::new("setstate", "(state, /)", setstate),
        Method::new("getrandbits", "(k, /)", getrandbits),
    ],
    doc: Some("Random() -> create a random number generator with its own internal state."),
    ..TypeSpec::new(types::RANDOM, "_random.Random")
};

fn slots(slots: &mut Slots) {
    slots.new = Some(|vm, class, _| {
        let generator = alloc::alloc(vm, class, 0)?;
        if vm.type_flags(class) & flags::HAVE_GC != 0 {
            crate::python::gc::track(vm, generator.addr());
        }
        Ok(generator)
    });
    slots.init = Some(init);
    slots.dealloc = Some(alloc::free);
}

fn init(vm: &mut Vm, generator: Addr, args: Args) -> PyResult<()> {
    if args.keyword_count() > 0 && vm.type_of(generator) == types::RANDOM {
        return Err(vm.type_error("Random() takes no keyword arguments"));
    }
    if args.len() > 1 {
        return Err(vm.type_error("Random() requires 0 or 1 argument"));
    }
    seed(vm, generator, args.get(vm, 0))
}

/// The state's words.
fn state(vm: &mut Vm, generator: Addr) -> &mut [u32] {
    vm.heap.space.units_mut::<u32>(generator.at(STATE), N)
}

fn set_index(vm: &mut Vm, generator: Addr, index: usize) {
    vm.heap.space.set_half(generator.at(INDEX), index as u32);
}

/// The next 32 random bits.
fn next(vm: &mut Vm, generator: Addr) -> u32 {
    let mut index = vm.heap.space.half(generator.at(INDEX)) as usize;
    let state = state(vm, generator);
    if index >= N {
        refill(state);
        index = 0;
    }
    let mut y = state.get(index).copied().unwrap_or(0);
    set_index(vm, generator, index + 1);
    y ^= y >> 11;
    y ^= y << 7 & 0x9d2c_5680;
    y ^= y << 15 & 0xefc6_0000;
    y ^ y >> 18
}

/// The next 624 words from these.
fn refill(state: &mut [u32]) {
    if state.len() != N {
        return;
    }
    for i in 0..N {
        let y = (state[i] & 0x8000_0000) | (state[(i + 1) % N] & 0x7fff_ffff);
        let matrix = if y & 1 == 1 { 0x9908_b0df } else { 0 };
        state[i] = state[(i + M) % N] ^ y >> 1 ^ matrix;
    }
}

/// The state of a one-word seed.
fn init_by_word(state: &mut [u32], seed: u32) {
    let mut previous = seed;
    for (i, word) in state.iter_mut().enumerate() {
        if i > 0 {
            previous = 1_812_433_253u32
                .wrapping_mul(previous ^ previous >> 30)
                .wrapping_add(i as u32);
        }
        *word = previous;
    }
}

/// The state of a seed of any length.
fn init_by_array(state: &mut [u32], key: &[u32]) {
    init_by_word(state, 19_650_218);
    if state.len() != N || key.is_empty() {
        return;
    }
    let (mut i, mut j) = (1, 0);
    let mixed = |state: &[u32], i: usize, factor: u32| {
        state[i] ^ (state[i - 1] ^ state[i - 1] >> 30).wrapping_mul(factor)
    };
    for _ in 0..N.max(key.len()) {
        state[i] = mixed(state, i, 1_664_525)
            .wrapping_add(key[j])
            .wrapping_add(j as u32);
        (i, j) = (i + 1, (j + 1) % key.len());
        if i >= N {
            state[0] = state[N - 1];
            i = 1;
        }
    }
    for _ in 0..N - 1 {
        state[i] = mixed(state, i, 1_566_083_941).wrapping_sub(i as u32);
        i += 1;
        if i >= N {
            state[0] = state[N - 1];
            i = 1;
        }
    }
    state[0] = 0x8000_0000;
}

/// `seed(n)`. Without a number the operating system would be asked; here every generator that is not seeded
/// gets a number of its own, the same in every run.
fn seed(vm: &mut Vm, generator: Addr, n: Addr) -> PyResult<()> {
    let key = if n.is_null() || n == NONE {
        vm.unseeded_generators += 1;
        vec![0x6769_656f, 0x6b00_0000 | vm.unseeded_generators]
    } else if int::check(vm, n) {
        words(&int::to_biguint(vm, n).to_u32_digits())
    } else {
        let hash = vm.hash(n)? as u64;
        words(&[hash as u32, (hash >> 32) as u32])
    };
    vm.check_steps(key.len() as u64 / 4)?;
    init_by_array(state(vm, generator), &key);
    set_index(vm, generator, N);
    Ok(())
}

/// The words without leading zeros, at least one.
fn words(words: &[u32]) -> Vec<u32> {
    let len = words
        .iter()
        .rposition(|word| *word != 0)
        .map_or(0, |last| last + 1);
    if len == 0 {
        vec![0]
    } else {
        words[..len].to_vec()
    }
}

/// `random()`: 53 random bits, from 0 to below 1.
fn random(vm: &mut Vm, generator: Addr, _: Args) -> PyResult<Own> {
    let (high, low) = (next(vm, generator) >> 5, next(vm, generator) >> 6);
    let value = (f64::from(high) * 67_108_864.0 + f64::from(low)) * (1.0 / 9_007_199_254_740_992.0);
    Ok(float::new(vm, value))
}

/// `getrandbits(k)`
fn getrandbits(vm: &mut Vm, generator: Addr, args: Args) -> PyResult<Own> {
    let k = super::int_argument(vm, args.get(vm, 0))?;
    if k < 0 {
        return Err(vm.value_error("number of bits must be non-negative"));
    }
    let mut bits = k as u32;
    if bits == 0 {
        return Ok(int::new(vm, 0));
    }
    if bits <= 32 {
        let word = next(vm, generator) >> (32 - bits);
        return Ok(int::from_u64(vm, u64::from(word)));
    }
    if bits as usize / 30 > int::DIGITS_MAX {
        return Err(vm.memory_error());
    }
    vm.check_steps(u64::from(bits) / 64)?;
    let mut bytes = Vec::with_capacity(bits as usize / 8 + 5);
    while bits > 0 {
        let word = next(vm, generator);
        bytes.extend((if bits < 32 { word >> (32 - bits) } else { word }).to_le_bytes());
        bits = bits.saturating_sub(32);
    }
    int::from_bytes_le(vm, &bytes, false)
}

/// `getstate()`: the words and the index, 625 ints.
fn getstate(vm: &mut Vm, generator: Addr, _: Args) -> PyResult<Own> {
    let mut words = state(vm, generator).to_vec();
    words.push(vm.heap.space.half(generator.at(INDEX)));
    let words = words
        .into_iter()
        .map(|word| int::from_u64(vm, u64::from(word)))
        .collect();
    Ok(tuple::from_owned(vm, words))
}

/// `setstate(state)`
fn setstate(vm: &mut Vm, generator: Addr, args: Args) -> PyResult<Own> {
    let given = args.get(vm, 0);
    if !tuple::check(vm, given) {
        return Err(vm.type_error("state vector must be a tuple"));
    }
    if tuple::len(vm, given) != N + 1 {
        return Err(vm.value_error("state vector is the wrong size"));
    }
    let mut words = Vec::with_capacity(N);
    for i in 0..N {
        let item = tuple::item(vm, given, i);
        words.push(unsigned_word(vm, item)? as u32);
    }
    let index = tuple::item(vm, given, N);
    let index = unsigned_word(vm, index)?;
    if index > N as u64 {
        return Err(vm.value_error("invalid state"));
    }
    state(vm, generator).copy_from_slice(&words);
    set_index(vm, generator, index as usize);
    Ok(vm.none())
}

fn unsigned_word(vm: &mut Vm, item: Addr) -> PyResult<u64> {
    if !int::check(vm, item) {
        return Err(vm.type_error("an integer is required"));
    }
    match int::as_u64(vm, item) {
        Some(word) => Ok(word),
        None if int::is_negative(vm, item) => {
            Err(vm.overflow_error("can't convert negative value to unsigned int"))
        }
        None => Err(vm.overflow_error("Python int too large to convert to C unsigned long")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_of_a_seed() {
        let mut state = vec![0; N];
        init_by_array(&mut state, &[5]);
        assert_eq!(&state[..3], &[2147483648, 2796186638, 190942503]);
    }
}
