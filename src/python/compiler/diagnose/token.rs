//! Tokens as the parser of CPython sees them.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A name that is no keyword.
    Name,
    /// A keyword.
    Keyword,
    /// A number.
    Number,
    /// A string literal without fields.
    String,
    /// The start of an f-string: prefix and quotes.
    FStart,
    /// Text of an f-string between fields.
    FMiddle,
    /// The quotes that end an f-string.
    FEnd,
    /// An operator or a delimiter, or a character that is none.
    Op,
    /// The end of a logical line.
    Newline,
    /// The start of a block.
    Indent,
    /// The end of a block.
    Dedent,
    /// The end of the source.
    End,
    /// The end of the source, where it must not end.
    Unexpected,
}

/// A token and where it stands. Columns are bytes from 0; those of blocks' tokens and of the end are -1.
#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    /// What it is.
    pub kind: Kind,
    /// Its text.
    pub text: &'a str,
    /// Line of its start, from 1.
    pub line: i32,
    /// Column of its start.
    pub column: i32,
    /// Line of its end.
    pub end_line: i32,
    /// Column of its end.
    pub end_column: i32,
    /// How many brackets are open after it.
    pub level: usize,
}

const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// Whether a name is a keyword.
pub fn is_keyword(name: &str) -> bool {
    KEYWORDS.binary_search(&name).is_ok()
}

const OPERATORS: [&str; 24] = [
    "!=", "%=", "&=", "**", "**=", "*=", "+=", "-=", "->", "...", "//", "//=", "/=", ":=", "<<",
    "<<=", "<=", "<>", "==", ">=", ">>", ">>=", "@=", "^=",
];

/// The length of the operator at the start of a text: of one character if it is no longer one.
pub fn operator_len(text: &str) -> usize {
    let longest = (2..=3).rev().find(|&len| {
        text.get(..len)
            .is_some_and(|start| start == "|=" || OPERATORS.contains(&start))
    });
    longest.unwrap_or_else(|| text.chars().next().map_or(0, char::len_utf8))
}
