//! `SyntaxError` from what the compiler found.

use super::{Raised, Vm};
use crate::python::compiler::{ErrorKind, SyntaxError};
use crate::python::memory::Own;
use crate::python::object::{int, str, tuple, types};
use crate::python::version::Version;

impl Vm {
    /// Raises what the compiler found as the exception that CPython raises.
    #[cold]
    pub(crate) fn raise_syntax_error(&mut self, error: &SyntaxError, filename: &str) -> Raised {
        let class = match error.kind {
            ErrorKind::Syntax => types::SYNTAX_ERROR,
            ErrorKind::Indentation => types::INDENTATION_ERROR,
            ErrorKind::Tab => types::TAB_ERROR,
            ErrorKind::Recursion => return self.recursion_error(&error.message),
            ErrorKind::Memory => return self.error(types::MEMORY_ERROR, &error.message),
            ErrorKind::Overflow => return self.overflow_error(&error.message),
        };
        if error.line == 0 && error.text.is_none() {
            return self.error(class, &error.message);
        }
        let number = |vm: &mut Vm, value: u32| -> Own {
            if value == 0 && error.is_late {
                vm.none()
            } else {
                int::new(vm, i64::from(value))
            }
        };
        let mut line_text = error.text.clone();
        if error.is_late {
            // CPython looks for the line in the file.
            let at = (error.line as usize).saturating_sub(1);
            let line = self
                .source_of(filename)
                .and_then(|text| text.lines().nth(at));
            line_text = line.map(|line| format!("{line}\n"));
        }
        let text = match &line_text {
            Some(text) => str::new(self, text),
            None => self.none(),
        };
        let mut details = vec![
            str::new(self, filename),
            number(self, error.line),
            int::new(self, i64::from(error.column)),
            text,
        ];
        if self.profile.version >= Version::V3_10 {
            details.push(number(self, error.end_line));
            details.push(match error.end_column {
                Some(column) => int::new(self, i64::from(column)),
                None => self.none(),
            });
        }
        let details = tuple::from_owned(self, details);
        let message = str::new(self, &error.message);
        let result = self.call(class, &[message.addr(), details.addr()]);
        self.decref(message);
        self.decref(details);
        match result {
            Ok(exception) => self.raise(exception),
            Err(raised) => raised,
        }
    }
}
