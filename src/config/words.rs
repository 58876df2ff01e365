//! The site's own words, one file for each language in `templates/words/`. Templates get them as `words`; no word of a
//! page stands anywhere else. A book says others in `[words.ko]` of its `book.toml`.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use toml::{Table, Value};

/// The words of one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// BCP 47 code.
    pub lang: String,
    /// The language's own name.
    pub name: String,
    pub(crate) skip_to_content: String,
    pub(crate) home: String,
    pub(crate) contents: String,
    pub(crate) theme: String,
    pub(crate) copy: String,
    pub(crate) copied: String,
    pub(crate) link_here: String,
    pub(crate) output: String,
    pub(crate) errors: String,
    pub(crate) exception: String,
    pub(crate) lines: String,
    pub(crate) ran: String,
    pub(crate) ran_silently: String,
    pub(crate) expected_exception: String,
    pub(crate) raised: String,
    pub(crate) stopped: String,
    pub(crate) stopped_time: String,
    pub(crate) stopped_memory: String,
    pub(crate) stopped_output: String,
    pub(crate) not_run: String,
    pub(crate) syntax_only: String,
    pub(crate) claim_holds: String,
    pub(crate) claim_wrong: String,
    pub(crate) claim_not_reached: String,
    pub(crate) claim_unjudged: String,
    pub(crate) claim_other_version: String,
    pub(crate) no_exception: String,
    pub(crate) no_line: String,
    pub(crate) more_lines_one: String,
    pub(crate) more_lines_many: String,
    pub(crate) unclear_not_run: String,
    pub(crate) unclear_no_value: String,
    pub(crate) unclear_nothing_printed: String,
    pub(crate) unclear_not_seen: String,
    pub(crate) unclear_only_none: String,
    pub(crate) unclear_several_values: String,
    pub(crate) unclear_several_times: String,
    pub(crate) verified: String,
    pub(crate) not_verified: String,
    pub(crate) not_executed: String,
    pub(crate) on_cpython: String,
    pub(crate) after_block: String,
    pub(crate) diagram: String,
    pub(crate) diagram_failed: String,
    pub(crate) diagram_line: String,
    pub(crate) diagram_source: String,
    pub(crate) picture: String,
    pub(crate) picture_refs: String,
    pub(crate) picture_bytes_one: String,
    pub(crate) picture_bytes_many: String,
    pub(crate) picture_tracked: String,
    pub(crate) picture_module: String,
    pub(crate) picture_gone: String,
    pub(crate) picture_empty: String,
    pub(crate) picture_no_attributes: String,
    pub(crate) picture_weak: String,
    pub(crate) picture_strong_reference: String,
    pub(crate) picture_weak_reference: String,
    pub(crate) picture_cycle: String,
    pub(crate) picture_immortal: String,
    pub(crate) picture_more: String,
    pub(crate) picture_table: String,
    pub(crate) picture_object: String,
    pub(crate) picture_value: String,
    pub(crate) picture_references: String,
    pub(crate) picture_size: String,
    pub(crate) picture_collector: String,
    pub(crate) picture_holds: String,
    pub(crate) picture_yes: String,
    pub(crate) picture_no: String,
    pub(crate) more_code: String,
    pub(crate) plain_text: String,
    pub(crate) terminal: String,
    pub(crate) made_with: String,
    pub(crate) posts: String,
    pub(crate) no_posts: String,
    pub(crate) problems: String,
    pub(crate) blocks_one: String,
    pub(crate) blocks_many: String,
    pub(crate) claims_one: String,
    pub(crate) claims_many: String,
    pub(crate) claims_some: String,
    pub(crate) posts_one: String,
    pub(crate) posts_many: String,
    pub(crate) minutes: String,
    pub(crate) part_of: String,
    pub(crate) parts: String,
    pub(crate) date: String,
    pub(crate) hidden_one: String,
    pub(crate) hidden_many: String,
    pub(crate) note_number: String,
    pub(crate) series: String,
    pub(crate) tags: String,
    pub(crate) tag: String,
    pub(crate) categories: String,
    pub(crate) category: String,
    pub(crate) section: String,
    pub(crate) other_posts: String,
    pub(crate) previous: String,
    pub(crate) next: String,
    pub(crate) next_and_previous: String,
    pub(crate) languages: String,
    pub(crate) main_navigation: String,
    pub(crate) updated: String,
    pub(crate) draft: String,
    pub(crate) task_done: String,
    pub(crate) task_open: String,
    pub(crate) footnotes: String,
    pub(crate) footnote_back: String,
    pub(crate) note: String,
    pub(crate) tip: String,
    pub(crate) important: String,
    pub(crate) warning: String,
    pub(crate) caution: String,
    pub(crate) not_translated: String,
    pub(crate) behind: String,
    pub(crate) behind_top: String,
    pub(crate) behind_link: String,
    pub(crate) search: String,
    pub(crate) search_label: String,
    pub(crate) search_hint: String,
    pub(crate) search_none: String,
    pub(crate) search_needs_script: String,
    pub(crate) search_failed: String,
    pub(crate) search_other: String,
    pub(crate) search_count: String,
    pub(crate) close: String,
    pub(crate) not_found: String,
    pub(crate) not_found_text: String,
    pub(crate) moved: String,
    pub(crate) all_verified: String,
    pub(crate) all_verified_text: String,
    pub(crate) claims_shown: String,
    pub(crate) verdict: String,
    pub(crate) claim: String,
    pub(crate) code: String,
    pub(crate) line: String,
    pub(crate) holds: String,
    pub(crate) wrong: String,
    pub(crate) not_reached: String,
    pub(crate) unjudged: String,
    pub(crate) other_version: String,
    pub(crate) keys: String,
    pub(crate) keys_search: String,
    pub(crate) keys_headings: String,
    pub(crate) keys_posts: String,
    pub(crate) keys_theme: String,
    pub(crate) keys_language: String,
    pub(crate) keys_help: String,
    pub(crate) feed: String,
    pub(crate) versions: String,
    pub(crate) python: String,
    pub(crate) until: String,
    pub(crate) since: String,
    pub(crate) within: String,
    pub(crate) true_where: String,
    pub(crate) value_where: String,
    pub(crate) compared: String,
    pub(crate) changes: String,
    pub(crate) changes_text: String,
    pub(crate) nothing: String,
    pub(crate) at_end: String,
    months: Vec<String>,
}

const KOREAN: &str = include_str!("../../templates/words/ko.toml");
const ENGLISH: &str = include_str!("../../templates/words/en.toml");

impl Words {
    /// Our words of a language; English where we do not have it. A book's own are at [`Config::words`].
    ///
    /// [`Config::words`]: super::Config::words
    pub fn of(lang: &str) -> &'static Words {
        static READ: OnceLock<[Words; 2]> = OnceLock::new();
        let [korean, english] = READ.get_or_init(|| [KOREAN, ENGLISH].map(read));
        if is_korean(lang) { korean } else { english }
    }

    /// Our words of a language with those that a book says otherwise.
    pub fn with(lang: &str, said: Table) -> Words {
        let mut table = table(if is_korean(lang) { KOREAN } else { ENGLISH });
        if !is_korean(lang) && !is_english(lang) {
            table.insert("name".to_owned(), Value::from(lang));
        }
        table.extend(said);
        table.insert("lang".to_owned(), Value::from(lang));
        table
            .try_into()
            .expect("the reader took the book's words over only if they are sound")
    }

    /// "19 blocks".
    pub fn blocks(&self, count: usize) -> String {
        counted(&self.blocks_one, &self.blocks_many, count)
    }

    /// "2 hidden lines".
    pub fn hidden(&self, count: usize) -> String {
        counted(&self.hidden_one, &self.hidden_many, count)
    }

    /// All of the words, as one text.
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The words that are set in bold letters.
    pub fn strong(&self) -> impl Iterator<Item = &str> {
        let words = [
            &self.contents,
            &self.verified,
            &self.not_verified,
            &self.not_executed,
            &self.claim_wrong,
            &self.more_code,
            &self.lines,
            &self.output,
            &self.errors,
            &self.exception,
            &self.raised,
            &self.stopped,
            &self.blocks_many,
            &self.blocks_one,
            &self.claims_many,
            &self.claims_one,
            &self.claims_some,
            &self.posts,
            &self.other_posts,
            &self.series,
            &self.tags,
            &self.categories,
            &self.search,
            &self.search_other,
            &self.draft,
            &self.note,
            &self.tip,
            &self.important,
            &self.warning,
            &self.caution,
            &self.not_found,
            &self.moved,
            &self.all_verified,
            &self.keys,
            &self.code,
            &self.claim,
            &self.verdict,
            &self.wrong,
            &self.diagram_failed,
            &self.parts,
            &self.part_of,
            &self.changes,
            &self.true_where,
            &self.value_where,
            &self.until,
            &self.since,
            &self.within,
            &self.picture,
            &self.picture_refs,
            &self.picture_bytes_one,
            &self.picture_bytes_many,
            &self.picture_tracked,
            &self.picture_module,
            &self.picture_gone,
            &self.picture_empty,
            &self.picture_no_attributes,
            &self.picture_weak,
            &self.picture_strong_reference,
            &self.picture_weak_reference,
            &self.picture_cycle,
            &self.picture_immortal,
            &self.picture_more,
            &self.picture_table,
            &self.picture_object,
            &self.picture_value,
            &self.picture_references,
            &self.picture_size,
            &self.picture_collector,
            &self.picture_holds,
            &self.picture_yes,
            &self.picture_no,
        ];
        words.into_iter().map(String::as_str)
    }

    /// "24 lines".
    pub fn lines(&self, count: usize) -> String {
        filled(&self.lines, &[("n", &count)])
    }

    /// "2 more lines".
    pub fn more_lines(&self, count: usize) -> String {
        counted(&self.more_lines_one, &self.more_lines_many, count)
    }

    /// "Line 3 cannot be read."
    pub fn diagram_line(&self, line: usize) -> String {
        filled(&self.diagram_line, &[("n", &line)])
    }

    /// "Memory picture: a, b".
    pub fn picture(&self, names: &str) -> String {
        filled(&self.picture, &[("names", &names)])
    }

    /// "refs 2", the number as it is written.
    pub fn picture_refs(&self, number: &str) -> String {
        filled(&self.picture_refs, &[("n", &number)])
    }

    /// "56 bytes", the number as it is written.
    pub fn picture_bytes(&self, number: &str) -> String {
        let bytes = match number {
            "1" => &self.picture_bytes_one,
            _ => &self.picture_bytes_many,
        };
        filled(bytes, &[("n", &number)])
    }

    /// "… 3 more".
    pub fn picture_more(&self, count: u64) -> String {
        filled(&self.picture_more, &[("n", &count)])
    }

    /// "Note 2".
    pub fn note_number(&self, number: usize) -> String {
        filled(&self.note_number, &[("n", &number)])
    }

    /// "3 posts".
    pub fn posts_counted(&self, count: usize) -> String {
        counted(&self.posts_one, &self.posts_many, count)
    }

    /// "12 of 14 claims hold".
    pub fn claims(&self, held: usize, all: usize) -> String {
        if held == all {
            return counted(&self.claims_one, &self.claims_many, all);
        }
        filled(&self.claims_some, &[("n", &all), ("held", &held)])
    }

    /// "25 min read".
    pub fn minutes(&self, minutes: usize) -> String {
        filled(&self.minutes, &[("n", &minutes)])
    }

    /// "Part 3 of 7".
    pub fn part_of(&self, part: usize, all: usize) -> String {
        filled(&self.part_of, &[("part", &part), ("n", &all)])
    }

    /// "7 parts".
    pub fn parts(&self, count: usize) -> String {
        filled(&self.parts, &[("n", &count)])
    }

    /// What a page says that shows an original of another language.
    pub fn not_translated(&self, original: &Words) -> String {
        filled(&self.not_translated, &[("language", &original.name)])
    }

    /// "Python 3.12, 3.13".
    pub fn python(&self, versions: &str) -> String {
        filled(&self.python, &[("versions", &versions)])
    }

    /// "up to 3.12".
    pub fn until(&self, version: &str) -> String {
        filled(&self.until, &[("version", &version)])
    }

    /// "from 3.13".
    pub fn since(&self, version: &str) -> String {
        filled(&self.since, &[("version", &version)])
    }

    /// "in 3.12".
    pub fn within(&self, versions: &str) -> String {
        filled(&self.within, &[("versions", &versions)])
    }

    /// "true up to 3.12"; `place` is what [`Words::until`] and its siblings say.
    pub fn true_where(&self, place: &str) -> String {
        filled(&self.true_where, &[("where", &place)])
    }

    /// "(2000, 10, 10) from 3.13".
    pub fn value_where(&self, value: &str, place: &str) -> String {
        // The value comes last: it may have braces.
        filled(&self.value_where, &[("where", &place), ("value", &value)])
    }

    /// "compared: 3.12–3.14".
    pub fn compared(&self, versions: &str) -> String {
        filled(&self.compared, &[("versions", &versions)])
    }

    /// What stands above the table of the lines that differ.
    pub fn changes_text(&self, versions: &str) -> String {
        filled(&self.changes_text, &[("versions", &versions)])
    }

    /// A date of the form `2025-10-19…` as people write it.
    pub fn date(&self, date: &str) -> Option<String> {
        let mut parts = date.get(..10)?.split('-');
        let (year, month, day): (u16, usize, u8) = (
            parts.next()?.parse().ok()?,
            parts.next()?.parse().ok()?,
            parts.next()?.parse().ok()?,
        );
        let month = self.months.get(month.checked_sub(1)?)?;
        Some(filled(
            &self.date,
            &[("year", &year), ("month", month), ("day", &day)],
        ))
    }
}

/// A word that a book may say otherwise: its key, and what we say in English.
pub fn overridable() -> &'static [(String, Value)] {
    static KEYS: OnceLock<Vec<(String, Value)>> = OnceLock::new();
    // The language is the one that the words stand under.
    KEYS.get_or_init(|| {
        let words = table(ENGLISH).into_iter();
        words.filter(|(key, _)| key != "lang").collect()
    })
}

/// The names in braces of a word, whose places the page fills: `n` of `{n} blocks`.
pub fn holes(word: &str) -> impl Iterator<Item = &str> {
    word.split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
}

fn is_korean(lang: &str) -> bool {
    lang == "ko" || lang.starts_with("ko-")
}

fn is_english(lang: &str) -> bool {
    lang == "en" || lang.starts_with("en-")
}

fn table(text: &str) -> Table {
    text.parse().expect("our words are TOML: a test reads them")
}

fn read(text: &str) -> Words {
    toml::from_str(text).expect("our words are sound: a test reads them")
}

fn counted(one: &str, many: &str, count: usize) -> String {
    filled(if count == 1 { one } else { many }, &[("n", &count)])
}

fn filled(text: &str, values: &[(&str, &dyn std::fmt::Display)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), &value.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_every_word() {
        let keys = |text: &str| -> Vec<String> {
            let table: toml::Table = text.parse().expect("our words are TOML");
            assert!(
                table.values().all(|word| word.as_str() != Some("")),
                "a word is empty"
            );
            table.keys().cloned().collect()
        };
        assert_eq!(keys(KOREAN), keys(ENGLISH));
        // Reading fails for a key too many or too few.
        assert_eq!(
            (read(KOREAN).lang, read(ENGLISH).lang),
            ("ko".to_owned(), "en".to_owned())
        );
    }

    #[test]
    fn placeholders_are_the_same_in_both() {
        let holes = |text: &str| -> Vec<(String, Vec<String>)> {
            let table: toml::Table = text.parse().expect("our words are TOML");
            let of = |word: &toml::Value| {
                let word = word.as_str().unwrap_or_default();
                let mut holes: Vec<String> = super::holes(word).map(str::to_owned).collect();
                holes.sort();
                holes
            };
            table
                .iter()
                .map(|(key, word)| (key.clone(), of(word)))
                .collect()
        };
        assert_eq!(holes(KOREAN), holes(ENGLISH));
    }

    #[test]
    fn a_book_may_say_any_word_otherwise() {
        let said = |text: &str| text.parse().expect("TOML");
        let korean = Words::with("ko", said("series = \"시리즈\""));
        assert_eq!((&*korean.series, &*korean.tags), ("시리즈", "태그"));
        assert!(korean.text().contains("시리즈"));
        // Another language begins with the English words, under its own name.
        let french = Words::with("fr", said("tags = \"Mots-clés\""));
        assert_eq!(
            (&*french.lang, &*french.name, &*french.tags, &*french.series),
            ("fr", "fr", "Mots-clés", "Series")
        );
    }

    #[test]
    fn dates_and_numbers_are_written_as_people_do() {
        let (korean, english) = (Words::of("ko"), Words::of("en"));
        assert_eq!(
            korean.date("2025-10-19 09:00:00 +0900").as_deref(),
            Some("2025년 10월 19일")
        );
        assert_eq!(
            english.date("2025-10-09").as_deref(),
            Some("October 9, 2025")
        );
        assert_eq!(english.date("어제의 어느 날"), None);
        assert_eq!(english.date("2025-13-01"), None);
        assert_eq!(
            (english.blocks(1), english.blocks(2)),
            ("1 block".to_owned(), "2 blocks".to_owned())
        );
        assert_eq!(english.claims(1, 3), "1 of 3 claims hold");
        assert_eq!(korean.part_of(3, 10), "10편 중 3편");
    }
}
