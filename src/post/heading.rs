//! Headings and their anchors.

use serde::{Deserialize, Serialize};
use std::collections::HashMap;

use crate::source::Span;

/// A heading of a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text without marks.
    pub text: String,
    /// The fragment that links to it, without `#`: Hangul is kept, duplicates are numbered `-1`, `-2`, ….
    pub anchor: String,
    /// Its place.
    pub span: Span,
}

/// Gives anchors as GitHub does, each once in a post.
#[derive(Debug, Clone, Default)]
pub struct Anchors {
    used: HashMap<String, usize>,
}

impl Anchors {
    /// The anchor of a heading with this text.
    pub fn of(&mut self, text: &str) -> String {
        let kept =
            text.trim().chars().flat_map(char::to_lowercase).filter_map(
                |character| match character {
                    ' ' | '-' => Some('-'),
                    '_' => Some('_'),
                    other => other.is_alphanumeric().then_some(other),
                },
            );
        let anchor: String = kept.collect();
        self.unique(if anchor.is_empty() {
            "section".to_owned()
        } else {
            anchor
        })
    }

    /// This anchor if it is free, else the first free one with a number behind it.
    pub fn unique(&mut self, anchor: String) -> String {
        let Some(count) = self.used.get_mut(&anchor) else {
            self.used.insert(anchor.clone(), 0);
            return anchor;
        };
        *count += 1;
        let numbered = format!("{anchor}-{count}");
        self.unique(numbered)
    }
}

/// The headings that a place stands under, outermost first, kept while a post is read from top to bottom.
#[derive(Debug, Clone, Default)]
pub struct HeadingPath(Vec<(u8, String)>);

impl HeadingPath {
    /// Goes to below a heading.
    pub fn enter(&mut self, level: u8, text: &str) {
        self.0.retain(|(outer, _)| *outer < level);
        self.0.push((level, text.to_owned()));
    }

    /// The texts, outermost first.
    pub fn texts(&self) -> Vec<String> {
        self.0.iter().map(|(_, text)| text.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_keep_hangul_and_number_duplicates() {
        let mut anchors = Anchors::default();
        let texts = [
            "소개",
            "2.2 참조 카운팅 (Reference Counting)",
            "소개",
            "is vs ==",
            "소개 1",
            "소개",
            "!?",
        ];
        let given: Vec<String> = texts.iter().map(|text| anchors.of(text)).collect();
        assert_eq!(
            given,
            [
                "소개",
                "22-참조-카운팅-reference-counting",
                "소개-1",
                "is-vs-",
                "소개-1-1",
                "소개-2",
                "section"
            ]
        );
    }

    #[test]
    fn the_path_forgets_what_was_left() {
        let mut path = HeadingPath::default();
        path.enter(2, "가");
        path.enter(3, "나");
        path.enter(2, "다");
        assert_eq!(path.texts(), ["다"]);
    }
}
