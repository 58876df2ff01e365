//! `book.toml`: what is the same for all posts of a book.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::diagnostic::{Diagnostic, closest};
use crate::source::{Source, Span};

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
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The site's name in each language.
    pub title: BTreeMap<String, String>,
    /// One sentence about the site in each language.
    pub description: BTreeMap<String, String>,
    /// Where the site will stand, for feeds and previews; empty if nobody knows.
    pub base_url: String,
    /// The language whose pages have no prefix in their addresses.
    pub default_language: String,
    /// The Python version whose results the pages show.
    pub python: String,
    /// `block`: each block has its own state. `page`: the blocks of a post share one.
    pub session: SessionScope,
}

/// Who shares the state that Python code leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SessionScope {
    /// Each block starts fresh.
    #[default]
    Block,
    /// The blocks of a post follow each other.
    Page,
}

/// Every key, for suggestions.
const KEYS: [&str; 6] = [
    "base_url",
    "default_language",
    "description",
    "python",
    "session",
    "title",
];

impl Default for Config {
    fn default() -> Config {
        Config {
            title: BTreeMap::new(),
            description: BTreeMap::new(),
            base_url: String::new(),
            default_language: "ko".to_owned(),
            python: "3.13".to_owned(),
            session: SessionScope::Block,
        }
    }
}

impl Config {
    /// Reads the text of a `book.toml`. With a mistake in it the defaults stand in, so that the posts can still be read.
    pub fn parse(source: &Source) -> (Config, Vec<Diagnostic>) {
        match toml::from_str::<Config>(source.text()) {
            Ok(config) => (config, Vec::new()),
            Err(error) => (Config::default(), vec![mistake(source, &error)]),
        }
    }

    /// The site's name in a language: its own, else the default language's, else the tool's.
    pub fn title_in(&self, lang: &str) -> String {
        let title = self
            .title
            .get(lang)
            .or_else(|| self.title.get(&self.default_language));
        title.cloned().unwrap_or_else(|| "gieok".to_owned())
    }

    /// The sentence about the site in a language; empty if there is none.
    pub fn description_in(&self, lang: &str) -> String {
        self.description.get(lang).cloned().unwrap_or_default()
    }
}

fn mistake(source: &Source, error: &toml::de::Error) -> Diagnostic {
    let place = error.span().map_or(Span::at(0), Span::from);
    let message = error
        .message()
        .lines()
        .next()
        .unwrap_or_default()
        .to_owned();
    let key = source.slice(place).trim();
    if message.starts_with("unknown field") {
        let near = closest(key, KEYS).map(|near| format!("did you mean `{near}`?"));
        let all = || {
            format!(
                "the keys are {}",
                KEYS.map(|key| format!("`{key}`")).join(", ")
            )
        };
        return Diagnostic::error("config", place, format!("there is no setting `{key}`"))
            .help(near.unwrap_or_else(all));
    }
    Diagnostic::error("config", place, "the settings cannot be read").label(place, message)
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
    fn mistakes_have_places_and_advice() {
        assert_eq!(
            check("python = \"3.13\"\nbase-url = \"x\"\n"),
            ["2: there is no setting `base-url` (did you mean `base_url`?)"]
        );
        assert_eq!(check("python = 3.13\n").len(), 1);
        assert_eq!(check("python = \n").len(), 1);
    }
}
