//! The parser: ruff's, with its errors in CPython's words.

use super::Mode;
use super::ast::Loc;
use super::diagnose::{self, diagnose};
use super::error::ErrorKind;
use super::fail::{Fail, Result};
use super::later;
use super::source::Source;
use super::warning::{self, Warning};
use crate::python::version::Version;
use ruff_python_ast as ruff;
use ruff_python_ast::token::{TokenKind, Tokens};
use ruff_python_parser::{ParseError, ParseOptions, parse_unchecked};

/// Parses a source; the tree, and what there is to warn of. The library may use what a later Python accepts.
pub fn parse(
    source: &Source<'_>,
    mode: Mode,
    is_library: bool,
    version: Version,
) -> Result<(ruff::Mod, Vec<Warning>)> {
    let parsed = parse_unchecked(&source.text, options(mode, is_library, version));
    let error = parsed.errors().first();
    // What a later Python accepts, and what no parser of tokens sees.
    let is_suspicious = !parsed.unsupported_syntax_errors().is_empty()
        || source.text.contains('\0')
        || (mode == Mode::Single && source.text.trim().is_empty())
        || is_too_deep(parsed.tokens());
    if (error.is_some() || (is_suspicious && !is_library))
        && let Some(error) = diagnose(&source.text, mode)
    {
        return Err(Fail::shown(*error));
    }
    let later = parsed.unsupported_syntax_errors();
    if error.is_none()
        && !is_library
        && let Some(fail) = later::refused(source, parsed.tokens(), later, version)
    {
        return Err(Fail::shown(source.refuse(*fail)));
    }
    match error {
        Some(error) => Err(translate(source, error)),
        None => {
            let warnings = warning::of_tokens(source, parsed.tokens());
            Ok((parsed.into_syntax(), warnings))
        }
    }
}

/// The tree of a source, if the parser finds nothing wrong with it.
pub fn tree(source: &Source<'_>, mode: Mode) -> Option<ruff::Mod> {
    let parsed = parse_unchecked(&source.text, options(mode, false, Version::default()));
    parsed.errors().is_empty().then(|| parsed.into_syntax())
}

/// Whether there are more brackets in brackets or blocks in blocks than CPython's tokenizer follows.
fn is_too_deep(tokens: &Tokens) -> bool {
    let (mut brackets, mut blocks) = (0u32, 0u32);
    tokens.iter().any(|token| {
        match token.kind() {
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => brackets += 1,
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => {
                brackets = brackets.saturating_sub(1);
            }
            TokenKind::Indent => blocks += 1,
            TokenKind::Dedent => blocks = blocks.saturating_sub(1),
            _ => {}
        }
        brackets > diagnose::LEVEL_MAX as u32 || blocks >= diagnose::INDENT_MAX as u32
    })
}

fn options(mode: Mode, is_library: bool, version: Version) -> ParseOptions {
    let mode = match mode {
        Mode::Eval => ruff_python_parser::Mode::Expression,
        Mode::Exec | Mode::Single => ruff_python_parser::Mode::Module,
    };
    let options = ParseOptions::from(mode);
    if is_library {
        return options;
    }
    options.with_target_version(later::grammar(version))
}

fn translate(source: &Source<'_>, error: &ParseError) -> Box<Fail> {
    let loc: Loc = source.loc(
        error.location.start().to_usize(),
        error.location.end().to_usize(),
    );
    Fail::new(ErrorKind::Syntax, "invalid syntax", loc)
}
