//! The versions that a post runs under: the one whose results its page shows, and those that are compared with it.

use std::collections::BTreeMap;

use crate::post::{Block, Post, VersionRange};
use crate::python::version::Version;

use super::engine::Engine;
use super::results::Results;
use super::session;

/// The versions that there is an engine for, the oldest first.
pub fn versions() -> Vec<String> {
    Version::ALL.iter().map(ToString::to_string).collect()
}

/// The versions that words name, in the order of the words: `3.12`, `3.12.1`, `3.12..3.14`, `3.13..`, `all`.
///
/// # Errors
/// There is no engine for one of them, in words for the author.
pub fn named(words: &[String]) -> Result<Vec<String>, String> {
    let known = versions();
    let mut found = Vec::new();
    for word in words {
        let word = word.trim();
        let of_word: Vec<String> = match VersionRange::parse(word) {
            _ if word == "all" => known.clone(),
            Some(range) if word.contains("..") => {
                let inside = known.iter().filter(|version| range.has(version));
                inside.cloned().collect()
            }
            _ => Version::named(word)
                .iter()
                .map(ToString::to_string)
                .collect(),
        };
        if of_word.is_empty() {
            let known = known.join(", ");
            return Err(format!(
                "there is no engine for Python {word}; there is one for {known}"
            ));
        }
        for version in of_word {
            if !found.contains(&version) {
                found.push(version);
            }
        }
    }
    Ok(found)
}

/// The versions that a post runs under.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// The version whose results the page shows.
    pub shown: String,
    /// The versions that are compared, the oldest first, the shown one among them.
    pub compared: Vec<String>,
    /// The version of each block that does not belong to the shown one, by its place in `Post::blocks`.
    pub homes: BTreeMap<usize, String>,
    /// What is wrong with the versions that the post wants to be compared, in words for the author.
    pub mistake: Option<String>,
}

impl Plan {
    /// The plan for a post. `python` are versions by name, of which the first is shown; `matrix` are further ones. A
    /// block of none of them runs under the nearest version that it belongs to, unless `only` these are wanted.
    ///
    /// # Errors
    /// There is no engine for one of the versions, in words for the author.
    pub fn of(
        post: &Post,
        python: &[String],
        matrix: &[String],
        only: bool,
    ) -> Result<Plan, String> {
        let mut asked = named(python)?;
        for version in named(matrix)? {
            if !asked.contains(&version) {
                asked.push(version);
            }
        }
        let known = versions();
        let place = |version: &String| known.iter().position(|known| known == version);
        let shown = asked.first().cloned().unwrap_or_default();
        let mut compared = asked;
        compared.sort_by_key(place);
        let nearest = |block: &Block, among: &[String]| {
            let distance = |version: &&String| {
                let (here, there) = (place(version)?, place(&shown)?);
                Some((here.abs_diff(there), here < there))
            };
            let inside = among.iter().filter(|version| block.belongs_to(version));
            inside.min_by_key(distance).cloned()
        };
        let beyond: &[String] = if only { &[] } else { &known };
        let homes = post
            .runnable()
            .filter(|block| !block.belongs_to(&shown))
            .filter_map(|block| {
                let home = nearest(block, &compared).or_else(|| nearest(block, beyond))?;
                Some((block.index, home))
            });
        Ok(Plan {
            homes: homes.collect(),
            shown,
            compared,
            mistake: None,
        })
    }

    /// Every version that something runs under: those that are compared, then those that only some blocks need.
    pub fn versions(&self) -> Vec<&str> {
        let mut versions: Vec<&str> = self.compared.iter().map(String::as_str).collect();
        for home in self.homes.values() {
            if !versions.contains(&home.as_str()) {
                versions.push(home);
            }
        }
        versions
    }

    /// Runs what the plan has for the version of an engine.
    pub fn run(&self, post: &Post, engine: &dyn Engine) -> Results {
        let version = engine.version();
        let is_compared = self.compared.contains(&version);
        let wanted = |block: usize| is_compared || self.homes.get(&block) == Some(&version);
        session::run(post, engine, wanted)
    }

    /// What the page shows, from the results of every version of the plan: those of the shown version, and blocks
    /// that do not belong to it from theirs.
    pub fn shown(&self, post: &Post, runs: &[Results]) -> Results {
        let of = |version: &String| runs.iter().find(|results| results.version == *version);
        let mut shown = of(&self.shown).cloned().unwrap_or_default();
        for (block, home) in &self.homes {
            if let Some(results) = of(home) {
                shown.take(post, *block, results);
            }
        }
        shown
    }

    /// The results that are compared, of those of every version; none if there is but one.
    pub fn compared(&self, mut runs: Vec<Results>) -> Vec<Results> {
        runs.retain(|results| self.compared.contains(&results.version));
        if runs.len() > 1 { runs } else { Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn plan(text: &str, python: &[&str], matrix: &[&str]) -> Result<Plan, String> {
        let post = crate::post::parse(Source::new("a.md", text));
        assert_eq!(post.diagnostics, []);
        let owned = |words: &[&str]| -> Vec<String> {
            words.iter().map(|word| (*word).to_owned()).collect()
        };
        Plan::of(&post, &owned(python), &owned(matrix), false)
    }

    #[test]
    fn versions_are_named_one_by_one_and_as_ranges() {
        let named = |words: &str| named(&words.split(' ').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(
            named("3.13 3.12.1").unwrap(),
            ["3.13".to_owned(), "3.12".to_owned()]
        );
        assert_eq!(
            named("3.13 3.12..3.14 3.14").unwrap(),
            ["3.13", "3.12", "3.14"].map(str::to_owned)
        );
        assert_eq!(named("all").unwrap(), versions());
        assert!(
            named("2.7")
                .unwrap_err()
                .starts_with("there is no engine for Python 2.7; ")
        );
        assert!(named("..2.7").is_err());
    }

    #[test]
    fn the_shown_version_is_always_compared() {
        let plan = plan("x\n", &["3.13"], &["3.14", "3.12"]).unwrap();
        assert_eq!(plan.shown, "3.13");
        assert_eq!(plan.compared, ["3.12", "3.13", "3.14"]);
    }

    #[test]
    fn a_block_of_other_versions_runs_under_the_nearest() {
        let text = "<!-- py: py=..3.12 -->\n```python\n1\n```\n\n<!-- py: py=3.14.. -->\n```python\n2\n```\n\n```python\n3\n```\n";
        let plan = plan(text, &["3.13"], &[]).unwrap();
        let homes: Vec<_> = plan.homes.into_iter().collect();
        assert_eq!(homes, [(0, "3.12".to_owned()), (1, "3.14".to_owned())]);
    }
}
