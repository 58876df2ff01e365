//! Pages: a post with its results, and the home page of a language.

use serde::Serialize;

use super::assets::Assets;
use super::block;
use super::body::{self, Body};
use super::templates::Templates;
use super::words::Words;
use crate::diagnostic::Diagnostic;
use crate::post::{BlockKind, Post};
use crate::run::Results;
use crate::verify::{Report, Verdict};

/// What is the same on all pages of a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Masthead {
    /// The site's name.
    pub title: String,
    /// One sentence about it.
    pub description: String,
}

/// Where a page is, and where its twin in the other language is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Place {
    /// The way from this page to the site's root: empty, or `../` as often as needed.
    pub root: String,
    /// The way from this page to the home page of its language; empty where there is none.
    pub home: String,
    /// This page in other languages.
    pub twins: Vec<Twin>,
}

/// The same page in another language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Twin {
    /// Its language: `en`.
    pub lang: String,
    /// The way from this page to it.
    pub href: String,
}

/// A post and everything known of it.
pub struct PostInput<'a> {
    /// The post.
    pub post: &'a Post,
    /// What its blocks did.
    pub results: &'a Results,
    /// What we found about its claims.
    pub report: &'a Report,
    /// The page's language: `ko`, `en`.
    pub lang: &'a str,
    /// The site's name.
    pub masthead: &'a Masthead,
    /// Where the page is.
    pub place: &'a Place,
    /// HTML that the preview adds before the end; empty for a built site.
    pub extra: &'a str,
}

/// A post in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its title.
    pub title: String,
    /// The way from the list to the post.
    pub href: String,
    /// As in the front matter: `2025-10-19`.
    pub date: Option<String>,
    /// One paragraph about it.
    pub excerpt: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// How its run went.
    pub verified: bool,
    /// "19 blocks · CPython 3.13".
    pub evidence: String,
}

/// What the home page of a language shows.
pub struct HomeInput<'a> {
    /// Its language: `ko`, `en`.
    pub lang: &'a str,
    /// The site's name.
    pub masthead: &'a Masthead,
    /// Where the page is.
    pub place: &'a Place,
    /// The posts, in the order to be shown.
    pub entries: &'a [Entry],
    /// HTML that the preview adds before the end; empty for a built site.
    pub extra: &'a str,
}

/// A finished page.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The whole file.
    pub html: String,
    /// What is wrong with its diagrams.
    pub diagnostics: Vec<Diagnostic>,
}

/// How a post's run went, for the head of its page and for lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Nothing is wrong.
    pub good: bool,
    /// At least one block ran.
    pub ran: bool,
    /// "Executed and verified".
    pub label: String,
    /// "19 blocks", "23 claims hold", "CPython 3.13".
    pub facts: Vec<String>,
    /// The anchor of the first block where something is wrong.
    pub first_problem: Option<String>,
}

/// What can be said of a post's run.
pub fn evidence(post: &Post, results: &Results, report: &Report, lang: &str) -> Evidence {
    let words = Words::of(lang);
    let ran = post
        .runnable()
        .filter(|block| results.of(block.index).is_some())
        .count();
    let held = report
        .verdicts
        .iter()
        .filter(|verdict| **verdict == Verdict::Holds)
        .count();
    let wrong = report
        .verdicts
        .iter()
        .filter(|verdict| matches!(verdict, Verdict::Contradicted { .. }))
        .count();
    let is_bad = |block: &&crate::post::Block| {
        let failed = results.of(block.index).is_some_and(|result| {
            let expected = |exception: &crate::run::Exception| {
                block.raises.as_ref().is_some_and(|raises| {
                    exception.type_name == *raises || exception.bases.contains(raises)
                })
            };
            result.limit.is_some()
                || result
                    .exception
                    .as_ref()
                    .is_some_and(|exception| !expected(exception))
        });
        let contradicted = || {
            post.claims_of(block.index).any(|(index, _)| {
                matches!(
                    report.verdicts.get(index),
                    Some(Verdict::Contradicted { .. })
                )
            })
        };
        failed || contradicted()
    };
    let bad: Vec<&crate::post::Block> = post.runnable().filter(is_bad).collect();
    let mut facts = vec![words.blocks(ran)];
    if held + wrong > 0 {
        facts.push(words.claims(held, held + wrong));
    }
    if !results.version.is_empty() {
        facts.push(format!("CPython {}", results.version));
    }
    let label = match (ran, bad.len()) {
        (0, _) => words.not_executed.to_owned(),
        (_, 0) => words.verified.to_owned(),
        (_, count) => format!("{}: {}", words.not_verified, words.blocks(count)),
    };
    Evidence {
        good: ran > 0 && bad.is_empty(),
        ran: ran > 0,
        label,
        facts,
        first_problem: bad.first().map(|block| block.id.clone()),
    }
}

/// An entry of the table of contents.
#[derive(Debug, Serialize)]
struct Contents {
    text: String,
    anchor: String,
    inner: Vec<Contents>,
}

#[derive(Serialize)]
struct PostPage<'a> {
    words: &'static Words,
    site: &'a Masthead,
    place: &'a Place,
    twins: Vec<TwinLink<'a>>,
    style: &'a str,
    script: &'a str,
    title: String,
    description: String,
    categories: &'a [String],
    tags: &'a [String],
    date: Option<String>,
    datetime: Option<String>,
    reading: String,
    evidence: Evidence,
    has_python: bool,
    contents: Vec<Contents>,
    body: String,
    extra: &'a str,
}

#[derive(Serialize)]
struct TwinLink<'a> {
    lang: &'a str,
    href: &'a str,
    name: &'static str,
}

#[derive(Serialize)]
struct HomePage<'a> {
    words: &'static Words,
    site: &'a Masthead,
    place: &'a Place,
    twins: Vec<TwinLink<'a>>,
    style: &'a str,
    script: &'a str,
    title: &'a str,
    description: &'a str,
    entries: Vec<HomeEntry<'a>>,
    extra: &'a str,
}

#[derive(Serialize)]
struct HomeEntry<'a> {
    #[serde(flatten)]
    entry: &'a Entry,
    written: Option<String>,
}

/// Makes the page of a post.
///
/// # Errors
/// What is wrong with the book's own template.
pub fn post(templates: &Templates, assets: &Assets, input: &PostInput<'_>) -> Result<Page, String> {
    let words = Words::of(input.lang);
    let post = input.post;
    let context = block::Context {
        post,
        results: input.results,
        report: input.report,
        words,
    };
    let Body {
        html: body,
        diagnostics,
        letters,
    } = body::body(&context);
    let front_matter = &post.front_matter;
    let python = post
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Python)
        .count();
    let page = PostPage {
        words,
        site: input.masthead,
        place: input.place,
        twins: twins(input.place),
        style: &assets.style.path,
        script: &assets.script.path,
        title: post.title(),
        description: front_matter.excerpt.clone().unwrap_or_default(),
        categories: &front_matter.categories,
        tags: &front_matter.tags,
        date: front_matter
            .date
            .as_deref()
            .and_then(|date| words.date(date)),
        datetime: front_matter
            .date
            .as_deref()
            .and_then(|date| date.get(..10))
            .map(str::to_owned),
        reading: words.minutes(minutes(letters, post.blocks.len(), words)),
        evidence: evidence(post, input.results, input.report, input.lang),
        has_python: python > 0,
        contents: contents(post),
        body,
        extra: input.extra,
    };
    Ok(Page {
        html: templates.fill("post.html", &page)?,
        diagnostics,
    })
}

/// Makes the home page of a language.
///
/// # Errors
/// What is wrong with the book's own template.
pub fn home(templates: &Templates, assets: &Assets, input: &HomeInput<'_>) -> Result<Page, String> {
    let words = Words::of(input.lang);
    let entries = input.entries.iter().map(|entry| HomeEntry {
        entry,
        written: entry.date.as_deref().and_then(|date| words.date(date)),
    });
    let page = HomePage {
        words,
        site: input.masthead,
        place: input.place,
        twins: twins(input.place),
        style: &assets.style.path,
        script: &assets.script.path,
        title: &input.masthead.title,
        description: &input.masthead.description,
        entries: entries.collect(),
        extra: input.extra,
    };
    Ok(Page {
        html: templates.fill("home.html", &page)?,
        diagnostics: Vec::new(),
    })
}

fn twins(place: &Place) -> Vec<TwinLink<'_>> {
    place
        .twins
        .iter()
        .map(|twin| TwinLink {
            lang: &twin.lang,
            href: &twin.href,
            name: Words::of(&twin.lang).name,
        })
        .collect()
}

/// How long it takes to read: Korean is read letter by letter, English word by word; code takes longer.
fn minutes(letters: usize, blocks: usize, words: &Words) -> usize {
    let seconds = if words.is_korean() {
        letters * 60 / 500
    } else {
        letters * 60 / 1000
    } + blocks * 12;
    seconds.div_ceil(60).max(1)
}

/// Headings of the second and third level, nested.
fn contents(post: &Post) -> Vec<Contents> {
    let mut contents: Vec<Contents> = Vec::new();
    let title = post.title();
    let headings = post.headings.iter().enumerate().filter(|(index, heading)| {
        *index > 0 || heading.text.trim() != title.trim() || heading.level > 1
    });
    let top = headings
        .clone()
        .map(|(_, heading)| heading.level)
        .min()
        .unwrap_or(2);
    for (_, heading) in headings {
        let entry = Contents {
            text: heading.text.clone(),
            anchor: heading.anchor.clone(),
            inner: Vec::new(),
        };
        match (heading.level - top, contents.last_mut()) {
            (0, _) => contents.push(entry),
            (1, Some(last)) => last.inner.push(entry),
            (1, None) => contents.push(entry),
            _ => {}
        }
    }
    contents
}
