//! Footnotes: numbered as they are met, written together at the end, with links both ways.

use std::collections::HashMap;

use pulldown_cmark::Event;

use super::slot::Sheet;
use crate::config::Words;
use crate::diagram::svg::escape;

/// The footnotes of a page while it is written.
#[derive(Default)]
pub struct Notes<'a> {
    /// The number of each name.
    numbers: HashMap<String, usize>,
    /// How often each number was referred to.
    references: Vec<usize>,
    /// The text of each number.
    texts: Vec<Vec<Event<'a>>>,
    /// The note that is being read, and the text around it.
    open: Option<(usize, Vec<Event<'a>>)>,
}

impl<'a> Notes<'a> {
    fn number(&mut self, name: &str) -> usize {
        let next = self.numbers.len() + 1;
        let number = *self.numbers.entry(name.to_owned()).or_insert(next);
        if number == next {
            self.references.push(0);
            self.texts.push(Vec::new());
        }
        number
    }

    /// The mark in the text.
    pub fn reference(&mut self, name: &str) -> String {
        let number = self.number(name);
        let Some(count) = self.references.get_mut(number - 1) else {
            return String::new();
        };
        *count += 1;
        let id = match *count {
            1 => format!("ref.{number}"),
            count => format!("ref.{number}.{count}"),
        };
        format!(
            "<sup class=\"note-mark\" id=\"{id}\"><a href=\"#note.{number}\" role=\"doc-noteref\">{number}</a></sup>"
        )
    }

    /// A note begins: what follows is its text. `around` is the text so far.
    pub fn begin(&mut self, name: &str, around: Vec<Event<'a>>) {
        let number = self.number(name);
        self.open = Some((number, around));
    }

    /// A note ends with this text; the text around it comes back.
    pub fn end(&mut self, text: Vec<Event<'a>>) -> Vec<Event<'a>> {
        let Some((number, around)) = self.open.take() else {
            return text;
        };
        if let Some(note) = self.texts.get_mut(number - 1) {
            *note = text;
        }
        around
    }

    /// Writes the list at the end of the page. `heading` gives the number of the heading with an anchor.
    pub fn write(
        self,
        sheet: &mut Sheet,
        words: &Words,
        heading: impl Fn(&str) -> Option<usize> + Copy,
    ) {
        if self.texts.is_empty() {
            return;
        }
        sheet.html.push_str(&format!(
            "<section class=\"notes\" role=\"doc-endnotes\" aria-label=\"{}\">\n<ol>\n",
            escape(&words.footnotes)
        ));
        for ((index, text), count) in self.texts.into_iter().enumerate().zip(self.references) {
            let number = index + 1;
            sheet.html.push_str(&format!("<li id=\"note.{number}\">"));
            let start = sheet.html.len();
            sheet.push(text, heading);
            if count > 0 {
                let back = format!(
                    " <a class=\"back\" href=\"#ref.{number}\" role=\"doc-backlink\" aria-label=\"{}\">↩</a>",
                    escape(&words.footnote_back)
                );
                let note = sheet.html.get(start..).unwrap_or_default();
                let at = note.rfind("</p>").unwrap_or(note.len());
                sheet.insert(start + at, &back);
            }
            sheet.html.push_str("</li>\n");
        }
        sheet.html.push_str("</ol>\n</section>\n");
    }
}
