//! The engine beside an interpreter, here a stand-in whose output is known: it is no matter which Python is installed.

#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output};

/// Says that it is CPython 3.13.0, and prints what its line for a file says; another text with other hashes or with
/// `site`.
const STAND_IN: &str = r#"#!/bin/sh
case "$*" in *sys.implementation*) echo cpython 3.13 3.13.0; exit;; esac
start=-S
case "$*" in *-S*) ;; *) start=site;; esac
case "$*" in *installed-driver*) exec > out-0.txt;; esac
echo always
echo "hash seed $PYTHONHASHSEED"
echo "start $start"
"#;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Folder {
        let folder =
            std::env::temp_dir().join(format!("gieok-compare-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        for (name, text) in files {
            std::fs::write(folder.join(name), text).unwrap();
        }
        let stand_in = folder.join("python");
        std::fs::write(&stand_in, STAND_IN).unwrap();
        std::fs::set_permissions(&stand_in, PermissionsExt::from_mode(0o755)).unwrap();
        Folder(folder)
    }

    fn compare(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_gieok"))
            .args(["compare", "--jobs", "1", "--cpython"])
            .args(arguments)
            .current_dir(&self.0)
            .output()
            .unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn what_moves_in_cpython_itself_is_no_mistake_of_the_engine() {
    let same = "print('always\\nhash seed 0\\nstart -S')\n";
    let folder = Folder::new(
        "classes",
        &[
            ("a.py", same),
            ("b.py", &same.replace("seed 0", "seed 7")),
            ("c.py", &same.replace("-S", "of another heap")),
            ("d.py", &same.replace("always", "never")),
        ],
    );
    let output = folder.compare(&["./python", "."]);
    insta::assert_snapshot!(stdout(&output), @"
    ./b.py: CPython 3.13.0: differs every run
    ./c.py: CPython 3.13.0: start-up state
    ./d.py: CPython 3.13.0: engine is wrong
                CPython  always
                gieok    never
    CPython 3.13.0: 4 comparisons: 1 same, 1 differs every run, 1 start-up state, 1 engine is wrong
    ");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        folder.compare(&["./python", "a.py", "b.py"]).status.code(),
        Some(0)
    );
}

#[test]
fn blocks_of_posts_are_compared_one_by_one() {
    let post =
        "# 글\n\n```python\nprint('always\\nhash seed 0\\nstart -S')\n```\n\n```python\n1\n```\n";
    let folder = Folder::new("post", &[("a.md", post)]);
    let output = folder.compare(&["./python", "--", "a.md"]);
    insta::assert_snapshot!(stdout(&output), @"
    a.md: block-1: CPython 3.13.0: engine is wrong
                CPython  always
                         hash seed 0
                         start -S
                gieok    (nothing)
    CPython 3.13.0: 2 comparisons: 1 same, 0 differs every run, 0 start-up state, 1 engine is wrong
    ");
}

#[test]
fn a_program_is_made_smaller_until_nothing_can_go() {
    let folder = Folder::new("generate", &[]);
    let output = folder.compare(&["./python", "--generate", "1", "--seed", "3"]);
    insta::assert_snapshot!(stdout(&output), @"
    seed 3: CPython 3.13.0: engine is wrong
                CPython  always
                         hash seed 0
                         start -S
                gieok    end 0 []
        | import atexit, collections, copy, functools, gc, itertools, operator, sys, tracemalloc, types, weakref
        | gc.collect()
        | print('end', gc.collect(), gc.garbage)

    CPython 3.13.0: 1 comparison: 0 same, 0 differs every run, 0 start-up state, 1 engine is wrong
    ");
}

#[test]
fn interpreters_that_are_none_are_told() {
    let folder = Folder::new("none", &[("a.py", "1\n"), ("silent", "#!/bin/sh\n")]);
    let silent = folder.0.join("silent");
    std::fs::set_permissions(&silent, PermissionsExt::from_mode(0o755)).unwrap();
    let told = |program: &str| {
        let output = folder.compare(&[program, "a.py"]);
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    insta::assert_snapshot!(told("./silent"), @"error: silent: it does not say which Python it is");
    insta::assert_snapshot!(told("./missing"), @"error: missing: it cannot be started: No such file or directory (os error 2)");
}

/// The interpreters that are installed here, of the releases that the profiles follow: those that `pyenv` keeps.
fn installed() -> Vec<PathBuf> {
    let home = std::env::var_os("HOME")
        .map(PathBuf::from)
        .unwrap_or_default();
    let releases = ["3.12.1", "3.13.0"];
    let program = |release: &&str| {
        home.join(".pyenv/versions")
            .join(release)
            .join("bin/python")
    };
    releases
        .iter()
        .map(program)
        .filter(|path| path.exists())
        .collect()
}

#[test]
fn programs_made_at_random_do_what_they_do_under_installed_cpythons() {
    let programs = installed();
    if programs.is_empty() {
        return;
    }
    let folder = Folder::new("installed", &[]);
    let mut arguments: Vec<&str> = programs.iter().filter_map(|path| path.to_str()).collect();
    arguments.extend(["--generate", "5", "--seed", "1000"]);
    let output = folder.compare(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
}
