//! "What changed when": the table of a post's lines that give different results under the versions that are compared.

use std::collections::BTreeMap;

use super::block::{anchor, shortened};
use super::version;
use crate::config::Words;
use crate::diagram::svg::{escape, escape_content};
use crate::post::{Block, Parts, Post, without_comment};
use crate::run::Results;
use crate::verify::difference::{Difference, differences};

/// What links to the table.
pub const ANCHOR: &str = "versions.changes";

/// The table of a post; `None` where nothing differs. `runs` are the results of the versions, the oldest first.
pub fn html(post: &Post, runs: &[Results], words: &Words) -> Option<String> {
    let mut rows = String::new();
    let seen = |block: &&Block| !block.unstable && block.show != Parts::None;
    for block in post.runnable().filter(seen) {
        for difference in differences(runs, block.index) {
            rows.push_str(&row(post, block, runs, &difference, words));
        }
    }
    if rows.is_empty() {
        return None;
    }
    let compared: Vec<String> = runs.iter().map(|run| run.version.clone()).collect();
    let all: Vec<usize> = (0..compared.len()).collect();
    let text = escape_content(&words.changes_text(&version::label(&compared, &all)));
    let heads = compared.iter().map(|version| {
        let version = escape_content(version);
        format!("<th scope=\"col\">{version}</th>")
    });
    let heads: String = heads.collect();
    let (title, code) = (escape_content(&words.changes), escape_content(&words.code));
    Some(format!(
        "<section class=\"changes\">\n<h2 id=\"{ANCHOR}\">{title}</h2>\n<p>{text}</p>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{ANCHOR}\"><table>\n<thead><tr><th scope=\"col\">{code}</th>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n</section>\n"
    ))
}

/// A line and what each version gives; neighbours that agree share a cell.
fn row(
    post: &Post,
    block: &Block,
    runs: &[Results],
    difference: &Difference,
    words: &Words,
) -> String {
    let line = difference.line.map(|line| statement(block, line));
    let line = match &line {
        Some(line) => format!("<code>{}</code>", escape_content(line)),
        None => escape_content(&words.at_end),
    };
    let mut row = format!(
        "<tr><th scope=\"row\"><a href=\"#{}\">{line}</a></th>",
        escape(&anchor(post, block))
    );
    let groups = difference.groups.iter().enumerate();
    let group_of: BTreeMap<usize, usize> = groups
        .flat_map(|(group, it)| it.versions.iter().map(move |place| (*place, group)))
        .collect();
    let mut place = 0;
    while place < runs.len() {
        let group = group_of.get(&place);
        let width = (place..runs.len())
            .take_while(|next| group_of.get(next) == group)
            .count();
        let span = match width {
            1 => String::new(),
            width => format!(" colspan=\"{width}\""),
        };
        let value = match group.and_then(|group| difference.groups.get(*group)) {
            // The block is not of this version.
            None => "–".to_owned(),
            Some(group) if group.common.is_empty() => escape_content(&words.nothing),
            Some(group) => format!("<code>{}</code>", escape_content(&shortened(&group.common))),
        };
        let class = match place {
            0 => "",
            _ => " class=\"new\"",
        };
        row.push_str(&format!("<td{class}{span}>{value}</td>"));
        place += width;
    }
    row.push_str("</tr>\n");
    row
}

/// A line of code without its comment, and no more of it than fits into a table.
fn statement(block: &Block, line: usize) -> String {
    const LENGTH_MAX: usize = 60;
    let code = without_comment(block.line_text(line));
    if code.chars().count() <= LENGTH_MAX {
        return code.to_owned();
    }
    code.chars().take(LENGTH_MAX - 1).chain(['…']).collect()
}
