//! How wide a text will be, without asking any font.
//!
//! A page is built on one machine and read on another with other fonts, so a box that fits its text exactly here
//! would clip it there. The widths below are those of the widest of the usual Korean and Latin system fonts, so that
//! every reader's text fits; no font file is read, and every build gives the same bytes.

/// Which kind of font the text is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Font {
    /// The body's proportional font.
    Sans,
    /// The code's font: every Latin letter as wide as the next.
    Mono,
}

/// The width of a text in pixels at the given font size in pixels.
///
/// # Examples
/// ```
/// use gieok::diagram::measure::{Font, width};
/// assert!(width("기억", 10.0, Font::Sans) > width("ab", 10.0, Font::Sans));
/// assert_eq!(width("ii", 10.0, Font::Mono), width("mm", 10.0, Font::Mono));
/// ```
pub fn width(text: &str, size: f64, font: Font) -> f64 {
    let em: f64 = match font {
        Font::Sans => text.chars().map(sans).sum(),
        Font::Mono => text.chars().map(mono).sum(),
    };
    em * size
}

/// Cuts a text so that it is at most `limit` pixels wide, with `…` at its end if something was cut.
pub fn fit(text: &str, limit: f64, size: f64, font: Font) -> String {
    if width(text, size, font) <= limit {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = width("…", size, font);
    for letter in text.chars() {
        used += width(letter.encode_utf8(&mut [0; 4]), size, font);
        if used > limit {
            break;
        }
        kept.push(letter);
    }
    kept.push('…');
    kept
}

fn sans(letter: char) -> f64 {
    match letter {
        ' ' | '\u{a0}' => 0.30,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '`' => 0.32,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '{' | '}' | '/' | '\\' | '-' | '"' => 0.42,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.92,
        'A'..='Z' => 0.70,
        'a'..='z' | '0'..='9' => 0.60,
        '\u{21}'..='\u{7e}' => 0.62,
        _ => other(letter, 0.95, 0.70),
    }
}

fn mono(letter: char) -> f64 {
    match letter {
        ' '..='\u{7e}' | '\u{a0}' => 0.61,
        _ => other(letter, 1.05, 0.70),
    }
}

/// Letters outside ASCII: none, Hangul, wide, all else.
fn other(letter: char, hangul: f64, plain: f64) -> f64 {
    match letter {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' | '\u{ad}' => 0.0,
        '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7ff}' => hangul,
        '\u{2190}'..='\u{21ff}' | '\u{2026}' | '\u{2014}' => 1.0,
        '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' => 1.05,
        '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}' => 1.45,
        _ => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_text_fits() {
        let long = "<Node object> 노드 '아주 긴 이름'";
        for limit in [20.0, 60.0, 120.0, 400.0] {
            let cut = fit(long, limit, 13.0, Font::Mono);
            assert!(width(&cut, 13.0, Font::Mono) <= limit, "{cut}");
        }
        assert_eq!(fit("짧다", 100.0, 13.0, Font::Sans), "짧다");
    }
}
