//! Where pages stand: addresses from the site's root, and the way from one page to another.

use std::path::{Component, Path};

use crate::config::{Config, Permalink};
use crate::post::{FrontMatter, dated_name};

/// A page's address from the site's root, with `/` between its parts and none before: `en/gc.html`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(String);

impl Address {
    /// The first page of a site.
    pub fn home() -> Address {
        Address("index.html".to_owned())
    }

    /// A page or file of a language: `tags/index.html` for the default one, `en/tags/index.html` for another.
    pub fn within(lang: &str, config: &Config, path: &str) -> Address {
        Address(prefix(lang, config) + path)
    }

    /// The page of a post: its permalink, else its path below its language's folder (`path`) in the book's style.
    pub fn of(front_matter: &FrontMatter, path: &str, lang: &str, config: &Config) -> Address {
        let prefix = prefix(lang, config);
        let file = file(&permalink(front_matter, path, &config.permalink));
        let prefixed = !prefix.is_empty() && file.starts_with(&prefix);
        Address(if prefixed { file } else { prefix + &file })
    }

    /// The page at a path that somebody wrote: `/old/gc/`, `/old/gc.html`.
    pub fn written(path: &str) -> Address {
        Address(file(path))
    }

    /// A file of the site, by its path.
    pub fn exactly(path: &str) -> Address {
        Address(normal(path))
    }

    /// The address as text: the file's path from the site's folder.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The way from this page to the site's root: empty, or `../` as often as needed.
    pub fn root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }

    /// The address as it stands in a URL: `en/gc.html`, `tags/` for `tags/index.html`, letters outside ASCII escaped.
    pub fn url_path(&self) -> String {
        let path = match self.0.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => self.0.as_str(),
        };
        let mut url = String::with_capacity(path.len());
        for byte in path.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=:@".contains(&byte) {
                url.push(char::from(byte));
            } else {
                url.push_str(&format!("%{byte:02X}"));
            }
        }
        url
    }
}

/// The way from one page to another, as a link has it: Hangul stays readable, what would end a path is escaped.
pub fn relative(from: &Address, to: &Address) -> String {
    let mut href = from.root();
    for letter in to.0.chars() {
        if matches!(
            letter,
            ' ' | '"' | '#' | '%' | '<' | '>' | '?' | '\\' | '^' | '`' | '{' | '|' | '}'
        ) {
            href.push_str(&format!("%{:02X}", letter as u32));
        } else {
            href.push(letter);
        }
    }
    href
}

/// A text as a part of an address: lower case, letters and digits of every script, `-` between them.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in text.trim().chars().flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() || letter == '_' {
            slug.push(letter);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-').to_owned();
    if slug.is_empty() {
        "x".to_owned()
    } else {
        slug
    }
}

fn permalink(front_matter: &FrontMatter, path: &str, style: &Permalink) -> String {
    let dated = dated_name(Path::new(path));
    let of_date =
        |(date, title): &(String, String)| format!("/{}/{title}.html", date.replace('-', "/"));
    let own = front_matter
        .permalink
        .as_ref()
        .filter(|own| dated.as_ref().map(of_date).as_ref() != Some(own));
    if let Some(own) = own {
        return own.clone();
    }
    let pretty = || {
        if path == "index" || path.ends_with("/index") {
            path.to_owned()
        } else {
            format!("{path}/")
        }
    };
    match (style, &front_matter.permalink) {
        (Permalink::Path, Some(of_date)) => of_date.clone(),
        (Permalink::Path, None) => path.to_owned(),
        (Permalink::Pretty, _) => pretty(),
        (Permalink::Pattern(pattern), _) => {
            filled(pattern, front_matter, path).unwrap_or_else(|| path.to_owned())
        }
    }
}

/// A pattern with its placeholders filled; `None` if it wants a date and the post has none.
fn filled(pattern: &str, front_matter: &FrontMatter, path: &str) -> Option<String> {
    let dated = dated_name(Path::new(path));
    let title = match &dated {
        Some((_, title)) => title.as_str(),
        None => path.rsplit('/').next().unwrap_or(path),
    };
    let date = front_matter.date.as_deref().and_then(|date| {
        let mut parts = date.get(..10)?.split('-');
        Some([parts.next()?, parts.next()?, parts.next()?])
    });
    let categories: Vec<String> = front_matter
        .categories
        .iter()
        .map(|name| slug(name))
        .collect();
    let mut filled = String::new();
    let mut pieces = pattern.split(':');
    filled.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let end = piece
            .find(|letter: char| !letter.is_ascii_alphabetic())
            .unwrap_or(piece.len());
        let (name, rest) = piece.split_at(end);
        match name {
            "path" => filled.push_str(path),
            "title" => filled.push_str(title),
            "year" => filled.push_str(date?[0]),
            "month" => filled.push_str(date?[1]),
            "day" => filled.push_str(date?[2]),
            _ => filled.push_str(&categories.join("/")),
        }
        filled.push_str(rest);
    }
    Some(filled)
}

fn prefix(lang: &str, config: &Config) -> String {
    if lang == config.default_language {
        String::new()
    } else {
        format!("{lang}/")
    }
}

/// The file that a server sends for a path.
fn file(path: &str) -> String {
    match normal(path).as_str() {
        "" => "index.html".to_owned(),
        path if path.ends_with('/') => format!("{path}index.html"),
        path if path.ends_with(".html") => path.to_owned(),
        path => format!("{path}.html"),
    }
}

/// A path without a way up or a second root: no page leaves the site's folder.
fn normal(path: &str) -> String {
    let ends_with_slash = path.ends_with('/');
    let parts = Path::new(path).components().filter_map(|part| match part {
        Component::Normal(part) => Some(part.to_string_lossy().into_owned()),
        _ => None,
    });
    let joined = parts.collect::<Vec<_>>().join("/");
    if ends_with_slash && !joined.is_empty() {
        joined + "/"
    } else {
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn check(text: &str, path: &str, lang: &str, permalink: Permalink) -> String {
        let post = crate::post::parse(Source::new(format!("{path}.md"), text));
        let config = Config {
            permalink,
            ..Config::default()
        };
        Address::of(&post.front_matter, path, lang, &config)
            .as_str()
            .to_owned()
    }

    fn check_path(text: &str, path: &str, lang: &str) -> String {
        check(text, path, lang, Permalink::Path)
    }

    #[test]
    fn the_default_language_has_no_prefix() {
        assert_eq!(check_path("글", "gc/start", "ko"), "gc/start.html");
        assert_eq!(check_path("text", "gc/start", "en"), "en/gc/start.html");
        assert_eq!(
            check_path("글", "2025-10-19-memory", "ko"),
            "2025/10/19/memory.html"
        );
        assert_eq!(
            check_path("---\npermalink: /about/\n---\n글", "a", "ko"),
            "about/index.html"
        );
    }

    #[test]
    fn the_book_has_a_style_and_a_post_its_own_address() {
        let dated = "---\ndate: 2024-02-03\ncategories: [Python Memory, gc]\n---\n글";
        let pattern = |text: &str| Permalink::Pattern(text.to_owned());
        assert_eq!(
            check(dated, "a/b", "ko", Permalink::Pretty),
            "a/b/index.html"
        );
        assert_eq!(check("글", "index", "ko", Permalink::Pretty), "index.html");
        assert_eq!(
            check(
                dated,
                "notes/2025-10-19-x",
                "en",
                pattern("/:categories/:year/:month/:title.html")
            ),
            "en/python-memory/gc/2024/02/x.html"
        );
        assert_eq!(
            check("글", "a", "ko", pattern("/:year/:title/")),
            "a.html",
            "no date"
        );
        assert_eq!(
            check("---\npermalink: /x\n---\n글", "a", "ko", Permalink::Pretty),
            "x.html"
        );
    }

    #[test]
    fn no_page_leaves_the_site() {
        assert_eq!(
            check_path("---\npermalink: /../../etc/x.html\n---\n글", "a", "ko"),
            "etc/x.html"
        );
    }

    #[test]
    fn ways_between_pages_are_relative() {
        let (from, to) = (
            Address("2025/10/19/a.html".into()),
            Address("en/왜? #1.html".into()),
        );
        assert_eq!(relative(&from, &to), "../../../en/왜%3F%20%231.html");
        assert_eq!(Address::home().root(), "");
    }

    #[test]
    fn urls_are_ascii_and_have_no_index() {
        assert_eq!(Address::home().url_path(), "");
        assert_eq!(
            Address("tags/가/index.html".into()).url_path(),
            "tags/%EA%B0%80/"
        );
        assert_eq!(Address("myindex.html".into()).url_path(), "myindex.html");
    }

    #[test]
    fn slugs_keep_every_script() {
        assert_eq!(slug("PEP 683"), "pep-683");
        assert_eq!(slug("__slots__"), "__slots__");
        assert_eq!(slug(" 파이썬  메모리! "), "파이썬-메모리");
        assert_eq!(slug("++"), "x");
    }
}
