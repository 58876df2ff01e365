//! The text of a post as a list of pieces, in order: what a page is made of.
//!
//! Most of a post is plain text, so a piece that says what the source says is kept as its place alone:
//!
//! ```text
//! **bold** text     Start(Strong) 0..8   Text 2..6   End(Strong) 0..8   Text 8..13      24 bytes each
//! a &amp; b         Text 0..2   Other(Text("&")) 2..7   Text 7..9
//! ```

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use crate::source::Span;

/// One piece of a post's text.
///
/// A fenced block and a directive are pieces of their own; all else is what pulldown-cmark found, corrected: Jekyll's
/// marks are gone, headings carry their anchor in `Tag::Heading { id, .. }`, and bold beside Hangul is bold.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece<'a> {
    /// A Markdown event, with its place in the source.
    Markdown(Event<'a>, Span),
    /// A fenced block of any language: the place in `Post::blocks`.
    Block(usize),
    /// A drawing: the place in `Post::draws`.
    Draw(usize),
}

/// The text of a post.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Body {
    pieces: Vec<Kept>,
}

/// A piece as it is kept. No file of text has 4 GB.
#[derive(Debug, Clone, PartialEq)]
struct Kept {
    what: What,
    start: u32,
    end: u32,
}

#[derive(Debug, Clone, PartialEq)]
enum What {
    /// A text that stands in the source.
    Text,
    /// Code that stands in the source between its backticks.
    Code,
    /// The start of what has this end, and says no more of itself.
    Start(TagEnd),
    End(TagEnd),
    SoftBreak,
    /// Everything else.
    Other(Box<Event<'static>>),
    /// `start` is its place among the blocks.
    Block,
    /// `start` is its place among the drawings.
    Draw,
}

impl Body {
    /// Adds an event. `source` is the text that `span` is a place in.
    pub(super) fn push(&mut self, source: &str, event: Event<'_>, span: Span) {
        let written = source.get(span.range()).unwrap_or_default();
        let what = match event {
            Event::Text(text) if *text == *written => What::Text,
            Event::Code(code) if *code == *between_backticks(written) => What::Code,
            Event::Start(tag) if start_of(tag.to_end()).as_ref() == Some(&tag) => {
                What::Start(tag.to_end())
            }
            Event::End(end) => What::End(end),
            Event::SoftBreak => What::SoftBreak,
            other => What::Other(Box::new(other.into_static())),
        };
        self.keep(what, span.start, span.end);
    }

    pub(super) fn push_block(&mut self, index: usize) {
        self.keep(What::Block, index, index);
    }

    pub(super) fn push_draw(&mut self, index: usize) {
        self.keep(What::Draw, index, index);
    }

    fn keep(&mut self, what: What, start: usize, end: usize) {
        let (start, end) = (start as u32, end as u32);
        self.pieces.push(Kept { what, start, end });
    }

    pub(super) fn shrink_to_fit(&mut self) {
        self.pieces.shrink_to_fit();
    }

    /// The pieces in order. `source` is the text that they were read from.
    pub(super) fn pieces<'a>(
        &'a self,
        source: &'a str,
    ) -> impl Iterator<Item = Piece<'a>> + Clone + use<'a> {
        self.pieces.iter().map(move |kept| kept.piece(source))
    }
}

impl Kept {
    fn piece<'a>(&'a self, source: &'a str) -> Piece<'a> {
        let span = Span::new(self.start as usize, self.end as usize);
        let written = || source.get(span.range()).unwrap_or_default();
        let event = match &self.what {
            What::Text => Event::Text(written().into()),
            What::Code => Event::Code(between_backticks(written()).into()),
            What::Start(end) => match start_of(*end) {
                Some(tag) => Event::Start(tag),
                None => unreachable!("only what its end tells is kept by its end"),
            },
            What::End(end) => Event::End(*end),
            What::SoftBreak => Event::SoftBreak,
            What::Other(event) => lent(event),
            What::Block => return Piece::Block(span.start),
            What::Draw => return Piece::Draw(span.start),
        };
        Piece::Markdown(event, span)
    }
}

/// What stands between the backticks of inline code, before its spaces and line breaks are taken off.
fn between_backticks(written: &str) -> &str {
    written.trim_matches('`')
}

/// The start that an end belongs to, where the end tells everything about it.
fn start_of(end: TagEnd) -> Option<Tag<'static>> {
    Some(match end {
        TagEnd::Paragraph => Tag::Paragraph,
        TagEnd::BlockQuote(kind) => Tag::BlockQuote(kind),
        TagEnd::HtmlBlock => Tag::HtmlBlock,
        TagEnd::List(false) => Tag::List(None),
        TagEnd::Item => Tag::Item,
        TagEnd::TableHead => Tag::TableHead,
        TagEnd::TableRow => Tag::TableRow,
        TagEnd::TableCell => Tag::TableCell,
        TagEnd::Emphasis => Tag::Emphasis,
        TagEnd::Strong => Tag::Strong,
        TagEnd::Strikethrough => Tag::Strikethrough,
        _ => return None,
    })
}

/// The same event, its texts borrowed where that matters.
fn lent<'a>(event: &'a Event<'static>) -> Event<'a> {
    let lend = |text: &'a CowStr<'static>| CowStr::Borrowed(text);
    match event {
        Event::Text(text) => Event::Text(lend(text)),
        Event::Code(text) => Event::Code(lend(text)),
        Event::Html(text) => Event::Html(lend(text)),
        Event::InlineHtml(text) => Event::InlineHtml(lend(text)),
        other => other.clone(),
    }
}
