//! The translations of a book, and the lock file that remembers what they were made from.

use std::path::Path;

use crate::diagnostic::closest;
use crate::post::Post;
use crate::site::drift::Standing;

use super::{Book, Error};

/// A post of the default language in another language of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// Its path below `content/` without its ending: `en/names`.
    pub page: String,
    /// Its language.
    pub lang: String,
    /// How it stands.
    pub state: TranslationState,
    /// The original: its place in [`Book::entries`].
    original: usize,
    /// The translation, if there is one: its place in [`Book::entries`].
    own: Option<usize>,
}

/// Whether there is a translation, and how it stands to its original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TranslationState {
    /// Nobody has written it.
    Missing,
    /// It is there.
    There(Standing),
}

impl Translation {
    /// The post that is translated.
    pub fn original<'a>(&self, book: &'a Book) -> Option<&'a Post> {
        book.entries.get(self.original).map(|entry| &entry.post)
    }

    /// The translation itself.
    pub fn own<'a>(&self, book: &'a Book) -> Option<&'a Post> {
        book.entries.get(self.own?).map(|entry| &entry.post)
    }
}

impl Book {
    /// Every post of the default language in every other language, in the order of language and path. Drafts wait.
    pub fn translations(&self) -> Vec<Translation> {
        let site = self.site();
        let mut found = Vec::new();
        for edition in &site.editions {
            if edition.lang == self.config.default_language {
                continue;
            }
            for (path, languages) in &site.pairs {
                let Some(&original) = languages.get(&self.config.default_language) else {
                    continue;
                };
                let own = languages.get(&edition.lang).copied();
                let standing = own.and_then(|own| site.standings.get(own)?.clone());
                let page = own.and_then(|own| self.entries.get(own)).map_or_else(
                    || format!("{}/{path}", edition.lang),
                    |entry| entry.page.to_string_lossy().replace('\\', "/"),
                );
                found.push(Translation {
                    page,
                    lang: edition.lang.clone(),
                    state: standing.map_or(TranslationState::Missing, TranslationState::There),
                    original,
                    own,
                });
            }
        }
        found
    }

    /// Writes down that these translations render their originals as they are now, and forgets those that are no
    /// more. Gives how many were accepted.
    ///
    /// # Errors
    /// One of them is no translation; then nothing is written. Or the disk's.
    pub fn accept(&mut self, pages: &[String]) -> Result<usize, Error> {
        let translations = self.translations();
        let mut lock = self.lock.clone();
        for page in pages {
            let known = translations.iter().find(|it| it.page == *page);
            let posts = known.and_then(|it| it.original(self).zip(it.own(self)));
            let Some((original, own)) = posts else {
                return Err(self.no_translation(page, &translations));
            };
            lock.accept(page, original, own);
        }
        let is_there = |page: &str| {
            let known = translations.iter().find(|it| it.page == page);
            known.is_some_and(|it| it.own.is_some())
        };
        let gone: Vec<String> = lock
            .pages()
            .filter(|page| !is_there(page))
            .map(str::to_owned)
            .collect();
        gone.iter().for_each(|page| lock.forget(page));
        write_whole(&self.lock_path(), lock.text().as_bytes())?;
        self.lock = lock;
        Ok(pages.len())
    }

    fn no_translation(&self, page: &str, translations: &[Translation]) -> Error {
        let there = translations.iter().filter(|it| it.own.is_some());
        let near = closest(page, there.map(|it| it.page.as_str()));
        let advice = near.map_or_else(
            || "`gieok i18n status` lists the translations".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        Error::new(
            self.root.join("content").join(page),
            format!("there is no such translation; {advice}"),
        )
    }
}

/// Writes a file beside its place and moves it there, so that it is never half written.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let beside = path.with_extension("lock.new");
    let failed = |error| Error::new(path, error);
    std::fs::write(&beside, bytes).map_err(failed)?;
    std::fs::rename(&beside, path).map_err(failed)
}
