//! What a difference between the engine's output and CPython's means.
//!
//! A line says something of Python only if CPython itself prints it every time. So where the two differ, CPython runs the
//! code again: in another process, with other hashes of strings, with its `site` module, which leaves another heap, and with
//! lists of free objects that are empty or full. A line that moves then is none that the engine could be measured by.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::Start;

/// What a difference means, the harmless first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// There is none.
    Same,
    /// CPython prints something else in every run: addresses, the order of a set of strings.
    EveryRun,
    /// CPython prints something else if it starts otherwise: counts and memory of what is there before the code.
    StartUp,
    /// CPython prints the same always, and the engine something else.
    Wrong,
}

impl Class {
    /// All, the harmless first.
    pub const ALL: [Class; 4] = [Class::Same, Class::EveryRun, Class::StartUp, Class::Wrong];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Class::Same => "same",
            Class::EveryRun => "differs every run",
            Class::StartUp => "start-up state",
            Class::Wrong => "engine is wrong",
        }
    }
}

/// A place where the outputs differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it means.
    pub class: Class,
    /// The first line of CPython's output that is not the engine's, from 1.
    pub line: usize,
    /// What CPython prints there.
    pub theirs: Vec<String>,
    /// What the engine prints there.
    pub ours: Vec<String>,
}

/// Where two outputs differ, in order. `again` tells what CPython prints when it starts in a way.
pub fn differences(ours: &str, theirs: &str, again: impl Fn(Start) -> String) -> Vec<Difference> {
    if ours == theirs {
        return Vec::new();
    }
    let (our_lines, their_lines) = (lines(ours), lines(theirs));
    let places = hunks(&their_lines, &our_lines);
    // CPython starts in one more way only as long as there is a place that has not moved.
    let (mut every_run, mut start_up) = (Vec::new(), Vec::new());
    for (start, moved) in STARTS {
        let is_told = |(before, _): &(Range<usize>, Range<usize>)| {
            is_covered(before, &every_run) || is_covered(before, &start_up)
        };
        if places.iter().all(is_told) {
            break;
        }
        let text = again(start);
        let found = hunks(&their_lines, &lines(&text));
        let found = found.into_iter().map(|(before, _)| before);
        match moved {
            Class::EveryRun => every_run.extend(found),
            _ => start_up.extend(found),
        }
    }
    let difference = |(before, after): (Range<usize>, Range<usize>)| {
        let class = match () {
            () if is_covered(&before, &every_run) => Class::EveryRun,
            () if is_covered(&before, &start_up) => Class::StartUp,
            () => Class::Wrong,
        };
        Difference {
            class,
            line: before.start + 1,
            theirs: owned(their_lines.get(before)),
            ours: owned(our_lines.get(after)),
        }
    };
    places.into_iter().map(difference).collect()
}

/// How CPython starts again, and what a line is that moves then.
const STARTS: [(Start, Class); 5] = [
    (Start::Again, Class::EveryRun),
    (Start::OtherHashes, Class::EveryRun),
    (Start::WithSite, Class::StartUp),
    (Start::Drained, Class::StartUp),
    (Start::Full, Class::StartUp),
];

/// Lines with what ends them: that the last one has no end is a difference.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn owned(lines: Option<&[&str]>) -> Vec<String> {
    let lines = lines.unwrap_or_default().iter();
    lines.map(|line| line.trim_end().to_owned()).collect()
}

/// The places where two lists of lines differ. As many lines on both sides are told apart one by one.
fn hunks(before: &[&str], after: &[&str]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut hunks = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, before, after) {
        let (old, new) = (op.old_range(), op.new_range());
        match op {
            DiffOp::Equal { .. } => {}
            DiffOp::Replace { .. } if old.len() == new.len() => {
                let pairs = old.zip(new);
                hunks.extend(pairs.map(|(old, new)| (old..old + 1, new..new + 1)));
            }
            _ => hunks.push((old, new)),
        }
    }
    hunks
}

/// Whether every line of a hunk moved; of one without a line, whether something moved there.
fn is_covered(hunk: &Range<usize>, moved: &[Range<usize>]) -> bool {
    if hunk.is_empty() {
        return moved
            .iter()
            .any(|moved| (moved.start..=moved.end).contains(&hunk.start));
    }
    hunk.clone()
        .all(|line| moved.iter().any(|moved| moved.contains(&line)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The classes and lines of what differs; `again` gives CPython's output by how it starts.
    fn told(ours: &str, theirs: &str, again: [&str; 3]) -> Vec<(Class, usize)> {
        let again = |start| {
            let text = match start {
                Start::Plain => theirs,
                Start::Again => again[0],
                Start::OtherHashes => again[1],
                Start::WithSite => again[2],
                Start::Drained | Start::Full => theirs,
            };
            text.to_owned()
        };
        let differences = differences(ours, theirs, again);
        let told = differences
            .iter()
            .map(|difference| (difference.class, difference.line));
        told.collect()
    }

    #[test]
    fn a_line_that_cpython_always_prints_is_the_engines_mistake() {
        let theirs = "a\n2\nb\n";
        let same = [theirs; 3];
        assert_eq!(told("a\n2\nb\n", theirs, same), []);
        assert_eq!(told("a\n3\nb\n", theirs, same), [(Class::Wrong, 2)]);
        assert_eq!(told("a\n2\nb", theirs, same), [(Class::Wrong, 3)]);
        assert_eq!(told("a\n2\nc\nb\n", theirs, same), [(Class::Wrong, 3)]);
    }

    #[test]
    fn a_line_that_moves_is_none() {
        let theirs = "a\n2\nb\n";
        assert_eq!(
            told("a\n3\nb\n", theirs, [theirs, "a\n4\nb\n", theirs]),
            [(Class::EveryRun, 2)]
        );
        assert_eq!(
            told("a\n3\nc\n", theirs, [theirs, theirs, "a\n4\nb\n"]),
            [(Class::StartUp, 2), (Class::Wrong, 3)]
        );
        // Lines that are there only sometimes.
        assert_eq!(
            told("a\n2\nx\nb\n", theirs, [theirs, theirs, "a\n2\ny\nb\n"]),
            [(Class::StartUp, 3)]
        );
    }
}
