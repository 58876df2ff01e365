//! A process that runs cases, and what it says of them line by line.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde::Deserialize;

/// What every line of a driver's begins with.
const MARK: char = '\u{1e}';

/// How long a process may take: longer than the engine's own limits let it.
pub const PATIENCE: Duration = Duration::from_secs(600);

/// A line of a driver's.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Line {
    pub start: String,
    pub case: String,
    pub outcome: String,
    pub reason: String,
    pub place: String,
    pub count: usize,
    pub end: bool,
}

/// What a process said.
pub struct Said {
    pub lines: Vec<Line>,
    /// Why it ended before its end.
    pub stopped: String,
    /// The system ended it.
    pub is_killed: bool,
}

impl Said {
    /// Whether the driver came to its end.
    pub fn is_at_its_end(&self) -> bool {
        self.lines.iter().any(|line| line.end)
    }
}

/// Runs a process to its end, or until patience is, and reads what the driver said in it.
pub fn said(mut command: Command, folder: &Path, patience: Duration) -> std::io::Result<Said> {
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
        if began.elapsed() > patience {
            child.kill()?;
            stopped = format!("it ran for {} seconds", patience.as_secs());
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
