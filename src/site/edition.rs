//! An edition: everything of a site in one language.

use std::collections::BTreeMap;

use super::address::Address;
use super::entry::Entry;
use super::series::{self, Series};
use super::term::{self, Taxonomy, Term};
use crate::config::Config;

/// The same post in several languages: by path below the language's folder, by language, its place in the entries.
pub type Pairs = BTreeMap<String, BTreeMap<String, usize>>;

/// A post in an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The post: its place in the book's entries.
    pub entry: usize,
    /// Where its page stands.
    pub address: Address,
    /// It is not written in this language: readers get the original, with a notice.
    pub is_fallback: bool,
}

/// A language's site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// The language: `ko`, `en`.
    pub lang: String,
    /// Its posts, the newest first; those without a date come last, in the order of their paths.
    pub items: Vec<Item>,
    /// The place of each post in `items`, by its path below its language's folder.
    pub places: BTreeMap<String, usize>,
    /// Its series.
    pub series: Vec<Series>,
    /// Its folders.
    pub sections: Vec<Term>,
    /// Its categories.
    pub categories: Vec<Term>,
    /// Its tags.
    pub tags: Vec<Term>,
}

impl Edition {
    /// The edition of a language. `pairs` are the posts to be shown, by their path, of every language.
    pub fn of(lang: &str, pairs: &Pairs, entries: &[Entry], config: &Config) -> Edition {
        let mut items: Vec<(Option<&str>, &str, Item)> = Vec::new();
        for (path, languages) in pairs {
            // Without a translation the default language's stands in, else the first.
            let found = languages
                .get(lang)
                .or_else(|| languages.get(&config.default_language))
                .or_else(|| languages.values().next());
            let Some((&index, entry)) = found.and_then(|index| Some((index, entries.get(*index)?)))
            else {
                continue;
            };
            let is_fallback = entry.lang != lang;
            let address = if is_fallback {
                Address::of(&entry.post.front_matter, path, lang, config)
            } else {
                entry.address.clone()
            };
            let item = Item {
                entry: index,
                address,
                is_fallback,
            };
            items.push((entry.day(), path, item));
        }
        items.sort_by(|left, right| right.0.cmp(&left.0).then_with(|| left.1.cmp(right.1)));
        let places = items
            .iter()
            .enumerate()
            .map(|(place, (_, path, _))| ((*path).to_owned(), place))
            .collect();
        let items: Vec<Item> = items.into_iter().map(|(_, _, item)| item).collect();
        Edition {
            lang: lang.to_owned(),
            series: series::of(&items, entries, lang, config),
            sections: term::sections(&items, entries, lang, config),
            categories: term::of(Taxonomy::Categories, &items, entries, lang, config),
            tags: term::of(Taxonomy::Tags, &items, entries, lang, config),
            places,
            items,
        }
    }

    /// The post at a path below its language's folder.
    pub fn item_at(&self, path: &str) -> Option<&Item> {
        self.items.get(*self.places.get(path)?)
    }

    /// The terms of a taxonomy.
    pub fn terms(&self, taxonomy: Taxonomy) -> &[Term] {
        match taxonomy {
            Taxonomy::Tags => &self.tags,
            Taxonomy::Categories => &self.categories,
        }
    }

    /// The series that a post is part of, and its place in [`Series::parts`].
    pub fn series_of(&self, item: usize) -> Option<(&Series, usize)> {
        self.series.iter().find_map(|series| {
            let place = series.parts.iter().position(|part| *part == item)?;
            Some((series, place))
        })
    }

    /// What a reader reads before and after a post: the parts beside it in its series, else the posts of the days
    /// before and after that are in no series either.
    pub fn neighbours(&self, item: usize) -> (Option<usize>, Option<usize>) {
        if let Some((series, place)) = self.series_of(item) {
            let at =
                |place: Option<usize>| place.and_then(|place| series.parts.get(place).copied());
            return (at(place.checked_sub(1)), at(Some(place + 1)));
        }
        let is_free = |other: &usize| self.series_of(*other).is_none();
        // The newest stands first: the older one is read before.
        let older = (item + 1..self.items.len()).find(is_free);
        let newer = (0..item).rev().find(is_free);
        (older, newer)
    }
}
