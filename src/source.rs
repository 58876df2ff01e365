//! A text file as the author wrote it: its path, its text, and where its lines begin.

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// A piece of a source, as byte offsets into its text.
///
/// A span belongs to one [`Source`]; whoever keeps spans keeps them beside that source.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(from = "[usize; 2]", into = "[usize; 2]")]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset after the last byte; equal to `start` for a place between two characters.
    pub end: usize,
}

impl Span {
    /// A span from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Span {
        Span {
            start,
            end: end.max(start),
        }
    }

    /// The place before the byte at `offset`.
    pub fn at(offset: usize) -> Span {
        Span {
            start: offset,
            end: offset,
        }
    }

    /// Says whether the byte at `offset` is inside.
    pub fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// The span as a range, to slice with.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

// What is kept of a post has hundreds of spans: two numbers each are read faster than two names.
impl From<[usize; 2]> for Span {
    fn from([start, end]: [usize; 2]) -> Span {
        Span::new(start, end)
    }
}

impl From<Span> for [usize; 2] {
    fn from(span: Span) -> [usize; 2] {
        [span.start, span.end]
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Span {
        Span::new(range.start, range.end)
    }
}

/// A place for people: line and column, both counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters (not bytes, not terminal cells), counted from 1.
    pub column: usize,
}

/// A text file: path, text, and an index of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    path: PathBuf,
    text: String,
    /// Offset of the first byte of each line; never empty, begins with 0, ascending.
    line_starts: Vec<usize>,
}

impl Source {
    /// A source with the given text. `path` is how messages name it.
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Source {
        let text = text.into();
        let ends = memchr::memchr_iter(b'\n', text.as_bytes());
        let mut line_starts: Vec<usize> = std::iter::once(0).chain(ends.map(|at| at + 1)).collect();
        // A source lives as long as its book.
        line_starts.shrink_to_fit();
        Source {
            path: path.into(),
            text,
            line_starts,
        }
    }

    /// A source from the bytes of a file, and the places that were not UTF-8.
    ///
    /// Each undecodable piece is replaced by U+FFFD, so that the rest of the file can still be read; the spans
    /// are those of the replacement characters. A byte order mark is dropped.
    pub fn decode(path: impl Into<PathBuf>, bytes: &[u8]) -> (Source, Vec<Span>) {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        if let Ok(text) = std::str::from_utf8(bytes) {
            return (Source::new(path, text), Vec::new());
        }
        let mut text = String::with_capacity(bytes.len());
        let mut undecodable = Vec::new();
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            if !chunk.invalid().is_empty() {
                let start = text.len();
                text.push(char::REPLACEMENT_CHARACTER);
                undecodable.push(Span::new(start, text.len()));
            }
        }
        (Source::new(path, text), undecodable)
    }

    /// Lets go what stands behind the line that holds the byte at `offset`. Places before are as they were.
    pub fn cut_behind_line(&mut self, offset: usize) {
        let line = self.line(offset);
        let end = self.line_starts.get(line).copied();
        self.text.truncate(end.unwrap_or(self.text.len()));
        self.text.shrink_to_fit();
        self.line_starts.truncate(line + 1);
        self.line_starts.shrink_to_fit();
    }

    /// The path, as messages name it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span; empty if the span is not of this source.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// How many lines there are; a file that ends with a newline has an empty last line.
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// The line, counted from 1, that holds the byte at `offset`.
    pub fn line(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset)
    }

    /// Where a line counted from 1 begins; `None` if there is no such line.
    pub fn line_start(&self, line: usize) -> Option<usize> {
        self.line_starts.get(line.checked_sub(1)?).copied()
    }

    /// Line and column of the byte at `offset`.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.line(offset);
        let start = self
            .line_starts
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or(0);
        let before = self
            .text
            .get(start..offset.min(self.text.len()))
            .unwrap_or_default();
        Position {
            line,
            column: before.chars().count() + 1,
        }
    }

    /// The span of a line counted from 1, without its line break; `None` if there is no such line.
    pub fn line_span(&self, line: usize) -> Option<Span> {
        let start = *self.line_starts.get(line.checked_sub(1)?)?;
        let end = self
            .line_starts
            .get(line)
            .map_or(self.text.len(), |next| next - 1);
        let end = if self
            .text
            .as_bytes()
            .get(start..end)
            .is_some_and(|line| line.ends_with(b"\r"))
        {
            end - 1
        } else {
            end
        };
        Some(Span::new(start, end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters() {
        let source = Source::new("가.md", "하나\r\n둘 셋\n");
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(
            source.position("하나\r\n둘 ".len()),
            Position { line: 2, column: 3 }
        );
        assert_eq!(
            source.line_span(1).map(|span| source.slice(span)),
            Some("하나")
        );
        assert_eq!(
            source.line_span(2).map(|span| source.slice(span)),
            Some("둘 셋")
        );
        assert_eq!(source.line_span(3), Some(Span::at(source.text().len())));
        assert_eq!(source.line_span(4), None);
    }

    #[test]
    fn bytes_that_are_not_utf8_are_replaced_and_told() {
        let (source, undecodable) = Source::decode("a.md", b"\xef\xbb\xbfab\xffcd\n");
        assert_eq!(source.text(), "ab\u{fffd}cd\n");
        assert_eq!(undecodable, [Span::new(2, 5)]);
    }
}
