//! What we tell an author about a post: collected beside the value it concerns, never thrown.
//!
//! A stage that meets a mistake pushes a [`Diagnostic`] and goes on. Spans are offsets into the [`Source`] that
//! the diagnostics lie beside.
//!
//! [`Source`]: crate::source::Source

mod suggest;
mod terminal;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub use crate::source::Span;
pub use suggest::closest;
pub use terminal::{Style, render};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Worth knowing; nothing fails.
    Note,
    /// Probably a mistake; nothing fails.
    Warning,
    /// A mistake: `check` exits with 1.
    Error,
}

/// A remark at a place beside the main one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is to see there; may be empty, to underline only.
    pub text: String,
}

/// One message about one place of a source.
///
/// `message` stands alone in a narrow terminal; details go to labels and help.
///
/// # Examples
/// ```
/// use gieok::diagnostic::{Diagnostic, Span};
/// let diagnostic = Diagnostic::error("claim-mismatch", Span::new(10, 12), "`len(a)` is 3, not 64")
///     .label(Span::new(10, 12), "CPython 3.13 gives 3")
///     .help("change it to `3`, or remove the claim");
/// assert!(diagnostic.is_error());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What kind of mistake, in lower case with hyphens, stable: `claim-mismatch`.
    pub code: Cow<'static, str>,
    /// The main place.
    pub span: Span,
    /// What happened, in one sentence without a full stop.
    pub message: String,
    /// Remarks at places; one at the main place writes beside the caret.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// A diagnostic with no labels and no help.
    pub fn new(
        severity: Severity,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            severity,
            code: Cow::Borrowed(code),
            span,
            message: message.into(),
            labels: Vec::new(),
            help: Vec::new(),
        }
    }

    /// An error.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Error, code, span, message)
    }

    /// A warning.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Warning, code, span, message)
    }

    /// Adds a remark at a place.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Adds a piece of advice.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Diagnostic {
        self.help.push(text.into());
        self
    }

    /// Adds the advice if there is any.
    #[must_use]
    pub fn help_if(mut self, text: Option<String>) -> Diagnostic {
        self.help.extend(text);
        self
    }

    /// Says whether this makes a check fail.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
