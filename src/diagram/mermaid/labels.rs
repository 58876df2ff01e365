//! The labels of a flowchart, found in its source.
//!
//! Two things need them. A `<` or `>` inside a label must be written as a Mermaid entity, or it is taken for HTML and
//! vanishes (`refcount > 0?` would become `refcount 0?`, the opposite). And after drawing, every label must be found
//! in the picture: a lost word would be a silent lie.

use std::ops::Range;

/// A label: where its text stands in the source, without brackets and quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The text's place.
    pub range: Range<usize>,
}

/// Says whether a source is a flowchart.
pub fn is_flowchart(source: &str) -> bool {
    let mut in_front_matter = false;
    for line in source.lines().map(str::trim) {
        if line == "---" {
            in_front_matter = !in_front_matter;
        } else if !in_front_matter && !line.is_empty() && !line.starts_with("%%") {
            let word = line.split([' ', '\t', ';']).next().unwrap_or_default();
            return matches!(word, "graph" | "flowchart" | "flowchart-elk");
        }
    }
    false
}

/// The source of a flowchart that runs from side to side, made to run from top to bottom. Every place in it stays.
pub fn turn(source: &str) -> Option<String> {
    if !is_flowchart(source) {
        return None;
    }
    let mut turned = String::with_capacity(source.len());
    let mut found = false;
    for line in source.split_inclusive('\n') {
        let mut words = line.split_whitespace();
        let head = matches!(words.next(), Some("graph" | "flowchart"))
            .then(|| words.next())
            .flatten();
        match head.map(|word| word.trim_end_matches(';')) {
            Some(direction @ ("LR" | "RL")) if !found => {
                found = true;
                let down = if direction == "LR" { "TB" } else { "BT" };
                turned.push_str(&line.replacen(direction, down, 1));
            }
            _ => turned.push_str(line),
        }
    }
    found.then_some(turned)
}

/// Finds the labels of a flowchart: of nodes, edges and subgraphs.
pub fn find(source: &str) -> Vec<Label> {
    let mut labels = Vec::new();
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        find_in_line(line, start, &mut labels);
        start += line.len();
    }
    labels
}

fn find_in_line(line: &str, offset: usize, labels: &mut Vec<Label>) {
    let trimmed = line.trim_start();
    let word = trimmed.split_whitespace().next().unwrap_or_default();
    if trimmed.starts_with("%%")
        || matches!(
            word,
            "style"
                | "classDef"
                | "class"
                | "linkStyle"
                | "click"
                | "direction"
                | "accTitle:"
                | "accDescr:"
        )
    {
        return;
    }
    let bytes = line.as_bytes();
    let mut at = 0;
    let mut after_name = false;
    while let Some(&byte) = bytes.get(at) {
        let close = match byte {
            b'[' | b'(' | b'{' if after_name => closing(line, at),
            b'|' => line
                .get(at + 1..)
                .and_then(|rest| rest.find('|'))
                .map(|length| (at + 1, at + 1 + length)),
            b'"' => line
                .get(at + 1..)
                .and_then(|rest| rest.find('"'))
                .map(|length| (at + 1, at + 1 + length)),
            _ => None,
        };
        if let Some((start, end)) = close {
            push(line, start, end, offset, labels);
            at = end + 1;
            after_name = false;
            continue;
        }
        // Everything outside ASCII may be part of a node's name: `시작[…]`. So may a space before a subgraph's `[`.
        after_name = byte.is_ascii_alphanumeric()
            || byte == b'_'
            || byte >= 0x80
            || (word == "subgraph" && byte == b' ');
        at += 1;
    }
}

/// The inside of brackets that open at `at`: past all opening marks, up to the first closing mark.
fn closing(line: &str, at: usize) -> Option<(usize, usize)> {
    let rest = line.get(at..)?;
    let open = rest
        .find(|letter: char| !matches!(letter, '[' | '(' | '{' | '/' | '\\'))
        .unwrap_or(rest.len());
    let inner = rest.get(open..)?;
    if let Some(quoted) = inner.strip_prefix('"') {
        return quoted
            .find('"')
            .map(|length| (at + open + 1, at + open + 1 + length));
    }
    let mark = match rest.get(open.checked_sub(1)?..open)? {
        "(" => ')',
        "{" => '}',
        _ => ']',
    };
    let end = inner.find(mark)?;
    let text = inner.get(..end)?.trim_end_matches(['/', '\\']);
    Some((at + open, at + open + text.len()))
}

/// Adds a label; quotes around the whole are not part of it.
fn push(line: &str, start: usize, end: usize, offset: usize, labels: &mut Vec<Label>) {
    let Some(text) = line.get(start..end) else {
        return;
    };
    let inner = text.trim().trim_matches('"');
    if inner.is_empty() {
        return;
    }
    let skipped = text.find(inner).unwrap_or(0);
    let start = offset + start + skipped;
    labels.push(Label {
        range: start..start + inner.len(),
    });
}

/// The source with `<` and `>` inside labels written as entities; line breaks (`<br/>`) stay.
pub fn protect(source: &str, labels: &[Label]) -> String {
    let mut protected = String::with_capacity(source.len() + 32);
    let mut done = 0;
    for label in labels {
        let (Some(before), Some(text)) = (
            source.get(done..label.range.start),
            source.get(label.range.clone()),
        ) else {
            continue;
        };
        protected.push_str(before);
        let mut rest = text;
        while let Some(at) = rest.find(['<', '>']) {
            let (plain, mark) = rest.split_at(at);
            protected.push_str(plain);
            let length = line_break(mark).unwrap_or(1);
            match mark.as_bytes().first() {
                _ if length > 1 => protected.push_str("<br/>"),
                Some(b'<') => protected.push_str("#lt;"),
                _ => protected.push_str("#gt;"),
            }
            rest = mark.get(length..).unwrap_or_default();
        }
        protected.push_str(rest);
        done = label.range.end;
    }
    protected.push_str(source.get(done..).unwrap_or_default());
    protected
}

/// The length of a `<br>`, `<br/>` or `<br />` at the start of a text.
fn line_break(text: &str) -> Option<usize> {
    let end = text.find('>')?;
    let inside = text.get(1..end)?.trim().trim_end_matches('/').trim_end();
    (text.starts_with('<') && inside.eq_ignore_ascii_case("br")).then_some(end + 1)
}

/// The lines of a label as a reader sees them; `None` for Markdown labels, whose marks are not seen.
pub fn visible_lines(text: &str) -> Option<Vec<String>> {
    if text.contains('`') {
        return None;
    }
    let mut lines = vec![String::new()];
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (plain, mark) = rest.split_at(at);
        let length = line_break(mark).unwrap_or(1);
        if let Some(line) = lines.last_mut() {
            line.push_str(plain);
            if length == 1 {
                line.push('<');
            }
        }
        if length > 1 {
            lines.push(String::new());
        }
        rest = mark.get(length..).unwrap_or_default();
    }
    if let Some(line) = lines.last_mut() {
        line.push_str(rest);
    }
    Some(
        lines
            .into_iter()
            .flat_map(|line| line.split("\\n").map(decode).collect::<Vec<_>>())
            .collect(),
    )
}

/// Mermaid's entities as characters: `#gt;`, `#quot;`, `#35;`.
fn decode(text: &str) -> String {
    let mut decoded = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('#') {
        let (plain, mark) = rest.split_at(at);
        decoded.push_str(plain);
        let entity = mark
            .find(';')
            .and_then(|end| Some((mark.get(1..end)?, end + 1)));
        let known = entity.and_then(|(name, length)| {
            let letter = match name {
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "amp" => '&',
                "nbsp" => ' ',
                _ => char::from_u32(name.parse().ok()?)?,
            };
            Some((letter, length))
        });
        let (letter, length) = known.unwrap_or(('#', 1));
        decoded.push(letter);
        rest = mark.get(length..).unwrap_or_default();
    }
    decoded.push_str(rest);
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<&str> {
        find(source)
            .into_iter()
            .filter_map(|label| source.get(label.range))
            .collect()
    }

    #[test]
    fn every_kind_of_label_is_found() {
        assert_eq!(
            texts("graph TD\n A[객체] --> B{크기?}\n"),
            ["객체", "크기?"]
        );
        assert_eq!(
            texts("B -->|> 512 bytes| D[OS malloc<br/>직접]"),
            ["> 512 bytes", "OS malloc<br/>직접"]
        );
        assert_eq!(
            texts("subgraph \"일반 (__dict__ 사용)\""),
            ["일반 (__dict__ 사용)"]
        );
        assert_eq!(texts("subgraph one [제목]"), ["제목"]);
        assert_eq!(texts("시작([\"a > b\"]) ==> 끝((원))"), ["a > b", "원"]);
        assert_eq!(
            texts("A[[둘]] --> B[(넷)] --> C{{여섯}} --> D[/기울다/]"),
            ["둘", "넷", "여섯", "기울다"]
        );
        assert_eq!(
            texts("style A fill:#fff\n%% [no]\nclassDef x fill:red\n"),
            Vec::<&str>::new()
        );
        assert_eq!(texts("A[열림"), Vec::<&str>::new());
        assert_eq!(texts("A -- \"글\" --> B"), ["글"]);
    }

    #[test]
    fn comparison_signs_are_protected_and_breaks_kept() {
        let source = "A{refcount > 0?} -->|a<b| B[위<br>아래 <BR />끝]";
        let protected = protect(source, &find(source));
        assert_eq!(
            protected,
            "A{refcount #gt; 0?} -->|a#lt;b| B[위<br/>아래 <br/>끝]"
        );
    }

    #[test]
    fn lines_are_those_a_reader_sees() {
        assert_eq!(
            visible_lines("가 < 나<br/>다 #gt; 라 #1"),
            Some(vec!["가 < 나".into(), "다 > 라 #1".into()])
        );
        assert_eq!(visible_lines("`**bold**`"), None);
    }
}
