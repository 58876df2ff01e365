//! `_warnings`: which warnings are shown, how often, and where. CPython 3.13: Python/_warnings.c.

use super::{NativeModule, add};
use crate::python::compiler::{ErrorKind, SyntaxError, Warning};
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, NONE, dict, flags, int, list, module, str, tuple, types};
use crate::python::vm::{Args, PyResult, Raised, Vm};

/// `_warnings`
pub static MODULE: NativeModule = NativeModule {
    name: "_warnings",
    methods: &[
        Method::new(
            "warn",
            "(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=())",
            warn,
        ),
        Method::new(
            "warn_explicit",
            "(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None)",
            warn_explicit,
        ),
        Method::new("_filters_mutated", "()", filters_mutated),
        Method::new("_filters_mutated_lock_held", "()", filters_mutated),
        Method::new("_acquire_lock", "()", |vm, _, _| Ok(vm.none())),
        Method::new("_release_lock", "()", |vm, _, _| Ok(vm.none())),
    ],
    types: &[],
    init,
};

/// What the machine knows of warnings. It is made when it is first needed.
#[derive(Default)]
pub struct State {
    /// `filters`, a list; owned.
    pub filters: Addr,
    /// `_onceregistry`, a dict; owned.
    pub once: Addr,
    /// Changes with every change of the filters, so that registries forget what they know.
    version: i64,
}

/// A warning on its way.
struct Given {
    /// The exception's class.
    category: Addr,
    /// A text or an exception.
    message: Addr,
    filename: Own,
    line: i64,
    /// `NULL` to make one from the file's name.
    module: Addr,
    /// `__warningregistry__`, or `NULL`.
    registry: Addr,
    source: Addr,
}

fn init(vm: &mut Vm, module: Addr) -> PyResult<()> {
    prepare(vm)?;
    for (name, value) in [
        ("filters", vm.warnings.filters),
        ("_onceregistry", vm.warnings.once),
    ] {
        let value = vm.incref(value);
        add(vm, module, name, value);
    }
    let action = str::intern(vm, "default");
    add(vm, module, "_defaultaction", action);
    // 3.14's variable, for which the library's module asks: filters belong to the program here.
    let none = vm.none();
    add(vm, module, "_warnings_context", none);
    Ok(())
}

/// Makes the filters of a fresh interpreter.
fn prepare(vm: &mut Vm) -> PyResult<()> {
    if !vm.warnings.filters.is_null() {
        return Ok(());
    }
    let rows = [
        ("default", types::DEPRECATION_WARNING, Some("__main__")),
        ("ignore", types::DEPRECATION_WARNING, None),
        ("ignore", types::PENDING_DEPRECATION_WARNING, None),
        ("ignore", types::IMPORT_WARNING, None),
        ("ignore", types::RESOURCE_WARNING, None),
    ];
    let mut filters = Vec::new();
    for (action, category, of_module) in rows {
        let parts = vec![
            str::intern(vm, action),
            vm.none(),
            vm.incref(category),
            match of_module {
                Some(name) => str::intern(vm, name),
                None => vm.none(),
            },
            int::new(vm, 0),
        ];
        filters.push(tuple::from_owned(vm, parts));
    }
    vm.warnings.filters = list::from_owned(vm, filters)?.into_addr();
    vm.warnings.once = dict::new(vm).into_addr();
    Ok(())
}

fn filters_mutated(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    vm.warnings.version += 1;
    Ok(vm.none())
}

fn warn(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let (message, category, source) = (args.get(vm, 0), args.get(vm, 1), args.get(vm, 3));
    let category = category_of(vm, message, category)?;
    let level = match args.get(vm, 2).some() {
        Some(level) => vm.index_value(level, types::OVERFLOW_ERROR)?,
        None => 1,
    };
    let mut prefixes = Vec::new();
    if let Some(given) = args.get(vm, 4).some() {
        if !vm.has_flag(given, flags::TUPLE_SUBCLASS) {
            let name = vm.type_name(given);
            return Err(vm.type_error(format!(
                "warn() argument 'skip_file_prefixes' must be tuple, not {name}"
            )));
        }
        for prefix in tuple::items(vm, given) {
            if !vm.has_flag(prefix, flags::UNICODE_SUBCLASS) {
                let name = vm.type_name(prefix);
                return Err(vm.type_error(format!("Found non-str '{name}' in skip_file_prefixes.")));
            }
            prefixes.push(str::to_rust(vm, prefix));
        }
    }
    vm.warn_at(category, message, level as i64, source, &prefixes)?;
    Ok(vm.none())
}

/// The class of a warning: that of an exception that is given, `UserWarning` when nothing is said.
fn category_of(vm: &mut Vm, message: Addr, category: Addr) -> PyResult<Addr> {
    if vm.is_subtype(vm.type_of(message), types::WARNING) {
        return Ok(vm.type_of(message));
    }
    let category = match category.some() {
        Some(category) if category != NONE => category,
        _ => return Ok(types::USER_WARNING),
    };
    if vm.has_flag(category, flags::TYPE_SUBCLASS) && vm.is_subtype(category, types::WARNING) {
        return Ok(category);
    }
    let name = vm.type_name(category);
    Err(vm.type_error(format!("category must be a Warning subclass, not '{name}'")))
}

fn warn_explicit(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let (message, category, filename) = (args.get(vm, 0), args.get(vm, 1), args.get(vm, 2));
    if !vm.has_flag(filename, flags::UNICODE_SUBCLASS) {
        let name = vm.type_name(filename);
        return Err(vm.type_error(format!(
            "warn_explicit() argument 'filename' must be str, not {name}"
        )));
    }
    let line = args.get(vm, 3);
    let line = vm.index_value(line, types::OVERFLOW_ERROR)? as i64;
    let category = match vm.is_subtype(vm.type_of(message), types::WARNING) {
        true => vm.type_of(message),
        false => category,
    };
    let not_none = |object: Addr| if object == NONE { Addr::NULL } else { object };
    let registry = not_none(args.get(vm, 5));
    if !registry.is_null() && !vm.has_flag(registry, flags::DICT_SUBCLASS) {
        return Err(vm.type_error("'registry' must be a dict or None"));
    }
    let given = Given {
        category,
        message,
        filename: vm.incref(filename),
        line,
        module: not_none(args.get(vm, 4)),
        registry,
        source: not_none(args.get(vm, 7)),
    };
    vm.warn_given(given)?;
    Ok(vm.none())
}

impl Vm {
    /// Warns with an object or a text, from the frame `level` calls up: `PyErr_WarnEx`.
    fn warn_at(
        &mut self,
        category: Addr,
        message: Addr,
        level: i64,
        source: Addr,
        prefixes: &[String],
    ) -> PyResult<()> {
        prepare(self)?;
        let source = if source == NONE { Addr::NULL } else { source };
        let Some((index, line)) = self.frame_to_blame(level, prefixes) else {
            let given = Given {
                category,
                message,
                filename: str::new(self, "<sys>"),
                line: 0,
                module: Addr::NULL,
                registry: Addr::NULL,
                source,
            };
            return self.warn_given(given);
        };
        let globals = self.frames[index].globals;
        let filename = self
            .program_ref(self.frames[index].code)
            .code
            .filename
            .to_string();
        let registry = self.registry_in(globals)?;
        let name = dict::get_str(self, globals, self.names.__name__);
        let module = match name.filter(|name| self.has_flag(*name, flags::UNICODE_SUBCLASS)) {
            Some(name) => self.incref(name),
            None => str::new(self, "<string>"),
        };
        let given = Given {
            category,
            message,
            filename: str::new(self, &filename),
            line: i64::from(line),
            module: module.addr(),
            registry,
            source,
        };
        let result = self.warn_given(given);
        self.decref(module);
        result
    }

    /// The number of the frame `level` calls up, and its line.
    fn frame_to_blame(&self, level: i64, prefixes: &[String]) -> Option<(usize, u32)> {
        let mut index = self.frames.len().checked_sub(1)?;
        let mut left = level.max(1) - 1;
        let skipped = |index: usize| {
            let filename = &self.program_ref(self.frames[index].code).code.filename;
            prefixes
                .iter()
                .any(|prefix| filename.starts_with(prefix.as_str()))
        };
        while left > 0 || skipped(index) {
            left -= i64::from(!skipped(index) || prefixes.is_empty());
            index = index.checked_sub(1)?;
        }
        let frame = &self.frames[index];
        let pc = if index + 1 == self.frames.len() {
            self.heap.pc
        } else {
            frame.pc as usize
        };
        let line = crate::python::object::frame::line_before(self.program_ref(frame.code), pc);
        Some((index, line))
    }

    /// `globals().setdefault("__warningregistry__", {})`, borrowed.
    fn registry_in(&mut self, globals: Addr) -> PyResult<Addr> {
        let key = str::intern(self, "__warningregistry__");
        let found = dict::get(self, globals, key.addr())?;
        let registry = match found {
            Some(found) => found,
            None => {
                let made = dict::new(self);
                dict::set(self, globals, key.addr(), made.addr())?;
                let address = made.addr();
                self.decref(made);
                address
            }
        };
        self.decref(key);
        Ok(if registry == NONE {
            Addr::NULL
        } else {
            registry
        })
    }

    /// Warns of what the compiler found; a filter may make it a `SyntaxError`.
    pub(crate) fn warn_of_syntax(&mut self, warnings: &[Warning], filename: &str) -> PyResult<()> {
        for warning in warnings {
            prepare(self)?;
            let message = str::new(self, &warning.message);
            let given = Given {
                category: types::SYNTAX_WARNING,
                message: message.addr(),
                filename: str::new(self, filename),
                line: i64::from(warning.start.0),
                module: Addr::NULL,
                registry: Addr::NULL,
                source: Addr::NULL,
            };
            let result = self.warn_given(given);
            self.decref(message);
            if result.is_err() {
                return Err(self.raise_warned(warning, filename));
            }
        }
        Ok(())
    }

    /// A filter made a `SyntaxWarning` an exception: it becomes a `SyntaxError` with a place.
    fn raise_warned(&mut self, warning: &Warning, filename: &str) -> Raised {
        if !self.raised_is(types::SYNTAX_WARNING) {
            return Raised;
        }
        self.clear_raised();
        let error = SyntaxError {
            kind: ErrorKind::Syntax,
            message: warning.message.clone(),
            line: warning.start.0,
            column: warning.start.1 as i32 + 1,
            end_line: warning.end.0,
            end_column: Some(warning.end.1 as i32 + 1),
            is_late: true,
            text: None,
        };
        self.raise_syntax_error(&error, filename)
    }

    /// Warns: `PyErr_WarnEx`.
    ///
    /// # Errors
    /// The warning itself, where a filter makes it an exception.
    pub fn warn(&mut self, category: Addr, message: &str) -> PyResult<()> {
        let message = str::new(self, message);
        let result = self.warn_at(category, message.addr(), 1, Addr::NULL, &[]);
        self.decref(message);
        result
    }

    /// The same about an object: where it was made is told if that is known. CPython: `PyErr_ResourceWarning`.
    pub(crate) fn warn_about(
        &mut self,
        category: Addr,
        message: &str,
        source: Addr,
    ) -> PyResult<()> {
        let message = str::new(self, message);
        let result = self.warn_at(category, message.addr(), 1, source, &[]);
        self.decref(message);
        result
    }

    /// Decides what becomes of a warning, and does it.
    fn warn_given(&mut self, given: Given) -> PyResult<()> {
        prepare(self)?;
        let result = self.warn_prepared(&given);
        self.decref(given.filename);
        result
    }

    fn warn_prepared(&mut self, given: &Given) -> PyResult<()> {
        let is_exception = self.is_subtype(self.type_of(given.message), types::WARNING);
        let (text, message) = if is_exception {
            let message = self.incref(given.message);
            (self.str(given.message)?, message)
        } else {
            let message = self.call(given.category, &[given.message])?;
            (self.incref(given.message), message)
        };
        let line = int::new(self, given.line);
        let key = tuple::new(self, &[text.addr(), given.category, line.addr()]);
        self.decref(line);
        let known =
            !given.registry.is_null() && self.already_warned(given.registry, key.addr(), false)?;
        if !known {
            let action = self.action_for(given, text.addr())?;
            if self.must_show(&action, given, text.addr(), &message, key.addr())? {
                self.show_warning(given, text.addr(), message.addr())?;
            }
        }
        for part in [text, message, key] {
            self.decref(part);
        }
        Ok(())
    }

    /// Obeys an action; whether the warning is to be shown.
    fn must_show(
        &mut self,
        action: &str,
        given: &Given,
        text: Addr,
        message: &Own,
        key: Addr,
    ) -> PyResult<bool> {
        if action == "error" {
            let message = self.incref(message.addr());
            return Err(self.raise(message));
        }
        if action == "ignore" {
            return Ok(false);
        }
        if !matches!(action, "always" | "all") && !given.registry.is_null() {
            let yes = self.bool(true);
            dict::set(self, given.registry, key, yes.addr())?;
            self.decref(yes);
        }
        let (registry, key) = match action {
            "always" | "all" | "default" => return Ok(true),
            "once" => {
                let once = self.once_registry();
                (once, tuple::new(self, &[text, given.category]))
            }
            "module" if given.registry.is_null() => return Ok(true),
            "module" => {
                let zero = int::new(self, 0);
                let key = tuple::new(self, &[text, given.category, zero.addr()]);
                self.decref(zero);
                (given.registry, key)
            }
            _ => {
                return Err(self.runtime_error(format!(
                    "Unrecognized action ('{action}') in warnings.filters:\n None"
                )));
            }
        };
        let known = self.already_warned(registry, key.addr(), true)?;
        self.decref(key);
        Ok(!known)
    }

    /// Whether a registry has a key; a registry that is older than the filters forgets all.
    fn already_warned(&mut self, registry: Addr, key: Addr, note: bool) -> PyResult<bool> {
        let name = str::intern(self, "version");
        let current = self.warnings.version;
        let found = dict::get(self, registry, name.addr())?;
        let is_current = found.is_some_and(|found| {
            self.type_check(found, types::INT) && int::as_i64(self, found) == Some(current)
        });
        if !is_current {
            dict::clear(self, registry);
            let version = int::new(self, current);
            dict::set(self, registry, name.addr(), version.addr())?;
            self.decref(version);
        } else if let Some(found) = dict::get(self, registry, key)?
            && self.is_true(found)?
        {
            self.decref(name);
            return Ok(true);
        }
        self.decref(name);
        if note {
            let yes = self.bool(true);
            dict::set(self, registry, key, yes.addr())?;
            self.decref(yes);
        }
        Ok(false)
    }

    /// What the first filter that fits says.
    fn action_for(&mut self, given: &Given, text: Addr) -> PyResult<String> {
        let module = match given.module.some() {
            Some(module) => self.incref(module),
            None => {
                let name = str::to_rust(self, given.filename.addr());
                let name = name.strip_suffix(".py").unwrap_or(&name).to_owned();
                str::new(self, if name.is_empty() { "<unknown>" } else { &name })
            }
        };
        let filters = match self.warnings_attribute("filters") {
            Some(filters) => filters,
            None => self.incref(self.warnings.filters),
        };
        if !self.has_flag(filters.addr(), flags::LIST_SUBCLASS) {
            return Err(self.value_error("_warnings.filters must be a list"));
        }
        let mut action = None;
        let mut i = 0;
        while action.is_none() && i < list::len(self, filters.addr()) {
            let item = list::item(self, filters.addr(), i);
            let parts = if self.has_flag(item, flags::TUPLE_SUBCLASS) {
                tuple::items(self, item)
            } else {
                Vec::new()
            };
            let [does, message, category, of_module, line] = parts[..] else {
                return Err(self.value_error(format!("_warnings.filters item {i} isn't a 5-tuple")));
            };
            let item = self.incref(item);
            let line = self.index_value(line, types::OVERFLOW_ERROR)? as i64;
            if self.is_subclass(given.category, category)?
                && (line == 0 || line == given.line)
                && self.filter_matches(message, text)?
                && self.filter_matches(of_module, module.addr())?
            {
                action = Some(str::text_of(self, does)?);
            }
            self.decref(item);
            i += 1;
        }
        self.decref(filters);
        self.decref(module);
        Ok(match action {
            Some(action) => action,
            None => match self.warnings_attribute("defaultaction") {
                Some(default) => {
                    let text = str::text_of(self, default.addr())?;
                    self.decref(default);
                    text
                }
                None => "default".to_owned(),
            },
        })
    }

    /// Whether a filter's part fits: `None` always, a text when it is equal, a pattern when it matches.
    fn filter_matches(&mut self, part: Addr, text: Addr) -> PyResult<bool> {
        if part == NONE {
            return Ok(true);
        }
        if self.is_exact_str(part) {
            return Ok(str::to_rust(self, part) == str::to_rust(self, text));
        }
        let name = str::intern(self, "match");
        let found = self.call_method(part, name.addr(), &[text])?;
        let fits = self.is_true(found.addr())?;
        self.decref(found);
        self.decref(name);
        Ok(fits)
    }

    /// An attribute of the module `warnings`, if the program imported it.
    fn warnings_attribute(&mut self, name: &str) -> Option<Own> {
        let key = str::intern(self, "warnings");
        let found = dict::get(self, self.modules, key.addr()).ok().flatten();
        self.decref(key);
        let found = self.incref(found.filter(|found| self.type_check(*found, types::MODULE))?);
        let namespace = module::namespace(self, found.addr());
        let name = str::intern(self, name);
        let value = dict::get(self, namespace, name.addr()).ok().flatten();
        let value = value.map(|value| self.incref(value));
        self.decref(name);
        self.decref(found);
        value
    }

    /// Where actions of `once` are noted, borrowed.
    fn once_registry(&mut self) -> Addr {
        match self.warnings_attribute("onceregistry") {
            Some(found) => {
                let address = found.addr();
                self.decref(found);
                address
            }
            None => self.warnings.once,
        }
    }

    /// Shows a warning: through the module `warnings` if the program imported it.
    fn show_warning(&mut self, given: &Given, text: Addr, message: Addr) -> PyResult<()> {
        if !given.source.is_null() {
            let module = self.import_module("warnings")?;
            self.decref(module);
        }
        let Some(show) = self.warnings_attribute("_showwarnmsg") else {
            self.print_warning(given, text);
            return Ok(());
        };
        let Some(class) = self.warnings_attribute("WarningMessage") else {
            self.decref(show);
            return Err(self.runtime_error("unable to get warnings.WarningMessage"));
        };
        let line = int::new(self, given.line);
        let source = given.source.some().unwrap_or(NONE);
        let arguments = [
            message,
            given.category,
            given.filename.addr(),
            line.addr(),
            NONE,
            NONE,
            source,
        ];
        let record = self.call(class.addr(), &arguments)?;
        self.decref(line);
        self.decref(class);
        let result = self.call(show.addr(), &[record.addr()])?;
        for part in [record, show, result] {
            self.decref(part);
        }
        Ok(())
    }

    /// Writes a warning and its line to `sys.stderr`.
    fn print_warning(&mut self, given: &Given, text: Addr) {
        let filename = str::to_rust(self, given.filename.addr());
        let category = self.type_data(given.category).name.to_string();
        let text = str::to_rust(self, text);
        let at = (given.line as usize).saturating_sub(1);
        let line = self
            .source_of(&filename)
            .and_then(|source| source.lines().nth(at));
        let line = line.map(|line| format!("  {}\n", line.trim_start_matches([' ', '\t', '\x0c'])));
        let whole = format!(
            "{filename}:{}: {category}: {text}\n{}",
            given.line,
            line.unwrap_or_default()
        );
        match self.sys_attribute_name("stderr") {
            Some(file) if file.addr() != NONE => {
                self.write_to(file.addr(), &whole);
                self.decref(file);
            }
            other => self.xdecref(other),
        }
    }

    /// A coroutine dies that nobody awaited. CPython: `_PyErr_WarnUnawaitedCoroutine`.
    pub(crate) fn warn_never_awaited(&mut self, coroutine: Addr) {
        if self.warn_unawaited(coroutine).is_err() {
            self.write_unraisable(coroutine);
        }
    }

    fn warn_unawaited(&mut self, coroutine: Addr) -> Result<(), Raised> {
        if dict::len(self, self.modules) == 0 {
            // The program is over: nothing is imported any more.
            return Ok(());
        }
        let module = self.import_module("warnings")?;
        let function = self.get_attr_name(module.addr(), "_warn_unawaited_coroutine")?;
        self.decref(module);
        let result = self.call(function.addr(), &[coroutine])?;
        self.decref(function);
        self.decref(result);
        Ok(())
    }
}
