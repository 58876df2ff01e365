//! Classes.

use super::unit::UnitKind;
use super::{Compiler, IrOp, Op};
use crate::python::code::{Const, PyStr, intrinsic1};
use crate::python::compiler::ast::{ClassDef, Loc};
use crate::python::compiler::fail::Result;
use crate::python::compiler::symtable::Scoping;
use num_bigint::BigInt;

impl<'a> Compiler<'a> {
    pub(super) fn class(&mut self, def: &'a ClassDef, loc: Loc) -> Result<()> {
        self.exprs(&def.decorators)?;
        let first_line = def
            .decorators
            .first()
            .map_or(loc.line, |first| first.loc.line);
        let generic = !def.type_params.is_empty();
        let type_params = self.names.intern(".type_params");
        if generic {
            self.enter_type_params(def.name, def.type_scope, first_line);
            self.unit().private = Some(def.name);
            self.type_params(&def.type_params)?;
            self.store_name(type_params, loc)?;
        }
        self.class_body(def, first_line, loc)?;
        if generic {
            let base = self.names.intern(".generic_base");
            self.load_name(type_params, loc)?;
            self.op(Op::CallIntrinsic1, intrinsic1::SUBSCRIPT_GENERIC, loc);
            self.store_name(base, loc)?;
            self.arguments(2, &def.bases, Some(base), &def.keywords, loc)?;
            let code = self.leave(false);
            self.closure(code, 0, loc);
            self.op0(Op::PushNull, loc);
            self.op(Op::Call, 0, loc);
        } else {
            self.arguments(2, &def.bases, None, &def.keywords, loc)?;
        }
        self.decorate(&def.decorators);
        self.store_name(def.name, loc)
    }

    /// The function that runs the class's body, and the first two arguments of `__build_class__`.
    fn class_body(&mut self, def: &'a ClassDef, first_line: i32, stmt_loc: Loc) -> Result<()> {
        let scope = self.table.index(def.scope);
        self.enter(def.name, UnitKind::Class, scope, first_line);
        self.unit().private = Some(def.name);
        let loc = Loc::line(first_line);
        self.copy_name("__name__", "__module__", loc)?;
        let qualname = self.unit().qualname.clone();
        self.load_const(Const::Str(PyStr::Utf8(qualname.into())), loc);
        self.store_text("__qualname__", loc)?;
        if self.options.version.profile().classes_know_source {
            self.load_const(Const::Int(BigInt::from(first_line)), loc);
            self.store_text("__firstlineno__", loc)?;
        }
        if !def.type_params.is_empty() {
            self.copy_name(".type_params", "__type_params__", loc)?;
        }
        if self.scope().needs_classdict {
            let classdict = self.names.intern("__classdict__");
            let index = self.deref_index(classdict, Scoping::Cell);
            self.op0(Op::LoadLocals, loc);
            self.op(Op::StoreDeref, index, loc);
        }
        self.body(&def.body, loc)?;
        self.class_end()?;
        let code = self.leave(true);
        self.op0(Op::LoadBuildClass, stmt_loc);
        self.op0(Op::PushNull, stmt_loc);
        self.closure(code, 0, stmt_loc);
        let name = self.text(def.name);
        self.load_const(name, stmt_loc);
        Ok(())
    }

    fn class_end(&mut self) -> Result<()> {
        let attributes = std::mem::take(&mut self.unit().static_attributes);
        let mut attributes = super::scope::set_order(&self.names, &attributes.order);
        if self.options.version.profile().static_attributes_are_keys {
            attributes.sort_unstable_by_key(|name| self.names.str(*name));
        }
        let attributes = attributes.into_iter().map(|name| self.text(name)).collect();
        if self.options.version.profile().classes_know_source {
            self.load_const(Const::Tuple(attributes), Loc::NONE);
            self.store_text("__static_attributes__", Loc::NONE)?;
        }
        let (needs_dict, needs_class) = (
            self.scope().needs_classdict,
            self.scope().needs_class_closure,
        );
        if needs_dict {
            self.load_cell("__classdict__");
            self.store_text("__classdictcell__", Loc::NONE)?;
        }
        if needs_class {
            self.load_cell("__class__");
            self.op(Op::Copy, 1, Loc::NONE);
            self.store_text("__classcell__", Loc::NONE)?;
        } else {
            self.load_none(Loc::NONE);
        }
        self.op0(Op::ReturnValue, Loc::NONE);
        Ok(())
    }

    fn load_cell(&mut self, name: &str) {
        let name = self.names.intern(name);
        let index = self.deref_index(name, Scoping::Cell);
        self.emit(IrOp::LoadClosure, index, Loc::NONE);
    }

    fn copy_name(&mut self, from: &str, to: &str, loc: Loc) -> Result<()> {
        let from = self.names.intern(from);
        self.load_name(from, loc)?;
        self.store_text(to, loc)
    }

    fn store_text(&mut self, name: &str, loc: Loc) -> Result<()> {
        let name = self.names.intern(name);
        self.store_name(name, loc)
    }
}
