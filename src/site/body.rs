//! The text of a post as HTML: Markdown, blocks with their results, pictures.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::block;
use crate::diagnostic::{Diagnostic, Span};
use crate::diagram::mermaid::{self, COLUMN_MAX, LEGIBLE};
use crate::diagram::object_graph;
use crate::diagram::svg::{Picture, escape};
use crate::post::{Block, BlockKind, Piece};

/// The text of a page, and what is wrong with its pictures.
#[derive(Debug, Default)]
pub struct Body {
    /// The HTML inside the article.
    pub html: String,
    /// About diagrams; spans are places in the post's source.
    pub diagnostics: Vec<Diagnostic>,
    /// How many letters people read, for the reading time.
    pub letters: usize,
}

/// Writes the text of a post.
pub fn body(context: &block::Context<'_>) -> Body {
    let mut body = Body::default();
    let mut events: Vec<Event<'static>> = Vec::new();
    let shift = heading_shift(context);
    let mut skipping_title = false;
    for (index, piece) in context.post.body.pieces.iter().enumerate() {
        match piece {
            Piece::Markdown(event, _) => {
                if index == shift.title_at {
                    skipping_title = true;
                }
                if !skipping_title {
                    markdown(context, event.clone(), shift.by, &mut events, &mut body);
                }
                if matches!(event, Event::End(TagEnd::Heading(_))) {
                    skipping_title = false;
                }
            }
            Piece::Block(index) => {
                if let Some(block) = context.post.blocks.get(*index) {
                    let html = if block.kind == BlockKind::Mermaid {
                        diagram(context, block, &mut body)
                    } else {
                        block::html(context, block)
                    };
                    events.push(Event::Html(html.into()));
                }
            }
            Piece::Draw(index) => events.push(Event::Html(draw(context, *index).into())),
        }
    }
    pulldown_cmark::html::push_html(&mut body.html, events.into_iter());
    body
}

/// How the post's headings fit under the page's one `h1`, which is its title.
struct Shift {
    /// Levels to add: one if the post has an `h1` of its own.
    by: u8,
    /// The piece that begins a heading which repeats the title.
    title_at: usize,
}

fn heading_shift(context: &block::Context<'_>) -> Shift {
    let title = context.post.title();
    let repeats_title = context
        .post
        .headings
        .first()
        .is_some_and(|heading| heading.level == 1 && heading.text.trim() == title.trim());
    let is_heading =
        |piece: &Piece| matches!(piece, Piece::Markdown(Event::Start(Tag::Heading { .. }), _));
    let title_at = if repeats_title {
        context
            .post
            .body
            .pieces
            .iter()
            .position(is_heading)
            .unwrap_or(usize::MAX)
    } else {
        usize::MAX
    };
    let rest = context
        .post
        .headings
        .iter()
        .skip(usize::from(repeats_title));
    Shift {
        by: u8::from(rest.into_iter().any(|heading| heading.level == 1)),
        title_at,
    }
}

fn markdown(
    context: &block::Context<'_>,
    event: Event<'static>,
    shift: u8,
    events: &mut Vec<Event<'static>>,
    body: &mut Body,
) {
    match event {
        Event::Start(Tag::Heading {
            level,
            id,
            classes,
            attrs,
        }) => {
            events.push(Event::Start(Tag::Heading {
                level: lowered(level, shift),
                id,
                classes,
                attrs,
            }));
        }
        Event::End(TagEnd::Heading(level)) => {
            let id = events.iter().rev().find_map(|event| match event {
                Event::Start(Tag::Heading { id, .. }) => Some(id.clone()),
                _ => None,
            });
            if let Some(Some(id)) = id {
                let label = context.words.link_here;
                events.push(Event::InlineHtml(
                    format!(
                        "<a class=\"anchor\" href=\"#{}\" aria-label=\"{label}\">#</a>",
                        escape(&id)
                    )
                    .into(),
                ));
            }
            events.push(Event::End(TagEnd::Heading(lowered(level, shift))));
        }
        Event::Start(Tag::Table(alignments)) => {
            events.push(Event::Html(CowStr::Borrowed(
                "<div class=\"scroll\" tabindex=\"0\">",
            )));
            events.push(Event::Start(Tag::Table(alignments)));
        }
        Event::End(TagEnd::Table) => {
            events.push(Event::End(TagEnd::Table));
            events.push(Event::Html(CowStr::Borrowed("</div>\n")));
        }
        Event::Text(text) => {
            body.letters += text
                .chars()
                .filter(|letter| letter.is_alphanumeric())
                .count();
            events.push(Event::Text(text));
        }
        other => events.push(other),
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
        lang: context.words.lang,
        title: &title,
    };
    let drawing = mermaid::draw(&block.code, &options);
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
            figure("diagram", &block.id, &picture, "", "")
        }
        None => {
            let message = body
                .diagnostics
                .last()
                .map(|diagnostic| escape(&diagnostic.message))
                .unwrap_or_default();
            format!(
                "<figure class=\"code other bad\" id=\"{}\"><div class=\"bar\"><span class=\"language\">mermaid</span><span class=\"status bad\"><span aria-hidden=\"true\">✗</span> {}</span></div>\
                 <p class=\"problem\">{message}</p><pre tabindex=\"0\"><code>{}</code></pre></figure>\n",
                escape(&block.id),
                context.words.diagram_failed,
                escape(&block.code)
            )
        }
    }
}

/// The picture of the objects that a block left.
fn draw(context: &block::Context<'_>, index: usize) -> String {
    let dump = context.results.dumps.get(index).and_then(Option::as_ref);
    let Some(dump) = dump else {
        return String::new();
    };
    let id = format!("draw-{index}");
    let prefix = prefix(&id);
    let lang = context.words.lang;
    let picture = object_graph::draw(
        dump,
        &object_graph::Options {
            prefix: &prefix,
            lang,
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
        "<figcaption>{}: {} · CPython {}</figcaption>\n",
        context.words.after_block,
        names.join(", "),
        escape(&dump.version)
    );
    figure(
        "diagram memory",
        &id,
        &picture,
        &caption,
        &object_graph::table(dump, lang),
    )
}

/// A picture with its caption. One that is wider than the text grows into the margins, and scrolls where it must.
fn figure(class: &str, id: &str, picture: &Picture, caption: &str, table: &str) -> String {
    let wide = if picture.width > 720.0 { " wide" } else { "" };
    format!(
        "<figure class=\"{class}{wide}\" id=\"{}\"><div class=\"scroll\" tabindex=\"0\">{}</div>{caption}{table}</figure>\n",
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
