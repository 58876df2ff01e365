//! Numbers, strings and f-strings of the tokenizer. CPython 3.13: Parser/lexer/lexer.c.

use super::super::error::SyntaxError;
use super::lexer::{FString, Lexed, Lexer, is_name_part};
use super::token::{Kind, Token};

/// The deepest field in a field.
const FIELD_MAX: i32 = 3;

type Checked<T> = Result<T, Box<SyntaxError>>;

impl<'a> Lexer<'a> {
    /// A number, whose first character was read.
    pub(super) fn number(&mut self, first: char) -> Checked<()> {
        if first == '.' {
            return self.fraction();
        }
        if first != '0' {
            self.decimal_tail()?;
            return self.after_digits("decimal");
        }
        match self.peek() {
            Some('x' | 'X') => self.based("hexadecimal", 16),
            Some('o' | 'O') => self.based("octal", 8),
            Some('b' | 'B') => self.based("binary", 2),
            _ => self.zero(),
        }
    }

    /// Digits behind `0x`, `0o`, `0b`.
    fn based(&mut self, name: &str, base: u32) -> Checked<()> {
        self.next();
        loop {
            self.take(|c| c == '_');
            if !self.peek().is_some_and(|c| c.is_digit(base)) {
                return Err(self.bad_digit(name, base));
            }
            while self.take(|c| c.is_digit(base)) {}
            if self.peek() != Some('_') {
                break;
            }
        }
        if base < 10 && self.peek().is_some_and(|c| c.is_ascii_digit()) {
            return Err(self.bad_digit(name, base));
        }
        self.end_of_number(name)
    }

    fn bad_digit(&mut self, name: &str, base: u32) -> Box<SyntaxError> {
        match self.peek() {
            Some(digit) if base < 10 && digit.is_ascii_digit() => {
                self.next();
                self.error(format!("invalid digit '{digit}' in {name} literal"))
            }
            _ => self.error(format!("invalid {name} literal")),
        }
    }

    /// A number that starts with zeros.
    fn zero(&mut self) -> Checked<()> {
        let start = self.token_start;
        loop {
            if self.take(|c| c == '_') && !self.peek().is_some_and(|c| c.is_ascii_digit()) {
                return Err(self.error("invalid decimal literal"));
            }
            if !self.take(|c| c == '0') {
                break;
            }
        }
        let zeros_end = self.at;
        let more = self.take(|c| c.is_ascii_digit());
        if more {
            self.decimal_tail()?;
        }
        if more && !matches!(self.peek(), Some('.' | 'e' | 'E' | 'j' | 'J')) {
            let column = (start + 1 - self.line_start) as i32;
            let end = (zeros_end + 1 - self.line_start) as i32;
            let message = "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers";
            return Err(self.error_in(message, column, end));
        }
        self.after_digits("decimal")
    }

    /// More digits, with single underscores between them.
    fn decimal_tail(&mut self) -> Checked<()> {
        loop {
            while self.take(|c| c.is_ascii_digit()) {}
            if !self.take(|c| c == '_') {
                return Ok(());
            }
            if !self.peek().is_some_and(|c| c.is_ascii_digit()) {
                return Err(self.error("invalid decimal literal"));
            }
        }
    }

    fn fraction(&mut self) -> Checked<()> {
        if self.peek().is_some_and(|c| c.is_ascii_digit()) {
            self.decimal_tail()?;
        }
        self.exponent()
    }

    fn after_digits(&mut self, name: &str) -> Checked<()> {
        if self.take(|c| c == '.') {
            return self.fraction();
        }
        if matches!(self.peek(), Some('e' | 'E' | 'j' | 'J')) {
            return self.exponent();
        }
        self.end_of_number(name)
    }

    fn exponent(&mut self) -> Checked<()> {
        if let Some(letter @ ('e' | 'E')) = self.peek() {
            self.next();
            let sign = self.peek().filter(|c| matches!(c, '+' | '-'));
            if sign.is_some() {
                self.next();
            }
            if self.peek().is_some_and(|c| c.is_ascii_digit()) {
                self.decimal_tail()?;
            } else if sign.is_some() {
                return Err(self.error("invalid decimal literal"));
            } else {
                self.back(letter);
                return self.end_of_number("decimal");
            }
        }
        if self.take(|c| matches!(c, 'j' | 'J')) {
            return self.end_of_number("imaginary");
        }
        self.end_of_number("decimal")
    }

    /// No name may follow at once, but for keywords that always might.
    fn end_of_number(&mut self, name: &str) -> Checked<()> {
        let rest = &self.text[self.at..];
        let allowed = ["and", "else", "for", "if", "in", "is", "or", "not"];
        let is_bad = rest.starts_with(|c: char| c.is_ascii() && is_name_part(c))
            && !allowed.iter().any(|word| rest.starts_with(word));
        if is_bad {
            return Err(self.error(format!("invalid {name} literal")));
        }
        Ok(())
    }

    /// A string, whose first quote was read.
    pub(super) fn string(
        &mut self,
        quote: char,
        start: usize,
        line: i32,
        line_start: usize,
    ) -> Lexed<'a> {
        let size = match self.quotes(quote) {
            0 => return Ok(self.token(Kind::String, start, line, line_start)),
            size => size,
        };
        let (mut found, mut escaped) = (0, false);
        while found != size {
            match self.next() {
                Some('\n') if size == 1 => {
                    return Err(self.unterminated(quote, size, escaped, line, line_start));
                }
                None => return Err(self.unterminated(quote, size, escaped, line, line_start)),
                Some(character) if character == quote => found += 1,
                Some('\\') => {
                    found = 0;
                    escaped |= self.peek() == Some(quote);
                    self.next();
                }
                Some(_) => found = 0,
            }
        }
        Ok(self.token(Kind::String, start, line, line_start))
    }

    /// How many quotes start a string: 1 or 3; 0 for an empty string, which is read.
    fn quotes(&mut self, quote: char) -> usize {
        if !self.take(|c| c == quote) {
            return 1;
        }
        if self.take(|c| c == quote) { 3 } else { 0 }
    }

    fn unterminated(
        &mut self,
        quote: char,
        size: usize,
        escaped: bool,
        line: i32,
        line_start: usize,
    ) -> Box<SyntaxError> {
        let detected = self.line;
        self.at = self.token_start + 1;
        (self.line, self.line_start) = (line, line_start);
        if let Some(fstring) = self.fstrings.last()
            && (fstring.quote, fstring.quote_size) == (quote, size)
        {
            return self.error("f-string: expecting '}'");
        }
        let kind = if size == 3 { "triple-quoted " } else { "" };
        let hint = if size == 1 && escaped {
            "; perhaps you escaped the end quote?"
        } else {
            ""
        };
        self.error(format!(
            "unterminated {kind}string literal (detected at line {detected}){hint}"
        ))
    }

    /// The start of an f-string, whose first quote was read.
    pub(super) fn fstring_start(
        &mut self,
        quote: char,
        raw: bool,
        start: usize,
        line: i32,
        line_start: usize,
    ) -> Lexed<'a> {
        let mut quote_size = self.quotes(quote);
        if quote_size == 0 {
            // The second quote is the end of it.
            self.back(quote);
            quote_size = 1;
        }
        self.fstrings.push(FString {
            quote,
            quote_size,
            raw,
            start,
            line,
            line_start,
            depth: 0,
            field: -1,
            in_format: false,
            in_text: true,
        });
        Ok(self.token(Kind::FStart, start, line, line_start))
    }

    /// A token of an f-string outside its fields.
    pub(super) fn fstring_token(&mut self) -> Lexed<'a> {
        let Some(fstring) = self.fstrings.last_mut() else {
            return self.plain_token();
        };
        let rest = &self.text[self.at..];
        if rest.starts_with('{') && !rest.starts_with("{{") {
            fstring.field += 1;
            fstring.in_text = false;
            if fstring.field >= FIELD_MAX {
                return Err(self.error("f-string: expressions nested too deeply"));
            }
            return self.plain_token();
        }
        let quotes = fstring.quote.to_string().repeat(fstring.quote_size);
        let start = self.at;
        if rest.starts_with(&quotes) {
            self.enter_line();
            let (line, line_start) = (self.line, self.line_start);
            self.at += quotes.len();
            self.fstrings.pop();
            return Ok(self.token(Kind::FEnd, start, line, line_start));
        }
        self.fstring_middle()
    }

    fn fstring_middle(&mut self) -> Lexed<'a> {
        let start = self.at;
        self.enter_line();
        self.in_token = true;
        let (line, line_start) = (self.line, self.line_start);
        let Some((quote, size, raw)) = self
            .fstrings
            .last()
            .map(|fstring| (fstring.quote, fstring.quote_size, fstring.raw))
        else {
            return self.plain_token();
        };
        let (mut found, mut named) = (0, false);
        while found != size {
            let in_format = self
                .fstrings
                .last()
                .is_some_and(|fstring| fstring.in_format && fstring.field >= 0);
            let character = self.next();
            match character {
                Some('\n') if in_format && size == 1 => {
                    self.back('\n');
                    if let Some(fstring) = self.fstrings.last_mut() {
                        fstring.in_text = false;
                        fstring.in_format = false;
                    }
                    return Ok(self.token(Kind::FMiddle, start, line, line_start));
                }
                None => return Err(self.unterminated_fstring()),
                Some('\n') if size == 1 => return Err(self.unterminated_fstring()),
                Some(character) if character == quote => {
                    found += 1;
                    continue;
                }
                Some(brace @ ('{' | '}')) => {
                    if brace == '}' && named {
                        return Ok(self.token(Kind::FMiddle, start, line, line_start));
                    }
                    return self.fstring_brace(brace, in_format, start, line, line_start);
                }
                Some('\\') => match self.peek() {
                    Some('{' | '}') | None => {}
                    Some(_) => {
                        let escaped = self.next();
                        named |= !raw && escaped == Some('N') && self.take(|c| c == '{');
                    }
                },
                Some(_) => {}
            }
            found = 0;
        }
        self.at -= size;
        Ok(self.token(Kind::FMiddle, start, line, line_start))
    }

    /// A brace in an f-string's text: of a field, or doubled.
    fn fstring_brace(
        &mut self,
        brace: char,
        in_format: bool,
        start: usize,
        line: i32,
        line_start: usize,
    ) -> Lexed<'a> {
        let is_double = self.peek() == Some(brace) && !in_format;
        let too_deep = {
            let Some(fstring) = self.fstrings.last_mut() else {
                return self.plain_token();
            };
            let is_double = is_double && (brace == '{' || fstring.depth == 0);
            if is_double {
                let token = self.token(Kind::FMiddle, start, line, line_start);
                self.next();
                return Ok(token);
            }
            fstring.in_text = false;
            if brace == '{' {
                fstring.field += 1;
            }
            fstring.field >= FIELD_MAX
        };
        if too_deep {
            return Err(self.error("f-string: expressions nested too deeply"));
        }
        self.back(brace);
        Ok(self.token(Kind::FMiddle, start, line, line_start))
    }

    fn unterminated_fstring(&mut self) -> Box<SyntaxError> {
        let detected = self.line;
        let Some(fstring) = self.fstrings.last() else {
            return self.error("unterminated f-string literal");
        };
        let kind = if fstring.quote_size == 3 {
            "triple-quoted "
        } else {
            ""
        };
        let message = format!("unterminated {kind}f-string literal (detected at line {detected})");
        (self.line, self.line_start) = (fstring.line, fstring.line_start);
        self.at = fstring.start + 1;
        self.error(message)
    }

    /// Punctuation that ends or divides a field, where it is not inside brackets of the expression.
    pub(super) fn field_punctuation(
        &mut self,
        character: char,
        start: usize,
        line: i32,
        line_start: usize,
    ) -> Option<Token<'a>> {
        let fstring = self.fstrings.last_mut()?;
        if fstring.field < 0 || character != ':' || fstring.depth - 1 != fstring.field {
            return None;
        }
        fstring.in_text = true;
        fstring.in_format = true;
        Some(self.token(Kind::Op, start, line, line_start))
    }
}
