//! `gieok matrix`: where Python versions differ, line by line.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::book::{Error, in_parallel};
use crate::post::{Block, Post, read, without_comment};
use crate::run::{self, Code, Results, engine, named};
use crate::verify::difference::{Difference, Group, differences, groups};

use super::report::{plural, write_out};
use super::work::Work;

/// Show where Python versions differ in what a post's blocks, or a Python file, do
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Posts and Python files
    #[arg(required = true, value_name = "POST.md|FILE.py")]
    paths: Vec<PathBuf>,
    /// The Python versions to compare: 3.12,3.14 or 3.12..; every one that there is if none is given
    #[arg(long, value_name = "VERSIONS", value_delimiter = ',')]
    python: Vec<String>,
    #[command(flatten)]
    work: Work,
}

/// Compares. Differences are what was asked for, and no mistake.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let words = match args.python.as_slice() {
        [] => &["all".to_owned()][..],
        words => words,
    };
    for path in &args.paths {
        let mut versions = named(words).map_err(|message| Error::new(path, message))?;
        let known = run::versions();
        versions.sort_by_key(|version| known.iter().position(|known| known == version));
        let bytes = std::fs::read(path).map_err(|error| Error::new(path, error))?;
        let is_python = path.extension().is_some_and(|ending| ending == "py");
        let text = match is_python {
            true => of_file(path, &bytes, &versions, args.work.jobs())?,
            false => of_post(&read(path, &bytes), &versions, args.work.jobs()),
        };
        write_out(&text);
    }
    Ok(ExitCode::SUCCESS)
}

fn of_post(post: &Post, versions: &[String], jobs: usize) -> String {
    let runs = in_parallel(versions, jobs, |version| {
        engine(version).map_or_else(
            |_| Results::default(),
            |engine| run::run(post, engine.as_ref()),
        )
    });
    let mut table = Table::new(post.source.path(), versions);
    for block in post.runnable() {
        let line = |line: usize| Line {
            number: post.source.line(block.line_span(line).start),
            text: block.line_text(line),
        };
        table.block(Some(block), &runs, block.index, &line);
    }
    table.end()
}

fn of_file(path: &Path, bytes: &[u8], versions: &[String], jobs: usize) -> Result<String, Error> {
    let text = std::str::from_utf8(bytes).map_err(|error| Error::new(path, error))?;
    let code = Code {
        text: text.to_owned(),
        // Tracebacks of all versions name the same file.
        file_name: path.to_string_lossy().into_owned(),
        ..Code::default()
    };
    let runs = in_parallel(versions, jobs, |version| {
        let executed = engine(version).map(|engine| engine.execute(std::slice::from_ref(&code)));
        let result = executed.unwrap_or_default().into_iter().next();
        Results {
            version: version.clone(),
            blocks: vec![result.map(|executed| executed.result)],
            ..Results::default()
        }
    });
    let lines: Vec<&str> = text.lines().collect();
    let line = |line: usize| Line {
        number: line,
        text: lines.get(line - 1).copied().unwrap_or_default(),
    };
    let mut table = Table::new(path, versions);
    table.block(None, &runs, 0, &line);
    Ok(table.end())
}

/// A line of a file.
struct Line<'a> {
    number: usize,
    text: &'a str,
}

/// The table while it is written: writing into a `String` cannot fail.
struct Table<'a> {
    versions: &'a [String],
    text: String,
    blocks: usize,
    differing: usize,
    lines: usize,
}

impl<'a> Table<'a> {
    fn new(path: &Path, versions: &'a [String]) -> Table<'a> {
        Table {
            versions,
            text: format!("{}: Python {}\n", path.display(), versions.join(", ")),
            blocks: 0,
            differing: 0,
            lines: 0,
        }
    }

    fn block<'l>(
        &mut self,
        block: Option<&Block>,
        runs: &[Results],
        index: usize,
        line: &dyn Fn(usize) -> Line<'l>,
    ) {
        self.blocks += 1;
        let groups = groups(runs, index);
        let differences = differences(runs, index);
        if groups.len() < 2 && differences.is_empty() {
            return;
        }
        self.differing += 1;
        self.lines += differences.len();
        if let Some(block) = block {
            let _ = write!(self.text, "\n{}", block.id);
            if let Some(versions) = block.versions {
                let _ = write!(self.text, " (py={versions})");
            }
            self.text.push('\n');
        } else {
            self.text.push('\n');
        }
        for difference in &differences {
            self.difference(difference, line);
        }
        if differences.is_empty() {
            // The same lines, told otherwise: a traceback, what stands on standard error.
            self.groups(&groups);
        }
    }

    fn difference<'l>(&mut self, difference: &Difference, line: &dyn Fn(usize) -> Line<'l>) {
        let _ = match difference.line.map(line) {
            Some(line) => writeln!(
                self.text,
                "{:>6}  {}",
                line.number,
                without_comment(line.text)
            ),
            None => writeln!(self.text, "{:>6}  (at the end)", ""),
        };
        self.groups(&difference.groups);
    }

    fn groups(&mut self, groups: &[Group<String>]) {
        let names = groups.iter().map(|group| {
            let names = group
                .versions
                .iter()
                .filter_map(|at| self.versions.get(*at));
            names.map(String::as_str).collect::<Vec<_>>().join(", ")
        });
        let names: Vec<String> = names.collect();
        let width = names.iter().map(String::len).max().unwrap_or(0);
        for (name, group) in names.iter().zip(groups) {
            let mut lines = group.common.lines();
            let first = lines.next().unwrap_or("(nothing)");
            let _ = writeln!(self.text, "        {name:width$}  {first}");
            for line in lines {
                let _ = writeln!(self.text, "        {:width$}  {line}", "");
            }
        }
    }

    fn end(self) -> String {
        let Table {
            mut text,
            blocks,
            differing,
            lines,
            ..
        } = self;
        let done = match (blocks, differing) {
            (_, 0) => "nothing differs".to_owned(),
            (1, _) => format!("{} differ", plural(lines, "line")),
            _ => format!(
                "{differing} of {} differ, in {}",
                plural(blocks, "block"),
                plural(lines, "line")
            ),
        };
        let _ = writeln!(text, "\n{done}\n");
        text
    }
}
