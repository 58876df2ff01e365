//! Our index: terms in order, cut into files of some 48 KB, so that a query loads a few of them.
//!
//! ```text
//! index.json   { version, firsts: the first unit of each post, shards: the first term of each term file }
//! t0.json …    { term: [unit, unit, …] }     each a number: step from the unit before * 16 + weight
//! p0.json …    { title, address, sections: [[anchor, heading, text], …] }     a post, to show and to look twice
//! ```
//!
//! A unit is a section; units are numbered through all posts. Sorted terms make a prefix a range of files.

use std::collections::BTreeMap;

use serde_json::json;

use super::SearchIndex;
use super::document::Document;
use super::terms::{initials, terms};

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
    /// For each term its units, ascending, with the most that it counts there.
    postings: BTreeMap<String, Vec<(u32, u32)>>,
    firsts: Vec<u32>,
    units: u32,
    posts: Vec<Vec<u8>>,
}

impl Bigrams {
    fn note(&mut self, unit: u32, weight: u32, term: &str) {
        let units = match self.postings.get_mut(term) {
            Some(units) => units,
            None => self.postings.entry(term.to_owned()).or_default(),
        };
        match units.last_mut() {
            Some((last, most)) if *last == unit => *most = (*most).max(weight),
            _ => units.push((unit, weight)),
        }
    }
}

impl SearchIndex for Bigrams {
    fn add(&mut self, document: &Document) {
        self.firsts.push(self.units);
        for (place, section) in document.sections.iter().enumerate() {
            let unit = self.units;
            self.units += 1;
            let heading = match place {
                0 => (&document.title, TITLE),
                _ => (&section.heading, HEADING),
            };
            for (text, weight) in [heading, (&section.code, CODE), (&section.text, BODY)] {
                terms(text, &mut |term| self.note(unit, weight, term));
            }
            initials(heading.0, &mut |term| self.note(unit, heading.1, term));
        }
        let sections = document.sections.iter();
        let sections: Vec<_> = sections
            .map(|section| json!([section.anchor, section.heading, section.text]))
            .collect();
        let post =
            json!({ "title": document.title, "address": document.address, "sections": sections });
        self.posts.push(post.to_string().into_bytes());
    }

    fn files(self: Box<Self>) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        let (mut shards, mut shard) = (Vec::new(), String::new());
        for (term, units) in &self.postings {
            shard.push(if shard.is_empty() { '{' } else { ',' });
            if shard.len() == 1 {
                shards.push(term.clone());
            }
            shard.push_str(&format!("{}:[", json!(term)));
            let mut before = 0;
            for (at, (unit, weight)) in units.iter().enumerate() {
                let comma = if at > 0 { "," } else { "" };
                shard.push_str(&format!("{comma}{}", (unit - before) * 16 + weight));
                before = *unit;
            }
            shard.push(']');
            if shard.len() > SHARD_BYTES {
                let full = std::mem::take(&mut shard) + "}";
                files.push((format!("t{}.json", shards.len() - 1), full.into_bytes()));
            }
        }
        if !shard.is_empty() {
            files.push((
                format!("t{}.json", shards.len() - 1),
                (shard + "}").into_bytes(),
            ));
        }
        let posts = self.posts.into_iter().enumerate();
        files.extend(posts.map(|(number, post)| (format!("p{number}.json"), post)));
        // Browsers may keep the files as long as the version is the same.
        let mut hasher = blake3::Hasher::new();
        for (_, bytes) in &files {
            hasher.update(bytes);
        }
        let version = hasher.finalize().to_hex();
        let index = json!({
            "version": version.as_str().get(..8),
            "firsts": self.firsts,
            "shards": shards,
        });
        files.push(("index.json".to_owned(), index.to_string().into_bytes()));
        files
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post;
    use crate::site::address::Address;
    use crate::source::Source;

    fn files(texts: &[&str]) -> BTreeMap<String, serde_json::Value> {
        let mut index = Box::new(Bigrams::default());
        for text in texts {
            let post = post::parse(Source::new("글.md", *text));
            index.add(&Document::of(&post, &Address::exactly("글.html")));
        }
        index
            .files()
            .into_iter()
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
