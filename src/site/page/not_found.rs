//! The page for addresses that nothing has. A server sends it for any address, so its links begin at the site's root.

use serde::Serialize;

use super::frame::{Here, Link};
use super::{Html, Printer};

#[derive(Serialize)]
struct NotFound {
    series: Vec<Link>,
    others: Vec<Other>,
}

/// The same in another language: a host knows one such page for all languages.
#[derive(Serialize)]
struct Other {
    lang: String,
    title: String,
    text: String,
    href: String,
    home: String,
}

impl Printer<'_> {
    pub(super) fn not_found(&self, here: &Here<'_>) -> Result<Html, String> {
        let words = self.site.config.words(&here.edition.lang);
        let mut frame = self.frame(here, "not-found", words.not_found.clone());
        frame.noindex = true;
        frame.canonical = String::new();
        let series = here.edition.series.iter().map(|series| Link {
            title: self
                .site
                .config
                .series_title_in(&series.key, &here.edition.lang),
            href: here.to(&series.address),
            lang: None,
            current: false,
        });
        let is_default = here.edition.lang == self.site.config.default_language;
        let others = self
            .site
            .editions
            .iter()
            .filter(|edition| is_default && edition.lang != here.edition.lang);
        let other = |edition: &crate::site::Edition| {
            let words = self.site.config.words(&edition.lang);
            Other {
                lang: edition.lang.clone(),
                title: words.not_found.clone(),
                text: words.not_found_text.clone(),
                href: here.to(&self.within(edition, "index.html")),
                home: words.home.clone(),
            }
        };
        let page = NotFound {
            series: series.collect(),
            others: others.map(other).collect(),
        };
        self.fill(here, "404.html", &frame, &page, None)
    }
}
