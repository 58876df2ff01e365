//! Search: an index for each language, made when the site is built, read by the browser piece by piece.
//!
//! What is found are headings, not pages. A [`SearchIndex`] turns documents into files; [`Bigrams`] is ours, and the
//! script `static/search.js` reads its files.

mod bigrams;
mod document;
mod terms;

pub use bigrams::Bigrams;
pub use document::{Document, Section};

use super::Site;
use super::address::Address;
use super::edition::Edition;
use super::galley::Texts;

/// Turns documents into the files that a browser searches in.
pub trait SearchIndex {
    /// Takes a document in, and gives its own file by its path below the search folder of its language. What was added
    /// first is shown first among equals.
    fn add(&mut self, document: &Document) -> (String, Vec<u8>);

    /// Gives the other files to `write`, one by one.
    fn files(self: Box<Self>, write: &mut dyn FnMut(String, Vec<u8>));
}

/// Makes the search files of an edition; each goes to `write` as soon as it is made.
///
/// # Errors
/// What `write` says.
pub fn files<E>(
    site: &Site<'_>,
    edition: &Edition,
    texts: &dyn Texts,
    mut write: impl FnMut(&Address, &[u8]) -> Result<(), E>,
) -> Result<(), E> {
    if site.is_lone {
        return Ok(());
    }
    let mut index: Box<dyn SearchIndex> = Box::new(Bigrams::default());
    let mut written = |path: String, bytes: Vec<u8>| {
        let path = format!("search/{path}");
        write(&Address::within(&edition.lang, site.config, &path), &bytes)
    };
    // A fallback is found in the language that it is written in.
    for item in edition.items.iter().filter(|item| !item.is_fallback) {
        if let Some(entry) = site.entries.get(item.entry) {
            let sections = texts.sections(item.entry);
            let (path, bytes) = index.add(&Document::of(&entry.post, sections, &item.address));
            written(path, bytes)?;
        }
    }
    let mut result = Ok(());
    index.files(&mut |path, bytes| {
        if result.is_ok() {
            result = written(path, bytes);
        }
    });
    result
}
