//! From the text of a `book.toml` to settings; every mistake is told in one pass.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostic, closest};
use crate::source::{Source, Span};

use super::permalink::Permalink;
use super::schema::{KEYS, Key, Kind, SERIES_KEYS, THEME_KEYS};
use super::{ByLanguage, Config, SeriesNames, SessionScope, Words, words};

/// Reads all settings.
pub fn read(source: &Source) -> (Config, Vec<Diagnostic>) {
    let mut config = Config::default();
    let mut reader = Reader {
        source,
        diagnostics: Vec::new(),
    };
    // What can be read is read: a quote that is missing does not hide the mistakes below it.
    let (table, errors) = DeTable::parse_recoverable(source.text());
    errors.iter().for_each(|error| reader.unreadable(error));
    reader.settings(&mut config, table.get_ref());
    reader.diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    (config, reader.diagnostics)
}

struct Reader<'a> {
    source: &'a Source,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn settings(&mut self, config: &mut Config, table: &DeTable<'_>) {
        for (key, value) in table {
            let Some(known) = self.known(key, &KEYS, "") else {
                continue;
            };
            let name = known.name;
            match known.kind {
                Kind::ByLanguage => {
                    let texts = self.by_language(name, value);
                    match name {
                        "title" => config.title = texts,
                        _ => config.description = texts,
                    }
                }
                Kind::Series => self.series(config, value),
                Kind::Theme => self.theme(config, value),
                Kind::Words => self.words(config, value),
                Kind::Versions => self.versions(config, name, value),
                Kind::YesOrNo | Kind::Colour => {}
                Kind::Text | Kind::Url | Kind::Choice(_) | Kind::Permalink => {
                    if let Some(text) = self.text(name, name, value) {
                        self.setting(config, known, text, Span::from(value.span()));
                    }
                }
            }
        }
    }

    fn setting(&mut self, config: &mut Config, key: &Key, text: String, place: Span) {
        match key.name {
            "author" => config.author = text,
            "base_url" => {
                if !text.is_empty() && !text.contains("://") {
                    let wrong = Diagnostic::error("config", place, "`base_url` is not an address");
                    self.diagnostics
                        .push(wrong.help(format!("write it with its scheme: `https://{text}/`")));
                    return;
                }
                config.base_url = text;
            }
            // What broken TOML left unsaid is as if it were not written.
            "default_language" if text.is_empty() => {}
            "default_language" => config.default_language = text,
            "permalink" => match Permalink::parse(&text) {
                Ok(permalink) => config.permalink = permalink,
                Err((message, help)) => self
                    .diagnostics
                    .push(Diagnostic::error("config", place, message).help(help)),
            },
            _ => match text.as_str() {
                "page" => config.session = SessionScope::Page,
                "block" => config.session = SessionScope::Block,
                _ => {
                    let Kind::Choice(words) = key.kind else {
                        return;
                    };
                    let near = closest(&text, words.iter().copied());
                    let help = near.map_or_else(
                        || format!("write one of {}", listed(words.iter().copied())),
                        |near| format!("did you mean `{near}`?"),
                    );
                    let message = format!("`{}` cannot be `{text}`", key.name);
                    self.diagnostics
                        .push(Diagnostic::error("config", place, message).help(help));
                }
            },
        }
    }

    fn series(&mut self, config: &mut Config, value: &Spanned<DeValue<'_>>) {
        let mut tables: Vec<_> = self.table("series", value).into_iter().flatten().collect();
        tables.sort_by_key(|(name, _)| name.span().start);
        for (place, (name, value)) in tables.into_iter().enumerate() {
            let path = format!("series.{}", name.get_ref());
            let mut names = SeriesNames {
                place,
                ..SeriesNames::default()
            };
            for (key, value) in self.table(&path, value).into_iter().flatten() {
                if let Some(known) = self.known(key, &SERIES_KEYS, &format!("{path}.")) {
                    let texts = self.by_language(&format!("{path}.{}", known.name), value);
                    match known.name {
                        "title" => names.title = texts,
                        _ => names.description = texts,
                    }
                }
            }
            config.series.insert(name.get_ref().to_string(), names);
        }
    }

    fn theme(&mut self, config: &mut Config, value: &Spanned<DeValue<'_>>) {
        for (key, value) in self.table("theme", value).into_iter().flatten() {
            let Some(known) = self.known(key, &THEME_KEYS, "theme.") else {
                continue;
            };
            let place = Span::from(value.span());
            let path = format!("theme.{}", known.name);
            match (known.kind, value.get_ref()) {
                (Kind::YesOrNo, DeValue::Boolean(is_on)) => match known.name {
                    "fonts" => config.theme.fonts = *is_on,
                    _ => config.theme.cards = *is_on,
                },
                (Kind::YesOrNo, _) => {
                    let wrong =
                        Diagnostic::error("config", place, format!("`{path}` is yes or no"));
                    let name = known.name;
                    self.diagnostics
                        .push(wrong.help(format!("write `{name} = true` or `{name} = false`")));
                }
                _ => match self.text(&path, known.name, value) {
                    Some(text) if is_colour(&text) => config.theme.accent = text,
                    Some(text) => {
                        let wrong =
                            Diagnostic::error("config", place, format!("`{text}` is no colour"));
                        self.diagnostics.push(wrong.help("write it as `#1f5fbf`"));
                    }
                    None => {}
                },
            }
        }
    }

    fn words(&mut self, config: &mut Config, value: &Spanned<DeValue<'_>>) {
        for (lang, value) in self.table("words", value).into_iter().flatten() {
            let lang = lang.get_ref();
            let path = format!("words.{lang}");
            let mut said = toml::Table::new();
            for (key, value) in self.table(&path, value).into_iter().flatten() {
                let name = key.get_ref();
                let ours = words::overridable().iter().find(|(known, _)| known == name);
                let Some((name, ours)) = ours else {
                    let names = words::overridable().iter().map(|(name, _)| name.as_str());
                    self.unknown(
                        key,
                        names,
                        &format!("{path}."),
                        "`gieok schema` lists them all",
                    );
                    continue;
                };
                let path = format!("{path}.{name}");
                let word = match ours {
                    toml::Value::Array(months) => self.texts(&path, months.len(), value),
                    ours => self.word(&path, name, ours.as_str().unwrap_or_default(), value),
                };
                said.extend(word.map(|word| (name.clone(), word)));
            }
            config
                .words
                .insert(lang.to_string(), Words::with(lang, said));
        }
    }

    /// A word: a text with the same holes as ours, or fewer.
    fn word(
        &mut self,
        path: &str,
        key: &str,
        ours: &str,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<toml::Value> {
        let text = self.text(path, key, value)?;
        let place = Span::from(value.span());
        let mut tell = |message: String, help: String| {
            self.diagnostics
                .push(Diagnostic::error("config", place, message).help(help));
        };
        if text.trim().is_empty() {
            tell(
                format!("`{path}` is empty"),
                format!("remove the line; our word is then `{ours}`, in the page's language"),
            );
            return None;
        }
        let holes: Vec<&str> = words::holes(ours).collect();
        let strange = words::holes(&text).find(|hole| !holes.contains(hole));
        if let Some(strange) = strange {
            let help = match holes.as_slice() {
                [] => "this word has no places to fill; write it without braces".to_owned(),
                holes => format!(
                    "it may have {}",
                    listed_with(holes.iter().copied(), "{", "}")
                ),
            };
            tell(format!("`{path}` cannot have `{{{strange}}}`"), help);
            return None;
        }
        Some(toml::Value::from(text))
    }

    /// A list of so many texts.
    fn texts(
        &mut self,
        path: &str,
        count: usize,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<toml::Value> {
        let texts: Option<Vec<toml::Value>> = match value.get_ref() {
            DeValue::Array(items) if items.len() == count => items
                .iter()
                .map(|item| item.get_ref().as_str().map(toml::Value::from))
                .collect(),
            _ => None,
        };
        if texts.is_none() {
            let place = Span::from(value.span());
            let message = format!("`{path}` is a list of {count} texts");
            let help = "write `[\"January\", \"February\", …]`";
            self.diagnostics
                .push(Diagnostic::error("config", place, message).help(help));
        }
        texts.map(toml::Value::from)
    }

    /// A version, or a list of versions.
    fn versions(&mut self, config: &mut Config, name: &str, value: &Spanned<DeValue<'_>>) {
        let versions: Vec<String> = match value.get_ref() {
            DeValue::Array(items) => {
                let items = items.iter().filter_map(|item| match item.get_ref() {
                    DeValue::String(text) => Some(text.to_string()),
                    _ => {
                        let place = Span::from(item.span());
                        let written = self.source.slice(place);
                        let message = format!("`{name}` is a list of texts");
                        self.diagnostics.push(
                            Diagnostic::error("config", place, message)
                                .help(format!("write it in quotes: `\"{written}\"`")),
                        );
                        None
                    }
                });
                items.collect()
            }
            _ => self.text(name, name, value).into_iter().collect(),
        };
        let versions: Vec<String> = versions.into_iter().filter(|it| !it.is_empty()).collect();
        match name {
            "matrix" => config.matrix = versions,
            // What broken TOML left unsaid is as if it were not written.
            _ if versions.is_empty() => {}
            _ => config.python = versions,
        }
    }

    fn by_language(&mut self, path: &str, value: &Spanned<DeValue<'_>>) -> ByLanguage {
        let mut texts = ByLanguage::new();
        for (lang, value) in self.table(path, value).into_iter().flatten() {
            let path = format!("{path}.{}", lang.get_ref());
            if let Some(text) = self.text(&path, lang.get_ref(), value) {
                texts.insert(lang.get_ref().to_string(), text);
            }
        }
        texts
    }

    fn known<'k>(
        &mut self,
        key: &Spanned<std::borrow::Cow<'_, str>>,
        keys: &'k [Key],
        prefix: &str,
    ) -> Option<&'k Key> {
        let name = key.get_ref().as_ref();
        let known = keys.iter().find(|known| known.name == name);
        if known.is_none() {
            let all = listed(keys.iter().map(|key| key.name));
            let names = keys.iter().map(|known| known.name);
            self.unknown(key, names, prefix, &format!("the keys are {all}"));
        }
        known
    }

    /// Tells a key that there is not, with the one that was meant, else with `all`.
    fn unknown<'k>(
        &mut self,
        key: &Spanned<std::borrow::Cow<'_, str>>,
        names: impl Iterator<Item = &'k str>,
        prefix: &str,
        all: &str,
    ) {
        let name = key.get_ref().as_ref();
        let help = closest(name, names).map_or_else(
            || all.to_owned(),
            |near| format!("did you mean `{prefix}{near}`?"),
        );
        let message = format!("there is no setting `{prefix}{name}`");
        self.diagnostics
            .push(Diagnostic::error("config", Span::from(key.span()), message).help(help));
    }

    fn text(&mut self, path: &str, key: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        if let DeValue::String(text) = value.get_ref() {
            return Some(text.to_string());
        }
        let place = Span::from(value.span());
        let written = self.source.slice(place);
        let wrong = Diagnostic::error("config", place, format!("`{path}` is a text"));
        self.diagnostics
            .push(wrong.help(format!("write it in quotes: `{key} = \"{written}\"`")));
        None
    }

    fn table<'v, 'i>(
        &mut self,
        path: &str,
        value: &'v Spanned<DeValue<'i>>,
    ) -> Option<&'v DeTable<'i>> {
        if let DeValue::Table(table) = value.get_ref() {
            return Some(table);
        }
        let place = Span::from(value.span());
        let wrong = Diagnostic::error("config", place, format!("`{path}` is a table"));
        let languages = "one line for each language: `en = \"…\"`";
        let (example, below) = match path {
            "series" => ("[series.memory.title]".to_owned(), languages),
            "theme" => ("[theme]".to_owned(), "what it sets: `fonts = true`"),
            "words" => (
                "[words.ko]".to_owned(),
                "one line for each word: `copy = \"…\"`",
            ),
            _ if path.starts_with("words.") => (
                format!("[{path}]"),
                "one line for each word: `copy = \"…\"`",
            ),
            _ => (format!("[{path}]"), languages),
        };
        self.diagnostics
            .push(wrong.help(format!("write a line `{example}`, and below it {below}")));
        None
    }

    fn unreadable(&mut self, error: &toml::de::Error) {
        let place = error.span().map_or(Span::at(0), Span::from);
        let message = error.message().lines().next().unwrap_or_default();
        let told = Diagnostic::error("config", place, "the settings cannot be read");
        self.diagnostics.push(told.label(place, message.to_owned()));
    }
}

fn is_colour(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    matches!(digits.len(), 3 | 6) && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    listed_with(names, "", "")
}

fn listed_with<'a>(names: impl Iterator<Item = &'a str>, before: &str, after: &str) -> String {
    names
        .map(|name| format!("`{before}{name}{after}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
