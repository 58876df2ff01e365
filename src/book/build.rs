//! From a book that was read to its site: every post is run and judged, every page written, the folder exchanged.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::diagnostic::Diagnostic;
use crate::run::{self, Engine};
use crate::site::{self, HomeInput, Masthead, Place, PostInput, Site, Twin};
use crate::source::Span;

use super::address::{Address, relative};
use super::output::Output;
use super::read::{Book, Entry};
use super::{Checked, Error};

/// What a build made.
#[derive(Debug, Clone, Default)]
pub struct Built {
    /// The site's files by their path from its root: `en/names.html`.
    pub files: BTreeMap<String, Vec<u8>>,
    /// How many of them are pages.
    pub page_count: usize,
    /// The mistakes of each post, in the order of [`Book::entries`].
    pub diagnostics: Vec<Vec<Diagnostic>>,
}

impl Built {
    fn add_page(&mut self, path: &str, html: String) {
        self.files.insert(path.to_owned(), html.into_bytes());
        self.page_count += 1;
    }
}

/// The engines of a build by version, made when a post asks for one.
pub struct Engines {
    engines: BTreeMap<String, Box<dyn Engine>>,
    wrap: fn(Box<dyn Engine>) -> Box<dyn Engine>,
}

impl Engines {
    /// Engines that are wrapped in something when they are made.
    pub fn new(wrap: fn(Box<dyn Engine>) -> Box<dyn Engine>) -> Engines {
        Engines {
            engines: BTreeMap::new(),
            wrap,
        }
    }
}

impl Default for Engines {
    fn default() -> Engines {
        Engines::new(|engine| engine)
    }
}

impl Book {
    /// Runs and judges every post, in the order of [`Book::entries`]. `python` overrides the versions that book and
    /// posts ask for.
    ///
    /// # Errors
    /// A post asks for a version that there is no engine for.
    pub fn check(&self, python: Option<&str>) -> Result<Vec<Checked>, Error> {
        self.check_with(python, &mut Engines::default())
    }

    fn check_with(
        &self,
        python: Option<&str>,
        engines: &mut Engines,
    ) -> Result<Vec<Checked>, Error> {
        for entry in &self.entries {
            let version = self.version_of(entry, python);
            if !engines.engines.contains_key(version) {
                let engine = run::engine(version)
                    .map_err(|message| Error::new(entry.post.source.path(), message))?;
                let engine = (engines.wrap)(engine);
                engines.engines.insert(version.to_owned(), engine);
            }
        }
        let engines = &engines.engines;
        Ok(in_parallel(&self.entries, |entry| {
            match engines.get(self.version_of(entry, python)) {
                Some(engine) => Checked::of(entry, engine.as_ref()),
                None => Checked::default(),
            }
        }))
    }

    fn version_of<'a>(&'a self, entry: &'a Entry, python: Option<&'a str>) -> &'a str {
        python
            .or(entry.post.front_matter.python.as_deref())
            .unwrap_or(&self.config.python)
    }

    /// Builds the site into a folder.
    ///
    /// # Errors
    /// The disk's, a template's, or a version that there is no engine for. The old site stands then.
    pub fn build(&self, out: &Path, python: Option<&str>) -> Result<Built, Error> {
        let output = Output::begin(out)?;
        let built = self.pages(python)?;
        for (path, bytes) in &built.files {
            output.write(path, bytes)?;
        }
        output.finish()?;
        Ok(built)
    }

    /// The files of the site, in memory.
    ///
    /// # Errors
    /// A template is wrong, or there is no engine for a version that is asked for.
    pub fn pages(&self, python: Option<&str>) -> Result<Built, Error> {
        self.pages_with(python, &mut Engines::default())
    }

    /// The files of the site, made with engines that are kept from one build to the next.
    ///
    /// # Errors
    /// As [`Book::pages`].
    pub fn pages_with(&self, python: Option<&str>, engines: &mut Engines) -> Result<Built, Error> {
        let site = self.site()?;
        let checked = self.check_with(python, engines)?;
        let mut built = Built::default();
        let mut taken: HashMap<&str, &Entry> = HashMap::new();
        for (entry, checked) in self.entries.iter().zip(&checked) {
            let mut diagnostics = checked.diagnostics(entry);
            if entry.post.front_matter.published {
                let page = self.page(&site, entry, checked)?;
                diagnostics.extend(page.diagnostics);
                if let Some(other) = taken.insert(entry.address.as_str(), entry) {
                    let twice = format!(
                        "this page has the address of {}: {}",
                        other.post.source.path().display(),
                        entry.address.as_str()
                    );
                    diagnostics.push(
                        Diagnostic::error("duplicate-address", Span::at(0), twice)
                            .help("give one of them another `permalink`"),
                    );
                }
                built.add_page(entry.address.as_str(), page.html);
            }
            built.diagnostics.push(diagnostics);
        }
        for lang in self.languages() {
            let address = Address::home_of(&lang, &self.config.default_language);
            if !self.is_lone && !taken.contains_key(address.as_str()) {
                built.add_page(address.as_str(), self.home(&site, &lang, &checked)?.html);
            }
        }
        built.files.extend(
            site.assets()
                .into_iter()
                .map(|asset| (asset.path.clone(), asset.bytes.clone())),
        );
        Ok(built)
    }

    /// The site with the book's own templates, those in its folder `templates`.
    fn site(&self) -> Result<Site, Error> {
        let folder = self.root.join("templates");
        let mut templates = BTreeMap::new();
        if !self.is_lone && folder.is_dir() {
            for file in std::fs::read_dir(&folder)
                .map_err(|error| Error::new(&folder, error))?
                .flatten()
            {
                let path = file.path();
                if path
                    .extension()
                    .is_some_and(|extension| extension == "html")
                {
                    let text =
                        std::fs::read_to_string(&path).map_err(|error| Error::new(&path, error))?;
                    templates.insert(file.file_name().to_string_lossy().into_owned(), text);
                }
            }
        }
        Site::new(&templates).map_err(|message| Error::new(folder, message))
    }

    fn page(&self, site: &Site, entry: &Entry, checked: &Checked) -> Result<site::Page, Error> {
        let twins = self.twins(entry).map(|twin| Twin {
            lang: twin.lang.clone(),
            href: relative(&entry.address, &twin.address),
        });
        let home = Address::home_of(&entry.lang, &self.config.default_language);
        let home = if self.is_lone {
            String::new()
        } else {
            relative(&entry.address, &home)
        };
        let place = Place {
            root: entry.address.root(),
            home,
            twins: twins.collect(),
        };
        let masthead = self.masthead(&entry.lang);
        let (results, report) = (&checked.results, &checked.report);
        let input = PostInput {
            post: &entry.post,
            results,
            report,
            lang: &entry.lang,
            masthead: &masthead,
            place: &place,
            extra: "",
        };
        site.post(&input)
            .map_err(|message| Error::new(self.root.join("templates"), message))
    }

    /// The home page of a language. `checked` is in the order of [`Book::entries`].
    fn home(&self, site: &Site, lang: &str, checked: &[Checked]) -> Result<site::Page, Error> {
        let here = Address::home_of(lang, &self.config.default_language);
        let posts = self
            .entries
            .iter()
            .zip(checked)
            .filter(|(entry, _)| entry.lang == lang && entry.post.front_matter.published);
        let mut entries: Vec<site::Entry> = posts
            .map(|(entry, checked)| listed(entry, checked, &here))
            .collect();
        // The newest first; posts without a date keep their order, below.
        entries.sort_by(|left, right| right.date.cmp(&left.date));
        let others = self.languages().into_iter().filter(|other| other != lang);
        let twins = others.map(|other| Twin {
            href: relative(
                &here,
                &Address::home_of(&other, &self.config.default_language),
            ),
            lang: other,
        });
        let place = Place {
            root: here.root(),
            home: String::new(),
            twins: twins.collect(),
        };
        let masthead = self.masthead(lang);
        let input = HomeInput {
            lang,
            masthead: &masthead,
            place: &place,
            entries: &entries,
            extra: "",
        };
        site.home(&input)
            .map_err(|message| Error::new(self.root.join("templates"), message))
    }

    fn masthead(&self, lang: &str) -> Masthead {
        Masthead {
            title: self.config.title_in(lang),
            description: self.config.description_in(lang),
        }
    }
}

fn listed(entry: &Entry, checked: &Checked, here: &Address) -> site::Entry {
    let evidence = site::evidence(&entry.post, &checked.results, &checked.report, &entry.lang);
    let front_matter = &entry.post.front_matter;
    site::Entry {
        title: entry.post.title(),
        href: relative(here, &entry.address),
        date: front_matter.date.clone(),
        excerpt: front_matter.excerpt.clone(),
        tags: front_matter.tags.clone(),
        verified: evidence.good,
        evidence: evidence.facts.join(" · "),
    }
}

/// Does something with each item, on as many threads as there are processors; the results are in the items' order.
fn in_parallel<T: Sync, R: Send + Default>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::with_capacity(items.len()));
    let threads = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(items.len());
    let take = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { return };
            let result = work(item);
            results
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push((index, result));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(take);
        }
        take();
    });
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
