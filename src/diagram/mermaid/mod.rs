//! Mermaid blocks as static pictures.
//!
//! ```text
//! source ──labels──▶ protected source ──engine──▶ raw SVG ──clean──▶ Picture
//!            │                                                          ▲
//!            └────────── every label must be found there ───────────────┘
//! ```
//!
//! The drawing itself is the work of an [`Engine`]; the crate behind the default one is built with the feature
//! `mermaid`. Everything that makes its output ours (widths, colours, short numbers, no ids that collide) is here.

mod clean;
#[cfg(feature = "mermaid")]
mod engine;
mod groups;
mod labels;
mod lettering;

use super::svg::{Picture, escape};
use crate::diagnostic::{Diagnostic, Span};

/// What a picture needs to know of the page it will stand on.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// What every id in the picture begins with; unlike that of any other picture of the page.
    pub prefix: &'a str,
    /// The language of the page: `ko`, `en`.
    pub lang: &'a str,
    /// What the picture shows, where the source has no `accTitle`.
    pub title: &'a str,
}

/// What became of a Mermaid source.
#[derive(Debug, Clone, Default)]
pub struct Drawing {
    /// The picture, unless the source is broken.
    pub picture: Option<Picture>,
    /// What is wrong; spans are places in the Mermaid source.
    pub diagnostics: Vec<Diagnostic>,
}

/// Draws Mermaid: text in, SVG out.
pub trait Engine {
    /// Returns the picture as the engine draws it. `id` is what its ids begin with.
    ///
    /// # Errors
    /// A message for the author, and the place in `source` where the mistake is, if it is known.
    fn draw(&self, source: &str, id: &str) -> Result<String, Failure>;
}

/// Why nothing was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where, in the text that was given to the engine.
    pub span: Option<Span>,
    /// What to do, where the engine knows better than we.
    pub help: Option<String>,
}

/// What most mistakes come from.
const QUOTES: &str =
    "a label with brackets or other special characters needs quotes: A[\"text (more)\"]";

/// Longer sources are refused: no diagram for people is that long.
const SOURCE_MAX: usize = 100_000;

/// Draws a Mermaid source with the engine that this build has.
pub fn draw(source: &str, options: &Options<'_>) -> Drawing {
    #[cfg(feature = "mermaid")]
    return draw_with(&engine::Merman::new(), source, options);
    #[cfg(not(feature = "mermaid"))]
    {
        let _ = (options, draw_with, clean::clean);
        let whole = Span::new(0, source.len());
        let diagnostic = Diagnostic::warning(
            "mermaid-not-built",
            whole,
            "this build of gieok draws no Mermaid diagrams",
        )
        .help("build it with the feature `mermaid`");
        Drawing {
            picture: None,
            diagnostics: vec![diagnostic],
        }
    }
}

/// Draws a Mermaid source with the given engine.
///
/// A flowchart that runs from side to side and would be too small to read in the widest column is drawn from top to
/// bottom, if that helps: the direction is a matter of layout, and says nothing.
pub fn draw_with(engine: &dyn Engine, source: &str, options: &Options<'_>) -> Drawing {
    let drawing = draw_as_written(engine, source, options);
    let too_small = |drawing: &Drawing| {
        drawing
            .picture
            .as_ref()
            .is_some_and(|picture| picture.font_size_in(COLUMN_MAX) < LEGIBLE)
    };
    if too_small(&drawing)
        && let Some(turned) = labels::turn(source)
    {
        let turned = draw_as_written(engine, &turned, options);
        if turned.picture.is_some() && !too_small(&turned) {
            return Drawing {
                diagnostics: drawing.diagnostics,
                ..turned
            };
        }
    }
    drawing
}

/// The widest column of a page, in pixels: the text's and what a picture may take of the margins.
pub const COLUMN_MAX: f64 = 940.0;

/// Letters smaller than this many pixels are hard to read.
pub const LEGIBLE: f64 = 11.0;

fn draw_as_written(engine: &dyn Engine, source: &str, options: &Options<'_>) -> Drawing {
    let mut drawing = Drawing::default();
    let whole = Span::new(0, source.trim_end().len());
    if source.len() > SOURCE_MAX {
        drawing.diagnostics.push(Diagnostic::error(
            "mermaid-too-long",
            Span::at(0),
            "the diagram is too long to be drawn",
        ));
        return drawing;
    }
    let labels = if labels::is_flowchart(source) {
        labels::find(source)
    } else {
        Vec::new()
    };
    let protected = labels::protect(source, &labels);
    let turned = groups::reversed(&protected);
    // A mistake is told with its place in what the author wrote.
    let drawn = match &turned {
        Some(turned) => engine
            .draw(turned, options.prefix)
            .or_else(|_| engine.draw(&protected, options.prefix)),
        None => engine.draw(&protected, options.prefix),
    };
    let raw = match drawn {
        Ok(raw) => raw,
        Err(failure) => {
            // Places move only behind a protected `<` or `>`; a line is exact enough for a caret.
            let span = failure
                .span
                .filter(|span| span.end <= source.len() && protected == source)
                .unwrap_or(whole);
            drawing.diagnostics.push(
                Diagnostic::error(
                    "mermaid",
                    span,
                    format!("the diagram cannot be drawn: {}", failure.message),
                )
                .help(failure.help.unwrap_or_else(|| QUOTES.to_owned())),
            );
            return drawing;
        }
    };
    let title = accessible(source, "accTitle").unwrap_or_else(|| options.title.to_owned());
    let spoken = spoken_labels(source, &labels);
    let description =
        accessible(source, "accDescr").unwrap_or_else(|| describe(&spoken, options.lang));
    let head = format!(
        "<title id=\"{0}-t\">{1}</title><desc id=\"{0}-d\">{2}</desc>",
        options.prefix,
        escape(&title),
        escape(&description)
    );
    let Some(cleaned) = clean::clean(&raw, options.prefix, options.lang, &head) else {
        drawing.diagnostics.push(Diagnostic::error(
            "mermaid",
            whole,
            "the diagram cannot be drawn: the picture is not well-formed",
        ));
        return drawing;
    };
    for colour in &cleaned.unknown_colours {
        let place = source
            .find(colour.as_str())
            .map_or(whole, |start| Span::new(start, start + colour.len()));
        drawing.diagnostics.push(
            Diagnostic::warning(
                "mermaid-colour",
                place,
                format!("`{colour}` is not a colour that we know"),
            )
            .help("write it as `#rrggbb`; the page shows its hue, in light and in dark"),
        );
    }
    for label in &labels {
        let text = source.get(label.range.clone()).unwrap_or_default();
        let shown = |line: &String| cleaned.text.contains(&squeeze(line));
        if !labels::visible_lines(text).is_none_or(|lines| lines.iter().all(shown)) {
            let span = Span::new(label.range.start, label.range.end);
            drawing.diagnostics.push(
                Diagnostic::error(
                    "mermaid-lost-label",
                    span,
                    "the picture does not show this label as it is written",
                )
                .help("put the label in quotes, or take out what is not plain text"),
            );
        }
    }
    drawing.picture = Some(Picture {
        svg: lettering::set(&cleaned.svg),
        width: cleaned.width,
        height: cleaned.height,
        title,
        description,
        font_size: FONT_SIZE,
    });
    drawing
}

/// The size of letters in a diagram, in pixels.
const FONT_SIZE: f64 = 15.0;

/// A text without any white space: a label may be broken into lines, and is then still the same label.
fn squeeze(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_whitespace())
        .collect()
}

/// The value of an `accTitle:` or `accDescr:` line.
fn accessible(source: &str, key: &str) -> Option<String> {
    let line = source.lines().find_map(|line| {
        line.trim()
            .strip_prefix(key)?
            .trim_start()
            .strip_prefix(':')
    })?;
    Some(line.trim().to_owned()).filter(|text| !text.is_empty())
}

fn spoken_labels(source: &str, labels: &[labels::Label]) -> Vec<String> {
    let texts = labels
        .iter()
        .filter_map(|label| source.get(label.range.clone()));
    let mut spoken: Vec<String> = Vec::new();
    for text in texts {
        let text = labels::visible_lines(text)
            .map_or_else(|| text.replace('`', ""), |lines| lines.join(" "));
        if !spoken.contains(&text) {
            spoken.push(text);
        }
    }
    spoken
}

fn describe(spoken: &[String], lang: &str) -> String {
    let list = spoken.join(" · ");
    match (lang, spoken.is_empty()) {
        ("ko", true) => "Mermaid 다이어그램".to_owned(),
        ("ko", false) => format!("그림 속의 말: {list}"),
        (_, true) => "A Mermaid diagram".to_owned(),
        (_, false) => format!("Words in the picture: {list}"),
    }
}

#[cfg(all(test, feature = "mermaid"))]
mod tests;
