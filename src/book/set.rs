//! A post that is set, as it is kept from build to build: while its file is as it was it need not be read, run and set
//! again. What other pages need of it stands on one shelf, what its own page shows on another.
//!
//! ```text
//! length of the head (u32, little-endian) · head (JSON) · the search's terms
//! what is shown (see `spill`)
//! ```

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::spill::Measures;
use crate::post::{FrontMatter, Heading, Post};
use crate::site::Galley;
use crate::site::search::Terms;
use crate::source::Source;

/// A post that is set.
#[derive(Debug)]
pub struct Set {
    /// What is known of it.
    pub head: Head,
    /// What its page shows, as [`shown`](super::spill::shown) gives it.
    pub shown: Vec<u8>,
    /// Its terms, as they are kept.
    pub terms: Vec<u8>,
}

/// What is known of a post that is set.
#[derive(Debug, Serialize, Deserialize)]
pub struct Head {
    pub galley: Galley,
    /// The text of its file as far as the front matter goes, and what that says.
    pub beginning: String,
    pub front_matter: FrontMatter,
    /// Its headings.
    pub headings: Vec<Heading>,
    /// Its letters, where fonts are cut.
    pub letters: Option<[String; 3]>,
    /// The names of the shelves with its results, which are wanted when it changes.
    pub runs: Vec<String>,
    /// The measures of its text.
    pub measures: Measures,
}

impl Head {
    /// What is left of the post when it was let go, and what else is known of it.
    pub fn outline(&mut self, path: &Path) -> Post {
        let source = Source::new(path, std::mem::take(&mut self.beginning));
        let front_matter = std::mem::take(&mut self.front_matter);
        Post::outline(source, front_matter, std::mem::take(&mut self.headings))
    }

    /// Of the bytes that were kept.
    pub fn of_bytes(bytes: &[u8]) -> Option<Head> {
        let (head, _) = split(bytes)?;
        serde_json::from_slice(head).ok()
    }
}

impl Set {
    /// Says whether the same post will be set the same another time: no clock ended a run or a drawing.
    pub fn is_certain(&self) -> bool {
        let Galley {
            is_certain, drawn, ..
        } = &self.head.galley;
        *is_certain && !drawn.iter().any(|told| told.code == "mermaid")
    }

    /// The bytes of its head and its terms that are kept; `None` if it cannot be kept.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let mut bytes = vec![0; 4];
        serde_json::to_writer(&mut bytes, &self.head).ok()?;
        let length = u32::try_from(bytes.len() - 4).ok()?;
        bytes
            .first_chunk_mut()
            .map(|place| *place = length.to_le_bytes())?;
        bytes.extend_from_slice(&self.terms);
        Some(bytes)
    }
}

/// The terms in the bytes that were kept.
pub fn terms(bytes: &[u8]) -> Option<Terms> {
    let (_, terms) = split(bytes)?;
    Terms::of_bytes(terms)
}

fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    rest.split_at_checked(u32::from_le_bytes(*length) as usize)
}
