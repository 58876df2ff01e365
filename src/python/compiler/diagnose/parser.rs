//! The machinery of the parser of mistakes: tokens on demand, ways back, what was tried before, errors.
//!
//! It goes over a source twice, as CPython's parser does. The first time it only looks how far the text makes
//! sense; the second time it looks at each construct for the mistakes that people make with it. The first one it
//! finds is told; without one, it is "invalid syntax" at the last token that the first time reached.
//! CPython 3.13: Parser/pegen.c, Parser/pegen_errors.c.

use super::super::Mode;
use super::super::error::{ErrorKind, SyntaxError};
use super::lexer::Lexer;
use super::node::{self, Kind, Node, Targets};
use super::token::{self, Token};
use std::collections::HashMap;
use std::rc::Rc;

/// An error was found: it is in [`Parser::error`].
#[derive(Debug)]
pub struct Stop;

/// What was recognized, if it was.
pub type Found<T> = Result<Option<T>, Stop>;

/// Goes on with what was found, or ends the function with nothing.
macro_rules! want {
    ($found:expr) => {
        match $found? {
            Some(found) => found,
            None => return Ok(None),
        }
    };
}
pub(super) use want;

/// The deepest nesting that is followed.
const DEPTH_MAX: usize = 4000;

/// What was remembered of a rule at a token: what it found, and behind which token it ended.
type Memory = HashMap<(u8, usize), Option<(Rc<Node>, usize)>>;

pub struct Parser<'a> {
    pub(super) lexer: Lexer<'a>,
    pub(super) tokens: Vec<Token<'a>>,
    /// The next token.
    pub(super) at: usize,
    /// Whether mistakes are looked for.
    pub(super) strict: bool,
    memory: Memory,
    pub(super) error: Option<Box<SyntaxError>>,
    /// Whether the error comes from the tokenizer.
    from_lexer: bool,
    depth: usize,
}

impl<'a> Parser<'a> {
    pub fn new(text: &'a str, mode: Mode) -> Parser<'a> {
        Parser {
            lexer: Lexer::new(text, mode),
            tokens: Vec::new(),
            at: 0,
            strict: false,
            memory: Memory::new(),
            error: None,
            from_lexer: false,
            depth: 0,
        }
    }

    /// Looks for what is wrong. `None` when this parser finds nothing.
    pub fn run(mut self, start: impl Fn(&mut Parser<'a>) -> Found<()>) -> Option<Box<SyntaxError>> {
        match start(&mut self) {
            Ok(Some(())) => return None,
            Err(Stop) => return self.conclude(),
            Ok(None) => {}
        }
        let last = self.tokens.len() - 1;
        self.memory.clear();
        self.at = 0;
        self.strict = true;
        if start(&mut self).is_err() {
            return self.conclude();
        }
        let token = self.tokens[last];
        match token.kind {
            token::Kind::Unexpected => {
                self.error = Some(self.unclosed());
                return self.error;
            }
            token::Kind::Indent | token::Kind::Dedent => {
                let which = if token.kind == token::Kind::Indent {
                    "indent"
                } else {
                    "unindent"
                };
                let _ = self.raise_last(ErrorKind::Indentation, format!("unexpected {which}"));
                return self.error;
            }
            _ => {}
        }
        let _ = self.raise_tokens(last, last, "invalid syntax".into());
        self.conclude()
    }

    /// The error, unless the rest of the source has a worse one.
    fn conclude(mut self) -> Option<Box<SyntaxError>> {
        if self.from_lexer || self.lexer.ended {
            return self.error;
        }
        let line = self.tokens.last().map_or(0, |token| token.line);
        loop {
            match self.lexer.token_next() {
                Err(worse) if !self.lexer.ended => return Some(worse),
                Err(_) => break,
                Ok(token) => match token.kind {
                    token::Kind::Unexpected => {
                        let open = self.lexer.brackets.last();
                        if open.is_some_and(|open| line > open.line) {
                            return Some(self.unclosed());
                        }
                        break;
                    }
                    token::Kind::End => break,
                    _ => {}
                },
            }
        }
        self.error
    }

    /// Reads tokens up to the next one.
    pub(super) fn fill(&mut self) -> Result<(), Stop> {
        while self.tokens.len() <= self.at {
            match self.lexer.token_next() {
                Ok(token) => self.tokens.push(token),
                Err(error) => {
                    self.error = Some(error);
                    self.from_lexer = true;
                    return Err(Stop);
                }
            }
            if self
                .tokens
                .last()
                .is_some_and(|token| token.kind == token::Kind::Unexpected)
            {
                self.error = Some(self.unclosed());
                self.from_lexer = true;
                return Err(Stop);
            }
        }
        Ok(())
    }

    /// The next token.
    pub(super) fn peek(&mut self) -> Result<Token<'a>, Stop> {
        self.fill()?;
        Ok(self.tokens[self.at])
    }

    /// A token of a kind; its number.
    pub(super) fn kind(&mut self, kind: token::Kind) -> Found<usize> {
        Ok((self.peek()?.kind == kind).then(|| {
            self.at += 1;
            self.at - 1
        }))
    }

    /// A keyword or an operator.
    pub(super) fn word(&mut self, text: &str) -> Found<usize> {
        let token = self.peek()?;
        let is_word = matches!(token.kind, token::Kind::Keyword | token::Kind::Op);
        Ok((is_word && token.text == text).then(|| {
            self.at += 1;
            self.at - 1
        }))
    }

    /// A name that is a keyword in its place only.
    pub(super) fn soft(&mut self, text: &str) -> Found<usize> {
        let token = self.peek()?;
        Ok(
            (token.kind == token::Kind::Name && token.text == text).then(|| {
                self.at += 1;
                self.at - 1
            }),
        )
    }

    pub(super) fn name_token(&mut self) -> Found<usize> {
        self.kind(token::Kind::Name)
    }

    /// Whether the next token is one of these words.
    pub(super) fn sees(&mut self, words: &[&str]) -> Result<bool, Stop> {
        let token = self.peek()?;
        let is_word = matches!(token.kind, token::Kind::Keyword | token::Kind::Op);
        Ok(is_word && words.contains(&token.text))
    }

    pub(super) fn sees_kind(&mut self, kind: token::Kind) -> Result<bool, Stop> {
        Ok(self.peek()?.kind == kind)
    }

    /// One of these words.
    pub(super) fn one_of(&mut self, words: &[&str]) -> Found<usize> {
        if self.sees(words)? {
            self.at += 1;
            return Ok(Some(self.at - 1));
        }
        Ok(None)
    }

    /// Tries something; when it finds nothing, the tokens are as before.
    pub(super) fn attempt<T>(&mut self, what: impl FnOnce(&mut Self) -> Found<T>) -> Found<T> {
        let start = self.at;
        let found = what(self)?;
        if found.is_none() {
            self.at = start;
        }
        Ok(found)
    }

    /// Whether something comes next; no token is taken.
    pub(super) fn ahead<T>(
        &mut self,
        what: impl FnOnce(&mut Self) -> Found<T>,
    ) -> Result<bool, Stop> {
        let start = self.at;
        let found = what(self)?.is_some();
        self.at = start;
        Ok(found)
    }

    /// Something as often as it comes.
    pub(super) fn many<T>(
        &mut self,
        mut what: impl FnMut(&mut Self) -> Found<T>,
    ) -> Result<Vec<T>, Stop> {
        let mut all = Vec::new();
        while let Some(found) = self.attempt(&mut what)? {
            all.push(found);
        }
        Ok(all)
    }

    /// Something, once or more often, with commas between.
    pub(super) fn listed<T>(
        &mut self,
        mut what: impl FnMut(&mut Self) -> Found<T>,
    ) -> Found<Vec<T>> {
        let mut all = vec![want!(self.attempt(&mut what))];
        while let Some(found) = self.attempt(|p| {
            want!(p.word(","));
            what(p)
        })? {
            all.push(found);
        }
        Ok(Some(all))
    }

    /// Recognizes a rule, or remembers what it found here before.
    pub(super) fn remember(
        &mut self,
        rule: u8,
        what: impl FnOnce(&mut Self) -> Found<Rc<Node>>,
    ) -> Found<Rc<Node>> {
        let start = self.at;
        if let Some(known) = self.memory.get(&(rule, start)) {
            return Ok(known.as_ref().map(|(node, end)| {
                self.at = *end;
                node.clone()
            }));
        }
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            self.error = Some(Box::new(SyntaxError {
                kind: ErrorKind::Memory,
                message: "Parser stack overflowed - Memory Error".into(),
                line: 0,
                column: 0,
                end_line: 0,
                end_column: None,
                is_late: false,
                text: None,
            }));
            self.from_lexer = true;
            return Err(Stop);
        }
        let found = self.attempt(what)?;
        self.depth -= 1;
        let memory = found.as_ref().map(|node| (node.clone(), self.at));
        self.memory.insert((rule, start), memory);
        Ok(found)
    }

    /// Tries something without a look at mistakes, and forgets what was found on the way. The tokens are as before.
    pub(super) fn rehearse<T>(&mut self, what: impl FnOnce(&mut Self) -> Found<T>) -> Found<T> {
        let start = self.at;
        let memory = std::mem::take(&mut self.memory);
        let strict = std::mem::replace(&mut self.strict, false);
        let found = what(self);
        self.strict = strict;
        self.memory = memory;
        self.at = start;
        found
    }

    pub(super) fn node(&self, kind: Kind, first: usize) -> Rc<Node> {
        self.node_of(kind, first, Vec::new())
    }

    /// An expression from token `first` up to here.
    pub(super) fn node_of(&self, kind: Kind, first: usize, parts: Vec<Rc<Node>>) -> Rc<Node> {
        Rc::new(Node {
            kind,
            first,
            last: self.at.saturating_sub(1),
            parts,
        })
    }

    /// An error from the start of token `first` to the end of token `last`.
    #[cold]
    pub(super) fn raise_tokens(&mut self, first: usize, last: usize, message: String) -> Stop {
        let (start, end) = (self.tokens[first], self.tokens[last]);
        let ends = (end.end_line, end.end_column + 1);
        self.raise(
            ErrorKind::Syntax,
            (start.line, start.column + 1),
            ends,
            message,
        )
    }

    /// An error at one token.
    pub(super) fn raise_token(&mut self, at: usize, message: impl Into<String>) -> Stop {
        self.raise_tokens(at, at, message.into())
    }

    /// An error at an expression.
    pub(super) fn raise_node(&mut self, node: &Node, message: impl Into<String>) -> Stop {
        self.raise_tokens(node.first, node.last, message.into())
    }

    /// An error at the last token that was read.
    pub(super) fn raise_last(&mut self, kind: ErrorKind, message: impl Into<String>) -> Stop {
        self.raise_at(kind, self.tokens.len() - 1, message)
    }

    /// An error at the next token.
    pub(super) fn raise_next(&mut self, message: impl Into<String>) -> Stop {
        match self.fill() {
            Ok(()) => self.raise_at(ErrorKind::Syntax, self.at, message),
            Err(stop) => stop,
        }
    }

    fn raise_at(&mut self, kind: ErrorKind, at: usize, message: impl Into<String>) -> Stop {
        let token = self.tokens[at];
        let column = if token.column < 0 {
            // The token has no place in its line: where the tokenizer is.
            (self.lexer.at - self.lexer.line_start) as i32
        } else {
            token.column + 1
        };
        let end = if token.end_column < 0 {
            -1
        } else {
            token.end_column + 1
        };
        self.raise(
            kind,
            (token.line, column),
            (token.end_line, end),
            message.into(),
        )
    }

    /// An error from a token to where the tokenizer is.
    pub(super) fn raise_from(&mut self, first: usize, message: impl Into<String>) -> Stop {
        let start = self.tokens[first];
        let end = (self.lexer.at - self.lexer.line_start) as i32;
        let end = (self.lexer.line, end);
        self.raise(
            ErrorKind::Syntax,
            (start.line, start.column + 1),
            end,
            message.into(),
        )
    }

    /// An error at these places: lines from 1, bytes from 1.
    pub(super) fn raise(
        &mut self,
        kind: ErrorKind,
        (line, column): (i32, i32),
        (end_line, end_column): (i32, i32),
        message: String,
    ) -> Stop {
        let text = self.shown_line(line);
        self.error = Some(Box::new(SyntaxError {
            kind,
            message,
            line: line.max(0) as u32,
            column: characters(&text, column),
            end_line: end_line.max(0) as u32,
            end_column: Some(if end_column > 0 {
                characters(&text, end_column)
            } else {
                end_column
            }),
            is_late: false,
            text: Some(text),
        }));
        Stop
    }

    /// The text that an error in a line shows: what the tokenizer holds when it is not past the line.
    fn shown_line(&self, line: i32) -> String {
        if self.lexer.line <= line {
            let rest = self.lexer.line_text(self.lexer.line_start);
            let end = (self.lexer.line_start + rest.len() + 1).min(self.lexer.text.len());
            return self.lexer.text[self.lexer.buffer_start.min(end)..end].to_owned();
        }
        let wanted = self.lexer.text.split('\n').nth((line - 1).max(0) as usize);
        wanted.unwrap_or_default().to_owned()
    }

    /// The source ends in brackets.
    fn unclosed(&mut self) -> Box<SyntaxError> {
        let place = self
            .lexer
            .brackets
            .last()
            .map(|open| (open.line, open.column, open.character));
        let (line, column, character) = place.unwrap_or((1, 0, '('));
        let message = format!("'{character}' was never closed");
        let _ = self.raise(ErrorKind::Syntax, (line, column + 1), (line, 0), message);
        self.error
            .take()
            .unwrap_or_else(|| self.lexer.error("unexpected EOF while parsing"))
    }

    /// An error when an expression is no target.
    pub(super) fn check_target(&mut self, node: &Rc<Node>, targets: Targets) -> Result<(), Stop> {
        let Some(bad) = node::invalid_target(node, targets) else {
            return Ok(());
        };
        let verb = if targets == Targets::Delete {
            "delete"
        } else {
            "assign to"
        };
        Err(self.raise_node(
            &bad,
            format!("cannot {verb} {}", self.expression_name(&bad)),
        ))
    }

    /// What a message calls an expression.
    pub(super) fn expression_name(&self, node: &Node) -> &'static str {
        node.kind.name()
    }

    /// The error "expected an indented block" unless a block starts; a newline was taken before.
    pub(super) fn check_block(&mut self, what: &str, keyword: usize) -> Result<(), Stop> {
        if self.sees_kind(token::Kind::Indent)? {
            return Ok(());
        }
        let line = self.tokens[keyword].line;
        let message = format!("expected an indented block after {what} on line {line}");
        Err(self.raise_last(ErrorKind::Indentation, message))
    }

    /// A colon, or the error that it is missing.
    pub(super) fn forced(&mut self, word: &str) -> Result<usize, Stop> {
        match self.word(word)? {
            Some(at) => Ok(at),
            None => {
                let token = self.tokens[self.at];
                let message = format!("expected '{word}'");
                let start = (token.line, token.column + 1);
                let end = (token.end_line, token.end_column + 1);
                Err(self.raise(ErrorKind::Syntax, start, end, message))
            }
        }
    }

    /// A word; when mistakes are looked for, the error that it is missing.
    pub(super) fn demanded(&mut self, word: &str) -> Found<usize> {
        if self.strict {
            return self.forced(word).map(Some);
        }
        self.word(word)
    }

    /// The error that a colon is missing at the end of a line.
    pub(super) fn check_colon(&mut self) -> Result<(), Stop> {
        if self.sees_kind(token::Kind::Newline)? {
            return Err(self.raise_last(ErrorKind::Syntax, "expected ':'"));
        }
        Ok(())
    }
}

/// The number of the character that ends within the first `bytes` bytes of a line; past the line it is the next one.
fn characters(text: &str, bytes: i32) -> i32 {
    let bytes = bytes.max(0) as usize;
    if bytes > text.len() {
        return text.chars().count() as i32 + 1;
    }
    text.char_indices()
        .take_while(|&(at, _)| at < bytes)
        .count() as i32
}
