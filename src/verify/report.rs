//! The verdicts of a post under one Python version.

use serde::{Deserialize, Serialize};
use std::fmt;

use crate::diagnostic::Diagnostic;

/// What we found about a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// It is true.
    Holds,
    /// It is not; what the engine gives instead.
    Contradicted {
        /// What that is.
        found: Found,
    },
    /// Its line did not run.
    NotReached,
    /// It cannot be judged here, and why.
    Unjudged {
        /// The reason.
        reason: Unclear,
    },
    /// It speaks for other Python versions than the one that ran.
    OtherVersion,
}

/// What the engine gives where something else was claimed. Its text is for the author; the site has words of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Found {
    /// This value, this line of output, this exception.
    Value(String),
    /// No value: an exception of this type.
    Raised(String),
    /// No exception.
    NoException,
    /// Nothing was printed at the place of the claimed line.
    NoLine,
    /// This line, and so many more behind it.
    MoreLines(String, usize),
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Found::Value(text) => f.write_str(text),
            Found::Raised(name) => write!(f, "{name} (raised)"),
            Found::NoException => f.write_str("nothing"),
            Found::NoLine => f.write_str("no such line"),
            Found::MoreLines(text, count) => write!(f, "{text} and {count} more"),
        }
    }
}

/// Why a claim cannot be judged. Its text is for the author; the site has words of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unclear {
    /// Its block does not run.
    NotRun,
    /// It stands by a statement that has no value.
    NoValue,
    /// Its line printed nothing.
    NothingPrinted,
    /// The engine did not look at the expression.
    NotSeen,
    /// The expression is `None`, as that of a method that changes its object.
    OnlyNone,
    /// The line has several values.
    SeveralValues,
    /// The line ran several times, with different values.
    SeveralTimes,
}

impl fmt::Display for Unclear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unclear::NotRun => "its block does not run",
            Unclear::NoValue => "the statement gives no value",
            Unclear::NothingPrinted => "nothing was printed",
            Unclear::NotSeen => "the engine gives no value here",
            Unclear::OnlyNone => "the expression is None",
            Unclear::SeveralValues => "the line has several values",
            Unclear::SeveralTimes => "the line ran several times, with different values",
        })
    }
}

/// What we found about a post.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// The version that ran: `3.13`.
    pub version: String,
    /// One verdict for each claim of the post, in the order of `Post::claims`. A claim that names versions is judged under
    /// all that are compared; any other under the one that is shown.
    pub verdicts: Vec<Verdict>,
    /// The versions that are compared, the oldest first; none if there is but one.
    pub compared: Vec<String>,
    /// The verdicts under each of them.
    pub matrix: Vec<Vec<Verdict>>,
    /// Mistakes found by running: contradicted claims, uncaught exceptions, options that do not hold.
    pub diagnostics: Vec<Diagnostic>,
}
