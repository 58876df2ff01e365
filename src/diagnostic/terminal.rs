//! Diagnostics as text for a terminal: the line, a caret under the place, advice below.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Severity, Span};
use crate::source::Source;

/// How diagnostics are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// Text only: for files, pipes and tests.
    #[default]
    Plain,
    /// With the colours of a terminal.
    Coloured,
}

/// Writes the diagnostics of one source, in the order of their places, with a blank line after each.
pub fn render(source: &Source, diagnostics: &[Diagnostic], style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    let mut ordered: Vec<&Diagnostic> = diagnostics.iter().collect();
    ordered.sort_by_key(|diagnostic| diagnostic.span);
    let mut text = String::new();
    for diagnostic in ordered {
        text.push_str(&renderer.render(&[group(source, diagnostic)]));
        text.push_str("\n\n");
    }
    text
}

fn group<'a>(source: &'a Source, diagnostic: &'a Diagnostic) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Note => Level::NOTE,
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    let title = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.as_ref());
    let help = diagnostic
        .help
        .iter()
        .map(|help| Level::HELP.message(help.as_str()));
    title.element(snippet(source, diagnostic)).elements(help)
}

/// Only the lines from the first place to the last are handed over: long posts stay cheap to show.
fn snippet<'a>(
    source: &'a Source,
    diagnostic: &'a Diagnostic,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let spans =
        || std::iter::once(diagnostic.span).chain(diagnostic.labels.iter().map(|label| label.span));
    let first_line = source.line(spans().map(|span| span.start).min().unwrap_or(0));
    let last_line = source.line(spans().map(|span| span.end).max().unwrap_or(0));
    let start = source.line_span(first_line).map_or(0, |line| line.start);
    let end = source
        .line_span(last_line)
        .map_or(source.text().len(), |line| line.end);
    let window = Span::new(start, end);
    let within =
        |span: Span| span.start.clamp(start, end) - start..span.end.clamp(start, end) - start;
    let main_label = diagnostic
        .labels
        .iter()
        .find(|label| label.span == diagnostic.span);
    let main = AnnotationKind::Primary
        .span(within(diagnostic.span))
        .label(main_label.map(|label| label.text.as_str()));
    let beside = diagnostic
        .labels
        .iter()
        .filter(|label| label.span != diagnostic.span);
    let beside = beside.map(|label| {
        AnnotationKind::Context
            .span(within(label.span))
            .label(label.text.as_str())
    });
    Snippet::source(source.slice(window))
        .line_start(first_line)
        .path(source.path().to_string_lossy().into_owned())
        .annotation(main)
        .annotations(beside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_wide_characters() {
        let source = Source::new("글.md", "하나\n참조 수 `57` 바이트\n");
        let start = source.text().find("57").unwrap_or(0);
        let place = Span::new(start, start + 2);
        let diagnostic = Diagnostic::error("claim-mismatch", place, "빈 리스트는 56바이트")
            .label(place, "CPython 3.13은 56")
            .help("`56`으로 고치세요");
        let expected = "\
error[claim-mismatch]: 빈 리스트는 56바이트
 --> 글.md:2:7
  |
2 | 참조 수 `57` 바이트
  |          ^^ CPython 3.13은 56
  |
  = help: `56`으로 고치세요

";
        assert_eq!(render(&source, &[diagnostic], Style::Plain), expected);
    }

    #[test]
    fn a_place_in_an_empty_file_is_shown() {
        let source = Source::new("empty.md", "");
        let text = render(
            &source,
            &[Diagnostic::error(
                "empty-post",
                Span::at(0),
                "the post is empty",
            )],
            Style::Plain,
        );
        assert!(
            text.starts_with("error[empty-post]: the post is empty\n --> empty.md:1:1"),
            "{text}"
        );
    }
}
