//! From text to tokens, with the mistakes that CPython's tokenizer finds. CPython 3.13: Parser/lexer/lexer.c.

use super::super::Mode;
use super::super::error::{ErrorKind, SyntaxError};
use super::token::{Kind, Token, is_keyword, operator_len};
use crate::python::object::str::unicode;

/// The most brackets in brackets.
pub const LEVEL_MAX: usize = 200;
/// The most blocks in blocks.
pub const INDENT_MAX: usize = 100;

/// An open bracket.
pub(super) struct Bracket {
    /// Which.
    pub character: char,
    pub line: i32,
    pub column: i32,
}

/// An f-string that is being read.
pub(super) struct FString {
    pub quote: char,
    pub quote_size: usize,
    pub raw: bool,
    /// Where its prefix starts, and in which line.
    pub start: usize,
    pub line: i32,
    pub line_start: usize,
    /// Brackets that were opened in it.
    pub depth: i32,
    /// The depth at which its innermost field started; -1 outside fields.
    pub field: i32,
    pub in_format: bool,
    /// Whether its text is read, rather than a field.
    pub in_text: bool,
}

/// Reads tokens one by one. After an error it gives nothing more.
pub(super) struct Lexer<'a> {
    pub text: &'a str,
    pub at: usize,
    /// The line of `at`; it starts at `line_start`.
    pub line: i32,
    pub line_start: usize,
    /// Where the tokenizer's buffer starts: the line in which the current token started.
    pub buffer_start: usize,
    /// Whether a token is being read, which keeps the buffer.
    pub in_token: bool,
    pub brackets: Vec<Bracket>,
    pub fstrings: Vec<FString>,
    /// Whether the source ended where more was wanted.
    pub ended: bool,
    indents: Vec<(u32, u32)>,
    pending: i32,
    at_line_start: bool,
    /// Where the token that is being read starts.
    pub token_start: usize,
    /// Whether the text was typed at a prompt: its end ends the line, and the blocks.
    is_prompt: bool,
    /// Whether a token of the logical line was read.
    in_line: bool,
}

pub(super) type Lexed<'a> = Result<Token<'a>, Box<SyntaxError>>;

impl<'a> Lexer<'a> {
    /// Starts at the first line of a text, which ends with a newline if it is a module.
    pub fn new(text: &'a str, mode: Mode) -> Lexer<'a> {
        Lexer {
            text,
            at: 0,
            line: i32::from(mode == Mode::Exec || !text.is_empty()),
            is_prompt: mode == Mode::Single,
            in_line: false,
            line_start: 0,
            buffer_start: 0,
            in_token: false,
            brackets: Vec::new(),
            fstrings: Vec::new(),
            ended: false,
            indents: vec![(0, 0)],
            pending: 0,
            at_line_start: true,
            token_start: 0,
        }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// The next character. Behind a newline starts the next line, unless the source ends.
    pub(super) fn next(&mut self) -> Option<char> {
        let character = self.peek()?;
        if self.at > 0 && self.at != self.line_start && self.text.as_bytes()[self.at - 1] == b'\n' {
            self.line += 1;
            self.line_start = self.at;
            if !self.in_token {
                self.buffer_start = self.at;
            }
        }
        self.at += character.len_utf8();
        Some(character)
    }

    pub(super) fn back(&mut self, character: char) {
        self.at -= character.len_utf8();
    }

    /// Makes the line of the next character the current one.
    pub(super) fn enter_line(&mut self) {
        if let Some(character) = self.next() {
            self.back(character);
        }
    }

    pub(super) fn take(&mut self, wanted: impl Fn(char) -> bool) -> bool {
        match self.peek() {
            Some(character) if wanted(character) => {
                self.next();
                true
            }
            _ => false,
        }
    }

    /// The text of the line that starts at an offset, without its newline.
    pub(super) fn line_text(&self, start: usize) -> &'a str {
        let rest = &self.text[start.min(self.text.len())..];
        rest.split('\n').next().unwrap_or(rest)
    }

    /// An error that ends at the current character: the tokenizer's `syntaxerror`.
    pub(super) fn error(&self, message: impl Into<String>) -> Box<SyntaxError> {
        let column = self.text[self.line_start.min(self.at)..self.at]
            .chars()
            .count() as i32;
        self.error_in(message, column, column)
    }

    pub(super) fn error_in(
        &self,
        message: impl Into<String>,
        column: i32,
        end_column: i32,
    ) -> Box<SyntaxError> {
        Box::new(SyntaxError {
            kind: ErrorKind::Syntax,
            message: message.into(),
            line: self.line.max(0) as u32,
            column,
            end_line: self.line.max(0) as u32,
            end_column: Some(end_column),
            is_late: false,
            text: Some(self.line_text(self.line_start).to_owned()),
        })
    }

    /// A token of the text from `start` to here.
    pub(super) fn token(
        &self,
        kind: Kind,
        start: usize,
        line: i32,
        line_start: usize,
    ) -> Token<'a> {
        Token {
            kind,
            text: &self.text[start..self.at],
            line,
            column: (start - line_start) as i32,
            end_line: self.line,
            end_column: (self.at - self.line_start) as i32,
            level: self.brackets.len(),
        }
    }

    fn mark(&self, kind: Kind) -> Token<'a> {
        Token {
            kind,
            text: "",
            line: self.line,
            column: -1,
            end_line: self.line,
            end_column: -1,
            level: self.brackets.len(),
        }
    }

    /// The next token.
    pub fn token_next(&mut self) -> Lexed<'a> {
        self.in_token = false;
        if self.fstrings.last().is_some_and(|fstring| fstring.in_text) {
            return self.fstring_token();
        }
        self.plain_token()
    }

    pub(super) fn plain_token(&mut self) -> Lexed<'a> {
        loop {
            let mut is_blank = false;
            if self.at_line_start {
                self.at_line_start = false;
                is_blank = self.indentation()?;
            }
            if self.pending < 0 {
                self.pending += 1;
                return Ok(self.mark(Kind::Dedent));
            }
            if self.pending > 0 {
                self.pending -= 1;
                return Ok(self.mark(Kind::Indent));
            }
            if let Some(token) = self.token_in_line(is_blank)? {
                return Ok(token);
            }
        }
    }

    /// Measures the white space at the start of a line; whether the line says nothing.
    fn indentation(&mut self) -> Result<bool, Box<SyntaxError>> {
        let (mut column, mut other) = (0u32, 0u32);
        loop {
            match self.peek() {
                Some(' ') => (column, other) = (column + 1, other + 1),
                Some('\t') => (column, other) = ((column / 8 + 1) * 8, other + 1),
                Some('\x0c') => (column, other) = (0, 0),
                Some('\\') => {
                    self.next();
                    self.continued_line()?;
                    continue;
                }
                _ => break,
            }
            self.next();
        }
        self.enter_line();
        if matches!(self.peek(), Some('#' | '\n')) {
            return Ok(true);
        }
        if self.brackets.is_empty() {
            self.compare_indentation(column, other)?;
        }
        Ok(false)
    }

    fn compare_indentation(&mut self, column: u32, other: u32) -> Result<(), Box<SyntaxError>> {
        let top = self.indents[self.indents.len() - 1];
        if column == top.0 {
            if other != top.1 {
                return Err(self.tab_error());
            }
        } else if column > top.0 {
            if self.indents.len() >= INDENT_MAX {
                return Err(self.line_error(
                    ErrorKind::Indentation,
                    "too many levels of indentation",
                    1,
                    0,
                ));
            }
            if other <= top.1 {
                return Err(self.tab_error());
            }
            self.pending += 1;
            self.indents.push((column, other));
        } else {
            while self.indents.len() > 1 && column < self.indents[self.indents.len() - 1].0 {
                self.pending -= 1;
                self.indents.pop();
            }
            let top = self.indents[self.indents.len() - 1];
            if column != top.0 {
                let end = self.line_text(self.line_start).chars().count() as i32 + 1;
                let message = "unindent does not match any outer indentation level";
                return Err(self.line_error(ErrorKind::Indentation, message, end, -1));
            }
            if other != top.1 {
                return Err(self.tab_error());
            }
        }
        Ok(())
    }

    fn tab_error(&self) -> Box<SyntaxError> {
        let message = "inconsistent use of tabs and spaces in indentation";
        self.line_error(ErrorKind::Tab, message, 1, 0)
    }

    /// An error of the whole line, which is shown with its newline.
    fn line_error(
        &self,
        kind: ErrorKind,
        message: &str,
        column: i32,
        end_column: i32,
    ) -> Box<SyntaxError> {
        let mut error = self.error_in(message, column, end_column);
        error.kind = kind;
        error.text = error.text.map(|text| text + "\n");
        error
    }

    /// A token of the current line, `None` at the end of a line that says nothing.
    fn token_in_line(&mut self, is_blank: bool) -> Result<Option<Token<'a>>, Box<SyntaxError>> {
        self.in_token = false;
        loop {
            while self.take(|c| matches!(c, ' ' | '\t' | '\x0c')) {}
            if self.peek() == Some('#') {
                while self.take(|c| c != '\n') {}
            }
            let start = self.at;
            let Some(first) = self.next() else {
                return Ok(Some(self.end()));
            };
            self.token_start = start;
            let (line, line_start) = (self.line, self.line_start);
            match first {
                '\n' => {
                    self.at_line_start = true;
                    if is_blank || !self.brackets.is_empty() {
                        return Ok(None);
                    }
                    self.in_line = false;
                    return Ok(Some(self.token(Kind::Newline, start, line, line_start)));
                }
                '\\' => {
                    self.in_token = true;
                    self.continued_line()?;
                    continue;
                }
                _ => {}
            }
            self.in_token = true;
            self.in_line = true;
            return self.solid_token(first, start, line, line_start).map(Some);
        }
    }

    fn solid_token(
        &mut self,
        first: char,
        start: usize,
        line: i32,
        line_start: usize,
    ) -> Lexed<'a> {
        if is_name_start(first) {
            return self.name(first, start, line, line_start);
        }
        if first.is_ascii_digit()
            || (first == '.' && self.peek().is_some_and(|c| c.is_ascii_digit()))
        {
            self.number(first)?;
            return Ok(self.token(Kind::Number, start, line, line_start));
        }
        if matches!(first, '\'' | '"') {
            return self.string(first, start, line, line_start);
        }
        self.operator(first, start, line, line_start)
    }

    /// Behind a backslash the line must end, and another must follow.
    fn continued_line(&mut self) -> Result<(), Box<SyntaxError>> {
        if !self.take(|c| c == '\n') {
            self.next();
            let column = self.text[self.line_start..self.at].chars().count() as i32;
            let message = "unexpected character after line continuation character";
            return Err(self.line_error(ErrorKind::Syntax, message, column, 0));
        }
        if self.peek().is_none() {
            let column = self.text[self.line_start..self.at].chars().count() as i32;
            self.ended = true;
            return Err(self.line_error(
                ErrorKind::Syntax,
                "unexpected EOF while parsing",
                column,
                -1,
            ));
        }
        Ok(())
    }

    fn end(&mut self) -> Token<'a> {
        if self.brackets.is_empty() {
            if self.is_prompt && std::mem::take(&mut self.in_line) {
                self.pending -= self.indents.len() as i32 - 1;
                self.indents.truncate(1);
                return self.mark(Kind::Newline);
            }
            return self.mark(Kind::End);
        }
        self.ended = true;
        self.mark(Kind::Unexpected)
    }

    fn name(&mut self, first: char, start: usize, line: i32, line_start: usize) -> Lexed<'a> {
        let mut prefix = String::from(first);
        loop {
            match self.peek() {
                Some(quote @ ('\'' | '"')) if is_string_prefix(&prefix) => {
                    self.next();
                    if prefix.to_ascii_lowercase().contains('f') {
                        let raw = prefix.to_ascii_lowercase().contains('r');
                        return self.fstring_start(quote, raw, start, line, line_start);
                    }
                    return self.string(quote, start, line, line_start);
                }
                Some(character) if is_name_part(character) => {
                    self.next();
                    prefix.push(character);
                }
                _ => break,
            }
        }
        self.verify_name(start)?;
        let kind = if is_keyword(&self.text[start..self.at]) {
            Kind::Keyword
        } else {
            Kind::Name
        };
        Ok(self.token(kind, start, line, line_start))
    }

    fn verify_name(&mut self, start: usize) -> Result<(), Box<SyntaxError>> {
        let name = &self.text[start..self.at];
        if name.is_ascii() {
            return Ok(());
        }
        let is_part = |(at, character): (usize, char)| {
            if at == 0 {
                character == '_' || unicode::is_identifier_start(character as u32)
            } else {
                unicode::is_identifier_continue(character as u32)
            }
        };
        let Some((at, bad)) = name.char_indices().find(|&found| !is_part(found)) else {
            return Ok(());
        };
        self.at = start + at + bad.len_utf8();
        let point = bad as u32;
        Err(self.error(if unicode::is_printable(point) {
            format!("invalid character '{bad}' (U+{point:04X})")
        } else {
            format!("invalid non-printable character U+{point:04X}")
        }))
    }

    fn operator(&mut self, first: char, start: usize, line: i32, line_start: usize) -> Lexed<'a> {
        if let Some(token) = self.field_punctuation(first, start, line, line_start) {
            return Ok(token);
        }
        let len = operator_len(&self.text[start..]);
        if len > first.len_utf8() {
            self.at = start + len;
            return Ok(self.token(Kind::Op, start, line, line_start));
        }
        match first {
            '(' | '[' | '{' => {
                if self.brackets.len() >= LEVEL_MAX {
                    return Err(self.error("too many nested parentheses"));
                }
                self.brackets.push(Bracket {
                    character: first,
                    line,
                    column: (start - line_start) as i32,
                });
                if let Some(fstring) = self.fstrings.last_mut() {
                    fstring.depth += 1;
                }
            }
            ')' | ']' | '}' => self.close(first)?,
            _ if first.is_ascii_control() => {
                let point = first as u32;
                return Err(self.error(format!("invalid non-printable character U+{point:04X}")));
            }
            _ => {}
        }
        Ok(self.token(Kind::Op, start, line, line_start))
    }

    fn close(&mut self, closing: char) -> Result<(), Box<SyntaxError>> {
        if closing == '}'
            && self
                .fstrings
                .last()
                .is_some_and(|fstring| fstring.depth == 0)
        {
            return Err(self.error("f-string: single '}' is not allowed"));
        }
        let Some(open) = self.brackets.pop() else {
            return Err(self.error(format!("unmatched '{closing}'")));
        };
        let opening = open.character;
        if !matches!((opening, closing), ('(', ')') | ('[', ']') | ('{', '}')) {
            if opening == '{'
                && let Some(fstring) = self.fstrings.last()
                && fstring.depth - 1 == fstring.field
            {
                return Err(self.error(format!("f-string: unmatched '{closing}'")));
            }
            let place = if open.line == self.line {
                String::new()
            } else {
                format!(" on line {}", open.line)
            };
            return Err(self.error(format!(
                "closing parenthesis '{closing}' does not match opening parenthesis '{opening}'{place}"
            )));
        }
        if let Some(fstring) = self.fstrings.last_mut() {
            fstring.depth -= 1;
            if closing == '}' && fstring.depth == fstring.field {
                fstring.field -= 1;
                fstring.in_text = true;
                fstring.in_format = false;
            }
        }
        Ok(())
    }
}

/// Whether a name may start with the character, as far as the tokenizer looks.
fn is_name_start(character: char) -> bool {
    character.is_ascii_alphabetic() || character == '_' || !character.is_ascii()
}

/// Whether a name may go on with the character, as far as the tokenizer looks.
pub(super) fn is_name_part(character: char) -> bool {
    is_name_start(character) || character.is_ascii_digit()
}

fn is_string_prefix(prefix: &str) -> bool {
    matches!(
        prefix.to_ascii_lowercase().as_str(),
        "b" | "u" | "r" | "f" | "br" | "rb" | "fr" | "rf"
    )
}
