//! The first page of a language: its series, then its other posts.

use serde::Serialize;

use super::frame::{Card, Here, Link};
use super::{Page, Printer};
use crate::site::card::SocialCard;
use crate::site::term::Taxonomy;

#[derive(Serialize)]
struct Home {
    series: Vec<SeriesCard>,
    cards: Vec<Card>,
    tags: Vec<Link>,
}

#[derive(Serialize)]
pub struct SeriesCard {
    pub title: String,
    pub description: String,
    pub href: String,
    pub count: String,
    pub cards: Vec<Card>,
}

impl Printer<'_> {
    pub(super) fn home(&self, here: &Here<'_>) -> Result<Page, String> {
        let (config, edition) = (self.site.config, here.edition);
        let mut frame = self.frame(here, "home", config.title_in(&edition.lang));
        frame.description = config.description_in(&edition.lang);
        frame.alternates =
            self.alternates_by(here, |edition| Some(self.within(edition, "index.html")));
        let loose: Vec<usize> = (0..edition.items.len())
            .filter(|item| edition.series_of(*item).is_none())
            .collect();
        let home = Home {
            series: (0..edition.series.len())
                .filter_map(|place| self.series_card(here, place))
                .collect(),
            cards: self.cards(here, &loose),
            tags: self.term_links(here, Taxonomy::Tags),
        };
        let card = SocialCard {
            site: String::new(),
            facts: frame.description.clone(),
            ..self.card_of(here, &frame.title)
        };
        let card = self.give_card(&mut frame, card);
        Ok(Page {
            html: self.fill(here, "home.html", &frame, &home, None)?,
            card,
            ..Page::default()
        })
    }

    /// A series with its parts in order.
    pub(super) fn series_card(&self, here: &Here<'_>, place: usize) -> Option<SeriesCard> {
        let series = here.edition.series.get(place)?;
        let lang = &here.edition.lang;
        Some(SeriesCard {
            title: self.site.config.series_title_in(&series.key, lang),
            description: self.site.config.series_description_in(&series.key, lang),
            href: here.to(&series.address),
            count: self.site.config.words(lang).parts(series.parts.len()),
            cards: self.cards(here, &series.parts),
        })
    }

    /// The tags or categories of the edition; `current` where the page is one's own.
    pub(super) fn term_links(&self, here: &Here<'_>, taxonomy: Taxonomy) -> Vec<Link> {
        let terms = here.edition.terms(taxonomy).iter();
        terms
            .map(|term| Link {
                title: term.name.clone(),
                href: here.to(&term.address),
                lang: None,
                current: term.address == *here.address,
            })
            .collect()
    }
}
