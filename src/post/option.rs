//! Options of a block: `<!-- py: id=cycle raises=TypeError -->` above the fence, or the same words in its info string.

use std::ops::RangeInclusive;

use crate::diagnostic::{Diagnostic, Severity, closest};
use crate::source::Span;

use super::block::{Block, Parts};
use super::claim::VersionRange;

/// Every option there is.
const NAMES: [&str; 14] = [
    "fold", "fresh", "from", "hl", "id", "limit", "parse", "py", "raises", "runner", "session",
    "show", "skip", "unstable",
];

/// Those that are about the look of code in any language.
const FOR_ANY_CODE: [&str; 3] = ["fold", "hl", "id"];

/// One word of an option text: a name, and a value if `=` follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The name.
    pub name: String,
    /// The value without its quotes.
    pub value: Option<String>,
    /// The place of the whole word in the source.
    pub span: Span,
}

/// Takes an option text apart. `start` is where it stands in the source.
///
/// Words are separated by spaces or commas; a value with spaces stands in quotes. A comma before a digit belongs to the
/// word: `hl=2,4-6`.
pub fn words(text: &str, start: usize) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let skipped = rest.len()
            - rest
                .trim_start_matches(|c: char| c.is_whitespace() || c == ',')
                .len();
        if skipped > 0 {
            at += skipped;
            continue;
        }
        let length = word_length(rest);
        let word = rest.get(..length).unwrap_or(rest);
        let (name, value) = word.split_once('=').map_or((word, None), |(name, value)| {
            (name, Some(unquote(value).to_owned()))
        });
        words.push(Word {
            name: name.trim().to_owned(),
            value,
            span: Span::new(start + at, start + at + length),
        });
        at += length;
    }
    words
}

/// Up to the next separator that stands outside quotes; at least one byte.
fn word_length(text: &str) -> usize {
    let mut quote = None;
    for (at, character) in text.char_indices() {
        match quote {
            Some(open) if character == open => quote = None,
            Some(_) => {}
            None if matches!(character, '"' | '\'') => quote = Some(character),
            None if character == ',' => {
                let next = text.get(at + 1..).and_then(|rest| rest.chars().next());
                if !next.is_some_and(|next| next.is_ascii_digit()) {
                    return at.max(1);
                }
            }
            None if character.is_whitespace() => return at.max(1),
            None => {}
        }
    }
    text.len()
}

fn unquote(value: &str) -> &str {
    let inside = |quote| {
        value
            .strip_prefix(quote)
            .map(|value| value.strip_suffix(quote).unwrap_or(value))
    };
    inside('"').or_else(|| inside('\'')).unwrap_or(value)
}

/// The words that are about the look of code in any language.
pub fn for_any_code(words: Vec<Word>) -> Vec<Word> {
    let known = |word: &Word| FOR_ANY_CODE.contains(&word.name.as_str()) || is_lines(word);
    words.into_iter().filter(known).collect()
}

/// `{2,4-6}` in an info string, as other tools write it.
fn is_lines(word: &Word) -> bool {
    word.value.is_none() && lines(braced(&word.name)).is_some()
}

/// Sets the options of a block from words. A word we do not know is an error in a comment of ours; in an info string
/// it may be meant for another tool, so it is a warning there.
pub fn apply(
    block: &mut Block,
    words: &[Word],
    unknown: Severity,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for word in words {
        if let Err(diagnostic) = apply_word(block, word, unknown) {
            diagnostics.push(diagnostic);
        }
    }
}

fn apply_word(block: &mut Block, word: &Word, unknown: Severity) -> Result<(), Diagnostic> {
    let value = || match &word.value {
        Some(value) if !value.trim().is_empty() => Ok(value.trim().to_owned()),
        _ => Err(wrong(word, format!("option `{}` needs a value", word.name))
            .help(format!("write `{}=…`", word.name))),
    };
    let flag = || match &word.value {
        None => Ok(true),
        Some(_) => Err(wrong(
            word,
            format!("option `{}` takes no value", word.name),
        )),
    };
    match word.name.as_str() {
        "id" => block.id = identifier(word, value()?)?,
        "session" => block.session = Some(identifier(word, value()?)?),
        "from" => block.from = Some(value()?),
        "raises" => block.raises = Some(value()?),
        "skip" => {
            block.skip =
                Some(value().map_err(|error| {
                    error.help("say why it is not run: `skip=\"needs a network\"`")
                })?)
        }
        "limit" => {
            block.step_limit = Some(steps(&value()?).ok_or_else(|| {
                wrong(word, "`limit` is a number of steps")
                    .help("write `limit=50000` or `limit=50k`")
            })?)
        }
        "hl" => block.highlighted = highlighted(block, word, &value()?)?,
        name if is_lines(word) => block.highlighted = highlighted(block, word, braced(name))?,
        "py" => block.versions = Some(versions(word, &value()?)?),
        "show" => block.show = parts(word, &value()?)?,
        "fold" => block.fold = Some(word.value.clone().unwrap_or_default()),
        "runner" => block.on_cpython = runner(word, &value()?)?,
        "fresh" => block.fresh = flag()?,
        "parse" => block.parse_only = flag()?,
        "unstable" => block.unstable = flag()?,
        name => {
            let suggestion = closest(name, NAMES).map(|near| format!("did you mean `{near}`?"));
            let all = format!(
                "the options are {}",
                NAMES.map(|name| format!("`{name}`")).join(", ")
            );
            let message = format!("there is no option `{name}`");
            return Err(
                Diagnostic::new(unknown, "unknown-option", word.span, message)
                    .help(suggestion.unwrap_or(all)),
            );
        }
    }
    Ok(())
}

fn wrong(word: &Word, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("option-value", word.span, message)
}

/// Names become parts of addresses and file names.
fn identifier(word: &Word, value: String) -> Result<String, Diagnostic> {
    let is_name = value
        .chars()
        .all(|character| character.is_alphanumeric() || matches!(character, '-' | '_'));
    if is_name {
        return Ok(value);
    }
    Err(wrong(word, format!("`{value}` cannot be a name")).help("use letters, digits, `-` and `_`"))
}

fn braced(text: &str) -> &str {
    text.trim_matches(['{', '}'])
}

/// The lines of `2,4-6`; `None` if it is something else.
fn lines(text: &str) -> Option<Vec<RangeInclusive<usize>>> {
    let range = |part: &str| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        (0 < first && first <= last).then_some(first..=last)
    };
    text.split(',').map(range).collect()
}

fn highlighted(
    block: &Block,
    word: &Word,
    value: &str,
) -> Result<Vec<RangeInclusive<usize>>, Diagnostic> {
    let lines = lines(value).ok_or_else(|| {
        wrong(word, format!("`{value}` names no lines"))
            .help("write their numbers, counted in the block: `hl=2,4-6`")
    })?;
    let count = block.lines.len();
    match lines.iter().find(|range| *range.end() > count) {
        Some(range) => Err(
            wrong(word, format!("the block has no line {}", range.end()))
                .help(format!("its last line is {count}")),
        ),
        None => Ok(lines),
    }
}

/// The versions that a block belongs to.
fn versions(word: &Word, value: &str) -> Result<VersionRange, Diagnostic> {
    VersionRange::parse(value).ok_or_else(|| {
        wrong(word, format!("`{value}` is no range of Python versions"))
            .help("write `py=3.12`, `py=..3.12`, `py=3.11..3.13` or `py=3.13..`")
    })
}

/// Whether a block runs on an installed CPython.
fn runner(word: &Word, value: &str) -> Result<bool, Diagnostic> {
    match value {
        "cpython" => Ok(true),
        _ => Err(wrong(word, format!("there is no runner `{value}`")).help(
            "`runner=cpython` runs the block on an installed CPython; without it the engine does",
        )),
    }
}

fn steps(text: &str) -> Option<u64> {
    let lower = text.replace('_', "").to_lowercase();
    let (digits, factor) = match lower.strip_suffix('k') {
        Some(digits) => (digits, 1_000),
        None => lower
            .strip_suffix('m')
            .map_or((lower.as_str(), 1), |digits| (digits, 1_000_000)),
    };
    digits.parse::<u64>().ok()?.checked_mul(factor)
}

fn parts(word: &Word, value: &str) -> Result<Parts, Diagnostic> {
    const KNOWN: [(&str, Parts); 4] = [
        ("both", Parts::Both),
        ("source", Parts::Source),
        ("result", Parts::Result),
        ("none", Parts::None),
    ];
    KNOWN
        .iter()
        .find(|(name, _)| *name == value)
        .map(|(_, parts)| *parts)
        .ok_or_else(|| {
            let near = closest(value, KNOWN.map(|(name, _)| name))
                .map(|near| format!("did you mean `{near}`?"));
            wrong(word, format!("`show` cannot be `{value}`"))
                .help(near.unwrap_or("it is `both`, `source`, `result` or `none`".to_owned()))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_quoted_spaces_and_their_places() {
        let words = words(" id=a  skip=\"needs, a net\" parse", 10);
        let seen: Vec<_> = words
            .iter()
            .map(|word| (word.name.as_str(), word.value.as_deref(), word.span.start))
            .collect();
        assert_eq!(
            seen,
            [
                ("id", Some("a"), 11),
                ("skip", Some("needs, a net"), 17),
                ("parse", None, 37)
            ]
        );
        assert_eq!(super::words("\"", 0).len(), 1);
        assert_eq!(super::words("=,=가", 0).len(), 2);
    }

    #[test]
    fn lines_are_numbers_and_ranges() {
        let words = words("hl=2,4-6, id=a {1,3}", 0);
        let seen: Vec<_> = words
            .iter()
            .map(|word| (word.name.as_str(), word.value.as_deref()))
            .collect();
        assert_eq!(
            seen,
            [("hl", Some("2,4-6")), ("id", Some("a")), ("{1,3}", None)]
        );
        assert_eq!(lines("2,4-6"), Some(vec![2..=2, 4..=6]));
        for no in ["", "0", "a", "3-2", "1,", "1-"] {
            assert_eq!(lines(no), None, "{no}");
        }
    }

    #[test]
    fn steps_may_be_short() {
        assert_eq!(
            (steps("50k"), steps("2M"), steps("1_000"), steps("x")),
            (Some(50_000), Some(2_000_000), Some(1_000), None)
        );
    }
}
