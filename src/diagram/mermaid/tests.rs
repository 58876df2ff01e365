//! Diagrams in, pictures out.

use super::*;

fn options() -> Options<'static> {
    Options {
        prefix: "dg1",
        lang: "ko",
        title: "그림",
    }
}

fn picture(source: &str) -> Picture {
    let drawing = draw(source, &options());
    assert!(drawing.diagnostics.is_empty(), "{:?}", drawing.diagnostics);
    drawing.picture.expect("a picture without diagnostics")
}

/// What must be true of every picture.
fn check(picture: &Picture) {
    let svg = &picture.svg;
    for mark in [
        "#0",
        "rgb(",
        "hsl(",
        "<style",
        "foreignObject",
        "<script",
        "href=\"http",
    ] {
        assert!(!svg.contains(mark), "{mark} in {svg}");
    }
    let mut ids: Vec<&str> = svg
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id occurs twice");
    assert!(ids.iter().all(|id| id.starts_with("dg1")), "{ids:?}");
    for attribute in ["fill=\"", "stroke=\"", "fill:", "stroke:"] {
        for value in svg.split(attribute).skip(1) {
            let known = ["var(--dg-", "none", "currentColor", "transparent"];
            assert!(
                known.iter().any(|start| value.starts_with(start)),
                "{attribute}{}",
                value.get(..20).unwrap_or(value)
            );
        }
    }
}

#[test]
fn every_label_is_in_the_picture() {
    let picture = picture(
        "graph TD\n  A[객체 생성] -->|> 512 bytes| B{refcount > 0?}\n  B -->|a < b| C[위<br/>아래]\n",
    );
    check(&picture);
    for text in [
        "객체",
        "&gt; 512 bytes",
        "refcount",
        "&gt;",
        "a &lt; b",
        "위",
        "아래",
    ] {
        assert!(picture.svg.contains(text), "{text} in {}", picture.svg);
    }
    assert!(picture.svg.contains("<title id=\"dg1-t\">그림</title>"));
}

#[test]
fn colours_of_an_author_become_tokens() {
    let source = "graph LR\n  A[가] --> B[나]\n  B --> C:::hot\n  style A fill:#e8f5e9,stroke:#388e3c,stroke-width:2px\n  \
                  classDef hot fill:#f00,color:#fff\n  linkStyle 0 stroke:#7b1fa2\n";
    let picture = picture(source);
    check(&picture);
    for token in [
        "class=\"dg-ok dg-w2\"",
        "fill:var(--dg-bad)",
        "var(--dg-vio-line)",
    ] {
        assert!(picture.svg.contains(token), "{token} in {}", picture.svg);
    }
}

#[test]
fn a_colour_that_is_none_is_a_warning() {
    let drawing = draw("graph LR\n  A[가]\n  style A fill:#zzz\n", &options());
    assert_eq!(
        drawing
            .diagnostics
            .first()
            .map(|diagnostic| diagnostic.code.as_ref()),
        Some("mermaid-colour"),
        "{drawing:?}"
    );
    drawing.picture.as_ref().map(check);
}

#[test]
fn other_kinds_of_diagram_are_drawn() {
    for source in [
        "sequenceDiagram\n  participant A as 앨리스\n  actor B\n  A->>B: 안녕\n  loop 매번\n  B-->>A: 응답\n  end\n  Note over A,B: 메모\n",
        "stateDiagram-v2\n  [*] --> 생성됨\n  생성됨 --> 추적됨: gc 등록\n  추적됨 --> [*]\n",
        "classDiagram\n  class PyObject {\n    +Py_ssize_t ob_refcnt\n    incref() void\n  }\n  PyObject <|-- PyVarObject : 가짐\n",
        "flowchart LR\n  A[[둘]] --> B([셋]) --> C[(넷)] -.- D((다섯)) ==> E{{여섯}} --- F[/일곱/]\n",
    ] {
        check(&picture(source));
    }
}

#[test]
fn a_picture_too_wide_to_read_is_turned() {
    let chain: String = (0..12)
        .map(|index| format!("  n{index}[단계 번호 {index}] --> n{}\n", index + 1))
        .collect();
    let picture = picture(&format!("graph LR\n{chain}"));
    assert!(
        picture.width < picture.height,
        "{} x {}",
        picture.width,
        picture.height
    );
    let short = self::picture("graph LR\n  A --> B\n");
    assert!(short.width > short.height);
}

#[test]
fn the_same_bytes_twice() {
    let source = "graph LR\n  subgraph \"바깥 (__dict__)\"\n  A --> B\n  end\n  B --> C\n";
    assert_eq!(picture(source), picture(source));
}

#[test]
fn a_broken_diagram_is_a_diagnostic() {
    let deep = format!(
        "graph TD\n{}A\n{}",
        "subgraph s\n".repeat(300),
        "end\n".repeat(300)
    );
    let long = "graph TD\n".to_owned() + &"A --> B\n".repeat(20_000);
    let cases = [
        "",
        " \n\n",
        "graph",
        "graph TD",
        "nonsense",
        "graph TD\n A[열림",
        "graph TD\n A[괄호 (안)] --> B",
        "graph TD\n A --> ",
        "pie\n \"a\" : 1",
        "graph TD\n A[\"따옴표] --> B",
        "sequenceDiagram\n A->>",
        "stateDiagram-v2\n state 가 {",
        "classDiagram\n class {",
        "---\ntitle: [\n---\ngraph TD\n A",
        "%%{init: {bad}}%%\ngraph TD\n A",
        "graph TD\n style A fill:\"><script>alert(1)</script>",
        "graph TD\n A[<script>alert(1)</script>]",
        "graph TD\n click A \"javascript:alert(1)\"\n A",
        "graph TD\n A[\u{0}\u{1b}]",
        "graph TD; A[가]-->A; A-->A",
        "가나다라",
        "graph TD\n subgraph\n end",
        deep.as_str(),
        long.as_str(),
    ];
    for source in cases {
        let drawing = draw(source, &options());
        let shown: String = source.chars().take(60).collect();
        assert!(
            drawing.picture.is_some() || !drawing.diagnostics.is_empty(),
            "neither picture nor message for {shown:?}"
        );
        for diagnostic in &drawing.diagnostics {
            assert!(
                source.get(diagnostic.span.range()).is_some(),
                "{diagnostic:?} for {shown:?}"
            );
        }
        if let Some(picture) = &drawing.picture {
            assert!(
                !picture.svg.contains("<script") && !picture.svg.contains("javascript:"),
                "{shown:?}"
            );
            check(picture);
        }
    }
}

/// The diagrams of the real post: legible, whole, and no wider than a reader can bear.
#[test]
fn diagrams_of_the_real_post() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/seed/2025-10-19-python-memory.md"
    );
    let Ok(post) = std::fs::read_to_string(path) else {
        assert!(std::env::var_os("CI").is_none(), "{path} is missing");
        return;
    };
    let sources: Vec<&str> = post
        .split("```mermaid\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect();
    assert_eq!(sources.len(), 6);
    for source in sources {
        let picture = picture(source);
        check(&picture);
        assert!(
            picture.font_size_in(COLUMN_MAX) >= LEGIBLE,
            "{source} is too small to read"
        );
        println!(
            "{} x {}, {} bytes",
            picture.width,
            picture.height,
            picture.svg.len()
        );
        if let Some(folder) = std::env::var_os("GIEOK_DRAW") {
            let name = format!("{:x}.svg", picture.svg.len());
            std::fs::write(std::path::Path::new(&folder).join(name), &picture.svg)
                .expect("a folder to draw into");
        }
    }
}
