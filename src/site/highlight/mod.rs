//! Code in colour: one small vocabulary of classes for every language, so that one stylesheet serves them all.
//!
//! Python is read by the engine's own scanner (0.3 ms a page); every other language by syntect, whose grammars are
//! loaded only when a page needs one.

mod other;
mod python;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::python::compiler::tokens::Token;

/// What a piece of code is; the class that the stylesheet colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Class {
    /// Keywords, tags.
    Keyword,
    /// `True`, `null`.
    Literal,
    /// Strings.
    String,
    /// `\n` in a string.
    Escape,
    /// Numbers.
    Number,
    /// Comments.
    Comment,
    /// Names of functions where they are defined.
    Function,
    /// Names of classes and types.
    Type,
    /// What the language brings along.
    Builtin,
    /// Decorators, macros, preprocessor lines.
    Decorator,
    /// Attributes and keys.
    Attribute,
    /// Variables of a shell.
    Variable,
    /// Added lines.
    Inserted,
    /// Removed lines.
    Deleted,
    /// Headings, prompts.
    Heading,
}

impl Class {
    /// What is written before a piece; behind it stands `</span>`.
    pub fn start(self) -> &'static str {
        match self {
            Class::Keyword => "<span class=\"k\">",
            Class::Literal => "<span class=\"l\">",
            Class::String => "<span class=\"s\">",
            Class::Escape => "<span class=\"e\">",
            Class::Number => "<span class=\"n\">",
            Class::Comment => "<span class=\"c\">",
            Class::Function => "<span class=\"f\">",
            Class::Type => "<span class=\"t\">",
            Class::Builtin => "<span class=\"b\">",
            Class::Decorator => "<span class=\"d\">",
            Class::Attribute => "<span class=\"a\">",
            Class::Variable => "<span class=\"v\">",
            Class::Inserted => "<span class=\"i\">",
            Class::Deleted => "<span class=\"x\">",
            Class::Heading => "<span class=\"h\">",
        }
    }
}

/// A classified piece of code, by byte offsets.
pub type Piece = (Range<usize>, Class);

/// Longer code is shown without colours: nobody reads it for them, and grammars are slow.
const CODE_MAX: usize = 200_000;

/// What readers call a language; its own word in the post where we know no other.
pub fn name(language: &str) -> &str {
    match language {
        "python" | "py" => "Python",
        "c" => "C",
        "cpp" | "c++" => "C++",
        "css" => "CSS",
        "diff" => "Diff",
        "html" => "HTML",
        "ini" => "INI",
        "js" | "javascript" => "JavaScript",
        "json" => "JSON",
        "make" | "makefile" => "Make",
        "md" | "markdown" => "Markdown",
        "rust" | "rs" => "Rust",
        "sql" => "SQL",
        "toml" => "TOML",
        "xml" => "XML",
        "yaml" | "yml" => "YAML",
        language => language,
    }
}

/// The classified pieces of a code, in order and apart from each other. What has no class is not listed.
///
/// An unknown language has no pieces.
pub fn highlight(language: &str, code: &str) -> Vec<Piece> {
    if code.len() > CODE_MAX {
        return Vec::new();
    }
    match reader(language) {
        Reader::Nobody => Vec::new(),
        Reader::Python => python::pieces(code),
        Reader::Console => console(code),
        Reader::Grammar => other::pieces(language, code),
    }
}

/// What [`highlight`] gives for the code of a Python block, which was read when the post was.
pub fn of_python(code: &str, tokens: &[Token]) -> Vec<Piece> {
    match code.len() > CODE_MAX {
        true => Vec::new(),
        false => python::pieces_of(tokens),
    }
}

/// Says whether it takes long to read a language, so that what was found is worth keeping.
pub fn is_slow(language: &str) -> bool {
    matches!(reader(language), Reader::Grammar)
}

enum Reader {
    Nobody,
    Python,
    Console,
    Grammar,
}

fn reader(language: &str) -> Reader {
    match language {
        "" | "text" | "txt" | "plain" | "plaintext" | "output" => Reader::Nobody,
        "python" | "py" | "python3" => Reader::Python,
        "console" | "pycon" | "shell-session" => Reader::Console,
        _ => Reader::Grammar,
    }
}

/// A session: prompts, what was typed, what came back.
fn console(code: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for line in code.split_inclusive('\n') {
        let prompt = ["$ ", "# ", "% ", ">>> ", "... "]
            .into_iter()
            .find(|prompt| line.starts_with(prompt));
        if let Some(prompt) = prompt {
            pieces.push((start..start + prompt.len() - 1, Class::Heading));
            if prompt.starts_with(['>', '.']) {
                let typed = start + prompt.len();
                let inside =
                    python::pieces(line.get(prompt.len()..).unwrap_or_default()).into_iter();
                pieces.extend(
                    inside.map(|(range, class)| (range.start + typed..range.end + typed, class)),
                );
            }
        }
        start += line.len();
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(language: &str, code: &str) -> String {
        let pieces = highlight(language, code);
        assert!(
            pieces.is_sorted_by(|left, right| left.0.end <= right.0.start),
            "{pieces:?}"
        );
        let piece = |(range, class): &Piece| {
            let name = class.start().split('"').nth(1).unwrap_or_default();
            format!("{name}:{}", code.get(range.clone()).unwrap_or("?"))
        };
        pieces.iter().map(piece).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_language_speaks_the_same_classes() {
        assert_eq!(
            marked("python", "def f(x): # 주석\n  return None, 'a', 1"),
            "k:def f:f c:# 주석 k:return l:None s:'a' n:1"
        );
        assert_eq!(
            marked("py", "@cache\nclass A(list): ..."),
            "d:@cache k:class t:A b:list l:..."
        );
        assert_eq!(
            marked("rust", "fn main() { let x = 1; } // 끝"),
            "k:fn f:main k:let n:1 c:// 끝"
        );
        assert_eq!(marked("json", "{\"a\": [1, true]}"), "s:\"a\" n:1 l:true");
        assert_eq!(marked("c", "int x = 1; /* 가 */"), "k:int n:1 c:/* 가 */");
        assert_eq!(marked("diff", "-a\n+b\n"), "x:-a\n i:+b\n");
        assert_eq!(
            marked("console", "$ gieok check\n>>> len('a')\n1\n"),
            "h:$ h:>>> b:len s:'a'"
        );
        assert_eq!(marked("없는말", "x = 1"), "");
        assert_eq!(marked("", "x = 1"), "");
    }
}
