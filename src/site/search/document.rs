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
    /// Prose.
    pub prose: String,
    /// The code of the blocks. It comes behind the prose, so that a result shows prose first.
    pub blocks: String,
    /// Code within the prose, each piece followed by a space.
    pub inline: String,
}

impl Section {
    /// The sections of a post.
    pub fn of_post(post: &Post) -> Vec<Section> {
        let mut sections = vec![Section::default()];
        let mut headings = post.headings.iter();
        let mut in_heading = false;
        for piece in post.pieces() {
            let Some(section) = sections.last_mut() else {
                continue;
            };
            match piece {
                Piece::Markdown(Event::Start(Tag::Heading { .. }), _) => {
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
                Piece::Markdown(event, _) if !in_heading => text(&event, section),
                Piece::Block(index) => {
                    let shown = |block: &&crate::post::Block| block.kind != BlockKind::Mermaid;
                    if let Some(block) = post.blocks.get(index).filter(shown) {
                        section.blocks.push_str(&block.code);
                    }
                }
                _ => {}
            }
        }
        sections
    }

    /// What a result shows: prose, then the code of the blocks.
    pub fn text(&self) -> String {
        let text = [&*self.prose, &*self.blocks].concat();
        match text.trim() {
            trimmed if trimmed.len() == text.len() => text,
            trimmed => trimmed.to_owned(),
        }
    }
}

impl Document {
    /// The document of a post whose page stands at an address.
    pub fn of(post: &Post, address: &Address) -> Document {
        Document {
            title: post.title(),
            address: address.url_path(),
            sections: Section::of_post(post),
        }
    }
}

fn text(event: &Event<'_>, section: &mut Section) {
    match event {
        Event::Text(text) => section.prose.push_str(text),
        Event::Code(code) => {
            section.prose.push_str(code);
            section.inline.push_str(code);
            section.inline.push(' ');
        }
        Event::SoftBreak | Event::HardBreak => section.prose.push(' '),
        Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead) => {
            section.prose.push('\n');
        }
        Event::End(TagEnd::TableCell) => section.prose.push(' '),
        _ => {}
    }
}
