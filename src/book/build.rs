//! From a book to its site: every post is set, every page written, the folder exchanged.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::site::card::SocialCard;
use crate::site::keep::Key;
use crate::site::{Galley, Keep, Printer, Sink, Site, Theme, feed, search, sitemap};

use super::Error;
use super::cache::{Cache, KINDS};
use super::inputs::{Input, Inputs};
use super::output::Output;
use super::read::Book;
use super::record::{Earlier, Facts};
use super::setting::{Aim, Inspect, SetPosts};
use super::stamp;
use super::threads::{in_parallel, processors};
use super::written::Imprints;

/// What a build made.
#[derive(Debug, Clone, Default)]
pub struct Built {
    /// What there is to say at the end.
    pub facts: Facts,
    /// The mistakes of each post, in the order of [`Book::entries`].
    pub diagnostics: Vec<Vec<Diagnostic>>,
    /// What is wrong with the book's own templates and files; with any of these the site is not whole.
    pub failures: Vec<Error>,
    /// Every file that was read.
    pub inputs: Inputs,
    /// The same files give the same site another time: no clock ended a run or a drawing.
    pub is_certain: bool,
    /// What is known of the files that were written, where something is kept.
    pub imprints: Imprints,
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
    /// What the last build of the same folder left, if that stands.
    pub earlier: Option<&'a Earlier>,
}

static NO_CACHE: Cache = Cache::none();

impl Default for Options<'_> {
    fn default() -> Self {
        Options {
            python: None,
            run: true,
            jobs: processors(),
            cache: &NO_CACHE,
            earlier: None,
        }
    }
}

/// Takes each file of a site, from several threads. Nothing is held after it is written.
pub type Write<'a> = &'a (dyn Fn(&str, &[u8]) -> Result<(), Error> + Sync);

/// Takes every file anew.
struct Anew<'a>(Write<'a>);

impl Sink<Error> for Anew<'_> {
    fn write(&self, path: &str, bytes: &[u8], _made_of: Option<Key>) -> Result<(), Error> {
        (self.0)(path, bytes)
    }
}

impl Book {
    /// Builds the site into a folder. With a failure in it the old site stands.
    ///
    /// # Errors
    /// The disk's, or a version that there is no engine for. The old site stands then.
    pub fn build(&mut self, out: &Path, options: &Options<'_>) -> Result<Built, Error> {
        self.repaired(options, |book| book.build_once(out, options))
    }

    fn build_once(&mut self, out: &Path, options: &Options<'_>) -> Result<Built, Error> {
        let mut output = Output::begin(out)?;
        if !options.cache.is_forgetful() {
            output = output.with_imprints(options.earlier.map(|earlier| earlier.site.imprints()));
        }
        let mut built = self.make(Aim::Site, options, output.folder(), &output)?;
        if built.failures.is_empty() {
            built.imprints = output.finish()?;
            // What was run before will be wanted again when blocks run again.
            let kinds = if options.run {
                &KINDS[..]
            } else {
                &["card", "draw", "font", "set", "text"]
            };
            options.cache.remove_unused(kinds);
        }
        Ok(built)
    }

    /// Builds the site; `write` gets each file of it.
    ///
    /// # Errors
    /// As [`Book::build`], and what `write` says.
    pub fn build_with(&mut self, options: &Options<'_>, write: Write<'_>) -> Result<Built, Error> {
        let folder = std::env::temp_dir();
        self.repaired(options, |book| {
            book.make(Aim::Site, options, &folder, &Anew(write))
        })
    }

    /// Builds, and once more if something that is kept turned out to be damaged: then it is made anew.
    fn repaired(
        &mut self,
        options: &Options<'_>,
        build: impl Fn(&mut Book) -> Result<Built, Error>,
    ) -> Result<Built, Error> {
        let before = self.clone();
        let built = build(self);
        if built.is_err() && options.cache.was_repaired() {
            *self = before;
            return build(self);
        }
        built
    }

    /// Finds everything that is wrong with the book; writes nothing. `inspect` looks at each post and adds to it.
    ///
    /// # Errors
    /// A version that there is no engine for.
    pub fn check(&mut self, options: &Options<'_>, inspect: Inspect<'_>) -> Result<Built, Error> {
        let folder = std::env::temp_dir();
        let nowhere = Anew(&|_, _| Ok(()));
        self.make(Aim::Check(inspect), options, &folder, &nowhere)
    }

    fn make(
        &mut self,
        aim: Aim<'_>,
        options: &Options<'_>,
        folder: &Path,
        sink: &dyn Sink<Error>,
    ) -> Result<Built, Error> {
        let mut setting = self.set(options, folder, aim)?;
        let inspected = std::mem::take(&mut setting.inspected);
        let book = &*self;
        let mut built = Built {
            facts: setting.facts(),
            inputs: book.inputs.clone(),
            is_certain: book.unreadable.is_empty()
                && setting.galleys.iter().all(|galley| galley.is_certain),
            ..Built::default()
        };
        let theme = book.theme(&mut built)?;
        let site = book.site_of(&SetPosts {
            book,
            setting: &setting,
        });
        let theme = match aim {
            Aim::Site => theme.of_site(&site, &setting.letters, options.cache),
            Aim::Check(_) => theme,
        };
        let printer = Printer::new(&site, &theme, &setting.galleys, &setting);
        built.diagnostics = diagnostics(&site, &setting.galleys);
        book.print(&printer, options, sink, &mut built)?;
        tell_shadowed(&printer, &mut built.diagnostics);
        built.is_certain &= is_certain(&built.diagnostics);
        for (told, inspected) in built.diagnostics.iter_mut().zip(inspected) {
            told.sort_by_key(|diagnostic| diagnostic.span);
            told.extend(inspected);
        }
        if matches!(aim, Aim::Site) {
            for asset in theme.assets() {
                sink.write(&asset.path, &asset.bytes, None)?;
            }
            let searches = in_parallel(&site.editions, options.jobs, |edition| {
                search::files(&site, edition, &setting, sink)
            });
            searches.into_iter().collect::<Result<(), Error>>()?;
            let others = [feed::files, sitemap::files];
            for (address, bytes) in others.into_iter().flat_map(|files| files(&site)) {
                sink.write(address.as_str(), &bytes, None)?;
            }
            book.copy_files(&mut built, sink)?;
        }
        setting.is_whole()?;
        Ok(built)
    }

    /// Prints every page, and tells what is wrong with it.
    fn print(
        &self,
        printer: &Printer<'_>,
        options: &Options<'_>,
        sink: &dyn Sink<Error>,
        built: &mut Built,
    ) -> Result<(), Error> {
        let printed = in_parallel(printer.jobs(), options.jobs, |job| {
            let path = job.address.as_str();
            let keep = |made_of| sink.keep(path, made_of);
            let keep: Option<Keep<'_>> = match sink.asks_made_of() {
                true => Some(&keep),
                false => None,
            };
            let page = printer.print(job, keep).map_err(Failure::Template)?;
            if let Some(bytes) = &page.html.bytes {
                let written = sink.write(path, bytes, page.html.made_of);
                written.map_err(Failure::Write)?;
            }
            if let Some(card) = &page.card {
                write_card(card, options, sink).map_err(Failure::Write)?;
            }
            Ok(page.diagnostics)
        });
        let mut templates = BTreeSet::new();
        for (job, printed) in printer.jobs().iter().zip(printed) {
            match printed {
                Ok(diagnostics) => {
                    built.facts.pages += 1;
                    let entry = printer.site().entry_of(job);
                    if let Some(told) = entry.and_then(|entry| built.diagnostics.get_mut(entry)) {
                        told.extend(diagnostics);
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
        Ok(())
    }

    fn copy_files(&self, built: &mut Built, sink: &dyn Sink<Error>) -> Result<(), Error> {
        for file in &self.files {
            match stamp::read(&file.path) {
                Ok((bytes, stamp)) => {
                    built.inputs.note(&file.path, Input::of(&bytes, stamp));
                    sink.write(file.address.as_str(), &bytes, None)?
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

/// Writes the picture of a page for links to it, unless it stands already.
fn write_card(
    card: &SocialCard,
    options: &Options<'_>,
    sink: &dyn Sink<Error>,
) -> Result<(), Error> {
    let (path, made_of) = (card.path(), card.made_of());
    if sink.keep(&path, made_of) {
        options.cache.leave("card", &path);
        return Ok(());
    }
    match card.picture(options.cache) {
        Some(picture) => sink.write(&picture.path, &picture.bytes, Some(made_of)),
        None => Ok(()),
    }
}

/// Every mistake of every post, in the order of the entries: its own, and those between posts.
fn diagnostics(site: &Site<'_>, galleys: &[Galley]) -> Vec<Vec<Diagnostic>> {
    let of_posts = galleys.iter().zip(&site.diagnostics);
    of_posts
        .map(|(galley, between)| {
            let mut all = galley.diagnostics.clone();
            all.extend(between.iter().cloned());
            all.sort_by_key(|diagnostic| diagnostic.span);
            all
        })
        .collect()
}

/// Adds what is wrong with the links and diagrams of pages that another page's address hides.
fn tell_shadowed(printer: &Printer<'_>, told: &mut [Vec<Diagnostic>]) {
    for job in printer.shadowed() {
        let entry = printer.site().entry_of(job);
        if let (Some(told), Ok(page)) = (
            entry.and_then(|entry| told.get_mut(entry)),
            printer.print(job, None),
        ) {
            told.extend(page.diagnostics);
        }
    }
}

/// Says whether the same posts will be told the same another time: what could not be drawn may have been stopped by
/// the clock.
fn is_certain(told: &[Vec<Diagnostic>]) -> bool {
    !told.iter().flatten().any(|told| told.code == "mermaid")
}

/// Why a page was not written.
enum Failure {
    Template(String),
    Write(Error),
}
