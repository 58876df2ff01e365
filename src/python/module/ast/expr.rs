//! Expressions, patterns and parameters.

use super::Builder;
use crate::python::code::Const;
use crate::python::compiler::ast::*;
use crate::python::memory::Own;
use crate::python::vm::PyResult;

impl Builder<'_> {
    pub(super) fn exprs(&mut self, exprs: &[Expr]) -> PyResult<Own> {
        self.list(exprs, |builder, expr| builder.expr(expr))
    }

    fn ctx(&mut self, ctx: Ctx) -> PyResult<Own> {
        self.leaf(match ctx {
            Ctx::Load => "Load",
            Ctx::Store => "Store",
            Ctx::Del => "Del",
        })
    }

    pub(super) fn operator(&mut self, op: Operator) -> PyResult<Own> {
        self.leaf(match op {
            Operator::Add => "Add",
            Operator::And => "BitAnd",
            Operator::FloorDiv => "FloorDiv",
            Operator::LShift => "LShift",
            Operator::MatMult => "MatMult",
            Operator::Mult => "Mult",
            Operator::Mod => "Mod",
            Operator::Or => "BitOr",
            Operator::Pow => "Pow",
            Operator::RShift => "RShift",
            Operator::Sub => "Sub",
            Operator::Div => "Div",
            Operator::Xor => "BitXor",
        })
    }

    fn comparison(&mut self, op: CmpOp) -> PyResult<Own> {
        self.leaf(match op {
            CmpOp::Lt => "Lt",
            CmpOp::LtE => "LtE",
            CmpOp::Eq => "Eq",
            CmpOp::NotEq => "NotEq",
            CmpOp::Gt => "Gt",
            CmpOp::GtE => "GtE",
            CmpOp::Is => "Is",
            CmpOp::IsNot => "IsNot",
            CmpOp::In => "In",
            CmpOp::NotIn => "NotIn",
        })
    }

    pub(super) fn expr(&mut self, expr: &Expr) -> PyResult<Own> {
        let (name, fields) = match &expr.kind {
            ExprKind::BoolOp { or, values } => {
                let op = self.leaf(if *or { "Or" } else { "And" })?;
                ("BoolOp", vec![("op", op), ("values", self.exprs(values)?)])
            }
            ExprKind::Named { target, value } => {
                let target = self.expr(target)?;
                (
                    "NamedExpr",
                    vec![("target", target), ("value", self.expr(value)?)],
                )
            }
            ExprKind::BinOp { left, op, right } => {
                let (left, op) = (self.expr(left)?, self.operator(*op)?);
                (
                    "BinOp",
                    vec![("left", left), ("op", op), ("right", self.expr(right)?)],
                )
            }
            ExprKind::UnaryOp { op, operand } => {
                let op = self.leaf(match op {
                    UnaryOp::Invert => "Invert",
                    UnaryOp::Not => "Not",
                    UnaryOp::Plus => "UAdd",
                    UnaryOp::Minus => "USub",
                })?;
                (
                    "UnaryOp",
                    vec![("op", op), ("operand", self.expr(operand)?)],
                )
            }
            ExprKind::Lambda { args, body, .. } => {
                let args = self.arguments(args)?;
                ("Lambda", vec![("args", args), ("body", self.expr(body)?)])
            }
            ExprKind::IfExp { test, body, orelse } => {
                let (test, body) = (self.expr(test)?, self.expr(body)?);
                (
                    "IfExp",
                    vec![
                        ("test", test),
                        ("body", body),
                        ("orelse", self.expr(orelse)?),
                    ],
                )
            }
            ExprKind::Dict { keys, values } => {
                let keys = self.list(keys, |builder, key| {
                    builder.maybe(key.as_ref(), |builder, key| builder.expr(key))
                })?;
                (
                    "Dict",
                    vec![("keys", keys), ("values", self.exprs(values)?)],
                )
            }
            ExprKind::Set(elts) => ("Set", vec![("elts", self.exprs(elts)?)]),
            ExprKind::Comp(comp) => self.comprehension(comp)?,
            ExprKind::Await(value) => ("Await", vec![("value", self.expr(value)?)]),
            ExprKind::Yield(value) => {
                let value = self.maybe(value.as_deref(), |builder, value| builder.expr(value))?;
                ("Yield", vec![("value", value)])
            }
            ExprKind::YieldFrom(value) => ("YieldFrom", vec![("value", self.expr(value)?)]),
            ExprKind::Compare {
                left,
                ops,
                comparators,
            } => {
                let left = self.expr(left)?;
                let ops = self.list(ops, |builder, op| builder.comparison(*op))?;
                let comparators = self.exprs(comparators)?;
                (
                    "Compare",
                    vec![("left", left), ("ops", ops), ("comparators", comparators)],
                )
            }
            ExprKind::Call {
                func,
                args,
                keywords,
            } => {
                let (func, args) = (self.expr(func)?, self.exprs(args)?);
                let keywords = self.keywords(keywords)?;
                (
                    "Call",
                    vec![("func", func), ("args", args), ("keywords", keywords)],
                )
            }
            ExprKind::FormattedValue {
                value,
                conversion,
                spec,
            } => {
                let value = self.expr(value)?;
                // The tree has the letter's number, -1 for none.
                let letter = [-1, i64::from(b's'), i64::from(b'r'), i64::from(b'a')];
                let conversion = self.int(letter[*conversion as usize % 4]);
                let spec = self.maybe(spec.as_deref(), |builder, spec| builder.expr(spec))?;
                let fields = vec![
                    ("value", value),
                    ("conversion", conversion),
                    ("format_spec", spec),
                ];
                ("FormattedValue", fields)
            }
            ExprKind::Interpolation {
                value,
                text,
                conversion,
                spec,
            } => {
                let value = self.expr(value)?;
                let text = self.constant(&Const::Str(text.clone()))?;
                let letter = [-1, i64::from(b's'), i64::from(b'r'), i64::from(b'a')];
                let conversion = self.int(letter[*conversion as usize % 4]);
                let spec = self.maybe(spec.as_deref(), |builder, spec| builder.expr(spec))?;
                let fields = vec![
                    ("value", value),
                    ("str", text),
                    ("conversion", conversion),
                    ("format_spec", spec),
                ];
                ("Interpolation", fields)
            }
            ExprKind::TemplateStr(values) => ("TemplateStr", vec![("values", self.exprs(values)?)]),
            ExprKind::JoinedStr(values) => ("JoinedStr", vec![("values", self.exprs(values)?)]),
            ExprKind::Constant(value) => {
                let value = self.constant(value)?;
                let kind = self.vm.none();
                ("Constant", vec![("value", value), ("kind", kind)])
            }
            ExprKind::Attribute { value, attr, ctx } => {
                let (value, attr) = (self.expr(value)?, self.ident(*attr));
                (
                    "Attribute",
                    vec![("value", value), ("attr", attr), ("ctx", self.ctx(*ctx)?)],
                )
            }
            ExprKind::Subscript { value, slice, ctx } => {
                let (value, slice) = (self.expr(value)?, self.expr(slice)?);
                (
                    "Subscript",
                    vec![("value", value), ("slice", slice), ("ctx", self.ctx(*ctx)?)],
                )
            }
            ExprKind::Starred { value, ctx } => {
                let value = self.expr(value)?;
                ("Starred", vec![("value", value), ("ctx", self.ctx(*ctx)?)])
            }
            ExprKind::Name { id, ctx } => {
                let id = self.ident(*id);
                ("Name", vec![("id", id), ("ctx", self.ctx(*ctx)?)])
            }
            ExprKind::List { elts, ctx } => {
                let elts = self.exprs(elts)?;
                ("List", vec![("elts", elts), ("ctx", self.ctx(*ctx)?)])
            }
            ExprKind::Tuple { elts, ctx } => {
                let elts = self.exprs(elts)?;
                ("Tuple", vec![("elts", elts), ("ctx", self.ctx(*ctx)?)])
            }
            ExprKind::Slice { lower, upper, step } => {
                let mut part = |name, part: &Option<Box<Expr>>| {
                    let made = self.maybe(part.as_deref(), |builder, part| builder.expr(part))?;
                    Ok((name, made))
                };
                (
                    "Slice",
                    vec![
                        part("lower", lower)?,
                        part("upper", upper)?,
                        part("step", step)?,
                    ],
                )
            }
        };
        self.node(name, Some(expr.loc), fields)
    }

    fn comprehension(&mut self, comp: &Comp) -> PyResult<(&'static str, Vec<(&'static str, Own)>)> {
        let elt = self.expr(&comp.elt)?;
        let value = match &comp.value {
            Some(value) => Some(self.expr(value)?),
            None => None,
        };
        let generators = self.list(&comp.generators, |builder, generator| {
            let target = builder.expr(&generator.target)?;
            let iter = builder.expr(&generator.iter)?;
            let ifs = builder.exprs(&generator.ifs)?;
            let is_async = builder.int(i64::from(generator.is_async));
            let fields = vec![
                ("target", target),
                ("iter", iter),
                ("ifs", ifs),
                ("is_async", is_async),
            ];
            builder.node("comprehension", None, fields)
        })?;
        let name = match comp.kind {
            CompKind::Generator => "GeneratorExp",
            CompKind::List => "ListComp",
            CompKind::Set => "SetComp",
            CompKind::Dict => "DictComp",
        };
        Ok(match value {
            Some(value) => (
                name,
                vec![("key", elt), ("value", value), ("generators", generators)],
            ),
            None => (name, vec![("elt", elt), ("generators", generators)]),
        })
    }

    pub(super) fn keywords(&mut self, keywords: &[Keyword]) -> PyResult<Own> {
        self.list(keywords, |builder, keyword| {
            let arg = builder.maybe_ident(keyword.arg);
            let value = builder.expr(&keyword.value)?;
            builder.node(
                "keyword",
                Some(keyword.loc),
                vec![("arg", arg), ("value", value)],
            )
        })
    }

    fn arg(&mut self, arg: &Arg) -> PyResult<Own> {
        let name = self.ident(arg.name);
        let annotation = self.maybe(arg.annotation.as_ref(), |builder, a| builder.expr(a))?;
        let comment = self.vm.none();
        let fields = vec![
            ("arg", name),
            ("annotation", annotation),
            ("type_comment", comment),
        ];
        self.node("arg", Some(arg.loc), fields)
    }

    pub(super) fn arguments(&mut self, arguments: &Arguments) -> PyResult<Own> {
        let posonly = self.list(&arguments.posonly, |builder, arg| builder.arg(arg))?;
        let args = self.list(&arguments.args, |builder, arg| builder.arg(arg))?;
        let vararg = self.maybe(arguments.vararg.as_ref(), |builder, arg| builder.arg(arg))?;
        let kwonly = self.list(&arguments.kwonly, |builder, arg| builder.arg(arg))?;
        let kw_defaults = self.list(&arguments.kw_defaults, |builder, default| {
            builder.maybe(default.as_ref(), |builder, default| builder.expr(default))
        })?;
        let kwarg = self.maybe(arguments.kwarg.as_ref(), |builder, arg| builder.arg(arg))?;
        let defaults = self.exprs(&arguments.defaults)?;
        let fields = vec![
            ("posonlyargs", posonly),
            ("args", args),
            ("vararg", vararg),
            ("kwonlyargs", kwonly),
            ("kw_defaults", kw_defaults),
            ("kwarg", kwarg),
            ("defaults", defaults),
        ];
        self.node("arguments", None, fields)
    }

    fn patterns(&mut self, patterns: &[Pattern]) -> PyResult<Own> {
        self.list(patterns, |builder, pattern| builder.pattern(pattern))
    }

    pub(super) fn pattern(&mut self, pattern: &Pattern) -> PyResult<Own> {
        let (name, fields) = match &pattern.kind {
            PatternKind::Value(value) => ("MatchValue", vec![("value", self.expr(value)?)]),
            PatternKind::Singleton(value) => {
                ("MatchSingleton", vec![("value", self.constant(value)?)])
            }
            PatternKind::Sequence(patterns) => (
                "MatchSequence",
                vec![("patterns", self.patterns(patterns)?)],
            ),
            PatternKind::Mapping {
                keys,
                patterns,
                rest,
            } => {
                let (keys, patterns) = (self.exprs(keys)?, self.patterns(patterns)?);
                let rest = self.maybe_ident(*rest);
                (
                    "MatchMapping",
                    vec![("keys", keys), ("patterns", patterns), ("rest", rest)],
                )
            }
            PatternKind::Class {
                cls,
                patterns,
                kwd_attrs,
                kwd_patterns,
            } => {
                let (cls, patterns) = (self.expr(cls)?, self.patterns(patterns)?);
                let attrs = self.list(kwd_attrs, |builder, (name, _)| Ok(builder.ident(*name)))?;
                let kwd_patterns = self.patterns(kwd_patterns)?;
                let fields = vec![
                    ("cls", cls),
                    ("patterns", patterns),
                    ("kwd_attrs", attrs),
                    ("kwd_patterns", kwd_patterns),
                ];
                ("MatchClass", fields)
            }
            PatternKind::Star(name) => ("MatchStar", vec![("name", self.maybe_ident(*name))]),
            PatternKind::As { pattern, name } => {
                let pattern = self.maybe(pattern.as_deref(), |builder, pattern| {
                    builder.pattern(pattern)
                })?;
                (
                    "MatchAs",
                    vec![("pattern", pattern), ("name", self.maybe_ident(*name))],
                )
            }
            PatternKind::Or(patterns) => ("MatchOr", vec![("patterns", self.patterns(patterns)?)]),
        };
        self.node(name, Some(pattern.loc), fields)
    }
}
