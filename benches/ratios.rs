//! Whole-process figures of the engine beside CPython's, as ratios of one run on one machine.
//!
//! ```text
//! cargo bench --bench ratios              everything, 3 interleaved runs, the median
//! cargo bench --bench ratios -- 5 fib     5 runs, only what has `fib` in its name
//! ```
//!
//! CPU is user and system time of the finished child; peak is its resident memory. The peer is the
//! `python3.13` on the path, or what `GIEOK_PYTHON` names; without one only our own figures are printed.

// Wall time is the other benchmark's.
#[allow(dead_code)]
mod measure;

use std::path::{Path, PathBuf};
use std::process::Command;

use measure::{Figure, median};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if measure::is_child(&args) {
        return;
    }
    let runs = args.iter().find_map(|arg| arg.parse().ok()).unwrap_or(3);
    let filter = args
        .iter()
        .find(|arg| !arg.starts_with('-') && arg.parse::<usize>().is_err());
    let python = peer();
    println!(
        "{:<24} {:>10} {:>10} {:>7} {:>9} {:>9}",
        "", "gieok ms", "CPython ms", "ratio", "MB", "CPython MB"
    );
    let mut logs = Vec::new();
    for case in cases() {
        if filter.is_some_and(|filter| !case.name.contains(filter.as_str())) {
            continue;
        }
        let (ours, theirs) = both(&case, python.as_deref(), runs);
        let ratio = theirs.map(|theirs| ours.cpu_ms / theirs.cpu_ms);
        print_row(&case.name, ours, theirs, ratio);
        if case.counts
            && let Some(ratio) = ratio
        {
            logs.push(ratio.ln());
        }
    }
    if !logs.is_empty() {
        let mean = (logs.iter().sum::<f64>() / logs.len() as f64).exp();
        println!("geometric mean of {} scripts: {mean:.2}", logs.len());
    }
}

/// One row of the table: what to run on each side.
struct Case {
    name: String,
    ours: Vec<Vec<String>>,
    theirs: Vec<Vec<String>>,
    /// Whether it is part of the geometric mean.
    counts: bool,
}

fn cases() -> Vec<Case> {
    let gieok = env!("CARGO_BIN_EXE_gieok").to_string();
    let run = |file: &Path| vec![gieok.clone(), "run".into(), file.display().to_string()];
    let python = |file: &Path| vec!["{python}".into(), "-I".into(), file.display().to_string()];
    let mut cases = vec![Case {
        name: "bare process".into(),
        ours: vec![vec!["true".into()]],
        theirs: vec![vec!["true".into()]],
        counts: false,
    }];
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    for file in sorted(&shared.join("bench/python")) {
        let name = file
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let counts = !name.starts_with("b00");
        cases.push(Case {
            name,
            ours: vec![run(&file)],
            theirs: vec![python(&file)],
            counts,
        });
    }
    let blocks = seed_blocks(&shared);
    if !blocks.is_empty() {
        cases.push(Case {
            name: "19 blocks, a process each".into(),
            ours: blocks.iter().map(|block| run(block)).collect(),
            theirs: blocks.iter().map(|block| python(block)).collect(),
            counts: false,
        });
        let post = shared
            .join("seed/2025-10-19-python-memory.md")
            .display()
            .to_string();
        cases.push(Case {
            name: "19 blocks, one `check`".into(),
            ours: vec![vec![gieok.clone(), "check".into(), post]],
            theirs: blocks.iter().map(|block| python(block)).collect(),
            counts: false,
        });
    }
    cases
}

/// The scripts of a folder, in order.
fn sorted(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "py"))
        .collect();
    files.sort();
    files
}

/// The post's blocks as files of their own, from the recordings.
fn seed_blocks(shared: &Path) -> Vec<PathBuf> {
    let Ok(text) = std::fs::read_to_string(shared.join("cpython/seed-outputs.json")) else {
        return Vec::new();
    };
    let Ok(recorded) = serde_json::from_str::<serde_json::Value>(&text) else {
        return Vec::new();
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("seed-blocks");
    if std::fs::create_dir_all(&folder).is_err() {
        return Vec::new();
    }
    let blocks = recorded["blocks"].as_array().into_iter().flatten();
    blocks
        .filter_map(|block| {
            let file = folder.join(format!("block{:02}.py", block["index"].as_u64()?));
            std::fs::write(&file, block["source"].as_str()?).ok()?;
            Some(file)
        })
        .collect()
}

/// The interpreter to compare with.
fn peer() -> Option<String> {
    let named = std::env::var("GIEOK_PYTHON").ok();
    let candidates = named.into_iter().chain(["python3.13".to_string()]);
    candidates.into_iter().find(|python| {
        Command::new(python)
            .arg("--version")
            .output()
            .is_ok_and(|out| out.status.success())
    })
}

/// Both sides, interleaved; the median of the CPU times and the largest peak.
fn both(case: &Case, python: Option<&str>, runs: usize) -> (Figure, Option<Figure>) {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..runs.max(1) {
        ours.push(total(&case.ours, ""));
        if let Some(python) = python {
            theirs.push(total(&case.theirs, python));
        }
    }
    (median(ours).unwrap_or_default(), median(theirs))
}

/// The sum over several commands, each measured by a process of its own.
fn total(commands: &[Vec<String>], python: &str) -> Figure {
    let mut sum = Figure::default();
    for command in commands {
        let command: Vec<String> = command
            .iter()
            .map(|word| word.replace("{python}", python))
            .collect();
        let figure = measure::measure(&command, Path::new("."));
        sum.cpu_ms += figure.cpu_ms;
        sum.peak_mb = sum.peak_mb.max(figure.peak_mb);
    }
    sum
}

fn print_row(name: &str, ours: Figure, theirs: Option<Figure>, ratio: Option<f64>) {
    let number = |value: Option<f64>| value.map_or("-".to_string(), |value| format!("{value:.1}"));
    println!(
        "{name:<24} {:>10} {:>10} {:>7} {:>9} {:>9}",
        number(Some(ours.cpu_ms)),
        number(theirs.map(|figure| figure.cpu_ms)),
        ratio.map_or("-".to_string(), |ratio| format!("{ratio:.2}")),
        number(Some(ours.peak_mb)),
        number(theirs.map(|figure| figure.peak_mb)),
    );
}
