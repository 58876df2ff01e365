//! The object graph: who points at whom, and what keeps this alive?
//!
//! Names stand in frame cards on the left; every object is a card in the column of its distance from a name, with its
//! reference count and its size in the header and one row for each field. An edge starts at its field's row.
//!
//! ```text
//! ┌ module ┐      ┌ list #1  refs 2 ┐      ┌ Node #2  refs 1 ┐
//! │ a    ●─┼─────▶│ 56 bytes        │  ┌──▶│ 48 bytes        │
//! │ b    ●─┼─────▶│ [0]           ●─┼──┘   │ ◌ .owner  (weak) ┼ ─ ─ back to #1
//! └────────┘      └─────────────────┘      └─────────────────┘
//! ```

mod layout;
mod paint;
mod table;
mod words;

pub use table::table;

use super::svg::Picture;
use crate::config::Words;
use crate::python::observe::dump::Dump;

/// What a picture needs to know of the page it will stand on.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// What every id in the picture begins with; unlike that of any other picture of the page.
    pub prefix: &'a str,
    /// The words of the page.
    pub words: &'a Words,
}

/// At most so many objects are drawn; the rest is folded, and said so.
pub const OBJECTS_MAX: usize = 14;

/// At most so many columns of objects.
pub const COLUMNS_MAX: usize = 4;

/// At most so many rows in a card.
pub const ROWS_MAX: usize = 8;

/// Draws a dump.
///
/// # Examples
/// ```
/// use gieok::config::Words;
/// use gieok::diagram::object_graph::{Options, draw};
/// use gieok::python::observe::dump::Dump;
/// let picture = draw(&Dump::default(), &Options { prefix: "g1", words: Words::of("en") });
/// assert!(picture.svg.starts_with("<svg"));
/// ```
pub fn draw(dump: &Dump, options: &Options<'_>) -> Picture {
    let words = options.words;
    let layout = layout::lay_out(dump, words);
    let title = words::title(dump, words);
    let description = words::describe(dump, words);
    let svg = paint::paint(&layout, options, words, &title, &description);
    Picture {
        svg,
        width: layout.width,
        height: layout.height,
        title,
        description,
        font_size: layout::FONT_SUB,
    }
}

#[cfg(test)]
mod tests;
