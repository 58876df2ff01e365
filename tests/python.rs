//! Every file of `tests/python/` runs on the engine and prints what its `# expect:` comments say, which a
//! real CPython wrote. A file of the same name with `.err` or `.exit` holds the standard error and the exit
//! code. After each run every reference count is audited.
//!
//! A file that begins with `# python: 3.14 3.15` runs under each of these versions instead of 3.13, and says where its
//! expectations come from: these Pythons are not installed beside the others. A file of the same name with `.3.9.out` holds
//! what 3.9 prints; `tests/record_versions.py` writes it.

use gieok::python::version::Version;
use gieok::python::{Interpreter, Options};
use libtest_mimic::{Arguments, Failed, Trial};
use std::path::{Path, PathBuf};

/// Defects of the engine that are known, each with what is wrong. The test fails on the day one of these
/// files passes, so that its row goes.
const KNOWN: &[(&str, &str)] = &[];

/// The outcome, turned round for a known defect.
fn expect(result: Result<(), Failed>, known: Option<&str>) -> Result<(), Failed> {
    match (result, known) {
        (Ok(()), Some(why)) => {
            Err(format!("this passes now: remove its row from KNOWN ({why})").into())
        }
        (Err(_), Some(_)) => Ok(()),
        (result, None) => result,
    }
}

fn main() {
    let mut files = Vec::new();
    find(Path::new("tests/python"), &mut files);
    files.sort();
    let mut trials = Vec::new();
    for file in &files {
        for version in Version::ALL {
            let output = file.with_extension(format!("{version}.out"));
            if output.exists() {
                let file = file.clone();
                trials.push(Trial::test(output.display().to_string(), move || {
                    check_version(&file, version, &std::fs::read_to_string(&output)?)
                }));
            }
        }
    }
    trials.extend(files.into_iter().map(|file| {
        let name = file
            .strip_prefix("tests/python")
            .unwrap_or(&file)
            .display()
            .to_string();
        let known = KNOWN
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, why)| *why);
        Trial::test(name, move || expect(check(&file), known))
    }));
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            find(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "py") {
            files.push(path);
        }
    }
}

/// The lines that a file's comments expect, in order.
fn expected(source: &str) -> Vec<&str> {
    source
        .lines()
        .filter_map(|line| {
            let (_, after) = line.split_once("# expect:")?;
            Some(after.strip_prefix(' ').unwrap_or(after))
        })
        .collect()
}

/// Runs a file in another version and compares all that it prints.
fn check_version(file: &Path, version: Version, wanted: &str) -> Result<(), Failed> {
    let options = Options {
        filename: file.display().to_string(),
        audit: true,
        version,
        ..Options::default()
    };
    let outcome = Interpreter::run(&std::fs::read_to_string(file)?, &options);
    let mut lines = wanted.lines().zip(outcome.stdout.lines());
    if let Some((wanted, found)) = lines.find(|(wanted, found)| wanted != found) {
        return Err(format!("expected {wanted:?}, found {found:?}").into());
    }
    if wanted != outcome.stdout {
        return Err(format!("another number of lines\n{}", outcome.stderr).into());
    }
    match outcome.audit.is_empty() {
        true => Ok(()),
        false => Err(format!("reference counts:\n{}", outcome.audit.join("\n")).into()),
    }
}

/// The versions that a file is for.
fn versions(source: &str) -> Result<Vec<Version>, Failed> {
    let line = source.lines().next().unwrap_or_default();
    let Some(names) = line.strip_prefix("# python: ") else {
        return Ok(vec![Version::V3_13]);
    };
    let named = |name| Version::named(name).ok_or_else(|| format!("no version {name}").into());
    names.split(' ').map(named).collect()
}

fn check(file: &Path) -> Result<(), Failed> {
    let source = std::fs::read_to_string(file)?;
    for version in versions(&source)? {
        check_under(file, &source, version)?;
    }
    Ok(())
}

fn check_under(file: &Path, source: &str, version: Version) -> Result<(), Failed> {
    let options = Options {
        filename: file.display().to_string(),
        audit: true,
        version,
        ..Options::default()
    };
    let outcome = Interpreter::run(source, &options);
    let found: Vec<&str> = outcome.stdout.lines().collect();
    let wanted = expected(source);
    let at = wanted.iter().zip(&found).position(|(a, b)| a != b);
    if let Some(at) = at.or((wanted.len() != found.len()).then(|| wanted.len().min(found.len()))) {
        return Err(format!(
            "{version}: output line {}: expected {:?}, found {:?}\n{}",
            at + 1,
            wanted.get(at),
            found.get(at),
            outcome.stderr
        )
        .into());
    }
    let exit = std::fs::read_to_string(file.with_extension("exit")).unwrap_or_else(|_| "0".into());
    if outcome.exit_code.to_string() != exit.trim() {
        return Err(format!(
            "exit code {}, expected {exit}\n{}",
            outcome.exit_code, outcome.stderr
        )
        .into());
    }
    if let Ok(wanted) = std::fs::read_to_string(file.with_extension("err"))
        && wanted != outcome.stderr
    {
        return Err(format!("standard error:\n{}\nexpected:\n{wanted}", outcome.stderr).into());
    }
    if let Some(limit) = outcome.limit {
        return Err(limit.into());
    }
    if !outcome.audit.is_empty() {
        return Err(format!("reference counts:\n{}", outcome.audit.join("\n")).into());
    }
    Ok(())
}
