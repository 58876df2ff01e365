//! The real post under CPython 3.13: exactly two of its claims are wrong.
//!
//! The results are those that a real CPython printed; which line printed each is written down here.

use std::path::PathBuf;

use gieok::diagnostic::{Style, render};
use gieok::post::{self, Post};
use gieok::run::{BlockResult, Printed, Raised, Results};
use gieok::verify::{Found, Verdict, verify};
use regex::Regex;

/// For each block, for each line of its output: the line that called `print`, and the block's own statement.
const PRINTED_BY: [&[(usize, usize)]; 19] = [
    &[(6, 6)],
    &[(2, 2), (3, 3), (4, 4)],
    &[(5, 5), (6, 6), (7, 7), (10, 10), (11, 11), (14, 14)],
    &[(4, 4), (9, 9), (13, 13)],
    &[
        (4, 4),
        (5, 5),
        (6, 6),
        (8, 8),
        (9, 9),
        (11, 11),
        (12, 12),
        (14, 14),
        (15, 15),
    ],
    &[(7, 7), (8, 8), (33, 33)],
    &[],
    &[(4, 4), (7, 7), (10, 10), (13, 13), (16, 16)],
    &[(16, 16), (17, 17), (25, 25)],
    &[(4, 4), (8, 8), (12, 12), (15, 15)],
    &[
        (21, 21),
        (22, 22),
        (23, 23),
        (40, 40),
        (40, 40),
        (41, 41),
        (42, 42),
    ],
    &[(14, 14)],
    &[(14, 14), (18, 18), (21, 21), (22, 22), (9, 26), (29, 29)],
    &[(6, 22), (14, 25), (26, 26), (33, 33), (6, 36)],
    &[(25, 25), (31, 31)],
    &[(5, 5), (13, 13), (18, 17), (18, 17), (18, 17), (23, 23)],
    &[(16, 16), (21, 21), (23, 22), (23, 22)],
    &[(9, 35), (11, 35), (14, 35), (11, 35), (14, 35)],
    &[(12, 22), (18, 22)],
];

fn seed() -> Option<(Post, Results)> {
    let shared = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let path = shared.join("seed/2025-10-19-python-memory.md");
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            assert!(
                std::env::var_os("CI").is_none(),
                "{}: {error}",
                path.display()
            );
            return None;
        }
    };
    let post = post::read("2025-10-19-python-memory.md", &bytes);
    let recorded: serde_json::Value =
        serde_json::from_slice(&std::fs::read(shared.join("cpython/seed-outputs.json")).unwrap())
            .unwrap();
    let runs: Vec<_> = recorded["runs"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|run| run["version"] == "3.13")
        .collect();
    let mut results = Results {
        version: "3.13".into(),
        blocks: vec![None; post.blocks.len()],
        ..Results::default()
    };
    for ((block, run), printed_by) in post.runnable().zip(runs).zip(PRINTED_BY) {
        let stdout = run["stdout"].as_str().unwrap().to_owned();
        assert_eq!(stdout.lines().count(), printed_by.len(), "{}", block.id);
        let mut at = 0;
        let printed = stdout
            .split_inclusive('\n')
            .zip(printed_by)
            .map(|(line, (inner, outer))| {
                at += line.len();
                Printed {
                    line: Some(*inner),
                    statement: Some(*outer),
                    text: at - line.len()..at,
                }
            });
        let raised = if block.id == "block-11" {
            vec![Raised {
                line: 12,
                type_name: "AttributeError".into(),
                message: String::new(),
            }]
        } else {
            Vec::new()
        };
        let result = BlockResult {
            printed: printed.collect(),
            raised,
            stdout: stdout.clone(),
            ..BlockResult::default()
        };
        results.blocks[block.index] = Some(result);
    }
    Some((post, results))
}

/// Addresses become one word; in a block that shows the state at start-up, counts become one too, and the
/// block that lists the collector's objects may list them in any order.
fn comparable(block: &str, stdout: &str) -> Vec<String> {
    let address = Regex::new(r"0x[0-9a-f]+|\b[0-9]{8,}\b").unwrap();
    let counts = Regex::new("세대별 객체|추적 중|수거|Generation [0-9]").unwrap();
    let digits = Regex::new("[0-9]+").unwrap();
    let at_startup = matches!(block, "block-9" | "block-15" | "block-18");
    let mut lines: Vec<String> = stdout
        .lines()
        .map(|line| {
            let line = address.replace_all(line, "ADDRESS");
            if at_startup && counts.is_match(&line) {
                digits.replace_all(&line, "N").into_owned()
            } else {
                line.into_owned()
            }
        })
        .collect();
    if block == "block-16" {
        lines.sort();
    }
    lines
}

#[test]
fn our_engine_prints_what_cpython_printed() {
    let Some((post, recorded)) = seed() else {
        return;
    };
    let engine = gieok::run::audited_engine("3.13").expect("there is an engine for 3.13");
    let results = gieok::run::run(&post, engine.as_ref());
    for block in post.runnable() {
        let result = results.of(block.index).expect("every block ran");
        let wanted = recorded.of(block.index).expect("every block is recorded");
        assert_eq!(
            comparable(&block.id, &result.stdout),
            comparable(&block.id, &wanted.stdout),
            "{}",
            block.id
        );
        assert_eq!(result.audit, Vec::<String>::new(), "{}", block.id);
    }
}

/// What our own engine prints leads to the same verdicts.
#[test]
fn our_engine_comes_to_the_same_verdicts() {
    let Some((post, recorded)) = seed() else {
        return;
    };
    let engine = gieok::run::audited_engine("3.13").expect("there is an engine for 3.13");
    let results = gieok::run::run(&post, engine.as_ref());
    assert_eq!(
        verify(&post, &results).verdicts,
        verify(&post, &recorded).verdicts
    );
}

#[test]
fn exactly_two_claims_are_contradicted() {
    let Some((post, results)) = seed() else {
        return;
    };
    let report = verify(&post, &results);
    let wrong: Vec<_> = post
        .claims
        .iter()
        .zip(&report.verdicts)
        .filter(|(_, verdict)| **verdict != Verdict::Holds)
        .collect();
    let seen: Vec<_> = wrong
        .iter()
        .map(|(claim, verdict)| {
            (
                claim.expression.as_str(),
                claim.expected.as_str(),
                (*verdict).clone(),
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            (
                "x is y",
                "False",
                Verdict::Contradicted {
                    found: Found::Value("True".into())
                }
            ),
            (
                "gc.get_threshold()",
                "(700, 10, 10)",
                Verdict::Contradicted {
                    found: Found::Value("(2000, 10, 10)".into())
                }
            ),
        ]
    );
    let expected = "\
error[claim-mismatch]: `x is y` is `True`, not `False`
   --> 2025-10-19-python-memory.md:149:18
    |
149 | print(x is y)  # False (CPython 구현에 따라 다를 수 있음)
    |                  ^^^^^ CPython 3.13 gives True
    |
    = help: change it to `True`, or remove the claim

error[claim-mismatch]: `gc.get_threshold()` is `(2000, 10, 10)`, not `(700, 10, 10)`
   --> 2025-10-19-python-memory.md:374:43
    |
374 | print(f\"GC 임계값: {gc.get_threshold()}\")  # (700, 10, 10)
    |                                              ^^^^^^^^^^^^^ CPython 3.13 gives (2000, 10, 10)
    |
    = help: change it to `(2000, 10, 10)`, or remove the claim

";
    assert_eq!(
        render(&post.source, &report.diagnostics, Style::Plain),
        expected
    );
}
