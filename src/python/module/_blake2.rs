//! `_blake2`: BLAKE2b and BLAKE2s with all their parameters. CPython: Modules/blake2module.c.
//!
//! ```text
//! blake2b, blake2s   16 the number of its state in `vm.blake2`   … the size of CPython's structure
//! ```

use super::_hashlib::{data, hex};
use super::{NativeModule, add_int, int_argument};
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    GetSet, Method, Slots, TypeSpec, alloc, buffer, bytes, dict, flags, int, object, str, types,
};
use crate::python::vm::{Args, PyResult, Vm};

const NUMBER: u64 = 16;
const SIGNATURE: &str = "(data=b'', /, *, digest_size=64, key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0, node_offset=0, node_depth=0, inner_size=0, last_node=False, usedforsecurity=True)";

/// The states of living objects, by number.
pub type States = Vec<Option<Box<State>>>;

/// What a function was fed, and the length of its digest.
#[derive(Clone)]
pub enum State {
    /// BLAKE2b
    B(blake2b_simd::State, usize),
    /// BLAKE2s
    S(blake2s_simd::State, usize),
}

impl State {
    fn update(&mut self, content: &[u8]) {
        match self {
            State::B(state, _) => {
                state.update(content);
            }
            State::S(state, _) => {
                state.update(content);
            }
        }
    }

    fn digest(&self) -> Vec<u8> {
        match self {
            State::B(state, _) => state.finalize().as_bytes().to_vec(),
            State::S(state, _) => state.finalize().as_bytes().to_vec(),
        }
    }

    fn digest_size(&self) -> usize {
        match self {
            State::B(_, len) | State::S(_, len) => *len,
        }
    }
}

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "_blake2",
    methods: &[],
    types: &[types::BLAKE2B, types::BLAKE2S],
    init: |vm, module| {
        for (class, short, wide) in [
            (types::BLAKE2B, "BLAKE2B", 1),
            (types::BLAKE2S, "BLAKE2S", 2),
        ] {
            let names = [
                "SALT_SIZE",
                "PERSON_SIZE",
                "MAX_KEY_SIZE",
                "MAX_DIGEST_SIZE",
            ];
            for (name, size) in names.into_iter().zip([16, 16, 64, 64]) {
                add_int(vm, module, &format!("{short}_{name}"), size / wide);
                let namespace = vm.field(class, crate::python::vm::typedata::TP_DICT);
                let value = int::new(vm, size / wide);
                dict::set_name(vm, namespace, name, value);
            }
            vm.type_modified(class);
        }
        Ok(())
    },
};

const METHODS: &[Method] = &[
    Method::new("update", "(data, /)", |vm, hash, args| {
        let content = data(vm, args.get(vm, 0))?;
        let number = vm.word(hash, NUMBER) as usize;
        if let Some(Some(state)) = vm.blake2.get_mut(number) {
            state.update(&content);
        }
        Ok(vm.none())
    }),
    Method::new("digest", "()", |vm, hash, _| {
        let digest = digest_of(vm, hash);
        bytes::try_new(vm, &digest)
    }),
    Method::new("hexdigest", "()", |vm, hash, _| {
        let digest = digest_of(vm, hash);
        Ok(hex(vm, &digest))
    }),
    Method::new("copy", "()", |vm, hash, _| {
        let class = vm.type_of(hash);
        match state_of(vm, hash).cloned() {
            Some(state) => of_state(vm, class, state),
            None => Err(vm.value_error("no state")),
        }
    }),
];

const GETSET: &[GetSet] = &[
    GetSet::read("name", |vm, hash| {
        let name = match vm.type_check(hash, types::BLAKE2B) {
            true => "blake2b",
            false => "blake2s",
        };
        Ok(str::new(vm, name))
    }),
    GetSet::read("block_size", |vm, hash| {
        let size = match vm.type_check(hash, types::BLAKE2B) {
            true => 128,
            false => 64,
        };
        Ok(int::new(vm, size))
    }),
    GetSet::read("digest_size", |vm, hash| {
        let size = state_of(vm, hash).map_or(0, State::digest_size);
        Ok(int::from_usize(vm, size))
    }),
];

const fn spec(address: Addr, name: &'static str, basicsize: u32) -> TypeSpec {
    TypeSpec {
        basicsize,
        flags: flags::BASETYPE | flags::NATIVE_HEAP,
        slots: fill,
        methods: METHODS,
        getset: GETSET,
        ..TypeSpec::new(address, name)
    }
}

/// `_blake2.blake2b`
pub static B_SPEC: TypeSpec = spec(types::BLAKE2B, "_blake2.blake2b", 440);
/// `_blake2.blake2s`
pub static S_SPEC: TypeSpec = spec(types::BLAKE2S, "_blake2.blake2s", 256);

fn fill(slots: &mut Slots) {
    slots.dealloc = Some(|vm, hash| {
        let number = vm.word(hash, NUMBER) as usize;
        if let Some(state) = vm.blake2.get_mut(number) {
            *state = None;
        }
        alloc::free(vm, hash);
    });
    slots.new = Some(new);
    slots.init = Some(|_, _, _| Ok(()));
}

fn state_of(vm: &Vm, hash: Addr) -> Option<&State> {
    let number = vm.word(hash, NUMBER) as usize;
    vm.blake2.get(number).and_then(|state| state.as_deref())
}

fn digest_of(vm: &Vm, hash: Addr) -> Vec<u8> {
    state_of(vm, hash).map_or_else(Vec::new, State::digest)
}

fn of_state(vm: &mut Vm, class: Addr, state: State) -> PyResult<Own> {
    let made = object::generic_alloc(vm, class, 0)?;
    let free = vm.blake2.iter().position(Option::is_none);
    let number = free.unwrap_or(vm.blake2.len());
    match vm.blake2.get_mut(number) {
        Some(place) => *place = Some(Box::new(state)),
        None => vm.blake2.push(Some(Box::new(state))),
    }
    vm.set_word(made.addr(), NUMBER, number as u64);
    Ok(made)
}

/// A number among the parameters, in its range.
fn number(vm: &mut Vm, given: Addr, default: u64, range: (u64, u64), what: &str) -> PyResult<u64> {
    if given.is_null() {
        return Ok(default);
    }
    let value = vm.index(given)?;
    let wanted = int::as_u64(vm, value.addr());
    vm.decref(value);
    match wanted {
        Some(value) if (range.0..=range.1).contains(&value) => Ok(value),
        _ => Err(vm.value_error(what)),
    }
}

/// Bytes among the parameters, of a length at most.
fn part(vm: &mut Vm, given: Addr, len_max: usize, what: &str) -> PyResult<Vec<u8>> {
    if given.is_null() {
        return Ok(Vec::new());
    }
    let content = buffer::content(vm, given)?;
    if content.len() > len_max {
        return Err(vm.value_error(format!("maximum {what} length is {len_max} bytes")));
    }
    Ok(content)
}

fn new(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let is_b = vm.is_subtype(class, types::BLAKE2B);
    let (name, wide) = if is_b {
        ("blake2b", 64)
    } else {
        ("blake2s", 32)
    };
    let given: [Addr; 13] = args.bind(vm, name, SIGNATURE)?;
    let [
        first,
        size,
        key,
        salt,
        person,
        fanout,
        depth,
        leaf,
        offset,
        node_depth,
        inner,
        last,
        _,
    ] = given;
    let text = format!("digest_size must be between 1 and {wide} bytes");
    let size = match size.some() {
        None => wide,
        Some(size) => match int_argument(vm, size)? {
            size if (1..=wide as i32).contains(&size) => size as usize,
            _ => return Err(vm.value_error(text)),
        },
    };
    let key = part(vm, key, wide, "key")?;
    let salt = part(vm, salt, wide / 4, "salt")?;
    let person = part(vm, person, wide / 4, "person")?;
    let fanout = number(vm, fanout, 1, (0, 255), "fanout must be between 0 and 255")? as u8;
    let depth = number(vm, depth, 1, (1, 255), "depth must be between 1 and 255")? as u8;
    let leaf = number(
        vm,
        leaf,
        0,
        (0, u64::from(u32::MAX)),
        "leaf_size is too large",
    )? as u32;
    let offset_max = if is_b { u64::MAX } else { (1 << 48) - 1 };
    let offset = number(vm, offset, 0, (0, offset_max), "node_offset is too large")?;
    let text = "node_depth must be between 0 and 255";
    let node_depth = number(vm, node_depth, 0, (0, 255), text)? as u8;
    let text = format!("inner_size must be between 0 and is {wide}");
    let inner = number(vm, inner, 0, (0, wide as u64), &text)? as usize;
    let last = match last.some() {
        Some(last) => vm.is_true(last)?,
        None => false,
    };
    macro_rules! state {
        ($($params:tt)*) => {
            $($params)*::new()
                .hash_length(size)
                .key(&key)
                .salt(&salt)
                .personal(&person)
                .fanout(fanout)
                .max_depth(depth)
                .max_leaf_length(leaf)
                .node_offset(offset)
                .node_depth(node_depth)
                .inner_hash_length(inner)
                .last_node(last)
                .to_state()
        };
    }
    let mut state = match is_b {
        true => State::B(state!(blake2b_simd::Params), size),
        false => State::S(state!(blake2s_simd::Params), size),
    };
    if let Some(first) = first.some() {
        let content = data(vm, first)?;
        state.update(&content);
    }
    of_state(vm, class, state)
}
