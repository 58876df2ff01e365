//! Every setting, once: its name, what it holds, what it is for. Reading `book.toml` and its JSON Schema go by this list.

use serde_json::{Map, Value, json};

use super::words;

/// What a setting holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// An address with its scheme.
    Url,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// `path`, `pretty` or a pattern.
    Permalink,
    /// A text for each language.
    ByLanguage,
    /// A table for each series.
    Series,
    /// The table of the site's look.
    Theme,
    /// A table of words for each language.
    Words,
    /// A version, or a list of versions.
    Versions,
    /// `true` or `false`.
    YesOrNo,
    /// A colour.
    Colour,
}

/// A setting.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    about: &'static str,
}

const fn key(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, kind, about }
}

/// The settings of a book.
pub const KEYS: [Key; 12] = [
    key(
        "title",
        Kind::ByLanguage,
        "The site's name in each language.",
    ),
    key(
        "description",
        Kind::ByLanguage,
        "One sentence about the site in each language.",
    ),
    key("author", Kind::Text, "Who writes it, for feeds."),
    key(
        "base_url",
        Kind::Url,
        "Where the site will stand: https://example.org/memory/. Feeds, the sitemap and previews need it.",
    ),
    key(
        "default_language",
        Kind::Text,
        "The language whose pages have no prefix in their addresses.",
    ),
    key(
        "python",
        Kind::Versions,
        "The Python version whose results the pages show. In a list, the first; the others are compared with it.",
    ),
    key(
        "matrix",
        Kind::Versions,
        "The Python versions that are compared, one by one, as a range (3.12..3.14) or all.",
    ),
    key(
        "session",
        Kind::Choice(&["block", "page"]),
        "block: each block has its own state. page: the blocks of a post share one.",
    ),
    key(
        "permalink",
        Kind::Permalink,
        "What addresses of posts look like: path (/gc/start.html), pretty (/gc/start/), or a pattern of :path, :title, :year, :month, :day and :categories.",
    ),
    key("theme", Kind::Theme, "What the site looks like."),
    key(
        "series",
        Kind::Series,
        "Names for the series that posts name by `series: key`.",
    ),
    key(
        "words",
        Kind::Words,
        "Other words for the pages of a language than ours: [words.ko], then `series = \"시리즈\"`.",
    ),
];

/// The settings of a series.
pub const SERIES_KEYS: [Key; 2] = [
    key("title", Kind::ByLanguage, "Its name in each language."),
    key(
        "description",
        Kind::ByLanguage,
        "One sentence about it in each language.",
    ),
];

/// The settings of the site's look.
pub const THEME_KEYS: [Key; 3] = [
    key(
        "fonts",
        Kind::YesOrNo,
        "true: the site brings its own fonts, cut to the letters that it uses. false: pages are set in the reader's.",
    ),
    key(
        "cards",
        Kind::YesOrNo,
        "true: each post has a picture that other sites show with a link to it, once base_url is set.",
    ),
    key(
        "accent",
        Kind::Colour,
        "The colour of links and marks: #1f5fbf. It is darkened or lightened as far as it must be to be read.",
    ),
];

/// The JSON Schema of `book.toml`, for editors. `book.schema.json` holds it.
pub fn schema() -> String {
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "book.toml",
        "description": "The settings of a gieok book.",
        "type": "object",
        "properties": properties(&KEYS),
        "additionalProperties": false,
    });
    let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text + "\n"
}

fn properties(keys: &[Key]) -> Map<String, Value> {
    let property = |key: &Key| {
        let mut schema = match key.kind {
            Kind::Text => json!({ "type": "string" }),
            Kind::Url => json!({ "type": "string", "pattern": "^(https?://.+)?$" }),
            Kind::Choice(words) => json!({ "enum": words }),
            Kind::Permalink => json!({ "type": "string", "pattern": "^(path|pretty|/.*)$" }),
            Kind::ByLanguage => {
                json!({ "type": "object", "additionalProperties": { "type": "string" } })
            }
            Kind::Versions => json!({
                "anyOf": [
                    { "type": "string" },
                    { "type": "array", "items": { "type": "string" } },
                ],
            }),
            Kind::YesOrNo => json!({ "type": "boolean" }),
            Kind::Colour => {
                json!({ "type": "string", "pattern": "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$" })
            }
            Kind::Theme => json!({
                "type": "object",
                "properties": properties(&THEME_KEYS),
                "additionalProperties": false,
            }),
            Kind::Words => json!({
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "properties": word_properties(),
                    "additionalProperties": false,
                },
            }),
            Kind::Series => json!({
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "properties": properties(&SERIES_KEYS),
                    "additionalProperties": false,
                },
            }),
        };
        schema["description"] = json!(key.about);
        (key.name.to_owned(), schema)
    };
    keys.iter().map(property).collect()
}

/// Every word that a book may say otherwise, with what we say.
fn word_properties() -> Map<String, Value> {
    let property = |(key, ours): &(String, toml::Value)| {
        let schema = match ours {
            toml::Value::Array(months) => json!({
                "type": "array",
                "items": { "type": "string", "minLength": 1 },
                "minItems": months.len(),
                "maxItems": months.len(),
            }),
            ours => json!({
                "type": "string",
                "minLength": 1,
                "description": format!("In English: {}", ours.as_str().unwrap_or_default()),
            }),
        };
        (key.clone(), schema)
    };
    words::overridable().iter().map(property).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_schema_beside_the_book_is_current() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/book.schema.json");
        let found = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            found == super::schema(),
            "run `gieok schema > book.schema.json`"
        );
    }
}
