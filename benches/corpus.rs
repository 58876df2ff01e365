//! Whole builds of books of 1, 100 and 1000 posts in two languages, no block run, beside other site tools.
//!
//! ```text
//! cargo bench --bench corpus              all sizes; the median of 3 runs, of 1 run where there are 1000 posts
//! cargo bench --bench corpus -- 100       one size
//! ```
//!
//! The tools are those that are on the path: `hugo`, `mdbook`, `zola`. Every tool builds the same posts from an empty
//! output folder, with the templates that the corpus has for it; the rows of gieok below the first say what was kept. The
//! last column counts the pages that stand there at the end, lists too.
//!
//! Old output is set aside and removed when all is measured: for minutes after a removal ext4 looks at every number of a
//! removed file before it makes a new one, which is a fifth of a build.

mod measure;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use measure::{Figure, measure, median};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if measure::is_child(&args) {
        return;
    }
    let wanted: Vec<usize> = args.iter().filter_map(|arg| arg.parse().ok()).collect();
    remove(&aside());
    println!(
        "{:>5}  {:<28} {:>9} {:>9} {:>8} {:>12} {:>7} {:>7}",
        "posts", "", "CPU s", "wall s", "MB", "ms CPU/page", "ratio", "pages"
    );
    for count in [1, 100, 1000] {
        if wanted.is_empty() || wanted.contains(&count) {
            size(count);
        }
    }
    remove(&aside());
}

/// All rows of one size. A page is a post in one language.
fn size(count: usize) {
    let runs = if count < 1000 { 3 } else { 1 };
    let mut first = None;
    let mut row = |name: &str, out: &Path, figure: Option<Figure>| {
        let Some(figure) = figure.filter(|figure| figure.cpu_ms.is_finite()) else {
            return;
        };
        let first = *first.get_or_insert(figure.cpu_ms);
        println!(
            "{count:>5}  {name:<28} {:>9.2} {:>9.2} {:>8.0} {:>12.2} {:>7.3} {:>7}",
            figure.cpu_ms / 1e3,
            figure.wall_ms / 1e3,
            figure.peak_mb,
            figure.cpu_ms / (2 * count) as f64,
            figure.cpu_ms / first,
            pages(out)
        );
    };
    let Some(plain) = corpus("plain", count) else {
        return println!("{count:>5}  the corpus cannot be made");
    };
    let (book, drawn) = (book(&plain, count, &[]), book(&plain, count, &["--draw"]));
    let public = book.join("public");
    let gieok = |args: &[&str]| {
        words(&[&[env!("CARGO_BIN_EXE_gieok"), "build", "--no-run"], args].concat())
    };
    let repeat = |before: &dyn Fn(usize), command: &[String], folder: &Path| {
        let run = |run: usize| {
            before(run);
            measure(command, folder)
        };
        median((0..runs).map(run).collect())
    };
    let clean = |book: &Path| {
        set_aside(&book.join("public"));
        set_aside(&book.join(".gieok"));
    };
    row(
        "gieok, cold",
        &public,
        repeat(&|_| clean(&book), &gieok(&["--no-cache"]), &book),
    );
    row(
        "gieok, cold, keeps",
        &public,
        repeat(&|_| clean(&book), &gieok(&[]), &book),
    );
    measure(&gieok(&[]), &book);
    row(
        "gieok, unchanged",
        &public,
        repeat(&|_| {}, &gieok(&[]), &book),
    );
    let post = first_post(&book);
    row(
        "gieok, one post edited",
        &public,
        repeat(&|run| append(&post, run), &gieok(&[]), &book),
    );
    row(
        "gieok, cold, diagrams drawn",
        &drawn.join("public"),
        repeat(&|_| clean(&drawn), &gieok(&["--no-cache"]), &drawn),
    );
    measure(&gieok(&[]), &drawn);
    let post = first_post(&drawn);
    row(
        "gieok, diagrams kept",
        &drawn.join("public"),
        repeat(&|run| append(&post, run), &gieok(&[]), &drawn),
    );
    for (tool, command, out) in [
        (
            "hugo",
            &[
                "hugo",
                "--quiet",
                "--ignoreCache",
                "--noBuildLock",
                "--destination",
                "out",
            ][..],
            "out",
        ),
        (
            "zola",
            &["zola", "build", "--force", "--output-dir", "out"],
            "out",
        ),
        ("mdbook", &["mdbook", "build"], "book"),
    ] {
        let is_there = Command::new(tool)
            .arg(if tool == "hugo" {
                "version"
            } else {
                "--version"
            })
            .output()
            .is_ok();
        if let (true, Some(folder)) = (is_there, corpus(tool, count)) {
            let clean = |_| set_aside(&folder.join(out));
            row(
                tool,
                &folder.join(out),
                repeat(&clean, &words(command), &folder),
            );
        }
    }
}

/// How many pages a tool has written: a command that failed is seen by it.
fn pages(out: &Path) -> usize {
    let files = walkdir::WalkDir::new(out).into_iter().flatten();
    let is_page = |file: &walkdir::DirEntry| {
        let ending = file.path().extension();
        ending.is_some_and(|ending| ending == "html")
    };
    files.filter(is_page).count()
}

fn words(command: &[&str]) -> Vec<String> {
    command.iter().map(|word| (*word).to_owned()).collect()
}

/// The posts as a tool wants them, made once.
fn corpus(flavor: &str, count: usize) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("corpus-{flavor}-{count}"));
    if folder.is_dir() {
        return Some(folder);
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench/corpus.py");
    let mut python = Command::new("python3");
    python
        .arg(script)
        .args(["--flavor", flavor, "-n", &count.to_string(), "-o"]);
    let made = python.arg(&folder).status();
    made.is_ok_and(|status| status.success()).then_some(folder)
}

/// A book of the corpus, made anew: measuring edits it.
fn book(corpus: &Path, count: usize, args: &[&str]) -> PathBuf {
    let folder =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("book-{count}{}", args.concat()));
    set_aside(&folder);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/book.py");
    let mut python = Command::new("python3");
    let made = python
        .arg(script)
        .arg(corpus)
        .arg(&folder)
        .args(args)
        .status();
    assert!(
        made.is_ok_and(|status| status.success()),
        "the book can be made"
    );
    folder
}

fn first_post(book: &Path) -> PathBuf {
    let posts = std::fs::read_dir(book.join("content/ko"))
        .into_iter()
        .flatten()
        .flatten();
    posts.map(|post| post.path()).min().unwrap_or_default()
}

fn append(post: &Path, run: usize) {
    let text = std::fs::read_to_string(post).unwrap_or_default();
    let _ = std::fs::write(post, format!("{text}\n\nEdit {run}.\n"));
}

/// Where old output waits for its removal.
fn aside() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("aside")
}

fn set_aside(folder: &Path) {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let _ = std::fs::create_dir_all(aside());
    let _ = std::fs::rename(folder, aside().join(count.to_string()));
}

fn remove(folder: &Path) {
    let _ = std::fs::remove_dir_all(folder);
}
