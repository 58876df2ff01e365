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
use serde_json::json;

use super::SearchIndex;
use super::digest::{Short, Terms};

/// A term file is closed when it has this many bytes.
const SHARD_BYTES: usize = 48 * 1024;

/// The index of one language.
#[derive(Debug, Default)]
pub struct Bigrams {
    /// The place of each short term in `postings`; most are pairs of syllables.
    short: FxHashMap<Short, u32>,
    /// The place of each other term.
    long: FxHashMap<Box<[u8]>, u32>,
    postings: Vec<Postings>,
    firsts: Vec<u32>,
    units: u32,
    /// Of every file.
    version: blake3::Hasher,
}

/// The units of a term, ascending, as its file lists them.
#[derive(Debug, Default)]
struct Postings {
    /// Numbers with commas between them.
    list: Vec<u8>,
    /// The unit of the last one.
    last: u32,
}

impl Postings {
    fn push(&mut self, unit: u32, weight: u32) {
        if !self.list.is_empty() {
            self.list.push(b',');
        }
        push_decimal(&mut self.list, (unit - self.last) * 16 + weight);
        self.last = unit;
    }
}

/// Adds a number; most have two or three digits.
fn push_decimal(list: &mut Vec<u8>, mut number: u32) {
    let mut digits = [0; 10];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    list.extend_from_slice(&digits[at..]);
}

impl Bigrams {
    fn postings(&mut self, term: &[u8]) -> Option<&mut Postings> {
        let next = self.postings.len() as u32;
        let place = match Short::of(term) {
            Some(short) => *self.short.entry(short).or_insert(next),
            None => match self.long.get(term) {
                Some(place) => *place,
                None => *self.long.entry(term.into()).or_insert(next),
            },
        };
        if place == next {
            self.postings.push(Postings::default());
        }
        self.postings.get_mut(place as usize)
    }

    fn file(&mut self, name: String, bytes: Vec<u8>) -> (String, Vec<u8>) {
        self.version.update(&bytes);
        (name, bytes)
    }
}

impl SearchIndex for Bigrams {
    fn add(&mut self, terms: &Terms) {
        let first = self.units;
        self.firsts.push(first);
        self.units += terms.sections;
        for (term, places) in terms.iter() {
            let Some(postings) = self.postings(term) else {
                continue;
            };
            for (section, weight) in places {
                postings.push(first + section, weight);
            }
        }
        self.version.update(&terms.file);
    }

    fn files(mut self: Box<Self>, write: &mut dyn FnMut(String, Vec<u8>)) {
        let short = std::mem::take(&mut self.short).into_iter();
        let long = std::mem::take(&mut self.long).into_iter();
        let mut terms: Vec<(Box<[u8]>, u32)> = short
            .map(|(short, place)| (short.term(), place))
            .chain(long)
            .collect();
        terms.sort_unstable();
        let postings = std::mem::take(&mut self.postings);
        let (mut shards, mut shard) = (Vec::new(), Vec::new());
        for (term, place) in &terms {
            // Terms were texts before they were packed.
            let Ok(term) = std::str::from_utf8(term) else {
                continue;
            };
            let postings = postings.get(*place as usize);
            if shard.is_empty() {
                shards.push(term.to_owned());
            }
            shard.push(if shard.is_empty() { b'{' } else { b',' });
            // Texts can always be written.
            let _ = serde_json::to_writer(&mut shard, term);
            shard.extend_from_slice(b":[");
            shard.extend_from_slice(postings.map_or(&[], |postings| &postings.list));
            shard.push(b']');
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    use super::super::digest::{CODE, Digest, HEADING, TITLE};
    use crate::post;
    use crate::site::address::Address;
    use crate::source::Source;

    fn files(texts: &[&str]) -> BTreeMap<String, serde_json::Value> {
        let mut index = Box::new(Bigrams::default());
        let add = |(place, text): (usize, &&str)| {
            let post = post::parse(Source::new("글.md", *text));
            let digest = Digest::of(&post, &Address::exactly("글.html"));
            index.add(&digest.terms);
            (format!("p{place}.json"), digest.file)
        };
        let mut all: Vec<_> = texts.iter().enumerate().map(add).collect();
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
