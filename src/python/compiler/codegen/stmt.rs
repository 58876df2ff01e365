//! Statements.

use super::{Compiler, IrOp, Op};
use crate::python::code::intrinsic1;
use crate::python::compiler::ast::*;
use crate::python::compiler::carets::Style;
use crate::python::compiler::fail::Result;

impl<'a> Compiler<'a> {
    pub(super) fn stmt(&mut self, stmt: &'a Stmt) -> Result<()> {
        self.unit().depth += 1;
        self.stmt_inside(stmt)?;
        self.unit().depth -= 1;
        Ok(())
    }

    fn stmt_inside(&mut self, stmt: &'a Stmt) -> Result<()> {
        let loc = stmt.loc;
        match &stmt.kind {
            StmtKind::FunctionDef(def) => self.function(def, loc),
            StmtKind::ClassDef(def) => self.class(def, loc),
            StmtKind::TypeAlias {
                scope,
                type_scope,
                name,
                type_params,
                value,
            } => self.type_alias(*scope, *type_scope, name, type_params, value, loc),
            StmtKind::Return(value) => self.return_stmt(value.as_deref(), loc),
            StmtKind::Delete(targets) => self.exprs(targets),
            StmtKind::Assign { targets, value } => self.assign(targets, value, loc),
            StmtKind::AugAssign { target, op, value } => self.augmented(target, *op, value, loc),
            StmtKind::AnnAssign {
                target,
                annotation,
                value,
                simple,
            } => self.annotated(target, annotation, value.as_deref(), *simple, loc),
            StmtKind::For {
                target,
                iter,
                body,
                orelse,
                is_async: false,
            } => self.for_loop(target, iter, body, orelse, loc),
            StmtKind::For {
                target,
                iter,
                body,
                orelse,
                ..
            } => self.async_for(target, iter, body, orelse, loc),
            StmtKind::While { test, body, orelse } => self.while_loop(test, body, orelse, loc),
            StmtKind::If { .. } => self.if_stmt(stmt),
            StmtKind::With {
                items,
                body,
                is_async,
            } => self.with_stmt(items, body, *is_async, loc),
            StmtKind::Match { subject, cases } => self.match_stmt(subject, cases),
            StmtKind::Raise { exc, cause } => {
                let mut count = 0;
                for value in [exc, cause].into_iter().flatten() {
                    self.expr(value)?;
                    count += 1;
                }
                self.op(Op::RaiseVarargs, count, loc);
                Ok(())
            }
            StmtKind::Try {
                body,
                handlers,
                orelse,
                finalbody,
                star,
            } => self.try_stmt(body, handlers, orelse, finalbody, *star, loc),
            StmtKind::Assert { test, msg } => self.assert(test, msg.as_deref(), loc),
            StmtKind::Import(names) => self.import(names, loc),
            StmtKind::ImportFrom {
                module,
                names,
                level,
            } => self.import_from(*module, names, *level, loc),
            StmtKind::Global(_) | StmtKind::Nonlocal(_) => Ok(()),
            StmtKind::Expr(value) => self.expr_stmt(value, loc),
            StmtKind::Pass => {
                self.op0(Op::Nop, loc);
                Ok(())
            }
            StmtKind::Break => self.break_stmt(loc),
            StmtKind::Continue => self.continue_stmt(loc),
        }
    }

    fn expr_stmt(&mut self, value: &'a Expr, loc: Loc) -> Result<()> {
        if (self.interactive && self.units.len() <= 1) || self.is_watched(loc) {
            self.expr(value)?;
            self.op(Op::CallIntrinsic1, intrinsic1::PRINT, loc);
        } else if value.as_constant().is_some() {
            self.op0(Op::Nop, loc);
            return Ok(());
        } else {
            self.expr(value)?;
        }
        self.op0(Op::PopTop, Loc::NONE);
        Ok(())
    }

    /// Whether the value of the statement is shown.
    pub(super) fn is_watched(&self, loc: Loc) -> bool {
        u32::try_from(loc.line).is_ok_and(|line| self.options.watched.contains(&line))
    }

    /// An `if` with its `elif`s, which the tree has one inside the other.
    fn if_stmt(&mut self, stmt: &'a Stmt) -> Result<()> {
        let mut ends = Vec::new();
        let mut stmt = stmt;
        while let StmtKind::If { test, body, orelse } = &stmt.kind {
            let end = self.label();
            ends.push(end);
            let next = if orelse.is_empty() { end } else { self.label() };
            self.jump_if(test, next, false)?;
            self.stmts(body)?;
            if orelse.is_empty() {
                break;
            }
            self.jump(IrOp::JumpNoInterrupt, end, Loc::NONE);
            self.place(next);
            match &orelse[..] {
                [
                    only @ Stmt {
                        kind: StmtKind::If { .. },
                        ..
                    },
                ] => stmt = only,
                _ => {
                    self.stmts(orelse)?;
                    break;
                }
            }
        }
        ends.into_iter().rev().for_each(|end| self.place(end));
        Ok(())
    }

    fn assert(&mut self, test: &'a Expr, msg: Option<&'a Expr>, loc: Loc) -> Result<()> {
        self.warn_of_assertion(test, loc);
        if self.options.optimize > 0 {
            return Ok(());
        }
        let end = self.label();
        self.jump_if(test, end, true)?;
        self.op0(Op::LoadAssertionError, loc);
        if let Some(msg) = msg {
            self.expr(msg)?;
            self.op(Op::Call, 0, loc);
        }
        let profile = self.options.version.profile();
        let place = match profile.traceback_style {
            Style::AllLines => test.loc,
            Style::FirstLine if profile.asserts_at_comparison => {
                last_comparison(test).unwrap_or(loc)
            }
            Style::FirstLine => loc,
        };
        self.op(Op::RaiseVarargs, 1, place);
        self.place(end);
        Ok(())
    }
}

/// Where the last comparison stands that a condition is made of.
fn last_comparison(test: &Expr) -> Option<Loc> {
    match &test.kind {
        ExprKind::Compare { .. } => Some(test.loc),
        ExprKind::UnaryOp {
            op: UnaryOp::Not,
            operand,
        } => last_comparison(operand),
        ExprKind::BoolOp { values, .. } => values.iter().rev().find_map(last_comparison),
        _ => None,
    }
}
