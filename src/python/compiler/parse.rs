//! The parser: ruff's, with its errors in CPython's words.

use super::Mode;
use super::ast::Loc;
use super::error::ErrorKind;
use super::fail::{Fail, Result};
use super::source::Source;
use ruff_python_ast as ruff;
use ruff_python_parser::{ParseError, ParseOptions, parse_unchecked};

/// Parses a source.
pub fn parse(source: &Source<'_>, mode: Mode) -> Result<ruff::Mod> {
    let mode = match mode {
        Mode::Eval => ruff_python_parser::Mode::Expression,
        Mode::Exec | Mode::Single => ruff_python_parser::Mode::Module,
    };
    let parsed = parse_unchecked(&source.text, ParseOptions::from(mode));
    match parsed.errors().first() {
        Some(error) => Err(translate(source, error)),
        None => Ok(parsed.into_syntax()),
    }
}

/// The tree of a source, if the parser finds nothing wrong with it.
pub fn tree(source: &Source<'_>, mode: Mode) -> Option<ruff::Mod> {
    parse(source, mode).ok()
}

fn translate(source: &Source<'_>, error: &ParseError) -> Box<Fail> {
    let loc: Loc = source.loc(
        error.location.start().to_usize(),
        error.location.end().to_usize(),
    );
    Fail::new(ErrorKind::Syntax, "invalid syntax", loc)
}
