//! `gieok compare`: the engine beside installed CPythons, on posts, files and programs made at random.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::book::{Error, in_parallel};
use crate::compare::program::Program;
use crate::compare::{Class, Comparison, Difference, smaller};
use crate::post::{Post, read};
use crate::run::{self, BlockResult, Code, Engine, Installed, Results, Start, engine};

use super::report::{plural, write_out};
use super::work::Work;

/// Compare the engine with CPythons that are installed here
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Interpreters: `--cpython ~/.pyenv/versions/*/bin/python`; posts, Python files and folders may follow
    #[arg(long, required = true, num_args = 1.., value_name = "PATH")]
    cpython: Vec<PathBuf>,
    /// Posts, Python files, and folders that hold some; this folder if nothing is given
    #[arg(value_name = "POST.md|FILE.py|DIR")]
    paths: Vec<PathBuf>,
    /// Compare that many programs made at random instead
    #[arg(long, value_name = "N", conflicts_with = "paths")]
    generate: Option<u64>,
    /// The seed of the first of them; each next one has the next number
    #[arg(long, default_value_t = 0, requires = "generate", value_name = "S")]
    seed: u64,
    #[command(flatten)]
    work: Work,
}

/// Compares. Where the engine is wrong, that is a failure.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let (paths, programs) = told_apart(args);
    let pairs = pairs(&programs)?;
    let mut counts = Counts::default();
    match args.generate {
        Some(count) => generated(args, count, &pairs, &mut counts),
        None => {
            for path in files(&paths)? {
                file(&path, &pairs, args.work.jobs(), &mut counts)?;
            }
        }
    }
    write_out(&counts.end(&pairs));
    Ok(match counts.of(Class::Wrong) {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

/// Files to compare and interpreters: a shell's `*` lets both stand behind `--cpython`.
fn told_apart(args: &Args) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let is_input = |path: &PathBuf| path.is_dir() || is_post(path) || is_python(path);
    let (more, programs): (Vec<_>, Vec<_>) = args.cpython.iter().cloned().partition(is_input);
    let mut paths = more;
    paths.extend(args.paths.iter().cloned());
    if paths.is_empty() {
        paths.push(PathBuf::from("."));
    }
    (paths, programs)
}

fn is_post(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "md")
}

fn is_python(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "py")
}

/// An interpreter, and the engine of its version.
struct Pair {
    installed: Installed,
    engine: Box<dyn Engine>,
}

fn pairs(programs: &[PathBuf]) -> Result<Vec<Pair>, Error> {
    let mut pairs = Vec::new();
    for program in programs {
        let installed = Installed::at(program).map_err(|message| Error::new(program, message))?;
        match engine(&installed.version) {
            Ok(engine) => pairs.push(Pair { installed, engine }),
            // A shell's `*` finds old ones too.
            Err(message) => write_out(&format!("{}: {message}\n", program.display())),
        }
    }
    match (pairs.is_empty(), programs.first()) {
        (true, first) => Err(Error::new(
            first.map_or(Path::new("--cpython"), PathBuf::as_path),
            "there is no interpreter to compare with",
        )),
        _ => Ok(pairs),
    }
}

/// The posts and Python files that paths name, those in folders by name.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for path in paths {
        for found in walkdir::WalkDir::new(path).sort_by_file_name() {
            let found = found.map_err(|error| Error::new(path, error))?.into_path();
            if is_post(&found) || is_python(&found) {
                files.push(found);
            }
        }
    }
    Ok(files)
}

fn file(path: &Path, pairs: &[Pair], jobs: usize, counts: &mut Counts) -> Result<(), Error> {
    let bytes = std::fs::read(path).map_err(|error| Error::new(path, error))?;
    let told = match is_python(path) {
        false => {
            let post = read(path, &bytes);
            in_parallel(pairs, jobs, |pair| of_post(&post, pair))
        }
        true => {
            let text = String::from_utf8(bytes).map_err(|error| Error::new(path, error))?;
            let file_name = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
            let code = Code {
                text,
                file_name: file_name.to_string_lossy().into_owned(),
                ..Code::default()
            };
            in_parallel(pairs, jobs, |pair| {
                vec![("".to_owned(), of_code(&code, pair))]
            })
        }
    };
    for (place, compared) in told.into_iter().enumerate() {
        for (block, comparison) in compared {
            counts.add(place, comparison.class());
            if let Some(pair) = pairs.get(place) {
                let what = match block.as_str() {
                    "" => path.display().to_string(),
                    block => format!("{}: {block}", path.display()),
                };
                write_out(&told_of(&what, pair, &comparison));
            }
        }
    }
    Ok(())
}

/// Every block of a post that a version runs.
fn of_post(post: &Post, pair: &Pair) -> Vec<(String, Comparison)> {
    let ours = run::run(post, pair.engine.as_ref());
    let theirs = run::run(post, &pair.installed);
    // The whole post runs again, once for each way to start.
    let elsewise: RefCell<Vec<(Start, Results)>> = RefCell::default();
    let again = |start: Start, block: usize| {
        let mut elsewise = elsewise.borrow_mut();
        if !elsewise.iter().any(|(of, _)| *of == start) {
            elsewise.push((start, run::run(post, &pair.installed.started(start))));
        }
        let results = elsewise.iter().find(|(of, _)| *of == start);
        results.and_then(|(_, results)| results.of(block).cloned())
    };
    let version = &pair.installed.version;
    let blocks = post.runnable().filter(|block| block.belongs_to(version));
    let compared = blocks.map(|block| {
        let (ours, theirs) = (ours.of(block.index), theirs.of(block.index));
        let comparison = Comparison::of(ours, theirs, |start| again(start, block.index));
        (block.id.clone(), comparison)
    });
    compared.collect()
}

fn of_code(code: &Code, pair: &Pair) -> Comparison {
    let executed = |engine: &dyn Engine| -> Option<BlockResult> {
        let executed = engine.execute(std::slice::from_ref(code));
        executed.into_iter().next().map(|executed| executed.result)
    };
    let (ours, theirs) = (executed(pair.engine.as_ref()), executed(&pair.installed));
    Comparison::of(ours.as_ref(), theirs.as_ref(), |start: Start| {
        executed(&pair.installed.started(start))
    })
}

fn generated(args: &Args, count: u64, pairs: &[Pair], counts: &mut Counts) {
    let seeds: Vec<u64> = (args.seed..args.seed.saturating_add(count)).collect();
    // Told as they come, and in order.
    for seeds in seeds.chunks(64) {
        let told = in_parallel(seeds, args.work.jobs(), |seed| {
            let of_pair = |pair| of_seed(*seed, pair);
            pairs.iter().map(of_pair).collect::<Vec<_>>()
        });
        for (place, (class, text)) in told.into_iter().flat_map(|it| it.into_iter().enumerate()) {
            counts.add(place, class);
            write_out(&text);
        }
    }
}

/// The program of a seed, made smaller if the engine is wrong.
fn of_seed(seed: u64, pair: &Pair) -> (Class, String) {
    let version = pair.installed.version.split_once('.');
    let number = |text: &str| text.parse().unwrap_or_default();
    let version = version.map_or((3, 0), |(major, minor)| (number(major), number(minor)));
    let program = Program::random(seed, version);
    let compared = |program: &Program| {
        let code = Code {
            text: program.text(),
            file_name: format!("program-{seed}.py"),
            ..Code::default()
        };
        of_code(&code, pair)
    };
    let class = compared(&program).class();
    if class != Class::Wrong {
        return (class, String::new());
    }
    let least = smaller(&program, |program| {
        compared(program).class() == Class::Wrong
    });
    let mut text = told_of(&format!("seed {seed}"), pair, &compared(&least));
    for line in least.text().lines() {
        let _ = writeln!(text, "    | {line}");
    }
    text.push('\n');
    (class, text)
}

/// The differences of a comparison, the harmless ones in a line.
fn told_of(what: &str, pair: &Pair, comparison: &Comparison) -> String {
    let class = comparison.class();
    if class == Class::Same {
        return String::new();
    }
    let mut text = format!(
        "{what}: CPython {}: {}\n",
        pair.installed.release,
        class.words()
    );
    let wrong = comparison.differences.iter();
    for difference in wrong.filter(|difference| difference.class == Class::Wrong) {
        one(&mut text, difference);
    }
    text
}

fn one(text: &mut String, difference: &Difference) {
    let mut side = |who: &str, lines: &[String]| {
        let nothing = ["(nothing)".to_owned()];
        let lines = if lines.is_empty() { &nothing } else { lines };
        for (place, line) in lines.iter().enumerate() {
            let who = if place == 0 { who } else { "" };
            let _ = writeln!(text, "            {who:8} {line}");
        }
    };
    side("CPython", &difference.theirs);
    side("gieok", &difference.ours);
}

/// How many comparisons came out how, by interpreter.
#[derive(Default)]
struct Counts(BTreeMap<(usize, Class), usize>);

impl Counts {
    fn add(&mut self, place: usize, class: Class) {
        *self.0.entry((place, class)).or_default() += 1;
    }

    fn of(&self, class: Class) -> usize {
        let counts = self.0.iter();
        counts
            .filter(|((_, of), _)| *of == class)
            .map(|(_, count)| count)
            .sum()
    }

    fn end(&self, pairs: &[Pair]) -> String {
        let mut text = String::new();
        for (place, pair) in pairs.iter().enumerate() {
            let of = |class: &Class| {
                let count = self.0.get(&(place, *class)).copied().unwrap_or_default();
                format!("{count} {}", class.words())
            };
            let counts: Vec<String> = Class::ALL.iter().map(of).collect();
            let all: usize = Class::ALL
                .iter()
                .filter_map(|class| self.0.get(&(place, *class)))
                .sum();
            let _ = writeln!(
                text,
                "CPython {}: {}: {}",
                pair.installed.release,
                plural(all, "comparison"),
                counts.join(", ")
            );
        }
        text
    }
}
