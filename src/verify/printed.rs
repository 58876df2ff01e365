//! A claim against the lines that a statement printed.
//!
//! A printed line may have a label before the value: `print(f"count: {n}")  # 3`. The text of the call tells where
//! the value stands in the line; where it does not (`print(a, b)`, a keyword argument) only what is certain is said.

use crate::post::value;
use crate::python::compiler::comments::Print;

/// What one printed text says about a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// It says the same.
    Same,
    /// It says this instead.
    Differs(String),
    /// It cannot be told.
    Unclear,
}

/// Judges what a statement printed, perhaps several times. `is_same` compares a claimed value with a found one.
pub fn judge(print: Option<&Print>, text: &str, is_same: &dyn Fn(&str) -> bool) -> Vec<Finding> {
    times(print, text)
        .iter()
        .map(|once| judge_once(print, once, is_same))
        .collect()
}

/// What was printed each time the statement ran: a line, or as many lines as the text of the call has.
fn times(print: Option<&Print>, text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let breaks = print.map_or(0, |print| {
        print.before.matches('\n').count() + print.after.matches('\n').count()
    });
    let size = if lines.len().is_multiple_of(breaks + 1) {
        breaks + 1
    } else {
        1
    };
    lines.chunks(size).map(|chunk| chunk.join("\n")).collect()
}

fn judge_once(print: Option<&Print>, text: &str, is_same: &dyn Fn(&str) -> bool) -> Finding {
    if is_same(text.trim()) {
        return Finding::Same;
    }
    if let Some(print) = print.filter(|print| print.is_plain && print.holes == 1)
        && let Some(found) = text
            .strip_prefix(print.before.as_str())
            .and_then(|text| text.strip_suffix(print.after.trim_end_matches('\n')))
    {
        return if is_same(found.trim()) {
            Finding::Same
        } else {
            Finding::Differs(found.trim().to_owned())
        };
    }
    if suffixes(text).any(is_same) {
        return Finding::Same;
    }
    // Another value in the line may be the one that is meant: then nothing is certain.
    let mentions = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '=' | '/' | '(' | ')'))
        .any(|word| !word.is_empty() && is_same(word));
    match suffixes(text).find(|suffix| value::is_value(suffix)) {
        Some(found) if !mentions => Finding::Differs(found.trim().to_owned()),
        _ => Finding::Unclear,
    }
}

/// The text from each word on, the whole first: a label may be several words.
fn suffixes(text: &str) -> impl Iterator<Item = &str> {
    let after_separator = text
        .char_indices()
        .filter(|(_, c)| c.is_whitespace() || matches!(c, ':' | '=' | '→'))
        .map(|(at, c)| at + c.len_utf8());
    std::iter::once(0)
        .chain(after_separator)
        .filter_map(|at| text.get(at..))
        .map(str::trim)
        .filter(|suffix| !suffix.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, holes: usize, after: &str, text: &str, claim: &str) -> Vec<Finding> {
        let print = Print {
            before: before.into(),
            holes,
            after: after.into(),
            expression: None,
            is_plain: true,
        };
        judge(Some(&print), text, &|found| value::is_same(claim, found))
    }

    #[test]
    fn the_value_stands_behind_its_label() {
        assert_eq!(check("", 1, "", "True\n", "True"), [Finding::Same]);
        assert_eq!(
            check(
                "GC 임계값: ",
                1,
                "",
                "GC 임계값: (2000, 10, 10)\n",
                "(700, 10, 10)"
            ),
            [Finding::Differs("(2000, 10, 10)".into())]
        );
        assert_eq!(
            check("타입: ", 1, "", "타입: <class 'int'>\n", "<class 'int'>"),
            [Finding::Same]
        );
        assert_eq!(
            check("크기: ", 1, " bytes", "크기: 56 bytes\n", "56"),
            [Finding::Same]
        );
        assert_eq!(check("\n합: ", 1, "", "\n합: 3\n", "3"), [Finding::Same]);
    }

    #[test]
    fn of_several_values_only_what_is_certain_is_told() {
        assert_eq!(check("", 2, "", "list 64\n", "64"), [Finding::Same]);
        assert_eq!(
            check("", 2, "", "list 64\n", "56"),
            [Finding::Differs("64".into())]
        );
        assert_eq!(check("", 2, "", "3 / 4\n", "3"), [Finding::Unclear]);
        assert_eq!(check("", 2, "", "가 나\n", "3"), [Finding::Unclear]);
    }

    #[test]
    fn a_line_that_ran_twice_is_judged_twice() {
        assert_eq!(
            check("", 1, "", "1\n2\n", "1"),
            [Finding::Same, Finding::Differs("2".into())]
        );
    }
}
