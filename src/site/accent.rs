//! A book's own accent colour: made to be read on the page, in light and in dark.

use super::assets::tokens;
use crate::diagram::colour::parse;

/// Red, green and blue, each from 0 to 1.
pub type Rgb = [f64; 3];

/// Text on its ground: what the Web Content Accessibility Guidelines ask for (AA).
const CONTRAST_MIN: f64 = 4.5;

/// The tokens of a theme with another accent: rules for the stylesheet, behind those of the themes. `None` if the text
/// is no colour.
///
/// The colour is darkened on light ground and lightened on dark ground as far as it has to be, and no further.
pub fn style(colour: &str) -> Option<String> {
    let colour = parse(colour)?;
    let [light, dark] = [0, 1].map(|theme| {
        let ground = |name: &str| {
            let token = tokens().find(|(token, ..)| *token == name);
            let value = token.map_or(
                "#fff",
                |(_, light, dark)| if theme == 0 { light } else { dark },
            );
            parse(value).unwrap_or([1.0; 3])
        };
        let grounds = [ground("--bg"), ground("--surface"), ground("--raised")];
        let towards = if theme == 0 { [0.0; 3] } else { [1.0; 3] };
        let accent = readable(colour, &grounds, towards);
        let soft = mixed(grounds[0], accent, 0.14);
        format!("--accent:{};--accent-soft:{}", hex(accent), hex(soft))
    });
    Some(format!(
        ":root{{{light}}}@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\
         :root[data-theme=dark]{{{dark}}}@media print{{:root:root{{{light}}}}}"
    ))
}

/// A colour as it can be read on light ground.
#[cfg_attr(not(feature = "cards"), allow(dead_code))]
pub fn on_paper(colour: &str) -> Option<String> {
    let paper = parse("#fdfcfa")?;
    Some(hex(readable(parse(colour)?, &[paper], [0.0; 3])))
}

fn readable(colour: Rgb, grounds: &[Rgb], towards: Rgb) -> Rgb {
    let is_readable = |colour: Rgb| {
        grounds
            .iter()
            .all(|ground| contrast(colour, *ground) >= CONTRAST_MIN)
    };
    (0..=50)
        .map(|step| mixed(colour, towards, f64::from(step) / 50.0))
        .find(|colour| is_readable(*colour))
        .unwrap_or(towards)
}

fn mixed(from: Rgb, to: Rgb, share: f64) -> Rgb {
    std::array::from_fn(|part| {
        let (from, to) = (from.get(part), to.get(part));
        let (from, to) = (from.copied().unwrap_or(0.0), to.copied().unwrap_or(0.0));
        from + (to - from) * share
    })
}

fn hex(colour: Rgb) -> String {
    let [red, green, blue] = colour.map(|part| (part.clamp(0.0, 1.0) * 255.0).round() as u8);
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// The contrast of two colours, from 1 to 21, as the Web Content Accessibility Guidelines reckon it.
pub fn contrast(first: Rgb, second: Rgb) -> f64 {
    let (first, second) = (luminance(first), luminance(second));
    (first.max(second) + 0.05) / (first.min(second) + 0.05)
}

fn luminance(colour: Rgb) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        if part <= 0.040_45 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_accent_can_be_read() {
        for colour in ["#ffee00", "#000", "#fff", "#808080", "#1f5fbf", "#7b1fa2"] {
            let style = style(colour).expect("a colour");
            let accents: Vec<Rgb> = style
                .split("--accent:")
                .skip(1)
                .filter_map(|rest| parse(rest.get(..7)?))
                .collect();
            for (accent, ground) in accents.iter().zip(["#fdfcfa", "#12151c"]) {
                let ground = parse(ground).expect("a colour");
                assert!(
                    contrast(*accent, ground) >= CONTRAST_MIN,
                    "{colour}: {style}"
                );
            }
        }
        assert_eq!(style("blueish"), None);
        assert!(style("#1f5fbf").is_some_and(|style| style.contains("--accent:#1f5fbf;")));
    }
}
