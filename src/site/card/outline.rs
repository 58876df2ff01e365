//! Text as outlines of our own fonts.

use std::sync::OnceLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, pen::SvgPen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

use crate::diagram::svg::number;
use crate::site::font;

/// How thick letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

/// The fonts of a weight, the one to look into first at the front.
fn fonts(weight: Weight) -> &'static [FontRef<'static>] {
    static FONTS: OnceLock<[Vec<FontRef<'static>>; 2]> = OnceLock::new();
    let [regular, bold] = FONTS.get_or_init(|| {
        font::WHOLE.map(|files| {
            let read = |file: &&'static [u8]| FontRef::new(file).ok();
            files.iter().filter_map(read).collect()
        })
    });
    match weight {
        Weight::Regular => regular,
        Weight::Bold => bold,
    }
}

/// A letter's font and its place there; `None` if none of ours has it.
fn glyph(letter: char, weight: Weight) -> Option<(&'static FontRef<'static>, GlyphId)> {
    fonts(weight)
        .iter()
        .find_map(|font| Some((font, font.charmap().map(letter)?)))
}

/// The width of a letter in em. What no font has takes the room of a space.
fn advance(letter: char, weight: Weight) -> f64 {
    let Some((font, glyph)) = glyph(letter, weight) else {
        return 0.25;
    };
    let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
    f64::from(metrics.advance_width(glyph).unwrap_or(0.25))
}

/// The width of a text in pixels, at a size in pixels.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    text.chars()
        .map(|letter| advance(letter, weight))
        .sum::<f64>()
        * size
}

/// A text as SVG paths; `x` and `y` are where its first letter stands on its line.
pub fn write(text: &str, x: f64, y: f64, size: f64, weight: Weight, colour: &str) -> String {
    let mut svg = format!("<g fill=\"{colour}\">");
    let mut x = x;
    for letter in text.chars() {
        if let Some((font, glyph)) = glyph(letter, weight)
            && let Some(outline) = font.outline_glyphs().get(glyph)
        {
            let mut pen = SvgPen::new();
            let settings = DrawSettings::unhinted(Size::new(size as f32), LocationRef::default());
            if outline.draw(settings, &mut pen).is_ok() {
                svg.push_str(&format!(
                    "<path transform=\"translate({} {}) scale(1 -1)\" d=\"{pen}\"/>",
                    number(x),
                    number(y)
                ));
            }
        }
        x += advance(letter, weight) * size;
    }
    svg.push_str("</g>");
    svg
}
