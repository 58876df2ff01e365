//! `with` and `async with`.

use super::unit::{FBlockKind, UnitKind};
use super::{Compiler, IrOp, Op};
use crate::python::compiler::ast::{Loc, Stmt, WithItem};
use crate::python::compiler::fail::Result;

impl<'a> Compiler<'a> {
    pub(super) fn with_stmt(
        &mut self,
        items: &'a [WithItem],
        body: &'a [Stmt],
        is_async: bool,
        stmt_loc: Loc,
    ) -> Result<()> {
        let Some((item, rest)) = items.split_first() else {
            return self.stmts(body);
        };
        if is_async && self.unit().kind != UnitKind::AsyncFunction {
            return self.error("'async with' outside async function", stmt_loc);
        }
        let (block, fails, exit, cleanup) =
            (self.label(), self.label(), self.label(), self.label());
        let loc = item.context.loc;
        self.expr(&item.context)?;
        if is_async {
            self.op0(Op::BeforeAsyncWith, loc);
            self.await_value(1, loc);
        } else {
            self.op0(Op::BeforeWith, loc);
        }
        self.jump(IrOp::SetupWith, fails, loc);
        self.place(block);
        let kind = if is_async {
            FBlockKind::AsyncWith
        } else {
            FBlockKind::With
        };
        self.push_block(kind, block, fails, loc)?;
        match &item.vars {
            Some(vars) => self.expr(vars)?,
            None => self.op0(Op::PopTop, loc),
        }
        self.with_stmt(rest, body, is_async, stmt_loc)?;
        self.pop_block();
        let block_end = if is_async { loc } else { Loc::NONE };
        self.emit(IrOp::PopBlock, 0, block_end);
        self.call_exit_with_nones(loc);
        if is_async {
            self.await_value(2, loc);
        }
        self.op0(Op::PopTop, loc);
        self.jump(IrOp::JumpNoInterrupt, exit, loc);
        self.place(fails);
        self.jump(IrOp::SetupCleanup, cleanup, loc);
        self.op0(Op::PushExcInfo, loc);
        self.op0(Op::WithExceptStart, loc);
        if is_async {
            self.await_value(2, loc);
        }
        self.suppress_or_reraise(cleanup);
        self.place(exit);
        Ok(())
    }

    /// `__exit__` was called: a true result means that the exception is dealt with.
    fn suppress_or_reraise(&mut self, cleanup: crate::python::compiler::ir::Label) {
        let (suppress, exit) = (self.label(), self.label());
        self.op0(Op::ToBool, Loc::NONE);
        self.jump(Op::PopJumpIfTrue, suppress, Loc::NONE);
        self.op(Op::Reraise, 2, Loc::NONE);
        self.place(suppress);
        self.op0(Op::PopTop, Loc::NONE);
        self.emit(IrOp::PopBlock, 0, Loc::NONE);
        self.op0(Op::PopExcept, Loc::NONE);
        self.op0(Op::PopTop, Loc::NONE);
        self.op0(Op::PopTop, Loc::NONE);
        self.jump(IrOp::JumpNoInterrupt, exit, Loc::NONE);
        self.place(cleanup);
        self.pop_except_and_reraise();
        self.place(exit);
    }

    pub(super) fn call_exit_with_nones(&mut self, loc: Loc) {
        for _ in 0..3 {
            self.load_none(loc);
        }
        self.op(Op::Call, 2, loc);
    }

    /// Awaits the value on the stack; `kind` says in an error who wanted to.
    pub(super) fn await_value(&mut self, kind: u32, loc: Loc) {
        self.op(Op::GetAwaitable, kind, loc);
        self.load_none(loc);
        self.yield_from(true, loc);
    }
}
