//! Versions in the words of a page: which of them agree, and where a claim is true.

use serde::{Deserialize, Serialize};

use crate::config::Words;
use crate::diagram::svg::escape_content;
use crate::post::{Post, VersionRange};
use crate::verify::difference::{Group, grouped};
use crate::verify::{Found, Report, Verdict, names_versions};

use super::block::shortened;
use super::wording;

/// Versions as a list, those that follow each other as a range: `3.9–3.11, 3.13`. `places` are places in `compared`.
pub fn label(compared: &[String], places: &[usize]) -> String {
    let run = |run: &(usize, usize)| {
        let version = |place: usize| compared.get(place).map_or("", String::as_str);
        let (first, last) = *run;
        match last - first {
            0 => version(first).to_owned(),
            1 => format!("{}, {}", version(first), version(last)),
            _ => format!("{}–{}", version(first), version(last)),
        }
    };
    let runs: Vec<String> = runs(places).iter().map(run).collect();
    runs.join(", ")
}

/// Where something is so: "up to 3.12", "from 3.13", "in 3.11, 3.13".
fn place(words: &Words, compared: &[String], places: &[usize]) -> String {
    let version = |place: usize| compared.get(place).map_or("", String::as_str);
    let last = compared.len().saturating_sub(1);
    match runs(places).as_slice() {
        // One version at either end says nothing of those before or after it.
        [(0, to)] if 0 < *to && *to < last => words.until(version(*to)),
        [(from, to)] if from < to && 0 < *from && *to == last => words.since(version(*from)),
        _ => words.within(&label(compared, places)),
    }
}

/// First and last of the places that follow each other.
fn runs(places: &[usize]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for &place in places {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == place => *last = place,
            _ => runs.push((place, place)),
        }
    }
    runs
}

/// The versions that an author names: "3.12", "up to 3.12", "from 3.13", "3.11–3.13".
pub fn range(words: &Words, range: VersionRange) -> String {
    let version = |(major, minor): (u8, u8)| format!("{major}.{minor}");
    match (range.from.map(version), range.to.map(version)) {
        (Some(from), Some(to)) if from == to => from,
        (Some(from), Some(to)) => format!("{from}–{to}"),
        (Some(from), None) => words.since(&from),
        (None, Some(to)) => words.until(&to),
        (None, None) => String::new(),
    }
}

/// What is true of a claim under which versions: it, or what they give instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    groups: Vec<Group<Option<Found>>>,
    compared: Vec<String>,
}

impl Note {
    /// As HTML.
    pub fn html(&self, words: &Words) -> String {
        /// Stands for the value in what is said of it: a letter that nobody uses.
        const VALUE: &str = "\u{e000}";
        let bold = |value: &str| format!("<b>{}</b>", escape_content(value));
        let said = self.said(words, |found, place| match found {
            Some(found) => {
                escape_content(&words.value_where(VALUE, place)).replace(VALUE, &bold(found))
            }
            None => escape_content(&words.true_where(place)),
        });
        said.join(" · ")
    }

    /// As text.
    pub fn text(&self, words: &Words) -> String {
        let said = self.said(words, |found, place| match found {
            Some(found) => words.value_where(found, place),
            None => words.true_where(place),
        });
        said.join(" · ")
    }

    /// `say` gets the value that versions give, if it is not the one claimed, and which versions these are.
    fn said(&self, words: &Words, say: impl Fn(Option<&str>, &str) -> String) -> Vec<String> {
        let say = |group: &Group<Option<Found>>| {
            let found = group.common.as_ref();
            let found = found.map(|found| shortened(&wording::found(words, found)));
            let place = place(words, &self.compared, &group.versions);
            say(found.as_deref(), &place)
        };
        self.groups.iter().map(say).collect()
    }
}

/// What readers are told of a claim that names no versions and is true of some of those that are compared.
pub fn note(post: &Post, report: &Report, index: usize) -> Option<Note> {
    let claim = post.claims.get(index)?;
    if report.compared.is_empty() || names_versions(post, claim) {
        return None;
    }
    let verdicts = report.matrix.iter().enumerate();
    let said = verdicts.filter_map(|(place, verdicts)| match verdicts.get(index)? {
        Verdict::Holds => Some((place, None)),
        Verdict::Contradicted { found } => Some((place, Some(found.clone()))),
        _ => None,
    });
    let groups = grouped(said);
    (groups.len() > 1).then(|| Note {
        groups,
        compared: report.compared.clone(),
    })
}

/// For each line of a text, whether another of the texts does not have it; nothing where no line is in all of them.
pub fn changed(texts: &[&str], place: usize) -> Vec<bool> {
    let lines = |text: &'_ str| -> Vec<String> { text.lines().map(str::to_owned).collect() };
    let Some(own) = texts.get(place).map(|text| lines(text)) else {
        return Vec::new();
    };
    let mut changed = vec![false; own.len()];
    for (_, other) in texts.iter().enumerate().filter(|(at, _)| *at != place) {
        for (changed, is_common) in changed.iter_mut().zip(common(&own, &lines(other))) {
            *changed |= !is_common;
        }
    }
    if changed.iter().all(|changed| *changed) {
        changed.clear();
    }
    changed
}

/// For each of our lines, whether it is part of the longest sequence that both have.
fn common(own: &[String], other: &[String]) -> Vec<bool> {
    /// Longer texts are compared line by line.
    const CELLS_MAX: usize = 250_000;
    if own.len() * other.len() > CELLS_MAX {
        let same = |(at, line): (usize, &String)| other.get(at) == Some(line);
        return own.iter().enumerate().map(same).collect();
    }
    let width = other.len() + 1;
    // The lengths for what is left of both, from the back.
    let mut lengths = vec![0u32; (own.len() + 1) * width];
    let at = |lengths: &[u32], i: usize, j: usize| lengths.get(i * width + j).copied().unwrap_or(0);
    for (i, line) in own.iter().enumerate().rev() {
        for (j, theirs) in other.iter().enumerate().rev() {
            let length = match line == theirs {
                true => at(&lengths, i + 1, j + 1) + 1,
                false => at(&lengths, i + 1, j).max(at(&lengths, i, j + 1)),
            };
            if let Some(cell) = lengths.get_mut(i * width + j) {
                *cell = length;
            }
        }
    }
    let mut is_common = vec![false; own.len()];
    let (mut i, mut j) = (0, 0);
    while let (Some(line), Some(theirs)) = (own.get(i), other.get(j)) {
        if line == theirs {
            if let Some(place) = is_common.get_mut(i) {
                *place = true;
            }
            (i, j) = (i + 1, j + 1);
        } else if at(&lengths, i + 1, j) >= at(&lengths, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    is_common
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared() -> Vec<String> {
        ["3.9", "3.10", "3.11", "3.12", "3.13"]
            .map(str::to_owned)
            .to_vec()
    }

    #[test]
    fn versions_that_follow_each_other_are_a_range() {
        assert_eq!(label(&compared(), &[0]), "3.9");
        assert_eq!(label(&compared(), &[1, 2]), "3.10, 3.11");
        assert_eq!(label(&compared(), &[0, 1, 2, 4]), "3.9–3.11, 3.13");
    }

    #[test]
    fn places_are_said_as_people_do() {
        let said = |lang: &str, places: &[usize]| place(Words::of(lang), &compared(), places);
        assert_eq!(said("ko", &[0, 1, 2]), "3.11까지");
        assert_eq!(said("en", &[0, 1, 2]), "up to 3.11");
        assert_eq!(said("ko", &[3, 4]), "3.12부터");
        assert_eq!(said("en", &[4]), "in 3.13");
        assert_eq!(said("en", &[1, 2]), "in 3.10, 3.11");
        assert_eq!(said("ko", &[0, 4]), "3.9, 3.13에서");
    }

    #[test]
    fn lines_that_not_all_have_are_changed() {
        let texts = ["a\nb\nc\n", "a\nx\nb\nc\n", "a\nb\nd\n"];
        assert_eq!(changed(&texts, 0), [false, false, true]);
        assert_eq!(changed(&texts, 1), [false, true, false, true]);
        assert_eq!(changed(&texts, 2), [false, false, true]);
        assert!(changed(&["b\n", "a\n"], 1).is_empty());
    }
}
