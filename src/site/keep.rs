//! Where what is costly to make is kept: a picture, the colours of a grammar, a font that was cut.
//!
//! A page asks for its shelf by a name, and for things on it by the hash of all that they are made of. What is not
//! there is made and put there. Who keeps the shelves, and where, is no matter of the site's.

/// What a thing is made of, in one number.
pub type Key = blake3::Hash;

/// Shelves by name. Pages are printed on several threads.
pub trait Shelves: Sync {
    /// Takes the shelf of a name. `kind` tells whose names these are: `draw`, `font`.
    fn shelf(&self, kind: &'static str, name: &str) -> Box<dyn Shelf + '_>;
}

/// Things by their keys. Dropping it puts it back; what was neither asked for nor put there since it was taken is then
/// thrown away.
pub trait Shelf: Sync {
    /// What is kept under a key.
    fn get(&self, key: Key) -> Option<Vec<u8>>;

    /// Keeps something.
    fn put(&self, key: Key, bytes: Vec<u8>);
}

/// Shelves that keep nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoShelves;

impl Shelves for NoShelves {
    fn shelf(&self, _kind: &'static str, _name: &str) -> Box<dyn Shelf + '_> {
        Box::new(NoShelves)
    }
}

impl Shelf for NoShelves {
    fn get(&self, _key: Key) -> Option<Vec<u8>> {
        None
    }

    fn put(&self, _key: Key, _bytes: Vec<u8>) {}
}

/// The key of something that this program makes of some parts. A program of another build makes other things.
///
/// Where a part ends matters: `["ab", "c"]` is not `["a", "bc"]`.
pub fn key(kind: &str, parts: &[&[u8]]) -> Key {
    let mut hasher = blake3::Hasher::new();
    for part in [env!("GIEOK_IDENTITY").as_bytes(), kind.as_bytes()]
        .iter()
        .chain(parts)
    {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_and_its_length_counts() {
        let keys = [
            key("draw", &[b"ab", b"c"]),
            key("draw", &[b"a", b"bc"]),
            key("draw", &[b"abc"]),
            key("draw", &[b"abc", b""]),
            key("run", &[b"abc"]),
        ];
        for (place, one) in keys.iter().enumerate() {
            assert_eq!(keys.iter().position(|other| other == one), Some(place));
        }
    }
}
