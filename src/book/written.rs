//! The files of a site as a build wrote them: as long as they stand like that, nobody needs to write them again.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::stamp::Stamp;
use super::threads::all_in_parallel;

/// The folders of a site.
#[derive(Debug, Serialize, Deserialize)]
pub struct Written(Vec<Folder>);

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
    /// The hash of a file that had not rested when it was looked at.
    hash: Option<String>,
}

impl Written {
    /// The site in a folder as it is now; `None` if anything in it cannot be looked at.
    pub fn of(site: &Path) -> Option<Written> {
        let mut waiting = VecDeque::from([PathBuf::new()]);
        let mut written = Vec::new();
        while let Some(path) = waiting.pop_front() {
            let folder = Folder::of(site, path)?;
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
}

impl Folder {
    fn of(site: &Path, path: PathBuf) -> Option<Folder> {
        let since = SystemTime::now();
        let here = site.join(&path);
        let stamp = Stamp::of(&here.symlink_metadata().ok()?, since);
        let (folders, names) = names(&here)?;
        let files = names
            .into_iter()
            .map(|name| File::of(&here, name))
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
    fn of(folder: &Path, name: String) -> Option<File> {
        let since = SystemTime::now();
        let path = folder.join(&name);
        let stamp = Stamp::of(&path.symlink_metadata().ok()?, since);
        let hash = match stamp.has_rested() {
            true => None,
            false => Some(hash(&path)?),
        };
        Some(File { name, stamp, hash })
    }

    /// What is to be noted of the file instead, if it is as it was and that is something new.
    fn again(&self, folder: &Path) -> Option<Option<File>> {
        let since = SystemTime::now();
        let path = folder.join(&self.name);
        let stamp = Stamp::of(&path.symlink_metadata().ok()?, since);
        if stamp.is_still(&self.stamp) {
            return Some(None);
        }
        // The hash was made from what was there after the stamp was taken.
        if !stamp.is_like(&self.stamp) || hash(&path)? != *self.hash.as_ref()? {
            return None;
        }
        let hash = (!stamp.has_rested()).then(|| self.hash.clone()).flatten();
        let name = self.name.clone();
        Some(Some(File { name, stamp, hash }))
    }
}

fn hash(path: &Path) -> Option<String> {
    let bytes = std::fs::read(path).ok()?;
    Some(blake3::hash(&bytes).to_hex().as_str().to_owned())
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
