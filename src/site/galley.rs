//! A galley: a post that is set, before pages are made up. It has all that a site needs to know of a post once its text is
//! let go.
//!
//! ```text
//! post, results ─▶ Galley, Text          each post by itself; the text goes aside
//! all galleys, texts one by one ─▶ pages
//! ```

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

use super::block;
use super::body::{self, Body, Written};
use super::drift::Lock;
use super::entry::{Checked, Entry};
use super::keep::{Key, Shelf};
use super::page::Tally;
use super::search::{Digest, Terms};
use super::slot::Slot;
use super::version::{self, Note};
use super::{changes, links, pair, reading};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::post::{Block, BlockKind, Passage, without_comment};
use crate::verify::{Report, Verdict};

/// What is known of a post that is set.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Galley {
    /// What is wrong with its form, its claims and its endings, in order of place.
    pub diagnostics: Vec<Diagnostic>,
    /// What is wrong with its diagrams. Told where its page is printed.
    pub drawn: Vec<Diagnostic>,
    /// How its run went.
    pub tally: Tally,
    /// Its claims, each with its verdict.
    pub judged: Vec<Judged>,
    /// Its text ends with the table of lines that versions differ in.
    pub has_changes: bool,
    /// How many minutes it takes to read.
    pub minutes: usize,
    /// It has a Python block.
    pub has_python: bool,
    /// What fragments may name in it.
    pub anchors: BTreeSet<String>,
    /// What its Python blocks must have in common with those of its translations.
    pub code: String,
    /// What translations are compared with, if any was accepted and this may be its original.
    pub passages: Vec<Passage>,
    /// Another run would give the same: no clock ended this one.
    pub is_certain: bool,
    pub(super) links: Vec<Written>,
    pub(super) slots: Vec<(usize, Slot)>,
}

/// A claim and what became of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Judged {
    /// The code that it stands by.
    pub code: String,
    /// What it says.
    pub expected: String,
    /// Its block's anchor.
    pub anchor: String,
    /// What was found.
    pub verdict: Verdict,
    /// What is true of it in which version, if versions differ.
    pub note: Option<Note>,
}

/// The text of a post that is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// The HTML inside its article, with empty slots.
    pub html: String,
    /// What is searched of it.
    pub digest: Digest,
}

/// Where texts are until their pages are made. Numbers are places in [`Site::entries`](super::Site::entries).
pub trait Texts: Sync {
    /// The HTML inside the article of a post.
    fn html(&self, entry: usize) -> String;

    /// The search's file of a post.
    fn file(&self, entry: usize) -> Vec<u8>;

    /// What the search's index has of a post.
    fn terms(&self, entry: usize) -> Terms;

    /// What the text of a post is made of: as long as that is the same, so is the text. `None` where nobody knows.
    fn made_of(&self, _entry: usize) -> Option<Key> {
        None
    }
}

impl Texts for Vec<Text> {
    fn html(&self, entry: usize) -> String {
        self.get(entry)
            .map(|text| text.html.clone())
            .unwrap_or_default()
    }

    fn file(&self, entry: usize) -> Vec<u8> {
        self.get(entry)
            .map(|text| text.digest.file.clone())
            .unwrap_or_default()
    }

    fn terms(&self, entry: usize) -> Terms {
        self.get(entry)
            .map(|text| text.digest.terms.clone())
            .unwrap_or_default()
    }
}

impl Galley {
    /// Sets a post. What is costly to draw is kept on `shelf`.
    pub fn of(
        entry: &Entry,
        checked: &Checked,
        config: &Config,
        lock: &Lock,
        shelf: &dyn Shelf,
    ) -> (Galley, Text) {
        let post = &entry.post;
        let may_be_original = entry.lang == config.default_language;
        let Body {
            sheet,
            links,
            diagnostics,
        } = body::body(&block::Context {
            post,
            shelf,
            results: &checked.results,
            report: &checked.report,
            runs: &checked.runs,
            words: config.words(&entry.lang),
        });
        let changes = changes::html(post, &checked.runs, config.words(&entry.lang));
        let galley = Galley {
            diagnostics: checked.diagnostics(entry),
            drawn: diagnostics,
            tally: Tally::of(post, &checked.results, &checked.report),
            judged: (0..post.claims.len())
                .filter_map(|claim| Judged::of(entry, &checked.report, claim))
                .collect(),
            has_changes: changes.is_some(),
            minutes: reading::minutes(post, &entry.lang),
            has_python: post
                .blocks
                .iter()
                .any(|block| block.kind == BlockKind::Python),
            anchors: links::anchors(post),
            code: pair::code(post).to_hex().as_str().to_owned(),
            passages: match may_be_original && lock.pages().next().is_some() {
                true => post.passages(),
                false => Vec::new(),
            },
            is_certain: checked.is_certain(),
            links,
            slots: sheet.slots,
        };
        let text = Text {
            html: sheet.html + &changes.unwrap_or_default(),
            digest: Digest::of(post, &entry.address),
        };
        (galley, text)
    }
}

impl Judged {
    fn of(entry: &Entry, report: &Report, index: usize) -> Option<Judged> {
        let claim = entry.post.claims.get(index)?;
        let verdict = report.verdicts.get(index)?;
        let block = entry.post.blocks.get(claim.block)?;
        let line = block
            .lines
            .partition_point(|line| line.source_start <= claim.span.start);
        Some(Judged {
            code: statement(block, line),
            expected: match claim.versions {
                Some(range) => format!("[{range}] {}", claim.expected),
                None => claim.expected.clone(),
            },
            anchor: block::anchor(&entry.post, block),
            verdict: verdict.clone(),
            note: version::note(&entry.post, report, index),
        })
    }
}

/// The code that a claim on a line stands by: that line's, without the comment, or the nearest above with code in it.
fn statement(block: &Block, line: usize) -> String {
    let code = |line: usize| {
        let text = block.line_text(line).trim();
        let is_comment = text.starts_with('#') || text.starts_with("...");
        let code = without_comment(text);
        (!is_comment && !code.is_empty()).then(|| code.to_owned())
    };
    let found = (1..=line).rev().find_map(code);
    found.unwrap_or_else(|| block.id.clone())
}
