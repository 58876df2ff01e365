//! What CPython warns of while it compiles: `SyntaxWarning`. The parser's warnings are here; those of the code
//! generator are in `codegen/warn.rs`. CPython 3.13: Parser/string_parser.c, Parser/lexer/lexer.c.

use super::source::Source;
use ruff_python_ast::StringFlags;
use ruff_python_ast::token::{TokenKind, Tokens};
use ruff_text_size::Ranged;

/// A `SyntaxWarning`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Line (from 1) and byte column (from 0) of the start.
    pub start: (u32, u32),
    /// Line and byte column of the end.
    pub end: (u32, u32),
    /// The text.
    pub message: String,
}

/// What the tokens of a source give reason to warn of, in order.
pub fn of_tokens(source: &Source<'_>, tokens: &Tokens) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let (start, end) = (token.start().to_usize(), token.end().to_usize());
        let text = || &source.text[start..end];
        let message = match token.kind() {
            TokenKind::String if !token.unwrap_string_flags().prefix().is_raw() => {
                let size = token.unwrap_string_flags().opener_len().to_usize();
                let is_bytes = token.unwrap_string_flags().prefix().is_bytes();
                bad_escape(text().get(size..).unwrap_or(""), is_bytes)
            }
            TokenKind::FStringMiddle if !token.unwrap_string_flags().prefix().is_raw() => {
                bad_escape(text(), false)
            }
            TokenKind::Int | TokenKind::Float | TokenKind::Complex => {
                let next = tokens.get(at + 1);
                let touches = next
                    .is_some_and(|next| next.start() == token.end() && next.kind().is_keyword());
                touches.then(|| format!("invalid {} literal", number_name(text())))
            }
            _ => None,
        };
        let point = |at| {
            let (line, column) = source.point(at);
            (line as u32, column as u32)
        };
        warnings.extend(message.map(|message| Warning {
            start: point(start),
            end: point(end),
            message,
        }));
    }
    warnings
}

fn number_name(number: &str) -> &'static str {
    match number.as_bytes() {
        [b'0', b'x' | b'X', ..] => "hexadecimal",
        [b'0', b'o' | b'O', ..] => "octal",
        [b'0', b'b' | b'B', ..] => "binary",
        [.., b'j' | b'J'] => "imaginary",
        _ => "decimal",
    }
}

/// The first escape in a text that means nothing.
fn bad_escape(text: &str, is_bytes: bool) -> Option<String> {
    let mut rest = text[text.find('\\')?..].chars();
    while let Some(character) = rest.next() {
        if character != '\\' {
            continue;
        }
        let escaped = rest.next()?;
        let is_known = match escaped {
            '\n' | '\\' | '\'' | '"' | 'a' | 'b' | 'f' | 'n' | 'r' | 't' | 'v' | 'x' | '{'
            | '}' => !matches!(escaped, '{' | '}'),
            'N' | 'u' | 'U' => !is_bytes,
            '0'..='7' => {
                let digits: String = std::iter::once(escaped)
                    .chain(rest.as_str().chars().take(2).take_while(|c| c.is_digit(8)))
                    .collect();
                if u32::from_str_radix(&digits, 8).is_ok_and(|value| value > 0o377) {
                    return Some(format!("invalid octal escape sequence '\\{digits}'"));
                }
                true
            }
            _ => false,
        };
        if !is_known {
            return Some(format!("invalid escape sequence '\\{escaped}'"));
        }
    }
    None
}
