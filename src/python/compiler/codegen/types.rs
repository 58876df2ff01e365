//! Type parameters (PEP 695, defaults: PEP 696) and the `type` statement.

use super::unit::UnitKind;
use super::{Compiler, Op};
use crate::python::code::{Const, intrinsic1, intrinsic2};
use crate::python::compiler::ast::*;
use crate::python::compiler::fail::Result;
use crate::python::compiler::names::Sym;

impl<'a> Compiler<'a> {
    /// Enters the scope in which the type parameters of `name` live.
    pub(super) fn enter_type_params(&mut self, name: Sym, scope: ScopeId, first_line: i32) {
        let text = format!("<generic parameters of {}>", self.names.str(name));
        let text = self.names.intern(&text);
        let scope = self.table.index(scope);
        self.enter(text, UnitKind::TypeParams, scope, first_line);
    }

    /// Makes the type parameters and leaves them on the stack as a tuple.
    pub(super) fn type_params(&mut self, params: &'a [TypeParam]) -> Result<()> {
        let mut seen_default = false;
        for param in params {
            let loc = param.loc;
            let name = self.text(param.name);
            self.load_const(name, loc);
            match &param.kind {
                TypeParamKind::TypeVar(scope, Some(bound)) => {
                    self.type_expr(*scope, param.name, bound)?;
                    let constraints = matches!(bound.kind, ExprKind::Tuple { .. })
                        || matches!(bound.as_constant(), Some(Const::Tuple(_)));
                    let intrinsic = if constraints {
                        intrinsic2::TYPEVAR_WITH_CONSTRAINTS
                    } else {
                        intrinsic2::TYPEVAR_WITH_BOUND
                    };
                    self.op(Op::CallIntrinsic2, intrinsic, loc);
                }
                TypeParamKind::TypeVar(_, None) => {
                    self.op(Op::CallIntrinsic1, intrinsic1::TYPEVAR, loc)
                }
                TypeParamKind::TypeVarTuple => {
                    self.op(Op::CallIntrinsic1, intrinsic1::TYPEVARTUPLE, loc)
                }
                TypeParamKind::ParamSpec => self.op(Op::CallIntrinsic1, intrinsic1::PARAMSPEC, loc),
            }
            if let Some(default) = &param.default {
                seen_default = true;
                self.type_expr(param.default_scope, param.name, default)?;
                self.op(Op::CallIntrinsic2, intrinsic2::SET_TYPEPARAM_DEFAULT, loc);
            } else if seen_default {
                let name = self.names.str(param.name);
                let message =
                    format!("non-default type parameter '{name}' follows default type parameter");
                return self.error(message, loc);
            }
            self.op(Op::Copy, 1, loc);
            self.store_name(param.name, loc)?;
        }
        let loc = params.first().map_or(Loc::NONE, |first| first.loc);
        self.op(Op::BuildTuple, params.len() as u32, loc);
        Ok(())
    }

    /// A bound or default: a function that gives it when somebody asks.
    fn type_expr(&mut self, scope: ScopeId, name: Sym, value: &'a Expr) -> Result<()> {
        let scope = self.table.index(scope);
        self.enter(name, UnitKind::TypeParams, scope, value.loc.line);
        match &value.kind {
            // `*Ts = *tuple[int, ...]`
            ExprKind::Starred { value: inner, .. } => {
                self.expr(inner)?;
                self.op(Op::UnpackSequence, 1, value.loc);
            }
            _ => self.expr(value)?,
        }
        self.op0(Op::ReturnValue, value.loc);
        let code = self.leave(true);
        self.closure(code, 0, value.loc);
        Ok(())
    }

    pub(super) fn type_alias(
        &mut self,
        scope: ScopeId,
        type_scope: ScopeId,
        name: &'a Expr,
        params: &'a [TypeParam],
        value: &'a Expr,
        loc: Loc,
    ) -> Result<()> {
        let ExprKind::Name { id, .. } = name.kind else {
            return self.error("invalid syntax", loc);
        };
        let generic = !params.is_empty();
        if generic {
            self.enter_type_params(id, type_scope, loc.line);
            let text = self.text(id);
            self.load_const(text, loc);
            self.type_params(params)?;
        } else {
            let text = self.text(id);
            self.load_const(text, loc);
            self.load_none(loc);
        }
        let scope = self.table.index(scope);
        self.enter(id, UnitKind::Function, scope, loc.line);
        self.no_docstring();
        self.expr(value)?;
        self.op0(Op::ReturnValue, loc);
        let code = self.leave(false);
        self.closure(code, 0, loc);
        self.op(Op::BuildTuple, 3, loc);
        self.op(Op::CallIntrinsic1, intrinsic1::TYPEALIAS, loc);
        if generic {
            let code = self.leave(false);
            self.closure(code, 0, loc);
            self.op0(Op::PushNull, loc);
            self.op(Op::Call, 0, loc);
        }
        self.store_name(id, loc)
    }
}
