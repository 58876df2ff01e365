//! The real post: how it is read, down to each comment.

use std::path::PathBuf;

use gieok::post::{self, Piece, Post, Reading};
use pulldown_cmark::{Event, TagEnd};

/// The post, or nothing where the shared folder is not at hand; CI has it.
fn seed() -> Option<Post> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/seed/2025-10-19-python-memory.md");
    match std::fs::read(&path) {
        Ok(bytes) => Some(post::read(path, &bytes)),
        Err(error) => {
            assert!(
                std::env::var_os("CI").is_none(),
                "{}: {error}",
                path.display()
            );
            None
        }
    }
}

/// Every claim: block, line, value, note, what it speaks about.
const CLAIMS: [(&str, usize, &str, &str, &str); 24] = [
    ("block-0", 6, "True", "", "x is y"),
    ("block-1", 3, "<class 'int'>", "", "type(x)"),
    ("block-1", 4, "42", "", "x"),
    ("block-2", 10, "True", "같은 객체", "a is c"),
    ("block-2", 11, "False", "다른 객체 (값은 같지만)", "a is b"),
    ("block-2", 14, "True", "값이 같음", "a == b"),
    ("block-3", 4, "True", "같은 None 객체", "a is b"),
    ("block-3", 9, "True", "", "x is y"),
    (
        "block-3",
        13,
        "False",
        "CPython 구현에 따라 다를 수 있음",
        "x is y",
    ),
    (
        "block-7",
        4,
        "2",
        "a 자체 + getrefcount의 임시 참조",
        "sys.getrefcount(a)",
    ),
    ("block-7", 7, "3", "참조 증가", "sys.getrefcount(a)"),
    ("block-7", 10, "4", "참조 증가", "sys.getrefcount(a)"),
    ("block-7", 13, "3", "참조 감소", "sys.getrefcount(a)"),
    ("block-7", 16, "2", "참조 감소", "sys.getrefcount(a)"),
    ("block-9", 4, "(700, 10, 10)", "", "gc.get_threshold()"),
    (
        "block-11",
        12,
        "AttributeError",
        "",
        "p.email = \"alice@example.com\"",
    ),
    ("block-12", 14, "3", "", "sys.getrefcount(data)"),
    (
        "block-12",
        18,
        "3",
        "약한 참조는 카운트 증가 안 함",
        "sys.getrefcount(data)",
    ),
    ("block-12", 22, "42", "", "weak_ref().value"),
    ("block-12", 29, "None", "", "weak_ref()"),
    ("block-13", 26, "True", "", "obj1 is obj2"),
    ("block-13", 33, "0", "", "len(cache)"),
    ("block-14", 31, "None", "", "child.get_parent()"),
    ("block-15", 5, "False", "", "gc.isenabled()"),
];

#[test]
fn each_claim_is_found_and_nothing_else() {
    let Some(post) = seed() else { return };
    let found = post.claims.iter().map(|claim| {
        let id = post.blocks[claim.block].id.as_str();
        (
            id,
            claim.first_line,
            claim.expected.as_str(),
            claim.note.as_str(),
            claim.expression.as_str(),
        )
    });
    assert_eq!(found.collect::<Vec<_>>(), CLAIMS);
    for claim in &post.claims {
        assert_eq!(post.source.slice(claim.expected_span), claim.expected);
        assert!(post.source.slice(claim.span).starts_with('#'));
    }
}

#[test]
fn explanations_are_no_claims() {
    let Some(post) = seed() else { return };
    let remarks: Vec<&str> = post
        .comments
        .iter()
        .filter(|comment| comment.reading == Reading::Remark)
        .map(|comment| comment.text.as_str())
        .collect();
    assert_eq!(post.comments.len() - post.claims.len(), remarks.len());
    for explanation in [
        "# 메모리 주소",
        "# 작은 크기",
        "# (Gen0, Gen1, Gen2)",
        "# Data 객체",
        "# 기본값: (700, 10, 10)",
        "# 순환 참조!",
    ] {
        assert!(remarks.contains(&explanation), "{explanation}");
    }
}

#[test]
fn the_post_has_no_mistakes_of_form() {
    let Some(post) = seed() else { return };
    assert_eq!(post.diagnostics, []);
    assert_eq!(post.runnable().count(), 19);
    assert_eq!(
        post.blocks
            .iter()
            .filter(|block| block.kind == post::BlockKind::Mermaid)
            .count(),
        6
    );
    assert_eq!(
        post.front_matter.permalink.as_deref(),
        Some("/2025/10/19/python-memory.html")
    );
    assert_eq!(post.headings[1].anchor, "-이-글에서-다루는-내용");
}

/// The blocks are, byte for byte, what the real interpreters ran.
#[test]
fn the_blocks_are_what_was_recorded() {
    let Some(post) = seed() else { return };
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/cpython/seed-outputs.json");
    let recorded: serde_json::Value =
        serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    for (block, recorded) in post.runnable().zip(recorded["blocks"].as_array().unwrap()) {
        assert_eq!(
            block.code.trim_end(),
            recorded["source"].as_str().unwrap().trim_end(),
            "{}",
            block.id
        );
        let first = post.source.line(block.lines[0].source_start) as u64;
        assert_eq!(Some(first), recorded["line"].as_u64(), "{}", block.id);
    }
}

#[test]
fn bold_beside_hangul_is_bold_and_no_mark_is_left() {
    let Some(post) = seed() else { return };
    let mut bold = Vec::new();
    let mut depth = 0;
    let mut literal = Vec::new();
    for piece in post.pieces() {
        let Piece::Markdown(event, _) = piece else {
            continue;
        };
        match &event {
            Event::Start(pulldown_cmark::Tag::Strong) => {
                depth += 1;
                bold.push(String::new());
            }
            Event::End(TagEnd::Strong) => depth -= 1,
            Event::Text(text) => {
                if let Some(last) = bold.last_mut().filter(|_| depth > 0) {
                    last.push_str(text);
                }
                if text.contains("**") {
                    literal.push(text.to_string());
                }
            }
            _ => {}
        }
    }
    for phrase in [
        "\"모든 것이 객체\"",
        "참조(Reference)",
        "참조 카운팅(Reference Counting)",
        "식별자(Identity)",
    ] {
        assert!(bold.iter().any(|text| text == phrase), "{phrase}");
    }
    assert_eq!(
        bold.iter()
            .filter(|text| *text == "참조(Reference)")
            .count(),
        2
    );
    // The post escapes these asterisks itself: `:\*\*`.
    assert!(
        literal.iter().all(|text| text.ends_with(":**")),
        "{literal:?}"
    );
}
