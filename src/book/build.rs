//! From a book that was read to its site: every post is run and judged, every page written, the folder exchanged.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::diagnostic::Diagnostic;
use crate::run::{self, Engine};
use crate::site::{Checked, Entry, Kind, Page, Printer, Site, Theme, feed, search, sitemap};

use super::Error;
use super::output::Output;
use super::read::Book;

/// What a build made.
#[derive(Debug, Clone, Default)]
pub struct Built {
    /// How many of them are pages.
    pub page_count: usize,
    /// The mistakes of each post, in the order of [`Book::entries`].
    pub diagnostics: Vec<Vec<Diagnostic>>,
    /// What is wrong with the book's own templates and files; with any of these the site is not whole.
    pub failures: Vec<Error>,
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

    /// Builds the site into a folder. With a failure in it the old site stands.
    ///
    /// # Errors
    /// The disk's, or a version that there is no engine for. The old site stands then.
    pub fn build(&self, out: &Path, python: Option<&str>) -> Result<Built, Error> {
        let output = Output::begin(out)?;
        let built = self.build_with(python, &mut Engines::default(), &|path, bytes| {
            output.write(path, bytes)
        })?;
        if built.failures.is_empty() {
            output.finish()?;
        }
        Ok(built)
    }

    /// Builds the site with engines that are kept from one build to the next; `write` gets each file of the site, from
    /// several threads, and nothing is held after it is written.
    ///
    /// # Errors
    /// As [`Book::build`], and what `write` says.
    pub fn build_with(
        &self,
        python: Option<&str>,
        engines: &mut Engines,
        write: &(dyn Fn(&str, &[u8]) -> Result<(), Error> + Sync),
    ) -> Result<Built, Error> {
        let mut built = Built::default();
        let theme = self.theme(&mut built)?;
        let checked = self.check_with(python, engines)?;
        let site = self.site();
        let printer = Printer::new(&site, &theme, &checked);
        built.diagnostics = self.diagnostics(&site, &checked);
        let printed = in_parallel(printer.jobs(), |job| {
            let page = printer.print(job).map_err(Failure::Template)?;
            write(job.address.as_str(), page.html.as_bytes()).map_err(Failure::Write)?;
            Ok(Page {
                html: String::new(),
                ..page
            })
        });
        let mut templates = BTreeSet::new();
        for (job, printed) in printer.jobs().iter().zip(printed) {
            match printed {
                Ok(page) => {
                    built.page_count += 1;
                    let entry = match job.kind {
                        Kind::Post(item) => site
                            .editions
                            .get(job.edition)
                            .and_then(|edition| edition.items.get(item)),
                        _ => None,
                    };
                    if let Some(told) = entry.and_then(|item| built.diagnostics.get_mut(item.entry))
                    {
                        told.extend(page.diagnostics);
                    }
                }
                Err(Failure::Template(message)) => {
                    templates.insert(message);
                }
                Err(Failure::Write(error)) => return Err(error),
            }
        }
        let folder = self.root.join("templates");
        let failed = templates
            .into_iter()
            .map(|message| Error::new(&folder, message));
        built.failures.extend(failed);
        for told in &mut built.diagnostics {
            told.sort_by_key(|diagnostic| diagnostic.span);
        }
        for asset in theme.assets() {
            write(&asset.path, &asset.bytes)?;
        }
        let others = [search::files, feed::files, sitemap::files];
        for (address, bytes) in others.into_iter().flat_map(|files| files(&site)) {
            write(address.as_str(), &bytes)?;
        }
        self.copy_files(&mut built, write)?;
        Ok(built)
    }

    /// Every mistake of every post, in the order of [`Book::entries`]: its own, and those between posts.
    pub fn diagnostics(&self, site: &Site<'_>, checked: &[Checked]) -> Vec<Vec<Diagnostic>> {
        let of_posts = self.entries.iter().zip(checked).zip(&site.diagnostics);
        of_posts
            .map(|((entry, checked), between)| {
                let mut all = checked.diagnostics(entry);
                all.extend(between.iter().cloned());
                all.sort_by_key(|diagnostic| diagnostic.span);
                all
            })
            .collect()
    }

    fn copy_files(
        &self,
        built: &mut Built,
        write: &(dyn Fn(&str, &[u8]) -> Result<(), Error> + Sync),
    ) -> Result<(), Error> {
        for file in &self.files {
            match std::fs::read(&file.path) {
                Ok(bytes) => write(file.address.as_str(), &bytes)?,
                Err(error) => built.failures.push(Error::new(&file.path, error)),
            }
        }
        Ok(())
    }

    /// Our theme with the book's own templates, those in its folder `templates`.
    fn theme(&self, built: &mut Built) -> Result<Theme, Error> {
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
        let (theme, mistakes) = Theme::new(&templates);
        let failed = mistakes
            .into_iter()
            .map(|message| Error::new(&folder, message));
        built.failures.extend(failed);
        Ok(theme)
    }
}

/// Why a page was not written.
enum Failure {
    Template(String),
    Write(Error),
}

/// Does something with each item, on as many threads as there are processors; the results are in the items' order.
fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
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
