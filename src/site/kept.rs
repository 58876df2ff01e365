//! The parts of a page that cost more to make than to keep: Mermaid diagrams, and colours that a grammar finds.

use serde::{Deserialize, Serialize};

use super::highlight::{self, Piece};
use super::keep::{Shelf, key};
use crate::diagnostic::Diagnostic;
use crate::diagram::mermaid::{self, Drawing};
use crate::diagram::svg::Picture;
use crate::post::{Block, BlockKind};

/// A drawing without its SVG, which stands behind it as it is.
#[derive(Serialize, Deserialize)]
struct Caption {
    /// Width, height and size of letters, to the last bit.
    bits: [u64; 3],
    title: String,
    description: String,
    diagnostics: Vec<Diagnostic>,
}

/// A Mermaid source as a picture, drawn if it is not on the shelf.
pub fn drawing(shelf: &dyn Shelf, source: &str, options: &mermaid::Options<'_>) -> Drawing {
    let parts = [source, options.prefix, options.lang, options.title];
    let key = key("mermaid", &parts.map(str::as_bytes));
    if let Some(drawing) = shelf.get(key).and_then(|bytes| unpacked(&bytes)) {
        return drawing;
    }
    let drawing = mermaid::draw(source, options);
    // What could not be drawn may have been stopped by the clock.
    if let Some(bytes) = packed(&drawing) {
        shelf.put(key, bytes);
    }
    drawing
}

/// The classified pieces of a block's code.
pub fn colours_of(shelf: &dyn Shelf, block: &Block) -> Vec<Piece> {
    match block.kind {
        BlockKind::Python => highlight::of_python(&block.code, &block.tokens),
        _ => colours(shelf, &block.language, &block.code),
    }
}

/// The classified pieces of a code, as [`highlight::highlight`] finds them.
fn colours(shelf: &dyn Shelf, language: &str, code: &str) -> Vec<Piece> {
    if !highlight::is_slow(language) {
        return highlight::highlight(language, code);
    }
    let key = key("colours", &[language.as_bytes(), code.as_bytes()]);
    let known = shelf.get(key);
    if let Some(pieces) = known.and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
        return pieces;
    }
    let pieces = highlight::highlight(language, code);
    if let Ok(bytes) = serde_json::to_vec(&pieces) {
        shelf.put(key, bytes);
    }
    pieces
}

fn packed(drawing: &Drawing) -> Option<Vec<u8>> {
    let picture = drawing.picture.as_ref()?;
    let caption = Caption {
        bits: [picture.width, picture.height, picture.font_size].map(f64::to_bits),
        title: picture.title.clone(),
        description: picture.description.clone(),
        diagnostics: drawing.diagnostics.clone(),
    };
    let mut bytes = serde_json::to_vec(&caption).ok()?;
    bytes.push(b'\n');
    bytes.extend_from_slice(picture.svg.as_bytes());
    Some(bytes)
}

fn unpacked(bytes: &[u8]) -> Option<Drawing> {
    // JSON on one line: a line break within a text is written `\n`.
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let (caption, svg) = (bytes.get(..end)?, bytes.get(end + 1..)?);
    let caption: Caption = serde_json::from_slice(caption).ok()?;
    let [width, height, font_size] = caption.bits.map(f64::from_bits);
    Some(Drawing {
        picture: Some(Picture {
            svg: String::from_utf8(svg.to_vec()).ok()?,
            width,
            height,
            title: caption.title,
            description: caption.description,
            font_size,
        }),
        diagnostics: caption.diagnostics,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::keep::{Key, NoShelves};
    use std::collections::HashMap;
    use std::sync::Mutex;

    #[derive(Default)]
    struct Board(Mutex<HashMap<Key, Vec<u8>>>);

    impl Shelf for Board {
        fn get(&self, key: Key) -> Option<Vec<u8>> {
            self.0.lock().unwrap().get(&key).cloned()
        }

        fn put(&self, key: Key, bytes: Vec<u8>) {
            assert!(
                self.0.lock().unwrap().insert(key, bytes).is_none(),
                "made twice"
            );
        }
    }

    #[test]
    fn what_is_kept_is_what_was_made() {
        let board = Board::default();
        let options = mermaid::Options {
            prefix: "dg-a",
            lang: "ko",
            title: "그림\n둘째 줄",
        };
        let source = "graph LR\n  A[가] --> B[나]\n  style A fill:rosy\n";
        let code = "fn main() { \"가\" }\n";
        for _ in 0..3 {
            let (kept, made) = (
                drawing(&board, source, &options),
                mermaid::draw(source, &options),
            );
            assert_eq!(
                (kept.picture, kept.diagnostics),
                (made.picture, made.diagnostics)
            );
            assert_eq!(
                colours(&board, "rust", code),
                highlight::highlight("rust", code)
            );
            assert_eq!(
                colours(&NoShelves, "rust", code),
                highlight::highlight("rust", code)
            );
        }
        let other = mermaid::Options {
            lang: "en",
            ..options
        };
        assert_ne!(
            drawing(&board, source, &other).picture,
            drawing(&board, source, &options).picture
        );
    }
}
