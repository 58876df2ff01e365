//! `_scopes`: the symbol tables of a source as rows, for `_symtable` (`lib/overlay/_symtable.py`). CPython:
//! Modules/symtablemodule.c.

use super::NativeModule;
use crate::python::compiler::symtable::{BlockKind, Row};
use crate::python::compiler::{self, Mode};
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, dict, int, list, str, tuple};
use crate::python::vm::{Args, PyResult, Vm};

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "_scopes",
    methods: &[Method::new("rows", "(source, filename, mode, /)", rows)],
    types: &[],
    init: |_, _| Ok(()),
};

/// `(kind, name, line, nested, children, varnames, {name: (flags, scope)})` of each scope.
fn rows(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let mut texts = [const { String::new() }; 3];
    for (at, text) in texts.iter_mut().enumerate() {
        let given = args.get(vm, at);
        str::arg::string(vm, "symtable", "argument", given)?;
        *text = str::to_rust(vm, given);
    }
    let [source, filename, mode] = texts;
    let mode = match mode.as_str() {
        "eval" => Mode::Eval,
        "single" => Mode::Single,
        _ => Mode::Exec,
    };
    let options = compiler::Options {
        version: vm.profile.version,
        ..compiler::Options::default()
    };
    let found = match compiler::scopes(&source, mode, &options) {
        Ok(found) => found,
        Err(error) => return Err(vm.raise_syntax_error(&error, &filename)),
    };
    let rows = list::new(vm);
    for row in found {
        let row = object_of(vm, &row)?;
        list::append(vm, rows.addr(), row)?;
    }
    Ok(rows)
}

fn object_of(vm: &mut Vm, row: &Row) -> PyResult<Own> {
    let kind = match row.kind {
        BlockKind::Function => 0,
        BlockKind::Class => 1,
        BlockKind::Module => 2,
        BlockKind::Annotation | BlockKind::Deferred => 3,
        BlockKind::TypeAlias => 4,
        BlockKind::TypeParameters => 5,
        BlockKind::TypeVariable => 6,
    };
    let children = row.children.iter().map(|child| int::from_usize(vm, *child));
    let children: Vec<Own> = children.collect();
    let varnames: Vec<Own> = row
        .varnames
        .iter()
        .map(|name| str::intern(vm, name))
        .collect();
    let symbols = dict::new(vm);
    for (name, flags, scope) in &row.symbols {
        let flags = int::new(vm, i64::from(*flags));
        let scope = int::new(vm, i64::from(*scope));
        let pair = tuple::pair(vm, flags, scope);
        dict::set_name(vm, symbols.addr(), name, pair);
    }
    let parts = vec![
        int::new(vm, kind),
        str::new(vm, &row.name),
        int::new(vm, i64::from(row.line)),
        int::new(vm, i64::from(row.nested)),
        list::from_owned(vm, children)?,
        list::from_owned(vm, varnames)?,
        symbols,
    ];
    Ok(tuple::from_owned(vm, parts))
}
