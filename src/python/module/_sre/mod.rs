//! `_sre`: the engine of regular expressions. The pattern's text is compiled by the pure-Python `re._compiler`;
//! this executes the code words. CPython: Modules/_sre/.

mod charset;
pub mod match_object;
mod matcher;
mod methods;
mod opcode;
pub mod pattern;
pub mod scanner;
mod search;
mod subject;
pub mod template;

use super::{NativeModule, add_int, add_str};
use crate::python::memory::Addr;
use crate::python::object::{Method, int};
use crate::python::vm::{Args, PyResult, Vm};

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "_sre",
    methods: &[
        Method::new(
            "compile",
            "(pattern, flags, code, groups, groupindex, indexgroup)",
            pattern::compile,
        ),
        Method::new("template", "(pattern, template, /)", template::new),
        Method::new("getcodesize", "()", |vm, _, _| Ok(int::new(vm, 4))),
        Method::new("ascii_iscased", "(character, /)", |vm, _, args| {
            let point = character(vm, args)?;
            Ok(vm.bool(point < 128 && (point as u8).is_ascii_alphabetic()))
        }),
        Method::new("unicode_iscased", "(character, /)", |vm, _, args| {
            let point = character(vm, args)?;
            let cased =
                charset::lower_unicode(point) != point || charset::upper_unicode(point) != point;
            Ok(vm.bool(cased))
        }),
        Method::new("ascii_tolower", "(character, /)", |vm, _, args| {
            let point = character(vm, args)?;
            Ok(int::new(vm, i64::from(charset::lower_ascii(point))))
        }),
        Method::new("unicode_tolower", "(character, /)", |vm, _, args| {
            let point = character(vm, args)?;
            Ok(int::new(vm, i64::from(charset::lower_unicode(point))))
        }),
    ],
    types: &[],
    init,
};

fn character(vm: &mut Vm, args: Args) -> PyResult<u32> {
    Ok(super::int_argument(vm, args.get(vm, 0))? as u32)
}

fn init(vm: &mut Vm, module: Addr) -> PyResult<()> {
    for (name, value) in [
        ("MAGIC", opcode::MAGIC),
        ("CODESIZE", 4),
        ("MAXREPEAT", i64::from(opcode::MAXREPEAT)),
        ("MAXGROUPS", i64::from(opcode::MAXGROUPS)),
    ] {
        add_int(vm, module, name, value);
    }
    add_str(
        vm,
        module,
        "copyright",
        " SRE 2.2.2 Copyright (c) 1997-2002 by Secret Labs AB ",
    );
    Ok(())
}
