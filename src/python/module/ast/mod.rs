//! The syntax tree as Python objects: `compile(…, flags=ast.PyCF_ONLY_AST)`, on which `ast.parse` is built.
//! The classes are those of the module `_ast`. CPython: Python/Python-ast.c, `ast2obj_…`.

mod expr;
mod stmt;

use crate::python::code::Const;
use crate::python::compiler::ast::{Loc, Module};
use crate::python::compiler::{self, Mode, names};
use crate::python::memory::{Addr, Own};
use crate::python::object::{int, list, object, str};
use crate::python::vm::{PyResult, Vm, program};
use std::collections::HashMap;

/// The tree of a source.
///
/// # Errors
/// `SyntaxError`
pub fn parse(vm: &mut Vm, text: &str, filename: &str, mode: &str) -> PyResult<Own> {
    let kind = match mode {
        "eval" => Mode::Eval,
        "single" => Mode::Single,
        _ => Mode::Exec,
    };
    let tree = match compiler::tree(text, kind) {
        Ok(tree) => tree,
        Err(error) => return Err(vm.raise_syntax_error(&error, filename)),
    };
    let module = vm.import_module("_ast")?;
    let mut builder = Builder {
        vm,
        names: &tree.names,
        module: module.addr(),
        classes: HashMap::new(),
    };
    let made = match &tree.module {
        Module::Expression(body) => {
            let body = builder.expr(body)?;
            builder.node("Expression", None, vec![("body", body)])
        }
        Module::Statements(body) if kind == Mode::Single => {
            let body = builder.stmts(body)?;
            builder.node("Interactive", None, vec![("body", body)])
        }
        Module::Statements(body) => {
            let body = builder.stmts(body)?;
            let ignores = list::new(builder.vm);
            let fields = vec![("body", body), ("type_ignores", ignores)];
            builder.node("Module", None, fields)
        }
    };
    let classes = builder.classes;
    for class in classes.into_values() {
        vm.decref(class);
    }
    vm.decref(module);
    made
}

/// Makes the nodes of one tree.
struct Builder<'a> {
    vm: &'a mut Vm,
    names: &'a names::Names,
    /// The module `_ast`.
    module: Addr,
    /// Its classes by name, as they are needed.
    classes: HashMap<&'static str, Own>,
}

impl Builder<'_> {
    fn class(&mut self, name: &'static str) -> PyResult<Addr> {
        if let Some(known) = self.classes.get(name) {
            return Ok(known.addr());
        }
        let class = self.vm.get_attr_name(self.module, name)?;
        let address = class.addr();
        self.classes.insert(name, class);
        Ok(address)
    }

    /// A node with its fields and, where it has one, its place.
    fn node(
        &mut self,
        name: &'static str,
        loc: Option<Loc>,
        fields: Vec<(&'static str, Own)>,
    ) -> PyResult<Own> {
        let class = self.class(name)?;
        let node = object::generic_alloc(self.vm, class, 0)?;
        for (field, value) in fields {
            if field == "type_params" && !self.vm.profile.has_type_params {
                self.vm.decref(value);
                continue;
            }
            self.vm.set_attr_name(node.addr(), field, value.addr())?;
            self.vm.decref(value);
        }
        if let Some(loc) = loc {
            for (field, number) in [
                ("lineno", loc.line),
                ("col_offset", loc.col),
                ("end_lineno", loc.end_line),
                ("end_col_offset", loc.end_col),
            ] {
                let number = int::new(self.vm, i64::from(number));
                self.vm.set_attr_name(node.addr(), field, number.addr())?;
                self.vm.decref(number);
            }
        }
        Ok(node)
    }

    /// A node without fields: an operator, a context.
    fn leaf(&mut self, name: &'static str) -> PyResult<Own> {
        self.node(name, None, Vec::new())
    }

    fn ident(&mut self, name: names::Sym) -> Own {
        str::intern(self.vm, self.names.str(name))
    }

    fn maybe_ident(&mut self, name: Option<names::Sym>) -> Own {
        match name {
            Some(name) => self.ident(name),
            None => self.vm.none(),
        }
    }

    fn int(&mut self, number: i64) -> Own {
        int::new(self.vm, number)
    }

    fn constant(&mut self, value: &Const) -> PyResult<Own> {
        program::constant(self.vm, value)
    }

    /// A list of what `f` makes of each item.
    fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut f: impl FnMut(&mut Self, T) -> PyResult<Own>,
    ) -> PyResult<Own> {
        let mut made = Vec::new();
        for item in items {
            made.push(f(self, item)?);
        }
        list::from_owned(self.vm, made)
    }

    /// What `f` makes of an item, or `None`.
    fn maybe<T>(
        &mut self,
        item: Option<T>,
        f: impl FnOnce(&mut Self, T) -> PyResult<Own>,
    ) -> PyResult<Own> {
        match item {
            Some(item) => f(self, item),
            None => Ok(self.vm.none()),
        }
    }
}
