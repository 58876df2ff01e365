//! `book.toml`: what is the same for all posts of a book.

mod permalink;
mod reader;
mod schema;
mod words;

pub use permalink::Permalink;
pub use schema::schema;
pub use words::Words;

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::source::Source;

/// A text in each language: `{ ko = "기억", en = "Memory" }`.
pub type ByLanguage = BTreeMap<String, String>;

/// The settings of a book. Every one has a default; a key that does not exist is an error.
///
/// ```toml
/// default_language = "ko"
/// base_url = "https://example.org/memory/"
/// python = "3.13"
///
/// [title]
/// ko = "기억"
/// en = "gieok"
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The site's name in each language.
    pub title: ByLanguage,
    /// One sentence about the site in each language.
    pub description: ByLanguage,
    /// Who writes it, for feeds; empty if nobody is named.
    pub author: String,
    /// Where the site will stand, for feeds, the sitemap and previews; empty if nobody knows.
    pub base_url: String,
    /// The language whose pages have no prefix in their addresses.
    pub default_language: String,
    /// The Python version whose results the pages show; versions that are compared with it may follow.
    pub python: Vec<String>,
    /// Further versions that are compared: `3.12`, `3.12..3.14`, `all`.
    pub matrix: Vec<String>,
    /// `block`: each block has its own state. `page`: the blocks of a post share one.
    pub session: SessionScope,
    /// What the addresses of posts look like.
    pub permalink: Permalink,
    /// What the site looks like.
    pub theme: ThemeSettings,
    /// Names for the series that posts name by `series: key`.
    pub series: BTreeMap<String, SeriesNames>,
    /// The words of the languages of which the book says some otherwise; [`Config::words`] has those of every language.
    pub words: BTreeMap<String, Words>,
}

/// What a book says of its site's look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeSettings {
    /// The site brings its own fonts, cut to the letters that it uses; else pages are set in the reader's.
    pub fonts: bool,
    /// Each post has a picture for links to it elsewhere, once `base_url` is known.
    pub cards: bool,
    /// The colour of links and marks, `#1f5fbf`; empty for ours.
    pub accent: String,
}

impl Default for ThemeSettings {
    fn default() -> ThemeSettings {
        ThemeSettings {
            fonts: true,
            cards: true,
            accent: String::new(),
        }
    }
}

/// How readers know a series.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SeriesNames {
    /// Its place among the series of `book.toml`, in which readers see them.
    pub place: usize,
    /// Its name in each language.
    pub title: ByLanguage,
    /// One sentence about it in each language.
    pub description: ByLanguage,
}

/// Who shares the state that Python code leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SessionScope {
    /// Each block starts fresh.
    #[default]
    Block,
    /// The blocks of a post follow each other.
    Page,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            title: ByLanguage::new(),
            description: ByLanguage::new(),
            author: String::new(),
            base_url: String::new(),
            default_language: "ko".to_owned(),
            python: vec!["3.13".to_owned()],
            matrix: Vec::new(),
            session: SessionScope::Block,
            permalink: Permalink::Path,
            theme: ThemeSettings::default(),
            series: BTreeMap::new(),
            words: BTreeMap::new(),
        }
    }
}

impl Config {
    /// Reads the text of a `book.toml`. A setting with a mistake keeps its default, so that the posts can still be read.
    pub fn parse(source: &Source) -> (Config, Vec<Diagnostic>) {
        reader::read(source)
    }

    /// The words that pages of a language say: the book's, else ours.
    pub fn words(&self, lang: &str) -> &Words {
        self.words.get(lang).unwrap_or_else(|| Words::of(lang))
    }

    /// The site's name in a language: its own, else the default language's, else the tool's.
    pub fn title_in(&self, lang: &str) -> String {
        self.text_in(&self.title, lang)
            .unwrap_or_else(|| "gieok".to_owned())
    }

    /// The sentence about the site in a language; empty if there is none.
    pub fn description_in(&self, lang: &str) -> String {
        self.description.get(lang).cloned().unwrap_or_default()
    }

    /// The name of a series in a language; its key where `book.toml` gives it none.
    pub fn series_title_in(&self, key: &str, lang: &str) -> String {
        let names = self.series.get(key);
        names
            .and_then(|names| self.text_in(&names.title, lang))
            .unwrap_or_else(|| key.to_owned())
    }

    /// The sentence about a series in a language; empty if there is none.
    pub fn series_description_in(&self, key: &str, lang: &str) -> String {
        let names = self.series.get(key);
        names
            .and_then(|names| names.description.get(lang).cloned())
            .unwrap_or_default()
    }

    /// The full address of something at a path from the site's root; `None` if nobody knows where the site will stand.
    pub fn url(&self, path: &str) -> Option<String> {
        let base = self.base_url.trim_end_matches('/');
        (!base.is_empty()).then(|| format!("{base}/{path}"))
    }

    /// The path of the site's root on its host: `/`, or `/memory/` for a site below a folder.
    pub fn base_path(&self) -> String {
        let after_scheme = self.base_url.split_once("://").map(|(_, rest)| rest);
        let path = after_scheme.and_then(|rest| rest.split_once('/'));
        match path.map(|(_, path)| path.trim_matches('/')) {
            Some(path) if !path.is_empty() => format!("/{path}/"),
            _ => "/".to_owned(),
        }
    }

    fn text_in(&self, texts: &ByLanguage, lang: &str) -> Option<String> {
        texts
            .get(lang)
            .or_else(|| texts.get(&self.default_language))
            .cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Vec<String> {
        let source = Source::new("book.toml", text);
        let (_, diagnostics) = Config::parse(&source);
        let line = |diagnostic: &Diagnostic| {
            format!(
                "{}: {} ({})",
                source.line(diagnostic.span.start),
                diagnostic.message,
                diagnostic.help.join(" ")
            )
        };
        diagnostics.iter().map(line).collect()
    }

    #[test]
    fn settings_have_defaults() {
        assert_eq!(check(""), Vec::<String>::new());
        assert_eq!(Config::default().title_in("en"), "gieok");
        let (config, _) = Config::parse(&Source::new(
            "book.toml",
            "session = \"page\"\n[title]\nko = \"기억\"\n",
        ));
        assert_eq!(
            (config.title_in("en"), config.session),
            ("기억".to_owned(), SessionScope::Page)
        );
    }

    #[test]
    fn every_mistake_has_its_place_and_advice_in_one_pass() {
        assert_eq!(
            check(
                "python = 3.13\nbase-url = \"x\"\nsession = \"pages\"\n[titel]\nko = 1\n[title]\nko = 1\n[series.memory]\nname = \"x\"\n"
            ),
            [
                "1: `python` is a text (write it in quotes: `python = \"3.13\"`)",
                "2: there is no setting `base-url` (did you mean `base_url`?)",
                "3: `session` cannot be `pages` (did you mean `page`?)",
                "4: there is no setting `titel` (did you mean `title`?)",
                "7: `title.ko` is a text (write it in quotes: `ko = \"1\"`)",
                "9: there is no setting `series.memory.name` (the keys are `title`, `description`)",
            ]
        );
        assert_eq!(
            check("[theme]\nfonts = \"no\"\naccent = \"blueish\"\nfont = true\n"),
            [
                "2: `theme.fonts` is yes or no (write `fonts = true` or `fonts = false`)",
                "3: `blueish` is no colour (write it as `#1f5fbf`)",
                "4: there is no setting `theme.font` (did you mean `theme.fonts`?)",
            ]
        );
        assert_eq!(
            check(
                "[words]\nko = \"x\"\n[words.en]\ncopys = \"x\"\nbanana_split = \"x\"\ncopy = 1\nclose = \" \"\nposts_many = \"{count} posts\"\nhome = \"{n}\"\nmonths = [\"1\"]\n"
            ),
            [
                "2: `words.ko` is a table (write a line `[words.ko]`, and below it one line for each word: `copy = \"…\"`)",
                "4: there is no setting `words.en.copys` (did you mean `words.en.copy`?)",
                "5: there is no setting `words.en.banana_split` (`gieok schema` lists them all)",
                "6: `words.en.copy` is a text (write it in quotes: `copy = \"1\"`)",
                "7: `words.en.close` is empty (remove the line; our word is then `Close`, in the page's language)",
                "8: `words.en.posts_many` cannot have `{count}` (it may have `{n}`)",
                "9: `words.en.home` cannot have `{n}` (this word has no places to fill; write it without braces)",
                "10: `words.en.months` is a list of 12 texts (write `[\"January\", \"February\", …]`)",
            ]
        );
        assert!(check("python = \n").contains(&"1: the settings cannot be read ()".to_owned()));
        assert_eq!(
            check("author = \"x\nsesion = \"page\"\n"),
            [
                "1: the settings cannot be read ()",
                "2: there is no setting `sesion` (did you mean `session`?)",
            ],
            "a mistake of TOML hides nothing"
        );
        assert_eq!(
            check("permalink = \"x/:titel\"\nbase_url = \"example.org\"\n"),
            [
                "1: a permalink cannot be `x/:titel` (write `path`, `pretty`, or a pattern that begins with `/`)",
                "2: `base_url` is not an address (write it with its scheme: `https://example.org/`)",
            ]
        );
        assert_eq!(
            check("permalink = \"/:yaer/:title.html\"\n"),
            [
                "1: a permalink has no `:yaer` (it may have `:path`, `:title`, `:year`, `:month`, `:day`, `:categories`)"
            ]
        );
    }

    #[test]
    fn the_root_on_the_host_is_part_of_the_base_url() {
        let at = |base_url: &str| {
            Config {
                base_url: base_url.to_owned(),
                ..Config::default()
            }
            .base_path()
        };
        assert_eq!(at(""), "/");
        assert_eq!(at("https://example.org"), "/");
        assert_eq!(at("https://example.org/a/b"), "/a/b/");
    }
}
