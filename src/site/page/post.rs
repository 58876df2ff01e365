//! The page of a post.

use std::collections::BTreeMap;

use serde::Serialize;

use super::frame::{Alternate, Here, Link};
use super::{Body, Evidence, Page, Printer};
use crate::config::Words;
use crate::diagnostic::Diagnostic;
use crate::diagram::svg::escape;
use crate::post::{Heading, Post};
use crate::site::card::SocialCard;
use crate::site::changes;
use crate::site::drift::{Behind, Standing};
use crate::site::edition::Item;
use crate::site::entry::Entry;
use crate::site::galley::Galley;
use crate::site::links::Links;
use crate::site::slot::{self, Fills, Slot};
use crate::site::term::Taxonomy;

/// For each heading, by its anchor: the same heading's anchor on the pages of other languages.
type Counterparts = BTreeMap<String, Vec<(String, String)>>;

#[derive(Serialize)]
struct PostPage<'a> {
    /// The language of the text, which is not the page's on a fallback.
    text_lang: &'a str,
    /// What a fallback says of itself.
    notice: String,
    /// The way to the original of a fallback.
    original: String,
    /// The way to the original of a translation whose beginning is behind it.
    behind: Option<&'a String>,
    draft: bool,
    categories: Vec<Link>,
    tags: Vec<Link>,
    date: Option<String>,
    datetime: Option<&'a str>,
    updated: Option<String>,
    updated_datetime: Option<&'a str>,
    reading: String,
    evidence: &'a Evidence,
    has_python: bool,
    contents: Vec<Contents>,
    series: Option<SeriesPart>,
    previous: Option<Link>,
    next: Option<Link>,
    extra: &'a BTreeMap<String, serde_json::Value>,
}

/// A post's place in its series.
#[derive(Serialize)]
struct SeriesPart {
    title: String,
    href: String,
    /// "Part 3 of 7".
    label: String,
    parts: Vec<Link>,
}

/// An entry of the table of contents.
#[derive(Serialize)]
struct Contents {
    text: String,
    anchor: String,
    inner: Vec<Contents>,
}

impl Printer<'_> {
    pub(super) fn post(&self, here: &Here<'_>, place: usize) -> Result<Page, String> {
        let (site, edition) = (self.site, here.edition);
        let Some((item, entry, galley)) = edition.items.get(place).and_then(|item| {
            let entry = site.entries.get(item.entry)?;
            Some((item, entry, self.galleys.get(item.entry)?))
        }) else {
            return Ok(Page::default());
        };
        let post = &entry.post;
        let (words, text_words) = (
            self.site.config.words(&edition.lang),
            self.site.config.words(&entry.lang),
        );
        let (title, evidence) = (post.title(), galley.tally.evidence(text_words));
        let behind = self.behind(here, item);
        let (fills, diagnostics) = self.fills(here, item, entry, galley, &behind);
        let front_matter = &post.front_matter;
        let (previous, next) = edition.neighbours(place);
        let date = |date: &Option<String>| date.as_deref().and_then(|date| words.date(date));
        let page = PostPage {
            text_lang: &entry.lang,
            notice: match item.is_fallback {
                true => words.not_translated(text_words),
                false => String::new(),
            },
            original: here.to(&entry.address),
            behind: behind.get(""),
            draft: !front_matter.published,
            categories: self.terms_of(here, entry, item, Taxonomy::Categories),
            tags: self.terms_of(here, entry, item, Taxonomy::Tags),
            date: date(&front_matter.date),
            datetime: entry.day(),
            updated: date(&front_matter.updated),
            updated_datetime: front_matter
                .updated
                .as_deref()
                .and_then(|day| day.get(..10)),
            reading: words.minutes(galley.minutes),
            evidence: &evidence,
            has_python: galley.has_python,
            contents: contents(post, galley.has_changes.then_some(text_words)),
            series: self.series_part(here, place),
            previous: previous.and_then(|item| self.link(here, item)),
            next: next.and_then(|item| self.link(here, item)),
            extra: &front_matter.extra,
        };
        let path = entry.path();
        let mut frame = self.frame(here, "post", title.clone());
        frame.description = front_matter.excerpt.clone().unwrap_or_default();
        frame.og_type = "article";
        frame.twins = self.twins_by(here, |edition| {
            // Another edition has every post, if only as a fallback.
            Some(edition.item_at(&path)?.address.clone())
        });
        if item.is_fallback {
            frame.noindex = true;
            frame.canonical = self.url(&entry.address);
        } else {
            frame.alternates = self.translations(here, entry);
        }
        frame.noindex |= page.draft;
        // The picture of a fallback is its original's.
        let card = match item.is_fallback {
            true => None,
            false => {
                let category = page.categories.first().map(|category| &category.title);
                let series = page.series.as_ref().map(|series| &series.title);
                let label = page.evidence.label.clone();
                let card = SocialCard {
                    part_of: series.or(category).cloned().unwrap_or_default(),
                    facts: match page.has_python {
                        true => [&[label], &*page.evidence.facts].concat().join(" · "),
                        false => page.reading.clone(),
                    },
                    verified: page.evidence.good,
                    ..self.card_of(here, &title)
                };
                self.give_card(&mut frame, card)
            }
        };
        let body = Body {
            entry: item.entry,
            slots: &galley.slots,
            fills,
        };
        Ok(Page {
            card,
            html: self.fill(here, "post.html", &frame, &page, Some(body))?,
            diagnostics: if item.is_fallback {
                Vec::new()
            } else {
                diagnostics
            },
        })
    }

    /// What belongs into the slots of a post's text, and what is wrong with its links and diagrams.
    fn fills(
        &self,
        here: &Here<'_>,
        item: &Item,
        entry: &Entry,
        galley: &Galley,
        behind: &BTreeMap<String, String>,
    ) -> (Fills, Vec<Diagnostic>) {
        let links = Links {
            targets: self.targets.as_ref(),
            site: self.site,
            edition: here.edition,
            entry,
            place: item.entry,
            here: here.address,
        };
        let words = self.site.config.words(&entry.lang);
        let counterparts = self.counterparts(entry);
        let mut diagnostics = galley.drawn.clone();
        let hrefs: Vec<Option<String>> = galley
            .links
            .iter()
            .map(|written| {
                let found = links.resolve(&written.address);
                found.unwrap_or_else(|dead| {
                    let dead = Diagnostic::error("dead-link", written.place, dead.message)
                        .help_if(dead.help);
                    diagnostics.push(dead);
                    None
                })
            })
            .collect();
        let anchor = |heading: usize| Some(entry.post.headings.get(heading)?.anchor.as_str());
        let fills = Fills::of(&galley.slots, |slot, html| match slot {
            Slot::Href(number) => {
                let written = galley.links.get(number).map(|written| &written.address);
                let href = hrefs.get(number).and_then(Option::as_ref).or(written);
                html.push_str(&slot::escaped_href(href.map_or("", String::as_str)));
            }
            Slot::Counterparts(heading) => {
                let others = anchor(heading).and_then(|anchor| counterparts.get(anchor));
                for (lang, other) in others.into_iter().flatten() {
                    let (lang, other) = (escape(lang), escape(other));
                    html.push_str(&format!(" data-at-{lang}=\"{other}\""));
                }
            }
            Slot::Behind(heading) => {
                if let Some(original) = anchor(heading).and_then(|anchor| behind.get(anchor)) {
                    html.push_str(&format!(
                        "<p class=\"notice behind\" role=\"note\">{} <a href=\"{}\">{}</a></p>\n",
                        escape(&words.behind),
                        escape(original),
                        escape(&words.behind_link),
                    ));
                }
            }
        });
        (fills, diagnostics)
    }

    /// The headings of a translation that are behind, each with the address of the original's; what stands before the
    /// first heading, and the heading that is the title, under the empty anchor.
    fn behind(&self, here: &Here<'_>, item: &Item) -> BTreeMap<String, String> {
        let entry = self.site.entries.get(item.entry);
        let standing = self.site.standings.get(item.entry).and_then(Option::as_ref);
        let original = entry.and_then(|entry| self.site.original_of(entry));
        let (Some(entry), Some(original), Some(Standing::Behind(behind))) =
            (entry, original, standing)
        else {
            return BTreeMap::new();
        };
        let title = entry.post.title();
        let is_title = |anchor: &str| {
            let heading = entry.post.headings.first();
            heading.is_some_and(|it| it.anchor == anchor && it.text.trim() == title.trim())
        };
        let page = here.to(&original.address);
        let note = |behind: &Behind| {
            let anchor = match is_title(&behind.anchor) {
                true => String::new(),
                false => behind.anchor.clone(),
            };
            let href = match behind.original.as_str() {
                "" => page.clone(),
                original => format!("{page}#{original}"),
            };
            (anchor, href)
        };
        behind.iter().map(note).collect()
    }

    /// The tags or categories of a post, as links where there are pages for them.
    fn terms_of(
        &self,
        here: &Here<'_>,
        entry: &Entry,
        item: &Item,
        taxonomy: Taxonomy,
    ) -> Vec<Link> {
        let link = |name: &String| {
            let term = here
                .edition
                .terms(taxonomy)
                .iter()
                .find(|term| term.name.to_lowercase() == name.to_lowercase())
                .filter(|_| !self.site.is_lone);
            Link {
                title: name.clone(),
                href: term.map(|term| here.to(&term.address)).unwrap_or_default(),
                lang: item.is_fallback.then(|| entry.lang.clone()),
                current: false,
            }
        };
        taxonomy.terms_of(entry).iter().map(link).collect()
    }

    fn series_part(&self, here: &Here<'_>, place: usize) -> Option<SeriesPart> {
        let (series, at) = here.edition.series_of(place)?;
        let lang = &here.edition.lang;
        Some(SeriesPart {
            title: self.site.config.series_title_in(&series.key, lang),
            href: here.to(&series.address),
            label: self
                .site
                .config
                .words(lang)
                .part_of(at + 1, series.parts.len()),
            parts: series
                .parts
                .iter()
                .filter_map(|item| self.link(here, *item))
                .collect(),
        })
    }

    /// The originals of a post in every language.
    fn translations(&self, here: &Here<'_>, entry: &Entry) -> Vec<Alternate> {
        self.alternates_by(here, |edition| {
            if edition.lang == entry.lang {
                return Some(entry.address.clone());
            }
            let mut twins = self.site.twins(entry);
            let twin = twins.find(|twin| twin.lang == edition.lang);
            twin.map(|twin| twin.address.clone())
        })
    }

    /// Which heading of a translation each heading is: the one in the same place, if both have the same headings.
    fn counterparts(&self, entry: &Entry) -> Counterparts {
        let mut counterparts = Counterparts::new();
        for twin in self.site.twins(entry) {
            let levels = |headings: &[Heading]| -> Vec<u8> {
                headings.iter().map(|heading| heading.level).collect()
            };
            let (own, other) = (&entry.post.headings, &twin.post.headings);
            if levels(own) != levels(other) {
                continue;
            }
            for (own, other) in own.iter().zip(other) {
                counterparts
                    .entry(own.anchor.clone())
                    .or_default()
                    .push((twin.lang.clone(), other.anchor.clone()));
            }
        }
        counterparts
    }
}

/// Headings of the first two levels there are, nested; then, with `changes`, the table of lines that versions differ in.
fn contents(post: &Post, changes: Option<&Words>) -> Vec<Contents> {
    let mut contents: Vec<Contents> = Vec::new();
    let title = post.title();
    let headings = post.headings.iter().enumerate().filter(|(index, heading)| {
        *index > 0 || heading.text.trim() != title.trim() || heading.level > 1
    });
    let top = headings
        .clone()
        .map(|(_, heading)| heading.level)
        .min()
        .unwrap_or(2);
    for (_, heading) in headings {
        let entry = Contents {
            text: heading.text.clone(),
            anchor: heading.anchor.clone(),
            inner: Vec::new(),
        };
        match (heading.level - top, contents.last_mut()) {
            (0, _) => contents.push(entry),
            (1, Some(last)) => last.inner.push(entry),
            (1, None) => contents.push(entry),
            _ => {}
        }
    }
    contents.extend(changes.map(|words| Contents {
        text: words.changes.clone(),
        anchor: changes::ANCHOR.to_owned(),
        inner: Vec::new(),
    }));
    contents
}
