//! The pure-Python part of the standard library: texts from the crate `rustpython-pylib` (CPython's own
//! files, PSF licence), found by their dotted names.

use crate::python::code::Code;
use crate::python::compiler::{self, Mode, SyntaxError};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// One module's source.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// Whether it is a package (`__init__.py`).
    pub is_package: bool,
    /// The text.
    pub text: &'static str,
}

/// Name, whether it is a package, text; sorted by name.
static FILES: &[(&str, bool, &str)] = &include!(concat!(env!("OUT_DIR"), "/library.rs"));

/// The folder that the modules' `__file__` shows.
pub const FOLDER: &str = "/usr/local/lib/python3.13";

/// The source of a module of the library.
pub fn find(name: &str) -> Option<Source> {
    let at = FILES.binary_search_by(|row| row.0.cmp(name)).ok()?;
    let (_, is_package, text) = FILES[at];
    Some(Source { is_package, text })
}

/// The code of a module of the library, compiled once in a process: every interpreter loads the same.
///
/// # Errors
/// What the compiler refuses; the library has nothing of that kind.
pub fn code(name: &str, source: Source) -> Result<Arc<Code>, SyntaxError> {
    static COMPILED: Mutex<BTreeMap<String, Arc<Code>>> = Mutex::new(BTreeMap::new());
    let known = |name| COMPILED.lock().map(|known| known.get(name).cloned());
    if let Ok(Some(code)) = known(name) {
        return Ok(code);
    }
    let path = path(name, source.is_package);
    let code = compiler::compile(source.text, &path, Mode::Exec, compiler::Options::default())?;
    if let Ok(mut known) = COMPILED.lock() {
        known.insert(name.to_owned(), code.clone());
    }
    Ok(code)
}

/// `__file__` of a module of the library.
pub fn path(name: &str, is_package: bool) -> String {
    let path = name.replace('.', "/");
    if is_package {
        format!("{FOLDER}/{path}/__init__.py")
    } else {
        format!("{FOLDER}/{path}.py")
    }
}

/// Whether a file's name is that of a module of the library.
pub fn is_path(path: &str) -> bool {
    path.starts_with(FOLDER)
}

/// The text behind a `__file__`, for tracebacks and `linecache`.
pub fn text_at(path: &str) -> Option<&'static str> {
    let inner = path
        .strip_prefix(FOLDER)?
        .strip_prefix('/')?
        .strip_suffix(".py")?;
    let name = inner
        .strip_suffix("/__init__")
        .unwrap_or(inner)
        .replace('/', ".");
    find(&name).map(|source| source.text)
}
