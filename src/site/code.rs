//! Code as HTML: coloured pieces, marks by claims, the line that failed.

use std::ops::Range;

use super::highlight::{Class, Piece};
use crate::diagram::svg::push_content;

/// Something set into code, between two characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The byte of the code before which it stands.
    pub at: usize,
    /// The byte of the same line up to which it stands in the place of the code; `at` where it replaces nothing.
    pub until: usize,
    /// Its HTML; may also be a start or end tag of something around code.
    pub html: String,
}

/// What is shown of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineLook {
    /// As it is.
    Plain,
    /// Only when a reader asks for it.
    Hidden,
    /// As a line that the author points at.
    Highlighted,
    /// As the line where the exception came from.
    Failed,
}

impl LineLook {
    /// What is written before and behind a line.
    fn tags(self) -> (&'static str, &'static str) {
        match self {
            LineLook::Plain => ("", "\n"),
            LineLook::Hidden => ("<span class=\"hid\">", "\n</span>"),
            LineLook::Highlighted => ("<mark class=\"line\">", "</mark>\n"),
            LineLook::Failed => ("<mark class=\"failed\">", "</mark>\n"),
        }
    }
}

/// Writes code as HTML, line by line.
///
/// `look` is asked for each line, counted from 1. Pieces and marks are in order. A piece that runs over several lines
/// is closed and opened again at each line's end, so that a line stays whole.
pub fn html(
    code: &str,
    pieces: &[Piece],
    marks: &[Mark],
    look: impl Fn(usize) -> LineLook,
) -> String {
    let mut html = String::with_capacity(code.len() * 3);
    let mut pieces = pieces.iter().peekable();
    let mut marks = marks.iter().peekable();
    let mut start = 0;
    for (index, line) in code.split_inclusive('\n').enumerate() {
        let text = line.trim_end_matches('\n');
        let range = start..start + text.len();
        start += line.len();
        let look = look(index + 1);
        let (before, behind) = look.tags();
        html.push_str(before);
        write_line(&mut html, code, range.clone(), &mut pieces, &mut marks);
        html.push_str(behind);
    }
    html
}

type Ahead<'a, T> = std::iter::Peekable<std::slice::Iter<'a, T>>;

fn write_line(
    html: &mut String,
    code: &str,
    line: Range<usize>,
    pieces: &mut Ahead<'_, Piece>,
    marks: &mut Ahead<'_, Mark>,
) {
    let mut at = line.start;
    loop {
        // Marks may replace code: what they cover is not written.
        while let Some(mark) = marks.next_if(|mark| mark.at <= at) {
            html.push_str(&mark.html);
            at = at.max(mark.until.min(line.end));
        }
        if at >= line.end {
            // A piece that ends with the line is done; one that goes on is met again in the next line.
            while pieces.next_if(|(range, _)| range.end <= line.end).is_some() {}
            return;
        }
        while pieces.next_if(|(range, _)| range.end <= at).is_some() {}
        let (piece_start, piece_end, class) = pieces
            .peek()
            .map_or((line.end, line.end, None), |(range, class)| {
                (range.start, range.end, Some(*class))
            });
        let mark_at = marks.peek().map_or(line.end, |mark| mark.at);
        let inside = piece_start <= at;
        let end = if inside { piece_end } else { piece_start }
            .min(mark_at)
            .min(line.end)
            .max(at + 1);
        let end = (end..=line.end)
            .find(|end| code.is_char_boundary(*end))
            .unwrap_or(line.end);
        let text = code.get(at..end).unwrap_or_default();
        match class.filter(|_| inside) {
            Some(class) => {
                html.push_str(class.start());
                push_content(html, text);
                html.push_str("</span>");
            }
            None => {
                let is_before_note = mark_at == end || class == Some(Class::Comment);
                let gap = match is_before_note && end < line.end {
                    true => gap(text),
                    false => None,
                };
                match gap {
                    Some((code, spaces)) => {
                        push_content(html, code);
                        html.push_str(&format!("<span class=\"gap\">{spaces}</span>"));
                    }
                    None => push_content(html, text),
                }
            }
        }
        at = end;
    }
}

/// Takes the spaces apart that put a comment into a column with others, but for two: narrow windows leave them out, so
/// that what the comment says is seen without scrolling.
fn gap(text: &str) -> Option<(&str, &str)> {
    const KEPT: usize = 2;
    let spaces = text.len() - text.trim_end_matches(' ').len();
    // Fewer may be an indent.
    let is_column = spaces > KEPT + 1 && (spaces < text.len() || spaces > 24);
    text.split_at_checked(text.len() - spaces + KEPT)
        .filter(|_| is_column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::highlight::highlight;

    fn page(code: &str, marks: &[Mark]) -> String {
        html(code, &highlight("python", code), marks, |_| LineLook::Plain)
    }

    #[test]
    fn marks_stand_where_they_belong() {
        let mark = |at: usize| Mark {
            at,
            until: at,
            html: "<b>✓</b>".to_owned(),
        };
        let instead = Mark {
            until: "x = 1  # 하나".len(),
            ..mark("x = 1  ".len())
        };
        assert_eq!(
            page("x = 1  # 하나\n", &[instead]),
            "x = <span class=\"n\">1</span>  <b>✓</b>\n"
        );
        assert_eq!(
            page("x = 1  # 하나\n", &[mark("x = 1  # 하나".len())]),
            "x = <span class=\"n\">1</span>  <span class=\"c\"># 하나</span><b>✓</b>\n"
        );
        assert_eq!(page("x\n", &[mark(0)]), "<b>✓</b>x\n");
        assert_eq!(
            page("# ab\n", &[mark(3)]),
            "<span class=\"c\"># a</span><b>✓</b><span class=\"c\">b</span>\n"
        );
    }

    #[test]
    fn columns_of_comments_can_close_up() {
        assert_eq!(
            page("f(x)      # 가\n", &[]),
            "f(x)  <span class=\"gap\">    </span><span class=\"c\"># 가</span>\n"
        );
        // Two spaces and an indent stay.
        assert_eq!(
            page("f(x)  # 가\n", &[]),
            "f(x)  <span class=\"c\"># 가</span>\n"
        );
        let indented = "if x:\n        # 가\n        y      = 1\n";
        assert!(!page(indented, &[]).contains("gap"));
    }

    #[test]
    fn a_string_over_lines_is_closed_at_each_line() {
        let code = "s = '''가\n나'''\n";
        assert_eq!(
            page(code, &[]),
            "s = <span class=\"s\">'''가</span>\n<span class=\"s\">나'''</span>\n"
        );
    }

    #[test]
    fn lines_can_be_hidden_and_failed() {
        let code = "a = 1\nb = 2\nc = 3";
        let look = |line| {
            [LineLook::Highlighted, LineLook::Hidden, LineLook::Failed]
                .get(line - 1)
                .copied()
                .unwrap_or(LineLook::Plain)
        };
        let page = html(code, &highlight("python", code), &[], look);
        assert_eq!(
            page,
            "<mark class=\"line\">a = <span class=\"n\">1</span></mark>\n<span class=\"hid\">b = <span class=\"n\">2</span>\n</span><mark class=\"failed\">c = <span class=\"n\">3</span></mark>\n"
        );
    }
}
