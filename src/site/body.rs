//! The text of a post as HTML: Markdown, blocks with their results, pictures; with slots for what depends on other pages.

use pulldown_cmark::{BlockQuoteKind, CowStr, Event, HeadingLevel, Tag, TagEnd};
use serde::{Deserialize, Serialize};

use super::block;
use super::eojeol::Eojeol;
use super::footnote::Notes;
use super::kept;
use super::slot::{self, Sheet};
use crate::diagnostic::{Diagnostic, Span};
use crate::diagram::mermaid::{self, COLUMN_MAX, LEGIBLE};
use crate::diagram::object_graph;
use crate::diagram::svg::{Picture, escape, escape_content};
use crate::post::{Block, BlockKind, Piece, Post};

/// The text of a page, and what is wrong with its pictures.
#[derive(Debug, Default)]
pub struct Body {
    /// The HTML inside the article. Slots count links as [`Body::links`] does, and headings as the post does.
    pub sheet: Sheet,
    /// What its links and pictures name, in order.
    pub links: Vec<Written>,
    /// About diagrams; spans are places in the post's source.
    pub diagnostics: Vec<Diagnostic>,
}

/// The address of a link or picture as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The address.
    pub address: String,
    /// Its place in the post's source.
    pub place: Span,
}

/// Writes the text of a post.
pub fn body<'b>(context: &block::Context<'b>) -> Body {
    let mut writer = Writer {
        context,
        shift: heading_shift(context),
        events: Vec::new(),
        notes: Notes::default(),
        eojeol: Eojeol::default(),
        explained: None,
        caption: None,
        body: Body::default(),
    };
    let mut skipping_title = false;
    let mut pieces = context.post.pieces();
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Markdown(event, span) => {
                if matches!(event, Event::Start(Tag::Heading { .. })) {
                    skipping_title = std::mem::take(&mut writer.shift.repeats_title);
                }
                if matches!(event, Event::Start(Tag::Paragraph)) {
                    writer.caption = caption(pieces.clone());
                }
                let ends_heading = matches!(event, Event::End(TagEnd::Heading(_)));
                if !skipping_title {
                    writer.markdown(event, span);
                }
                skipping_title &= !ends_heading;
            }
            Piece::Block(index) => {
                if let Some(block) = context.post.blocks.get(index) {
                    let html = if block.kind == BlockKind::Mermaid {
                        diagram(context, block, &mut writer.body)
                    } else {
                        block::html(context, block)
                    };
                    writer.events.push(Event::Html(html.into()));
                    writer.explained = Explained::of(context.post, block);
                }
            }
            Piece::Draw(index) => writer.events.push(Event::Html(draw(context, index).into())),
        }
    }
    writer.finish()
}

/// How the post's headings fit under the page's one `h1`, which is its title.
struct Shift {
    /// Levels to add: one if the post has an `h1` of its own.
    by: u8,
    /// The heading that comes first repeats the title.
    repeats_title: bool,
}

fn heading_shift(context: &block::Context<'_>) -> Shift {
    let title = context.post.title();
    let headings = &context.post.headings;
    let repeats_title = headings
        .first()
        .is_some_and(|heading| heading.level == 1 && heading.text.trim() == title.trim());
    let mut rest = headings.iter().skip(usize::from(repeats_title));
    Shift {
        by: u8::from(rest.any(|heading| heading.level == 1)),
        repeats_title,
    }
}

/// The list of notes below a block while it is written.
struct Explained {
    /// What the ids of its items begin with.
    anchor: String,
    /// Lists inside lists; the list itself is at 1.
    depth: usize,
    /// Items so far.
    count: usize,
}

impl Explained {
    /// The notes that are to come, if the block has marks for them.
    fn of(post: &Post, block: &Block) -> Option<Explained> {
        (!block.annotations.is_empty()).then(|| Explained {
            anchor: block::anchor(post, block),
            depth: 0,
            count: 0,
        })
    }
}

/// The caption of a picture that stands alone in its paragraph: its title in the Markdown.
fn caption<'a>(mut paragraph: impl Iterator<Item = Piece<'a>>) -> Option<String> {
    let Some(Piece::Markdown(Event::Start(Tag::Image { title, .. }), _)) = paragraph.next() else {
        return None;
    };
    paragraph.find(|piece| matches!(piece, Piece::Markdown(Event::End(TagEnd::Image), _)))?;
    let is_alone = matches!(
        paragraph.next(),
        Some(Piece::Markdown(Event::End(TagEnd::Paragraph), _))
    );
    (is_alone && !title.is_empty()).then(|| title.to_string())
}

struct Writer<'a, 'b> {
    context: &'a block::Context<'b>,
    shift: Shift,
    events: Vec<Event<'b>>,
    notes: Notes<'b>,
    eojeol: Eojeol,
    /// The block before was one with marks of notes: a list now is theirs.
    explained: Option<Explained>,
    /// The paragraph that is open is a picture with this caption.
    caption: Option<String>,
    body: Body,
}

impl<'b> Writer<'_, 'b> {
    fn markdown(&mut self, event: Event<'b>, span: Span) {
        let words = self.context.words;
        let event = self.eojeol.joined(event);
        if self.note_list(&event) {
            return;
        }
        match event {
            Event::Start(Tag::Paragraph) if self.caption.is_some() => {
                self.html("<figure class=\"picture\">")
            }
            Event::End(TagEnd::Paragraph) if self.caption.is_some() => {
                let caption = self.caption.take().unwrap_or_default();
                let caption = escape_content(&caption);
                self.html(&format!("<figcaption>{caption}</figcaption></figure>\n"));
            }
            Event::Start(Tag::Heading {
                level,
                id,
                classes,
                attrs,
            }) => {
                self.events.push(Event::Start(Tag::Heading {
                    level: lowered(level, self.shift.by),
                    id,
                    classes,
                    attrs,
                }));
            }
            Event::End(TagEnd::Heading(level)) => {
                self.heading_anchor();
                self.events
                    .push(Event::End(TagEnd::Heading(lowered(level, self.shift.by))));
            }
            Event::Start(Tag::Table(alignments)) => {
                self.html("<div class=\"scroll\" tabindex=\"0\">");
                self.events.push(Event::Start(Tag::Table(alignments)));
            }
            Event::End(TagEnd::Table) => {
                self.events.push(Event::End(TagEnd::Table));
                self.html("</div>\n");
            }
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }) => {
                let dest_url = self.noted(&dest_url, span);
                self.events.push(Event::Start(Tag::Link {
                    link_type,
                    dest_url,
                    title,
                    id,
                }));
            }
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            }) => {
                let dest_url = self.noted(&dest_url, span);
                let title = match self.caption {
                    Some(_) => "".into(),
                    None => title,
                };
                self.events.push(Event::Start(Tag::Image {
                    link_type,
                    dest_url,
                    title,
                    id,
                }));
            }
            Event::Start(Tag::BlockQuote(Some(kind))) => {
                let (class, title) = match kind {
                    BlockQuoteKind::Note => ("note", &words.note),
                    BlockQuoteKind::Tip => ("tip", &words.tip),
                    BlockQuoteKind::Important => ("important", &words.important),
                    BlockQuoteKind::Warning => ("warning", &words.warning),
                    BlockQuoteKind::Caution => ("caution", &words.caution),
                };
                self.html(&format!(
                    "<div class=\"callout {class}\" role=\"note\"><p class=\"callout-title\">{}</p>\n",
                    escape_content(title)
                ));
            }
            Event::End(TagEnd::BlockQuote(Some(_))) => self.html("</div>\n"),
            Event::TaskListMarker(is_done) => {
                let (label, sign) = match is_done {
                    true => (&words.task_done, "☑"),
                    false => (&words.task_open, "☐"),
                };
                // A picture of a box: nobody can tick it.
                let task = format!(
                    "<span class=\"task\" role=\"img\" aria-label=\"{}\">{sign}</span>",
                    escape(label)
                );
                self.events.push(Event::InlineHtml(task.into()));
            }
            Event::FootnoteReference(name) => {
                let reference = self.notes.reference(&name);
                self.events.push(Event::InlineHtml(reference.into()));
            }
            Event::Start(Tag::FootnoteDefinition(name)) => {
                self.notes.begin(&name, std::mem::take(&mut self.events))
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                self.events = self.notes.end(std::mem::take(&mut self.events));
            }
            other => self.events.push(other),
        }
    }

    /// Writes what belongs to the list of notes below a block; false if the event is something else.
    fn note_list(&mut self, event: &Event<'_>) -> bool {
        let Some(explained) = &mut self.explained else {
            return false;
        };
        let html = match event {
            Event::Start(Tag::List(Some(_))) if explained.depth == 0 => {
                explained.depth = 1;
                "<ol class=\"explained\">\n".to_owned()
            }
            // Something else follows the block.
            _ if explained.depth == 0 => {
                self.explained = None;
                return false;
            }
            Event::Start(Tag::List(_)) => {
                explained.depth += 1;
                return false;
            }
            Event::End(TagEnd::List(_)) if explained.depth > 1 => {
                explained.depth -= 1;
                return false;
            }
            Event::Start(Tag::Item) if explained.depth == 1 => {
                explained.count += 1;
                let (anchor, number) = (escape(&explained.anchor), explained.count);
                format!("<li id=\"{anchor}.{number}\">")
            }
            Event::End(TagEnd::Item) if explained.depth == 1 => "</li>\n".to_owned(),
            Event::End(TagEnd::List(_)) => {
                self.explained = None;
                "</ol>\n".to_owned()
            }
            _ => return false,
        };
        self.html(&html);
        true
    }

    fn html(&mut self, html: &str) {
        self.events.push(Event::Html(html.to_owned().into()));
    }

    /// The sign behind a heading that links to it.
    fn heading_anchor(&mut self) {
        let id = self.events.iter().rev().find_map(|event| match event {
            Event::Start(Tag::Heading { id, .. }) => Some(id.clone()),
            _ => None,
        });
        let Some(id) = id.flatten() else { return };
        let label = escape(&self.context.words.link_here);
        let anchor = format!(
            "<a class=\"anchor\" href=\"#{}\" aria-label=\"{label}\">#</a>",
            escape(&id)
        );
        self.events.push(Event::InlineHtml(anchor.into()));
    }

    /// Notes the address of a link or picture, and gives its number instead.
    fn noted(&mut self, written: &str, span: Span) -> CowStr<'b> {
        let text = self.context.post.source.slice(span);
        let place = match text.rfind(written) {
            Some(at) => Span::new(span.start + at, span.start + at + written.len()),
            None => span,
        };
        self.body.links.push(Written {
            address: written.to_owned(),
            place,
        });
        slot::numbered(self.body.links.len() - 1)
    }

    fn finish(mut self) -> Body {
        let headings = &self.context.post.headings;
        let heading = |anchor: &str| headings.iter().position(|it| it.anchor == anchor);
        let sheet = &mut self.body.sheet;
        sheet.push(self.events, heading);
        self.notes.write(sheet, self.context.words, heading);
        self.body
    }
}

fn lowered(level: HeadingLevel, by: u8) -> HeadingLevel {
    HeadingLevel::try_from((level as usize + usize::from(by)).clamp(1, 6)).unwrap_or(level)
}

/// A Mermaid block as a picture; its source where it cannot be drawn.
fn diagram(context: &block::Context<'_>, block: &Block, body: &mut Body) -> String {
    let title = block
        .heading_path
        .last()
        .map_or_else(|| context.post.title(), Clone::clone);
    let title = format!("{}: {title}", context.words.diagram);
    let prefix = prefix(&block.id);
    let options = mermaid::Options {
        prefix: &prefix,
        lang: &context.words.lang,
        title: &title,
    };
    let drawing = kept::drawing(context.shelf, &block.code, &options);
    let line = wrong_line(&block.code, &drawing.diagnostics);
    for mut diagnostic in drawing.diagnostics {
        diagnostic.span = block.source_span(diagnostic.span.start, diagnostic.span.end);
        for label in &mut diagnostic.labels {
            label.span = block.source_span(label.span.start, label.span.end);
        }
        body.diagnostics.push(diagnostic);
    }
    match drawing.picture {
        Some(picture) => {
            if picture.font_size_in(COLUMN_MAX) < LEGIBLE {
                let place = Span::new(
                    block.span.start,
                    context
                        .post
                        .source
                        .slice(block.span)
                        .find('\n')
                        .map_or(block.span.end, |end| block.span.start + end),
                );
                body.diagnostics.push(
                    Diagnostic::warning(
                        "mermaid-wide",
                        place,
                        format!(
                            "the diagram is {} pixels wide; readers have to scroll it",
                            picture.width
                        ),
                    )
                    .help("shorten the labels, or split the diagram"),
                );
            }
            figure("diagram", &block::anchor(context.post, block), &picture, "")
        }
        None => undrawn(context, block, line),
    }
}

/// The line of a source that a parser gave up at, if it says that much: the whole source is no place.
fn wrong_line(source: &str, told: &[Diagnostic]) -> Option<usize> {
    let place = told.last()?.span;
    let is_whole = place.start == 0 && place.end >= source.trim_end().len();
    let before = source.get(..place.start).filter(|_| !is_whole)?;
    Some(before.matches('\n').count() + 1)
}

/// What stands where a diagram would: its source. What the parser says is the author's, in the terminal; readers hear
/// which line it was, in the page's language.
fn undrawn(context: &block::Context<'_>, block: &Block, line: Option<usize>) -> String {
    let words = context.words;
    let line = line
        .map(|line| words.diagram_line(line) + " ")
        .unwrap_or_default();
    format!(
        "<figure class=\"code other bad\" id=\"{}\"><div class=\"bar\"><span class=\"language\">mermaid</span><span class=\"status bad\"><span aria-hidden=\"true\">✗</span> {}</span></div>\
         <p class=\"problem\">{}</p><pre tabindex=\"0\"><code>{}</code></pre></figure>\n",
        escape(&block::anchor(context.post, block)),
        escape_content(&words.diagram_failed),
        escape_content(&(line + &words.diagram_source)),
        escape(&block.code)
    )
}

/// The picture of the objects that a block left.
fn draw(context: &block::Context<'_>, index: usize) -> String {
    let dump = context.results.dumps.get(index).and_then(Option::as_ref);
    let Some(dump) = dump else {
        return String::new();
    };
    let id = format!("draw.{index}");
    let prefix = format!("dg-draw-{index}");
    let words = context.words;
    let picture = object_graph::draw(
        dump,
        &object_graph::Options {
            prefix: &prefix,
            words,
        },
    );
    let names: Vec<String> = context
        .post
        .draws
        .get(index)
        .map(|draw| {
            draw.names
                .iter()
                .map(|name| format!("<code>{}</code>", escape(name)))
                .collect()
        })
        .unwrap_or_default();
    let caption = format!(
        "<figcaption>{}: {} · CPython {}{}</figcaption>\n",
        escape_content(&context.words.after_block),
        names.join(", "),
        escape(&dump.version),
        object_graph::table(dump, words)
    );
    figure("diagram memory", &id, &picture, &caption)
}

/// A picture with its caption. One that is wider than the text grows into the margins; where its letters would become
/// too small it scrolls.
fn figure(class: &str, id: &str, picture: &Picture, caption: &str) -> String {
    let wide = if picture.width > 720.0 { " wide" } else { "" };
    let big = if picture.font_size_in(COLUMN_MAX) < LEGIBLE {
        " big"
    } else {
        ""
    };
    format!(
        "<figure class=\"{class}{wide}{big}\" id=\"{}\"><div class=\"scroll\" tabindex=\"0\">{}</div>{caption}</figure>\n",
        escape(id),
        picture.svg
    )
}

/// What the ids of a picture begin with: plain ASCII, though block names may be Hangul.
fn prefix(id: &str) -> String {
    let plain = id
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    if plain {
        format!("dg-{id}")
    } else {
        format!(
            "dg-{}",
            blake3::hash(id.as_bytes())
                .to_hex()
                .as_str()
                .get(..8)
                .unwrap_or_default()
        )
    }
}
