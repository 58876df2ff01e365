//! A CPython that is installed here, as an engine: every session is a process of its own.
//!
//! It starts as the engine does: without `site` (`-S`), without the user's packages (`-s`), with hash seed 0 and none of
//! the environment. What it prints waits in no buffer (`-u`): the lists and bytes of one would be traced memory. A session of one piece is a file that the interpreter is given. One of several is run by
//! `installed.py`, which executes them in one `__main__`. What a piece printed is known, which line printed it is not.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::engine::{Code, Engine, Executed};
use super::results::{BlockResult, Exception, Printed};

/// How long a session may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// Runs the pieces of a session.
const DRIVER: &str = include_str!("installed.py");

/// What the interpreter says of itself: its version in two parts, and in three.
const WHO: &str = "import sys; print(sys.implementation.name, '%d.%d' % sys.version_info[:2], '%d.%d.%d' % sys.version_info[:3])";

/// How the interpreter starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// As the engine does.
    Plain,
    /// Once more: only addresses are others.
    Again,
    /// With other hashes of strings.
    OtherHashes,
    /// With its `site` module, which leaves another heap.
    WithSite,
    /// With every list of free objects drained.
    Drained,
    /// With every list of free objects full.
    Full,
}

/// An installed CPython.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// The interpreter.
    pub program: PathBuf,
    /// Its version in two parts: `3.13`.
    pub version: String,
    /// Its version in three parts: `3.13.0`.
    pub release: String,
    start: Start,
}

impl Installed {
    /// The interpreter at a path.
    ///
    /// # Errors
    /// There is none, or it is no CPython; in words for the author.
    pub fn at(program: &Path) -> Result<Installed, String> {
        // A name without a folder is looked for where the shell looks; sessions run in folders of their own.
        let program = match program.components().nth(1) {
            None => program.to_owned(),
            Some(_) => std::path::absolute(program).map_err(|error| error.to_string())?,
        };
        let output = Command::new(&program)
            .args(["-I", "-S", "-c", WHO])
            .stdin(Stdio::null())
            .output()
            .map_err(|error| format!("it cannot be started: {error}"))?;
        let said = String::from_utf8_lossy(&output.stdout);
        let words: Vec<&str> = said.split_whitespace().collect();
        match words.as_slice() {
            ["cpython", version, release] => Ok(Installed {
                program,
                version: (*version).to_owned(),
                release: (*release).to_owned(),
                start: Start::Plain,
            }),
            [other, ..] => Err(format!("it is no CPython, but {other}")),
            [] => Err("it does not say which Python it is".to_owned()),
        }
    }

    /// The same interpreter, started in a way.
    pub fn started(&self, start: Start) -> Installed {
        Installed {
            start,
            ..self.clone()
        }
    }

    fn session(&self, pieces: &[Code]) -> std::io::Result<Vec<Executed>> {
        let folder = tempfile::tempdir()?;
        // As the interpreter will name it: where the folder lies behind a link, too.
        let session = Session {
            folder: folder.path().canonicalize()?,
            pieces,
        };
        session.write()?;
        let command = self.command(&session.folder);
        let status = wait(match self.heap() {
            None if session.is_file() => session.alone(command)?,
            heap => session.together(command, heap.unwrap_or("as it is"))?,
        })?;
        Ok(session.executed(status))
    }

    /// What is done to the heap before the session.
    fn heap(&self) -> Option<&'static str> {
        match self.start {
            Start::Drained => Some("drained"),
            Start::Full => Some("full"),
            _ => None,
        }
    }

    /// The interpreter, about to start in a folder.
    fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.program);
        let seed = match self.start {
            Start::OtherHashes => "1",
            _ => "0",
        };
        command
            .current_dir(folder)
            .env_clear()
            .env("PYTHONHASHSEED", seed)
            .env("PYTHONUTF8", "1")
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::null())
            .args(["-s", "-u"]);
        if self.start != Start::WithSite {
            command.arg("-S");
        }
        command
    }
}

impl Engine for Installed {
    fn version(&self) -> String {
        self.version.clone()
    }

    fn execute(&self, pieces: &[Code]) -> Vec<Executed> {
        self.session(pieces).unwrap_or_else(|error| {
            let result = BlockResult {
                limit: Some(format!("{}: {error}", self.program.display())),
                by_chance: true,
                ..BlockResult::default()
            };
            vec![Executed {
                result,
                pictures: Vec::new(),
            }]
        })
    }
}

/// Waits for the interpreter; one that goes on and on is killed.
pub(super) fn wait(mut child: Child) -> std::io::Result<Option<ExitStatus>> {
    let began = Instant::now();
    let mut pause = Duration::from_micros(500);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if began.elapsed() > PATIENCE {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(pause);
        pause = (pause * 5 / 4).min(Duration::from_millis(20));
    }
}

/// Pieces, and the folder in which they and what they print lie.
struct Session<'a> {
    folder: PathBuf,
    pieces: &'a [Code],
}

impl Session<'_> {
    /// Whether it is one file, which the interpreter can be given as it is.
    fn is_file(&self) -> bool {
        matches!(self.pieces, [piece] if !is_unit(piece))
    }

    fn file_of(&self, place: usize, piece: &Code) -> PathBuf {
        let name = Path::new(&piece.file_name).file_name();
        match name.filter(|_| !is_unit(piece)) {
            Some(name) => self.folder.join(name),
            None => self.folder.join(format!("unit-{place}")),
        }
    }

    fn path(&self, kind: &str, place: usize) -> PathBuf {
        self.folder.join(format!("{kind}-{place}.txt"))
    }

    fn write(&self) -> std::io::Result<()> {
        for (place, piece) in self.pieces.iter().enumerate() {
            std::fs::write(self.file_of(place, piece), &piece.text)?;
        }
        Ok(())
    }

    fn alone(&self, mut command: Command) -> std::io::Result<Child> {
        let Some(piece) = self.pieces.first() else {
            return Err(std::io::ErrorKind::NotFound.into());
        };
        command
            .arg(self.file_of(0, piece))
            .stdout(File::create(self.path("out", 0))?)
            .stderr(File::create(self.path("err", 0))?)
            .spawn()
    }

    fn together(&self, mut command: Command, heap: &str) -> std::io::Result<Child> {
        let driver = self.folder.join("installed-driver.py");
        std::fs::write(&driver, DRIVER)?;
        command
            .arg(driver)
            .arg(heap)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        for (place, piece) in self.pieces.iter().enumerate() {
            command
                .arg(self.name_of(place, piece))
                .arg(self.file_of(place, piece))
                .arg(if is_unit(piece) { "single" } else { "exec" });
        }
        command.spawn()
    }

    /// The name under which a piece is compiled: one at which the interpreter finds the text again.
    fn name_of(&self, place: usize, piece: &Code) -> PathBuf {
        match is_unit(piece) {
            true => PathBuf::from(&piece.file_name),
            false => self.file_of(place, piece),
        }
    }

    fn executed(&self, status: Option<ExitStatus>) -> Vec<Executed> {
        let pieces = self.pieces.iter().enumerate();
        let mut executed: Vec<Executed> = pieces
            .map(|(place, piece)| Executed {
                result: self.result(place, piece),
                pictures: vec![None; piece.pictures.len()],
            })
            .collect();
        let Some(last) = executed.last_mut().map(|executed| &mut executed.result) else {
            return executed;
        };
        match status {
            None => {
                last.limit = Some(format!("it ran for {} seconds", PATIENCE.as_secs()));
                last.by_chance = true;
            }
            Some(status) => match status.code() {
                Some(code) => last.exit_code = last.exit_code.max(code),
                None => last.limit = Some(status.to_string()),
            },
        }
        executed
    }

    fn result(&self, place: usize, piece: &Code) -> BlockResult {
        let read = |kind: &str| {
            let bytes = std::fs::read(self.path(kind, place)).unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            self.renamed(text, place, piece)
        };
        let (stdout, stderr) = (read("out"), read("err"));
        let exception = exception(&stderr, &read("end"));
        BlockResult {
            printed: vec![Printed {
                line: None,
                statement: None,
                text: 0..stdout.len(),
            }],
            exit_code: i32::from(exception.is_some()),
            exception,
            stdout,
            stderr,
            ..BlockResult::default()
        }
    }

    /// The files are called as the engine calls them.
    fn renamed(&self, text: String, place: usize, piece: &Code) -> String {
        let path = self.file_of(place, piece);
        text.replace(&*path.to_string_lossy(), &piece.file_name)
    }
}

/// Whether a piece is a statement at a prompt, whose value is shown.
fn is_unit(piece: &Code) -> bool {
    piece.file_name.starts_with('<')
}

/// The exception that ended a piece: as the driver tells it, or as the last line of the traceback does.
fn exception(stderr: &str, told: &str) -> Option<Exception> {
    let last = stderr.lines().last().unwrap_or_default();
    let said = match told.is_empty() {
        false => told,
        true if stderr.contains("Traceback (most recent call last):\n") => last,
        true => return None,
    };
    let (type_name, message) = said.split_once(": ").unwrap_or((said, ""));
    Some(Exception {
        type_name: type_name.trim_end().to_owned(),
        bases: Vec::new(),
        message: message.trim_end().to_owned(),
        line: None,
        traceback: stderr.to_owned(),
    })
}
