//! Front matter: the YAML between two `---` lines at the top of a post.

use std::collections::BTreeMap;

use crate::source::Span;

/// What the front matter says. A key we do not know is kept in `extra`.
#[derive(Debug, Clone, PartialEq, Default)]
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
    /// `permalink`: the page's address from the root of the site, `/2025/10/19/python-memory.html`.
    pub permalink: Option<String>,
    /// False for `published: false` and for `draft: true`.
    pub published: bool,
    /// `lang`: `ko`, `en`; else the folder's.
    pub lang: Option<String>,
    /// `layout`: Jekyll's name of a template.
    pub layout: Option<String>,
    /// `python`: the version whose results the page shows, `3.13`.
    pub python: Option<String>,
    /// `session: page`: the blocks without a session of their own share one.
    pub page_session: bool,
    /// Every other key.
    pub extra: BTreeMap<String, serde_json::Value>,
    /// From the first `---` to the end of the second; empty where there is none.
    pub span: Span,
}
