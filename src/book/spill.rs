//! The texts of posts that are set wait for their pages in one file without a name, so that memory does not grow with
//! the book.
//!
//! ```text
//! text: HTML, then for each section five strings, each behind its length (u32, little-endian)
//! ```

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::site::Text;
use crate::site::search::Section;

/// Where a text lies.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place {
    start: u64,
    html: usize,
    sections: usize,
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

    /// Puts a text away, `html` bytes of which are its HTML.
    ///
    /// # Errors
    /// The disk's.
    pub fn put(&self, bytes: &[u8], html: usize) -> std::io::Result<Place> {
        let (medium, end) = &mut *self.end();
        match medium {
            Medium::File(file, _) => {
                file.seek(SeekFrom::Start(*end))?;
                file.write_all(bytes)?;
            }
            Medium::Memory(all) => all.extend_from_slice(bytes),
        }
        let place = Place {
            start: *end,
            html,
            sections: bytes.len().saturating_sub(html),
        };
        *end += bytes.len() as u64;
        Ok(place)
    }

    /// The HTML of a text.
    ///
    /// # Errors
    /// The disk's.
    pub fn html(&self, place: Place) -> std::io::Result<String> {
        let bytes = self.read(place.start, place.html)?;
        String::from_utf8(bytes).map_err(std::io::Error::other)
    }

    /// The sections of a text.
    ///
    /// # Errors
    /// The disk's.
    pub fn sections(&self, place: Place) -> std::io::Result<Vec<Section>> {
        let bytes = self.read(place.start + place.html as u64, place.sections)?;
        let mut rest = &bytes[..];
        let mut sections = Vec::new();
        while !rest.is_empty() {
            let mut section = Section::default();
            for part in parts_mut(&mut section) {
                let (text, after) = string(rest).ok_or(std::io::ErrorKind::InvalidData)?;
                (*part, rest) = (text, after);
            }
            sections.push(section);
        }
        Ok(sections)
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

/// A text in the form that is put away.
///
/// # Errors
/// A part of it has more than 4 GB.
pub fn packed(text: &Text) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.html.len() * 2);
    bytes.extend_from_slice(text.html.as_bytes());
    for section in &text.sections {
        for part in parts(section) {
            let length = u32::try_from(part.len()).map_err(std::io::Error::other)?;
            bytes.extend_from_slice(&length.to_le_bytes());
            bytes.extend_from_slice(part.as_bytes());
        }
    }
    Ok(bytes)
}

fn parts(section: &Section) -> [&String; 5] {
    let Section {
        heading,
        anchor,
        prose,
        blocks,
        inline,
    } = section;
    [heading, anchor, prose, blocks, inline]
}

fn parts_mut(section: &mut Section) -> [&mut String; 5] {
    let Section {
        heading,
        anchor,
        prose,
        blocks,
        inline,
    } = section;
    [heading, anchor, prose, blocks, inline]
}

fn string(bytes: &[u8]) -> Option<(String, &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    let (text, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    Some((String::from_utf8(text.to_vec()).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(word: &str) -> Text {
        let section = |heading: &str| Section {
            heading: heading.to_owned(),
            anchor: word.to_owned(),
            prose: format!("{word} 글"),
            ..Section::default()
        };
        Text {
            html: format!("<p>{word}"),
            sections: vec![section(""), section("둘")],
        }
    }

    #[test]
    fn what_was_put_away_comes_back() -> std::io::Result<()> {
        let nowhere = Path::new("/nowhere/at all");
        for spill in [Spill::below(&std::env::temp_dir()), Spill::below(nowhere)] {
            let texts = ["가", "", "c"].map(text);
            let places = texts
                .iter()
                .map(|text| spill.put(&packed(text)?, text.html.len()));
            let places = places.collect::<Result<Vec<_>, _>>()?;
            for (text, place) in texts.iter().zip(places).rev() {
                assert_eq!(spill.html(place)?, text.html);
                assert_eq!(spill.sections(place)?, text.sections);
            }
        }
        Ok(())
    }
}
