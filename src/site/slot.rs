//! Slots: the places in the text of a page that depend on other pages. A text is set once, when its post is read; its
//! slots are filled when the page is made.
//!
//! ```text
//! <h2 id="gc"▢>…</h2>▢ <p><a href="▢">…
//!            │       │             └ where a link leads
//!            │       └ that the original has changed here
//!            └ what other languages call the heading
//! ```

use serde::{Deserialize, Serialize};
use std::cell::RefCell;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd, html};

/// What belongs into a slot. Numbers are places in lists of the text's post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Slot {
    /// The address of a link or picture.
    Href(usize),
    /// The attributes of a heading that name it in other languages.
    Counterparts(usize),
    /// The notice below a heading whose original has changed.
    Behind(usize),
}

/// HTML with slots, in the order of their places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The HTML without what belongs into the slots.
    pub html: String,
    /// Each slot and the offset that it stands at.
    pub slots: Vec<(usize, Slot)>,
}

impl Sheet {
    /// Adds events. The address of each link and picture is the number of its slot (see [`numbered`]); `heading` gives
    /// the number of the heading with an anchor.
    pub fn push<'e>(
        &mut self,
        events: impl IntoIterator<Item = Event<'e>>,
        heading: impl Fn(&str) -> Option<usize>,
    ) {
        let html = RefCell::new(std::mem::take(&mut self.html));
        let events = Watched {
            events: events.into_iter(),
            html: &html,
            slots: &mut self.slots,
            heading,
            open: None,
            waiting: None,
            picture_depth: 0,
        };
        // Writing to a string cannot fail.
        let _ = html::write_html_fmt(Sink(&html), events);
        self.html = html.into_inner();
    }

    /// Inserts HTML before an offset.
    pub fn insert(&mut self, at: usize, html: &str) {
        self.html.insert_str(at, html);
        let behind = self.slots.iter_mut().rev();
        for (place, _) in behind.take_while(|(place, _)| *place >= at) {
            *place += html.len();
        }
    }
}

/// The address that a link has while its slot is empty.
pub fn numbered(number: usize) -> CowStr<'static> {
    CowStr::from(number.to_string())
}

/// What belongs into the slots of a text, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fills {
    /// All of it, one behind the other.
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Fills {
    /// What `fill` adds for each slot.
    pub fn of(slots: &[(usize, Slot)], mut fill: impl FnMut(Slot, &mut String)) -> Fills {
        let mut fills = Fills {
            text: String::new(),
            ends: Vec::with_capacity(slots.len()),
        };
        for (_, slot) in slots {
            fill(*slot, &mut fills.text);
            fills.ends.push(fills.text.len());
        }
        fills
    }

    /// All of it as bytes: other fills are other bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.text.len() + 8 * self.ends.len());
        for end in &self.ends {
            bytes.extend_from_slice(&end.to_le_bytes());
        }
        bytes.extend_from_slice(self.text.as_bytes());
        bytes
    }
}

/// HTML with its slots filled.
pub fn filled(html: &str, slots: &[(usize, Slot)], fills: &Fills) -> String {
    let mut whole = String::with_capacity(html.len() + fills.text.len());
    let (mut from, mut filled) = (0, 0);
    for ((at, _), end) in slots.iter().zip(&fills.ends) {
        whole.push_str(html.get(from..*at).unwrap_or_default());
        whole.push_str(fills.text.get(filled..*end).unwrap_or_default());
        (from, filled) = (*at, *end);
    }
    whole.push_str(html.get(from..).unwrap_or_default());
    whole
}

/// An address as Markdown writes it between quotes.
pub fn escaped_href(address: &str) -> String {
    const BEFORE: &str = "<a href=\"";
    let start = Tag::Link {
        link_type: LinkType::Inline,
        dest_url: address.into(),
        title: "".into(),
        id: "".into(),
    };
    let mut link = String::with_capacity(address.len() + 16);
    html::push_html(&mut link, std::iter::once(Event::Start(start)));
    let end = link.len().saturating_sub("\">".len());
    link.get(BEFORE.len()..end).unwrap_or_default().to_owned()
}

struct Sink<'a>(&'a RefCell<String>);

impl std::fmt::Write for Sink<'_> {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.0.borrow_mut().push_str(text);
        Ok(())
    }
}

/// Events on their way to the writer, which asks for one when it has written all before it: so how much is written then
/// tells where each stands.
struct Watched<'a, I, F> {
    events: I,
    html: &'a RefCell<String>,
    slots: &'a mut Vec<(usize, Slot)>,
    heading: F,
    /// The heading that is open.
    open: Option<usize>,
    /// A slot that stands so many bytes before the end of what the last event wrote.
    waiting: Option<(usize, Slot)>,
    /// What stands in a picture is its text for those who do not see it, without links.
    picture_depth: usize,
}

impl<'e, I: Iterator<Item = Event<'e>>, F: Fn(&str) -> Option<usize>> Iterator
    for Watched<'_, I, F>
{
    type Item = Event<'e>;

    fn next(&mut self) -> Option<Event<'e>> {
        let here = self.html.borrow().len();
        if let Some((before, slot)) = self.waiting.take() {
            self.slots.push((here - before, slot));
        }
        let mut event = self.events.next();
        match &mut event {
            Some(Event::Start(Tag::Heading { id, .. })) => {
                self.open = id.as_ref().and_then(|id| (self.heading)(id));
                self.waiting = self.open.map(|open| (">".len(), Slot::Counterparts(open)));
            }
            Some(Event::End(TagEnd::Heading(_))) => {
                self.waiting = self.open.take().map(|open| (0, Slot::Behind(open)));
            }
            Some(Event::Start(Tag::Link {
                dest_url,
                link_type,
                ..
            })) => {
                let before = match link_type {
                    LinkType::Email => "<a href=\"mailto:",
                    _ => "<a href=\"",
                };
                self.href(dest_url, here + before.len());
            }
            Some(Event::Start(Tag::Image { dest_url, .. })) => {
                self.href(dest_url, here + "<img src=\"".len());
                self.picture_depth += 1;
            }
            Some(Event::End(TagEnd::Image)) => {
                self.picture_depth = self.picture_depth.saturating_sub(1);
            }
            _ => {}
        }
        event
    }
}

impl<I, F> Watched<'_, I, F> {
    /// Takes the number out of an address.
    fn href(&mut self, address: &mut CowStr<'_>, at: usize) {
        if let (Ok(number), 0) = (address.parse(), self.picture_depth) {
            self.slots.push((at, Slot::Href(number)));
        }
        *address = "".into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::Parser;

    /// The HTML of a Markdown text whose addresses are numbers, with the slots written into it.
    fn check(markdown: &str) -> String {
        let with_id = |event| match event {
            Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
                level,
                id: Some("h".into()),
                classes: Vec::new(),
                attrs: Vec::new(),
            }),
            other => other,
        };
        let mut sheet = Sheet::default();
        sheet.push(Parser::new(markdown).map(with_id), |_| Some(7));
        let fills = Fills::of(&sheet.slots, |slot, html| match slot {
            Slot::Href(number) => html.push_str(&format!("→{number}")),
            Slot::Counterparts(number) => html.push_str(&format!(" data={number}")),
            Slot::Behind(number) => html.push_str(&format!("<old {number}>\n")),
        });
        filled(&sheet.html, &sheet.slots, &fills)
    }

    #[test]
    fn slots_stand_where_other_pages_are_named() {
        assert_eq!(
            check("## [가](0) *b*\n\ntext [c](1 \"t\") ![d *e* [f](2)](3) <a@b.c>\n"),
            "<h2 id=\"h\" data=7><a href=\"→0\">가</a> <em>b</em></h2>\n<old 7>\n\
             <p>text <a href=\"→1\" title=\"t\">c</a> <img src=\"→3\" alt=\"d e f\" /> <a href=\"mailto:\">a@b.c</a></p>\n"
        );
    }

    #[test]
    fn what_is_inserted_moves_the_slots_behind_it() {
        let mut sheet = Sheet {
            html: "abc".to_owned(),
            slots: vec![(1, Slot::Href(0)), (2, Slot::Href(1)), (3, Slot::Href(2))],
        };
        sheet.insert(2, "--");
        let places: Vec<usize> = sheet.slots.iter().map(|(at, _)| *at).collect();
        assert_eq!((sheet.html.as_str(), places), ("ab--c", vec![1, 4, 5]));
    }

    #[test]
    fn addresses_are_escaped_as_markdown_escapes_them() {
        assert_eq!(escaped_href("a&b/가 \"c\""), "a&amp;b/%EA%B0%80%20%22c%22");
    }
}
