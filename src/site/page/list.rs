//! Lists: the posts of a folder, of a tag, of a category; all tags, all categories.

use serde::Serialize;

use super::frame::{Card, Here};
use super::{Html, Printer};
use crate::site::address::Address;
use crate::site::edition::Edition;
use crate::site::feed;
use crate::site::term::{Taxonomy, Term};

#[derive(Serialize)]
struct List {
    /// What the name is: "Tag", "Section".
    label: String,
    count: String,
    cards: Vec<Card>,
    /// It has a feed.
    has_feed: bool,
    /// The way to the list that this one is in; empty if there is none.
    up: String,
    up_title: String,
}

#[derive(Serialize)]
struct Terms {
    terms: Vec<Counted>,
}

#[derive(Serialize)]
struct Counted {
    name: String,
    href: String,
    count: usize,
    /// "3 posts".
    posts: String,
}

impl Printer<'_> {
    pub(super) fn section(&self, here: &Here<'_>, place: usize) -> Result<Html, String> {
        let Some(section) = here.edition.sections.get(place) else {
            return Ok(Html::default());
        };
        let words = self.site.config.words(&here.edition.lang);
        let list = List {
            label: words.section.clone(),
            count: words.posts_counted(section.items.len()),
            cards: self.cards(here, &section.items),
            has_feed: false,
            up: String::new(),
            up_title: String::new(),
        };
        self.list(here, section, &list, |edition| &edition.sections)
    }

    pub(super) fn term(
        &self,
        here: &Here<'_>,
        taxonomy: Taxonomy,
        place: usize,
    ) -> Result<Html, String> {
        let Some(term) = here.edition.terms(taxonomy).get(place) else {
            return Ok(Html::default());
        };
        let words = self.site.config.words(&here.edition.lang);
        let (label, up_title) = match taxonomy {
            Taxonomy::Tags => (&words.tag, &words.tags),
            Taxonomy::Categories => (&words.category, &words.categories),
        };
        let list = List {
            label: label.clone(),
            count: words.posts_counted(term.items.len()),
            cards: self.cards(here, &term.items),
            has_feed: taxonomy == Taxonomy::Tags && !self.site.config.base_url.is_empty(),
            up: here.to(&self.terms_address(here.edition, taxonomy)),
            up_title: up_title.clone(),
        };
        self.list(here, term, &list, |edition| edition.terms(taxonomy))
    }

    fn list(
        &self,
        here: &Here<'_>,
        term: &Term,
        list: &List,
        siblings: impl Fn(&Edition) -> &[Term],
    ) -> Result<Html, String> {
        let mut frame = self.frame(here, "list", term.name.clone());
        let mine = self.within(here.edition, "");
        let same = |edition: &Edition| {
            // The same address below the other language's prefix: a name that both languages share.
            let rest = term.address.as_str().strip_prefix(mine.as_str())?;
            let address = self.within(edition, rest);
            let found = siblings(edition)
                .iter()
                .any(|other| other.address == address);
            found.then_some(address)
        };
        frame.twins = self.twins_by(here, same);
        frame.alternates = self.alternates_by(here, same);
        if list.has_feed {
            frame.own_feed = here.to(&feed::address(&term.address));
        }
        self.fill(here, "list.html", &frame, list, None)
    }

    pub(super) fn terms(&self, here: &Here<'_>, taxonomy: Taxonomy) -> Result<Html, String> {
        let words = self.site.config.words(&here.edition.lang);
        let title = match taxonomy {
            Taxonomy::Tags => &words.tags,
            Taxonomy::Categories => &words.categories,
        };
        let mut frame = self.frame(here, "terms", title.clone());
        let same = |edition: &Edition| {
            let has = !edition.terms(taxonomy).is_empty();
            has.then(|| self.terms_address(edition, taxonomy))
        };
        frame.twins = self.twins_by(here, same);
        frame.alternates = self.alternates_by(here, same);
        let counted = |term: &Term| Counted {
            name: term.name.clone(),
            href: here.to(&term.address),
            count: term.items.len(),
            posts: words.posts_counted(term.items.len()),
        };
        let terms = here.edition.terms(taxonomy).iter().map(counted).collect();
        self.fill(here, "terms.html", &frame, &Terms { terms }, None)
    }

    fn terms_address(&self, edition: &Edition, taxonomy: Taxonomy) -> Address {
        self.within(edition, &format!("{}/index.html", taxonomy.folder()))
    }
}
