//! Writing SVG: escapes, short numbers, and what every finished picture has.

/// A finished picture, ready to stand inside an HTML page.
///
/// Its colours are tokens of the page's stylesheet; every id in it begins with the prefix that its maker was given.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The `<svg>` element.
    pub svg: String,
    /// Width in pixels at full size.
    pub width: f64,
    /// Height in pixels at full size.
    pub height: f64,
    /// What the picture shows, in a few words.
    pub title: String,
    /// The same as the picture, told in words.
    pub description: String,
    /// The smallest letters in pixels at full size.
    pub font_size: f64,
}

impl Picture {
    /// How large the smallest letters are in a column of this width, where a picture shrinks to fit.
    pub fn font_size_in(&self, column: f64) -> f64 {
        self.font_size * (column / self.width.max(1.0)).min(1.0)
    }
}

/// A text as the content of an element or a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    push_escaped(&mut escaped, text, |letter| match letter {
        '"' => Some("&quot;"),
        '\'' => Some("&#39;"),
        letter => reference(letter),
    });
    escaped
}

/// A text as the content of an element, where quotes may stand as they are.
pub fn escape_content(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    push_content(&mut escaped, text);
    escaped
}

/// Adds what [`escape_content`] gives.
pub fn push_content(html: &mut String, text: &str) {
    push_escaped(html, text, reference);
}

/// Adds a text in which some letters are written otherwise; what lies between them is copied as a whole.
fn push_escaped(to: &mut String, text: &str, written: impl Fn(char) -> Option<&'static str>) {
    let (mut copied, mut at) = (0, 0);
    let next = |at: usize| {
        let rest = text.as_bytes().get(at..)?;
        Some(
            at + rest
                .iter()
                .position(|byte| MAY_BEGIN_ESCAPED[usize::from(*byte)])?,
        )
    };
    while let Some(found) = next(at) {
        let letter = text.get(found..).and_then(|rest| rest.chars().next());
        at = found + letter.map_or(1, char::len_utf8);
        if let Some(instead) = letter.and_then(&written) {
            to.push_str(text.get(copied..found).unwrap_or_default());
            to.push_str(instead);
            copied = at;
        }
    }
    to.push_str(text.get(copied..).unwrap_or_default());
}

/// For each byte whether a letter that is written otherwise may begin with it; almost none does.
const MAY_BEGIN_ESCAPED: [bool; 256] = {
    let mut may = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        may[byte] = may_begin_escaped(byte as u8);
        byte += 1;
    }
    may
};

const fn may_begin_escaped(byte: u8) -> bool {
    match byte {
        b'\t' | b'\n' | b'\r' => false,
        // U+FFFE and U+FFFF begin with EF.
        0..=0x1f | b'&' | b'<' | b'>' | b'"' | b'\'' | 0xef => true,
        _ => false,
    }
}

/// How a letter is written that may not stand in a text as it is.
fn reference(letter: char) -> Option<&'static str> {
    match letter {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        // Not allowed in XML at all.
        '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
            Some("\u{fffd}")
        }
        _ => None,
    }
}

/// A number as short as it may be: at most one decimal, no `-0`.
pub fn number(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    let rounded = if rounded == 0.0 || !rounded.is_finite() {
        0.0
    } else {
        rounded
    };
    format!("{rounded}")
}

/// Shortens every number in a path, a transformation or a list of points.
pub fn shorten_numbers(text: &str) -> String {
    rewrite_numbers(text, number)
}

/// Rounds every number of a path to whole pixels: enough for a line that leads from box to box.
pub fn whole_numbers(text: &str) -> String {
    rewrite_numbers(text, |value| number(value.round()))
}

fn rewrite_numbers(text: &str, write: impl Fn(f64) -> String) -> String {
    let mut short = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit() || letter == '.') {
        let (before, from) = rest.split_at(start);
        short.push_str(before);
        let end = from
            .find(|letter: char| !letter.is_ascii_digit() && letter != '.')
            .unwrap_or(from.len());
        let (digits, after) = from.split_at(end);
        match digits.parse::<f64>() {
            Ok(value) if digits.contains('.') => short.push_str(&write(value)),
            _ => short.push_str(digits),
        }
        rest = after;
    }
    short.push_str(rest);
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_short() {
        assert_eq!(
            shorten_numbers("M-71.2113,0.04 l9.0 .5L3,4"),
            "M-71.2,0 l9 0.5L3,4"
        );
        assert_eq!(shorten_numbers("translate(12, 3.999)"), "translate(12, 4)");
        assert_eq!(whole_numbers("M-71.6,0.04L9,.6"), "M-72,0L9,1");
        assert_eq!(number(-0.01), "0");
        assert_eq!(number(f64::NAN), "0");
    }

    #[test]
    fn control_characters_are_replaced() {
        assert_eq!(
            escape("a<b & \u{0}\u{1b}'c'"),
            "a&lt;b &amp; \u{fffd}\u{fffd}&#39;c&#39;"
        );
    }
}
