//! What is searched of a post: its title, and the text and code below each of its headings.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::post::{BlockKind, Piece, Post};
use crate::site::address::Address;

/// A post for the search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// Its page, from the site's root.
    pub address: String,
    /// Its sections; the first is what stands before the first heading.
    pub sections: Vec<Section>,
}

/// What stands below a heading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Section {
    /// The heading's text; empty for the first section.
    pub heading: String,
    /// The heading's anchor; empty for the first section.
    pub anchor: String,
    /// Prose, then the code of the blocks.
    pub text: String,
    /// Code alone, of lines and blocks, separated by spaces.
    pub code: String,
}

impl Document {
    /// The document of a post whose page stands at an address.
    pub fn of(post: &Post, address: &Address) -> Document {
        let mut sections = vec![Section::default()];
        let mut blocks = String::new();
        let mut headings = post.headings.iter();
        let mut in_heading = false;
        for piece in &post.body.pieces {
            let Some(section) = sections.last_mut() else {
                continue;
            };
            match piece {
                Piece::Markdown(Event::Start(Tag::Heading { .. }), _) => {
                    close(section, &mut blocks);
                    in_heading = true;
                    if let Some(heading) = headings.next() {
                        sections.push(Section {
                            heading: heading.text.clone(),
                            anchor: heading.anchor.clone(),
                            ..Section::default()
                        });
                    }
                }
                Piece::Markdown(Event::End(TagEnd::Heading(_)), _) => in_heading = false,
                Piece::Markdown(event, _) if !in_heading => text(event, section),
                Piece::Block(index) => {
                    let shown = |block: &&crate::post::Block| block.kind != BlockKind::Mermaid;
                    if let Some(block) = post.blocks.get(*index).filter(shown) {
                        blocks.push_str(&block.code);
                    }
                }
                _ => {}
            }
        }
        if let Some(section) = sections.last_mut() {
            close(section, &mut blocks);
        }
        Document {
            title: post.title(),
            address: address.url_path(),
            sections,
        }
    }
}

fn text(event: &Event<'_>, section: &mut Section) {
    match event {
        Event::Text(text) => section.text.push_str(text),
        Event::Code(code) => {
            section.text.push_str(code);
            section.code.push_str(code);
            section.code.push(' ');
        }
        Event::SoftBreak | Event::HardBreak => section.text.push(' '),
        Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead) => {
            section.text.push('\n');
        }
        Event::End(TagEnd::TableCell) => section.text.push(' '),
        _ => {}
    }
}

/// The code of a section's blocks comes behind its prose, so that a result shows prose first.
fn close(section: &mut Section, blocks: &mut String) {
    section.code.push_str(blocks);
    section.text.push_str(blocks);
    blocks.clear();
    let trimmed = section.text.trim().to_owned();
    section.text = trimmed;
}
