//! "Did you mean": the names among which a wrong one is looked for. CPython 3.13: Lib/traceback.py,
//! `_compute_suggestion_error`.

use crate::python::memory::{Addr, Own};
use crate::python::module::sys::STDLIB_MODULE_NAMES;
use crate::python::object::{dict, exception, flags, frame, list, str, traceback, types};
use crate::python::vm::{Vm, suggest};

impl Vm {
    /// Adds what may have been meant to the message of a wrong name, attribute or import.
    pub(super) fn add_suggestion(&mut self, raised: Addr, message: &mut String) {
        let is_import = self.type_check(raised, types::IMPORT_ERROR);
        let is_name = self.type_check(raised, types::NAME_ERROR);
        if !is_import && !is_name && !self.type_check(raised, types::ATTRIBUTE_ERROR) {
            return;
        }
        let attribute = if is_import { "name_from" } else { "name" };
        let Some(wrong) = self.attribute_text(raised, attribute) else {
            return;
        };
        let found = if is_import {
            self.suggest_import(raised, &wrong)
        } else if is_name {
            self.suggest_name(raised, &wrong)
        } else {
            self.suggest_attribute(raised, &wrong)
        };
        self.clear_raised();
        if let Some(found) = &found {
            message.push_str(&format!(". Did you mean: '{found}'?"));
        }
        if is_name && is_stdlib_module(&wrong) {
            message.push_str(&match found {
                Some(_) => format!(" Or did you forget to import '{wrong}'?"),
                None => format!(". Did you forget to import '{wrong}'?"),
            });
        }
    }

    fn suggest_attribute(&mut self, raised: Addr, wrong: &str) -> Option<String> {
        let object = self.get_attr_name(raised, "obj").ok()?;
        let names = self.names_in(object.addr());
        let is_hidden = !wrong.starts_with('_') && !self.is_own_method(raised, object.addr());
        self.decref(object);
        suggest::best(wrong, &without_private(names?, is_hidden))
    }

    fn suggest_import(&mut self, raised: Addr, wrong: &str) -> Option<String> {
        let name = self.attribute_text(raised, "name")?;
        // `__import__` of a dotted name gives the outermost package.
        let outermost = name.split('.').next().unwrap_or_default();
        let module = self.import_module(outermost).ok()?;
        let names = self.names_in(module.addr());
        self.decref(module);
        suggest::best(wrong, &without_private(names?, !wrong.starts_with('_')))
    }

    /// Locals, globals and builtins of the frame that raised; `self.name` when the instance has it.
    fn suggest_name(&mut self, raised: Addr, wrong: &str) -> Option<String> {
        let (shown, locals) = self.innermost_frame(raised)?;
        if let Some(instance) = self.local_self(locals.addr()) {
            let wanted = str::intern(self, wrong);
            let found = self.get_attr_opt(instance.addr(), wanted.addr());
            self.decref(wanted);
            self.decref(instance);
            if let Ok(Some(found)) = found {
                self.decref(found);
                self.decref(locals);
                return Some(format!("self.{wrong}"));
            }
            self.clear_raised();
        }
        let mut names = Vec::new();
        for mapping in [locals.addr(), shown.globals, shown.builtins] {
            if !self.has_flag(mapping, flags::DICT_SUBCLASS) {
                continue;
            }
            for (key, _) in dict::items(self, mapping) {
                if self.has_flag(key, flags::UNICODE_SUBCLASS) {
                    names.push(str::to_rust(self, key));
                }
            }
        }
        self.decref(locals);
        suggest::best(wrong, &names)
    }

    /// Whether the exception was raised in a method of `object`, which may use its private names.
    fn is_own_method(&mut self, raised: Addr, object: Addr) -> bool {
        let Some((_, locals)) = self.innermost_frame(raised) else {
            return false;
        };
        let instance = self.local_self(locals.addr());
        let is_same = instance.as_ref().is_some_and(|own| own.addr() == object);
        self.xdecref(instance);
        self.decref(locals);
        is_same
    }

    /// The innermost frame of an exception's traceback, and its local names.
    fn innermost_frame(&mut self, raised: Addr) -> Option<(frame::Shown, Own)> {
        let mut cursor = self.field(raised, exception::offsets::TRACEBACK).some()?;
        while let Some(next) = self.field(cursor, traceback::NEXT).some() {
            cursor = next;
        }
        let shown = frame::shown(self, self.field(cursor, traceback::FRAME))?;
        let locals = frame::names_of(self, &shown).ok()?;
        Some((shown, locals))
    }

    /// What `self` is among local names.
    fn local_self(&mut self, locals: Addr) -> Option<Own> {
        if !self.has_flag(locals, flags::DICT_SUBCLASS) {
            return None;
        }
        let key = str::intern(self, "self");
        let found = dict::get(self, locals, key.addr());
        let found = found.ok().flatten().map(|found| self.incref(found));
        self.decref(key);
        found
    }

    /// `dir(object)` as texts; `None` when it fails.
    fn names_in(&mut self, object: Addr) -> Option<Vec<String>> {
        let dir = self.builtin("dir").ok()?;
        let names = self.call(dir.addr(), &[object]);
        self.decref(dir);
        let names = names.ok()?;
        let is_list = self.has_flag(names.addr(), flags::LIST_SUBCLASS);
        let items = if is_list {
            list::items(self, names.addr())
        } else {
            Vec::new()
        };
        // One name that is no text spoils the whole search.
        let texts = items
            .into_iter()
            .map(|item| {
                self.has_flag(item, flags::UNICODE_SUBCLASS)
                    .then(|| str::to_rust(self, item))
            })
            .collect();
        self.decref(names);
        texts
    }
}

/// Whether a name is in `sys.stdlib_module_names`.
fn is_stdlib_module(name: &str) -> bool {
    STDLIB_MODULE_NAMES.binary_search(&name).is_ok()
}

fn without_private(names: Vec<String>, is_hidden: bool) -> Vec<String> {
    let keep = |name: &String| !is_hidden || !name.starts_with('_');
    names.into_iter().filter(keep).collect()
}
