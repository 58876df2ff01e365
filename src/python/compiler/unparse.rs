//! An expression as text again: what `from __future__ import annotations` keeps of an annotation.

use super::ast::*;
use super::codegen::Compiler;
use crate::python::code::{Const, PyStr};

/// How tightly the surrounding operator binds; a looser expression inside it is put in parentheses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Tuple,
    Test,
    Or,
    And,
    Not,
    Compare,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Arithmetic,
    Term,
    Factor,
    Power,
    Await,
    Atom,
}

impl Level {
    fn tighter(self) -> Level {
        use Level::*;
        const ALL: [Level; 16] = [
            Tuple, Test, Or, And, Not, Compare, BitOr, BitXor, BitAnd, Shift, Arithmetic, Term,
            Factor, Power, Await, Atom,
        ];
        ALL.get(self as usize + 1).copied().unwrap_or(Atom)
    }
}

impl Compiler<'_> {
    pub(super) fn unparse(&self, expr: &Expr) -> Const {
        let mut text = String::new();
        self.write(&mut text, expr, Level::Test);
        Const::Str(PyStr::Utf8(text.into()))
    }

    pub(super) fn unparse_const(&self, value: &Const) -> String {
        let mut text = String::new();
        write_const(&mut text, value);
        text
    }

    fn write(&self, out: &mut String, expr: &Expr, level: Level) {
        let own = own_level(&expr.kind);
        if own < level {
            out.push('(');
        }
        self.write_inner(out, expr, own);
        if own < level {
            out.push(')');
        }
    }

    fn write_list(&self, out: &mut String, exprs: &[Expr]) {
        for (index, expr) in exprs.iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            self.write(out, expr, Level::Test);
        }
    }

    fn write_inner(&self, out: &mut String, expr: &Expr, own: Level) {
        match &expr.kind {
            ExprKind::Constant(value) => write_const(out, value),
            ExprKind::Name { id, .. } => out.push_str(self.names.str(*id)),
            ExprKind::Attribute { value, attr, .. } => {
                self.write(out, value, Level::Atom);
                if matches!(value.as_constant(), Some(Const::Int(_))) {
                    out.push(' ');
                }
                out.push('.');
                out.push_str(self.names.str(*attr));
            }
            ExprKind::Subscript { value, slice, .. } => {
                self.write(out, value, Level::Atom);
                out.push('[');
                self.write(out, slice, Level::Tuple);
                out.push(']');
            }
            ExprKind::Tuple { elts, .. } if elts.is_empty() => out.push_str("()"),
            ExprKind::Tuple { elts, .. } => {
                self.write_list(out, elts);
                if elts.len() == 1 {
                    out.push(',');
                }
            }
            ExprKind::List { elts, .. } => {
                out.push('[');
                self.write_list(out, elts);
                out.push(']');
            }
            ExprKind::Set(elts) => {
                out.push('{');
                self.write_list(out, elts);
                out.push('}');
            }
            ExprKind::Starred { value, .. } => {
                out.push('*');
                self.write(out, value, Level::BitOr);
            }
            ExprKind::BinOp { left, op, right } => {
                let power = *op == Operator::Pow;
                self.write(out, left, if power { own.tighter() } else { own });
                out.push_str(operator(*op));
                self.write(out, right, if power { own } else { own.tighter() });
            }
            ExprKind::UnaryOp { op, operand } => {
                out.push_str(match op {
                    UnaryOp::Invert => "~",
                    UnaryOp::Not => "not ",
                    UnaryOp::Plus => "+",
                    UnaryOp::Minus => "-",
                });
                self.write(out, operand, own);
            }
            ExprKind::BoolOp { or, values } => {
                for (index, value) in values.iter().enumerate() {
                    if index > 0 {
                        out.push_str(if *or { " or " } else { " and " });
                    }
                    self.write(out, value, own.tighter());
                }
            }
            ExprKind::Compare {
                left,
                ops,
                comparators,
            } => {
                self.write(out, left, own.tighter());
                for (op, comparator) in ops.iter().zip(comparators) {
                    out.push_str(comparison(*op));
                    self.write(out, comparator, own.tighter());
                }
            }
            ExprKind::IfExp { test, body, orelse } => {
                self.write(out, body, own.tighter());
                out.push_str(" if ");
                self.write(out, test, own.tighter());
                out.push_str(" else ");
                self.write(out, orelse, own);
            }
            ExprKind::Call {
                func,
                args,
                keywords,
            } => {
                self.write(out, func, Level::Atom);
                out.push('(');
                self.write_list(out, args);
                for (index, keyword) in keywords.iter().enumerate() {
                    if index > 0 || !args.is_empty() {
                        out.push_str(", ");
                    }
                    match keyword.arg {
                        Some(name) => {
                            out.push_str(self.names.str(name));
                            out.push('=');
                        }
                        None => out.push_str("**"),
                    }
                    self.write(out, &keyword.value, Level::Test);
                }
                out.push(')');
            }
            ExprKind::Dict { keys, values } => {
                out.push('{');
                for (index, (key, value)) in keys.iter().zip(values).enumerate() {
                    if index > 0 {
                        out.push_str(", ");
                    }
                    match key {
                        Some(key) => {
                            self.write(out, key, Level::Test);
                            out.push_str(": ");
                            self.write(out, value, Level::Test);
                        }
                        None => {
                            out.push_str("**");
                            self.write(out, value, Level::BitOr);
                        }
                    }
                }
                out.push('}');
            }
            ExprKind::Slice { lower, upper, step } => {
                if let Some(lower) = lower {
                    self.write(out, lower, Level::Test);
                }
                out.push(':');
                if let Some(upper) = upper {
                    self.write(out, upper, Level::Test);
                }
                if let Some(step) = step {
                    out.push(':');
                    self.write(out, step, Level::Test);
                }
            }
            ExprKind::Comp(comp) => self.write_comp(out, comp),
            ExprKind::Lambda { args, body, .. } => {
                out.push_str("lambda");
                let names: Vec<&str> = args
                    .posonly
                    .iter()
                    .chain(&args.args)
                    .map(|arg| self.names.str(arg.name))
                    .collect();
                if !names.is_empty() {
                    out.push(' ');
                }
                out.push_str(&names.join(", "));
                out.push_str(": ");
                self.write(out, body, Level::Test);
            }
            ExprKind::Named { target, value } => {
                self.write(out, target, Level::Atom);
                out.push_str(" := ");
                self.write(out, value, Level::Atom);
            }
            ExprKind::Await(value) => {
                out.push_str("await ");
                self.write(out, value, Level::Atom);
            }
            ExprKind::JoinedStr(_) | ExprKind::FormattedValue { .. } => {
                let mut inner = String::new();
                self.write_format(&mut inner, expr);
                out.push('f');
                write_str(out, &PyStr::Utf8(inner.into()));
            }
            ExprKind::TemplateStr(_) | ExprKind::Interpolation { .. } => {
                let mut inner = String::new();
                self.write_format(&mut inner, expr);
                out.push('t');
                write_str(out, &PyStr::Utf8(inner.into()));
            }
            ExprKind::Yield(_) | ExprKind::YieldFrom(_) => out.push_str("(yield)"),
        }
    }

    fn write_comp(&self, out: &mut String, comp: &Comp) {
        let (open, close) = match comp.kind {
            CompKind::Generator => ('(', ')'),
            CompKind::List => ('[', ']'),
            CompKind::Set | CompKind::Dict => ('{', '}'),
        };
        out.push(open);
        self.write(out, &comp.elt, Level::Test);
        if let Some(value) = &comp.value {
            out.push_str(": ");
            self.write(out, value, Level::Test);
        }
        for clause in &comp.generators {
            out.push_str(if clause.is_async {
                " async for "
            } else {
                " for "
            });
            self.write(out, &clause.target, Level::Tuple);
            out.push_str(" in ");
            self.write(out, &clause.iter, Level::Or);
            for test in &clause.ifs {
                out.push_str(" if ");
                self.write(out, test, Level::Or);
            }
        }
        out.push(close);
    }

    /// The inside of an f-string.
    fn write_format(&self, out: &mut String, expr: &Expr) {
        match &expr.kind {
            ExprKind::JoinedStr(values) | ExprKind::TemplateStr(values) => values
                .iter()
                .for_each(|value| self.write_format(out, value)),
            ExprKind::Constant(Const::Str(PyStr::Utf8(text))) => {
                out.push_str(&text.replace('{', "{{").replace('}', "}}"));
            }
            ExprKind::FormattedValue {
                value,
                conversion,
                spec,
            }
            | ExprKind::Interpolation {
                value,
                conversion,
                spec,
                ..
            } => {
                let mut text = String::new();
                self.write(&mut text, value, Level::Test.tighter());
                out.push_str(if text.starts_with('{') { "{ " } else { "{" });
                out.push_str(&text);
                out.push_str(
                    ["", "!s", "!r", "!a"]
                        .get(*conversion as usize)
                        .copied()
                        .unwrap_or(""),
                );
                if let Some(spec) = spec {
                    out.push(':');
                    self.write_format(out, spec);
                }
                out.push('}');
            }
            _ => {}
        }
    }
}

fn own_level(kind: &ExprKind) -> Level {
    match kind {
        ExprKind::Tuple { elts, .. } if !elts.is_empty() => Level::Tuple,
        ExprKind::Named { .. } => Level::Tuple,
        ExprKind::Lambda { .. } | ExprKind::IfExp { .. } => Level::Test,
        ExprKind::BoolOp { or: true, .. } => Level::Or,
        ExprKind::BoolOp { .. } => Level::And,
        ExprKind::UnaryOp {
            op: UnaryOp::Not, ..
        } => Level::Not,
        ExprKind::UnaryOp { .. } => Level::Factor,
        ExprKind::Compare { .. } => Level::Compare,
        ExprKind::Await(_) => Level::Await,
        ExprKind::BinOp { op, .. } => match op {
            Operator::Or => Level::BitOr,
            Operator::Xor => Level::BitXor,
            Operator::And => Level::BitAnd,
            Operator::LShift | Operator::RShift => Level::Shift,
            Operator::Add | Operator::Sub => Level::Arithmetic,
            Operator::Mult
            | Operator::MatMult
            | Operator::Div
            | Operator::Mod
            | Operator::FloorDiv => Level::Term,
            Operator::Pow => Level::Power,
        },
        _ => Level::Atom,
    }
}

fn operator(op: Operator) -> &'static str {
    match op {
        Operator::Add => " + ",
        Operator::And => " & ",
        Operator::FloorDiv => " // ",
        Operator::LShift => " << ",
        Operator::MatMult => " @ ",
        Operator::Mult => " * ",
        Operator::Mod => " % ",
        Operator::Or => " | ",
        Operator::Pow => " ** ",
        Operator::RShift => " >> ",
        Operator::Sub => " - ",
        Operator::Div => " / ",
        Operator::Xor => " ^ ",
    }
}

fn comparison(op: CmpOp) -> &'static str {
    match op {
        CmpOp::Lt => " < ",
        CmpOp::LtE => " <= ",
        CmpOp::Eq => " == ",
        CmpOp::NotEq => " != ",
        CmpOp::Gt => " > ",
        CmpOp::GtE => " >= ",
        CmpOp::Is => " is ",
        CmpOp::IsNot => " is not ",
        CmpOp::In => " in ",
        CmpOp::NotIn => " not in ",
    }
}

fn write_const(out: &mut String, value: &Const) {
    match value {
        Const::None => out.push_str("None"),
        Const::Ellipsis => out.push_str("..."),
        Const::Bool(value) => out.push_str(if *value { "True" } else { "False" }),
        Const::Int(value) => out.push_str(&value.to_string()),
        Const::Float(value) if value.is_infinite() => out.push_str("1e309"),
        Const::Float(value) => out.push_str(&format!("{value:?}")),
        Const::Complex(_, imag) => out.push_str(&format!("{imag:?}j").replace(".0j", "j")),
        Const::Str(text) => write_str(out, text),
        Const::Bytes(bytes) => {
            out.push('b');
            write_str(
                out,
                &PyStr::CodePoints(bytes.iter().map(|&byte| u32::from(byte) | BYTE).collect()),
            );
        }
        Const::Tuple(items) | Const::FrozenSet(items) => {
            out.push('(');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                write_const(out, item);
            }
            out.push_str(if items.len() == 1 { ",)" } else { ")" });
        }
        Const::Code(_) => {}
    }
}

/// Marks a code point that is a byte: those above 127 are written as escapes.
const BYTE: u32 = 1 << 31;

/// `repr` of a text.
fn write_str(out: &mut String, text: &PyStr) {
    let points: Vec<u32> = match text {
        PyStr::Utf8(text) => text.chars().map(|c| c as u32).collect(),
        PyStr::CodePoints(points) => points.to_vec(),
    };
    let has = |c: char| points.iter().any(|&point| point & !BYTE == c as u32);
    let quote = if has('\'') && !has('"') { '"' } else { '\'' };
    out.push(quote);
    for point in points {
        let (byte, point) = (point & BYTE != 0, point & !BYTE);
        match char::from_u32(point) {
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some('\\') => out.push_str("\\\\"),
            Some(c) if c == quote => out.extend(['\\', c]),
            Some(' '..='~') => out.extend(char::from_u32(point)),
            Some(c) if !byte && !c.is_control() => out.push(c),
            _ if point < 0x100 => out.push_str(&format!("\\x{point:02x}")),
            _ => out.push_str(&format!("\\u{point:04x}")),
        }
    }
    out.push(quote);
}
