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

/// Turns documents into the files that a browser searches in.
pub trait SearchIndex {
    /// Takes a document in; what was added first is shown first among equals.
    fn add(&mut self, document: &Document);

    /// The files by their path below the search folder of their language.
    fn files(self: Box<Self>) -> Vec<(String, Vec<u8>)>;
}

/// The search files of every edition, by their addresses.
pub fn files(site: &Site<'_>) -> Vec<(Address, Vec<u8>)> {
    let mut files = Vec::new();
    for edition in site.editions.iter().filter(|_| !site.is_lone) {
        let mut index: Box<dyn SearchIndex> = Box::new(Bigrams::default());
        // A fallback is found in the language that it is written in.
        for item in edition.items.iter().filter(|item| !item.is_fallback) {
            if let Some(entry) = site.entries.get(item.entry) {
                index.add(&Document::of(&entry.post, &item.address));
            }
        }
        for (path, bytes) in index.files() {
            let path = format!("search/{path}");
            files.push((Address::within(&edition.lang, site.config, &path), bytes));
        }
    }
    files
}
