//! The page of a series: its parts in order.

use super::Printer;
use super::frame::Here;

impl Printer<'_> {
    pub(super) fn series(&self, here: &Here<'_>, place: usize) -> Result<String, String> {
        let Some((series, card)) = here
            .edition
            .series
            .get(place)
            .zip(self.series_card(here, place))
        else {
            return Ok(String::new());
        };
        let mut frame = self.frame(here, "series", card.title.clone());
        frame.description = card.description.clone();
        let same = |edition: &crate::site::Edition| {
            let found = edition.series.iter().find(|other| other.key == series.key);
            found.map(|found| found.address.clone())
        };
        frame.twins = self.twins_by(here, same);
        frame.alternates = self.alternates_by(here, same);
        self.fill("series.html", &frame, &card)
    }
}
