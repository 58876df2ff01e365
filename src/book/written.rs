//! The files of a site as a build wrote them: as long as they stand like that, nobody needs to write them again.

use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::inputs::words;
use super::stamp::Stamp;
use super::threads::all_in_parallel;

/// The folders of a site.
#[derive(Debug, Serialize, Deserialize)]
pub struct Written(Vec<Folder>);

/// What is known of a file of a site, beside what the file system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imprint {
    /// The hash of what is in it.
    pub hash: [u64; 4],
    /// What it is made of; `None` where nobody knows.
    pub made_of: Option<[u64; 4]>,
}

/// Imprints of files by their paths within the site.
pub type Imprints = HashMap<PathBuf, Imprint>;

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Folder {
    /// Its path within the site.
    path: PathBuf,
    stamp: Stamp,
    /// The names of the folders in it, in order.
    folders: Vec<String>,
    /// The files in it, in the order of their names.
    files: Vec<File>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct File {
    name: String,
    stamp: Stamp,
    imprint: Imprint,
}

impl Written {
    /// The site in a folder as it is now, of whose files some are known; `None` if anything in it cannot be looked at.
    pub fn of(site: &Path, known: &Imprints) -> Option<Written> {
        let mut waiting = VecDeque::from([PathBuf::new()]);
        let mut written = Vec::new();
        while let Some(path) = waiting.pop_front() {
            let folder = Folder::of(site, path, known)?;
            waiting.extend(folder.folders.iter().map(|name| folder.path.join(name)));
            written.push(folder);
        }
        Some(Written(written))
    }

    /// The same site as it is now, if it stands as it was written; and whether anything else is to be noted of it.
    pub fn again(self, site: &Path, jobs: usize) -> Option<(Written, bool)> {
        let again = all_in_parallel(&self.0, jobs, |folder| folder.again(site))?;
        let is_new = again.iter().any(Option::is_some);
        let folders = self.0.into_iter().zip(again);
        let folders = folders.map(|(then, now)| now.unwrap_or(then)).collect();
        Some((Written(folders), is_new))
    }

    /// What is known of its files.
    pub fn imprints(&self) -> Imprints {
        let files = self.0.iter().flat_map(|folder| {
            let files = folder.files.iter();
            files.map(|file| (folder.path.join(&file.name), file.imprint))
        });
        files.collect()
    }
}

impl Folder {
    fn of(site: &Path, path: PathBuf, known: &Imprints) -> Option<Folder> {
        let since = SystemTime::now();
        let here = site.join(&path);
        let stamp = Stamp::of(&here.symlink_metadata().ok()?, since);
        let (folders, names) = names(&here)?;
        let files = names
            .into_iter()
            .map(|name| File::of(&here, known.get(&path.join(&name)), name))
            .collect::<Option<_>>()?;
        Some(Folder {
            path,
            stamp,
            folders,
            files,
        })
    }

    /// What is to be noted of the folder instead, if it holds what it held and that is something new.
    fn again(&self, site: &Path) -> Option<Option<Folder>> {
        let since = SystemTime::now();
        let here = site.join(&self.path);
        let stamp = Stamp::of(&here.symlink_metadata().ok()?, since);
        let is_still = stamp.is_still(&self.stamp);
        if !is_still {
            let (folders, files) = names(&here)?;
            let known = self.files.iter().map(|file| &file.name);
            if folders != self.folders || !files.iter().eq(known) {
                return None;
            }
        }
        let mut changed = Vec::new();
        for (place, file) in self.files.iter().enumerate() {
            changed.extend(file.again(&here)?.map(|now| (place, now)));
        }
        if is_still && changed.is_empty() {
            return Some(None);
        }
        let mut folder = Folder {
            stamp,
            ..self.clone()
        };
        for (place, now) in changed {
            if let Some(file) = folder.files.get_mut(place) {
                *file = now;
            }
        }
        Some(Some(folder))
    }
}

impl File {
    fn of(folder: &Path, known: Option<&Imprint>, name: String) -> Option<File> {
        let since = SystemTime::now();
        let path = folder.join(&name);
        let stamp = Stamp::of(&path.symlink_metadata().ok()?, since);
        let imprint = match known {
            Some(known) => *known,
            None => Imprint {
                hash: hash(&path)?,
                made_of: None,
            },
        };
        Some(File {
            name,
            stamp,
            imprint,
        })
    }

    /// What is to be noted of the file instead, if it is as it was and that is something new.
    fn again(&self, folder: &Path) -> Option<Option<File>> {
        let since = SystemTime::now();
        let path = folder.join(&self.name);
        let stamp = Stamp::of(&path.symlink_metadata().ok()?, since);
        if stamp.is_still(&self.stamp) {
            return Some(None);
        }
        if !stamp.is_like(&self.stamp) || hash(&path)? != self.imprint.hash {
            return None;
        }
        Some(Some(File {
            stamp,
            ..self.clone()
        }))
    }
}

fn hash(path: &Path) -> Option<[u64; 4]> {
    let bytes = std::fs::read(path).ok()?;
    Some(words(&blake3::hash(&bytes)))
}

/// The names of the folders in a folder, and of everything else in it, in order.
fn names(folder: &Path) -> Option<(Vec<String>, Vec<String>)> {
    let (mut folders, mut files) = (Vec::new(), Vec::new());
    for found in std::fs::read_dir(folder).ok()? {
        let found = found.ok()?;
        let names = match found.file_type().ok()?.is_dir() {
            true => &mut folders,
            false => &mut files,
        };
        names.push(found.file_name().into_string().ok()?);
    }
    folders.sort_unstable();
    files.sort_unstable();
    Some((folders, files))
}
