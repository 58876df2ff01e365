//! Series: posts that are read in order.

use std::collections::BTreeMap;

use super::address::{Address, slug};
use super::edition::Item;
use super::entry::Entry;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, closest};

/// A series in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// What posts and `book.toml` call it.
    pub key: String,
    /// The page that lists its parts.
    pub address: Address,
    /// The parts in order: places in [`super::Edition::items`].
    pub parts: Vec<usize>,
}

/// The series of a language in the order of `book.toml`, then of their keys. Parts are ordered by their number, then by date and path.
pub fn of(items: &[Item], entries: &[Entry], lang: &str, config: &Config) -> Vec<Series> {
    let mut found: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, item) in items.iter().enumerate() {
        if let Some(key) = entries
            .get(item.entry)
            .and_then(|entry| entry.post.front_matter.series.as_deref())
        {
            found.entry(key).or_default().push(place);
        }
    }
    let order = |place: &usize| {
        let entry = items.get(*place).and_then(|item| entries.get(item.entry));
        entry.map(|entry| {
            (
                entry.post.front_matter.part.unwrap_or(u32::MAX),
                entry.day().map(str::to_owned),
                entry.path(),
            )
        })
    };
    let series = |(key, mut parts): (&str, Vec<usize>)| {
        parts.sort_by_key(order);
        Series {
            key: key.to_owned(),
            address: Address::within(lang, config, &format!("series/{}.html", slug(key))),
            parts,
        }
    };
    let mut all: Vec<Series> = found.into_iter().map(series).collect();
    let place = |series: &Series| config.series.get(&series.key).map(|names| names.place);
    all.sort_by_key(|series| place(series).unwrap_or(usize::MAX));
    all
}

/// What is wrong with the series of a book, with the place of the entry it is wrong with. Fallbacks are not looked at:
/// their originals are.
pub fn diagnose(entries: &[Entry], config: &Config) -> Vec<(usize, Diagnostic)> {
    let mut diagnostics = Vec::new();
    let mut parts: BTreeMap<(&str, &str), BTreeMap<u32, usize>> = BTreeMap::new();
    let mut loose: Vec<usize> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let front_matter = &entry.post.front_matter;
        let place = |key: &str| front_matter.place_of(&entry.post.source, key);
        match (&front_matter.series, front_matter.part) {
            (None, Some(_)) => {
                let lonely = "this post has a `part` and no `series`";
                let told = Diagnostic::error("series", place("part"), lonely);
                diagnostics.push((index, told.help("name the series: `series: name`")));
            }
            (Some(_), None) => loose.push(index),
            (Some(series), Some(part)) => {
                let taken = parts.entry((&entry.lang, series)).or_default();
                let Some(first) = taken.get(&part) else {
                    taken.insert(part, index);
                    continue;
                };
                let other = entries.get(*first).map(|first| first.post.source.path());
                let twice = format!(
                    "part {part} of the series `{series}` is also {}",
                    other.unwrap_or(entry.post.source.path()).display()
                );
                let free = (1..).find(|number| !taken.contains_key(number));
                diagnostics.push((
                    index,
                    Diagnostic::error("series", place("part"), twice).help(format!(
                        "give one of them another number; {} is free",
                        free.unwrap_or(1)
                    )),
                ));
            }
            (None, None) => {}
        }
        if let Some(series) = &front_matter.series
            && !config.series.is_empty()
            && !config.series.contains_key(series)
        {
            let near = closest(series, config.series.keys().map(String::as_str));
            let help = near.map_or_else(
                || format!("give it a name in book.toml: `[series.{series}.title]`"),
                |near| format!("did you mean `{near}`?"),
            );
            let unknown = format!("book.toml knows no series `{series}`");
            diagnostics.push((
                index,
                Diagnostic::warning("series", place("series"), unknown).help(help),
            ));
        }
    }
    for index in loose {
        let Some(entry) = entries.get(index) else {
            continue;
        };
        let front_matter = &entry.post.front_matter;
        let series = front_matter.series.as_deref().unwrap_or_default();
        if let Some(taken) = parts.get(&(entry.lang.as_str(), series)) {
            let next = taken.keys().max().copied().unwrap_or(0) + 1;
            let place = front_matter.place_of(&entry.post.source, "series");
            let told = "other posts of this series have a `part`, this one has none";
            diagnostics.push((
                index,
                Diagnostic::error("series", place, told).help(format!("write `part: {next}`")),
            ));
        }
    }
    for ((_, series), taken) in &parts {
        let Some((last, index)) = taken.iter().next_back() else {
            continue;
        };
        if let (Some(missing), Some(entry)) = (
            (1..*last).find(|part| !taken.contains_key(part)),
            entries.get(*index),
        ) {
            let place = entry.post.front_matter.place_of(&entry.post.source, "part");
            let told = format!("the series `{series}` has a part {last} and no part {missing}");
            diagnostics.push((
                *index,
                Diagnostic::warning("series", place, told).help(format!(
                    "write part {missing}, or give this post that number"
                )),
            ));
        }
    }
    diagnostics
}
