//! A post of a book, and what running it gave.

use std::path::PathBuf;

use super::address::Address;
use crate::diagnostic::Diagnostic;
use crate::post::Post;
use crate::run::{self, Engine, Results};
use crate::verify::{self, Report};

/// A post of a book.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The post.
    pub post: Post,
    /// Its language: the folder's, or what the front matter says.
    pub lang: String,
    /// Its path below `content/` without its ending, `ko/names`; a lone post's own name.
    pub page: PathBuf,
    /// Where its page stands.
    pub address: Address,
}

impl Entry {
    /// Its path below its language's folder, `gc/start`: the same for the same post in another language.
    pub fn path(&self) -> String {
        let within = self.page.strip_prefix(&self.lang).unwrap_or(&self.page);
        within.to_string_lossy().replace('\\', "/")
    }

    /// Its day, `2025-10-19`, if it says one.
    pub fn day(&self) -> Option<&str> {
        self.post.front_matter.date.as_deref()?.get(..10)
    }
}

/// What running and checking a post gave.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// What its blocks did.
    pub results: Results,
    /// What that means for its claims.
    pub report: Report,
}

impl Checked {
    /// Runs the blocks of a post and judges its claims.
    pub fn of(entry: &Entry, engine: &dyn Engine) -> Checked {
        let results = run::run(&entry.post, engine);
        let report = verify::verify(&entry.post, &results);
        Checked { results, report }
    }

    /// Says whether another run would give the same: no clock ended this one.
    pub fn is_certain(&self) -> bool {
        let mut results = self.results.blocks.iter().flatten();
        !results.any(|result| result.by_chance)
    }

    /// Every mistake of the post: of its form, of its claims and endings, in order of place.
    pub fn diagnostics(&self, entry: &Entry) -> Vec<Diagnostic> {
        let mut all: Vec<Diagnostic> = entry
            .post
            .diagnostics
            .iter()
            .chain(&self.report.diagnostics)
            .cloned()
            .collect();
        all.sort_by_key(|diagnostic| diagnostic.span);
        all
    }
}
