//! What running asks of an engine: pieces of code, one after another, in one fresh interpreter.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::python::observe::dump::Dump;

use super::results::BlockResult;

/// A piece of code to execute.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Code {
    /// The text.
    pub text: String,
    /// The name that tracebacks show.
    pub file_name: String,
    /// `sys.argv[0]` where that is not the file's name.
    pub program: Option<String>,
    /// First lines of the statements whose value is wanted: what the expression gives, or what is assigned.
    pub watched: BTreeSet<usize>,
    /// Lines where the text of an exception is wanted, besides its type.
    pub watched_exceptions: BTreeSet<usize>,
    /// Whether to note which lines run; it costs time.
    pub watch_lines: bool,
    /// Pictures to take at its end: the names of each.
    pub pictures: Vec<Vec<String>>,
    /// How many steps it may take; `None` for the engine's own limit.
    pub step_limit: Option<u64>,
    /// Whether it is for an installed CPython: `runner=cpython`.
    pub on_cpython: bool,
    /// Whether the process ends with it; see [`crate::python::Options::process_ends`].
    pub process_ends: bool,
}

/// What became of a piece.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Executed {
    /// What it did. What finalizers print when the interpreter ends belongs to the last piece.
    pub result: BlockResult,
    /// The pictures, in the order of [`Code::pictures`].
    pub pictures: Vec<Option<Dump>>,
}

/// Something that runs Python of one version.
pub trait Engine: Send + Sync {
    /// The version in two parts, `3.13`.
    fn version(&self) -> String;

    /// Executes pieces in one fresh interpreter, in one `__main__`, and ends it. An exception ends its piece only; a
    /// limit ends all: then fewer results than pieces come back.
    ///
    /// The same pieces give the same results: whoever wants the state after some of them again runs them again.
    fn execute(&self, pieces: &[Code]) -> Vec<Executed>;
}
