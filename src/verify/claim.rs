//! The verdict on one claim, and its wording when it fails.

use crate::diagnostic::Diagnostic;
use crate::post::{Claim, ClaimForm, Post, Subject, value};
use crate::python::compiler::comments::Print;
use crate::run::{BlockResult, Printed, Results};

use super::pattern;
use super::printed::{self, Finding};
use super::report::{Found, Unclear, Verdict};

/// Judges a claim of a post by the results.
pub fn judge(post: &Post, claim: &Claim, results: &Results) -> Verdict {
    let version = results.version_of(claim.block);
    let block = post.blocks.get(claim.block);
    if !speaks_for(post, claim, version) || block.is_some_and(|block| !block.belongs_to(version)) {
        return Verdict::OtherVersion;
    }
    let Some(result) = results.of(claim.block) else {
        return unjudged(Unclear::NotRun);
    };
    let judge = Judge {
        post,
        claim,
        result,
        version,
    };
    match claim.form {
        ClaimForm::Raises => judge.raised(),
        ClaimForm::Output => judge.output(),
        ClaimForm::Bare if names_exception(claim) => judge.raised(),
        ClaimForm::Bare | ClaimForm::Value | ClaimForm::About => judge.value(),
    }
}

/// The message for a claim that fails; `None` for one that does not.
pub fn diagnose(claim: &Claim, verdict: &Verdict, version: &str) -> Option<Diagnostic> {
    let place = claim.expected_span;
    let expression = shortened(&claim.expression);
    let expected = &claim.expected;
    match verdict {
        Verdict::Contradicted { found } => {
            let gives = match found {
                Found::NoLine => "nothing more is printed".to_owned(),
                // Versions that give the same are told together.
                found if version.contains(',') => format!("CPython {version} give {found}"),
                found => format!("CPython {version} gives {found}"),
            };
            let message = contradiction(claim, &expression, found);
            let told = Diagnostic::error("claim-mismatch", place, message).label(place, gives);
            Some(told.help(match found {
                Found::Value(found) if !found.is_empty() && !is_about_exception(claim) => {
                    format!("change it to `{found}`, or remove the claim")
                }
                _ => "correct or remove the claim".to_owned(),
            }))
        }
        Verdict::NotReached => {
            let told = if claim.form == ClaimForm::Bare {
                Diagnostic::warning
            } else {
                Diagnostic::error
            };
            Some(
                told(
                    "claim-not-reached",
                    place,
                    format!("`{expression}` never ran"),
                )
                .label(place, "nothing says whether this is so"),
            )
        }
        Verdict::Unjudged { reason } if claim.form != ClaimForm::Bare => Some(Diagnostic::warning(
            "claim-unjudged",
            place,
            format!("`{expected}` cannot be judged: {reason}"),
        )),
        _ => None,
    }
}

/// What is wrong with a claim, in one sentence.
fn contradiction(claim: &Claim, expression: &str, found: &Found) -> String {
    let expected = &claim.expected;
    match found {
        Found::NoLine => format!("`{expression}` prints no line `{expected}`"),
        Found::Raised(name) => format!("`{expression}` raises {name}, and is not `{expected}`"),
        _ if is_about_exception(claim) => {
            format!("`{expression}` raises {found}, not `{expected}`")
        }
        _ if claim.form == ClaimForm::Output => {
            format!("`{expression}` prints `{found}`, not `{expected}`")
        }
        _ => format!("`{expression}` is `{found}`, not `{expected}`"),
    }
}

/// A claim without versions speaks for those that no other claim of its statement names.
fn speaks_for(post: &Post, claim: &Claim, version: &str) -> bool {
    match claim.versions {
        Some(versions) => versions.has(version),
        None => {
            let mut named = siblings(post, claim).filter_map(|claim| claim.versions);
            !named.any(|versions| versions.has(version))
        }
    }
}

/// Says whether the author thought of versions: this claim names some, or another of its statement does.
pub fn names_versions(post: &Post, claim: &Claim) -> bool {
    siblings(post, claim).any(|claim| claim.versions.is_some())
}

/// The claims of the same statement and form, this one included.
fn siblings<'a>(post: &'a Post, claim: &'a Claim) -> impl Iterator<Item = &'a Claim> {
    let same = |other: &&Claim| {
        other.first_line == claim.first_line
            && other.last_line == claim.last_line
            && other.form == claim.form
    };
    post.claims
        .iter()
        .filter(|other| other.block == claim.block)
        .filter(same)
}

fn names_exception(claim: &Claim) -> bool {
    value::stated(&claim.expected).is_some_and(|stated| stated.kind == value::ValueKind::Exception)
}

fn is_about_exception(claim: &Claim) -> bool {
    claim.form == ClaimForm::Raises || (claim.form == ClaimForm::Bare && names_exception(claim))
}

const fn unjudged(reason: Unclear) -> Verdict {
    Verdict::Unjudged { reason }
}

/// One line, not too long for a message.
fn shortened(text: &str) -> String {
    const LENGTH_MAX: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LENGTH_MAX {
        line
    } else {
        line.chars().take(LENGTH_MAX - 1).chain(['…']).collect()
    }
}

struct Judge<'a> {
    post: &'a Post,
    claim: &'a Claim,
    result: &'a BlockResult,
    version: &'a str,
}

impl Judge<'_> {
    /// Nothing was found at the statement: it did not run, or it raised, or it gives nothing to compare.
    fn nothing_found(&self, reason: Unclear) -> Verdict {
        let lines = self.claim.first_line..=self.claim.last_line;
        if let Some(raised) = self
            .result
            .raised
            .iter()
            .find(|raised| lines.contains(&raised.line))
        {
            return Verdict::Contradicted {
                found: Found::Raised(raised.type_name.clone()),
            };
        }
        if self.result.reached(self.claim.first_line) {
            unjudged(reason)
        } else {
            Verdict::NotReached
        }
    }

    fn raised(&self) -> Verdict {
        let (name, message) = self
            .claim
            .expected
            .split_once(':')
            .map_or((self.claim.expected.as_str(), ""), |(name, message)| {
                (name, message.trim())
            });
        let name = name.trim();
        let lines = self.claim.first_line..=self.claim.last_line;
        let raised: Vec<_> = self
            .result
            .raised
            .iter()
            .filter(|raised| lines.contains(&raised.line))
            .collect();
        let is_named =
            |type_name: &str| type_name == name || type_name.rsplit('.').next() == Some(name);
        if raised.iter().any(|raised| {
            is_named(&raised.type_name)
                && (message.is_empty() || pattern::begins(message, &raised.message))
        }) {
            return Verdict::Holds;
        }
        // `print(type(error).__name__)  # ValueError` states what is printed.
        if self.claim.form == ClaimForm::Bare
            && self
                .printed_text()
                .lines()
                .any(|line| line.trim().ends_with(name))
        {
            return Verdict::Holds;
        }
        match raised.first() {
            Some(raised) if raised.message.is_empty() => Verdict::Contradicted {
                found: Found::Value(raised.type_name.clone()),
            },
            Some(raised) => Verdict::Contradicted {
                found: Found::Value(format!("{}: {}", raised.type_name, raised.message)),
            },
            None if self.result.reached(self.claim.first_line) => Verdict::Contradicted {
                found: Found::NoException,
            },
            None => Verdict::NotReached,
        }
    }

    fn value(&self) -> Verdict {
        match &self.claim.subject {
            Subject::Print(print) => self.print(Some(print)),
            Subject::Expression | Subject::Assignment(_) => self.expression(),
            Subject::Statement => unjudged(Unclear::NoValue),
        }
    }

    fn print(&self, print: Option<&Print>) -> Verdict {
        let text = self.printed_text();
        if text.is_empty() {
            return self.nothing_found(Unclear::NothingPrinted);
        }
        let findings = printed::judge(print, &text, &|found| self.is_same(found));
        self.conclude(findings)
    }

    fn expression(&self) -> Verdict {
        let values: Vec<&str> = self
            .result
            .values
            .iter()
            .filter(|value| value.line == self.claim.first_line)
            .map(|value| value.repr.as_str())
            .collect();
        if values.is_empty() {
            return self.nothing_found(Unclear::NotSeen);
        }
        let findings = values
            .iter()
            .map(|found| {
                if self.is_same(found) {
                    Finding::Same
                } else {
                    Finding::Differs((*found).to_owned())
                }
            })
            .collect();
        let only_none = values.iter().all(|found| *found == "None");
        if self.claim.form == ClaimForm::Bare && only_none && !self.is_same("None") {
            // `a.append(4)  # [1, 2, 3, 4]` speaks about `a`, `show()  # 3` about what is printed.
            return if self.printed_text().is_empty() {
                unjudged(Unclear::OnlyNone)
            } else {
                self.print(None)
            };
        }
        self.conclude(findings)
    }

    /// All the same, all different, or no clear answer.
    fn conclude(&self, findings: Vec<Finding>) -> Verdict {
        if findings.iter().all(|finding| *finding == Finding::Same) {
            return Verdict::Holds;
        }
        let mut found: Vec<&String> = findings
            .iter()
            .filter_map(|finding| {
                if let Finding::Differs(found) = finding {
                    Some(found)
                } else {
                    None
                }
            })
            .collect();
        found.dedup();
        if found.is_empty() || findings.contains(&Finding::Unclear) {
            return unjudged(Unclear::SeveralValues);
        }
        if findings.contains(&Finding::Same) {
            return unjudged(Unclear::SeveralTimes);
        }
        Verdict::Contradicted {
            found: Found::Value(
                found
                    .first()
                    .map_or_else(String::new, |found| (*found).clone()),
            ),
        }
    }

    fn is_same(&self, found: &str) -> bool {
        let expected = self.claim.expected.as_str();
        match self.claim.form {
            ClaimForm::About => pattern::is_about(expected, found),
            ClaimForm::Value if pattern::has_wildcard(expected) => {
                pattern::matches(expected, found)
            }
            // `print("a")  # 'a'`: a string is printed without its quotes.
            _ => {
                value::is_same(expected, found)
                    || (matches!(self.claim.subject, Subject::Print(_))
                        && unquoted(expected) == Some(found))
            }
        }
    }

    /// `#>` lines against the lines printed, one by one.
    fn output(&self) -> Verdict {
        let group: Vec<&Claim> = siblings(self.post, self.claim)
            .filter(|line| speaks_for(self.post, line, self.version))
            .collect();
        let place = group
            .iter()
            .position(|claim| claim.span == self.claim.span)
            .unwrap_or(0);
        let text = self.output_of_group(group.len());
        let lines: Vec<&str> = text.lines().collect();
        let Some(found) = lines.get(place) else {
            return if text.is_empty() {
                self.nothing_found(Unclear::NothingPrinted)
            } else {
                Verdict::Contradicted {
                    found: Found::NoLine,
                }
            };
        };
        let expected = self.claim.expected.as_str();
        let is_same = found.trim_end() == expected
            || (pattern::has_wildcard(expected) && pattern::matches(expected, found.trim_end()));
        let is_last = place + 1 == group.len();
        match (
            is_same,
            is_last && lines.len() > group.len() && expected != "...",
        ) {
            (true, false) => Verdict::Holds,
            (true, true) => Verdict::Contradicted {
                found: Found::MoreLines((*found).to_owned(), lines.len() - group.len()),
            },
            (false, _) if expected == "..." => Verdict::Holds,
            (false, _) => Verdict::Contradicted {
                found: Found::Value(found.trim_end().to_owned()),
            },
        }
    }

    /// The statement's own output; if that is not as many lines as were claimed, all since the last `#>` above.
    fn output_of_group(&self, count: usize) -> String {
        let own = self.printed_text();
        if own.lines().count() == count {
            return own;
        }
        let above = self.post.claims.iter().filter(|claim| {
            claim.block == self.claim.block
                && claim.form == ClaimForm::Output
                && claim.last_line < self.claim.first_line
        });
        let after = above.map(|claim| claim.last_line).max().unwrap_or(0);
        let lines = after + 1..=self.claim.last_line;
        let wide =
            self.text_where(|printed| printed.statement.is_some_and(|line| lines.contains(&line)));
        if wide.lines().count() == count || own.is_empty() {
            wide
        } else {
            own
        }
    }

    /// What the statement printed itself; if nothing, what was printed while it ran.
    fn printed_text(&self) -> String {
        let lines = self.claim.first_line..=self.claim.last_line;
        let own = self.text_where(|printed| printed.line.is_some_and(|line| lines.contains(&line)));
        if own.is_empty() {
            self.text_where(|printed| printed.statement.is_some_and(|line| lines.contains(&line)))
        } else {
            own
        }
    }

    fn text_where(&self, belongs: impl Fn(&Printed) -> bool) -> String {
        self.result
            .printed
            .iter()
            .filter(|printed| belongs(printed))
            .map(|printed| self.result.text_of(printed))
            .collect()
    }
}

fn unquoted(text: &str) -> Option<&str> {
    let inside = |quote| text.strip_prefix(quote)?.strip_suffix(quote);
    inside('\'').or_else(|| inside('"'))
}
