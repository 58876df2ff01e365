//! What is kept from one build to the next, in a folder that may be deleted at any time.
//!
//! ```text
//! .gieok/cache/
//!   .gitignore  CACHEDIR.TAG   nobody commits it, backups leave it out
//!   run/…                      a shelf for each post: what its blocks did
//!   draw/…                     a shelf for each post: its diagrams, and the colours of its code
//!   font/…  card/…             a shelf for each face of the site, and for the picture of each post
//!   set/…  text/…              two shelves for each post: what other pages need of it, and its text
//!   site/…                     for each output folder: what it was made of, and its files
//! ```
//!
//! Everything is found by the hash of all that it is made of (see [`key`](crate::site::keep::key)), so nothing in it
//! can be out of date. A shelf holds what the last build of its post asked for, and shelves that the last whole build
//! did not ask for are removed: the cache grows no larger than what one build needs.

mod kept;
mod shelf;

pub use kept::Kept;

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use crate::site::keep::{self, NoShelves, Shelves};
use shelf::{Shelf, Things};

/// The folder of the cache, within the book's.
const FOLDER: &str = ".gieok/cache";

/// The kinds of shelves that pages are made from.
pub const KINDS: [&str; 6] = ["card", "draw", "font", "run", "set", "text"];

/// The kind of shelves that say what was done.
pub const RECORD: &str = "site";

/// So many are kept: a book is built into few folders.
const RECORDS_MAX: usize = 8;

/// What is kept from one build to the next.
#[derive(Debug, Default)]
pub struct Cache {
    /// The folder; `None` where nothing is kept on disk.
    folder: Option<PathBuf>,
    /// Whether the folder could be made; nothing is written before that is known.
    prepared: OnceLock<bool>,
    /// What is kept in memory as well, by kind and name; `None` where a process builds once.
    memory: Option<Mutex<HashMap<(&'static str, String), Things>>>,
    /// What was asked for since the last time that the rest was removed.
    taken: Mutex<BTreeSet<PathBuf>>,
    /// A shelf had not what it seemed to have.
    is_repaired: AtomicBool,
}

impl Cache {
    /// Keeps nothing.
    pub const fn none() -> Cache {
        Cache {
            folder: None,
            prepared: OnceLock::new(),
            memory: None,
            taken: Mutex::new(BTreeSet::new()),
            is_repaired: AtomicBool::new(false),
        }
    }

    /// Keeps things in memory, for a process that builds again and again.
    pub fn in_memory() -> Cache {
        Cache {
            memory: Some(Mutex::default()),
            ..Cache::default()
        }
    }

    /// Keeps things on disk, below a book's folder. Where that cannot be written nothing is kept, and nothing is wrong.
    #[must_use]
    pub fn on_disk(self, book: &Path) -> Cache {
        Cache {
            folder: Some(book.join(FOLDER)),
            ..self
        }
    }

    /// Says whether nothing is kept.
    pub fn is_forgetful(&self) -> bool {
        self.folder.is_none() && self.memory.is_none()
    }

    /// Takes a shelf and puts it back as it is.
    pub fn leave(&self, kind: &str, name: &str) {
        if let Some(file) = self.file(kind, name) {
            lock(&self.taken).insert(file);
        }
    }

    /// Says whether a shelf has nothing but one thing of so many bytes, as far as that can be seen from outside.
    pub fn seems_to_have(&self, kind: &'static str, name: &str, bytes: usize) -> bool {
        let place = (kind, name.to_owned());
        let memory = self.memory.as_ref();
        if let Some(things) = memory.and_then(|memory| lock(memory).get(&place).cloned()) {
            return things.values().map(|thing| thing.len()).eq([bytes]);
        }
        let metadata = self.file(kind, name).and_then(|file| file.metadata().ok());
        metadata.is_some_and(|metadata| metadata.len() == shelf::length_with_one(bytes))
    }

    /// Empties a shelf that has not what it seemed to have.
    pub fn repair(&self, kind: &'static str, name: &str) {
        self.is_repaired.store(true, Ordering::Relaxed);
        if let Some(memory) = &self.memory {
            lock(memory).remove(&(kind, name.to_owned()));
        }
        if let Some(file) = self.file(kind, name) {
            let _ = std::fs::remove_file(file);
        }
    }

    /// Says, once, that a shelf was repaired.
    pub fn was_repaired(&self) -> bool {
        self.is_repaired.swap(false, Ordering::Relaxed)
    }

    /// Removes what nobody asked for since the last time: shelves of these kinds that belong to posts that are no more,
    /// and records of folders that nobody built lately.
    pub fn remove_unused(&self, kinds: &[&str]) {
        let taken = std::mem::take(&mut *lock(&self.taken));
        let Some(folder) = &self.folder else { return };
        let files = |kind: &str| {
            let files = std::fs::read_dir(folder.join(kind)).into_iter().flatten();
            files.flatten().map(|file| file.path())
        };
        for file in kinds.iter().flat_map(|kind| files(kind)) {
            if !taken.contains(&file) {
                let _ = std::fs::remove_file(file);
            }
        }
        let mut records: Vec<_> = files(RECORD)
            .filter_map(|file| Some((file.metadata().ok()?.modified().ok()?, file)))
            .collect();
        records.sort();
        let too_many = records.len().saturating_sub(RECORDS_MAX);
        for (_, file) in records.into_iter().take(too_many) {
            let _ = std::fs::remove_file(file);
        }
    }

    /// Makes the folder before the first thing is written.
    fn is_prepared(&self) -> bool {
        let folder = self.folder.as_deref();
        *self
            .prepared
            .get_or_init(|| folder.is_some_and(|folder| prepare(folder).is_ok()))
    }

    fn file(&self, kind: &str, name: &str) -> Option<PathBuf> {
        Some(shelf::file(&self.folder.as_ref()?.join(kind), name))
    }
}

impl Shelves for Cache {
    fn shelf(&self, kind: &'static str, name: &str) -> Box<dyn keep::Shelf + '_> {
        let file = self.file(kind, name);
        if self.is_forgetful() {
            return Box::new(NoShelves);
        }
        let place = (kind, name.to_owned());
        let remembered = self
            .memory
            .as_ref()
            .and_then(|memory| lock(memory).get(&place).cloned());
        let known = match (remembered, &file) {
            (Some(things), _) => things,
            (None, Some(file)) => shelf::read(file),
            (None, None) => Things::new(),
        };
        if let Some(file) = &file {
            lock(&self.taken).insert(file.clone());
        }
        if let Some(memory) = &self.memory {
            lock(memory)
                .entry(place.clone())
                .or_insert_with(|| known.clone());
        }
        Box::new(Shelf::new(known, move |things| {
            if let (Some(file), true) = (&file, self.is_prepared()) {
                shelf::write(file, &things);
            }
            if let Some(memory) = &self.memory {
                lock(memory).insert(place.clone(), things);
            }
        }))
    }
}

/// Makes the folder, and tells everybody else to leave it alone.
fn prepare(folder: &Path) -> std::io::Result<()> {
    for kind in KINDS.iter().chain([&RECORD]) {
        std::fs::create_dir_all(folder.join(kind))?;
    }
    let notes = [
        (".gitignore", "*\n"),
        // https://bford.info/cachedir/
        (
            "CACHEDIR.TAG",
            "Signature: 8a477f597d28d172789f06886806bc55\n# Made by gieok; may be deleted.\n",
        ),
    ];
    for (name, text) in notes {
        let file = folder.join(name);
        if !file.exists() {
            std::fs::write(file, text)?;
        }
    }
    Ok(())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
