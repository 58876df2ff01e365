//! What was claimed against what happened: a verdict for every claim.

mod claim;
pub mod difference;
mod outcome;
mod pattern;
mod printed;
mod report;
pub mod snapshot;

pub use report::{Found, Report, Unclear, Verdict};

use crate::post::Post;
use crate::run::Results;

/// Judges every claim of a post, and how each of its blocks ended.
pub fn verify(post: &Post, results: &Results) -> Report {
    let verdicts: Vec<Verdict> = post
        .claims
        .iter()
        .map(|claim| claim::judge(post, claim, results))
        .collect();
    let of_claims = post
        .claims
        .iter()
        .zip(&verdicts)
        .filter_map(|(claim, verdict)| claim::diagnose(claim, verdict, &results.version));
    let mut diagnostics: Vec<_> = of_claims.collect();
    for block in post.runnable() {
        if let Some(result) = results.of(block.index) {
            diagnostics.extend(outcome::diagnose(post, block, result, &verdicts));
        }
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    Report {
        version: results.version.clone(),
        verdicts,
        diagnostics,
    }
}
