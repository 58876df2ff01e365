//! The laid-out picture as SVG. Colours and fonts are those of `static/diagram.css`, by class.

use super::Options;
use super::layout::{
    self, Card, Edge, FONT_TYPE, FRAME_HEADER, HEADER, Kind, Layout, PAD, Side, badge_width,
};
use crate::config::Words;
use crate::diagram::measure::{Font, width};
use crate::diagram::svg::{escape, number as n};

/// Writes the picture.
pub fn paint(
    layout: &Layout,
    options: &Options<'_>,
    words: &Words,
    title: &str,
    description: &str,
) -> String {
    let prefix = options.prefix;
    let mut svg = format!(
        "<svg class=\"dg dg-objects\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" lang=\"{2}\" role=\"img\" \
         aria-labelledby=\"{prefix}-t {prefix}-d\"><title id=\"{prefix}-t\">{3}</title><desc id=\"{prefix}-d\">{4}</desc><defs>",
        n(layout.width.ceil()),
        n(layout.height.ceil()),
        escape(&words.lang),
        escape(title),
        escape(description),
    );
    for kind in ["strong", "weak", "cycle"] {
        svg.push_str(&format!(
            "<marker id=\"{prefix}-{kind}\" class=\"{kind}\" viewBox=\"0 0 8 8\" refX=\"7.5\" refY=\"4\" markerWidth=\"8\" \
             markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 .5L8 4 0 7.5 1.8 4z\"/></marker>"
        ));
    }
    svg.push_str("</defs>");
    for card in &layout.cards {
        paint_card(&mut svg, card);
    }
    for edge in &layout.edges {
        paint_edge(&mut svg, edge, layout, prefix);
    }
    for edge in layout.edges.iter().filter(|edge| edge.weak) {
        let (x, y) = edge.middle;
        svg.push_str(&format!(
            "<text class=\"on-edge\" x=\"{}\" y=\"{}\">{}</text>",
            n(x),
            n(y + 4.0),
            escape(&words.picture_weak)
        ));
    }
    legend(&mut svg, layout, words, prefix);
    svg.push_str("</svg>");
    svg
}

fn paint_card(svg: &mut String, card: &Card) {
    let kind = match card.kind {
        Kind::Frame => "frame",
        Kind::Sequence => "sequence",
        Kind::Mapping => "mapping",
        Kind::Instance => "instance",
        Kind::Plain => "plain",
    };
    let header = if card.kind == Kind::Frame {
        FRAME_HEADER
    } else {
        HEADER
    };
    let (x, y, right) = (card.x, card.y, card.x + card.width);
    svg.push_str(&format!(
        "<g class=\"card {kind}\"><rect class=\"body\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"8\"/>\
         <path class=\"head\" d=\"M{x} {y8}a8 8 0 0 1 8-8H{r8}a8 8 0 0 1 8 8V{bottom}H{x}z\"/>",
        x = n(x),
        y = n(y),
        w = n(card.width),
        h = n(card.height),
        y8 = n(y + 8.0),
        r8 = n(right - 8.0),
        bottom = n(y + header),
    ));
    if card.kind == Kind::Frame {
        svg.push_str(&format!(
            "<text class=\"scope\" x=\"{}\" y=\"{}\">{}</text>",
            n(x + PAD),
            n(y + 20.0),
            escape(&card.title)
        ));
    } else {
        paint_header(svg, card);
    }
    for (index, row) in card.rows.iter().enumerate() {
        let middle = card.row_y(index);
        if index > 0 {
            svg.push_str(&format!(
                "<path class=\"rule\" d=\"M{} {}H{}\"/>",
                n(x),
                n(middle - 13.0),
                n(right)
            ));
        }
        let quiet = if row.quiet && row.value.is_empty() {
            " quiet"
        } else {
            ""
        };
        svg.push_str(&format!(
            "<text class=\"label{quiet}\" x=\"{}\" y=\"{}\">{}</text>",
            n(x + PAD),
            n(middle + 4.5),
            escape(&row.label)
        ));
        if !row.value.is_empty() {
            let quiet = if row.quiet { " quiet" } else { "" };
            svg.push_str(&format!(
                "<text class=\"value{quiet}\" x=\"{}\" y=\"{}\">{}</text>",
                n(right - PAD),
                n(middle + 4.5),
                escape(&row.value)
            ));
        }
    }
    svg.push_str("</g>");
}

fn paint_header(svg: &mut String, card: &Card) {
    let (x, y, right) = (card.x, card.y, card.x + card.width);
    let badge = badge_width(&card.badge);
    let serial_x = x + PAD + width(&card.title, FONT_TYPE, Font::Mono) + 6.0;
    svg.push_str(&format!(
        "<text class=\"type\" x=\"{}\" y=\"{}\">{}</text><text class=\"serial\" x=\"{}\" y=\"{}\">{}</text>\
         <rect class=\"badge\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"19\" rx=\"9.5\"/><text class=\"count\" x=\"{}\" y=\"{}\">{}</text>\
         <text class=\"sub\" x=\"{}\" y=\"{}\">{}</text>",
        n(x + PAD),
        n(y + 20.0),
        escape(&card.title),
        n(serial_x),
        n(y + 20.0),
        escape(&card.serial),
        n(right - 8.0 - badge),
        n(y + 6.0),
        n(badge),
        n(right - 8.0 - badge / 2.0),
        n(y + 19.8),
        escape(&card.badge),
        n(x + PAD),
        n(y + 38.5),
        escape(&card.sub),
    ));
}

fn paint_edge(svg: &mut String, edge: &Edge, layout: &Layout, prefix: &str) {
    let Some(from) = layout.cards.get(edge.from) else {
        return;
    };
    let kind = edge.class();
    let dot = if edge.leaves == Side::Left {
        from.x
    } else {
        from.x + from.width
    };
    svg.push_str(&format!(
        "<g class=\"edge {kind}\"><path d=\"{}\" marker-end=\"url(#{prefix}-{kind})\"/><circle cx=\"{}\" cy=\"{}\" r=\"3.5\"/></g>",
        edge.path,
        n(dot),
        n(from.row_y(edge.row)),
    ));
}

/// What the lines mean, only those that occur; and what was folded.
fn legend(svg: &mut String, layout: &Layout, words: &Words, prefix: &str) {
    let y = layout.legend_y - 6.0;
    let mut x = 12.0;
    for (kind, text) in layout::legend(&layout.edges, words) {
        svg.push_str(&format!(
            "<g class=\"edge {kind}\"><path d=\"M{} {y}h26\" marker-end=\"url(#{prefix}-{kind})\"/></g><text class=\"legend\" x=\"{}\" y=\"{}\">{}</text>",
            n(x),
            n(x + 33.0),
            n(y + 4.0),
            escape(text),
            y = n(y),
        ));
        x += layout::legend_entry_width(text);
    }
    if layout.folded > 0 {
        let text = words.picture_more(layout.folded);
        svg.push_str(&format!(
            "<text class=\"folded\" x=\"{}\" y=\"{}\">{}</text>",
            n(layout.width - 12.0),
            n(y + 4.0),
            escape(&text)
        ));
    }
}
