//! The site: what its pages are, how they lie together, and what a reader sees.
//!
//! ```text
//! entries ─▶ Site (editions, series, terms, pairs) ─▶ Printer ─▶ pages
//!                                                        │
//!                        Theme (templates, assets) ──────┘
//! ```
//!
//! A [`Site`] is known before any page is rendered. A page is one HTML file that is complete without script and asks
//! nobody else for anything: code in colour, results under their blocks, verdicts by their claims, diagrams as inline SVG.

mod accent;
mod address;
pub mod assets;
mod block;
mod body;
pub mod card;
mod changes;
mod code;
pub mod drift;
mod edition;
mod entry;
mod eojeol;
pub mod feed;
pub mod font;
mod footnote;
mod galley;
pub mod highlight;
pub mod keep;
mod kept;
mod links;
mod page;
mod pair;
mod reading;
mod redirect;
pub mod search;
mod series;
mod sink;
pub mod sitemap;
mod slot;
mod templates;
mod term;
mod theme;
mod version;
mod wording;

pub use address::{Address, relative};
pub use assets::{Asset, Assets};
pub use edition::{Edition, Item, Pairs};
pub use entry::{Checked, Entry};
pub use galley::{Galley, Judged, Text, Texts};
pub use page::{Evidence, Html, Job, Keep, Kind, Page, Printer, Tally};
pub use redirect::Redirect;
pub use series::Series;
pub use sink::Sink;
pub use term::{Taxonomy, Term};
pub use theme::Theme;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::config::{Config, Permalink};
use crate::diagnostic::{Diagnostic, closest};
use crate::post::Passage;
use crate::source::Span;
use drift::{Lock, Standing};

/// A file that goes into the site as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaticFile {
    /// What links call it: its path below `content/`, or from the site's root.
    pub page: String,
    /// Where it lies.
    pub path: PathBuf,
    /// Where it stands in the site.
    pub address: Address,
}

/// Everything that is known of a site before its pages are rendered.
#[derive(Debug)]
pub struct Site<'a> {
    /// The book's settings.
    pub config: &'a Config,
    /// The posts, also those that are not shown.
    pub entries: &'a [Entry],
    /// Files that are no posts.
    pub files: &'a [StaticFile],
    /// Which of the entries are shown.
    pub pairs: Pairs,
    /// A site for each language, the default language's first.
    pub editions: Vec<Edition>,
    /// Old addresses.
    pub redirects: Vec<Redirect>,
    /// What is wrong between posts, by their place in `entries`.
    pub diagnostics: Vec<Vec<Diagnostic>>,
    /// How translations stand to their originals, by their place in `entries`; `None` for what is no translation.
    pub standings: Vec<Option<Standing>>,
    /// One post and no book around it: it has no home page and no lists.
    pub is_lone: bool,
}

/// The posts of a site with their texts, for what a site asks of few of them. Numbers are places in [`Site::entries`].
pub trait Posts {
    /// A post with its text; `None` if that can no longer be read.
    fn whole(&self, entry: usize) -> Option<Cow<'_, Entry>>;

    /// The passages of a post.
    fn passages(&self, entry: usize) -> Vec<Passage> {
        self.whole(entry)
            .map(|entry| entry.post.passages())
            .unwrap_or_default()
    }

    /// Says whether two posts are known to have the same code, but for comments and strings.
    fn have_same_code(&self, _one: usize, _other: usize) -> bool {
        false
    }
}

impl Posts for [Entry] {
    fn whole(&self, entry: usize) -> Option<Cow<'_, Entry>> {
        self.get(entry).map(Cow::Borrowed)
    }
}

impl<'a> Site<'a> {
    /// The site of some posts, which are whole. `drafts`: those that are not published are shown, too.
    pub fn of(
        config: &'a Config,
        entries: &'a [Entry],
        files: &'a [StaticFile],
        drafts: bool,
    ) -> Site<'a> {
        Site::of_posts(config, entries, files, drafts, entries)
    }

    /// The site of some entries, whose texts `posts` has.
    pub fn of_posts(
        config: &'a Config,
        entries: &'a [Entry],
        files: &'a [StaticFile],
        drafts: bool,
        posts: &(impl Posts + ?Sized),
    ) -> Site<'a> {
        let shown = |entry: &Entry| drafts || entry.post.front_matter.published;
        let mut pairs = Pairs::new();
        for (index, entry) in entries.iter().enumerate().filter(|(_, entry)| shown(entry)) {
            let languages = pairs.entry(entry.path()).or_default();
            languages.entry(entry.lang.clone()).or_insert(index);
        }
        let mut languages: Vec<&str> = entries.iter().map(|entry| entry.lang.as_str()).collect();
        languages.sort_by_key(|lang| (*lang != config.default_language, *lang));
        languages.dedup();
        let editions = languages
            .iter()
            .map(|lang| Edition::of(lang, &pairs, entries, config))
            .collect();
        let redirects = entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| shown(entry))
            .flat_map(|(index, entry)| redirect::of(index, entry));
        let mut site = Site {
            config,
            entries,
            files,
            pairs,
            editions,
            redirects: redirects.collect(),
            diagnostics: vec![Vec::new(); entries.len()],
            standings: vec![None; entries.len()],
            is_lone: false,
        };
        site.diagnose(posts);
        site
    }

    /// The site with what the lock file says of its translations.
    #[must_use]
    pub fn with_lock(mut self, lock: &Lock, posts: &(impl Posts + ?Sized)) -> Site<'a> {
        let entries = self.entries;
        for (index, entry) in entries.iter().enumerate() {
            let original = self.original_place(entry);
            let Some((place, original)) =
                original.and_then(|place| Some((place, entries.get(place)?)))
            else {
                continue;
            };
            let page = entry.page.to_string_lossy().replace('\\', "/");
            let passages = || posts.passages(place);
            let standing = drift::standing(lock, &page, &original.post, passages);
            if matches!(standing, Standing::Behind(_))
                && let (Some(original), Some(entry)) = (posts.whole(place), posts.whole(index))
            {
                for told in drift::diagnose(&standing, &page, &original.post, &entry.post) {
                    self.tell(index, told);
                }
            }
            if let Some(place) = self.standings.get_mut(index) {
                *place = Some(standing);
            }
        }
        self
    }

    /// The post of the default language that this one translates.
    pub fn original_of(&self, entry: &Entry) -> Option<&'a Entry> {
        self.entries.get(self.original_place(entry)?)
    }

    fn original_place(&self, entry: &Entry) -> Option<usize> {
        let default = &self.config.default_language;
        let languages = self.pairs.get(&entry.path())?;
        let original = *languages.get(default)?;
        (entry.lang != *default).then_some(original)
    }

    /// The page of one post.
    pub fn lone(config: &'a Config, entries: &'a [Entry]) -> Site<'a> {
        Site {
            is_lone: true,
            ..Site::of(config, entries, &[], true)
        }
    }

    /// The post that a page shows, by its place in the entries; `None` for a list.
    pub fn entry_of(&self, job: &Job) -> Option<usize> {
        let Kind::Post(item) = job.kind else {
            return None;
        };
        Some(self.editions.get(job.edition)?.items.get(item)?.entry)
    }

    /// The edition of a language.
    pub fn edition(&self, lang: &str) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.lang == lang)
    }

    /// The same post in other languages, originals only: language and post, in the order of the editions.
    pub fn twins<'s>(&'s self, entry: &'s Entry) -> impl Iterator<Item = &'s Entry> {
        let languages = self.pairs.get(&entry.path());
        self.editions.iter().filter_map(move |edition| {
            let index = languages?.get(&edition.lang)?;
            self.entries
                .get(*index)
                .filter(|twin| twin.lang != entry.lang)
        })
    }

    fn tell(&mut self, entry: usize, diagnostic: Diagnostic) {
        if let Some(told) = self.diagnostics.get_mut(entry) {
            told.push(diagnostic);
        }
    }

    fn diagnose(&mut self, posts: &(impl Posts + ?Sized)) {
        self.addresses();
        for (index, diagnostic) in series::diagnose(self.entries, self.config) {
            self.tell(index, diagnostic);
        }
        self.translations();
        self.pair_codes(posts);
        for told in &mut self.diagnostics {
            told.sort_by_key(|diagnostic| diagnostic.span);
        }
    }

    /// Two pages at one address, and posts without the date that their address is made of.
    fn addresses(&mut self) {
        let entries = self.entries;
        let mut taken: BTreeMap<&str, &Entry> = BTreeMap::new();
        let mut told = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let front_matter = &entry.post.front_matter;
            let Some(other) = taken.insert(entry.address.as_str(), entry) else {
                continue;
            };
            let place = front_matter.place_of(&entry.post.source, "permalink");
            let twice = format!(
                "this page has the address of {}: /{}",
                other.post.source.path().display(),
                entry.address.url_path()
            );
            told.push((
                index,
                Diagnostic::error("duplicate-address", first_line(entry, place), twice)
                    .help("give one of them another `permalink`"),
            ));
        }
        for redirect in &self.redirects {
            let Some(entry) = entries.get(redirect.entry) else {
                continue;
            };
            let key = if entry.post.source.text().contains("redirect_from") {
                "redirect_from"
            } else {
                "aliases"
            };
            let place = entry.post.front_matter.place_of(&entry.post.source, key);
            if let Some(other) = taken.get(redirect.from.as_str()) {
                let twice = format!(
                    "`/{}` is the address of {}",
                    redirect.from.url_path(),
                    other.post.source.path().display()
                );
                let told_here = Diagnostic::error("duplicate-address", place, twice);
                told.push((redirect.entry, told_here.help("remove this old address")));
            }
        }
        if let Permalink::Pattern(pattern) = &self.config.permalink
            && [":year", ":month", ":day"]
                .iter()
                .any(|placeholder| pattern.contains(placeholder))
        {
            for (index, entry) in entries.iter().enumerate() {
                if entry.day().is_none() && entry.post.front_matter.permalink.is_none() {
                    let undated =
                        format!("the address `{pattern}` needs a date, and this post has none");
                    let place = first_line(entry, entry.post.front_matter.span);
                    told.push((
                        index,
                        Diagnostic::error("no-date", place, undated)
                            .help("write `date: 2025-10-19`, or give the post a `permalink`"),
                    ));
                }
            }
        }
        for (index, diagnostic) in told {
            self.tell(index, diagnostic);
        }
    }

    /// Translations whose code is not their original's.
    fn pair_codes(&mut self, posts: &(impl Posts + ?Sized)) {
        let mut told = Vec::new();
        for languages in self.pairs.values() {
            let original = languages
                .get(&self.config.default_language)
                .or_else(|| languages.values().next());
            let Some(&original) = original else {
                continue;
            };
            for &index in languages.values() {
                if index == original || posts.have_same_code(original, index) {
                    continue;
                }
                if let (Some(original), Some(entry)) = (posts.whole(original), posts.whole(index)) {
                    let found = pair::diagnose(&original, &entry);
                    told.extend(found.into_iter().map(|diagnostic| (index, diagnostic)));
                }
            }
        }
        for (index, diagnostic) in told {
            self.tell(index, diagnostic);
        }
    }

    /// Posts that are in another language only.
    fn translations(&mut self) {
        let default = &self.config.default_language;
        let entries = self.entries;
        let originals: BTreeSet<String> = entries
            .iter()
            .filter(|entry| entry.lang == *default)
            .map(Entry::path)
            .collect();
        if originals.is_empty() {
            return;
        }
        let mut told = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let path = entry.path();
            let is_in_folder = entry.page.starts_with(&entry.lang);
            if entry.lang == *default || !is_in_folder || originals.contains(&path) {
                continue;
            }
            let translated = |original: &&str| {
                let other = Path::new(&entry.lang).join(original);
                !entries.iter().any(|entry| entry.page == other)
            };
            let untranslated = originals.iter().map(String::as_str).filter(translated);
            let near = closest(&path, untranslated);
            let help = near.map_or_else(
                || format!("write content/{default}/{path}.md"),
                |near| format!("did you mean the translation of content/{default}/{near}.md? Then give it that name"),
            );
            let lonely =
                format!("this translates nothing: there is no content/{default}/{path}.md");
            let place = first_line(entry, entry.post.front_matter.span);
            told.push((
                index,
                Diagnostic::warning("no-original", place, lonely).help(help),
            ));
        }
        for (index, diagnostic) in told {
            self.tell(index, diagnostic);
        }
    }
}

/// A place to point at: not more than one line.
fn first_line(entry: &Entry, place: Span) -> Span {
    let line = entry.post.source.line(place.start);
    match entry.post.source.line_span(line) {
        Some(line) if place.end > line.end || place.start == place.end => line,
        _ => place,
    }
}

#[cfg(test)]
mod tests;
