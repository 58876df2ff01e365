//! From the tree to instructions: a walk over each scope, in the order in which CPython walks it.
//!
//! A [`Unit`] is a code object in the making; entering a function or class pushes one, and leaving it
//! optimizes and assembles its instructions. CPython: Python/compile.c.

mod annotations;
mod assign;
mod call;
mod class;
mod collection;
mod comprehension;
mod docstring;
mod expr;
mod function;
mod import;
mod jump;
mod loops;
mod name;
mod pattern;
mod scope;
mod stmt;
mod tries;
mod types;
mod unit;
mod unwind;
mod warn;
mod with;

pub(super) use unit::Consts;

use super::ast::{Loc, Module, Stmt};
use super::fail::{Fail, Result};
use super::future::Features;
use super::ir::{IrOp, Label};
use super::lower::Folds;
use super::names::{Names, Sym};
use super::symtable::{Scope, SymbolTable};
use super::warning::Warning;
use super::{Mode, Options};
use crate::python::code::{Code, Const, Op, PyStr};
use crate::python::version::Constants;
use std::sync::Arc;
use unit::{FBlock, FBlockKind, Unit, UnitKind};

/// How many things are put on the stack at once before a container is grown piece by piece instead.
const STACK_USE_GUIDELINE: usize = 30;
/// How deep statements that need unwinding may nest. CPython: `CO_MAXBLOCKS`.
const BLOCKS_MAX: usize = 21;

/// Walks the tree.
pub struct Compiler<'a> {
    pub(super) names: Names,
    table: SymbolTable,
    filename: Arc<str>,
    options: Options,
    future: Features,
    /// What constants were made of that are folded in the flow graph.
    folds: Folds,
    /// At the prompt the value of an expression is shown.
    interactive: bool,
    /// What was found that can hardly be meant.
    warnings: Vec<Warning>,
    /// The code objects in the making, innermost last.
    units: Vec<Unit<'a>>,
}

/// Compiles a tree whose scopes are known.
pub fn generate(
    module: &Module,
    names: Names,
    table: SymbolTable,
    (future, folds): (Features, Folds),
    filename: &str,
    mode: Mode,
    options: Options,
) -> Result<(Arc<Code>, Vec<Warning>)> {
    let mut compiler = Compiler {
        names,
        table,
        filename: Arc::from(filename),
        options,
        future,
        folds,
        interactive: mode == Mode::Single,
        warnings: Vec::new(),
        units: Vec::new(),
    };
    let code = compiler.module(module, mode)?;
    Ok((code, compiler.warnings))
}

impl<'a> Compiler<'a> {
    fn module(&mut self, module: &'a Module, mode: Mode) -> Result<Arc<Code>> {
        let name = self.names.intern("<module>");
        self.enter(name, UnitKind::Module, 0, 1);
        let add_none = match module {
            Module::Expression(body) => {
                self.expr(body)?;
                false
            }
            Module::Statements(body) if mode == Mode::Single => {
                let start = self.begin_annotations(body, Loc::NONE)?;
                self.stmts(body)?;
                self.end_annotations(start)?;
                true
            }
            Module::Statements(body) => {
                self.body(body, Loc::NONE)?;
                true
            }
        };
        Ok(self.leave(add_none))
    }

    /// The body of a module or class.
    fn body(&mut self, body: &'a [Stmt], loc: Loc) -> Result<()> {
        let mut loc = loc;
        if let (UnitKind::Module, Some(first)) = (self.unit().kind, body.first()) {
            loc = first.loc;
        }
        let start = self.begin_annotations(body, loc)?;
        let doc = docstring::of(body);
        if let Some((text, doc_loc)) = doc
            && self.options.optimize < 2
        {
            self.load_const(Const::Str(docstring::clean(text)), doc_loc);
            let doc = self.names.intern("__doc__");
            self.store_name(doc, Loc::NONE)?;
        }
        self.stmts(&body[usize::from(doc.is_some())..])?;
        self.end_annotations(start)
    }

    fn stmts(&mut self, body: &'a [Stmt]) -> Result<()> {
        body.iter().try_for_each(|stmt| self.stmt(stmt))
    }

    fn unit(&mut self) -> &mut Unit<'a> {
        let last = self.units.len() - 1; // a unit is open as long as the walk lasts
        &mut self.units[last]
    }

    fn scope(&self) -> &Scope {
        &self.table.scopes[self.units.last().map_or(0, |unit| unit.scope)]
    }

    fn error<T>(&self, message: impl Into<String>, loc: Loc) -> Result<T> {
        Err(Fail::syntax(message, loc))
    }

    fn emit(&mut self, op: impl Into<IrOp>, arg: u32, loc: Loc) {
        self.unit().sequence.push(op.into(), arg, loc);
    }

    fn op(&mut self, op: Op, arg: u32, loc: Loc) {
        self.emit(op, arg, loc);
    }

    fn op0(&mut self, op: Op, loc: Loc) {
        self.emit(op, 0, loc);
    }

    fn jump(&mut self, op: impl Into<IrOp>, label: Label, loc: Loc) {
        self.emit(op, label.0, loc);
    }

    fn label(&mut self) -> Label {
        self.unit().sequence.label()
    }

    fn place(&mut self, label: Label) {
        self.unit().sequence.place(label);
    }

    fn load_const(&mut self, value: Const, loc: Loc) {
        let index = self.unit().consts.add(value);
        self.op(Op::LoadConst, index, loc);
    }

    /// A constant of the source. What it was folded from is noted first, the constant itself when the graph is optimised.
    fn load_folded(&mut self, value: Const, loc: Loc) {
        let Some(leaves) = self.folds.get(&loc).cloned() else {
            return self.load_const(value, loc);
        };
        self.load_late(value, leaves, loc);
    }

    /// A constant that is folded from `leaves` in the flow graph.
    fn load_late(&mut self, value: Const, leaves: Vec<Const>, loc: Loc) {
        for leaf in leaves {
            self.unit().consts.add(leaf);
        }
        self.unit().late.push(value);
        let index = unit::LATE + self.unit().late.len() as u32 - 1;
        self.op(Op::LoadConst, index, loc);
    }

    fn folds_late(&self) -> bool {
        self.options.version.profile().constants != Constants::InTree
    }

    fn load_none(&mut self, loc: Loc) {
        self.load_const(Const::None, loc);
    }

    fn text(&self, name: Sym) -> Const {
        Const::Str(PyStr::Utf8(self.names.str(name).into()))
    }

    fn mangled(&mut self, name: Sym) -> Sym {
        let private = self.unit().private;
        self.names.mangle(private, name)
    }

    /// An instruction on a name that is looked up by text: an attribute, an import.
    fn op_name(&mut self, op: Op, name: Sym, loc: Loc) {
        let name = self.mangled(name);
        let index = self.unit().names.add(name);
        self.op(op, index, loc);
    }

    fn push_block(
        &mut self,
        kind: FBlockKind<'a>,
        block: Label,
        exit: Label,
        loc: Loc,
    ) -> Result<()> {
        if self.unit().fblocks.len() >= BLOCKS_MAX {
            return self.error("too many statically nested blocks", loc);
        }
        self.unit().fblocks.push(FBlock {
            kind,
            block,
            exit,
            loc,
        });
        Ok(())
    }

    fn pop_block(&mut self) {
        self.unit().fblocks.pop();
    }
}
