//! `gieok i18n`: which translations are behind their originals, and that they are no more.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::book::{Book, Error, Standing, Translation, TranslationState};

use super::report::{plural, write_out};

/// See which translations are behind their originals, and accept those that are not
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Status(Status),
    Accept(Accept),
}

/// List the translations, and where their originals have changed since
#[derive(Debug, clap::Args)]
struct Status {
    /// The folder of the book
    #[arg(default_value = ".")]
    book: PathBuf,
    /// Only these languages
    #[arg(long, value_name = "LANGUAGE")]
    lang: Vec<String>,
    /// End with 1 if a translation is behind, missing or was never accepted
    #[arg(long)]
    exit_code: bool,
}

/// Write down that translations render their originals as these are now
#[derive(Debug, clap::Args)]
struct Accept {
    /// The translations: `content/en/names.md`, or `en/names`
    #[arg(required_unless_present = "all")]
    translations: Vec<PathBuf>,
    /// All of them
    #[arg(long, conflicts_with = "translations")]
    all: bool,
    /// The folder of the book
    #[arg(long, default_value = ".")]
    book: PathBuf,
}

/// Runs the command below `gieok i18n`.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    match &args.command {
        Command::Status(args) => status(args),
        Command::Accept(args) => accept(args),
    }
}

fn open(root: &Path) -> Result<Book, Error> {
    let book = Book::open(root)?;
    match book.unreadable.first() {
        Some(error) => Err(error.clone()),
        None => Ok(book),
    }
}

fn status(args: &Status) -> Result<ExitCode, Error> {
    let book = open(&args.book)?;
    let wanted = |it: &Translation| args.lang.is_empty() || args.lang.contains(&it.lang);
    let translations: Vec<Translation> = book.translations().into_iter().filter(wanted).collect();
    let width = translations.iter().map(|it| it.page.len()).max();
    for translation in &translations {
        write_out(&told(&book, translation, width.unwrap_or(0)));
    }
    let count = |name: &str| {
        let count = translations.iter().filter(|it| state(it) == name).count();
        (count > 0).then(|| format!("{count} {name}"))
    };
    let states = ["up to date", "behind", "never accepted", "missing"];
    let counts: Vec<String> = states.into_iter().filter_map(count).collect();
    write_out(&match translations.len() {
        0 => "no translations: the book has one language\n".to_owned(),
        all => format!("{}: {}\n", plural(all, "translation"), counts.join(", ")),
    });
    let sound = translations.iter().all(|it| state(it) == "up to date");
    Ok(if args.exit_code && !sound {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn state(translation: &Translation) -> &'static str {
    match &translation.state {
        TranslationState::Missing => "missing",
        TranslationState::There(Standing::Unknown) => "never accepted",
        TranslationState::There(Standing::Current) => "up to date",
        TranslationState::There(Standing::Behind(_)) => "behind",
    }
}

/// A line for a translation, and where it is behind a line for each heading and each change.
fn told(book: &Book, translation: &Translation, width: usize) -> String {
    let mut text = format!("{:width$}  {}\n", translation.page, state(translation));
    let TranslationState::There(Standing::Behind(behind)) = &translation.state else {
        return text;
    };
    let (original, own) = (translation.original(book), translation.own(book));
    let (Some(original), Some(own)) = (original, own) else {
        return text;
    };
    for behind in behind {
        let heading = own.headings.iter().find(|it| it.anchor == behind.anchor);
        let (line, name) = match heading {
            Some(it) => (own.source.line(it.span.start), it.text.as_str()),
            None => (1, "before the first heading"),
        };
        text += &format!("  {}:{line}  {name}\n", own.source.path().display());
        let path = original.source.path().display();
        for change in &behind.changes {
            text += &format!("    {path}, {}\n", change.told(&original.source));
        }
    }
    text
}

fn accept(args: &Accept) -> Result<ExitCode, Error> {
    let mut book = open(&args.book)?;
    let pages: Vec<String> = match args.all {
        true => {
            let there = |it: &Translation| it.state != TranslationState::Missing;
            let all = book.translations().into_iter().filter(there);
            all.map(|it| it.page).collect()
        }
        false => args
            .translations
            .iter()
            .map(|path| page(&book, path))
            .collect(),
    };
    let accepted = book.accept(&pages)?;
    write_out(&format!("{} accepted\n", plural(accepted, "translation")));
    Ok(ExitCode::SUCCESS)
}

/// `content/en/names.md`, wherever it is named from, is `en/names`.
fn page(book: &Book, path: &Path) -> String {
    let content = book.root.join("content");
    let absolute = |path: &Path| std::fs::canonicalize(path).ok();
    let within = absolute(path)
        .zip(absolute(&content))
        .and_then(|(path, content)| path.strip_prefix(content).ok().map(Path::to_owned));
    let page = within.unwrap_or_else(|| {
        let stripped = path.strip_prefix("content").unwrap_or(path);
        stripped.to_owned()
    });
    let page = match page.extension() {
        Some(ending) if ending == "md" || ending == "markdown" => page.with_extension(""),
        _ => page,
    };
    page.to_string_lossy().replace('\\', "/")
}
