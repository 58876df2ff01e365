//! From the parser's tree to ours ([`ast`](super::ast)), folding constants on the way.
//!
//! This folder and [`parse`](super::parse) are the only code that names the parser's crates.

mod expr;
mod pattern;
mod stmt;
mod string;

use super::Options;
use super::ast::{Expr, ExprKind, Loc, Module, ScopeId};
use super::error::ErrorKind;
use super::fail::{Fail, Result};
use super::future;
use super::names::{Names, Sym};
use super::source::Source;
use crate::python::code::Const;
use crate::python::version::Constants;
use ruff_python_ast as ruff;
use ruff_text_size::{Ranged, TextRange, TextSize};
use rustc_hash::FxHashMap;

/// Turns one parsed source into our tree.
pub struct Lowerer<'a> {
    source: &'a str,
    /// Offset of the start of each line.
    lines: &'a [u32],
    /// The line found last: the next place is usually near.
    last_line: usize,
    names: Names,
    scopes: ScopeId,
    /// `__debug__`
    debug: bool,
    /// Off inside annotations that become strings.
    fold: bool,
    /// Whether constants are folded in the flow graph, which leaves traces of what they were made of.
    folds_late: bool,
    /// Whether `'%s' % (x,)` is compiled as an f-string.
    folds_formats: bool,
    /// What the folded constants were made of, by their places.
    folds: Folds,
    /// Whether there are t-strings.
    has_templates: bool,
    /// [`crate::python::version::Profile::loops_count_by_index`]
    loops_count_by_index: bool,
    /// `from __future__ import annotations` is in force.
    future_annotations: bool,
}

/// What folded constants were made of, by the place of the folded one.
pub type Folds = FxHashMap<Loc, Vec<Const>>;

/// What lowering gives.
pub struct Lowered {
    /// The tree.
    pub module: Module,
    /// The names in it.
    pub names: Names,
    /// How many scope numbers were given out.
    pub scopes: ScopeId,
    /// What constants were made of that the version folds in its flow graph.
    pub folds: Folds,
    /// What the source imports from `__future__`.
    pub future: future::Features,
}

/// Lowers a parsed source.
pub fn lower(source: &Source<'_>, module: &ruff::Mod, options: &Options) -> Result<Lowered> {
    let mut lowerer = Lowerer {
        source: &source.text,
        lines: &source.lines,
        last_line: 0,
        names: Names::default(),
        scopes: 1,
        debug: options.optimize == 0,
        fold: !options.unfolded,
        folds_formats: options.version.profile().formats_are_folded,
        folds_late: options.version.profile().constants != Constants::InTree,
        folds: Folds::default(),
        has_templates: options.version.profile().annotations_are_deferred,
        loops_count_by_index: options.version.profile().loops_count_by_index,
        future_annotations: false,
    };
    let mut future = future::Features {
        annotations: options.future_annotations,
        last_line: -1,
    };
    let module = match module {
        ruff::Mod::Module(module) => {
            lowerer.find_future(&module.body, &mut future)?;
            lowerer.future_annotations = future.annotations;
            Module::Statements(lowerer.body(&module.body)?)
        }
        ruff::Mod::Expression(expression) => {
            lowerer.future_annotations = future.annotations;
            Module::Expression(Box::new(lowerer.expr(&expression.body)?))
        }
    };
    Ok(Lowered {
        module,
        names: lowerer.names,
        scopes: lowerer.scopes,
        folds: lowerer.folds,
        future,
    })
}

impl Lowerer<'_> {
    fn line_of(&mut self, offset: TextSize) -> usize {
        let offset = offset.to_u32();
        let here = self.last_line;
        let inside = |line: usize| {
            self.lines[line] <= offset && self.lines.get(line + 1).is_none_or(|&next| offset < next)
        };
        let line = if inside(here) {
            here
        } else if here + 1 < self.lines.len() && inside(here + 1) {
            here + 1
        } else {
            self.lines
                .partition_point(|&start| start <= offset)
                .saturating_sub(1)
        };
        self.last_line = line;
        line
    }

    fn point(&mut self, offset: TextSize) -> (i32, i32) {
        let line = self.line_of(offset);
        (line as i32 + 1, (offset.to_u32() - self.lines[line]) as i32)
    }

    fn loc(&mut self, range: TextRange) -> Loc {
        let (end_line, end_col) = self.point(range.end());
        let (line, col) = self.point(range.start());
        Loc {
            line,
            end_line,
            col,
            end_col,
        }
    }

    fn scope(&mut self) -> ScopeId {
        self.scopes += 1;
        self.scopes - 1
    }

    fn ident(&mut self, identifier: &ruff::Identifier) -> Sym {
        self.names.intern(identifier.id.as_str())
    }

    fn text(&self, range: TextRange) -> &str {
        self.source
            .get(range.start().to_usize()..range.end().to_usize())
            .unwrap_or("")
    }

    fn new(&mut self, range: impl Ranged, kind: ExprKind) -> Expr {
        Expr {
            loc: self.loc(range.range()),
            kind,
        }
    }

    fn error<T>(&mut self, range: impl Ranged, message: impl Into<String>) -> Result<T> {
        Err(Fail::new(
            ErrorKind::Syntax,
            message,
            self.loc(range.range()),
        ))
    }

    /// Notes the features imported at the top of the file.
    fn find_future(&mut self, body: &[ruff::Stmt], future: &mut future::Features) -> Result<()> {
        for (index, stmt) in body.iter().enumerate() {
            match stmt {
                ruff::Stmt::ImportFrom(import)
                    if import.level == 0
                        && import
                            .module
                            .as_ref()
                            .is_some_and(|m| m.as_str() == "__future__") =>
                {
                    let loc = self.loc(import.range);
                    for alias in &import.names {
                        future.import(alias.name.as_str(), loc)?;
                    }
                    future.last_line = loc.line;
                }
                ruff::Stmt::Expr(doc) if index == 0 && doc.value.is_string_literal_expr() => {}
                _ => break,
            }
        }
        Ok(())
    }
}
