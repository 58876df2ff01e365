//! The values that people write in comments: what Python's `repr` gives for plain data, and names of exceptions.
//!
//! ```text
//! 2 (a itself + the argument)     ─▶ value "2", note "a itself + the argument"
//! (700, 10, 10)                   ─▶ value "(700, 10, 10)"
//! (Gen0, Gen1, Gen2)              ─▶ no value: names say nothing
//! 3 references                    ─▶ no value: a sentence that begins with a number
//! ```

/// How deep brackets may nest in a value. Deeper ones are not what people write.
const NESTING_MAX: usize = 32;

/// Names whose call is the `repr` of plain data: `deque([1, 2])`.
const CONSTRUCTORS: [&str; 18] = [
    "Counter",
    "Decimal",
    "Fraction",
    "OrderedDict",
    "array",
    "bytearray",
    "count",
    "defaultdict",
    "deque",
    "dict_items",
    "dict_keys",
    "dict_values",
    "frozenset",
    "mappingproxy",
    "memoryview",
    "range",
    "set",
    "slice",
];

/// What kind of value a text begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// The `repr` of an object.
    Plain,
    /// The name of an exception type.
    Exception,
}

/// A text taken apart: a value, then a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stated<'a> {
    /// What the value is.
    pub kind: ValueKind,
    /// The value as written.
    pub value: &'a str,
    /// What follows it in parentheses or behind a dash.
    pub note: &'a str,
}

/// Takes apart a text that plainly states a value: the value first, then nothing or a note.
pub fn stated(text: &str) -> Option<Stated<'_>> {
    let text = text.trim();
    let mut scanner = Scanner { text, at: 0 };
    let kind = match scanner.value(0) {
        Some(()) => ValueKind::Plain,
        None => {
            scanner.at = 0;
            scanner.exception()?;
            ValueKind::Exception
        }
    };
    let (value, rest) = text.split_at_checked(scanner.at)?;
    // What people write behind an exception's name explains it as often as it quotes it.
    let colon = if kind == ValueKind::Exception {
        rest.strip_prefix(':')
    } else {
        None
    };
    let note = match colon {
        Some(note) => note.trim(),
        None => note(rest)?,
    };
    Some(Stated { kind, value, note })
}

/// Says whether the whole text is one value.
pub fn is_value(text: &str) -> bool {
    stated(text)
        .is_some_and(|stated| stated.note.is_empty() && stated.value.len() == text.trim().len())
}

/// Says whether two values are the same as people write them: quotes, spaces between items and addresses may
/// differ, and `0x1f` is 31.
pub fn is_same(expected: &str, found: &str) -> bool {
    expected.trim() == found.trim() || normal(expected) == normal(found)
}

/// The note behind a value; `None` if what follows is no note, so that the value was none either.
fn note(rest: &str) -> Option<&str> {
    let trimmed = rest.trim();
    if trimmed.is_empty() {
        return Some("");
    }
    if !rest.starts_with(char::is_whitespace) {
        return None;
    }
    if let Some(inside) = trimmed.strip_prefix('(') {
        // The parenthesis that opens the note closes at its end, or a dash goes on.
        let close = matching_parenthesis(inside)?;
        let (inside, after) = (&inside[..close], inside[close + 1..].trim());
        return if after.is_empty() || after.starts_with(DASHES) {
            Some(inside.trim())
        } else {
            None
        };
    }
    let dashed = trimmed.trim_start_matches(DASHES);
    // `3 - 1` is a sum and `-5 ~ 256` a range: the dash of a note stands alone and words follow it.
    let is_note = dashed.len() < trimmed.len()
        && dashed.starts_with(char::is_whitespace)
        && !is_value(dashed);
    is_note.then(|| dashed.trim())
}

const DASHES: [char; 4] = ['-', '–', '—', '←'];

fn matching_parenthesis(text: &str) -> Option<usize> {
    let mut depth = 1usize;
    for (at, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// A value with its free choices taken away.
fn normal(text: &str) -> String {
    let text = text.trim();
    let mut normal = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let piece = match character {
            '\'' | '"' => string_length(rest).unwrap_or(character.len_utf8()),
            '0'..='9' => rest
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.')
                .unwrap_or(rest.len()),
            _ => character.len_utf8(),
        };
        let (token, after) = rest.split_at(piece);
        match character {
            '\'' | '"' if token.len() > 1 => normal.push_str(&normal_string(token)),
            '0'..='9' => {
                let behind_at = normal.ends_with(" at ") && token.starts_with("0x");
                normal.push_str(&if behind_at {
                    "0x…".to_owned()
                } else {
                    normal_number(token)
                });
            }
            character if character.is_whitespace() => {
                let beside_mark = normal.ends_with(['(', '[', '{', ',', ':', ' '])
                    || after.starts_with([')', ']', '}', ',', ':']);
                normal.push_str(if beside_mark { "" } else { " " });
            }
            character => normal.push(character),
        }
        rest = after;
    }
    normal
}

/// A string literal with `'` around it, so that `"a"` and `'a'` are equal.
fn normal_string(token: &str) -> String {
    let inside = token.get(1..token.len() - 1).unwrap_or_default();
    format!("'{}'", inside.replace("\\'", "'").replace("\\\"", "\""))
}

fn normal_number(token: &str) -> String {
    let digits = token.replace('_', "").to_lowercase();
    let radix = match digits.get(..2) {
        Some("0x") => 16,
        Some("0o") => 8,
        Some("0b") => 2,
        _ => return digits,
    };
    digits
        .get(2..)
        .and_then(|digits| u128::from_str_radix(digits, radix).ok())
        .map_or(digits, |number| number.to_string())
}

/// The length of the quoted string that the text begins with, quotes included.
fn string_length(text: &str) -> Option<usize> {
    let quote = text.chars().next()?;
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return Some(at + quote.len_utf8()),
            _ => {}
        }
    }
    None
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn take(&mut self, prefix: &str) -> bool {
        let found = self.rest().starts_with(prefix);
        self.at += if found { prefix.len() } else { 0 };
        found
    }

    fn spaces(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// One value; `None` leaves the scanner anywhere.
    fn value(&mut self, depth: usize) -> Option<()> {
        if depth > NESTING_MAX {
            return None;
        }
        match self.rest().chars().next()? {
            '(' => self.complex().or_else(|| self.items(depth, ')')),
            '[' => self.items(depth, ']'),
            '{' => self.items(depth, '}'),
            '\'' | '"' => self.string(),
            '<' => self.angle(),
            'b' if self.rest()[1..].starts_with(['\'', '"']) => {
                self.at += 1;
                self.string()
            }
            '0'..='9' | '+' | '-' | '.' => self.number(),
            _ => self.word(depth),
        }
    }

    fn string(&mut self) -> Option<()> {
        self.at += string_length(self.rest())?;
        self.ends_here()
    }

    /// `<class 'int'>`, `<Node object at 0x7f…>`, `<Color.RED: 1>`: a letter first, a space inside.
    fn angle(&mut self) -> Option<()> {
        let rest = self.rest();
        let mut depth = 0usize;
        for (at, character) in rest.char_indices() {
            match character {
                '<' => depth += 1,
                '>' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                let inside = rest.get(1..at)?;
                let is_repr = inside
                    .starts_with(|first: char| first.is_alphabetic() || first == '_')
                    && inside.contains(' ');
                self.at += at + 1;
                return if is_repr { self.ends_here() } else { None };
            }
        }
        None
    }

    fn number(&mut self) -> Option<()> {
        let _ = self.take("-") || self.take("+");
        let rest = self.rest();
        if rest.starts_with("inf") || rest.starts_with("nan") {
            self.at += 3;
            return self.ends_here();
        }
        let mut previous = ' ';
        let length = rest.find(|character: char| {
            let is_sign = matches!(character, '+' | '-') && matches!(previous, 'e' | 'E');
            previous = character;
            !(character.is_ascii_alphanumeric() || matches!(character, '_' | '.') || is_sign)
        });
        let token = rest.get(..length.unwrap_or(rest.len()))?;
        self.at += token.len();
        if is_number(token) {
            self.ends_here()
        } else {
            None
        }
    }

    /// `(1+2j)`.
    fn complex(&mut self) -> Option<()> {
        let start = self.at;
        let end = self.rest().find(')')?;
        let inside = self.rest().get(1..end)?;
        let split = inside
            .char_indices()
            .skip(1)
            .filter(|(_, character)| matches!(character, '+' | '-'))
            .last()?
            .0;
        let (real, imaginary) = inside.split_at(split);
        let imaginary = imaginary.get(1..)?.strip_suffix('j')?;
        if is_number(real.trim_start_matches(['-', '+'])) && is_number(imaginary) {
            self.at = start + end + 1;
            return self.ends_here();
        }
        None
    }

    fn items(&mut self, depth: usize, close: char) -> Option<()> {
        let is_tuple = close == ')';
        self.at += 1;
        let mut count = 0;
        let mut comma = false;
        loop {
            self.spaces();
            if self.rest().starts_with(close) {
                self.at += 1;
                // `(42)` is no tuple: people put a note in parentheses.
                return if is_tuple && count == 1 && !comma {
                    None
                } else {
                    self.ends_here()
                };
            }
            if count > 0 && !comma {
                return None;
            }
            if !self.take("...") {
                self.value(depth + 1)?;
                self.spaces();
                if close == '}' && self.take(":") {
                    self.spaces();
                    self.value(depth + 1)?;
                }
            }
            count += 1;
            self.spaces();
            comma = self.take(",");
        }
    }

    /// `None`, `True`, `deque([1], maxlen=3)`.
    fn word(&mut self, depth: usize) -> Option<()> {
        let rest = self.rest();
        let length = rest
            .find(|character: char| !character.is_alphanumeric() && character != '_')
            .unwrap_or(rest.len());
        let word = rest.get(..length)?;
        self.at += length;
        if matches!(
            word,
            "True" | "False" | "None" | "Ellipsis" | "NotImplemented" | "inf" | "nan"
        ) {
            return self.ends_here();
        }
        if !CONSTRUCTORS.contains(&word) || !self.take("(") {
            return None;
        }
        let mut first = true;
        loop {
            self.spaces();
            if self.take(")") {
                return self.ends_here();
            }
            if !first && !self.take(",") {
                return None;
            }
            first = false;
            self.spaces();
            let name = self
                .rest()
                .find(|character: char| !character.is_ascii_alphanumeric() && character != '_')
                .unwrap_or(0);
            if name > 0 && self.rest()[name..].starts_with('=') {
                self.at += name + 1;
            }
            self.value(depth + 1)?;
        }
    }

    /// A word in capitals that Python's exceptions are named like.
    fn exception(&mut self) -> Option<()> {
        const ENDINGS: [&str; 8] = [
            "Error",
            "Exception",
            "Warning",
            "Interrupt",
            "Exit",
            "Iteration",
            "Group",
            "Timeout",
        ];
        let rest = self.rest();
        let length = rest
            .find(|character: char| {
                !character.is_ascii_alphanumeric() && !matches!(character, '_' | '.')
            })
            .unwrap_or(rest.len());
        let word = rest.get(..length)?;
        let name = word.rsplit('.').next()?;
        self.at += length;
        let is_exception = name.starts_with(|first: char| first.is_ascii_uppercase())
            && ENDINGS.iter().any(|ending| name.ends_with(ending));
        if is_exception
            && !self.rest().starts_with(char::is_alphanumeric)
            && !self.rest().starts_with('(')
        {
            Some(())
        } else {
            None
        }
    }

    /// A value ends at a space, a bracket, a comma or a colon: `42바이트` and `2025-10-19` are none.
    fn ends_here(&self) -> Option<()> {
        let next = self.rest().chars().next();
        next.is_none_or(|next| next.is_whitespace() || matches!(next, ')' | ']' | '}' | ',' | ':'))
            .then_some(())
    }
}

fn is_number(token: &str) -> bool {
    let token = token.strip_suffix(['j', 'J']).unwrap_or(token);
    let radix = match token.get(..2) {
        Some("0x" | "0X") => 16,
        Some("0o" | "0O") => 8,
        Some("0b" | "0B") => 2,
        // Rust's floats are Python's, once their exponents and underscores are read alike.
        _ => {
            return token.starts_with(|first: char| first.is_ascii_digit() || first == '.')
                && token.replace('_', "").parse::<f64>().is_ok();
        }
    };
    token.get(2..).is_some_and(|digits| {
        !digits.is_empty()
            && digits
                .chars()
                .all(|digit| digit == '_' || digit.is_digit(radix))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_then_a_note() {
        let check = |text, value, note| {
            assert_eq!(
                stated(text).map(|stated| (stated.value, stated.note)),
                Some((value, note)),
                "{text}"
            )
        };
        check("True", "True", "");
        check("True - 같은 객체", "True", "같은 객체");
        check(
            "False - 다른 객체 (값은 같지만)",
            "False",
            "다른 객체 (값은 같지만)",
        );
        check(
            "2 (a 자체 + getrefcount의 임시 참조)",
            "2",
            "a 자체 + getrefcount의 임시 참조",
        );
        check("(700, 10, 10)", "(700, 10, 10)", "");
        check("<class 'int'>", "<class 'int'>", "");
        check(
            "<Node object at 0x7f> — 주소는 다름",
            "<Node object at 0x7f>",
            "주소는 다름",
        );
        check("AttributeError", "AttributeError", "");
        check("TypeError: 바꿀 수 없음", "TypeError", "바꿀 수 없음");
        check("-1.5e-3", "-1.5e-3", "");
        check("{'a': [1, 2], 'b': ()}", "{'a': [1, 2], 'b': ()}", "");
        check("deque([1, 2], maxlen=3)", "deque([1, 2], maxlen=3)", "");
        check("(1+2j)", "(1+2j)", "");
        check("\"it's\"", "\"it's\"", "");
    }

    #[test]
    fn a_sentence_is_no_value() {
        for text in [
            "메모리 주소",
            "작은 크기",
            "(Gen0, Gen1, Gen2)",
            "Data 객체",
            "3 references",
            "42바이트",
            "56 bytes",
            "-5 ~ 256",
            "2025-10-19",
            "3 - 1",
            "(42)",
            "True라면",
            "100,000개",
            "a",
            "foo(3)",
            "1. 첫째",
            "- 3",
            "50%",
            "",
            "<- 여기",
            "'열린",
            "[1, 2",
            "Error처럼",
            "ValueError(x)",
            "1:2",
            "3.13.0",
        ] {
            assert_eq!(stated(text), None, "{text}");
        }
        assert_eq!(stated(&"[".repeat(10_000)), None);
    }

    #[test]
    fn the_same_value_may_be_written_in_several_ways() {
        for (expected, found) in [
            ("[1,2]", "[1, 2]"),
            ("\"a\"", "'a'"),
            ("0xff", "255"),
            ("1_000", "1000"),
            ("<A object at 0x1>", "<A object at 0x7ffff0>"),
            ("{'a':1}", "{'a': 1}"),
        ] {
            assert!(is_same(expected, found), "{expected} {found}");
        }
        for (expected, found) in [
            ("1", "2"),
            ("'a b'", "'ab'"),
            ("1", "1.0"),
            ("True", "1"),
            ("12", "1 2"),
            ("(700, 10, 10)", "(2000, 10, 10)"),
        ] {
            assert!(!is_same(expected, found), "{expected} {found}");
        }
    }
}
