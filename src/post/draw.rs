//! `<!-- draw: a, b -->` under a block: a picture of the objects that the names hold.

use crate::source::Span;

/// A drawing that the author asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// The block whose end state is drawn: its place in `Post::blocks`.
    pub block: usize,
    /// The names to start from, in the order written.
    pub names: Vec<String>,
    /// The whole comment.
    pub span: Span,
}
