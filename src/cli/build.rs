//! `gieok build`: the site of a book, or the page of one post.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::book::{Error, Options, Recorder};

use super::report::{Teller, look, plural};
use super::work::Work;

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
    /// The Python versions, instead of the book's: the first is shown, the others are compared with it (3.13,3.14)
    #[arg(long, value_name = "VERSIONS")]
    python: Option<String>,
    /// Run no block; pages say so
    #[arg(long)]
    no_run: bool,
    #[command(flatten)]
    work: Work,
}

/// Builds. A mistake of an author's is told and shown on its page; only one that leaves a page out ends with 1.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let path = args.path.as_deref().unwrap_or(Path::new("."));
    let cache = args.work.cache(path);
    let options = Options {
        python: args.python.as_deref(),
        run: !args.no_run,
        jobs: args.work.jobs(),
        cache: &cache,
        earlier: None,
    };
    let mut teller = Teller::default();
    let in_folder = format!("in {}", args.out.display());
    let mut recorder = Recorder::of_build(path, &args.out, args.drafts, options);
    if let Some(told) = recorder.recall() {
        teller.tell_again(&told);
        teller.end(&format!("{} {in_folder}", plural(told.facts.pages, "page")));
        return Ok(ExitCode::SUCCESS);
    }
    let mut book = look(path)?;
    book.drafts |= args.drafts;
    let options = Options {
        earlier: recorder.earlier(),
        ..options
    };
    let built = book.build(&args.out, &options);
    teller.tell_book(&book);
    let built = built?;
    teller.tell_posts(&book, &built.diagnostics);
    if built.failures.is_empty() {
        if built.is_certain {
            recorder.note(&book, &built);
        }
        let pages = plural(built.facts.pages, "page");
        teller.end(&format!("{pages} {in_folder}"));
        return Ok(ExitCode::SUCCESS);
    }
    for error in &built.failures {
        teller.tell_error(error);
    }
    teller.end(&format!("nothing changed {in_folder}"));
    Ok(ExitCode::FAILURE)
}
