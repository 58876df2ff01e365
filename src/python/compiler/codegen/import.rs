//! `import` and `from … import`.

use super::{Compiler, Op};
use crate::python::code::{Const, intrinsic1};
use crate::python::compiler::ast::{Alias, Loc};
use crate::python::compiler::fail::Result;
use crate::python::compiler::names::Sym;
use num_bigint::BigInt;

impl Compiler<'_> {
    pub(super) fn import(&mut self, names: &[Alias], loc: Loc) -> Result<()> {
        for alias in names {
            self.load_const(Const::Int(BigInt::ZERO), loc);
            self.load_none(loc);
            self.op_import(Op::ImportName, alias.name, loc);
            match alias.asname {
                Some(asname) => self.import_as(alias.name, asname, loc)?,
                None => {
                    let text = self.names.text(alias.name);
                    let first = self.names.intern(text.split('.').next().unwrap_or(&text));
                    self.store_name(first, loc)?;
                }
            }
        }
        Ok(())
    }

    /// `import a.b.c as d` binds the innermost module.
    fn import_as(&mut self, name: Sym, asname: Sym, loc: Loc) -> Result<()> {
        let text = self.names.text(name);
        let mut parts = text.split('.').skip(1).peekable();
        if parts.peek().is_none() {
            return self.store_name(asname, loc);
        }
        while let Some(part) = parts.next() {
            let part = self.names.intern(part);
            self.op_import(Op::ImportFrom, part, loc);
            if parts.peek().is_some() {
                self.op(Op::Swap, 2, loc);
                self.op0(Op::PopTop, loc);
            }
        }
        self.store_name(asname, loc)?;
        self.op0(Op::PopTop, loc);
        Ok(())
    }

    pub(super) fn import_from(
        &mut self,
        module: Option<Sym>,
        names: &[Alias],
        level: u32,
        loc: Loc,
    ) -> Result<()> {
        if level == 0
            && module.is_some_and(|module| self.names.str(module) == "__future__")
            && loc.line > self.future.last_line
        {
            return self.error(
                "from __future__ imports must occur at the beginning of the file",
                loc,
            );
        }
        self.load_const(Const::Int(BigInt::from(level)), loc);
        let list = names.iter().map(|alias| self.text(alias.name)).collect();
        self.load_const(Const::Tuple(list), loc);
        let module = module.unwrap_or_else(|| self.names.intern(""));
        self.op_import(Op::ImportName, module, loc);
        for alias in names {
            if self.names.str(alias.name) == "*" {
                self.op(Op::CallIntrinsic1, intrinsic1::IMPORT_STAR, loc);
                self.op0(Op::PopTop, Loc::NONE);
                return Ok(());
            }
            self.op_import(Op::ImportFrom, alias.name, loc);
            self.store_name(alias.asname.unwrap_or(alias.name), loc)?;
        }
        self.op0(Op::PopTop, loc);
        Ok(())
    }

    /// What is imported is named as written, also in a class.
    fn op_import(&mut self, op: Op, name: Sym, loc: Loc) {
        let index = self.unit().names.add(name);
        self.op(op, index, loc);
    }
}
