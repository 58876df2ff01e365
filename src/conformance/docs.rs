//! A folder of documentation: which of its examples CPython passes, and which of those the engine does.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::process::{Line, PATIENCE, Said, said};
use super::{Failure, Module};
use crate::run::Installed;

/// Runs the examples of a file, and says what became of each.
pub(super) const DRIVER: &str = include_str!("examples.py");

/// How long CPython may take for a file. Some examples wait for somebody to interrupt them.
const INSTALLED_PATIENCE: Duration = Duration::from_secs(30);

/// The reason of an example that misses a name which an example before it should have bound.
const FOLLOWS: &str = "an example before it failed";

/// How sources end; some packages add a second ending.
const ENDINGS: [&str; 2] = [".rst", ".rst.txt"];

/// A folder of documentation in reStructuredText, and the two who run its examples.
///
/// A file runs as `doctest.testfile` runs it: its examples one after the other in one namespace. Blocks of code that
/// Sphinx would run stand among them. Examples that stop a run are left out of the next.
#[derive(Debug, Clone)]
pub struct Docs {
    /// The folder: `Doc` of a source tree.
    pub folder: PathBuf,
    /// Who says which examples can pass.
    pub installed: Installed,
    /// The engine's version: `3.13`.
    pub version: String,
}

impl Docs {
    /// The files below the folder that have examples, from the folder on, by name.
    ///
    /// # Errors
    /// The folder or a file of it cannot be read.
    pub fn files(&self) -> std::io::Result<Vec<String>> {
        let mut files = Vec::new();
        for entry in walkdir::WalkDir::new(&self.folder).sort_by_file_name() {
            let entry = entry?;
            let name = entry.path().strip_prefix(&self.folder);
            let name = name.unwrap_or(entry.path()).to_string_lossy();
            if ENDINGS.iter().any(|ending| name.ends_with(ending))
                && String::from_utf8_lossy(&std::fs::read(entry.path())?).contains(">>>")
            {
                files.push(name.into_owned());
            }
        }
        Ok(files)
    }

    /// The files that a name stands for: a file with or without its ending (`library/gc`), or all those of a folder.
    ///
    /// # Errors
    /// The folder or a file of it cannot be read.
    pub fn named(&self, name: &str) -> std::io::Result<Vec<String>> {
        let mut files = self.files()?;
        files.retain(|file| {
            let rest = file.strip_prefix(name.trim_end_matches('/'));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.']))
        });
        Ok(files)
    }

    /// Runs the examples of a file under both.
    ///
    /// # Errors
    /// A process cannot be started.
    pub fn run(&self, file: &str) -> std::io::Result<Module> {
        let mut stops = BTreeMap::new();
        let theirs = whole(&mut stops, |left_out, folder| {
            let driver = folder.join("examples.py");
            std::fs::write(&driver, DRIVER)?;
            let mut command = Command::new(&self.installed.program);
            command.args(["-s".as_ref(), driver.as_os_str()]);
            self.arguments(&mut command, file, left_out);
            said(command, folder, INSTALLED_PATIENCE)
        })?;
        let passes: Vec<&Line> = passed(&theirs).collect();
        let ours = if passes.is_empty() {
            Vec::new()
        } else {
            whole(&mut stops, |left_out, folder| {
                let mut command = Command::new(std::env::current_exe()?);
                command.args(["conformance", "--docs", "--inside", "--python"]);
                command.arg(&self.version);
                self.arguments(&mut command, file, left_out);
                said(command, folder, PATIENCE)
            })?
        };
        let became: BTreeMap<&str, &Line> =
            ours.iter().map(|line| (line.case.as_str(), line)).collect();
        let failures = passes.iter().filter_map(|line| {
            let (reason, place) = match became.get(line.case.as_str()) {
                Some(line) if line.outcome == "passed" => return None,
                Some(line) => (line.reason.clone(), line.place.clone()),
                None => (
                    stops.get(&line.case).cloned().unwrap_or_default(),
                    String::new(),
                ),
            };
            Some(Failure {
                case: line.case.clone(),
                reason,
                place,
            })
        });
        let mut failures: Vec<Failure> = failures.collect();
        for failure in failures.iter_mut().skip(1) {
            if failure.reason.starts_with("NameError: name ") {
                FOLLOWS.clone_into(&mut failure.reason);
            }
        }
        Ok(Module {
            name: ENDINGS
                .iter()
                .find_map(|ending| file.strip_suffix(ending))
                .unwrap_or(file)
                .to_owned(),
            all: theirs.iter().map(|line| line.count).sum(),
            possible: passes.len(),
            failures,
        })
    }

    fn arguments(&self, command: &mut Command, file: &str, left_out: &Path) {
        command
            .arg(self.folder.join(file))
            .arg(file)
            .arg(left_out.as_os_str());
    }
}

fn passed(lines: &[Line]) -> impl Iterator<Item = &Line> {
    lines.iter().filter(|line| line.outcome == "passed")
}

/// What a run says that comes to its end: what stops one is left out of the next. Why it did is kept.
fn whole(
    stops: &mut BTreeMap<String, String>,
    run: impl Fn(&Path, &Path) -> std::io::Result<Said>,
) -> std::io::Result<Vec<Line>> {
    loop {
        let folder = tempfile::tempdir()?;
        let list = folder.path().join("left_out");
        let names: BTreeSet<&str> = stops.keys().map(String::as_str).collect();
        std::fs::write(&list, names.into_iter().collect::<Vec<_>>().join("\n"))?;
        let said = run(&list, folder.path())?;
        let started = said.lines.iter().rev().find(|line| !line.start.is_empty());
        match started.filter(|_| !said.is_at_its_end()) {
            Some(line) if !stops.contains_key(&line.start) => {
                stops.insert(line.start.clone(), said.stopped);
            }
            _ => return Ok(said.lines),
        }
    }
}
