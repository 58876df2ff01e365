//! Translation units: what a translation renders piece by piece, as lists below headings.
//!
//! A unit's fingerprint is of what it says, not of how its lines are broken: a paragraph that was only filled anew is
//! the same unit.

use pulldown_cmark::{Event, Tag, TagEnd};
use serde::{Deserialize, Serialize};

use super::{Piece, Post};
use crate::source::Span;

/// A heading with what stands below it, up to the next heading.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Passage {
    /// The heading's place in [`Post::headings`]; `None` for what stands before the first.
    pub heading: Option<usize>,
    /// Its units in order, the heading first.
    pub units: Vec<Unit>,
}

/// A piece that is translated as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// What it is.
    pub kind: UnitKind,
    /// Its place.
    pub span: Span,
    /// Twelve hexadecimal digits of the hash of what it says.
    pub fingerprint: String,
}

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum UnitKind {
    /// Title or excerpt in the front matter.
    Title,
    /// A heading.
    Heading,
    /// A paragraph, also one of a quotation, a footnote or a list.
    Paragraph,
    /// An item of a list whose items are single lines.
    Item,
    /// A row of a table.
    Row,
    /// A fenced or indented block, with its options.
    Block,
    /// HTML.
    Html,
}

impl UnitKind {
    const ALL: [UnitKind; 7] = [
        UnitKind::Title,
        UnitKind::Heading,
        UnitKind::Paragraph,
        UnitKind::Item,
        UnitKind::Row,
        UnitKind::Block,
        UnitKind::Html,
    ];

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            UnitKind::Title => "title",
            UnitKind::Heading => "heading",
            UnitKind::Paragraph => "paragraph",
            UnitKind::Item => "item",
            UnitKind::Row => "row",
            UnitKind::Block => "block",
            UnitKind::Html => "html",
        }
    }

    /// The kind of that name.
    pub fn named(name: &str) -> Option<UnitKind> {
        UnitKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Unit {
    fn new(kind: UnitKind, span: Span, said: &str) -> Unit {
        let words: Vec<&str> = match kind {
            UnitKind::Block => vec![said.trim()], // spaces are code
            _ => said.split_whitespace().collect(),
        };
        let hash = blake3::hash(format!("{}\0{}", kind.name(), words.join(" ")).as_bytes());
        Unit {
            kind,
            span,
            fingerprint: hash.to_hex().chars().take(12).collect(),
        }
    }
}

impl Post {
    /// The translation units of the post. There is always a first passage, which holds title and excerpt.
    pub fn passages(&self) -> Vec<Passage> {
        let mut reader = Reader {
            post: self,
            passages: vec![Passage::default()],
            open: Vec::new(),
            headings: 0,
        };
        let front_matter = &self.front_matter;
        for (key, said) in [
            ("title", &front_matter.title),
            ("excerpt", &front_matter.excerpt),
        ] {
            if let Some(said) = said {
                let place = front_matter.place_of(&self.source, key);
                reader.add(Unit::new(UnitKind::Title, place, said));
            }
        }
        for piece in self.pieces() {
            match piece {
                Piece::Markdown(event, span) => reader.event(&event, span),
                Piece::Block(index) => {
                    if let Some(block) = self.blocks.get(index) {
                        let said = self.source.text().get(block.span.range());
                        let said = said.unwrap_or_default();
                        reader.add(Unit::new(UnitKind::Block, block.span, said));
                    }
                }
                Piece::Draw(_) => {}
            }
        }
        let mut passages = reader.passages;
        for passage in &mut passages {
            // An item ends behind the items inside it.
            passage.units.sort_by_key(|unit| unit.span.start);
        }
        passages
    }
}

/// A unit that is being read.
struct Open {
    kind: UnitKind,
    span: Span,
    said: String,
}

struct Reader<'a> {
    post: &'a Post,
    passages: Vec<Passage>,
    open: Vec<Open>,
    headings: usize,
}

impl Reader<'_> {
    fn add(&mut self, unit: Unit) {
        if let Some(passage) = self.passages.last_mut() {
            passage.units.push(unit);
        }
    }

    fn event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => match kind_of(tag) {
                Some(kind) => self.begin(kind, span),
                None => self.say(&mark_of(tag)),
            },
            Event::End(end) if is_unit(*end) => self.end(),
            Event::End(_) => self.say("\u{1}"),
            Event::Html(text) if self.open.is_empty() => {
                self.add(Unit::new(UnitKind::Html, span, text));
            }
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.say(text),
            Event::Code(text) => self.say(&format!("`{text}`")),
            Event::FootnoteReference(name) => self.say(&format!("[^{name}]")),
            Event::TaskListMarker(done) => self.say(if *done { "[x] " } else { "[ ] " }),
            Event::SoftBreak => self.say(" "),
            Event::HardBreak => self.say("\u{2}"),
            Event::Rule => self.say("---"),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.say(text),
        }
    }

    fn begin(&mut self, kind: UnitKind, span: Span) {
        if kind == UnitKind::Heading {
            let place = self.headings.min(self.post.headings.len());
            self.headings += 1;
            self.passages.push(Passage {
                heading: Some(place),
                units: Vec::new(),
            });
        }
        self.open.push(Open {
            kind,
            span,
            said: String::new(),
        });
    }

    /// Ends the innermost unit. One that only holds others says nothing itself.
    fn end(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if !open.said.trim().is_empty() {
            self.add(Unit::new(open.kind, open.span, &open.said));
        }
    }

    fn say(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut() {
            open.said.push_str(text);
        }
    }
}

fn kind_of(tag: &Tag<'_>) -> Option<UnitKind> {
    match tag {
        Tag::Heading { .. } => Some(UnitKind::Heading),
        Tag::Paragraph => Some(UnitKind::Paragraph),
        Tag::Item => Some(UnitKind::Item),
        Tag::TableHead | Tag::TableRow => Some(UnitKind::Row),
        Tag::CodeBlock(_) => Some(UnitKind::Block),
        Tag::HtmlBlock => Some(UnitKind::Html),
        _ => None,
    }
}

fn is_unit(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Heading(_)
            | TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
    )
}

/// What stands for a mark inside a unit, so that a changed link or emphasis is a change.
fn mark_of(tag: &Tag<'_>) -> String {
    match tag {
        Tag::Emphasis => "\u{3}*".to_owned(),
        Tag::Strong => "\u{3}**".to_owned(),
        Tag::Strikethrough => "\u{3}~~".to_owned(),
        Tag::Link { dest_url, .. } => format!("\u{3}[{dest_url}]"),
        Tag::Image { dest_url, .. } => format!("\u{3}![{dest_url}]"),
        Tag::TableCell => "\u{3}|".to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn kinds(text: &str) -> Vec<String> {
        let post = crate::post::parse(Source::new("x.md", text));
        let passages = post.passages();
        let line = |unit: &Unit| {
            let line = post.source.line(unit.span.start);
            format!("{} {line}", unit.kind.name())
        };
        let passage = |passage: &Passage| {
            let units: Vec<String> = passage.units.iter().map(line).collect();
            units.join(", ")
        };
        passages.iter().map(passage).collect()
    }

    fn prints(text: &str) -> Vec<String> {
        let post = crate::post::parse(Source::new("x.md", text));
        let units = post.passages().into_iter().flat_map(|it| it.units);
        units.map(|unit| unit.fingerprint).collect()
    }

    #[test]
    fn units_stand_below_their_headings() {
        let text = "---\ntitle: T\n---\nOne.\n\n## A\n\n- x\n- y\n  - z\n\n> quoted\n\n## B\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n```python\nx = 1\n```\n";
        assert_eq!(
            kinds(text),
            [
                "title 2, paragraph 4",
                "heading 6, item 8, item 9, item 10, paragraph 12",
                "heading 14, row 16, row 18, block 20",
            ]
        );
    }

    #[test]
    fn only_what_is_said_counts() {
        assert_eq!(prints("one two\nthree"), prints("one\ntwo three"));
        assert_ne!(prints("one `two`"), prints("one two"));
        assert_ne!(prints("[a](b)"), prints("[a](c)"));
        assert_ne!(prints("a *b*"), prints("a b"));
        assert_ne!(prints("- a"), prints("a"));
        assert_ne!(
            prints("```python\nif x:\n    y\n```"),
            prints("```python\nif x:\n  y\n```")
        );
        assert_ne!(
            prints("```python\nx\n```"),
            prints("```python hl=1\nx\n```")
        );
    }
}
