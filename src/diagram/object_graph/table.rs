//! The same facts as a table, for readers who do not see the picture, and for copying numbers.

use super::words::{self, Words};
use crate::diagram::svg::escape;
use crate::python::observe::dump::{Count, Dump};

/// The dump as a folded HTML table.
pub fn table(dump: &Dump, lang: &str) -> String {
    let words = Words::of(lang);
    let mut html = format!(
        "<details class=\"dg-data\"><summary>{}</summary><div class=\"scroll\" tabindex=\"0\"><table><thead><tr>",
        words.as_table
    );
    for column in words.columns {
        html.push_str(&format!("<th scope=\"col\">{column}</th>"));
    }
    html.push_str("</tr></thead><tbody>");
    for object in &dump.objects {
        let count = match object.refcount {
            Count::Of(count) => words::grouped(count),
            Count::Immortal => words.immortal.to_owned(),
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
            if object.gc_tracked { words.yes } else { words.no },
            holds.join("<br>"),
        ));
    }
    html.push_str("</tbody></table></div></details>");
    html
}
