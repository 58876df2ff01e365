//! The files of a book: `book.toml`, and posts below `content/<language>/`. A lone file is a book of one post.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::config::{Config, SessionScope};
use crate::diagnostic::Diagnostic;
use crate::post::{self, Post};
use crate::source::Source;

use super::Error;
use super::inputs::{Input, Inputs, Listing, Role};
use super::stamp;
use super::threads::{in_parallel, processors};
use crate::site::drift::Lock;
use crate::site::{Address, Entry, Posts, Site, StaticFile};

/// A book.
#[derive(Debug, Clone)]
pub struct Book {
    /// The folder that holds `book.toml`, or the lone post's.
    pub root: PathBuf,
    /// Its settings.
    pub config: Config,
    /// The `book.toml` and what is wrong with it; `None` where there is none.
    pub settings: Option<(Source, Vec<Diagnostic>)>,
    /// Its posts: languages in alphabetical order, then pages.
    pub entries: Vec<Entry>,
    /// The files of posts that are not read yet, in the same order.
    pub(super) waiting: Vec<PathBuf>,
    /// False where posts were let go when their pages were made: [`Book::whole`] reads them again.
    pub(super) keeps_posts: bool,
    /// Files that go into the site as they are: those below `static/`, and those below `content/` that are no posts.
    pub files: Vec<StaticFile>,
    /// Files that could not be read.
    pub unreadable: Vec<Error>,
    /// The book's own templates; they are read when the site is built.
    pub templates: Vec<PathBuf>,
    /// What was read so far.
    pub inputs: Inputs,
    /// What the originals were when their translations were accepted: its `i18n.lock`.
    pub lock: Lock,
    /// Whether this is one file and no book around it.
    pub is_lone: bool,
    /// Whether posts that are not published are shown.
    pub drafts: bool,
}

impl Book {
    /// Reads the book in a folder.
    ///
    /// # Errors
    /// There is neither a `book.toml` nor a folder `content`.
    pub fn open(root: &Path) -> Result<Book, Error> {
        let mut book = Book::look(root)?;
        let waiting = std::mem::take(&mut book.waiting);
        let read = in_parallel(&waiting, processors(), |path| book.read_post(path));
        for (path, read) in waiting.iter().zip(read) {
            match read {
                Ok((entry, input)) => {
                    book.inputs.note(path, input);
                    book.entries.push(entry);
                }
                Err(error) => book.unreadable.push(error),
            }
        }
        Ok(book)
    }

    /// Reads the book in a folder but for its posts, which are read, and let go, when it is built.
    ///
    /// # Errors
    /// There is neither a `book.toml` nor a folder `content`.
    pub fn look(root: &Path) -> Result<Book, Error> {
        let content = root.join("content");
        let settings_path = root.join("book.toml");
        if !content.is_dir() && !settings_path.is_file() {
            return Err(Error::new(
                root,
                "no book here: there is no book.toml and no folder content/",
            ));
        }
        let mut listing = Listing::of_book(root);
        let mut book = Book {
            root: root.to_owned(),
            config: Config::default(),
            settings: None,
            entries: Vec::new(),
            waiting: Vec::new(),
            keeps_posts: true,
            files: Vec::new(),
            unreadable: std::mem::take(&mut listing.errors),
            templates: Vec::new(),
            inputs: Inputs::begin(&mut listing),
            lock: Lock::default(),
            is_lone: false,
            drafts: false,
        };
        // The settings come first: they say what posts mean.
        for (role, path) in &listing.files {
            book.inputs.note_name(path);
            match role {
                Role::Settings => book.read_settings(path)?,
                Role::Lock => book.read_lock(path),
                Role::Post => book.waiting.push(path.clone()),
                Role::Beside => book.add_file(&content, path),
                Role::Static => book.add_static(path),
                Role::Template => book.templates.push(path.clone()),
            }
        }
        Ok(book)
    }

    /// Reads one file as a book.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn lone(path: &Path) -> Result<Book, Error> {
        let bytes = std::fs::read(path).map_err(|error| Error::new(path, error))?;
        let post = post::read(path, &bytes);
        let config = Config::default();
        let lang = post
            .front_matter
            .lang
            .clone()
            .unwrap_or_else(|| guess_language(&post).to_owned());
        let page = PathBuf::from(path.file_stem().unwrap_or(path.as_os_str()));
        let entry = Entry {
            post,
            lang,
            page,
            address: Address::home(),
        };
        let root = path.parent().unwrap_or(Path::new("")).to_owned();
        Ok(Book {
            root,
            config,
            settings: None,
            entries: vec![entry],
            waiting: Vec::new(),
            keeps_posts: true,
            files: Vec::new(),
            unreadable: Vec::new(),
            templates: Vec::new(),
            inputs: Inputs::default(),
            lock: Lock::default(),
            is_lone: true,
            drafts: true,
        })
    }

    /// How the posts lie together, and what is wrong between them.
    pub fn site(&self) -> Site<'_> {
        self.site_of(&self.entries[..])
    }

    /// The same, where `posts` has the texts.
    pub(super) fn site_of(&self, posts: &(impl Posts + ?Sized)) -> Site<'_> {
        let (config, entries) = (&self.config, &self.entries);
        if self.is_lone {
            return Site::lone(config, entries);
        }
        Site::of_posts(config, entries, &self.files, self.drafts, posts)
            .with_lock(&self.lock, posts)
    }

    fn read_settings(&mut self, path: &Path) -> Result<(), Error> {
        let (bytes, stamp) = stamp::read(path).map_err(|error| Error::new(path, error))?;
        self.inputs.note(path, Input::of(&bytes, stamp));
        let name = path.strip_prefix(".").unwrap_or(path);
        let (source, _) = Source::decode(name, &bytes);
        let (config, diagnostics) = Config::parse(&source);
        self.config = config;
        self.settings = Some((source, diagnostics));
        Ok(())
    }

    fn read_lock(&mut self, path: &Path) {
        match stamp::read_text(path) {
            Ok((text, stamp)) => {
                self.inputs.note(path, Input::of(text.as_bytes(), stamp));
                match Lock::parse(&text) {
                    Ok(lock) => self.lock = lock,
                    Err(message) => self.unreadable.push(Error::new(path, message)),
                }
            }
            Err(error) => self.unreadable.push(Error::new(path, error)),
        }
    }

    /// Where the book's lock file is, or would be.
    pub fn lock_path(&self) -> PathBuf {
        self.root.join("i18n.lock")
    }

    /// Reads a post, and what is known of its file.
    pub(super) fn read_post(&self, path: &Path) -> Result<(Entry, Input), Error> {
        let (bytes, stamp) = stamp::read(path).map_err(|error| Error::new(path, error))?;
        let post = post::read_with(self.shown(path), &bytes, self.has_page_sessions());
        Ok((self.entry(path, post), Input::of(&bytes, stamp)))
    }

    /// Whether the blocks of a post share a session if it does not say otherwise.
    pub(super) fn has_page_sessions(&self) -> bool {
        self.config.session == SessionScope::Page
    }

    /// The file as messages name it: as seen from where the book is.
    pub(super) fn shown<'a>(&self, path: &'a Path) -> &'a Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }

    /// The page of a file below `content/`: its path there, without its ending.
    pub(super) fn page(&self, path: &Path) -> PathBuf {
        let content = self.root.join("content");
        path.strip_prefix(content)
            .unwrap_or(path)
            .with_extension("")
    }

    /// The post of a file as a part of the book.
    pub(super) fn entry(&self, path: &Path, mut post: Post) -> Entry {
        let page = self.page(path);
        let folder = page
            .components()
            .next()
            .filter(|_| page.components().count() > 1);
        let folder = folder.map_or(self.config.default_language.clone(), |folder| {
            folder.as_os_str().to_string_lossy().into_owned()
        });
        let lang = post.front_matter.lang.get_or_insert(folder).clone();
        let mut entry = Entry {
            post,
            lang,
            page,
            address: Address::home(),
        };
        entry.address = Address::of(
            &entry.post.front_matter,
            &entry.path(),
            &entry.lang,
            &self.config,
        );
        entry
    }

    /// A post with its text, by its place in [`Book::entries`]; `None` if that can no longer be read.
    pub fn whole(&self, entry: usize) -> Option<Cow<'_, Entry>> {
        let entry = self.entries.get(entry)?;
        if self.keeps_posts {
            return Some(Cow::Borrowed(entry));
        }
        let read = self.read_post(&self.root.join(entry.post.source.path()));
        Some(Cow::Owned(read.ok()?.0))
    }

    /// The source of a post, by its place in [`Book::entries`].
    pub fn source(&self, entry: usize) -> Option<Cow<'_, Source>> {
        let source = &self.entries.get(entry)?.post.source;
        if self.keeps_posts {
            return Some(Cow::Borrowed(source));
        }
        let bytes = std::fs::read(self.root.join(source.path())).ok()?;
        Some(Cow::Owned(Source::decode(source.path(), &bytes).0))
    }

    /// A picture beside a post stands beside the post's page; the default language's folder has no prefix.
    fn add_file(&mut self, content: &Path, path: &Path) {
        let page = path.strip_prefix(content).unwrap_or(path).to_owned();
        let within = page
            .strip_prefix(&self.config.default_language)
            .unwrap_or(&page);
        let address = Address::exactly(&within.to_string_lossy().replace('\\', "/"));
        self.files
            .push(StaticFile::of_content(&page, path, address));
    }

    fn add_static(&mut self, path: &Path) {
        let within = path.strip_prefix(self.root.join("static")).unwrap_or(path);
        let address = Address::exactly(&within.to_string_lossy().replace('\\', "/"));
        self.files
            .push(StaticFile::of_content(within, path, address));
    }
}

/// A lone post says its language by its letters.
fn guess_language(post: &Post) -> &'static str {
    let hangul = post
        .source
        .text()
        .chars()
        .filter(|character| matches!(character, '가'..='힣'))
        .take(20)
        .count();
    if hangul >= 20 { "ko" } else { "en" }
}
