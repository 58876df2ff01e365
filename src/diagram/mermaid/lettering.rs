//! How words stand in a cleaned picture: lines far enough apart to be read, titles of groups out of the way of arrows.
//!
//! The engine sets lines 1.1 em apart, which Hangul fills; ours are 1.3 em apart around the same middle. It centres a
//! group's title, where most arrows come in; ours stand at the left.

use crate::diagram::svg::number;

/// What the engine puts before each line of a label: line `i` stands at `1 + 1.1 * i` em.
const LINE: &str = "<tspan x=\"0\" y=\"";

/// From line to line, in em.
const LINE_HEIGHT: f64 = 1.3;

/// The engine's own.
const LINE_HEIGHT_BEFORE: f64 = 1.1;

/// From the edge of a group to its title, in pixels.
const TITLE_INSET: f64 = 14.0;

/// Sets all words of a picture.
pub fn set(svg: &str) -> String {
    centre_states(&place_titles(&space_lines(svg)))
}

/// Sets the lines of all labels.
fn space_lines(svg: &str) -> String {
    let mut spaced = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some(at) = rest.find("<text") {
        let (before, from) = rest.split_at(at);
        spaced.push_str(before);
        let end = from
            .find("</text>")
            .map_or(from.len(), |end| end + "</text>".len());
        let (text, after) = from.split_at(end);
        spaced.push_str(&space_text(text));
        rest = after;
    }
    spaced.push_str(rest);
    spaced
}

fn space_text(text: &str) -> String {
    let mut lines = text.split(LINE);
    let head = lines.next().unwrap_or_default();
    let lines: Vec<&str> = lines.collect();
    // What stands behind `y`: `-0.1em" dy="1.1em">words</tspan>`.
    let tails: Option<Vec<&str>> = lines
        .iter()
        .map(|line| line.split_once("em\" dy=\"1.1em\"").map(|(_, tail)| tail))
        .collect();
    let Some(tails) = tails.filter(|tails| !tails.is_empty()) else {
        return text.to_owned();
    };
    if let [only] = tails[..]
        && let Some(words) = only
            .strip_prefix('>')
            // Of one line alone, its text says the same.
            .or_else(|| only.strip_prefix(" text-anchor=\"middle\">"))
            .and_then(|only| only.strip_suffix("</tspan></text>"))
        && !words.contains('<')
        && let Some(attributes) = head
            .strip_prefix("<text")
            .and_then(|head| head.strip_suffix('>'))
    {
        let attributes = without(attributes, " y=\"");
        return format!("<text y=\"1em\"{attributes}>{words}</text>");
    }
    let mut spaced = without(head, " y=\"");
    let middle = (tails.len() - 1) as f64 / 2.0;
    for (index, tail) in tails.iter().enumerate() {
        let index = index as f64;
        let y = 1.0
            + LINE_HEIGHT_BEFORE * index
            + (LINE_HEIGHT - LINE_HEIGHT_BEFORE) * (index - middle);
        let y = (y * 100.0).round() / 100.0;
        spaced.push_str(&format!("{LINE}{y}em\"{tail}"));
    }
    spaced
}

/// A text without the attribute that begins so.
fn without(text: &str, attribute: &str) -> String {
    let Some((before, value)) = text.split_once(attribute) else {
        return text.to_owned();
    };
    let after = value.split_once('"').map_or("", |(_, after)| after);
    format!("{before}{after}")
}

/// Moves the titles of a flowchart's groups to the left.
fn place_titles(svg: &str) -> String {
    let mut placed = String::with_capacity(svg.len());
    let mut groups = svg.split("<g class=\"cluster\"");
    placed.push_str(groups.next().unwrap_or_default());
    for group in groups {
        placed.push_str("<g class=\"cluster\"");
        placed.push_str(&title_at_left(group).unwrap_or_else(|| group.to_owned()));
    }
    placed
}

/// Centres the words of states, which the engine begins at the left edge of boxes made for a wider font.
fn centre_states(svg: &str) -> String {
    const STATE: &str = "<g class=\"node statediagram-state\"";
    const LABEL: &str = "<g class=\"label\" transform=\"translate(";
    let mut centred = String::with_capacity(svg.len());
    let mut states = svg.split(STATE);
    centred.push_str(states.next().unwrap_or_default());
    for state in states {
        centred.push_str(STATE);
        let parts = state
            .split_once(LABEL)
            .and_then(|(before, from)| Some((before, from.split_once(',')?.1)));
        match parts {
            Some((before, after)) => centred.push_str(&format!("{before}{LABEL}0,{after}")),
            None => centred.push_str(state),
        }
    }
    centred
}

fn title_at_left(group: &str) -> Option<String> {
    const TITLE: &str = "<g class=\"cluster-label\" transform=\"translate(";
    let (before, from) = group.split_once(TITLE)?;
    let left: f64 = before
        .split_once("<rect")?
        .1
        .split_once(" x=\"")?
        .1
        .split_once('"')?
        .0
        .parse()
        .ok()?;
    let (_, after) = from.split_once(',')?;
    Some(format!(
        "{before}{TITLE}{},{after}",
        number(left + TITLE_INSET)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_apart_around_the_same_middle() {
        let two = "<g><text y=\"-10.1\"><tspan x=\"0\" y=\"-0.1em\" dy=\"1.1em\">가</tspan><tspan x=\"0\" y=\"1em\" dy=\"1.1em\">나</tspan></text></g>";
        assert_eq!(
            space_lines(two),
            "<g><text><tspan x=\"0\" y=\"0.9em\">가</tspan><tspan x=\"0\" y=\"2.2em\">나</tspan></text></g>"
        );
        let one = "<text y=\"-10.1\" text-anchor=\"middle\"><tspan x=\"0\" y=\"-0.1em\" dy=\"1.1em\">가</tspan></text>";
        assert_eq!(
            space_lines(one),
            "<text y=\"1em\" text-anchor=\"middle\">가</text>"
        );
        let on_edge = "<text y=\"-10.1\" text-anchor=\"middle\"><tspan x=\"0\" y=\"-0.1em\" dy=\"1.1em\" text-anchor=\"middle\">예</tspan></text>";
        assert_eq!(
            space_lines(on_edge),
            "<text y=\"1em\" text-anchor=\"middle\">예</text>"
        );
        let other = "<text x=\"3\" y=\"4\">가</text><text><tspan x=\"0\" y=\"1\">나</tspan></text>";
        assert_eq!(space_lines(other), other);
    }

    #[test]
    fn titles_of_groups_stand_at_the_left() {
        assert_eq!(
            place_titles(
                "<g class=\"cluster\"><rect x=\"8\" y=\"9\"/><g class=\"cluster-label\" transform=\"translate(105.8,94)\"></g></g>"
            ),
            "<g class=\"cluster\"><rect x=\"8\" y=\"9\"/><g class=\"cluster-label\" transform=\"translate(22,94)\"></g></g>"
        );
        assert_eq!(
            place_titles("<g class=\"cluster\"></g>"),
            "<g class=\"cluster\"></g>"
        );
    }
}
