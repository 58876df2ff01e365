//! Deferred annotations (PEP 649, PEP 749): the function `__annotate__` that gives them when somebody asks.
//!
//! ```python
//! class C:
//!     x: int                # noted; evaluated by C.__annotate__(1), which C.__annotations__ calls
//! ```
//!
//! A module, and a class with annotations inside of other statements, has a set of the numbers of those annotations that
//! were reached: `__conditional_annotations__`.

use super::unit::UnitKind;
use super::{Compiler, Op};
use crate::python::code::{Code, Const};
use crate::python::compiler::ast::*;
use crate::python::compiler::fail::Result;
use crate::python::compiler::ir::Ir;
use crate::python::compiler::names::Sym;
use num_bigint::BigInt;
use std::sync::Arc;

/// The highest `annotationlib.Format` that the function itself gives: `VALUE_WITH_FAKE_GLOBALS`.
const FORMAT_MAX: i32 = 2;
/// `LOAD_COMMON_CONSTANT`: `NotImplementedError`.
const NOT_IMPLEMENTED_ERROR: u32 = 1;
/// `COMPARE_OP`: `>`, converted to `bool`, with its mask.
const GREATER: u32 = (4 << 5) | 16 | 4;
const CONDITIONS: &str = "__conditional_annotations__";

/// A deferred annotation of a module or class.
#[derive(Clone, Copy, Debug)]
pub struct Deferred<'a> {
    name: Sym,
    annotation: &'a Expr,
    /// Its number, if it may not be reached.
    condition: Option<u32>,
}

impl<'a> Compiler<'a> {
    pub(super) fn annotations_are_deferred(&self) -> bool {
        self.options.version.profile().annotations_are_deferred && !self.future.annotations
    }

    /// What a module or class does about its annotations before its body. Gives the place where a module makes its
    /// `__annotate__`: before all else, so that it is there whatever happens.
    pub(super) fn begin_annotations(&mut self, body: &'a [Stmt], loc: Loc) -> Result<usize> {
        let start = self.unit().sequence.instructions.len();
        if !self.annotations_are_deferred() {
            if body.iter().any(Stmt::has_annotations) {
                self.op0(Op::SetupAnnotations, loc);
            }
            return Ok(start);
        }
        let conditional = match self.unit().kind {
            UnitKind::Module => body.iter().any(Stmt::has_annotations),
            _ => body.iter().any(Stmt::has_inner_annotations),
        };
        if conditional {
            let name = self.names.intern(CONDITIONS);
            self.op(Op::BuildSet, 0, loc);
            self.store_name(name, loc)?;
        }
        Ok(start)
    }

    /// Notes an annotation of a module or class; says that it was reached.
    pub(super) fn defer(&mut self, name: Sym, annotation: &'a Expr, loc: Loc) -> Result<()> {
        let is_conditional = self.unit().kind == UnitKind::Module || self.unit().depth > 1;
        let number = self.unit().conditions;
        let condition = is_conditional.then_some(number);
        if is_conditional {
            self.unit().conditions += 1;
            let conditions = self.names.intern(CONDITIONS);
            self.load_name(conditions, loc)?;
            self.load_const(Const::Int(BigInt::from(number)), loc);
            self.op(Op::SetAdd, 1, loc);
            self.op0(Op::PopTop, loc);
        }
        self.unit().deferred.push(Deferred {
            name,
            annotation,
            condition,
        });
        Ok(())
    }

    /// Makes `__annotate__` of what was noted.
    pub(super) fn end_annotations(&mut self, start: usize) -> Result<()> {
        let deferred = std::mem::take(&mut self.unit().deferred);
        let (Some(first), Some(scope)) = (deferred.first(), self.scope().annotations) else {
            return Ok(());
        };
        let loc = first.annotation.loc;
        let is_module = self.unit().kind == UnitKind::Module;
        self.enter_annotate(scope, None, loc);
        self.op(Op::BuildMap, 0, loc);
        for item in &deferred {
            let loc = item.annotation.loc;
            let skip = self.label();
            if let Some(number) = item.condition {
                let conditions = self.names.intern(CONDITIONS);
                self.load_const(Const::Int(BigInt::from(number)), loc);
                self.load_name(conditions, loc)?;
                self.op(Op::ContainsOp, 0, loc);
                self.jump(Op::PopJumpIfFalse, skip, loc);
            }
            self.expr(item.annotation)?;
            self.op(Op::Copy, 2, loc);
            let name = self.mangled(item.name);
            let name = self.text(name);
            self.load_const(name, loc);
            self.op0(Op::StoreSubscr, loc);
            self.place(skip);
        }
        self.op0(Op::ReturnValue, loc);
        let code = self.leave_annotate();
        let made_from = self.unit().sequence.instructions.len();
        self.closure(code, 0, loc);
        let name = match is_module {
            true => "__annotate__",
            false => "__annotate_func__",
        };
        let name = self.names.intern(name);
        self.store_name(name, loc)?;
        if is_module {
            self.move_to(start, made_from);
        }
        Ok(())
    }

    /// Makes `__annotate__` of a function's annotations, and leaves it on the stack; says whether there are any.
    pub(super) fn deferred_annotations(&mut self, def: &'a FunctionDef, loc: Loc) -> Result<bool> {
        let scope = self.table.index(def.scope);
        let Some(scope) = self.table.scopes[scope].annotations else {
            return Ok(false);
        };
        self.enter_annotate(scope, Some(def.name), loc);
        let count = self.named_annotations(&def.args, def.returns.as_ref(), loc)?;
        self.op(Op::BuildMap, count / 2, loc);
        self.op0(Op::ReturnValue, loc);
        let code = self.leave_annotate();
        self.closure(code, 0, loc);
        Ok(true)
    }

    /// Opens the function, which refuses formats that it does not know.
    fn enter_annotate(&mut self, scope: usize, function: Option<Sym>, loc: Loc) {
        let annotate = self.names.intern("__annotate__");
        let full = match function {
            Some(name) => format!("{}.__annotate__", self.names.str(name)),
            None => "__annotate__".to_owned(),
        };
        let full = self.names.intern(&full);
        self.enter(full, UnitKind::Annotations, scope, loc.line);
        self.unit().name = annotate;
        self.unit().posonlyargcount = 1;
        let known = self.label();
        self.op(Op::LoadFast, 0, loc);
        self.load_const(Const::Int(BigInt::from(FORMAT_MAX)), loc);
        self.op(Op::CompareOp, GREATER, loc);
        self.jump(Op::PopJumpIfFalse, known, loc);
        self.op(Op::LoadCommonConstant, NOT_IMPLEMENTED_ERROR, loc);
        self.op(Op::RaiseVarargs, 1, loc);
        self.place(known);
    }

    /// Ends the function. Its parameter is called `format`, which no annotation can mean.
    fn leave_annotate(&mut self) -> Arc<Code> {
        let mut code = self.leave(false);
        if let Some(code) = Arc::get_mut(&mut code)
            && let Some((name, _)) = code.localsplus.first_mut()
        {
            *name = "format".into();
        }
        code
    }

    /// Moves the instructions from `from` on to `to`.
    fn move_to(&mut self, to: usize, from: usize) {
        let sequence = &mut self.unit().sequence;
        let moved: Vec<Ir> = sequence.instructions.split_off(from);
        let count = moved.len() as u32;
        sequence.instructions.splice(to..to, moved);
        for label in &mut sequence.labels {
            if *label as usize >= to && *label != u32::MAX {
                *label += count;
            }
        }
    }
}
