//! Statements compiled one by one, as at a prompt: each is a piece of its own, and what an expression gives is shown.

use std::collections::BTreeSet;

use crate::post::{Block, Claim, ClaimForm, ConsoleUnit as Unit, echo};
use crate::python::compiler::comments::listing;
use crate::python::compiler::tokens::TokenClass;

use super::engine::Code;
use super::results::{BlockResult, Exception, Printed, Raised};

/// What tracebacks call the code that is written at a prompt.
const FILE_NAME: &str = "<stdin>";

/// The top-level statements of a file, each as a piece that is compiled by itself; lines keep their numbers.
pub fn statements(file: &Code) -> Vec<Code> {
    let lines: Vec<&str> = file.text.split_inclusive('\n').collect();
    let mut pieces = Vec::new();
    let mut start = 0;
    while start < lines.len() {
        let end = end_of(&lines, start);
        let statement = lines.get(start..end).unwrap_or_default().concat();
        if !statement.trim().is_empty() {
            let watched = echo(&statement).map(|line| start + line);
            pieces.push(Code {
                text: "\n".repeat(start) + &expression(&statement),
                watched: watched.into_iter().collect(),
                ..file.clone()
            });
        }
        start = end;
    }
    pieces
}

/// The line behind a statement: the first at which what was read is whole, and what follows does not go on with it.
fn end_of(lines: &[&str], start: usize) -> usize {
    const GOES_ON: [&str; 5] = ["else", "elif", "except", "finally", "case"];
    let goes_on = |line: &str| {
        let word = line.split(|c: char| !c.is_alphanumeric()).next();
        line.starts_with([' ', '\t']) || word.is_some_and(|word| GOES_ON.contains(&word))
    };
    let mut text = String::new();
    for (offset, line) in lines.get(start..).unwrap_or_default().iter().enumerate() {
        text.push_str(line);
        let end = start + offset + 1;
        let next = lines.get(end..).unwrap_or_default();
        let next = next.iter().find(|line| !line.trim().is_empty());
        let is_code = text.lines().any(|line| !line.trim_start().is_empty());
        if is_code && !next.is_some_and(|next| goes_on(next)) && listing(&text).errors.is_empty() {
            return end;
        }
    }
    lines.len()
}

/// What a statement shows at a prompt: what it printed, then the value of its expression.
pub fn shown(result: &BlockResult) -> String {
    let mut shown = result.stdout.clone();
    let values = result.values.iter().filter(|value| value.repr != "None");
    for value in values {
        shown.push_str(&value.repr);
        shown.push('\n');
    }
    shown
}

/// The piece of a unit of a block.
pub fn piece(block: &Block, unit: &Unit, claims: &[&Claim]) -> Code {
    let raises = claims
        .iter()
        .any(|claim| claim.form == ClaimForm::Raises && unit.lines.contains(&claim.first_line));
    let text = expression(block.unit_text(unit));
    let lines = 1..=text.lines().count();
    Code {
        file_name: FILE_NAME.to_owned(),
        watched: unit.echo.into_iter().collect(),
        watched_exceptions: match raises {
            true => lines.collect(),
            false => BTreeSet::new(),
        },
        text,
        ..Code::default()
    }
}

/// A statement that is a string and nothing else would be taken for a module's docstring, and show nothing.
fn expression(statement: &str) -> String {
    let mut at = 0;
    for token in listing(statement).tokens {
        let range = token.range();
        let between = statement.get(at..range.start).unwrap_or_default();
        let is_text = matches!(token.class(), TokenClass::String | TokenClass::Comment);
        if !is_text || !between.trim().is_empty() {
            return statement.to_owned();
        }
        at = range.end;
    }
    match statement.get(at..).unwrap_or_default().trim() {
        "" if at > 0 && !statement.starts_with('#') => format!("pass;{statement}"),
        _ => statement.to_owned(),
    }
}

/// Adds what became of a unit to what became of the units before it. An exception ends its unit only; one that the
/// author speaks of is not the block's end.
pub fn add(whole: &mut BlockResult, unit: &Unit, result: BlockResult, is_claimed: bool) {
    let (first, last) = (*unit.lines.start(), *unit.lines.end());
    let at = |line: usize| (first + line.saturating_sub(1)).min(last);
    let mut put = |line: usize, text: &str, stdout: &mut String| {
        let start = stdout.len();
        stdout.push_str(text);
        whole.printed.push(Printed {
            line: Some(line),
            statement: Some(first),
            text: start..stdout.len(),
        });
    };
    let mut stdout = std::mem::take(&mut whole.stdout);
    for printed in &result.printed {
        // A function of an earlier unit has lines of that unit.
        let line = printed.statement.map_or(last, at);
        put(line, result.text_of(printed), &mut stdout);
    }
    for value in result.values.iter().filter(|value| value.repr != "None") {
        put(at(value.line), &format!("{}\n", value.repr), &mut stdout);
    }
    // A traceback stands where the statement does; a warning is nothing that the statement shows.
    match result.exception {
        Some(_) => put(last, &result.stderr, &mut stdout),
        None => whole.stderr.push_str(&result.stderr),
    }
    whole.stdout = stdout;
    whole
        .raised
        .extend(result.raised.into_iter().map(|raised| Raised {
            line: first,
            ..raised
        }));
    let exception = result.exception.map(|exception| Exception {
        line: Some(first),
        ..exception
    });
    let is_first = whole.exception.is_none();
    if exception.is_some() && is_first && !is_claimed {
        whole.exception = exception;
    }
    whole.exit_code = whole.exit_code.max(match whole.exception {
        Some(_) => 1,
        None => 0,
    });
    whole.steps += result.steps;
    whole.by_chance |= result.by_chance;
    whole.audit.extend(result.audit);
    whole.limit = whole.limit.take().or(result.limit);
    whole.lines_run.get_or_insert_default().extend(first..=last);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_taken_apart_by_statements() {
        let code = Code {
            text: "import sys\n\nif sys:\n    x = 1\n\n    y = 2\nelse:\n    pass\n# note\n@staticmethod\ndef f():\n    pass\nz = (\n1)\nz\n'''a\n\nb'''\n".to_owned(),
            ..Code::default()
        };
        let pieces = statements(&code);
        let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.trim()).collect();
        assert_eq!(
            texts,
            [
                "import sys",
                "if sys:\n    x = 1\n\n    y = 2\nelse:\n    pass",
                "# note",
                "@staticmethod\ndef f():\n    pass",
                "z = (\n1)",
                "z",
                "pass;'''a\n\nb'''",
            ]
        );
        let watched: Vec<_> = pieces.iter().flat_map(|piece| &piece.watched).collect();
        assert_eq!(watched, [&15, &16]);
    }
}
