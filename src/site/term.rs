//! Tags, categories and sections: posts that belong together, with a page that lists them.

use std::collections::{BTreeMap, HashSet};

use super::address::{Address, slug};
use super::edition::Item;
use super::entry::Entry;
use crate::config::Config;

/// A tag, a category or a section in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// As people write it; the first spelling where they differ in case only. A section's path, `notes/gc`.
    pub name: String,
    /// The page that lists its posts.
    pub address: Address,
    /// Its posts, in the order of [`super::Edition::items`]: places there.
    pub items: Vec<usize>,
}

/// What terms are taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taxonomy {
    /// `tags`.
    Tags,
    /// `categories`.
    Categories,
}

impl Taxonomy {
    /// The folder of its pages.
    pub fn folder(self) -> &'static str {
        match self {
            Taxonomy::Tags => "tags",
            Taxonomy::Categories => "categories",
        }
    }

    /// The terms of a post.
    pub fn terms_of(self, entry: &Entry) -> &[String] {
        match self {
            Taxonomy::Tags => &entry.post.front_matter.tags,
            Taxonomy::Categories => &entry.post.front_matter.categories,
        }
    }
}

/// The terms of a language in alphabetical order.
pub fn of(
    taxonomy: Taxonomy,
    items: &[Item],
    entries: &[Entry],
    lang: &str,
    config: &Config,
) -> Vec<Term> {
    let mut found: BTreeMap<String, (String, Vec<usize>)> = BTreeMap::new();
    for (place, item) in items.iter().enumerate() {
        // A fallback's terms are words of the other language.
        let Some(entry) = entries.get(item.entry).filter(|_| !item.is_fallback) else {
            continue;
        };
        for name in taxonomy.terms_of(entry) {
            let (_, places) = found
                .entry(name.to_lowercase())
                .or_insert_with(|| (name.clone(), Vec::new()));
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
    }
    let mut used = HashSet::new();
    let term = |(name, items): (String, Vec<usize>)| {
        // `C` and `C++` have the same letters.
        let slug = slug(&name);
        let free = (1..)
            .map(|number| match number {
                1 => slug.clone(),
                _ => format!("{slug}-{number}"),
            })
            .find(|slug| slug != "index" && !used.contains(slug))
            .unwrap_or(slug);
        used.insert(free.clone());
        let path = format!("{}/{free}.html", taxonomy.folder());
        Term {
            name,
            address: Address::within(lang, config, &path),
            items,
        }
    };
    found.into_values().map(term).collect()
}

/// The folders of a language that hold posts, each with its posts and those of the folders in it.
pub fn sections(items: &[Item], entries: &[Entry], lang: &str, config: &Config) -> Vec<Term> {
    let mut found: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, item) in items.iter().enumerate() {
        let Some(entry) = entries.get(item.entry) else {
            continue;
        };
        let path = entry.path();
        for (at, _) in path.match_indices('/') {
            let folder = path.get(..at).unwrap_or_default();
            found.entry(folder.to_owned()).or_default().push(place);
        }
    }
    let section = |(name, items): (String, Vec<usize>)| Term {
        address: Address::within(lang, config, &format!("{name}/index.html")),
        name,
        items,
    };
    found.into_iter().map(section).collect()
}
