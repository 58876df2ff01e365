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
    /// The Python version whose results are shown, instead of the book's
    #[arg(long, value_name = "VERSION")]
    python: Option<String>,
}

/// Builds. A mistake of an author's is told and shown on its page; only one that leaves no page ends with 1.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let mut teller = Teller::default();
    let paths: Vec<PathBuf> = args.path.iter().cloned().collect();
    for book in books(&paths) {
        let book = book?;
        teller.tell_book(&book);
        let built = book.build(&args.out, args.python.as_deref())?;
        for (entry, diagnostics) in book.entries.iter().zip(&built.diagnostics) {
            teller.tell(&entry.post.source, diagnostics);
        }
        teller.end(&format!(
            "{} in {}",
            plural(built.page_count, "page"),
            args.out.display()
        ));
    }
    Ok(ExitCode::SUCCESS)
}
