//! What the pieces of Python source are, for whoever shows code to people.
//!
//! The scanner forgives: a block that is meant to fail is coloured as far as it can be read.

use std::ops::Range;
use std::sync::LazyLock;

use ruff_python_ast::token::{self, TokenKind};
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::Ranged;
use rustc_hash::FxHashSet;

/// What a piece of source is. Operators, punctuation and plain names have no class and are not listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenClass {
    /// `if`, `def`, `import`.
    Keyword,
    /// `True`, `None`, `...`.
    Constant,
    /// A string or the literal part of an f-string, quotes included.
    String,
    /// A number.
    Number,
    /// A comment, `#` included.
    Comment,
    /// The name that a `def` binds.
    Function,
    /// The name that a `class` binds.
    Class,
    /// A name of the module `builtins`.
    Builtin,
    /// A decorator, `@` included.
    Decorator,
}

/// A classified piece of a source. A book keeps those of all its blocks, so one takes eight bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    start: u32,
    /// Its length and, in the lowest four bits, its class: its place in [`TokenClass::ALL`].
    rest: u32,
}

impl Token {
    fn new(range: &Range<usize>, class: TokenClass) -> Token {
        // A string of 256 MB would lose its colour at its end.
        let length = range.len().min((1 << 28) - 1);
        Token {
            start: range.start as u32,
            rest: (length as u32) << 4 | class as u32,
        }
    }

    /// Its place in the source, in bytes.
    pub fn range(self) -> Range<usize> {
        let start = self.start as usize;
        start..start + (self.rest >> 4) as usize
    }

    /// What it is.
    pub fn class(self) -> TokenClass {
        TokenClass::ALL[(self.rest & 15) as usize]
    }
}

impl TokenClass {
    /// In the order of their definition.
    const ALL: [TokenClass; 9] = [
        TokenClass::Keyword,
        TokenClass::Constant,
        TokenClass::String,
        TokenClass::Number,
        TokenClass::Comment,
        TokenClass::Function,
        TokenClass::Class,
        TokenClass::Builtin,
        TokenClass::Decorator,
    ];
}

/// The classified pieces of a source, in order, apart from each other; ranges are byte offsets.
///
/// # Examples
/// ```
/// use gieok::python::compiler::tokens::{TokenClass, classify};
/// let tokens = classify("x = 1  # one");
/// let pieces: Vec<_> = tokens.into_iter().map(|token| (token.range(), token.class())).collect();
/// assert_eq!(pieces, [(4..5, TokenClass::Number), (7..12, TokenClass::Comment)]);
/// ```
pub fn classify(source: &str) -> Vec<Token> {
    let parsed = parse_unchecked(source, ParseOptions::from(Mode::Module));
    classified(source, parsed.tokens())
}

/// What [`classify`] gives, of a source that was parsed.
pub(super) fn classified(source: &str, tokens: &[token::Token]) -> Vec<Token> {
    let mut pieces: Vec<(Range<usize>, TokenClass)> = Vec::with_capacity(tokens.len() / 2);
    let mut before = TokenKind::Newline;
    let mut in_decorator = false;
    for (index, token) in tokens.iter().enumerate() {
        let kind = token.kind();
        let range = token.range().start().to_usize()..token.range().end().to_usize();
        let after = || {
            tokens
                .iter()
                .skip(index + 1)
                .map(token::Token::kind)
                .find(|kind| *kind != TokenKind::Comment)
                .unwrap_or(TokenKind::EndOfFile)
        };
        let starts = matches!(
            before,
            TokenKind::Newline
                | TokenKind::NonLogicalNewline
                | TokenKind::Indent
                | TokenKind::Dedent
                | TokenKind::Semi
        );
        in_decorator = match kind {
            TokenKind::At => starts,
            TokenKind::Name | TokenKind::Dot => in_decorator,
            _ => false,
        };
        let text = source.get(range.clone()).unwrap_or_default();
        let class = match kind {
            TokenKind::Comment => Some(TokenClass::Comment),
            TokenKind::String
            | TokenKind::FStringStart
            | TokenKind::FStringMiddle
            | TokenKind::FStringEnd => Some(TokenClass::String),
            TokenKind::TStringStart | TokenKind::TStringMiddle | TokenKind::TStringEnd => {
                Some(TokenClass::String)
            }
            TokenKind::Int | TokenKind::Float | TokenKind::Complex => Some(TokenClass::Number),
            TokenKind::True | TokenKind::False | TokenKind::None | TokenKind::Ellipsis => {
                Some(TokenClass::Constant)
            }
            TokenKind::At | TokenKind::Dot if in_decorator => Some(TokenClass::Decorator),
            TokenKind::Match | TokenKind::Case | TokenKind::Type | TokenKind::Lazy => {
                soft_keyword(kind, starts, &after(), text)
            }
            TokenKind::Name if in_decorator => Some(TokenClass::Decorator),
            TokenKind::Name => name(before, after(), text),
            _ if kind.is_non_soft_keyword() => Some(TokenClass::Keyword),
            _ => None,
        };
        match (class, pieces.last_mut()) {
            (Some(class), Some((last, known))) if *known == class && last.end == range.start => {
                last.end = range.end
            }
            (Some(class), _) if !range.is_empty() => pieces.push((range, class)),
            _ => {}
        }
        if kind != TokenKind::Comment {
            before = kind;
        }
    }
    let token = |(range, class): &(Range<usize>, TokenClass)| Token::new(range, *class);
    pieces.iter().map(token).collect()
}

fn name(before: TokenKind, after: TokenKind, text: &str) -> Option<TokenClass> {
    match before {
        TokenKind::Def => Some(TokenClass::Function),
        TokenKind::Class => Some(TokenClass::Class),
        TokenKind::Dot => None,
        // `sep=` in a call is a parameter's name; so is a name that is being bound.
        _ if after == TokenKind::Equal => None,
        _ => BUILTINS.contains(text).then_some(TokenClass::Builtin),
    }
}

/// `match`, `case`, `type` are names almost everywhere: `type(x)`, `re.match(…)`.
fn soft_keyword(
    kind: TokenKind,
    starts: bool,
    after: &TokenKind,
    text: &str,
) -> Option<TokenClass> {
    let is_name = match kind {
        TokenKind::Type | TokenKind::Lazy => {
            !matches!(after, TokenKind::Name | TokenKind::Import | TokenKind::From)
        }
        _ => matches!(
            after,
            TokenKind::Equal
                | TokenKind::Dot
                | TokenKind::Comma
                | TokenKind::Lpar
                | TokenKind::Rpar
                | TokenKind::Rsqb
                | TokenKind::Newline
        ),
    };
    match starts && !is_name {
        true => Some(TokenClass::Keyword),
        false => name(TokenKind::Newline, *after, text),
    }
}

static BUILTINS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| NAMES.iter().copied().collect());

/// Names of `builtins` that a reader knows as such.
const NAMES: &[&str] = &[
    "ArithmeticError",
    "AssertionError",
    "AttributeError",
    "BaseException",
    "BaseExceptionGroup",
    "BufferError",
    "DeprecationWarning",
    "EOFError",
    "Exception",
    "ExceptionGroup",
    "FileExistsError",
    "FileNotFoundError",
    "FutureWarning",
    "GeneratorExit",
    "ImportError",
    "IndentationError",
    "IndexError",
    "IsADirectoryError",
    "KeyError",
    "KeyboardInterrupt",
    "LookupError",
    "MemoryError",
    "ModuleNotFoundError",
    "NameError",
    "NotImplemented",
    "NotImplementedError",
    "OSError",
    "OverflowError",
    "PermissionError",
    "RecursionError",
    "ReferenceError",
    "ResourceWarning",
    "RuntimeError",
    "RuntimeWarning",
    "StopAsyncIteration",
    "StopIteration",
    "SyntaxError",
    "SystemError",
    "SystemExit",
    "TabError",
    "TimeoutError",
    "TypeError",
    "UnboundLocalError",
    "UnicodeError",
    "UserWarning",
    "ValueError",
    "Warning",
    "ZeroDivisionError",
    "__import__",
    "abs",
    "aiter",
    "all",
    "anext",
    "any",
    "ascii",
    "bin",
    "bool",
    "bytearray",
    "bytes",
    "callable",
    "chr",
    "classmethod",
    "compile",
    "complex",
    "delattr",
    "dict",
    "dir",
    "divmod",
    "enumerate",
    "eval",
    "exec",
    "filter",
    "float",
    "format",
    "frozenset",
    "getattr",
    "globals",
    "hasattr",
    "hash",
    "help",
    "hex",
    "id",
    "input",
    "int",
    "isinstance",
    "issubclass",
    "iter",
    "len",
    "list",
    "locals",
    "map",
    "max",
    "memoryview",
    "min",
    "next",
    "object",
    "oct",
    "open",
    "ord",
    "pow",
    "print",
    "property",
    "range",
    "repr",
    "reversed",
    "round",
    "set",
    "setattr",
    "slice",
    "sorted",
    "staticmethod",
    "str",
    "sum",
    "super",
    "tuple",
    "type",
    "vars",
    "zip",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(source: &str) -> String {
        let tokens = classify(source).into_iter();
        tokens
            .map(|token| {
                let text = source.get(token.range()).unwrap_or_default();
                format!("{:?}:{text}", token.class())
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn a_class_is_known_by_its_place() {
        let is_at_its_place = |(place, class): (usize, &TokenClass)| *class as usize == place;
        assert!(TokenClass::ALL.iter().enumerate().all(is_at_its_place));
    }

    #[test]
    fn pieces_have_their_class() {
        assert_eq!(
            marked("@a.b\ndef f(x=1): return x"),
            "Decorator:@a.b Keyword:def Function:f Number:1 Keyword:return"
        );
        assert_eq!(
            marked("class 노드(object): pass"),
            "Keyword:class Class:노드 Builtin:object Keyword:pass"
        );
        assert_eq!(
            marked("print(f'값: {len(x)!r}', sep='')"),
            "Builtin:print String:f'값:  Builtin:len String:' String:''"
        );
        assert_eq!(
            marked("x.id; id(x); type(x); match = 1"),
            "Builtin:id Builtin:type Number:1"
        );
        assert_eq!(marked("a @ b  # 주석"), "Comment:# 주석");
    }

    #[test]
    fn broken_source_is_read_as_far_as_it_goes() {
        for source in [
            "def (",
            "'열림",
            "f'{",
            "x = = 1",
            "\u{0}",
            "{% raw %}",
            "if:\n\tx\n  y",
            "가 나 다",
            "\\",
        ] {
            let pieces = classify(source);
            assert!(
                pieces
                    .iter()
                    .all(|token| source.get(token.range()).is_some()),
                "{source:?}"
            );
            assert!(
                pieces.is_sorted_by(|left, right| left.range().end <= right.range().start),
                "{source:?}"
            );
        }
        assert_eq!(marked("def ("), "Keyword:def");
    }
}
