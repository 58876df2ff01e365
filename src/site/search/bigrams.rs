//! Our index: terms in order, cut into files of some 48 KB, so that a query loads a few of them.
//!
//! ```text
//! index.json   { version, firsts: the first unit of each post, shards: the first term of each term file }
//! t0.json …    { term: [unit, unit, …] }     each a number: step from the unit before * 16 + weight
//! p0.json …    { title, address, sections: [[anchor, heading, text], …] }     a post, to show and to look twice
//! ```
//!
//! A unit is a section; units are numbered through all posts. Sorted terms make a prefix a range of files.

use rustc_hash::FxHashMap;
use serde::Serialize;
use serde_json::json;

use super::SearchIndex;
use super::document::{Document, Section};
use super::terms::{initials, terms, terms_up_to};

/// How much a place of a term counts. At most 15.
const TITLE: u32 = 8;
const HEADING: u32 = 4;
const CODE: u32 = 3;
const BODY: u32 = 1;

/// A term file is closed when it has this many bytes.
const SHARD_BYTES: usize = 48 * 1024;

/// The index of one language.
#[derive(Debug, Default)]
pub struct Bigrams {
    /// The place of each short term in `postings`; most are pairs of syllables.
    short: FxHashMap<Short, u32>,
    /// The place of each other term.
    long: FxHashMap<Box<str>, u32>,
    /// For each term its units, ascending, each with the most that it counts there: `unit * 16 + weight`.
    postings: Vec<Vec<u32>>,
    firsts: Vec<u32>,
    units: u32,
    /// Of every file.
    version: blake3::Hasher,
}

/// A term of at most seven bytes in one number: its bytes, the first one lowest, and its length above them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Short(u64);

impl Short {
    fn of(term: &str) -> Option<Short> {
        let mut bytes = [0; 8];
        let (length, place) = bytes.split_last_mut()?;
        place
            .get_mut(..term.len())?
            .copy_from_slice(term.as_bytes());
        *length = term.len() as u8;
        Some(Short(u64::from_le_bytes(bytes)))
    }

    fn term(self) -> Box<str> {
        let bytes = self.0.to_le_bytes();
        let length = usize::from(bytes[7]);
        let term = std::str::from_utf8(bytes.get(..length).unwrap_or_default());
        term.unwrap_or_default().into()
    }
}

/// A post as it is shown and looked at twice. The keys are in alphabetical order.
#[derive(Serialize)]
struct PostFile<'a> {
    address: &'a str,
    sections: Vec<[&'a str; 3]>,
    title: &'a str,
}

impl Bigrams {
    fn note(&mut self, unit: u32, weight: u32, term: &str) {
        let next = self.postings.len() as u32;
        let place = match Short::of(term) {
            Some(short) => *self.short.entry(short).or_insert(next),
            None => match self.long.get(term) {
                Some(place) => *place,
                None => *self.long.entry(term.into()).or_insert(next),
            },
        };
        if place == next {
            self.postings.push(Vec::new());
        }
        let Some(units) = self.postings.get_mut(place as usize) else {
            return;
        };
        match units.last_mut() {
            Some(last) if *last / 16 == unit => *last = (*last).max(unit * 16 + weight),
            _ => units.push(unit * 16 + weight),
        }
    }

    fn file(&mut self, name: String, bytes: Vec<u8>) -> (String, Vec<u8>) {
        self.version.update(&bytes);
        (name, bytes)
    }
}

impl SearchIndex for Bigrams {
    fn add(&mut self, document: &Document) -> (String, Vec<u8>) {
        let name = format!("p{}.json", self.firsts.len());
        self.firsts.push(self.units);
        for (place, section) in document.sections.iter().enumerate() {
            let unit = self.units;
            self.units += 1;
            let heading = match place {
                0 => (&document.title, TITLE),
                _ => (&section.heading, HEADING),
            };
            let (title, weight) = heading;
            terms(title, &mut |term| self.note(unit, weight, term));
            // Code counts more than prose, so the blocks need not be read as a part of the prose too: only what
            // begins before them.
            for (text, weight) in [(&section.prose, BODY), (&section.inline, CODE)] {
                terms_up_to(text, &section.blocks, &mut |term| {
                    self.note(unit, weight, term)
                });
            }
            terms(&section.blocks, &mut |term| self.note(unit, CODE, term));
            initials(title, &mut |term| self.note(unit, weight, term));
        }
        let sections = document.sections.iter();
        let texts: Vec<String> = sections.clone().map(Section::text).collect();
        let post = PostFile {
            address: &document.address,
            sections: sections
                .zip(&texts)
                .map(|(section, text)| [&*section.anchor, &*section.heading, &**text])
                .collect(),
            title: &document.title,
        };
        // Texts and lists of texts can always be written.
        let bytes = serde_json::to_vec(&post).unwrap_or_default();
        self.file(name, bytes)
    }

    fn files(mut self: Box<Self>, write: &mut dyn FnMut(String, Vec<u8>)) {
        let short = std::mem::take(&mut self.short).into_iter();
        let long = std::mem::take(&mut self.long).into_iter();
        let mut terms: Vec<(Box<str>, u32)> = short
            .map(|(short, place)| (short.term(), place))
            .chain(long)
            .collect();
        terms.sort_unstable();
        let (mut shards, mut shard) = (Vec::new(), Vec::new());
        for (term, place) in &terms {
            let units = self.postings.get(*place as usize);
            if shard.is_empty() {
                shards.push(term.clone());
            }
            shard.push(if shard.is_empty() { b'{' } else { b',' });
            write_term(&mut shard, term, units.map_or(&[], Vec::as_slice));
            if shard.len() > SHARD_BYTES {
                shard.push(b'}');
                let full = std::mem::take(&mut shard);
                let (name, bytes) = self.file(format!("t{}.json", shards.len() - 1), full);
                write(name, bytes);
            }
        }
        if !shard.is_empty() {
            shard.push(b'}');
            let (name, bytes) = self.file(format!("t{}.json", shards.len() - 1), shard);
            write(name, bytes);
        }
        // Browsers may keep the files as long as the version is the same.
        let version = self.version.finalize().to_hex();
        let index = json!({
            "version": version.as_str().get(..8),
            "firsts": self.firsts,
            "shards": shards,
        });
        write("index.json".to_owned(), index.to_string().into_bytes());
    }
}

/// Writes a term with its units, each as the step from the unit before.
fn write_term(shard: &mut Vec<u8>, term: &str, units: &[u32]) {
    // Texts and numbers can always be written.
    let _ = serde_json::to_writer(&mut *shard, term);
    shard.extend_from_slice(b":[");
    let mut before = 0;
    for (at, unit) in units.iter().enumerate() {
        if at > 0 {
            shard.push(b',');
        }
        let _ = serde_json::to_writer(&mut *shard, &(unit - before));
        before = *unit / 16 * 16;
    }
    shard.push(b']');
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    use crate::post;
    use crate::site::address::Address;
    use crate::source::Source;

    fn files(texts: &[&str]) -> BTreeMap<String, serde_json::Value> {
        let mut index = Box::new(Bigrams::default());
        let add = |text: &&str| {
            let post = post::parse(Source::new("글.md", *text));
            let sections = Section::of_post(&post);
            index.add(&Document::of(&post, sections, &Address::exactly("글.html")))
        };
        let mut all: Vec<_> = texts.iter().map(add).collect();
        index.files(&mut |name, bytes| all.push((name, bytes)));
        all.into_iter()
            .map(|(path, bytes)| (path, serde_json::from_slice(&bytes).expect("JSON")))
            .collect()
    }

    #[test]
    fn a_term_counts_most_where_it_stands_highest() {
        let files = files(&[
            "---\ntitle: 해시\n---\n테이블\n\n## 해시 함수\n\n`hash()`와 해시\n",
            "해시\n\n```python\nhash_of = hash(1)  # 해시\n```\n",
        ]);
        let terms = &files["t0.json"];
        // Units: 0 and 1 of the first post, 2 of the second.
        assert_eq!(terms["해시"], json!([TITLE, 16 + HEADING, 16 + CODE]));
        assert_eq!(terms["hash"], json!([16 + CODE, 16 + CODE]));
        assert_eq!(terms["ㅎㅅ"], json!([TITLE, 16 + HEADING]));
        assert_eq!(files["index.json"]["firsts"], json!([0, 2]));
        assert_eq!(files["p0.json"]["sections"][1][1], json!("해시 함수"));
    }

    #[test]
    fn many_terms_are_several_files_in_order() {
        let text: String = (0..9000).map(|number| format!("word{number} ")).collect();
        let files = files(&[&text]);
        let shards = files["index.json"]["shards"].as_array().expect("a list");
        assert!(shards.len() > 1, "{shards:?}");
        let names: Vec<&str> = shards.iter().filter_map(|name| name.as_str()).collect();
        assert!(names.is_sorted());
        assert!(files.contains_key(&format!("t{}.json", shards.len() - 1)));
    }
}
