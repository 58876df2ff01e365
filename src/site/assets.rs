//! The files beside the pages: one stylesheet, one script. Their names carry a hash of what is in them, so a browser
//! may keep them for ever.

use super::accent;
use super::font::Fonts;

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its path from the site's root: `assets/site.1a2b3c4d.css`.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The assets of every site.
#[derive(Debug, Clone)]
pub struct Assets {
    /// The stylesheet.
    pub style: Asset,
    /// The script; pages are complete without it.
    pub script: Asset,
    /// The search, which a page loads when a reader asks for it.
    pub search: Asset,
    /// The site's own fonts; none until they are cut.
    pub fonts: Fonts,
}

const TOKENS: &str = include_str!("../../static/tokens.css");
const PAGE: &str = include_str!("../../static/page.css");
const DIAGRAM: &str = include_str!("../../static/diagram.css");
const SCRIPT: &str = include_str!("../../static/site.js");
const SEARCH: &str = include_str!("../../static/search.js");

impl Assets {
    /// The assets as this build has them.
    pub fn new() -> Assets {
        Assets {
            style: text("site", "css", stylesheet()),
            script: text("site", "js", squeezed_script(SCRIPT)),
            search: text("search", "js", squeezed_script(SEARCH)),
            fonts: Fonts::default(),
        }
    }

    /// The same with fonts and an accent colour of the site's own.
    #[must_use]
    pub fn with(self, fonts: Fonts, accent: &str) -> Assets {
        let accent = accent::style(accent).unwrap_or_default();
        Assets {
            style: text("site", "css", stylesheet() + &accent + &fonts.style),
            fonts,
            ..self
        }
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Asset> {
        [&self.style, &self.script, &self.search]
            .into_iter()
            .chain(&self.fonts.files)
    }
}

impl Default for Assets {
    fn default() -> Assets {
        Assets::new()
    }
}

fn text(name: &str, kind: &str, text: String) -> Asset {
    hashed(name, kind, text.into_bytes())
}

/// A file whose name says what is in it.
pub fn hashed(name: &str, kind: &str, bytes: Vec<u8>) -> Asset {
    let hash = blake3::hash(&bytes).to_hex();
    Asset {
        path: format!(
            "assets/{name}.{}.{kind}",
            hash.as_str().get(..8).unwrap_or_default()
        ),
        bytes,
    }
}

/// The whole stylesheet, also for pictures that stand alone.
pub fn stylesheet() -> String {
    squeezed_style(&format!("{}{PAGE}{DIAGRAM}", themes()))
}

/// The stylesheet of a picture that stands alone, in the light theme.
pub fn picture_stylesheet() -> String {
    let sans = "svg{--sans:system-ui,\"Apple SD Gothic Neo\",\"Noto Sans KR\",\"Noto Sans CJK KR\",sans-serif;--mono:ui-monospace,Menlo,\"DejaVu Sans Mono\",\"Noto Sans Mono CJK KR\",monospace}";
    squeezed_style(&format!("{}{sans}{DIAGRAM}", themes()))
}

/// The colour tokens for each theme, without the `light-dark()` that older browsers lack: light for all, dark where
/// the system asks for it and the reader does not refuse it, dark where the reader asks for it.
fn themes() -> String {
    let (mut light, mut dark) = (String::new(), String::new());
    for (name, light_value, dark_value) in tokens() {
        light.push_str(&format!("{name}:{light_value};"));
        dark.push_str(&format!("{name}:{dark_value};"));
    }
    format!(
        ":root{{color-scheme:light;{light}}}\
         @media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\
         :root[data-theme=dark]{{color-scheme:dark;{dark}}}\
         @media print{{:root:root{{color-scheme:light;{light}}}}}"
    )
}

/// Every colour token: its name, its light and its dark value.
pub fn tokens() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    TOKENS.lines().filter_map(|line| {
        let (name, value) = line.trim().split_once(':')?;
        let (light, dark) = value
            .trim()
            .strip_prefix("light-dark(")?
            .strip_suffix(");")?
            .split_once(',')?;
        Some((name, light.trim(), dark.trim()))
    })
}

/// A stylesheet without comments and line breaks. Spaces that mean something (between selectors, in values) stay.
fn squeezed_style(style: &str) -> String {
    let mut squeezed = String::with_capacity(style.len());
    let mut rest = style;
    while let Some((before, comment)) = rest.split_once("/*") {
        squeezed.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    squeezed.push_str(rest);
    let joined = squeezed
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    [
        ("{ ", "{"),
        (" {", "{"),
        (" }", "}"),
        ("} ", "}"),
        ("; ", ";"),
        (": ", ":"),
        (";}", "}"),
    ]
    .iter()
    .fold(joined, |text, (from, to)| text.replace(from, to))
}

/// The script without its indentation and whole-line comments.
fn squeezed_script(script: &str) -> String {
    let lines = script
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::colour::{Hue, Use, parse};
    use crate::site::accent;

    /// The contrast of two tokens in the light theme and in the dark one.
    fn contrast(first: &str, second: &str) -> [f64; 2] {
        let value = |name: &str| {
            tokens()
                .find(|(token, ..)| *token == name)
                .unwrap_or_else(|| panic!("no token {name}"))
        };
        let (first, second) = (value(first), value(second));
        [(first.1, second.1), (first.2, second.2)].map(|(first, second)| {
            let colour = |text| parse(text).expect("a token is a colour");
            accent::contrast(colour(first), colour(second))
        })
    }

    #[test]
    fn text_can_be_read_in_both_themes() {
        for (text, ground, least) in [
            ("--text", "--bg", 7.0),
            ("--text", "--surface", 7.0),
            ("--muted", "--bg", 4.5),
            ("--muted", "--surface", 4.5),
            ("--accent", "--bg", 4.5),
            ("--evidence", "--bg", 4.5),
            ("--evidence", "--evidence-soft", 4.5),
            ("--evidence", "--surface", 4.5),
            ("--error", "--error-soft", 4.5),
            ("--error", "--surface", 4.5),
            ("--warn", "--warn-soft", 4.5),
            ("--muted", "--accent-soft", 4.5),
            ("--k", "--accent-soft", 4.5),
            ("--s", "--accent-soft", 4.5),
            ("--n", "--accent-soft", 4.5),
            ("--c", "--accent-soft", 4.5),
            ("--f", "--accent-soft", 4.5),
            ("--t", "--accent-soft", 4.5),
            ("--d", "--accent-soft", 4.5),
            ("--bg", "--accent", 4.5),
            ("--k", "--surface", 4.5),
            ("--s", "--surface", 4.5),
            ("--n", "--surface", 4.5),
            ("--c", "--surface", 4.5),
            ("--f", "--surface", 4.5),
            ("--t", "--surface", 4.5),
            ("--d", "--surface", 4.5),
            ("--dg-muted", "--dg-group", 4.5),
            ("--dg-muted", "--dg-head", 4.5),
            ("--dg-muted", "--dg-bg", 4.5),
            ("--dg-line", "--dg-bg", 3.0),
        ] {
            for (theme, found) in ["light", "dark"].into_iter().zip(contrast(text, ground)) {
                assert!(
                    found >= least,
                    "{text} on {ground} in {theme}: {found:.2}, wanted {least}"
                );
            }
        }
    }

    #[test]
    fn letters_on_every_fill_of_a_diagram_can_be_read() {
        for hue in Hue::ALL {
            let name = |paints: Use| {
                hue.token(paints)
                    .trim_start_matches("var(")
                    .trim_end_matches(')')
                    .to_owned()
            };
            for (theme, found) in ["light", "dark"]
                .into_iter()
                .zip(contrast("--dg-text", &name(Use::Fill)))
            {
                assert!(found >= 7.0, "text on {hue:?} in {theme}: {found:.2}");
            }
            for (theme, found) in ["light", "dark"]
                .into_iter()
                .zip(contrast("--dg-muted", &name(Use::Fill)))
            {
                assert!(found >= 4.5, "muted text on {hue:?} in {theme}: {found:.2}");
            }
            for (theme, found) in ["light", "dark"]
                .into_iter()
                .zip(contrast(&name(Use::Line), "--dg-bg"))
            {
                assert!(found >= 3.0, "line of {hue:?} in {theme}: {found:.2}");
            }
        }
    }

    #[test]
    fn every_token_in_use_exists() {
        let style = stylesheet();
        let names: Vec<&str> = tokens().map(|(name, ..)| name).collect();
        for used in style
            .split("var(")
            .skip(1)
            .filter_map(|rest| rest.split([')', ',']).next())
        {
            let defined = names.contains(&used) || style.contains(&format!("{used}:"));
            assert!(defined, "{used} is used and not defined");
        }
        assert!(!style.contains("light-dark("), "themes are written out");
    }
}
