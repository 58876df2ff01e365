//! `for`, `async for` and `while`.

use super::unit::{FBlockKind, UnitKind};
use super::{Compiler, IrOp, Op};
use crate::python::compiler::ast::{Expr, Loc, Stmt};
use crate::python::compiler::fail::Result;

impl<'a> Compiler<'a> {
    pub(super) fn for_loop(
        &mut self,
        target: &'a Expr,
        iter: &'a Expr,
        body: &'a [Stmt],
        orelse: &'a [Stmt],
        loc: Loc,
    ) -> Result<()> {
        let (start, cleanup, end) = (self.label(), self.label(), self.label());
        self.push_block(FBlockKind::ForLoop, start, end, loc)?;
        self.expr(iter)?;
        self.op0(Op::GetIter, iter.loc);
        self.place(start);
        self.jump(Op::ForIter, cleanup, iter.loc);
        // A step of a loop over several lines is traced at the target's line too.
        self.op0(Op::Nop, target.loc);
        self.expr(target)?;
        self.stmts(body)?;
        self.jump(IrOp::Jump, start, Loc::NONE);
        self.place(cleanup);
        self.op0(Op::EndFor, Loc::NONE);
        self.op0(Op::PopTop, Loc::NONE);
        self.pop_block();
        self.stmts(orelse)?;
        self.place(end);
        Ok(())
    }

    pub(super) fn async_for(
        &mut self,
        target: &'a Expr,
        iter: &'a Expr,
        body: &'a [Stmt],
        orelse: &'a [Stmt],
        loc: Loc,
    ) -> Result<()> {
        if self.unit().kind != UnitKind::AsyncFunction {
            return self.error("'async for' outside async function", loc);
        }
        let (start, except, end) = (self.label(), self.label(), self.label());
        self.expr(iter)?;
        self.op0(Op::GetAiter, iter.loc);
        self.place(start);
        self.push_block(FBlockKind::ForLoop, start, end, loc)?;
        self.jump(IrOp::SetupFinally, except, loc);
        self.op0(Op::GetAnext, loc);
        self.load_none(loc);
        self.yield_from(true, loc);
        self.emit(IrOp::PopBlock, 0, loc);
        self.expr(target)?;
        self.stmts(body)?;
        self.jump(IrOp::Jump, start, Loc::NONE);
        self.pop_block();
        self.place(except);
        self.op0(Op::EndAsyncFor, iter.loc);
        self.stmts(orelse)?;
        self.place(end);
        Ok(())
    }

    /// The test stands before the body and again behind it.
    pub(super) fn while_loop(
        &mut self,
        test: &'a Expr,
        body: &'a [Stmt],
        orelse: &'a [Stmt],
        loc: Loc,
    ) -> Result<()> {
        let (start, inside, anchor, end) = (self.label(), self.label(), self.label(), self.label());
        self.place(start);
        self.push_block(FBlockKind::WhileLoop, start, end, loc)?;
        self.jump_if(test, anchor, false)?;
        self.place(inside);
        self.stmts(body)?;
        self.jump_if(test, inside, true)?;
        self.pop_block();
        self.place(anchor);
        self.stmts(orelse)?;
        self.place(end);
        Ok(())
    }
}
