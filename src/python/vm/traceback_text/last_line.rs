//! The last lines of a traceback: type and message, a syntax error's place, notes. CPython 3.13:
//! Lib/traceback.py, `TracebackException.format_exception_only`.

use crate::python::memory::Addr;
use crate::python::object::{NONE, flags, int, str, types};
use crate::python::vm::Vm;

impl Vm {
    /// Type and message, a syntax error's place before them, notes behind them.
    pub(super) fn last_lines(&mut self, raised: Addr, message: &str) -> Vec<String> {
        let mut out = Vec::new();
        let name = self.exception_type_name(raised);
        if self.type_check(raised, types::SYNTAX_ERROR) {
            self.syntax_lines(raised, &name, &mut out);
        } else if message.is_empty() {
            out.push(format!("{name}\n"));
        } else {
            out.push(format!("{name}: {message}\n"));
        }
        self.note_lines(raised, &mut out);
        out
    }

    fn note_lines(&mut self, raised: Addr, out: &mut Vec<String>) {
        let notes = match self.get_attr_opt(raised, self.names.__notes__) {
            Ok(Some(notes)) => notes,
            Ok(None) => return,
            Err(_) => {
                let error = self.take_raised();
                let error = error.map(|error| {
                    let text = self.repr_text(error.addr()).unwrap_or_default();
                    self.clear_raised();
                    self.decref(error);
                    text
                });
                let error = error.unwrap_or_default();
                out.push(format!("Ignored error getting __notes__: {error}\n"));
                return;
            }
        };
        if notes.addr() != NONE {
            match self.note_texts(notes.addr()) {
                Some(texts) => {
                    let lines = texts.iter().flat_map(|text| text.split('\n'));
                    out.extend(lines.map(|line| format!("{line}\n")));
                }
                None => {
                    let text = self.repr_text(notes.addr());
                    self.clear_raised();
                    let text = text.unwrap_or_else(|_| "<__notes__ repr() failed>".into());
                    out.push(format!("{text}\n"));
                }
            }
        }
        self.decref(notes);
    }

    /// The notes, if they are a sequence but no text.
    fn note_texts(&mut self, notes: Addr) -> Option<Vec<String>> {
        if self.has_flag(notes, flags::UNICODE_SUBCLASS | flags::BYTES_SUBCLASS)
            || !self.is_listed(notes)
        {
            return None;
        }
        let items = match crate::python::object::list::from_iterable(self, notes) {
            Ok(items) => items,
            Err(_) => {
                self.clear_raised();
                return Some(Vec::new());
            }
        };
        let mut texts = Vec::new();
        for item in crate::python::object::list::items(self, items.addr()) {
            let text = str::text_of(self, item);
            self.clear_raised();
            texts.push(text.unwrap_or_else(|_| "<note str() failed>".into()));
        }
        self.decref(items);
        Some(texts)
    }

    /// Whether the object is one of the built-in sequences that `collections.abc.Sequence` knows.
    fn is_listed(&self, object: Addr) -> bool {
        self.has_flag(object, flags::LIST_SUBCLASS | flags::TUPLE_SUBCLASS)
            || self.type_check(object, types::RANGE)
    }

    fn attribute_int(&mut self, object: Addr, name: &str) -> Option<i64> {
        let value = match self.get_attr_name(object, name) {
            Ok(value) => value,
            Err(_) => {
                self.clear_raised();
                return None;
            }
        };
        let number = if self.type_check(value.addr(), types::INT) {
            int::as_i64(self, value.addr())
        } else {
            None
        };
        self.decref(value);
        number
    }

    fn syntax_lines(&mut self, raised: Addr, name: &str, out: &mut Vec<String>) {
        let filename = self.attribute_text(raised, "filename");
        let line = self.attribute_int(raised, "lineno");
        let mut suffix = String::new();
        match (line, filename) {
            (Some(line), filename) => {
                let filename = filename.filter(|filename| !filename.is_empty());
                let filename = filename.as_deref().unwrap_or("<string>");
                out.push(format!("  File \"{filename}\", line {line}\n"));
            }
            (None, Some(filename)) => suffix = format!(" ({filename})"),
            (None, None) => {}
        }
        if let Some(text) = self.attribute_text(raised, "text") {
            let offset = self.attribute_int(raised, "offset");
            let end_line = self.attribute_int(raised, "end_lineno");
            let end_offset = self.attribute_int(raised, "end_offset");
            let (same_line, end_offset) = match self.profile.messages.syntax_marks_end {
                true => (line == end_line, end_offset),
                false => (true, None),
            };
            syntax_carets(&text, offset, same_line, end_offset, out);
        }
        let message = self
            .attribute_text(raised, "msg")
            .filter(|message| !message.is_empty())
            .unwrap_or_else(|| "<no detail available>".into());
        out.push(format!("{name}: {message}{suffix}\n"));
    }
}

/// The line of a syntax error, and a line of carets below it.
fn syntax_carets(
    text: &str,
    offset: Option<i64>,
    same_line: bool,
    end_offset: Option<i64>,
    out: &mut Vec<String>,
) {
    let right: Vec<char> = text.trim_end_matches('\n').chars().collect();
    let spaces = right
        .iter()
        .take_while(|c| matches!(c, ' ' | '\n' | '\x0c'))
        .count();
    let left: String = right[spaces..].iter().collect();
    out.push(format!("    {left}\n"));
    let Some(mut offset) = offset else {
        return;
    };
    let len = text.chars().count() as i64;
    let mut end = match (same_line, end_offset) {
        (true, Some(end)) if end != 0 => end,
        (true, _) => offset,
        (false, _) => right.len() as i64 + 1,
    };
    if len > 0 && offset > len {
        offset = right.len() as i64 + 1;
    }
    if len > 0 && end > len {
        end = right.len() as i64 + 1;
    }
    if offset >= end || end < 0 {
        end = offset + 1;
    }
    let column = offset - 1 - spaces as i64;
    if column < 0 {
        return;
    }
    // White space that is no blank, like a tab, is kept, so that the carets stand below what they mean.
    let pad: String = left
        .chars()
        .take(column as usize)
        .map(|c| if c.is_whitespace() { c } else { ' ' })
        .collect();
    let carets = "^".repeat((end - offset).max(0) as usize);
    out.push(format!("    {pad}{carets}\n"));
}
