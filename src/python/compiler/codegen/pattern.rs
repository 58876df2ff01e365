//! `match`.

use super::Compiler;
use crate::python::compiler::ast::{Expr, MatchCase};
use crate::python::compiler::fail::Result;

impl<'a> Compiler<'a> {
    pub(super) fn match_stmt(&mut self, subject: &'a Expr, cases: &'a [MatchCase]) -> Result<()> {
        let _ = cases;
        self.error("match is on its way", subject.loc)
    }
}
