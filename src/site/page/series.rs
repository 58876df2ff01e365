//! The page of a series: its parts in order.

use super::frame::Here;
use super::{Page, Printer};
use crate::site::card::SocialCard;

impl Printer<'_> {
    pub(super) fn series(&self, here: &Here<'_>, place: usize) -> Result<Page, String> {
        let Some((series, list)) = here
            .edition
            .series
            .get(place)
            .zip(self.series_card(here, place))
        else {
            return Ok(Page::default());
        };
        let mut frame = self.frame(here, "series", list.title.clone());
        frame.description = list.description.clone();
        let same = |edition: &crate::site::Edition| {
            let found = edition.series.iter().find(|other| other.key == series.key);
            found.map(|found| found.address.clone())
        };
        frame.twins = self.twins_by(here, same);
        frame.alternates = self.alternates_by(here, same);
        let card = SocialCard {
            part_of: self.site.config.words(&here.edition.lang).series.clone(),
            facts: list.count.clone(),
            ..self.card_of(here, &list.title)
        };
        let card = self.give_card(&mut frame, card);
        Ok(Page {
            html: self.fill(here, "series.html", &frame, &list, None)?,
            card,
            ..Page::default()
        })
    }
}
