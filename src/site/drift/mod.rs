//! Drift: where an original has changed since its translation was accepted.

mod lock;

pub use lock::Lock;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use self::lock::{Locked, anchor_of, unit_kind, unit_line};
use crate::diagnostic::Diagnostic;
use crate::post::{Passage, Post, UnitKind};
use crate::source::{Source, Span};

/// A heading of a translation that is behind its original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// The heading's anchor in the translation; empty for what stands before the first heading.
    pub anchor: String,
    /// The anchor in the original as it is now; empty if the passage is gone, or stands before the first heading.
    pub original: String,
    /// What has changed there, in order of place.
    pub changes: Vec<Change>,
}

/// One change of an original.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A unit says something else now.
    Changed(UnitKind, Span),
    /// A unit is new.
    Added(UnitKind, Span),
    /// A unit is gone.
    Removed(UnitKind),
    /// A heading with all below it is new; it belongs behind the one that is behind.
    AddedHeading(Span),
    /// The heading with all below it is gone.
    RemovedHeading,
}

impl Change {
    /// What it is, with its line in the original: `line 12: paragraph changed`.
    pub fn told(self, original: &Source) -> String {
        let at = |span: Span| original.line(span.start);
        match self {
            Change::Changed(kind, span) => format!("line {}: {} changed", at(span), kind.name()),
            Change::Added(kind, span) => format!("line {}: {} added", at(span), kind.name()),
            Change::Removed(kind) => format!("{} removed", kind.name()),
            Change::AddedHeading(span) => {
                format!("line {}: heading added, with its text", at(span))
            }
            Change::RemovedHeading => "heading removed, with its text".to_owned(),
        }
    }
}

/// How a translation stands to its original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It was never accepted.
    Unknown,
    /// It renders the original as it is now.
    Current,
    /// It does not, at these headings, in the order of the original.
    Behind(Vec<Behind>),
}

/// Compares the original of a translation with what it was when the translation was accepted.
///
/// `passages` are the original's; they are asked for where there is something to compare with.
pub fn standing(
    lock: &Lock,
    page: &str,
    original: &Post,
    passages: impl FnOnce() -> Vec<Passage>,
) -> Standing {
    let Some(before) = lock.of(page) else {
        return Standing::Unknown;
    };
    let behind = compare(before, original, &passages());
    if behind.is_empty() {
        Standing::Current
    } else {
        Standing::Behind(behind)
    }
}

fn compare(before: &[Locked], original: &Post, now: &[Passage]) -> Vec<Behind> {
    let old: Vec<&str> = before.iter().map(|it| it.original.as_str()).collect();
    let anchors: Vec<String> = now.iter().map(|it| anchor_of(original, it)).collect();
    let new: Vec<&str> = anchors.iter().map(String::as_str).collect();
    let mut behind = Vec::new();
    // Headings in the same place with other anchors are taken for renamed; what is left over is new or gone.
    let mut last = 0;
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (old_range, new_range) = (op.old_range(), op.new_range());
        let paired = match op {
            DiffOp::Insert { .. } | DiffOp::Delete { .. } => 0,
            _ => old_range.len().min(new_range.len()),
        };
        for step in 0..paired {
            last = old_range.start + step;
            let pair = before.get(last).zip(now.get(new_range.start + step));
            let Some((locked, passage)) = pair else {
                continue;
            };
            let changes = changes(&locked.units, passage);
            if !changes.is_empty() {
                behind.push(Behind {
                    anchor: locked.translation.clone(),
                    original: anchor_of(original, passage),
                    changes,
                });
            }
        }
        for locked in before
            .get(old_range.start + paired..old_range.end)
            .unwrap_or_default()
        {
            behind.push(Behind {
                anchor: locked.translation.clone(),
                original: String::new(),
                changes: vec![Change::RemovedHeading],
            });
        }
        for passage in now
            .get(new_range.start + paired..new_range.end)
            .unwrap_or_default()
        {
            add_heading(&mut behind, before.get(last), original, passage);
        }
    }
    behind
}

/// A new heading is told at the one before it, which is there in the translation.
fn add_heading(
    behind: &mut Vec<Behind>,
    above: Option<&Locked>,
    original: &Post,
    passage: &Passage,
) {
    let place = passage.units.first().map_or(Span::at(0), |unit| unit.span);
    let change = Change::AddedHeading(place);
    let anchor = above.map_or_else(String::new, |locked| locked.translation.clone());
    match behind.last_mut().filter(|last| last.anchor == anchor) {
        Some(last) => last.changes.push(change),
        None => behind.push(Behind {
            anchor,
            original: anchor_of(original, passage),
            changes: vec![change],
        }),
    }
}

/// What is different between the units of a passage then and now.
fn changes(before: &[String], now: &Passage) -> Vec<Change> {
    let lines: Vec<String> = now
        .units
        .iter()
        .map(|unit| unit_line(unit.kind, &unit.fingerprint))
        .collect();
    let mut changes = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, before, &lines) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (old, new) = (op.old_range(), op.new_range());
        let paired = old.len().min(new.len());
        for (step, unit) in now.units.get(new).unwrap_or_default().iter().enumerate() {
            changes.push(if step < paired {
                Change::Changed(unit.kind, unit.span)
            } else {
                Change::Added(unit.kind, unit.span)
            });
        }
        let gone = before.get(old.start + paired..old.end).unwrap_or_default();
        changes.extend(gone.iter().map(|line| Change::Removed(unit_kind(line))));
    }
    changes
}

/// What an author hears: a warning at each heading of the translation that is behind.
pub fn diagnose(
    standing: &Standing,
    page: &str,
    original: &Post,
    translation: &Post,
) -> Vec<Diagnostic> {
    let Standing::Behind(behind) = standing else {
        return Vec::new();
    };
    let path = original.source.path().display();
    let warn = |behind: &Behind| {
        let heading = translation
            .headings
            .iter()
            .find(|heading| heading.anchor == behind.anchor);
        let place = heading.map_or(translation.front_matter.span, |heading| heading.span);
        let line = translation.source.line(place.start);
        let place = translation.source.line_span(line).unwrap_or(place);
        let told: Vec<String> = behind
            .changes
            .iter()
            .map(|change| change.told(&original.source))
            .collect();
        Diagnostic::warning(
            "translation-behind",
            place,
            format!("the original has changed here: {path}, {}", told.join(", ")),
        )
        .help(format!(
            "translate the change, then `gieok i18n accept {page}`"
        ))
    };
    behind.iter().map(warn).collect()
}

#[cfg(test)]
mod tests;
