//! How a post's run went, for the head of its page and for lists.

use serde::{Deserialize, Serialize};

use crate::config::Words;
use crate::post::{Block, Post};
use crate::run::Results;
use crate::site::{block, version};
use crate::verify::{Report, Verdict};

/// What can be said of a post's run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Nothing is wrong.
    pub good: bool,
    /// At least one block ran.
    pub ran: bool,
    /// "Executed and verified".
    pub label: String,
    /// "19 blocks", "23 claims hold", "CPython 3.13".
    pub facts: Vec<String>,
    /// The anchor of the first block where something is wrong.
    pub first_problem: Option<String>,
}

/// How a post's run went, in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// How many blocks have a result.
    pub results: usize,
    /// How many of the blocks that are to run have one.
    pub ran: usize,
    /// How many claims speak for the version that ran.
    pub claims: usize,
    /// How many claims hold.
    pub held: usize,
    /// How many claims are wrong.
    pub wrong: usize,
    /// In how many blocks something is wrong.
    pub bad: usize,
    /// The anchor of the first of them.
    pub first_problem: Option<String>,
    /// The version that ran; empty if none did.
    pub version: String,
    /// The versions that are compared; none if there is but one.
    pub compared: Vec<String>,
}

impl Tally {
    /// Counts what a post's run gave.
    pub fn of(post: &Post, results: &Results, report: &Report) -> Tally {
        let ran = post
            .runnable()
            .filter(|block| results.of(block.index).is_some());
        let count = |wanted: fn(&Verdict) -> bool| {
            report
                .verdicts
                .iter()
                .filter(|verdict| wanted(verdict))
                .count()
        };
        let bad: Vec<&Block> = post
            .runnable()
            .filter(|block| is_bad(post, block, results, report))
            .collect();
        Tally {
            results: results.blocks.iter().flatten().count(),
            ran: ran.count(),
            claims: count(|verdict| *verdict != Verdict::OtherVersion),
            held: count(|verdict| *verdict == Verdict::Holds),
            wrong: count(|verdict| matches!(verdict, Verdict::Contradicted { .. })),
            bad: bad.len(),
            first_problem: bad.first().map(|bad| block::anchor(post, bad)),
            version: results.version.clone(),
            compared: report.compared.clone(),
        }
    }

    /// The same in words.
    pub fn evidence(&self, words: &Words) -> Evidence {
        let judged = self.held + self.wrong;
        let mut facts = vec![words.blocks(self.ran)];
        if judged > 0 {
            facts.push(words.claims(self.held, judged));
        }
        if !self.version.is_empty() {
            facts.push(format!("CPython {}", self.version));
        }
        if !self.compared.is_empty() {
            let all: Vec<usize> = (0..self.compared.len()).collect();
            facts.push(words.compared(&version::label(&self.compared, &all)));
        }
        let label = match (self.ran, self.bad) {
            (0, _) => words.not_executed.clone(),
            (_, 0) => words.verified.clone(),
            (_, count) => format!("{}: {}", words.not_verified, words.blocks(count)),
        };
        Evidence {
            good: self.ran > 0 && self.bad == 0,
            ran: self.ran > 0,
            label,
            facts,
            first_problem: self.first_problem.clone(),
        }
    }
}

/// Says whether a block ended as nobody said it would, or a claim of it is wrong.
fn is_bad(post: &Post, block: &Block, results: &Results, report: &Report) -> bool {
    let failed = results.of(block.index).is_some_and(|result| {
        let unexpected = result
            .exception
            .as_ref()
            .is_some_and(|exception| !block::is_expected(post, block, exception, &report.verdicts));
        result.limit.is_some() || unexpected
    });
    let contradicted = || {
        post.claims_of(block.index).any(|(index, _)| {
            matches!(
                report.verdicts.get(index),
                Some(Verdict::Contradicted { .. })
            )
        })
    };
    failed || contradicted()
}
