//! Makes the engine's SVG fit for a page: tokens for colours, only what is allowed, no ids but those in use.
//!
//! The engine's `<style>` is dropped, for all pictures of a site share one stylesheet (`static/diagram.css`); what an
//! author's `classDef` put there is written at the shapes instead.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::diagram::colour::{Hue, Use};
use crate::diagram::svg::{escape, number, shorten_numbers, whole_numbers};

/// A picture ready for a page.
pub struct Cleaned {
    pub svg: String,
    pub width: f64,
    pub height: f64,
    /// All its text without white space.
    pub text: String,
    /// What stands where a colour should, and is none that we know.
    pub unknown_colours: Vec<String>,
}

/// What may stand in a picture. Everything else goes, with all inside it.
const ELEMENTS: [&str; 16] = [
    "svg", "g", "path", "rect", "circle", "ellipse", "polygon", "polyline", "line", "text",
    "tspan", "marker", "defs", "symbol", "use", "clipPath",
];

/// Attributes whose values are numbers, lengths and paths.
const GEOMETRY: [&str; 30] = [
    "d",
    "points",
    "transform",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "dx",
    "dy",
    "width",
    "height",
    "viewBox",
    "refX",
    "refY",
    "markerWidth",
    "markerHeight",
    "stroke-width",
    "stroke-dasharray",
    "stroke-dashoffset",
    "font-size",
    "opacity",
    "fill-opacity",
    "stroke-opacity",
];

/// Attributes with a word as value.
const WORDS: [&str; 12] = [
    "class",
    "orient",
    "markerUnits",
    "text-anchor",
    "dominant-baseline",
    "alignment-baseline",
    "font-weight",
    "font-style",
    "stroke-linecap",
    "stroke-linejoin",
    "fill-rule",
    "clip-rule",
];

/// Style properties that are kept: what says something about a node or an edge.
const PROPERTIES: [&str; 11] = [
    "fill",
    "stroke",
    "color",
    "stroke-width",
    "stroke-dasharray",
    "opacity",
    "fill-opacity",
    "text-anchor",
    "font-weight",
    "font-style",
    "text-decoration",
];

/// Cleans a picture; `None` if it is not well-formed. `head` stands first inside the `<svg>`.
pub fn clean(raw: &str, prefix: &str, lang: &str, head: &str) -> Option<Cleaned> {
    let mut cleaner = Cleaner {
        prefix,
        used: references(raw),
        ids: HashMap::new(),
        classes: class_rules(raw),
        open: Vec::new(),
        svg: String::with_capacity(raw.len() / 2),
        text: String::new(),
        unknown_colours: Vec::new(),
    };
    let (width, height) = cleaner.run(raw, lang, head)?;
    Some(Cleaned {
        svg: cleaner.svg,
        width,
        height,
        text: cleaner.text,
        unknown_colours: cleaner.unknown_colours,
    })
}

/// The ids that something refers to.
fn references(raw: &str) -> HashSet<String> {
    let after = |mark: &'static str, end: char| {
        raw.split(mark)
            .skip(1)
            .filter_map(move |rest| rest.split(end).next().map(str::to_owned))
    };
    after("url(#", ')').chain(after("href=\"#", '"')).collect()
}

/// The rules of `classDef` lines in the engine's stylesheet, by class: declarations for shapes, and for text.
fn class_rules(raw: &str) -> HashMap<String, (String, String)> {
    let mut rules: HashMap<String, (String, String)> = HashMap::new();
    let style = raw
        .split("<style>")
        .nth(1)
        .and_then(|rest| rest.split("</style>").next())
        .unwrap_or_default();
    for rule in style.split('}').filter(|rule| rule.contains("!important")) {
        let Some((selector, declarations)) = rule.split_once('{') else {
            continue;
        };
        let mut words = selector.split_whitespace().skip(1);
        let (Some(class), Some(element), None) = (words.next(), words.next(), words.next()) else {
            continue;
        };
        let Some(class) = class.strip_prefix('.') else {
            continue;
        };
        let entry = rules.entry(class.to_owned()).or_default();
        match element {
            "rect" => entry.0 = declarations.to_owned(),
            "tspan" => entry.1 = declarations.to_owned(),
            _ => {}
        }
    }
    rules
}

/// An element that is open.
struct Open {
    /// Written to the output?
    written: bool,
    /// Where its start tag begins there, and where it ends.
    tag: (usize, usize),
    name: String,
    /// Inside a label: shapes are backgrounds, not nodes.
    label: bool,
    /// The `classDef` that applies.
    class: Option<String>,
}

struct Cleaner<'a> {
    prefix: &'a str,
    used: HashSet<String>,
    /// The numbers of ids, in the order in which they are met.
    ids: HashMap<String, usize>,
    classes: HashMap<String, (String, String)>,
    open: Vec<Open>,
    svg: String,
    text: String,
    unknown_colours: Vec<String>,
}

impl Cleaner<'_> {
    fn run(&mut self, raw: &str, lang: &str, head: &str) -> Option<(f64, f64)> {
        let mut reader = Reader::from_str(raw);
        let mut size = None;
        // How deep we are inside something that is dropped.
        let mut dropped = 0usize;
        loop {
            match reader.read_event().ok()? {
                Event::Start(_) if dropped > 0 => dropped += 1,
                Event::End(_) if dropped > 0 => dropped -= 1,
                Event::Eof => break,
                _ if dropped > 0 => {}
                Event::Start(element) | Event::Empty(element) if self.open.is_empty() => {
                    size = Some(self.root(&element, lang, head)?);
                }
                Event::Start(element) => dropped = usize::from(!self.start(&element, false)),
                Event::Empty(element) => {
                    self.start(&element, true);
                }
                Event::End(_) => self.end(),
                Event::Text(text) => self.characters(text.xml10_content().as_ref()),
                Event::GeneralRef(reference) => {
                    let letter = reference.resolve_char_ref().ok().flatten().or(
                        match reference.xml10_content().as_ref() {
                            "lt" => Some('<'),
                            "gt" => Some('>'),
                            "amp" => Some('&'),
                            "quot" => Some('"'),
                            "apos" => Some('\''),
                            _ => None,
                        },
                    );
                    self.characters(letter.unwrap_or('\u{fffd}').encode_utf8(&mut [0; 4]));
                }
                _ => {}
            }
        }
        size.filter(|_| self.open.is_empty())
    }

    fn root(&mut self, element: &BytesStart<'_>, lang: &str, head: &str) -> Option<(f64, f64)> {
        let view = element
            .attributes()
            .flatten()
            .find(|attribute| attribute.key.as_ref() == "viewBox")?;
        let numbers: Vec<f64> = view
            .value
            .split([' ', ','])
            .filter_map(|part| part.parse().ok())
            .collect();
        let [left, top, width, height] = numbers[..] else {
            return None;
        };
        let kind = element
            .attributes()
            .flatten()
            .find(|attribute| attribute.key.as_ref() == "aria-roledescription");
        let kind = kind
            .map(|kind| kind.value.split('-').next().unwrap_or_default().to_owned())
            .unwrap_or_default();
        let (prefix, width, height) = (self.prefix, width.ceil(), height.ceil());
        self.svg.push_str(&format!(
            "<svg class=\"dg dg-mermaid dg-{}\" viewBox=\"{} {} {} {}\" width=\"{}\" height=\"{}\" lang=\"{}\" role=\"img\" \
             aria-labelledby=\"{prefix}-t {prefix}-d\">{head}",
            escape(&kind),
            number(left),
            number(top),
            number(width),
            number(height),
            number(width),
            number(height),
            escape(lang),
        ));
        self.open.push(Open {
            written: true,
            tag: (0, self.svg.len()),
            name: "svg".to_owned(),
            label: false,
            class: None,
        });
        Some((width, height))
    }

    /// Writes the start of an element; false if it and all inside it is to be dropped.
    fn start(&mut self, element: &BytesStart<'_>, empty: bool) -> bool {
        let name = element.name().as_ref().to_owned();
        let attribute = |key: &str| {
            element
                .attributes()
                .flatten()
                .find(|attribute| attribute.key.as_ref() == key)
                .map(|found| found.value)
        };
        let id = attribute("id");
        let is_used = id.as_deref().is_some_and(|id| self.used.contains(id));
        let class_list = attribute("class").unwrap_or_default().into_owned();
        if name == "a" {
            if !empty {
                self.open.push(Open {
                    written: false,
                    tag: (0, 0),
                    name,
                    label: self.in_label(),
                    class: self.class(),
                });
            }
            return true;
        }
        if !ELEMENTS.contains(&name.as_str())
            || (matches!(name.as_str(), "marker" | "symbol" | "clipPath") && !is_used)
        {
            return false;
        }
        let label = self.in_label()
            || class_list
                .split(' ')
                .any(|class| matches!(class, "label" | "edgeLabel" | "edgeLabels"));
        let class = class_list
            .split(' ')
            .find(|class| self.classes.contains_key(*class))
            .map(str::to_owned)
            .or_else(|| self.class());
        let is_text = matches!(name.as_str(), "text" | "tspan");
        let marker = class_list.contains("arrowMarkerPath");
        let mut written = format!("<{name}");
        let mut style = String::new();
        if let Some(rules) = class.as_ref().and_then(|class| self.classes.get(class)) {
            let rules = if is_text {
                rules.1.clone()
            } else {
                rules.0.clone()
            };
            if is_text || (!label && is_shape(&name)) {
                style = self.style(&rules, is_text, marker);
            }
        }
        for attribute in element.attributes().flatten() {
            let (key, value) = (attribute.key.as_ref(), attribute.value.as_ref());
            match key {
                "style" => style.push_str(&self.style(value, is_text, marker)),
                "id" if is_used => written.push_str(&format!(" id=\"{}\"", self.id(value))),
                "marker-start" | "marker-end" | "marker-mid" | "clip-path" => {
                    if let Some(target) = value
                        .strip_prefix("url(#")
                        .and_then(|rest| rest.strip_suffix(')'))
                    {
                        written.push_str(&format!(" {key}=\"url(#{})\"", self.id(target)));
                    }
                }
                "href" | "xlink:href" => {
                    if let Some(target) = value.strip_prefix('#') {
                        written.push_str(&format!(" href=\"#{}\"", self.id(target)));
                    }
                }
                "fill" | "stroke" => {
                    let value = self.colour(key, value, is_text, marker);
                    written.push_str(&format!(" {key}=\"{value}\""));
                }
                // The engine's way of saying nothing.
                "font-style" | "font-weight" if value == "normal" => {}
                "class" => {
                    let mut seen = HashSet::new();
                    let mut classes: Vec<&str> = value
                        .split(' ')
                        .filter(|class| named_in_stylesheet(class) && seen.insert(*class))
                        .collect();
                    // The stylesheet has one rule for both names.
                    let is_link = |class: &&str| {
                        matches!(*class, "flowchart-link" | "transition" | "relation")
                    };
                    if classes.iter().any(is_link) {
                        classes.retain(|class| *class != "edge-thickness-normal");
                    }
                    if !classes.is_empty() {
                        written.push_str(&format!(" class=\"{}\"", classes.join(" ")));
                    }
                }
                _ if WORDS.contains(&key) => written.push_str(&format!(" {key}=\"{value}\"")),
                "d" if class_list.contains("flowchart-link") => {
                    written.push_str(&format!(" d=\"{}\"", whole_numbers(value)))
                }
                _ if GEOMETRY.contains(&key) => {
                    written.push_str(&format!(" {key}=\"{}\"", shorten_numbers(value)))
                }
                _ => {}
            }
        }
        let says_nothing = style.is_empty()
            && written.len() == name.len() + 1
            && matches!(name.as_str(), "g" | "tspan");
        if says_nothing && !empty {
            self.open.push(Open {
                written: false,
                tag: (0, 0),
                name,
                label,
                class,
            });
            return true;
        }
        let (classes, style) = shared_style(&style);
        if !classes.is_empty() {
            match written.find(" class=\"") {
                Some(at) => written.insert_str(at + " class=\"".len(), &format!("{classes} ")),
                None => written.push_str(&format!(" class=\"{classes}\"")),
            }
        }
        if !style.is_empty() {
            written.push_str(&format!(" style=\"{style}\""));
        }
        // An empty element without a shape of its own: the engine's background of a label that has none.
        if empty
            && (matches!(name.as_str(), "g" | "text" | "tspan" | "defs")
                || (name == "rect" && attribute("width").is_none()))
        {
            return true;
        }
        written.push_str(if empty { "/>" } else { ">" });
        let start = self.svg.len();
        self.svg.push_str(&written);
        if !empty {
            self.open.push(Open {
                written: true,
                tag: (start, self.svg.len()),
                name,
                label,
                class,
            });
        }
        true
    }

    fn end(&mut self) {
        let Some(open) = self.open.pop().filter(|open| open.written) else {
            return;
        };
        let (start, end) = open.tag;
        // Also the engine's place for a label that an edge has not.
        let says_nothing = matches!(open.name.as_str(), "g" | "text" | "tspan" | "defs");
        if says_nothing && self.svg.len() == end {
            self.svg.truncate(start);
        } else {
            self.svg.push_str(&format!("</{}>", open.name));
        }
    }

    fn characters(&mut self, text: &str) {
        if self.open.is_empty() {
            return;
        }
        self.svg.push_str(&escape(text));
        self.text
            .extend(text.chars().filter(|letter| !letter.is_whitespace()));
    }

    fn in_label(&self) -> bool {
        self.open.last().is_some_and(|open| open.label)
    }

    fn class(&self) -> Option<String> {
        self.open.last().and_then(|open| open.class.clone())
    }

    /// An id of ours for one of the engine's, which may hold anything and are long: the prefix and a number.
    fn id(&mut self, id: &str) -> String {
        let next = self.ids.len();
        let number = *self.ids.entry(id.to_owned()).or_insert(next);
        format!("{}-{number}", self.prefix)
    }

    /// A list of declarations with tokens for colours, without what says nothing.
    fn style(&mut self, declarations: &str, is_text: bool, marker: bool) -> String {
        let mut style = String::new();
        for declaration in declarations.split(';') {
            let Some((property, value)) = declaration.split_once(':') else {
                continue;
            };
            let (property, value) = (property.trim(), value.replace("!important", ""));
            let value = value.trim();
            if !PROPERTIES.contains(&property)
                || value.is_empty()
                || value.contains(['<', '"', '('])
                    && !value.starts_with("rgb")
                    && !value.starts_with("hsl")
            {
                continue;
            }
            match property {
                // HTML's name for the colour of letters; the text beside gets a `fill` of its own.
                "color" if !is_text => {}
                "color" => style.push_str(&format!(
                    "fill:{};",
                    self.colour("color", value, true, marker)
                )),
                "fill" | "stroke" => style.push_str(&format!(
                    "{property}:{};",
                    self.colour(property, value, is_text, marker)
                )),
                "stroke-dasharray" if value == "1, 0" || value == "0" || value == "0 0" => {}
                _ => style.push_str(&format!("{property}:{};", shorten_numbers(&escape(value)))),
            }
        }
        style
    }

    /// The token for a colour.
    fn colour(&mut self, property: &str, value: &str, is_text: bool, marker: bool) -> &'static str {
        let paints = match property {
            _ if is_text => Use::Text,
            "fill" if !marker => Use::Fill,
            _ => Use::Line,
        };
        match value.trim() {
            "none" => "none",
            "transparent" => "transparent",
            "currentColor" | "inherit" | "revert" => "currentColor",
            colour => match Hue::of(colour) {
                Some(hue) => hue.token(paints),
                None => {
                    self.unknown_colours.push(colour.to_owned());
                    Hue::Neutral.token(paints)
                }
            },
        }
    }
}

/// The declarations that most authors write, a fill with the line that goes with it and how wide that is, as classes of
/// the shared stylesheet: a picture names them once for each shape. The rest stays as it is.
fn shared_style(style: &str) -> (String, String) {
    let mut rest: Vec<&str> = style.split(';').filter(|it| !it.is_empty()).collect();
    let mut classes = Vec::new();
    let fill = rest
        .iter()
        .find_map(|it| it.strip_prefix("fill:var(--dg-")?.strip_suffix(')'));
    if let Some(hue) = fill {
        let line = format!("stroke:var(--dg-{hue}-line)");
        let class = format!("dg-{hue}");
        if rest.contains(&line.as_str()) && named_in_stylesheet(&class) {
            let fill = format!("fill:var(--dg-{hue})");
            rest.retain(|it| *it != line && *it != fill);
            classes.push(class);
        }
    }
    // A line is drawn as wide as the last declaration says.
    let width = rest
        .iter()
        .rev()
        .find_map(|it| it.strip_prefix("stroke-width:"));
    if let Some(width) = width {
        let class = format!("dg-w{}", width.trim_end_matches("px"));
        if named_in_stylesheet(&class) {
            rest.retain(|it| !it.starts_with("stroke-width:"));
            classes.push(class);
        }
    }
    (classes.join(" "), rest.join(";"))
}

/// Says whether the shared stylesheet has a rule for a class; every other class is dropped.
fn named_in_stylesheet(class: &str) -> bool {
    static NAMED: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let named = NAMED.get_or_init(|| {
        let style = include_str!("../../../static/diagram.css");
        let end = |text: &&str| {
            text.find(|letter: char| !letter.is_ascii_alphanumeric() && !"-_".contains(letter))
                .unwrap_or(text.len())
        };
        style
            .split('.')
            .skip(1)
            .filter_map(|text| text.get(..end(&text)))
            .collect()
    });
    named.contains(class)
}

fn is_shape(name: &str) -> bool {
    matches!(
        name,
        "rect" | "circle" | "ellipse" | "polygon" | "path" | "line" | "polyline"
    )
}
