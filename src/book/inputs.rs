//! What a site is made of: every file that a build reads, and the hash of what is in it.
//!
//! What is the same is known by its hash; a file is not read again for it where its [`Stamp`] proves that nobody wrote.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

use super::Error;
use super::stamp::{self, Stamp};
use super::threads::{all_in_parallel, in_parallel};

/// What a file of a book is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// `book.toml`.
    Settings,
    /// `i18n.lock`.
    Lock,
    /// A post.
    Post,
    /// A file beside the posts that goes into the site as it is.
    Beside,
    /// A file of `static/`.
    Static,
    /// A template of the book's own.
    Template,
}

/// What there is in the folder of a book.
#[derive(Debug, Default)]
pub struct Listing {
    /// Its files, each with its role, in the order of their names.
    pub files: Vec<(Role, PathBuf)>,
    /// What cannot be looked at.
    pub errors: Vec<Error>,
    /// The folders that were looked into, and what would have been looked at had it been there: as long as these are as
    /// they were, so is the listing.
    places: Vec<(PathBuf, Option<Stamp>)>,
}

impl Listing {
    /// The files of the book in a folder.
    pub fn of_book(root: &Path) -> Listing {
        let since = SystemTime::now();
        let mut listing = Listing::default();
        for (role, name) in [(Role::Settings, "book.toml"), (Role::Lock, "i18n.lock")] {
            let path = root.join(name);
            match path.is_file() {
                true => listing.files.push((role, path)),
                false => listing.places.push((path, None)),
            }
        }
        let content = root.join("content");
        for path in listing.walk(&content, since) {
            if is_markdown(&path) {
                listing.files.push((Role::Post, path));
            } else if !is_hidden(path.strip_prefix(&content).unwrap_or(&path)) {
                listing.files.push((Role::Beside, path));
            }
        }
        for path in listing.walk(&root.join("static"), since) {
            listing.files.push((Role::Static, path));
        }
        let templates = root.join("templates");
        let is_template = |path: &PathBuf| {
            path.parent() == Some(&templates)
                && path
                    .extension()
                    .is_some_and(|extension| extension == "html")
        };
        let mut found = listing.walk(&templates, since);
        found.retain(is_template);
        let found = found.into_iter().map(|path| (Role::Template, path));
        listing.files.extend(found);
        listing
    }

    /// All files below a folder.
    pub fn below(folder: &Path) -> Listing {
        let mut listing = Listing::default();
        let found = listing.walk(folder, SystemTime::now());
        listing.files = found.into_iter().map(|path| (Role::Beside, path)).collect();
        listing
    }

    /// The files below a folder in the order of their names; none if there is no such folder.
    fn walk(&mut self, folder: &Path, since: SystemTime) -> Vec<PathBuf> {
        let mut found = Vec::new();
        if !folder.is_dir() {
            self.places.push((folder.to_owned(), None));
            return found;
        }
        for file in WalkDir::new(folder).sort_by_file_name().follow_links(true) {
            match file {
                Ok(file) if file.file_type().is_file() => found.push(file.into_path()),
                Ok(file) if file.file_type().is_dir() => {
                    let stamp = stamp(file.path(), since);
                    self.places.push((file.into_path(), stamp));
                }
                Ok(_) => {}
                Err(error) => self.errors.push(Error::new(
                    error.path().unwrap_or(folder),
                    error
                        .io_error()
                        .map_or_else(|| error.to_string(), ToString::to_string),
                )),
            }
        }
        found
    }
}

/// The stamp of a file or folder that was looked at no earlier than `since`; `None` if it is not there.
fn stamp(path: &Path, since: SystemTime) -> Option<Stamp> {
    let metadata = std::fs::metadata(path).ok()?;
    Some(Stamp::of(&metadata, since))
}

/// Files by their path, and the hash of what is in each.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Inputs {
    files: BTreeMap<PathBuf, Input>,
    /// Where files were looked for.
    places: Vec<(PathBuf, Option<Stamp>)>,
}

/// What is known of a file.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Input {
    hash: [u64; 4],
    /// Its stamp before it was read; `None` for a file of which only the name matters.
    stamp: Option<Stamp>,
}

impl Input {
    /// What is known of a file that held some bytes, and had a stamp before it was read.
    pub fn of(bytes: &[u8], stamp: Stamp) -> Input {
        Input {
            hash: words(&blake3::hash(bytes)),
            stamp: Some(stamp),
        }
    }

    /// The hash of what it holds.
    pub fn hash(&self) -> [u64; 4] {
        self.hash
    }

    /// The file as it is now, if that is as it was; and whether its stamp is another one.
    fn again(&self, path: &Path) -> Option<(Input, bool)> {
        let Some(then) = self.stamp else {
            return Some((*self, false));
        };
        let now = stamp(path, SystemTime::now())?;
        if now.is_still(&then) {
            return Some((*self, false));
        }
        let now = Input::read(path)?;
        (now.hash == self.hash).then_some((now, true))
    }

    fn read(path: &Path) -> Option<Input> {
        let (bytes, stamp) = stamp::read(path).ok()?;
        Some(Input::of(&bytes, stamp))
    }
}

impl Inputs {
    /// No file yet of a book that was looked through.
    pub fn begin(listing: &mut Listing) -> Inputs {
        Inputs {
            places: std::mem::take(&mut listing.places),
            ..Inputs::default()
        }
    }

    /// Notes a file that was read.
    pub fn note(&mut self, path: &Path, input: Input) {
        self.files.insert(path.to_owned(), input);
    }

    /// What is known of a file, if its stamp proves that it is as it was.
    pub fn still(&self, path: &Path) -> Option<Input> {
        let then = self.files.get(path)?;
        let now = stamp(path, SystemTime::now())?;
        now.is_still(&then.stamp?).then_some(*then)
    }

    /// Notes a file that is there, whatever is in it.
    pub fn note_name(&mut self, path: &Path) {
        let is_there = Input {
            hash: [0; 4],
            stamp: None,
        };
        self.note(path, is_there);
    }

    /// All files below a folder as they are now; `None` if one of them cannot be read.
    pub fn below(folder: &Path, jobs: usize) -> Option<Inputs> {
        let mut listing = Listing::below(folder);
        let mut inputs = Inputs::begin(&mut listing);
        let read = in_parallel(&listing.files, jobs, |(_, path)| Input::read(path));
        for ((_, path), input) in listing.files.into_iter().zip(read) {
            inputs.files.insert(path, input?);
        }
        listing.errors.is_empty().then_some(inputs)
    }

    /// Says whether the same files hold the same.
    pub fn is_like(&self, other: &Inputs) -> bool {
        let hashes = |inputs: &Inputs| {
            let files = inputs.files.iter();
            files
                .map(|(path, input)| (path.clone(), input.hash))
                .collect::<Vec<_>>()
        };
        hashes(self) == hashes(other)
    }

    /// The same files as they are now, if all hold what they held and there are no others where `list` looks; and
    /// whether any stamp is another one. What has the stamp that it had, and had rested then, is not read.
    pub fn again(mut self, list: impl FnOnce() -> Listing, jobs: usize) -> Option<(Inputs, bool)> {
        let is_as_it_was = |(path, then): &(PathBuf, Option<Stamp>)| match then {
            None => path.symlink_metadata().is_err(),
            Some(then) => stamp(path, SystemTime::now()).is_some_and(|now| now.is_still(then)),
        };
        let mut is_new = false;
        if !self.places.iter().all(is_as_it_was) {
            let listing = list();
            let mut found: Vec<&PathBuf> = listing.files.iter().map(|(_, path)| path).collect();
            found.sort_unstable();
            if !listing.errors.is_empty() || !found.into_iter().eq(self.files.keys()) {
                return None;
            }
            (self.places, is_new) = (listing.places, true);
        }
        let files: Vec<(PathBuf, Input)> = self.files.into_iter().collect();
        let again = all_in_parallel(&files, jobs, |(path, then)| then.again(path))?;
        self.files = BTreeMap::new();
        for ((path, _), (now, has_moved)) in files.into_iter().zip(again) {
            is_new |= has_moved;
            self.files.insert(path, now);
        }
        Some((self, is_new))
    }
}

/// A hash in four numbers, which are kept in few letters.
pub fn words(hash: &blake3::Hash) -> [u64; 4] {
    let (words, _) = hash.as_bytes().as_chunks();
    let mut hash = [0; 4];
    for (place, word) in hash.iter_mut().zip(words) {
        *place = u64::from_le_bytes(*word);
    }
    hash
}

fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|extension| {
        extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("markdown")
    })
}

fn is_hidden(page: &Path) -> bool {
    page.iter()
        .any(|part| part.to_string_lossy().starts_with('.'))
}
