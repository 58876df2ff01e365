//! What a whole process costs: it is started by a process of our own, which asks the kernel about its child.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};

/// What was counted.
#[derive(Clone, Copy, Default)]
pub struct Figure {
    /// User and system time.
    pub cpu_ms: f64,
    /// From start to end.
    pub wall_ms: f64,
    /// Resident memory at its largest.
    pub peak_mb: f64,
}

/// Says whether this process was started to run a command and tell its figures; if so it is done.
pub fn is_child(args: &[String]) -> bool {
    match args {
        [first, command @ ..] if first == "--child" => {
            child(command);
            true
        }
        _ => false,
    }
}

/// Runs a command in a folder, in a process of its own.
pub fn measure(command: &[String], folder: &Path) -> Figure {
    let me = std::env::current_exe().unwrap_or_default();
    let mut child = Command::new(me);
    child.arg("--child").args(command).current_dir(folder);
    let text = child
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default();
    let mut numbers = text
        .split_whitespace()
        .filter_map(|number| number.parse::<f64>().ok());
    let mut next = || numbers.next().unwrap_or(f64::NAN);
    Figure {
        cpu_ms: next(),
        wall_ms: next(),
        peak_mb: next(),
    }
}

/// The figure with the middle CPU time, and the largest peak.
pub fn median(mut figures: Vec<Figure>) -> Option<Figure> {
    figures.sort_by(|a, b| a.cpu_ms.total_cmp(&b.cpu_ms));
    let peaks = figures.iter().map(|figure| figure.peak_mb);
    Some(Figure {
        peak_mb: peaks.fold(0.0, f64::max),
        ..*figures.get(figures.len() / 2)?
    })
}

/// Runs one command and prints what the kernel counted for it.
fn child(command: &[String]) {
    let Some((program, args)) = command.split_first() else {
        return;
    };
    let begin = Instant::now();
    let status = Command::new(program)
        .args(args)
        .env("PYTHONHASHSEED", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let wall_ms = begin.elapsed().as_secs_f64() * 1e3;
    if status.is_err() {
        return;
    }
    if let Ok(usage) = getrusage(UsageWho::RUSAGE_CHILDREN) {
        let time = |value: nix::sys::time::TimeVal| {
            value.tv_sec() as f64 * 1e3 + value.tv_usec() as f64 / 1e3
        };
        let cpu_ms = time(usage.user_time()) + time(usage.system_time());
        println!("{cpu_ms} {wall_ms} {}", usage.max_rss() as f64 / 1024.0);
    }
}
