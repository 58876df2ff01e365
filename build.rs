//! Puts the pure-Python part of the standard library, as the library crate has it, beside the engine: one
//! file of Rust with a sorted table of names and texts.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Modules and packages that the engine may import; all else stays out of the binary.
const MODULES: &[&str] = &[
    "__future__",
    "_collections_abc",
    "_compat_pickle",
    "_opcode_metadata",
    "_py_abc",
    "_py_warnings",
    "_pydatetime",
    "_pydecimal",
    "_sitebuiltins",
    "_strptime",
    "_threading_local",
    "_weakrefset",
    "abc",
    "annotationlib",
    "argparse",
    "ast",
    "asyncio",
    "base64",
    "bisect",
    "calendar",
    "cmd",
    "code",
    "codecs",
    "codeop",
    "collections",
    "colorsys",
    "concurrent",
    "configparser",
    "contextlib",
    "contextvars",
    "copy",
    "copyreg",
    "csv",
    "dataclasses",
    "datetime",
    "decimal",
    "difflib",
    "dis",
    "doctest",
    "encodings",
    "enum",
    "fnmatch",
    "fractions",
    "functools",
    "genericpath",
    "getopt",
    "graphlib",
    "hashlib",
    "heapq",
    "html",
    "inspect",
    "io",
    "ipaddress",
    "json",
    "keyword",
    "linecache",
    "locale",
    "logging",
    "numbers",
    "opcode",
    "operator",
    "pickle",
    "pprint",
    "posixpath",
    "queue",
    "random",
    "re",
    "reprlib",
    "sched",
    "shlex",
    "stat",
    "statistics",
    "string",
    "stringprep",
    "struct",
    "symtable",
    "tempfile",
    "textwrap",
    "this",
    "threading",
    "timeit",
    "token",
    "tokenize",
    "traceback",
    "tracemalloc",
    "types",
    "typing",
    "unittest",
    "urllib",
    "uuid",
    "warnings",
    "weakref",
    "_weakrefset",
    "zipfile",
];

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/python/lib/overlay");
    let root = Path::new(rustpython_pylib::LIB_PATH);
    let mut files = Vec::new();
    for module in MODULES {
        let file = root.join(format!("{module}.py"));
        if file.is_file() {
            files.push(file);
        }
        let package = root.join(module);
        if package.join("__init__.py").is_file() {
            walk(&package, &mut files)?;
        }
    }
    let mut rows: Vec<(String, bool, PathBuf)> = files
        .into_iter()
        .filter_map(|file| row(root, file))
        .collect();
    rows.sort();
    rows.dedup();
    overlay(&mut rows)?;
    let mut out = String::from("[\n");
    for (name, is_package, file) in rows {
        let path = file.display().to_string();
        let _ = writeln!(out, "    ({name:?}, {is_package}, include_str!({path:?})),");
    }
    out.push_str("]\n");
    let target = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    fs::write(target.join("library.rs"), out)
}

/// Modules of our own take the place of those that need what a sandbox lacks.
fn overlay(rows: &mut Vec<(String, bool, PathBuf)>) -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or(io::ErrorKind::NotFound)?);
    let root = root.join("src/python/lib/overlay");
    let mut files = Vec::new();
    walk(&root, &mut files)?;
    for (name, is_package, file) in files.into_iter().filter_map(|file| row(&root, file)) {
        rows.retain(|(replaced, ..)| *replaced != name);
        rows.push((name, is_package, file));
    }
    rows.sort();
    Ok(())
}

/// All Python files under a package, tests left out.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        if path.is_dir() {
            if !matches!(name.as_str(), "test" | "tests" | "__pycache__") {
                walk(&path, files)?;
            }
        } else if name.ends_with(".py") {
            files.push(path);
        }
    }
    Ok(())
}

/// Dotted name, whether it is a package, file.
fn row(root: &Path, file: PathBuf) -> Option<(String, bool, PathBuf)> {
    let relative = file
        .strip_prefix(root)
        .ok()?
        .to_str()?
        .strip_suffix(".py")?
        .replace('/', ".");
    let package = relative.strip_suffix(".__init__").map(str::to_owned);
    let is_package = package.is_some();
    Some((package.unwrap_or(relative), is_package, file))
}
