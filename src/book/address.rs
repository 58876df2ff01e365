//! Where pages stand: addresses from the site's root, and the way from one page to another.

use std::path::{Component, Path};

use crate::post::Post;

/// A page's address from the site's root, with `/` between its parts and none before: `en/gc.html`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(String);

impl Address {
    /// The first page of a site.
    pub fn home() -> Address {
        Address("index.html".to_owned())
    }

    /// The first page of a language; the default one has no prefix.
    pub fn home_of(lang: &str, default_language: &str) -> Address {
        Address(prefix(lang, default_language) + "index.html")
    }

    /// The page of a post: its permalink, else its path below its language's folder.
    pub fn of(post: &Post, page: &Path, lang: &str, default_language: &str) -> Address {
        let prefix = prefix(lang, default_language);
        let within = match &post.front_matter.permalink {
            Some(permalink) => normal(permalink),
            None => normal(
                &page
                    .strip_prefix(lang)
                    .unwrap_or(page)
                    .to_string_lossy()
                    .replace('\\', "/"),
            ),
        };
        let file = match within.as_str() {
            "" => "index.html".to_owned(),
            path if path.ends_with('/') => format!("{path}index.html"),
            path if path.ends_with(".html") => path.to_owned(),
            path => format!("{path}.html"),
        };
        let prefixed = !prefix.is_empty() && file.starts_with(&prefix);
        Address(if prefixed { file } else { prefix + &file })
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The way from this page to the site's root: empty, or `../` as often as needed.
    pub fn root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }
}

/// The way from one page to another.
pub fn relative(from: &Address, to: &Address) -> String {
    format!("{}{}", from.root(), to.0)
}

fn prefix(lang: &str, default_language: &str) -> String {
    if lang == default_language {
        String::new()
    } else {
        format!("{lang}/")
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

    fn check(text: &str, page: &str, lang: &str) -> String {
        let file = format!("{page}.md");
        Address::of(
            &crate::post::parse(Source::new(file, text)),
            Path::new(page),
            lang,
            "ko",
        )
        .as_str()
        .to_owned()
    }

    #[test]
    fn the_default_language_has_no_prefix() {
        assert_eq!(check("글", "ko/gc/start", "ko"), "gc/start.html");
        assert_eq!(check("text", "en/gc/start", "en"), "en/gc/start.html");
        assert_eq!(
            check("글", "ko/2025-10-19-memory", "ko"),
            "2025/10/19/memory.html"
        );
        assert_eq!(
            check("---\npermalink: /about/\n---\n글", "ko/a", "ko"),
            "about/index.html"
        );
    }

    #[test]
    fn no_page_leaves_the_site() {
        assert_eq!(
            check("---\npermalink: /../../etc/x.html\n---\n글", "ko/a", "ko"),
            "etc/x.html"
        );
    }

    #[test]
    fn ways_between_pages_are_relative() {
        let (from, to) = (
            Address("2025/10/19/a.html".into()),
            Address("en/b.html".into()),
        );
        assert_eq!(relative(&from, &to), "../../../en/b.html");
        assert_eq!(Address::home().root(), "");
    }
}
