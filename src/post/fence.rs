//! Fenced blocks: from the parser's events to a [`Block`], line by line.

use pulldown_cmark::CowStr;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;

use super::block::{Block, BlockKind, CodeLine, Parts};
use super::emphasis::Placed;
use super::jekyll::{COVER, Covered, uncover};
use super::{console, option};

/// Makes the block of a fence. `texts` are the events between its start and its end.
///
/// Its name is empty until the reader gives it one; options of the info string are set.
pub fn block(
    covered: &Covered,
    info: &CowStr<'_>,
    span: Span,
    texts: &[Placed<'_>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Block {
    let info = uncover(info);
    // `{python id=a}` and `{.python}` are what some hosts want.
    let language = info
        .trim_start_matches(['{', '.', ' '])
        .split(|c: char| c.is_whitespace() || matches!(c, '{' | ','))
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let kind = match language.as_str() {
        "python" | "py" | "python3" => BlockKind::Python,
        "pycon" | "pyrepl" | "doctest" => BlockKind::Python,
        "mermaid" => BlockKind::Mermaid,
        _ => BlockKind::Other,
    };
    let (code, lines) = code(covered, texts);
    let (code, lines, units) = match console::is_console(&language, &code) {
        true => console::units(&code, &lines),
        false => (code, lines, Vec::new()),
    };
    let mut block = Block {
        index: 0,
        id: String::new(),
        kind,
        code,
        lines,
        tokens: Vec::new(),
        span,
        heading_path: Vec::new(),
        setups: Vec::new(),
        session: None,
        from: None,
        raises: None,
        fresh: false,
        skip: None,
        parse_only: false,
        on_cpython: false,
        unstable: false,
        show: Parts::default(),
        fold: None,
        highlighted: Vec::new(),
        annotations: Vec::new(),
        step_limit: None,
        versions: None,
        units,
        language,
    };
    if kind != BlockKind::Mermaid {
        let line_end = covered
            .text
            .get(span.range())
            .unwrap_or_default()
            .find('\n')
            .map_or(span.end, |at| span.start + at);
        let line = covered.text.get(span.start..line_end).unwrap_or_default();
        let start = line
            .to_lowercase()
            .find(&block.language)
            .map_or(line.len(), |at| at + block.language.len());
        let options = line
            .get(start..)
            .unwrap_or_default()
            .trim_end()
            .trim_end_matches('}');
        let options_start = options.len() - options.trim_start_matches(['{', ' ']).len();
        let words = option::words(
            options.get(options_start..).unwrap_or_default(),
            span.start + start + options_start,
        );
        let (known, unknown) = match kind {
            BlockKind::Python => (words, Severity::Warning),
            // Their info strings speak to many tools: `js title="a.js"`.
            _ => (option::for_any_code(words), Severity::Warning),
        };
        option::apply(&mut block, &known, unknown, diagnostics);
    }
    if let Some(unclosed) = unclosed(covered, &block) {
        diagnostics.push(unclosed);
        block
            .skip
            .get_or_insert("its fence is not closed".to_owned());
    }
    block
}

/// The code, and where each of its lines stands. Lines that Jekyll takes away are not part of it.
fn code(covered: &Covered, texts: &[Placed<'_>]) -> (String, Vec<CodeLine>) {
    let length = texts.iter().map(|(_, range)| range.len()).sum::<usize>();
    let mut code = String::with_capacity(length + 1);
    let mut lines: Vec<CodeLine> = Vec::new();
    for (event, range) in texts {
        let pulldown_cmark::Event::Text(text) = event else {
            continue;
        };
        // A text differs from its source where a line ends with CR LF, or a tab was half indentation.
        let written = covered
            .text
            .get(range.clone())
            .filter(|written| *written == &**text || written.replace("\r\n", "\n") == **text)
            .unwrap_or(text);
        if is_plain(covered, written) && (code.is_empty() || code.ends_with('\n')) {
            let ends = memchr::memchr_iter(b'\n', written.as_bytes());
            let starts = std::iter::once(0).chain(ends.map(|end| end + 1));
            lines.extend(
                starts
                    .filter(|start| *start < written.len())
                    .map(|start| CodeLine {
                        code_start: code.len() + start,
                        source_start: range.start + start,
                        hidden: false,
                    }),
            );
            code.push_str(written);
            continue;
        }
        let mut at = range.start;
        for line in written.split_inclusive('\n') {
            let content = line.trim_end_matches(['\n', '\r']);
            let goes_on = !code.is_empty() && !code.ends_with('\n');
            if !covered.covers_line(at) || !content.trim().is_empty() {
                if !goes_on {
                    lines.push(CodeLine {
                        code_start: code.len(),
                        source_start: at,
                        hidden: false,
                    });
                }
                code.push_str(&uncover(content));
                code.push_str(if line.ends_with('\n') { "\n" } else { "" });
            }
            at += line.len();
        }
    }
    if !code.is_empty() && !code.ends_with('\n') {
        code.push('\n');
    }
    lines.shrink_to_fit();
    (code, lines)
}

/// Says whether a text stands in the code as it is written: nothing in it is covered, and its lines end with `\n`.
fn is_plain(covered: &Covered, written: &str) -> bool {
    let is_other = || memchr::memchr2(b'\r', COVER as u8, written.as_bytes()).is_some();
    covered.lines.is_empty() && !is_other()
}

/// The mistake of a fence that is not closed: nothing ends it, or it swallows the fence of another block.
fn unclosed(covered: &Covered, block: &Block) -> Option<Diagnostic> {
    let text = covered.text.get(block.span.range())?.trim_end();
    let opening = text.lines().next()?;
    let bare = opening.trim_start_matches(['>', ' ', '\t']);
    let character = bare.chars().next()?;
    let length = bare.chars().take_while(|next| *next == character).count();
    let is_close = |line: &str| line.len() >= length && line.chars().all(|next| next == character);
    let last = text
        .rsplit_once('\n')
        .map_or("", |(_, last)| last)
        .trim_start_matches(['>', ' ', '\t'])
        .trim_end();
    let fence = character.to_string().repeat(length);
    let told = || {
        let opened = Span::new(block.span.start, block.span.start + opening.len());
        Diagnostic::error("unclosed-fence", opened, "this block is not closed")
            .label(opened, "opened here")
            .help(format!("end the block with a line `` {fence} ``"))
    };
    if !is_close(last) {
        return Some(told());
    }
    if block.kind != BlockKind::Python
        || memchr::memmem::find(block.code.as_bytes(), fence.as_bytes()).is_none()
    {
        return None;
    }
    let swallowed = (1..=block.lines.len()).find(|line| {
        let info = block.line_text(*line).strip_prefix(&fence);
        info.is_some_and(|info| info.starts_with(|first: char| first.is_ascii_alphabetic()))
    })?;
    Some(told().label(
        block.line_span(swallowed),
        "the next block begins inside it",
    ))
}
