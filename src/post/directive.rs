//! Directives: HTML comments that speak to us. `<!-- py: … -->` above a block, `<!-- draw: … -->` under it.

use crate::source::Span;

/// A comment that speaks to us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive<'a> {
    /// To whom.
    pub kind: DirectiveKind,
    /// What stands behind the colon.
    pub text: &'a str,
    /// Where that begins in the source.
    pub start: usize,
    /// The whole comment.
    pub span: Span,
    /// Whether `-->` ends it.
    pub closed: bool,
}

/// What a directive is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DirectiveKind {
    /// Options of the next block, or hidden setup.
    Options,
    /// A drawing of the block above.
    Draw,
}

/// The directives at the start of a piece of HTML that stands at `start` in the source, and whether anything else
/// is in it.
pub fn find(html: &str, start: usize) -> (Vec<Directive<'_>>, bool) {
    let mut directives = Vec::new();
    let mut at = 0;
    loop {
        let rest = html.get(at..).unwrap_or_default();
        let skipped = rest.len() - rest.trim_start().len();
        let rest = rest.trim_start();
        at += skipped;
        let Some((directive, length)) = first(rest, start + at) else {
            return (directives, !rest.is_empty());
        };
        directives.push(directive);
        at += length;
    }
}

fn first(text: &str, start: usize) -> Option<(Directive<'_>, usize)> {
    let inside = text.strip_prefix("<!--")?;
    let closed = inside.find("-->");
    let content = inside.get(..closed.unwrap_or(inside.len()))?;
    let length = 4 + content.len() + if closed.is_some() { 3 } else { 0 };
    let name = content.trim_start();
    let (kind, colon) = [
        ("py:", DirectiveKind::Options),
        ("draw:", DirectiveKind::Draw),
    ]
    .into_iter()
    .find_map(|(prefix, kind)| {
        name.strip_prefix(prefix)
            .map(|after| (kind, content.len() - after.len()))
    })?;
    let text = content.get(colon..)?;
    Some((
        Directive {
            kind,
            text,
            start: start + 4 + colon,
            span: Span::new(start, start + length),
            closed: closed.is_some(),
        },
        length,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_stand_at_the_start() {
        let (found, more) = find("<!-- py: id=a -->\n<!-- draw: x, y -->\n", 5);
        let seen: Vec<_> = found
            .iter()
            .map(|directive| (directive.kind, directive.text, directive.start))
            .collect();
        assert_eq!(
            seen,
            [
                (DirectiveKind::Options, " id=a ", 13),
                (DirectiveKind::Draw, " x, y ", 33)
            ]
        );
        assert!(!more);
        assert_eq!(find("<!-- a note: py: -->\n", 0), (Vec::new(), true));
        assert!(
            find("<!-- py: x", 0)
                .0
                .iter()
                .all(|directive| !directive.closed)
        );
    }
}
