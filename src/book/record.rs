//! What a build or a check found, to be told again where nothing changed: then no post is even parsed.
//!
//! ```text
//! the folder or `check`, the options, the program ─▶ record { the files that were read, what was told, the site }
//! ```
//!
//! It is told again only if every file that was read holds what it held, and the site still stands, file by file as it
//! was written.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::cache::RECORD;
use super::inputs::{Inputs, Listing};
use super::output;
use super::stamp;
use super::written::Written;
use super::{Book, Built, Options};
use crate::diagnostic::Diagnostic;
use crate::site::keep::{Key, Shelf, Shelves, key};
use crate::source::Source;

/// So many files are read once more by the next build rather than that this one waits until their stamps prove something.
const UNRESTED_MAX: usize = 256;

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
    /// The snapshots that a check compares with, as they were before; `None` if they cannot be read.
    snapshots: Option<Inputs>,
    earlier: Option<Earlier>,
}

/// What the last build of a folder left, where something has changed since.
#[derive(Debug)]
pub struct Earlier {
    /// The files that it read, as they were.
    pub inputs: Inputs,
    /// Its site, which stands as it was written.
    pub site: Written,
}

#[derive(Serialize, Deserialize)]
struct Record {
    inputs: Inputs,
    snapshots: Inputs,
    facts: Facts,
    told: Vec<Mistakes>,
    site: Option<Written>,
}

#[derive(Serialize, Deserialize)]
struct Mistakes {
    /// Where the file lies.
    file: PathBuf,
    /// How messages name it.
    shown: PathBuf,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Recorder<'a> {
    /// For building the book in a folder.
    pub fn of_build(root: &'a Path, out: &'a Path, drafts: bool, options: Options<'a>) -> Self {
        Recorder {
            root,
            out: Some(out),
            settings: format!("{:?} {} {drafts}", options.python, options.run),
            options,
            snapshots: Some(Inputs::default()),
            earlier: None,
        }
    }

    /// For checking the book in a folder against its snapshots.
    pub fn of_check(root: &'a Path, options: Options<'a>) -> Self {
        Recorder {
            root,
            out: None,
            settings: format!("{:?}", options.python),
            options,
            snapshots: None,
            earlier: None,
        }
    }

    /// What was told of the same files, if it was, and if the site still stands.
    pub fn recall(&mut self) -> Option<Told> {
        if self.options.cache.is_forgetful() {
            return None;
        }
        self.out.iter().for_each(|out| output::repair(out));
        let told = self.recalled();
        if told.is_none() && self.out.is_none() {
            self.snapshots = Inputs::below(&self.snapshots_folder(), self.options.jobs);
        }
        told
    }

    /// What the last build left, if nothing could be recalled of it and its site stands.
    pub fn earlier(&self) -> Option<&Earlier> {
        self.earlier.as_ref()
    }

    fn recalled(&mut self) -> Option<Told> {
        let shelf = self.options.cache.shelf(RECORD, &self.name());
        let record: Record = serde_json::from_slice(&shelf.get(self.key())?).ok()?;
        let jobs = self.options.jobs;
        let (site, is_new_site) = match (self.out, record.site) {
            (Some(out), Some(site)) => {
                let (site, is_new) = site.again(out, jobs)?;
                (Some(site), is_new)
            }
            _ => (None, false),
        };
        let list = || Listing::of_book(self.root);
        let inputs = record.inputs.clone();
        let Some((inputs, are_new)) = record.inputs.again(list, jobs) else {
            self.earlier = site.map(|site| Earlier { inputs, site });
            return None;
        };
        let list = || Listing::below(&self.snapshots_folder());
        let (snapshots, are_new_snapshots) = record.snapshots.again(list, jobs)?;
        let record = Record {
            inputs,
            snapshots,
            site,
            ..record
        };
        if is_new_site || are_new || are_new_snapshots {
            self.keep(&*shelf, &record);
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

    /// Notes what was told of a book.
    pub fn note(&self, book: &Book, built: &Built) {
        if self.options.cache.is_forgetful() {
            return;
        }
        if built.imprints.len() > UNRESTED_MAX {
            stamp::rest();
        }
        let site = self.out.map(|out| Written::of(out, &built.imprints));
        let (Some(snapshots), false) = (self.snapshots_as_before(), matches!(site, Some(None)))
        else {
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
            .zip(&built.diagnostics)
            .map(|(entry, diagnostics)| Mistakes {
                file: book.root.join(entry.post.source.path()),
                shown: entry.post.source.path().to_owned(),
                diagnostics: diagnostics.clone(),
            });
        let record = Record {
            inputs: built.inputs.clone(),
            snapshots,
            facts: built.facts,
            told: settings
                .chain(posts)
                .filter(|told| !told.diagnostics.is_empty())
                .collect(),
            site: site.flatten(),
        };
        let shelf = self.options.cache.shelf(RECORD, &self.name());
        self.keep(&*shelf, &record);
    }

    /// The snapshots, if a check found in them what is there now.
    fn snapshots_as_before(&self) -> Option<Inputs> {
        if self.out.is_some() {
            return Some(Inputs::default());
        }
        let now = Inputs::below(&self.snapshots_folder(), self.options.jobs)?;
        self.snapshots.as_ref()?.is_like(&now).then_some(now)
    }

    fn keep(&self, shelf: &dyn Shelf, record: &Record) {
        if let Ok(bytes) = serde_json::to_vec(record) {
            shelf.put(self.key(), bytes);
        }
    }

    fn key(&self) -> Key {
        key(RECORD, &[self.settings.as_bytes()])
    }

    fn snapshots_folder(&self) -> PathBuf {
        self.root.join("snapshots")
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
