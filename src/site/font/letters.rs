//! Which letters a site uses, and in which of its fonts.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::post::{BlockKind, Piece, Post};
use crate::run::{BlockResult, Results};
use crate::site::{Checked, Site};
use crate::verify::Verdict;

/// A set of letters, of those that fonts of text have: below U+10000.
#[derive(Clone, PartialEq, Eq)]
pub struct Letters(Box<[u64; 1024]>);

impl Default for Letters {
    fn default() -> Letters {
        Letters(Box::new([0; 1024]))
    }
}

impl std::fmt::Debug for Letters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.iter().collect::<String>())
    }
}

impl Letters {
    /// Adds the letters of a text.
    pub fn add(&mut self, text: &str) {
        for letter in text.chars() {
            let number = letter as usize;
            if let Some(word) = self.0.get_mut(number / 64) {
                *word |= 1 << (number % 64);
            }
        }
    }

    /// The letters in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = char> + '_ {
        let letters = |(index, word): (usize, &u64)| {
            let word = *word;
            (0..64)
                .filter(move |bit| word & (1 << bit) != 0)
                .filter_map(move |bit| char::from_u32((index * 64 + bit) as u32))
        };
        self.0.iter().enumerate().flat_map(letters)
    }
}

/// The letters of a site by what they are set in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lettering {
    /// Running text.
    pub text: Letters,
    /// Headings and whatever else is bold.
    pub strong: Letters,
    /// Code and what it prints.
    pub code: Letters,
}

/// What every page may show, whatever its author writes.
const ALWAYS: &str = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\u{a0}·–—‘’“”…←→↑↓›✓✗×";

impl Lettering {
    /// The letters of each, to be kept.
    pub fn to_texts(&self) -> [String; 3] {
        [&self.text, &self.strong, &self.code].map(|letters| letters.iter().collect())
    }

    /// Adds letters that were kept.
    pub fn add_texts(&mut self, [text, strong, code]: &[String; 3]) {
        self.text.add(text);
        self.strong.add(strong);
        self.code.add(code);
    }

    /// The letters of a whole site.
    /// `posts` are the letters of its posts.
    pub fn of_site(site: &Site<'_>, posts: &Lettering) -> Lettering {
        let mut all = posts.clone();
        for letters in [&mut all.text, &mut all.strong, &mut all.code] {
            letters.add(ALWAYS);
        }
        let config = site.config;
        let titles = config.title.values().chain(
            config
                .series
                .values()
                .flat_map(|names| names.title.values()),
        );
        titles.for_each(|title| all.heading(title));
        let sentences = config.description.values().chain(
            config
                .series
                .values()
                .flat_map(|names| names.description.values()),
        );
        sentences.for_each(|sentence| all.text.add(sentence));
        all.text.add(&config.author);
        for edition in &site.editions {
            let words = config.words(&edition.lang);
            all.text.add(&words.text());
            words.strong().for_each(|word| all.strong.add(word));
        }
        // Every page links to the other languages by their own names.
        for edition in &site.editions {
            all.text.add(&config.words(&edition.lang).name);
        }
        all
    }

    /// Adds the letters of a post and of what its run gave.
    pub fn add(&mut self, post: &Post, checked: &Checked) {
        self.post(post, &checked.results);
        let others = checked.runs.iter().flat_map(|results| &results.blocks);
        others.flatten().for_each(|result| self.result(result));
        for verdict in &checked.report.verdicts {
            if let Verdict::Contradicted { found } = verdict {
                self.code.add(&found.to_string());
            }
        }
    }

    fn heading(&mut self, text: &str) {
        self.text.add(text);
        self.strong.add(text);
    }

    fn post(&mut self, post: &Post, results: &Results) {
        self.text.add(post.source.text());
        self.heading(&post.title());
        // Inside how many elements that are set in bold letters.
        let mut depth = 0usize;
        for piece in post.pieces() {
            let Piece::Markdown(event, _) = piece else {
                continue;
            };
            match &event {
                Event::Start(tag) if is_strong(&tag.to_end()) || is_head(tag) => depth += 1,
                Event::End(tag) if is_strong(tag) || *tag == TagEnd::TableHead => {
                    depth = depth.saturating_sub(1)
                }
                Event::Text(text) if depth > 0 => self.strong.add(text),
                Event::Code(text) => self.code.add(text),
                _ => {}
            }
        }
        for block in &post.blocks {
            if block.kind == BlockKind::Mermaid {
                let groups = block.code.lines().filter(|line| line.contains("subgraph"));
                groups.for_each(|line| self.strong.add(line));
            } else {
                self.code.add(&block.code);
                for setup in &block.setups {
                    self.code.add(&setup.code);
                }
            }
        }
        results
            .blocks
            .iter()
            .flatten()
            .for_each(|it| self.result(it));
    }

    fn result(&mut self, result: &BlockResult) {
        self.code.add(&result.stdout);
        self.code.add(&result.stderr);
    }
}

fn is_strong(tag: &TagEnd) -> bool {
    matches!(tag, TagEnd::Heading(_) | TagEnd::Strong | TagEnd::Emphasis)
}

fn is_head(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::TableHead)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_a_set_in_order() {
        let mut letters = Letters::default();
        letters.add("나가b가😀a");
        letters.add("c");
        assert_eq!(letters.iter().collect::<String>(), "abc가나");
    }
}
