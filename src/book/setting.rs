//! Setting: every post is read, run, judged and set, and its text put away until its page is made. What stays is what
//! other pages and lists need of it, so memory grows by little with each post.
//!
//! ```text
//! file ─▶ Post ─▶ Checked ─▶ Galley ─────────────▶ the site, then its pages
//!    └▶ kept? ─────────▶└─▶ Text ─▶ Spill ───────────────────┘
//! ```

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use crate::diagnostic::Diagnostic;
use crate::post::{self, Passage};
use crate::run::{self, Engine, Plan};
use crate::site::font::Lettering;
use crate::site::keep::{Key, Shelf, Shelves, key};
use crate::site::search::Terms;
use crate::site::{Checked, Entry, Galley, Posts, Texts};

use super::cache::{Cache, Kept};
use super::inputs::Input;
use super::set::{self, Head, Set};
use super::spill::{self, Measures, Spill};
use super::stamp;
use super::threads::in_parallel;
use super::{Book, Error, Facts, Options};

/// Looks at a post while it is whole.
pub type Inspect<'a> = &'a (dyn Fn(&Book, &Entry, &Checked) -> Vec<Diagnostic> + Sync);

/// The posts of a book that are set, in the order of [`Book::entries`].
pub struct Setting<'a> {
    /// What is known of each.
    pub galleys: Vec<Galley>,
    /// What was seen in each.
    pub inspected: Vec<Vec<Diagnostic>>,
    /// The letters of all, if fonts are cut.
    pub letters: Lettering,
    waiting: Vec<Waiting>,
    spill: Spill,
    cache: &'a Cache,
    /// What the disk said when a text was wanted.
    failure: Mutex<Option<Error>>,
}

/// What is kept of a post that is set, while the others are.
struct One {
    galley: Galley,
    waiting: Waiting,
    inspected: Vec<Diagnostic>,
}

/// A text that waits for its page.
struct Waiting {
    place: Place,
    /// What it is made of; `None` if it may be another one the next time.
    made_of: Option<Key>,
}

/// Where a text waits.
enum Place {
    Spilled(spill::Place),
    /// On the shelves of this name.
    Kept {
        name: String,
        key: Key,
        measures: Measures,
    },
}

/// The engines of a build by version, made when a post asks for one.
#[derive(Default)]
struct Engines(Mutex<BTreeMap<String, Arc<dyn Engine>>>);

impl Engines {
    fn of(&self, version: &str) -> Result<Arc<dyn Engine>, String> {
        let mut engines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(engine) = engines.get(version) {
            return Ok(Arc::clone(engine));
        }
        let engine: Arc<dyn Engine> = run::engine(version)?.into();
        engines.insert(version.to_owned(), Arc::clone(&engine));
        Ok(engine)
    }
}

/// What all threads share.
struct Shop<'a> {
    options: &'a Options<'a>,
    aim: Aim<'a>,
    engines: Engines,
    letters: Option<Mutex<Lettering>>,
    spill: Spill,
    /// How many threads one post may have.
    inner_jobs: usize,
}

/// What posts are set for.
#[derive(Clone, Copy)]
pub enum Aim<'a> {
    /// A site.
    Site,
    /// To know what is wrong. Every post is looked at, so nothing that is kept will do.
    Check(Inspect<'a>),
}

impl Book {
    /// Sets every post. Those that wait to be read are read now, and let go when they are set. Texts wait in a file in
    /// `folder`.
    ///
    /// # Errors
    /// A post asks for a version that there is no engine for, or the disk's.
    pub(super) fn set<'a>(
        &mut self,
        options: &Options<'a>,
        folder: &Path,
        aim: Aim<'_>,
    ) -> Result<Setting<'a>, Error> {
        let cuts_fonts = matches!(aim, Aim::Site) && self.config.theme.fonts;
        let posts = self.entries.len() + self.waiting.len();
        let shop = Shop {
            options,
            aim,
            inner_jobs: options.jobs / posts.max(1),
            engines: Engines::default(),
            letters: cuts_fonts.then(Mutex::default),
            spill: Spill::below(folder),
        };
        let waiting = std::mem::take(&mut self.waiting);
        let whole = in_parallel(&self.entries, options.jobs, |entry| {
            self.set_whole(entry, &shop)
        });
        let read = in_parallel(&waiting, options.jobs, |path| self.set_file(path, &shop));
        self.keeps_posts &= waiting.is_empty();
        let mut ones = whole.into_iter().collect::<Result<Vec<One>, Error>>()?;
        for (path, read) in waiting.iter().zip(read) {
            match read {
                Ok((entry, input, one)) => {
                    self.inputs.note(path, input);
                    self.entries.push(entry);
                    ones.push(one?);
                }
                Err(error) => self.unreadable.push(error),
            }
        }
        let mut setting = Setting {
            galleys: Vec::with_capacity(ones.len()),
            inspected: Vec::with_capacity(ones.len()),
            letters: shop
                .letters
                .map(|letters| letters.into_inner().unwrap_or_else(PoisonError::into_inner))
                .unwrap_or_default(),
            waiting: Vec::with_capacity(ones.len()),
            spill: shop.spill,
            cache: options.cache,
            failure: Mutex::default(),
        };
        for one in ones {
            setting.galleys.push(one.galley);
            setting.waiting.push(one.waiting);
            setting.inspected.push(one.inspected);
        }
        Ok(setting)
    }

    /// Reads a post and sets it, or takes what is kept of it. The outer error is that it cannot be read.
    fn set_file(
        &self,
        path: &Path,
        shop: &Shop<'_>,
    ) -> Result<(Entry, Input, Result<One, Error>), Error> {
        let page = self.page(path);
        let name = page.to_string_lossy();
        let cache = shop.options.cache;
        // A shelf that is taken for nothing is thrown away.
        let keeps = matches!(shop.aim, Aim::Site) && !cache.is_forgetful();
        let shelf = keeps.then(|| cache.shelf("set", &name));
        let earlier = shop.options.earlier.filter(|_| keeps);
        if let (Some(shelf), Some(input)) = (&shelf, earlier.and_then(|it| it.inputs.still(path)))
            && let Some((entry, one)) = self.kept(path, &name, input, &**shelf, shop)
        {
            return Ok((entry, input, Ok(one)));
        }
        let (bytes, stamp) = stamp::read(path).map_err(|error| Error::new(path, error))?;
        let input = Input::of(&bytes, stamp);
        if let Some(shelf) = &shelf
            && let Some((entry, one)) = self.kept(path, &name, input, &**shelf, shop)
        {
            return Ok((entry, input, Ok(one)));
        }
        let post = post::read_with(self.shown(path), &bytes, self.has_page_sessions());
        let mut entry = self.entry(path, post);
        let one = self.set_one(&entry, shop).and_then(|(set, inspected)| {
            let mut made_of = None;
            if let Some(shelf) = &shelf
                && set.is_certain()
                && let Some(bytes) = set.to_bytes()
            {
                let key = self.key(&name, input, shop);
                shelf.put(key, bytes);
                cache.shelf("text", &name).put(key, set.shown.clone());
                made_of = Some(key);
            }
            shop.put(set, made_of, inspected)
        });
        entry.post.let_go();
        Ok((entry, input, one))
    }

    /// The post of a file as it is kept on its shelf, if it is.
    fn kept(
        &self,
        path: &Path,
        name: &str,
        input: Input,
        shelf: &dyn Shelf,
        shop: &Shop<'_>,
    ) -> Option<(Entry, One)> {
        let key = self.key(name, input, shop);
        let mut head = Head::of_bytes(&shelf.get(key)?)?;
        let cache = shop.options.cache;
        if !cache.seems_to_have("text", name, head.measures.shown()) {
            return None;
        }
        let runs = head.runs.iter().map(|run| ("run", run.as_str()));
        let others = [("draw", name), ("text", name)].into_iter().chain(runs);
        others.for_each(|(kind, name)| cache.leave(kind, name));
        if let Some(letters) = &head.letters {
            shop.add_letters(letters);
        }
        let entry = self.entry(path, head.outline(self.shown(path)));
        let place = Place::Kept {
            name: name.to_owned(),
            key,
            measures: head.measures,
        };
        let one = One {
            galley: head.galley,
            waiting: Waiting {
                place,
                made_of: Some(key),
            },
            inspected: Vec::new(),
        };
        Some((entry, one))
    }

    /// What decides how the post of a page is set.
    fn key(&self, page: &str, input: Input, shop: &Shop<'_>) -> Key {
        let settings = self.settings.as_ref();
        let options = format!(
            "{:?} {:?} {} {} {}",
            input.hash(),
            shop.options.python,
            shop.options.run,
            shop.letters.is_some(),
            self.lock.is_empty()
        );
        let settings = settings.map_or("", |(source, _)| source.text());
        key(
            "set",
            &[page, settings, options.as_str()].map(str::as_bytes),
        )
    }

    fn set_whole(&self, entry: &Entry, shop: &Shop<'_>) -> Result<One, Error> {
        let (set, inspected) = self.set_one(entry, shop)?;
        shop.put(set, None, inspected)
    }

    fn set_one(&self, entry: &Entry, shop: &Shop<'_>) -> Result<(Set, Vec<Diagnostic>), Error> {
        let options = shop.options;
        let (checked, runs) = match options.run {
            true => self.run(entry, shop)?,
            false => (Checked::default(), Vec::new()),
        };
        let letters = shop.letters.as_ref().map(|_| {
            let mut letters = Lettering::default();
            letters.add(&entry.post, &checked);
            letters.to_texts()
        });
        let inspected = match shop.aim {
            Aim::Site => Vec::new(),
            Aim::Check(inspect) => inspect(self, entry, &checked),
        };
        let shelf = options.cache.shelf("draw", &entry.page.to_string_lossy());
        let (galley, text) = Galley::of(entry, &checked, &self.config, &self.lock, &*shelf);
        let terms = text.digest.terms.to_bytes();
        let post = &entry.post;
        let head = Head {
            galley,
            beginning: post.beginning().to_owned(),
            front_matter: post.front_matter.clone(),
            headings: post.headings.clone(),
            letters,
            runs,
            measures: Measures::of(&text, &terms),
        };
        let shown = spill::shown(&text);
        Ok((Set { head, shown, terms }, inspected))
    }

    /// Runs a post under the versions of its plan, and judges it. Gives the names of the shelves with its results, too.
    fn run(&self, entry: &Entry, shop: &Shop<'_>) -> Result<(Checked, Vec<String>), Error> {
        let (options, error) = (shop.options, |message| {
            Error::new(entry.post.source.path(), message)
        });
        let plan = self.plan(entry, options.python).map_err(error)?;
        let versions = plan.versions();
        let engines = versions.iter().map(|version| shop.engines.of(version));
        let engines = engines.collect::<Result<Vec<_>, _>>().map_err(error)?;
        // A lone post has but its versions to be run beside each other.
        let runs: Vec<(&&str, Arc<dyn Engine>)> = versions.iter().zip(engines).collect();
        let name = |version: &str| format!("{} {version}", entry.page.display());
        let results = in_parallel(&runs, shop.inner_jobs, |(version, engine)| {
            let shelf = options.cache.shelf("run", &name(version));
            plan.run(&entry.post, &Kept::new(&**engine, &*shelf))
        });
        let names = versions.iter().map(|version| name(version)).collect();
        Ok((Checked::of(entry, &plan, results), names))
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
        let Some(own) = &front_matter.matrix else {
            return Plan::of(&entry.post, python, matrix, false);
        };
        // What is wrong with one post's matrix is that post's mistake: its page shows one version.
        match run::named(own) {
            Ok(_) => Plan::of(&entry.post, python, own, false),
            Err(mistake) => Ok(Plan {
                mistake: Some(mistake),
                ..Plan::of(&entry.post, python, &[], false)?
            }),
        }
    }
}

impl Shop<'_> {
    /// Puts the text of a post away.
    fn put(
        &self,
        set: Set,
        made_of: Option<Key>,
        inspected: Vec<Diagnostic>,
    ) -> Result<One, Error> {
        if let Some(letters) = &set.head.letters {
            self.add_letters(letters);
        }
        let put = self.spill.put(&set.shown, &set.terms, set.head.measures);
        let place = Place::Spilled(put.map_err(|error| Error::new("", error))?);
        Ok(One {
            galley: set.head.galley,
            waiting: Waiting { place, made_of },
            inspected,
        })
    }

    fn add_letters(&self, letters: &[String; 3]) {
        if let Some(all) = &self.letters {
            let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
            all.add_texts(letters);
        }
    }
}

impl Setting<'_> {
    /// What all posts come to.
    pub fn facts(&self) -> Facts {
        let mut facts = Facts::default();
        for Galley { tally, .. } in &self.galleys {
            facts.blocks += tally.results;
            facts.claims += tally.claims;
            facts.held += tally.held;
        }
        facts
    }

    /// A part of a text: `spilled` takes it out of the spill, `kept` off its shelf, which is of this kind.
    fn read<T: Default>(
        &self,
        entry: usize,
        spilled: fn(&Spill, spill::Place) -> std::io::Result<T>,
        kind: &'static str,
        kept: fn(Vec<u8>, &Measures) -> Option<T>,
    ) -> T {
        let read = match self.waiting.get(entry).map(|waiting| &waiting.place) {
            None => Ok(T::default()),
            Some(Place::Spilled(place)) => {
                spilled(&self.spill, *place).map_err(|error| Error::new("", error))
            }
            Some(Place::Kept {
                name,
                key,
                measures,
            }) => {
                let bytes = self.cache.shelf(kind, name).get(*key);
                let found = bytes.and_then(|bytes| kept(bytes, measures));
                found.ok_or_else(|| {
                    self.cache.repair(kind, name);
                    Error::new(".gieok/cache", "somebody changes it while it is read")
                })
            }
        };
        read.unwrap_or_else(|error| {
            let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
            *failure = Some(error);
            T::default()
        })
    }

    /// That a text did not come back, if so: then pages are not whole.
    ///
    /// # Errors
    /// What the disk said.
    pub fn is_whole(&self) -> Result<(), Error> {
        let failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        match &*failure {
            Some(failure) => Err(failure.clone()),
            None => Ok(()),
        }
    }
}

impl Texts for Setting<'_> {
    fn html(&self, entry: usize) -> String {
        let kept = |mut bytes: Vec<u8>, measures: &Measures| {
            let (html, _) = measures.split(&bytes)?;
            bytes.truncate(html.len());
            String::from_utf8(bytes).ok()
        };
        self.read(entry, Spill::html, "text", kept)
    }

    fn file(&self, entry: usize) -> Vec<u8> {
        let kept = |bytes: Vec<u8>, measures: &Measures| Some(measures.split(&bytes)?.1.to_owned());
        self.read(entry, Spill::file, "text", kept)
    }

    fn terms(&self, entry: usize) -> Terms {
        let kept = |bytes: Vec<u8>, _: &Measures| set::terms(&bytes);
        self.read(entry, Spill::terms, "set", kept)
    }

    fn made_of(&self, entry: usize) -> Option<Key> {
        self.waiting.get(entry)?.made_of
    }
}

/// The posts of a book that are set; those that were let go are read again.
pub struct SetPosts<'a> {
    /// The book.
    pub book: &'a Book,
    /// Its posts.
    pub setting: &'a Setting<'a>,
}

impl Posts for SetPosts<'_> {
    fn whole(&self, entry: usize) -> Option<Cow<'_, Entry>> {
        self.book.whole(entry)
    }

    fn passages(&self, entry: usize) -> Vec<Passage> {
        let galley = self.setting.galleys.get(entry);
        galley.map_or_else(Vec::new, |galley| galley.passages.clone())
    }

    fn have_same_code(&self, one: usize, other: usize) -> bool {
        let galleys = &self.setting.galleys;
        let pair = galleys.get(one).zip(galleys.get(other));
        pair.is_some_and(|(one, other)| one.code == other.code)
    }
}
