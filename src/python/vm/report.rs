//! Exceptions that end up with nobody: uncaught ones, and those that nobody can catch, in `__del__`, in callbacks,
//! in the collector. CPython 3.13: Python/pythonrun.c, `_PyErr_PrintEx`; Python/errors.c, `PyErr_WriteUnraisable`.

use super::Vm;
use crate::python::memory::{Addr, Own};
use crate::python::object::{NONE, dict, exception, module, str, structseq, traceback, types};

/// What `sys` remembers of the last uncaught exception.
const LAST: [&str; 4] = ["last_exc", "last_type", "last_value", "last_traceback"];

impl Vm {
    /// Prints an exception that nobody caught, through `sys.excepthook`. Gives the text if the hook is the one
    /// from the start.
    pub(crate) fn print_uncaught(&mut self, raised: Addr) -> Option<String> {
        self.remember_last(raised);
        let Some(hook) = self.sys_attribute_name("excepthook") else {
            self.print_error_text("sys.excepthook is missing\n");
            return self.display_exception(raised);
        };
        if self.is_native_hook(hook.addr(), "excepthook") {
            self.decref(hook);
            return self.display_exception(raised);
        }
        let [ty, value, trace] = self.exception_triple(raised);
        let result = self.call(hook.addr(), &[ty, value, trace]);
        self.decref(hook);
        match result {
            Ok(result) => self.decref(result),
            Err(_) if self.stop.is_some() => {}
            Err(_) => {
                let newer = self.take_raised();
                self.print_error_text("Error in sys.excepthook:\n");
                if let Some(newer) = newer {
                    self.display_exception(newer.addr());
                    self.decref(newer);
                }
                self.print_error_text("\nOriginal exception was:\n");
                self.display_exception(raised);
            }
        }
        None
    }

    fn remember_last(&mut self, raised: Addr) {
        let Some(sys) = self.sys.some() else {
            return;
        };
        let namespace = module::namespace(self, sys);
        let [ty, value, trace] = self.exception_triple(raised);
        for (name, value) in LAST.into_iter().zip([value, ty, value, trace]) {
            let value = self.incref(value);
            dict::set_name(self, namespace, name, value);
        }
    }

    /// Forgets the last uncaught exception, as a program that goes on never had one.
    pub(crate) fn forget_last(&mut self) {
        let Some(sys) = self.sys.some() else {
            return;
        };
        let namespace = module::namespace(self, sys);
        for name in LAST {
            let name = str::intern(self, name);
            if let Ok(old) = dict::remove(self, namespace, name.addr()) {
                self.xdecref(old);
            }
            self.decref(name);
        }
    }

    /// Type, value and traceback (or `None`) of an exception, borrowed.
    pub(crate) fn exception_triple(&self, exception: Addr) -> [Addr; 3] {
        let trace = self.field(exception, exception::offsets::TRACEBACK);
        [
            self.type_of(exception),
            exception,
            trace.some().unwrap_or(NONE),
        ]
    }

    /// Writes an exception to `sys.stderr` as `sys.excepthook` does from the start, and gives the text.
    pub(crate) fn display_exception(&mut self, exception: Addr) -> Option<String> {
        let pieces = self.traceback_pieces(exception);
        let Some(file) = self.sys_attribute_name("stderr") else {
            self.write_stderr("lost sys.stderr\n");
            return Some(pieces.concat());
        };
        if file.addr() != NONE {
            for piece in &pieces {
                // `print(piece, file=file, end="")` writes the empty end too.
                if !self.write_to(file.addr(), piece) || !self.write_to(file.addr(), "") {
                    break;
                }
            }
        }
        self.decref(file);
        Some(pieces.concat())
    }

    /// Writes to `sys.stderr`, whatever it is now: `PySys_WriteStderr`.
    pub(crate) fn print_error_text(&mut self, text: &str) {
        match self.sys_attribute_name("stderr") {
            Some(file) if file.addr() != NONE => {
                if !self.write_to(file.addr(), text) {
                    self.write_stderr(text);
                }
                self.decref(file);
            }
            other => {
                self.xdecref(other);
                self.write_stderr(text);
            }
        }
    }

    /// `file.write(text)`; whether it worked.
    pub(crate) fn write_to(&mut self, file: Addr, text: &str) -> bool {
        if file == self.stderr_object {
            self.write_stderr(text);
            return self.stop.is_none();
        }
        let text = str::new(self, text);
        let result = self.call_method(file, self.names.write, &[text.addr()]);
        self.decref(text);
        match result {
            Ok(result) => {
                self.decref(result);
                true
            }
            Err(_) => {
                self.clear_raised();
                false
            }
        }
    }

    /// An attribute of `sys` by its name, without raising.
    pub(crate) fn sys_attribute_name(&mut self, name: &str) -> Option<Own> {
        let name = str::intern(self, name);
        let found = self.sys_attribute(name.addr());
        self.decref(name);
        if found.is_err() {
            self.clear_raised();
        }
        found.ok().flatten()
    }

    /// Whether an object is the hook that `sys` has from the start.
    fn is_native_hook(&mut self, hook: Addr, name: &str) -> bool {
        let original = self.sys_attribute_name(&format!("__{name}__"));
        let is_same = original
            .as_ref()
            .is_some_and(|original| original.addr() == hook);
        self.xdecref(original);
        is_same
    }

    /// Prints and forgets the exception being raised, which came from `object` (`NULL` for nothing):
    /// `Exception ignored in: <function …>`.
    pub fn write_unraisable(&mut self, object: Addr) {
        self.write_unraisable_message(None, object);
    }

    /// The same, while something was being done that is told from 3.14 on:
    /// `Exception ignored while calling deallocator <function …>:`.
    pub fn write_unraisable_while(&mut self, object: Addr, what: &str) {
        let message = self
            .profile
            .ignored_says_why
            .then(|| format!("Exception ignored while {what}"));
        self.write_unraisable_message(message, object);
    }

    /// The same, from something that has a message of its own: `Exception ignored in atexit callback <function …>`.
    pub fn write_unraisable_message(&mut self, message: Option<String>, object: Addr) {
        let Some(raised) = self.take_raised() else {
            return;
        };
        self.give_traceback(raised.addr());
        let hook = self.sys_attribute_name("unraisablehook").filter_none(self);
        let Some(hook) = hook else {
            self.display_unraisable(raised.addr(), message.as_deref(), object);
            self.decref(raised);
            return;
        };
        if self.is_native_hook(hook.addr(), "unraisablehook") {
            self.display_unraisable(raised.addr(), message.as_deref(), object);
        } else if self
            .call_unraisable_hook(hook.addr(), raised.addr(), message, object)
            .is_err()
            && self.stop.is_none()
            && let Some(newer) = self.take_raised()
        {
            let message = "Exception ignored in sys.unraisablehook";
            self.display_unraisable(newer.addr(), Some(message), hook.addr());
            self.decref(newer);
        }
        self.decref(hook);
        self.decref(raised);
    }

    fn call_unraisable_hook(
        &mut self,
        hook: Addr,
        exception: Addr,
        message: Option<String>,
        object: Addr,
    ) -> super::PyResult<()> {
        let mut values = Vec::new();
        for value in self.exception_triple(exception) {
            values.push(self.incref(value));
        }
        values.push(match message {
            Some(message) => str::new(self, &message),
            None => self.none(),
        });
        values.push(self.incref(object.some().unwrap_or(NONE)));
        let arguments = structseq::new(self, types::STRUCT_SEQUENCE_UNRAISABLE, values)?;
        let result = self.call(hook, &[arguments.addr()]);
        self.decref(arguments);
        let result = result?;
        self.decref(result);
        Ok(())
    }

    /// An exception that no Python code raised gets the running frame as its traceback.
    fn give_traceback(&mut self, raised: Addr) {
        if self.field(raised, exception::offsets::TRACEBACK).is_null()
            && let Some(made) = traceback::here(self, Addr::NULL)
        {
            self.set_field(raised, exception::offsets::TRACEBACK, Some(made));
        }
    }

    /// What `sys.unraisablehook` writes from the start.
    pub(crate) fn display_unraisable(
        &mut self,
        exception: Addr,
        message: Option<&str>,
        object: Addr,
    ) {
        let saved = self.raised.take();
        let mut text = String::new();
        let object = object.some().filter(|object| *object != NONE);
        let repr = object.map(|object| {
            let repr = self.repr_text(object);
            self.clear_raised();
            repr.unwrap_or_else(|_| "<object repr() failed>".into())
        });
        match (message, repr) {
            (Some(message), Some(repr)) if self.profile.ignored_says_why => {
                text += &format!("{message} {repr}:\n");
            }
            (Some(message), Some(repr)) => text += &format!("{message}: {repr}\n"),
            (Some(message), None) => text += &format!("{message}:\n"),
            (None, Some(repr)) => text += &format!("Exception ignored in: {repr}\n"),
            (None, None) => {}
        }
        text += &self.plain_stack_text(exception);
        text += &self.unraisable_last_line(exception);
        self.raised = saved;
        match self.sys_attribute_name("stderr") {
            Some(file) if file.addr() == NONE => self.decref(file),
            Some(file) => {
                self.write_to(file.addr(), &text);
                self.decref(file);
            }
            None => {}
        }
    }

    /// Type and message of an exception.
    fn unraisable_last_line(&mut self, exception: Addr) -> String {
        let name = self.exception_type_name(exception);
        let message = str::text_of(self, exception);
        match message {
            Ok(message) if message.is_empty() => format!("{name}\n"),
            Ok(message) => format!("{name}: {message}\n"),
            Err(_) => {
                self.clear_raised();
                format!("{name}: <exception str() failed>\n")
            }
        }
    }
}

/// `None` counts as nothing.
trait FilterNone {
    fn filter_none(self, vm: &mut Vm) -> Self;
}

impl FilterNone for Option<Own> {
    fn filter_none(self, vm: &mut Vm) -> Self {
        match self {
            Some(object) if object.addr() == NONE => {
                vm.decref(object);
                None
            }
            other => other,
        }
    }
}
