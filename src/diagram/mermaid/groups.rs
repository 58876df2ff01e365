//! Groups of a flowchart in the order in which they are written.
//!
//! Mermaid, and the engine with it, lays subgraphs out in reverse: what is written first stands at the right, or at
//! the bottom. Turned round before it is drawn, the picture reads as the source does.

use super::labels::is_flowchart;

/// The source of a flowchart with the subgraphs beside each other in reverse order; `None` if there are none, or
/// nobody can tell where they begin and end. A subgraph moves with all that is in it; the lines between stay.
pub fn reversed(source: &str) -> Option<String> {
    if !is_flowchart(source) {
        return None;
    }
    let lines: Vec<&str> = source.split_inclusive('\n').collect();
    let (parts, rest) = parts(&lines, DEPTH_MAX)?;
    if !rest.is_empty() {
        return None;
    }
    let has_groups = parts.iter().any(|part| matches!(part, Part::Group(..)));
    has_groups.then(|| {
        let mut turned = String::with_capacity(source.len() + 1);
        write(&parts, &mut turned);
        turned
    })
}

/// Groups inside groups: no diagram for people goes deeper, and a stack has an end.
const DEPTH_MAX: usize = 50;

/// A line, or a subgraph with the lines that begin and end it.
enum Part<'a> {
    Line(&'a str),
    Group(&'a str, Vec<Part<'a>>, &'a str),
}

/// What stands before the `end` of the group around, and the lines from there on.
fn parts<'a, 'b>(mut lines: &'b [&'a str], depth: usize) -> Option<(Vec<Part<'a>>, &'b [&'a str])> {
    let mut parts = Vec::new();
    while let Some((&line, after)) = lines.split_first() {
        let text = line.trim();
        let first = text.split_whitespace().next().unwrap_or_default();
        if text.trim_end_matches(';') == "end" {
            return Some((parts, lines));
        }
        if first == "subgraph" {
            // Several statements on a line: nobody writes that with subgraphs.
            if text.contains(';') {
                return None;
            }
            let (inner, behind) = self::parts(after, depth.checked_sub(1)?)?;
            let (&end, behind) = behind.split_first()?;
            parts.push(Part::Group(line, inner, end));
            lines = behind;
        } else {
            parts.push(Part::Line(line));
            lines = after;
        }
    }
    Some((parts, lines))
}

fn write(parts: &[Part<'_>], turned: &mut String) {
    let mut groups = parts
        .iter()
        .rev()
        .filter(|part| matches!(part, Part::Group(..)));
    for part in parts {
        match part {
            Part::Line(line) => turned.push_str(line),
            Part::Group(..) => {
                if let Some(Part::Group(begin, inner, end)) = groups.next() {
                    turned.push_str(begin);
                    write(inner, turned);
                    turned.push_str(end);
                    if !end.ends_with('\n') {
                        turned.push('\n');
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_change_places_and_nothing_else_does() {
        let source = "flowchart TD\nA --> b\nsubgraph one\n b\nend\nC\nsubgraph two\n subgraph x\n end\n d\n subgraph y\n end\nend";
        assert_eq!(
            reversed(source).as_deref(),
            Some(
                "flowchart TD\nA --> b\nsubgraph two\n subgraph y\n end\n d\n subgraph x\n end\nend\nC\nsubgraph one\n b\nend\n"
            )
        );
    }

    #[test]
    fn what_cannot_be_told_apart_stays() {
        assert_eq!(reversed("flowchart TD\nA --> B\n"), None);
        assert_eq!(reversed("flowchart TD\nsubgraph a\nb\n"), None);
        assert_eq!(reversed("flowchart TD\nend\n"), None);
        assert_eq!(reversed("flowchart TD\nsubgraph a; b; end\n"), None);
        assert_eq!(reversed("sequenceDiagram\nsubgraph a\nend\n"), None);
    }
}
