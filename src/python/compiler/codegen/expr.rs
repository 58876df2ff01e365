//! Expressions.

use super::assign::is_two_element_slice;
use super::collection::Display;
use super::unit::UnitKind;
use super::{Compiler, IrOp, Op};
use crate::python::code::{Const, intrinsic1};
use crate::python::compiler::ast::*;
use crate::python::compiler::fail::Result;
use crate::python::compiler::names::Sym;

/// `Resume`'s argument: what is resumed.
const AFTER_YIELD: u32 = 1;
const AFTER_YIELD_FROM: u32 = 2;
const AFTER_AWAIT: u32 = 3;

impl<'a> Compiler<'a> {
    pub(super) fn exprs(&mut self, exprs: &'a [Expr]) -> Result<()> {
        exprs.iter().try_for_each(|expr| self.expr(expr))
    }

    pub(super) fn expr(&mut self, expr: &'a Expr) -> Result<()> {
        let loc = expr.loc;
        match &expr.kind {
            ExprKind::Constant(value) => self.load_folded(value.clone(), loc),
            ExprKind::Name { id, ctx } => self.name_op(*id, *ctx, loc)?,
            ExprKind::Named { target, value } => {
                self.expr(value)?;
                self.op(Op::Copy, 1, loc);
                self.expr(target)?;
            }
            ExprKind::BoolOp { or, values } => self.bool_op(*or, values, loc)?,
            ExprKind::BinOp { left, op, right } => {
                self.expr(left)?;
                self.expr(right)?;
                self.op(Op::BinaryOp, *op as u32, loc);
            }
            ExprKind::UnaryOp { op, operand } => self.unary(*op, operand, loc)?,
            ExprKind::Lambda { scope, args, body } => self.lambda(*scope, args, body, loc)?,
            ExprKind::IfExp { test, body, orelse } => {
                let (end, next) = (self.label(), self.label());
                self.jump_if(test, next, false)?;
                self.expr(body)?;
                self.jump(IrOp::JumpNoInterrupt, end, Loc::NONE);
                self.place(next);
                self.expr(orelse)?;
                self.place(end);
            }
            ExprKind::Dict { keys, values } => self.dict(keys, values, loc)?,
            ExprKind::Set(elts) => self.display(Display::Set, elts, 0, None, loc)?,
            ExprKind::Comp(comp) => self.comprehension(comp, loc)?,
            ExprKind::Await(value) => {
                self.check_await(loc)?;
                self.expr(value)?;
                self.await_value(0, loc);
            }
            ExprKind::Yield(value) => {
                if !self.is_function_like() {
                    return self.error("'yield' outside function", loc);
                }
                match value {
                    Some(value) => self.expr(value)?,
                    None => self.load_none(loc),
                }
                self.yield_value(loc);
            }
            ExprKind::YieldFrom(value) => self.yield_from_expr(value, loc)?,
            ExprKind::Compare {
                left,
                ops,
                comparators,
            } => self.compare(left, ops, comparators, loc)?,
            ExprKind::Call {
                func,
                args,
                keywords,
            } => self.call(func, args, keywords, loc)?,
            ExprKind::FormattedValue {
                value,
                conversion,
                spec,
            } => {
                self.expr(value)?;
                if *conversion != 0 {
                    self.op(Op::ConvertValue, *conversion, loc);
                }
                match spec {
                    Some(spec) => {
                        self.expr(spec)?;
                        self.op0(Op::FormatWithSpec, loc);
                    }
                    None => self.op0(Op::FormatSimple, loc),
                }
            }
            ExprKind::JoinedStr(values) => self.joined_str(values, loc)?,
            ExprKind::Interpolation {
                value,
                text,
                conversion,
                spec,
            } => {
                self.expr(value)?;
                self.load_const(Const::Str(text.clone()), loc);
                if let Some(spec) = spec {
                    self.expr(spec)?;
                }
                let arg = 2 | conversion << 2 | u32::from(spec.is_some());
                self.op(Op::BuildInterpolation, arg, loc);
            }
            ExprKind::TemplateStr(values) => self.template_str(values, loc)?,
            ExprKind::Attribute { value, attr, ctx } => self.attribute(expr, value, *attr, *ctx)?,
            ExprKind::Subscript { value, slice, ctx } => self.subscript(value, slice, *ctx, loc)?,
            ExprKind::Starred {
                ctx: Ctx::Store, ..
            } => {
                return self.error("starred assignment target must be in a list or tuple", loc);
            }
            ExprKind::Starred { .. } => {
                return self.error("can't use starred expression here", loc);
            }
            ExprKind::List { elts, ctx } => self.sequence(Display::List, elts, *ctx, loc)?,
            ExprKind::Tuple { elts, ctx } => self.sequence(Display::Tuple, elts, *ctx, loc)?,
            ExprKind::Slice { step, .. } => {
                self.slice_parts(expr)?;
                self.op(Op::BuildSlice, 2 + step.is_some() as u32, loc);
            }
        }
        Ok(())
    }

    fn sequence(&mut self, display: Display, elts: &'a [Expr], ctx: Ctx, loc: Loc) -> Result<()> {
        match ctx {
            Ctx::Load => self.display(display, elts, 0, None, loc),
            Ctx::Store => self.unpack(elts, loc),
            Ctx::Del => self.exprs(elts),
        }
    }

    fn bool_op(&mut self, or: bool, values: &'a [Expr], loc: Loc) -> Result<()> {
        let Some((last, rest)) = values.split_last() else {
            return Ok(());
        };
        let end = self.label();
        for value in rest {
            self.expr(value)?;
            self.op(Op::Copy, 1, loc);
            self.op0(Op::ToBool, loc);
            self.jump(
                if or {
                    Op::PopJumpIfTrue
                } else {
                    Op::PopJumpIfFalse
                },
                end,
                loc,
            );
            self.op0(Op::PopTop, loc);
        }
        self.expr(last)?;
        self.place(end);
        Ok(())
    }

    fn unary(&mut self, op: UnaryOp, operand: &'a Expr, loc: Loc) -> Result<()> {
        self.expr(operand)?;
        match op {
            UnaryOp::Invert => self.op0(Op::UnaryInvert, loc),
            UnaryOp::Minus => self.op0(Op::UnaryNegative, loc),
            UnaryOp::Plus => self.op(Op::CallIntrinsic1, intrinsic1::UNARY_POSITIVE, loc),
            UnaryOp::Not => {
                self.op0(Op::ToBool, loc);
                self.op0(Op::UnaryNot, loc);
            }
        }
        Ok(())
    }

    fn compare(
        &mut self,
        left: &'a Expr,
        ops: &[CmpOp],
        comparators: &'a [Expr],
        loc: Loc,
    ) -> Result<()> {
        self.warn_of_identity(left, ops, comparators, loc);
        self.expr(left)?;
        let Some((last, rest)) = comparators.split_last() else {
            return Ok(());
        };
        let last_op = ops.last().copied().unwrap_or(CmpOp::Eq);
        if rest.is_empty() {
            self.expr(last)?;
            self.compare_op(last_op, loc);
            return Ok(());
        }
        let (cleanup, end) = (self.label(), self.label());
        for (comparator, &op) in rest.iter().zip(ops) {
            self.expr(comparator)?;
            self.op(Op::Swap, 2, loc);
            self.op(Op::Copy, 2, loc);
            self.compare_op(op, loc);
            self.op(Op::Copy, 1, loc);
            self.op0(Op::ToBool, loc);
            self.jump(Op::PopJumpIfFalse, cleanup, loc);
            self.op0(Op::PopTop, loc);
        }
        self.expr(last)?;
        self.compare_op(last_op, loc);
        self.jump(IrOp::JumpNoInterrupt, end, Loc::NONE);
        self.place(cleanup);
        self.op(Op::Swap, 2, loc);
        self.op0(Op::PopTop, loc);
        self.place(end);
        Ok(())
    }

    fn attribute(&mut self, expr: &'a Expr, owner: &'a Expr, attr: Sym, ctx: Ctx) -> Result<()> {
        if ctx == Ctx::Load
            && let Some(args) = self.super_arguments(owner, attr)
        {
            self.load_super(owner, args)?;
            self.op_super(attr, false, args, expr.loc);
            let loc = self.at_attribute(expr.loc, expr);
            self.op0(Op::Nop, loc);
            return Ok(());
        }
        self.note_static_attribute(owner, attr, ctx);
        self.expr(owner)?;
        let loc = self.at_attribute(expr.loc, expr);
        self.forbid(attr, ctx, loc)?;
        self.op_attr(
            ctx.pick(Op::LoadAttr, Op::StoreAttr, Op::DeleteAttr),
            attr,
            false,
            loc,
        );
        Ok(())
    }

    /// `self.x = …` in a method: the class remembers `x` in `__static_attributes__`.
    fn note_static_attribute(&mut self, owner: &Expr, attr: Sym, ctx: Ctx) {
        if ctx == Ctx::Store
            && matches!(owner.kind, ExprKind::Name { id, .. } if self.names.str(id) == "self")
            && let Some((_, outer)) = self.units.split_last_mut()
            && let Some(class) = outer
                .iter_mut()
                .rev()
                .find(|unit| unit.kind == UnitKind::Class)
        {
            class.static_attributes.add(attr);
        }
    }

    fn subscript(
        &mut self,
        container: &'a Expr,
        slice: &'a Expr,
        ctx: Ctx,
        loc: Loc,
    ) -> Result<()> {
        if ctx == Ctx::Load {
            self.warn_of_subscript(container, slice);
        }
        self.expr(container)?;
        if is_two_element_slice(slice) && ctx != Ctx::Del {
            self.slice_parts(slice)?;
            self.op0(
                ctx.pick(Op::BinarySlice, Op::StoreSlice, Op::StoreSlice),
                loc,
            );
        } else {
            self.expr(slice)?;
            self.op0(
                ctx.pick(Op::BinarySubscr, Op::StoreSubscr, Op::DeleteSubscr),
                loc,
            );
        }
        Ok(())
    }

    pub(super) fn slice_parts(&mut self, slice: &'a Expr) -> Result<()> {
        let ExprKind::Slice { lower, upper, step } = &slice.kind else {
            return Ok(());
        };
        for part in [lower, upper] {
            match part {
                Some(part) => self.expr(part)?,
                None => self.load_none(slice.loc),
            }
        }
        step.as_ref().map_or(Ok(()), |step| self.expr(step))
    }

    fn check_await(&mut self, loc: Loc) -> Result<()> {
        if !self.is_function_like() {
            return self.error("'await' outside function", loc);
        }
        if !matches!(
            self.unit().kind,
            UnitKind::AsyncFunction | UnitKind::Comprehension
        ) {
            return self.error("'await' outside async function", loc);
        }
        Ok(())
    }

    pub(super) fn yield_value(&mut self, loc: Loc) {
        let scope = self.scope();
        if scope.generator && scope.coroutine {
            self.op(Op::CallIntrinsic1, intrinsic1::ASYNC_GEN_WRAP, loc);
        }
        self.op(Op::YieldValue, 0, loc);
        self.op(Op::Resume, AFTER_YIELD, loc);
    }

    fn yield_from_expr(&mut self, value: &'a Expr, loc: Loc) -> Result<()> {
        if !self.is_function_like() {
            return self.error("'yield from' outside function", loc);
        }
        if self.unit().kind == UnitKind::AsyncFunction {
            return self.error("'yield from' inside async function", loc);
        }
        self.expr(value)?;
        self.op0(Op::GetYieldFromIter, loc);
        self.load_none(loc);
        self.yield_from(false, loc);
        Ok(())
    }

    /// Hands every value of the iterator on the stack to the caller, and what the caller sends to the iterator.
    pub(super) fn yield_from(&mut self, is_await: bool, loc: Loc) {
        let (send, fail, exit) = (self.label(), self.label(), self.label());
        self.place(send);
        self.jump(Op::Send, exit, loc);
        self.jump(IrOp::SetupFinally, fail, loc);
        self.op(Op::YieldValue, 1, loc);
        self.emit(IrOp::PopBlock, 0, Loc::NONE);
        self.op(
            Op::Resume,
            if is_await {
                AFTER_AWAIT
            } else {
                AFTER_YIELD_FROM
            },
            loc,
        );
        self.jump(IrOp::JumpNoInterrupt, send, loc);
        self.place(fail);
        self.op0(Op::CleanupThrow, loc);
        self.place(exit);
        self.op0(Op::EndSend, loc);
    }
}
