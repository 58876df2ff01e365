//! What commands tell people: diagnostics file by file, and one line at the end.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use crate::book::{Book, Error, Told};
use crate::diagnostic::{Diagnostic, Severity, Style, render};
use crate::source::Source;

/// Counts what is told, so that a command can end with it.
#[derive(Debug, Default)]
pub struct Teller {
    /// How many errors were told.
    pub errors: usize,
    /// How many warnings were told.
    pub warnings: usize,
}

impl Teller {
    /// Writes the diagnostics of one file.
    pub fn tell(&mut self, source: &Source, diagnostics: &[Diagnostic]) {
        self.errors += diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.is_error())
            .count();
        self.warnings += diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Warning)
            .count();
        write_out(&render(source, diagnostics, style()));
    }

    /// Writes what is wrong with a file that could not be read.
    pub fn tell_error(&mut self, error: &Error) {
        self.errors += 1;
        write_out(&format!("error: {error}\n\n"));
    }

    /// What a book's settings and files suffer from, before its posts are looked at.
    pub fn tell_book(&mut self, book: &Book) {
        if let Some((source, diagnostics)) = &book.settings {
            self.tell(source, diagnostics);
        }
        book.unreadable
            .iter()
            .for_each(|error| self.tell_error(error));
    }

    /// What is wrong with a book's posts, in their order.
    pub fn tell_posts(&mut self, book: &Book, told: &[Vec<Diagnostic>]) {
        for (entry, diagnostics) in told.iter().enumerate() {
            if diagnostics.is_empty() {
                continue;
            }
            if let Some(source) = book.source(entry) {
                self.tell(&source, diagnostics);
            }
        }
    }

    /// What an earlier run told of the same files.
    pub fn tell_again(&mut self, told: &Told) {
        for (source, diagnostics) in &told.files {
            self.tell(source, diagnostics);
        }
    }

    /// Writes the last line: the mistakes if there are any, then what was done.
    pub fn end(&self, done: &str) {
        let count = |count: usize, word: &str| (count > 0).then(|| plural(count, word));
        let parts: Vec<String> = [count(self.errors, "error"), count(self.warnings, "warning")]
            .into_iter()
            .flatten()
            .collect();
        write_out(&if parts.is_empty() {
            format!("{done}\n")
        } else {
            format!("{}; {done}\n", parts.join(", "))
        });
    }
}

/// "1 block", "2 blocks".
pub fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// Writes to stdout. A reader that has gone away (`| head`) is no mistake of ours.
pub fn write_out(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

fn style() -> Style {
    let wants_colour = std::io::stdout().is_terminal()
        && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    if wants_colour {
        Style::Coloured
    } else {
        Style::Plain
    }
}

/// The book that a path names: a folder is a book, a file is a lone one.
///
/// # Errors
/// There is no such book.
pub fn open(path: &Path) -> Result<Book, Error> {
    if path.is_dir() {
        Book::open(path)
    } else {
        Book::lone(path)
    }
}

/// The book at a path, its posts not yet read; of one post if the path is a file.
///
/// # Errors
/// There is no such book.
pub fn look(path: &Path) -> Result<Book, Error> {
    if path.is_dir() {
        Book::look(path)
    } else {
        Book::lone(path)
    }
}

/// The paths, or this folder if there is none.
pub fn or_here(paths: &[PathBuf]) -> Vec<&Path> {
    match paths {
        [] => vec![Path::new(".")],
        paths => paths.iter().map(PathBuf::as_path).collect(),
    }
}

/// The books that paths name; the one in this folder if there is none.
pub fn books(paths: &[PathBuf]) -> Vec<Result<Book, Error>> {
    or_here(paths).into_iter().map(open).collect()
}
