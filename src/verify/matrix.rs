//! Claims and endings under several versions: one is shown, the others are compared with it.
//!
//! A claim that names versions must hold under each that it names. Any other speaks of the version that is shown; what
//! the others give is a note for readers, and no mistake.

use crate::diagnostic::{Diagnostic, Severity};
use crate::post::{Block, Claim, ClaimForm, Post, VersionRange};
use crate::run::{Results, versions};

use super::difference::{Group, grouped};
use super::report::{Report, Verdict};
use super::{claim, outcome};

/// Judges every claim of a post and how its blocks ended. `shown` are the results that the page shows, `runs` those of
/// every version that is compared, the oldest first.
pub fn verify_matrix(post: &Post, shown: &Results, runs: &[Results]) -> Report {
    let judge = |results: &Results| -> Vec<Verdict> {
        let claims = post.claims.iter();
        claims
            .map(|claim| claim::judge(post, claim, results))
            .collect()
    };
    let mut report = Report {
        version: shown.version.clone(),
        verdicts: judge(shown),
        compared: runs.iter().map(|run| run.version.clone()).collect(),
        matrix: runs.iter().map(judge).collect(),
        diagnostics: Vec::new(),
    };
    let mut diagnostics = Vec::new();
    for (index, claim) in post.claims.iter().enumerate() {
        let said = said(post, shown, &report, index);
        diagnostics.extend(tell_claim(claim, &said));
        if let Some(verdict) = concluded(&said) {
            let verdict = verdict.clone();
            if let Some(place) = report.verdicts.get_mut(index) {
                *place = verdict;
            }
        }
    }
    diagnostics.extend(tell_endings(post, shown, runs, &report));
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    report.diagnostics = diagnostics;
    report
}

/// The verdicts on a claim that count, with their versions, the shown one's first.
struct Said<'a> {
    verdicts: Vec<(&'a str, &'a Verdict)>,
    /// The versions of which it is true, though they do not count: for the author's help.
    also_true: Option<String>,
    /// What a claim of versions is written with; `None` below a prompt, where there are none.
    mark: Option<&'static str>,
}

fn said<'a>(post: &Post, shown: &'a Results, report: &'a Report, index: usize) -> Said<'a> {
    let mut said = Said {
        verdicts: Vec::new(),
        also_true: None,
        mark: None,
    };
    let (Some(claim), Some(verdict)) = (post.claims.get(index), report.verdicts.get(index)) else {
        return said;
    };
    let block = post.blocks.get(claim.block);
    said.mark = match claim.form {
        _ if block.is_some_and(|block| !block.units.is_empty()) => None,
        ClaimForm::Bare | ClaimForm::Value => Some("# =>"),
        ClaimForm::Output => Some("#>"),
        ClaimForm::Raises => Some("# raises "),
        ClaimForm::About => Some("# ~>"),
    };
    let here = shown.version_of(claim.block);
    said.verdicts.push((here, verdict));
    let others = report.compared.iter().zip(&report.matrix);
    let others = others.filter_map(|(version, verdicts)| {
        let verdict = verdicts.get(index).filter(|_| version != here)?;
        Some((version.as_str(), verdict))
    });
    if claim::names_versions(post, claim) {
        said.verdicts.extend(others);
    } else {
        let holds: Vec<usize> = report
            .compared
            .iter()
            .zip(&report.matrix)
            .enumerate()
            .filter(|(_, (_, verdicts))| verdicts.get(index) == Some(&Verdict::Holds))
            .map(|(place, _)| place)
            .collect();
        said.also_true = range_of(&report.compared, &holds);
    }
    said
}

/// The verdict that stands for all that count: a contradiction, else the first that speaks.
fn concluded<'a>(said: &Said<'a>) -> Option<&'a Verdict> {
    let all = || said.verdicts.iter().map(|(_, verdict)| *verdict);
    all()
        .find(|verdict| matches!(verdict, Verdict::Contradicted { .. }))
        .or_else(|| all().find(|verdict| **verdict != Verdict::OtherVersion))
}

/// What is wrong with a claim: told once for the versions that give the same.
fn tell_claim(claim: &Claim, said: &Said<'_>) -> Vec<Diagnostic> {
    let groups: Vec<Group<&Verdict>> = grouped(
        said.verdicts
            .iter()
            .enumerate()
            .map(|(place, (_, verdict))| (place, *verdict)),
    );
    let tell = |group: Group<&Verdict>| {
        let versions = group
            .versions
            .iter()
            .filter_map(|at| said.verdicts.get(*at));
        let versions: Vec<&str> = versions.map(|(version, _)| *version).collect();
        let told = claim::diagnose(claim, group.common, &versions.join(", "))?;
        let is_wrong = matches!(group.common, Verdict::Contradicted { .. });
        Some(match &said.also_true {
            Some(range) if is_wrong => told.help(match said.mark {
                Some(mark) => format!(
                    "it is true of {range}, which `{mark}[{range}] {}` says",
                    claim.expected
                ),
                None => format!("it is true of {range}"),
            }),
            _ => told,
        })
    };
    groups.into_iter().filter_map(tell).collect()
}

/// Versions as an author writes them behind a claim, if they follow each other: `..3.12`, `3.13`, `3.13..`.
fn range_of(compared: &[String], places: &[usize]) -> Option<String> {
    let (first, last) = (*places.first()?, *places.last()?);
    if last - first + 1 != places.len() {
        return None;
    }
    let version = |place: usize| VersionRange::parse(compared.get(place)?)?.from;
    let range = VersionRange {
        from: (first > 0).then(|| version(first)).flatten(),
        to: (last + 1 < compared.len()).then(|| version(last)).flatten(),
    };
    (range != VersionRange::default()).then(|| range.to_string())
}

/// A block whose versions there is no engine for.
fn tell_homeless(post: &Post, block: &Block) -> Option<Diagnostic> {
    let range = block.versions?;
    let known = versions();
    if known.iter().any(|version| range.has(version)) {
        return None;
    }
    let line = post.source.line(block.span.start);
    let place = post.source.line_span(line).unwrap_or(block.span);
    let told = format!(
        "block `{}` does not run: there is no engine for {range}",
        block.id
    );
    let known = known.join(", ");
    Some(Diagnostic::warning("no-engine", place, told).help(format!(
        "there is one for {known}; `skip=\"reason\"` leaves the block out"
    )))
}

/// How blocks ended. What is wrong under the shown version is told as it is; what is wrong only under others is a
/// warning, as the block may be about just that.
fn tell_endings(
    post: &Post,
    shown: &Results,
    runs: &[Results],
    report: &Report,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for block in post.runnable() {
        let Some(result) = shown.of(block.index) else {
            diagnostics.extend(tell_homeless(post, block));
            continue;
        };
        let told = outcome::diagnose(post, block, result, &report.verdicts);
        let others = runs.iter().zip(&report.matrix).enumerate();
        let others = others.filter_map(|(place, (run, verdicts))| {
            let result = run.of(block.index)?;
            let other = outcome::diagnose(post, block, result, verdicts).into_iter();
            let is_new = |other: &Diagnostic| !told.iter().any(|told| told.code == other.code);
            Some((place, other.filter(is_new).collect::<Vec<_>>()))
        });
        for group in grouped(others) {
            let versions = group
                .versions
                .iter()
                .filter_map(|at| report.compared.get(*at));
            let versions: Vec<&str> = versions.map(String::as_str).collect();
            let versions = versions.join(", ");
            diagnostics.extend(group.common.into_iter().map(|other| Diagnostic {
                severity: Severity::Warning,
                message: format!("under {versions}: {}", other.message),
                help: vec![
                    "`<!-- py: py=3.12 -->` or `py=3.13..` above the block says where it belongs"
                        .to_owned(),
                ],
                ..other
            }));
        }
        diagnostics.extend(told);
    }
    diagnostics
}
