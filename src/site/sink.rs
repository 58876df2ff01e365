//! Where the files of a site go.

use super::keep::Key;

/// Takes each file of a site, from several threads. `E`: what can go wrong.
pub trait Sink<E>: Sync {
    /// Takes a file by its path from the site's root, with `/` between its parts. Nothing of it is held afterwards.
    /// `made_of`: as long as that is the same, so is the file; `None` where nobody knows.
    ///
    /// # Errors
    /// It cannot be written.
    fn write(&self, path: &str, bytes: &[u8], made_of: Option<Key>) -> Result<(), E>;

    /// Whether it is of use to say what files are made of.
    fn asks_made_of(&self) -> bool {
        false
    }

    /// Takes over a file that stands there from before, if it was made of the same; else false.
    fn keep(&self, _path: &str, _made_of: Key) -> bool {
        false
    }
}
