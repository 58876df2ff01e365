//! The verdicts of a post under one Python version.

use crate::diagnostic::Diagnostic;

/// What we found about a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is true.
    Holds,
    /// It is not; what the engine gives instead.
    Contradicted {
        /// The true value.
        found: String,
    },
    /// Its line did not run.
    NotReached,
    /// It cannot be judged here, and why.
    Unjudged {
        /// The reason, for the author.
        reason: String,
    },
    /// It speaks for other Python versions than the one that ran.
    OtherVersion,
}

/// What we found about a post.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// The version that ran: `3.13`.
    pub version: String,
    /// One verdict for each claim of the post, in the order of `Post::claims`.
    pub verdicts: Vec<Verdict>,
    /// Mistakes found by running: contradicted claims, uncaught exceptions, options that do not hold.
    pub diagnostics: Vec<Diagnostic>,
}
