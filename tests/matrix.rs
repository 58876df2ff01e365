//! The same program under several versions: what `gieok matrix` tells.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of the test's own, with these files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("gieok-matrix-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    for (path, text) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a file is in a folder"))
            .expect("the folder can be made");
        std::fs::write(path, text).expect("the file can be written");
    }
    folder
}

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

const CHOSEN: &str = "--python=3.12,3.13,3.14";

#[test]
fn a_table_of_lines_that_differ() {
    let post = "# Post\n\n```python\nimport gc, sys\nprint(gc.get_threshold())  # (2000, 10, 10)\nprint(sys.getsizeof([]))\nsys.getsizeof(())  # => 40\n```\n\n```python\nprint(1)\n```\n\n<!-- py: id=new py=3.13.. -->\n```python\nprint(hasattr(__import__('sys'), '_is_immortal'))\n```\n";
    let folder = folder("post", &[("a.md", post)]);
    let output = gieok(&folder, &["matrix", "a.md", CHOSEN]);
    insta::assert_snapshot!(stdout(&output));
    assert_eq!(output.status.code(), Some(0));
    let all = gieok(&folder, &["matrix", "a.md"]);
    assert!(stdout(&all).contains(&gieok::run::versions().join(", ")));
}

#[test]
fn a_file_of_python_is_one_block() {
    let program = "import sys\n\ndef work(x):\n    for n in range(3):\n        print(n)\n    print(sys.getrefcount(x))\n\nwork([])\nprint(sys._is_immortal)\n";
    let folder = folder("file", &[("a.py", program), ("b.py", "print(1)\n")]);
    let output = gieok(&folder, &["matrix", "a.py", "b.py", CHOSEN]);
    insta::assert_snapshot!(stdout(&output));
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_version_without_an_engine_is_told() {
    let folder = folder("none", &[("a.py", "print(1)\n")]);
    let output = gieok(&folder, &["matrix", "a.py", "--python", "2.7"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        told.starts_with("error: a.py: there is no engine for Python 2.7; "),
        "{told}"
    );
    assert_eq!(output.status.code(), Some(1));
}

const VERSIONS: &str = "---\ntitle: T\nmatrix: 3.12..3.14\n---\n\n```python\nimport gc\nprint(gc.get_threshold())  # (700, 10, 10)\nprint(gc.get_threshold())  # (2000, 10, 10)\nprint(gc.get_threshold())  # =>[..3.12] (700, 10, 10)\n                           # =>[3.13..] (2000, 10, 11)\nprint(gc.get_threshold())  # =>[3.14] (2000, 10, 10)\n                           # => (2000, 10, 10)\n```\n\n<!-- py: py=3.14.. -->\n```python\nimport sys\nprint(sys._is_immortal(None))   # True\n```\n\n<!-- py: id=new -->\n```python\nimport sys\nassert not hasattr(sys, \"_is_immortal\")\n```\n\n<!-- py: py=..3.8 -->\n```python\nprint(1)  # 2\n```\n";

#[test]
fn claims_are_judged_under_the_versions_that_they_name() {
    let folder = folder("claims", &[("a.md", VERSIONS)]);
    let output = gieok(&folder, &["check", "a.md"]);
    // Which engines there are is no matter of this test.
    let known = gieok::run::versions().join(", ");
    insta::assert_snapshot!(
        stdout(&output).replace(&format!("there is one for {known};"), "there is one for …;")
    );
    assert_eq!(output.status.code(), Some(1));
    let listed = gieok(&folder, &["list", "a.md"]);
    let listed = stdout(&listed);
    assert!(
        listed.starts_with("a.md  Python 3.13, compared 3.12, 3.13, 3.14\n"),
        "{listed}"
    );
    assert!(listed.contains("[py=3.14..]"), "{listed}");
}

const SESSION: &str = "---\ntitle: P\nmatrix: 3.12..3.14\n---\n\n```pycon\n>>> x = 257\n>>> y = 257\n>>> x is y\nFalse\n>>> import gc\n>>> gc.get_threshold()\n(700, 10, 10)\n>>> for n in range(2):\n...     print(n)\n...\n0\n1\n>>> def f(a):\n...     return a.x   # note\n...\n>>> f(1)\nTraceback (most recent call last):\n  File \"<stdin>\", line 1, in <module>\nAttributeError: 'int' object has no attribute 'x'\n>>> [1, 2\n... ]\n[1, 3]\n>>> \"안녕\"\n'안녕'\n>>> None\n```\n\n```python\nx = 257\ny = 257\nprint(x is y)   # True\n```\n\n```python\n>>> 1 / 0\n>>> 5\n```\n";

#[test]
fn a_prompt_compiles_statement_by_statement() {
    let program =
        "x = 257\ny = 257\nx is y\nprint(x is y)\n1 / 0\n'text'\nfor i in range(2):\n    i\n";
    let folder = folder("prompt", &[("a.md", SESSION), ("a.py", program)]);
    let output = gieok(&folder, &["check", "a.md"]);
    insta::assert_snapshot!(stdout(&output));
    let listed = stdout(&gieok(&folder, &["list", "a.md"]));
    assert!(
        listed.contains("claim #>: `x is y` prints `False`"),
        "{listed}"
    );
    let run = |arguments: &[&str]| stdout(&gieok(&folder, arguments));
    assert_eq!(run(&["run", "a.py"]), "True\n");
    let at_prompt = ["run", "--repl-units", "a.py"];
    assert_eq!(run(&at_prompt), "False\nFalse\n'text'\n0\n1\n");
    let output = gieok(&folder, &at_prompt);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("line 5, in <module>"), "{told}");
    assert_eq!(output.status.code(), Some(0));
}

/// The page of a lone post.
fn page(folder: &Path, post: &str) -> String {
    let output = gieok(folder, &["build", post, "--out", "site"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    std::fs::read_to_string(folder.join("site/index.html")).expect("there is a page")
}

#[test]
fn a_page_shows_what_differs_and_where_claims_are_true() {
    let folder = folder("page", &[("a.md", VERSIONS)]);
    let page = page(&folder, "a.md");
    for part in [
        // Each group of versions, the shown one marked.
        "<div class=\"version\" data-versions=\"3.12\" data-label=\"3.12\"><p class=\"name\">Python 3.12</p>",
        "<div class=\"version shown\" data-versions=\"3.13 3.14\" data-label=\"3.13, 3.14\">",
        // A claim without versions, wrong for the shown one and right for it.
        "✗</span> true in 3.12 · <b>(2000, 10, 10)</b> from 3.13</span>",
        "✓</span><span class=\"claim note\"><b>(700, 10, 10)</b> in 3.12 · true from 3.13</span>",
        "<span class=\"belongs\">Python from 3.14</span>",
        "<h2 id=\"versions.changes\">What differs by version</h2>",
        "<td><code>(700, 10, 10)</code></td><td class=\"new\" colspan=\"2\"><code>(2000, 10, 10)</code></td>",
        "compared: 3.12–3.14",
    ] {
        assert!(page.contains(part), "no {part} in {page}");
    }
}

#[test]
fn a_page_of_versions_that_agree_is_as_of_one() {
    let text = "---\ntitle: T\n---\n\n```python\nprint(1)  # 1\n```\n";
    let compared = text.replace("title: T\n", "title: T\nmatrix: 3.12..3.14\n");
    let folder = folder("agree", &[("a.md", text), ("b.md", &compared)]);
    let (one, several) = (page(&folder, "a.md"), page(&folder, "b.md"));
    let fact = " · <span class=\"fact\">compared: 3.12–3.14</span>";
    assert_eq!(several.replace(fact, ""), one);
}

#[test]
fn a_page_with_a_matrix_weighs_little_more() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("content/ko/versions.md")).expect("the post");
    let (_, after) = text.split_once("\nmatrix: ").expect("it compares versions");
    let (_, after) = after.split_once('\n').expect("more lines");
    let (before, _) = text.split_once("\nmatrix: ").expect("it compares versions");
    let alone = format!("{before}\n{after}");
    let folder = folder("weight", &[("a.md", &text), ("b.md", &alone)]);
    let (several, one) = (page(&folder, "a.md").len(), page(&folder, "b.md").len());
    assert!(several > one, "{several} and {one} bytes");
    assert!(several * 2 <= one * 3, "{several} and {one} bytes");
}

#[test]
fn a_book_may_compare_for_all_its_posts() {
    let post = "```python\nimport gc\nprint(gc.get_threshold())\n```\n";
    let folder = folder(
        "book",
        &[
            (
                "book.toml",
                "matrix = [\"3.12..3.14\"]\ndefault_language = \"en\"\n",
            ),
            ("content/en/a.md", post),
            (
                "content/en/b.md",
                &format!("---\nmatrix: none\n---\n{post}"),
            ),
            (
                "content/en/c.md",
                &format!("---\npython: [\"3.12\", \"3.14\"]\n---\n{post}"),
            ),
            (
                "snapshots/en/a/block-0.snap",
                "---\nsource: tests/posts.rs\n---\n=== 3.12\n(700, 10, 10)\n=== 3.13\n(9, 9, 9)\n",
            ),
            (
                "snapshots/en/b/block-0.snap",
                "---\nsource: tests/posts.rs\n---\n(2000, 10, 10)\n",
            ),
        ],
    );
    let listed = stdout(&gieok(&folder, &["list"]));
    let lines = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| line.contains(".md"));
        lines.map(str::to_owned).collect()
    };
    assert_eq!(
        lines(&listed),
        [
            "content/en/a.md  Python 3.13, compared 3.12, 3.13, 3.14",
            "content/en/b.md",
            "content/en/c.md  Python 3.12, compared 3.12, 3.14",
        ]
    );
    // The snapshot of `a` is wrong about 3.13 and says nothing of 3.14.
    let told = stdout(&gieok(&folder, &["check"]));
    assert_eq!(lines(&told), [" --> content/en/a.md:1:1"], "{told}");
    // Under another version than the post's a snapshot of one is not compared.
    let told = stdout(&gieok(&folder, &["check", "--python", "3.12"]));
    assert_eq!(lines(&told), Vec::<String>::new(), "{told}");
    let cached = std::fs::read_dir(folder.join(".gieok/cache/run")).expect("results are kept");
    // Three, one and two of the posts, and `b` under 3.12.
    assert_eq!(cached.count(), 7, "one shelf for each post and version");
}

#[test]
fn a_matrix_that_cannot_be_is_one_posts_mistake() {
    let post = "---\ntitle: T\nmatrix: [\"2.7\", \"3.13\"]\n---\n\n```python\nprint(1)  # 1\n```\n";
    let folder = folder("mistake", &[("a.md", post)]);
    let output = gieok(&folder, &["check", "a.md"]);
    let told = stdout(&output);
    assert!(
        told.starts_with("error[no-engine]: there is no engine for Python 2.7; "),
        "{told}"
    );
    assert!(told.contains(" --> a.md:3:1"), "{told}");
    assert!(
        told.ends_with("1 error; 1 block ran, 1 of 1 claims hold\n"),
        "{told}"
    );
}
