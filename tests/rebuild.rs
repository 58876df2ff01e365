//! Building a book again: what is kept is what would be made, and a build that is killed leaves a whole site.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant, SystemTime};

/// The files of a folder by their paths; the mark of the tool is one of them.
type Files = BTreeMap<String, Vec<u8>>;

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gieok"));
    command.args(args).current_dir(folder);
    command
}

fn gieok(folder: &Path, args: &[&str]) -> Output {
    command(folder, args).output().expect("gieok starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn write(folder: &Path, path: &str, text: &str) {
    let file = folder.join(path);
    std::fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder");
    std::fs::write(file, text).expect("the temporary folder can be written");
}

fn read(folder: &Path) -> Files {
    let all = walkdir::WalkDir::new(folder).into_iter();
    all.map(|file| file.expect("it can be read"))
        .filter(|file| file.file_type().is_file())
        .map(|file| {
            let path = file.path().strip_prefix(folder).expect("it is within");
            let bytes = std::fs::read(file.path()).expect("it can be read");
            (path.to_string_lossy().into_owned(), bytes)
        })
        .collect()
}

/// The names of the files that differ: no test prints whole pages.
fn differing(left: &Files, right: &Files) -> Vec<String> {
    let names = left.keys().chain(right.keys());
    let mut names: Vec<String> = names
        .filter(|name| left.get(*name) != right.get(*name))
        .cloned()
        .collect();
    names.sort();
    names.dedup();
    names
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("rebuild")
        .join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the temporary folder can be written");
    folder
}

/// A small book with everything that is kept: results, a drawing, a diagram, colours; and two mistakes to be told.
fn book(name: &str) -> PathBuf {
    let folder = folder(name);
    write(
        &folder,
        "book.toml",
        "base_url = \"https://example.org/\"\n[title]\nko = \"책\"\nen = \"Book\"\n[theme]\nfonts = false\ncards = false\n",
    );
    for (lang, word) in [("ko", "가"), ("en", "a")] {
        let post = format!(
            "---\ntitle: {word}\ndate: 2025-01-02\ntags: [{word}]\n---\n# {word}\n\n\
             <!-- py: id=one -->\n\n```python\na = [1]\nb = a\nprint(len(a))  # 1\nimport sys\nprint(sys.getrefcount(a))  # 3\n```\n\n\
             <!-- draw: a, b -->\n\n```mermaid\ngraph LR\n  A[{word}] --> B[{word}{word}]\n  style A fill:rosy\n```\n\n\
             ```rust\nfn main() {{ let x = 1; }} // {word}\n```\n\n[{word}](nowhere.md) ![{word}](picture.svg)\n"
        );
        write(&folder, &format!("content/{lang}/first.md"), &post);
        write(
            &folder,
            &format!("content/{lang}/second.md"),
            &format!("# {word} 2\n\n[1](first.md)\n"),
        );
        write(
            &folder,
            &format!("content/{lang}/picture.svg"),
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        );
    }
    write(&folder, "static/robots-note.txt", "one");
    folder
}

/// What a build without any cache gives now.
fn fresh(folder: &Path) -> (Files, String) {
    let output = gieok(folder, &["build", "--no-cache", "--out", "fresh"]);
    let files = read(&folder.join("fresh"));
    std::fs::remove_dir_all(folder.join("fresh")).expect("it was built");
    (files, stdout(&output).replace("in fresh", "in public"))
}

#[test]
fn a_build_is_the_same_with_and_without_cache_and_on_any_number_of_threads() {
    let folder = book("same");
    let (expected, told) = fresh(&folder);
    assert!(
        expected.len() > 20 && told.contains("nowhere.md") && told.contains("mermaid-colour"),
        "{told}"
    );
    for args in [
        &["build"][..],
        &["build"],
        &["build", "--jobs", "1"],
        &["build", "--no-cache", "-j", "7"],
    ] {
        let output = gieok(&folder, args);
        assert_eq!(
            differing(&read(&folder.join("public")), &expected),
            [""; 0],
            "{args:?}"
        );
        assert_eq!(stdout(&output), told, "{args:?}");
    }
    // With results of earlier runs, and no site yet.
    let output = gieok(&folder, &["build", "--out", "second", "-j", "3"]);
    assert_eq!(differing(&read(&folder.join("second")), &expected), [""; 0]);
    assert_eq!(stdout(&output).replace("in second", "in public"), told);
}

#[test]
fn every_change_is_seen() {
    let folder = book("changes");
    gieok(&folder, &["build"]);
    let post = std::fs::read_to_string(folder.join("content/ko/first.md")).expect("a post");
    let settings = std::fs::read_to_string(folder.join("book.toml")).expect("settings");
    let changes: &[(&str, &dyn Fn())] = &[
        ("words", &|| {
            write(&folder, "content/ko/second.md", "# 새 제목\n")
        }),
        ("code", &|| {
            write(
                &folder,
                "content/ko/first.md",
                &post.replace("a = [1]", "a = [1, 2]"),
            )
        }),
        ("a diagram", &|| {
            write(
                &folder,
                "content/ko/first.md",
                &post.replace("A[가]", "A[나]"),
            )
        }),
        ("settings", &|| {
            write(&folder, "book.toml", &settings.replace("책", "다른 책"))
        }),
        ("a template", &|| {
            write(&folder, "templates/404.html", "{{ title }}!")
        }),
        ("the template again", &|| {
            write(&folder, "templates/404.html", "{{ title }}?")
        }),
        ("no template", &|| {
            std::fs::remove_dir_all(folder.join("templates")).expect("it is there")
        }),
        ("a static file", &|| {
            write(&folder, "static/robots-note.txt", "two")
        }),
        ("a file beside a post", &|| {
            write(&folder, "content/ko/picture.svg", "<svg/>")
        }),
        ("a file fewer", &|| {
            std::fs::remove_file(folder.join("content/en/picture.svg")).expect("it is there")
        }),
        ("a post more", &|| {
            write(&folder, "content/en/third.md", "# Third\n")
        }),
        ("a post fewer", &|| {
            std::fs::remove_file(folder.join("content/en/second.md")).expect("it is there")
        }),
        ("another name", &|| {
            std::fs::rename(
                folder.join("content/en/third.md"),
                folder.join("content/en/fourth.md"),
            )
            .expect("it is there");
        }),
        ("a page damaged", &|| {
            write(&folder, "public/index.html", "mine")
        }),
        ("a page gone", &|| {
            std::fs::remove_file(folder.join("public/first.html")).expect("it is there")
        }),
        ("a page too many", &|| {
            write(&folder, "public/mine.html", "mine")
        }),
    ];
    for (what, change) in changes {
        change();
        let output = gieok(&folder, &["build"]);
        let (expected, told) = fresh(&folder);
        assert_eq!(
            differing(&read(&folder.join("public")), &expected),
            [""; 0],
            "{what}"
        );
        assert_eq!(stdout(&output), told, "{what}");
    }
    let drafts = |args: &[&str]| stdout(&gieok(&folder, args));
    write(
        &folder,
        "content/ko/draft.md",
        "---\npublished: false\n---\n# 나중\n",
    );
    let without = drafts(&["build"]);
    assert_ne!(drafts(&["build", "--drafts"]), without);
    assert!(folder.join("public/draft.html").exists());
    assert_eq!(drafts(&["build"]), without);
    assert!(!folder.join("public/draft.html").exists());
}

/// Writes a file, and sets its time back to what it was.
fn write_with_old_time(folder: &Path, path: &str, text: &str) {
    let file = folder.join(path);
    let before = file.metadata().expect("it is there");
    assert_eq!(before.len(), text.len() as u64);
    let time = before.modified().expect("it has a time");
    write(folder, path, text);
    let written = std::fs::File::options().write(true).open(file);
    written
        .and_then(|file| file.set_modified(time))
        .expect("a time can be set");
}

#[test]
fn nothing_is_made_again_while_all_is_as_it_was() {
    let folder = book("as-it-was");
    let told = stdout(&gieok(&folder, &["build"]));
    // Posts that are set are kept; so whatever is kept anew was made.
    let kept = folder.join(".gieok/cache/set");
    let is_made = || {
        for file in std::fs::read_dir(&kept).expect("the cache").flatten() {
            std::fs::remove_file(file.path()).expect("a shelf");
        }
        assert_eq!(stdout(&gieok(&folder, &["build"])), told);
        let mut made = std::fs::read_dir(&kept).expect("the cache");
        made.next().is_some()
    };
    // At first the files have just been written, then they have rested.
    assert!(!is_made());
    std::thread::sleep(Duration::from_millis(300));
    assert!(!is_made() && !is_made());
    let touched = |path: &str| {
        let file = std::fs::File::options().write(true).open(folder.join(path));
        file.and_then(|file| file.set_modified(SystemTime::now()))
            .expect("a time can be set");
    };
    touched("content/ko/first.md");
    touched("book.toml");
    assert!(!is_made(), "another time is no change");
    write(&folder, "content/ko/.first.md.swp", "an editor's");
    assert!(!is_made(), "no file of the book");
    std::fs::remove_file(folder.join("content/ko/.first.md.swp")).expect("it is there");
    assert!(!is_made());
    write(&folder, "public/upload.tmp", "");
    std::fs::remove_file(folder.join("public/upload.tmp")).expect("it is there");
    assert!(!is_made(), "the folder holds what it held");
    touched("public/index.html");
    assert!(is_made(), "nobody knows what was done to a page");
}

#[test]
fn a_changed_post_is_set_and_the_others_are_taken() {
    let folder = book("one-changed");
    gieok(&folder, &["build"]);
    let kept = || read(&folder.join(".gieok/cache/set"));
    let runs = || read(&folder.join(".gieok/cache/run"));
    let (before, run) = (kept(), runs());
    assert_eq!(before.len(), 4, "one for each post");
    gieok(&folder, &["check"]);
    assert_eq!(differing(&before, &kept()), [""; 0]);
    // Its heading is named on the page of the other language.
    write(&folder, "content/ko/second.md", "# 가 2\n\n## 새 절\n");
    gieok(&folder, &["build"]);
    let after = kept();
    assert_eq!(differing(&before, &after).len(), 1);
    assert_eq!(
        differing(&run, &runs()),
        [""; 0],
        "results wait for changes"
    );
    assert_eq!(
        differing(&read(&folder.join("public")), &fresh(&folder).0),
        [""; 0]
    );
}

#[test]
fn a_change_is_seen_behind_an_old_time() {
    let folder = book("old-time");
    let text = |path: &str| std::fs::read_to_string(folder.join(path)).expect("it is there");
    for rest in [0, 300] {
        gieok(&folder, &["build"]);
        std::thread::sleep(Duration::from_millis(rest));
        for (path, from, to) in [
            ("content/ko/second.md", "2", "7"),
            ("static/robots-note.txt", "one", "two"),
            ("book.toml", "Book", "Tome"),
            ("public/second.html", "html", "HTML"),
        ] {
            let before = text(path);
            write_with_old_time(&folder, path, &before.replace(from, to));
            gieok(&folder, &["build"]);
            let (expected, _) = fresh(&folder);
            assert_eq!(
                differing(&read(&folder.join("public")), &expected),
                [""; 0],
                "{path}"
            );
            if !path.starts_with("public") {
                write(&folder, path, &before);
            }
            gieok(&folder, &["build"]);
        }
    }
}

#[test]
fn a_check_sees_posts_and_snapshots() {
    let folder = book("check");
    let check = || stdout(&gieok(&folder, &["check"]));
    let first = check();
    assert!(first.ends_with("4 of 4 claims hold\n"), "{first}");
    assert_eq!(check(), first);
    let second = std::fs::read_to_string(folder.join("content/ko/first.md")).expect("a post");
    write(
        &folder,
        "content/ko/first.md",
        &second.replace("# 3", "# 4"),
    );
    let wrong = check();
    assert!(
        wrong.contains("claim-mismatch") && wrong.contains("3 of 4"),
        "{wrong}"
    );
    assert_eq!(check(), wrong);
    assert_eq!(gieok(&folder, &["check"]).status.code(), Some(1));
    write(&folder, "content/ko/first.md", &second);
    assert_eq!(check(), first);
    write(
        &folder,
        "snapshots/ko/first/one.snap",
        "---\nsource: a\n---\nanother result\n",
    );
    let changed = check();
    assert!(changed.contains("error[snapshot]"), "{changed}");
    assert_eq!(check(), changed);
}

#[test]
fn a_check_tells_what_is_wrong_with_templates() {
    let folder = book("check-templates");
    let check = || {
        let output = gieok(&folder, &["check"]);
        (stdout(&output), output.status.code())
    };
    let before = check();
    write(&folder, "templates/list.html", "{{ titel }}");
    write(&folder, "templates/404.html", "{% blok page %}");
    let (told, code) = check();
    assert!(
        told.contains("Variable `titel` is not defined\n --> templates/list.html:1:4\n")
            && told.contains("Unknown tag\n --> templates/404.html:1:4\n"),
        "{told}"
    );
    assert_eq!(code, Some(1));
    assert_eq!(check().0, told);
    write(&folder, "templates/list.html", "{{ title }}");
    write(&folder, "templates/404.html", "{{ title }}");
    assert_eq!(check(), before);
    assert_eq!(check(), before);
    write(&folder, "templates/404.html", "{{ titel }}");
    assert!(
        check().0.contains("titel"),
        "a template is a part of the book"
    );
    assert!(!folder.join("public").exists());
}

#[test]
fn pages_that_cannot_have_changed_stand() {
    let folder = book("stand");
    gieok(&folder, &["build"]);
    let texts = folder.join(".gieok/cache/text");
    // A page that is printed needs the text of its post. Only what is as long as it was is not set anew at once.
    let damage = || {
        for file in std::fs::read_dir(&texts).expect("the cache").flatten() {
            let bytes = std::fs::read(file.path()).expect("a shelf");
            let damaged: Vec<u8> = bytes.iter().map(|byte| byte ^ 1).collect();
            std::fs::write(file.path(), damaged).expect("it can be written");
        }
        read(&texts)
    };
    let is_as_new = || {
        let (expected, told) = fresh(&folder);
        let output = gieok(&folder, &["build"]);
        assert_eq!(differing(&read(&folder.join("public")), &expected), [""; 0]);
        assert_eq!(stdout(&output), told);
    };
    let damaged = damage();
    let second = std::fs::read_to_string(folder.join("content/ko/second.md")).expect("a post");
    write(
        &folder,
        "content/ko/second.md",
        &(second.clone() + "\n나\n"),
    );
    is_as_new();
    let changed = differing(&damaged, &read(&texts));
    assert_eq!(changed.len(), 1, "the other texts were not asked for");
    // A title stands on the pages beside it, whose texts are now made again.
    write(&folder, "content/ko/second.md", &second.replace('2', "3"));
    is_as_new();
    damage();
    write(&folder, "templates/404.html", "{{ title }}");
    is_as_new();
    assert!(differing(&damaged, &read(&texts)).len() == damaged.len());
}

#[test]
fn a_damaged_cache_is_made_again_and_holds_only_what_is_needed() {
    let folder = book("damaged");
    gieok(&folder, &["build"]);
    let cache = folder.join(".gieok/cache");
    assert_eq!(
        std::fs::read_to_string(cache.join(".gitignore")).expect("it is written"),
        "*\n"
    );
    let whole = read(&cache);
    let (expected, told) = fresh(&folder);
    let damages: [fn(&[u8]) -> Vec<u8>; 4] = [
        |_| Vec::new(),
        |bytes| bytes[..bytes.len() / 2].to_vec(),
        |bytes| bytes.iter().map(|byte| byte ^ 1).collect(),
        |bytes| [bytes, b"more"].concat(),
    ];
    for damage in damages {
        for (name, bytes) in &whole {
            if !name.contains('.') && name != "CACHEDIR.TAG" {
                std::fs::write(cache.join(name), damage(bytes)).expect("it can be written");
            }
        }
        std::fs::write(cache.join("run/foreign"), "what is this?").expect("it can be written");
        let output = gieok(&folder, &["build"]);
        assert_eq!(
            (stdout(&output).as_str(), output.status.code()),
            (told.as_str(), Some(0))
        );
        assert_eq!(differing(&read(&folder.join("public")), &expected), [""; 0]);
        let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&read(&cache)), names(&whole), "nothing foreign stays");
    }
    // A cache that cannot be written is no cache, and no mistake.
    std::fs::remove_dir_all(folder.join(".gieok")).expect("it is there");
    write(&folder, ".gieok", "a file");
    let output = gieok(&folder, &["build"]);
    assert_eq!(
        (stdout(&output).as_str(), output.status.code()),
        (told.as_str(), Some(0))
    );
}

#[test]
fn results_are_taken_from_the_cache() {
    let folder = book("taken");
    // A step limit is part of what a block does; so a result that nobody can have computed shows where it came from.
    gieok(&folder, &["check"]);
    let shelf = |kind: &str| {
        let files = std::fs::read_dir(folder.join(".gieok/cache").join(kind)).expect("the cache");
        files.flatten().map(|file| file.path()).collect::<Vec<_>>()
    };
    let runs = shelf("run");
    assert_eq!(runs.len(), 2, "one for each post that runs something");
    let times = || -> Vec<SystemTime> {
        let time = |file: &PathBuf| file.metadata().and_then(|metadata| metadata.modified());
        runs.iter()
            .map(|file| time(file).expect("it is there"))
            .collect()
    };
    let before = times();
    // Other words run nothing, so no shelf is written anew.
    let post = std::fs::read_to_string(folder.join("content/ko/first.md")).expect("a post");
    write(
        &folder,
        "content/ko/first.md",
        &format!("{post}\n\n다른 말\n"),
    );
    gieok(&folder, &["build"]);
    assert_eq!(times(), before);
    write(
        &folder,
        "content/ko/first.md",
        &post.replace("b = a", "b = a; c = 1"),
    );
    gieok(&folder, &["build"]);
    let changed = times()
        .iter()
        .zip(&before)
        .filter(|(now, before)| now != before)
        .count();
    assert_eq!(changed, 1);
}

#[test]
fn what_did_not_change_keeps_its_time() {
    let folder = book("times");
    gieok(&folder, &["build"]);
    let times = || -> BTreeMap<String, SystemTime> {
        let time = |name: &String| {
            let metadata = folder.join("public").join(name).metadata();
            metadata
                .and_then(|metadata| metadata.modified())
                .expect("it is there")
        };
        read(&folder.join("public"))
            .keys()
            .map(|name| (name.clone(), time(name)))
            .collect()
    };
    let before = times();
    std::thread::sleep(Duration::from_millis(20));
    gieok(&folder, &["build", "--no-cache"]);
    assert_eq!(times(), before);
    write(
        &folder,
        "content/en/second.md",
        "# a 2\n\n[1](first.md) and more\n",
    );
    gieok(&folder, &["build"]);
    let after = times();
    let changed = |name: &str| after[name] != before[name];
    assert!(changed("en/second.html"));
    for same in [
        "index.html",
        "first.html",
        "second.html",
        "en/index.html",
        "feed.xml",
        "sitemap.xml",
    ] {
        assert!(!changed(same), "{same}");
    }
}

/// A book whose every page differs between its two states.
fn turning_book() -> PathBuf {
    let folder = folder("killed");
    for lang in ["ko", "en"] {
        for post in 0..6 {
            let text = format!(
                "# {post}\n\n```python\nprint({post})  # {post}\n```\n\n```mermaid\ngraph LR\n  A --> B\n```\n"
            );
            write(&folder, &format!("content/{lang}/p{post}.md"), &text);
        }
    }
    folder
}

fn turn(folder: &Path, state: usize) {
    write(
        folder,
        "book.toml",
        &format!(
            "[title]\nko = \"상태 {state}\"\nen = \"State {state}\"\n[theme]\nfonts = false\ncards = false\n"
        ),
    );
    // What the cache keeps changes with it.
    write(
        folder,
        "content/ko/p0.md",
        &format!("# 0\n\n```python\nprint({state})  # {state}\n```\n"),
    );
}

#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one() {
    let folder = turning_book();
    let states: Vec<Files> = (0..2)
        .map(|state| {
            turn(&folder, state);
            fresh(&folder).0
        })
        .collect();
    assert!(differing(&states[0], &states[1]).len() > 20);
    // How long a build takes: anew, and with what the cache has.
    let timed = |state: usize, args: &[&str]| {
        turn(&folder, state);
        let begin = Instant::now();
        gieok(&folder, args);
        begin.elapsed()
    };
    let anew = timed(1, &["build", "--no-cache"]);
    gieok(&folder, &["build"]);
    let known = timed(0, &["build"]);
    let site = folder.join("public");
    let left_behind = || {
        let names = std::fs::read_dir(&folder).expect("the book").flatten();
        let is_ours = |name: &String| name.starts_with(".public.");
        names
            .map(|file| file.file_name().to_string_lossy().into_owned())
            .filter(is_ours)
            .collect::<Vec<_>>()
    };
    let file_count = || {
        let filling = left_behind();
        filling
            .iter()
            .map(|name| {
                walkdir::WalkDir::new(folder.join(name))
                    .into_iter()
                    .flatten()
                    .filter(|file| file.file_type().is_file())
                    .count()
            })
            .max()
    };
    let (mut killed, mut littered, mut old, mut new) = (0, 0, 0, 0);
    let steps = 24;
    // A machine may be too busy to kill in time; then it is tried again.
    let is_enough = |killed, littered, old| killed > steps && littered > 4 && old > 4;
    let mut round = 0;
    while round < 2 * steps || (round < 8 * steps && !is_enough(killed, littered, old)) {
        let (before, after) = (
            &states[usize::from(round % 2 == 1)],
            &states[usize::from(round % 2 == 0)],
        );
        turn(&folder, (round + 1) % 2);
        let (cache, whole) = match round % 3 {
            0 => ("--no-cache", anew),
            _ => ("--jobs=2", known),
        };
        let mut child = command(&folder, &["build", cache])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("gieok starts");
        let started = Instant::now();
        let step = round % (2 * steps);
        if step < steps {
            // Spread over the whole run in time,
            std::thread::sleep(whole * step as u32 / steps as u32);
        } else {
            // and over what it writes; the last ones when all is written and the folders change places.
            let wanted = after.len() * (step - steps) / (steps - 6);
            while started.elapsed() < 3 * whole && child.try_wait().expect("it runs").is_none() {
                if file_count().is_some_and(|count| count >= wanted.min(after.len())) {
                    break;
                }
            }
        }
        let was_running = child.try_wait().expect("it runs").is_none();
        child.kill().expect("it can be killed");
        child.wait().expect("it is over");
        killed += usize::from(was_running);
        littered += usize::from(!left_behind().is_empty());
        let found = read(&site);
        let (is_old, is_new) = (found == *before, found == *after);
        assert!(
            is_old || is_new,
            "round {round}: neither the old site ({:?}) nor the new one ({:?})",
            differing(&found, before),
            differing(&found, after)
        );
        old += usize::from(is_old);
        new += usize::from(is_new);
        // The next build puts everything right; then the site is known again.
        let output = gieok(&folder, &["build"]);
        assert_eq!(output.status.code(), Some(0), "round {round}: {output:?}");
        assert_eq!(differing(&read(&site), after), [""; 0], "round {round}");
        assert_eq!(left_behind(), [""; 0], "round {round}");
        round += 1;
    }
    assert!(
        is_enough(killed, littered, old),
        "of {round} builds {killed} were killed, {littered} left something; {old} left the old site, {new} the new one"
    );
}
