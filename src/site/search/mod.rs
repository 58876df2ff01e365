//! Search: an index for each language, made when the site is built, read by the browser piece by piece.
//!
//! What is found are headings, not pages. A [`SearchIndex`] turns documents into files; [`Bigrams`] is ours, and the
//! script `static/search.js` reads its files.

mod bigrams;
mod digest;
mod document;
mod terms;

pub use bigrams::Bigrams;
pub use digest::{Digest, Terms};

use super::Site;
use super::address::Address;
use super::edition::Edition;
use super::galley::Texts;
use super::keep::{Key, key};
use super::sink::Sink;

/// Turns the terms of documents into the files that a browser searches in. The documents' own files stand beside them:
/// `p0.json`, ….
pub trait SearchIndex {
    /// Takes a document in. What was added first is shown first among equals.
    fn add(&mut self, terms: &Terms);

    /// Gives the other files to `write`, one by one.
    fn files(self: Box<Self>, write: &mut dyn FnMut(String, Vec<u8>));
}

/// Makes the search files of an edition; each goes to `sink` as soon as it is made. Those that are made of what they were
/// made of before are not made again.
///
/// # Errors
/// What the sink says.
pub fn files<E>(
    site: &Site<'_>,
    edition: &Edition,
    texts: &dyn Texts,
    sink: &dyn Sink<E>,
) -> Result<(), E> {
    if site.is_lone {
        return Ok(());
    }
    let path = |name: &str| {
        let address = Address::within(&edition.lang, site.config, &format!("search/{name}"));
        address.as_str().to_owned()
    };
    // A fallback is found in the language that it is written in.
    let items = edition.items.iter().filter(|item| !item.is_fallback);
    let entries: Vec<usize> = items.map(|item| item.entry).collect();
    for (place, entry) in entries.iter().enumerate() {
        let (path, made_of) = (path(&format!("p{place}.json")), texts.made_of(*entry));
        if !made_of.is_some_and(|made_of| sink.keep(&path, made_of)) {
            sink.write(&path, &texts.file(*entry), made_of)?;
        }
    }
    let made_of = made_of(&entries, texts);
    let stands = |name: &str| made_of.is_some_and(|made_of| sink.keep(&path(name), made_of));
    if stands("index.json") {
        (0..)
            .take_while(|place| stands(&format!("t{place}.json")))
            .for_each(drop);
        return Ok(());
    }
    let mut index: Box<dyn SearchIndex> = Box::new(Bigrams::default());
    for entry in entries {
        index.add(&texts.terms(entry));
    }
    let mut result = Ok(());
    index.files(&mut |name, bytes| {
        if result.is_ok() {
            result = sink.write(&path(&name), &bytes, made_of);
        }
    });
    result
}

/// What the index of some posts is made of, if that is known of all of them.
fn made_of(entries: &[usize], texts: &dyn Texts) -> Option<Key> {
    let mut all = Vec::with_capacity(entries.len() * blake3::OUT_LEN);
    for entry in entries {
        all.extend_from_slice(texts.made_of(*entry)?.as_bytes());
    }
    Some(key("index", &[&all]))
}
