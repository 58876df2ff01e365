//! Exceptions that nobody can catch: in `__del__`, in callbacks, in the collector.
//! CPython: `PyErr_WriteUnraisable`, `_PyErr_WriteUnraisableMsg`.

use super::Vm;
use crate::python::memory::Addr;
use crate::python::object::str;

impl Vm {
    /// Prints and forgets the exception being raised, which came from `object` (`NULL` for nothing):
    /// `Exception ignored in: <function …>`.
    pub fn write_unraisable(&mut self, object: Addr) {
        self.write_unraisable_in(": ", object);
    }

    /// The same with other words after `Exception ignored in`: `" atexit callback "`.
    pub fn write_unraisable_in(&mut self, words: &str, object: Addr) {
        let Some(raised) = self.take_raised() else {
            return;
        };
        let mut text = format!("Exception ignored in{words}");
        match self.repr_of(object) {
            Some(repr) => text += &repr,
            None => text += "<object repr() failed>",
        }
        text += if words == ": " { "\n" } else { ":\n" };
        text += &self.unraisable_text(raised.addr());
        self.write_stderr(&text);
        self.decref(raised);
    }

    /// A coroutine died that nobody awaited: `RuntimeWarning`.
    pub(crate) fn warn_never_awaited(&mut self, coroutine: Addr) {
        let qualname = self.field(coroutine, crate::python::object::generator::QUALNAME);
        let text = str::to_rust(self, qualname);
        self.write_stderr(&format!(
            "RuntimeWarning: coroutine '{text}' was never awaited\n"
        ));
    }

    fn repr_of(&mut self, object: Addr) -> Option<String> {
        if object.is_null() {
            return Some(String::from("<NULL>"));
        }
        let text = self.repr_text(object).ok();
        if text.is_none() {
            self.clear_raised();
        }
        text
    }

    /// Type and message of an exception, as the last line of a traceback.
    fn unraisable_text(&mut self, exception: Addr) -> String {
        let name = self.type_name(exception);
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
