//! The pure-Python part of the standard library: texts from the crate `rustpython-pylib` (CPython's own
//! files, PSF licence), found by their dotted names.

use crate::python::code::Code;
use crate::python::compiler::{self, Mode, SyntaxError};
use crate::python::version::Version;
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

/// A module of the library in all versions.
struct Module {
    name: &'static str,
    is_package: bool,
    /// Texts of older versions, each with the last one that has it, in ascending order.
    older: &'static [(Version, Text)],
    /// The text up to 3.13.
    text: Text,
    /// The text from 3.14 on, where that is another.
    newer: Option<Text>,
}

impl Module {
    fn text(&self, version: Version) -> &'static str {
        let older = self.older.iter().find(|(last, _)| version <= *last);
        let text = match (older, self.newer) {
            (Some((_, text)), _) => *text,
            (None, Some(newer)) if version >= Version::V3_14 => newer,
            _ => self.text,
        };
        &TEXTS[text.0..text.1]
    }
}

/// Where a text stands in [`TEXTS`]: its first byte and the one behind its last.
#[derive(Clone, Copy)]
struct Text(usize, usize);

/// The texts of all modules, one behind the other. They stand together so that the other constants do, too: a start reads
/// few pages of the program.
static TEXTS: &str = include_str!(concat!(env!("OUT_DIR"), "/library.txt"));

/// Sorted by name.
static FILES: &[Module] = &include!(concat!(env!("OUT_DIR"), "/library.rs"));

/// How the folder begins that the modules' `__file__` shows; the version follows.
const FOLDERS: &str = "/usr/local/lib/python";

/// The folder that the modules' `__file__` shows.
pub fn folder(version: Version) -> String {
    format!("{FOLDERS}{version}")
}

/// Modules whose code stands in the interpreter itself from 3.11 on, and is called by no file. CPython:
/// Tools/build/freeze_modules.py.
const FROZEN: [&str; 13] = [
    "_collections_abc",
    "_sitebuiltins",
    "abc",
    "codecs",
    "genericpath",
    "importlib.machinery",
    "importlib.util",
    "io",
    "os",
    "posixpath",
    "runpy",
    "site",
    "stat",
];

/// Packages that are modules before some version.
const PACKAGES_SINCE: [(&str, Version); 2] =
    [("pathlib", Version::V3_13), ("string", Version::V3_14)];

/// Modules that are gone, with the last version that has them: PEP 594.
const GONE: [(&str, Version); 4] = [
    ("imghdr", Version::V3_12),
    ("nntplib", Version::V3_12),
    ("sndhdr", Version::V3_12),
    ("telnetlib", Version::V3_12),
];

/// The source of a module of the library, if the version has it.
pub fn find(version: Version, name: &str) -> Option<Source> {
    let at = FILES
        .binary_search_by(|module| module.name.cmp(name))
        .ok()?;
    let module = &FILES[at];
    if GONE.iter().any(|row| row.0 == name && version > row.1) {
        return None;
    }
    let text = module.text(version);
    let later = |name: &str| {
        let row = PACKAGES_SINCE.iter().find(|row| row.0 == name);
        row.is_some_and(|row| version < row.1)
    };
    let package = name.split_once('.').map(|(package, _)| package);
    if package.is_some_and(later) {
        return None;
    }
    let is_package = module.is_package && !later(name);
    Some(Source { is_package, text })
}

/// The code of a module of the library, compiled once in a process: every interpreter of a version loads the same.
///
/// # Errors
/// What the compiler refuses; the library has nothing of that kind.
pub fn code(version: Version, name: &str, source: Source) -> Result<Arc<Code>, SyntaxError> {
    static COMPILED: Mutex<BTreeMap<(Version, String), Arc<Code>>> = Mutex::new(BTreeMap::new());
    let key = (version, name.to_owned());
    let known = COMPILED.lock().map(|known| known.get(&key).cloned());
    if let Ok(Some(code)) = known {
        return Ok(code);
    }
    let path = file_name(version, name, source.is_package);
    let options = compiler::Options {
        version,
        ..compiler::Options::default()
    };
    let code = compiler::compile(source.text, &path, Mode::Exec, options)?;
    if let Ok(mut known) = COMPILED.lock() {
        known.insert(key, code.clone());
    }
    Ok(code)
}

/// Modules that CPython has in C and that are Python here: their frames are in no traceback.
const IN_C: [&str; 11] = [
    "_csv",
    "_ctypes",
    "_datetime",
    "_json",
    "_posixshmem",
    "_queue",
    "_symtable",
    "faulthandler",
    "marshal",
    "mmap",
    "zlib",
];
/// Modules of the library that stand for C code too, though CPython has them as well.
const FOR_C: [&str; 1] = ["/_pydecimal.py"];
/// Where CPython keeps such modules.
const IN_C_FOLDER: &str = "/lib-dynload/";

/// Parts of modules that CPython has in C as well, and uses: the file, and the names in it.
const PARTS_IN_C: [(&str, &[&str]); 1] = [(
    "/pickle.py",
    &[
        "_Framer",
        "_Pickler",
        "_Unframer",
        "_Unpickler",
        "_dump",
        "_dumps",
        "_getattribute",
        "_load",
        "_loads",
        "whichmodule",
    ],
)];

/// Whether code stands for C code.
pub fn is_in_c(code: &Code) -> bool {
    let path = &*code.filename;
    if !is_path(path) {
        return false;
    }
    let name = code.qualname.split('.').next().unwrap_or_default();
    let is_part = |(file, names): &(&str, &[&str])| path.ends_with(file) && names.contains(&name);
    path.contains(IN_C_FOLDER)
        || FOR_C.iter().any(|file| path.ends_with(file))
        || PARTS_IN_C.iter().any(is_part)
}

/// `__file__` of a module of the library.
pub fn path(version: Version, name: &str, is_package: bool) -> String {
    let mut folder = folder(version);
    if IN_C.contains(&name.split('.').next().unwrap_or(name)) {
        folder.push_str(IN_C_FOLDER.trim_end_matches('/'));
    }
    let path = name.replace('.', "/");
    if is_package {
        format!("{folder}/{path}/__init__.py")
    } else {
        format!("{folder}/{path}.py")
    }
}

/// `co_filename` of the code of a module of the library.
fn file_name(version: Version, name: &str, is_package: bool) -> String {
    match version >= Version::V3_11 && FROZEN.contains(&name) {
        true => format!("<frozen {name}>"),
        false => path(version, name, is_package),
    }
}

/// Whether a file's name is that of a module of the library.
pub fn is_path(path: &str) -> bool {
    path.starts_with(FOLDERS) || frozen_name(path).is_some()
}

/// The module that a file's name says is frozen.
fn frozen_name(path: &str) -> Option<&str> {
    path.strip_prefix("<frozen ")?.strip_suffix('>')
}

/// The text behind a `__file__` or a `co_filename`, for tracebacks and `linecache`; before 3.14 there is none for frozen
/// modules.
pub fn text_at(version: Version, path: &str) -> Option<&'static str> {
    if let Some(name) = frozen_name(path).filter(|_| version >= Version::V3_14) {
        return find(version, name).map(|source| source.text);
    }
    let (version, inner) = path.strip_prefix(FOLDERS)?.split_once('/')?;
    let version = Version::named(version)?;
    let inner = inner.strip_suffix(".py")?;
    let name = inner
        .strip_suffix("/__init__")
        .unwrap_or(inner)
        .replace('/', ".");
    find(version, &name).map(|source| source.text)
}
