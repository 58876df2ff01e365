//! `gieok build`: the site of a book, or the page of one post.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::book::Error;

use super::report::{Teller, books, plural};

/// Build the site of the book in this folder, or of one post
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A post, or the folder of a book; the book in this folder if none is named
    path: Option<PathBuf>,
    /// The folder that the site is written to
    #[arg(long, default_value = "public", value_name = "FOLDER")]
    out: PathBuf,
    /// Show posts that are not published, too
    #[arg(long)]
    drafts: bool,
    /// The Python version whose results are shown, instead of the book's
    #[arg(long, value_name = "VERSION")]
    python: Option<String>,
}

/// Builds. A mistake of an author's is told and shown on its page; only one that leaves a page out ends with 1.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let mut teller = Teller::default();
    let mut is_whole = true;
    let paths: Vec<PathBuf> = args.path.iter().cloned().collect();
    for book in books(&paths) {
        let mut book = book?;
        book.drafts |= args.drafts;
        teller.tell_book(&book);
        let built = book.build(&args.out, args.python.as_deref())?;
        for (entry, diagnostics) in book.entries.iter().zip(&built.diagnostics) {
            teller.tell(&entry.post.source, diagnostics);
        }
        let in_folder = format!("in {}", args.out.display());
        if built.failures.is_empty() {
            teller.end(&format!("{} {in_folder}", plural(built.page_count, "page")));
        } else {
            built
                .failures
                .iter()
                .for_each(|error| teller.tell_error(error));
            teller.end(&format!("nothing changed {in_folder}"));
            is_whole = false;
        }
    }
    Ok(if is_whole {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
