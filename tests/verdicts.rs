//! What a claim says against what our engine finds.

use gieok::post;
use gieok::run::Limit;
use gieok::verify::{Verdict, verify};

/// One word for each claim of a block.
fn verdicts(code: &str) -> Vec<String> {
    let post = post::read("post.md", format!("```python\n{code}\n```\n").as_bytes());
    assert_eq!(post.diagnostics, [], "{code}");
    let engine = gieok::run::audited_engine("3.13").expect("there is an engine for 3.13");
    let results = gieok::run::run(&post, engine.as_ref());
    let report = verify(&post, &results);
    let word = |verdict: &Verdict| match verdict {
        Verdict::Holds => "holds".to_owned(),
        Verdict::Contradicted { found } => found.to_string(),
        Verdict::OtherVersion => "other version".to_owned(),
        Verdict::NotReached => "not reached".to_owned(),
        Verdict::Unjudged { .. } => "unjudged".to_owned(),
    };
    report.verdicts.iter().map(word).collect()
}

#[test]
fn output_lines_of_other_versions_are_not_counted() {
    assert_eq!(
        verdicts("print('a')\nprint('b')\n#>[..3.10] x\n#>[..3.10] y\n#>[3.11..] a\n#>[3.11..] b"),
        ["other version", "other version", "holds", "holds"]
    );
}

#[test]
fn a_claim_without_versions_speaks_for_the_rest() {
    assert_eq!(
        verdicts("x = 1\nx  # =>[..3.12] 0\n# => 1"),
        ["other version", "holds"]
    );
    assert_eq!(
        verdicts("x = 1\nx  # =>[3.13..] 1\n# => 0"),
        ["holds", "other version"]
    );
}

#[test]
fn a_wrong_value_is_told() {
    assert_eq!(verdicts("print([1])  # [2]"), ["[1]"]);
    assert_eq!(verdicts("print('b')\n#> a"), ["b"]);
}

#[test]
fn what_never_runs_is_told() {
    assert_eq!(verdicts("if False:\n    print(1)  # 1"), ["not reached"]);
}

#[test]
fn a_block_knows_which_limit_stopped_it() {
    let stopped = |code: &str| {
        let text = format!("<!-- py: limit=200k -->\n\n```python\n{code}\n```\n");
        let post = post::read("post.md", text.as_bytes());
        let engine = gieok::run::engine("3.13").expect("there is an engine for 3.13");
        let results = gieok::run::run(&post, engine.as_ref());
        results.of(0).and_then(|result| result.stopped_by())
    };
    assert_eq!(stopped("while True: pass"), Some(Limit::Steps));
    assert_eq!(stopped("x = 'a' * 10**12"), None, "MemoryError is Python's");
    assert_eq!(
        stopped("while True: print('x' * 100_000)"),
        Some(Limit::Output)
    );
    assert_eq!(stopped("1"), None);
}

#[test]
fn what_was_not_printed_and_what_raised_is_said_so() {
    let code = "print('a')\n#> a\n#> c\n[][0]  # 5";
    let post = post::read("post.md", format!("```python\n{code}\n```\n").as_bytes());
    let engine = gieok::run::engine("3.13").expect("there is an engine for 3.13");
    let report = verify(&post, &gieok::run::run(&post, engine.as_ref()));
    let told: Vec<&str> = report
        .diagnostics
        .iter()
        .filter(|told| told.code == "claim-mismatch")
        .map(|told| told.message.as_str())
        .collect();
    assert_eq!(
        told,
        [
            "`print('a')` prints no line `c`",
            "`[][0]` raises IndexError, and is not `5`"
        ]
    );
}
