//! Strings and f-strings in the parser: what stands in their fields, what their escapes mean.

use super::expression::rule;
use super::node::{Kind, Node};
use super::parser::{Found, Parser, Stop, want};
use super::{ErrorKind, token};
use std::rc::Rc;

impl Parser<'_> {
    /// Strings in a row.
    pub(super) fn strings(&mut self) -> Found<Rc<Node>> {
        self.remember(rule::STRINGS, |p| {
            let first = p.at;
            let mut kinds = Vec::new();
            let mut is_formatted = false;
            loop {
                if let Some(at) = p.kind(token::Kind::String)? {
                    kinds.push(is_bytes(p.tokens[at].text));
                } else if p.attempt(Parser::formatted)?.is_some() {
                    is_formatted = true;
                    kinds.push(false);
                } else {
                    break;
                }
            }
            if kinds.is_empty() {
                return Ok(None);
            }
            p.check_strings(first, &kinds)?;
            let kind = if is_formatted {
                Kind::FString
            } else {
                Kind::Literal
            };
            Ok(Some(p.node(kind, first)))
        })
    }

    fn check_strings(&mut self, first: usize, kinds: &[bool]) -> Result<(), Stop> {
        for at in first..self.at {
            let token = self.tokens[at];
            if token.kind == token::Kind::String
                && let Some(problem) = string_problem(token.text)
            {
                return Err(self.raise_token(at, problem));
            }
        }
        if kinds.contains(&true) && kinds.contains(&false) {
            let message = "cannot mix bytes and nonbytes literals";
            return Err(self.raise_last(ErrorKind::Syntax, message));
        }
        Ok(())
    }

    fn formatted(&mut self) -> Found<()> {
        let start = want!(self.kind(token::Kind::FStart));
        let raw = self.tokens[start].text.contains(['r', 'R']);
        let mut problem = None;
        self.many(|p| {
            if let Some(at) = p.kind(token::Kind::FMiddle)? {
                if !raw && problem.is_none() {
                    problem = escape_problem(p.tokens[at].text, false);
                }
                return Ok(Some(()));
            }
            p.field()
        })?;
        want!(self.kind(token::Kind::FEnd));
        match problem {
            Some(problem) => {
                Err(self.raise_last(ErrorKind::Syntax, format!("(unicode error) {problem}")))
            }
            None => Ok(Some(())),
        }
    }

    /// `{value = !r : format}`
    pub(super) fn field(&mut self) -> Found<()> {
        let start = self.at;
        let found = self.attempt(|p| {
            want!(p.word("{"));
            want!(p.right_side());
            p.word("=")?;
            p.conversion()?;
            if p.word(":")?.is_some() {
                p.many(Parser::format_part)?;
            }
            want!(p.word("}"));
            Ok(Some(()))
        })?;
        if found.is_none() && self.strict {
            self.at = start;
            self.mistaken_field()?;
            self.at = start;
        }
        Ok(found)
    }

    fn format_part(&mut self) -> Found<()> {
        if self.kind(token::Kind::FMiddle)?.is_some() {
            return Ok(Some(()));
        }
        self.field()
    }

    fn conversion(&mut self) -> Result<(), Stop> {
        let found = self.attempt(|p| {
            let mark = want!(p.word("!"));
            let name = want!(p.name_token());
            Ok(Some((mark, name)))
        })?;
        let Some((mark, name)) = found else {
            return Ok(());
        };
        let (mark_token, token) = (self.tokens[mark], self.tokens[name]);
        if (mark_token.line, mark_token.end_column) != (token.line, token.column) {
            // The word is spelled so in CPython 3.13.0.
            let message = "f-string: conversion type must come right after the exclamanation mark";
            return Err(self.raise_tokens(mark, name, message.into()));
        }
        if !matches!(token.text, "s" | "r" | "a") {
            let message = format!(
                "f-string: invalid conversion character '{}': expected 's', 'r', or 'a'",
                token.text
            );
            return Err(self.raise_token(name, message));
        }
        Ok(())
    }

    fn mistaken_field(&mut self) -> Result<(), Stop> {
        if self.word("{")?.is_none() {
            return Ok(());
        }
        for mark in ["=", "!", ":", "}"] {
            if let Some(at) = self.word(mark)? {
                let message = format!("f-string: valid expression required before '{mark}'");
                return Err(self.raise_token(at, message));
            }
        }
        if self.attempt(Parser::right_side)?.is_none() {
            let message = "f-string: expecting a valid expression after '{'";
            return Err(self.raise_next(message));
        }
        if !self.sees(&["=", "!", ":", "}"])? {
            let message = "f-string: expecting '=', or '!', or ':', or '}'";
            return Err(self.raise_next(message));
        }
        if self.word("=")?.is_some() && !self.sees(&["!", ":", "}"])? {
            return Err(self.raise_next("f-string: expecting '!', or ':', or '}'"));
        }
        if self.word("!")?.is_some() {
            if self.sees(&[":", "}"])? {
                return Err(self.raise_next("f-string: missing conversion character"));
            }
            if self.name_token()?.is_none() {
                return Err(self.raise_next("f-string: invalid conversion character"));
            }
            if !self.sees(&[":", "}"])? {
                return Err(self.raise_next("f-string: expecting ':' or '}'"));
            }
        }
        if self.word(":")?.is_some() {
            self.many(Parser::format_part)?;
            if !self.sees(&["}"])? {
                return Err(self.raise_next("f-string: expecting '}', or format specs"));
            }
        }
        if !self.sees(&["}"])? {
            return Err(self.raise_next("f-string: expecting '}'"));
        }
        Ok(())
    }
}

fn prefix(literal: &str) -> &str {
    let end = literal.find(['\'', '"']).unwrap_or(0);
    &literal[..end]
}

fn is_bytes(literal: &str) -> bool {
    prefix(literal).contains(['b', 'B'])
}

/// What is wrong with the inside of a string literal.
fn string_problem(literal: &str) -> Option<String> {
    let prefix = prefix(literal);
    let quoted = &literal[prefix.len()..];
    let size = if quoted.starts_with("'''") || quoted.starts_with("\"\"\"") {
        3
    } else {
        1
    };
    let inside = quoted.get(size..quoted.len().saturating_sub(size))?;
    let is_bytes = prefix.contains(['b', 'B']);
    if is_bytes && !inside.is_ascii() {
        return Some("bytes can only contain ASCII literal characters".into());
    }
    if prefix.contains(['r', 'R']) {
        return None;
    }
    let problem = escape_problem(inside, is_bytes)?;
    let kind = if is_bytes { "value" } else { "unicode" };
    Some(format!("({kind} error) {problem}"))
}

/// What is wrong with the escapes of a text. Positions are those of CPython's buffer, which holds a character
/// beyond ASCII as an escape of ten bytes.
fn escape_problem(text: &str, is_bytes: bool) -> Option<String> {
    let mut position = 0;
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        let start = position;
        position += if character.is_ascii() { 1 } else { 10 };
        if character != '\\' {
            continue;
        }
        let escape = rest.next()?;
        position += if escape.is_ascii() { 1 } else { 10 };
        let digits = match escape {
            'x' => 2,
            'u' if !is_bytes => 4,
            'U' if !is_bytes => 8,
            'N' if !is_bytes => {
                let (problem, len) = name_problem(rest.as_str());
                if let Some(problem) = problem {
                    let end = start + 1 + len;
                    return Some(decode_problem(start, end, problem));
                }
                for _ in 0..len {
                    rest.next();
                    position += 1;
                }
                continue;
            }
            _ => continue,
        };
        let found = rest
            .as_str()
            .bytes()
            .take(digits)
            .take_while(u8::is_ascii_hexdigit)
            .count();
        if found < digits {
            if is_bytes {
                return Some(format!("invalid \\x escape at position {start}"));
            }
            let form = match digits {
                2 => "\\xXX",
                4 => "\\uXXXX",
                _ => "\\UXXXXXXXX",
            };
            return Some(decode_problem(
                start,
                start + 1 + found,
                &format!("truncated {form} escape"),
            ));
        }
        let value = u32::from_str_radix(&rest.as_str()[..digits], 16).unwrap_or(0);
        if value > 0x10_FFFF {
            return Some(decode_problem(
                start,
                start + 1 + digits,
                "illegal Unicode character",
            ));
        }
        for _ in 0..digits {
            rest.next();
        }
        position += digits;
    }
    None
}

/// What is wrong with the name behind `\N`, and how many characters belong to it.
fn name_problem(rest: &str) -> (Option<&'static str>, usize) {
    const MALFORMED: &str = "malformed \\N character escape";
    let Some(inner) = rest.strip_prefix('{') else {
        return (Some(MALFORMED), 0);
    };
    match inner.find('}') {
        Some(end) if end > 0 => {
            let is_known = unicode_names2::character(&inner[..end]).is_some();
            (
                (!is_known).then_some("unknown Unicode character name"),
                end + 2,
            )
        }
        Some(_) => (Some(MALFORMED), 2),
        None => (Some(MALFORMED), rest.chars().count()),
    }
}

fn decode_problem(start: usize, end: usize, problem: &str) -> String {
    format!("'unicodeescape' codec can't decode bytes in position {start}-{end}: {problem}")
}
