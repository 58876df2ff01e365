//! From Python's text to code. The only place that names ruff, whose crates give no promise of stability.
//!
//! ```text
//! text --parse--> ruff's tree --lower, fold--> ast --symtable--> scopes --codegen--> instructions --flow--> Code
//! ```
//!
//! Each stage does what the stage of CPython with the same job does, so that the code is the same
//! instruction by instruction. CPython: Python/ast_opt.c, symtable.c, compile.c, flowgraph.c, assemble.c.

pub mod carets;
pub mod comments;
mod error;
pub mod tokens;

pub use error::{ErrorKind, SyntaxError};

use crate::python::code::Code;
use std::sync::Arc;

/// What kind of text is compiled: the third argument of Python's `compile`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// `exec`: a module.
    Exec,
    /// `eval`: one expression.
    Eval,
    /// `single`: a statement typed at the prompt, whose value is shown.
    Single,
}

/// How to compile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// `-O` is 1, `-OO` is 2: assertions and docstrings go.
    pub optimize: u8,
    /// `from __future__ import annotations` is in force from outside.
    pub future_annotations: bool,
}

/// Compiles `source` to the code of a module, an expression or a prompt's line.
///
/// # Errors
/// Whatever Python refuses to compile, in CPython's words.
pub fn compile(
    source: &str,
    filename: &str,
    mode: Mode,
    options: Options,
) -> Result<Arc<Code>, SyntaxError> {
    let _ = (source, filename, mode, options);
    let message = "the compiler is on its way".to_owned();
    Err(SyntaxError {
        kind: ErrorKind::Syntax,
        message,
        line: 1,
        column: 1,
        end_line: 1,
        end_column: 1,
        text: None,
    })
}
