//! The output folder: filled beside the old one, then exchanged with it in one step.
//!
//! A build that is killed at any moment leaves the old site whole. Only a folder that a build of ours made is ever
//! replaced: it holds a file [`MARK`].

use std::path::{Path, PathBuf};

use super::Error;

/// The file by which we know a folder of ours.
const MARK: &str = ".gieok";

/// An output folder that is being filled.
#[derive(Debug)]
pub struct Output {
    target: PathBuf,
    filling: PathBuf,
    is_done: bool,
}

impl Output {
    /// Begins to fill what will stand at `target`.
    ///
    /// # Errors
    /// `target` holds files that are not ours, or nothing can be written beside it.
    pub fn begin(target: &Path) -> Result<Output, Error> {
        if target.exists() && !is_ours(target) {
            return Err(Error::new(
                target,
                "this folder is not empty and was not made by gieok; choose another with --out, or empty it",
            ));
        }
        let name = target
            .file_name()
            .ok_or_else(|| Error::new(target, "is no name of a folder"))?
            .to_string_lossy()
            .into_owned();
        let parent = target
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        std::fs::create_dir_all(parent).map_err(|error| Error::new(parent, error))?;
        remove_abandoned(parent, &format!(".{name}.gieok-"));
        let filling = parent.join(format!(".{name}.gieok-{}", std::process::id()));
        let failed = |error| Error::new(&filling, error);
        remove(&filling).map_err(failed)?;
        std::fs::create_dir(&filling).map_err(failed)?;
        std::fs::write(
            filling.join(MARK),
            "This folder is made by `gieok build`, which replaces it as a whole.\n",
        )
        .map_err(failed)?;
        Ok(Output {
            target: target.to_owned(),
            filling,
            is_done: false,
        })
    }

    /// Writes a file of the site. `path` is relative, with `/` between its parts.
    ///
    /// # Errors
    /// The disk's.
    pub fn write(&self, path: &str, contents: impl AsRef<[u8]>) -> Result<(), Error> {
        let file = self.filling.join(path);
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).map_err(|error| Error::new(folder, error))?;
        }
        std::fs::write(&file, contents).map_err(|error| Error::new(&file, error))
    }

    /// Puts what was written in the place of what stood there.
    ///
    /// # Errors
    /// The disk's; then the old site stands as it was.
    pub fn finish(mut self) -> Result<(), Error> {
        let failed = |error| Error::new(&self.target, error);
        if self.target.exists() {
            // `filling` now holds the old site, and dropping removes it.
            exchange(&self.filling, &self.target).map_err(failed)?;
        } else {
            std::fs::rename(&self.filling, &self.target).map_err(failed)?;
            self.is_done = true;
        }
        Ok(())
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

fn is_ours(target: &Path) -> bool {
    let is_empty = || std::fs::read_dir(target).is_ok_and(|mut files| files.next().is_none());
    target.is_dir() && (target.join(MARK).is_file() || is_empty())
}

fn remove(folder: &Path) -> std::io::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Removes what killed builds left behind: folders with the number of a process that is no more.
fn remove_abandoned(parent: &Path, prefix: &str) {
    let Ok(files) = std::fs::read_dir(parent) else {
        return;
    };
    for file in files.flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        let process = name
            .strip_prefix(prefix)
            .and_then(|number| number.parse::<u32>().ok());
        let is_gone = |process: u32| {
            Path::new("/proc/self").exists() && !Path::new(&format!("/proc/{process}")).exists()
        };
        if process.is_some_and(is_gone) && file.path().join(MARK).is_file() {
            let _ = remove(&file.path());
        }
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

/// Three renames: the old site is missing for a moment, and put back if the new one cannot take its place.
fn exchange_in_steps(left: &Path, right: &Path) -> std::io::Result<()> {
    let aside = left.with_extension("old");
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
        first.write("a/index.html", "old")?;
        first.finish()?;
        let second = Output::begin(&target)?;
        second.write("b.html", "new")?;
        assert_eq!(std::fs::read_to_string(target.join("a/index.html"))?, "old");
        drop(second);
        assert!(
            target.join("a/index.html").exists(),
            "a build that stops changes nothing"
        );
        let third = Output::begin(&target)?;
        third.write("b.html", "new")?;
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
    fn a_folder_of_somebody_else_is_not_touched() -> Result<(), Box<dyn std::error::Error>> {
        let folder = folder("theirs");
        std::fs::write(folder.join("thesis.txt"), "years")?;
        assert!(Output::begin(&folder).is_err());
        assert!(folder.join("thesis.txt").exists());
        std::fs::remove_dir_all(&folder)?;
        Ok(())
    }
}
