//! Hash functions that run: what has been fed to them. The functions are those of the RustCrypto project.

use sha3::digest::{ExtendableOutput, XofReader};

/// Declares the functions with a digest of fixed length.
macro_rules! fixed {
    ($($variant:ident $hash:ty, $name:literal, $block:literal;)*) => {
        /// A hash function and what it was fed.
        #[derive(Clone)]
        pub enum State {
            $(#[doc = $name] $variant($hash),)*
            /// `shake_128`
            Shake128(sha3::Shake128),
            /// `shake_256`
            Shake256(sha3::Shake256),
        }

        impl State {
            /// A function by its name, in any case of letters.
            pub fn named(name: &str) -> Option<State> {
                use sha2::Digest;
                match name.to_ascii_lowercase().as_str() {
                    $($name => Some(State::$variant(<$hash>::new())),)*
                    "shake_128" => Some(State::Shake128(Default::default())),
                    "shake_256" => Some(State::Shake256(Default::default())),
                    _ => None,
                }
            }

            /// Its name.
            pub fn name(&self) -> &'static str {
                match self {
                    $(State::$variant(_) => $name,)*
                    State::Shake128(_) => "shake_128",
                    State::Shake256(_) => "shake_256",
                }
            }

            /// Bytes of a digest; 0 for those of any length.
            pub fn digest_size(&self) -> usize {
                use sha2::Digest;
                match self {
                    $(State::$variant(_) => <$hash>::output_size(),)*
                    State::Shake128(_) | State::Shake256(_) => 0,
                }
            }

            /// Bytes that it takes at a time.
            pub fn block_size(&self) -> usize {
                match self {
                    $(State::$variant(_) => $block,)*
                    State::Shake128(_) => 168,
                    State::Shake256(_) => 136,
                }
            }

            /// Feeds it.
            pub fn update(&mut self, data: &[u8]) {
                use sha3::digest::Update;
                match self {
                    $(State::$variant(hash) => Update::update(hash, data),)*
                    State::Shake128(hash) => Update::update(hash, data),
                    State::Shake256(hash) => Update::update(hash, data),
                }
            }

            /// The digest of all that it was fed, `len` bytes where the length is free.
            pub fn digest(&self, len: usize) -> Vec<u8> {
                use sha2::Digest;
                match self.clone() {
                    $(State::$variant(hash) => hash.finalize().to_vec(),)*
                    State::Shake128(hash) => squeeze(hash.finalize_xof(), len),
                    State::Shake256(hash) => squeeze(hash.finalize_xof(), len),
                }
            }
        }

        /// The names of the functions.
        pub const NAMES: &[&str] = &[$($name,)* "shake_128", "shake_256"];
    };
}

fixed! {
    Md5 md5::Md5, "md5", 64;
    Sha1 sha1::Sha1, "sha1", 64;
    Sha224 sha2::Sha224, "sha224", 64;
    Sha256 sha2::Sha256, "sha256", 64;
    Sha384 sha2::Sha384, "sha384", 128;
    Sha512 sha2::Sha512, "sha512", 128;
    Sha512Of224 sha2::Sha512_224, "sha512_224", 128;
    Sha512Of256 sha2::Sha512_256, "sha512_256", 128;
    Sha3Of224 sha3::Sha3_224, "sha3_224", 144;
    Sha3Of256 sha3::Sha3_256, "sha3_256", 136;
    Sha3Of384 sha3::Sha3_384, "sha3_384", 104;
    Sha3Of512 sha3::Sha3_512, "sha3_512", 72;
}

fn squeeze(mut reader: impl XofReader, len: usize) -> Vec<u8> {
    let mut output = vec![0; len];
    reader.read(&mut output);
    output
}

/// The keyed digest of a message: RFC 2104.
pub fn hmac(state: &State, key: &[u8], message: &[u8]) -> Vec<u8> {
    let (mut inner, mut outer) = keyed(state, key);
    inner.update(message);
    outer.update(&inner.digest(0));
    outer.digest(0)
}

/// The inner and the outer function, fed with the padded key.
fn keyed(state: &State, key: &[u8]) -> (State, State) {
    let mut block = if key.len() > state.block_size() {
        let mut short = state.clone();
        short.update(key);
        short.digest(0)
    } else {
        key.to_vec()
    };
    block.resize(state.block_size(), 0);
    let with = |pad: u8| {
        let mut state = state.clone();
        state.update(&block.iter().map(|byte| byte ^ pad).collect::<Vec<_>>());
        state
    };
    (with(0x36), with(0x5C))
}

/// A key made of a password: RFC 8018, PBKDF2.
pub fn pbkdf2(state: &State, password: &[u8], salt: &[u8], rounds: u64, len: usize) -> Vec<u8> {
    let (inner, outer) = keyed(state, password);
    let mac = |message: &[u8]| {
        let (mut inner, mut outer) = (inner.clone(), outer.clone());
        inner.update(message);
        outer.update(&inner.digest(0));
        outer.digest(0)
    };
    let mut key = Vec::with_capacity(len);
    for number in 1u32.. {
        if key.len() >= len {
            break;
        }
        let mut block = mac(&[salt, &number.to_be_bytes()].concat());
        let mut sum = block.clone();
        for _ in 1..rounds {
            block = mac(&block);
            sum.iter_mut()
                .zip(&block)
                .for_each(|(sum, byte)| *sum ^= byte);
        }
        key.extend(sum);
    }
    key.truncate(len);
    key
}
