//! A digest: what a post brings into the index, made once, when the post is set.
//!
//! ```text
//! terms    { length, bytes, count, place, place, … } …      the numbers in LEB128
//! place    step from the section before * 16 + weight
//! ```

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::document::{Document, Section};
use super::terms::{initials, terms, terms_up_to};
use crate::post::Post;
use crate::site::address::Address;

/// How much a place of a term counts. At most 15.
pub(super) const TITLE: u32 = 8;
pub(super) const HEADING: u32 = 4;
pub(super) const CODE: u32 = 3;
const BODY: u32 = 1;

/// What a post brings into the index.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Digest {
    /// Its own file: `{ title, address, sections: [[anchor, heading, text], …] }`, to show and to look twice.
    pub file: Vec<u8>,
    /// Its terms.
    pub terms: Terms,
}

/// The terms of a post.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms {
    packed: Vec<u8>,
    /// How many sections the post has.
    pub sections: u32,
    /// The hash of the post's own file.
    pub file: [u8; 32],
}

/// A post as it is shown and looked at twice. The keys are in alphabetical order.
#[derive(Serialize)]
struct PostFile<'a> {
    address: &'a str,
    sections: Vec<[&'a str; 3]>,
    title: &'a str,
}

impl Digest {
    /// The digest of a post whose page stands at an address.
    pub fn of(post: &Post, address: &Address) -> Digest {
        let document = Document::of(post, address);
        let mut notes = Notes::default();
        for (section, place) in document.sections.iter().zip(0..) {
            notes.add(&document, section, place);
        }
        let sections = document.sections.iter();
        let texts: Vec<String> = sections.clone().map(Section::text).collect();
        let file = PostFile {
            address: &document.address,
            sections: sections
                .zip(&texts)
                .map(|(section, text)| [&*section.anchor, &*section.heading, &**text])
                .collect(),
            title: &document.title,
        };
        // Texts and lists of texts can always be written.
        let file = serde_json::to_vec(&file).unwrap_or_default();
        let terms = Terms {
            packed: notes.packed(),
            sections: texts.len() as u32,
            file: *blake3::hash(&file).as_bytes(),
        };
        Digest { file, terms }
    }
}

impl Terms {
    /// The bytes that are kept.
    pub fn to_bytes(&self) -> Vec<u8> {
        [&self.sections.to_le_bytes()[..], &self.file, &self.packed].concat()
    }

    /// What was kept.
    pub fn of_bytes(bytes: &[u8]) -> Option<Terms> {
        let (sections, rest) = bytes.split_first_chunk()?;
        let (file, packed) = rest.split_first_chunk()?;
        Some(Terms {
            packed: packed.to_owned(),
            sections: u32::from_le_bytes(*sections),
            file: *file,
        })
    }

    /// Each term with the sections that it stands in, ascending, and the most that it counts there.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], impl Iterator<Item = (u32, u32)>)> {
        let mut rest = &*self.packed;
        std::iter::from_fn(move || {
            let (term, count, after) = term(rest)?;
            let mut places = after;
            rest = skipped(after, count)?;
            let mut section = 0;
            let places = std::iter::from_fn(move || {
                let code = number(&mut places)?;
                section += code / 16;
                Some((section, code % 16))
            });
            Some((term, places.take(count as usize)))
        })
    }
}

/// A term of at most seven bytes in one number: its bytes, the first one lowest, and its length above them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Short(u64);

impl Short {
    pub fn of(bytes: &[u8]) -> Option<Short> {
        let length = bytes.len();
        // Two pieces that may lie over each other: what they share is the same in both.
        let number = match (bytes.first_chunk(), bytes.last_chunk()) {
            (Some(first), Some(last)) if length < 8 => {
                let [first, last] = [first, last].map(|four| u64::from(u32::from_le_bytes(*four)));
                first | last << (8 * (length - 4))
            }
            (Some(_), _) => return None,
            _ => match (bytes.first_chunk(), bytes.last_chunk()) {
                (Some(first), Some(last)) => {
                    let [first, last] =
                        [first, last].map(|two| u64::from(u16::from_le_bytes(*two)));
                    first | last << (8 * (length - 2))
                }
                _ => bytes.first().map_or(0, |byte| u64::from(*byte)),
            },
        };
        Some(Short((length as u64) << 56 | number))
    }

    pub fn term(self) -> Box<[u8]> {
        let bytes = self.0.to_le_bytes();
        let length = usize::from(bytes[7]);
        bytes.get(..length).unwrap_or_default().into()
    }
}

/// The terms of one post. They are few: what they are looked up in stays near the processor.
#[derive(Default)]
struct Notes {
    /// The number of each short term; most are pairs of syllables.
    short: FxHashMap<Short, u32>,
    /// The number of each other term.
    long: FxHashMap<Box<str>, u32>,
    /// The terms, one behind the other.
    text: String,
    terms: Vec<Noted>,
    places: Vec<Place>,
}

/// A term: where it ends in the text of all, and its places.
#[derive(Clone, Copy)]
struct Noted {
    end: u32,
    first: u32,
    last: u32,
    count: u32,
}

/// A section with a term, and where the next one of that term is noted.
#[derive(Clone, Copy)]
struct Place {
    /// `section * 16 + weight`.
    code: u32,
    next: u32,
}

impl Notes {
    fn add(&mut self, document: &Document, section: &Section, place: u32) {
        let (title, weight) = match place {
            0 => (&document.title, TITLE),
            _ => (&section.heading, HEADING),
        };
        terms(title, &mut |term| self.note(place, weight, term));
        // Code counts more than prose, so the blocks need not be read as a part of the prose too: only what begins
        // before them.
        for (text, weight) in [(&section.prose, BODY), (&section.inline, CODE)] {
            terms_up_to(text, &section.blocks, &mut |term| {
                self.note(place, weight, term)
            });
        }
        terms(&section.blocks, &mut |term| self.note(place, CODE, term));
        initials(title, &mut |term| self.note(place, weight, term));
    }

    fn note(&mut self, section: u32, weight: u32, term: &str) {
        let next = self.terms.len() as u32;
        let number = match Short::of(term.as_bytes()) {
            Some(short) => *self.short.entry(short).or_insert(next),
            None => match self.long.get(term) {
                Some(number) => *number,
                None => *self.long.entry(term.into()).or_insert(next),
            },
        };
        let code = section * 16 + weight;
        let place = self.places.len() as u32;
        match self.terms.get_mut(number as usize) {
            Some(noted) => {
                let last = self.places.get_mut(noted.last as usize);
                let Some(last) = last else { return };
                if last.code / 16 == section {
                    last.code = last.code.max(code);
                    return;
                }
                last.next = place;
                noted.last = place;
                noted.count += 1;
            }
            None => {
                self.text.push_str(term);
                self.terms.push(Noted {
                    end: self.text.len() as u32,
                    first: place,
                    last: place,
                    count: 1,
                });
            }
        }
        self.places.push(Place { code, next: 0 });
    }

    fn packed(&self) -> Vec<u8> {
        let numbers = self.places.len() + 2 * self.terms.len();
        let mut packed = Vec::with_capacity(self.text.len() + 2 * numbers);
        let mut start = 0;
        for noted in &self.terms {
            let end = noted.end as usize;
            let term = self.text.get(start..end).unwrap_or_default();
            start = end;
            push_number(&mut packed, term.len() as u32);
            packed.extend_from_slice(term.as_bytes());
            push_number(&mut packed, noted.count);
            let (mut place, mut before) = (noted.first, 0);
            for _ in 0..noted.count {
                let found = self.places.get(place as usize);
                let Some(Place { code, next }) = found.copied() else {
                    break;
                };
                push_number(&mut packed, code - before);
                before = code / 16 * 16;
                place = next;
            }
        }
        packed
    }
}

fn push_number(packed: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        packed.push(number as u8 | 0x80);
        number >>= 7;
    }
    packed.push(number as u8);
}

/// Takes a number off the front of what is packed.
fn number(packed: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    for shift in (0..32).step_by(7) {
        let (byte, rest) = packed.split_first()?;
        *packed = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// The first term, how many places it has, and what stands behind that.
fn term(mut packed: &[u8]) -> Option<(&[u8], u32, &[u8])> {
    let length = number(&mut packed)?;
    let (term, mut rest) = packed.split_at_checked(length as usize)?;
    let count = number(&mut rest)?;
    Some((term, count, rest))
}

/// What stands behind some numbers.
fn skipped(packed: &[u8], count: u32) -> Option<&[u8]> {
    let mut ends = packed.iter().enumerate().filter(|(_, byte)| **byte < 0x80);
    match count.checked_sub(1) {
        None => Some(packed),
        Some(before) => {
            let (last, _) = ends.nth(before as usize)?;
            packed.get(last + 1..)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post;
    use crate::source::Source;

    #[test]
    fn short_terms_are_numbers_of_their_own() {
        let terms = [
            "", "a", "b", "ab", "ba", "abc", "가", "가나", "abcd", "abcde", "abcdefg",
        ];
        for term in terms {
            let bytes = term.as_bytes();
            assert_eq!(Short::of(bytes).map(Short::term).as_deref(), Some(bytes));
        }
        assert_eq!(Short::of(b"abcdefgh"), None);
    }

    #[test]
    fn what_is_packed_comes_back() {
        let long = "a_very_long_name".repeat(20);
        let headings: String = (0..300)
            .map(|number| format!("## 값 {number}\n\n{long}\n\n"))
            .collect();
        let post = post::parse(Source::new(
            "글.md",
            format!("# 제목\n\n값 x\n\n{headings}"),
        ));
        let digest = Digest::of(&post, &Address::exactly("글.html"));
        let kept = Terms::of_bytes(&digest.terms.to_bytes());
        assert_eq!(kept.as_ref(), Some(&digest.terms));
        let terms: Vec<(&[u8], Vec<(u32, u32)>)> = digest
            .terms
            .iter()
            .map(|(term, places)| (term, places.collect()))
            .collect();
        let of = |wanted: &str| {
            let found = terms.iter().find(|(term, _)| *term == wanted.as_bytes());
            found.map(|(_, places)| &places[..]).unwrap_or_default()
        };
        assert_eq!(digest.terms.sections, 302);
        assert_eq!(of("x"), [(1, BODY)]);
        assert_eq!(of(&long).len(), 300);
        assert_eq!(of("299"), [(301, HEADING)]);
        assert!(of("값").iter().map(|(section, _)| *section).eq(1..302));
    }

    #[test]
    fn what_is_damaged_ends_early() {
        let post = post::parse(Source::new("글.md", "# 제목\n\n값 x\n"));
        let whole = Digest::of(&post, &Address::exactly("글.html")).terms;
        for length in 0..whole.packed.len() {
            let packed = whole.packed[..length].to_vec();
            let cut = Terms {
                packed,
                ..whole.clone()
            };
            assert!(cut.iter().count() <= whole.iter().count());
        }
        let packed = vec![0xff; 20];
        assert_eq!(Terms { packed, ..whole }.iter().count(), 0);
    }
}
