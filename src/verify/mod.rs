//! What was claimed against what happened: a verdict for every claim.

mod report;

pub use report::{Report, Verdict};
