//! Bold and italics beside Hangul: CommonMark leaves `**참조(Reference)**입니다` as it stands; here it is bold.
//!
//! CommonMark lets `**` close only where a letter, or a space, or punctuation stands on the right sides of it, and
//! Korean puts a particle directly behind the closing parenthesis. This pass looks at the `*` that the parser left as
//! text and pairs them under the rule of <https://github.com/tats-u/markdown-cjk-friendly>: a Chinese, Japanese or
//! Korean letter counts as a space does, where punctuation stands on the other side.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

/// A Markdown event and its place in the text.
pub type Placed<'a> = (Event<'a>, Range<usize>);

/// Pairs the literal `*` and `**` that were left in `Text` events of `text`.
pub fn pair<'a>(text: &'a str, events: impl Iterator<Item = Placed<'a>>) -> Vec<Placed<'a>> {
    let events = merged(text, events);
    let marks = find_marks(text, &events);
    if marks.is_empty() {
        return events;
    }
    let mut marks = marks.into_iter().peekable();
    let mut paired = Vec::with_capacity(events.len() + 8);
    for (index, (event, range)) in events.into_iter().enumerate() {
        if marks.peek().is_none_or(|mark| mark.event != index) {
            paired.push((event, range));
            continue;
        }
        let mut from = range.start;
        while let Some(mark) = marks.next_if(|mark| mark.event == index) {
            push_text(text, from..mark.at, &mut paired);
            from = mark.at + mark.length;
            let event = match (mark.opens, mark.length) {
                (true, 1) => Event::Start(Tag::Emphasis),
                (true, _) => Event::Start(Tag::Strong),
                (false, 1) => Event::End(TagEnd::Emphasis),
                (false, _) => Event::End(TagEnd::Strong),
            };
            paired.push((event, mark.at..from));
        }
        push_text(text, from..range.end, &mut paired);
    }
    paired
}

/// The parser gives a run that it did not use in several texts, one for each `*`. Texts that lie side by side and
/// say what the source says become one.
fn merged<'a>(text: &'a str, events: impl Iterator<Item = Placed<'a>>) -> Vec<Placed<'a>> {
    // A piece of prose has some 24 letters.
    let mut merged: Vec<Placed> = Vec::with_capacity(text.len() / 24);
    let mut waiting: Option<Range<usize>> = None;
    for (event, range) in events {
        let is_verbatim =
            matches!(&event, Event::Text(piece) if text.get(range.clone()) == Some(piece));
        match &mut waiting {
            Some(text_range) if is_verbatim && text_range.end == range.start => {
                text_range.end = range.end;
                continue;
            }
            _ => {}
        }
        if let Some(text_range) = waiting.take() {
            push_text(text, text_range, &mut merged);
        }
        if is_verbatim {
            waiting = Some(range);
        } else {
            merged.push((event, range));
        }
    }
    if let Some(text_range) = waiting {
        push_text(text, text_range, &mut merged);
    }
    merged
}

fn push_text<'a>(text: &'a str, range: Range<usize>, events: &mut Vec<Placed<'a>>) {
    if let Some(slice) = text.get(range.clone()).filter(|slice| !slice.is_empty()) {
        events.push((Event::Text(CowStr::Borrowed(slice)), range));
    }
}

/// One end of a pair.
#[derive(Debug, Clone, Copy)]
struct Mark {
    event: usize,
    at: usize,
    length: usize,
    opens: bool,
}

/// A run of `*` that may be one end of a pair.
#[derive(Debug, Clone, Copy)]
struct Run {
    event: usize,
    at: usize,
    length: usize,
    can_open: bool,
    can_close: bool,
}

/// The ends of all pairs, in the order of their places. Two ends pair only within the same parent.
fn find_marks(text: &str, events: &[Placed<'_>]) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut parents: Vec<Vec<Run>> = vec![Vec::new()];
    let mut code_depth = 0usize;
    for (index, (event, range)) in events.iter().enumerate() {
        match event {
            Event::Start(tag) => {
                code_depth += usize::from(matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock));
                parents.push(Vec::new());
            }
            Event::End(tag) => {
                code_depth = code_depth.saturating_sub(usize::from(matches!(
                    tag,
                    TagEnd::CodeBlock | TagEnd::HtmlBlock
                )));
                pair_runs(&parents.pop().unwrap_or_default(), &mut marks);
            }
            // A text that differs from its source came from an escape or an entity.
            Event::Text(piece) if code_depth == 0 && text.get(range.clone()) == Some(piece) => {
                if let Some(runs) = parents.last_mut() {
                    runs.extend(runs_of(text, index, range));
                }
            }
            _ => {}
        }
    }
    parents.iter().for_each(|runs| pair_runs(runs, &mut marks));
    marks.sort_by_key(|mark| mark.at);
    marks
}

/// Pairs each run that can close with the nearest one before it of the same length that can open.
fn pair_runs(runs: &[Run], marks: &mut Vec<Mark>) {
    let mut open: Vec<Run> = Vec::new();
    for run in runs {
        let opener = if run.can_close {
            open.iter().rposition(|opener| opener.length == run.length)
        } else {
            None
        };
        // Nothing between the two is no content, and a pair across another one that waits would cut through it.
        let opener = opener.filter(|index| {
            open.get(*index)
                .is_some_and(|opener| opener.at + opener.length < run.at)
        });
        match opener {
            Some(index) => {
                let opener = open[index];
                open.truncate(index);
                marks.push(Mark {
                    event: opener.event,
                    at: opener.at,
                    length: opener.length,
                    opens: true,
                });
                marks.push(Mark {
                    event: run.event,
                    at: run.at,
                    length: run.length,
                    opens: false,
                });
            }
            None if run.can_open => open.push(*run),
            None => {}
        }
    }
}

fn runs_of(text: &str, event: usize, range: &Range<usize>) -> Vec<Run> {
    let mut runs = Vec::new();
    let bytes = text.as_bytes();
    let mut at = range.start;
    let next = |at: usize| Some(at + memchr::memchr(b'*', bytes.get(at..range.end)?)?);
    while let Some(found) = next(at) {
        at = found;
        // The run as it stands in the source: two texts may hold halves of it, which are then no `**`.
        let length = bytes[at..].iter().take_while(|byte| **byte == b'*').count();
        let backslashes = bytes[..at]
            .iter()
            .rev()
            .take_while(|byte| **byte == b'\\')
            .count();
        let whole = at + length <= range.end && (at == 0 || bytes.get(at - 1) != Some(&b'*'));
        if whole && length <= 2 && backslashes % 2 == 0 {
            let before = text[..at].chars().next_back().unwrap_or(' ');
            let after = text[at + length..].chars().next().unwrap_or(' ');
            let can_open = flanks(after, before);
            let can_close = flanks(before, after);
            runs.push(Run {
                event,
                at,
                length,
                can_open,
                can_close,
            });
        }
        at += length;
    }
    runs
}

/// Says whether a run leans on the character `inner`, with `outer` on its other side.
fn flanks(inner: char, outer: char) -> bool {
    if inner.is_whitespace() {
        return false;
    }
    let is_mark = |character: char| is_punctuation(character) && !is_cjk(character);
    !is_mark(inner) || outer.is_whitespace() || is_mark(outer) || is_cjk(outer)
}

fn is_punctuation(character: char) -> bool {
    character.is_ascii_punctuation()
        || (!character.is_ascii() && !character.is_alphanumeric() && !character.is_whitespace())
}

/// Hangul, Han, Kana and the punctuation of their scripts.
fn is_cjk(character: char) -> bool {
    matches!(character,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{9fff}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Parser, html};

    fn check(markdown: &str, expected: &str) {
        let events = Parser::new(markdown).into_offset_iter();
        let mut out = String::new();
        html::push_html(
            &mut out,
            pair(markdown, events).into_iter().map(|(event, _)| event),
        );
        assert_eq!(out.trim(), format!("<p>{expected}</p>"), "{markdown}");
    }

    #[test]
    fn bold_before_a_particle_is_bold() {
        check(
            "**\"모든 것이 객체\"**라는",
            "<strong>\"모든 것이 객체\"</strong>라는",
        );
        check(
            "**객체를 가리키는 이름(Name)** 또는 **참조(Reference)**입니다",
            "<strong>객체를 가리키는 이름(Name)</strong> 또는 <strong>참조(Reference)</strong>입니다",
        );
        check(
            "객체를 가리키는 **이름(Name)** 또는 **참조(Reference)**입니다",
            "객체를 가리키는 <strong>이름(Name)</strong> 또는 <strong>참조(Reference)</strong>입니다",
        );
        check(
            "**참조 카운팅(Reference Counting)**으로 객체의",
            "<strong>참조 카운팅(Reference Counting)</strong>으로 객체의",
        );
    }

    #[test]
    fn several_in_a_line_pair_in_order() {
        check(
            "**\"가\"**와 **\"나\"**를",
            "<strong>\"가\"</strong>와 <strong>\"나\"</strong>를",
        );
        check("이것은**\"강조\"**다", "이것은<strong>\"강조\"</strong>다");
        check(
            "*\"가\"*는 **`x`(y)**는",
            "<em>\"가\"</em>는 <strong><code>x</code>(y)</strong>는",
        );
        check(
            "**[글](a.html)**을",
            "<strong><a href=\"a.html\">글</a></strong>을",
        );
    }

    #[test]
    fn what_is_no_emphasis_stays() {
        check("\\*\\*가(a)\\*\\*는", "**가(a)**는");
        check("2 ** 3 ** 4", "2 ** 3 ** 4");
        check("`**가(a)**는`", "<code>**가(a)**는</code>");
        check("**가(a)", "**가(a)");
        check("&#42;&#42;가(a)**는", "**가(a)**는");
    }
}
