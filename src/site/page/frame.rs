//! The frame: what every page has around its own part, and the small things that lists are made of.

use serde::Serialize;

use super::{Evidence, Keep, Printer};
use crate::site::address::{Address, relative};
use crate::site::card::SocialCard;
use crate::site::edition::{Edition, Item};

/// What templates know on every page.
#[derive(Debug, Serialize)]
pub struct Frame<'a> {
    /// The page's language.
    pub lang: &'a str,
    site: Masthead,
    /// The kind of page: `home`, `post`, ….
    kind: &'static str,
    /// The way to the site's root, and to the pages that every page links to.
    place: Place,
    pub title: String,
    pub description: String,
    /// The address that search machines are to keep; empty where nobody knows where the site will stand.
    pub canonical: String,
    /// `article` or `website`.
    pub og_type: &'static str,
    /// Search machines are asked to leave the page out.
    pub noindex: bool,
    /// This page in other languages.
    pub twins: Vec<Twin>,
    /// The same for search machines: originals only, this page too.
    pub alternates: Vec<Alternate>,
    /// The way to the feed of what the page lists; empty if there is none.
    pub own_feed: String,
    /// The whole address of the page's picture; empty if it has none.
    pub card: String,
    style: String,
    /// Fonts that the first lines need, asked for before the stylesheet is read.
    fonts: Vec<String>,
    script: String,
    search_script: String,
    generator: &'static str,
}

/// The site's name and its one sentence.
#[derive(Debug, Serialize)]
struct Masthead {
    title: String,
    description: String,
}

#[derive(Debug, Serialize, Default)]
struct Place {
    root: String,
    home: String,
    search: String,
    verified: String,
    tags: String,
    categories: String,
    feed: String,
    /// Where the search reads, as JSON: this language's folder first.
    search_folders: String,
}

/// This page in another language.
#[derive(Debug, Serialize)]
pub struct Twin {
    pub lang: String,
    pub href: String,
    pub name: String,
}

/// This page for search machines.
#[derive(Debug, Serialize)]
pub struct Alternate {
    pub lang: String,
    pub href: String,
}

/// A link.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    pub title: String,
    pub href: String,
    /// The title's language, where it is not the page's.
    pub lang: Option<String>,
    /// It is the page that it stands on.
    pub current: bool,
}

/// A post in a list.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    pub title: String,
    pub href: String,
    pub lang: Option<String>,
    pub date: Option<String>,
    pub datetime: Option<String>,
    pub excerpt: Option<String>,
    pub verified: bool,
    pub evidence: String,
    pub reading: String,
    pub draft: bool,
}

/// Where a page stands, and how it names other pages.
pub struct Here<'a> {
    pub edition: &'a Edition,
    pub address: &'a Address,
    /// The path of the site's root on its host, for a page that a server sends for any address.
    pub absolute: Option<String>,
    /// Asks whether the page stands already.
    pub keep: Option<Keep<'a>>,
}

impl Here<'_> {
    /// The way to another page.
    pub fn to(&self, address: &Address) -> String {
        match &self.absolute {
            Some(root) => format!("{root}{}", relative(&Address::home(), address)),
            None => relative(self.address, address),
        }
    }

    fn root(&self) -> String {
        self.absolute.clone().unwrap_or_else(|| self.address.root())
    }
}

impl Printer<'_> {
    /// The frame of a page; its twins are the home pages until the page says otherwise.
    pub fn frame<'a>(&'a self, here: &Here<'a>, kind: &'static str, title: String) -> Frame<'a> {
        let site = self.site;
        let lang = &here.edition.lang;
        let assets = &self.theme.assets;
        Frame {
            lang,
            site: Masthead {
                title: site.config.title_in(lang),
                description: site.config.description_in(lang),
            },
            kind,
            place: self.place(here),
            title,
            description: String::new(),
            canonical: self.url(here.address),
            og_type: "website",
            noindex: false,
            twins: self.twins_by(here, |edition| Some(self.within(edition, "index.html"))),
            alternates: Vec::new(),
            own_feed: String::new(),
            card: String::new(),
            style: assets.style.path.clone(),
            // A page that is opened as a file may not ask in advance.
            fonts: match (site.is_lone, lang.as_str()) {
                (true, _) => Vec::new(),
                (_, "ko") => assets.fonts.first_korean.clone(),
                _ => assets.fonts.first.clone(),
            },
            script: assets.script.path.clone(),
            search_script: assets.search.path.clone(),
            generator: concat!("gieok ", env!("CARGO_PKG_VERSION")),
        }
    }

    /// Gives a page its card, if the site has cards.
    pub fn give_card(&self, frame: &mut Frame, card: SocialCard) -> Option<SocialCard> {
        let config = self.site.config;
        if !SocialCard::IS_DRAWN || !config.theme.cards || self.site.is_lone {
            return None;
        }
        frame.card = config.url(&card.path())?;
        Some(card)
    }

    /// A card with what all cards of the site have.
    pub fn card_of(&self, here: &Here<'_>, title: &str) -> SocialCard {
        let config = self.site.config;
        SocialCard {
            site: config.title_in(&here.edition.lang),
            title: title.to_owned(),
            accent: config.theme.accent.clone(),
            ..SocialCard::default()
        }
    }

    fn place(&self, here: &Here<'_>) -> Place {
        let root = here.root();
        if self.site.is_lone {
            return Place {
                root,
                ..Place::default()
            };
        }
        let to = |path: &str| here.to(&self.within(here.edition, path));
        let has = |terms: &[crate::site::Term], path: &str| match terms {
            [] => String::new(),
            _ => to(path),
        };
        Place {
            home: to("index.html"),
            search: to("search.html"),
            verified: to("verified/index.html"),
            tags: has(&here.edition.tags, "tags/index.html"),
            categories: has(&here.edition.categories, "categories/index.html"),
            feed: match self.site.config.base_url.is_empty() {
                true => String::new(),
                false => to("feed.xml"),
            },
            search_folders: self.search_folders(here),
            root,
        }
    }

    fn search_folders(&self, here: &Here<'_>) -> String {
        let mut editions: Vec<&Edition> = self.site.editions.iter().collect();
        editions.sort_by_key(|edition| edition.lang != here.edition.lang);
        let folder = |edition: &&Edition| {
            let folder = here.to(&self.within(edition, "search/"));
            serde_json::json!({ "lang": edition.lang, "folder": folder })
        };
        serde_json::Value::Array(editions.iter().map(folder).collect()).to_string()
    }

    /// A page of an edition.
    pub fn within(&self, edition: &Edition, path: &str) -> Address {
        Address::within(&edition.lang, self.site.config, path)
    }

    /// The full address of a page; empty where nobody knows where the site will stand.
    pub fn url(&self, address: &Address) -> String {
        self.site
            .config
            .url(&address.url_path())
            .unwrap_or_default()
    }

    /// A language by its own name; by its code where nobody says its name.
    pub fn language_name(&self, edition: &Edition) -> String {
        let words = self.site.config.words(&edition.lang);
        match words.lang == edition.lang {
            true => words.name.clone(),
            false => edition.lang.clone(),
        }
    }

    /// The links to a page's counterparts in the other languages.
    pub fn twins_by(
        &self,
        here: &Here<'_>,
        address: impl Fn(&Edition) -> Option<Address>,
    ) -> Vec<Twin> {
        if self.site.is_lone {
            return Vec::new();
        }
        let others = self
            .site
            .editions
            .iter()
            .filter(|edition| edition.lang != here.edition.lang);
        let twin = |edition: &Edition| {
            let address = address(edition).unwrap_or_else(|| self.within(edition, "index.html"));
            Twin {
                lang: edition.lang.clone(),
                href: here.to(&address),
                name: self.language_name(edition),
            }
        };
        others.map(twin).collect()
    }

    /// The same page in every language that has it, this one included, and the default language's for everybody else.
    pub fn alternates_by(
        &self,
        here: &Here<'_>,
        address: impl Fn(&Edition) -> Option<Address>,
    ) -> Vec<Alternate> {
        let href = |address: &Address| match self.url(address) {
            url if url.is_empty() => here.to(address),
            url => url,
        };
        let mut alternates: Vec<Alternate> = Vec::new();
        for edition in &self.site.editions {
            if let Some(address) = address(edition) {
                alternates.push(Alternate {
                    lang: edition.lang.clone(),
                    href: href(&address),
                });
            }
        }
        if alternates.len() < 2 {
            return Vec::new();
        }
        // The default language's edition is the first one.
        if let Some(first) = alternates.first().map(|first| first.href.clone()) {
            alternates.push(Alternate {
                lang: "x-default".to_owned(),
                href: first,
            });
        }
        alternates
    }

    /// A post in a list on a page.
    pub fn card(&self, here: &Here<'_>, item: usize) -> Option<Card> {
        let item = here.edition.items.get(item)?;
        let entry = self.site.entries.get(item.entry)?;
        let galley = self.galleys.get(item.entry)?;
        let words = self.site.config.words(&here.edition.lang);
        let front_matter = &entry.post.front_matter;
        let evidence = self.evidence_in(here, item)?;
        Some(Card {
            title: entry.post.title(),
            href: here.to(&item.address),
            lang: item.is_fallback.then(|| entry.lang.clone()),
            date: front_matter
                .date
                .as_deref()
                .and_then(|date| words.date(date)),
            datetime: entry.day().map(str::to_owned),
            excerpt: front_matter.excerpt.clone(),
            verified: evidence.good,
            // Lines break between facts, not inside.
            evidence: evidence
                .facts
                .join(" · ")
                .replace(' ', "\u{a0}")
                .replace("\u{a0}·\u{a0}", " · "),
            reading: words.minutes(galley.minutes),
            draft: !front_matter.published,
        })
    }

    /// What is said of a post's run in the page's language, which is not the post's on a fallback.
    pub fn evidence_in(&self, here: &Here<'_>, item: &Item) -> Option<Evidence> {
        let tally = &self.galleys.get(item.entry)?.tally;
        Some(tally.evidence(self.site.config.words(&here.edition.lang)))
    }

    /// Posts in a list on a page.
    pub fn cards(&self, here: &Here<'_>, items: &[usize]) -> Vec<Card> {
        items
            .iter()
            .filter_map(|item| self.card(here, *item))
            .collect()
    }

    /// A link to a post.
    pub fn link(&self, here: &Here<'_>, item: usize) -> Option<Link> {
        let item = here.edition.items.get(item)?;
        let entry = self.site.entries.get(item.entry)?;
        Some(Link {
            title: entry.post.title(),
            href: here.to(&item.address),
            lang: item.is_fallback.then(|| entry.lang.clone()),
            current: item.address == *here.address,
        })
    }
}
