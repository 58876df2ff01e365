//! `_imp`: what `importlib` asks the machine about modules. CPython: Python/import.c.
//!
//! `_find`, `_source` and `_excerpt` are the machine's own: where the text of a library module lies, the text, and lines of
//! a traceback with their marks.

use super::{MODULES, NativeModule, is_native};
use crate::python::compiler::carets::{self, Span};
use crate::python::lib;
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, NONE, int, list, str, types};
use crate::python::vm::{Args, Found, PyResult, Vm};

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "_imp",
    methods: &[
        Method::new("is_builtin", "(name, /)", |vm, _, args| {
            let name = name(vm, args)?;
            let is = is_native(&name);
            Ok(crate::python::object::int::new(vm, i64::from(is)))
        }),
        Method::new("is_frozen", "(name, /)", |vm, _, args| {
            name(vm, args)?;
            Ok(vm.bool(false))
        }),
        Method::new("create_builtin", "(spec, /)", create_builtin),
        Method::new("exec_builtin", "(mod, /)", |vm, _, _| {
            Ok(crate::python::object::int::new(vm, 0))
        }),
        Method::new("lock_held", "()", |vm, _, _| Ok(vm.bool(false))),
        Method::new("acquire_lock", "()", |vm, _, _| Ok(vm.none())),
        Method::new("release_lock", "()", |vm, _, _| Ok(vm.none())),
        Method::new(
            "_override_frozen_modules_for_tests",
            "(override, /)",
            |vm, _, _| Ok(vm.none()),
        ),
        Method::new("extension_suffixes", "()", |vm, _, _| {
            let suffixes = [".cpython-313-x86_64-linux-gnu.so", ".abi3.so", ".so"];
            let suffixes = suffixes.map(|suffix| str::new(vm, suffix));
            list::from_owned(vm, suffixes.into_iter().collect())
        }),
        Method::new("_find", "(name, package=None, /)", |vm, _, args| {
            let name = name(vm, args)?;
            let package = args.opt(vm, 1).filter(|package| *package != NONE);
            let found = vm.find_module(&name, package)?;
            let source = lib::find(vm.profile.version, &name);
            Ok(match (found, source) {
                (Some(Found::File(path, _)), _) => str::new(vm, &path),
                (Some(Found::Folder(path)), _) => str::new(vm, &format!("{path}/")),
                (Some(Found::Library), Some(source)) => {
                    str::new(vm, &lib::path(vm.profile.version, &name, source.is_package))
                }
                _ => vm.none(),
            })
        }),
        Method::new("_source", "(path, /)", |vm, _, args| {
            let path = name(vm, args)?;
            match vm.source_of(&path).map(ToOwned::to_owned) {
                Some(text) => Ok(str::new(vm, &text)),
                None => Ok(vm.none()),
            }
        }),
        Method::new(
            "_excerpt",
            "(text, more_lines, column, end_column, /)",
            excerpt,
        ),
    ],
    types: &[],
    init: |_, _| Ok(()),
};

fn name(vm: &mut Vm, args: Args) -> PyResult<String> {
    let name = args.get(vm, 0);
    if !str::check(vm, name) {
        let got = vm.type_name(name);
        return Err(vm.type_error(format!("argument must be str, not {got}")));
    }
    Ok(str::to_rust(vm, name))
}

/// Source lines with what a traceback of this version marks in them. Columns are UTF-8 offsets.
fn excerpt(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let text = name(vm, args)?;
    let mut numbers = [0; 3];
    for (i, number) in numbers.iter_mut().enumerate() {
        let value = args.get(vm, i + 1);
        *number = int::as_i64(vm, value)
            .and_then(|value| u32::try_from(value).ok())
            .unwrap_or(0);
    }
    let [more, column, end_column] = numbers;
    let lines: Vec<&str> = text.lines().collect();
    let span = Span {
        line: 1,
        end_line: 1 + more.min(lines.len() as u32),
        columns: Some((column, end_column)),
    };
    let line_at = |line: u32| lines.get(line.checked_sub(1)? as usize).copied();
    let shown = carets::excerpt(line_at, span, vm.profile.traceback_style);
    Ok(str::new(vm, &shown))
}

fn create_builtin(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let name = vm.get_attr_name(args.get(vm, 0), "name")?;
    let text = if str::check(vm, name.addr()) {
        str::to_rust(vm, name.addr())
    } else {
        String::new()
    };
    vm.decref(name);
    match MODULES.iter().find(|module| module.name == text) {
        Some(_) => vm.import_module(&text),
        None => Err(vm.error(
            types::IMPORT_ERROR,
            format!("no built-in module named {text}"),
        )),
    }
}
