//! The engine's public face: Python text in, what it did out.

use super::memory::{Addr, Own};
use super::object::{dict, exception, module, str, types};
use super::vm::{Limits, Raised, Stop, Vm};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// Bytes of host stack that an interpreter runs on; untouched pages cost nothing.
const STACK_SIZE_BYTES: usize = 768 << 20;

/// How to run a program.
#[derive(Clone, Debug)]
pub struct Options {
    /// The name that tracebacks and `__file__` show.
    pub filename: String,
    /// What the program may use.
    pub limits: Limits,
    /// A backstop against the wall clock; `None` for none.
    pub time: Option<Duration>,
    /// `sys.argv[1:]`
    pub arguments: Vec<String>,
    /// Whether to check every reference count at the end.
    pub audit: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            filename: "<string>".into(),
            limits: Limits::default(),
            time: None,
            arguments: Vec::new(),
            audit: false,
        }
    }
}

/// A piece of what a program printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The innermost running line of the main file, from 1; `None` when none was running.
    pub line: Option<u32>,
    /// The line of the main file's outermost frame: the statement of the module that was running.
    pub statement: Option<u32>,
    /// Where the piece stands in [`Outcome::stdout`], in bytes.
    pub text: Range<usize>,
}

/// The exception that ended a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uncaught {
    /// The type's name as a traceback writes it.
    pub type_name: String,
    /// Names of the type and its bases, in the order of the MRO.
    pub bases: Vec<String>,
    /// `str()` of the exception.
    pub message: String,
    /// The innermost line of the main file that it left.
    pub line: Option<u32>,
    /// The traceback as CPython prints it.
    pub traceback: String,
}

/// What a program did.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Everything written to standard output.
    pub stdout: String,
    /// Everything written to standard error.
    pub stderr: String,
    /// Who printed what.
    pub printed: Vec<Printed>,
    /// The exit code: 0, 1 after an exception, or what `sys.exit` says.
    pub exit_code: i32,
    /// The exception that ended it.
    pub exception: Option<Uncaught>,
    /// The limit that ended it, in words.
    pub limit: Option<String>,
    /// Steps taken.
    pub steps: u64,
    /// What the refcount audit found, if it was asked for.
    pub audit: Vec<String>,
}

/// One Python interpreter.
///
/// # Examples
/// ```
/// use gieok::python::{Interpreter, Options};
/// let outcome = Interpreter::run("print(6 * 7)\n", &Options::default());
/// assert_eq!(outcome.stdout, "42\n");
/// ```
pub struct Interpreter;

impl Interpreter {
    /// Runs the text of a program as `__main__` until its end.
    pub fn run(source: &str, options: &Options) -> Outcome {
        std::thread::scope(|scope| {
            let builder = std::thread::Builder::new().stack_size(STACK_SIZE_BYTES);
            let run = || run_guarded(source, options);
            match builder.spawn_scoped(scope, run).map(std::thread::ScopedJoinHandle::join) {
                Ok(Ok(outcome)) => outcome,
                _ => internal_error("the interpreter's thread did not end well"),
            }
        })
    }
}

fn internal_error(what: &str) -> Outcome {
    Outcome {
        stderr: format!("internal error: {what}\n"),
        limit: Some(format!("internal error: {what}")),
        exit_code: 70,
        ..Outcome::default()
    }
}

/// A mistake of the engine's own must not take the caller down.
fn run_guarded(source: &str, options: &Options) -> Outcome {
    match catch_unwind(AssertUnwindSafe(|| run_here(source, options))) {
        Ok(outcome) => outcome,
        Err(panic) => {
            let text = panic
                .downcast_ref::<String>()
                .cloned()
                .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
                .unwrap_or_else(|| "panic".to_owned());
            internal_error(&text)
        }
    }
}

fn run_here(source: &str, options: &Options) -> Outcome {
    let mut vm = match Vm::start(options.limits) {
        Ok(vm) => vm,
        Err(message) => return internal_error(&message),
    };
    let vm = &mut *vm;
    vm.deadline = options.time.map(|time| Instant::now() + time);
    vm.main_file = options.filename.as_str().into();
    vm.main_source = source.into();
    let mut outcome = Outcome::default();
    let result = vm.run_main(source, options);
    if let Err(Raised) = result {
        conclude_error(vm, &mut outcome);
    }
    if options.audit && vm.stop.is_none() {
        outcome.audit =
            super::gc::audit::audit(vm).into_iter().map(|finding| finding.to_string()).collect();
    }
    vm.finish();
    if let Some(stop) = vm.stop {
        outcome.limit = Some(limit_text(stop).to_owned());
        outcome.exit_code = 1;
        let text = format!("gieok: {}{}\n", limit_text(stop), stop_place(vm));
        vm.stderr.extend_from_slice(text.as_bytes());
    }
    outcome.stdout = String::from_utf8_lossy(&vm.stdout).into_owned();
    outcome.stderr = String::from_utf8_lossy(&vm.stderr).into_owned();
    outcome.printed = std::mem::take(&mut vm.printed);
    outcome.steps = vm.steps;
    outcome
}

fn limit_text(stop: Stop) -> &'static str {
    match stop {
        Stop::Steps => "the program took too many steps",
        Stop::Heap => "the program used too much memory",
        Stop::Output => "the program printed too much",
        Stop::Time => "the program took too long",
    }
}

fn stop_place(vm: &Vm) -> String {
    match vm.stop_line {
        Some(line) => format!(" (line {line})"),
        None => String::new(),
    }
}

/// The program ended with an exception: prints it, or obeys `SystemExit`.
fn conclude_error(vm: &mut Vm, outcome: &mut Outcome) {
    outcome.exit_code = 1;
    if vm.stop.is_some() {
        vm.clear_raised();
        return;
    }
    if vm.raised_is(types::SYSTEM_EXIT) {
        outcome.exit_code = exit_code(vm);
        return;
    }
    let Some(raised) = vm.take_raised() else { return };
    outcome.exception = Some(describe(vm, raised.addr()));
    vm.print_uncaught(raised.addr());
    vm.decref(raised);
}

/// The code of the `SystemExit` being raised; a text goes to standard error.
fn exit_code(vm: &mut Vm) -> i32 {
    let Some(raised) = vm.take_raised() else { return 0 };
    let code = vm.get_attr_name(raised.addr(), "code");
    vm.decref(raised);
    let Ok(code) = code else {
        vm.clear_raised();
        return 1;
    };
    let result = if code.addr() == super::object::NONE {
        0
    } else if vm.type_check(code.addr(), types::INT) {
        super::object::int::as_i64(vm, code.addr()).map_or(-1, |code| code as i32) & 0xFF
    } else {
        let text = str::text_of(vm, code.addr()).unwrap_or_default();
        vm.clear_raised();
        vm.write_stderr(&format!("{text}\n"));
        1
    };
    vm.decref(code);
    result
}

fn describe(vm: &mut Vm, raised: Addr) -> Uncaught {
    let ty = vm.type_of(raised);
    let bases = vm.type_data(ty).mro.clone();
    let bases = bases.into_iter().map(|class| vm.type_data(class).name.to_string()).collect();
    let message = str::text_of(vm, raised).unwrap_or_default();
    vm.clear_raised();
    Uncaught {
        type_name: vm.exception_type_name(raised),
        bases,
        message,
        line: vm.innermost_main_line(raised),
        traceback: vm.traceback_text(raised),
    }
}

impl Vm {
    /// Makes `__main__` and runs `source` in it.
    fn run_main(&mut self, source: &str, options: &Options) -> Result<(), Raised> {
        let main = module::new(self, "__main__")?;
        let modules = self.modules;
        let kept = self.incref(main.addr());
        dict::set_name(self, modules, "__main__", kept);
        let namespace = module::namespace(self, main.addr());
        self.decref(main);
        let builtins = self.incref(self.builtins);
        dict::set_name(self, namespace, "__builtins__", builtins);
        let file = str::new(self, &options.filename);
        dict::set_name(self, namespace, "__file__", file);
        let none = self.none();
        dict::set_name(self, namespace, "__cached__", none);
        self.set_argv(options)?;
        let code = self.compile_source(source, &options.filename, "exec")?;
        let result = self.run_code(code.addr(), namespace, namespace);
        self.decref(code);
        let value = result?;
        self.decref(value);
        Ok(())
    }

    fn set_argv(&mut self, options: &Options) -> Result<(), Raised> {
        let Some(sys) = self.sys.some() else { return Ok(()) };
        let mut items: Vec<Own> = vec![str::new(self, &options.filename)];
        for argument in &options.arguments {
            items.push(str::new(self, argument));
        }
        let list = super::object::list::from_owned(self, items)?;
        let namespace = module::namespace(self, sys);
        dict::set_name(self, namespace, "argv", list);
        Ok(())
    }

    /// The innermost line of the main file in an exception's traceback; the line of a `SyntaxError`.
    fn innermost_main_line(&mut self, raised: Addr) -> Option<u32> {
        let mut line = None;
        let mut cursor = self.field(raised, exception::offsets::TRACEBACK);
        while !cursor.is_null() {
            let frame = self.field(cursor, super::object::traceback::FRAME);
            if let Some(shown) = super::object::frame::shown(self, frame)
                && *shown.program.code.filename == *self.main_file
            {
                line = Some(super::object::traceback::position(self, cursor).1);
            }
            cursor = self.field(cursor, super::object::traceback::NEXT);
        }
        if line.is_none() && self.type_check(raised, types::SYNTAX_ERROR) {
            let value = self.get_attr_name(raised, "lineno").ok()?;
            line = super::object::int::as_i64(self, value.addr()).map(|line| line as u32);
            self.decref(value);
        }
        line
    }

}
