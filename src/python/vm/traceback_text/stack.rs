//! The entries of a traceback. CPython 3.13: Lib/traceback.py, `StackSummary`.

use crate::python::code::Position;
use crate::python::compiler::carets::{self, Span};
use crate::python::memory::Addr;
use crate::python::object::{NONE, exception, frame, int, traceback, types};
use crate::python::vm::Vm;
use std::rc::Rc;

/// How often the same entry is shown before the rest is counted.
const RECURSIVE_CUTOFF: usize = 3;

impl Vm {
    /// The entries of an exception's traceback, as `sys.tracebacklimit` wants them.
    pub(super) fn stack_pieces(&mut self, exception: Addr) -> Vec<String> {
        let mut entries = self.traceback_entries(exception);
        if let Some(limit) = self.traceback_limit() {
            entries.drain(..entries.len().saturating_sub(limit));
        }
        self.entry_pieces(&entries, true)
    }

    /// `sys.tracebacklimit`, if the program set it.
    fn traceback_limit(&mut self) -> Option<usize> {
        let limit = self.sys_attribute_name("tracebacklimit")?;
        let number = self
            .type_check(limit.addr(), types::INT)
            .then(|| int::as_i64(self, limit.addr()));
        self.decref(limit);
        // A number that is too large does not limit.
        number.map(|number| number.map_or(usize::MAX, |number| number.max(0) as usize))
    }

    /// The traceback as C code writes it, where the source lines have no marks.
    pub(crate) fn plain_stack_text(&mut self, exception: Addr) -> String {
        let mut entries = self.traceback_entries(exception);
        if entries.is_empty() {
            return String::new();
        }
        if let Some(limit) = self.traceback_limit() {
            if limit == 0 {
                return String::new();
            }
            entries.drain(..entries.len().saturating_sub(limit));
        }
        let pieces = self.entry_pieces(&entries, self.profile.ignored_have_carets);
        format!("Traceback (most recent call last):\n{}", pieces.concat())
    }

    fn traceback_entries(&self, exception: Addr) -> Vec<Addr> {
        let mut entries = Vec::new();
        let mut cursor = self.field(exception, exception::offsets::TRACEBACK);
        while !cursor.is_null() && cursor != NONE {
            entries.push(cursor);
            cursor = self.field(cursor, traceback::NEXT);
        }
        entries
    }

    fn entry_pieces(&mut self, entries: &[Addr], marked: bool) -> Vec<String> {
        let mut out = Vec::new();
        let mut last = None;
        let mut count = 0;
        for &entry in entries {
            let (index, line) = traceback::position(self, entry);
            let frame = self.field(entry, traceback::FRAME);
            let Some(shown) = frame::shown(self, frame) else {
                continue;
            };
            let code = shown.program.code.clone();
            let position = code.positions.get(index).copied().unwrap_or_default();
            let span = if marked && self.profile.tracebacks_have_carets {
                span(position, line)
            } else {
                only_line(line)
            };
            let key = (Rc::as_ptr(&shown.program), span.line);
            if last != Some(key) {
                push_repeated(&mut out, count);
                last = Some(key);
                count = 0;
            }
            count += 1;
            if count <= RECURSIVE_CUTOFF {
                out.push(self.entry_text(&code.filename, &code.name, span));
            }
        }
        push_repeated(&mut out, count);
        out
    }

    fn entry_text(&self, filename: &str, name: &str, span: Span) -> String {
        let mut text = format!("  File \"{filename}\", line {}, in {name}\n", span.line);
        if let Some(source) = self.source_of(filename) {
            let lines: Vec<&str> = source
                .lines()
                .skip((span.line as usize).saturating_sub(1))
                .take((span.end_line.saturating_sub(span.line)) as usize + 1)
                .collect();
            let line_at = |line: u32| lines.get(line.checked_sub(span.line)? as usize).copied();
            text += &carets::excerpt(line_at, span, self.profile.traceback_style);
        }
        text
    }

    /// The text of a source file that the engine knows.
    pub(crate) fn source_of(&self, filename: &str) -> Option<&str> {
        if *self.main_file == *filename {
            return Some(&self.main_source);
        }
        let written = self.file_system.as_ref();
        let written = written.and_then(|files| files.read_file(filename).ok());
        if let Some(text) = written.and_then(|bytes| std::str::from_utf8(bytes).ok()) {
            return Some(text);
        }
        crate::python::lib::text_at(self.profile.version, filename)
    }
}

/// Where an instruction stands: its own position, or the line that the traceback knows.
fn span(position: Position, line: u32) -> Span {
    if position.line == 0 {
        return only_line(line);
    }
    let known =
        position.column != Position::NO_COLUMN && position.end_column != Position::NO_COLUMN;
    Span {
        line: position.line,
        end_line: position.end_line,
        columns: known.then_some((position.column, position.end_column)),
    }
}

fn only_line(line: u32) -> Span {
    Span {
        line,
        end_line: line,
        columns: None,
    }
}

fn push_repeated(out: &mut Vec<String>, count: usize) {
    if count > RECURSIVE_CUTOFF {
        let more = count - RECURSIVE_CUTOFF;
        let s = if more > 1 { "s" } else { "" };
        out.push(format!("  [Previous line repeated {more} more time{s}]\n"));
    }
}
