//! A fenced block: its code, where its lines stand in the post, and its options.

use std::ops::RangeInclusive;

use crate::python::compiler::tokens::Token;
use crate::source::Span;

use super::annotation::Annotation;
use super::claim::VersionRange;
use super::console::Unit;

/// What a block is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// Python that the engine runs, unless an option says otherwise.
    Python,
    /// A Mermaid diagram.
    Mermaid,
    /// Anything else: shown, highlighted by its language if there is one.
    Other,
}

/// What of a block the page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Parts {
    /// Code and result.
    #[default]
    Both,
    /// The code only.
    Source,
    /// The result only.
    Result,
    /// Neither: it runs and is not seen.
    None,
}

/// One line of a block's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeLine {
    /// Where its first character stands in [`Block::code`].
    pub code_start: usize,
    /// Where its first character stands in the post's source.
    pub source_start: usize,
    /// `# hide` at its end: it runs and is not shown.
    pub hidden: bool,
}

/// Hidden setup: `<!-- py: setup` with code on the following lines. It runs before the next block, in its session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setup {
    /// The code.
    pub code: String,
    /// Its place.
    pub span: Span,
}

/// A fenced block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its place in `Post::blocks`.
    pub index: usize,
    /// Its name for links, snapshots and messages: option `id`, else `block-0`, `block-1`, … counting the Python
    /// blocks (`mermaid-0`, … the diagrams).
    pub id: String,
    /// What it is for.
    pub kind: BlockKind,
    /// The first word of the info string in lower case: `python`, `mermaid`, `console`; empty if there is none.
    pub language: String,
    /// Its code as the engine sees it, each line ended by `\n`.
    pub code: String,
    /// Its lines; a line's number is its place here plus one.
    pub lines: Vec<CodeLine>,
    /// The pieces of its code that have a colour, if it is Python.
    pub tokens: Vec<Token>,
    /// The whole block, fences included.
    pub span: Span,
    /// Texts of the headings above it, outermost first.
    pub heading_path: Vec<String>,
    /// Hidden setup that runs before it.
    pub setups: Vec<Setup>,
    /// `session=name`: shares state with the blocks of that name. `None`: its own, fresh state.
    pub session: Option<String>,
    /// `from=id`: starts from a copy of the state after that block.
    pub from: Option<String>,
    /// `raises=TypeError`: must end with that exception.
    pub raises: Option<String>,
    /// `fresh`: does not take part in the page's shared session.
    pub fresh: bool,
    /// `skip="reason"`: is not run.
    pub skip: Option<String>,
    /// `parse`: its syntax is checked, it is not run.
    pub parse_only: bool,
    /// `runner=cpython`: runs on an installed CPython, not on the engine.
    pub on_cpython: bool,
    /// `unstable`: its result may differ from run to run and is not kept as a snapshot.
    pub unstable: bool,
    /// `show=source`, `result`, `both`, `none`.
    pub show: Parts,
    /// `fold` or `fold="title"`: closed on the page until opened.
    pub fold: Option<String>,
    /// `hl=2,4-6`: lines that the page points at, counted from 1 as they are written.
    pub highlighted: Vec<RangeInclusive<usize>>,
    /// Marks of the notes in the list below it, in order.
    pub annotations: Vec<Annotation>,
    /// `limit=50k`: how many steps it may take.
    pub step_limit: Option<u64>,
    /// The statements of a session at a prompt, each compiled by itself; none of a file's.
    pub units: Vec<Unit>,
    /// `py=3.14..`: the versions that it belongs to; `None` for all.
    pub versions: Option<VersionRange>,
}

impl Block {
    /// Says whether the engine runs it.
    pub fn runs(&self) -> bool {
        self.kind == BlockKind::Python && self.skip.is_none() && !self.parse_only
    }

    /// Says whether it belongs to a version, `3.13`.
    pub fn belongs_to(&self, version: &str) -> bool {
        self.versions.is_none_or(|versions| versions.has(version))
    }

    /// Says whether the page points at a line counted from 1.
    pub fn is_highlighted(&self, line: usize) -> bool {
        self.highlighted.iter().any(|lines| lines.contains(&line))
    }

    /// The text of a line counted from 1, without its line break.
    pub fn line_text(&self, line: usize) -> &str {
        let Some(index) = line.checked_sub(1) else {
            return "";
        };
        let Some(start) = self.lines.get(index).map(|line| line.code_start) else {
            return "";
        };
        let end = self
            .lines
            .get(index + 1)
            .map_or(self.code.len(), |next| next.code_start);
        self.code
            .get(start..end)
            .unwrap_or_default()
            .trim_end_matches('\n')
    }

    /// The line, counted from 1, that holds the byte of [`Block::code`] at `offset`.
    pub fn line_at(&self, offset: usize) -> usize {
        self.lines.partition_point(|line| line.code_start <= offset)
    }

    /// Where a byte of [`Block::code`] stands in the post's source.
    pub fn source_offset(&self, offset: usize) -> usize {
        match self
            .line_at(offset)
            .checked_sub(1)
            .and_then(|index| self.lines.get(index))
        {
            Some(line) => line.source_start + (offset - line.code_start),
            None => self.span.start,
        }
    }

    /// Where a piece of [`Block::code`] stands in the post's source.
    pub fn source_span(&self, start: usize, end: usize) -> Span {
        Span::new(
            self.source_offset(start),
            self.source_offset(end.max(start)),
        )
    }

    /// The place of a line counted from 1 in the post's source, from its first character that is not a space.
    pub fn line_span(&self, line: usize) -> Span {
        let text = self.line_text(line);
        let indent = text.len() - text.trim_start().len();
        match line.checked_sub(1).and_then(|index| self.lines.get(index)) {
            Some(found) => Span::new(
                found.source_start + indent,
                found.source_start + text.trim_end().len().max(indent),
            ),
            None => self.span,
        }
    }
}

/// A line of code without its indent and without the comment that stands behind it.
pub fn without_comment(line: &str) -> &str {
    let line = line.trim();
    line.split_once("  #")
        .map_or(line, |(code, _)| code.trim_end())
}
