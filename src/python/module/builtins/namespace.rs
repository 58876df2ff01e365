//! `globals`, `locals`, `vars`, `dir`, `compile`, `eval`, `exec`, `__import__`.

use crate::python::memory::{Addr, Own};
use crate::python::object::{
    self, NONE, bytes, dict, flags, frame, function, list, str, tuple, types,
};
use crate::python::vm::{Args, PyResult, Vm};

pub(super) fn globals(vm: &mut Vm, _: Addr, _: Args) -> PyResult<Own> {
    match vm.frame_globals().some() {
        Some(globals) => Ok(vm.incref(globals)),
        None => Ok(vm.none()),
    }
}

pub(super) fn locals(vm: &mut Vm, _: Addr, _: Args) -> PyResult<Own> {
    vm.current_locals()
}

pub(super) fn vars(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let Some(object) = args.opt(vm, 0) else {
        return vm.current_locals();
    };
    match vm.get_attr_opt(object, vm.names.__dict__)? {
        Some(namespace) => Ok(namespace),
        None => Err(vm.type_error("vars() argument must have __dict__ attribute")),
    }
}

pub(super) fn dir(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let names = match args.opt(vm, 0) {
        None => {
            let locals = vm.current_locals()?;
            let keys = vm.call_method(locals.addr(), vm.names.keys, &[])?;
            vm.decref(locals);
            keys
        }
        Some(object) => {
            let Some(method) = vm.lookup_special(object, vm.names.__dir__)? else {
                return Err(vm.type_error("object does not provide __dir__"));
            };
            let names = vm.call(method.addr(), &[])?;
            vm.decref(method);
            names
        }
    };
    let sorted = list::from_iterable(vm, names.addr())?;
    vm.decref(names);
    list::sort(vm, sorted.addr(), Addr::NULL, false)?;
    Ok(sorted)
}

/// The text of `compile`'s, `eval`'s and `exec`'s first argument.
fn source_text(vm: &mut Vm, source: Addr, function: &str, also: &str) -> PyResult<String> {
    if vm.has_flag(source, flags::UNICODE_SUBCLASS) {
        return Ok(str::to_rust(vm, source));
    }
    if vm.has_flag(source, flags::BYTES_SUBCLASS) {
        let raw = bytes::as_slice(vm, source).to_vec();
        let raw = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&raw);
        return Ok(String::from_utf8_lossy(raw).into_owned());
    }
    Err(vm.type_error(format!(
        "{function}() arg 1 must be a string, bytes or {also} object"
    )))
}

pub(super) fn compile(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (source, filename, mode) = (args.get(vm, 0), args.get(vm, 1), args.get(vm, 2));
    let filename = if vm.has_flag(filename, flags::UNICODE_SUBCLASS) {
        str::to_rust(vm, filename)
    } else if vm.has_flag(filename, flags::BYTES_SUBCLASS) {
        String::from_utf8_lossy(bytes::as_slice(vm, filename)).into_owned()
    } else {
        let name = vm.type_name(filename);
        return Err(vm.type_error(format!(
            "expected str, bytes or os.PathLike object, not {name}"
        )));
    };
    if !vm.has_flag(mode, flags::UNICODE_SUBCLASS) {
        let name = vm.type_name(mode);
        return Err(vm.type_error(format!("compile() argument 'mode' must be str, not {name}")));
    }
    let mode = str::to_rust(vm, mode);
    let text = source_text(vm, source, "compile", "AST")?;
    if !matches!(mode.as_str(), "exec" | "eval" | "single") {
        return Err(vm.value_error("compile() mode must be 'exec', 'eval' or 'single'"));
    }
    let flags = match args.opt(vm, 3) {
        Some(flags) => crate::python::module::int_argument(vm, flags)?,
        None => 0,
    };
    if flags & ONLY_AST != 0 {
        return crate::python::module::ast::parse(vm, &text, &filename, &mode);
    }
    vm.compile_source(&text, &filename, &mode)
}

/// `PyCF_ONLY_AST`
const ONLY_AST: i32 = 0x400;

pub(super) fn eval(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let source = args.get(vm, 0);
    let (globals, locals) = namespaces(vm, args, "eval")?;
    let result = if vm.is_code(source) {
        let free = vm
            .program(source)
            .code
            .localsplus
            .iter()
            .any(|(_, kind)| kind.free);
        if free {
            return Err(
                vm.type_error("code object passed to eval() may not contain free variables")
            );
        }
        vm.run_code(source, globals.addr(), locals.addr())
    } else {
        let text = source_text(vm, source, "eval", "code")?;
        let text = text.trim_start_matches([' ', '\t']);
        vm.run_source(text, "<string>", "eval", globals.addr(), locals.addr())
    };
    vm.decref(globals);
    vm.decref(locals);
    result
}

pub(super) fn exec(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let source = args.get(vm, 0);
    let closure = args.opt(vm, 3).filter(|closure| *closure != NONE);
    let (globals, locals) = namespaces(vm, args, "exec")?;
    let result = if vm.is_code(source) {
        exec_code(vm, source, closure, globals.addr(), locals.addr())
    } else {
        if closure.is_some() {
            return Err(vm.type_error("closure can only be used when source is a code object"));
        }
        let text = source_text(vm, source, "exec", "code")?;
        vm.run_source(&text, "<string>", "exec", globals.addr(), locals.addr())
    };
    vm.decref(globals);
    vm.decref(locals);
    let value = result?;
    vm.decref(value);
    Ok(vm.none())
}

fn exec_code(
    vm: &mut Vm,
    code: Addr,
    closure: Option<Addr>,
    globals: Addr,
    locals: Addr,
) -> PyResult<Own> {
    let free = vm
        .program(code)
        .code
        .localsplus
        .iter()
        .filter(|(_, kind)| kind.free)
        .count();
    let Some(closure) = closure else {
        return match free {
            0 => vm.run_code(code, globals, locals),
            count => Err(vm.type_error(format!(
                "code object requires a closure of exactly length {count}"
            ))),
        };
    };
    if free == 0 {
        return Err(vm.type_error("cannot use a closure with this code object"));
    }
    if !vm.has_flag(closure, flags::TUPLE_SUBCLASS) || tuple::len(vm, closure) != free {
        return Err(vm.type_error(format!(
            "code object requires a closure of exactly length {free}"
        )));
    }
    let function = function::new(vm, code, globals)?;
    let closure = vm.incref(closure);
    vm.set_field(function.addr(), function::CLOSURE, Some(closure));
    let result = vm.run_code_of(function.addr(), locals);
    vm.decref(function);
    result
}

/// The globals and locals that `eval` and `exec` run with.
fn namespaces(vm: &mut Vm, args: Args, name: &str) -> PyResult<(Own, Own)> {
    let given = |vm: &Vm, i: usize| args.opt(vm, i).filter(|value| *value != NONE);
    let (globals, locals) = (given(vm, 1), given(vm, 2));
    if let Some(locals) = locals {
        let is_mapping = vm.slots(locals).mp_subscript.is_some();
        if !is_mapping {
            return Err(vm.type_error(match name {
                "eval" => "locals must be a mapping".to_owned(),
                _ => format!(
                    "locals must be a mapping or None, not {}",
                    vm.type_name(locals)
                ),
            }));
        }
    }
    if let Some(globals) = globals
        && !vm.has_flag(globals, flags::DICT_SUBCLASS)
    {
        let got = vm.type_name(globals);
        return Err(vm.type_error(match name {
            "eval" => "globals must be a real dict; try eval(code, {}, mapping)".to_owned(),
            _ => format!("exec() globals must be a dict, not {got}"),
        }));
    }
    let globals_own = match globals {
        Some(globals) => vm.incref(globals),
        None => {
            let globals = vm.frame_globals();
            vm.incref(globals)
        }
    };
    let locals_own = match (locals, globals) {
        (Some(locals), _) => vm.incref(locals),
        (None, Some(globals)) => vm.incref(globals),
        (None, None) => vm.current_locals()?,
    };
    let name = vm.names.__builtins__;
    if dict::get(vm, globals_own.addr(), name)?.is_none() {
        let builtins = vm.frame_builtins();
        dict::set(vm, globals_own.addr(), name, builtins)?;
    }
    Ok((globals_own, locals_own))
}

pub(super) fn import(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let name = args.get(vm, 0);
    if !vm.has_flag(name, flags::UNICODE_SUBCLASS) {
        let text = match vm.profile.messages.import_names_type {
            false => "module name must be a string".to_owned(),
            true => {
                let got = object::str::arg::type_text(vm, name);
                format!("__import__() argument 1 must be str, not {got}")
            }
        };
        return Err(vm.type_error(text));
    }
    let globals = args.opt(vm, 1).unwrap_or(NONE);
    let from_list = args.opt(vm, 3).unwrap_or(object::EMPTY_TUPLE);
    let level = match args.opt(vm, 4) {
        Some(level) => vm.index_value(level, types::OVERFLOW_ERROR)?,
        None => 0,
    };
    vm.import_module_level(name, globals, from_list, level)
}

impl Vm {
    /// `locals()` of the running frame: a new reference.
    pub(crate) fn current_locals(&mut self) -> PyResult<Own> {
        let Some(index) = self.frames.len().checked_sub(1) else {
            return Err(self.system_error("frame does not exist"));
        };
        frame::locals_of(self, index)
    }
}
