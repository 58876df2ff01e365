//! A post of a book, and what running it gave.

use std::path::PathBuf;

use super::address::Address;
use crate::diagnostic::Diagnostic;
use crate::post::Post;
use crate::run::{BlockResult, Plan, Results};
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
    /// What its blocks did under each version that is compared, the oldest first; none if there is but one.
    pub runs: Vec<Results>,
}

impl Checked {
    /// Judges the claims of a post by what its blocks did under the versions of its plan, in the order of
    /// [`Plan::versions`].
    pub fn of(entry: &Entry, plan: &Plan, mut runs: Vec<Results>) -> Checked {
        let post = &entry.post;
        let results = match runs.pop() {
            Some(only) if runs.is_empty() && plan.homes.is_empty() => only,
            last => {
                runs.extend(last);
                plan.shown(post, &runs)
            }
        };
        let runs = plan.compared(runs);
        let mut report = verify::verify_matrix(post, &results, &runs);
        if let Some(mistake) = &plan.mistake {
            let place = post.front_matter.place_of(&post.source, "matrix");
            let told = Diagnostic::error("no-engine", place, mistake.clone());
            let told = told.help("write `matrix: 3.12..3.14`, a list of versions, or `all`");
            report.diagnostics.insert(0, told);
        }
        Checked {
            results,
            report,
            runs,
        }
    }

    /// Says whether another run would give the same: no clock ended this one.
    pub fn is_certain(&self) -> bool {
        let all = std::iter::once(&self.results).chain(&self.runs);
        let mut results = all.flat_map(|results| results.blocks.iter().flatten());
        !results.any(|result| result.by_chance)
    }

    /// What became of a block under each version that ran it, the oldest first.
    pub fn ran(&self, block: usize) -> Vec<(&str, &BlockResult)> {
        fn ran(runs: &[Results], block: usize) -> Vec<(&str, &BlockResult)> {
            let runs = runs.iter();
            runs.filter_map(|results| Some((results.version_of(block), results.of(block)?)))
                .collect()
        }
        match ran(&self.runs, block) {
            none if none.is_empty() => ran(std::slice::from_ref(&self.results), block),
            compared => compared,
        }
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
