//! `runner=cpython`: blocks that need what the engine cannot have (packages, processes, the network) run on a CPython
//! that is installed, with its packages and the author's environment.
//!
//! The interpreter is the first of the version among those that [`PLACES`] names and those on the `PATH`. What a block
//! does there nobody can promise to be the same twice, so its results are not kept from one build to the next.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use super::engine::{Code, Executed};
use super::installed::{self, Installed};
use super::results::{BlockResult, Exception, Printed, Raised, Value};

/// The environment variable with interpreters to be asked first, separated as in `PATH`.
pub const PLACES: &str = "GIEOK_CPYTHON";

/// Runs the pieces of a session.
const DRIVER: &str = include_str!("cpython.py");

/// Executes pieces in one fresh interpreter of a version, `3.13`.
pub fn execute(version: &str, pieces: &[Code]) -> Vec<Executed> {
    let done = found(version)
        .and_then(|installed| run(&installed, pieces).map_err(|error| error.to_string()));
    done.unwrap_or_else(|why| {
        vec![Executed {
            result: BlockResult {
                limit: Some(why),
                lines_run: Some(BTreeSet::new()),
                by_chance: true,
                ..BlockResult::default()
            },
            pictures: Vec::new(),
        }]
    })
}

/// The installed CPython of a version; looked for once in a process.
fn found(version: &str) -> Result<Installed, String> {
    static FOUND: Mutex<BTreeMap<String, Result<Installed, String>>> = Mutex::new(BTreeMap::new());
    let Ok(mut found) = FOUND.lock() else {
        return look_for(version);
    };
    let entry = found.entry(version.to_owned());
    entry.or_insert_with(|| look_for(version)).clone()
}

fn look_for(version: &str) -> Result<Installed, String> {
    let named = std::env::var_os(PLACES).unwrap_or_default();
    let named = std::env::split_paths(&named).filter(|path| !path.as_os_str().is_empty());
    let on_path = [
        format!("python{version}"),
        "python3".into(),
        "python".into(),
    ];
    let mut candidates = named.chain(on_path.map(PathBuf::from));
    let of_version = |program: PathBuf| {
        let installed = Installed::at(&program).ok();
        installed.filter(|installed| installed.version == version)
    };
    candidates.find_map(of_version).ok_or_else(|| {
        format!(
            "`runner=cpython` asks for an installed CPython {version}, and there is none on the PATH nor in {PLACES}"
        )
    })
}

/// A piece as the driver reads it.
#[derive(Serialize)]
struct Job<'a> {
    text: &'a str,
    path: PathBuf,
    values: Vec<usize>,
    raises: Vec<usize>,
}

/// What the driver says of a piece.
#[derive(Deserialize)]
struct Answer {
    values: Vec<(usize, String)>,
    raised: Vec<(usize, String, String)>,
    /// The innermost and outermost line of the piece, and where the text stands in all that was printed, in bytes.
    printed: Vec<(Option<usize>, Option<usize>, usize, usize)>,
    exit_code: i32,
    exception: Option<Told>,
    /// Where the output ends, in bytes, and that of the other stream.
    out: usize,
    err: usize,
}

#[derive(Deserialize)]
struct Told {
    type_name: String,
    bases: Vec<String>,
    message: String,
    line: Option<usize>,
    traceback: String,
}

fn run(installed: &Installed, pieces: &[Code]) -> std::io::Result<Vec<Executed>> {
    let folder = tempfile::tempdir()?;
    // As the interpreter will name it: where the folder lies behind a link, too.
    let folder = folder.path().canonicalize().map(|path| (path, folder))?;
    let place = |name: &str| folder.0.join(name);
    let jobs: Vec<Job<'_>> = pieces.iter().map(|piece| job(piece, &folder.0)).collect();
    for job in jobs.iter().filter(|job| job.path.is_absolute()) {
        std::fs::write(&job.path, job.text)?;
    }
    std::fs::write(place("gieok-driver.py"), DRIVER)?;
    std::fs::write(place("gieok-job.json"), serde_json::to_vec(&jobs)?)?;
    let child = Command::new(&installed.program)
        .current_dir(&folder.0)
        .env("PYTHONHASHSEED", "0")
        .env("PYTHONUTF8", "1")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .arg("-u")
        .args([
            place("gieok-driver.py"),
            place("gieok-job.json"),
            place("gieok-answer.json"),
        ])
        .stdin(Stdio::null())
        .stdout(File::create(place("out.txt"))?)
        .stderr(File::create(place("err.txt"))?)
        .spawn()?;
    let status = installed::wait(child)?;
    let answers = std::fs::read(place("gieok-answer.json")).unwrap_or_default();
    let answers: Vec<Answer> = serde_json::from_slice(&answers).unwrap_or_default();
    let streams = Streams {
        folder: &folder.0,
        out: std::fs::read(place("out.txt"))?,
        err: std::fs::read(place("err.txt"))?,
    };
    Ok(streams.executed(pieces, answers, status))
}

fn job<'a>(piece: &'a Code, folder: &Path) -> Job<'a> {
    // `<stdin>` is no file.
    let name = match piece.file_name.starts_with('<') {
        true => PathBuf::from(&piece.file_name),
        false => folder.join(&piece.file_name),
    };
    Job {
        text: &piece.text,
        path: name,
        values: piece.watched.iter().copied().collect(),
        raises: piece.watched_exceptions.iter().copied().collect(),
    }
}

/// All that a session printed.
struct Streams<'a> {
    folder: &'a Path,
    out: Vec<u8>,
    err: Vec<u8>,
}

impl Streams<'_> {
    /// What became of each piece. Of one that ended the process, only what was printed is known.
    fn executed(
        &self,
        pieces: &[Code],
        answers: Vec<Answer>,
        status: Option<ExitStatus>,
    ) -> Vec<Executed> {
        let (mut out, mut err) = (0, 0);
        let mut executed = Vec::new();
        let answered = answers.len();
        for (piece, mut answer) in pieces.iter().zip(answers) {
            // What is printed when the interpreter ends belongs to the last piece.
            if executed.len() + 1 == pieces.len() {
                (answer.out, answer.err) = (self.out.len(), self.err.len());
            }
            let (out_end, err_end) = (answer.out, answer.err);
            let result = self.result(answer, out, err);
            executed.push(with_no_pictures(piece, result));
            (out, err) = (out_end, err_end);
        }
        if let Some(piece) = pieces.get(answered) {
            let limit = match status {
                None => format!("it ran for {} seconds", installed::PATIENCE.as_secs()),
                Some(status) => format!("the interpreter ended ({status})"),
            };
            let result = BlockResult {
                stdout: self.text(&self.out, out, self.out.len()),
                stderr: self.text(&self.err, err, self.err.len()),
                limit: Some(limit),
                lines_run: Some(BTreeSet::new()),
                exit_code: 1,
                by_chance: true,
                ..BlockResult::default()
            };
            executed.push(with_no_pictures(piece, result));
        }
        executed
    }

    fn result(&self, answer: Answer, out: usize, err: usize) -> BlockResult {
        let mut result = BlockResult {
            stderr: self.text(&self.err, err, answer.err),
            exit_code: answer.exit_code,
            by_chance: true,
            ..BlockResult::default()
        };
        let mut at = out;
        for (line, statement, start, end) in answer.printed {
            // What stands between is another process's.
            self.print(&mut result, None, None, at..start);
            self.print(&mut result, line, statement, start..end);
            at = end;
        }
        self.print(&mut result, None, None, at..answer.out);
        let value = |(line, repr)| Value { line, repr };
        result.values = answer.values.into_iter().map(value).collect();
        let raised = |(line, type_name, message)| Raised {
            line,
            type_name,
            message,
        };
        result.raised = answer.raised.into_iter().map(raised).collect();
        result.exception = answer.exception.map(|told| Exception {
            type_name: told.type_name,
            bases: told.bases,
            message: told.message,
            line: told.line,
            traceback: self.renamed(told.traceback),
        });
        result
    }

    fn print(
        &self,
        result: &mut BlockResult,
        line: Option<usize>,
        statement: Option<usize>,
        range: std::ops::Range<usize>,
    ) {
        let text = self.text(&self.out, range.start, range.end);
        if text.is_empty() {
            return;
        }
        let start = result.stdout.len();
        result.stdout.push_str(&text);
        let end = result.stdout.len();
        match result.printed.last_mut() {
            Some(last) if (last.line, last.statement) == (line, statement) => last.text.end = end,
            _ => result.printed.push(Printed {
                line,
                statement,
                text: start..end,
            }),
        }
    }

    /// The text between two places. Files are called as the engine calls them.
    fn text(&self, stream: &[u8], start: usize, end: usize) -> String {
        let bytes = stream.get(start..end).unwrap_or_default();
        self.renamed(String::from_utf8_lossy(bytes).into_owned())
    }

    fn renamed(&self, text: String) -> String {
        let folder = format!("{}/", self.folder.display());
        text.replace(&folder, "")
    }
}

fn with_no_pictures(piece: &Code, result: BlockResult) -> Executed {
    Executed {
        result,
        pictures: vec![None; piece.pictures.len()],
    }
}
