//! `_hashlib`: hash functions. CPython: Modules/_hashopenssl.c, which asks OpenSSL.
//!
//! ```text
//! HASH   16 the number of its state in `vm.digests`   24 unused
//! ```

mod state;

use super::{NativeModule, add};
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    GetSet, Method, NONE, Slots, TypeSpec, alloc, buffer, bytes, flags, int, object, set, str,
    types,
};
use crate::python::vm::{Args, PyResult, Vm};
pub use state::State;

const NUMBER: u64 = 16;

/// The states of living hash objects, by number.
pub type Digests = Vec<Option<Box<State>>>;

macro_rules! constructors {
    ($($function:literal $name:literal),*) => {
        &[
            $(Method::new($function, "(string=b'', *, usedforsecurity=True)", |vm, _, args| {
                new_hash(vm, $name, args.opt(vm, 0))
            }),)*
            Method::new("new", "(name, string=b'', *, usedforsecurity=True)", new),
            Method::new("compare_digest", "(a, b, /)", |vm, _, args| {
                let operator = vm.import_module("_operator")?;
                let compare = vm.get_attr_name(operator.addr(), "_compare_digest")?;
                vm.decref(operator);
                let result = vm.call(compare.addr(), &args.to_vec(vm));
                vm.decref(compare);
                result
            }),
            Method::new("hmac_digest", "(key, msg, digest)", hmac_digest),
            Method::new("hmac_new", "(key, msg=b'', digestmod=None)", |vm, _, _| {
                // `hmac` has its own way for what is not done here.
                Err(unsupported(vm, "no keyed hash"))
            }),
            Method::new(
                "pbkdf2_hmac",
                "(hash_name, password, salt, iterations, dklen=None)",
                pbkdf2_hmac,
            ),
            Method::new("get_fips_mode", "()", |vm, _, _| Ok(int::new(vm, 0))),
        ]
    };
}

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "_hashlib",
    methods: constructors!(
        "openssl_md5" "md5", "openssl_sha1" "sha1", "openssl_sha224" "sha224", "openssl_sha256" "sha256",
        "openssl_sha384" "sha384", "openssl_sha512" "sha512", "openssl_sha3_224" "sha3_224",
        "openssl_sha3_256" "sha3_256", "openssl_sha3_384" "sha3_384", "openssl_sha3_512" "sha3_512",
        "openssl_shake_128" "shake_128", "openssl_shake_256" "shake_256"
    ),
    types: &[types::HASH, types::HASH_XOF],
    init: |vm, module| {
        let names = state::NAMES.iter().chain(&["blake2b", "blake2s"]);
        let names: Vec<Own> = names.map(|name| str::new(vm, name)).collect();
        let words: Vec<Addr> = names.iter().map(Own::addr).collect();
        let known = set::new_frozenset(vm, &words)?;
        for name in names {
            vm.decref(name);
        }
        add(vm, module, "openssl_md_meth_names", known);
        let error = super::new_exception(
            vm,
            "_hashlib",
            "UnsupportedDigestmodError",
            types::VALUE_ERROR,
        )?;
        add(vm, module, "UnsupportedDigestmodError", error);
        Ok(())
    },
};

const GETSET: &[GetSet] = &[
    GetSet::read("digest_size", |vm, hash| {
        let size = state_of(vm, hash).map_or(0, State::digest_size);
        Ok(int::from_usize(vm, size))
    }),
    GetSet::read("block_size", |vm, hash| {
        let size = state_of(vm, hash).map_or(0, State::block_size);
        Ok(int::from_usize(vm, size))
    }),
    GetSet::read("name", |vm, hash| {
        let name = state_of(vm, hash).map_or("", State::name);
        Ok(str::new(vm, name))
    }),
];

const fn spec(address: Addr, name: &'static str) -> TypeSpec {
    TypeSpec {
        basicsize: 32,
        flags: flags::DISALLOW_INSTANTIATION | flags::NATIVE_HEAP,
        slots: fill,
        getset: GETSET,
        ..TypeSpec::new(address, name)
    }
}

/// `_hashlib.HASH`
pub static SPEC: TypeSpec = TypeSpec {
    methods: &[
        Method::new("update", "(obj, /)", update),
        Method::new("digest", "()", |vm, hash, _| {
            let digest = digest_of(vm, hash, 0);
            bytes::try_new(vm, &digest)
        }),
        Method::new("hexdigest", "()", |vm, hash, _| {
            let digest = digest_of(vm, hash, 0);
            Ok(hex(vm, &digest))
        }),
        Method::new("copy", "()", copy),
    ],
    flags: flags::NATIVE_HEAP | flags::DISALLOW_INSTANTIATION | flags::BASETYPE,
    ..spec(types::HASH, "_hashlib.HASH")
};

/// `_hashlib.HASHXOF`: digests of any length.
pub static XOF_SPEC: TypeSpec = TypeSpec {
    base: types::HASH,
    methods: &[
        Method::new("digest", "(length)", |vm, hash, args| {
            let len = length(vm, args)?;
            let digest = digest_of(vm, hash, len);
            bytes::try_new(vm, &digest)
        }),
        Method::new("hexdigest", "(length)", |vm, hash, args| {
            let len = length(vm, args)?;
            let digest = digest_of(vm, hash, len);
            Ok(hex(vm, &digest))
        }),
    ],
    ..spec(types::HASH_XOF, "_hashlib.HASHXOF")
};

fn fill(slots: &mut Slots) {
    slots.dealloc = Some(|vm, hash| {
        let number = vm.word(hash, NUMBER) as usize;
        if let Some(state) = vm.digests.get_mut(number) {
            *state = None;
        }
        alloc::free(vm, hash);
    });
    slots.repr = Some(|vm, hash| {
        let name = state_of(vm, hash).map_or("", State::name);
        let class = vm.tp_name(hash);
        Ok(str::new(
            vm,
            &format!("<{name} {class} object @ {:#x}>", hash.0),
        ))
    });
}

fn state_of(vm: &Vm, hash: Addr) -> Option<&State> {
    let number = vm.word(hash, NUMBER) as usize;
    vm.digests.get(number).and_then(|state| state.as_deref())
}

fn digest_of(vm: &Vm, hash: Addr, len: usize) -> Vec<u8> {
    state_of(vm, hash).map_or_else(Vec::new, |state| state.digest(len))
}

/// Bytes as hexadecimal digits.
pub fn hex(vm: &mut Vm, digest: &[u8]) -> Own {
    let text: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    str::new(vm, &text)
}

fn length(vm: &mut Vm, args: Args) -> PyResult<usize> {
    let len = vm.index_value(args.get(vm, 0), types::OVERFLOW_ERROR)?;
    match usize::try_from(len) {
        Ok(len) if len < 1 << 29 => Ok(len),
        _ => Err(vm.value_error("value must be positive")),
    }
}

/// The bytes to be hashed.
///
/// # Errors
/// `TypeError` for text, and for what has no bytes.
pub fn data(vm: &mut Vm, given: Addr) -> PyResult<Vec<u8>> {
    if str::check(vm, given) {
        return Err(vm.type_error("Strings must be encoded before hashing"));
    }
    if !buffer::is_buffer(vm, given) {
        return Err(vm.type_error("object supporting the buffer API required"));
    }
    let content = buffer::content(vm, given)?;
    vm.check_steps(content.len() as u64 / 64)?;
    Ok(content)
}

fn new_hash(vm: &mut Vm, name: &str, given: Option<Addr>) -> PyResult<Own> {
    let Some(mut state) = State::named(name) else {
        return Err(vm.value_error(format!("unsupported hash type {name}")));
    };
    if let Some(given) = given {
        let content = data(vm, given)?;
        state.update(&content);
    }
    of_state(vm, state)
}

fn of_state(vm: &mut Vm, state: State) -> PyResult<Own> {
    let class = match state.digest_size() {
        0 => types::HASH_XOF,
        _ => types::HASH,
    };
    let made = object::generic_alloc(vm, class, 0)?;
    let free = vm.digests.iter().position(Option::is_none);
    let number = free.unwrap_or(vm.digests.len());
    match vm.digests.get_mut(number) {
        Some(place) => *place = Some(Box::new(state)),
        None => vm.digests.push(Some(Box::new(state))),
    }
    vm.set_word(made.addr(), NUMBER, number as u64);
    Ok(made)
}

fn update(vm: &mut Vm, hash: Addr, args: Args) -> PyResult<Own> {
    let content = data(vm, args.get(vm, 0))?;
    let number = vm.word(hash, NUMBER) as usize;
    if let Some(Some(state)) = vm.digests.get_mut(number) {
        state.update(&content);
    }
    Ok(vm.none())
}

fn copy(vm: &mut Vm, hash: Addr, _: Args) -> PyResult<Own> {
    let Some(state) = state_of(vm, hash).cloned() else {
        return Err(vm.value_error("no state"));
    };
    of_state(vm, state)
}

fn new(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let name = args.get(vm, 0);
    if !str::check(vm, name) {
        return Err(vm.type_error("name must be a string"));
    }
    let name = str::to_rust(vm, name);
    new_hash(vm, &name, args.opt(vm, 1))
}

#[cold]
fn unsupported(vm: &mut Vm, message: &str) -> crate::python::vm::Raised {
    vm.module_error("_hashlib", "UnsupportedDigestmodError", message)
}

/// A function with digests of fixed length, by name.
fn fixed(vm: &mut Vm, name: Addr) -> PyResult<State> {
    let text = match str::check(vm, name) {
        true => str::to_rust(vm, name),
        false => String::new(),
    };
    match State::named(&text).filter(|state| state.digest_size() > 0) {
        Some(state) => Ok(state),
        None => Err(unsupported(vm, &format!("Unsupported digestmod {text}"))),
    }
}

fn hmac_digest(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let state = fixed(vm, args.get(vm, 2))?;
    let key = buffer::content(vm, args.get(vm, 0))?;
    let message = buffer::content(vm, args.get(vm, 1))?;
    let digest = state::hmac(&state, &key, &message);
    bytes::try_new(vm, &digest)
}

fn pbkdf2_hmac(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let state = fixed(vm, args.get(vm, 0))?;
    let password = buffer::content(vm, args.get(vm, 1))?;
    let salt = buffer::content(vm, args.get(vm, 2))?;
    let rounds = vm.index_value(args.get(vm, 3), types::OVERFLOW_ERROR)?;
    if rounds < 1 {
        return Err(vm.value_error("iteration value must be greater than 0."));
    }
    let len = match args.opt(vm, 4) {
        None | Some(NONE) => state.digest_size() as i64,
        Some(len) => vm.index_value(len, types::OVERFLOW_ERROR)? as i64,
    };
    if !(1..1 << 29).contains(&len) {
        return Err(vm.value_error("key length must be greater than 0."));
    }
    let blocks = (len as u64).div_ceil(state.digest_size() as u64);
    vm.check_steps((rounds as u64).saturating_mul(blocks))?;
    let key = state::pbkdf2(&state, &password, &salt, rounds as u64, len as usize);
    bytes::try_new(vm, &key)
}
