//! The page of every claim and its verdict, post by post.

use serde::Serialize;

use super::frame::Here;
use super::{Html, Printer};
use crate::config::Words;
use crate::site::galley::Judged;
use crate::site::wording;
use crate::verify::Verdict;

#[derive(Serialize)]
struct Verified {
    posts: Vec<PostClaims>,
    blocks: String,
    claims: String,
    good: bool,
}

#[derive(Serialize)]
struct PostClaims {
    title: String,
    href: String,
    lang: Option<String>,
    evidence: super::Evidence,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    /// The line of code that the claim stands by.
    code: String,
    expected: String,
    href: String,
    /// `good`, `bad` or empty.
    class: &'static str,
    verdict: String,
    /// What is true instead.
    found: String,
    /// What is true in which version.
    note: String,
}

impl Printer<'_> {
    pub(super) fn verified(&self, here: &Here<'_>) -> Result<Html, String> {
        let words = self.site.config.words(&here.edition.lang);
        let mut frame = self.frame(here, "verified", words.all_verified.clone());
        frame.description = words.all_verified_text.clone();
        let same =
            |edition: &crate::site::Edition| Some(self.within(edition, "verified/index.html"));
        frame.twins = self.twins_by(here, same);
        frame.alternates = self.alternates_by(here, same);
        let (mut posts, mut blocks, mut held, mut judged) = (Vec::new(), 0, 0, 0);
        for item in &here.edition.items {
            let Some((entry, galley)) = self
                .site
                .entries
                .get(item.entry)
                .zip(self.galleys.get(item.entry))
            else {
                continue;
            };
            blocks += galley.tally.results;
            held += galley.tally.held;
            judged += galley.tally.held + galley.tally.wrong;
            let href = here.to(&item.address);
            let rows: Vec<Row> = galley
                .judged
                .iter()
                .map(|judged| row(judged, &href, words))
                .collect();
            if !rows.is_empty() {
                posts.push(PostClaims {
                    title: entry.post.title(),
                    lang: item.is_fallback.then(|| entry.lang.clone()),
                    evidence: galley.tally.evidence(words),
                    href,
                    rows,
                });
            }
        }
        let verified = Verified {
            good: held == judged && posts.iter().all(|post| post.evidence.good),
            posts,
            blocks: words.blocks(blocks),
            claims: words.claims(held, judged),
        };
        self.fill(here, "verified.html", &frame, &verified, None)
    }
}

fn row(judged: &Judged, href: &str, words: &Words) -> Row {
    let (class, text, found) = match &judged.verdict {
        Verdict::Holds => ("good", &words.holds, String::new()),
        Verdict::Contradicted { found } => ("bad", &words.wrong, wording::found(words, found)),
        Verdict::NotReached => ("", &words.not_reached, String::new()),
        Verdict::Unjudged { reason } => (
            "",
            &words.unjudged,
            wording::unclear(words, *reason).to_owned(),
        ),
        Verdict::OtherVersion => ("", &words.other_version, String::new()),
    };
    Row {
        code: judged.code.clone(),
        expected: judged.expected.clone(),
        href: format!("{href}#{}", judged.anchor),
        class,
        verdict: text.clone(),
        found,
        note: judged
            .note
            .as_ref()
            .map(|note| note.text(words))
            .unwrap_or_default(),
    }
}
