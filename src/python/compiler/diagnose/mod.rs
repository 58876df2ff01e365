//! What is wrong with a source that does not parse, in CPython's words and at CPython's places.
//!
//! The compiler's own parser is ruff's, which recovers from mistakes and describes them in its own way. A source
//! that it refuses is read again here: by a tokenizer and a parser that build no tree but follow CPython 3.13's order
//! of looking at things, since that order decides which of several mistakes is told.

mod argument;
mod compound;
mod display;
mod expression;
mod lexer;
mod literal;
mod node;
mod parameter;
mod parser;
mod pattern;
mod simple;
mod target;
mod text;
mod token;

use super::Mode;
use super::error::{ErrorKind, SyntaxError};
pub use lexer::{INDENT_MAX, LEVEL_MAX};
use parser::Parser;

/// The mistake for which CPython 3.13 refuses a source. `None` when this parser finds none.
pub fn diagnose(text: &str, mode: Mode) -> Option<Box<SyntaxError>> {
    if text.contains('\0') {
        return Some(Box::new(SyntaxError {
            kind: ErrorKind::Syntax,
            message: "source code string cannot contain null bytes".into(),
            line: 0,
            column: 0,
            end_line: 0,
            end_column: None,
            is_late: false,
            text: None,
        }));
    }
    let mut text = text.to_owned();
    // Only a module gets the newline that its last line lacks.
    if mode == Mode::Exec && !text.ends_with('\n') {
        text.push('\n');
    }
    Parser::new(&text, mode).run(match mode {
        Mode::Exec => Parser::module,
        Mode::Single => Parser::interactive,
        Mode::Eval => Parser::evaluated,
    })
}
