//! The real post under every version that there is an engine for: what it claims, and where that is true.
//!
//! The rows are those of the recorded facts about CPython 3.9 to 3.15. A row of a version that has no engine is not looked
//! at; when it gets one, its rows are there.

use std::path::PathBuf;

use gieok::post::{self, Post, VersionRange};
use gieok::run::{Results, engine, run, versions};
use gieok::verify::{Verdict, verify};

fn seed() -> Option<Post> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/seed/2025-10-19-python-memory.md");
    match std::fs::read(&path) {
        Ok(bytes) => Some(post::read(path, &bytes)),
        Err(error) => {
            assert!(
                std::env::var_os("CI").is_none(),
                "{}: {error}",
                path.display()
            );
            None
        }
    }
}

/// The text for a version, of rows `(versions, text)`.
fn row_of<'a>(rows: &[(&str, &'a str)], version: &str) -> Option<&'a str> {
    let is_in = |range: &str| {
        range == "all" || VersionRange::parse(range).is_some_and(|range| range.has(version))
    };
    rows.iter()
        .find(|(range, _)| is_in(range))
        .map(|(_, text)| *text)
}

const TRUE: &[(&str, &str)] = &[("all", "true")];

/// Every claim in the code, by block and line, with what it says, and the verdict: `true`, or what is so instead.
const CLAIMS: &[(&str, usize, &str, &[(&str, &str)])] = &[
    ("block-0", 6, "True", TRUE),
    ("block-1", 3, "<class 'int'>", TRUE),
    ("block-1", 4, "42", TRUE),
    ("block-2", 10, "True", TRUE),
    ("block-2", 11, "False", TRUE),
    ("block-2", 14, "True", TRUE),
    ("block-3", 4, "True", TRUE),
    ("block-3", 9, "True", TRUE),
    // One constant, as both stand in one file.
    ("block-3", 13, "False", &[("all", "True")]),
    ("block-7", 4, "2", TRUE),
    ("block-7", 7, "3", TRUE),
    ("block-7", 10, "4", TRUE),
    ("block-7", 13, "3", TRUE),
    ("block-7", 16, "2", TRUE),
    (
        "block-9",
        4,
        "(700, 10, 10)",
        &[("..3.12", "true"), ("3.13..", "(2000, 10, 10)")],
    ),
    ("block-11", 12, "AttributeError", TRUE),
    ("block-12", 14, "3", TRUE),
    ("block-12", 18, "3", TRUE),
    ("block-12", 22, "42", TRUE),
    ("block-12", 29, "None", TRUE),
    ("block-13", 26, "True", TRUE),
    ("block-13", 33, "0", TRUE),
    ("block-14", 31, "None", TRUE),
    ("block-15", 5, "False", TRUE),
];

/// What the post says in words and does not write as a value: a piece that the block's output has.
const PRINTED: &[(&str, &[(&str, &str)])] = &[
    (
        "block-4",
        &[
            ("..3.10", "int(0): 24 bytes\n"),
            ("3.11..", "int(0): 28 bytes\n"),
        ],
    ),
    ("block-4", &[("all", "int(10**100): 72 bytes\n")]),
    (
        "block-4",
        &[
            ("..3.11", "str(''): 49 bytes\n"),
            ("3.12..", "str(''): 41 bytes\n"),
        ],
    ),
    (
        "block-4",
        &[
            ("3.9", "list([1,2,3]): 120 bytes\n"),
            ("3.10..", "list([1,2,3]): 88 bytes\n"),
        ],
    ),
    ("block-4", &[("all", "dict({}): 64 bytes\n")]),
    (
        "block-4",
        &[
            ("..3.10", "dict({'a':1}): 232 bytes\n"),
            ("3.11..", "dict({'a':1}): 184 bytes\n"),
        ],
    ),
    // The nested list is the smaller one: the other is built from a constant.
    ("block-5", &[("3.9", "120\n80\n"), ("3.10..", "88\n80\n")]),
    ("block-5", &[("3.9", "692 bytes"), ("3.10..", "596 bytes")]),
    (
        "block-8",
        &[("all", "node1 참조 카운트: 3\nnode2 참조 카운트: 3\n")],
    ),
    (
        "block-8",
        &[
            ("..3.10", "수거된 객체 수: 4\n"),
            ("3.11..", "수거된 객체 수: 2\n"),
        ],
    ),
    // "Saves over 50 %".
    (
        "block-10",
        &[
            ("..3.10", "(42.0%)"),
            ("3.11", "(21.3%)"),
            ("3.12", "(18.6%)"),
            ("3.13..", "(22.3%)"),
        ],
    ),
    (
        "block-11",
        &[
            ("..3.12", "has no attribute 'email'\n"),
            (
                "3.13..",
                "has no attribute 'email' and no __dict__ for setting new attributes\n",
            ),
        ],
    ),
    ("block-12", &[("all", "Data(42) 객체 삭제됨\n")]),
    (
        "block-13",
        &[("all", "캐시 크기: 0\nExpensiveObject(data1) 생성")],
    ),
    (
        "block-15",
        &[
            ("..3.14", "'uncollectable': 0}\n"),
            ("3.15..", "Generation 2: {"),
        ],
    ),
    // The loop's variable still holds the last object; who else refers to it is a list and a dict, in any order.
    ("block-16", &[("all", "참조자 수: 2\n")]),
    ("block-16", &[("all", "참조 타입: <class 'list'>\n")]),
    ("block-16", &[("all", "참조 타입: <class 'dict'>\n")]),
    (
        "block-17",
        &[
            ("..3.10", "수거되지 않은 객체 수: 4\n"),
            ("3.11..", "수거되지 않은 객체 수: 2\n"),
        ],
    ),
    (
        "block-18",
        &[
            ("..3.10", "28.87MB"),
            ("3.11..3.14", "31.84MB"),
            ("3.15..", "8.06MB"),
        ],
    ),
];

/// What prose and diagrams say, as a line of Python that tells whether it is so.
const PROSE: &[(&str, &[(&str, &str)])] = &[
    // "A circular reference is registered with the collector": every container is, cyclic or not.
    (
        "import gc\nprint(gc.is_tracked([[]]))",
        &[("all", "True\n")],
    ),
    // "Reference count 1 at creation": a temporary has but the argument's reference.
    (
        "import sys\nprint(sys.getrefcount(object()))",
        &[("all", "1\n")],
    ),
    // "Each argument adds one": a local that is passed adds nothing from 3.14 on.
    (
        "import sys\ndef count():\n    thing = []\n    return sys.getrefcount(thing)\nprint(count())",
        &[("..3.13", "2\n"), ("3.14..", "1\n")],
    ),
    // "Survivors move up a generation".
    (
        "import gc\ngc.collect()\nx = []\nyoung = any(y is x for y in gc.get_objects(generation=0))\ngc.collect(0)\nprint(young, any(y is x for y in gc.get_objects(generation=1)))",
        &[("all", "True True\n")],
    ),
    // "An instance has a `__dict__`, which has its attributes".
    (
        "import gc\nclass A: pass\na = A()\na.x = []\nprint([type(it).__name__ for it in gc.get_referents(a)])",
        &[
            ("..3.10", "['dict', 'type']\n"),
            ("3.11..", "['list', 'type']\n"),
        ],
    ),
    // "`getsizeof` leaves out what is referred to".
    (
        "import sys\nprint(sys.getsizeof([1]) == sys.getsizeof(['x' * 1000]))",
        &[("all", "True\n")],
    ),
    // "Small ints are cached, -5 to 256".
    (
        "print(int('256') is int('256'), int('-5') is int('-5'), int('257') is int('257'))",
        &[
            ("..3.14", "True True False\n"),
            ("3.15..", "True True True\n"),
        ],
    ),
    // "At a count of 0 it is freed at once".
    (
        "class A:\n    def __del__(self): print('gone')\na = A()\ndel a\nprint('next')",
        &[("all", "gone\nnext\n")],
    ),
];

#[test]
fn every_claim_has_its_verdict_in_every_version() {
    let Some(post) = seed() else { return };
    assert_eq!(post.claims.len(), CLAIMS.len());
    let runs: Vec<Results> = std::thread::scope(|scope| {
        let running: Vec<_> = versions()
            .into_iter()
            .map(|version| {
                let post = &post;
                scope.spawn(move || run(post, engine(&version).expect("it is known").as_ref()))
            })
            .collect();
        let done = running.into_iter();
        done.map(|run| run.join().expect("no engine panics"))
            .collect()
    });
    let mut wrong = Vec::new();
    for results in &runs {
        let version = &results.version;
        let report = verify(&post, results);
        let claims = post.claims.iter().zip(&report.verdicts).zip(CLAIMS);
        for ((claim, verdict), (block, line, says, rows)) in claims {
            let place = &post.blocks[claim.block];
            let found = match verdict {
                Verdict::Holds => "true".to_owned(),
                Verdict::Contradicted { found } => found.to_string(),
                other => format!("{other:?}"),
            };
            let at = (place.id.as_str(), claim.first_line, claim.expected.as_str());
            if at != (*block, *line, *says) || row_of(rows, version) != Some(&found) {
                wrong.push(format!("{version} {at:?}: {found}"));
            }
        }
        for (block, rows) in PRINTED {
            let place = post.blocks.iter().find(|it| it.id == *block);
            let result = place.and_then(|place| results.of(place.index));
            let stdout = result.map_or("", |result| &result.stdout);
            let expected = row_of(rows, version).unwrap_or("a row for every version");
            if !stdout.contains(expected) {
                wrong.push(format!("{version} {block}: no {expected:?} in {stdout:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_prose_says_is_so_where_the_facts_say() {
    let mut wrong = Vec::new();
    for version in versions() {
        for (program, rows) in PROSE {
            let post = post::read("a.md", format!("```python\n{program}\n```\n").as_bytes());
            let results = run(&post, engine(&version).expect("it is known").as_ref());
            let found = results.of(0).map_or("", |result| &result.stdout);
            if row_of(rows, &version) != Some(found) {
                wrong.push(format!("{version}: {program}\n  {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
