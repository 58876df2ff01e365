//! The text of a source: as the parser wants it, and as errors show it.

use super::ast::Loc;
use super::error::SyntaxError;
use super::fail::Fail;
use std::borrow::Cow;

/// A source and where its lines start.
pub struct Source<'a> {
    /// The text, with `\n` at the end of every line and no byte order mark.
    pub text: Cow<'a, str>,
    /// Offset of the start of each line.
    pub lines: Vec<u32>,
}

impl<'a> Source<'a> {
    /// Normalizes the line ends of a text.
    pub fn new(text: &'a str) -> Source<'a> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let text = if text.contains('\r') {
            Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
        } else {
            Cow::Borrowed(text)
        };
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1);
        let lines = std::iter::once(0).chain(ends).collect();
        Source { text, lines }
    }

    /// Line (from 1) and byte column (from 0) of an offset.
    pub fn point(&self, offset: usize) -> (i32, i32) {
        let line = self
            .lines
            .partition_point(|&start| start as usize <= offset)
            .saturating_sub(1);
        (line as i32 + 1, (offset - self.lines[line] as usize) as i32)
    }

    /// The place of a range of offsets.
    pub fn loc(&self, start: usize, end: usize) -> Loc {
        let ((line, col), (end_line, end_col)) = (self.point(start), self.point(end));
        Loc {
            line,
            end_line,
            col,
            end_col,
        }
    }

    /// An error that was found after parsing, as Python shows it.
    pub fn report(&self, fail: Fail) -> SyntaxError {
        if let Some(error) = fail.shown {
            return error;
        }
        let Loc {
            line,
            end_line,
            col,
            end_col,
        } = fail.loc;
        SyntaxError {
            kind: fail.kind,
            message: fail.message,
            line: line.max(0) as u32,
            column: if line > 0 { col + 1 } else { 0 },
            end_line: end_line.max(0) as u32,
            end_column: (end_line > 0 && end_col >= 0).then_some(end_col + 1),
            is_late: true,
            text: None,
        }
    }

    /// An error that is found after parsing here and while parsing in CPython: columns count characters, and it has the
    /// line.
    pub fn refuse(&self, fail: Fail) -> SyntaxError {
        let mut error = self.report(fail);
        let line = |number: u32| {
            let start = *self.lines.get((number as usize).checked_sub(1)?)? as usize;
            self.text.get(start..)?.split('\n').next()
        };
        let characters = |number: u32, column: i32| {
            let before = (column - 1).max(0) as usize;
            let before = line(number).and_then(|line| line.get(..before));
            before.map_or(column, |before| before.chars().count() as i32 + 1)
        };
        error.column = characters(error.line, error.column);
        error.end_column = error
            .end_column
            .map(|column| characters(error.end_line, column));
        // The tokenizer shows what it has read of the line, the parser the whole.
        let end = if error.message.starts_with("unterminated") {
            ""
        } else {
            "\n"
        };
        error.text = line(error.line).map(|line| format!("{line}{end}"));
        error.is_late = false;
        error
    }
}
