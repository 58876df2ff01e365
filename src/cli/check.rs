//! `gieok check`: runs every block, judges every claim, tells every mistake in one pass, writes nothing.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::book::{Checked, Error, compare_snapshots};
use crate::diagnostic::Diagnostic;
use crate::site::{Kind, Printer, Site, Theme};
use crate::verify::Verdict;

use super::report::{Teller, books, plural};

/// Run every block and judge every claim; writes nothing
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Posts, or folders of books; the book in this folder if none is named
    paths: Vec<PathBuf>,
    /// The Python version to check against, instead of the book's
    #[arg(long, value_name = "VERSION")]
    python: Option<String>,
}

/// What only a page can tell: links that lead nowhere, diagrams that cannot be drawn.
fn tell_pages(site: &Site<'_>, checked: &[Checked], told: &mut [Vec<Diagnostic>]) {
    let (theme, _) = Theme::new(&BTreeMap::new());
    let printer = Printer::new(site, &theme, checked);
    for job in printer.jobs() {
        let Kind::Post(item) = job.kind else { continue };
        let edition = site.editions.get(job.edition);
        let item = edition.and_then(|edition| edition.items.get(item));
        // A template of the book's own may fail; only `build` needs it.
        let (Some(item), Ok(page)) = (item, printer.print(job)) else {
            continue;
        };
        if let Some(told) = told.get_mut(item.entry) {
            told.extend(page.diagnostics);
            told.sort_by_key(|diagnostic| diagnostic.span);
        }
    }
}

/// Checks, and ends with 1 if anything is wrong.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let mut teller = Teller::default();
    let (mut blocks, mut claims, mut held) = (0, 0, 0);
    for book in books(&args.paths) {
        let book = match book {
            Ok(book) => book,
            Err(error) => {
                teller.tell_error(&error);
                continue;
            }
        };
        teller.tell_book(&book);
        let all = book.check(args.python.as_deref())?;
        let site = book.site();
        let mut told = book.diagnostics(&site, &all);
        tell_pages(&site, &all, &mut told);
        for ((entry, checked), mut diagnostics) in book.entries.iter().zip(&all).zip(told) {
            if !book.is_lone {
                diagnostics.extend(compare_snapshots(
                    &book.root.join("snapshots"),
                    entry,
                    &checked.results,
                ));
            }
            teller.tell(&entry.post.source, &diagnostics);
            blocks += checked.results.blocks.iter().flatten().count();
            claims += checked
                .report
                .verdicts
                .iter()
                .filter(|verdict| **verdict != Verdict::OtherVersion)
                .count();
            held += checked
                .report
                .verdicts
                .iter()
                .filter(|verdict| **verdict == Verdict::Holds)
                .count();
        }
    }
    teller.end(&format!(
        "{} ran, {held} of {claims} claims hold",
        plural(blocks, "block")
    ));
    Ok(if teller.errors > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}
