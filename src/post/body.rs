//! The text of a post as a list of pieces, in order: what a page is made of.

use pulldown_cmark::Event;

use crate::source::Span;

/// One piece of a post's text.
///
/// A fenced block and a directive are pieces of their own; all else is what pulldown-cmark found, corrected: Jekyll's
/// marks are gone, headings carry their anchor in `Tag::Heading { id, .. }`, and bold beside Hangul is bold.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// A Markdown event, with its place in the source.
    Markdown(Event<'static>, Span),
    /// A fenced block of any language: the place in `Post::blocks`.
    Block(usize),
    /// A drawing: the place in `Post::draws`.
    Draw(usize),
}

/// The text of a post.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Body {
    /// The pieces in order.
    pub pieces: Vec<Piece>,
}
