//! `gieok serve`: the site in a browser, new at every save.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use crate::book::{self, Cache, Error};
use crate::diagnostic::{Style, render};
use crate::preview::{self, Build, Options};

use super::report::{look, write_out};

/// Show the site, or one post, in a browser, and follow every save
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A post, or the folder of a book; the book in this folder if none is named
    path: Option<PathBuf>,
    /// The port; 3000 or the next free one if none is given
    #[arg(long)]
    port: Option<u16>,
    /// The Python versions, instead of the book's: the first is shown, the others are compared with it (3.13,3.14)
    #[arg(long, value_name = "VERSIONS")]
    python: Option<String>,
    /// Use nothing of earlier builds, and keep nothing on disk
    #[arg(long)]
    no_cache: bool,
}

/// Serves until Ctrl-C.
pub fn run(args: Args) -> Result<ExitCode, Error> {
    let path = args.path.unwrap_or_else(|| PathBuf::from("."));
    // What cannot be opened now is a mistake in the command; later it is an editor's pause between two writes.
    look(&path)?;
    let (built_path, python) = (path.clone(), args.python);
    let cache = match args.no_cache || !path.is_dir() {
        true => Cache::in_memory(),
        false => Cache::in_memory().on_disk(&path),
    };
    let build = move |_: &[PathBuf]| {
        let options = book::Options {
            python: python.as_deref(),
            cache: &cache,
            ..book::Options::default()
        };
        let build = build(&built_path, &options);
        write_out(&build.problems);
        build
    };
    preview::serve(Options { port: args.port }, build, |address| {
        write_out(&format!("{address}\n"))
    })
    .map_err(|error| Error::new(path, error))?;
    Ok(ExitCode::SUCCESS)
}

fn build(path: &Path, options: &book::Options<'_>) -> Build {
    let watch = watched(path);
    let mut book = match look(path) {
        Ok(book) => book,
        Err(error) => {
            return Build {
                problems: format!("error: {error}\n"),
                watch,
                ..Build::default()
            };
        }
    };
    // Whoever writes wants to see what is not published yet.
    book.drafts = true;
    let files = Mutex::new(BTreeMap::new());
    let keep = |path: &str, bytes: &[u8]| {
        let mut files = files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(path.to_owned(), bytes.to_owned());
        Ok(())
    };
    let built = book.build_with(options, &keep);
    let mut problems: String = book
        .unreadable
        .iter()
        .map(|error| format!("error: {error}\n\n"))
        .collect();
    if let Some((source, diagnostics)) = &book.settings {
        problems.push_str(&render(source, diagnostics, Style::Plain));
    }
    match built {
        Ok(built) => {
            let told = built.diagnostics.iter().enumerate();
            let told = told.filter(|(_, diagnostics)| !diagnostics.is_empty());
            let told = told.filter_map(|(entry, diagnostics)| {
                Some(render(&*book.source(entry)?, diagnostics, Style::Plain))
            });
            problems.extend(told);
            problems.extend(
                built
                    .failures
                    .iter()
                    .map(|error| format!("error: {error}\n\n")),
            );
            Build {
                files: files.into_inner().unwrap_or_else(PoisonError::into_inner),
                problems,
                watch,
            }
        }
        Err(error) => Build {
            problems: format!("{problems}error: {error}\n"),
            watch,
            ..Build::default()
        },
    }
}

/// What a page is made from: the post, or the book's content, settings and templates.
fn watched(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    ["content", "static", "templates", "book.toml"]
        .map(|name| path.join(name))
        .into_iter()
        .filter(|path| path.exists())
        .collect()
}
