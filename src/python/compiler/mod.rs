//! From Python's text to code. The only place that names ruff, whose crates give no promise of stability.
//!
//! ```text
//! text --parse--> ruff's tree --lower, fold--> ast --symtable--> scopes --codegen--> instructions --flow--> Code
//! ```
//!
//! Each stage does what the stage of CPython with the same job does, so that the code is the same
//! instruction by instruction. CPython: Python/ast_opt.c, symtable.c, compile.c, flowgraph.c, assemble.c.

mod anchors;
pub mod ast;
pub mod carets;
mod codegen;
pub mod comments;
mod diagnose;
mod error;
mod fail;
mod finally;
mod flow;
mod fold;
mod future;
mod ir;
mod later;
mod lower;
pub mod names;
mod parse;
mod source;
pub mod symtable;
mod text;
pub mod tokens;
mod unparse;
mod warning;
mod width;

pub use error::{ErrorKind, SyntaxError};
pub use symtable::Footprint;
pub use warning::Warning;

use crate::python::code::Code;
use crate::python::version::Version;
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// `-O` is 1, `-OO` is 2: assertions and docstrings go.
    pub optimize: u8,
    /// `from __future__ import annotations` is in force from outside.
    pub future_annotations: bool,
    /// First lines of statements whose value is shown, as an interactive session shows what an expression gives:
    /// expressions, and assignments to one name.
    pub watched: std::collections::BTreeSet<u32>,
    /// Constant expressions stay as they are written: for the tree itself.
    pub unfolded: bool,
    /// Whose instructions are wanted.
    pub version: Version,
}

/// What comes out.
pub struct Compiled {
    /// The code of the module, the expression or the prompt's line.
    pub code: Arc<Code>,
    /// What CPython warns of: `SyntaxWarning`s in their order.
    pub warnings: Vec<Warning>,
    /// What CPython needs memory for to compile it.
    pub footprint: Footprint,
}

/// A syntax tree, and the names that its nodes have by number.
pub struct Tree {
    /// The tree.
    pub module: ast::Module,
    /// The names.
    pub names: names::Names,
}

/// Parses `source` to its tree, nothing folded.
///
/// # Errors
/// Whatever Python refuses to parse, in CPython's words.
pub fn tree(source: &str, mode: Mode) -> Result<Tree, SyntaxError> {
    let source = source::Source::new(source);
    let options = Options {
        unfolded: true,
        ..Options::default()
    };
    parse::parse(&source, mode, false, options.version)
        .and_then(|(tree, _)| lower::lower(&source, &tree, &options))
        .map(|lowered| Tree {
            module: lowered.module,
            names: lowered.names,
        })
        .map_err(|fail| source.report(*fail))
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
    compile_whole(source, filename, mode, options).map(|compiled| compiled.code)
}

/// The same, with all that can be said of it.
///
/// # Errors
/// As [`compile`].
pub fn compile_whole(
    source: &str,
    filename: &str,
    mode: Mode,
    options: Options,
) -> Result<Compiled, SyntaxError> {
    let source = source::Source::new(source);
    compile_source(&source, filename, mode, options).map_err(|fail| source.report(*fail))
}

fn compile_source(
    source: &source::Source<'_>,
    filename: &str,
    mode: Mode,
    options: Options,
) -> fail::Result<Compiled> {
    let is_library = crate::python::lib::is_path(filename);
    let (tree, mut warnings) = parse::parse(source, mode, is_library, options.version)?;
    let lower::Lowered {
        module,
        mut names,
        scopes,
        folds,
        future,
    } = lower::lower(source, &tree, &options)?;
    if options.version.profile().warns_of_finally
        && let ast::Module::Statements(body) = &module
    {
        warnings.extend(finally::warnings(body));
    }
    let annotations = annotations(future.annotations, options.version);
    let inlines = options.version.profile().comprehensions_are_inlined;
    let table = symtable::SymbolTable::new(&module, &mut names, scopes, annotations, inlines)?;
    let footprint = table.footprint();
    let (code, more) = codegen::generate(
        &module,
        names,
        table,
        (future, folds),
        filename,
        mode,
        options,
    )?;
    warnings.extend(more);
    Ok(Compiled {
        code,
        warnings,
        footprint,
    })
}

fn annotations(are_strings: bool, version: Version) -> symtable::Annotations {
    match are_strings {
        true => symtable::Annotations::Strings,
        false if version.profile().annotations_are_deferred => symtable::Annotations::Deferred,
        false => symtable::Annotations::Now,
    }
}

/// The scopes of a source, the module's first: what `symtable` shows.
///
/// # Errors
/// As [`compile`].
pub fn scopes(
    source: &str,
    mode: Mode,
    options: &Options,
) -> Result<Vec<symtable::Row>, SyntaxError> {
    let source = source::Source::new(source);
    let rows = || -> fail::Result<Vec<symtable::Row>> {
        let (tree, _) = parse::parse(&source, mode, false, options.version)?;
        let mut lowered = lower::lower(&source, &tree, options)?;
        let annotations = annotations(lowered.future.annotations, options.version);
        let inlines = options.version.profile().comprehensions_are_inlined;
        let names = &mut lowered.names;
        let table = symtable::SymbolTable::new(
            &lowered.module,
            names,
            lowered.scopes,
            annotations,
            inlines,
        )?;
        Ok(table.rows(names))
    };
    rows().map_err(|fail| source.report(*fail))
}
