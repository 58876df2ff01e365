//! Headings and their anchors.

use crate::source::Span;

/// A heading of a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text without marks.
    pub text: String,
    /// The fragment that links to it, without `#`: Hangul is kept, duplicates are numbered `-1`, `-2`, ….
    pub anchor: String,
    /// Its place.
    pub span: Span,
}
