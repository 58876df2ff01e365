//! How long a post takes to read.

use pulldown_cmark::Event;

use crate::post::{Piece, Post};

/// Letters that a reader of Korean reads in a minute; Hangul is read letter by letter.
const KOREAN_LETTERS: usize = 500;
/// Letters that a reader of English reads in a minute: some 200 words.
const LATIN_LETTERS: usize = 1000;
/// Seconds for a block of code or a picture.
const BLOCK_SECONDS: usize = 12;

/// The minutes that a post takes, at least one.
pub fn minutes(post: &Post, lang: &str) -> usize {
    let letters: usize = post.pieces().map(letters).sum();
    let per_minute = if lang == "ko" {
        KOREAN_LETTERS
    } else {
        LATIN_LETTERS
    };
    let seconds = letters * 60 / per_minute + post.blocks.len() * BLOCK_SECONDS;
    seconds.div_ceil(60).max(1)
}

fn letters(piece: Piece<'_>) -> usize {
    match piece {
        Piece::Markdown(Event::Text(text) | Event::Code(text), _) if text.is_ascii() => {
            let letters = text.bytes();
            letters.filter(u8::is_ascii_alphanumeric).count()
        }
        Piece::Markdown(Event::Text(text) | Event::Code(text), _) => text
            .chars()
            // Syllables first: the table of all letters is slow.
            .filter(|letter| matches!(letter, '가'..='힣') || letter.is_alphanumeric())
            .count(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn check(text: &str, lang: &str) -> usize {
        minutes(&crate::post::parse(Source::new("a.md", text)), lang)
    }

    #[test]
    fn hangul_takes_longer_and_blocks_take_their_time() {
        assert_eq!(check("짧다.", "ko"), 1);
        assert_eq!(check(&"가나다라마 ".repeat(200), "ko"), 2);
        assert_eq!(check(&"words ".repeat(200), "en"), 1);
        assert_eq!(check(&"```\nx\n```\n\n".repeat(11), "en"), 3);
    }
}
