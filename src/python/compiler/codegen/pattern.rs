//! `match`: each pattern takes the subject from the stack and leaves what it captures.
//!
//! When a part of a pattern fails, everything that the pattern has put on the stack must go. How much that is
//! depends on where it fails, so there is one label for each number of values to pop, one behind the other:
//!
//! ```text
//! pops[2]: POP_TOP
//! pops[1]: POP_TOP
//! pops[0]: the next case
//! ```

use super::{Compiler, IrOp, Op};
use crate::python::code::Const;
use crate::python::compiler::ast::*;
use crate::python::compiler::fail::Result;
use crate::python::compiler::ir::Label;
use crate::python::compiler::names::Sym;
use num_bigint::BigInt;

/// What is known while a pattern is compiled. CPython: `pattern_context`.
#[derive(Default)]
struct Context {
    /// The names captured so far; their values are on the stack.
    stores: Vec<Sym>,
    /// Whether a pattern that always matches may stand here.
    allow_irrefutable: bool,
    /// Where to go when the match fails, by the number of values to pop.
    pops: Vec<Label>,
    /// How many values on the stack lie above the captured ones.
    on_top: usize,
}

fn is_wildcard(pattern: &Pattern) -> bool {
    matches!(
        pattern.kind,
        PatternKind::As {
            pattern: None,
            name: None
        }
    )
}

fn is_wildcard_star(pattern: &Pattern) -> bool {
    matches!(pattern.kind, PatternKind::Star(None))
}

fn is_star(pattern: &Pattern) -> bool {
    matches!(pattern.kind, PatternKind::Star(_))
}

impl<'a> Compiler<'a> {
    pub(super) fn match_stmt(&mut self, subject: &'a Expr, cases: &'a [MatchCase]) -> Result<()> {
        self.expr(subject)?;
        let end = self.label();
        let Some((last, before)) = cases.split_last() else {
            return Ok(());
        };
        let has_default = is_wildcard(&last.pattern) && !before.is_empty();
        let tested = if has_default { before } else { cases };
        for (index, case) in tested.iter().enumerate() {
            let loc = case.pattern.loc;
            let keep_subject = index + 1 < tested.len();
            if keep_subject {
                self.op(Op::Copy, 1, loc);
            }
            let allow_irrefutable = case.guard.is_some() || index + 1 == cases.len();
            let mut context = Context {
                allow_irrefutable,
                ..Context::default()
            };
            self.pattern(&case.pattern, &mut context)?;
            for name in std::mem::take(&mut context.stores) {
                self.store_name(name, loc)?;
            }
            if let Some(guard) = &case.guard {
                let fail = self.pops(&mut context, 0);
                self.jump_if(guard, fail, false)?;
            }
            if keep_subject {
                self.op0(Op::PopTop, loc);
            }
            self.stmts(&case.body)?;
            self.jump(IrOp::Jump, end, Loc::NONE);
            self.place_pops(&mut context, loc);
        }
        if has_default {
            self.op0(Op::Nop, last.pattern.loc);
            if let Some(guard) = &last.guard {
                self.jump_if(guard, end, false)?;
            }
            self.stmts(&last.body)?;
        }
        self.place(end);
        Ok(())
    }

    /// The label that pops `count` values and goes on to the next case.
    fn pops(&mut self, context: &mut Context, count: usize) -> Label {
        while context.pops.len() <= count {
            context.pops.push(self.label());
        }
        context.pops[count]
    }

    fn place_pops(&mut self, context: &mut Context, loc: Loc) {
        let pops = std::mem::take(&mut context.pops);
        for (count, label) in pops.into_iter().enumerate().rev() {
            self.place(label);
            if count > 0 {
                self.op0(Op::PopTop, loc);
            }
        }
    }

    fn jump_to_fail(&mut self, context: &mut Context, op: impl Into<IrOp>, loc: Loc) {
        let label = self.pops(context, context.on_top + context.stores.len());
        self.jump(op, label, loc);
    }

    /// Puts the value on the stack under `count - 1` others.
    fn rotate(&mut self, count: usize, loc: Loc) {
        (2..=count as u32)
            .rev()
            .for_each(|depth| self.op(Op::Swap, depth, loc));
    }

    fn capture(&mut self, name: Option<Sym>, context: &mut Context, loc: Loc) -> Result<()> {
        let Some(name) = name else {
            self.op0(Op::PopTop, loc);
            return Ok(());
        };
        self.forbid(name, Ctx::Store, loc)?;
        self.check_new_capture(name, context, loc)?;
        self.rotate(context.on_top + context.stores.len() + 1, loc);
        context.stores.push(name);
        Ok(())
    }

    fn check_new_capture(&self, name: Sym, context: &Context, loc: Loc) -> Result<()> {
        if context.stores.contains(&name) {
            let name = self.names.str(name);
            return self.error(
                format!("multiple assignments to name '{name}' in pattern"),
                loc,
            );
        }
        Ok(())
    }

    fn pattern(&mut self, pattern: &'a Pattern, context: &mut Context) -> Result<()> {
        let loc = pattern.loc;
        match &pattern.kind {
            PatternKind::Value(value) => {
                if !matches!(
                    value.kind,
                    ExprKind::Constant(_) | ExprKind::Attribute { .. }
                ) {
                    return self.error(
                        "patterns may only match literals and attribute lookups",
                        loc,
                    );
                }
                self.expr(value)?;
                self.compare_op(CmpOp::Eq, loc);
                self.op0(Op::ToBool, loc);
                self.jump_to_fail(context, Op::PopJumpIfFalse, loc);
                Ok(())
            }
            PatternKind::Singleton(value) => {
                self.load_const(value.clone(), loc);
                self.compare_op(CmpOp::Is, loc);
                self.jump_to_fail(context, Op::PopJumpIfFalse, loc);
                Ok(())
            }
            PatternKind::Sequence(patterns) => self.sequence_pattern(patterns, context, loc),
            PatternKind::Mapping {
                keys,
                patterns,
                rest,
            } => self.mapping_pattern(keys, patterns, *rest, context, loc),
            PatternKind::Class {
                cls,
                patterns,
                kwd_attrs,
                kwd_patterns,
            } => self.class_pattern(cls, patterns, kwd_attrs, kwd_patterns, context, loc),
            PatternKind::Star(name) => self.capture(*name, context, loc),
            PatternKind::As {
                pattern: None,
                name,
            } => {
                if !context.allow_irrefutable {
                    let what = match name {
                        Some(name) => format!("name capture '{}'", self.names.str(*name)),
                        None => "wildcard".to_owned(),
                    };
                    return self.error(format!("{what} makes remaining patterns unreachable"), loc);
                }
                self.capture(*name, context, loc)
            }
            PatternKind::As {
                pattern: Some(inner),
                name,
            } => {
                context.on_top += 1;
                self.op(Op::Copy, 1, loc);
                self.pattern(inner, context)?;
                context.on_top -= 1;
                self.capture(*name, context, loc)
            }
            PatternKind::Or(alternatives) => self.or_pattern(alternatives, context, loc),
        }
    }

    /// A pattern inside another one: it may match always.
    fn subpattern(&mut self, pattern: &'a Pattern, context: &mut Context) -> Result<()> {
        let allowed = std::mem::replace(&mut context.allow_irrefutable, true);
        self.pattern(pattern, context)?;
        context.allow_irrefutable = allowed;
        Ok(())
    }

    fn load_size(&mut self, size: usize, loc: Loc) {
        self.load_const(Const::Int(BigInt::from(size)), loc);
    }

    fn sequence_pattern(
        &mut self,
        patterns: &'a [Pattern],
        context: &mut Context,
        loc: Loc,
    ) -> Result<()> {
        if patterns.iter().filter(|pattern| is_star(pattern)).count() > 1 {
            return self.error("multiple starred names in sequence pattern", loc);
        }
        let star = patterns.iter().position(is_star);
        let star_wildcard = patterns.iter().any(is_wildcard_star);
        let only_wildcards = patterns
            .iter()
            .all(|pattern| is_wildcard(pattern) || is_wildcard_star(pattern));
        context.on_top += 1;
        self.op0(Op::MatchSequence, loc);
        self.jump_to_fail(context, Op::PopJumpIfFalse, loc);
        if star.is_none() || patterns.len() > 1 {
            self.op0(Op::GetLen, loc);
            self.load_size(patterns.len() - star.is_some() as usize, loc);
            self.compare_op(
                if star.is_some() {
                    CmpOp::GtE
                } else {
                    CmpOp::Eq
                },
                loc,
            );
            self.jump_to_fail(context, Op::PopJumpIfFalse, loc);
        }
        context.on_top -= 1;
        match star {
            _ if only_wildcards => self.op0(Op::PopTop, loc),
            Some(star) if star_wildcard => self.pick_items(patterns, star, context, loc)?,
            star => {
                match star {
                    Some(before) => self.unpack_ex(before, patterns.len() - before - 1, loc)?,
                    None => self.op(Op::UnpackSequence, patterns.len() as u32, loc),
                }
                context.on_top += patterns.len();
                for pattern in patterns {
                    context.on_top -= 1;
                    self.subpattern(pattern, context)?;
                }
            }
        }
        Ok(())
    }

    /// `[a, *_, b]`: the items are picked one by one, since nobody wants the middle.
    fn pick_items(
        &mut self,
        patterns: &'a [Pattern],
        star: usize,
        context: &mut Context,
        loc: Loc,
    ) -> Result<()> {
        context.on_top += 1;
        for (index, pattern) in patterns.iter().enumerate() {
            if is_wildcard(pattern) || index == star {
                continue;
            }
            self.op(Op::Copy, 1, loc);
            if index < star {
                self.load_size(index, loc);
            } else {
                self.op0(Op::GetLen, loc);
                self.load_size(patterns.len() - index, loc);
                self.op(Op::BinaryOp, Operator::Sub as u32, loc);
            }
            self.op0(Op::BinarySubscr, loc);
            self.subpattern(pattern, context)?;
        }
        context.on_top -= 1;
        self.op0(Op::PopTop, loc);
        Ok(())
    }

    /// The tuple on the stack is `None` when there was no match.
    fn fail_if_none(&mut self, context: &mut Context, loc: Loc) {
        self.op(Op::Copy, 1, loc);
        self.load_none(loc);
        self.op(Op::IsOp, 1, loc);
        self.jump_to_fail(context, Op::PopJumpIfFalse, loc);
    }

    fn class_pattern(
        &mut self,
        cls: &'a Expr,
        patterns: &'a [Pattern],
        attributes: &[(Sym, Loc)],
        kwd_patterns: &'a [Pattern],
        context: &mut Context,
        loc: Loc,
    ) -> Result<()> {
        for (index, &(name, _)) in attributes.iter().enumerate() {
            self.forbid(name, Ctx::Store, loc)?;
            if let Some(&(_, again)) = attributes[index + 1..]
                .iter()
                .find(|(other, _)| *other == name)
            {
                let name = self.names.str(name);
                return self.error(
                    format!("attribute name repeated in class pattern: {name}"),
                    again,
                );
            }
        }
        self.expr(cls)?;
        let names = attributes
            .iter()
            .map(|&(name, _)| self.text(name))
            .collect();
        self.load_const(Const::Tuple(names), loc);
        self.op(Op::MatchClass, patterns.len() as u32, loc);
        context.on_top += 1;
        self.fail_if_none(context, loc);
        let count = patterns.len() + kwd_patterns.len();
        self.op(Op::UnpackSequence, count as u32, loc);
        context.on_top = context.on_top + count - 1;
        for pattern in patterns.iter().chain(kwd_patterns) {
            context.on_top -= 1;
            if is_wildcard(pattern) {
                self.op0(Op::PopTop, loc);
            } else {
                self.subpattern(pattern, context)?;
            }
        }
        Ok(())
    }

    fn mapping_pattern(
        &mut self,
        keys: &'a [Expr],
        patterns: &'a [Pattern],
        rest: Option<Sym>,
        context: &mut Context,
        loc: Loc,
    ) -> Result<()> {
        context.on_top += 1;
        self.op0(Op::MatchMapping, loc);
        self.jump_to_fail(context, Op::PopJumpIfFalse, loc);
        if keys.is_empty() && rest.is_none() {
            context.on_top -= 1;
            self.op0(Op::PopTop, loc);
            return Ok(());
        }
        if !keys.is_empty() {
            self.op0(Op::GetLen, loc);
            self.load_size(keys.len(), loc);
            self.compare_op(CmpOp::GtE, loc);
            self.jump_to_fail(context, Op::PopJumpIfFalse, loc);
        }
        self.check_keys(keys, loc)?;
        self.exprs(keys)?;
        self.op(Op::BuildTuple, keys.len() as u32, loc);
        self.op0(Op::MatchKeys, loc);
        context.on_top += 2;
        self.fail_if_none(context, loc);
        self.op(Op::UnpackSequence, keys.len() as u32, loc);
        context.on_top = context.on_top + keys.len() - 1;
        for pattern in patterns {
            context.on_top -= 1;
            self.subpattern(pattern, context)?;
        }
        context.on_top -= 2;
        let Some(rest) = rest else {
            self.op0(Op::PopTop, loc);
            self.op0(Op::PopTop, loc);
            return Ok(());
        };
        // rest = dict(subject); then each key is deleted from it.
        self.op(Op::BuildMap, 0, loc);
        self.op(Op::Swap, 3, loc);
        self.op(Op::DictUpdate, 2, loc);
        self.op(Op::UnpackSequence, keys.len() as u32, loc);
        for left in (1..=keys.len() as u32).rev() {
            self.op(Op::Copy, 1 + left, loc);
            self.op(Op::Swap, 2, loc);
            self.op0(Op::DeleteSubscr, loc);
        }
        self.capture(Some(rest), context, loc)
    }

    fn check_keys(&mut self, keys: &[Expr], loc: Loc) -> Result<()> {
        let mut seen: Vec<&Const> = Vec::new();
        for key in keys {
            match &key.kind {
                ExprKind::Constant(value) => {
                    if seen
                        .iter()
                        .any(|other| super::super::fold::equal(other, value))
                    {
                        let text = self.unparse_const(value);
                        return self.error(
                            format!("mapping pattern checks duplicate key ({text})"),
                            loc,
                        );
                    }
                    seen.push(value);
                }
                ExprKind::Attribute { .. } => {}
                _ => {
                    let message =
                        "mapping pattern keys may only match literals and attribute lookups";
                    return self.error(message, loc);
                }
            }
        }
        Ok(())
    }

    fn or_pattern(
        &mut self,
        alternatives: &'a [Pattern],
        context: &mut Context,
        loc: Loc,
    ) -> Result<()> {
        let end = self.label();
        // The names that the first alternative captures, in its order, which the others have to follow.
        let mut control: Vec<Sym> = Vec::new();
        for (index, alternative) in alternatives.iter().enumerate() {
            let allow_irrefutable = index + 1 == alternatives.len() && context.allow_irrefutable;
            let mut inner = Context {
                allow_irrefutable,
                ..Context::default()
            };
            self.op(Op::Copy, 1, alternative.loc);
            self.pattern(alternative, &mut inner)?;
            if index == 0 {
                control = inner.stores.clone();
            } else {
                self.follow_order(&control, &mut inner.stores, alternative.loc, loc)?;
            }
            self.jump(IrOp::Jump, end, alternative.loc);
            self.place_pops(&mut inner, alternative.loc);
        }
        self.op0(Op::PopTop, loc);
        self.jump_to_fail(context, IrOp::Jump, loc);
        self.place(end);
        let rotations = control.len() + 1 + context.on_top + context.stores.len();
        for name in control {
            self.rotate(rotations, loc);
            self.check_new_capture(name, context, loc)?;
            context.stores.push(name);
        }
        self.op0(Op::PopTop, loc);
        Ok(())
    }

    /// Puts the captured values on the stack into the order of `control`.
    fn follow_order(
        &mut self,
        control: &[Sym],
        stores: &mut Vec<Sym>,
        loc: Loc,
        whole: Loc,
    ) -> Result<()> {
        let different = "alternative patterns bind different names";
        if stores.len() != control.len() {
            return self.error(different, whole);
        }
        for (wanted, name) in control.iter().enumerate().rev() {
            let Some(found) = stores.iter().position(|store| store == name) else {
                return self.error(different, whole);
            };
            if wanted == found {
                continue;
            }
            let count = found + 1;
            let moved: Vec<Sym> = stores.drain(..count).collect();
            let at = wanted - found;
            stores.splice(at..at, moved);
            (0..count).for_each(|_| self.rotate(wanted + 1, loc));
        }
        Ok(())
    }
}
