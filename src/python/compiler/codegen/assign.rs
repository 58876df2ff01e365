//! Assignments: plain, augmented, annotated, and unpacking.

use super::unit::UnitKind;
use super::{Compiler, Op};
use crate::python::code::intrinsic1;
use crate::python::compiler::ast::*;
use crate::python::compiler::fail::Result;

/// What the in-place forms add to `BinaryOp`'s argument.
pub(super) const INPLACE: u32 = 13;

impl<'a> Compiler<'a> {
    pub(super) fn assign(&mut self, targets: &'a [Expr], value: &'a Expr, loc: Loc) -> Result<()> {
        self.expr(value)?;
        if let (
            [
                Expr {
                    kind: ExprKind::Name { .. },
                    ..
                },
            ],
            true,
        ) = (targets, self.is_watched(loc))
        {
            self.op(Op::Copy, 1, loc);
            self.op(Op::CallIntrinsic1, intrinsic1::PRINT, loc);
            self.op0(Op::PopTop, loc);
        }
        for (index, target) in targets.iter().enumerate() {
            if index + 1 < targets.len() {
                self.op(Op::Copy, 1, loc);
            }
            self.expr(target)?;
        }
        Ok(())
    }

    pub(super) fn augmented(
        &mut self,
        target: &'a Expr,
        op: Operator,
        value: &'a Expr,
        stmt_loc: Loc,
    ) -> Result<()> {
        let loc = target.loc;
        match &target.kind {
            ExprKind::Attribute {
                value: owner, attr, ..
            } => {
                self.expr(owner)?;
                self.op(Op::Copy, 1, loc);
                let loc = self.at_attribute(loc, target);
                self.op_attr(Op::LoadAttr, *attr, false, loc);
            }
            ExprKind::Subscript {
                value: container,
                slice,
                ..
            } => {
                self.expr(container)?;
                if is_two_element_slice(slice) {
                    self.slice_parts(slice)?;
                    (0..3).for_each(|_| self.op(Op::Copy, 3, loc));
                    self.op0(Op::BinarySlice, loc);
                } else {
                    self.expr(slice)?;
                    (0..2).for_each(|_| self.op(Op::Copy, 2, loc));
                    self.op0(Op::BinarySubscr, loc);
                }
            }
            ExprKind::Name { id, .. } => self.load_name(*id, loc)?,
            _ => return self.error("invalid node type for augmented assignment", loc),
        }
        self.expr(value)?;
        self.op(Op::BinaryOp, op as u32 + INPLACE, stmt_loc);
        match &target.kind {
            ExprKind::Attribute { attr, .. } => {
                let loc = self.at_attribute(loc, target);
                self.op(Op::Swap, 2, loc);
                self.op_attr(Op::StoreAttr, *attr, false, loc);
            }
            ExprKind::Subscript { slice, .. } => {
                if is_two_element_slice(slice) {
                    (2..=4)
                        .rev()
                        .for_each(|depth| self.op(Op::Swap, depth, loc));
                    self.op0(Op::StoreSlice, loc);
                } else {
                    (2..=3)
                        .rev()
                        .for_each(|depth| self.op(Op::Swap, depth, loc));
                    self.op0(Op::StoreSubscr, loc);
                }
            }
            ExprKind::Name { id, .. } => self.store_name(*id, loc)?,
            _ => {}
        }
        Ok(())
    }

    pub(super) fn annotated(
        &mut self,
        target: &'a Expr,
        annotation: &'a Expr,
        value: Option<&'a Expr>,
        simple: bool,
        loc: Loc,
    ) -> Result<()> {
        if let Some(value) = value {
            self.expr(value)?;
            self.expr(target)?;
        }
        match &target.kind {
            ExprKind::Name { id, .. } => {
                self.forbid(*id, Ctx::Store, loc)?;
                if simple && self.keeps_annotations() && self.annotations_are_deferred() {
                    self.defer(*id, annotation, loc)?;
                } else if simple && self.keeps_annotations() {
                    self.annotation(annotation)?;
                    let table = self.names.intern("__annotations__");
                    self.op_name(Op::LoadName, table, loc);
                    let mangled = self.mangled(*id);
                    let text = self.text(mangled);
                    self.load_const(text, loc);
                    self.op0(Op::StoreSubscr, loc);
                }
            }
            ExprKind::Attribute {
                value: owner, attr, ..
            } => {
                self.forbid(*attr, Ctx::Store, loc)?;
                if value.is_none() {
                    self.evaluate(owner)?;
                }
            }
            ExprKind::Subscript {
                value: container,
                slice,
                ..
            } => {
                if value.is_none() {
                    self.evaluate(container)?;
                    self.evaluate_index(slice)?;
                }
            }
            _ => return self.error("invalid node type for annotated assignment", loc),
        }
        if !simple && !self.future.annotations && self.keeps_annotations() {
            self.evaluate(annotation)?;
        }
        Ok(())
    }

    fn keeps_annotations(&mut self) -> bool {
        matches!(self.unit().kind, UnitKind::Module | UnitKind::Class)
    }

    /// The value of an annotation; its text when annotations are postponed.
    pub(super) fn annotation(&mut self, annotation: &'a Expr) -> Result<()> {
        if !self.future.annotations {
            return self.expr(annotation);
        }
        let text = self.unparse(annotation);
        self.load_const(text, annotation.loc);
        Ok(())
    }

    /// Evaluates and forgets.
    fn evaluate(&mut self, expr: &'a Expr) -> Result<()> {
        self.expr(expr)?;
        self.op0(Op::PopTop, expr.loc);
        Ok(())
    }

    fn evaluate_index(&mut self, index: &'a Expr) -> Result<()> {
        match &index.kind {
            ExprKind::Slice { lower, upper, step } => [lower, upper, step]
                .into_iter()
                .flatten()
                .try_for_each(|part| self.evaluate(part)),
            ExprKind::Tuple { elts, .. } => {
                elts.iter().try_for_each(|elt| self.evaluate_index(elt))
            }
            _ => self.evaluate(index),
        }
    }

    /// Takes a sequence apart into as many values as there are targets.
    pub(super) fn unpack(&mut self, elts: &'a [Expr], loc: Loc) -> Result<()> {
        let stars = elts
            .iter()
            .filter(|elt| matches!(elt.kind, ExprKind::Starred { .. }))
            .count();
        if stars > 1 {
            return self.error("multiple starred expressions in assignment", loc);
        }
        match elts
            .iter()
            .position(|elt| matches!(elt.kind, ExprKind::Starred { .. }))
        {
            Some(before) => self.unpack_ex(before, elts.len() - before - 1, loc)?,
            None => self.op(Op::UnpackSequence, elts.len() as u32, loc),
        }
        elts.iter().try_for_each(|elt| match &elt.kind {
            ExprKind::Starred { value, .. } => self.expr(value),
            _ => self.expr(elt),
        })
    }

    pub(super) fn unpack_ex(&mut self, before: usize, after: usize, loc: Loc) -> Result<()> {
        if before >= 1 << 8 || after >= 1 << 23 {
            return self.error("too many expressions in star-unpacking assignment", loc);
        }
        self.op(Op::UnpackEx, before as u32 + ((after as u32) << 8), loc);
        Ok(())
    }
}

/// `a:b`, without a step: it needs no slice object.
pub(super) fn is_two_element_slice(slice: &Expr) -> bool {
    matches!(slice.kind, ExprKind::Slice { step: None, .. })
}
