//! Syntax that a version does not have yet, refused in that version's words.

use super::ast::Loc;
use super::fail::Fail;
use super::source::Source;
use crate::python::version::Version;
use ruff_python_ast as ruff;
use ruff_python_ast::token::{Token, TokenKind, Tokens};
use ruff_python_parser::UnsupportedSyntaxError;
use ruff_python_parser::UnsupportedSyntaxErrorKind as Later;
use ruff_text_size::Ranged;

/// The grammar that the parser is to know. 3.15 has that of 3.14 here.
pub fn grammar(version: Version) -> ruff::PythonVersion {
    match version {
        Version::V3_9 => ruff::PythonVersion::PY39,
        Version::V3_10 => ruff::PythonVersion::PY310,
        Version::V3_11 => ruff::PythonVersion::PY311,
        Version::V3_12 => ruff::PythonVersion::PY312,
        Version::V3_13 => ruff::PythonVersion::PY313,
        Version::V3_14 | Version::V3_15 => ruff::PythonVersion::PY314,
    }
}

/// The first thing in a source that its version does not know, as that version's parser refuses it.
pub fn refused(
    source: &Source<'_>,
    tokens: &Tokens,
    errors: &[UnsupportedSyntaxError],
    version: Version,
) -> Option<Box<Fail>> {
    let error = errors.iter().min_by_key(|error| error.range.start())?;
    let (start, end) = (error.range.start().to_usize(), error.range.end().to_usize());
    let at_or_after = |place: usize| {
        tokens
            .iter()
            .find(|token| token.start().to_usize() >= place)
    };
    let loc = |token: Option<&Token>| match token {
        Some(token) => source.loc(token.start().to_usize(), token.end().to_usize()),
        None => source.loc(start, end),
    };
    let invalid = |token| Some(Fail::syntax("invalid syntax", loc(token)));
    match error.kind {
        Later::Match | Later::TypeAliasStatement => invalid(at_or_after(end)),
        Later::TypeParameterList => type_parameters(tokens, at_or_after(start), version, loc),
        Later::TypeParamDefault => {
            let before = tokens
                .iter()
                .filter(|token| token.end().to_usize() <= start);
            let bracket = before.rev().find(|token| token.kind() == TokenKind::Lsqb);
            type_parameters(tokens, bracket, version, loc)
        }
        Later::UnparenthesizedNamedExpr(_) => invalid(tokens.iter().find(|token| {
            token.start().to_usize() >= start && token.kind() == TokenKind::ColonEqual
        })),
        // Which it is stands at the place itself: a quote, a backslash, a comment or the end of a line.
        Later::Pep701FString(_) => match source.text.as_bytes().get(start) {
            Some(b'"' | b'\'') => {
                let message = nested_quote(source, tokens, start);
                Some(Fail::syntax(message, after_quote(source, start)))
            }
            found => {
                let close = tokens.iter().position(|token| {
                    token.start().to_usize() >= start && token.kind() == TokenKind::FStringEnd
                });
                let next = close.and_then(|close| tokens.get(close + 1));
                let what = match found {
                    Some(b'\\') => "f-string expression part cannot include a backslash",
                    _ if is_one_line(source, opened(tokens, start)) => {
                        return unterminated(source, opened(tokens, start)?);
                    }
                    _ => "f-string expression part cannot include '#'",
                };
                Some(Fail::syntax(what, loc(next)))
            }
        },
        _ => invalid(at_or_after(start)),
    }
}

/// `[T]` behind the name of a class or a function: from 3.11 on a function's parentheses are missed by name.
fn type_parameters(
    tokens: &Tokens,
    bracket: Option<&Token>,
    version: Version,
    loc: impl Fn(Option<&Token>) -> Loc,
) -> Option<Box<Fail>> {
    let place = tokens.iter().position(|token| Some(token) == bracket);
    let keyword = place
        .and_then(|place| place.checked_sub(2))
        .and_then(|at| tokens.get(at));
    let is_function = keyword.is_some_and(|token| token.kind() == TokenKind::Def);
    let message = match is_function && version >= Version::V3_11 {
        true => "expected '('",
        false => "invalid syntax",
    };
    Some(Fail::syntax(message, loc(bracket)))
}

/// The start of the f-string that a place is in.
fn opened(tokens: &Tokens, place: usize) -> Option<&Token> {
    let is_before =
        |token: &&Token| token.kind() == TokenKind::FStringStart && token.end().to_usize() <= place;
    tokens.iter().rev().find(is_before)
}

/// Whether an f-string has to end in the line where it starts.
fn is_one_line(source: &Source<'_>, opened: Option<&Token>) -> bool {
    let text = opened.and_then(|token| {
        source
            .text
            .get(token.start().to_usize()..token.end().to_usize())
    });
    text.is_some_and(|text| !text.ends_with("\"\"\"") && !text.ends_with("'''"))
}

/// Its line ends before it does.
fn unterminated(source: &Source<'_>, opened: &Token) -> Option<Box<Fail>> {
    let start = opened.start().to_usize();
    let place = source.loc(start, start);
    let message = format!(
        "unterminated string literal (detected at line {})",
        place.line
    );
    Some(Fail::syntax(message, place))
}

/// The quote ends the string there, in the middle of its expression.
fn nested_quote(source: &Source<'_>, tokens: &Tokens, quote: usize) -> String {
    let opened = opened(tokens, quote);
    let from = opened.map_or(quote, |token| token.end().to_usize());
    let mut open = Vec::new();
    for letter in source.text.get(from..quote).unwrap_or_default().chars() {
        match letter {
            '(' | '[' | '{' => open.push(letter),
            ')' | ']' | '}' => drop(open.pop()),
            // The format begins; an expression in it is looked at by itself.
            ':' if open.len() == 1 => open.clear(),
            _ => {}
        }
    }
    match open.as_slice() {
        [_, .., last] => format!("f-string: unmatched '{last}'"),
        _ => "f-string: expecting '}'".to_owned(),
    }
}

/// The word behind a quote.
fn after_quote(source: &Source<'_>, quote: usize) -> Loc {
    let rest = source.text.get(quote + 1..).unwrap_or_default();
    let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_'));
    source.loc(quote + 1, quote + 1 + length.unwrap_or(rest.len()).max(1))
}
