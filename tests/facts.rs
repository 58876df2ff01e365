//! The recorded measurements of CPython, row by row and version by version: sizes, growth, what the collector
//! tracks, type layouts, free lists, traced memory; and the recorded conformance scripts, byte for byte.
//!
//! `tests/facts/known-3.13.txt` lists the rows of a version that are not equal, each with its reason. It is strict both
//! ways: a row that fails and is not there fails the test, and so does one that is there and passes.

use gieok::python::version::Version;
use gieok::python::{Interpreter, Options};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

const FOLDER: &str = "../shared/cpython";

/// Sections of the tables whose rows do not depend on the state at start-up.
const SECTIONS: &[&str] = &[
    "sizeof",
    "growth",
    "instance_dicts",
    "instance_memory_by_number",
    "type_layouts",
    "gc_tracked",
    "free_lists",
    "tracemalloc_sizes",
];

/// What the expressions of the tables name.
const MODULES: &str = "array ast asyncio collections datetime decimal enum fractions functools io itertools \
    operator pathlib random re string sys threading types uuid weakref queue contextlib abc typing contextvars \
    dataclasses";

/// Scripts whose output depends on the state at start-up.
const STARTUP_SCRIPTS: &[&str] = &[
    "id_reuse",
    "id_stability_by_pool_state",
    "gc_generations",
    "gc_automatic",
    "tracemalloc_one",
    "gc_automatic_default",
    "bytecode_names",
];

fn main() {
    let arguments = Arguments::from_args();
    if !Path::new(FOLDER).exists() {
        assert!(
            std::env::var_os("CI").is_none(),
            "{FOLDER} is missing: the measurements can't be checked"
        );
        println!("skipped: {FOLDER} is not there");
        return;
    }
    let facts: Value = serde_json::from_str(&read("facts.json")).expect("facts.json is JSON");
    let facts = Arc::new(facts);
    let mut trials = Vec::new();
    for (version, known) in KNOWN {
        add_version(&mut trials, &facts, *version, Arc::new(self::known(known)));
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// The versions that are measured, with their rows that differ.
const KNOWN: &[(Version, &str)] = &[
    (Version::V3_9, include_str!("facts/known-3.9.txt")),
    (Version::V3_10, include_str!("facts/known-3.10.txt")),
    (Version::V3_11, include_str!("facts/known-3.11.txt")),
    (Version::V3_12, include_str!("facts/known-3.12.txt")),
    (Version::V3_13, include_str!("facts/known-3.13.txt")),
    (Version::V3_14, include_str!("facts/known-3.14.txt")),
    (Version::V3_15, include_str!("facts/known-3.15.txt")),
];

type Known = Arc<BTreeMap<String, String>>;

fn add_version(trials: &mut Vec<Trial>, facts: &Arc<Value>, version: Version, known: Known) {
    for section in SECTIONS {
        let (facts, known) = (facts.clone(), known.clone());
        trials.push(Trial::test(
            format!("{version}/table/{section}"),
            move || {
                let wanted = &facts["versions"][version.to_string()][section];
                table(version, section, wanted, &known)
            },
        ));
    }
    let scripts = facts["scripts"].as_object().expect("scripts are a table");
    for name in scripts
        .keys()
        .filter(|name| !STARTUP_SCRIPTS.contains(&name.as_str()))
    {
        let (facts, known, name) = (facts.clone(), known.clone(), name.clone());
        trials.push(Trial::test(format!("{version}/script/{name}"), move || {
            script(version, &name, &facts["scripts"][&name], &known)
        }));
    }
}

fn read(name: &str) -> String {
    let path = format!("{FOLDER}/{name}");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Known differences: `section/row: reason`.
fn known(text: &str) -> BTreeMap<String, String> {
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| {
            let (row, reason) = line.split_once("  ").expect("a row, two spaces, a reason");
            (row.to_owned(), reason.trim().to_owned())
        })
        .collect()
}

fn table(
    version: Version,
    section: &str,
    wanted: &Value,
    known: &BTreeMap<String, String>,
) -> Result<(), Failed> {
    let found = measure(version, section)?;
    let mut rows = Vec::new();
    compare(section.to_owned(), wanted, &found, &mut rows);
    let failed: Vec<&Row> = rows.iter().filter(|row| row.wanted != row.found).collect();
    let mut report = String::new();
    for row in &failed {
        if !known.contains_key(&row.name) {
            report += &format!(
                "{}: expected {}, found {}\n",
                row.name, row.wanted, row.found
            );
        }
    }
    for name in known
        .keys()
        .filter(|name| name.split('/').next() == Some(section))
    {
        if !failed.iter().any(|row| row.name == *name) {
            report += &format!("{name} passes now: remove its line from known-{version}.txt\n");
        }
    }
    println!(
        "{section}: {} rows equal, {} differ",
        rows.len() - failed.len(),
        failed.len()
    );
    if report.is_empty() {
        Ok(())
    } else {
        Err(report.into())
    }
}

struct Row {
    name: String,
    wanted: Value,
    found: Value,
}

/// Tables in tables become rows named by their path.
fn compare(name: String, wanted: &Value, found: &Value, rows: &mut Vec<Row>) {
    match wanted {
        Value::Object(items) => {
            for (key, item) in items {
                let inner = found.get(key).unwrap_or(&Value::Null);
                compare(format!("{name}/{key}"), item, inner, rows);
            }
        }
        _ => rows.push(Row {
            name,
            wanted: wanted.clone(),
            found: found.clone(),
        }),
    }
}

/// Runs the recorded measuring functions on the engine.
fn measure(version: Version, section: &str) -> Result<Value, Failed> {
    let probe = read("probe.py");
    let start = probe
        .find("SECTIONS = {}")
        .ok_or("probe.py has no sections")?;
    let end =
        probe.find("# ---------------------------------------------------------------- the driver");
    let functions = &probe[start..end.ok_or("probe.py has no driver")?];
    let program = format!(
        "import sys\n{functions}\nSECTION = '{section}'\nMODULES = '{MODULES}'\n{}",
        include_str!("facts/driver.py")
    );
    let outcome = Interpreter::run(&program, &options(version));
    let line = outcome
        .stdout
        .lines()
        .find_map(|line| line.strip_prefix("RESULT "));
    let line = line.ok_or_else(|| format!("no result: {}{:?}", outcome.stderr, outcome.limit))?;
    Ok(serde_json::from_str(line).map_err(|error| format!("{error} in {line}"))?)
}

fn options(version: Version) -> Options {
    let mut options = Options {
        version,
        ..Options::default()
    };
    options.limits.steps = u64::MAX;
    options.filename = "script.py".to_owned();
    options
}

fn script(
    version: Version,
    name: &str,
    script: &Value,
    known: &BTreeMap<String, String>,
) -> Result<(), Failed> {
    let label = version.to_string();
    let lines = |value: &Value| -> Vec<String> {
        let lines = value.as_array().map(Vec::as_slice).unwrap_or_default();
        lines
            .iter()
            .filter_map(|line| line.as_str().map(str::to_owned))
            .collect()
    };
    let outputs = script["outputs"]
        .as_object()
        .ok_or("a script has outputs")?;
    let wanted = outputs
        .iter()
        .find(|(versions, _)| versions.split(' ').any(|version| version == label))
        .map(|(_, output)| lines(output));
    let Some(wanted) = wanted else { return Ok(()) };
    let source = lines(&script["source"]).join("\n") + "\n";
    let outcome = Interpreter::run(
        &source,
        &Options {
            audit: true,
            ..options(version)
        },
    );
    let found: Vec<&str> = outcome.stdout.lines().collect();
    let known = known.get(&format!("script/{name}"));
    match (wanted == found, known) {
        (true, None) if outcome.audit.is_empty() => Ok(()),
        (true, None) => Err(format!("audit:\n{}", outcome.audit.join("\n")).into()),
        (true, Some(_)) => {
            Err(format!("this passes now: remove its line from known-{version}.txt").into())
        }
        (false, Some(_)) => Ok(()),
        (false, None) => {
            let line = (0..).find(|i| wanted.get(*i).map(String::as_str) != found.get(*i).copied());
            let line = line.unwrap_or_default();
            Err(format!(
                "line {}: expected {:?}, found {:?}\n{}",
                line + 1,
                wanted.get(line),
                found.get(line),
                outcome.stderr
            )
            .into())
        }
    }
}
