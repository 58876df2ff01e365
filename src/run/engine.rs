//! What running asks of an engine: start, execute pieces of code one after another, look, fork, end.

use std::collections::BTreeSet;

use crate::python::observe::dump::Dump;

use super::results::BlockResult;

/// A piece of code to execute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The text.
    pub text: String,
    /// The name that tracebacks show.
    pub file_name: String,
    /// First lines of the statements whose value is wanted: what the expression gives, or what is assigned.
    pub watched: BTreeSet<usize>,
    /// How many steps it may take; `None` for the engine's own limit.
    pub step_limit: Option<u64>,
}

/// Something that runs Python of one version.
pub trait Engine: Sync {
    /// The version in two parts, `3.13`.
    fn version(&self) -> String;

    /// A fresh interpreter.
    fn start(&self) -> Box<dyn Session>;
}

/// An interpreter that keeps its state from one piece of code to the next, in one `__main__`.
pub trait Session {
    /// Executes a piece of code. An exception ends it and stands in the result; the session goes on.
    fn execute(&mut self, code: &Code) -> BlockResult;

    /// A picture of what the names hold now.
    fn dump(&mut self, names: &[String]) -> Option<Dump>;

    /// A copy of the whole state that goes its own way; `None` if this engine cannot.
    fn fork(&self) -> Option<Box<dyn Session>>;

    /// Ends the interpreter as CPython ends: what finalizers print is returned.
    fn finish(self: Box<Self>) -> BlockResult;
}

/// The engine for a version, `3.13`.
///
/// # Errors
/// There is none, in words for the author.
pub fn engine(version: &str) -> Result<Box<dyn Engine>, String> {
    Err(format!("there is no engine for Python {version} yet"))
}
