//! Pairs: the same post in two languages has the same code, but for comments and strings.
//!
//! Both run and both are judged; this finds the example that was changed in one language only.

use super::entry::Entry;
use super::keep::{Key, key};
use crate::diagnostic::Diagnostic;
use crate::post::{Block, BlockKind, Post};
use crate::python::compiler::tokens::TokenClass;
use crate::source::Span;

/// What the Python blocks of a post must have in common with those of its translations, in one number: where that is
/// equal there is nothing to [`diagnose`].
pub fn code(post: &Post) -> Key {
    let mut code = Vec::new();
    let blocks = post.blocks.iter();
    for block in blocks.filter(|block| block.kind == BlockKind::Python) {
        let masked = masked(block);
        code.reserve(masked.len() + 1);
        for line in masked.split(|byte| *byte == b'\n') {
            let bare = code.len();
            push_bare(&mut code, line);
            if code.len() > bare {
                code.push(b'\n');
            }
        }
        // No line is empty, so this ends the block.
        code.push(b'\n');
    }
    key("code", &[&code])
}

/// Where the code of a translation is not its original's. One diagnostic for each block; where the numbers of blocks
/// differ, one for the first block that is too many.
pub fn diagnose(original: &Entry, translation: &Entry) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let (ours, theirs) = (python(translation), python(original));
    let path = original.post.source.path().display();
    let pairs = ours.iter().zip(&theirs);
    for (our, their) in pairs.filter(|(our, their)| our.code != their.code) {
        let (our_lines, their_lines) = (bare(our), bare(their));
        let differs = our_lines
            .iter()
            .zip(&their_lines)
            .position(|(our, their)| our.1 != their.1)
            .or((our_lines.len() != their_lines.len())
                .then(|| our_lines.len().min(their_lines.len())));
        let Some(at) = differs else { continue };
        let line_of =
            |lines: &[(usize, Vec<u8>)]| lines.get(at).or(lines.last()).map(|line| line.0);
        let place =
            line_of(&our_lines).map_or(first_line(translation, our), |line| our.line_span(line));
        let their_line = line_of(&their_lines).unwrap_or(1);
        let there = original.post.source.line(their.line_span(their_line).start);
        let written = match their_lines.get(at) {
            Some(_) => format!("the original has `{}`", their.line_text(their_line).trim()),
            None => "the original has no such line".to_owned(),
        };
        let told = format!("block `{}` is not the code of {path}:{there}", our.id);
        diagnostics.push(
            Diagnostic::error("pair-code", place, told)
                .label(place, written)
                .help("the code of a pair is the same but for comments and strings; change one of them"),
        );
    }
    if ours.len() != theirs.len() {
        let told = format!(
            "{path} has {} Python blocks, this post has {}",
            theirs.len(),
            ours.len()
        );
        let place = match ours.get(theirs.len()).or(ours.last()) {
            Some(block) => first_line(translation, block),
            None => first_line_of(translation, translation.post.front_matter.span),
        };
        diagnostics.push(
            Diagnostic::error("pair-code", place, told)
                .help("both languages show the same blocks in the same order"),
        );
    }
    diagnostics
}

fn python(entry: &Entry) -> Vec<&Block> {
    let blocks = entry.post.blocks.iter();
    blocks
        .filter(|block| block.kind == BlockKind::Python)
        .collect()
}

/// The lines that hold code, by their number, without comments, strings and the spaces that line comments up.
fn bare(block: &Block) -> Vec<(usize, Vec<u8>)> {
    let code = masked(block);
    let lines = code.split(|byte| *byte == b'\n');
    let lines = lines.enumerate().map(|(index, line)| {
        let mut bare = Vec::with_capacity(line.len());
        push_bare(&mut bare, line);
        (index + 1, bare)
    });
    lines.filter(|(_, line)| !line.is_empty()).collect()
}

/// The code of a block with spaces for its comments and strings.
fn masked(block: &Block) -> Vec<u8> {
    let mut code = block.code.clone().into_bytes();
    for token in &block.tokens {
        if matches!(token.class(), TokenClass::Comment | TokenClass::String) {
            for byte in code.get_mut(token.range()).into_iter().flatten() {
                // A string over several lines keeps its lines' numbers.
                if *byte != b'\n' {
                    *byte = b' ';
                }
            }
        }
    }
    code
}

/// Adds a line without the spaces that line things up; nothing if it holds no code.
fn push_bare(bare: &mut Vec<u8>, line: &[u8]) {
    let code = line.trim_ascii_start();
    if code.is_empty() {
        return;
    }
    bare.resize(bare.len() + line.len() - code.len(), b' ');
    let mut is_behind_space = false;
    for byte in code {
        if byte.is_ascii_whitespace() {
            is_behind_space = true;
            continue;
        }
        if std::mem::take(&mut is_behind_space) {
            bare.push(b' ');
        }
        bare.push(*byte);
    }
}

fn first_line(entry: &Entry, block: &Block) -> Span {
    first_line_of(entry, block.span)
}

fn first_line_of(entry: &Entry, span: Span) -> Span {
    let line = entry.post.source.line(span.start);
    entry.post.source.line_span(line).unwrap_or(span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::Address;
    use crate::source::Source;

    fn entry(lang: &str, text: &str) -> Entry {
        Entry {
            post: crate::post::parse(Source::new(format!("{lang}.md"), text)),
            lang: lang.to_owned(),
            page: lang.into(),
            address: Address::home(),
        }
    }

    fn check(original: &str, translation: &str) -> Vec<String> {
        let block = |code: &str| {
            code.split("\n---\n")
                .map(|code| format!("```python\n{code}\n```\n\n"))
                .collect::<String>()
        };
        let translation = entry("en", &block(translation));
        let told = diagnose(&entry("ko", &block(original)), &translation);
        let line = |told: &Diagnostic| {
            let line = translation.post.source.line(told.span.start);
            let label = told
                .labels
                .first()
                .map(|label| format!(" ({})", label.text));
            format!("{line}: {}{}", told.message, label.unwrap_or_default())
        };
        told.iter().map(line).collect()
    }

    #[test]
    fn comments_and_strings_may_differ() {
        let original = "# 목록\nx = ['책', f\"{n}권\"]   # 하나\n\nprint(x)\n#> a\n#> b";
        let translation = "x = ['book', f\"there are {n} books\"]  # one\n# more\nprint(x)\n#> c";
        assert_eq!(check(original, translation), Vec::<String>::new());
    }

    #[test]
    fn code_may_not() {
        assert_eq!(
            check("x = 1\nprint(x)", "x = 1\nprint(x + 1)  # 2"),
            ["3: block `block-0` is not the code of ko.md:3 (the original has `print(x)`)"]
        );
        assert_eq!(
            check("x = 1", "x = 1\ny = 2"),
            ["3: block `block-0` is not the code of ko.md:2 (the original has no such line)"]
        );
        assert_eq!(
            check("x = 1", "x = 1\n---\ny = 2"),
            ["5: ko.md has 1 Python blocks, this post has 2"]
        );
    }

    #[test]
    fn indentation_is_code() {
        assert_eq!(check("if x:\n    y\n    z", "if x:\n    y\nz").len(), 1);
    }
}
