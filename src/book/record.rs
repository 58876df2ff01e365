//! What a build or a check found, to be told again where nothing changed: then no post is even parsed.
//!
//! ```text
//! every file's hash, the options, the program ─▶ digest ─▶ record { what was told, the files of the site }
//! ```
//!
//! A build is told again only if its site still stands, file by file as it was written.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::cache::RECORD;
use super::inputs::{Inputs, Reading};
use super::output;
use super::{Book, Options};
use crate::diagnostic::Diagnostic;
use crate::site::keep::{Key, Shelves};
use crate::source::Source;

/// What there is to say at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Facts {
    /// How many pages were written.
    pub pages: usize,
    /// How many blocks ran.
    pub blocks: usize,
    /// How many claims speak for the version that ran.
    pub claims: usize,
    /// How many of them hold.
    pub held: usize,
}

/// What is told again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What there is to say at the end.
    pub facts: Facts,
    /// Files with mistakes.
    pub files: Vec<(Source, Vec<Diagnostic>)>,
}

/// Recalls what was told about a book, and notes it.
pub struct Recorder<'a> {
    root: &'a Path,
    /// The folder of the site; `None` for a check.
    out: Option<&'a Path>,
    settings: String,
    options: Options<'a>,
    /// The snapshots that a check compares with, as they were before.
    snapshots: Option<Inputs>,
}

#[derive(Serialize, Deserialize)]
struct Record {
    facts: Facts,
    told: Vec<Mistakes>,
    site: Vec<Stamp>,
}

#[derive(Serialize, Deserialize)]
struct Mistakes {
    /// Where the file lies.
    file: PathBuf,
    /// How messages name it.
    shown: PathBuf,
    diagnostics: Vec<Diagnostic>,
}

/// A file of the site as it was written: its path within, its length, its time in nanoseconds, and its number on disk.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp(PathBuf, u64, u64, u64);

impl<'a> Recorder<'a> {
    /// For building the book in a folder.
    pub fn of_build(root: &'a Path, out: &'a Path, drafts: bool, options: Options<'a>) -> Self {
        Recorder {
            root,
            out: Some(out),
            settings: format!("{:?} {} {drafts}", options.python, options.run),
            options,
            snapshots: Some(Inputs::default()),
        }
    }

    /// For checking the book in a folder against its snapshots.
    pub fn of_check(root: &'a Path, options: Options<'a>) -> Self {
        Recorder {
            root,
            out: None,
            settings: format!("{:?}", options.python),
            options,
            snapshots: Inputs::below(&root.join("snapshots"), options.jobs),
        }
    }

    /// What was told of the same files, if it was, and if the site still stands.
    pub fn recall(&self) -> Option<Told> {
        if self.options.cache.is_forgetful() {
            return None;
        }
        let reading = self.out.map_or(Reading::Posts, |_| Reading::All);
        self.out.iter().for_each(|out| output::repair(out));
        let inputs = Inputs::of_book(self.root, reading, self.options.jobs)?;
        let digest = self.digest(&inputs)?;
        let shelf = self.options.cache.shelf(RECORD, &self.name());
        let record: Record = serde_json::from_slice(&shelf.get(digest)?).ok()?;
        if self.out.is_some_and(|out| stamps(out) != Some(record.site)) {
            return None;
        }
        let file = |told: Mistakes| {
            let bytes = std::fs::read(told.file).ok()?;
            Some((Source::decode(told.shown, &bytes).0, told.diagnostics))
        };
        Some(Told {
            facts: record.facts,
            files: record.told.into_iter().map(file).collect::<Option<_>>()?,
        })
    }

    /// Notes what was told of a book. `inputs` is all that was read, `diagnostics` in the order of [`Book::entries`].
    pub fn note(
        &self,
        book: &Book,
        inputs: &Inputs,
        facts: Facts,
        diagnostics: &[Vec<Diagnostic>],
    ) {
        if self.options.cache.is_forgetful() {
            return;
        }
        let is_as_before = match self.out {
            Some(_) => true,
            None => {
                self.snapshots == Inputs::below(&self.root.join("snapshots"), self.options.jobs)
            }
        };
        let site = self.out.map_or(Some(Vec::new()), stamps);
        let (Some(digest), Some(site), true) = (self.digest(inputs), site, is_as_before) else {
            return;
        };
        let settings = book.settings.iter().map(|(source, diagnostics)| Mistakes {
            file: source.path().to_owned(),
            shown: source.path().to_owned(),
            diagnostics: diagnostics.clone(),
        });
        let posts = book
            .entries
            .iter()
            .zip(diagnostics)
            .map(|(entry, diagnostics)| Mistakes {
                file: book.root.join(entry.post.source.path()),
                shown: entry.post.source.path().to_owned(),
                diagnostics: diagnostics.clone(),
            });
        let record = Record {
            facts,
            told: settings
                .chain(posts)
                .filter(|told| !told.diagnostics.is_empty())
                .collect(),
            site,
        };
        if let Ok(bytes) = serde_json::to_vec(&record) {
            self.options
                .cache
                .shelf(RECORD, &self.name())
                .put(digest, bytes);
        }
    }

    fn digest(&self, inputs: &Inputs) -> Option<Key> {
        let snapshots = self.snapshots.as_ref()?.digest("snapshots", "");
        Some(inputs.digest(RECORD, &format!("{} {snapshots}", self.settings)))
    }

    fn name(&self) -> String {
        match self.out {
            // The same folder by another name is another record, which does no harm.
            Some(out) => std::path::absolute(out)
                .unwrap_or_else(|_| out.to_owned())
                .display()
                .to_string(),
            None => "check".to_owned(),
        }
    }
}

/// The files of a site as they are on disk.
fn stamps(out: &Path) -> Option<Vec<Stamp>> {
    let stamp = |file: walkdir::DirEntry| {
        let metadata = file.metadata().ok()?;
        let time = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        let time = u64::try_from(time.as_nanos()).ok()?;
        let path = file.path().strip_prefix(out).ok()?.to_owned();
        Some(Stamp(path, metadata.len(), time, number(&metadata)))
    };
    output::files(out).map(stamp).collect()
}

#[cfg(unix)]
fn number(metadata: &std::fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn number(_metadata: &std::fs::Metadata) -> u64 {
    0
}
