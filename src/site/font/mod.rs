//! The site's own fonts, cut to the letters that it uses.
//!
//! ```text
//! posts, results, words ─▶ Lettering ─▶ for each face: font + letters ─▶ WOFF2 with a hash in its name
//! ```
//!
//! A cut is a pure function of the font and the letters, so it can be kept from build to build. Faces of Latin and of
//! Hangul are files of their own: an English page loads no Hangul.

#[cfg(feature = "fonts")]
mod cut;
mod letters;

pub use letters::{Lettering, Letters};

use super::assets::{Asset, hashed};
use super::keep::{Shelves, key};

/// A font as it lies in `fonts/`, and what it is for.
struct Face {
    /// The name of its file in the site.
    name: &'static str,
    family: &'static str,
    /// A rule for each: browsers join only faces of one and the same weight into one font.
    weights: &'static [&'static str],
    font: Font,
    script: Script,
    letters: fn(&Lettering) -> &Letters,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Font {
    Sans400,
    Sans700,
    Mono400,
    Mono700,
    HangulMono400,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Hangul,
}

impl Script {
    /// Letters of the other script that come with the first: the name of the language, which every page shows.
    const NAMES: &str = "한국어";

    fn holds(self, letter: char) -> bool {
        let is_hangul = matches!(letter, '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{ac00}'..='\u{d7a3}');
        match self {
            Script::Latin => !is_hangul || Script::NAMES.contains(letter),
            Script::Hangul => is_hangul,
        }
    }

    /// For which letters a browser asks for the file.
    fn range(self) -> &'static str {
        match self {
            Script::Latin => "U+0-10FF,U+1200-3130,U+318F-ABFF,U+D7A4-FFFF,U+AD6D,U+C5B4,U+D55C",
            Script::Hangul => "U+1100-11FF,U+3131-318E,U+AC00-D7A3",
        }
    }
}

const REGULAR: &str = "100 500";
const BOLD: &str = "600 900";

/// Where two faces have a letter the later one stands: Latin after Hangul.
const FACES: [Face; 7] = [
    Face {
        name: "hangul-400",
        family: "Gieok Sans",
        weights: &[REGULAR],
        font: Font::Sans400,
        script: Script::Hangul,
        letters: |lettering| &lettering.text,
    },
    Face {
        name: "sans-400",
        family: "Gieok Sans",
        weights: &[REGULAR],
        font: Font::Sans400,
        script: Script::Latin,
        letters: |lettering| &lettering.text,
    },
    Face {
        name: "hangul-700",
        family: "Gieok Sans",
        weights: &[BOLD],
        font: Font::Sans700,
        script: Script::Hangul,
        letters: |lettering| &lettering.strong,
    },
    Face {
        name: "sans-700",
        family: "Gieok Sans",
        weights: &[BOLD],
        font: Font::Sans700,
        script: Script::Latin,
        letters: |lettering| &lettering.strong,
    },
    Face {
        name: "hangul-mono",
        family: "Gieok Hangul Mono",
        weights: &[REGULAR, BOLD],
        font: Font::HangulMono400,
        script: Script::Hangul,
        letters: |lettering| &lettering.code,
    },
    Face {
        name: "mono-400",
        family: "Gieok Mono",
        weights: &[REGULAR],
        font: Font::Mono400,
        script: Script::Latin,
        letters: |lettering| &lettering.code,
    },
    Face {
        name: "mono-700",
        family: "Gieok Mono",
        weights: &[BOLD],
        font: Font::Mono700,
        script: Script::Latin,
        letters: |lettering| &lettering.code,
    },
];

/// Fonts of the reader's with the measures of ours, so that nothing moves when ours come. The sizes are those of
/// Hangul: 0.864 em in ours, 0.92 em in Noto Sans KR and Malgun Gothic.
const FALLBACK: &str = "\
@font-face{font-family:\"Gieok Fallback\";src:local(\"Noto Sans CJK KR\"),local(\"Noto Sans KR\"),local(\"Malgun Gothic\");\
size-adjust:94%;ascent-override:101.3%;descent-override:25.7%;line-gap-override:0%}\
@font-face{font-family:\"Gieok Fallback\";src:local(\"Apple SD Gothic Neo\");\
ascent-override:95.2%;descent-override:24.1%;line-gap-override:0%}";

/// The licence of all of them, which goes wherever they go.
#[cfg(feature = "fonts")]
const LICENCE: &str = include_str!("../../../fonts/OFL.txt");
#[cfg(not(feature = "fonts"))]
const LICENCE: &str = "";

/// The fonts of a site.
#[derive(Debug, Clone, Default)]
pub struct Fonts {
    /// Rules for the stylesheet, which lies in `assets/`.
    pub style: String,
    /// The files, and the licence.
    pub files: Vec<Asset>,
    /// What the first lines of a page in Korean need.
    pub first_korean: Vec<String>,
    /// The same for any other language.
    pub first: Vec<String>,
}

impl Fonts {
    /// Cuts the fonts to a site's letters. Cuts are kept on `shelves`. A build without the feature `fonts` has
    /// none.
    pub fn cut(lettering: &Lettering, shelves: &dyn Shelves) -> Fonts {
        let mut fonts = Fonts::default();
        let cut = std::thread::scope(|scope| {
            let threads: Vec<_> = FACES
                .iter()
                .map(|face| scope.spawn(move || face.cut(lettering, shelves)))
                .collect();
            let joined = threads
                .into_iter()
                .map(|thread| thread.join().ok().flatten());
            joined.collect::<Vec<_>>()
        });
        for (face, bytes) in FACES.iter().zip(cut) {
            let Some(bytes) = bytes else { continue };
            let file = hashed(&format!("fonts/{}", face.name), "woff2", bytes);
            if face.font == Font::Sans400 {
                fonts.first_korean.push(file.path.clone());
                if face.script == Script::Latin {
                    fonts.first.push(file.path.clone());
                }
            }
            fonts.style.push_str(&face.rule(&file));
            fonts.files.push(file);
        }
        if !fonts.files.is_empty() {
            fonts.style.push_str(FALLBACK);
            fonts.files.push(Asset {
                path: "assets/fonts/OFL.txt".to_owned(),
                bytes: LICENCE.as_bytes().to_owned(),
            });
        }
        fonts
    }
}

impl Face {
    fn cut(&self, lettering: &Lettering, shelves: &dyn Shelves) -> Option<Vec<u8>> {
        let wanted = (self.letters)(lettering).iter();
        let letters: String = wanted.filter(|letter| self.script.holds(*letter)).collect();
        if letters.is_empty() {
            return None;
        }
        let shelf = shelves.shelf("font", self.name);
        let key = key("font", &[self.name.as_bytes(), letters.as_bytes()]);
        shelf.get(key).or_else(|| {
            let cut = self.font.cut(&letters)?;
            shelf.put(key, cut.clone());
            Some(cut)
        })
    }

    fn rule(&self, file: &Asset) -> String {
        // From the stylesheet, which lies in `assets/`.
        let way = file.path.trim_start_matches("assets/");
        // The code's Latin letters are 0.6 em wide: Hangul of 1.2 em is as wide as two of them.
        let adjust = match self.font {
            Font::HangulMono400 => "size-adjust:120%;",
            _ => "",
        };
        let rule = |weight: &&str| {
            format!(
                "@font-face{{font-family:\"{}\";font-weight:{weight};font-display:swap;src:url({way}) format(\"woff2\");{adjust}unicode-range:{}}}",
                self.family,
                self.script.range()
            )
        };
        self.weights.iter().map(rule).collect()
    }
}

/// The fonts that cards are drawn with, regular and bold: for text, and for signs that fonts of text lack.
#[cfg(feature = "cards")]
pub const WHOLE: [[&[u8]; 2]; 2] = [
    [Font::Sans400.bytes(), Font::Mono400.bytes()],
    [Font::Sans700.bytes(), Font::Mono700.bytes()],
];

#[cfg(feature = "fonts")]
impl Font {
    const fn bytes(self) -> &'static [u8] {
        match self {
            Font::Sans400 => include_bytes!("../../../fonts/sans-400.ttf"),
            Font::Sans700 => include_bytes!("../../../fonts/sans-700.ttf"),
            Font::Mono400 => include_bytes!("../../../fonts/mono-400.ttf"),
            Font::Mono700 => include_bytes!("../../../fonts/mono-700.ttf"),
            Font::HangulMono400 => include_bytes!("../../../fonts/hangul-mono-400.ttf"),
        }
    }

    fn cut(self, letters: &str) -> Option<Vec<u8>> {
        cut::cut(self.bytes(), letters)
    }
}

#[cfg(not(feature = "fonts"))]
impl Font {
    fn cut(self, _letters: &str) -> Option<Vec<u8>> {
        None
    }
}

#[cfg(all(test, feature = "fonts"))]
mod tests {
    use super::*;
    use crate::site::keep::{Key, NoShelves, Shelf};

    fn lettering(text: &str) -> Lettering {
        let mut lettering = Lettering::default();
        for letters in [
            &mut lettering.text,
            &mut lettering.strong,
            &mut lettering.code,
        ] {
            letters.add(text);
        }
        lettering
    }

    #[test]
    fn a_cut_is_small_and_the_same_twice() {
        let cut = || Fonts::cut(&lettering("abc 가나다 한국어"), &NoShelves);
        let fonts = cut();
        assert_eq!(fonts.files, cut().files);
        assert_eq!(fonts.files.len(), 8, "seven faces and the licence");
        let fonts_only = fonts
            .files
            .iter()
            .filter(|file| file.path.ends_with("woff2"));
        for file in fonts_only {
            assert!(
                file.bytes.starts_with(b"wOF2") && file.bytes.len() < 4_000,
                "{}",
                file.path
            );
        }
        assert_eq!((fonts.first.len(), fonts.first_korean.len()), (1, 2));
        let english = Fonts::cut(&lettering("abc 한"), &NoShelves);
        assert!(english.style.contains("fonts/sans-400."));
    }

    /// Says that it has everything.
    struct Full;

    impl Shelves for Full {
        fn shelf(&self, _kind: &'static str, _name: &str) -> Box<dyn Shelf + '_> {
            Box::new(Full)
        }
    }

    impl Shelf for Full {
        fn get(&self, _key: Key) -> Option<Vec<u8>> {
            Some(b"kept".to_vec())
        }

        fn put(&self, _key: Key, _bytes: Vec<u8>) {}
    }

    #[test]
    fn what_is_kept_is_not_cut_again() {
        let fonts = Fonts::cut(&lettering("a가"), &Full);
        assert!(fonts.files.iter().take(7).all(|file| file.bytes == b"kept"));
    }

    #[test]
    fn letters_that_no_font_has_are_no_mistake() {
        let fonts = Fonts::cut(&lettering("뷁\u{e000}\u{fffe}漢"), &NoShelves);
        assert!(!fonts.files.is_empty());
    }
}
