//! What was claimed against what happened: a verdict for every claim.

mod claim;
pub mod difference;
mod matrix;
mod outcome;
mod pattern;
mod printed;
mod report;
pub mod snapshot;

pub use claim::names_versions;
pub use matrix::verify_matrix;
pub use report::{Found, Report, Unclear, Verdict};

use crate::post::Post;
use crate::run::Results;

/// Judges every claim of a post, and how each of its blocks ended.
pub fn verify(post: &Post, results: &Results) -> Report {
    verify_matrix(post, results, &[])
}
