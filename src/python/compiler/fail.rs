//! Errors while compiling, before they are put beside their line of source.

use super::ast::Loc;
use super::error::{ErrorKind, SyntaxError};

/// What is wrong and where.
#[derive(Clone, Debug)]
pub struct Fail {
    /// Which exception.
    pub kind: ErrorKind,
    /// Its message.
    pub message: String,
    /// Where; [`Loc::NONE`] for an error without a place.
    pub loc: Loc,
    /// The error as it is shown, where that is known already.
    pub shown: Option<SyntaxError>,
}

/// A result of the compiler's own stages.
pub type Result<T> = std::result::Result<T, Box<Fail>>;

impl Fail {
    /// An error of a kind at a place.
    pub fn new(kind: ErrorKind, message: impl Into<String>, loc: Loc) -> Box<Fail> {
        Box::new(Fail {
            kind,
            message: message.into(),
            loc,
            shown: None,
        })
    }

    /// An error that is known as it is shown.
    pub fn shown(error: SyntaxError) -> Box<Fail> {
        Box::new(Fail {
            kind: error.kind,
            message: error.message.clone(),
            loc: Loc::NONE,
            shown: Some(error),
        })
    }

    /// A `SyntaxError` at a place.
    pub fn syntax(message: impl Into<String>, loc: Loc) -> Box<Fail> {
        Fail::new(ErrorKind::Syntax, message, loc)
    }
}
