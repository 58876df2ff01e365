//! Modules that a program wrote as files: found along `sys.path`, or along the `__path__` of their package. CPython:
//! `PathFinder`, `FileFinder` and `SourceFileLoader`, Lib/importlib/_bootstrap_external.py.

use super::{PyResult, Vm};
use crate::python::compiler::{self, Mode};
use crate::python::lib;
use crate::python::memory::{Addr, Own};
use crate::python::object::{dict, module, str};

/// Where a module's text lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// In the library.
    Library,
    /// In a file: its path, and whether it is a package's.
    File(String, bool),
    /// A folder without `__init__.py`: a namespace package.
    Folder(String),
}

impl Vm {
    /// Where a module is, along the folders of its package, or of `sys.path`.
    pub fn find_module(&mut self, name: &str, package: Option<Addr>) -> PyResult<Option<Found>> {
        let in_library = || lib::find(self.profile.version, name).map(|_| Found::Library);
        if self.file_system.is_none() {
            return Ok(in_library());
        }
        let folders = self.search_folders(package)?;
        let leaf = name.rsplit_once('.').map_or(name, |(_, leaf)| leaf);
        let mut namespace = None;
        for folder in folders {
            if lib::is_path(&format!("{folder}/")) {
                if lib::find(self.profile.version, name).is_some() {
                    return Ok(Some(Found::Library));
                }
                continue;
            }
            let base = match folder.as_str() {
                "" => self.files().absolute(leaf),
                folder => self
                    .files()
                    .absolute(&format!("{}/{leaf}", folder.trim_end_matches('/'))),
            };
            let files = self.files();
            for (path, is_package) in [
                (format!("{base}/__init__.py"), true),
                (format!("{base}.py"), false),
            ] {
                if files.read_file(&path).is_ok() {
                    return Ok(Some(Found::File(path, is_package)));
                }
            }
            let is_folder = files
                .find(&base, true)
                .is_ok_and(|node| files.node(node).is_folder());
            if is_folder && namespace.is_none() {
                namespace = Some(Found::Folder(base));
            }
        }
        Ok(namespace)
    }

    fn search_folders(&mut self, package: Option<Addr>) -> PyResult<Vec<String>> {
        let folders = match package {
            Some(package) => self.get_attr_opt(package, self.names.__path__)?,
            None => {
                let key = str::intern(self, "path");
                let path = self.sys_attribute(key.addr())?;
                self.decref(key);
                path
            }
        };
        let mut texts = Vec::new();
        if let Some(folders) = folders {
            for folder in self.collect(folders.addr())? {
                if str::check(self, folder.addr()) {
                    texts.push(str::to_rust(self, folder.addr()));
                }
                self.decref(folder);
            }
            self.decref(folders);
        }
        Ok(texts)
    }

    /// Makes a module and runs its file.
    pub(super) fn make_from_file(&mut self, name: &str, found: Found) -> PyResult<Own> {
        let made = module::new(self, name)?;
        let namespace = module::namespace(self, made.addr());
        let (file, folder) = match &found {
            Found::File(path, true) => (Some(path.clone()), path.strip_suffix("/__init__.py")),
            Found::File(path, false) => (Some(path.clone()), None),
            Found::Folder(path) => (None, Some(path.as_str())),
            Found::Library => (None, None),
        };
        let package = match folder {
            Some(_) => name,
            None => name.rsplit_once('.').map_or("", |(package, _)| package),
        };
        let package = str::new(self, package);
        dict::set_name(self, namespace, "__package__", package);
        if let Some(file) = &file {
            let text = str::new(self, file);
            dict::set_name(self, namespace, "__file__", text);
            let cached = self.cached_path(file);
            let text = str::new(self, &cached);
            dict::set_name(self, namespace, "__cached__", text);
        }
        self.enter_module(name, made.addr(), folder)?;
        let Some(file) = file else {
            return Ok(made);
        };
        let result = self.run_file(&file, namespace);
        self.module_after_run(name, made, result)
    }

    /// Where CPython keeps the compiled form of a file.
    fn cached_path(&self, file: &str) -> String {
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
        let name = name.strip_suffix(".py").unwrap_or(name);
        let tag = self.profile.version.to_string().replace('.', "");
        format!("{folder}/__pycache__/{name}.cpython-{tag}.pyc")
    }

    fn run_file(&mut self, file: &str, namespace: Addr) -> PyResult<()> {
        let content = self.files().read_file(file).unwrap_or_default().to_vec();
        let text = String::from_utf8_lossy(&content).into_owned();
        let options = compiler::Options {
            version: self.profile.version,
            ..compiler::Options::default()
        };
        let code = match compiler::compile(&text, file, Mode::Exec, options) {
            Ok(code) => code,
            Err(error) => return Err(self.raise_syntax_error(&error, file)),
        };
        self.note_compiled(file);
        let unit = super::program::load(self, &code)?;
        let code = unit.into_code(self);
        let result = self.run_code(code.addr(), namespace, namespace);
        self.decref(code);
        let value = result?;
        self.decref(value);
        Ok(())
    }

    /// What an import leaves in the folder: the compiled file, of which only the head is there.
    fn note_compiled(&mut self, file: &str) {
        let key = str::intern(self, "dont_write_bytecode");
        let off = self.sys_attribute(key.addr());
        self.decref(key);
        if let Ok(Some(off)) = off {
            let is_off = off.addr() == crate::python::object::TRUE;
            self.decref(off);
            if is_off {
                return;
            }
        }
        let cached = self.cached_path(file);
        let _ = self
            .files()
            .write_file(&cached, b"\xf3\x0d\r\n\0\0\0\0\0\0\0\0\0\0\0\0");
    }
}
