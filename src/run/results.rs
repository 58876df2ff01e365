//! What came out of the blocks of a post under one Python version.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::post::Post;
use crate::python::observe::dump::Dump;

/// The results of a post's blocks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Results {
    /// The version that ran them: `3.13`.
    pub version: String,
    /// One entry for each block of the post, in the same order; `None` for a block that did not run.
    pub blocks: Vec<Option<BlockResult>>,
    /// One entry for each drawing of the post, in the order of `Post::draws`: what the names held when the block
    /// ended; `None` where the block did not run.
    pub dumps: Vec<Option<Dump>>,
    /// The version of each block that another one ran, by its place.
    pub elsewhere: BTreeMap<usize, String>,
}

impl Results {
    /// The result of a block, by its place in `Post::blocks`.
    pub fn of(&self, block: usize) -> Option<&BlockResult> {
        self.blocks.get(block)?.as_ref()
    }

    /// The version that ran a block, by its place in `Post::blocks`.
    pub fn version_of(&self, block: usize) -> &str {
        self.elsewhere.get(&block).unwrap_or(&self.version)
    }

    /// Takes what became of a block, and its drawings, from the results of another version.
    pub fn take(&mut self, post: &Post, block: usize, other: &Results) {
        if let Some(place) = self.blocks.get_mut(block) {
            *place = other.of(block).cloned();
        }
        let draws = post.draws.iter().enumerate();
        for (place, _) in draws.filter(|(_, draw)| draw.block == block) {
            if let (Some(dump), Some(taken)) = (self.dumps.get_mut(place), other.dumps.get(place)) {
                dump.clone_from(taken);
            }
        }
        self.elsewhere.insert(block, other.version.clone());
    }
}

/// A piece of what a block printed, and who printed it.
///
/// Pieces are in the order written and lie side by side; together they are the whole of stdout. Two writes from the
/// same place stay one piece only within a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    /// Line of the block, counted from 1, that called `print`: the innermost one that belongs to the block.
    /// `None` where no line of the block was running (a finalizer of the library, the interpreter's end).
    pub line: Option<usize>,
    /// Line on which the block's own statement begins that was running, outermost: where the page shows the output.
    /// `None` after the block's last statement, when the interpreter ends.
    pub statement: Option<usize>,
    /// The piece, as a range of [`BlockResult::stdout`].
    pub text: Range<usize>,
}

/// An exception that a line of the block raised or let pass, caught further out or not: one entry for each line of
/// the block that the exception left, innermost first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raised {
    /// Line of the block, counted from 1.
    pub line: usize,
    /// The type's name, qualified as in a traceback: `TypeError`, `__main__.Mine` as `Mine`.
    pub type_name: String,
    /// `str()` of the exception.
    pub message: String,
}

/// The exception that ended a block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// The type's name as a traceback writes it.
    pub type_name: String,
    /// Names of the type and its bases, innermost first: `raises=LookupError` accepts a `KeyError`.
    pub bases: Vec<String>,
    /// `str()` of the exception.
    pub message: String,
    /// Line of the block, counted from 1: the innermost one that belongs to the block. `None` if there is none.
    pub line: Option<usize>,
    /// The traceback as CPython prints it, final newline included.
    pub traceback: String,
}

/// `repr` of the value of an expression used as a statement, or of what an assignment stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    /// Line on which the statement begins, counted from 1.
    pub line: usize,
    /// The value's `repr`.
    pub repr: String,
}

/// What one block did.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct BlockResult {
    /// Everything written to stdout.
    pub stdout: String,
    /// Everything written to stderr, the traceback of an uncaught exception included.
    pub stderr: String,
    /// Who printed what.
    pub printed: Vec<Printed>,
    /// Values of expression statements, in the order they were computed.
    pub values: Vec<Value>,
    /// Exceptions by the line that raised them, in order.
    pub raised: Vec<Raised>,
    /// The exception that ended the block, if one did.
    pub exception: Option<Exception>,
    /// 0, 1 after an exception, or what `sys.exit` says.
    pub exit_code: i32,
    /// Lines of the block that ran; `None` where the engine did not watch.
    pub lines_run: Option<BTreeSet<usize>>,
    /// The limit that stopped it, in words, if one did.
    pub limit: Option<String>,
    /// How many instructions it took.
    pub steps: u64,
    /// Reference counts that were wrong when the session ended: a mistake of the engine's. Empty unless an
    /// audit was asked for; a session's are with its last block.
    pub audit: Vec<String>,
    /// Another run may end otherwise: the clock ended this one, or the host failed. Nobody may keep such a result.
    pub by_chance: bool,
}

/// What stopped a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Too many instructions.
    Steps,
    /// Too much memory.
    Memory,
    /// Too much output.
    Output,
    /// The clock.
    Time,
    /// Something that this program has no name for.
    Unknown,
}

impl BlockResult {
    /// Which limit stopped it, if one did: the engine says it in words, and the words are what results are kept with.
    pub fn stopped_by(&self) -> Option<Limit> {
        const WORDS: [(&str, Limit); 4] = [
            ("too many steps", Limit::Steps),
            ("too much memory", Limit::Memory),
            ("printed too much", Limit::Output),
            ("too long", Limit::Time),
        ];
        // Behind the words stands the line of code.
        let words = self.limit.as_deref()?.split(" (").next()?;
        let known = WORDS.iter().find(|(end, _)| words.ends_with(end));
        Some(known.map_or(Limit::Unknown, |(_, limit)| *limit))
    }

    /// What each line of the block printed, as text, by the line that the page shows it under.
    pub fn output_by_statement(&self) -> BTreeMap<Option<usize>, String> {
        let mut output: BTreeMap<Option<usize>, String> = BTreeMap::new();
        for printed in &self.printed {
            output
                .entry(printed.statement)
                .or_default()
                .push_str(self.text_of(printed));
        }
        output
    }

    /// The text of a piece of output.
    pub fn text_of(&self, printed: &Printed) -> &str {
        self.stdout.get(printed.text.clone()).unwrap_or_default()
    }

    /// Says whether a line ran. A block that was not watched is taken to have run up to its exception.
    pub fn reached(&self, line: usize) -> bool {
        match &self.lines_run {
            Some(lines) => lines.contains(&line),
            None => self
                .exception
                .as_ref()
                .and_then(|exception| exception.line)
                .is_none_or(|last| line <= last),
        }
    }
}
