//! `for`, `async for` and `while`.

use super::unit::{FBlockKind, UnitKind};
use super::{Compiler, IrOp, Op};
use crate::python::compiler::ast::{Expr, Loc, Stmt};
use crate::python::compiler::fail::Result;
use crate::python::compiler::ir::Label;

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
        self.get_iter(iter.loc);
        self.place(start);
        self.for_iter(cleanup, iter.loc);
        // A step of a loop over several lines is traced at the target's line too.
        self.op0(Op::Nop, target.loc);
        self.expr(target)?;
        self.stmts(body)?;
        self.jump(IrOp::Jump, start, Loc::NONE);
        self.place(cleanup);
        self.end_for();
        self.pop_block();
        self.stmts(orelse)?;
        self.place(end);
        Ok(())
    }

    /// Whether a loop has two words on the stack: 3.15.
    pub(super) fn has_pairs(&self) -> bool {
        self.options.version.profile().loops_count_by_index
    }

    pub(super) fn get_iter(&mut self, loc: Loc) {
        let is_pair = self.has_pairs();
        self.op0(
            if is_pair {
                Op::GetIterPair
            } else {
                Op::GetIter
            },
            loc,
        );
    }

    pub(super) fn for_iter(&mut self, end: Label, loc: Loc) {
        let is_pair = self.has_pairs();
        self.jump(
            if is_pair {
                Op::ForIterPair
            } else {
                Op::ForIter
            },
            end,
            loc,
        );
    }

    /// Where a loop ends whose generator returned: its value goes, then the iterator.
    pub(super) fn end_for(&mut self) {
        self.op0(Op::EndFor, Loc::NONE);
        self.pop_iter(Loc::NONE);
    }

    pub(super) fn pop_iter(&mut self, loc: Loc) {
        let is_pair = self.has_pairs();
        self.op0(if is_pair { Op::PopIter } else { Op::PopTop }, loc);
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
        self.push_block(FBlockKind::AsyncForLoop, start, end, loc)?;
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
