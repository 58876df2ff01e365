//! Front matter: the YAML between two `---` lines at the top of a post.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::diagnostic::{Diagnostic, closest};
use crate::source::{Source, Span};

/// The keys that mean something to us.
const KEYS: [&str; 23] = [
    "aliases",
    "categories",
    "category",
    "date",
    "description",
    "draft",
    "excerpt",
    "extra",
    "lang",
    "last_modified_at",
    "layout",
    "matrix",
    "part",
    "permalink",
    "published",
    "python",
    "redirect_from",
    "series",
    "session",
    "tag",
    "tags",
    "title",
    "updated",
];

/// Keys of Jekyll and its usual themes, which are kept and change nothing.
const KEYS_OF_JEKYLL: [&str; 22] = [
    "author",
    "authors",
    "author_profile",
    "classes",
    "comments",
    "excerpt_separator",
    "header",
    "hidden",
    "image",
    "img_path",
    "keywords",
    "math",
    "media_subpath",
    "mermaid",
    "pin",
    "read_time",
    "render_with_liquid",
    "share",
    "sitemap",
    "toc",
    "toc_sticky",
    "usemathjax",
];

/// What the front matter says. Keys of Jekyll that mean nothing to us, and what stands below `extra`, are kept in `extra`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FrontMatter {
    /// `title`.
    pub title: Option<String>,
    /// `date` as written: `2025-10-19`, perhaps with a time; else the date in the file's name.
    pub date: Option<String>,
    /// `tags`: a list, or words in one string.
    pub tags: Vec<String>,
    /// `categories` or `category`: a list, or words in one string.
    pub categories: Vec<String>,
    /// `excerpt` or `description`: one paragraph for lists and previews.
    pub excerpt: Option<String>,
    /// `permalink`: the page's address from the root of the site, `/2025/10/19/python-memory.html`; else the one
    /// that Jekyll gives a file with a date in its name.
    pub permalink: Option<String>,
    /// `series`: the key of the series that the post is part of.
    pub series: Option<String>,
    /// `part`: its place in the series, counted from 1.
    pub part: Option<u32>,
    /// `aliases` and `redirect_from`: addresses from the root of the site that lead to the page.
    pub aliases: Vec<String>,
    /// `updated` or `last_modified_at`, as `date` is written.
    pub updated: Option<String>,
    /// False for `published: false` and for `draft: true`.
    pub published: bool,
    /// `lang`: `ko`, `en`; else the folder's.
    pub lang: Option<String>,
    /// `layout`: Jekyll's name of a template.
    pub layout: Option<String>,
    /// `python`: the version whose results the page shows, `3.13`; versions that are compared with it may follow.
    pub python: Vec<String>,
    /// `matrix`: the versions that are compared, `3.12`, `3.12..3.14`, `all`; an empty list where none are.
    pub matrix: Option<Vec<String>>,
    /// `session: page`: the blocks without a session of their own share one.
    pub page_session: bool,
    /// Everything else.
    pub extra: BTreeMap<String, Value>,
    /// From the first `---` to the end of the second; empty where there is none.
    pub span: Span,
}

impl Default for FrontMatter {
    fn default() -> FrontMatter {
        FrontMatter {
            title: None,
            date: None,
            tags: Vec::new(),
            categories: Vec::new(),
            excerpt: None,
            permalink: None,
            series: None,
            part: None,
            aliases: Vec::new(),
            updated: None,
            published: true,
            lang: None,
            layout: None,
            python: Vec::new(),
            matrix: None,
            page_session: false,
            extra: BTreeMap::new(),
            span: Span::default(),
        }
    }
}

/// Reads the front matter of a post; `page_session` holds where it says nothing. Mistakes go to `diagnostics`; what could be read is kept.
pub fn parse(
    source: &Source,
    page_session: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> FrontMatter {
    let mut front_matter = FrontMatter {
        page_session,
        ..FrontMatter::default()
    };
    if let Some((yaml, span)) = find(source, diagnostics) {
        front_matter.span = span;
        match serde_saphyr::from_str::<BTreeMap<String, Value>>(source.slice(yaml)) {
            Ok(map) => fill(&mut front_matter, map, source, diagnostics),
            // An empty piece of YAML is nothing, not a mapping.
            Err(_) if source.slice(yaml).trim().is_empty() => {}
            Err(error) => diagnostics.push(broken(source, yaml, &error)),
        }
    }
    if let Some((date, slug)) = dated_name(source.path()) {
        let permalink = || format!("/{}/{slug}.html", date.replace('-', "/"));
        front_matter.permalink.get_or_insert_with(permalink);
        front_matter.date.get_or_insert(date);
    }
    front_matter
}

/// The date and the rest of a Jekyll post's file name, `2025-10-19-python-memory.md`.
pub fn dated_name(path: &Path) -> Option<(String, String)> {
    let stem = path.file_stem()?.to_str()?;
    let (date, rest) = stem.split_at_checked(10)?;
    let is_date = date.bytes().enumerate().all(|(at, byte)| {
        if at == 4 || at == 7 {
            byte == b'-'
        } else {
            byte.is_ascii_digit()
        }
    });
    let slug = rest.strip_prefix('-').filter(|slug| !slug.is_empty())?;
    is_date.then(|| (date.to_owned(), slug.to_owned()))
}

/// The place of the YAML, and of all the front matter with its `---` lines.
fn find(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Option<(Span, Span)> {
    let first = source
        .line_span(1)
        .filter(|line| source.slice(*line).trim_end() == "---")?;
    let start = source.line_span(2)?.start;
    for number in 2..=source.line_count() {
        let line = source.line_span(number)?;
        if matches!(source.slice(line).trim_end(), "---" | "...") {
            return Some((
                Span::new(start, line.start),
                Span::new(first.start, line.end),
            ));
        }
    }
    let unclosed = Diagnostic::error("front-matter", first, "the front matter is not closed");
    diagnostics.push(
        unclosed
            .label(first, "opened here")
            .help("end it with a line `---`"),
    );
    None
}

fn broken(source: &Source, yaml: Span, error: &serde_saphyr::Error) -> Diagnostic {
    let location = error.location();
    let line = location
        .map_or(0, |location| location.line() as usize)
        .max(1)
        + source.line(yaml.start)
        - 1;
    let line_span = source.line_span(line).unwrap_or(yaml);
    let column = location
        .map_or(1, |location| location.column() as usize)
        .max(1);
    let offset = source
        .slice(line_span)
        .char_indices()
        .nth(column - 1)
        .map_or(line_span.end, |(at, _)| line_span.start + at);
    let place = Span::new(offset, line_span.end);
    let message = error.without_snippet().to_string();
    // The parser names line and column as it saw them; the caret names those of the file.
    let message = message
        .lines()
        .next()
        .unwrap_or_default()
        .split(" at line ")
        .next()
        .unwrap_or_default()
        .to_owned();
    Diagnostic::error("front-matter", place, "the front matter is not valid YAML")
        .label(place, message)
}

fn fill(
    front_matter: &mut FrontMatter,
    map: BTreeMap<String, Value>,
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (key, value) in map {
        match key.as_str() {
            "title" => front_matter.title = text(&value),
            "date" => front_matter.date = text(&value),
            "tags" | "tag" => front_matter.tags.extend(words(&value)),
            "categories" | "category" => front_matter.categories.extend(words(&value)),
            "excerpt" => front_matter.excerpt = text(&value),
            "description" => {
                front_matter.excerpt = front_matter.excerpt.take().or_else(|| text(&value));
                front_matter.extra.insert(key, value);
            }
            "permalink" => front_matter.permalink = text(&value),
            "published" => front_matter.published &= value != Value::Bool(false),
            "draft" => front_matter.published &= value != Value::Bool(true),
            "series" => front_matter.series = text(&value),
            "part" => match value.as_u64().and_then(|part| u32::try_from(part).ok()) {
                Some(part) if part > 0 => front_matter.part = Some(part),
                _ => {
                    let place = key_span(source, front_matter.span, "part");
                    let wrong = format!("`part` cannot be {value}");
                    diagnostics.push(
                        Diagnostic::error("front-matter", place, wrong)
                            .help("write the post's place in its series: `part: 1`"),
                    );
                }
            },
            "aliases" | "redirect_from" => front_matter.aliases.extend(addresses(&value)),
            "updated" | "last_modified_at" => front_matter.updated = text(&value),
            "extra" => match value {
                Value::Object(map) => front_matter.extra.extend(map),
                other => {
                    front_matter.extra.insert(key, other);
                }
            },
            "lang" => front_matter.lang = text(&value),
            "layout" => front_matter.layout = text(&value),
            "python" => front_matter.python = versions(&value),
            "matrix" => front_matter.matrix = Some(versions(&value)),
            "session" => match value.as_str() {
                Some("page") => front_matter.page_session = true,
                Some("block") => front_matter.page_session = false,
                _ => {
                    let place = key_span(source, front_matter.span, "session");
                    let wrong = Diagnostic::error(
                        "front-matter",
                        place,
                        format!("`session` cannot be {value}"),
                    );
                    diagnostics.push(wrong.help("write `session: page` (blocks share one state) or `session: block` (each has its own)"));
                }
            },
            _ => {
                if !KEYS_OF_JEKYLL.contains(&key.as_str()) {
                    diagnostics.push(unknown(&key, key_span(source, front_matter.span, &key)));
                }
                front_matter.extra.insert(key, value);
            }
        }
    }
}

fn unknown(key: &str, place: Span) -> Diagnostic {
    let near = closest(key, KEYS).map(|near| format!("did you mean `{near}`?"));
    Diagnostic::error(
        "front-matter",
        place,
        format!("the front matter has no key `{key}`"),
    )
    .help(near.unwrap_or_else(|| {
        format!("a key of your own stands below `extra:`, indented: `  {key}: …`")
    }))
}

impl FrontMatter {
    /// The line that begins with a key; the whole front matter where no line does.
    pub fn place_of(&self, source: &Source, key: &str) -> Span {
        key_span(source, self.span, key)
    }
}

/// The line of the front matter that begins with a key.
fn key_span(source: &Source, within: Span, key: &str) -> Span {
    let lines = source.line(within.start)..=source.line(within.end);
    let mut spans = lines.filter_map(|line| source.line_span(line));
    spans
        .find(|line| {
            source
                .slice(*line)
                .strip_prefix(key)
                .is_some_and(|rest| rest.trim_start().starts_with(':'))
        })
        .unwrap_or(within)
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// One version, or a list of them; none for `false` and `none`.
fn versions(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(versions).collect(),
        Value::String(text) if text == "none" => Vec::new(),
        Value::String(text) => words(&Value::String(text.replace(',', " "))),
        // To YAML, 3.10 is a number, and the same as 3.1, which nobody means.
        Value::Number(number) if number.to_string() == "3.1" => vec!["3.10".to_owned()],
        Value::Number(number) => vec![number.to_string()],
        _ => Vec::new(),
    }
}

/// One address, or a list of them.
fn addresses(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(text).collect(),
        other => text(other).into_iter().collect(),
    }
}

fn words(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(text).collect(),
        Value::String(text) if text.contains(',') => {
            text.split(',').map(|word| word.trim().to_owned()).collect()
        }
        Value::String(text) => text.split_whitespace().map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, text: &str) -> (FrontMatter, Vec<String>) {
        let source = Source::new(path, text);
        let mut diagnostics = Vec::new();
        let front_matter = parse(&source, false, &mut diagnostics);
        let told = diagnostics.iter().map(|diagnostic| {
            let at = source.position(diagnostic.span.start);
            format!("{}:{} {}", at.line, at.column, diagnostic.message)
        });
        (front_matter, told.collect())
    }

    #[test]
    fn known_keys_are_read_and_others_kept() {
        let text = "---\ntitle: \"이름\"\ndate: 2025-10-19\ntags: [a, b]\ncategories: x y\nmermaid: true\npython: 3.13\n---\n본문\n";
        let (front_matter, told) = check("a.md", text);
        assert_eq!(told, Vec::<String>::new());
        assert_eq!(front_matter.title.as_deref(), Some("이름"));
        assert_eq!(front_matter.date.as_deref(), Some("2025-10-19"));
        assert_eq!(front_matter.tags, ["a", "b"]);
        assert_eq!(front_matter.categories, ["x", "y"]);
        assert_eq!(
            (front_matter.python, front_matter.matrix),
            (vec!["3.13".to_owned()], None)
        );
        assert_eq!(front_matter.extra.get("mermaid"), Some(&Value::Bool(true)));
    }

    #[test]
    fn versions_are_one_or_many() {
        let read = |text: &str| {
            let (front_matter, told) = check("a.md", &format!("---\n{text}\n---\n본문\n"));
            assert_eq!(told, Vec::<String>::new());
            (
                front_matter.python.join(" "),
                front_matter.matrix.map(|it| it.join(" ")),
            )
        };
        let both = |python: &str, matrix: &str| (python.to_owned(), Some(matrix.to_owned()));
        assert_eq!(
            read("python: [3.13, \"3.12\"]\nmatrix: 3.12..3.14"),
            both("3.13 3.12", "3.12..3.14")
        );
        assert_eq!(read("matrix: [3.9, 3.10, 3.11]"), both("", "3.9 3.10 3.11"));
        assert_eq!(read("matrix: all"), both("", "all"));
        assert_eq!(read("matrix: none"), both("", ""));
        assert_eq!(read("matrix: 3.12, 3.14"), both("", "3.12 3.14"));
    }

    #[test]
    fn a_dated_name_gives_date_and_address() {
        let (front_matter, _) = check("_posts/2025-10-19-python-memory.md", "본문\n");
        assert_eq!(front_matter.date.as_deref(), Some("2025-10-19"));
        assert_eq!(
            front_matter.permalink.as_deref(),
            Some("/2025/10/19/python-memory.html")
        );
        assert!(front_matter.published);
    }

    #[test]
    fn mistakes_have_their_places() {
        assert_eq!(
            check("a.md", "---\ntitle: x\n").1,
            ["1:1 the front matter is not closed"]
        );
        assert_eq!(
            check("a.md", "---\ntitle: x\ntags: [a, b\n---\n").1.len(),
            1
        );
        assert_eq!(
            check("a.md", "---\na: 1\nsession: none\n---\n").1,
            [
                "2:1 the front matter has no key `a`",
                "3:1 `session` cannot be \"none\""
            ]
        );
        assert_eq!(
            check(
                "a.md",
                "---\ntitel: x\npart: first\nextra:\n  mood: calm\n---\n"
            )
            .1,
            [
                "3:1 `part` cannot be \"first\"",
                "2:1 the front matter has no key `titel`"
            ]
        );
        assert_eq!(check("a.md", "---\n---\n").1, Vec::<String>::new());
    }
}
