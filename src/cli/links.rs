//! `gieok links`: asks the addresses outside of the book that posts link to, through `curl`.
//!
//! Links within the book are checked by every `check` and `build`; these need the network, so they are asked only when
//! somebody wants to know.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::sync::Mutex;

use crate::book::{Book, Error};
use crate::diagnostic::Diagnostic;

use super::report::{Teller, books};

/// Addresses that are asked at the same time.
const AT_ONCE: usize = 8;
/// Seconds that an address may take.
const TIME_MAX: &str = "20";

/// Ask the addresses outside of the book that posts link to (needs curl and the network)
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Posts, or folders of books; the book in this folder if none is named
    paths: Vec<PathBuf>,
}

/// What an address said.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Answer {
    /// It is there.
    Here,
    /// It is there, and does not talk to programs, or not so often.
    Closed(u16),
    /// It is not there: the number of the answer.
    Gone(u16),
    /// Nobody answered, in curl's words.
    Silent(String),
}

/// Asks, and ends with 1 if an address is gone or silent.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    curl(&["--version"]).map_err(|message| {
        let told =
            format!("{message}; external links are asked through curl, which has to be installed");
        Error::new("curl", told)
    })?;
    let mut teller = Teller::default();
    let mut asked = 0;
    for book in books(&args.paths) {
        match book {
            Ok(book) => asked += ask_book(&book, &mut teller),
            Err(error) => teller.tell_error(&error),
        }
    }
    teller.end(&match asked {
        1 => "1 address asked".to_owned(),
        asked => format!("{asked} addresses asked"),
    });
    Ok(if teller.errors > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Asks each address of a book once, and tells what is wrong at every place that links to it.
fn ask_book(book: &Book, teller: &mut Teller) -> usize {
    teller.tell_book(book);
    let links: Vec<_> = book
        .entries
        .iter()
        .map(|entry| entry.post.external_links())
        .collect();
    let mut answers: BTreeMap<&str, Option<Answer>> = BTreeMap::new();
    for (url, _) in links.iter().flatten() {
        answers.insert(without_fragment(url), None);
    }
    ask_all(&mut answers);
    for (entry, links) in book.entries.iter().zip(&links) {
        let tell = |(url, span): &(String, _)| {
            let answer = answers.get(without_fragment(url))?.as_ref()?;
            diagnose(url, answer).map(|(message, is_error)| {
                let told = match is_error {
                    true => Diagnostic::error("dead-external-link", *span, message),
                    false => Diagnostic::warning("unknown-external-link", *span, message),
                };
                told.help("open it in a browser; change the link, or remove it")
            })
        };
        let told: Vec<Diagnostic> = links.iter().filter_map(tell).collect();
        teller.tell(&entry.post.source, &told);
    }
    answers.len()
}

fn without_fragment(url: &str) -> &str {
    url.split_once('#').map_or(url, |(page, _)| page)
}

/// What an author hears of an answer, and whether it is an error.
fn diagnose(url: &str, answer: &Answer) -> Option<(String, bool)> {
    match answer {
        Answer::Here => None,
        Answer::Closed(code) => Some((
            format!("`{url}` answers {code}: a program may not look"),
            false,
        )),
        Answer::Gone(code) => Some((format!("`{url}` answers {code}"), true)),
        Answer::Silent(why) => Some((format!("`{url}` does not answer: {why}"), true)),
    }
}

fn ask_all(answers: &mut BTreeMap<&str, Option<Answer>>) {
    let waiting = Mutex::new(answers.iter_mut());
    let work = || {
        loop {
            let next = waiting.lock().ok().and_then(|mut waiting| waiting.next());
            let Some((url, answer)) = next else { return };
            *answer = Some(ask(url));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(work);
        }
    });
}

/// Asks for the head of a page, and for the page itself where heads are not given.
fn ask(url: &str) -> Answer {
    match code_of(&["--head", url]) {
        Ok(200..=399) => Answer::Here,
        Ok(_) | Err(_) => match code_of(&[url]) {
            Ok(200..=399) => Answer::Here,
            Ok(code @ (401 | 403 | 429 | 503)) => Answer::Closed(code),
            Ok(code) => Answer::Gone(code),
            Err(why) => Answer::Silent(why),
        },
    }
}

fn code_of(what: &[&str]) -> Result<u16, String> {
    let mut arguments = vec!["--silent", "--show-error", "--location", "--globoff"];
    arguments.extend([
        "--max-time",
        TIME_MAX,
        "--output",
        "/dev/null",
        "--write-out",
        "%{http_code}",
    ]);
    arguments.extend([
        "--proto",
        "=http,https",
        "--user-agent",
        concat!("gieok/", env!("CARGO_PKG_VERSION")),
    ]);
    arguments.extend(what);
    let code = curl(&arguments)?;
    code.trim()
        .parse()
        .map_err(|_| format!("curl says `{}`", code.trim()))
}

/// What curl prints.
///
/// # Errors
/// What it complains of, or that there is no curl.
fn curl(arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("curl").args(arguments).output();
    let output = output.map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let told = String::from_utf8_lossy(&output.stderr);
    Err(told
        .lines()
        .next()
        .unwrap_or("curl failed")
        .trim()
        .to_owned())
}
