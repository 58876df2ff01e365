//! What the file system says of a file: as long as that is the same, the file is.
//!
//! Times alone are no proof. A file that is written twice within one tick of the clock has the same time twice; so a stamp
//! counts only if the file had rested for a while when it was looked at. And an editor, a copy or a checkout may set the
//! time of what was *written* as it likes; the time of the last *change* nobody can set, and it moves with every write.

use std::fs::{File, Metadata};
use std::io::Read;
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// So long a file must have rested: kernels' clocks tick every 1 to 10 ms, and servers' clocks differ a little.
const RESTED: Duration = Duration::from_millis(100);

/// The same where a file system counts whole seconds, at most two of them.
const RESTED_WHOLE_SECONDS: Duration = Duration::from_millis(2100);

/// What the file system says of a file or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Its length in bytes.
    length: u64,
    /// When it was written and when it was changed, in nanoseconds since 1970.
    times: [i64; 2],
    /// Its number on disk.
    number: u64,
    /// It had rested when it was looked at: what has an equal stamp is the same.
    has_rested: bool,
}

impl Stamp {
    /// The stamp of what was looked at no earlier than `since`. Where the file system has no time of change nothing ever
    /// rests.
    pub fn of(metadata: &Metadata, since: SystemTime) -> Stamp {
        let (times, number) = times_and_number(metadata);
        let rest = match times.iter().all(|time| time % 1_000_000_000 == 0) {
            true => RESTED_WHOLE_SECONDS,
            false => RESTED,
        };
        let since = since.duration_since(SystemTime::UNIX_EPOCH);
        let limit = since.unwrap_or_default().saturating_sub(rest).as_nanos();
        let has_rested = |time: i64| i128::from(time) < i128::try_from(limit).unwrap_or(0);
        Stamp {
            length: metadata.len(),
            times,
            number,
            has_rested: cfg!(unix) && times.into_iter().all(has_rested),
        }
    }

    /// Says whether an equal stamp will prove that nobody wrote.
    pub fn has_rested(&self) -> bool {
        self.has_rested
    }

    /// Says whether what has this stamp now is surely what it was when the other one was taken.
    pub fn is_still(&self, then: &Stamp) -> bool {
        then.has_rested && self.is_like(then)
    }

    /// Says whether nothing tells the two apart.
    pub fn is_like(&self, other: &Stamp) -> bool {
        (self.length, self.times, self.number) == (other.length, other.times, other.number)
    }
}

/// Waits until what was just written has rested, where that can be known so soon.
pub fn rest() {
    std::thread::sleep(RESTED);
}

/// Reads a file, and the stamp that it had before.
pub fn read(path: &Path) -> std::io::Result<(Vec<u8>, Stamp)> {
    let since = SystemTime::now();
    let mut file = File::open(path)?;
    let metadata = file.metadata()?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0) + 1);
    file.read_to_end(&mut bytes)?;
    Ok((bytes, Stamp::of(&metadata, since)))
}

/// Reads a file of text, and the stamp that it had before.
pub fn read_text(path: &Path) -> std::io::Result<(String, Stamp)> {
    let (bytes, stamp) = read(path)?;
    let not_text = |error| std::io::Error::new(std::io::ErrorKind::InvalidData, error);
    let text = String::from_utf8(bytes).map_err(not_text)?;
    Ok((text, stamp))
}

#[cfg(unix)]
fn times_and_number(metadata: &Metadata) -> ([i64; 2], u64) {
    use std::os::unix::fs::MetadataExt;
    let nanoseconds = |seconds: i64, more: i64| seconds.saturating_mul(1_000_000_000) + more;
    let times = [
        nanoseconds(metadata.mtime(), metadata.mtime_nsec()),
        nanoseconds(metadata.ctime(), metadata.ctime_nsec()),
    ];
    (times, metadata.ino())
}

#[cfg(not(unix))]
fn times_and_number(metadata: &Metadata) -> ([i64; 2], u64) {
    let written = metadata.modified().ok();
    let written = written.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    let written = written.map_or(0, |time| i64::try_from(time.as_nanos()).unwrap_or(0));
    ([written, written], 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_has_rested_is_still_the_same() -> std::io::Result<()> {
        let file = std::env::temp_dir().join(format!("gieok-stamp-{}", std::process::id()));
        std::fs::write(&file, "one")?;
        let metadata = file.metadata()?;
        let (now, later) = (
            SystemTime::now(),
            SystemTime::now() + Duration::from_secs(5),
        );
        let (fresh, rested) = (Stamp::of(&metadata, now), Stamp::of(&metadata, later));
        assert!(rested.is_like(&fresh) && !rested.is_still(&fresh));
        assert_eq!(fresh.is_still(&rested), cfg!(unix));
        // The length and the time of writing are as before; the time of change is not.
        std::thread::sleep(Duration::from_millis(30));
        std::fs::write(&file, "two")?;
        File::options()
            .write(true)
            .open(&file)?
            .set_modified(metadata.modified()?)?;
        let changed = Stamp::of(&file.metadata()?, later);
        assert_eq!(changed.length, rested.length);
        assert!(!changed.is_still(&rested));
        std::fs::remove_file(&file)
    }
}
