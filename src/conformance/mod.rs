//! CPython's own tests under the engine: of the cases that an installed CPython passes here, how many the engine passes.
//!
//! ```text
//! FOLDER/test_gc.py ─▶ driver.py under CPython ─▶ the cases that pass
//!                  └─▶ driver.py under the engine, those cases ─▶ what became of each
//! ```
//!
//! Both run in processes of their own, which say line by line how far they are: what crashes, hangs or reaches a limit
//! costs the case that it was in, and the rest runs again without it. The tests are read where they are installed.

mod inside;

pub use inside::inside;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fmt::Write;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde::Deserialize;

use crate::run::Installed;

/// Loads a module of tests, runs its cases, and says what became of each.
const DRIVER: &str = include_str!("driver.py");

/// What every line of the driver's begins with.
const MARK: char = '\u{1e}';

/// How long a process may take: longer than the engine's own limits let it.
const PATIENCE: Duration = Duration::from_secs(600);

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

/// A case that the engine does not pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Its name: `test.test_gc.GCTests.test_list`.
    pub case: String,
    /// The last part of its traceback, or what stopped it.
    pub reason: String,
    /// The line of the tests that raised: `test_gc.py:81`.
    pub place: String,
}

/// What became of a module of tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// Its name, and what of it was asked for: `test_gc`, `test_gc.GCTests`.
    pub name: String,
    /// How many cases CPython passes.
    pub possible: usize,
    /// Those of them that the engine does not, in the order of their names.
    pub failures: Vec<Failure>,
}

impl Module {
    /// How many of the cases that CPython passes the engine passes.
    pub fn passed(&self) -> usize {
        self.possible - self.failures.len()
    }
}

/// A line of the driver's.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Line {
    start: String,
    case: String,
    outcome: String,
    reason: String,
    place: String,
    end: bool,
}

/// What a process said.
struct Said {
    lines: Vec<Line>,
    /// Why it ended before its end.
    stopped: String,
    /// The system ended it.
    is_killed: bool,
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
        let said = said(command, folder.path())?;
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
                waiting = if ended(&said) {
                    Vec::new()
                } else {
                    rest.clone()
                };
                if ended(&said) {
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
        said(command, folder.path())
    }
}

fn skipped(line: &Line) -> &'static str {
    match line.outcome.as_str() {
        "skipped" => "skipped: ",
        _ => "",
    }
}

fn ended(said: &Said) -> bool {
    said.lines.iter().any(|line| line.end)
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

/// Runs a process to its end, or until patience is, and reads what the driver said in it.
fn said(mut command: Command, folder: &Path) -> std::io::Result<Said> {
    let (out, err) = (folder.join("out.txt"), folder.join("err.txt"));
    let work = folder.join("work");
    std::fs::create_dir(&work)?;
    let mut child = command
        .current_dir(&work)
        .env_clear()
        .env("PYTHONHASHSEED", "0")
        .env("PYTHONUTF8", "1")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::null())
        .stdout(File::create(&out)?)
        .stderr(File::create(&err)?)
        .spawn()?;
    let began = Instant::now();
    let mut stopped = String::new();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if began.elapsed() > PATIENCE {
            child.kill()?;
            stopped = format!("it ran for {} seconds", PATIENCE.as_secs());
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let read =
        |path: &Path| std::fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let lines: Vec<Line> = read(&out)?
        .lines()
        .filter_map(|line| serde_json::from_str(line.strip_prefix(MARK)?).ok())
        .collect();
    if stopped.is_empty() && !lines.iter().any(|line| line.end) {
        let err = read(&err)?;
        stopped = match (status.code(), err.lines().last()) {
            (Some(_), Some(last)) => last.to_owned(),
            _ => status.to_string(),
        };
    }
    Ok(Said {
        lines,
        stopped,
        is_killed: status.code().is_none(),
    })
}

/// The table of how many cases pass, module by module.
pub fn table(modules: &[Module]) -> String {
    let mut text = format!("{:30}{:>9}{:>9}{:>8}\n", "", "CPython", "gieok", "%");
    let mut row = |name: &str, possible: usize, passed: usize| {
        let share = 100.0 * passed as f64 / possible.max(1) as f64;
        let _ = writeln!(text, "{name:30}{possible:>9}{passed:>9}{share:>8.1}");
    };
    for module in modules {
        row(&module.name, module.possible, module.passed());
    }
    let possible = modules.iter().map(|module| module.possible).sum();
    row("all", possible, modules.iter().map(Module::passed).sum());
    text
}

/// The failures by their reasons, the most frequent first.
pub fn reasons(modules: &[Module]) -> String {
    let mut reasons: BTreeMap<&str, Vec<&Failure>> = BTreeMap::new();
    for failure in modules.iter().flat_map(|module| &module.failures) {
        reasons.entry(&failure.reason).or_default().push(failure);
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, failures)| std::cmp::Reverse(failures.len()));
    let mut text = String::new();
    for (reason, failures) in reasons {
        let _ = writeln!(text, "\n{} × {reason}", failures.len());
        for failure in failures {
            let line = format!("    {}  {}", failure.case, failure.place);
            let _ = writeln!(text, "{}", line.trim_end());
        }
    }
    text
}
