//! The picture of a page that other sites show with a link to it: 1200 by 630 pixels, the title large.
//!
//! Its letters are the outlines of our own fonts, so it is the same on every machine. Nothing is drawn where the
//! feature `cards` is off, or nobody knows where the site will stand: `og:image` is a whole address.

mod lines;
#[cfg(feature = "cards")]
mod outline;

#[cfg(feature = "cards")]
use super::accent;
use super::assets::Asset;
use super::keep::{Key, Shelves, key};

/// Width and height that every site that shows cards asks for.
pub const SIZE: (u32, u32) = (1200, 630);

/// What a card says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SocialCard {
    /// The site's name.
    pub site: String,
    /// What the page is part of: a series, a category.
    pub part_of: String,
    /// The page's title.
    pub title: String,
    /// What is known of its run: "Executed and verified · 9 blocks".
    pub facts: String,
    /// Nothing is wrong with it.
    pub verified: bool,
    /// The colour of the site; empty for ours.
    pub accent: String,
}

impl SocialCard {
    /// Whether this build of the program can draw cards.
    pub const IS_DRAWN: bool = cfg!(feature = "cards");

    /// Where its picture stands in the site: known before it is drawn, another for every other text.
    pub fn path(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for text in self.texts() {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        }
        let hash = hasher.finalize().to_hex();
        let hash = hash.as_str().get(..12).unwrap_or_default();
        format!("assets/cards/{hash}.png")
    }

    /// What its picture is made of.
    pub fn made_of(&self) -> Key {
        key("card", &self.texts().map(str::as_bytes))
    }

    /// Its picture, drawn or taken from `shelves`; `None` where none can be drawn.
    pub fn picture(&self, shelves: &dyn Shelves) -> Option<Asset> {
        let path = self.path();
        let shelf = shelves.shelf("card", &path);
        let key = self.made_of();
        let bytes = shelf.get(key).or_else(|| {
            let drawn = self.draw()?;
            shelf.put(key, drawn.clone());
            Some(drawn)
        })?;
        Some(Asset { path, bytes })
    }

    fn texts(&self) -> [&str; 6] {
        [
            &self.site,
            &self.part_of,
            &self.title,
            &self.facts,
            if self.verified { "verified" } else { "" },
            &self.accent,
        ]
    }
}

#[cfg(not(feature = "cards"))]
impl SocialCard {
    fn draw(&self) -> Option<Vec<u8>> {
        None
    }
}

/// From the edge to the text, in pixels.
#[cfg(feature = "cards")]
const MARGIN: f64 = 80.0;

/// Sizes of a title, and how many lines each may take.
#[cfg(feature = "cards")]
const TITLES: [(f64, usize); 5] = [(92.0, 2), (80.0, 3), (68.0, 3), (56.0, 4), (48.0, 5)];

/// More letters of a title are never shown.
#[cfg(feature = "cards")]
const TITLE_MAX: usize = 240;

#[cfg(feature = "cards")]
impl SocialCard {
    /// The PNG.
    fn draw(&self) -> Option<Vec<u8>> {
        use resvg::{tiny_skia, usvg};
        let tree = usvg::Tree::from_str(&self.svg(), &usvg::Options::default()).ok()?;
        let mut pixmap = tiny_skia::Pixmap::new(SIZE.0, SIZE.1)?;
        resvg::render(&tree, tiny_skia::Transform::default(), &mut pixmap.as_mut());
        pixmap.encode_png().ok()
    }

    fn svg(&self) -> String {
        use outline::{Weight, write};
        let (width, height) = (f64::from(SIZE.0), f64::from(SIZE.1));
        let (paper, text, muted, evidence, line) =
            ("#fdfcfa", "#1f2328", "#5b6069", "#0b6b52", "#e2dfd8");
        let accent = match self.accent.as_str() {
            "" => evidence.to_owned(),
            colour => accent::on_paper(colour).unwrap_or_else(|| evidence.to_owned()),
        };
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\">\
             <rect width=\"{width}\" height=\"{height}\" fill=\"{paper}\"/>\
             <rect width=\"16\" height=\"{height}\" fill=\"{accent}\"/>\
             <rect x=\"{MARGIN}\" y=\"72\" width=\"56\" height=\"56\" rx=\"12\" fill=\"{accent}\"/>\
             <path d=\"M{} 88h28v26\" fill=\"none\" stroke=\"#fff\" stroke-width=\"7\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/>\
             <path d=\"M{MARGIN} 520H{}\" stroke=\"{line}\" stroke-width=\"2\"/>",
            MARGIN + 14.0,
            width - MARGIN,
        );
        let room = width - 2.0 * MARGIN;
        let one = |text: &str, size: f64, weight, room: f64| {
            let measure = |text: &str| outline::width(text, size, weight);
            lines::cut(text, room, &measure)
        };
        let site = one(&self.site, 34.0, Weight::Bold, room / 2.0);
        svg.push_str(&write(
            &site,
            MARGIN + 76.0,
            112.0,
            34.0,
            Weight::Bold,
            text,
        ));
        let part_of = one(&self.part_of, 30.0, Weight::Regular, room / 2.0 - 40.0);
        let from_right = width - MARGIN - outline::width(&part_of, 30.0, Weight::Regular);
        svg.push_str(&write(
            &part_of,
            from_right,
            111.0,
            30.0,
            Weight::Regular,
            muted,
        ));
        let (size, title) = self.title_lines(room);
        // Between the head and the line below, a little above the middle.
        let leading = size * 1.28;
        let top = 320.0 - leading * title.len() as f64 / 2.0 + size * 0.9;
        for (index, line) in title.iter().enumerate() {
            let y = top + leading * index as f64;
            svg.push_str(&write(line, MARGIN, y, size, Weight::Bold, text));
        }
        let (colour, sign) = match self.verified {
            true => (evidence, "✓ "),
            false => (muted, ""),
        };
        let facts = one(
            &format!("{sign}{}", self.facts),
            30.0,
            Weight::Regular,
            room,
        );
        svg.push_str(&write(&facts, MARGIN, 572.0, 30.0, Weight::Regular, colour));
        svg.push_str("</svg>");
        svg
    }

    /// The title in lines, as large as it may be.
    fn title_lines(&self, room: f64) -> (f64, Vec<String>) {
        // No more than fits: whoever writes a title of a thousand letters waits for none of them.
        let title: String = self.title.chars().take(TITLE_MAX).collect();
        let in_lines = |size: f64| {
            let measure = |text: &str| outline::width(text, size, outline::Weight::Bold);
            lines::balanced(&title, room, &measure)
        };
        for (size, lines_max) in TITLES {
            let lines = in_lines(size);
            if lines.len() <= lines_max {
                return (size, lines);
            }
        }
        let (size, lines_max) = TITLES[TITLES.len() - 1];
        let mut lines = in_lines(size);
        lines.truncate(lines_max);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
        (size, lines)
    }
}

#[cfg(all(test, feature = "cards"))]
mod tests {
    use super::*;
    use crate::site::keep::NoShelves;

    fn card(title: &str) -> SocialCard {
        SocialCard {
            site: "기억".to_owned(),
            part_of: "파이썬의 메모리".to_owned(),
            title: title.to_owned(),
            facts: "실행 검증됨 · 블록 9개".to_owned(),
            verified: true,
            accent: String::new(),
        }
    }

    #[test]
    fn a_card_is_a_picture_of_its_size_and_the_same_twice() {
        let picture = || card("참조 횟수").picture(&NoShelves).expect("a picture");
        let first = picture();
        assert_eq!(first, picture());
        let number = |at: usize| -> u32 {
            let bytes = first.bytes.get(at..at + 4).expect("a whole header");
            bytes
                .iter()
                .fold(0, |sum, byte| sum << 8 | u32::from(*byte))
        };
        assert!(first.bytes.starts_with(b"\x89PNG"));
        assert_eq!((number(16), number(20)), SIZE);
        assert!(first.bytes.len() < 80_000, "{} bytes", first.bytes.len());
        if let Some(folder) = std::env::var_os("GIEOK_DRAW") {
            let file = std::path::Path::new(&folder).join("card.png");
            std::fs::write(file, &first.bytes).expect("a folder to draw into");
        }
    }

    #[test]
    fn any_title_fits() {
        for title in [
            "",
            "가",
            "<script> & \"x\"",
            "a very long title that goes on and on, with `code`, 한글 and 漢字 😀 which no font of ours has, and more",
            &"가나다라".repeat(30),
            &"w".repeat(120),
        ] {
            let card = card(title);
            let (_, lines) = card.title_lines(1040.0);
            assert!(lines.len() <= 5, "{lines:?}");
            let svg = card.svg();
            let tree = resvg::usvg::Tree::from_str(&svg, &resvg::usvg::Options::default());
            assert!(tree.is_ok(), "{title}");
        }
    }
}
