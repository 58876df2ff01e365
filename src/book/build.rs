//! From a book that was read to its site: every post is run and judged, every page written, the folder exchanged.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::run::{self, Engine, Plan, Results};
use crate::site::keep::Shelves;
use crate::site::{Checked, Entry, Kind, Page, Printer, Site, Theme, feed, search, sitemap};

use super::Error;
use super::cache::{Cache, KINDS, Kept};
use super::inputs::{Input, Inputs};
use super::output::Output;
use super::read::Book;
use super::stamp;
use super::threads::{in_parallel, processors};

/// What a build made.
#[derive(Debug, Clone, Default)]
pub struct Built {
    /// How many of them are pages.
    pub page_count: usize,
    /// The mistakes of each post, in the order of [`Book::entries`].
    pub diagnostics: Vec<Vec<Diagnostic>>,
    /// What is wrong with the book's own templates and files; with any of these the site is not whole.
    pub failures: Vec<Error>,
    /// Every file that was read.
    pub inputs: Inputs,
    /// The same files give the same site another time: no clock ended a run or a drawing.
    pub is_certain: bool,
}

/// How a book is built.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// The Python versions, separated by commas, instead of those that book and posts ask for.
    pub python: Option<&'a str>,
    /// Whether blocks are run. Pages say of those that are not.
    pub run: bool,
    /// How many threads work at most.
    pub jobs: usize,
    /// What earlier builds made.
    pub cache: &'a Cache,
}

static NO_CACHE: Cache = Cache::none();

impl Default for Options<'_> {
    fn default() -> Self {
        Options {
            python: None,
            run: true,
            jobs: processors(),
            cache: &NO_CACHE,
        }
    }
}

/// The engines of a build by version, made when a post asks for one.
#[derive(Default)]
struct Engines(BTreeMap<String, Box<dyn Engine>>);

impl Book {
    /// Runs and judges every post, in the order of [`Book::entries`].
    ///
    /// # Errors
    /// A post asks for a version that there is no engine for.
    pub fn check(&self, options: &Options<'_>) -> Result<Vec<Checked>, Error> {
        if !options.run {
            return Ok(vec![Checked::default(); self.entries.len()]);
        }
        let mut engines = Engines::default();
        let mut plans = Vec::with_capacity(self.entries.len());
        for entry in &self.entries {
            let error = |message| Error::new(entry.post.source.path(), message);
            let plan = self.plan(entry, options.python).map_err(error)?;
            for version in plan.versions() {
                if !engines.0.contains_key(version) {
                    let engine = run::engine(version).map_err(error)?;
                    engines.0.insert(version.to_owned(), engine);
                }
            }
            plans.push((entry, plan));
        }
        // A lone post has but its versions to be run beside each other.
        let inner_jobs = options.jobs / self.entries.len().max(1);
        let check = |(entry, plan): &(&Entry, Plan)| {
            let run = |version: &&str| {
                let Some(engine) = engines.0.get(*version) else {
                    return Results::default();
                };
                let name = format!("{} {version}", entry.page.display());
                let shelf = options.cache.shelf("run", &name);
                plan.run(&entry.post, &Kept::new(engine.as_ref(), &*shelf))
            };
            Checked::of(entry, plan, in_parallel(&plan.versions(), inner_jobs, run))
        };
        Ok(in_parallel(&plans, options.jobs, check))
    }

    /// The versions that a post runs under: those of a command, separated by commas, else those that the post asks for,
    /// else the book's.
    ///
    /// # Errors
    /// There is no engine for one of them, in words for the author.
    pub fn plan(&self, entry: &Entry, python: Option<&str>) -> Result<Plan, String> {
        if let Some(python) = python {
            let python: Vec<String> = python.split(',').map(str::to_owned).collect();
            return Plan::of(&entry.post, &python, &[], true);
        }
        let front_matter = &entry.post.front_matter;
        let (python, matrix) = match front_matter.python.as_slice() {
            [] => (&self.config.python, &self.config.matrix),
            // A post that lists its versions has its own matrix.
            [_, _, ..] => (&front_matter.python, &Vec::new()),
            [_] => (&front_matter.python, &self.config.matrix),
        };
        let matrix = front_matter.matrix.as_ref().unwrap_or(matrix);
        Plan::of(&entry.post, python, matrix, false)
    }

    /// Builds the site into a folder. With a failure in it the old site stands.
    ///
    /// # Errors
    /// The disk's, or a version that there is no engine for. The old site stands then.
    pub fn build(&self, out: &Path, options: &Options<'_>) -> Result<Built, Error> {
        let output = Output::begin(out)?;
        let built = self.build_with(options, &|path, bytes| output.write(path, bytes))?;
        if built.failures.is_empty() {
            output.finish()?;
            // What was run before will be wanted again when blocks run again.
            let kinds = if options.run {
                &KINDS[..]
            } else {
                &["card", "draw", "font"]
            };
            options.cache.remove_unused(kinds);
        }
        Ok(built)
    }

    /// Builds the site; `write` gets each file of it, from several threads, and nothing is held after it is written.
    ///
    /// # Errors
    /// As [`Book::build`], and what `write` says.
    pub fn build_with(
        &self,
        options: &Options<'_>,
        write: &(dyn Fn(&str, &[u8]) -> Result<(), Error> + Sync),
    ) -> Result<Built, Error> {
        let mut built = Built {
            inputs: self.inputs.clone(),
            is_certain: self.unreadable.is_empty(),
            ..Built::default()
        };
        let theme = self.theme(&mut built)?;
        let checked = self.check(options)?;
        built.is_certain &= checked.iter().all(Checked::is_certain);
        let site = self.site();
        let theme = theme.of_site(&site, &checked, options.cache);
        let printer = Printer::new(&site, &theme, &checked).with_shelves(options.cache);
        built.diagnostics = self.diagnostics(&site, &checked);
        let printed = in_parallel(printer.jobs(), options.jobs, |job| {
            let page = printer.print(job).map_err(Failure::Template)?;
            write(job.address.as_str(), page.html.as_bytes()).map_err(Failure::Write)?;
            let card = page.card.as_ref().and_then(|it| it.picture(options.cache));
            if let Some(card) = card {
                write(&card.path, &card.bytes).map_err(Failure::Write)?;
            }
            Ok(Page {
                html: String::new(),
                card: None,
                ..page
            })
        });
        tell_shadowed(&printer, &mut built.diagnostics);
        let mut templates = BTreeSet::new();
        for (job, printed) in printer.jobs().iter().zip(printed) {
            match printed {
                Ok(page) => {
                    built.page_count += 1;
                    let entry = site.entry_of(job);
                    if let Some(told) = entry.and_then(|entry| built.diagnostics.get_mut(entry)) {
                        told.extend(page.diagnostics);
                    }
                }
                Err(Failure::Template(message)) => {
                    templates.insert(message);
                }
                Err(Failure::Write(error)) => return Err(error),
            }
        }
        // The message has the place.
        let failed = templates.into_iter().map(|message| Error::new("", message));
        built.failures.extend(failed);
        built.is_certain &= is_certain(&built.diagnostics);
        for told in &mut built.diagnostics {
            told.sort_by_key(|diagnostic| diagnostic.span);
        }
        for asset in theme.assets() {
            write(&asset.path, &asset.bytes)?;
        }
        let searches = in_parallel(&site.editions, options.jobs, |edition| {
            search::files(&site, edition, |address, bytes| {
                write(address.as_str(), bytes)
            })
        });
        searches.into_iter().collect::<Result<(), Error>>()?;
        let others = [feed::files, sitemap::files];
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

    /// Adds what only a page can tell: links that lead nowhere, diagrams that cannot be drawn.
    pub fn tell_pages(
        &self,
        site: &Site<'_>,
        checked: &[Checked],
        options: &Options<'_>,
        told: &mut [Vec<Diagnostic>],
    ) {
        // A template of the book's own may fail; only a build needs it.
        let (theme, _) = Theme::new(&BTreeMap::new());
        let printer = Printer::new(site, &theme, checked).with_shelves(options.cache);
        let printed = in_parallel(printer.jobs(), options.jobs, |job| match job.kind {
            Kind::Post(_) => printer.print(job).map(|page| page.diagnostics),
            _ => Ok(Vec::new()),
        });
        for (job, diagnostics) in printer.jobs().iter().zip(printed) {
            if let (Some(entry), Ok(diagnostics)) = (site.entry_of(job), diagnostics)
                && let Some(told) = told.get_mut(entry)
            {
                told.extend(diagnostics);
            }
        }
        tell_shadowed(&printer, told);
        for told in told {
            told.sort_by_key(|diagnostic| diagnostic.span);
        }
    }

    fn copy_files(
        &self,
        built: &mut Built,
        write: &(dyn Fn(&str, &[u8]) -> Result<(), Error> + Sync),
    ) -> Result<(), Error> {
        for file in &self.files {
            match stamp::read(&file.path) {
                Ok((bytes, stamp)) => {
                    built.inputs.note(&file.path, Input::of(&bytes, stamp));
                    write(file.address.as_str(), &bytes)?
                }
                Err(error) => built.failures.push(Error::new(&file.path, error)),
            }
        }
        Ok(())
    }

    /// Our theme with the book's own templates, those in its folder `templates`.
    fn theme(&self, built: &mut Built) -> Result<Theme, Error> {
        let mut templates = BTreeMap::new();
        for path in &self.templates {
            let (text, stamp) = stamp::read_text(path).map_err(|error| Error::new(path, error))?;
            built.inputs.note(path, Input::of(text.as_bytes(), stamp));
            let name = path.file_name().unwrap_or_default();
            templates.insert(name.to_string_lossy().into_owned(), text);
        }
        let (theme, mistakes) = Theme::new(&templates);
        let failed = mistakes.into_iter().map(|message| Error::new("", message));
        built.failures.extend(failed);
        Ok(theme)
    }
}

/// Adds what is wrong with the links and diagrams of pages that another page's address hides.
fn tell_shadowed(printer: &Printer<'_>, told: &mut [Vec<Diagnostic>]) {
    for job in printer.shadowed() {
        let entry = printer.site().entry_of(job);
        if let (Some(told), Ok(page)) = (
            entry.and_then(|entry| told.get_mut(entry)),
            printer.print(job),
        ) {
            told.extend(page.diagnostics);
        }
    }
}

/// Says whether the same posts will be told the same another time: what could not be drawn may have been stopped by
/// the clock.
pub fn is_certain(told: &[Vec<Diagnostic>]) -> bool {
    !told.iter().flatten().any(|told| told.code == "mermaid")
}

/// Why a page was not written.
enum Failure {
    Template(String),
    Write(Error),
}
