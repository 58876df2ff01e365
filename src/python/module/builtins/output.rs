//! `print`, `input`, `open`.

use crate::python::memory::{Addr, Own};
use crate::python::object::{NONE, flags, str, types};
use crate::python::vm::{Args, PyResult, Vm};

fn text_option(vm: &mut Vm, value: Addr, name: &str) -> PyResult<Option<Addr>> {
    match value.some().filter(|value| *value != NONE) {
        None => Ok(None),
        Some(value) if vm.has_flag(value, flags::UNICODE_SUBCLASS) => Ok(Some(value)),
        Some(value) => {
            let got = vm.type_name(value);
            Err(vm.type_error(format!("{name} must be None or a string, not {got}")))
        }
    }
}

pub(super) fn print(vm: &mut Vm, module: Addr, args: Args) -> PyResult<Own> {
    // In some versions a tuple holds what is printed.
    if !vm.profile.print_makes_tuple || args.is_empty() {
        return print_arguments(vm, module, args);
    }
    let positional = Args::new(args.base(), args.len(), 0, Addr::NULL);
    // It makes a tuple of its own, even of what came from one.
    vm.tuple_base = Addr::NULL;
    let held = vm.hold_arguments(positional)?;
    let result = print_arguments(vm, module, args);
    vm.drop_arguments(held);
    result
}

fn print_arguments(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let mut options = [Addr::NULL; 4];
    if args.keyword_count() > 0 {
        options = args.bind(
            vm,
            "print",
            "(*args, sep=' ', end='\\n', file=None, flush=False)",
        )?;
    }
    let [sep, end, file, flush] = options;
    let (sep, end) = (text_option(vm, sep, "sep")?, text_option(vm, end, "end")?);
    let file = file.some().filter(|file| *file != NONE);
    let target = match file {
        Some(file) => vm.incref(file),
        None => {
            let stdout = match vm.sys_attribute(vm.names.stdout)? {
                Some(stdout) => stdout,
                None if vm.stdout_object.is_null() => vm.none(),
                None => return Err(vm.runtime_error("lost sys.stdout")),
            };
            let bare = vm.stdout_object.is_null();
            if stdout.addr() == NONE && !bare {
                vm.decref(stdout);
                return Ok(vm.none());
            }
            stdout
        }
    };
    // The plain standard output takes text without a call of `write` for each piece.
    if vm.is_plain_stdout(target.addr()) || (file.is_none() && target.addr() == NONE) {
        let mut line = String::new();
        for i in 0..args.len() {
            if i > 0 {
                push_text(vm, &mut line, sep, " ");
            }
            let item = args.get(vm, i);
            let text = if vm.is_exact_str(item) {
                vm.incref(item)
            } else {
                match vm.str(item) {
                    Ok(text) => text,
                    Err(raised) => {
                        // What came before was written one by one.
                        vm.print_text(&line)?;
                        return Err(raised);
                    }
                }
            };
            if let Some(bad) = surrogate(vm, text.addr()) {
                vm.print_text(&line)?;
                return Err(vm.surrogate_error(text.addr(), bad));
            }
            line.push_str(&str::to_rust(vm, text.addr()));
            vm.decref(text);
        }
        push_text(vm, &mut line, end, "\n");
        vm.print_text(&line)?;
        vm.decref(target);
        return Ok(vm.none());
    }
    for i in 0..args.len() {
        if i > 0 {
            write(vm, target.addr(), sep, " ")?;
        }
        let item = args.get(vm, i);
        let text = vm.str(item)?;
        write(vm, target.addr(), Some(text.addr()), "")?;
        vm.decref(text);
    }
    write(vm, target.addr(), end, "\n")?;
    if !flush.is_null() && vm.is_true(flush)? {
        let result = vm.call_method(target.addr(), vm.names.flush, &[])?;
        vm.decref(result);
    }
    vm.decref(target);
    Ok(vm.none())
}

fn push_text(vm: &Vm, line: &mut String, text: Option<Addr>, default: &str) {
    match text {
        Some(text) => line.push_str(&str::to_rust(vm, text)),
        None => line.push_str(default),
    }
}

fn write(vm: &mut Vm, file: Addr, text: Option<Addr>, default: &str) -> PyResult<()> {
    let text = match text {
        Some(text) => vm.incref(text),
        None => str::new(vm, default),
    };
    let result = vm.call_method(file, vm.names.write, &[text.addr()])?;
    vm.decref(result);
    vm.decref(text);
    Ok(())
}

/// Where a lone surrogate stands in a string, which UTF-8 cannot hold.
fn surrogate(vm: &Vm, text: Addr) -> Option<usize> {
    match str::view(vm, text) {
        str::View::Latin1(_) => None,
        str::View::Ucs2(units) => units
            .iter()
            .position(|unit| (0xD800..0xE000).contains(unit)),
        str::View::Ucs4(units) => units
            .iter()
            .position(|unit| (0xD800..0xE000).contains(unit)),
    }
}

/// There is nobody to type: standard input is empty.
pub(super) fn input(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    if let Some(prompt) = args.opt(vm, 0) {
        let text = str::text_of(vm, prompt)?;
        vm.print_text(&text)?;
    }
    Err(vm.error(types::EOF_ERROR, "EOF when reading a line"))
}

impl Vm {
    /// Raises the `UnicodeEncodeError` for a lone surrogate at `position` of `text`.
    fn surrogate_error(&mut self, text: Addr, position: usize) -> crate::python::vm::Raised {
        let encoding = str::new(self, "utf-8");
        let reason = str::new(self, "surrogates not allowed");
        let start = crate::python::object::int::new(self, position as i64);
        let end = crate::python::object::int::new(self, position as i64 + 1);
        let values = [
            encoding.addr(),
            text,
            start.addr(),
            end.addr(),
            reason.addr(),
        ];
        let result = self.call(types::UNICODE_ENCODE_ERROR, &values);
        for value in [encoding, reason, start, end] {
            self.decref(value);
        }
        match result {
            Ok(exception) => self.raise(exception),
            Err(raised) => raised,
        }
    }
}
