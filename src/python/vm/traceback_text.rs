//! An exception as CPython prints it. CPython 3.13: Lib/traceback.py, `TracebackException.format`.

use super::{Vm, suggest};
use crate::python::memory::Addr;
use crate::python::object::{
    NONE, exception, flags, frame, int, list, str, traceback, tuple, types,
};

const RECURSIVE_CUTOFF: usize = 3;
const CAUSE: &str = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT: &str = "\nDuring handling of the above exception, another exception occurred:\n\n";

impl Vm {
    /// Prints an exception that nobody caught: `sys.excepthook` if the program set one.
    pub(crate) fn print_uncaught(&mut self, raised: Addr) {
        let text = self.traceback_text(raised);
        self.write_stderr(&text);
    }

    /// The type of an exception as a traceback names it: with its module, unless that goes without saying.
    pub(crate) fn exception_type_name(&mut self, raised: Addr) -> String {
        let ty = self.type_of(raised);
        let qualname = self.attribute_text(ty, "__qualname__");
        let module = self.attribute_text(ty, "__module__");
        let name = qualname.unwrap_or_else(|| self.type_data(ty).name.to_string());
        match module.as_deref() {
            Some("__main__" | "builtins") => name,
            Some(module) => format!("{module}.{name}"),
            None => format!("<unknown>.{name}"),
        }
    }

    /// An attribute that is a string, without raising.
    fn attribute_text(&mut self, object: Addr, name: &str) -> Option<String> {
        let value = match self.get_attr_name(object, name) {
            Ok(value) => value,
            Err(_) => {
                self.clear_raised();
                return None;
            }
        };
        let text = self
            .has_flag(value.addr(), flags::UNICODE_SUBCLASS)
            .then(|| str::to_rust(self, value.addr()));
        self.decref(value);
        text
    }

    /// `traceback.format_exception(raised)` as one text.
    pub fn traceback_text(&mut self, raised: Addr) -> String {
        let saved = self.raised.take();
        let mut seen = Vec::new();
        let mut out = String::new();
        self.chain_text(raised, &mut seen, &mut out, 0);
        self.settle_dropped();
        self.raised = saved;
        out
    }

    /// The exceptions before this one, then this one.
    fn chain_text(&mut self, raised: Addr, seen: &mut Vec<Addr>, out: &mut String, depth: usize) {
        let mut chain = vec![(raised, "")];
        seen.push(raised);
        let mut current = raised;
        loop {
            let cause = self.field(current, exception::offsets::CAUSE);
            let context = self.field(current, exception::offsets::CONTEXT);
            let suppress = self
                .heap
                .space
                .byte(current.at(exception::offsets::SUPPRESS_CONTEXT))
                != 0;
            let (next, message) = if !cause.is_null() && !seen.contains(&cause) {
                (cause, CAUSE)
            } else if cause.is_null() && !context.is_null() && !suppress && !seen.contains(&context)
            {
                (context, CONTEXT)
            } else {
                break;
            };
            seen.push(next);
            if let Some(last) = chain.last_mut() {
                last.1 = message;
            }
            chain.push((next, ""));
            current = next;
        }
        for (item, message) in chain.into_iter().rev() {
            out.push_str(message);
            self.one_text(item, seen, out, depth);
        }
    }

    fn one_text(&mut self, raised: Addr, seen: &mut Vec<Addr>, out: &mut String, depth: usize) {
        let _ = (seen, depth);
        let trace = self.field(raised, exception::offsets::TRACEBACK);
        if !trace.is_null() {
            out.push_str("Traceback (most recent call last):\n");
            self.stack_text(trace, out);
        }
        self.final_text(raised, out);
    }

    fn stack_text(&mut self, trace: Addr, out: &mut String) {
        let mut last: Option<(String, u32, String)> = None;
        let mut count = 0;
        let repeated = |out: &mut String, count: usize| {
            if count > RECURSIVE_CUTOFF {
                let more = count - RECURSIVE_CUTOFF;
                let s = if more > 1 { "s" } else { "" };
                out.push_str(&format!("  [Previous line repeated {more} more time{s}]\n"));
            }
        };
        let mut cursor = trace;
        while !cursor.is_null() {
            let (index, line) = traceback::position(self, cursor);
            let frame = self.field(cursor, traceback::FRAME);
            if let Some(shown) = frame::shown(self, frame) {
                let code = shown.program.code.clone();
                let key = (code.filename.to_string(), line, code.name.to_string());
                if last.as_ref() != Some(&key) {
                    repeated(out, count);
                    last = Some(key);
                    count = 0;
                }
                count += 1;
                if count <= RECURSIVE_CUTOFF {
                    let position = code.positions.get(index).copied().unwrap_or_default();
                    self.frame_text(&code.filename, line, &code.name, position, out);
                }
            }
            cursor = self.field(cursor, traceback::NEXT);
        }
        repeated(out, count);
    }

    /// The text of a source file that the engine knows.
    pub(crate) fn source_of(&self, filename: &str) -> Option<&str> {
        if *self.main_file == *filename {
            return Some(&self.main_source);
        }
        crate::python::lib::text_at(filename)
    }

    fn frame_text(
        &mut self,
        filename: &str,
        line: u32,
        name: &str,
        position: crate::python::code::Position,
        out: &mut String,
    ) {
        out.push_str(&format!("  File \"{filename}\", line {line}, in {name}\n"));
        let Some(source) = self.source_of(filename) else {
            return;
        };
        out.push_str(&crate::python::compiler::carets::excerpt(
            source, line, position,
        ));
    }

    /// The last lines: type and message, a syntax error's place, notes.
    fn final_text(&mut self, raised: Addr, out: &mut String) {
        let name = self.exception_type_name(raised);
        if self.type_check(raised, types::SYNTAX_ERROR) {
            self.syntax_text(raised, &name, out);
        } else {
            let mut message = match str::text_of(self, raised) {
                Ok(text) => text,
                Err(_) => {
                    self.clear_raised();
                    "<exception str() failed>".to_owned()
                }
            };
            self.add_suggestion(raised, &mut message);
            if message.is_empty() {
                out.push_str(&format!("{name}\n"));
            } else {
                out.push_str(&format!("{name}: {message}\n"));
            }
        }
        self.notes_text(raised, out);
    }

    fn notes_text(&mut self, raised: Addr, out: &mut String) {
        let notes = match self.get_attr_opt(raised, self.names.__notes__) {
            Ok(Some(notes)) => notes,
            _ => {
                self.clear_raised();
                return;
            }
        };
        let items = if self.has_flag(notes.addr(), flags::LIST_SUBCLASS) {
            Some(list::items(self, notes.addr()))
        } else if self.has_flag(notes.addr(), flags::TUPLE_SUBCLASS) {
            Some(tuple::items(self, notes.addr()))
        } else {
            None
        };
        match items {
            Some(items) => {
                for item in items {
                    let text =
                        str::text_of(self, item).unwrap_or_else(|_| "<note str() failed>".into());
                    self.clear_raised();
                    for line in text.split('\n') {
                        out.push_str(&format!("{line}\n"));
                    }
                }
            }
            None if notes.addr() == NONE => {}
            None => {
                let text = self
                    .repr_text(notes.addr())
                    .unwrap_or_else(|_| "<__notes__ repr() failed>".into());
                self.clear_raised();
                out.push_str(&format!("{text}\n"));
            }
        }
        self.decref(notes);
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

    fn syntax_text(&mut self, raised: Addr, name: &str, out: &mut String) {
        let filename = self.attribute_text(raised, "filename");
        let line = self.attribute_int(raised, "lineno");
        let mut suffix = String::new();
        match (line, &filename) {
            (Some(line), filename) => {
                let filename = filename.as_deref().unwrap_or("<string>");
                out.push_str(&format!("  File \"{filename}\", line {line}\n"));
            }
            (None, Some(filename)) => suffix = format!(" ({filename})"),
            (None, None) => {}
        }
        if let Some(text) = self.attribute_text(raised, "text") {
            let offset = self.attribute_int(raised, "offset");
            let end_line = self.attribute_int(raised, "end_lineno");
            let end_offset = self.attribute_int(raised, "end_offset");
            out.push_str(&syntax_carets(&text, offset, line == end_line, end_offset));
        }
        let message = self
            .attribute_text(raised, "msg")
            .unwrap_or_else(|| "<no detail available>".into());
        out.push_str(&format!("{name}: {message}{suffix}\n"));
    }

    /// "Did you mean": for names, attributes and imports.
    fn add_suggestion(&mut self, raised: Addr, message: &mut String) {
        let is_name = self.type_check(raised, types::NAME_ERROR);
        let is_attribute = self.type_check(raised, types::ATTRIBUTE_ERROR);
        let is_import = self.type_check(raised, types::IMPORT_ERROR);
        let attribute = if is_import { "name_from" } else { "name" };
        if !(is_name || is_attribute || is_import) {
            return;
        }
        let Some(wrong) = self.attribute_text(raised, attribute) else {
            return;
        };
        let candidates = if is_attribute {
            match self.get_attr_name(raised, "obj") {
                Ok(object) => {
                    let names = self.names_in(object.addr());
                    self.decref(object);
                    names
                }
                Err(_) => {
                    self.clear_raised();
                    return;
                }
            }
        } else if is_import {
            match self
                .attribute_text(raised, "name")
                .map(|name| self.import_module(&name))
            {
                Some(Ok(module)) => {
                    let names = self.names_in(module.addr());
                    self.decref(module);
                    names
                }
                _ => {
                    self.clear_raised();
                    return;
                }
            }
        } else {
            self.names_in_scope(raised, &wrong)
        };
        let hide_private = !wrong.starts_with('_') && !is_name;
        let candidates: Vec<String> = candidates
            .into_iter()
            .filter(|name| !(hide_private && name.starts_with('_')))
            .collect();
        let own = candidates
            .iter()
            .find_map(|name| name.strip_prefix("self.").map(str::to_owned));
        let candidates: Vec<String> = candidates
            .into_iter()
            .filter(|name| !name.starts_with("self."))
            .collect();
        let best = match own {
            Some(name) => Some(format!("self.{name}")),
            None => suggest::best(&wrong, &candidates),
        };
        if let Some(best) = &best {
            message.push_str(&format!(". Did you mean: '{best}'?"));
        }
        if is_name && is_library_module(&wrong) {
            message.push_str(&match best {
                Some(_) => format!(" Or did you forget to import '{wrong}'?"),
                None => format!(". Did you forget to import '{wrong}'?"),
            });
        }
    }

    /// `dir(object)` as texts.
    fn names_in(&mut self, object: Addr) -> Vec<String> {
        let dir = match self.builtin("dir") {
            Ok(dir) => dir,
            Err(_) => {
                self.clear_raised();
                return Vec::new();
            }
        };
        let names = self.call(dir.addr(), &[object]);
        self.decref(dir);
        let Ok(names) = names else {
            self.clear_raised();
            return Vec::new();
        };
        let texts = if self.has_flag(names.addr(), flags::LIST_SUBCLASS) {
            let items = list::items(self, names.addr());
            items
                .into_iter()
                .filter(|item| self.has_flag(*item, flags::UNICODE_SUBCLASS))
                .map(|item| str::to_rust(self, item))
                .collect()
        } else {
            Vec::new()
        };
        self.decref(names);
        texts
    }

    /// Locals, globals and builtins of the frame that raised a `NameError`; `self.name` first when the
    /// instance has an attribute of that name.
    fn names_in_scope(&mut self, raised: Addr, wrong: &str) -> Vec<String> {
        let mut cursor = self.field(raised, exception::offsets::TRACEBACK);
        if cursor.is_null() {
            return Vec::new();
        }
        while let Some(next) = self.field(cursor, traceback::NEXT).some() {
            cursor = next;
        }
        let object = self.field(cursor, traceback::FRAME);
        let Some(shown) = frame::shown(self, object) else {
            return Vec::new();
        };
        let mut names = Vec::new();
        let Ok(locals) = frame::locals_of(self, &shown) else {
            self.clear_raised();
            return names;
        };
        for mapping in [locals.addr(), shown.globals, shown.builtins] {
            if !self.has_flag(mapping, flags::DICT_SUBCLASS) {
                continue;
            }
            for (key, _) in crate::python::object::dict::items(self, mapping) {
                if self.has_flag(key, flags::UNICODE_SUBCLASS) {
                    names.push(str::to_rust(self, key));
                }
            }
        }
        let key = str::new(self, "self");
        let instance = match crate::python::object::dict::get(self, locals.addr(), key.addr()) {
            Ok(Some(instance)) => Some(self.incref(instance)),
            _ => None,
        };
        self.decref(key);
        if let Some(instance) = instance {
            let wanted = str::intern(self, wrong);
            if let Ok(Some(found)) = self.get_attr_opt(instance.addr(), wanted.addr()) {
                self.decref(found);
                names.push(format!("self.{wrong}"));
            }
            self.clear_raised();
            self.decref(wanted);
            self.decref(instance);
        }
        self.decref(locals);
        names
    }
}

/// Whether a name is one of the library's top-level modules.
fn is_library_module(name: &str) -> bool {
    crate::python::lib::find(name).is_some()
        || crate::python::module::MODULES
            .iter()
            .any(|row| row.name == name)
}

/// The line of a syntax error with its carets.
fn syntax_carets(
    text: &str,
    offset: Option<i64>,
    same_line: bool,
    end_offset: Option<i64>,
) -> String {
    let right: Vec<char> = text.trim_end_matches('\n').chars().collect();
    let spaces = right
        .iter()
        .take_while(|c| matches!(c, ' ' | '\n' | '\x0c'))
        .count();
    let left: String = right[spaces..].iter().collect();
    let Some(mut offset) = offset else {
        return format!("    {left}\n");
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
    let end_column = end - 1 - spaces as i64;
    if column < 0 {
        return format!("    {left}\n");
    }
    let pad: String = left
        .chars()
        .take(column as usize)
        .map(|c| if c.is_whitespace() { c } else { ' ' })
        .collect();
    format!(
        "    {left}\n    {pad}{}\n",
        "^".repeat((end_column - column).max(0) as usize)
    )
}
