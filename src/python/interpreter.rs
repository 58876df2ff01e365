//! The engine's public face: Python text in, what it did out.

use super::gc;
use super::memory::{Addr, Own};
use super::object::{dict, exception, module, str, types};
use super::observe::dump::Dump;
use super::version::{Profile, Version};
use super::vm::watch::{Seen, Watch};
use super::vm::{Limits, PyResult, Raised, Stop, Vm};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// Bytes of host stack that an interpreter runs on; untouched pages cost nothing.
const STACK_SIZE_BYTES: usize = 768 << 20;

/// How to run a program.
#[derive(Clone, Debug)]
pub struct Options {
    /// The version to be.
    pub version: Version,
    /// The name that tracebacks and `__file__` show.
    pub filename: String,
    /// What the program may use.
    pub limits: Limits,
    /// A backstop against the wall clock; `None` for none.
    pub time: Option<Duration>,
    /// `sys.argv[1:]`
    pub arguments: Vec<String>,
    /// `sys.argv[0]`, the file as it was named; `None` for [`Options::filename`].
    pub program: Option<String>,
    /// What the program finds in its files before it starts: absolute paths and their bytes.
    pub files: Arc<Vec<(String, Vec<u8>)>>,
    /// Whether to check every reference count at the end.
    pub audit: bool,
    /// What to look at in the main file.
    pub watch: Watch,
    /// The process ends with this program: its memory is left to the system, which takes it back faster.
    pub process_ends: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            version: Version::V3_13,
            filename: "<string>".into(),
            limits: Limits::default(),
            time: None,
            arguments: Vec::new(),
            program: None,
            files: Arc::default(),
            audit: false,
            watch: Watch::default(),
            process_ends: false,
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
    /// The clock ended it, or the host failed: the same program may end otherwise another time.
    pub by_chance: bool,
    /// Steps taken.
    pub steps: u64,
    /// What the refcount audit found, if it was asked for.
    pub audit: Vec<String>,
    /// What there was to see in the main file.
    pub seen: Seen,
}

/// One Python interpreter, on a thread of its own with a deep stack. It keeps its state from one piece of
/// code to the next; all pieces run in one `__main__`.
///
/// # Examples
/// ```
/// use gieok::python::{Interpreter, Options};
/// let outcome = Interpreter::run("print(6 * 7)\n", &Options::default());
/// assert_eq!(outcome.stdout, "42\n");
/// ```
pub struct Interpreter {
    commands: Sender<Command>,
    answers: Receiver<Answer>,
}

enum Command {
    Execute {
        source: String,
        options: Box<Options>,
    },
    Dump(Vec<String>),
    Finish {
        audit: bool,
    },
}

enum Answer {
    Outcome(Box<Outcome>),
    Dump(Option<Box<Dump>>),
}

impl Interpreter {
    /// Starts an interpreter of a version with these limits.
    pub fn start(version: Version, limits: Limits) -> Interpreter {
        let (commands, to_do) = channel();
        let (answer, answers) = channel();
        // A thread that does not start shows as a closed channel.
        let _ = std::thread::Builder::new()
            .stack_size(STACK_SIZE_BYTES)
            .spawn(move || serve(version.profile(), limits, &to_do, &answer));
        Interpreter { commands, answers }
    }

    /// Runs a piece of code in `__main__`.
    pub fn execute(&mut self, source: &str, options: &Options) -> Outcome {
        self.ask(Command::Execute {
            source: source.to_owned(),
            options: Box::new(options.clone()),
        })
    }

    /// A picture of what names of `__main__` hold.
    pub fn dump(&mut self, names: &[String]) -> Option<Dump> {
        self.commands.send(Command::Dump(names.to_vec())).ok()?;
        match self.answers.recv() {
            Ok(Answer::Dump(dump)) => dump.map(|dump| *dump),
            _ => None,
        }
    }

    /// Ends the interpreter as CPython ends: `atexit`, finalizers, globals. With `audit` every reference
    /// count is checked before that.
    pub fn finish(mut self, audit: bool) -> Outcome {
        self.ask(Command::Finish { audit })
    }

    /// Runs a whole program and ends.
    pub fn run(source: &str, options: &Options) -> Outcome {
        let mut interpreter = Interpreter::start(options.version, options.limits);
        let mut outcome = interpreter.execute(source, options);
        let end = interpreter.finish(options.audit);
        let shift = outcome.stdout.len();
        outcome.stdout.push_str(&end.stdout);
        outcome.stderr.push_str(&end.stderr);
        outcome
            .printed
            .extend(end.printed.into_iter().map(|printed| Printed {
                text: printed.text.start + shift..printed.text.end + shift,
                ..printed
            }));
        outcome.audit = end.audit;
        if outcome.limit.is_none() && end.limit.is_some() {
            outcome.limit = end.limit;
            outcome.exit_code = end.exit_code;
        }
        outcome
    }

    fn ask(&mut self, command: Command) -> Outcome {
        if self.commands.send(command).is_err() {
            return internal_error("the interpreter has ended");
        }
        match self.answers.recv() {
            Ok(Answer::Outcome(outcome)) => *outcome,
            _ => internal_error("the interpreter's thread did not end well"),
        }
    }
}

/// The thread of an interpreter: obeys commands until the last one.
fn serve(
    profile: &'static Profile,
    limits: Limits,
    commands: &Receiver<Command>,
    answers: &Sender<Answer>,
) {
    let mut vm = None;
    let mut leaves = false;
    let mut is_sound = true;
    while let Ok(command) = commands.recv() {
        if let Command::Execute { options, .. } = &command {
            leaves = options.process_ends;
        }
        let last = matches!(command, Command::Finish { .. });
        let answer = catch_unwind(AssertUnwindSafe(|| obey(&mut vm, profile, limits, command)));
        let answer = answer.unwrap_or_else(|panic| {
            is_sound = false;
            // A mistake of the engine's own must not take the caller down; the state is not to be trusted.
            let text = panic
                .downcast_ref::<String>()
                .cloned()
                .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
                .unwrap_or_else(|| "panic".to_owned());
            let poked = vm.as_deref().is_some_and(|vm| vm.memory_poked);
            Answer::Outcome(Box::new(if poked {
                overwritten_error()
            } else {
                internal_error(&text)
            }))
        });
        if last && !leaves {
            retire(vm.take().filter(|_| is_sound));
        }
        if answers.send(answer).is_err() || last {
            break;
        }
    }
    if leaves {
        // The process is about to end, and this thread with it, wherever it is.
        std::mem::forget(vm);
        loop {
            std::thread::park();
        }
    }
}

/// Leaves the memory of a machine that ended to the next one.
fn retire(vm: Option<Box<Vm>>) {
    if let Some(vm) = vm.filter(|vm| !vm.memory_poked) {
        vm.heap.retire(vm.stack_high);
    }
}

fn obey(
    vm: &mut Option<Box<Vm>>,
    profile: &'static Profile,
    limits: Limits,
    command: Command,
) -> Answer {
    if vm.is_none() {
        match Vm::start(profile, limits).and_then(|mut vm| vm.make_main().map(|()| vm)) {
            Ok(made) => *vm = Some(made),
            Err(message) => return Answer::Outcome(Box::new(internal_error(&message))),
        }
    }
    let Some(vm) = vm.as_deref_mut() else {
        return Answer::Outcome(Box::new(internal_error("no interpreter")));
    };
    match command {
        Command::Execute { source, options } => {
            Answer::Outcome(Box::new(execute(vm, &source, &options)))
        }
        Command::Dump(names) => Answer::Dump(Some(Box::new(vm.dump_main(&names)))),
        Command::Finish { audit } => Answer::Outcome(Box::new(finish(vm, audit))),
    }
}

fn execute(vm: &mut Vm, source: &str, options: &Options) -> Outcome {
    vm.deadline = options.time.map(|time| Instant::now() + time);
    vm.main_file = options.filename.as_str().into();
    vm.main_source = source.into();
    vm.forget_last();
    vm.start_watching(options.watch.clone());
    let steps = vm.steps;
    for (path, content) in options.files.iter() {
        // What does not fit is not there.
        let _ = vm.files().write_file(path, content);
    }
    let mut outcome = Outcome::default();
    if let Err(Raised) = vm.run_main(source, options) {
        conclude_error(vm, &mut outcome);
    }
    take_output(vm, &mut outcome);
    outcome.seen = vm.take_seen();
    outcome.steps = vm.steps - steps;
    outcome
}

fn finish(vm: &mut Vm, audit: bool) -> Outcome {
    let mut outcome = Outcome::default();
    if audit && vm.stop.is_none() {
        outcome.audit = super::gc::audit::audit(vm)
            .into_iter()
            .map(|finding| finding.to_string())
            .collect();
    }
    let stopped = vm.stop.is_some();
    vm.finish();
    if !stopped {
        take_output(vm, &mut outcome);
    }
    outcome
}

fn take_output(vm: &mut Vm, outcome: &mut Outcome) {
    if let Some(stop) = vm.stop {
        outcome.limit = Some(format!("{}{}", limit_text(stop), stop_place(vm)));
        outcome.exit_code = 1;
        outcome.by_chance = stop == Stop::Time;
    }
    outcome.stdout = String::from_utf8_lossy(&std::mem::take(&mut vm.stdout)).into_owned();
    outcome.stderr = String::from_utf8_lossy(&std::mem::take(&mut vm.stderr)).into_owned();
    outcome.printed = std::mem::take(&mut vm.printed);
}

fn internal_error(what: &str) -> Outcome {
    Outcome {
        limit: Some(format!("internal error: {what}")),
        exit_code: 70,
        by_chance: true,
        ..Outcome::default()
    }
}

/// A program that writes through `ctypes` may destroy what it runs on; a CPython would have crashed too.
fn overwritten_error() -> Outcome {
    Outcome {
        limit: Some(
            "the program overwrote its own memory through ctypes: CPython crashes here too"
                .to_owned(),
        ),
        exit_code: 139,
        ..Outcome::default()
    }
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
    let Some(line) = vm.stop_line else {
        return String::new();
    };
    let text = vm
        .main_source
        .lines()
        .nth((line as usize).saturating_sub(1));
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => format!(" (line {line}: `{text}`)"),
        None => format!(" (line {line})"),
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
    let Some(raised) = vm.take_raised() else {
        return;
    };
    let mut uncaught = describe(vm, raised.addr());
    let printed = vm.print_uncaught(raised.addr());
    uncaught.traceback = match printed {
        Some(text) => text,
        None => vm.traceback_text(raised.addr()),
    };
    outcome.exception = Some(uncaught);
    if vm.is_subtype(vm.type_of(raised.addr()), types::KEYBOARD_INTERRUPT) {
        // A shell's number for a process that ended by the signal SIGINT.
        outcome.exit_code = 130;
    }
    vm.decref(raised);
}

/// The code of the `SystemExit` being raised; a text goes to standard error.
fn exit_code(vm: &mut Vm) -> i32 {
    let Some(raised) = vm.take_raised() else {
        return 0;
    };
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
        vm.print_error_text(&text);
        vm.print_error_text("\n");
        1
    };
    vm.decref(code);
    result
}

fn describe(vm: &mut Vm, raised: Addr) -> Uncaught {
    let ty = vm.type_of(raised);
    let bases = vm.type_data(ty).mro.clone();
    let bases = bases
        .into_iter()
        .map(|class| vm.type_data(class).name.to_string())
        .collect();
    let message = str::text_of(vm, raised).unwrap_or_default();
    vm.clear_raised();
    Uncaught {
        type_name: vm.exception_type_name(raised),
        bases,
        message,
        line: vm.innermost_main_line(raised),
        traceback: String::new(),
    }
}

impl Vm {
    /// Makes `__main__`.
    fn make_main(&mut self) -> Result<(), String> {
        let failed = |_| "`__main__` could not be made".to_owned();
        let main = module::new(self, "__main__").map_err(failed)?;
        let modules = self.modules;
        let kept = self.incref(main.addr());
        dict::set_name(self, modules, "__main__", kept);
        let namespace = module::namespace(self, main.addr());
        self.decref(main);
        if self.profile.main_has_annotations {
            let annotations = dict::new(self);
            dict::set_name(self, namespace, "__annotations__", annotations);
        }
        let builtins = self.incref(self.builtins);
        dict::set_name(self, namespace, "__builtins__", builtins);
        self.leave_floats();
        gc::startup::settle(self);
        if let Some(counts) = self.profile.start_counts {
            counts.set(self);
        }
        Ok(())
    }

    /// The namespace of `__main__`, borrowed.
    fn main_namespace(&mut self) -> PyResult<Addr> {
        let main = self.import_module("__main__")?;
        let namespace = module::namespace(self, main.addr());
        self.decref(main);
        Ok(namespace)
    }

    /// Runs `source` in `__main__`.
    fn run_main(&mut self, source: &str, options: &Options) -> PyResult<()> {
        let namespace = self.main_namespace()?;
        let file = str::new(self, &options.filename);
        dict::set_name(self, namespace, "__file__", file);
        let none = self.none();
        dict::set_name(self, namespace, "__cached__", none);
        self.set_argv(options)?;
        let value = self.run_source(source, &options.filename, "exec", namespace, namespace)?;
        self.decref(value);
        Ok(())
    }

    /// A dump of what names of `__main__` hold.
    fn dump_main(&mut self, names: &[String]) -> Dump {
        let bindings = match self.main_namespace() {
            Ok(namespace) => super::observe::snapshot::bindings(self, "<module>", namespace, names),
            Err(Raised) => Vec::new(),
        };
        self.clear_raised();
        Vm::dump(self, bindings)
    }

    fn set_argv(&mut self, options: &Options) -> PyResult<()> {
        let Some(sys) = self.sys.some() else {
            return Ok(());
        };
        let program = options.program.as_ref().unwrap_or(&options.filename);
        let mut items: Vec<Own> = vec![str::new(self, program)];
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_tells_the_line_where_it_was_exceeded() {
        let run = |source: &str, limits: Limits| {
            let options = Options {
                limits,
                ..Options::default()
            };
            Interpreter::run(source, &options).limit
        };
        let few_steps = Limits {
            steps: 100_000,
            ..Limits::default()
        };
        let spin = "def spin():\n    n = 0\n    while True:\n        n += 1\n\nspin()\n";
        let told = run(spin, few_steps).expect("it never ends");
        assert!(
            told.starts_with("the program took too many steps (line "),
            "{told}"
        );
        let little_output = Limits {
            output_bytes: 100,
            ..Limits::default()
        };
        let told = run("x = 'ab'\nwhile x:\n    print(x)\n", little_output);
        assert_eq!(
            told.as_deref(),
            Some("the program printed too much (line 3: `print(x)`)")
        );
    }

    #[test]
    fn an_interpreter_starts() {
        let result = std::thread::Builder::new()
            .stack_size(64 << 20)
            .spawn(|| {
                Vm::start(Version::V3_13.profile(), Limits::default()).map(|vm| vm.types.len())
            })
            .map(|thread| thread.join());
        let started = result.expect("a thread starts").expect("no panic");
        assert!(started.is_ok_and(|types| types > 100));
    }
}
