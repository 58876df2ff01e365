//! The files of a book: `book.toml`, and posts below `content/<language>/`. A lone file is a book of one post.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::config::{Config, SessionScope};
use crate::diagnostic::Diagnostic;
use crate::post::{self, Post};
use crate::source::Source;

use super::Error;
use crate::site::{Address, Entry, Site, StaticFile};

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
    /// Files that go into the site as they are: those below `static/`, and those below `content/` that are no posts.
    pub files: Vec<StaticFile>,
    /// Files that could not be read.
    pub unreadable: Vec<Error>,
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
        let content = root.join("content");
        let settings_path = root.join("book.toml");
        if !content.is_dir() && !settings_path.is_file() {
            return Err(Error::new(
                root,
                "no book here: there is no book.toml and no folder content/",
            ));
        }
        let mut book = Book {
            root: root.to_owned(),
            config: Config::default(),
            settings: None,
            entries: Vec::new(),
            files: Vec::new(),
            unreadable: Vec::new(),
            is_lone: false,
            drafts: false,
        };
        if settings_path.is_file() {
            book.read_settings(&settings_path)?;
        }
        for path in book.walk(&content) {
            if is_markdown(&path) {
                book.add(&content, &path);
            } else {
                book.add_file(&content, &path);
            }
        }
        let files = root.join("static");
        for path in book.walk(&files) {
            let within = path.strip_prefix(&files).unwrap_or(&path).to_owned();
            let address = Address::exactly(&within.to_string_lossy().replace('\\', "/"));
            book.files
                .push(StaticFile::of_content(&within, &path, address));
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
            files: Vec::new(),
            unreadable: Vec::new(),
            is_lone: true,
            drafts: true,
        })
    }

    /// How the posts lie together, and what is wrong between them.
    pub fn site(&self) -> Site<'_> {
        if self.is_lone {
            Site::lone(&self.config, &self.entries)
        } else {
            Site::of(&self.config, &self.entries, &self.files, self.drafts)
        }
    }

    /// The files below a folder in the order of their names; none if there is no such folder.
    fn walk(&mut self, folder: &Path) -> Vec<PathBuf> {
        let mut found = Vec::new();
        if !folder.is_dir() {
            return found;
        }
        for file in WalkDir::new(folder).sort_by_file_name().follow_links(true) {
            match file {
                Ok(file) if file.file_type().is_file() => found.push(file.into_path()),
                Ok(_) => {}
                Err(error) => self.unreadable.push(Error::new(
                    error.path().unwrap_or(folder),
                    error
                        .io_error()
                        .map_or_else(|| error.to_string(), ToString::to_string),
                )),
            }
        }
        found
    }

    fn read_settings(&mut self, path: &Path) -> Result<(), Error> {
        let bytes = std::fs::read(path).map_err(|error| Error::new(path, error))?;
        let (source, _) = Source::decode(path, &bytes);
        let (config, diagnostics) = Config::parse(&source);
        self.config = config;
        self.settings = Some((source, diagnostics));
        Ok(())
    }

    fn add(&mut self, content: &Path, path: &Path) {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => return self.unreadable.push(Error::new(path, error)),
        };
        let page = path
            .strip_prefix(content)
            .unwrap_or(path)
            .with_extension("");
        let folder = page
            .components()
            .next()
            .filter(|_| page.components().count() > 1);
        let folder = folder.map_or(self.config.default_language.clone(), |folder| {
            folder.as_os_str().to_string_lossy().into_owned()
        });
        // Messages name the file as seen from where the book is.
        let shown = path.strip_prefix(&self.root).unwrap_or(path);
        let mut post = post::read_with(shown, &bytes, self.config.session == SessionScope::Page);
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
        self.entries.push(entry);
    }

    /// A picture beside a post stands beside the post's page; the default language's folder has no prefix.
    fn add_file(&mut self, content: &Path, path: &Path) {
        let page = path.strip_prefix(content).unwrap_or(path).to_owned();
        let is_hidden = |part: &std::ffi::OsStr| part.to_string_lossy().starts_with('.');
        if page.iter().any(is_hidden) {
            return;
        }
        let within = page
            .strip_prefix(&self.config.default_language)
            .unwrap_or(&page);
        let address = Address::exactly(&within.to_string_lossy().replace('\\', "/"));
        self.files
            .push(StaticFile::of_content(&page, path, address));
    }
}

fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|extension| {
        extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("markdown")
    })
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
