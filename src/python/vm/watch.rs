//! What an observer asks to see of the main file: values of statements, exceptions, lines that ran.
//!
//! Values come from the instruction by which an interactive session shows what an expression gives: the compiler
//! puts it behind the statements that are watched, and nowhere else. So a program that nobody watches is compiled
//! and runs as it is.

use super::{PyResult, Vm};
use crate::python::memory::{Addr, Own};
use crate::python::object::str;
use std::collections::BTreeSet;

/// The most events of a kind that are kept: a loop may pass a line a million times.
const EVENTS_MAX: usize = 10_000;

/// What to look at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watch {
    /// First lines of the statements of the main file whose values are wanted: what an expression gives, or what is
    /// assigned to a name.
    pub values: BTreeSet<u32>,
    /// Lines of the main file where the text of an exception is wanted, besides its type.
    pub messages: BTreeSet<u32>,
    /// Whether to note which lines of the main file run. The program is slower then.
    pub lines: bool,
}

/// The value of a watched statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenValue {
    /// The first line of the statement.
    pub line: u32,
    /// Its `repr`.
    pub repr: String,
}

/// A line of the main file that an exception left: where it was raised, or where it passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenException {
    /// The line.
    pub line: u32,
    /// The type's name as a traceback writes it.
    pub type_name: String,
    /// `str()` of it, if it was wanted.
    pub message: String,
}

/// What was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Values in the order they were computed.
    pub values: Vec<SeenValue>,
    /// Exceptions, caught or not, innermost line first.
    pub exceptions: Vec<SeenException>,
    /// The lines that ran, if that was asked for.
    pub lines: BTreeSet<u32>,
}

impl Vm {
    /// Starts to look at the main file.
    pub(crate) fn start_watching(&mut self, watch: Watch) {
        self.watch = watch;
        self.choose_loop();
        self.seen = Seen::default();
    }

    /// Ends looking, and gives what was seen.
    pub(crate) fn take_seen(&mut self) -> Seen {
        self.watch = Watch::default();
        self.choose_loop();
        std::mem::take(&mut self.seen)
    }

    /// The running line, if the running frame is the main file's.
    fn own_line(&self) -> Option<u32> {
        let frame = self.frames.last()?;
        let is_main = *self.program_ref(frame.code).code.filename == *self.main_file;
        is_main.then(|| {
            crate::python::object::frame::line_before(self.program_ref(frame.code), self.heap.pc)
        })
    }

    /// What an expression statement gave: kept if it is watched. `None` if it is for the display hook.
    pub(crate) fn see_value(&mut self, value: Addr) -> Option<PyResult<Own>> {
        let line = self
            .own_line()
            .filter(|line| self.watch.values.contains(line))?;
        if self.seen.values.len() < EVENTS_MAX {
            match self.repr_text(value) {
                Ok(repr) => self.seen.values.push(SeenValue { line, repr }),
                Err(raised) if self.stop.is_some() => return Some(Err(raised)),
                // The program does not ask for this text, so it must not end by it.
                Err(_) => self.clear_raised(),
            }
        }
        Some(Ok(self.none()))
    }

    /// An exception leaves the running instruction.
    pub(crate) fn see_exception(&mut self, exception: Addr) {
        if self.seen.exceptions.len() >= EVENTS_MAX {
            return;
        }
        let Some(line) = self.own_line() else { return };
        let type_name = self.exception_type_name(exception);
        let message = if self.watch.messages.contains(&line) {
            str::text_of(self, exception)
        } else {
            Ok(String::new())
        };
        let message = message.unwrap_or_else(|_| {
            self.clear_raised();
            String::new()
        });
        self.seen.exceptions.push(SeenException {
            line,
            type_name,
            message,
        });
    }

    /// The instruction at `pc` is about to run.
    pub(crate) fn see_line(&mut self, pc: usize) {
        let Some(frame) = self.frames.last() else {
            return;
        };
        let line = self.program_ref(frame.code).line(pc);
        // Most instructions are on the line of the one before.
        if line == 0
            || line == self.seen_line
            || *self.program_ref(frame.code).code.filename != *self.main_file
        {
            return;
        }
        self.seen_line = line;
        self.seen.lines.insert(line);
    }
}
