//! Leaving statements early: what `return`, `break` and `continue` have to undo on their way out.

use super::unit::{FBlock, FBlockKind, UnitKind};
use super::{Compiler, IrOp, Op};
use crate::python::compiler::ast::{Expr, Loc};
use crate::python::compiler::fail::Result;
use crate::python::compiler::ir::Label;

impl<'a> Compiler<'a> {
    pub(super) fn return_stmt(&mut self, value: Option<&'a Expr>, stmt_loc: Loc) -> Result<()> {
        if !self.is_function_like() || self.unit().kind == UnitKind::TypeParams {
            return self.error("'return' outside function", stmt_loc);
        }
        let scope = self.scope();
        if value.is_some() && scope.generator && scope.coroutine {
            return self.error("'return' with value in async generator", stmt_loc);
        }
        let mut loc = stmt_loc;
        let written = value.filter(|value| !self.folds.contains_key(&value.loc));
        let constant = written.and_then(Expr::as_constant).cloned();
        let on_stack = value.is_some() && constant.is_none();
        if let Some(value) = value {
            if on_stack {
                self.expr(value)?;
            } else {
                loc = value.loc;
                self.op0(Op::Nop, loc);
            }
        }
        if value.is_none_or(|value| value.loc.line != stmt_loc.line) {
            loc = stmt_loc;
            self.op0(Op::Nop, loc);
        }
        self.unwind_all(&mut loc, on_stack)?;
        if !on_stack {
            self.load_const(constant.unwrap_or(crate::python::code::Const::None), loc);
        }
        self.op0(Op::ReturnValue, loc);
        Ok(())
    }

    pub(super) fn break_stmt(&mut self, stmt_loc: Loc) -> Result<()> {
        let mut loc = stmt_loc;
        self.op0(Op::Nop, loc);
        let Some(target) = self.unwind_to_loop(&mut loc)? else {
            return self.error("'break' outside loop", stmt_loc);
        };
        self.unwind(&mut loc, &target, false)?;
        self.jump(IrOp::Jump, target.exit, loc);
        Ok(())
    }

    pub(super) fn continue_stmt(&mut self, stmt_loc: Loc) -> Result<()> {
        let mut loc = stmt_loc;
        self.op0(Op::Nop, loc);
        let Some(target) = self.unwind_to_loop(&mut loc)? else {
            return self.error("'continue' not properly in loop", stmt_loc);
        };
        self.jump(IrOp::Jump, target.block, loc);
        Ok(())
    }

    /// Undoes everything inside the innermost loop.
    fn unwind_to_loop(&mut self, loc: &mut Loc) -> Result<Option<FBlock<'a>>> {
        self.unwind_stack(loc, false, true)
    }

    fn unwind_all(&mut self, loc: &mut Loc, preserve_top: bool) -> Result<()> {
        self.unwind_stack(loc, preserve_top, false).map(drop)
    }

    /// While a block is undone it is not on the stack: a `finally` body is outside of its own `try`.
    fn unwind_stack(
        &mut self,
        loc: &mut Loc,
        preserve_top: bool,
        to_loop: bool,
    ) -> Result<Option<FBlock<'a>>> {
        let Some(&top) = self.unit().fblocks.last() else {
            return Ok(None);
        };
        if matches!(top.kind, FBlockKind::ExceptionGroupHandler) {
            let message = "'break', 'continue' and 'return' cannot appear in an except* block";
            return self.error(message, *loc);
        }
        let is_loop = matches!(
            top.kind,
            FBlockKind::WhileLoop | FBlockKind::ForLoop | FBlockKind::AsyncForLoop
        );
        if to_loop && is_loop {
            return Ok(Some(top));
        }
        self.unit().fblocks.pop();
        self.unwind(loc, &top, preserve_top)?;
        let found = self.unwind_stack(loc, preserve_top, to_loop)?;
        self.unit().fblocks.push(top);
        Ok(found)
    }

    fn unwind(&mut self, loc: &mut Loc, block: &FBlock<'a>, preserve_top: bool) -> Result<()> {
        let swap = |this: &mut Self, loc: Loc| {
            if preserve_top {
                this.op(Op::Swap, 2, loc);
            }
        };
        match block.kind {
            FBlockKind::WhileLoop
            | FBlockKind::ExceptionHandler
            | FBlockKind::ExceptionGroupHandler
            | FBlockKind::AsyncComprehensionGenerator
            | FBlockKind::StopIteration => {}
            FBlockKind::ForLoop if self.has_pairs() => {
                if preserve_top {
                    self.op(Op::Swap, 3, *loc);
                    self.op(Op::Swap, 2, *loc);
                }
                self.pop_iter(*loc);
            }
            FBlockKind::ForLoop | FBlockKind::AsyncForLoop | FBlockKind::PopValue => {
                swap(self, *loc);
                self.op0(Op::PopTop, *loc);
            }
            FBlockKind::TryExcept => self.emit(IrOp::PopBlock, 0, *loc),
            FBlockKind::FinallyTry(body) => {
                self.emit(IrOp::PopBlock, 0, *loc);
                if preserve_top {
                    let none = Label(u32::MAX);
                    self.push_block(FBlockKind::PopValue, none, none, *loc)?;
                }
                self.stmts(body)?;
                if preserve_top {
                    self.pop_block();
                }
                // The body ran behind the statement that leaves: what is left to do has no line of its own.
                *loc = Loc::NONE;
            }
            FBlockKind::FinallyEnd => {
                swap(self, *loc);
                self.op0(Op::PopTop, *loc);
                swap(self, *loc);
                self.emit(IrOp::PopBlock, 0, *loc);
                self.op0(Op::PopExcept, *loc);
            }
            FBlockKind::With | FBlockKind::AsyncWith => {
                *loc = block.loc;
                self.emit(IrOp::PopBlock, 0, *loc);
                swap(self, *loc);
                self.call_exit_with_nones(*loc);
                if matches!(block.kind, FBlockKind::AsyncWith) {
                    self.await_value(2, *loc);
                }
                self.op0(Op::PopTop, *loc);
                *loc = Loc::NONE;
            }
            FBlockKind::HandlerCleanup(name) => {
                if name.is_some() {
                    self.emit(IrOp::PopBlock, 0, *loc);
                }
                swap(self, *loc);
                self.emit(IrOp::PopBlock, 0, *loc);
                self.op0(Op::PopExcept, *loc);
                if let Some(name) = name {
                    self.unbind(name, *loc)?;
                }
            }
        }
        Ok(())
    }
}
