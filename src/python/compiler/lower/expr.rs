//! Expressions.

use super::Lowerer;
use crate::python::code::Const;
use crate::python::compiler::ast::*;
use crate::python::compiler::fail::Result;
use crate::python::compiler::fold;
use num_bigint::BigInt;
use num_traits::Num;
use num_traits::ToPrimitive;
use ruff_python_ast as ruff;
use ruff_text_size::{Ranged, TextRange, TextSize};

impl Lowerer<'_> {
    pub(super) fn boxed(&mut self, expr: &ruff::Expr) -> Result<Box<Expr>> {
        Ok(Box::new(self.expr(expr)?))
    }

    pub(super) fn maybe(&mut self, expr: &Option<Box<ruff::Expr>>) -> Result<Option<Expr>> {
        expr.as_deref().map(|e| self.expr(e)).transpose()
    }

    fn maybe_boxed(&mut self, expr: &Option<Box<ruff::Expr>>) -> Result<Option<Box<Expr>>> {
        expr.as_deref().map(|e| self.boxed(e)).transpose()
    }

    pub(super) fn exprs(&mut self, exprs: &[ruff::Expr]) -> Result<Vec<Expr>> {
        exprs.iter().map(|e| self.expr(e)).collect()
    }

    fn constant(&mut self, range: impl Ranged, value: Const) -> Expr {
        self.new(range, ExprKind::Constant(value))
    }

    /// Remembers what a folded constant at `loc` was made of.
    fn note_fold(&mut self, loc: Loc, parts: &[&Expr]) {
        if !self.folds_late {
            return;
        }
        let mut leaves = Vec::new();
        for part in parts {
            match (self.folds.get(&part.loc), part.as_constant()) {
                (Some(known), _) => leaves.extend(known.iter().cloned()),
                (None, Some(value)) => leaves.push(value.clone()),
                (None, None) => {}
            }
        }
        self.folds.insert(loc, leaves);
    }

    /// Lowers an expression, its operands first, and folds it.
    pub(super) fn expr(&mut self, expr: &ruff::Expr) -> Result<Expr> {
        use ruff::Expr as E;
        let kind = match expr {
            E::BoolOp(e) => ExprKind::BoolOp {
                or: e.op == ruff::BoolOp::Or,
                values: self.exprs(&e.values)?,
            },
            E::Named(e) => ExprKind::Named {
                target: self.boxed(&e.target)?,
                value: self.boxed(&e.value)?,
            },
            E::BinOp(e) => return self.binary(e),
            E::UnaryOp(e) => return self.unary(e),
            E::Lambda(e) => {
                let scope = self.scope();
                let args = match &e.parameters {
                    Some(parameters) => self.parameters(parameters)?,
                    None => Arguments::default(),
                };
                ExprKind::Lambda {
                    scope,
                    args: Box::new(args),
                    body: self.boxed(&e.body)?,
                }
            }
            E::If(e) => {
                let test = self.boxed(&e.test)?;
                let body = self.boxed(&e.body)?;
                ExprKind::IfExp {
                    test,
                    body,
                    orelse: self.boxed(&e.orelse)?,
                }
            }
            E::Dict(e) => {
                let mut keys = Vec::with_capacity(e.items.len());
                let mut values = Vec::with_capacity(e.items.len());
                for item in &e.items {
                    keys.push(item.key.as_ref().map(|k| self.expr(k)).transpose()?);
                    values.push(self.expr(&item.value)?);
                }
                ExprKind::Dict { keys, values }
            }
            E::Set(e) => ExprKind::Set(self.exprs(&e.elts)?),
            E::ListComp(e) => self.comp(CompKind::List, &e.elt, None, &e.generators)?,
            E::SetComp(e) => self.comp(CompKind::Set, &e.elt, None, &e.generators)?,
            E::DictComp(e) => match &e.key {
                Some(key) => self.comp(CompKind::Dict, key, Some(&e.value), &e.generators)?,
                None => {
                    return self.error(expr, "dict unpacking cannot be used in dict comprehension");
                }
            },
            E::Generator(e) => self.comp(CompKind::Generator, &e.elt, None, &e.generators)?,
            E::Await(e) => ExprKind::Await(self.boxed(&e.value)?),
            E::Yield(e) => ExprKind::Yield(self.maybe_boxed(&e.value)?),
            E::YieldFrom(e) => ExprKind::YieldFrom(self.boxed(&e.value)?),
            E::Compare(e) => self.compare(e)?,
            E::Call(e) => self.call(e)?,
            E::FString(e) => return self.fstring(e),
            E::TString(e) if self.has_templates => return self.tstring(e),
            E::TString(_) => return self.error(expr, "invalid syntax"),
            E::StringLiteral(e) => {
                let value = self.string_literal(e);
                return Ok(self.constant(expr, Const::Str(value)));
            }
            E::BytesLiteral(e) => {
                return Ok(self.constant(expr, Const::Bytes(e.value.bytes().collect())));
            }
            E::NumberLiteral(e) => {
                let value = self.number(e)?;
                return Ok(self.constant(expr, value));
            }
            E::BooleanLiteral(e) => return Ok(self.constant(expr, Const::Bool(e.value))),
            E::NoneLiteral(_) => return Ok(self.constant(expr, Const::None)),
            E::EllipsisLiteral(_) => return Ok(self.constant(expr, Const::Ellipsis)),
            E::Attribute(e) => {
                let value = self.boxed(&e.value)?;
                ExprKind::Attribute {
                    value,
                    attr: self.ident(&e.attr),
                    ctx: ctx(e.ctx),
                }
            }
            E::Subscript(e) => {
                let value = self.boxed(&e.value)?;
                let slice = self.subscript_index(&e.slice)?;
                if let (true, true, Some(container), Some(index)) = (
                    self.fold,
                    e.ctx == ruff::ExprContext::Load,
                    value.as_constant(),
                    slice.as_constant(),
                ) && let Some(folded) = fold::subscript(container, index)
                {
                    let folded = self.constant(expr, folded);
                    self.note_fold(folded.loc, &[&value, &slice]);
                    return Ok(folded);
                }
                if self.fold
                    && self.folds_late
                    && e.ctx == ruff::ExprContext::Load
                    && let Some(container) = value.as_constant()
                    && let Some(folded) = fold_slice(container, &slice)
                {
                    let folded = self.constant(expr, folded);
                    self.note_fold(folded.loc, &[&value]);
                    return Ok(folded);
                }
                ExprKind::Subscript {
                    value,
                    slice: Box::new(slice),
                    ctx: ctx(e.ctx),
                }
            }
            E::Starred(e) => ExprKind::Starred {
                value: self.boxed(&e.value)?,
                ctx: ctx(e.ctx),
            },
            E::Name(e) => {
                if self.fold && e.id.as_str() == "__debug__" && e.ctx == ruff::ExprContext::Load {
                    let debug = self.debug;
                    return Ok(self.constant(expr, Const::Bool(debug)));
                }
                ExprKind::Name {
                    id: self.names.intern(e.id.as_str()),
                    ctx: ctx(e.ctx),
                }
            }
            E::List(e) => ExprKind::List {
                elts: self.exprs(&e.elts)?,
                ctx: ctx(e.ctx),
            },
            E::Tuple(e) => {
                let elts = self.exprs(&e.elts)?;
                let loc = self.loc(e.range);
                return Ok(self.tuple(loc, elts, ctx(e.ctx)));
            }
            E::Slice(e) => {
                let lower = self.maybe_boxed(&e.lower)?;
                let upper = self.maybe_boxed(&e.upper)?;
                ExprKind::Slice {
                    lower,
                    upper,
                    step: self.maybe_boxed(&e.step)?,
                }
            }
            E::IpyEscapeCommand(_) => return self.error(expr, "invalid syntax"),
        };
        Ok(self.new(expr, kind))
    }

    /// `a[*b]` is `a[(*b,)]`.
    fn subscript_index(&mut self, slice: &ruff::Expr) -> Result<Expr> {
        let index = self.expr(slice)?;
        if matches!(index.kind, ExprKind::Starred { .. }) {
            let loc = index.loc;
            return Ok(Expr {
                loc,
                kind: ExprKind::Tuple {
                    elts: vec![index],
                    ctx: Ctx::Load,
                },
            });
        }
        Ok(index)
    }

    fn tuple(&mut self, loc: Loc, elts: Vec<Expr>, ctx: Ctx) -> Expr {
        let kind = match ctx {
            Ctx::Load if self.fold => match fold::constants(&elts) {
                Some(values) => {
                    self.note_fold(loc, &elts.iter().collect::<Vec<_>>());
                    ExprKind::Constant(Const::Tuple(values))
                }
                None => ExprKind::Tuple { elts, ctx },
            },
            _ => ExprKind::Tuple { elts, ctx },
        };
        Expr { loc, kind }
    }

    /// Walks down the left side in a loop: `a + b + …` is a tall tree but is written flat.
    fn binary(&mut self, expr: &ruff::ExprBinOp) -> Result<Expr> {
        let mut spine = vec![expr];
        let mut leftmost = &*expr.left;
        while let ruff::Expr::BinOp(inner) = leftmost {
            spine.push(inner);
            leftmost = &inner.left;
        }
        let mut left = self.expr(leftmost)?;
        for node in spine.into_iter().rev() {
            let right = self.expr(&node.right)?;
            let op = operator(node.op);
            let loc = self.loc(node.range);
            left = match self.fold_binary(&mut left, op, &right, loc) {
                Some(folded) => folded,
                None => Expr {
                    loc,
                    kind: ExprKind::BinOp {
                        left: Box::new(left),
                        op,
                        right: Box::new(right),
                    },
                },
            };
        }
        Ok(left)
    }

    fn fold_binary(
        &mut self,
        left: &mut Expr,
        op: Operator,
        right: &Expr,
        loc: Loc,
    ) -> Option<Expr> {
        if !self.fold {
            return None;
        }
        let value = left.as_constant()?;
        if let (Operator::Mod, Const::Str(format), ExprKind::Tuple { elts, .. }) =
            (op, value, &right.kind)
            && self.folds_formats
        {
            let values = fold::percent_format(format, elts)?;
            return Some(Expr {
                loc,
                kind: ExprKind::JoinedStr(values),
            });
        }
        let folded = fold::binary(op, value, right.as_constant()?)?;
        self.note_fold(loc, &[left, right]);
        Some(Expr {
            loc,
            kind: ExprKind::Constant(folded),
        })
    }

    fn unary(&mut self, expr: &ruff::ExprUnaryOp) -> Result<Expr> {
        let mut operand = self.expr(&expr.operand)?;
        let op = match expr.op {
            ruff::UnaryOp::Invert => UnaryOp::Invert,
            ruff::UnaryOp::Not => UnaryOp::Not,
            ruff::UnaryOp::UAdd => UnaryOp::Plus,
            ruff::UnaryOp::USub => UnaryOp::Minus,
        };
        if self.fold {
            if let Some(folded) = operand
                .as_constant()
                .and_then(|value| fold::unary(op, value))
            {
                let folded = self.constant(expr, folded);
                self.note_fold(folded.loc, &[&operand]);
                return Ok(folded);
            }
            if let (UnaryOp::Not, ExprKind::Compare { ops, .. }) = (op, &mut operand.kind)
                && let [single] = &mut ops[..]
                && let Some(inverse) = fold::inverse(*single)
            {
                *single = inverse;
                return Ok(operand);
            }
        }
        Ok(self.new(
            expr,
            ExprKind::UnaryOp {
                op,
                operand: Box::new(operand),
            },
        ))
    }

    fn compare(&mut self, expr: &ruff::ExprCompare) -> Result<ExprKind> {
        let left = self.boxed(&expr.left)?;
        let ops: Vec<CmpOp> = expr.ops.iter().map(|&op| cmp_op(op)).collect();
        let mut comparators = self.exprs(&expr.comparators)?;
        if let (Some(CmpOp::In | CmpOp::NotIn), Some(last)) = (ops.last(), comparators.last_mut()) {
            self.fold_iter(last);
        }
        Ok(ExprKind::Compare {
            left,
            ops,
            comparators,
        })
    }

    /// What is only iterated or searched needs no list or set: `x in [1, 2]` searches a tuple.
    pub(super) fn fold_iter(&mut self, expr: &mut Expr) {
        if !self.fold {
            return;
        }
        match &mut expr.kind {
            ExprKind::List { elts, .. } => {
                if elts
                    .iter()
                    .any(|e| matches!(e.kind, ExprKind::Starred { .. }))
                {
                    return;
                }
                let elts = std::mem::take(elts);
                *expr = self.tuple(expr.loc, elts, Ctx::Load);
            }
            ExprKind::Set(elts) => {
                if let Some(values) = fold::constants(elts) {
                    let elts = std::mem::take(elts);
                    self.note_fold(expr.loc, &elts.iter().collect::<Vec<_>>());
                    expr.kind = ExprKind::Constant(Const::FrozenSet(values));
                }
            }
            _ => {}
        }
    }

    fn comp(
        &mut self,
        kind: CompKind,
        elt: &ruff::Expr,
        value: Option<&ruff::Expr>,
        generators: &[ruff::Comprehension],
    ) -> Result<ExprKind> {
        let scope = self.scope();
        let elt = self.expr(elt)?;
        let value = value.map(|v| self.expr(v)).transpose()?;
        let generators = generators
            .iter()
            .enumerate()
            .map(|(at, generator)| {
                let target = self.expr(&generator.target)?;
                let mut iter = self.expr(&generator.iter)?;
                // Where the graph does this, the first list is not iterated by the next instruction.
                if at > 0 || !self.loops_count_by_index {
                    self.fold_iter(&mut iter);
                }
                Ok(Comprehension {
                    target,
                    iter,
                    ifs: self.exprs(&generator.ifs)?,
                    is_async: generator.is_async,
                })
            })
            .collect::<Result<_>>()?;
        Ok(ExprKind::Comp(Box::new(Comp {
            scope,
            kind,
            elt,
            value,
            generators,
        })))
    }

    fn call(&mut self, expr: &ruff::ExprCall) -> Result<ExprKind> {
        let func = self.boxed(&expr.func)?;
        let mut args = self.exprs(&expr.arguments.args)?;
        if let ([ruff::Expr::Generator(generator)], [arg]) =
            (&expr.arguments.args[..], &mut args[..])
            && !generator.parenthesized
        {
            arg.loc = self.loc(expr.arguments.range); // the call's own parentheses belong to it
        }
        Ok(ExprKind::Call {
            func,
            args,
            keywords: self.keywords(&expr.arguments.keywords)?,
        })
    }

    pub(super) fn keywords(&mut self, keywords: &[ruff::Keyword]) -> Result<Vec<Keyword>> {
        keywords
            .iter()
            .map(|keyword| {
                let arg = keyword.arg.as_ref().map(|arg| self.ident(arg));
                Ok(Keyword {
                    loc: self.loc(keyword.range),
                    arg,
                    value: self.expr(&keyword.value)?,
                })
            })
            .collect()
    }

    pub(super) fn parameters(&mut self, parameters: &ruff::Parameters) -> Result<Arguments> {
        let mut args = Arguments::default();
        for p in &parameters.posonlyargs {
            args.posonly.push(self.arg(&p.parameter)?);
            args.defaults.extend(self.maybe(&p.default)?);
        }
        for p in &parameters.args {
            args.args.push(self.arg(&p.parameter)?);
            args.defaults.extend(self.maybe(&p.default)?);
        }
        args.vararg = parameters
            .vararg
            .as_deref()
            .map(|p| self.arg(p))
            .transpose()?;
        for p in &parameters.kwonlyargs {
            args.kwonly.push(self.arg(&p.parameter)?);
            args.kw_defaults.push(self.maybe(&p.default)?);
        }
        args.kwarg = parameters
            .kwarg
            .as_deref()
            .map(|p| self.arg(p))
            .transpose()?;
        Ok(args)
    }

    fn arg(&mut self, parameter: &ruff::Parameter) -> Result<Arg> {
        let annotation = parameter
            .annotation
            .as_deref()
            .map(|a| self.annotation(a))
            .transpose()?;
        let start = parameter.name.range.start();
        let end = parameter
            .annotation
            .as_ref()
            .map_or(parameter.name.range.end(), |a| a.range().end());
        let loc = self.loc(TextRange::new(start, end.max(start + TextSize::from(1))));
        Ok(Arg {
            loc,
            name: self.ident(&parameter.name),
            annotation,
        })
    }

    /// An annotation is left as written when it becomes a string.
    pub(super) fn annotation(&mut self, expr: &ruff::Expr) -> Result<Expr> {
        let fold = self.fold;
        self.fold &= !self.future_annotations;
        let annotation = self.expr(expr);
        self.fold = fold;
        annotation
    }

    fn number(&mut self, literal: &ruff::ExprNumberLiteral) -> Result<Const> {
        Ok(match &literal.value {
            ruff::Number::Int(int) => match int.as_u64() {
                Some(small) => Const::Int(BigInt::from(small)),
                None => {
                    let text = self
                        .text(literal.range)
                        .replace('_', "")
                        .to_ascii_lowercase();
                    let (digits, radix) = match text.get(..2) {
                        Some("0x") => (&text[2..], 16),
                        Some("0o") => (&text[2..], 8),
                        Some("0b") => (&text[2..], 2),
                        _ => (&text[..], 10),
                    };
                    if radix == 10 && digits.len() > 4300 {
                        let message = format!(
                            "Exceeds the limit (4300 digits) for integer string conversion: value has {} digits; use \
                             sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer \
                             literals to avoid decimal conversion limits.",
                            digits.len()
                        );
                        return self.error(literal, message);
                    }
                    Const::Int(BigInt::from_str_radix(digits, radix).unwrap_or_default())
                }
            },
            ruff::Number::Float(value) => Const::Float(*value),
            ruff::Number::Complex { real, imag } => Const::Complex(*real, *imag),
        })
    }
}

fn ctx(ctx: ruff::ExprContext) -> Ctx {
    match ctx {
        ruff::ExprContext::Store => Ctx::Store,
        ruff::ExprContext::Del => Ctx::Del,
        ruff::ExprContext::Load | ruff::ExprContext::Invalid => Ctx::Load,
    }
}

pub(super) fn operator(op: ruff::Operator) -> Operator {
    match op {
        ruff::Operator::Add => Operator::Add,
        ruff::Operator::Sub => Operator::Sub,
        ruff::Operator::Mult => Operator::Mult,
        ruff::Operator::MatMult => Operator::MatMult,
        ruff::Operator::Div => Operator::Div,
        ruff::Operator::Mod => Operator::Mod,
        ruff::Operator::Pow => Operator::Pow,
        ruff::Operator::LShift => Operator::LShift,
        ruff::Operator::RShift => Operator::RShift,
        ruff::Operator::BitOr => Operator::Or,
        ruff::Operator::BitXor => Operator::Xor,
        ruff::Operator::BitAnd => Operator::And,
        ruff::Operator::FloorDiv => Operator::FloorDiv,
    }
}

fn cmp_op(op: ruff::CmpOp) -> CmpOp {
    match op {
        ruff::CmpOp::Eq => CmpOp::Eq,
        ruff::CmpOp::NotEq => CmpOp::NotEq,
        ruff::CmpOp::Lt => CmpOp::Lt,
        ruff::CmpOp::LtE => CmpOp::LtE,
        ruff::CmpOp::Gt => CmpOp::Gt,
        ruff::CmpOp::GtE => CmpOp::GtE,
        ruff::CmpOp::Is => CmpOp::Is,
        ruff::CmpOp::IsNot => CmpOp::IsNot,
        ruff::CmpOp::In => CmpOp::In,
        ruff::CmpOp::NotIn => CmpOp::NotIn,
    }
}

/// A slice with constant bounds of a constant, as the flow graph of 3.14 folds it.
fn fold_slice(container: &Const, slice: &Expr) -> Option<Const> {
    let ExprKind::Slice { lower, upper, step } = &slice.kind else {
        return None;
    };
    let bound = |part: &Option<Box<Expr>>| match part.as_deref().map(Expr::as_constant) {
        None | Some(Some(Const::None)) => Some(None),
        Some(Some(Const::Int(value))) => value.to_i64().map(Some),
        _ => None,
    };
    fold::slice(container, bound(lower)?, bound(upper)?, bound(step)?)
}
