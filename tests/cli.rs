//! The command, run as people run it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn gieok(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gieok"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .expect("the command runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A folder of the test's own, with these files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("gieok-cli-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    for (path, text) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a file is in a folder"))
            .expect("the folder can be made");
        std::fs::write(path, text).expect("the file can be written");
    }
    folder
}

const POST: &str = "# 글\n\n```python\nx = [1, 2]\nprint(len(x))  # 2\nprint(x)  # [1, 3]\nx.append(3)\nlen(x)  # => 4\nx[9]  # raises IndexError: list index\n```\n";

#[test]
fn check_tells_every_failure_and_ends_with_1() {
    let folder = folder(
        "check",
        &[("a.md", POST), ("b.md", "```python\nprint(1 / 0)\n```\n")],
    );
    let output = gieok(&folder, &["check", "a.md", "missing.md", "b.md"]);
    insta::assert_snapshot!(stdout(&output), @r#"
    error[claim-mismatch]: `x` is `[1, 2]`, not `[1, 3]`
     --> a.md:6:13
      |
    6 | print(x)  # [1, 3]
      |             ^^^^^^ CPython 3.13 gives [1, 2]
      |
      = help: change it to `[1, 2]`, or remove the claim

    error[claim-mismatch]: `len(x)` is `3`, not `4`
     --> a.md:8:14
      |
    8 | len(x)  # => 4
      |              ^ CPython 3.13 gives 3
      |
      = help: change it to `3`, or remove the claim

    error: missing.md: No such file or directory (os error 2)

    error[uncaught-exception]: ZeroDivisionError: division by zero
     --> b.md:2:1
      |
    2 | print(1 / 0)
      | ^^^^^^^^^^^^ raised here, and not caught
      |
      = help: if it is meant, write `<!-- py: raises=ZeroDivisionError -->` above the block, or `# raises ZeroDivisionError` behind the line

    4 errors; 2 blocks ran, 2 of 4 claims hold
    "#);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn check_is_content_with_a_post_that_is_true() {
    let folder = folder("true", &[("a.md", "```python\nprint(1 + 1)  # 2\n```\n")]);
    let output = gieok(&folder, &["check", "a.md"]);
    assert_eq!(
        (stdout(&output).as_str(), output.status.code()),
        ("1 block ran, 1 of 1 claims hold\n", Some(0))
    );
}

#[test]
fn list_shows_how_each_comment_is_read() {
    let folder = folder("list", &[("a.md", POST)]);
    let output = gieok(&folder, &["list", "a.md"]);
    insta::assert_snapshot!(stdout(&output), @r#"
    a.md

        3  block-0  python  글
          5  # 2
               claim: `len(x)` is `2`
          6  # [1, 3]
               claim: `x` is `[1, 3]`
          8  # => 4
               claim =>: `len(x)` is `4`
          9  # raises IndexError: list index
               claim raises: `x[9]` raises `IndexError: list index`

    1 block, 4 claims, 0 remarks
    "#);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn build_makes_a_page_whatever_is_wrong_with_the_post() {
    let folder = folder(
        "build",
        &[(
            "a.md",
            &format!("---\ntitle: [\n---\n{POST}\n```python\nx = (\n"),
        )],
    );
    let output = gieok(&folder, &["build", "a.md", "--out", "site"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let page = std::fs::read_to_string(folder.join("site/index.html")).expect("there is a page");
    assert!(page.contains("[1, 2]"), "{page}");
}

#[test]
fn a_book_has_a_home_page_in_each_language() {
    let files = [
        ("book.toml", "[title]\nko = \"기억\"\n"),
        (
            "content/ko/gc/start.md",
            "# 시작\n\n```python\nprint(1)  # 1\n```\n",
        ),
        (
            "content/en/gc/start.md",
            "# Start\n\n```python\nprint(1)  # 1\n```\n",
        ),
        (
            "content/ko/draft.md",
            "---\npublished: false\n---\n# 나중\n",
        ),
    ];
    let folder = folder("book", &files);
    let output = gieok(&folder, &["build"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    for page in [
        "index.html",
        "en/index.html",
        "gc/start.html",
        "en/gc/start.html",
    ] {
        assert!(folder.join("public").join(page).is_file(), "{page}");
    }
    assert!(!folder.join("public/draft.html").exists());
    let korean =
        std::fs::read_to_string(folder.join("public/gc/start.html")).expect("there is a page");
    assert!(korean.contains("../en/gc/start.html"), "the twin is linked");
}

#[test]
fn run_gives_output_and_exit_code_as_python_does() {
    let folder = folder(
        "run",
        &[
            ("a.py", "import sys\nprint('출력')\nsys.exit(3)\n"),
            (
                "b.py",
                "def f():\n    return 값[\"키\"] + {}['k']\n값 = {'키': 1}\nf()\n",
            ),
            ("c.py", "if x = 1:\n    pass\n"),
            ("d.py", "import gc\nraise SystemExit('끝')\n"),
        ],
    );
    let output = gieok(&folder, &["run", "a.py"]);
    assert_eq!(
        (stdout(&output).as_str(), output.status.code()),
        ("출력\n", Some(3))
    );
    let output = gieok(&folder, &["run", "b.py"]);
    let stderr = |output: &Output| {
        String::from_utf8_lossy(&output.stderr).replace(&format!("{}/", folder.display()), "")
    };
    insta::assert_snapshot!(stderr(&output), @r#"
    Traceback (most recent call last):
      File "b.py", line 4, in <module>
        f()
        ~^^
      File "b.py", line 2, in f
        return 값["키"] + {}['k']
                          ~~^^^^^
    KeyError: 'k'
    "#);
    assert_eq!(output.status.code(), Some(1));
    let output = gieok(&folder, &["run", "c.py"]);
    insta::assert_snapshot!(stderr(&output), @r#"
      File "c.py", line 1
        if x = 1:
           ^^^^^
    SyntaxError: invalid syntax. Maybe you meant '==' or ':=' instead of '='?
    "#);
    assert_eq!(output.status.code(), Some(1));
    let output = gieok(&folder, &["run", "d.py"]);
    assert_eq!(
        (stderr(&output).as_str(), output.status.code()),
        ("끝\n", Some(1))
    );
}

#[test]
fn mistakes_in_the_command_are_told() {
    let folder = folder("wrong", &[("a.md", "글\n")]);
    let output = gieok(&folder, &["check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("no book here"), "{output:?}");
    let output = gieok(&folder, &["check", "--python", "3.7", "a.md"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("no engine for Python 3.7"),
        "{output:?}"
    );
}

#[test]
fn a_program_that_destroys_its_own_memory_ends_with_a_sentence() {
    let folder = folder(
        "destroyed",
        &[(
            "a.py",
            "import ctypes\nx = [1]\nctypes.memset(id(x), 0xFF, 40)\nprint(x)\n",
        )],
    );
    let output = gieok(&folder, &["run", "a.py"]);
    assert!(!output.status.success());
    insta::assert_snapshot!(String::from_utf8_lossy(&output.stderr), @"gieok: stopped: the program overwrote its own memory through ctypes: CPython crashes here too");
}

#[test]
fn instructions_of_another_version_are_refused() {
    let folder = folder(
        "dis",
        &[("a.md", "```python\nimport dis\ndis.dis('x')\n```\n")],
    );
    let output = gieok(&folder, &["check", "--python", "3.12", "a.md"]);
    let text = stdout(&output);
    let told = "NotImplementedError: programs run here without the instructions of 3.12, only with those of 3.13";
    assert!(text.contains(told), "{text}");
    assert!(text.contains("runner=cpython"), "{text}");
    let output = gieok(&folder, &["check", "--python", "3.13", "a.md"]);
    assert_eq!(output.status.code(), Some(0));
}
