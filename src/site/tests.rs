//! Posts in, pages out. `GIEOK_PAGES=folder` writes the pages of these tests there, to be looked at in a browser.

use super::*;
use crate::post::{self, ClaimForm, Post};
use crate::python::observe::dump::{Count, Dump, Field, Name, Object, Serial, Strength, Value};
use crate::run::{BlockResult, Exception, Results};
use crate::source::Source;
use crate::verify::{Report, Verdict};

const POST: &str = include_str!("../../tests/site/one/참조.md");

fn read(text: &str) -> Post {
    let name = if text == POST {
        "참조.md"
    } else {
        "다른 글.md"
    };
    post::parse(Source::new(name, text))
}

fn results(post: &Post) -> Results {
    let mut results = Results {
        version: "3.13".to_owned(),
        blocks: vec![None; post.blocks.len()],
        dumps: vec![Some(dump()); post.draws.len()],
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
            found: "2".to_owned(),
        },
        _ if claim.form == ClaimForm::Raises => Verdict::NotReached,
        _ => Verdict::Holds,
    };
    Report {
        version: "3.13".to_owned(),
        verdicts: post.claims.iter().map(verdict).collect(),
        diagnostics: Vec::new(),
    }
}

fn page_of(post: &Post, lang: &str) -> Page {
    let site = Site::new(&BTreeMap::new()).expect("our templates are sound");
    let masthead = Masthead {
        title: "기억".to_owned(),
        description: "Python의 메모리".to_owned(),
    };
    let place = Place {
        root: String::new(),
        home: "index.html".to_owned(),
        twins: vec![Twin {
            lang: "en".to_owned(),
            href: "en/x.html".to_owned(),
        }],
    };
    let (results, report) = (results(post), report(post));
    let input = PostInput {
        post,
        results: &results,
        report: &report,
        lang,
        masthead: &masthead,
        place: &place,
        extra: "",
    };
    let page = site.post(&input).expect("our templates are sound");
    if let Some(folder) = std::env::var_os("GIEOK_PAGES") {
        let folder = std::path::Path::new(&folder);
        for asset in site.assets() {
            let path = folder.join(&asset.path);
            std::fs::create_dir_all(path.parent().unwrap_or(folder)).expect("a folder for assets");
            std::fs::write(path, &asset.bytes).expect("an asset");
        }
        let stem = post
            .source
            .path()
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        std::fs::write(folder.join(format!("{stem}-{lang}.html")), &page.html).expect("a page");
    }
    check(&page.html);
    page
}

/// What must be true of every page.
fn check(html: &str) {
    assert_eq!(html.matches("<h1").count(), 1, "one h1");
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
        "<script src=\"http",
        "<img src=\"http",
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
        "figure", "details", "div", "pre", "code", "span", "svg", "mark", "samp", "aside", "main",
        "article",
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
    let post = read(POST);
    let page = page_of(&post, "ko").html;
    for part in [
        "<html lang=\"ko\">",
        "<span class=\"claim good\"",
        "<s class=\"wrong\"><span class=\"c\">99</span></s>",
        "<span aria-hidden=\"true\">✗</span> 실제 <b>2</b>",
        "<mark class=\"failed\">",
        "NameError: name &#39;boom&#39; is not defined",
        "output stderr exception",
        "class=\"dg dg-mermaid",
        "class=\"dg dg-objects\"",
        "<strong>참조(Reference)</strong>입니다",
        "실행하지 않음: 시간이 걸림",
        "hreflang=\"en\"",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(page_of(&post, "en").html.contains("actually <b>2</b>"));
}

#[test]
fn a_page_is_the_same_bytes_twice() {
    assert_eq!(
        page_of(&read(POST), "ko").html,
        page_of(&read(POST), "ko").html
    );
}

#[test]
fn headings_of_a_post_stand_under_the_title() {
    let page = page_of(&read("# 제목\n\n글\n\n# 다른 것\n\n## 더\n"), "ko").html;
    assert!(
        page.contains("<h2 id=\"다른-것\">") && page.contains("<h3 id=\"더\">"),
        "{page}"
    );
    let page = page_of(&read("---\ntitle: 제목\n---\n## 가\n### 나\n"), "ko").html;
    assert!(page.contains("<h2 id=\"가\">"), "{page}");
}

#[test]
fn what_an_author_writes_cannot_break_the_page() {
    let text = "---\ntitle: \"<script>alert(1)</script> & 'x'\"\ntags: ['<b>']\n---\n```python id=가-나\nprint('</pre><script>')  # <b>\n```\n\n\
                ```mermaid\ngraph TD\n A[열림\n```\n\n```<x>\n</code>\n```\n";
    let page = page_of(&read(text), "ko");
    assert!(
        !page.html.contains("<script>alert") && !page.html.contains("</pre><script>"),
        "{}",
        page.html
    );
    assert_eq!(page.diagnostics.len(), 1, "{:?}", page.diagnostics);
    let at = page.diagnostics[0].span;
    assert!(
        text.get(at.range())
            .is_some_and(|text| text.contains("열림")),
        "{at:?}"
    );
    page_of(&read(""), "en");
}

#[test]
fn templates_of_a_book_replace_ours() {
    let own = |text: &str| BTreeMap::from([("post.html".to_owned(), text.to_owned())]);
    let site = Site::new(&own("{{ title }}!")).expect("a sound template");
    let post = read("# 가\n");
    let (masthead, place) = (
        Masthead {
            title: String::new(),
            description: String::new(),
        },
        Place::default(),
    );
    let (results, report) = (Results::default(), Report::default());
    let input = PostInput {
        post: &post,
        results: &results,
        report: &report,
        lang: "ko",
        masthead: &masthead,
        place: &place,
        extra: "",
    };
    assert_eq!(site.post(&input).expect("a page").html, "가!");
    let Err(message) = Site::new(&own("{% if %}")) else {
        panic!("a broken template is an error")
    };
    assert!(message.contains("post.html"), "{message}");
    let site = Site::new(&own("{{ nothing }}")).expect("readable");
    assert!(site.post(&input).is_err());
}

#[test]
fn the_home_page_lists_posts() {
    let site = Site::new(&BTreeMap::new()).expect("our templates are sound");
    let masthead = Masthead {
        title: "기억".to_owned(),
        description: "한 줄".to_owned(),
    };
    let entry = Entry {
        title: "참조 <세기>".to_owned(),
        href: "a.html".to_owned(),
        date: Some("2025-10-19".to_owned()),
        excerpt: None,
        tags: vec!["gc".to_owned()],
        verified: true,
        evidence: "블록 3개".to_owned(),
    };
    let input = HomeInput {
        lang: "ko",
        masthead: &masthead,
        place: &Place::default(),
        entries: &[entry],
        extra: "",
    };
    let page = site.home(&input).expect("a page");
    check(&page.html);
    assert!(
        page.html.contains("참조 &lt;세기&gt;") && page.html.contains("2025년 10월 19일"),
        "{}",
        page.html
    );
}

/// The real post: every diagram drawn, every block there, the bold phrases bold.
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
    let post = post::parse(Source::new("seed.md", text));
    let page = page_of(&post, "ko");
    assert!(page.diagnostics.is_empty(), "{:?}", page.diagnostics);
    assert_eq!(page.html.matches("class=\"dg dg-mermaid").count(), 6);
    assert_eq!(page.html.matches("<figure class=\"code python").count(), 19);
    for bold in [
        "&quot;모든 것이 객체&quot;</strong>라는",
        "참조(Reference)</strong>입니다",
        "참조 카운팅(Reference Counting)</strong>으로",
    ] {
        assert!(
            page.html.contains(bold) || page.html.contains(&bold.replace("&quot;", "\"")),
            "{bold}"
        );
    }
    assert!(page.html.len() < 240_000, "{} bytes", page.html.len());
}
