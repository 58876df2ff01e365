//! The source lines under a traceback's entry, with marks below the part that was running:
//!
//! ```text
//!     total = price[name] * 2
//!             ~~~~~^^^^^^
//! ```
//!
//! CPython 3.13: Lib/traceback.py, `StackSummary.format_frame_summary`.

use super::anchors::{self, Anchors};
use super::width::display_width;

/// Where the instruction of an entry stands in its file.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// First line, from 1.
    pub line: u32,
    /// Last line.
    pub end_line: u32,
    /// UTF-8 columns of the start in the first line and of the end in the last; `None` when only lines are known.
    pub columns: Option<(u32, u32)>,
}

/// What a version marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// All lines, with the brackets of calls, too: from 3.13 on.
    AllLines,
    /// The first line alone, with operators and subscripts: 3.11 and 3.12.
    FirstLine,
}

/// The indented source lines of an instruction, with lines of carets where they say something. `line_at` gives
/// a line of the file; a line that it does not know counts as empty.
pub fn excerpt<'a>(line_at: impl Fn(u32) -> Option<&'a str>, span: Span, style: Style) -> String {
    let goes_on = span.end_line > span.line;
    let span = match style {
        Style::AllLines => span,
        Style::FirstLine => Span {
            end_line: span.line,
            ..span
        },
    };
    let originals: Vec<Vec<char>> = (span.line..=span.end_line.max(span.line))
        .map(|line| line_at(line).unwrap_or("").trim_end().chars().collect())
        .collect();
    let lines = dedent(&originals);
    if lines.iter().all(Vec::is_empty) {
        return String::new();
    }
    let Some((column, end_column)) = span.columns else {
        let first: String = lines[0].iter().collect();
        return match first.trim() {
            "" => String::from("\n"),
            first => format!("    {first}\n"),
        };
    };
    let removed = originals[0].len() - lines[0].len();
    let start = characters(&originals[0], column).saturating_sub(removed);
    let last = &originals[originals.len() - 1];
    let end = match style == Style::FirstLine && goes_on {
        true => last.len(),
        false => characters(last, end_column),
    };
    let end = end.saturating_sub(removed);
    let excerpt = match style {
        Style::AllLines => Excerpt::new(lines, start, end, anchors::of_segment),
        Style::FirstLine if goes_on => Excerpt::new(lines, start, end, |_| None),
        Style::FirstLine => Excerpt::new(lines, start, end, anchors::of_operation),
    };
    let excerpt = Excerpt {
        marked: excerpt.marked && !(style == Style::AllLines && excerpt.is_plain_call(start, end)),
        ..excerpt
    };
    indent(&excerpt.shown())
}

/// Lines of which a part is marked.
struct Excerpt {
    lines: Vec<Vec<char>>,
    /// Columns on the terminal where the part starts and ends.
    start: usize,
    end: usize,
    anchors: Option<Anchors>,
    /// Columns of the anchors on the terminal.
    anchor_columns: (usize, usize),
    marked: bool,
}

impl Excerpt {
    /// The part from character `start` of the first line to character `end` of the last.
    fn new(
        lines: Vec<Vec<char>>,
        start: usize,
        end: usize,
        anchors_of: impl Fn(&str) -> Option<Anchors>,
    ) -> Excerpt {
        let last = lines.len() - 1;
        let mut anchors = anchors_of(&segment(&lines, start, end));
        let marked = anchors.is_some() || has_more_than(&lines, start, end);
        let mut anchor_columns = (0, 0);
        if let Some(found) = &mut anchors {
            let column = |(line, at): (usize, usize)| {
                let at = if line == 0 { at + start } else { at };
                width_to(&lines[line.min(last)], at)
            };
            anchor_columns = (column(found.left), column(found.right));
        }
        Excerpt {
            start: width_to(&lines[0], start),
            end: width_to(&lines[last], end),
            lines,
            anchors,
            anchor_columns,
            marked,
        }
    }

    fn is_plain_call(&self, start: usize, end: usize) -> bool {
        anchors::is_plain_call(&self.lines, start, end)
    }

    /// The lines that matter, each with its marks: the first, the last, those around the anchors.
    fn shown(&self) -> Vec<Vec<char>> {
        let last = self.lines.len() - 1;
        let mut wanted = vec![0, last];
        for (line, _) in self.anchors.iter().flat_map(|a| [a.left, a.right]) {
            wanted.extend((line.saturating_sub(1)..=line + 1).filter(|&line| line <= last));
        }
        wanted.sort_unstable();
        wanted.dedup();
        let mut out = Vec::new();
        let mut before = 0;
        for line in wanted {
            match line - before {
                2 => self.show(line - 1, &mut out),
                gap if gap > 2 => out.push(format!("...<{} lines>...", gap - 1).chars().collect()),
                _ => {}
            }
            self.show(line, &mut out);
            before = line;
        }
        out
    }

    fn show(&self, line: usize, out: &mut Vec<Vec<char>>) {
        let text = &self.lines[line];
        out.push(text.clone());
        if !self.marked {
            return;
        }
        let blank = text.iter().take_while(|c| c.is_whitespace()).count();
        let end = if line + 1 == self.lines.len() {
            self.end
        } else {
            display_width(text)
        };
        let mark = |column: usize| {
            if column < blank || (line == 0 && column < self.start) {
                return ' ';
            }
            match &self.anchors {
                Some(anchors) if !self.between(anchors, line, column) => '~',
                _ => '^',
            }
        };
        out.push((0..end).map(mark).collect());
    }

    /// Whether a place is between the anchors.
    fn between(&self, anchors: &Anchors, line: usize, column: usize) -> bool {
        (line, column) >= (anchors.left.0, self.anchor_columns.0)
            && (line, column) < (anchors.right.0, self.anchor_columns.1)
    }
}

/// Whether the lines have other text than the part.
fn has_more_than(lines: &[Vec<char>], start: usize, end: usize) -> bool {
    let (first, last) = (&lines[0], &lines[lines.len() - 1]);
    let is_text = |c: &char| !c.is_whitespace();
    first[..start.min(first.len())].iter().any(is_text)
        || last[end.min(last.len())..].iter().any(is_text)
}

fn segment(lines: &[Vec<char>], start: usize, end: usize) -> String {
    let last = &lines[lines.len() - 1];
    let all = lines.join(&'\n');
    let stop = (all.len() + end).saturating_sub(last.len()).min(all.len());
    all.get(start..stop).unwrap_or(&[]).iter().collect()
}

fn width_to(line: &[char], end: usize) -> usize {
    // An offset past the end counts a column for each place when the line is ASCII, and nothing otherwise.
    if line.iter().all(char::is_ascii) {
        return end;
    }
    display_width(&line[..end.min(line.len())])
}

/// How many characters the first `bytes` bytes of a line hold; a cut character counts.
fn characters(line: &[char], bytes: u32) -> usize {
    let mut left = bytes as usize;
    line.iter()
        .take_while(|c| {
            let more = left > 0;
            left = left.saturating_sub(c.len_utf8());
            more
        })
        .count()
}

/// `textwrap.dedent`, line by line: lines of white space only are empty, and what leads all others goes.
fn dedent(lines: &[Vec<char>]) -> Vec<Vec<char>> {
    let is_blank = |line: &[char]| line.iter().all(|c| matches!(c, ' ' | '\t'));
    let mut margin: Option<&[char]> = None;
    for line in lines.iter().filter(|line| !is_blank(line)) {
        let indent = line.iter().take_while(|c| matches!(c, ' ' | '\t')).count();
        let common = match margin {
            None => indent,
            Some(margin) => margin.iter().zip(line).take_while(|(a, b)| a == b).count(),
        };
        margin = Some(&line[..common]);
    }
    let margin = margin.map_or(0, <[char]>::len);
    let cut = |line: &Vec<char>| {
        if is_blank(line) {
            Vec::new()
        } else {
            line[margin..].to_vec()
        }
    };
    lines.iter().map(cut).collect()
}

/// The lines as one text, without what leads all of them and four columns in.
fn indent(lines: &[Vec<char>]) -> String {
    dedent(lines)
        .into_iter()
        .map(|line| format!("    {}\n", line.into_iter().collect::<String>()))
        .collect()
}
