//! Conditions: jumping when an expression is true or false, without making its value where possible.

use super::{Compiler, IrOp, Op};
use crate::python::compiler::ast::{CmpOp, Expr, ExprKind, Loc, UnaryOp};
use crate::python::compiler::fail::Result;
use crate::python::compiler::ir::Label;

impl<'a> Compiler<'a> {
    /// Goes to `target` when the truth of `expr` is `when`; falls through otherwise.
    pub(super) fn jump_if(&mut self, expr: &'a Expr, target: Label, when: bool) -> Result<()> {
        match &expr.kind {
            ExprKind::UnaryOp {
                op: UnaryOp::Not,
                operand,
            } => self.jump_if(operand, target, !when),
            ExprKind::BoolOp { or, values } => {
                let Some((last, rest)) = values.split_last() else {
                    return Ok(());
                };
                let short = if *or == when { target } else { self.label() };
                for value in rest {
                    self.jump_if(value, short, *or)?;
                }
                self.jump_if(last, target, when)?;
                if short != target {
                    self.place(short);
                }
                Ok(())
            }
            ExprKind::IfExp { test, body, orelse } => {
                let (end, next) = (self.label(), self.label());
                self.jump_if(test, next, false)?;
                self.jump_if(body, target, when)?;
                self.jump(IrOp::JumpNoInterrupt, end, Loc::NONE);
                self.place(next);
                self.jump_if(orelse, target, when)?;
                self.place(end);
                Ok(())
            }
            ExprKind::Compare {
                left,
                ops,
                comparators,
            } if ops.len() > 1 => self.jump_chain(expr.loc, left, ops, comparators, target, when),
            _ => {
                self.expr(expr)?;
                self.op0(Op::ToBool, expr.loc);
                self.jump(
                    if when {
                        Op::PopJumpIfTrue
                    } else {
                        Op::PopJumpIfFalse
                    },
                    target,
                    expr.loc,
                );
                Ok(())
            }
        }
    }

    /// `a < b < c` as a condition.
    fn jump_chain(
        &mut self,
        loc: Loc,
        left: &'a Expr,
        ops: &[CmpOp],
        comparators: &'a [Expr],
        target: Label,
        when: bool,
    ) -> Result<()> {
        let (cleanup, end) = (self.label(), self.label());
        self.warn_of_identity(left, ops, comparators, loc);
        self.expr(left)?;
        let Some((last, rest)) = comparators.split_last() else {
            return Ok(());
        };
        for (comparator, &op) in rest.iter().zip(ops) {
            self.expr(comparator)?;
            self.op(Op::Swap, 2, loc);
            self.op(Op::Copy, 2, loc);
            self.compare_op(op, loc);
            self.op0(Op::ToBool, loc);
            self.jump(Op::PopJumpIfFalse, cleanup, loc);
        }
        self.expr(last)?;
        self.compare_op(ops[ops.len() - 1], loc);
        self.op0(Op::ToBool, loc);
        self.jump(
            if when {
                Op::PopJumpIfTrue
            } else {
                Op::PopJumpIfFalse
            },
            target,
            loc,
        );
        self.jump(IrOp::JumpNoInterrupt, end, Loc::NONE);
        self.place(cleanup);
        self.op0(Op::PopTop, loc);
        if !when {
            self.jump(IrOp::JumpNoInterrupt, target, Loc::NONE);
        }
        self.place(end);
        Ok(())
    }

    pub(super) fn compare_op(&mut self, op: CmpOp, loc: Loc) {
        // The low bits are a mask of the results (less, equal, greater, unordered) that make it true.
        let (op, arg) = match op {
            CmpOp::Lt => (Op::CompareOp, 2),
            CmpOp::LtE => (Op::CompareOp, 1 << 5 | 10),
            CmpOp::Eq => (Op::CompareOp, 2 << 5 | 8),
            CmpOp::NotEq => (Op::CompareOp, 3 << 5 | 7),
            CmpOp::Gt => (Op::CompareOp, 4 << 5 | 4),
            CmpOp::GtE => (Op::CompareOp, 5 << 5 | 12),
            CmpOp::Is => (Op::IsOp, 0),
            CmpOp::IsNot => (Op::IsOp, 1),
            CmpOp::In => (Op::ContainsOp, 0),
            CmpOp::NotIn => (Op::ContainsOp, 1),
        };
        self.op(op, arg, loc);
    }
}
