//! `<!-- draw: a, b -->` under a block: a picture of the objects that the names hold.

use crate::diagnostic::Diagnostic;
use crate::source::Span;

use super::option;

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

/// Reads what stands behind `draw:`. `start` is where that text stands in the source.
pub fn parse(text: &str, start: usize, block: usize, span: Span) -> (Draw, Vec<Diagnostic>) {
    let mut draw = Draw {
        block,
        names: Vec::new(),
        span,
    };
    let mut diagnostics = Vec::new();
    for word in option::words(text, start) {
        if word.value.is_some() {
            let unknown = Diagnostic::error(
                "unknown-option",
                word.span,
                format!("a drawing has no option `{}`", word.name),
            );
            diagnostics.push(unknown.help("name what to draw: `<!-- draw: a, b -->`"));
        } else if is_name(&word.name) {
            draw.names.push(word.name);
        } else {
            let wrong = Diagnostic::error(
                "draw-name",
                word.span,
                format!("`{}` is no name", word.name),
            );
            diagnostics.push(
                wrong.help("a drawing starts from names of the block: `<!-- draw: a, b -->`"),
            );
        }
    }
    (draw, diagnostics)
}

fn is_name(word: &str) -> bool {
    word.chars()
        .all(|character| character.is_alphanumeric() || character == '_')
        && !word.starts_with(|first: char| first.is_numeric())
}
