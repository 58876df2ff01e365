//! Claims: comments in which the author says what the code gives.

use serde::{Deserialize, Serialize};

use std::fmt;

use crate::python::compiler::comments::Print;
use crate::source::Span;

/// How a claim is written, and so how it is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClaimForm {
    /// A plain comment that states a value: `# True`, `# 2 (a itself + the argument)`.
    Bare,
    /// `# => value`: the value of the expression, or what was assigned.
    Value,
    /// `#> line`: a line that was printed.
    Output,
    /// `# raises Name: text`: this statement raises.
    Raises,
    /// `# ~> 3.14`: a number within the digits written.
    About,
}

/// The Python versions for which a claim speaks: `[3.12]`, `[..3.12]`, `[3.11..3.13]`, `[3.13..]`. Both ends belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct VersionRange {
    /// The first version; `None` for all before `to`.
    pub from: Option<(u8, u8)>,
    /// The last version; `None` for all after `from`.
    pub to: Option<(u8, u8)>,
}

impl VersionRange {
    /// Reads `3.12`, `..3.12`, `3.11..3.13`, `3.13..`.
    ///
    /// # Examples
    /// ```
    /// use gieok::post::VersionRange;
    /// let range = VersionRange::parse("..3.12").unwrap();
    /// assert!(range.contains((3, 9)) && !range.contains((3, 13)));
    /// assert_eq!(VersionRange::parse("3"), None);
    /// ```
    pub fn parse(text: &str) -> Option<VersionRange> {
        let version = |text: &str| {
            let (major, minor) = text.trim().split_once('.')?;
            Some((major.parse().ok()?, minor.parse().ok()?))
        };
        let end = |text: &str| {
            if text.trim().is_empty() {
                Some(None)
            } else {
                version(text).map(Some)
            }
        };
        match text.split_once("..") {
            Some((from, to)) => {
                let range = VersionRange {
                    from: end(from)?,
                    to: end(to)?,
                };
                let in_order = range.from.zip(range.to).is_none_or(|(from, to)| from <= to);
                (range != VersionRange::default() && in_order).then_some(range)
            }
            None => version(text).map(|only| VersionRange {
                from: Some(only),
                to: Some(only),
            }),
        }
    }

    /// Says whether a version as people write it, `3.13`, is inside.
    pub fn has(self, version: &str) -> bool {
        VersionRange::parse(version)
            .and_then(|version| version.from)
            .is_some_and(|version| self.contains(version))
    }

    /// Says whether a version, as major and minor number, is inside.
    pub fn contains(self, version: (u8, u8)) -> bool {
        self.from.is_none_or(|from| from <= version) && self.to.is_none_or(|to| version <= to)
    }
}

impl fmt::Display for VersionRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let version = |version: Option<(u8, u8)>| {
            version.map_or_else(String::new, |(major, minor)| format!("{major}.{minor}"))
        };
        f.write_str(&version(self.from))?;
        if self.from != self.to {
            write!(f, "..{}", version(self.to))?;
        }
        Ok(())
    }
}

/// What a claim stands by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A `print(…)` call, and what its text tells about the line it writes.
    Print(Print),
    /// Another expression used as a statement.
    Expression,
    /// An assignment to one name, the name given.
    Assignment(String),
    /// Any other statement.
    Statement,
}

/// Something the author says about a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The block: its place in `Post::blocks`.
    pub block: usize,
    /// How it is written.
    pub form: ClaimForm,
    /// The value as written: `(700, 10, 10)`; for `Raises` the exception's name, and `: text` if given.
    pub expected: String,
    /// What follows the value, for readers: `a itself + the argument`.
    pub note: String,
    /// What it stands by.
    pub subject: Subject,
    /// The source text of what it stands by: `sys.getrefcount(a)` inside a `print`, else the expression or statement.
    pub expression: String,
    /// First line of the statement it stands by, counted from 1 within the block.
    pub first_line: usize,
    /// Last line of that statement.
    pub last_line: usize,
    /// The versions it speaks for; `None` for those that no other claim of the statement names.
    pub versions: Option<VersionRange>,
    /// The whole comment in the post's source.
    pub span: Span,
    /// The value in the post's source.
    pub expected_span: Span,
}

/// A comment of a Python block, and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The block: its place in `Post::blocks`.
    pub block: usize,
    /// The comment, `#` included.
    pub text: String,
    /// Its place in the post's source.
    pub span: Span,
    /// How it was read.
    pub reading: Reading,
}

/// How a comment was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// A claim: its place in `Post::claims`.
    Claim(usize),
    /// For people only.
    Remark,
    /// `# hide`.
    Hide,
    /// The mark of a note and nothing else: `# (1)`.
    Annotation,
}
