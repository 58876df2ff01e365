//! A post that is set, as it is kept from build to build: while its file is as it was it need not be read, run and set
//! again.
//!
//! ```text
//! length of the head (u32, little-endian) · head (JSON) · text (see `spill`)
//! ```

use serde::{Deserialize, Serialize};

use crate::post::Heading;
use crate::site::Galley;

/// A post that is set.
#[derive(Debug)]
pub struct Set {
    /// What is known of it.
    pub head: Head,
    /// Its text, as [`packed`](super::spill::packed) gives it.
    pub text: Vec<u8>,
}

/// What is known of a post that is set.
#[derive(Debug, Serialize, Deserialize)]
pub struct Head {
    pub galley: Galley,
    /// Its headings; they are not in what is kept of its source.
    pub headings: Vec<Heading>,
    /// Its letters, where fonts are cut.
    pub letters: Option<[String; 3]>,
    /// The names of the shelves with its results, which are wanted when it changes.
    pub runs: Vec<String>,
    /// How many bytes of the text are HTML.
    pub html: usize,
}

impl Set {
    /// Says whether the same post will be set the same another time: no clock ended a run or a drawing.
    pub fn is_certain(&self) -> bool {
        let Galley {
            is_certain, drawn, ..
        } = &self.head.galley;
        *is_certain && !drawn.iter().any(|told| told.code == "mermaid")
    }

    /// The bytes that are kept; `None` if it cannot be kept.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let mut bytes = vec![0; 4];
        serde_json::to_writer(&mut bytes, &self.head).ok()?;
        let length = u32::try_from(bytes.len() - 4).ok()?;
        bytes
            .first_chunk_mut()
            .map(|place| *place = length.to_le_bytes())?;
        bytes.extend_from_slice(&self.text);
        Some(bytes)
    }

    /// What was kept.
    pub fn of_bytes(mut bytes: Vec<u8>) -> Option<Set> {
        let (length, rest) = bytes.split_first_chunk()?;
        let length = u32::from_le_bytes(*length) as usize;
        let head: Head = serde_json::from_slice(rest.get(..length)?).ok()?;
        bytes.drain(..4 + length);
        (head.html <= bytes.len()).then_some(Set { head, text: bytes })
    }
}
