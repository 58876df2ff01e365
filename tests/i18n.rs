//! Drift between originals and translations, through the command.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const KO: &str = "---\ntitle: 이름\n---\n\n이름은 객체를 가리킵니다.\n\n## 두 이름\n\n한 객체에 이름이 둘입니다.\n";
const EN: &str = "---\ntitle: Names\n---\n\nA name refers to an object.\n\n## Two names\n\nOne object has two names.\n";

fn gieok(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gieok"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .expect("the command runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A book with a translated post and one without a translation.
fn book(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("gieok-i18n-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    for (path, text) in [
        ("book.toml", ""),
        ("content/ko/names.md", KO),
        ("content/en/names.md", EN),
        ("content/ko/sizes.md", "# 크기\n\n바이트.\n"),
    ] {
        write(&folder, path, text);
    }
    folder
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    let parent = path.parent().expect("a file is in a folder");
    std::fs::create_dir_all(parent).expect("the folder can be made");
    std::fs::write(path, text).expect("the file can be written");
}

#[test]
fn a_translation_is_accepted_falls_behind_and_is_accepted_again() {
    let folder = book("round");
    let status = gieok(&folder, &["i18n", "status", "--exit-code"]);
    assert_eq!(status.status.code(), Some(1));
    insta::assert_snapshot!(stdout(&status), @r"
    en/names  never accepted
    en/sizes  missing
    2 translations: 1 never accepted, 1 missing
    ");

    let accepted = gieok(&folder, &["i18n", "accept", "content/en/names.md"]);
    assert_eq!(stdout(&accepted), "1 translation accepted\n");
    assert!(stdout(&gieok(&folder, &["i18n", "status"])).starts_with("en/names  up to date\n"));

    let changed = KO.replace(
        "한 객체에 이름이 둘입니다.",
        "한 객체에 이름이 셋입니다.\n\n- 하나",
    );
    write(&folder, "content/ko/names.md", &changed);
    insta::assert_snapshot!(stdout(&gieok(&folder, &["i18n", "status"])), @r"
    en/names  behind
      content/en/names.md:7  Two names
        content/ko/names.md, line 9: paragraph changed
        content/ko/names.md, line 11: item added
    en/sizes  missing
    2 translations: 1 behind, 1 missing
    ");
    insta::assert_snapshot!(stdout(&gieok(&folder, &["check"])), @r"
    warning[translation-behind]: the original has changed here: content/ko/names.md, line 9: paragraph changed, line 11: item added
     --> content/en/names.md:7:1
      |
    7 | ## Two names
      | ^^^^^^^^^^^^
      |
      = help: translate the change, then `gieok i18n accept en/names`

    1 warning; 0 blocks ran, 0 of 0 claims hold
    ");

    gieok(&folder, &["i18n", "accept", "--all"]);
    assert!(stdout(&gieok(&folder, &["i18n", "status"])).starts_with("en/names  up to date\n"));
}

#[test]
fn readers_see_a_notice_at_the_headings_that_are_behind_and_nowhere_else() {
    let folder = book("notice");
    gieok(&folder, &["i18n", "accept", "--all"]);
    let page = |folder: &Path| {
        gieok(folder, &["build", "--out", "site"]);
        std::fs::read_to_string(folder.join("site/en/names.html")).expect("the page is there")
    };
    assert!(!page(&folder).contains("class=\"notice"));

    write(
        &folder,
        "content/ko/names.md",
        &KO.replace("둘입니다", "셋입니다"),
    );
    let html = page(&folder);
    assert_eq!(html.matches("class=\"notice behind\"").count(), 1);
    let heading = html.find("id=\"two-names\"").expect("the heading is there");
    let notice = html.find("class=\"notice behind\"").expect("counted above");
    assert!(heading < notice);
    assert!(html.contains("href=\"../names.html#두-이름\""), "{html}");

    write(
        &folder,
        "content/ko/names.md",
        &KO.replace("이름은 객체를", "이름은 늘 객체를"),
    );
    let html = page(&folder);
    let notice = html
        .find("class=\"notice behind\"")
        .expect("the beginning is behind");
    assert!(notice < html.find("class=\"body\"").expect("a post has a body"));
}

#[test]
fn what_cannot_be_accepted_is_told_and_nothing_is_written() {
    let folder = book("wrong");
    let output = gieok(&folder, &["i18n", "accept", "en/names", "en/nams"]);
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!(String::from_utf8_lossy(&output.stderr), @"error: content/en/nams: there is no such translation; did you mean `en/names`?");
    assert!(!folder.join("i18n.lock").exists());

    write(&folder, "i18n.lock", "version = 1\n<<<<<<< HEAD\n");
    let output = gieok(&folder, &["check"]);
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!(stdout(&output), @"
    error: i18n.lock: line 2: key with no value, expected `=`; restore the file, or remove it and accept the translations anew

    1 error; 0 blocks ran, 0 of 0 claims hold
    ");
}

#[test]
fn a_translation_that_is_gone_leaves_the_lock_file() {
    let folder = book("gone");
    gieok(&folder, &["i18n", "accept", "--all"]);
    std::fs::remove_file(folder.join("content/en/names.md")).expect("the translation is there");
    write(&folder, "content/en/sizes.md", "# Sizes\n\nBytes.\n");
    gieok(&folder, &["i18n", "accept", "--all"]);
    let lock = std::fs::read_to_string(folder.join("i18n.lock")).expect("the file is there");
    assert!(
        lock.contains("en/sizes") && !lock.contains("en/names"),
        "{lock}"
    );
}
