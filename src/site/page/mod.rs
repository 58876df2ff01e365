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

use std::collections::BTreeSet;

use serde::Serialize;
use tera::Context;

use self::frame::{Frame, Here};
use super::address::{Address, relative};
use super::card::SocialCard;
use super::galley::{Galley, Texts};
use super::links::Targets;
use super::term::Taxonomy;
use super::{Site, Theme};
use crate::diagnostic::Diagnostic;

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
    /// The whole file.
    pub html: String,
    /// What is wrong with the links and diagrams of its post; empty for a fallback, whose original tells it.
    pub diagnostics: Vec<Diagnostic>,
    /// Its picture for links to it, to be drawn beside it.
    pub card: Option<SocialCard>,
}

/// Prints the pages of a site.
pub struct Printer<'a> {
    site: &'a Site<'a>,
    theme: &'a Theme,
    /// What is known of the posts, in the order of the entries.
    galleys: &'a [Galley],
    texts: &'a dyn Texts,
    targets: Option<Targets<'a>>,
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
        Printer {
            site,
            theme,
            galleys,
            texts,
            targets,
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

    /// Prints a page.
    ///
    /// # Errors
    /// What is wrong with its template.
    pub fn print(&self, job: &Job) -> Result<Page, String> {
        let Some(edition) = self.site.editions.get(job.edition) else {
            return Ok(Page::default());
        };
        let here = Here {
            edition,
            address: &job.address,
            absolute: (job.kind == Kind::NotFound).then(|| self.site.config.base_path()),
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
        template: &str,
        frame: &Frame<'_>,
        own: &impl Serialize,
    ) -> Result<String, String> {
        let context =
            |value: Result<Context, tera::Error>| value.map_err(|error| error.to_string());
        let mut both = context(Context::from_serialize(frame))?;
        both.extend(context(Context::from_serialize(own))?);
        self.theme.templates.fill(template, &both)
    }

    fn redirect(&self, here: &Here<'_>, place: usize) -> Result<String, String> {
        #[derive(Serialize)]
        struct Redirect {
            target: String,
        }
        let Some(redirect) = self.site.redirects.get(place) else {
            return Ok(String::new());
        };
        let entry = self.site.entries.get(redirect.entry);
        let lang = entry.map_or(here.edition.lang.as_str(), |entry| entry.lang.as_str());
        let mut frame = self.frame(here, "redirect", self.site.config.words(lang).moved.clone());
        frame.canonical = self.url(&redirect.to);
        frame.noindex = true;
        let target = relative(here.address, &redirect.to);
        self.fill("redirect.html", &frame, &Redirect { target })
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
