//! Pages: one file for each kind, one template each.

mod evidence;
mod frame;
mod home;
mod list;
mod not_found;
mod post;
mod search;
mod series;
mod verified;

pub use evidence::{Evidence, Tally};

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tera::{Context, Value};

use self::frame::{Frame, Here};
use super::address::{Address, relative};
use super::card::SocialCard;
use super::galley::{Galley, Texts};
use super::keep::{Key, key};
use super::links::Targets;
use super::slot::{self, Fills, Slot};
use super::term::Taxonomy;
use super::{Site, Theme};
use crate::diagnostic::Diagnostic;

/// About how many bytes a page has beside its text.
const FRAME_BYTES: usize = 12 * 1024;

/// A kind of page. Numbers are places in the lists of its edition; a redirect's in [`Site::redirects`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The first page of a language.
    Home,
    /// A post.
    Post(usize),
    /// The posts of a folder.
    Section(usize),
    /// The parts of a series.
    Series(usize),
    /// All tags, or all categories.
    Terms(Taxonomy),
    /// The posts of a tag or category.
    Term(Taxonomy, usize),
    /// Every claim and its verdict.
    Verified,
    /// The search.
    Search,
    /// For addresses that nothing has.
    NotFound,
    /// An old address.
    Redirect(usize),
}

/// A page to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The place of its edition.
    pub edition: usize,
    /// What it shows.
    pub kind: Kind,
    /// Where it stands.
    pub address: Address,
}

/// A finished page.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Its file.
    pub html: Html,
    /// What is wrong with the links and diagrams of its post; empty for a fallback, whose original tells it.
    pub diagnostics: Vec<Diagnostic>,
    /// Its picture for links to it, to be drawn beside it.
    pub card: Option<SocialCard>,
}

/// The file of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html {
    /// What is in it; `None` if a file that was made of the same stands already.
    pub bytes: Option<Vec<u8>>,
    /// What it is made of, where that was asked for and is known.
    pub made_of: Option<Key>,
}

/// Takes over a file that was made of this; false if there is none.
pub type Keep<'a> = &'a dyn Fn(Key) -> bool;

/// The text of a page, still without what belongs into its slots.
struct Body<'a> {
    entry: usize,
    slots: &'a [(usize, Slot)],
    fills: Fills,
}

/// Prints the pages of a site.
pub struct Printer<'a> {
    site: &'a Site<'a>,
    theme: &'a Theme,
    /// What is known of the posts, in the order of the entries.
    galleys: &'a [Galley],
    texts: &'a dyn Texts,
    targets: Option<Targets<'a>>,
    /// The words of each language as templates take them.
    words: BTreeMap<&'a str, (Value, Key)>,
    jobs: Vec<Job>,
    shadowed: Vec<Job>,
}

impl<'a> Printer<'a> {
    /// A printer. `galleys` and `texts` are in the order of the site's entries.
    pub fn new(
        site: &'a Site<'a>,
        theme: &'a Theme,
        galleys: &'a [Galley],
        texts: &'a dyn Texts,
    ) -> Printer<'a> {
        let (jobs, shadowed) = jobs(site);
        let others = jobs
            .iter()
            .filter(|job| !matches!(job.kind, Kind::Post(_)))
            .map(|job| job.address.clone());
        let targets = (!site.is_lone).then(|| Targets::of(site, galleys, others));
        let words = site.editions.iter().filter_map(|edition| {
            let words = site.config.words(&edition.lang);
            let value = Value::try_from_serializable(words).ok()?;
            let key = key("words", &[&serde_json::to_vec(words).ok()?]);
            Some((edition.lang.as_str(), (value, key)))
        });
        Printer {
            site,
            theme,
            galleys,
            texts,
            targets,
            words: words.collect(),
            jobs,
            shadowed,
        }
    }

    /// The site that is printed.
    pub fn site(&self) -> &Site<'a> {
        self.site
    }

    /// The pages of the site, each address once.
    pub fn jobs(&self) -> &[Job] {
        &self.jobs
    }

    /// The pages that are not written, as another has their address. They have mistakes of their own to be told.
    pub fn shadowed(&self) -> &[Job] {
        &self.shadowed
    }

    /// Prints a page. With `keep` it is first asked whether the page stands already.
    ///
    /// # Errors
    /// What is wrong with its template.
    pub fn print(&self, job: &Job, keep: Option<Keep<'_>>) -> Result<Page, String> {
        let Some(edition) = self.site.editions.get(job.edition) else {
            return Ok(Page::default());
        };
        let here = Here {
            edition,
            address: &job.address,
            absolute: (job.kind == Kind::NotFound).then(|| self.site.config.base_path()),
            keep,
        };
        let html = match job.kind {
            Kind::Post(item) => return self.post(&here, item),
            Kind::Home => return self.home(&here),
            Kind::Section(place) => self.section(&here, place),
            Kind::Series(place) => return self.series(&here, place),
            Kind::Terms(taxonomy) => self.terms(&here, taxonomy),
            Kind::Term(taxonomy, place) => self.term(&here, taxonomy, place),
            Kind::Verified => self.verified(&here),
            Kind::Search => self.search(&here),
            Kind::NotFound => self.not_found(&here),
            Kind::Redirect(place) => self.redirect(&here, place),
        };
        html.map(|html| Page {
            html,
            ..Page::default()
        })
    }

    fn fill(
        &self,
        here: &Here<'_>,
        template: &str,
        frame: &Frame<'_>,
        own: &impl Serialize,
        body: Option<Body<'_>>,
    ) -> Result<Html, String> {
        let made_of = match here.keep {
            Some(_) => self.made_of(template, frame, own, body.as_ref()),
            None => None,
        };
        if let (Some(keep), Some(key)) = (here.keep, made_of)
            && keep(key)
        {
            return Ok(Html {
                bytes: None,
                made_of,
            });
        }
        let context =
            |value: Result<Context, tera::Error>| value.map_err(|error| error.to_string());
        let mut both = context(Context::from_serialize(frame))?;
        both.extend(context(Context::from_serialize(own))?);
        if let Some((words, _)) = self.words.get(frame.lang) {
            both.insert_value("words", words.clone());
        }
        let mut length = FRAME_BYTES;
        if let Some(body) = body {
            let html = self.texts.html(body.entry);
            let html = slot::filled(&html, body.slots, &body.fills);
            length += html.len();
            both.insert_value("body", Value::normal_string(&html));
        }
        let bytes = self.theme.templates.fill(template, &both, length)?;
        let bytes = Some(bytes);
        Ok(Html { bytes, made_of })
    }

    /// What a page is made of, if that is known: everything that [`Printer::fill`] looks at.
    fn made_of(
        &self,
        template: &str,
        frame: &Frame<'_>,
        own: &impl Serialize,
        body: Option<&Body<'_>>,
    ) -> Option<Key> {
        let (_, words) = self.words.get(frame.lang)?;
        let (frame, own) = (serde_json::to_vec(frame), serde_json::to_vec(own));
        let (text, fills) = match body {
            Some(body) => (Some(self.texts.made_of(body.entry)?), body.fills.to_bytes()),
            None => (None, Vec::new()),
        };
        let parts: [&[u8]; 7] = [
            self.theme.templates.made_of.as_bytes(),
            template.as_bytes(),
            words.as_bytes(),
            &frame.ok()?,
            &own.ok()?,
            text.as_ref().map_or(&[], |text| text.as_bytes()),
            &fills,
        ];
        Some(key("page", &parts))
    }

    fn redirect(&self, here: &Here<'_>, place: usize) -> Result<Html, String> {
        #[derive(Serialize)]
        struct Redirect {
            target: String,
        }
        let Some(redirect) = self.site.redirects.get(place) else {
            return Ok(Html::default());
        };
        let entry = self.site.entries.get(redirect.entry);
        let lang = entry.map_or(here.edition.lang.as_str(), |entry| entry.lang.as_str());
        let mut frame = self.frame(here, "redirect", self.site.config.words(lang).moved.clone());
        frame.canonical = self.url(&redirect.to);
        frame.noindex = true;
        let target = relative(here.address, &redirect.to);
        self.fill(here, "redirect.html", &frame, &Redirect { target }, None)
    }
}

/// The pages of a site in order, and those whose address another has. Where two have one address the first stands: posts
/// before lists before redirects.
fn jobs(site: &Site<'_>) -> (Vec<Job>, Vec<Job>) {
    let mut jobs = Vec::new();
    for (place, edition) in site.editions.iter().enumerate() {
        let job = |kind, address: &Address| Job {
            edition: place,
            kind,
            address: address.clone(),
        };
        let numbered = edition.items.iter().enumerate();
        jobs.extend(numbered.map(|(item, it)| job(Kind::Post(item), &it.address)));
    }
    if !site.is_lone {
        for (place, edition) in site.editions.iter().enumerate() {
            lists(&mut jobs, site, place, edition);
        }
        for (place, redirect) in site.redirects.iter().enumerate() {
            jobs.push(Job {
                edition: 0,
                kind: Kind::Redirect(place),
                address: redirect.from.clone(),
            });
        }
    }
    let mut taken = BTreeSet::new();
    jobs.into_iter()
        .partition(|job| taken.insert(job.address.clone()))
}

fn lists(jobs: &mut Vec<Job>, site: &Site<'_>, place: usize, edition: &super::Edition) {
    let mut add = |kind, address: Address| {
        jobs.push(Job {
            edition: place,
            kind,
            address,
        });
    };
    let within = |path: &str| Address::within(&edition.lang, site.config, path);
    add(Kind::Home, within("index.html"));
    for (number, section) in edition.sections.iter().enumerate() {
        add(Kind::Section(number), section.address.clone());
    }
    for (number, series) in edition.series.iter().enumerate() {
        add(Kind::Series(number), series.address.clone());
    }
    for taxonomy in [Taxonomy::Categories, Taxonomy::Tags] {
        let terms = edition.terms(taxonomy);
        if !terms.is_empty() {
            add(
                Kind::Terms(taxonomy),
                within(&format!("{}/index.html", taxonomy.folder())),
            );
        }
        for (number, term) in terms.iter().enumerate() {
            add(Kind::Term(taxonomy, number), term.address.clone());
        }
    }
    add(Kind::Verified, within("verified/index.html"));
    add(Kind::Search, within("search.html"));
    add(Kind::NotFound, within("404.html"));
}
