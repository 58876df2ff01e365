//! Notes bound to lines of code: `# (1)` at the end of a line, and an ordered list directly below the block.
//!
//! On any other host they are what they look like, a comment and a list.

use std::ops::Range;

use crate::diagnostic::Diagnostic;

use super::block::Block;

/// The mark of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// The item of the list below, counted from 1.
    pub number: usize,
    /// The mark in [`Block::code`]: from behind the code or claim before it to the end of the line.
    pub range: Range<usize>,
}

/// The mark at the end of a comment: what stands before it, and its number.
///
/// The number is at most 99: `# (2025)` is a year.
pub fn split(comment: &str) -> Option<(&str, usize)> {
    let (before, number) = comment.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    let is_number = (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let apart = before.ends_with([' ', '#', '/']);
    let number: usize = number.parse().ok().filter(|_| is_number && apart)?;
    (number > 0).then_some((before.trim_end(), number))
}

/// Finds the marks in code that is not Python: lines that end with `# (1)` or `// (1)`. `count` is how many items the
/// list below has.
pub fn find_in_lines(block: &mut Block, count: usize) {
    let mut found = Vec::new();
    for (index, line) in block.lines.iter().enumerate() {
        let text = block.line_text(index + 1);
        if let Some((before, number)) = split(text)
            && number <= count
            && let Some(code) = ["#", "//"]
                .iter()
                .find_map(|comment| before.strip_suffix(comment))
        {
            let range = line.code_start + code.len()..line.code_start + text.len();
            found.push(Annotation { number, range });
        }
    }
    block.annotations = found;
}

/// What is wrong between the marks of a block and the list below it, which has `count` items.
pub fn diagnose(block: &Block, count: usize) -> Option<Diagnostic> {
    let numbers = || block.annotations.iter().map(|annotation| annotation.number);
    let first = block.annotations.first()?;
    let missing = (1..=count).find(|number| !numbers().any(|found| found == *number))?;
    let place = block.source_span(first.range.start, first.range.end);
    let message = format!("note {missing} below block `{}` has no line", block.id);
    Some(
        Diagnostic::warning("annotation", place, message)
            .help(format!("write `# ({missing})` at the end of its line")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_a_small_number_in_parentheses() {
        assert_eq!(split("# (1)"), Some(("#", 1)));
        assert_eq!(split("# => 88 (12) "), Some(("# => 88", 12)));
        assert_eq!(split("#(3)"), Some(("#", 3)));
        for no in ["# (2025)", "# f(1)", "# (0)", "# (a)", "# ()", "# 1"] {
            assert_eq!(split(no), None, "{no}");
        }
    }
}
