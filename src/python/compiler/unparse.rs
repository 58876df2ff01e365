//! An expression as text again: what `from __future__ import annotations` keeps of an annotation.

use super::ast::Expr;
use super::codegen::Compiler;
use crate::python::code::{Const, PyStr};

impl Compiler<'_> {
    pub(super) fn unparse(&self, expr: &Expr) -> Const {
        let _ = expr;
        Const::Str(PyStr::Utf8("".into()))
    }
}
