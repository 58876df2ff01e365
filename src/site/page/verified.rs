//! The page of every claim and its verdict, post by post.

use serde::Serialize;

use super::Printer;
use super::frame::Here;
use crate::config::Words;
use crate::post::{Block, Claim};
use crate::site::block;
use crate::site::entry::{Checked, Entry};
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
}

impl Printer<'_> {
    pub(super) fn verified(&self, here: &Here<'_>) -> Result<String, String> {
        let words = self.site.config.words(&here.edition.lang);
        let mut frame = self.frame(here, "verified", words.all_verified.clone());
        frame.description = words.all_verified_text.clone();
        let same =
            |edition: &crate::site::Edition| Some(self.within(edition, "verified/index.html"));
        frame.twins = self.twins_by(here, same);
        frame.alternates = self.alternates_by(here, same);
        let (mut posts, mut blocks, mut held, mut judged) = (Vec::new(), 0, 0, 0);
        for item in &here.edition.items {
            let Some(((entry, checked), known)) = self
                .site
                .entries
                .get(item.entry)
                .zip(self.checked.get(item.entry))
                .zip(self.known.get(item.entry))
            else {
                continue;
            };
            blocks += checked.results.blocks.iter().flatten().count();
            for verdict in &checked.report.verdicts {
                held += usize::from(*verdict == Verdict::Holds);
                judged += usize::from(matches!(
                    verdict,
                    Verdict::Holds | Verdict::Contradicted { .. }
                ));
            }
            let href = here.to(&item.address);
            let rows = rows(entry, checked, &href, words);
            if !rows.is_empty() {
                posts.push(PostClaims {
                    title: known.title.clone(),
                    lang: item.is_fallback.then(|| entry.lang.clone()),
                    evidence: self
                        .evidence_in(here, item)
                        .unwrap_or_else(|| known.evidence.clone()),
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
        self.fill("verified.html", &frame, &verified)
    }
}

fn rows(entry: &Entry, checked: &Checked, href: &str, words: &Words) -> Vec<Row> {
    let claims = entry.post.claims.iter().zip(&checked.report.verdicts);
    claims
        .filter_map(|(claim, verdict)| row(entry, claim, verdict, href, words))
        .collect()
}

fn row(entry: &Entry, claim: &Claim, verdict: &Verdict, href: &str, words: &Words) -> Option<Row> {
    let block = entry.post.blocks.get(claim.block)?;
    let (class, text, found) = match verdict {
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
    let line = block
        .lines
        .partition_point(|line| line.source_start <= claim.span.start);
    Some(Row {
        code: statement(block, line),
        expected: claim.expected.clone(),
        href: format!("{href}#{}", block::anchor(&entry.post, block)),
        class,
        verdict: text.clone(),
        found,
    })
}

/// The code that a claim on a line stands by: that line's, without the comment, or the nearest above with code in it.
fn statement(block: &Block, line: usize) -> String {
    let code = |line: usize| {
        let text = block.line_text(line).trim();
        let is_comment = text.starts_with('#') || text.starts_with("...");
        let code = text.split_once("  #").map_or(text, |(code, _)| code).trim();
        (!is_comment && !code.is_empty()).then(|| code.to_owned())
    };
    let found = (1..=line).rev().find_map(code);
    found.unwrap_or_else(|| block.id.clone())
}
