//! What running found, in the words of a page. The terminal's wording, for authors, is with the findings themselves.

use crate::config::Words;
use crate::run::{BlockResult, Limit};
use crate::verify::{Found, Unclear};

/// What stands beside a claim that is wrong.
pub fn found(words: &Words, found: &Found) -> String {
    match found {
        Found::Value(text) => text.clone(),
        Found::Raised(name) => format!("{}: {name}", words.raised),
        Found::NoException => words.no_exception.clone(),
        Found::NoLine => words.no_line.clone(),
        Found::MoreLines(text, count) => format!("{text} ({})", words.more_lines(*count)),
    }
}

/// Why a claim is not judged.
pub fn unclear(words: &Words, reason: Unclear) -> &str {
    match reason {
        Unclear::NotRun => &words.unclear_not_run,
        Unclear::NoValue => &words.unclear_no_value,
        Unclear::NothingPrinted => &words.unclear_nothing_printed,
        Unclear::NotSeen => &words.unclear_not_seen,
        Unclear::OnlyNone => &words.unclear_only_none,
        Unclear::SeveralValues => &words.unclear_several_values,
        Unclear::SeveralTimes => &words.unclear_several_times,
    }
}

/// How a block ended that was not let run on; `None` for one that was.
pub fn stopped(words: &Words, result: &BlockResult) -> Option<String> {
    let why = match result.stopped_by()? {
        Limit::Steps | Limit::Time => &words.stopped_time,
        Limit::Memory => &words.stopped_memory,
        Limit::Output => &words.stopped_output,
        // The engine's own mistake: the author is told in the terminal.
        Limit::Unknown => return Some(words.stopped.clone()),
    };
    Some(format!("{}: {why}", words.stopped))
}
