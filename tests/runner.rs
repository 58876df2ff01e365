//! Blocks with `runner=cpython`: under a stand-in whose answer is known, under none, and under an installed CPython.

#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Says that it is CPython 3.13.0. To a piece it answers that its second line printed `3`, and ends with an exception.
const STAND_IN: &str = r#"#!/bin/sh
case "$*" in *sys.implementation*) echo cpython 3.13 3.13.0; exit;; esac
grep -q '"text": *"import numpy' "$3" || exit 9
printf '3\nof a process\n'
cat >"$4" <<'ANSWER'
[{"values": [], "raised": [], "printed": [[2, 2, 0, 2]], "exit_code": 1, "exception": {"type_name": "KeyError",
"bases": ["KeyError", "LookupError"], "message": "1", "line": 3, "traceback": "KeyError: 1\n"}, "out": 15, "err": 0}]
ANSWER
"#;

const POST: &str = "# Foreign\n\n<!-- py: runner=cpython raises=LookupError -->\n\n```python\nimport numpy\nprint(numpy.array([3])[0])  # 3\nnumpy[1]\n```\n";

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, post: &str) -> Folder {
        let folder =
            std::env::temp_dir().join(format!("gieok-runner-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("a.md"), post).unwrap();
        let stand_in = folder.join("stand-in");
        std::fs::write(&stand_in, STAND_IN).unwrap();
        std::fs::set_permissions(&stand_in, PermissionsExt::from_mode(0o755)).unwrap();
        Folder(folder)
    }

    /// Runs the command where no Python is on the `PATH`.
    fn gieok(&self, python: &Path, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_gieok"))
            .args(arguments)
            .current_dir(&self.0)
            .env("GIEOK_CPYTHON", python)
            .env("PATH", "")
            .env("NO_COLOR", "1")
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
fn what_the_interpreter_answers_is_judged_and_the_page_says_who_ran_it() {
    let folder = Folder::new("stand-in", POST);
    let stand_in = folder.0.join("stand-in");
    // The stand-in needs its tools.
    let path = std::env::join_paths([stand_in.clone()]).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_gieok"))
        .args(["build", "a.md", "--out", "site"])
        .current_dir(&folder.0)
        .env("GIEOK_CPYTHON", path)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", stdout(&output));
    let page = std::fs::read_to_string(folder.0.join("site/index.html")).unwrap();
    assert!(
        page.contains("run on an installed CPython 3.13")
            || page.contains("설치된 CPython 3.13에서 실행")
    );
    assert!(page.contains("of a process"));
    assert!(page.contains("class=\"claim good\""));
}

#[test]
fn where_there_is_none_the_block_is_an_error() {
    let folder = Folder::new("none", POST);
    let output = folder.gieok(Path::new("missing"), &["check", "a.md"]);
    insta::assert_snapshot!(stdout(&output), @r#"
    error[limit]: block `block-0` was stopped: `runner=cpython` asks for an installed CPython 3.13, and there is none on the PATH nor in GIEOK_CPYTHON
     --> a.md:5:1
      |
    5 | ```python
      | ^^^^^^^^^
      |
      = help: `skip="reason"` leaves the block out

    warning[claim-not-reached]: `numpy.array([3])[0]` never ran
     --> a.md:7:31
      |
    7 | print(numpy.array([3])[0])  # 3
      |                               ^ nothing says whether this is so

    1 error, 1 warning; 1 block ran, 0 of 1 claims hold
    "#);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_runner_that_is_none_and_a_drawing_are_told() {
    let post = "<!-- py: runner=pypy -->\n\n```python\n1\n```\n\n<!-- py: runner=cpython skip=\"no\" -->\n\n```python\n1\n```\n\n<!-- py: runner=cpython -->\n\n```python\nx = 1\n```\n\n<!-- draw: x -->\n\n```python\nimport nothing_here\n```\n";
    let folder = Folder::new("mistakes", post);
    let output = folder.gieok(Path::new("missing"), &["check", "a.md"]);
    insta::assert_snapshot!(stdout(&output), @r#"
    error[option-value]: there is no runner `pypy`
     --> a.md:1:10
      |
    1 | <!-- py: runner=pypy -->
      |          ^^^^^^^^^^^
      |
      = help: `runner=cpython` runs the block on an installed CPython; without it the engine does

    error[limit]: block `block-2` was stopped: `runner=cpython` asks for an installed CPython 3.13, and there is none on the PATH nor in GIEOK_CPYTHON
      --> a.md:15:1
       |
    15 | ```python
       | ^^^^^^^^^
       |
       = help: `skip="reason"` leaves the block out

    error[draw-without-block]: block `block-2` runs on an installed CPython, whose memory cannot be drawn
      --> a.md:19:1
       |
    19 | <!-- draw: x -->
       | ^^^^^^^^^^^^^^^^
       |
       = help: leave out `runner=cpython`: the engine's memory can be drawn

    error[uncaught-exception]: ModuleNotFoundError: No module named 'nothing_here'
      --> a.md:22:1
       |
    22 | import nothing_here
       | ^^^^^^^^^^^^^^^^^^^ raised here, and not caught
       |
       = help: `<!-- py: runner=cpython -->` above the block runs it on an installed CPython

    4 errors; 3 blocks ran, 0 of 0 claims hold
    "#);
}

/// The CPython 3.13 that `pyenv` keeps, if it keeps one.
fn installed() -> Option<PathBuf> {
    let home = PathBuf::from(std::env::var_os("HOME")?);
    let program = home.join(".pyenv/versions/3.13.0/bin/python");
    program.exists().then_some(program)
}

#[test]
fn an_installed_cpython_tells_lines_values_and_exceptions() {
    let Some(python) = installed() else { return };
    let post = "```python runner=cpython\nimport subprocess\nx = [1, 2]\nprint(len(x))  # 3\nsubprocess.run(['/bin/echo', 'from a process'])\ny = x  # [1, 2]\nx += [3]  # [1, 2, 3]\nif x:\n    y  # [1, 2, 4]\ndef f():\n    raise ValueError('no')\ntry:\n    f()  # raises ValueError: yes\nexcept ValueError:\n    pass\nf()\n```\n\n```pycon runner=cpython\n>>> 1 + 1\n2\n>>> print('x')\ny\n```\n";
    let folder = Folder::new("installed", post);
    let output = folder.gieok(&python, &["check", "a.md"]);
    insta::assert_snapshot!(stdout(&output), @r#"
    error[claim-mismatch]: `len(x)` is `2`, not `3`
     --> a.md:4:18
      |
    4 | print(len(x))  # 3
      |                  ^ CPython 3.13 gives 2
      |
      = help: change it to `2`, or remove the claim

    error[claim-mismatch]: `y` is `[1, 2, 3]`, not `[1, 2, 4]`
     --> a.md:9:10
      |
    9 |     y  # [1, 2, 4]
      |          ^^^^^^^^^ CPython 3.13 gives [1, 2, 3]
      |
      = help: change it to `[1, 2, 3]`, or remove the claim

    error[uncaught-exception]: ValueError: no
      --> a.md:11:5
       |
    11 |     raise ValueError('no')
       |     ^^^^^^^^^^^^^^^^^^^^^^ raised here, and not caught
       |
       = help: if it is meant, write `<!-- py: raises=ValueError -->` above the block, or `# raises ValueError` behind the line

    error[claim-mismatch]: `f()` raises ValueError: no, not `ValueError: yes`
      --> a.md:13:19
       |
    13 |     f()  # raises ValueError: yes
       |                   ^^^^^^^^^^^^^^^ CPython 3.13 gives ValueError: no
       |
       = help: correct or remove the claim

    error[claim-mismatch]: `print('x')` prints `x`, not `y`
      --> a.md:23:1
       |
    23 | y
       | ^ CPython 3.13 gives x
       |
       = help: change it to `x`, or remove the claim

    5 errors; 2 blocks ran, 2 of 6 claims hold
    "#);
}
