//! Where versions differ: which of them agree on a block, and on what its lines do.

use serde::{Deserialize, Serialize};

use std::collections::BTreeSet;

use crate::run::{BlockResult, Results};

use super::snapshot::{self, without_addresses};

/// Versions that agree on something, by their places in the list of results; and what they agree on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group<T> {
    /// Their places, in order.
    pub versions: Vec<usize>,
    /// What they have in common.
    pub common: T,
}

/// Puts together what is equal, in the order in which it comes first.
pub fn grouped<T: PartialEq>(items: impl IntoIterator<Item = (usize, T)>) -> Vec<Group<T>> {
    let mut groups: Vec<Group<T>> = Vec::new();
    for (place, item) in items {
        match groups.iter_mut().find(|group| group.common == item) {
            Some(group) => group.versions.push(place),
            None => groups.push(Group {
                versions: vec![place],
                common: item,
            }),
        }
    }
    groups
}

/// The versions that agree on what a block did, with the text of it. A block that did not run under a version is in
/// none of the groups. Where objects lie is no difference.
pub fn groups(runs: &[Results], block: usize) -> Vec<Group<String>> {
    let ran = runs.iter().enumerate();
    let texts = ran.filter_map(|(place, results)| Some((place, whole(results.of(block)?))));
    grouped(texts)
}

/// The whole of what a block did, as a text in which addresses are left out.
pub fn whole(result: &BlockResult) -> String {
    without_identities(&snapshot::text(result))
}

/// A text without the numbers that `id` gives: an object's address, in decimal digits.
fn without_identities(text: &str) -> String {
    // Where 64-bit Linux maps memory: from 0x7e00_0000_0000 to 0x8000_0000_0000.
    const ADDRESSES: std::ops::Range<u64> = 138_538_465_099_776..140_737_488_355_328;
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let end = from
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(from.len());
        let (digits, after) = from.split_at(end);
        let is_address = digits
            .parse()
            .is_ok_and(|number| ADDRESSES.contains(&number));
        kept.push_str(before);
        kept.push_str(if is_address { "…" } else { digits });
        rest = after;
    }
    kept.push_str(rest);
    kept
}

fn comparable(text: &str) -> String {
    without_identities(&without_addresses(text))
}

/// A place of a block where versions differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The line of the block, from 1; `None` for what happened when the interpreter ended.
    pub line: Option<usize>,
    /// What happened there, by the versions that agree: lines that all print are left out. Empty where nothing did.
    pub groups: Vec<Group<String>>,
}

/// Where versions differ in what a block did, in the order of its lines.
pub fn differences(runs: &[Results], block: usize) -> Vec<Difference> {
    let ran = runs.iter().enumerate();
    let ran: Vec<(usize, &BlockResult)> = ran
        .filter_map(|(place, results)| Some((place, results.of(block)?)))
        .collect();
    let lines: BTreeSet<Option<usize>> = ran
        .iter()
        .flat_map(|(_, result)| lines_of(result))
        .collect();
    // What has no line comes last.
    let (ends, lines): (Vec<_>, Vec<_>) = lines.into_iter().partition(Option::is_none);
    let at = |line: Option<usize>| {
        [did, valued]
            .into_iter()
            .find_map(|said: fn(&BlockResult, Option<usize>) -> String| {
                let said = ran
                    .iter()
                    .map(|(place, result)| (*place, said(result, line)));
                let mut groups = grouped(said);
                if groups.len() < 2 {
                    return None;
                }
                trim(&mut groups);
                Some(Difference { line, groups })
            })
    };
    lines.into_iter().chain(ends).filter_map(at).collect()
}

/// The lines at which a result has something to tell.
fn lines_of(result: &BlockResult) -> impl Iterator<Item = Option<usize>> {
    let printed = result.printed.iter().map(|printed| printed.line);
    let values = result.values.iter().map(|value| Some(value.line));
    printed.chain(values).chain([end_of(result)])
}

/// The line at which a result ended.
fn end_of(result: &BlockResult) -> Option<usize> {
    result.exception.as_ref()?.line
}

/// What a line printed, and how it ended the block if it did.
fn did(result: &BlockResult, line: Option<usize>) -> String {
    let (mut printed, ended) = (printed(result, line), ended(result, line));
    if !printed.is_empty() && !printed.ends_with('\n') && !ended.is_empty() {
        printed.push('\n');
    }
    printed + &ended
}

/// What a line printed.
fn printed(result: &BlockResult, line: Option<usize>) -> String {
    let of_line = result.printed.iter().filter(|printed| printed.line == line);
    let text: String = of_line.map(|printed| result.text_of(printed)).collect();
    comparable(&text)
}

/// What an expression at a line gave.
fn valued(result: &BlockResult, line: Option<usize>) -> String {
    let of_line = result
        .values
        .iter()
        .filter(|value| Some(value.line) == line);
    let values: Vec<&str> = of_line.map(|value| value.repr.as_str()).collect();
    comparable(&values.join("\n"))
}

/// How it ended, if it ended at this line.
fn ended(result: &BlockResult, line: Option<usize>) -> String {
    if end_of(result) != line {
        return String::new();
    }
    let mut told = Vec::new();
    match &result.exception {
        Some(exception) if exception.message.is_empty() => told.push(exception.type_name.clone()),
        Some(exception) => told.push(format!("{}: {}", exception.type_name, exception.message)),
        None => told.push(result.stderr.trim_end().to_owned()),
    }
    told.extend(result.limit.clone());
    if result.exit_code > 1 {
        told.push(format!("exit {}", result.exit_code));
    }
    told.retain(|text| !text.is_empty());
    comparable(&told.join("\n"))
}

/// Leaves out the lines at the beginning and at the end that all groups have.
fn trim(groups: &mut [Group<String>]) {
    let texts: Vec<Vec<&str>> = groups
        .iter()
        .map(|group| group.common.lines().collect())
        .collect();
    let shortest = texts.iter().map(Vec::len).min().unwrap_or(0);
    let is_common = |at: &dyn Fn(&[&str]) -> Option<String>| {
        let mut all = texts.iter().map(|lines| at(lines));
        let first = all.next();
        all.all(|line| Some(line) == first)
    };
    let from_start = |count: usize| is_common(&|lines| lines.get(count).map(|it| (*it).to_owned()));
    let before = (0..shortest).take_while(|count| from_start(*count)).count();
    let from_end = |count: usize| {
        is_common(&|lines| {
            let at = lines.len().checked_sub(count + 1)?;
            lines.get(at).map(|it| (*it).to_owned())
        })
    };
    let after = (0..shortest - before)
        .take_while(|count| from_end(*count))
        .count();
    let kept: Vec<String> = texts
        .iter()
        .map(|lines| {
            let kept = lines.get(before..lines.len() - after);
            kept.unwrap_or_default().join("\n")
        })
        .collect();
    for (group, kept) in groups.iter_mut().zip(kept) {
        group.common = kept;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::{Printed, Value};

    fn run(version: &str, lines: &[(usize, &str)], values: &[(usize, &str)]) -> Results {
        let mut result = BlockResult::default();
        for (line, text) in lines {
            let start = result.stdout.len();
            result.stdout.push_str(text);
            result.printed.push(Printed {
                line: Some(*line),
                statement: Some(*line),
                text: start..result.stdout.len(),
            });
        }
        let value = |(line, repr): &(usize, &str)| Value {
            line: *line,
            repr: (*repr).to_owned(),
        };
        result.values = values.iter().map(value).collect();
        Results {
            version: version.to_owned(),
            blocks: vec![Some(result)],
            ..Results::default()
        }
    }

    fn told(runs: &[Results]) -> Vec<String> {
        let line = |difference: Difference| {
            let groups = difference.groups.iter().map(|group| {
                let versions: Vec<&str> = group
                    .versions
                    .iter()
                    .map(|place| runs[*place].version.as_str())
                    .collect();
                format!("{} {:?}", versions.join(","), group.common)
            });
            let groups: Vec<String> = groups.collect();
            format!("{:?}: {}", difference.line, groups.join(" | "))
        };
        differences(runs, 0).into_iter().map(line).collect()
    }

    #[test]
    fn versions_that_agree_are_together() {
        let runs = [
            run("3.12", &[(1, "a\n"), (2, "40\n")], &[(3, "1")]),
            run("3.13", &[(1, "a\n"), (2, "40\n")], &[(3, "2")]),
            run("3.14", &[(1, "a\n"), (2, "48\n")], &[(3, "1")]),
        ];
        assert_eq!(
            told(&runs),
            [
                r#"Some(2): 3.12,3.13 "40" | 3.14 "48""#,
                r#"Some(3): 3.12,3.14 "1" | 3.13 "2""#,
            ]
        );
    }

    #[test]
    fn what_all_print_is_left_out() {
        let runs = [
            run("3.12", &[(1, "a\n"), (1, "b\n"), (1, "c\n")], &[]),
            run("3.13", &[(1, "a\n"), (1, "c\n")], &[]),
        ];
        assert_eq!(told(&runs), [r#"Some(1): 3.12 "b" | 3.13 """#]);
    }

    #[test]
    fn addresses_are_no_difference() {
        let runs = [
            run(
                "3.12",
                &[(1, "<A at 0x7f0000000010> 139639049950016\n")],
                &[],
            ),
            run(
                "3.13",
                &[(1, "<A at 0x7f0000000020> 139639049950464\n")],
                &[],
            ),
        ];
        assert_eq!(told(&runs), Vec::<String>::new());
        assert_eq!(groups(&runs, 0).len(), 1);
    }
}
