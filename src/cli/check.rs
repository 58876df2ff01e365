//! `gieok check`: runs every block, judges every claim, tells every mistake in one pass, writes nothing.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::book::{Checked, Error, Facts, Options, Recorder, compare_snapshots, is_certain};
use crate::verify::Verdict;

use super::report::{Teller, open, or_here, plural};
use super::work::Work;

/// Run every block and judge every claim; writes nothing
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Posts, or folders of books; the book in this folder if none is named
    paths: Vec<PathBuf>,
    /// The Python version to check against, instead of the book's
    #[arg(long, value_name = "VERSION")]
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
    let book = match open(path) {
        Ok(book) => book,
        Err(error) => {
            teller.tell_error(&error);
            return Ok(Facts::default());
        }
    };
    teller.tell_book(&book);
    let all = book.check(&options)?;
    let site = book.site();
    let mut told = book.diagnostics(&site, &all);
    book.tell_pages(&site, &all, &options, &mut told);
    let mut facts = Facts::default();
    for ((entry, checked), diagnostics) in book.entries.iter().zip(&all).zip(&mut told) {
        if !book.is_lone {
            let snapshots = book.root.join("snapshots");
            if let Ok(asked) = book.plan(entry, None) {
                diagnostics.extend(compare_snapshots(&snapshots, entry, checked, &asked));
            }
        }
        teller.tell(&entry.post.source, diagnostics);
        let count = |counts: fn(&Verdict) -> bool| {
            let verdicts = checked.report.verdicts.iter();
            verdicts.filter(|verdict| counts(verdict)).count()
        };
        facts.blocks += checked.results.blocks.iter().flatten().count();
        facts.claims += count(|verdict| *verdict != Verdict::OtherVersion);
        facts.held += count(|verdict| *verdict == Verdict::Holds);
    }
    let is_certain = all.iter().all(Checked::is_certain) && is_certain(&told);
    if book.unreadable.is_empty() && is_certain {
        recorder.note(&book, &book.inputs, facts, &told);
    }
    Ok(facts)
}
