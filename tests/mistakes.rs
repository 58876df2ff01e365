//! What an author is told about a post: the text goes in, the messages come out, all in one pass.

use gieok::diagnostic::{Style, render};
use gieok::post;

/// The messages for a post of these bytes.
fn check(bytes: &[u8]) -> String {
    let post = post::read("post.md", bytes);
    render(&post.source, &post.diagnostics, Style::Plain)
        .trim_end()
        .to_owned()
}

/// Only the first line of each message, with its place.
fn check_short(text: &str) -> Vec<String> {
    let post = post::read("post.md", text.as_bytes());
    let short = |diagnostic: &gieok::diagnostic::Diagnostic| {
        let position = post.source.position(diagnostic.span.start);
        let help = diagnostic
            .help
            .first()
            .map(|help| format!(" ({help})"))
            .unwrap_or_default();
        format!(
            "{}:{} {}{help}",
            position.line, position.column, diagnostic.message
        )
    };
    post.diagnostics.iter().map(short).collect()
}

#[test]
fn every_mistake_is_told_at_once_and_the_rest_is_read() {
    let text = "---\ntags: [a\n---\n\n<!-- py: sesion=x -->\n```python\nx = (1,\n```\n\n끝 \u{fffd}\n\n```python\nprint(1)  # 1\n";
    insta::assert_snapshot!(check(&[text.as_bytes(), b"\xff"].concat()), @r"
    error[front-matter]: the front matter is not valid YAML
     --> post.md:2:7
      |
    2 | tags: [a
      |       ^^ unclosed bracket '['

    error[unknown-option]: there is no option `sesion`
     --> post.md:5:10
      |
    5 | <!-- py: sesion=x -->
      |          ^^^^^^^^
      |
      = help: did you mean `session`?

    error[python-syntax]: block `block-0` is not valid Python
     --> post.md:7:7
      |
    7 | x = (1,
      |       ^ unexpected EOF while parsing
      |
      = help: if the mistake is meant, write `<!-- py: raises=SyntaxError -->` above the block

    error[unclosed-fence]: this block is not closed
      --> post.md:12:1
       |
    12 | ```python
       | ^^^^^^^^^ opened here
       |
       = help: end the block with a line `` ``` ``

    error[invalid-utf8]: this is not UTF-8
      --> post.md:14:1
       |
    14 | �
       | ^ bytes that are no character
       |
       = help: save the file as UTF-8
    ");
}

#[test]
fn an_empty_post_is_a_mistake() {
    assert_eq!(
        check_short(""),
        ["1:1 the post is empty (write something, or remove the file)"]
    );
    assert_eq!(
        check_short(" \n\n"),
        ["1:1 the post is empty (write something, or remove the file)"]
    );
}

#[test]
fn options_are_checked() {
    let block =
        |options: &str| check_short(&format!("<!-- py: {options} -->\n\n```python\npass\n```\n"));
    assert_eq!(
        block(
            "id=a session=b from=c raises=X skip=\"r\" show=none fold unstable parse limit=5k fresh"
        )
        .len(),
        1,
        "only `from` is wrong"
    );
    assert_eq!(
        block("shwo=none"),
        ["1:10 there is no option `shwo` (did you mean `show`?)"]
    );
    assert_eq!(
        block("show=nose"),
        ["1:10 `show` cannot be `nose` (did you mean `none`?)"]
    );
    assert_eq!(
        block("skip"),
        ["1:10 option `skip` needs a value (write `skip=…`)"]
    );
    assert_eq!(block("fresh=1"), ["1:10 option `fresh` takes no value"]);
    assert_eq!(
        block("limit=lots"),
        ["1:10 `limit` is a number of steps (write `limit=50000` or `limit=50k`)"]
    );
    assert_eq!(
        block("id=a/b"),
        ["1:10 `a/b` cannot be a name (use letters, digits, `-` and `_`)"]
    );
    assert_eq!(
        block("from=nowhere"),
        ["3:1 no block `nowhere` runs above this one (`from` names the `id` of an earlier block)"]
    );
}

#[test]
fn options_in_the_info_string_are_read_too() {
    let post = post::read("post.md", b"```python id=a raises=KeyError\n{}[1]\n```\n\n```{python id=b}\n1\n```\n\n```python linenos\n1\n```\n");
    let seen: Vec<_> = post
        .blocks
        .iter()
        .map(|block| (block.id.as_str(), block.raises.as_deref(), block.runs()))
        .collect();
    assert_eq!(
        seen,
        [
            ("a", Some("KeyError"), true),
            ("b", None, true),
            ("block-2", None, true)
        ]
    );
    assert!(
        post.diagnostics
            .iter()
            .all(|diagnostic| !diagnostic.is_error()),
        "another tool's word is a warning"
    );
    assert_eq!(post.diagnostics.len(), 1);
}

#[test]
fn options_and_setup_need_a_block() {
    assert_eq!(
        check_short("<!-- py: id=a -->\n\n글\n"),
        [
            "1:1 no block follows these options (write them directly above the fence of a Python block)"
        ]
    );
    assert_eq!(
        check_short("<!-- py: skip=\"x\" -->\n```text\nx\n```\n").len(),
        1
    );
    assert_eq!(
        check_short("<!-- py: setup\nx = 1\n-->\n"),
        ["1:1 no block follows this setup (setup runs before the next Python block)"]
    );
    assert_eq!(
        check_short("<!-- py: id=a\n\n```python\npass\n```\n"),
        ["1:1 this comment is not closed (end it with `-->`)"]
    );
}

#[test]
fn drawings_need_a_block_and_names() {
    assert_eq!(check_short("<!-- draw: a -->\n").len(), 1);
    assert_eq!(
        check_short("```python\na = 1\n```\n\n<!-- draw: a, 1b -->\n"),
        ["5:15 `1b` is no name (a drawing starts from names of the block: `<!-- draw: a, b -->`)"]
    );
    assert_eq!(
        check_short("<!-- py: skip=\"x\" -->\n```python\na = 1\n```\n<!-- draw: a -->\n").len(),
        1
    );
}

#[test]
fn a_fence_that_is_not_closed_is_found_where_it_opens() {
    assert_eq!(
        check_short("글\n\n```python\nx = 1\n"),
        ["3:1 this block is not closed (end the block with a line `` ``` ``)"]
    );
    let swallowed = check_short("```python\nx = 1\n\n```python\ny = 2\n```\n\n글\n");
    assert_eq!(
        swallowed,
        ["1:1 this block is not closed (end the block with a line `` ``` ``)"]
    );
}

#[test]
fn claims_are_checked_for_form() {
    let block = |code: &str| check_short(&format!("```python\n{code}\n```\n"));
    assert_eq!(
        block("# => 1"),
        [
            "2:1 this claim stands by no statement (write it behind the statement it speaks about, or on the line below)"
        ]
    );
    assert_eq!(
        block("x = 1  # =>"),
        ["2:8 this claim names no value (write the value behind it)"]
    );
    assert_eq!(
        block("x  # =>[3.13..3.12] 1"),
        [
            "2:8 `3.13..3.12` is no range of Python versions (write `[3.12]`, `[..3.12]`, `[3.11..3.13]` or `[3.13..]`)"
        ]
    );
    assert_eq!(block("x  # =>[1, 2]"), Vec::<String>::new());
    assert_eq!(block("x  # raises an eyebrow"), Vec::<String>::new());
}

#[test]
fn two_blocks_may_not_have_one_id() {
    assert_eq!(
        check_short("```python id=a\n1\n```\n\n```python id=a\n2\n```\n"),
        ["5:1 two blocks have the id `a` (give this one another id)"]
    );
}

#[test]
fn line_ends_of_windows_change_nothing() {
    let unix = "---\ntitle: 글\n---\n\n{% raw %}\n<!-- py: id=a -->\n```python\nx = 1\nprint(x)  # 1\n```\n{% endraw %}\n";
    let post = post::read("post.md", unix.as_bytes());
    let windows = post::read("post.md", unix.replace('\n', "\r\n").as_bytes());
    assert_eq!(windows.diagnostics, []);
    assert_eq!(windows.blocks[0].code, post.blocks[0].code);
    assert_eq!(windows.source.slice(windows.claims[0].span), "# 1");
}

#[test]
fn a_block_in_a_list_or_a_quote_knows_its_lines() {
    let post = post::read("post.md", "- 하나\n\n  ```python\n  if True:\n      print(1)  # 1\n  ```\n\n> ```python\n> print(2)  # 2\n> ```\n".as_bytes());
    assert_eq!(post.diagnostics, []);
    assert_eq!(post.blocks[0].code, "if True:\n    print(1)  # 1\n");
    let claims: Vec<_> = post
        .claims
        .iter()
        .map(|claim| post.source.position(claim.span.start))
        .map(|at| (at.line, at.column))
        .collect();
    assert_eq!(claims, [(5, 17), (9, 13)]);
}
