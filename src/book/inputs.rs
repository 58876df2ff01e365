//! What a site is made of: every file that a build reads, and the hash of what is in it.
//!
//! Times are not looked at: a checkout, an editor and a copy set them as they like.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::Error;
use super::threads::in_parallel;
use crate::site::keep::{Key, key};

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

/// The files of the book in a folder, each with its role, in the order of their names; and what cannot be looked at.
pub fn listing(root: &Path) -> (Vec<(Role, PathBuf)>, Vec<Error>) {
    let (mut files, mut errors) = (Vec::new(), Vec::new());
    let settings = root.join("book.toml");
    if settings.is_file() {
        files.push((Role::Settings, settings));
    }
    let lock = root.join("i18n.lock");
    if lock.is_file() {
        files.push((Role::Lock, lock));
    }
    let content = root.join("content");
    for path in walk(&content, &mut errors) {
        if is_markdown(&path) {
            files.push((Role::Post, path));
        } else if !is_hidden(path.strip_prefix(&content).unwrap_or(&path)) {
            files.push((Role::Beside, path));
        }
    }
    for path in walk(&root.join("static"), &mut errors) {
        files.push((Role::Static, path));
    }
    let templates = root.join("templates");
    let is_template = |path: &PathBuf| {
        path.parent() == Some(&templates)
            && path
                .extension()
                .is_some_and(|extension| extension == "html")
    };
    let found = walk(&templates, &mut errors)
        .into_iter()
        .filter(is_template);
    files.extend(found.map(|path| (Role::Template, path)));
    (files, errors)
}

/// Which files of a book a command reads; of the others it knows the names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// All.
    All,
    /// The settings, the lock file and the posts.
    Posts,
}

/// Files by their path within the book, and the hash of what is in each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inputs(BTreeMap<PathBuf, [u8; 32]>);

impl Inputs {
    /// Notes a file that was read.
    pub fn note(&mut self, path: &Path, bytes: &[u8]) {
        self.note_hash(path, blake3::hash(bytes));
    }

    /// Notes a file whose hash is known.
    pub fn note_hash(&mut self, path: &Path, hash: blake3::Hash) {
        self.0.insert(path.to_owned(), *hash.as_bytes());
    }

    /// Notes a file that is there, whatever is in it.
    pub fn note_name(&mut self, path: &Path) {
        self.note(path, b"");
    }

    /// The files of the book in a folder as they are now; `None` if one of them cannot be read.
    pub fn of_book(root: &Path, reading: Reading, jobs: usize) -> Option<Inputs> {
        let (files, errors) = listing(root);
        if !errors.is_empty() {
            return None;
        }
        let is_read = |(role, _): &(Role, PathBuf)| {
            reading == Reading::All || matches!(role, Role::Settings | Role::Lock | Role::Post)
        };
        let (read, named): (Vec<_>, Vec<_>) = files.into_iter().partition(is_read);
        let read: Vec<PathBuf> = read.into_iter().map(|(_, path)| path).collect();
        let mut inputs = Inputs::of(&read, jobs)?;
        named.iter().for_each(|(_, path)| inputs.note_name(path));
        Some(inputs)
    }

    /// All files below a folder as they are now; `None` if one of them cannot be read.
    pub fn below(folder: &Path, jobs: usize) -> Option<Inputs> {
        let mut errors = Vec::new();
        let files = walk(folder, &mut errors);
        errors.is_empty().then(|| Inputs::of(&files, jobs))?
    }

    fn of(files: &[PathBuf], jobs: usize) -> Option<Inputs> {
        let hash = |path: &PathBuf| {
            let bytes = std::fs::read(path).ok()?;
            Some((path.clone(), *blake3::hash(&bytes).as_bytes()))
        };
        in_parallel(files, jobs, hash)
            .into_iter()
            .collect::<Option<_>>()
            .map(Inputs)
    }

    /// All of it in one number, with something else that the result depends on.
    pub fn digest(&self, kind: &str, settings: &str) -> Key {
        let mut parts = vec![settings.as_bytes()];
        for (path, hash) in &self.0 {
            parts.extend([path.as_os_str().as_encoded_bytes(), hash]);
        }
        key(kind, &parts)
    }
}

/// The files below a folder in the order of their names; none if there is no such folder.
fn walk(folder: &Path, errors: &mut Vec<Error>) -> Vec<PathBuf> {
    let mut found = Vec::new();
    if !folder.is_dir() {
        return found;
    }
    for file in WalkDir::new(folder).sort_by_file_name().follow_links(true) {
        match file {
            Ok(file) if file.file_type().is_file() => found.push(file.into_path()),
            Ok(_) => {}
            Err(error) => errors.push(Error::new(
                error.path().unwrap_or(folder),
                error
                    .io_error()
                    .map_or_else(|| error.to_string(), ToString::to_string),
            )),
        }
    }
    found
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
