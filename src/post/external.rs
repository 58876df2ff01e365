//! Links that lead out of the book.

use pulldown_cmark::{Event, Tag};

use super::{Piece, Post};
use crate::source::Span;

impl Post {
    /// The addresses on other hosts that the text links to or shows pictures from, each with its place.
    pub fn external_links(&self) -> Vec<(String, Span)> {
        let link = |piece: Piece<'_>| match piece {
            Piece::Markdown(
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }),
                span,
            ) if is_external(&dest_url) => Some((dest_url.into_string(), span)),
            _ => None,
        };
        self.pieces().filter_map(link).collect()
    }
}

fn is_external(url: &str) -> bool {
    let scheme = url
        .split_once("://")
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
}

#[cfg(test)]
mod tests {
    use crate::source::Source;

    #[test]
    fn links_within_the_book_are_not_external() {
        let text = "[a](https://example.org/x#y) [b](sizes.md) <http://example.net> [c](mailto:a@b.c)\n\n![d](HTTPS://example.com/p.png)\n";
        let post = crate::post::parse(Source::new("x.md", text));
        let links: Vec<String> = post
            .external_links()
            .into_iter()
            .map(|link| link.0)
            .collect();
        assert_eq!(
            links,
            [
                "https://example.org/x#y",
                "http://example.net",
                "HTTPS://example.com/p.png"
            ]
        );
    }
}
