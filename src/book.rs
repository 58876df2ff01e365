//! A whole book: its posts are read, run, checked and set one by one, and become a site in one swap of the output folder.
//!
//! This part calls the stages in their order; besides `preview` and `cli` nobody else touches files.

mod build;
mod cache;
mod inputs;
mod output;
mod read;
mod record;
mod set;
mod setting;
mod spill;
mod stamp;
mod threads;
mod translation;
mod written;

pub use crate::site::drift::Standing;
pub use crate::site::{Address, Checked, Entry};
pub use build::{Built, Options};
pub use cache::Cache;
pub use output::Output;
pub use read::Book;
pub use record::{Facts, Recorder, Told};
pub use threads::{in_parallel, processors};
pub use translation::{Translation, TranslationState};

use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Severity};
use crate::run::Plan;
use crate::verify::snapshot;

/// Something in the world that is not as needed: a file, a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// What it is about.
    pub path: PathBuf,
    /// What is wrong, as the end of a sentence.
    pub message: String,
}

impl Error {
    /// An error about a path.
    pub fn new(path: impl Into<PathBuf>, message: impl ToString) -> Error {
        Error {
            path: path.into(),
            message: message.to_string(),
        }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let path = self.path.strip_prefix(".").unwrap_or(&self.path);
        if path.as_os_str().is_empty() {
            return write!(f, "{}", self.message);
        }
        write!(f, "{}: {}", path.display(), self.message)
    }
}

impl std::error::Error for Error {}

/// The blocks whose results are not those of their snapshots below `snapshots`. Under versions that the post does not
/// ask for, only those are compared that a snapshot names.
pub fn compare_snapshots(
    snapshots: &Path,
    entry: &Entry,
    checked: &Checked,
    asked: &Plan,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let results = &checked.results;
    for block in entry.post.runnable().filter(|block| !block.unstable) {
        if results.of(block.index).is_none() {
            continue;
        }
        let file = snapshot::path(snapshots, &entry.page, block);
        let line = entry
            .post
            .source
            .line_span(entry.post.source.line(block.span.start))
            .unwrap_or(block.span);
        let told = |message: String| Diagnostic::new(Severity::Error, "snapshot", line, message);
        let is_asked = |version: &str| match asked.homes.get(&block.index) {
            Some(home) => home == version || asked.compared.iter().any(|it| it == version),
            None => asked.compared.iter().any(|it| it == version),
        };
        match snapshot::compare(&file, &checked.ran(block.index), &is_asked) {
            snapshot::Comparison::Same | snapshot::Comparison::New => {}
            snapshot::Comparison::Changed(_) => {
                let changed = told(format!(
                    "the result of block `{}` is not that of its snapshot",
                    block.id
                ));
                diagnostics.push(changed.help(format!(
                    "run `cargo test` and `cargo insta review`, or look at {}",
                    file.display()
                )));
            }
            snapshot::Comparison::Unreadable(why) => diagnostics.push(told(format!(
                "the snapshot {} cannot be read: {why}",
                file.display()
            ))),
        }
    }
    diagnostics
}
