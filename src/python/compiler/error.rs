//! What is wrong with a source, as Python says it.

/// Which exception the source raises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// `SyntaxError`
    Syntax,
    /// `IndentationError`
    Indentation,
    /// `TabError`
    Tab,
    /// `RecursionError`: the tree is too deep to compile. It has no place.
    Recursion,
    /// `MemoryError`: the source is too deep to parse. It has no place.
    Memory,
    /// `OverflowError`. It has no place.
    Overflow,
}

/// A source that does not compile. The fields are those of Python's `SyntaxError`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The exception's type.
    pub kind: ErrorKind,
    /// `msg`
    pub message: String,
    /// `lineno`, from 1; 0 when CPython gives `None`.
    pub line: u32,
    /// `offset`, from 1, in characters.
    pub column: i32,
    /// `end_lineno`
    pub end_line: u32,
    /// `end_offset`
    pub end_column: Option<i32>,
    /// Whether it was found after parsing. The columns are then bytes, and CPython looks for the text in the file.
    pub is_late: bool,
    /// `text`: the line, with its newline if it has one.
    pub text: Option<String>,
}

impl ErrorKind {
    /// The name of the exception's class.
    pub const fn name(self) -> &'static str {
        match self {
            ErrorKind::Syntax => "SyntaxError",
            ErrorKind::Indentation => "IndentationError",
            ErrorKind::Tab => "TabError",
            ErrorKind::Recursion => "RecursionError",
            ErrorKind::Memory => "MemoryError",
            ErrorKind::Overflow => "OverflowError",
        }
    }
}

impl std::fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{}: {} (line {})",
            self.kind.name(),
            self.message,
            self.line
        )
    }
}

impl std::error::Error for SyntaxError {}
