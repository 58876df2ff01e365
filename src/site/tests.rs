//! Posts in, a site out.

use super::*;
use crate::post::{self, ClaimForm, Post};
use crate::python::observe::dump::{Count, Dump, Field, Name, Object, Serial, Strength, Value};
use crate::run::{BlockResult, Exception, Results};
use crate::source::Source;
use crate::verify::{Found, Report, Verdict};

const POST: &str = include_str!("../../tests/site/one/참조.md");

fn results(post: &Post) -> Results {
    let mut results = Results {
        version: "3.13".to_owned(),
        blocks: vec![None; post.blocks.len()],
        dumps: vec![Some(dump()); post.draws.len()],
        ..Results::default()
    };
    for block in post.runnable() {
        let mut result = BlockResult {
            stdout: "2\n".to_owned(),
            ..BlockResult::default()
        };
        if block.code.contains("boom") {
            let traceback = "Traceback (most recent call last):\n  File \"<block>\", line 2, in <module>\n    boom()\n    ~~~~^^\nNameError: name 'boom' is not defined\n";
            result.stderr = traceback.to_owned();
            result.exception = Some(Exception {
                type_name: "NameError".to_owned(),
                bases: vec!["NameError".to_owned(), "Exception".to_owned()],
                message: "name 'boom' is not defined".to_owned(),
                line: Some(2),
                traceback: traceback.to_owned(),
            });
        }
        results.blocks[block.index] = Some(result);
    }
    results
}

fn dump() -> Dump {
    let list = Object {
        id: Serial(1),
        address: 4096,
        type_name: "list".to_owned(),
        repr: "[…]".to_owned(),
        refcount: Count::Of(2),
        size_bytes: 64,
        gc_tracked: true,
        fields: vec![Field {
            label: "[0]".to_owned(),
            value: Value::Object(Serial(1)),
            strength: Strength::Strong,
        }],
        fields_omitted: 0,
    };
    let name = Name {
        scope: "<module>".to_owned(),
        name: "a".to_owned(),
        object: Serial(1),
    };
    Dump {
        version: "3.13.0".to_owned(),
        names: vec![name],
        objects: vec![list],
        omitted: 0,
    }
}

fn report(post: &Post) -> Report {
    let verdict = |claim: &post::Claim| match claim.expected.as_str() {
        "99" => Verdict::Contradicted {
            found: Found::Value("2".to_owned()),
        },
        _ if claim.form == ClaimForm::Raises => Verdict::NotReached,
        _ => Verdict::Holds,
    };
    Report {
        version: "3.13".to_owned(),
        verdicts: post.claims.iter().map(verdict).collect(),
        diagnostics: Vec::new(),
        ..Report::default()
    }
}

/// The posts of a book: their files below `content/` and their texts.
fn entries(config: &Config, posts: &[(&str, &str)]) -> Vec<Entry> {
    let entry = |(page, text): &(&str, &str)| {
        let post = post::parse(Source::new(format!("content/{page}.md"), *text));
        let lang = page.split('/').next().unwrap_or_default().to_owned();
        let mut entry = Entry {
            post,
            lang,
            page: page.into(),
            address: Address::home(),
        };
        let path = entry.path();
        entry.address = Address::of(&entry.post.front_matter, &path, &entry.lang, config);
        entry
    };
    posts.iter().map(entry).collect()
}

type Pages = BTreeMap<String, String>;

/// Every page of a book by its address, and what is told, each with its file and line.
fn build(config: &Config, posts: &[(&str, &str)], theme: &Theme) -> (Pages, Vec<String>) {
    let entries = entries(config, posts);
    let site = Site::of(config, &entries, &[], false);
    let checked: Vec<Checked> = entries
        .iter()
        .map(|entry| Checked {
            results: results(&entry.post),
            report: report(&entry.post),
            runs: Vec::new(),
        })
        .collect();
    let (galleys, texts): (Vec<Galley>, Vec<Text>) = entries
        .iter()
        .zip(&checked)
        .map(|(entry, checked)| {
            Galley::of(entry, checked, config, &Lock::default(), &keep::NoShelves)
        })
        .unzip();
    let printer = Printer::new(&site, theme, &galleys, &texts);
    let (mut pages, mut told) = (Pages::new(), Vec::new());
    let mut tell = |entry: usize, diagnostic: &Diagnostic| {
        let source = &entries[entry].post.source;
        let line = source.line(diagnostic.span.start);
        let help = diagnostic.help.join(" ");
        let path = source.path().display();
        told.push(format!("{path}:{line} {} ({help})", diagnostic.message));
    };
    for (entry, diagnostics) in site.diagnostics.iter().enumerate() {
        diagnostics.iter().for_each(|told| tell(entry, told));
    }
    for job in printer.jobs() {
        let page = printer.print(job, None).expect("our templates are sound");
        if let Kind::Post(item) = job.kind {
            let entry = site.editions[job.edition].items[item].entry;
            page.diagnostics.iter().for_each(|told| tell(entry, told));
        }
        let html = String::from_utf8(page.html.bytes.unwrap_or_default());
        let html = html.expect("pages are text");
        pages.insert(job.address.as_str().to_owned(), html);
    }
    (pages, told)
}

fn ours() -> Theme {
    let (theme, mistakes) = Theme::new(&BTreeMap::new());
    assert_eq!(mistakes, Vec::<String>::new());
    theme
}

fn pages(posts: &[(&str, &str)]) -> Pages {
    let (pages, told) = build(&Config::default(), posts, &ours());
    assert_eq!(told, Vec::<String>::new());
    pages.values().for_each(|html| check(html));
    pages
}

fn told(posts: &[(&str, &str)]) -> Vec<String> {
    build(&Config::default(), posts, &ours()).1
}

/// The page of one post.
fn page_of(text: &str) -> String {
    pages(&[("ko/a", text)])["a.html"].clone()
}

/// What must be true of every page.
fn check(html: &str) {
    assert_eq!(html.matches("<h1").count(), 1, "one h1: {html}");
    let mut ids: Vec<&str> = html
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    ids.sort_unstable();
    let twice: Vec<_> = ids.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(twice.is_empty(), "ids occur twice: {twice:?}");
    for reference in ["aria-labelledby=\"", "href=\"#"] {
        for target in html
            .split(reference)
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .flat_map(|ids| ids.split(' '))
        {
            assert!(
                ids.binary_search(&target).is_ok(),
                "nothing has the id {target:?}"
            );
        }
    }
    let loads = [
        "src=\"http",
        "@import",
        "url(http",
        "<iframe",
        "<link rel=\"stylesheet\" href=\"http",
    ];
    assert!(
        loads.iter().all(|mark| !html.contains(mark)),
        "a page asks nobody else"
    );
    for tag in [
        "figure", "details", "div", "pre", "code", "span", "svg", "mark", "samp", "ol", "ul",
        "main", "article", "section", "nav",
    ] {
        let opened =
            html.matches(&format!("<{tag}>")).count() + html.matches(&format!("<{tag} ")).count();
        assert_eq!(
            opened,
            html.matches(&format!("</{tag}>")).count(),
            "<{tag}> is opened and closed"
        );
    }
}

#[test]
fn a_post_becomes_a_page() {
    let pages = pages(&[("ko/참조", POST), ("en/참조", POST)]);
    let page = &pages["참조.html"];
    for part in [
        "<html lang=\"ko\">",
        "<span class=\"claim good\"",
        "<s class=\"wrong\"><span class=\"c\">99</span></s>",
        "<span aria-hidden=\"true\">✗</span> 실제 <b>2</b>",
        "<mark class=\"failed\">",
        "NameError: name 'boom' is not defined",
        "output stderr exception",
        "class=\"dg dg-mermaid",
        "class=\"dg dg-objects\"",
        "<strong>참조(Reference)</strong>\u{2060}입니다",
        "실행하지 않음: 시간이 걸림",
        "hreflang=\"en\"",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(pages["en/참조.html"].contains("actually <b>2</b>"));
}

#[test]
fn lines_are_pointed_at_hidden_and_explained() {
    let block = "<!-- py: id=a hl=2 -->\n\n```python\nx = 1  # hide\ny = 2  # (1)\nprint(y)  # 2 (2)\n```\n\n";
    let page = page_of(&format!("{block}1. 하나\n2. 둘\n"));
    for part in [
        "<span class=\"hid\">x = <span class=\"n\">1</span>\n</span>",
        "<mark class=\"line\">y = <span class=\"n\">2</span>  <a class=\"ref\" id=\"a.1.line\" href=\"#a.1\"",
        "✓</span><a class=\"ref\" id=\"a.2.line\"",
        "<ol class=\"explained\">\n<li id=\"a.1\">하나</li>\n<li id=\"a.2\">둘</li>\n</ol>",
        "<input type=\"checkbox\">숨긴 줄 1개",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    // Without a list below it is a comment like others.
    let page = page_of(&format!("{block}글\n\n1. 하나\n2. 둘\n"));
    assert!(
        !page.contains("class=\"ref\"") && page.contains("# (1)"),
        "{page}"
    );
}

#[test]
fn a_site_is_the_same_bytes_twice() {
    let posts = [("ko/참조", POST), ("en/b", "# B\n")];
    let once = || build(&Config::default(), &posts, &ours());
    assert_eq!(once(), once());
}

#[test]
fn headings_of_a_post_stand_under_the_title() {
    let page = page_of("# 제목\n\n글\n\n# 다른 것\n\n## 더\n");
    assert!(
        page.contains("<h2 id=\"다른-것\">") && page.contains("<h3 id=\"더\">"),
        "{page}"
    );
    let page = page_of("---\ntitle: 제목\n---\n## 가\n### 나\n");
    assert!(page.contains("<h2 id=\"가\">"), "{page}");
}

#[test]
fn what_an_author_writes_cannot_break_the_page() {
    let text = "---\ntitle: \"<script>alert(1)</script> & 'x'\"\ntags: ['<b>']\n---\n```python id=가-나\nprint('</pre><script>')  # <b>\n```\n\n\
                ```mermaid\ngraph TD\n A[열림\n```\n\n```<x>\n</code>\n```\n\n## main\n\n## 가-나\n";
    let (pages, told) = build(&Config::default(), &[("ko/a", text)], &ours());
    pages.values().for_each(|html| check(html));
    let page = &pages["a.html"];
    assert!(
        !page.contains("<script>alert") && !page.contains("</pre><script>"),
        "{page}"
    );
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("content/ko/a.md:11 "), "{told:?}");
    build(&Config::default(), &[("en/a", "")], &ours());
}

#[test]
fn an_exception_that_a_claim_announces_is_no_problem() {
    let post = "---\ntitle: 글\n---\n```python\nx = 1\nboom()  # RAISES\n```\n";
    let announced = |claim: &str| page_of(&post.replace("RAISES", claim));
    let problem = "다른 곳: 블록 1개";
    assert!(announced("그냥").contains(problem));
    // The test's report leaves such a claim unjudged; then it announces nothing.
    assert!(announced("raises NameError").contains(problem));
    let entries = entries(
        &Config::default(),
        &[("ko/a", &post.replace("RAISES", "raises NameError"))],
    );
    let (post, mut report) = (&entries[0].post, report(&entries[0].post));
    report.verdicts.fill(Verdict::Holds);
    let tally = Tally::of(post, &results(post), &report);
    assert!(tally.evidence(Config::default().words("ko")).good);
}

#[test]
fn callouts_and_footnotes() {
    let page =
        page_of("글[^b]과 글[^a], 다시[^b].\n\n> [!WARNING]\n> 조심\n\n[^a]: 하나\n[^b]: 둘 `x`\n");
    for part in [
        "<div class=\"callout warning\" role=\"note\"><p class=\"callout-title\">주의</p>",
        "<sup class=\"note-mark\" id=\"ref.1\"><a href=\"#note.1\" role=\"doc-noteref\">1</a></sup>과",
        "id=\"ref.1.2\"",
        "<li id=\"note.1\"><p>둘 <code>x</code> <a class=\"back\" href=\"#ref.1\"",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
}

#[test]
fn templates_of_a_book_replace_ours_one_by_one() {
    let own = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let (theme, mistakes) = Theme::new(&BTreeMap::from([
        own("post.html", "{{ title }}!"),
        own("home.html", "{% if %}"),
        own("list.html", "\n {{ x | nothing }}"),
    ]));
    assert_eq!(mistakes.len(), 2);
    assert!(
        mistakes[0].contains("home.html:1:") && mistakes[0].contains("{% if %}"),
        "{mistakes:?}"
    );
    assert!(mistakes[1].contains("list.html:2:"), "{mistakes:?}");
    let (pages, _) = build(&Config::default(), &[("ko/a", "# 가\n")], &theme);
    assert_eq!(pages["a.html"], "가!");
    assert!(pages["index.html"].contains("<h1>gieok</h1>"));
    let (theme, _) = Theme::new(&BTreeMap::from([own("post.html", "{{ nothing }}")]));
    let (config, posts) = (Config::default(), [("ko/a", "# 가\n")]);
    let entries = entries(&config, &posts);
    let site = Site::of(&config, &entries, &[], false);
    let texts = Vec::new();
    let printer = Printer::new(&site, &theme, &[], &texts);
    assert!(printer.jobs().len() > 1);
}

const SERIES: [(&str, &str); 6] = [
    (
        "ko/a",
        "---\ntitle: 하나\nseries: s\npart: 1\ntags: [GC, 참조]\n---\n[다음](b.md#둘)\n\n## 첫째\n",
    ),
    (
        "ko/b",
        "---\ntitle: 둘째\nseries: s\npart: 2\ntags: [gc]\ndate: 2025-01-02\n---\n## 둘\n",
    ),
    (
        "ko/c/d",
        "---\ntitle: 홀로\ndate: 2024-01-01\naliases: [/old/, /옛.html]\n---\n[위](../a.md) [밖](https://x.org/a.md)\n",
    ),
    ("ko/hidden", "---\npublished: false\n---\n"),
    (
        "en/a",
        "---\ntitle: One\nseries: s\npart: 1\ntags: [GC]\n---\n[next](b.md)\n\n## First\n",
    ),
    ("en/b", "---\ntitle: Two\nseries: s\npart: 2\n---\n"),
];

#[test]
fn a_site_has_every_kind_of_page() {
    let pages = pages(&SERIES);
    let addresses: Vec<&str> = pages.keys().map(String::as_str).collect();
    assert_eq!(
        addresses,
        [
            "404.html",
            "a.html",
            "b.html",
            "c/d.html",
            "c/index.html",
            "en/404.html",
            "en/a.html",
            "en/b.html",
            "en/c/d.html",
            "en/c/index.html",
            "en/index.html",
            "en/search.html",
            "en/series/s.html",
            "en/tags/gc.html",
            "en/tags/index.html",
            "en/verified/index.html",
            "index.html",
            "old/index.html",
            "search.html",
            "series/s.html",
            "tags/gc.html",
            "tags/index.html",
            "tags/참조.html",
            "verified/index.html",
            "옛.html"
        ]
    );
    let has =
        |page: &str, part: &str| assert!(pages[page].contains(part), "{part} in {}", pages[page]);
    has("a.html", "2편 중 1편");
    has("a.html", "<a href=\"b.html#%EB%91%98\">다음</a>");
    has("a.html", "<h2 id=\"첫째\" data-at-en=\"first\">");
    has("a.html", "class=\"next\" rel=\"next\" href=\"b.html\"");
    has("b.html", "class=\"previous\" rel=\"prev\" href=\"a.html\"");
    has("en/a.html", "<a href=\"../en/b.html\">next</a>");
    has("tags/gc.html", "href=\"../en/tags/gc.html\"");
    has(
        "c/d.html",
        "<a href=\"../a.html\">위</a> <a href=\"https://x.org/a.md\">밖</a>",
    );
    has("old/index.html", "content=\"0; url=../c/d.html\"");
    has("404.html", "href=\"/assets/site.");
    assert!(!pages["index.html"].contains("hidden.html"));
}

#[test]
fn a_missing_translation_shows_the_original_and_says_so() {
    let pages = pages(&SERIES);
    let page = &pages["en/c/d.html"];
    for part in [
        "<html lang=\"en\">",
        "<article lang=\"ko\">",
        "not translated yet. Below is the original (한국어).",
        "<meta name=\"robots\" content=\"noindex\">",
        "<a href=\"../../en/a.html\">위</a>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!pages["c/d.html"].contains("hreflang=\"x-default\""));
    assert!(pages["a.html"].contains("hreflang=\"x-default\""));
}

#[test]
fn whole_addresses_where_the_site_is_known() {
    let config = Config {
        base_url: "https://x.org/m/".to_owned(),
        ..Config::default()
    };
    let (pages, _) = build(&config, &SERIES, &ours());
    let has =
        |page: &str, part: &str| assert!(pages[page].contains(part), "{part} in {}", pages[page]);
    has(
        "a.html",
        "<link rel=\"canonical\" href=\"https://x.org/m/a.html\">",
    );
    has(
        "en/c/d.html",
        "<link rel=\"canonical\" href=\"https://x.org/m/c/d.html\">",
    );
    has("404.html", "href=\"/m/assets/site.");
    let entries = entries(&config, &SERIES);
    let site = Site::of(&config, &entries, &[], false);
    let text = |files: Vec<(Address, Vec<u8>)>, address: &str| {
        let found = files.into_iter().find(|(at, _)| at.as_str() == address);
        String::from_utf8(found.expect(address).1).expect("text")
    };
    let feed = text(feed::files(&site), "feed.xml");
    assert!(
        feed.contains("<id>https://x.org/m/b.html</id>") && feed.contains("2025-01-02T00:00:00Z"),
        "{feed}"
    );
    let map = text(sitemap::files(&site), "sitemap.xml");
    assert!(map.contains("<loc>https://x.org/m/a.html</loc><xhtml:link rel=\"alternate\" hreflang=\"en\" href=\"https://x.org/m/en/a.html\"/>"), "{map}");
    assert!(
        !map.contains("en/c/d.html"),
        "a fallback is no page of its own: {map}"
    );
}

#[test]
fn mistakes_between_posts_are_told_in_one_pass() {
    let posts = [
        (
            "ko/a",
            "---\nseries: s\npart: 1\npermalink: /x.html\n---\n[가](bb.md) [나](#없음) ![그림](picture.png)\n\n## 있음\n",
        ),
        ("ko/b", "---\nseries: s\npart: 1\npermalink: /x.html\n---\n"),
        (
            "ko/ccc",
            "---\npart: 2\naliases: /x.html\n---\n[a](a.md#있음1)\n",
        ),
        ("ko/d", "---\nseries: s\n---\n"),
        ("en/cccc", "text\n"),
    ];
    assert_eq!(
        told(&posts),
        [
            "content/ko/b.md:3 part 1 of the series `s` is also content/ko/a.md (give one of them another number; 2 is free)",
            "content/ko/b.md:4 this page has the address of content/ko/a.md: /x.html (give one of them another `permalink`)",
            "content/ko/ccc.md:2 this post has a `part` and no `series` (name the series: `series: name`)",
            "content/ko/ccc.md:3 `/x.html` is the address of content/ko/b.md (remove this old address)",
            "content/ko/d.md:2 other posts of this series have a `part`, this one has none (write `part: 2`)",
            "content/en/cccc.md:1 this translates nothing: there is no content/ko/cccc.md (did you mean the translation of content/ko/ccc.md? Then give it that name)",
            "content/ko/a.md:6 there is no page or file `bb.md` (did you mean `b.md`?)",
            "content/ko/a.md:6 this post has no heading or block `#없음` ()",
            "content/ko/a.md:6 there is no page or file `picture.png` ()",
            "content/ko/ccc.md:5 `a.md` has no heading or block `#있음1` (did you mean `#있음`?)",
        ]
    );
}

/// The real post: every diagram drawn, every block there, the bold phrases bold, its old address, its dead links told.
#[test]
fn the_real_post() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/seed/2025-10-19-python-memory.md"
    );
    let Ok(text) = std::fs::read_to_string(path) else {
        assert!(std::env::var_os("CI").is_none(), "{path} is missing");
        return;
    };
    let posts = [("ko/2025-10-19-python-memory", text.as_str())];
    let (pages, told) = build(&Config::default(), &posts, &ours());
    let told: Vec<&str> = told
        .iter()
        .filter_map(|told| told.split(' ').nth(7))
        .collect();
    assert_eq!(
        told,
        [
            "`/2025/10/22/python-gil.html`",
            "`/2025/10/24/python-bytecode.html`"
        ]
    );
    let page = &pages["2025/10/19/python-memory.html"];
    check(page);
    assert_eq!(page.matches("class=\"dg dg-mermaid").count(), 6);
    assert_eq!(page.matches("<figure class=\"code python").count(), 19);
    for bold in [
        "\"모든 것이 객체\"</strong>라는",
        "참조(Reference)</strong>입니다",
        "참조 카운팅(Reference Counting)</strong>으로",
    ] {
        let plain = page.replace('\u{2060}', "").replace("&quot;", "\"");
        assert!(plain.contains(bold), "{bold}");
    }
    assert!(page.len() < 240_000, "{} bytes", page.len());
}

#[test]
fn a_book_says_its_words_on_every_page() {
    let book =
        "[words.ko]\nposts = \"<모든> 글\"\ncopy = \"<b>\"\n[words.fr]\nsearch = \"Chercher\"\n";
    let (config, mistakes) = Config::parse(&Source::new("book.toml", book));
    assert_eq!(mistakes, []);
    let posts = [
        ("ko/a", "# 가\n\n```python\nx = 1\n```\n"),
        ("fr/a", "# A\n"),
        ("ja/a", "# あ\n"),
    ];
    let (pages, _) = build(&config, &posts, &ours());
    assert!(
        pages["index.html"].contains("&lt;모든&gt; 글"),
        "{}",
        pages["index.html"]
    );
    assert!(
        pages["a.html"].contains(">&lt;b&gt;</button>"),
        "{}",
        pages["a.html"]
    );
    let french = &pages["fr/index.html"];
    assert!(french.contains("<html lang=\"fr\">") && french.contains("Chercher"));
    // A language of which nobody said a word.
    let japanese = &pages["ja/index.html"];
    assert!(japanese.contains("<html lang=\"ja\">") && japanese.contains("Search"));
    assert!(
        french.contains(">ja</a>"),
        "its code, where nobody said its name"
    );
}

#[test]
fn what_went_wrong_is_said_in_the_words_of_the_page() {
    let post = "# 글\n\n```mermaid\nflowchart TD\n  A --> [\n```\n";
    let (pages, told) = build(&Config::default(), &[("ko/a", post)], &ours());
    assert!(
        told.iter().any(|told| told.contains("cannot be drawn")),
        "{told:?}"
    );
    let page = &pages["a.html"];
    assert!(
        page.contains("그릴 수 없는 다이어그램") && page.contains("그림 대신 원문을 싣습니다."),
        "{page}"
    );
    assert!(
        !page.contains("Unterminated"),
        "the author is told, in the terminal"
    );
}

#[test]
fn findings_are_told_in_the_words_of_the_page() {
    use crate::verify::Unclear;
    let korean = Config::default();
    let words = korean.words("ko");
    let found = [
        Found::Value("3".to_owned()),
        Found::Raised("KeyError".to_owned()),
        Found::NoException,
        Found::NoLine,
        Found::MoreLines("3".to_owned(), 2),
    ];
    assert_eq!(
        found.map(|found| wording::found(words, &found)),
        [
            "3",
            "예외 발생: KeyError",
            "예외가 나지 않음",
            "이런 줄이 없음",
            "3 (뒤에 2줄 더)"
        ]
    );
    assert_eq!(
        wording::unclear(words, Unclear::OnlyNone),
        "식의 값이 None입니다"
    );
    let stopped = |limit: &str| {
        let result = BlockResult {
            limit: Some(limit.to_owned()),
            ..BlockResult::default()
        };
        wording::stopped(words, &result)
    };
    assert_eq!(stopped("internal error: x").as_deref(), Some("멈춤"));
    assert_eq!(
        stopped("the program took too long").as_deref(),
        Some("멈춤: 너무 오래 걸림")
    );
}
