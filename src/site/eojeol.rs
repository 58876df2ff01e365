//! Korean words stay whole: a particle never begins a line by itself.
//!
//! `word-break: keep-all` keeps letters together, and lets a line end between `)`, a quote or the end of inline code
//! and the particle behind it: `` `+=` `` ⏎ `입니다`. A word joiner stands there instead.

use pulldown_cmark::{CowStr, Event, TagEnd};

/// No width, no break.
const WORD_JOINER: char = '\u{2060}';

/// What was written last on the line that is being written.
#[derive(Debug, Default)]
pub struct Eojeol {
    before: Option<char>,
}

impl Eojeol {
    /// The event with joiners in its text where a particle follows what is not a letter.
    pub fn joined<'a>(&mut self, event: Event<'a>) -> Event<'a> {
        match event {
            Event::Text(text) => Event::Text(self.text(text)),
            Event::Code(text) => {
                // Whatever it ends with, its box ends here.
                self.before = Some(')');
                Event::Code(text)
            }
            Event::FootnoteReference(_) | Event::InlineHtml(_) => event,
            Event::Start(ref tag) if is_inline(&tag.to_end()) => event,
            Event::End(ref tag) if is_inline(tag) => event,
            other => {
                self.before = None;
                other
            }
        }
    }

    fn text<'a>(&mut self, text: CowStr<'a>) -> CowStr<'a> {
        // Most texts have nothing that closes: then only the one before may.
        if !self.before.is_some_and(closes) && !text.bytes().any(may_close) {
            self.before = text.chars().next_back().or(self.before);
            return text;
        }
        let mut joined = String::new();
        let mut copied = 0;
        for (at, letter) in text.char_indices() {
            if is_hangul(letter) && self.before.is_some_and(closes) {
                joined.push_str(text.get(copied..at).unwrap_or_default());
                joined.push(WORD_JOINER);
                copied = at;
            }
            self.before = Some(letter);
        }
        if copied == 0 && joined.is_empty() {
            return text;
        }
        joined.push_str(text.get(copied..).unwrap_or_default());
        joined.into()
    }
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link
    )
}

fn is_hangul(letter: char) -> bool {
    matches!(letter, '\u{ac00}'..='\u{d7a3}' | '\u{3131}'..='\u{318e}')
}

fn closes(letter: char) -> bool {
    matches!(
        letter,
        ')' | ']' | '}' | '"' | '\'' | '”' | '’' | '」' | '』' | '>' | '%' | '+' | '=' | '*'
    )
}

/// Says whether a letter that closes may begin with this byte. Those that are not ASCII begin with E2 or E3, Hangul does
/// not.
fn may_close(byte: u8) -> bool {
    matches!(byte, 0xe2 | 0xe3) || closes(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markdown: &'static str) -> String {
        let mut eojeol = Eojeol::default();
        let events = pulldown_cmark::Parser::new(markdown).map(|event| eojeol.joined(event));
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, events);
        html.replace(WORD_JOINER, "_").trim_end().to_owned()
    }

    #[test]
    fn particles_stay_with_their_words() {
        assert_eq!(check("`+=`입니다"), "<p><code>+=</code>_입니다</p>");
        assert_eq!(
            check("[참조(Reference)](x)를"),
            "<p><a href=\"x\">참조(Reference)</a>_를</p>"
        );
        assert_eq!(
            check("[길](x)은 (가)나 50%는"),
            "<p><a href=\"x\">길</a>은 (가)_나 50%_는</p>"
        );
        assert_eq!(
            check("`a` 는, `b`, 가·나, 3개\n\n나"),
            "<p><code>a</code> 는, <code>b</code>, 가·나, 3개</p>\n<p>나</p>"
        );
    }
}
