//! `try`: handlers, `else`, `finally`, and `except*`.

use super::unit::FBlockKind;
use super::{Compiler, IrOp, Op};
use crate::python::code::intrinsic2;
use crate::python::compiler::ast::{Ctx, Handler, Loc, Stmt};
use crate::python::compiler::fail::Result;
use crate::python::compiler::ir::Label;
use crate::python::compiler::names::Sym;

/// No label: the block is never jumped to.
const NO_LABEL: Label = Label(u32::MAX);

impl<'a> Compiler<'a> {
    pub(super) fn try_stmt(
        &mut self,
        body: &'a [Stmt],
        handlers: &'a [Handler],
        orelse: &'a [Stmt],
        finalbody: &'a [Stmt],
        star: bool,
        loc: Loc,
    ) -> Result<()> {
        let guarded = |this: &mut Self| match (handlers, star) {
            ([], _) => this.stmts(body),
            (_, false) => this.try_except(body, handlers, orelse, loc),
            (_, true) => this.try_star_except(body, handlers, orelse, loc),
        };
        if finalbody.is_empty() {
            return guarded(self);
        }
        let (inside, end, cleanup, exit) = (self.label(), self.label(), self.label(), self.label());
        self.jump(IrOp::SetupFinally, end, loc);
        self.place(inside);
        self.push_block(FBlockKind::FinallyTry(finalbody), inside, end, loc)?;
        guarded(self)?;
        self.emit(IrOp::PopBlock, 0, Loc::NONE);
        self.pop_block();
        self.stmts(finalbody)?;
        self.jump(IrOp::JumpNoInterrupt, exit, Loc::NONE);
        self.place(end);
        self.push_block(FBlockKind::FinallyEnd, end, NO_LABEL, Loc::NONE)?;
        self.jump(IrOp::SetupCleanup, cleanup, Loc::NONE);
        self.op0(Op::PushExcInfo, Loc::NONE);
        self.stmts(finalbody)?;
        self.pop_block();
        self.op(Op::Reraise, 0, Loc::NONE);
        self.place(cleanup);
        self.pop_except_and_reraise();
        self.place(exit);
        Ok(())
    }

    /// An exception inside a handler: forget the handled one and go on with the new one.
    pub(super) fn pop_except_and_reraise(&mut self) {
        self.op(Op::Copy, 3, Loc::NONE);
        self.op0(Op::PopExcept, Loc::NONE);
        self.op(Op::Reraise, 1, Loc::NONE);
    }

    /// `name = None; del name`, which ends a handler that bound `name`.
    pub(super) fn unbind(&mut self, name: Sym, loc: Loc) -> Result<()> {
        self.load_none(loc);
        self.name_op(name, Ctx::Store, loc)?;
        self.name_op(name, Ctx::Del, loc)
    }

    fn try_except(
        &mut self,
        body: &'a [Stmt],
        handlers: &'a [Handler],
        orelse: &'a [Stmt],
        loc: Loc,
    ) -> Result<()> {
        let (inside, except, end, cleanup) =
            (self.label(), self.label(), self.label(), self.label());
        self.jump(IrOp::SetupFinally, except, loc);
        self.place(inside);
        self.push_block(FBlockKind::TryExcept, inside, NO_LABEL, loc)?;
        self.stmts(body)?;
        self.pop_block();
        self.emit(IrOp::PopBlock, 0, Loc::NONE);
        self.stmts(orelse)?;
        self.jump(IrOp::JumpNoInterrupt, end, Loc::NONE);
        self.place(except);
        self.jump(IrOp::SetupCleanup, cleanup, Loc::NONE);
        self.op0(Op::PushExcInfo, Loc::NONE);
        self.push_block(FBlockKind::ExceptionHandler, NO_LABEL, NO_LABEL, loc)?;
        for (index, handler) in handlers.iter().enumerate() {
            if handler.type_.is_none() && index + 1 < handlers.len() {
                return self.error("default 'except:' must be last", handler.loc);
            }
            self.handler(handler, end)?;
        }
        self.op(Op::Reraise, 0, Loc::NONE);
        self.pop_block();
        self.place(cleanup);
        self.pop_except_and_reraise();
        self.place(end);
        Ok(())
    }

    fn handler(&mut self, handler: &'a Handler, end: Label) -> Result<()> {
        let loc = handler.loc;
        let next = self.label();
        if let Some(type_) = &handler.type_ {
            self.expr(type_)?;
            self.op0(Op::CheckExcMatch, loc);
            self.jump(Op::PopJumpIfFalse, next, loc);
        }
        let inside = self.label();
        if let Some(name) = handler.name {
            let cleanup = self.label();
            self.store_name(name, loc)?;
            self.jump(IrOp::SetupCleanup, cleanup, loc);
            self.place(inside);
            self.push_block(
                FBlockKind::HandlerCleanup(Some(name)),
                inside,
                NO_LABEL,
                loc,
            )?;
            self.stmts(&handler.body)?;
            self.pop_block();
            self.emit(IrOp::PopBlock, 0, Loc::NONE);
            self.emit(IrOp::PopBlock, 0, Loc::NONE);
            self.op0(Op::PopExcept, Loc::NONE);
            self.unbind(name, Loc::NONE)?;
            self.jump(IrOp::JumpNoInterrupt, end, Loc::NONE);
            self.place(cleanup);
            self.unbind(name, Loc::NONE)?;
            self.op(Op::Reraise, 1, Loc::NONE);
        } else {
            self.op0(Op::PopTop, loc);
            self.place(inside);
            self.push_block(FBlockKind::HandlerCleanup(None), inside, NO_LABEL, loc)?;
            self.stmts(&handler.body)?;
            self.pop_block();
            self.emit(IrOp::PopBlock, 0, Loc::NONE);
            self.op0(Op::PopExcept, Loc::NONE);
            self.jump(IrOp::JumpNoInterrupt, end, Loc::NONE);
        }
        self.place(next);
        Ok(())
    }

    /// `except*`: each handler takes its part of the group; what is left, and what handlers raised, is raised
    /// again at the end.
    ///
    /// ```text
    /// [orig, results, rest]    while handlers run: the group, what they raised, what no handler took
    /// ```
    fn try_star_except(
        &mut self,
        body: &'a [Stmt],
        handlers: &'a [Handler],
        orelse: &'a [Stmt],
        loc: Loc,
    ) -> Result<()> {
        let (inside, except, no_error, end) =
            (self.label(), self.label(), self.label(), self.label());
        let (cleanup, reraise_star) = (self.label(), self.label());
        self.jump(IrOp::SetupFinally, except, loc);
        self.place(inside);
        self.push_block(FBlockKind::TryExcept, inside, no_error, loc)?;
        self.stmts(body)?;
        self.pop_block();
        self.emit(IrOp::PopBlock, 0, Loc::NONE);
        self.jump(IrOp::JumpNoInterrupt, no_error, Loc::NONE);
        self.place(except);
        self.jump(IrOp::SetupCleanup, cleanup, Loc::NONE);
        self.op0(Op::PushExcInfo, Loc::NONE);
        self.push_block(FBlockKind::ExceptionGroupHandler, NO_LABEL, NO_LABEL, loc)?;
        for (index, handler) in handlers.iter().enumerate() {
            if index == 0 {
                self.op(Op::BuildList, 0, handler.loc);
                self.op(Op::Copy, 2, handler.loc);
            }
            self.star_handler(handler, index + 1 == handlers.len(), reraise_star)?;
        }
        self.pop_block();
        let reraise = self.label();
        self.place(reraise_star);
        self.op(Op::CallIntrinsic2, intrinsic2::PREP_RERAISE_STAR, Loc::NONE);
        self.op(Op::Copy, 1, Loc::NONE);
        self.jump(Op::PopJumpIfNotNone, reraise, Loc::NONE);
        self.op0(Op::PopTop, Loc::NONE);
        self.emit(IrOp::PopBlock, 0, Loc::NONE);
        self.op0(Op::PopExcept, Loc::NONE);
        self.jump(IrOp::JumpNoInterrupt, end, Loc::NONE);
        self.place(reraise);
        self.emit(IrOp::PopBlock, 0, Loc::NONE);
        self.op(Op::Swap, 2, Loc::NONE);
        self.op0(Op::PopExcept, Loc::NONE);
        self.op(Op::Reraise, 0, Loc::NONE);
        self.place(cleanup);
        self.pop_except_and_reraise();
        self.place(no_error);
        self.stmts(orelse)?;
        self.place(end);
        Ok(())
    }

    fn star_handler(
        &mut self,
        handler: &'a Handler,
        last: bool,
        reraise_star: Label,
    ) -> Result<()> {
        let loc = handler.loc;
        let (next, no_match, handler_error) = (self.label(), self.label(), self.label());
        if let Some(type_) = &handler.type_ {
            self.expr(type_)?;
            self.op0(Op::CheckEgMatch, loc);
            self.op(Op::Copy, 1, loc);
            self.jump(Op::PopJumpIfNone, no_match, loc);
        }
        let inside = self.label();
        match handler.name {
            Some(name) => self.store_name(name, loc)?,
            None => self.op0(Op::PopTop, loc),
        }
        self.jump(IrOp::SetupCleanup, handler_error, loc);
        self.place(inside);
        self.push_block(
            FBlockKind::HandlerCleanup(handler.name),
            inside,
            NO_LABEL,
            loc,
        )?;
        self.stmts(&handler.body)?;
        self.pop_block();
        self.emit(IrOp::PopBlock, 0, Loc::NONE);
        if let Some(name) = handler.name {
            self.unbind(name, Loc::NONE)?;
        }
        self.jump(IrOp::JumpNoInterrupt, next, Loc::NONE);
        self.place(handler_error);
        if let Some(name) = handler.name {
            self.unbind(name, Loc::NONE)?;
        }
        self.op(Op::ListAppend, 3, Loc::NONE);
        self.op0(Op::PopTop, Loc::NONE);
        self.jump(IrOp::JumpNoInterrupt, next, Loc::NONE);
        self.place(no_match);
        self.op0(Op::PopTop, loc);
        self.place(next);
        if last {
            self.op(Op::ListAppend, 1, Loc::NONE);
            self.jump(IrOp::JumpNoInterrupt, reraise_star, Loc::NONE);
        }
        Ok(())
    }
}
