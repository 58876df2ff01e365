//! Colours of pictures: a picture names a token, the page's stylesheet says what it is in light and in dark.
//!
//! No picture carries a colour of its own. A colour that an author writes into a Mermaid `style` line is read for its
//! hue only, and stands for one of six tokens; so green stays green, and its text stays readable at night.

/// The meaning that a colour carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hue {
    /// Grey, black, white: nothing in particular.
    Neutral,
    /// Green.
    Ok,
    /// Red.
    Bad,
    /// Orange and yellow.
    Warn,
    /// Blue.
    Info,
    /// Violet.
    Vio,
}

/// What is painted with a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// A surface with text on it.
    Fill,
    /// A border or an edge.
    Line,
    /// Letters.
    Text,
}

impl Hue {
    /// Every hue, for tests and stylesheets.
    pub const ALL: [Hue; 6] = [
        Hue::Neutral,
        Hue::Ok,
        Hue::Bad,
        Hue::Warn,
        Hue::Info,
        Hue::Vio,
    ];

    /// The reference to the token: `var(--dg-ok-line)`.
    pub fn token(self, paints: Use) -> &'static str {
        match (self, paints) {
            (Hue::Neutral, Use::Fill) => "var(--dg-node)",
            (Hue::Neutral, Use::Line) => "var(--dg-line)",
            (Hue::Neutral, Use::Text) => "var(--dg-text)",
            (Hue::Ok, Use::Fill) => "var(--dg-ok)",
            (Hue::Bad, Use::Fill) => "var(--dg-bad)",
            (Hue::Warn, Use::Fill) => "var(--dg-warn)",
            (Hue::Info, Use::Fill) => "var(--dg-info)",
            (Hue::Vio, Use::Fill) => "var(--dg-vio)",
            (Hue::Ok, _) => "var(--dg-ok-line)",
            (Hue::Bad, _) => "var(--dg-bad-line)",
            (Hue::Warn, _) => "var(--dg-warn-line)",
            (Hue::Info, _) => "var(--dg-info-line)",
            (Hue::Vio, _) => "var(--dg-vio-line)",
        }
    }

    /// The hue of a CSS colour; `None` for what is not one that we read.
    ///
    /// # Examples
    /// ```
    /// use gieok::diagram::colour::Hue;
    /// assert_eq!(Hue::of("#e8f5e9"), Some(Hue::Ok));
    /// assert_eq!(Hue::of("rgb(40, 40, 40)"), Some(Hue::Neutral));
    /// assert_eq!(Hue::of("url(#a)"), None);
    /// ```
    pub fn of(colour: &str) -> Option<Hue> {
        let (hue, saturation, lightness) = hsl(parse(colour.trim())?);
        // Near white and near black the saturation says little.
        if saturation < 0.12 || !(0.06..=0.985).contains(&lightness) {
            return Some(Hue::Neutral);
        }
        Some(match hue {
            18.0..68.0 => Hue::Warn,
            68.0..172.0 => Hue::Ok,
            172.0..255.0 => Hue::Info,
            255.0..325.0 => Hue::Vio,
            _ => Hue::Bad,
        })
    }
}

/// Red, green and blue between 0 and 1.
type Rgb = [f64; 3];

/// Reads a colour: `#rgb`, `#rrggbb` with or without alpha, `rgb()`, `hsl()`, a name.
pub fn parse(colour: &str) -> Option<Rgb> {
    let colour = colour.to_ascii_lowercase();
    if let Some(digits) = colour.strip_prefix('#') {
        return parse_hex(digits);
    }
    if let Some((function, arguments)) = colour
        .strip_suffix(')')
        .and_then(|text| text.split_once('('))
    {
        let numbers: Vec<f64> = arguments
            .split([',', ' ', '/'])
            .filter(|part| !part.is_empty())
            .map_while(number)
            .collect();
        let [first, second, third, ..] = numbers[..] else {
            return None;
        };
        return match function {
            "rgb" | "rgba" => {
                Some([first, second, third].map(|part| (part / 255.0).clamp(0.0, 1.0)))
            }
            "hsl" | "hsla" => Some(from_hsl(first, second / 100.0, third / 100.0)),
            _ => None,
        };
    }
    let row = NAMES.iter().find(|(name, _)| *name == colour)?;
    parse_hex(row.1)
}

fn number(text: &str) -> Option<f64> {
    text.trim_end_matches(['%', 'd', 'e', 'g'])
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
}

fn parse_hex(digits: &str) -> Option<Rgb> {
    let value = |digits: &str| {
        u8::from_str_radix(digits, 16)
            .ok()
            .map(|value| f64::from(value) / 255.0)
    };
    let short = |at: usize| {
        digits
            .get(at..at + 1)
            .and_then(|digit| value(&digit.repeat(2)))
    };
    let long = |at: usize| digits.get(at..at + 2).and_then(value);
    match digits.len() {
        3 | 4 => Some([short(0)?, short(1)?, short(2)?]),
        6 | 8 => Some([long(0)?, long(2)?, long(4)?]),
        _ => None,
    }
}

/// Hue in degrees, saturation and lightness between 0 and 1.
fn hsl([red, green, blue]: Rgb) -> (f64, f64, f64) {
    let most = red.max(green).max(blue);
    let least = red.min(green).min(blue);
    let spread = most - least;
    let lightness = f64::midpoint(most, least);
    if spread < 1e-9 {
        return (0.0, 0.0, lightness);
    }
    let saturation = spread / (1.0 - (2.0 * lightness - 1.0).abs()).max(1e-9);
    let sector = if most == red {
        ((green - blue) / spread).rem_euclid(6.0)
    } else if most == green {
        (blue - red) / spread + 2.0
    } else {
        (red - green) / spread + 4.0
    };
    (sector * 60.0, saturation, lightness)
}

fn from_hsl(hue: f64, saturation: f64, lightness: f64) -> Rgb {
    let chroma = (1.0 - (2.0 * lightness - 1.0).abs()) * saturation;
    [0.0, 8.0, 4.0].map(|offset: f64| {
        let position = (offset + hue / 30.0).rem_euclid(12.0);
        let part = (position - 3.0).min(9.0 - position).clamp(-1.0, 1.0);
        (lightness - chroma / 2.0 * part).clamp(0.0, 1.0)
    })
}

/// The names that people use in diagrams.
const NAMES: &[(&str, &str)] = &[
    ("aqua", "00ffff"),
    ("beige", "f5f5dc"),
    ("black", "000000"),
    ("blue", "0000ff"),
    ("brown", "a52a2a"),
    ("coral", "ff7f50"),
    ("crimson", "dc143c"),
    ("cyan", "00ffff"),
    ("darkblue", "00008b"),
    ("darkgray", "a9a9a9"),
    ("darkgreen", "006400"),
    ("darkgrey", "a9a9a9"),
    ("darkorange", "ff8c00"),
    ("darkred", "8b0000"),
    ("fuchsia", "ff00ff"),
    ("gold", "ffd700"),
    ("gray", "808080"),
    ("green", "008000"),
    ("grey", "808080"),
    ("indigo", "4b0082"),
    ("khaki", "f0e68c"),
    ("lavender", "e6e6fa"),
    ("lightblue", "add8e6"),
    ("lightcoral", "f08080"),
    ("lightgray", "d3d3d3"),
    ("lightgreen", "90ee90"),
    ("lightgrey", "d3d3d3"),
    ("lightpink", "ffb6c1"),
    ("lightyellow", "ffffe0"),
    ("lime", "00ff00"),
    ("magenta", "ff00ff"),
    ("maroon", "800000"),
    ("navy", "000080"),
    ("olive", "808000"),
    ("orange", "ffa500"),
    ("orchid", "da70d6"),
    ("pink", "ffc0cb"),
    ("plum", "dda0dd"),
    ("purple", "800080"),
    ("red", "ff0000"),
    ("salmon", "fa8072"),
    ("silver", "c0c0c0"),
    ("skyblue", "87ceeb"),
    ("steelblue", "4682b4"),
    ("tan", "d2b48c"),
    ("teal", "008080"),
    ("tomato", "ff6347"),
    ("turquoise", "40e0d0"),
    ("violet", "ee82ee"),
    ("white", "ffffff"),
    ("yellow", "ffff00"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_of_diagrams_keep_their_meaning() {
        for (colour, hue) in [
            ("#e8f5e9", Hue::Ok),
            ("#388e3c", Hue::Ok),
            ("#ffebee", Hue::Bad),
            ("#c62828", Hue::Bad),
            ("#fff3e0", Hue::Warn),
            ("#f57c00", Hue::Warn),
            ("#e1f5ff", Hue::Info),
            ("#0288d1", Hue::Info),
            ("#f3e5f5", Hue::Vio),
            ("#7b1fa2", Hue::Vio),
            ("#333", Hue::Neutral),
            ("hsl(120, 60%, 40%)", Hue::Ok),
            ("rgba(255, 0, 0, 0.5)", Hue::Bad),
            ("Pink", Hue::Bad),
        ] {
            assert_eq!(Hue::of(colour), Some(hue), "{colour}");
        }
        for nonsense in [
            "",
            "#",
            "#12",
            "#가나다",
            "rgb()",
            "rgb(1)",
            "hsl(nan, 1, 1)",
            "notacolour",
            "(",
            ")",
        ] {
            assert_eq!(Hue::of(nonsense), None, "{nonsense}");
        }
    }
}
