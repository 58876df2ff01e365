//! `i18n.lock`: the text of each original at the time when its translation was last accepted.
//!
//! A text file that is committed: a line for each unit, so that a change to it reads as a list of what was translated.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::post::{Passage, Post, UnitKind};

/// The format that this program reads and writes.
const VERSION: u32 = 1;

const HEAD: &str = "# The text of the originals when their translations were accepted. Written by `gieok i18n accept`; \
                    commit it with the translations.\n";

/// The lock file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    version: u32,
    /// By the translation's path below `content/`, without its ending: `en/names`.
    #[serde(default)]
    page: BTreeMap<String, Vec<Locked>>,
}

/// A heading of an original and what stood below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Locked {
    /// The original's anchor; empty for what stands before the first heading.
    pub original: String,
    /// The anchor of the same heading in the translation; empty where there is none.
    pub translation: String,
    /// Each unit's kind and fingerprint: `paragraph 0123456789ab`.
    pub units: Vec<String>,
}

impl Default for Lock {
    fn default() -> Lock {
        Lock {
            version: VERSION,
            page: BTreeMap::new(),
        }
    }
}

impl Lock {
    /// Reads the file's text.
    ///
    /// # Errors
    /// What is wrong with it, with its line.
    pub fn parse(text: &str) -> Result<Lock, String> {
        let lock: Lock = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| {
                1 + text.get(..span.start).unwrap_or("").matches('\n').count()
            });
            format!(
                "line {line}: {}; restore the file, or remove it and accept the translations anew",
                error.message().replace('\n', ", ")
            )
        })?;
        if lock.version != VERSION {
            return Err(format!(
                "this is version {} of the file, and this gieok reads version {VERSION}",
                lock.version
            ));
        }
        Ok(lock)
    }

    /// The file's text.
    pub fn text(&self) -> String {
        let body = toml::to_string_pretty(self).expect("names and numbers are always TOML");
        format!("{HEAD}{body}")
    }

    /// Whether no translation was ever accepted.
    pub fn is_empty(&self) -> bool {
        self.page.is_empty()
    }

    /// What the original of a translation was; `None` if the translation was never accepted.
    pub fn of(&self, page: &str) -> Option<&[Locked]> {
        self.page.get(page).map(Vec::as_slice)
    }

    /// The translations that were accepted once, by their paths below `content/`.
    pub fn pages(&self) -> impl Iterator<Item = &str> {
        self.page.keys().map(String::as_str)
    }

    /// The translation renders the original as it is now.
    pub fn accept(&mut self, page: &str, original: &Post, translation: &Post) {
        self.page
            .insert(page.to_owned(), locked(original, translation));
    }

    /// Forgets a translation that is no more.
    pub fn forget(&mut self, page: &str) {
        self.page.remove(page);
    }
}

/// A unit as a line of the file.
pub fn unit_line(kind: UnitKind, fingerprint: &str) -> String {
    format!("{} {fingerprint}", kind.name())
}

/// The kind in such a line.
pub fn unit_kind(line: &str) -> UnitKind {
    let name = line.split(' ').next().unwrap_or_default();
    UnitKind::named(name).unwrap_or(UnitKind::Paragraph)
}

/// The anchor of a passage's heading, empty before the first.
pub fn anchor_of(post: &Post, passage: &Passage) -> String {
    let heading = passage.heading.and_then(|place| post.headings.get(place));
    heading.map_or_else(String::new, |heading| heading.anchor.clone())
}

/// The original's passages; the translation's headings are theirs in the same order, as far as there are as many.
fn locked(original: &Post, translation: &Post) -> Vec<Locked> {
    let translated = translation.passages();
    let passages = original.passages().into_iter().enumerate();
    let lock = |(place, passage): (usize, Passage)| Locked {
        original: anchor_of(original, &passage),
        translation: translated
            .get(place)
            .map_or_else(String::new, |passage| anchor_of(translation, passage)),
        units: passage
            .units
            .iter()
            .map(|unit| unit_line(unit.kind, &unit.fingerprint))
            .collect(),
    };
    passages.map(lock).collect()
}
