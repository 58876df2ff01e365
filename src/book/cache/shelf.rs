//! A shelf: things by their keys, in one file.
//!
//! ```text
//! gieok shelf 1\n
//! blake3 of all that follows                    32 bytes
//! key, length (u32, little-endian), bytes       as often as there are things
//! ```
//!
//! A file whose hash is wrong (a build was killed, two wrote at once, somebody edited it) is an empty shelf: what was
//! on it is made again. So nothing needs a lock or a second name.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::site::keep;

const HEAD: &[u8] = b"gieok shelf 1\n";
const HASH: usize = 32;

/// Things by their keys.
pub type Things = BTreeMap<[u8; HASH], Arc<[u8]>>;

/// A shelf that somebody has taken.
pub struct Shelf<'a> {
    state: Mutex<State>,
    back: Box<dyn Fn(Things) + Sync + Send + 'a>,
}

struct State {
    known: Things,
    used: Things,
    /// Something was put here that was not here.
    is_new: bool,
}

impl<'a> Shelf<'a> {
    /// A shelf with things on it. `back` gets what is on it at the end, if that is not what was there.
    pub fn new(known: Things, back: impl Fn(Things) + Sync + Send + 'a) -> Shelf<'a> {
        Shelf {
            state: Mutex::new(State {
                known,
                used: Things::new(),
                is_new: false,
            }),
            back: Box::new(back),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl keep::Shelf for Shelf<'_> {
    fn get(&self, key: keep::Key) -> Option<Vec<u8>> {
        let state = &mut *self.state();
        let found = state.known.get(key.as_bytes())?;
        state.used.insert(*key.as_bytes(), Arc::clone(found));
        Some(found.to_vec())
    }

    fn put(&self, key: keep::Key, bytes: Vec<u8>) {
        let state = &mut *self.state();
        state.is_new = true;
        state.used.insert(*key.as_bytes(), bytes.into());
    }
}

impl Drop for Shelf<'_> {
    fn drop(&mut self) {
        let state = &mut *self.state();
        if state.is_new || state.used.len() < state.known.len() {
            (self.back)(std::mem::take(&mut state.used));
        }
    }
}

/// The things in a file; none if it is not whole.
pub fn read(file: &Path) -> Things {
    std::fs::read(file)
        .ok()
        .and_then(|bytes| things(&bytes))
        .unwrap_or_default()
}

fn things(bytes: &[u8]) -> Option<Things> {
    let (hash, mut rest) = bytes.strip_prefix(HEAD)?.split_first_chunk::<HASH>()?;
    if blake3::hash(rest).as_bytes() != hash {
        return None;
    }
    let mut things = Things::new();
    while let Some((key, after)) = rest.split_first_chunk::<HASH>() {
        let (length, after) = after.split_first_chunk()?;
        let (thing, after) = after.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        things.insert(*key, thing.into());
        rest = after;
    }
    rest.is_empty().then_some(things)
}

/// Writes things to a file; no file where there are none. That it cannot be written is no mistake: then nothing is kept.
pub fn write(file: &Path, things: &Things) {
    let mut bytes =
        Vec::with_capacity(64 + things.values().map(|thing| thing.len() + 36).sum::<usize>());
    bytes.extend_from_slice(HEAD);
    bytes.extend_from_slice(&[0; HASH]);
    for (key, thing) in things {
        // Nothing that large is worth keeping.
        let Ok(length) = u32::try_from(thing.len()) else {
            continue;
        };
        bytes.extend_from_slice(key);
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(thing);
    }
    let from = HEAD.len() + HASH;
    let hash = blake3::hash(bytes.get(from..).unwrap_or_default());
    if let Some(place) = bytes.get_mut(HEAD.len()..from) {
        place.copy_from_slice(hash.as_bytes());
    }
    let written = match things.is_empty() {
        true => std::fs::remove_file(file),
        false => std::fs::write(file, bytes),
    };
    let _ = written;
}

/// How many bytes the file of a shelf has, with one thing on it of so many bytes.
pub fn length_with_one(bytes: usize) -> u64 {
    (HEAD.len() + 2 * HASH + size_of::<u32>() + bytes) as u64
}

/// The file of a shelf within a folder. Names may be of any length and hold any letter.
pub fn file(folder: &Path, name: &str) -> PathBuf {
    let hash = blake3::hash(name.as_bytes()).to_hex();
    folder.join(hash.as_str().get(..32).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::keep::{Shelf as _, key};

    fn filled() -> Things {
        let thing = |number: u8| {
            (
                *key("test", &[&[number]]).as_bytes(),
                vec![number; 40].into(),
            )
        };
        (1..=3).map(thing).collect()
    }

    #[test]
    fn a_damaged_file_is_an_empty_shelf() {
        let folder = std::env::temp_dir().join(format!("gieok-shelf-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("the temporary folder can be written");
        let file = file(&folder, "ko/글");
        let one: Things = filled().into_iter().take(1).collect();
        write(&file, &one);
        let length = file.metadata().expect("it was written").len();
        assert_eq!(length, length_with_one(40));
        write(&file, &filled());
        assert_eq!(read(&file), filled());
        let whole = std::fs::read(&file).expect("it was written");
        for length in 0..whole.len() {
            std::fs::write(&file, &whole[..length]).expect("it can be written");
            assert_eq!(read(&file), Things::new(), "cut at {length}");
        }
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x20;
            std::fs::write(&file, &damaged).expect("it can be written");
            assert_eq!(read(&file), Things::new(), "damaged at {at}");
        }
        std::fs::remove_dir_all(&folder).expect("it is there");
    }

    #[test]
    fn what_nobody_asks_for_is_thrown_away() {
        let back = Mutex::new(None);
        let shelf = |known| Shelf::new(known, |things| *back.lock().unwrap() = Some(things));
        let (one, four) = (key("test", &[&[1]]), key("test", &[&[4]]));
        let shelf_of_three = shelf(filled());
        assert_eq!(shelf_of_three.get(one), Some(vec![1; 40]));
        assert_eq!(shelf_of_three.get(four), None);
        shelf_of_three.put(four, vec![4]);
        drop(shelf_of_three);
        let kept = back.lock().unwrap().take().expect("it changed");
        assert_eq!(kept.len(), 2);
        let same = shelf(kept);
        assert!(same.get(one).is_some() && same.get(four).is_some());
        drop(same);
        assert!(
            back.lock().unwrap().is_none(),
            "nothing is written where nothing changed"
        );
    }
}
