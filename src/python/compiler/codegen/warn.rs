//! Warnings about code that can hardly be meant: calls of literals, `is` with a literal, assertions that always
//! hold. CPython 3.13: Python/compile.c, `check_compare`, `check_caller`, `check_subscripter`, `check_index`.

use super::Compiler;
use crate::python::code::Const;
use crate::python::compiler::ast::*;
use crate::python::compiler::warning::Warning;

impl Compiler<'_> {
    fn warn(&mut self, loc: Loc, message: String) {
        self.warnings.push(Warning {
            start: (loc.line.max(0) as u32, loc.col.max(0) as u32),
            end: (loc.end_line.max(0) as u32, loc.end_col.max(0) as u32),
            message,
        });
    }

    /// `x is 1`
    pub(super) fn warn_of_identity(
        &mut self,
        left: &Expr,
        ops: &[CmpOp],
        comparators: &[Expr],
        loc: Loc,
    ) {
        let mut left = left;
        for (op, right) in ops.iter().zip(comparators) {
            let literal = literal_type(left).or_else(|| literal_type(right));
            if let (CmpOp::Is | CmpOp::IsNot, Some(name)) = (op, literal) {
                let (is, equals) = match op {
                    CmpOp::Is => ("is", "=="),
                    _ => ("is not", "!="),
                };
                let literal = match self
                    .options
                    .version
                    .profile()
                    .messages
                    .literal_warnings_name_type
                {
                    true => format!("'{name}' literal"),
                    false => "a literal".to_owned(),
                };
                let message = format!("\"{is}\" with {literal}. Did you mean \"{equals}\"?");
                return self.warn(loc, message);
            }
            left = right;
        }
    }

    /// `"a" (1)`: a comma may be missing.
    pub(super) fn warn_of_call(&mut self, called: &Expr) {
        let is_suspicious = !matches!(called.kind, ExprKind::Lambda { .. });
        if let Some(name) = type_of(called).filter(|_| is_suspicious) {
            let message = format!("'{name}' object is not callable; perhaps you missed a comma?");
            self.warn(called.loc, message);
        }
    }

    /// `1 [0]`, `[1, 2] ["a"]`
    pub(super) fn warn_of_subscript(&mut self, container: &Expr, index: &Expr) {
        let Some(name) = type_of(container) else {
            return;
        };
        if matches!(
            name,
            "NoneType"
                | "ellipsis"
                | "int"
                | "bool"
                | "float"
                | "complex"
                | "set"
                | "frozenset"
                | "generator"
                | "function"
        ) {
            let message =
                format!("'{name}' object is not subscriptable; perhaps you missed a comma?");
            return self.warn(container.loc, message);
        }
        let index = type_of(index).filter(|index| !matches!(*index, "int" | "bool"));
        if let Some(index) = index
            && matches!(name, "str" | "bytes" | "tuple" | "list")
        {
            let message = format!(
                "{name} indices must be integers or slices, not {index}; perhaps you missed a comma?"
            );
            self.warn(container.loc, message);
        }
    }

    /// `assert (x, "message")`
    pub(super) fn warn_of_assertion(&mut self, test: &Expr, loc: Loc) {
        let is_tuple = match &test.kind {
            ExprKind::Tuple { elts, .. } => !elts.is_empty(),
            ExprKind::Constant(Const::Tuple(items)) => !items.is_empty(),
            _ => false,
        };
        if is_tuple {
            let message = "assertion is always true, perhaps remove parentheses?";
            self.warn(loc, message.into());
        }
    }
}

/// The type of a constant that has no identity of its own.
fn literal_type(expr: &Expr) -> Option<&'static str> {
    match &expr.kind {
        ExprKind::Constant(Const::None | Const::Bool(_) | Const::Ellipsis) => None,
        ExprKind::Constant(_) => type_of(expr),
        _ => None,
    }
}

/// The type that an expression surely has.
fn type_of(expr: &Expr) -> Option<&'static str> {
    Some(match &expr.kind {
        ExprKind::Tuple { .. } => "tuple",
        ExprKind::List { .. } => "list",
        ExprKind::Dict { .. } => "dict",
        ExprKind::Set(_) => "set",
        ExprKind::Comp(comp) => match comp.kind {
            CompKind::List => "list",
            CompKind::Set => "set",
            CompKind::Dict => "dict",
            CompKind::Generator => "generator",
        },
        ExprKind::Lambda { .. } => "function",
        ExprKind::JoinedStr(_) | ExprKind::FormattedValue { .. } => "str",
        ExprKind::TemplateStr(_) | ExprKind::Interpolation { .. } => "string.templatelib.Template",
        ExprKind::Constant(value) => match value {
            Const::None => "NoneType",
            Const::Ellipsis => "ellipsis",
            Const::Bool(_) => "bool",
            Const::Int(_) => "int",
            Const::Float(_) => "float",
            Const::Complex(..) => "complex",
            Const::Str(_) => "str",
            Const::Bytes(_) => "bytes",
            Const::Tuple(_) => "tuple",
            Const::FrozenSet(_) => "frozenset",
            Const::Code(_) => return None,
        },
        _ => return None,
    })
}
