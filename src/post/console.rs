//! A session at Python's prompt: `>>>` begins a statement, `...` goes on with it, all else is what was shown.
//!
//! ```text
//! >>> x = 257          unit 1
//! >>> x is 257         unit 2, shows
//! False                  "False"
//! ```
//!
//! At a prompt every statement is compiled by itself, which is why `x is 257` is `False` there and `True` in a file.

use std::ops::RangeInclusive;

use crate::python::compiler::comments::{Shape, listing};
use crate::source::Span;

use super::block::{Block, CodeLine};
use super::claim::{Claim, ClaimForm, Subject};

/// A statement at the prompt, which is compiled by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its lines in [`Block::code`], counted from 1.
    pub lines: RangeInclusive<usize>,
    /// The line whose value the prompt shows, counted from the unit's first; `None` where it shows none.
    pub echo: Option<usize>,
    /// What the author wrote below it: each line, and where it stands in the post's source.
    pub shown: Vec<(usize, String)>,
}

/// The line whose value a prompt shows of a statement, counted from its first: an expression's.
pub fn echo(statement: &str) -> Option<usize> {
    // A comment knows the statement that it stands by.
    let code = statement.trim_end();
    let comment = listing(&format!("{code}  # =>")).comments.pop()?;
    let of = comment.statement.filter(|_| comment.trailing)?;
    let is_shown = matches!(of.shape, Shape::Expression | Shape::Print(_));
    let before = code.get(..of.range.start)?;
    is_shown.then(|| before.matches('\n').count() + 1)
}

/// Says whether lines were written at a prompt.
pub fn is_console(language: &str, code: &str) -> bool {
    let first = || code.lines().find(|line| !line.trim().is_empty());
    matches!(language, "pycon" | "pyrepl" | "doctest")
        || (matches!(language, "python" | "py" | "python3")
            && first().is_some_and(|line| line == ">>>" || line.starts_with(">>> ")))
}

/// Takes a session apart: the code without prompts, its lines, and its units.
pub fn units(code: &str, lines: &[CodeLine]) -> (String, Vec<CodeLine>, Vec<Unit>) {
    let mut bare = String::with_capacity(code.len());
    let (mut kept, mut units): (Vec<CodeLine>, Vec<Unit>) = (Vec::new(), Vec::new());
    for (text, line) in code.lines().zip(lines) {
        let after = |prompt: &str| match text.strip_prefix(prompt) {
            Some("") => Some(""),
            Some(rest) => rest.strip_prefix(' '),
            None => None,
        };
        let goes_on = units.last().is_some_and(|unit| unit.shown.is_empty());
        let (begins, statement) = match (after(">>>"), after("...")) {
            (Some(statement), _) => (true, statement),
            (None, Some(statement)) if goes_on => (false, statement),
            _ => {
                if let Some(unit) = units.last_mut() {
                    unit.shown
                        .push((line.source_start, text.trim_end().to_owned()));
                }
                continue;
            }
        };
        kept.push(CodeLine {
            code_start: bare.len(),
            source_start: line.source_start + (text.len() - statement.len()),
            hidden: false,
        });
        bare.push_str(statement);
        bare.push('\n');
        match units.last_mut() {
            Some(unit) if !begins => unit.lines = *unit.lines.start()..=kept.len(),
            _ => units.push(Unit {
                lines: kept.len()..=kept.len(),
                echo: None,
                shown: Vec::new(),
            }),
        }
    }
    for unit in &mut units {
        while unit.shown.last().is_some_and(|(_, line)| line.is_empty()) {
            unit.shown.pop();
        }
        unit.echo = echo(text_of(&bare, &kept, &unit.lines));
    }
    (bare, kept, units)
}

fn text_of<'c>(code: &'c str, lines: &[CodeLine], range: &RangeInclusive<usize>) -> &'c str {
    let start = |line: usize| lines.get(line).map_or(code.len(), |line| line.code_start);
    code.get(start(range.start() - 1)..start(*range.end()))
        .unwrap_or_default()
}

impl Block {
    /// The code of a unit.
    pub fn unit_text(&self, unit: &Unit) -> &str {
        text_of(&self.code, &self.lines, &unit.lines)
    }
}

/// What the author wrote below the units of a block, as claims.
pub fn claims(block: &Block) -> Vec<Claim> {
    let mut claims = Vec::new();
    for unit in &block.units {
        let build = |form: ClaimForm, start: usize, text: &str| Claim {
            block: block.index,
            form,
            expected: text.to_owned(),
            note: String::new(),
            subject: Subject::Statement,
            expression: block.unit_text(unit).trim_end().to_owned(),
            first_line: *unit.lines.start(),
            last_line: *unit.lines.end(),
            versions: None,
            span: Span::new(start, start + text.len()),
            expected_span: Span::new(start, start + text.len()),
        };
        let traceback =
            |(_, line): &(usize, String)| line.starts_with("Traceback (most recent call");
        let ends = unit.shown.iter().position(traceback);
        let printed = unit.shown.get(..ends.unwrap_or(unit.shown.len()));
        for (start, text) in printed.unwrap_or_default() {
            claims.push(build(ClaimForm::Output, *start, text));
        }
        // Of a traceback the last line counts, as for doctest: what is above names files.
        let raised = ends.and_then(|_| unit.shown.last());
        if let Some((start, text)) = raised.filter(|(_, text)| !text.starts_with([' ', '.'])) {
            claims.push(build(ClaimForm::Raises, *start, text));
        }
    }
    claims
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_expressions_are_shown() {
        assert_eq!(echo("x is 257\n"), Some(1));
        assert_eq!(echo("f(1,\n  2)  # note\n"), Some(1));
        assert_eq!(echo("for n in range(3):\n    n\n"), Some(2));
        assert_eq!(echo("x = 257\n"), None);
        assert_eq!(echo("def f():\n    return 1\n"), None);
        assert_eq!(echo("x = (\n"), None);
    }

    #[test]
    fn a_session_is_taken_apart() {
        let text = "```pycon\n>>> x = 1\n>>> if x:\n...     print(x)\n...\n1\n>>> 1 / 0\nTraceback (most recent call last):\n  File \"<stdin>\", line 1, in <module>\nZeroDivisionError: division by zero\n```\n";
        let post = crate::post::read("a.md", text.as_bytes());
        assert_eq!(post.diagnostics, []);
        let block = &post.blocks[0];
        assert_eq!(block.code, "x = 1\nif x:\n    print(x)\n\n1 / 0\n");
        let units: Vec<&str> = block
            .units
            .iter()
            .map(|unit| block.unit_text(unit))
            .collect();
        assert_eq!(units, ["x = 1\n", "if x:\n    print(x)\n\n", "1 / 0\n"]);
        let claims: Vec<_> = post
            .claims
            .iter()
            .map(|claim| (claim.form, claim.expected.as_str(), claim.first_line))
            .collect();
        assert_eq!(
            claims,
            [
                (ClaimForm::Output, "1", 2),
                (ClaimForm::Raises, "ZeroDivisionError: division by zero", 5)
            ]
        );
        assert_eq!(post.source.slice(post.claims[0].span), "1");
        assert_eq!(post.source.slice(block.line_span(3)), "print(x)");
    }
}
