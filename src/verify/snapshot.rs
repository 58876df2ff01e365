//! Snapshots: what a block printed when its author last looked, in files that `cargo insta review` reads.

use std::path::{Path, PathBuf};

use crate::post::Block;
use crate::run::BlockResult;

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

/// Compares a text with a snapshot's file.
pub fn compare(file: &Path, text: &str) -> Comparison {
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
            if kept.trim_end() == text.trim_end() {
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
    fn addresses_are_left_out_and_numbers_kept() {
        let result = BlockResult {
            stdout: "<A at 0x7f25c5956e40> 0x1f\n".into(),
            exit_code: 1,
            ..BlockResult::default()
        };
        assert_eq!(text(&result), "<A at 0x…> 0x1f\n--- exit 1\n");
    }
}
