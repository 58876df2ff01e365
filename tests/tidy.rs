//! The shape of the code: which part may use which, and what no file may hold.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Each part of the crate, and the parts that it may use. A new arrow is one row here, with its reason in the commit.
const ARROWS: [(&str, &[&str]); 16] = [
    ("source", &[]),
    ("diagnostic", &["source"]),
    ("config", &["source", "diagnostic"]),
    // The engine knows no Markdown, posts or sites.
    ("python", &[]),
    // Comments are Python's tokens, which only the compiler reads.
    ("post", &["source", "diagnostic", "python::compiler"]),
    ("run", &["post", "source", "python"]),
    (
        "verify",
        &["post", "run", "source", "diagnostic", "python::compiler"],
    ),
    // The engine beside installed CPythons.
    ("compare", &["run", "verify"]),
    // CPython's own tests: the engine with files of its own, beside an installed CPython.
    ("conformance", &["python", "run"]),
    // The words in pictures are the page's, which a book may say otherwise.
    (
        "diagram",
        &["diagnostic", "source", "config", "python::observe"],
    ),
    // Highlighting uses the compiler's tokens; titles, addresses and series are the book's settings.
    (
        "site",
        &[
            "source",
            "diagnostic",
            "config",
            "post",
            "run",
            "verify",
            "diagram",
            "python::compiler",
            "python::observe",
        ],
    ),
    (
        "book",
        &[
            "source",
            "diagnostic",
            "config",
            "post",
            "run",
            "verify",
            "diagram",
            "site",
        ],
    ),
    (
        "preview",
        &[
            "source",
            "diagnostic",
            "config",
            "post",
            "run",
            "verify",
            "diagram",
            "site",
            "book",
        ],
    ),
    (
        "export",
        &[
            "source",
            "diagnostic",
            "config",
            "post",
            "run",
            "verify",
            "diagram",
            "site",
            "book",
        ],
    ),
    (
        "cli",
        &[
            "source",
            "diagnostic",
            "config",
            "post",
            "run",
            "verify",
            "compare",
            "conformance",
            "python::version",
            "diagram",
            "site",
            "book",
            "preview",
            "export",
            "config",
        ],
    ),
    ("main", &["cli"]),
];

/// The files that may name the parser's crates.
const RUFF_AT: &str = "src/python/compiler/";

struct File {
    /// From the root of the package, with `/`.
    path: String,
    text: String,
}

fn files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = walkdir::WalkDir::new(root.join("src"))
        .sort_by_file_name()
        .into_iter();
    let rust = found
        .map(|file| file.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    let relative = |path: &Path| {
        path.strip_prefix(root)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/")
    };
    rust.map(|path| File {
        path: relative(&path),
        text: std::fs::read_to_string(&path).unwrap(),
    })
    .collect()
}

/// `src/post/block.rs` belongs to `post`.
fn part_of(path: &str) -> &str {
    let within = path.strip_prefix("src/").unwrap_or(path);
    within
        .split('/')
        .next()
        .unwrap_or(within)
        .trim_end_matches(".rs")
}

/// The paths behind `crate::` in code, two parts long: `post::block`.
fn uses(text: &str) -> BTreeSet<String> {
    let code = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    let word = |text: &str| {
        text.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    let mut uses = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        if let Some(inside) = after.strip_prefix('{') {
            let inside = inside.split('}').next().unwrap_or_default();
            uses.extend(
                inside
                    .split(',')
                    .map(|part| {
                        part.split_whitespace()
                            .next()
                            .unwrap_or_default()
                            .to_owned()
                    })
                    .filter(|part| !part.is_empty()),
            );
            continue;
        }
        let first = word(after);
        let second = after[first.len()..]
            .strip_prefix("::")
            .map(word)
            .filter(|second| !second.is_empty());
        uses.insert(second.map_or(first.clone(), |second| format!("{first}::{second}")));
    }
    uses
}

#[test]
fn imports_point_one_way() {
    let arrows: BTreeMap<&str, &[&str]> = ARROWS.into_iter().collect();
    let mut wrong = Vec::new();
    for file in files().iter().filter(|file| file.path != "src/lib.rs") {
        let part = part_of(&file.path);
        let Some(allowed) = arrows.get(part) else {
            wrong.push(format!("{}: `{part}` is no part of the house", file.path));
            continue;
        };
        for used in uses(&file.text) {
            let is_allowed =
                |arrow: &&str| used == **arrow || used.starts_with(&format!("{arrow}::"));
            if used.split("::").next() != Some(part) && !allowed.iter().any(is_allowed) {
                wrong.push(format!("{}: `{part}` may not use `{used}`", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_parser_is_named_by_the_compiler_only() {
    let named: Vec<String> = files()
        .into_iter()
        .filter(|file| file.text.contains("ruff_") && !file.path.starts_with(RUFF_AT))
        .map(|file| file.path)
        .collect();
    assert!(named.is_empty(), "{named:?}");
}

#[test]
fn nothing_is_unsafe() {
    let holds = |file: &File| {
        file.text.lines().any(|line| {
            !line.trim_start().starts_with("//")
                && line
                    .split(|c: char| !c.is_alphanumeric() && c != '_')
                    .any(|word| word == "unsafe")
        })
    };
    let found: Vec<String> = files()
        .into_iter()
        .filter(holds)
        .map(|file| file.path)
        .collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn every_file_says_what_it_is() {
    let silent: Vec<String> = files()
        .into_iter()
        .filter(|file| !file.text.starts_with("//!"))
        .map(|file| file.path)
        .collect();
    assert!(silent.is_empty(), "{silent:?}");
}

/// A file that no `mod` names is compiled by nobody.
#[test]
fn no_file_is_dead() {
    let files = files();
    let texts: BTreeMap<&str, &str> = files
        .iter()
        .map(|file| (file.path.as_str(), file.text.as_str()))
        .collect();
    let mut alive: BTreeSet<String> = BTreeSet::new();
    let mut waiting = vec!["src/lib.rs".to_owned(), "src/main.rs".to_owned()];
    while let Some(path) = waiting.pop() {
        let Some(text) = texts.get(path.as_str()) else {
            continue;
        };
        let folder = module_folder(&path);
        let modules = text.lines().filter_map(|line| {
            let line = line.trim();
            let line = line
                .strip_prefix("pub ")
                .or_else(|| line.strip_prefix("pub(crate) "))
                .or_else(|| line.strip_prefix("pub(super) "))
                .unwrap_or(line);
            line.strip_prefix("mod ")?
                .strip_suffix(';')
                .map(|name| name.trim_start_matches("r#").to_owned())
        });
        waiting.extend(modules.flat_map(|name| {
            [
                format!("{folder}/{name}.rs"),
                format!("{folder}/{name}/mod.rs"),
            ]
        }));
        alive.insert(path);
    }
    let dead: Vec<&str> = texts
        .keys()
        .copied()
        .filter(|path| !alive.contains(*path))
        .collect();
    assert!(dead.is_empty(), "no module leads to {dead:?}");
}

fn module_folder(path: &str) -> String {
    let path = PathBuf::from(path);
    let is_root = path
        .file_stem()
        .is_some_and(|stem| stem == "mod" || stem == "lib" || stem == "main");
    let folder = if is_root {
        path.parent().unwrap_or(Path::new("")).to_owned()
    } else {
        path.with_extension("")
    };
    folder.to_string_lossy().replace('\\', "/")
}
