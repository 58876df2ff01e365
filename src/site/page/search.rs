//! The page that searches. Every page's head has the same search in a window; this one is for those who come by its
//! address, and for browsers without script, which it tells where else to look.

use serde::Serialize;

use super::frame::{Here, Link};
use super::{Html, Printer};
use crate::site::term::Taxonomy;

#[derive(Serialize)]
struct Search {
    tags: Vec<Link>,
}

impl Printer<'_> {
    pub(super) fn search(&self, here: &Here<'_>) -> Result<Html, String> {
        let words = self.site.config.words(&here.edition.lang);
        let mut frame = self.frame(here, "search", words.search.clone());
        frame.noindex = true;
        frame.twins = self.twins_by(here, |edition| Some(self.within(edition, "search.html")));
        let tags = self.term_links(here, Taxonomy::Tags);
        self.fill(here, "search.html", &frame, &Search { tags }, None)
    }
}
