//! What the pieces of Python source are, for whoever shows code to people.
//!
//! The scanner forgives: a block that is meant to fail is coloured as far as it can be read.

use std::ops::Range;

use ruff_python_ast::token::{Token, TokenKind};
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::Ranged;

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

/// The classified pieces of a source, in order, apart from each other; ranges are byte offsets.
///
/// # Examples
/// ```
/// use gieok::python::compiler::tokens::{TokenClass, classify};
/// assert_eq!(classify("x = 1  # one"), [(4..5, TokenClass::Number), (7..12, TokenClass::Comment)]);
/// ```
pub fn classify(source: &str) -> Vec<(Range<usize>, TokenClass)> {
    let parsed = parse_unchecked(source, ParseOptions::from(Mode::Module));
    let tokens: &[Token] = parsed.tokens();
    let mut pieces: Vec<(Range<usize>, TokenClass)> = Vec::new();
    let mut before = TokenKind::Newline;
    let mut in_decorator = false;
    for (index, token) in tokens.iter().enumerate() {
        let kind = token.kind();
        let range = token.range().start().to_usize()..token.range().end().to_usize();
        let after = || {
            tokens
                .iter()
                .skip(index + 1)
                .map(Token::kind)
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
            _ if is_keyword(text) => Some(TokenClass::Keyword),
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
    pieces
}

fn name(before: TokenKind, after: TokenKind, text: &str) -> Option<TokenClass> {
    match before {
        TokenKind::Def => Some(TokenClass::Function),
        TokenKind::Class => Some(TokenClass::Class),
        TokenKind::Dot => None,
        // `sep=` in a call is a parameter's name; so is a name that is being bound.
        _ if after == TokenKind::Equal => None,
        _ => BUILTINS
            .binary_search(&text)
            .is_ok()
            .then_some(TokenClass::Builtin),
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

fn is_keyword(text: &str) -> bool {
    KEYWORDS.binary_search(&text).is_ok()
}

const KEYWORDS: &[&str] = &[
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif",
    "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda",
    "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Names of `builtins` that a reader knows as such; sorted.
const BUILTINS: &[&str] = &[
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
        let pieces = classify(source).into_iter();
        pieces
            .map(|(range, class)| format!("{class:?}:{}", source.get(range).unwrap_or_default()))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn the_lists_are_sorted() {
        assert!(KEYWORDS.is_sorted() && BUILTINS.is_sorted());
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
                    .all(|(range, _)| source.get(range.clone()).is_some()),
                "{source:?}"
            );
            assert!(
                pieces.is_sorted_by(|left, right| left.0.end <= right.0.start),
                "{source:?}"
            );
        }
        assert_eq!(marked("def ("), "Keyword:def");
    }
}
