//! Snapshots: what a block printed when its author last looked, in files that `cargo insta review` reads.

use std::path::{Path, PathBuf};

use crate::post::Block;
use crate::run::BlockResult;

use super::difference::grouped;

/// What the file of a snapshot says about a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Comparison {
    /// The same.
    Same,
    /// There is no file yet.
    New,
    /// Another text than the file's, which is this.
    Changed(String),
    /// The file cannot be read, and why.
    Unreadable(String),
}

/// Where the snapshot of a block lies below the folder of all snapshots: `ko/names/cycle.snap`.
///
/// `page` is the post's path below `content/` without its ending: `ko/names`.
pub fn path(snapshots: &Path, page: &Path, block: &Block) -> PathBuf {
    snapshots.join(page).join(format!("{}.snap", block.id))
}

/// The text to keep: what was printed, what went to stderr, and the exit code if it is not 0. Addresses are left out:
/// they say where an object was, which is nobody's claim.
pub fn text(result: &BlockResult) -> String {
    let mut text = without_addresses(&result.stdout);
    if !result.stderr.is_empty() {
        text.push_str("--- stderr\n");
        text.push_str(&without_addresses(&result.stderr));
    }
    if let Some(limit) = &result.limit {
        text.push_str(&format!("--- stopped: {limit}\n"));
    }
    if result.exit_code != 0 {
        text.push_str(&format!("--- exit {}\n", result.exit_code));
    }
    text
}

/// The text to keep of a block that several versions ran, the oldest first: [`text`] where all agree; else that of
/// each group of versions that agree, below a line with their names.
///
/// ```text
/// === 3.12
/// (700, 10, 10)
/// === 3.13, 3.14
/// (2000, 10, 10)
/// ```
pub fn text_of(ran: &[(&str, &BlockResult)]) -> String {
    let texts = ran.iter().map(|(_, result)| text(result)).enumerate();
    let groups = grouped(texts);
    if let [only] = groups.as_slice() {
        return only.common.clone();
    }
    let mut whole = String::new();
    for group in groups {
        let versions = group.versions.iter().filter_map(|at| ran.get(*at));
        let versions: Vec<&str> = versions.map(|(version, _)| *version).collect();
        whole.push_str(&format!(
            "{SECTION}{}\n{}",
            versions.join(", "),
            group.common
        ));
        if !whole.ends_with('\n') {
            whole.push('\n');
        }
    }
    whole
}

/// What the line above a group of versions begins with.
const SECTION: &str = "=== ";

/// The part of a snapshot that is about a version: all of it where all versions agree. `None` where it names others.
fn about<'a>(kept: &'a str, version: &str) -> Option<&'a str> {
    if !kept.starts_with(SECTION) {
        return Some(kept);
    }
    let mut rest = kept;
    while let Some(section) = rest.strip_prefix(SECTION) {
        let (names, below) = section.split_once('\n').unwrap_or((section, ""));
        let end = match below.starts_with(SECTION) {
            true => 0,
            false => below
                .find(&format!("\n{SECTION}"))
                .map_or(below.len(), |at| at + 1),
        };
        let (text, after) = below.split_at_checked(end)?;
        if names.split(", ").any(|name| name == version) {
            return Some(text);
        }
        rest = after;
    }
    None
}

/// Compares what versions gave with a snapshot's file. Where the file names no versions it is about those that are
/// asked for.
pub fn compare(
    file: &Path,
    ran: &[(&str, &BlockResult)],
    is_asked: &dyn Fn(&str) -> bool,
) -> Comparison {
    if !file.exists() {
        return Comparison::New;
    }
    match insta::Snapshot::from_file(file) {
        Ok(snapshot) => {
            let kept = match snapshot.contents() {
                insta::internals::SnapshotContents::Text(kept) => kept.to_string(),
                insta::internals::SnapshotContents::Binary(_) => {
                    return Comparison::Unreadable("it is binary".to_owned());
                }
            };
            let names_versions = kept.starts_with(SECTION);
            let is_same = |(version, result): &(&str, &BlockResult)| match about(&kept, version) {
                Some(about) if names_versions || is_asked(version) => {
                    about.trim_end() == text(result).trim_end()
                }
                _ => true,
            };
            if ran.iter().all(is_same) {
                Comparison::Same
            } else {
                Comparison::Changed(kept)
            }
        }
        Err(error) => Comparison::Unreadable(error.to_string()),
    }
}

pub(super) fn without_addresses(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut pieces = text.split("0x");
    kept.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let digits = piece
            .find(|c: char| !c.is_ascii_hexdigit())
            .unwrap_or(piece.len());
        // Six digits and more are an address; `0x1f` is a number.
        kept.push_str(if digits >= 6 { "0x…" } else { "0x" });
        kept.push_str(
            piece
                .get(if digits >= 6 { digits } else { 0 }..)
                .unwrap_or_default(),
        );
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_that_agree_share_a_text() {
        let result = |stdout: &str| BlockResult {
            stdout: stdout.to_owned(),
            ..BlockResult::default()
        };
        let (one, two) = (result("1\n"), result("2\n"));
        assert_eq!(text_of(&[("3.12", &one), ("3.13", &one)]), "1\n");
        let kept = text_of(&[("3.12", &one), ("3.13", &two), ("3.14", &two)]);
        assert_eq!(kept, "=== 3.12\n1\n=== 3.13, 3.14\n2\n");
        assert_eq!(about(&kept, "3.12"), Some("1\n"));
        assert_eq!(about(&kept, "3.14"), Some("2\n"));
        assert_eq!(about(&kept, "3.11"), None);
        assert_eq!(about("1\n", "3.11"), Some("1\n"));
        let silent = result("");
        let kept = text_of(&[("3.12", &silent), ("3.13", &two)]);
        assert_eq!(
            (about(&kept, "3.12"), about(&kept, "3.13")),
            (Some(""), Some("2\n"))
        );
    }

    #[test]
    fn addresses_are_left_out_and_numbers_kept() {
        let result = BlockResult {
            stdout: "<A at 0x7f25c5956e40> 0x1f\n".into(),
            exit_code: 1,
            ..BlockResult::default()
        };
        assert_eq!(text(&result), "<A at 0x…> 0x1f\n--- exit 1\n");
    }
}
