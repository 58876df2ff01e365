//! `gieok check`: runs every block, judges every claim, tells every mistake in one pass, writes nothing.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::book::{Error, Facts, Options, Recorder, compare_snapshots};

use super::report::{Teller, look, or_here, plural};
use super::work::Work;

/// Run every block and judge every claim; writes nothing
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Posts, or folders of books; the book in this folder if none is named
    paths: Vec<PathBuf>,
    /// The Python versions, instead of the book's: the first is shown, the others are compared with it (3.13,3.14)
    #[arg(long, value_name = "VERSIONS")]
    python: Option<String>,
    #[command(flatten)]
    work: Work,
}

/// Checks, and ends with 1 if anything is wrong.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let mut teller = Teller::default();
    let mut sum = Facts::default();
    for path in or_here(&args.paths) {
        let facts = check(args, path, &mut teller)?;
        sum.blocks += facts.blocks;
        sum.claims += facts.claims;
        sum.held += facts.held;
    }
    teller.end(&format!(
        "{} ran, {} of {} claims hold",
        plural(sum.blocks, "block"),
        sum.held,
        sum.claims
    ));
    Ok(if teller.errors > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Checks one book, or tells again what was told of the same files.
fn check(args: &Args, path: &Path, teller: &mut Teller) -> Result<Facts, Error> {
    let cache = args.work.cache(path);
    let options = Options {
        python: args.python.as_deref(),
        jobs: args.work.jobs(),
        cache: &cache,
        ..Options::default()
    };
    let mut recorder = Recorder::of_check(path, options);
    if let Some(told) = recorder.recall() {
        teller.tell_again(&told);
        return Ok(told.facts);
    }
    let mut book = match look(path) {
        Ok(book) => book,
        Err(error) => {
            teller.tell_error(&error);
            return Ok(Facts::default());
        }
    };
    let snapshots = (!book.is_lone).then(|| book.root.join("snapshots"));
    let built = book.check(&options, &|book, entry, checked| {
        let (Some(snapshots), Ok(asked)) = (&snapshots, book.plan(entry, None)) else {
            return Vec::new();
        };
        compare_snapshots(snapshots, entry, checked, &asked)
    });
    teller.tell_book(&book);
    let built = built?;
    teller.tell_posts(&book, &built.diagnostics);
    for error in &built.failures {
        teller.tell_error(error);
    }
    if built.is_certain && built.failures.is_empty() {
        recorder.note(&book, &built);
    }
    Ok(built.facts)
}
