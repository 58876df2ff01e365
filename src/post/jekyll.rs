//! Jekyll's marks: covered before Markdown reads the text, so that every offset stays that of the source.
//!
//! A line that holds nothing but `{% raw %}` or `{: .class}` becomes spaces, which Markdown takes for a blank line.
//! A tag inside a line becomes [`COVER`] bytes, which are taken out of every text that leaves this stage.

use std::borrow::Cow;

use crate::source::Span;

/// Stands for a byte that is not there. A control character: no text that people write holds one.
pub const COVER: char = '\u{1}';

/// A source's text with Jekyll's marks covered; as long as the source, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// The text for the Markdown parser.
    pub text: String,
    /// The lines that were covered whole, in order, without their line breaks. A block leaves them out.
    pub lines: Vec<Span>,
}

impl Covered {
    /// Says whether the line that holds `offset` was covered whole.
    pub fn covers_line(&self, offset: usize) -> bool {
        let index = self.lines.partition_point(|line| line.end < offset);
        self.lines
            .get(index)
            .is_some_and(|line| line.start <= offset && offset <= line.end)
    }
}

/// Covers the first `skip` bytes (the front matter) and Jekyll's marks behind them.
pub fn cover(text: &str, skip: usize) -> Covered {
    let mut covered = Covered {
        text: String::with_capacity(text.len()),
        lines: Vec::new(),
    };
    let (front, rest) = text.split_at_checked(skip).unwrap_or(("", text));
    covered.text.extend(
        front
            .bytes()
            .map(|byte| if byte == b'\n' { '\n' } else { ' ' }),
    );
    let mut fence: Option<Fence> = None;
    let mut rest = rest;
    while !rest.is_empty() {
        // Most lines have nothing of Jekyll's and no fence: they are copied together.
        let (plain, marked) = rest.split_at(first_mark(rest));
        covered.text.push_str(plain);
        let line;
        (line, rest) = marked.split_at(line_end(marked));
        let start = covered.text.len();
        let content = line.trim_end_matches(['\n', '\r']);
        let trimmed = content.trim();
        let is_attributes = fence.is_none() && trimmed.starts_with("{:") && trimmed.ends_with('}');
        if is_attributes || raw_tag(trimmed) == Some(trimmed.len()) {
            covered.text.extend(std::iter::repeat_n(' ', content.len()));
            covered.text.push_str(&line[content.len()..]);
            covered.lines.push(Span::new(start, start + content.len()));
            continue;
        }
        fence = match fence {
            Some(open) if open.closes(trimmed) => None,
            None => Fence::opened_by(trimmed),
            other => other,
        };
        cover_inside(line, &mut covered.text);
    }
    covered
}

/// Where the first line begins that may hold a mark or a fence.
fn first_mark(text: &str) -> usize {
    match memchr::memchr3(b'{', b'`', b'~', text.as_bytes()) {
        Some(at) => memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |end| end + 1),
        None => text.len(),
    }
}

/// Where the first line ends, with its line break.
fn line_end(text: &str) -> usize {
    memchr::memchr(b'\n', text.as_bytes()).map_or(text.len(), |at| at + 1)
}

/// Text that leaves the stage: without covered bytes.
pub fn uncover(text: &str) -> Cow<'_, str> {
    // Few texts have one.
    match memchr::memchr(COVER as u8, text.as_bytes()) {
        None => text.into(),
        Some(_) => text.replace(COVER, "").into(),
    }
}

/// A code fence as far as its end can be found: its character and length.
#[derive(Debug, Clone, Copy)]
struct Fence {
    character: char,
    length: usize,
}

impl Fence {
    fn opened_by(line: &str) -> Option<Fence> {
        let line = line.trim_start_matches(['>', ' ', '-', '*']);
        let character = line
            .chars()
            .next()
            .filter(|character| matches!(character, '`' | '~'))?;
        let length = line.chars().take_while(|next| *next == character).count();
        let info = &line[length..];
        (length >= 3 && !(character == '`' && info.contains('`')))
            .then_some(Fence { character, length })
    }

    fn closes(self, line: &str) -> bool {
        let line = line.trim_start_matches(['>', ' ']);
        line.len() >= self.length && line.chars().all(|character| character == self.character)
    }
}

fn cover_inside(line: &str, out: &mut String) {
    let mut rest = line;
    if !line.contains('{') {
        return out.push_str(line);
    }
    while let Some(at) = rest.find("{%") {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let length = raw_tag(tag).unwrap_or(0);
        out.extend(std::iter::repeat_n(COVER, length));
        let kept = if length == 0 { 2 } else { 0 };
        out.push_str(&tag[length..length + kept]);
        rest = &tag[length + kept..];
    }
    out.push_str(rest);
}

/// The length of the `{% raw %}` or `{% endraw %}` that the text begins with.
fn raw_tag(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("{%")?;
    let end = inside.find("%}")?;
    let word = inside[..end]
        .trim_start_matches('-')
        .trim_end_matches('-')
        .trim();
    matches!(word, "raw" | "endraw").then_some(end + 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raw_line_is_covered_and_offsets_stay() {
        let text = "가\n{% raw %}\n`{{x}}`\n{%- endraw -%}\n끝\n";
        let covered = cover(text, 0);
        assert_eq!(covered.text.len(), text.len());
        assert_eq!(covered.text, "가\n         \n`{{x}}`\n              \n끝\n");
        assert!(covered.covers_line(6) && !covered.covers_line(15));
    }

    #[test]
    fn a_raw_tag_inside_a_line_leaves_no_trace() {
        let covered = cover("a {% raw %}{{ b }}{% endraw %} {% if %}\n", 0);
        assert_eq!(uncover(&covered.text), "a {{ b }} {% if %}\n");
    }

    #[test]
    fn attribute_lines_go_but_not_inside_code() {
        assert_eq!(cover("x\n{: .note }\n", 0).text, "x\n          \n");
        let code = "```text\n{: .note }\n```\n";
        assert_eq!(cover(code, 0).text, code);
    }
}
