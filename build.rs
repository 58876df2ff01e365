//! Puts the pure-Python part of the standard library, as the library crate has it, beside the engine: one
//! file of Rust with a sorted table of names and texts. And says what the program is made of, for what is kept from
//! one build of a site to the next.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

/// Modules and packages that the engine may import; all else stays out of the binary.
const MODULES: &[&str] = &[
    "__future__",
    "_ast_unparse",
    "_collections_abc",
    "_compat_pickle",
    "_markupbase",
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
    "bdb",
    "bisect",
    "calendar",
    "cmd",
    "code",
    "codecs",
    "codeop",
    "collections",
    "colorsys",
    "compileall",
    "compression",
    "concurrent",
    "configparser",
    "contextlib",
    "contextvars",
    "copy",
    "copyreg",
    "csv",
    "ctypes",
    "dataclasses",
    "datetime",
    "dbm",
    "decimal",
    "difflib",
    "dis",
    "doctest",
    "email",
    "encodings",
    "enum",
    "filecmp",
    "fileinput",
    "fnmatch",
    "fractions",
    "ftplib",
    "functools",
    "genericpath",
    "getopt",
    "getpass",
    "gettext",
    "glob",
    "graphlib",
    "gzip",
    "hashlib",
    "heapq",
    "hmac",
    "html",
    "http",
    "imaplib",
    "inspect",
    "io",
    "ipaddress",
    "json",
    "keyword",
    "linecache",
    "locale",
    "logging",
    "mailbox",
    "mimetypes",
    "multiprocessing.shared_memory",
    "netrc",
    "ntpath",
    "nturl2path",
    "numbers",
    "opcode",
    "operator",
    "optparse",
    "os",
    "pathlib",
    "pickle",
    "pickletools",
    "pkgutil",
    "platform",
    "plistlib",
    "poplib",
    "posixpath",
    "pprint",
    "profile",
    "pstats",
    "py_compile",
    "pyclbr",
    "pydoc",
    "queue",
    "quopri",
    "random",
    "re",
    "reprlib",
    "rlcompleter",
    "runpy",
    "sched",
    "secrets",
    "selectors",
    "shelve",
    "shlex",
    "shutil",
    "site",
    "smtplib",
    "socketserver",
    "sre_compile",
    "sre_constants",
    "sre_parse",
    "stat",
    "statistics",
    "string",
    "stringprep",
    "struct",
    "symtable",
    "sysconfig",
    "tabnanny",
    "tarfile",
    "tempfile",
    "textwrap",
    "this",
    "threading",
    "timeit",
    "token",
    "tokenize",
    "tomllib",
    "trace",
    "traceback",
    "tracemalloc",
    "types",
    "typing",
    "unittest",
    "urllib",
    "uuid",
    "warnings",
    "wave",
    "weakref",
    "webbrowser",
    "xml",
    "zipapp",
    "zipfile",
    "zoneinfo",
];

/// Modules that 3.14 has as the library crate has them, where the edits and our own text are for older versions.
const UNEDITED_FROM_3_14: &[&str] = &[
    "annotationlib",
    "asyncio.coroutines",
    "asyncio.events",
    "asyncio.locks",
    "asyncio.runners",
    "asyncio.unix_events",
    "dataclasses",
    "datetime",
    "enum",
    "fnmatch",
    "reprlib",
    "typing",
];

/// On Linux with glibc: what the program does before `main` is a good part of an empty script's time.
///
/// The program's tables hold 70,000 addresses. Linked to run at one place, they need no relocation at start.
/// With the C library inside, nothing has to be found, mapped and bound.
fn link_for_a_quick_start(target: &Path) -> io::Result<()> {
    let of_target = |key: &str| env::var(format!("CARGO_CFG_TARGET_{key}")).unwrap_or_default();
    if of_target("OS") != "linux" || of_target("ENV") != "gnu" {
        return Ok(());
    }
    println!("cargo:rustc-link-arg-bins=-no-pie");
    if of_target("FEATURE").contains("crt-static") || !has_static_c_library() {
        return Ok(());
    }
    // rustc names the C library's parts as shared ones. Where it looks for them first, it finds linker scripts
    // that name the archives.
    let folder = target.join("link");
    fs::create_dir_all(&folder)?;
    for part in ["gcc_s", "util", "rt", "pthread", "m", "dl", "c"] {
        let script = "GROUP(-l:libgcc_eh.a -l:libgcc.a -l:libc.a -l:libm.a)\n";
        fs::write(folder.join(format!("lib{part}.so")), script)?;
    }
    println!("cargo:rustc-link-arg-bins=-static");
    println!("cargo:rustc-link-arg-bins=-L{}", folder.display());
    Ok(())
}

/// Whether the linker has the C library as an archive that is whole: since glibc 2.34 threads are in it, and no
/// `libpthread.so` is there to link to. Not for another machine: the linker would be another one.
fn has_static_c_library() -> bool {
    let linker = env::var_os("RUSTC_LINKER").unwrap_or_else(|| "cc".into());
    let finds = |file: &str| {
        let place = Command::new(&linker)
            .arg(format!("-print-file-name={file}"))
            .output();
        place.is_ok_and(|place| place.stdout.starts_with(b"/"))
    };
    env::var_os("HOST") == env::var_os("TARGET")
        && ["libc.a", "libm.a", "libgcc.a", "libgcc_eh.a"]
            .iter()
            .all(|file| finds(file))
        && !finds("libpthread.so")
}

/// What the program is made of, as a number: two programs of one number make the same of the same post.
///
/// The compiler's own choices (debug or release) change no result. FNV-1a, 128 bits: nobody attacks it.
fn identity() -> io::Result<u128> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or(io::ErrorKind::NotFound)?);
    let mut files = ["Cargo.toml", "Cargo.lock", "build.rs"]
        .map(|name| root.join(name))
        .to_vec();
    for folder in ["src", "templates", "static", "fonts"] {
        println!("cargo:rerun-if-changed={folder}");
        every_file(&root.join(folder), &mut files)?;
    }
    files.sort();
    let mut parts = Vec::new();
    for file in files.into_iter().filter(|file| file.is_file()) {
        let name = file.strip_prefix(&root).unwrap_or(&file);
        parts.push(name.to_string_lossy().replace('\\', "/").into_bytes());
        parts.push(fs::read(&file)?);
    }
    let mut settings: Vec<(String, String)> = env::vars()
        .filter(|(name, _)| name == "TARGET" || name.starts_with("CARGO_FEATURE_"))
        .collect();
    settings.sort();
    parts.push(format!("{settings:?}").into_bytes());
    let fnv = |hash: u128, byte: &u8| (hash ^ u128::from(*byte)).wrapping_mul((1 << 88) + 0x13b);
    Ok(parts
        .iter()
        .fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, |hash, part| {
            let length = part.len().to_le_bytes();
            part.iter().chain(&length).fold(hash, fnv)
        }))
}

fn every_file(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            every_file(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn main() -> io::Result<()> {
    println!("cargo:rustc-env=GIEOK_IDENTITY={:032x}", identity()?);
    println!("cargo:rerun-if-changed=Cargo.lock");
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/python/lib/overlay");
    let root = Path::new(rustpython_pylib::LIB_PATH);
    let mut files = Vec::new();
    for module in MODULES {
        let file = root.join(format!("{}.py", module.replace('.', "/")));
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
    let unedited: Vec<(String, PathBuf)> = rows
        .iter()
        .filter(|(name, ..)| UNEDITED_FROM_3_14.contains(&name.as_str()))
        .map(|(name, _, file)| (name.clone(), file.clone()))
        .collect();
    overlay(&mut rows)?;
    let target = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    link_for_a_quick_start(&target)?;
    edit(&mut rows, &target)?;
    let older = older_texts(&target)?;
    // What later versions have inside another module: they find it as soon as that is imported.
    for (name, (_, file)) in &older {
        if rows.iter().all(|row| row.0 != *name) {
            rows.push((name.clone(), false, file.into()));
        }
    }
    rows.sort();
    let mut texts = Texts::default();
    let table = table(&rows, &unedited, &older, &mut texts)?;
    fs::write(target.join("library.rs"), table)?;
    fs::write(target.join("library.txt"), texts.all)
}

/// The texts of all modules, one behind the other.
#[derive(Default)]
struct Texts {
    all: String,
}

impl Texts {
    /// Adds a file; where its text stands, as an expression of Rust.
    fn add(&mut self, file: &Path) -> io::Result<String> {
        let start = self.all.len();
        self.all.push_str(&fs::read_to_string(file)?);
        Ok(format!("Text({start}, {})", self.all.len()))
    }
}

/// The table of all modules, as an expression of Rust: its fields are those of `Module`, src/python/lib/mod.rs.
fn table(
    rows: &[(String, bool, PathBuf)],
    unedited: &[(String, PathBuf)],
    older: &[(String, (u8, String))],
    texts: &mut Texts,
) -> io::Result<String> {
    let mut out = String::from("[\n");
    for (name, is_package, file) in rows {
        let newer = match unedited.iter().find(|(unedited, _)| unedited == name) {
            Some((_, file)) => format!("Some({})", texts.add(file)?),
            None => "None".to_owned(),
        };
        let mut of_older = String::new();
        for (last, file) in older.iter().filter(|row| row.0 == *name).map(|row| &row.1) {
            let text = texts.add(Path::new(file))?;
            let _ = write!(of_older, "(Version::V3_{last}, {text}), ");
        }
        let text = texts.add(file)?;
        let _ = writeln!(
            out,
            "    Module {{ name: {name:?}, is_package: {is_package}, older: &[{of_older}], text: {text}, newer: {newer} }},"
        );
    }
    out.push_str("]\n");
    Ok(out)
}

/// Texts for older versions: the module, the last 3.x that has the text, and its file. See `src/python/lib/older.txt`.
fn older_texts(target: &Path) -> io::Result<Vec<(String, (u8, String))>> {
    let list = "src/python/lib/older.txt";
    println!("cargo:rerun-if-changed={list}");
    let releases = [("0.3", pylib_0_3::LIB_PATH), ("0.4", pylib_0_4::LIB_PATH)];
    let text = fs::read_to_string(list)?;
    let (_, rows) = text.split_once("\n\n").unwrap_or_default();
    let mut texts = Vec::new();
    for row in rows.lines() {
        let wrong = || io::Error::other(format!("{list}: {row}"));
        let [module, release, last] = row.split(' ').collect::<Vec<_>>()[..] else {
            return Err(wrong());
        };
        let (_, root) = releases
            .iter()
            .find(|(name, _)| *name == release)
            .ok_or_else(wrong)?;
        let minor = last.strip_prefix("3.").and_then(|minor| minor.parse().ok());
        let path = Path::new(root).join(module.replace('.', "/"));
        let files = [path.with_extension("py"), path.join("__init__.py")];
        let file = files.iter().find(|file| file.is_file()).ok_or_else(wrong)?;
        let edited = with_edits(&format!("{module}@{release}"), file, target)?;
        let file = edited.unwrap_or_else(|| file.clone()).display().to_string();
        texts.push((module.to_owned(), (minor.ok_or_else(wrong)?, file)));
    }
    texts.sort();
    Ok(texts)
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

/// The library crate has the modules of 3.14. Where 3.13 is seen to behave otherwise, a file of edits says so:
///
/// ```text
/// Why.
/// @@ replace 2          the text up to `@@ with`, which must be there twice (once, where no number stands)
/// @@ cut                from this line to the one behind `@@ until`, which stays
/// ```
fn edit(rows: &mut [(String, bool, PathBuf)], target: &Path) -> io::Result<()> {
    println!("cargo:rerun-if-changed={EDITS}");
    for (name, _, file) in rows {
        if let Some(edited) = with_edits(name, file, target)? {
            *file = edited;
        }
    }
    Ok(())
}

const EDITS: &str = "src/python/lib/edits";

/// The file with the edits of this name made, if there are any. Those of an older text are `module@release`.
fn with_edits(name: &str, file: &Path, target: &Path) -> io::Result<Option<PathBuf>> {
    let Ok(edits) = fs::read_to_string(format!("{EDITS}/{name}.edit")) else {
        return Ok(None);
    };
    let edited = edited(&fs::read_to_string(file)?, &edits)
        .map_err(|what| io::Error::other(format!("{name}.edit: {what}")))?;
    let file = target.join(format!("{name}.py"));
    fs::write(&file, edited)?;
    Ok(Some(file))
}

/// The text with all edits made.
///
/// # Errors
/// The first line of an edit whose place is not found, or found in more places than it says.
fn edited(text: &str, edits: &str) -> Result<String, String> {
    let mut text = text.to_owned();
    for edit in edits
        .split("\n@@ ")
        .skip(1)
        .collect::<Vec<_>>()
        .split(|part| *part == "end")
    {
        let part = |word: &str| {
            edit.iter()
                .find_map(|part| part.strip_prefix(word))
                .and_then(|part| part.split_once('\n'))
                .map(|(count, text)| (count.trim().parse().unwrap_or(1usize), format!("{text}\n")))
        };
        let (_, with) = part("with").unwrap_or_default();
        if let Some((count, old)) = part("replace") {
            if text.matches(&old).count() != count {
                return Err(format!("found {} times: {old}", text.matches(&old).count()));
            }
            text = text.replace(&old, &with);
        } else if let (Some((_, from)), Some((_, until))) = (part("cut"), part("until")) {
            let start = text
                .find(&from)
                .ok_or_else(|| format!("not found: {from}"))?;
            let end = text[start..]
                .find(&until)
                .ok_or_else(|| format!("not found: {until}"))?;
            text.replace_range(start..start + end, &with);
        }
    }
    Ok(text)
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
