//! An original that changes in every way, and what is told of its translation.

use super::*;

fn post(text: &str) -> Post {
    crate::post::parse(Source::new("ko/x.md", text))
}

const ORIGINAL: &str = "---\ntitle: 제목\n---\n머리.\n\n## 하나\n\n첫 문단.\n\n둘째 문단.\n\n## 둘\n\n| a |\n| - |\n| 1 |\n";
const TRANSLATION: &str = "---\ntitle: Title\n---\nTop.\n\n## One\n\nFirst.\n\nSecond.\n\n## Two\n\n| a |\n| - |\n| 1 |\n";

/// What is told when the original becomes `now`: the translation's anchor and the changes there.
fn check(now: &str) -> Vec<String> {
    let mut lock = Lock::default();
    lock.accept("en/x", &post(ORIGINAL), &post(TRANSLATION));
    let lock = Lock::parse(&lock.text()).unwrap();
    let now = post(now);
    match standing(&lock, "en/x", &now, || now.passages()) {
        Standing::Behind(behind) => {
            let tell = |behind: &Behind| {
                let changes: Vec<String> = behind
                    .changes
                    .iter()
                    .map(|change| change.told(&now.source))
                    .collect();
                format!(
                    "#{} < #{}: {}",
                    behind.anchor,
                    behind.original,
                    changes.join(", ")
                )
            };
            behind.iter().map(tell).collect()
        }
        Standing::Current => Vec::new(),
        Standing::Unknown => vec!["unknown".to_owned()],
    }
}

#[test]
fn what_is_only_filled_anew_has_not_changed() {
    assert_eq!(check(ORIGINAL), Vec::<String>::new());
    let refilled = ORIGINAL.replace("첫 문단.", "첫\n문단.");
    assert_eq!(check(&refilled), Vec::<String>::new());
}

#[test]
fn a_change_is_told_at_its_heading() {
    assert_eq!(
        check(&ORIGINAL.replace("둘째 문단.", "다른 문단.")),
        ["#one < #하나: line 10: paragraph changed"]
    );
    assert_eq!(
        check(&ORIGINAL.replace("| 1 |\n", "| 1 |\n| 2 |\n")),
        ["#two < #둘: line 17: row added"]
    );
    assert_eq!(
        check(&ORIGINAL.replace("첫 문단.\n\n", "")),
        ["#one < #하나: paragraph removed"]
    );
    assert_eq!(
        check(
            &ORIGINAL
                .replace("제목", "새 제목")
                .replace("머리.", "새 머리.")
        ),
        ["# < #: line 2: title changed, line 4: paragraph changed"]
    );
}

#[test]
fn headings_come_go_and_change_their_names() {
    assert_eq!(
        check(&ORIGINAL.replace("## 하나", "## 일")),
        ["#one < #일: line 6: heading changed"]
    );
    assert_eq!(
        check(&ORIGINAL.replace("## 둘\n", "## 새것\n\n글.\n\n## 둘\n")),
        ["#one < #새것: line 12: heading added, with its text"]
    );
    assert_eq!(
        check(&ORIGINAL.replace("## 하나\n\n첫 문단.\n\n둘째 문단.\n\n", "")),
        ["#one < #: heading removed, with its text"]
    );
}

#[test]
fn a_translation_that_was_never_accepted_is_unknown() {
    let lock = Lock::default();
    let found = standing(&lock, "en/x", &post(ORIGINAL), || unreachable!("no lock"));
    assert_eq!(found, Standing::Unknown);
    assert!(lock.is_empty());
}

#[test]
fn a_damaged_lock_file_says_where() {
    let mut lock = Lock::default();
    lock.accept("en/x", &post(ORIGINAL), &post(TRANSLATION));
    let text = lock.text();
    assert!(Lock::parse("").is_err());
    let conflict = text.replacen("original = \"하나\"", "<<<<<<< HEAD", 1);
    let told = Lock::parse(&conflict).unwrap_err();
    assert!(told.starts_with("line 13: "), "{told}");
    let told = Lock::parse(&text.replacen("version = 1", "version = 7", 1)).unwrap_err();
    assert!(told.contains("version 7"), "{told}");
}
