//! `import`. CPython: Python/import.c and Lib/importlib/_bootstrap.py, for the two kinds of modules there
//! are here: native ones and those of the library crate.

use super::import_file::Found;
use super::import_frames::ImportFunction;
use super::{PyResult, Raised, Vm};
use crate::python::lib;
use crate::python::memory::{Addr, Own};
use crate::python::module::{MODULES, NativeModule};
use crate::python::object::{
    NONE, all_specs, builtin_function, dict, flags, list, module, str, r#type, types,
};
use crate::python::version::Version;

impl Vm {
    /// A module by its absolute name, imported if it is not yet: `importlib.import_module`.
    pub fn import_module(&mut self, name: &str) -> PyResult<Own> {
        if let Some(found) = self.loaded_module(name)? {
            return Ok(found);
        }
        self.find_and_load(name)
    }

    /// What `sys.modules` has under a name; `None` there forbids the import.
    pub(super) fn loaded_module(&mut self, name: &str) -> PyResult<Option<Own>> {
        let key = str::new(self, name);
        let found = dict::get(self, self.modules, key.addr())?;
        let found = found.map(|found| self.incref(found));
        self.decref(key);
        if let Some(found) = &found
            && found.addr() == NONE
        {
            return Err(self.module_not_found(
                format!("import of {name} halted; None in sys.modules"),
                name,
            ));
        }
        Ok(found)
    }

    fn missing_module(&mut self, name: &str) -> Raised {
        self.module_not_found(format!("No module named '{name}'"), name)
    }

    #[cold]
    pub(crate) fn module_not_found(&mut self, message: String, name: &str) -> Raised {
        let raised = self.error(types::MODULE_NOT_FOUND_ERROR, message);
        self.name_import_error(name);
        raised
    }

    /// Sets `name` of the `ImportError` being raised.
    fn name_import_error(&mut self, name: &str) {
        let name = str::new(self, name);
        self.describe_import_error("name", name.addr());
        self.decref(name);
    }

    /// Sets an attribute of the `ImportError` that is being raised.
    fn describe_import_error(&mut self, attribute: &str, value: Addr) {
        let Some(exception) = self.raised.take() else {
            return;
        };
        let key = str::intern(self, attribute);
        let set = self.set_attr(exception.addr(), key.addr(), Some(value));
        if set.is_err() {
            self.clear_raised();
        }
        self.decref(key);
        self.raised = Some(exception);
    }

    fn find_and_load(&mut self, name: &str) -> PyResult<Own> {
        let depth = self.import_frames.depth();
        self.enter_import(ImportFunction::FindAndLoad);
        self.enter_import(ImportFunction::FindAndLoadUnlocked);
        let result = self.find_and_load_unlocked(name);
        self.leave_import(depth);
        result
    }

    fn find_and_load_unlocked(&mut self, name: &str) -> PyResult<Own> {
        let mut parent = None;
        if let Some((package, _)) = name.rsplit_once('.') {
            let loaded = self.import_module(package)?;
            if let Some(found) = self.loaded_module(name)? {
                self.decref(loaded);
                return Ok(found);
            }
            if self
                .get_attr_opt(loaded.addr(), self.names.__path__)?
                .map(|path| self.decref(path))
                .is_none()
            {
                self.decref(loaded);
                return Err(self.module_not_found(
                    format!("No module named '{name}'; '{package}' is not a package"),
                    name,
                ));
            }
            parent = Some(loaded);
        }
        let native = MODULES.iter().find(|row| row.name == name);
        self.enter_import(ImportFunction::LoadUnlocked);
        if native.is_none() {
            self.enter_import(ImportFunction::ExecModule);
        }
        self.enter_import(ImportFunction::CallWithFramesRemoved);
        let made = if let Some(native) = native {
            self.make_native(native)?
        } else if let Some(made) = self.find_by_finders(name)? {
            made
        } else {
            let package = parent.as_ref().map(Own::addr);
            match self.find_module(name, package)? {
                Some(Found::Library) => match lib::find(self.profile.version, name) {
                    Some(source) => self.make_from_source(name, source)?,
                    None => return Err(self.missing_module(name)),
                },
                Some(found) => self.make_from_file(name, found)?,
                None => return Err(self.missing_module(name)),
            }
        };
        if let Some(parent) = parent {
            let (_, leaf) = name.rsplit_once('.').unwrap_or(("", name));
            let leaf = str::intern(self, leaf);
            self.set_attr(parent.addr(), leaf.addr(), Some(made.addr()))?;
            self.decref(leaf);
            self.decref(parent);
        }
        Ok(made)
    }

    /// Asks the finders that a program put into `sys.meta_path`.
    fn find_by_finders(&mut self, name: &str) -> PyResult<Option<Own>> {
        let key = str::intern(self, "meta_path");
        let finders = self.sys_attribute(key.addr())?;
        self.decref(key);
        let Some(finders) = finders else {
            return Ok(None);
        };
        if self.type_of(finders.addr()) != types::LIST || list::len(self, finders.addr()) == 0 {
            self.decref(finders);
            return Ok(None);
        }
        let mut result = None;
        for finder in list::items(self, finders.addr()) {
            let find = str::intern(self, "find_spec");
            let method = self.get_attr_opt(finder, find.addr())?;
            self.decref(find);
            let Some(method) = method else { continue };
            let text = str::new(self, name);
            let spec = self.call(method.addr(), &[text.addr(), NONE, NONE])?;
            self.decref(text);
            self.decref(method);
            if spec.addr() == NONE {
                self.decref(spec);
                continue;
            }
            result = Some(self.load_from_spec(name, spec.addr())?);
            self.decref(spec);
            break;
        }
        self.decref(finders);
        Ok(result)
    }

    /// A module from a spec whose loader the program wrote.
    fn load_from_spec(&mut self, name: &str, spec: Addr) -> PyResult<Own> {
        let loader = self.get_attr_name(spec, "loader")?;
        let mut made = self.none();
        let create = str::intern(self, "create_module");
        if let Some(method) = self.get_attr_opt(loader.addr(), create.addr())? {
            self.decref(made);
            made = self.call(method.addr(), &[spec])?;
            self.decref(method);
        }
        self.decref(create);
        if made.addr() == NONE {
            self.decref(made);
            made = module::new(self, name)?;
        }
        for (attribute, value) in [("__spec__", spec), ("__loader__", loader.addr())] {
            let key = str::intern(self, attribute);
            self.set_attr(made.addr(), key.addr(), Some(value))?;
            self.decref(key);
        }
        let modules = self.modules;
        let kept = self.incref(made.addr());
        dict::set_name(self, modules, name, kept);
        let exec = str::intern(self, "exec_module");
        let result = self.call_method(loader.addr(), exec.addr(), &[made.addr()]);
        self.decref(exec);
        self.decref(loader);
        match result {
            Ok(value) => self.decref(value),
            Err(Raised) => {
                self.forget_module(name);
                return Err(Raised);
            }
        }
        Ok(made)
    }

    /// Makes a native module: its functions, types and whatever its `init` adds.
    pub(crate) fn make_native(&mut self, native: &'static NativeModule) -> PyResult<Own> {
        r#type::ready_with(self, native.name, all_specs())?;
        let made = module::new(self, native.name)?;
        let modules = self.modules;
        let kept = self.incref(made.addr());
        dict::set_name(self, modules, native.name, kept);
        let namespace = module::namespace(self, made.addr());
        let name = str::intern(self, native.name);
        let missing_names = self.profile.missing_names(native.name);
        let is_there = |name: &str| !missing_names.contains(&name);
        for method in native.methods.iter().filter(|method| is_there(method.name)) {
            let row = self.natives.len();
            self.natives.push(method);
            let function = builtin_function::new(self, row, made.addr(), name.addr())?;
            dict::set_name(self, namespace, method.name, function);
        }
        self.decref(name);
        for ty in native.types {
            // The module has it under its later name.
            let later = self
                .profile
                .renamed
                .iter()
                .find(|row| row.1 == &*self.type_data(*ty).name);
            let later = later.and_then(|row| row.0.rsplit('.').next());
            let name = later.map_or_else(|| self.type_data(*ty).name.clone(), Into::into);
            if !is_there(&name) {
                continue;
            }
            let ty = self.incref(*ty);
            dict::set_name(self, namespace, &name, ty);
        }
        (native.init)(self, made.addr())?;
        Ok(made)
    }

    fn make_from_source(&mut self, name: &str, source: lib::Source) -> PyResult<Own> {
        let made = module::new(self, name)?;
        let path = lib::path(self.profile.version, name, source.is_package);
        let namespace = module::namespace(self, made.addr());
        let file = str::new(self, &path);
        dict::set_name(self, namespace, "__file__", file);
        let package = match source.is_package {
            true => name,
            false => name.rsplit_once('.').map_or("", |(package, _)| package),
        };
        let package = str::new(self, package);
        dict::set_name(self, namespace, "__package__", package);
        let folder = source
            .is_package
            .then(|| path.trim_end_matches("/__init__.py"));
        self.enter_module(name, made.addr(), folder)?;
        let result = self.library_code(name, source, &path).and_then(|code| {
            let result = self.run_code(code.addr(), namespace, namespace);
            self.decref(code);
            result.map(|value| self.decref(value))
        });
        self.module_after_run(name, made, result)
    }

    /// Names a module's folder, if it is a package's, and its builtins, and puts it into `sys.modules`, where
    /// its own text finds it.
    pub(super) fn enter_module(
        &mut self,
        name: &str,
        made: Addr,
        folder: Option<&str>,
    ) -> PyResult<()> {
        let namespace = module::namespace(self, made);
        if let Some(folder) = folder {
            let folder = str::new(self, folder);
            let folders = list::from_owned(self, vec![folder])?;
            dict::set_name(self, namespace, "__path__", folders);
        }
        let builtins = module::namespace(self, self.builtins);
        let builtins = self.incref(builtins);
        dict::set_name(self, namespace, "__builtins__", builtins);
        let modules = self.modules;
        let kept = self.incref(made);
        dict::set_name(self, modules, name, kept);
        Ok(())
    }

    /// What `sys.modules` has once a module's text has run, which may put something else in its place; nothing is
    /// left there of one that raised.
    pub(super) fn module_after_run(
        &mut self,
        name: &str,
        made: Own,
        result: PyResult<()>,
    ) -> PyResult<Own> {
        self.decref(made);
        if let Err(Raised) = result {
            self.forget_module(name);
            return Err(Raised);
        }
        match self.loaded_module(name)? {
            Some(found) => Ok(found),
            None => Err(self.module_not_found(
                format!("Loaded module '{name}' not found in sys.modules"),
                name,
            )),
        }
    }

    /// The code object of a module of the library.
    fn library_code(&mut self, name: &str, source: lib::Source, path: &str) -> PyResult<Own> {
        match lib::code(self.profile.version, name, source) {
            Ok(code) => {
                let unit = super::program::load(self, &code)?;
                Ok(unit.into_code(self))
            }
            Err(error) => Err(self.raise_syntax_error(&error, path)),
        }
    }

    pub(super) fn forget_module(&mut self, name: &str) {
        let raised = self.raised.take();
        let key = str::new(self, name);
        if let Ok(removed) = dict::remove(self, self.modules, key.addr()) {
            self.xdecref(removed);
        }
        self.decref(key);
        self.raised = raised;
    }

    /// `IMPORT_NAME`: through `__import__`, if the program put another one there.
    pub(crate) fn import_name(
        &mut self,
        name: Addr,
        from_list: Addr,
        level: Addr,
    ) -> PyResult<Own> {
        let (globals, builtins) = (self.frame_globals(), self.frame_builtins());
        let Some(import) = dict::get_str(self, builtins, self.names.__import__) else {
            return Err(self.import_error("__import__ not found"));
        };
        if import == self.import_function {
            let level = self.small_int(level).unwrap_or(0);
            return self.import_module_level(name, globals, from_list, level as isize);
        }
        let locals = self.frames.last().map_or(Addr::NULL, |frame| frame.locals);
        let locals = locals.some().unwrap_or(NONE);
        let import = self.incref(import);
        let result = self.call(import.addr(), &[name, globals, locals, from_list, level]);
        self.decref(import);
        result
    }

    /// `__import__(name, globals, _, from_list, level)`
    pub(crate) fn import_module_level(
        &mut self,
        name: Addr,
        globals: Addr,
        from_list: Addr,
        level: isize,
    ) -> PyResult<Own> {
        let text = str::to_rust(self, name);
        if level < 0 {
            return Err(self.value_error("level must be >= 0"));
        }
        let absolute = if level > 0 {
            self.resolve_relative(&text, globals, level as usize)?
        } else if text.is_empty() {
            return Err(self.value_error("Empty module name"));
        } else {
            text.clone()
        };
        let made = self.import_module(&absolute)?;
        let wants_names = from_list != NONE && self.is_true(from_list)?;
        if wants_names {
            self.handle_from_list(made.addr(), &absolute, from_list)?;
            return Ok(made);
        }
        if level == 0 {
            let Some((top, _)) = text.split_once('.') else {
                return Ok(made);
            };
            self.decref(made);
            return self.import_module(top);
        }
        let Some((front, _)) = text.split_once('.') else {
            return Ok(made);
        };
        let keep = absolute.len() - (text.len() - front.len());
        self.decref(made);
        self.import_module(&absolute[..keep])
    }

    fn resolve_relative(&mut self, name: &str, globals: Addr, level: usize) -> PyResult<String> {
        let mut package = None;
        if globals != NONE && self.has_flag(globals, flags::DICT_SUBCLASS) {
            let found = dict::get_str(self, globals, self.names.__package__);
            if let Some(found) =
                found.filter(|found| self.has_flag(*found, flags::UNICODE_SUBCLASS))
            {
                package = Some(str::to_rust(self, found));
            } else if let Some(module) = dict::get_str(self, globals, self.names.__name__) {
                let module_name = str::to_rust(self, module);
                let is_package = dict::get_str(self, globals, self.names.__path__).is_some();
                package = Some(match (is_package, module_name.rsplit_once('.')) {
                    (true, _) => module_name,
                    (false, Some((package, _))) => package.to_owned(),
                    (false, None) => String::new(),
                });
            }
        }
        let Some(package) = package.filter(|package| !package.is_empty()) else {
            return Err(self.import_error("attempted relative import with no known parent package"));
        };
        let mut base = package.as_str();
        for _ in 1..level {
            match base.rsplit_once('.') {
                Some((front, _)) => base = front,
                None => {
                    return Err(
                        self.import_error("attempted relative import beyond top-level package")
                    );
                }
            }
        }
        Ok(if name.is_empty() {
            base.to_owned()
        } else {
            format!("{base}.{name}")
        })
    }

    /// Imports the submodules that `from package import names` asks for.
    fn handle_from_list(&mut self, module: Addr, name: &str, from_list: Addr) -> PyResult<()> {
        let Some(path) = self.get_attr_opt(module, self.names.__path__)? else {
            return Ok(());
        };
        self.decref(path);
        let mut wanted = Vec::new();
        for item in self.collect(from_list)? {
            wanted.push(item);
        }
        let mut position = 0;
        while position < wanted.len() {
            let item = wanted[position].addr();
            position += 1;
            if !self.has_flag(item, flags::UNICODE_SUBCLASS) {
                let got = self.type_name(item);
                return Err(
                    self.type_error(format!("Item in ``from list'' must be str, not {got}"))
                );
            }
            let text = str::to_rust(self, item);
            if text == "*" {
                if let Some(all) = self.get_attr_opt(module, self.names.__all__)? {
                    for item in self.collect(all.addr())? {
                        if self.has_flag(item.addr(), flags::UNICODE_SUBCLASS)
                            && str::to_rust(self, item.addr()) != "*"
                        {
                            wanted.push(item);
                        } else {
                            self.decref(item);
                        }
                    }
                    self.decref(all);
                }
                continue;
            }
            if let Some(found) = self.get_attr_opt(module, item)? {
                self.decref(found);
                continue;
            }
            let full = format!("{name}.{text}");
            match self.import_module(&full) {
                Ok(made) => self.decref(made),
                Err(Raised) if self.misses_module(&full) => {
                    // Missing altogether: `from` itself will say so.
                    self.clear_raised();
                }
                Err(Raised) => return Err(Raised),
            }
        }
        for item in wanted {
            self.decref(item);
        }
        Ok(())
    }

    /// Whether what is being raised says that the module of this very name does not exist.
    fn misses_module(&mut self, name: &str) -> bool {
        if !self.raised_is(types::MODULE_NOT_FOUND_ERROR) {
            return false;
        }
        let Some(exception) = self.raised.take() else {
            return false;
        };
        let missing = self.get_attr_name(exception.addr(), "name");
        let is = match missing {
            Ok(missing) => {
                let is = self.has_flag(missing.addr(), flags::UNICODE_SUBCLASS)
                    && str::to_rust(self, missing.addr()) == name;
                self.decref(missing);
                is
            }
            Err(Raised) => {
                self.clear_raised();
                false
            }
        };
        self.raised = Some(exception);
        is
    }

    /// `from module import name`
    pub(crate) fn import_from(&mut self, module: Addr, name: Addr) -> PyResult<Own> {
        if let Some(value) = self.get_attr_opt(module, name)? {
            return Ok(value);
        }
        let text = str::to_rust(self, name);
        let module_name = match self.get_attr_opt(module, self.names.__name__)? {
            Some(found) if self.has_flag(found.addr(), flags::UNICODE_SUBCLASS) => {
                let text = str::to_rust(self, found.addr());
                self.decref(found);
                text
            }
            _ => "<unknown module name>".to_owned(),
        };
        let full = str::new(self, &format!("{module_name}.{text}"));
        let found = dict::get(self, self.modules, full.addr())?;
        let found = found.map(|found| self.incref(found));
        self.decref(full);
        if let Some(found) = found {
            return Ok(found);
        }
        if let Some(later) = self.later_name(&module_name, &text)? {
            return Ok(later);
        }
        let file = self.get_attr_opt(module, self.names.__file__)?;
        let place = match &file {
            Some(file) if self.has_flag(file.addr(), flags::UNICODE_SUBCLASS) => {
                str::to_rust(self, file.addr())
            }
            _ => "unknown location".to_owned(),
        };
        let raised = self.import_error(format!(
            "cannot import name '{text}' from '{module_name}' ({place})"
        ));
        self.name_import_error(&module_name);
        if self.profile.version >= Version::V3_12 {
            self.describe_import_error("name_from", name);
        }
        if let Some(file) = &file {
            self.describe_import_error("path", file.addr());
        }
        self.xdecref(file);
        Err(raised)
    }

    /// A name that a native module has only in later versions, where the library asks for it: its modules are of one
    /// version, and are written for that.
    pub(crate) fn later_name(&mut self, module: &str, name: &str) -> PyResult<Option<Own>> {
        let native = MODULES.iter().find(|row| row.name == module);
        let Some(native) = native.filter(|_| self.is_library_running()) else {
            return Ok(None);
        };
        if let Some(method) = native.methods.iter().find(|method| method.name == name) {
            let (row, owner) = (self.natives.len(), str::intern(self, module));
            self.natives.push(method);
            let made = builtin_function::new(self, row, Addr::NULL, owner.addr());
            self.decref(owner);
            return made.map(Some);
        }
        let ty = native
            .types
            .iter()
            .find(|ty| *self.type_data(**ty).name == *name);
        Ok(ty.map(|ty| self.incref(*ty)))
    }

    /// An attribute that code, a generator or a task has only in later versions, where the library asks for it. What else is
    /// later may need fields that older objects do not have.
    pub(crate) fn later_attribute(&mut self, object: Addr, name: Addr) -> PyResult<Option<Own>> {
        const READ_BESIDE: [Addr; 5] = [
            types::CODE,
            types::TASK,
            types::GENERATOR,
            types::COROUTINE,
            types::ASYNC_GENERATOR,
        ];
        let ty = self.type_of(object);
        if !READ_BESIDE.contains(&ty) || !self.is_library_running() {
            return Ok(None);
        }
        let text = self.name_text(name);
        let Some(spec) = all_specs().find(|spec| spec.address == ty) else {
            return Ok(None);
        };
        if let Some(getset) = spec.getset.iter().find(|row| row.name == text) {
            return (getset.get)(self, object).map(Some);
        }
        let Some(method) = spec.methods.iter().find(|row| row.name == text) else {
            return Ok(None);
        };
        let row = self.natives.len();
        self.natives.push(method);
        builtin_function::new(self, row, object, Addr::NULL).map(Some)
    }

    /// Whether code of the library is running.
    fn is_library_running(&mut self) -> bool {
        let Some(globals) = self.current_globals().some() else {
            return false;
        };
        let file = dict::get_str(self, globals, self.names.__file__);
        file.is_some_and(|file| {
            self.has_flag(file, flags::UNICODE_SUBCLASS) && lib::is_path(&str::to_rust(self, file))
        })
    }

    /// An attribute of the module `sys`, if it is there: `PySys_GetObject`.
    pub fn sys_attribute(&mut self, name: Addr) -> PyResult<Option<Own>> {
        let Some(sys) = self.sys.some() else {
            return Ok(None);
        };
        let namespace = module::namespace(self, sys);
        let found = dict::get(self, namespace, name)?;
        Ok(found.map(|found| self.incref(found)))
    }

    /// The builtins for functions whose globals are this dict, borrowed.
    pub(crate) fn builtins_of(&mut self, globals: Addr) -> PyResult<Addr> {
        let found = if self.has_flag(globals, flags::DICT_SUBCLASS) {
            dict::get_str(self, globals, self.names.__builtins__)
        } else {
            None
        };
        match found {
            Some(found) if self.type_check(found, types::MODULE) => {
                Ok(module::namespace(self, found))
            }
            Some(found) => Ok(found),
            None => match self.frame_builtins().some() {
                Some(builtins) => Ok(builtins),
                None => Ok(module::namespace(self, self.builtins)),
            },
        }
    }
}
