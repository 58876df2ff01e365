//! The same facts as a table, for readers who do not see the picture, and for copying numbers.

use super::words;
use crate::config::Words;
use crate::diagram::svg::escape;
use crate::python::observe::dump::{Count, Dump};

/// The dump as a folded HTML table.
pub fn table(dump: &Dump, words: &Words) -> String {
    let mut html = format!(
        "<details class=\"dg-data\"><summary>{}</summary><div class=\"scroll\" tabindex=\"0\"><table><thead><tr>",
        escape(&words.picture_table)
    );
    for column in [
        &words.picture_object,
        &words.picture_value,
        &words.picture_references,
        &words.picture_size,
        &words.picture_collector,
        &words.picture_holds,
    ] {
        html.push_str(&format!("<th scope=\"col\">{}</th>", escape(column)));
    }
    html.push_str("</tr></thead><tbody>");
    for object in &dump.objects {
        let count = match object.refcount {
            Count::Of(count) => words::grouped(count),
            Count::Immortal => escape(&words.picture_immortal),
        };
        let names: Vec<&str> = dump
            .names
            .iter()
            .filter(|name| name.object == object.id)
            .map(|name| name.name.as_str())
            .collect();
        let names = if names.is_empty() {
            String::new()
        } else {
            format!(" <small>{}</small>", escape(&names.join(", ")))
        };
        let holds: Vec<String> = words::holds(dump, object, words)
            .iter()
            .map(|field| escape(field))
            .collect();
        html.push_str(&format!(
            "<tr><th scope=\"row\"><code>{}</code>{names}</th><td><code>{}</code></td><td class=\"n\">{count}</td><td class=\"n\">{}</td><td>{}</td><td>{}</td></tr>",
            escape(&words::short(object)),
            escape(&object.repr),
            words::grouped(object.size_bytes),
            escape(if object.gc_tracked { &words.picture_yes } else { &words.picture_no }),
            holds.join("<br>"),
        ));
    }
    html.push_str("</tbody></table></div></details>");
    html
}
