//! What the compiler says about several hundred small programs is what CPython 3.13.0 says, recorded in
//! `tests/syntax/programs.jsonl` by `tests/syntax/record.py`. A row that differs has its reason under `known`; the
//! test fails on the day it no longer differs.

use gieok::python::compiler::{Mode, Options, SyntaxError, compile};
use serde_json::{Value, json};

/// What `compile` says, as the recorder writes it.
fn error(source: &str) -> Value {
    match compile(source, "<program>", Mode::Exec, Options::default()) {
        Ok(_) => Value::Null,
        Err(error) => fields(&error),
    }
}

fn fields(error: &SyntaxError) -> Value {
    if error.line == 0 {
        return json!([
            error.kind.name(),
            error.message,
            null,
            null,
            null,
            null,
            null
        ]);
    }
    json!([
        error.kind.name(),
        error.message,
        error.line,
        error.column,
        error.end_line,
        error.end_column,
        error.text
    ])
}

fn check_all() -> Vec<String> {
    let rows = include_str!("syntax/programs.jsonl");
    let mut wrong = Vec::new();
    for (at, row) in rows.lines().enumerate() {
        let row: Value = serde_json::from_str(row).expect("a row is JSON");
        let source = row["source"].as_str().expect("a row has a source");
        let (found, wanted) = (error(source), &row["error"]);
        let known = row["known"].as_str();
        if (found == *wanted) == known.is_some() {
            wrong.push(format!(
                "{}: {source:?}\n  CPython {wanted}\n  ours    {found}\n  known: {known:?}",
                at + 1
            ));
        }
    }
    wrong
}

#[test]
fn wrong_programs_are_told_as_cpython_tells_them() {
    // The parser's recursion needs more than a test thread's stack.
    let wrong = std::thread::Builder::new()
        .stack_size(512 << 20)
        .spawn(check_all)
        .map(std::thread::JoinHandle::join);
    let wrong = wrong.expect("a thread starts").expect("no panic");
    assert!(
        wrong.is_empty(),
        "{} rows\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
