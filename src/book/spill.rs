//! The texts of posts that are set wait for their pages in one file without a name, so that memory does not grow with
//! the book.
//!
//! ```text
//! text: HTML, the search's file, the search's terms
//! ```

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::site::Text;
use crate::site::search::Terms;
use serde::{Deserialize, Serialize};

/// Where a text lies.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place {
    start: u64,
    measures: Measures,
}

/// How many bytes the parts of a text have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measures {
    html: usize,
    file: usize,
    terms: usize,
}

impl Measures {
    /// Of a text in the form that is put away.
    pub fn of(text: &Text, terms: &[u8]) -> Measures {
        Measures {
            html: text.html.len(),
            file: text.digest.file.len(),
            terms: terms.len(),
        }
    }

    /// Of what a page shows and the search's file: the text without its terms.
    pub fn shown(&self) -> usize {
        self.html.saturating_add(self.file)
    }

    /// The HTML and the search's file of what is shown.
    pub fn split<'a>(&self, shown: &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
        shown.split_at_checked(self.html)
    }
}

/// The file.
#[derive(Debug)]
pub struct Spill {
    end: Mutex<(Medium, u64)>,
}

#[derive(Debug)]
enum Medium {
    /// A file, and its name where the system cannot take that away while the file is open.
    File(File, Option<PathBuf>),
    /// No file can be made.
    Memory(Vec<u8>),
}

/// Numbers the files of this process.
static NUMBER: AtomicUsize = AtomicUsize::new(0);

impl Spill {
    /// An empty file in a folder; in memory where it cannot be made there.
    pub fn below(folder: &Path) -> Spill {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!(".gieok-{}-{number}", std::process::id()));
        let mut options = File::options();
        let medium = match options.read(true).write(true).create_new(true).open(&path) {
            Ok(file) => {
                let removed = std::fs::remove_file(&path);
                Medium::File(file, removed.is_err().then_some(path))
            }
            Err(_) => Medium::Memory(Vec::new()),
        };
        Spill {
            end: Mutex::new((medium, 0)),
        }
    }

    fn end(&self) -> MutexGuard<'_, (Medium, u64)> {
        self.end.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a text away: what is shown of it, and its terms.
    ///
    /// # Errors
    /// The disk's.
    pub fn put(&self, shown: &[u8], terms: &[u8], measures: Measures) -> std::io::Result<Place> {
        let (medium, end) = &mut *self.end();
        match medium {
            Medium::File(file, _) => {
                file.seek(SeekFrom::Start(*end))?;
                file.write_all(shown)?;
                file.write_all(terms)?;
            }
            Medium::Memory(all) => {
                all.extend_from_slice(shown);
                all.extend_from_slice(terms);
            }
        }
        let place = Place {
            start: *end,
            measures,
        };
        *end += (shown.len() + terms.len()) as u64;
        Ok(place)
    }

    /// The HTML of a text.
    ///
    /// # Errors
    /// The disk's.
    pub fn html(&self, place: Place) -> std::io::Result<String> {
        let bytes = self.read(place.start, place.measures.html)?;
        String::from_utf8(bytes).map_err(std::io::Error::other)
    }

    /// The search's file of a text.
    ///
    /// # Errors
    /// The disk's.
    pub fn file(&self, place: Place) -> std::io::Result<Vec<u8>> {
        let start = place.start + place.measures.html as u64;
        self.read(start, place.measures.file)
    }

    /// The terms of a text.
    ///
    /// # Errors
    /// The disk's.
    pub fn terms(&self, place: Place) -> std::io::Result<Terms> {
        let start = place.start + place.measures.shown() as u64;
        let bytes = self.read(start, place.measures.terms)?;
        Terms::of_bytes(&bytes).ok_or_else(|| std::io::ErrorKind::InvalidData.into())
    }

    fn read(&self, start: u64, length: usize) -> std::io::Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        match &mut self.end().0 {
            Medium::File(file, _) => {
                file.seek(SeekFrom::Start(start))?;
                file.read_exact(&mut bytes)?;
            }
            Medium::Memory(all) => {
                let start = usize::try_from(start).map_err(std::io::Error::other)?;
                let found = all.get(start..start + length);
                bytes.copy_from_slice(found.ok_or(std::io::ErrorKind::UnexpectedEof)?);
            }
        }
        Ok(bytes)
    }
}

impl Drop for Spill {
    fn drop(&mut self) {
        if let (Medium::File(_, Some(path)), _) = &*self.end() {
            let _ = std::fs::remove_file(path);
        }
    }
}

/// What is shown of a text in the form that is put away.
pub fn shown(text: &Text) -> Vec<u8> {
    [text.html.as_bytes(), &text.digest.file].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::search::Digest;

    fn text(word: &str) -> Text {
        Text {
            html: format!("<p>{word}"),
            digest: Digest {
                file: format!("[\"{word}\"]").into_bytes(),
                terms: Terms::of_bytes(&[word.len() as u8; 40]).unwrap_or_default(),
            },
        }
    }

    #[test]
    fn what_was_put_away_comes_back() -> std::io::Result<()> {
        let nowhere = Path::new("/nowhere/at all");
        for spill in [Spill::below(&std::env::temp_dir()), Spill::below(nowhere)] {
            let texts = ["가", "", "c"].map(text);
            let places = texts.iter().map(|text| {
                let terms = text.digest.terms.to_bytes();
                spill.put(&shown(text), &terms, Measures::of(text, &terms))
            });
            let places = places.collect::<Result<Vec<_>, _>>()?;
            for (text, place) in texts.iter().zip(places).rev() {
                assert_eq!(spill.html(place)?, text.html);
                assert_eq!(spill.file(place)?, text.digest.file);
                assert_eq!(spill.terms(place)?, text.digest.terms);
            }
        }
        Ok(())
    }
}
