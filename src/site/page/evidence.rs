//! How a post's run went, for the head of its page and for lists.

use serde::Serialize;

use crate::config::Words;
use crate::post::{Block, Post};
use crate::run::Results;
use crate::site::block;
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

/// Looks at a post's run.
pub fn evidence(post: &Post, results: &Results, report: &Report, words: &Words) -> Evidence {
    let ran = post
        .runnable()
        .filter(|block| results.of(block.index).is_some())
        .count();
    let count = |wanted: fn(&Verdict) -> bool| {
        report
            .verdicts
            .iter()
            .filter(|verdict| wanted(verdict))
            .count()
    };
    let held = count(|verdict| *verdict == Verdict::Holds);
    let wrong = count(|verdict| matches!(verdict, Verdict::Contradicted { .. }));
    let bad: Vec<&Block> = post
        .runnable()
        .filter(|block| is_bad(post, block, results, report))
        .collect();
    let mut facts = vec![words.blocks(ran)];
    if held + wrong > 0 {
        facts.push(words.claims(held, held + wrong));
    }
    if !results.version.is_empty() {
        facts.push(format!("CPython {}", results.version));
    }
    let label = match (ran, bad.len()) {
        (0, _) => words.not_executed.clone(),
        (_, 0) => words.verified.clone(),
        (_, count) => format!("{}: {}", words.not_verified, words.blocks(count)),
    };
    Evidence {
        good: ran > 0 && bad.is_empty(),
        ran: ran > 0,
        label,
        facts,
        first_problem: bad.first().map(|bad| block::anchor(post, bad)),
    }
}

/// Says whether a block ended as nobody said it would, or a claim of it is wrong.
fn is_bad(post: &Post, block: &Block, results: &Results, report: &Report) -> bool {
    let failed = results.of(block.index).is_some_and(|result| {
        let unexpected = result
            .exception
            .as_ref()
            .is_some_and(|exception| !block::is_expected(post, block, exception, report));
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
