//! How the comments of a block are read: as claims, as marks for the page, or as words for people.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::python::compiler::comments::{self, Listing, Shape, Statement};
use crate::source::Span;

use super::annotation::{self, Annotation};
use super::block::Block;
use super::claim::{Claim, ClaimForm, Comment, Reading, Subject, VersionRange};
use super::value::{self, ValueKind};

/// Reads the comments of a Python block. Claims are appended to `claims`; hidden lines and the marks of notes are
/// written down in the block. `note_count` is how many items a list directly below the block has: without one a
/// `(1)` is a word like others.
pub fn read(
    block: &mut Block,
    note_count: usize,
    claims: &mut Vec<Claim>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Comment> {
    let Listing {
        comments: found,
        errors,
        tokens,
    } = comments::listing(&block.code);
    block.tokens = tokens;
    if block.raises.as_deref() != Some("SyntaxError") && block.skip.is_none() {
        diagnostics.extend(errors.first().map(|error| syntax_error(block, error)));
    }
    let mut comments = Vec::new();
    let mut hidden = Vec::new();
    let mut annotations = Vec::new();
    for comment in found {
        let span = block.source_span(comment.range.start, comment.range.end);
        let mut text = block
            .code
            .get(comment.range.clone())
            .unwrap_or_default()
            .to_owned();
        // What stands behind `#>` is printed, and belongs to it whole.
        if let Some((before, number)) = annotation::split(&text)
            && number <= note_count
            && !text.starts_with("#>")
        {
            let is_alone = before == "#";
            let kept = if is_alone { 0 } else { before.len() };
            annotations.push(Annotation {
                number,
                range: comment.range.start + kept..comment.range.end,
            });
            text.truncate(kept.max(1));
        }
        let place = Place {
            block,
            start: comment.range.start,
            trailing: comment.trailing,
            statement: comment.statement.as_ref(),
        };
        let reading = if text.trim_start_matches('#').trim() == "hide" {
            hidden.push(block.line_at(comment.range.start));
            Reading::Hide
        } else if text == "#" && !annotations.is_empty() {
            Reading::Annotation
        } else {
            match place.claim(&text) {
                Ok(Some(claim)) => {
                    claims.push(claim);
                    Reading::Claim(claims.len() - 1)
                }
                Ok(None) => Reading::Remark,
                Err(diagnostic) => {
                    diagnostics.push(diagnostic);
                    Reading::Remark
                }
            }
        };
        comments.push(Comment {
            block: block.index,
            text,
            span,
            reading,
        });
    }
    block.annotations = annotations;
    for line in hidden {
        if let Some(line) = block.lines.get_mut(line.wrapping_sub(1)) {
            line.hidden = true;
        }
    }
    comments
}

fn syntax_error(block: &Block, error: &comments::SyntaxError) -> Diagnostic {
    // A mistake at the end of the code stands behind its last character.
    let end = block.code.trim_end().len();
    let place = if error.range.start >= end {
        block.source_span(end.saturating_sub(1), end)
    } else {
        block.source_span(error.range.start, error.range.end)
    };
    Diagnostic::error(
        "python-syntax",
        place,
        format!("block `{}` is not valid Python", block.id),
    )
    .label(place, error.message.clone())
    .help("if the mistake is meant, write `<!-- py: raises=SyntaxError -->` above the block")
}

/// Where a comment stands.
struct Place<'a> {
    block: &'a Block,
    /// Offset of its `#` in the block's code.
    start: usize,
    trailing: bool,
    statement: Option<&'a Statement>,
}

impl Place<'_> {
    /// The claim that a comment makes, if it makes one.
    fn claim(&self, text: &str) -> Result<Option<Claim>, Diagnostic> {
        let (form, marker) = if text.starts_with("#>") {
            (ClaimForm::Output, "#>")
        } else {
            let inside = text.trim_start_matches('#');
            let start = text.len() - inside.trim_start().len();
            let explicit = [
                ("=>", ClaimForm::Value),
                ("~>", ClaimForm::About),
                ("raises ", ClaimForm::Raises),
            ];
            match explicit
                .into_iter()
                .find(|(mark, _)| text[start..].starts_with(mark))
            {
                Some((mark, form)) => (form, &text[..start + mark.len()]),
                None => return Ok(self.bare(text)),
            }
        };
        let after = text.get(marker.len()..).unwrap_or_default();
        let (versions, bracket) = self.versions(after, marker.len())?;
        let offset = marker.len() + bracket;
        let after = text.get(offset..).unwrap_or_default();
        let Some(statement) = self.statement else {
            let lonely = Diagnostic::error(
                "claim-without-code",
                self.span(0..text.len()),
                "this claim stands by no statement",
            );
            return Err(
                lonely.help("write it behind the statement it speaks about, or on the line below")
            );
        };
        let (value, note) = match form {
            ClaimForm::Output => (after.strip_prefix(' ').unwrap_or(after).trim_end(), ""),
            ClaimForm::Raises if !names_exception(after.trim()) => return Ok(None),
            _ => split_note(after),
        };
        if value.is_empty() && form != ClaimForm::Output {
            return Err(Diagnostic::error(
                "empty-claim",
                self.span(0..text.len()),
                "this claim names no value",
            )
            .help("write the value behind it"));
        }
        let at = offset + after.find(value).unwrap_or(0);
        Ok(Some(self.build(
            form,
            value,
            note,
            at..at + value.len(),
            text.len(),
            statement,
            versions,
        )))
    }

    /// A comment without a mark: a claim if it plainly states a value, and the statement gives one.
    fn bare(&self, text: &str) -> Option<Claim> {
        let statement = self.statement.filter(|_| self.trailing)?;
        let inside = text.trim_start_matches('#');
        let stated = value::stated(inside)?;
        let can_claim = match (&statement.shape, stated.kind) {
            (_, ValueKind::Exception) => true,
            (Shape::Print(_) | Shape::Expression, ValueKind::Plain) => true,
            // `MAX = 100  # 200 (old)`: what is written out needs no claim.
            (Shape::Assignment(_), ValueKind::Plain) => {
                !self.assigned(statement).is_some_and(value::is_value)
            }
            (Shape::Other, ValueKind::Plain) => false,
        };
        let at = text.find(stated.value).filter(|_| can_claim)?;
        Some(self.build(
            ClaimForm::Bare,
            stated.value,
            stated.note,
            at..at + stated.value.len(),
            text.len(),
            statement,
            None,
        ))
    }

    fn assigned(&self, statement: &Statement) -> Option<&str> {
        let text = self.block.code.get(statement.range.clone())?;
        text.split_once('=').map(|(_, value)| value.trim())
    }

    #[allow(clippy::too_many_arguments)]
    fn build(
        &self,
        form: ClaimForm,
        value: &str,
        note: &str,
        expected: Range<usize>,
        length: usize,
        statement: &Statement,
        versions: Option<VersionRange>,
    ) -> Claim {
        let code = |range: Range<usize>| self.block.code.get(range).unwrap_or_default().to_owned();
        let (subject, expression) = match &statement.shape {
            Shape::Print(print) => {
                let whole = || statement.range.clone();
                let expression = print
                    .expression
                    .clone()
                    .filter(|_| print.holes == 1)
                    .unwrap_or_else(whole);
                (Subject::Print(print.clone()), code(expression))
            }
            Shape::Expression => (Subject::Expression, code(statement.range.clone())),
            Shape::Assignment(name) => (Subject::Assignment(name.clone()), name.clone()),
            Shape::Other => (Subject::Statement, code(statement.range.clone())),
        };
        Claim {
            block: self.block.index,
            form,
            expected: value.to_owned(),
            note: note.to_owned(),
            subject,
            expression,
            first_line: self.block.line_at(statement.range.start),
            last_line: self.block.line_at(statement.range.end.saturating_sub(1)),
            versions,
            span: self.span(0..length),
            expected_span: self.span(expected),
        }
    }

    /// `[3.11..3.13]` directly behind the mark, and its length.
    fn versions(
        &self,
        text: &str,
        offset: usize,
    ) -> Result<(Option<VersionRange>, usize), Diagnostic> {
        let Some(inside) = text
            .strip_prefix('[')
            .and_then(|rest| rest.split_once(']'))
            .map(|(inside, _)| inside)
        else {
            return Ok((None, 0));
        };
        let length = inside.len() + 2;
        // `# =>[1, 2]` is a list.
        if !inside
            .chars()
            .all(|character| character.is_ascii_digit() || matches!(character, '.' | ' '))
            || !inside.contains('.')
        {
            return Ok((None, 0));
        }
        match VersionRange::parse(inside) {
            Some(range) => Ok((Some(range), length)),
            None => {
                let wrong = Diagnostic::error(
                    "claim-version",
                    self.span(offset..offset + length),
                    format!("`{inside}` is no range of Python versions"),
                );
                Err(wrong.help("write `[3.12]`, `[..3.12]`, `[3.11..3.13]` or `[3.13..]`"))
            }
        }
    }

    /// A piece of the comment as a place in the source.
    fn span(&self, within: Range<usize>) -> Span {
        self.block
            .source_span(self.start + within.start, self.start + within.end)
    }
}

/// `raises` before anything but a name in capitals is a sentence.
fn names_exception(text: &str) -> bool {
    let name = text.split([':', ' ']).next().unwrap_or_default();
    let last = name.rsplit('.').next().unwrap_or_default();
    last.starts_with(|first: char| first.is_ascii_uppercase())
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '_'))
}

/// An explicit claim's value and note: where the value is plain data the note may follow as in a bare claim; else
/// a long dash begins it.
fn split_note(text: &str) -> (&str, &str) {
    if let Some(stated) = value::stated(text)
        && stated.kind == ValueKind::Plain
    {
        return (stated.value, stated.note);
    }
    text.split_once(" — ")
        .map_or((text.trim(), ""), |(value, note)| {
            (value.trim(), note.trim())
        })
}
