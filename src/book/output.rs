//! The output folder: filled beside the old one, then exchanged with it in one step.
//!
//! ```text
//! .public.gieok-812     filled; files equal to the old ones are the old ones, by a second name
//! public                 the old site, whole all the time
//!            ╲╱
//!            ╱╲          one rename: both names change places
//! .public.gieok-812     the old site, removed
//! public                 the new site
//! ```
//!
//! A build that is killed at any moment leaves the old site or the new one, and a folder beside it that the next build
//! removes. Only a folder that a build of ours made is ever replaced: it holds a file [`MARK`]. While it is filled its
//! builder holds a lock on that file, which ends with the process, however that ends.

use std::collections::HashSet;
use std::fs::{File, TryLockError};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use walkdir::WalkDir;

use super::Error;
use super::inputs::words;
use super::written::{Imprint, Imprints};
use crate::site::Sink;
use crate::site::keep::Key;

/// The file by which we know a folder of ours.
pub const MARK: &str = ".gieok";

/// What [`MARK`] says to people.
const MARK_TEXT: &str = "This folder is made by `gieok build`, which replaces it as a whole.\n";

/// What the old site is called for a moment where two folders cannot change places in one step.
const ASIDE: &str = "-aside";

/// An output folder that is being filled.
#[derive(Debug)]
pub struct Output {
    target: PathBuf,
    filling: PathBuf,
    is_done: bool,
    written: AtomicUsize,
    /// How many of the written files are those of the old site.
    same: AtomicUsize,
    /// What is known of all files of the old site; `None` where they must be looked at.
    old: Option<Imprints>,
    /// What is known of the new ones; `None` where nobody will ask.
    imprints: Option<Mutex<Imprints>>,
    /// The folders that are there.
    made: Mutex<HashSet<PathBuf>>,
    /// Held until the end, so that nobody takes the folder for an abandoned one.
    _lock: File,
}

impl Output {
    /// Begins to fill what will stand at `target`, and removes what killed builds left beside it.
    ///
    /// # Errors
    /// `target` holds files that are not ours, or nothing can be written beside it.
    pub fn begin(target: &Path) -> Result<Output, Error> {
        let (parent, prefix) = beside(target)?;
        std::fs::create_dir_all(parent).map_err(|error| Error::new(parent, error))?;
        repair(target);
        if target.exists() && !is_ours(target) {
            return Err(Error::new(
                target,
                "this folder is not empty and was not made by gieok; choose another with --out, or empty it",
            ));
        }
        let (filling, lock) = new_folder(&parent.join(format!("{prefix}{}", std::process::id())))?;
        Ok(Output {
            target: target.to_owned(),
            filling,
            is_done: false,
            written: AtomicUsize::new(1),
            same: AtomicUsize::new(1),
            old: None,
            imprints: None,
            made: Mutex::default(),
            _lock: lock,
        })
    }

    /// The same, where imprints of the new files are wanted, and those of the old ones may be known.
    #[must_use]
    pub fn with_imprints(mut self, old: Option<Imprints>) -> Output {
        self.old = old;
        self.imprints = Some(Mutex::default());
        self
    }

    /// The folder that is being filled.
    pub fn folder(&self) -> &Path {
        &self.filling
    }

    /// Takes the file of the old site over, with its time; false if it cannot have two names.
    fn link(&self, path: &str) -> Result<bool, Error> {
        let (file, old) = (self.filling.join(path), self.target.join(path));
        if let Some(folder) = file.parent() {
            self.make(folder)?;
        }
        match std::fs::hard_link(&old, &file) {
            Ok(()) => {
                self.written.fetch_add(1, Ordering::Relaxed);
                self.same.fetch_add(1, Ordering::Relaxed);
                Ok(true)
            }
            // Two pages that show one picture.
            Err(error) => Ok(error.kind() == std::io::ErrorKind::AlreadyExists),
        }
    }

    /// Says whether the old site has the same file.
    fn is_same(&self, path: &str, contents: &[u8], hash: Option<[u64; 4]>) -> bool {
        match (&self.old, hash) {
            (Some(old), Some(hash)) => old.get(Path::new(path)).is_some_and(|old| old.hash == hash),
            _ => is_equal(&self.target.join(path), contents),
        }
    }

    fn note(&self, path: &str, imprint: Imprint) {
        if let Some(imprints) = &self.imprints {
            let mut imprints = imprints.lock().unwrap_or_else(PoisonError::into_inner);
            imprints.insert(PathBuf::from(path), imprint);
        }
    }

    fn make(&self, folder: &Path) -> Result<(), Error> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if !made.contains(folder) {
            std::fs::create_dir_all(folder).map_err(|error| Error::new(folder, error))?;
            made.insert(folder.to_owned());
        }
        Ok(())
    }

    /// Puts what was written in the place of what stood there; where that is the same nothing is touched. Gives what is
    /// known of the files.
    ///
    /// # Errors
    /// The disk's; then the old site stands as it was.
    pub fn finish(mut self) -> Result<Imprints, Error> {
        let failed = |error| Error::new(&self.target, error);
        let written = self.written.load(Ordering::Relaxed);
        let count_old = || match &self.old {
            Some(old) => old.len(),
            None => files(&self.target).count(),
        };
        if !self.target.exists() {
            std::fs::rename(&self.filling, &self.target).map_err(failed)?;
            self.is_done = true;
        } else if self.same.load(Ordering::Relaxed) < written || count_old() != written {
            // `filling` now holds the old site, and dropping removes it.
            exchange(&self.filling, &self.target).map_err(failed)?;
        }
        let imprints = self.imprints.take().unwrap_or_default();
        Ok(imprints
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner))
    }
}

impl Sink<Error> for Output {
    /// Writes a file. Where the old site has the same file that one is taken over, with its time.
    fn write(&self, path: &str, bytes: &[u8], made_of: Option<Key>) -> Result<(), Error> {
        let hash = self.imprints.as_ref().map(|_| words(&blake3::hash(bytes)));
        if let Some(hash) = hash {
            let made_of = made_of.as_ref().map(words);
            self.note(path, Imprint { hash, made_of });
        }
        let is_same = self.is_same(path, bytes, hash);
        if is_same && self.link(path)? {
            return Ok(());
        }
        let (file, old) = (self.filling.join(path), self.target.join(path));
        if let Some(folder) = file.parent() {
            self.make(folder)?;
        }
        self.written.fetch_add(1, Ordering::Relaxed);
        std::fs::write(&file, bytes).map_err(|error| Error::new(&file, error))?;
        if is_same {
            // A file system without second names. That a time cannot be kept is no mistake.
            let _ = keep_time(&old, &file);
        }
        Ok(())
    }

    fn asks_made_of(&self) -> bool {
        self.imprints.is_some()
    }

    fn keep(&self, path: &str, made_of: Key) -> bool {
        let old = self.old.as_ref().and_then(|old| old.get(Path::new(path)));
        let same = old.filter(|old| old.made_of == Some(words(&made_of)));
        let Some(same) = same.filter(|_| self.link(path) == Ok(true)) else {
            return false;
        };
        self.note(path, *same);
        true
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if !self.is_done {
            // What cannot be removed now is removed by the next build.
            let _ = remove(&self.filling);
        }
    }
}

/// The files below a folder, in the order of their names.
pub fn files(folder: &Path) -> impl Iterator<Item = walkdir::DirEntry> {
    let all = WalkDir::new(folder).sort_by_file_name().into_iter();
    all.flatten().filter(|file| !file.file_type().is_dir())
}

/// Makes a folder of ours that nobody has, and locks it.
fn new_folder(wanted: &Path) -> Result<(PathBuf, File), Error> {
    let mut number = 0;
    loop {
        let folder = wanted.with_file_name(format!(
            "{}.{number}",
            wanted.file_name().unwrap_or_default().to_string_lossy()
        ));
        number += 1;
        match std::fs::create_dir(&folder) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(Error::new(folder, error)),
        }
        let mark = folder.join(MARK);
        let marked = std::fs::write(&mark, MARK_TEXT).and_then(|()| File::open(&mark));
        let lock = match marked {
            Ok(lock) => lock,
            // Somebody else took it for an abandoned one before the lock was there.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(Error::new(mark, error)),
        };
        // Where files cannot be locked nobody finds the folder abandoned either.
        let _ = lock.lock();
        if mark.exists() {
            return Ok((folder, lock));
        }
    }
}

fn is_ours(target: &Path) -> bool {
    let is_empty = || std::fs::read_dir(target).is_ok_and(|mut files| files.next().is_none());
    target.is_dir() && (target.join(MARK).is_file() || is_empty())
}

/// Removes a folder of ours. The mark goes last: a removal that is killed leaves a folder that we know.
fn remove(folder: &Path) -> std::io::Result<()> {
    let files = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        files => files?,
    };
    for file in files.flatten().filter(|file| file.file_name() != MARK) {
        if file.file_type()?.is_dir() {
            std::fs::remove_dir_all(file.path())?;
        } else {
            std::fs::remove_file(file.path())?;
        }
    }
    std::fs::remove_dir_all(folder)
}

/// Says whether a file holds these bytes.
fn is_equal(file: &Path, contents: &[u8]) -> bool {
    let Ok(mut file) = File::open(file) else {
        return false;
    };
    let has_length = |length: usize| {
        let found = file.metadata().map(|metadata| metadata.len());
        found.is_ok_and(|found| found == length as u64)
    };
    if !has_length(contents.len()) {
        return false;
    }
    let mut found = Vec::with_capacity(contents.len() + 1);
    file.read_to_end(&mut found).is_ok() && found == contents
}

fn keep_time(from: &Path, to: &Path) -> std::io::Result<()> {
    let time = std::fs::metadata(from)?.modified()?;
    File::options().write(true).open(to)?.set_modified(time)
}

/// Where the folders of builds stand, and what their names begin with.
fn beside(target: &Path) -> Result<(&Path, String), Error> {
    let name = target
        .file_name()
        .ok_or_else(|| Error::new(target, "is no name of a folder"))?;
    let parent = target
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let prefix = format!(".{}.gieok-", name.to_string_lossy());
    Ok((parent.unwrap_or(Path::new(".")), prefix))
}

/// Puts right what killed builds left behind: an old site that was set aside returns if nothing took its place, and
/// folders that nobody fills any more are removed.
pub fn repair(target: &Path) {
    let Ok((parent, prefix)) = beside(target) else {
        return;
    };
    let found = std::fs::read_dir(parent).into_iter().flatten().flatten();
    let ours = found.filter(|file| file.file_name().to_string_lossy().starts_with(&prefix));
    for folder in ours.map(|file| file.path()) {
        if !is_abandoned(&folder) {
            continue;
        }
        let is_aside = folder.to_string_lossy().ends_with(ASIDE);
        if is_aside && !target.exists() {
            let _ = std::fs::rename(&folder, target);
        } else {
            let _ = remove(&folder);
        }
    }
}

/// Says whether a folder is of ours, and no living process has a lock on it.
fn is_abandoned(folder: &Path) -> bool {
    let Ok(mark) = File::open(folder.join(MARK)) else {
        // Killed before there was anything in it.
        return std::fs::remove_dir(folder).is_ok();
    };
    match mark.try_lock() {
        Ok(()) => true,
        Err(TryLockError::WouldBlock) => false,
        Err(TryLockError::Error(_)) => false,
    }
}

/// Exchanges two folders in one step.
#[cfg(target_os = "linux")]
fn exchange(left: &Path, right: &Path) -> std::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, left, CWD, right, RenameFlags::EXCHANGE) {
        // Some file systems cannot.
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP) => {
            exchange_in_steps(left, right)
        }
        result => result.map_err(Into::into),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchange(left: &Path, right: &Path) -> std::io::Result<()> {
    exchange_in_steps(left, right)
}

/// Three renames: the old site is missing for a moment. It is put back if the new one cannot take its place, and by the
/// next build if this one is killed.
fn exchange_in_steps(left: &Path, right: &Path) -> std::io::Result<()> {
    let aside = PathBuf::from(format!("{}{ASIDE}", left.display()));
    std::fs::rename(right, &aside)?;
    if let Err(error) = std::fs::rename(left, right) {
        std::fs::rename(&aside, right)?;
        return Err(error);
    }
    std::fs::rename(&aside, left)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of this test's own.
    fn folder(name: &str) -> PathBuf {
        let folder =
            std::env::temp_dir().join(format!("gieok-output-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("the temporary folder can be written");
        folder
    }

    #[test]
    fn the_old_site_stands_until_the_new_one_is_whole() -> Result<(), Box<dyn std::error::Error>> {
        let folder = folder("swap");
        let target = folder.join("public");
        let first = Output::begin(&target)?;
        first.write("a/index.html", "old".as_bytes(), None)?;
        first.finish()?;
        let second = Output::begin(&target)?;
        second.write("b.html", "new".as_bytes(), None)?;
        assert_eq!(std::fs::read_to_string(target.join("a/index.html"))?, "old");
        drop(second);
        assert!(
            target.join("a/index.html").exists(),
            "a build that stops changes nothing"
        );
        let third = Output::begin(&target)?;
        third.write("b.html", "new".as_bytes(), None)?;
        third.finish()?;
        assert!(!target.join("a/index.html").exists() && target.join("b.html").exists());
        assert_eq!(
            std::fs::read_dir(&folder)?.count(),
            1,
            "nothing is left behind"
        );
        std::fs::remove_dir_all(&folder)?;
        Ok(())
    }

    #[test]
    fn equal_files_keep_their_time() -> Result<(), Box<dyn std::error::Error>> {
        let folder = folder("equal");
        let target = folder.join("public");
        let fill = |words: &str| -> Result<(), Box<dyn std::error::Error>> {
            let output = Output::begin(&target)?;
            output.write("same.html", "same".as_bytes(), None)?;
            output.write("a/other.html", words.as_bytes(), None)?;
            output.finish()?;
            Ok(())
        };
        fill("one")?;
        let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
        for file in files(&target) {
            File::options()
                .write(true)
                .open(file.path())?
                .set_modified(long_ago)?;
        }
        let time = |file: &str| target.join(file).metadata()?.modified();
        fill("one")?;
        assert_eq!(
            (time("same.html")?, time("a/other.html")?),
            (long_ago, long_ago)
        );
        fill("two")?;
        assert_eq!(time("same.html")?, long_ago);
        assert!(time("a/other.html")? > long_ago);
        assert_eq!(std::fs::read_to_string(target.join("a/other.html"))?, "two");
        // What is not of the site goes, though every file of the site is there.
        std::fs::write(target.join("theirs.txt"), "")?;
        fill("two")?;
        assert!(!target.join("theirs.txt").exists());
        assert_eq!(std::fs::read_dir(&folder)?.count(), 1);
        std::fs::remove_dir_all(&folder)?;
        Ok(())
    }

    #[test]
    fn what_killed_builds_left_is_put_right() -> Result<(), Box<dyn std::error::Error>> {
        let folder = folder("killed");
        let target = folder.join("public");
        let ours = |name: &str| -> std::io::Result<()> {
            std::fs::create_dir(folder.join(name))?;
            std::fs::write(folder.join(name).join(MARK), name)
        };
        // Killed before the first file, while filling, and between two renames.
        std::fs::create_dir(folder.join(".public.gieok-1.0"))?;
        ours(".public.gieok-2.0")?;
        ours(".public.gieok-3.0-aside")?;
        std::fs::create_dir(folder.join(".public.gieok-theirs"))?;
        std::fs::write(folder.join(".public.gieok-theirs/thesis.txt"), "years")?;
        let output = Output::begin(&target)?;
        assert_eq!(
            std::fs::read_to_string(target.join(MARK))?,
            ".public.gieok-3.0-aside",
            "the old site is back"
        );
        // A folder that somebody fills stays, also where it is one of this process.
        let other = Output::begin(&target)?;
        other.write("a.html", "a".as_bytes(), None)?;
        output.write("a.html", "b".as_bytes(), None)?;
        output.finish()?;
        other.finish()?;
        assert_eq!(std::fs::read_to_string(target.join("a.html"))?, "a");
        let mut left: Vec<_> = std::fs::read_dir(&folder)?
            .flatten()
            .map(|file| file.file_name())
            .collect();
        left.sort();
        assert_eq!(left, [".public.gieok-theirs", "public"]);
        std::fs::remove_dir_all(&folder)?;
        Ok(())
    }

    #[test]
    fn folders_change_places_in_steps_where_they_must() -> Result<(), Box<dyn std::error::Error>> {
        let folder = folder("steps");
        let (left, right) = (folder.join("left"), folder.join("right"));
        for name in [&left, &right] {
            std::fs::create_dir(name)?;
            std::fs::write(
                name.join("name"),
                name.file_name().unwrap_or_default().as_encoded_bytes(),
            )?;
        }
        exchange_in_steps(&left, &right)?;
        assert_eq!(std::fs::read_to_string(left.join("name"))?, "right");
        assert_eq!(std::fs::read_to_string(right.join("name"))?, "left");
        assert_eq!(std::fs::read_dir(&folder)?.count(), 2);
        std::fs::remove_dir_all(&folder)?;
        Ok(())
    }

    #[test]
    fn a_folder_of_somebody_else_is_not_touched() -> Result<(), Box<dyn std::error::Error>> {
        let folder = folder("theirs");
        std::fs::write(folder.join("thesis.txt"), "years")?;
        assert!(Output::begin(&folder).is_err());
        assert!(folder.join("thesis.txt").exists());
        std::fs::remove_dir_all(&folder)?;
        Ok(())
    }
}
