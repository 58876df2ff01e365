//! A package of tests: which of its cases CPython passes, and which of those the engine does.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;

use super::process::{Line, PATIENCE, Said, said};
use super::{Failure, Module};
use crate::run::Installed;

/// Loads a module of tests, runs its cases, and says what became of each.
pub(super) const DRIVER: &str = include_str!("driver.py");

/// A folder of tests, and the two who run them.
#[derive(Debug, Clone)]
pub struct Tests {
    /// The package of tests: `lib/python3.13/test`.
    pub folder: PathBuf,
    /// Who says which cases can pass.
    pub installed: Installed,
    /// The engine's version: `3.13`.
    pub version: String,
}

impl Tests {
    /// The modules of the folder, by name.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn modules(&self) -> std::io::Result<Vec<String>> {
        let mut names = BTreeSet::new();
        for entry in std::fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let is_module =
                path.extension() == Some(OsStr::new("py")) || path.join("__init__.py").is_file();
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            if is_module && name.starts_with("test_") {
                names.insert(name.into_owned());
            }
        }
        Ok(names.into_iter().collect())
    }

    /// Runs a module under both. What follows the module's name chooses among its cases: `test_gc.GCTests`.
    ///
    /// # Errors
    /// A process cannot be started.
    pub fn run(&self, name: &str) -> std::io::Result<Module> {
        let (module, _) = name.split_once('.').unwrap_or((name, ""));
        let package = self.folder.file_name().unwrap_or_default();
        let chosen = format!("{}.{name}", package.to_string_lossy());
        let passes = self.passes(module)?;
        let wanted: Vec<String> = passes
            .into_iter()
            .filter(|case| case.starts_with(&chosen))
            .collect();
        let mut failures = Vec::new();
        self.fails(module, wanted.clone(), &mut failures)?;
        failures.sort_by(|one, other| one.case.cmp(&other.case));
        Ok(Module {
            name: name.to_owned(),
            all: 0,
            possible: wanted.len(),
            failures,
        })
    }

    /// The cases that CPython passes, in the order in which they run.
    fn passes(&self, module: &str) -> std::io::Result<Vec<String>> {
        let folder = tempfile::tempdir()?;
        let driver = folder.path().join("driver.py");
        std::fs::write(&driver, DRIVER)?;
        let mut command = Command::new(&self.installed.program);
        command
            .args(["-s".as_ref(), driver.as_os_str()])
            .args([self.folder.as_os_str(), module.as_ref()]);
        let said = said(command, folder.path(), PATIENCE)?;
        // A name may stand for several cases: all of them have to pass.
        let mut outcomes: BTreeMap<&str, bool> = BTreeMap::new();
        let mut order = Vec::new();
        for line in said.lines.iter().filter(|line| !line.case.is_empty()) {
            let passes = outcomes.entry(&line.case).or_insert_with(|| {
                order.push(line.case.as_str());
                true
            });
            *passes &= line.outcome == "passed";
        }
        let passes = order.into_iter().filter(|case| outcomes[case]);
        Ok(passes.map(str::to_owned).collect())
    }

    /// Runs cases under the engine, as often as it takes until each was run or has stopped a run of its own.
    fn fails(
        &self,
        module: &str,
        mut waiting: Vec<String>,
        failures: &mut Vec<Failure>,
    ) -> std::io::Result<()> {
        while !waiting.is_empty() {
            let said = self.ours(module, &waiting)?;
            let mut results: BTreeMap<&str, &Line> = BTreeMap::new();
            for line in said.lines.iter().filter(|line| !line.case.is_empty()) {
                let kept = results.entry(&line.case).or_insert(line);
                if kept.outcome == "passed" {
                    *kept = line;
                }
            }
            let failed = results.values().filter(|line| line.outcome != "passed");
            let is_wanted = |line: &&&Line| waiting.contains(&line.case);
            failures.extend(failed.filter(is_wanted).map(|line| Failure {
                case: line.case.clone(),
                reason: format!("{}{}", skipped(line), line.reason),
                place: line.place.clone(),
            }));
            let before = waiting.len();
            let rest: Vec<String> = waiting
                .iter()
                .filter(|case| !results.contains_key(case.as_str()))
                .cloned()
                .collect();
            if rest.len() < before {
                waiting = if said.is_at_its_end() {
                    Vec::new()
                } else {
                    rest.clone()
                };
                if said.is_at_its_end() {
                    failures.extend(rest.into_iter().map(|case| unrun(case, &said)));
                }
                continue;
            }
            // The run came to no case's end.
            let started = said.lines.iter().rev().find(|line| !line.start.is_empty());
            match started.map(|line| line.start.clone()) {
                Some(case) if rest.contains(&case) => {
                    waiting.retain(|other| *other != case);
                    failures.push(unrun(case, &said));
                }
                // What it said is lost. The halves tell which case it was.
                None if said.is_killed && before > 1 => {
                    let second = waiting.split_off(before / 2);
                    self.fails(module, waiting, failures)?;
                    waiting = second;
                }
                _ => {
                    failures.extend(rest.into_iter().map(|case| unrun(case, &said)));
                    waiting.clear();
                }
            }
        }
        Ok(())
    }

    /// A run of cases under the engine: this program, in a process of its own.
    fn ours(&self, module: &str, cases: &[String]) -> std::io::Result<Said> {
        let folder = tempfile::tempdir()?;
        let list = folder.path().join("cases");
        std::fs::write(&list, cases.join("\n"))?;
        let mut command = Command::new(std::env::current_exe()?);
        command
            .args(["conformance", "--inside", "--python", &self.version])
            .args([self.folder.as_os_str(), module.as_ref(), list.as_os_str()]);
        said(command, folder.path(), PATIENCE)
    }
}

fn skipped(line: &Line) -> &'static str {
    match line.outcome.as_str() {
        "skipped" => "skipped: ",
        _ => "",
    }
}

/// A case that was not run to its end: what stopped the run, or what failed for a module or a class as a whole.
fn unrun(case: String, said: &Said) -> Failure {
    let whole =
        said.lines.iter().rev().find(|line| {
            !line.case.is_empty() && (line.case == "import" || line.case.contains(" ("))
        });
    let reason = match whole {
        _ if !said.stopped.is_empty() => said.stopped.clone(),
        Some(line) => format!("{}: {}", line.case, line.reason),
        None => "there is no such case".to_owned(),
    };
    Failure {
        case,
        reason,
        place: String::new(),
    }
}
