//! What a program writes: two byte buffers with one limit.

use super::{PyResult, Raised, Stop, Vm};
use crate::python::Printed;
use crate::python::memory::Addr;

impl Vm {
    /// Appends to what the program printed, and notes which line printed it. Past the limit the run stops.
    pub fn write_stdout(&mut self, text: &str) {
        if text.is_empty() || !self.allow_output(text.len()) {
            return;
        }
        let start = self.stdout.len();
        self.stdout.extend_from_slice(text.as_bytes());
        let (line, statement) = self.main_lines();
        let end = self.stdout.len();
        if let Some(last) = self.printed.last_mut()
            && last.line == line
            && last.statement == statement
            && self.stdout.get(start - 1) != Some(&b'\n')
        {
            last.text.end = end;
            return;
        }
        self.printed.push(Printed {
            line,
            statement,
            text: start..end,
        });
    }

    /// [`Vm::write_stdout`] from a native function, which ends when the limit is passed.
    pub(crate) fn print_text(&mut self, text: &str) -> PyResult<()> {
        self.write_stdout(text);
        if self.stop.is_some() {
            Err(Raised)
        } else {
            Ok(())
        }
    }

    /// Whether the object is the standard output as it is at the start, which natives write to directly.
    pub(crate) fn is_plain_stdout(&self, file: Addr) -> bool {
        file == self.stdout_object
    }

    /// The innermost running line of the main file, and the outermost one.
    pub(crate) fn main_lines(&self) -> (Option<u32>, Option<u32>) {
        let top = self.frames.len();
        let lines = |(i, frame): (usize, &super::frame::Frame)| {
            if *self.program_ref(frame.code).code.filename != *self.main_file {
                return None;
            }
            let pc = if i + 1 == top {
                self.heap.pc
            } else {
                frame.pc as usize
            };
            Some(crate::python::object::frame::line_before(
                self.program_ref(frame.code),
                pc,
            ))
        };
        let inner = self.frames.iter().enumerate().rev().find_map(lines);
        let outer = self.frames.iter().enumerate().find_map(lines);
        (inner, outer)
    }

    /// Appends to what the program wrote to standard error: `PySys_WriteStderr`.
    pub fn write_stderr(&mut self, text: &str) {
        if self.allow_output(text.len()) {
            self.stderr.extend_from_slice(text.as_bytes());
        }
    }

    fn allow_output(&mut self, len: usize) -> bool {
        let fits = self.stdout.len() + self.stderr.len() + len <= self.limits.output_bytes;
        if !fits && self.stop.is_none() {
            self.note_stop(Stop::Output);
        }
        fits
    }
}
