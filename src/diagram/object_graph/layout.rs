//! Where everything stands. Columns by distance, order by first sight: an object keeps its place whatever its address.
//!
//! 1. A column is the shortest way from a name along strong edges; a weak edge never pulls. What is reached only
//!    weakly stands in column 1.
//! 2. Within a column objects stand in the order in which the rows before them, top to bottom, point at them.
//! 3. An edge to the next column crosses the gutter between the two; an edge backwards leaves its row on the left; an
//!    edge that jumps over a column takes a lane of its own above or below all cards.

use std::collections::{HashMap, HashSet, VecDeque};

use super::words::{badge, name, short, size};
use super::{COLUMNS_MAX, OBJECTS_MAX, ROWS_MAX};
use crate::config::Words;
use crate::diagram::measure::{Font, fit, width};
use crate::python::observe::dump::{Dump, Object, Serial, Strength, Value};

pub const FONT_TYPE: f64 = 14.0;
pub const FONT_ROW: f64 = 13.0;
pub const FONT_SUB: f64 = 12.0;
pub const HEADER: f64 = 48.0;
pub const FRAME_HEADER: f64 = 30.0;
pub const ROW: f64 = 26.0;
pub const PAD: f64 = 12.0;
const MARGIN: f64 = 10.0;
const GAP: f64 = 22.0;
const GUTTER: f64 = 62.0;
const LANE: f64 = 14.0;
const LABEL_MAX: f64 = 130.0;
const VALUE_MAX: f64 = 170.0;
const LEGEND: f64 = 30.0;

/// What a card stands for, which gives it its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Frame,
    Sequence,
    Mapping,
    Instance,
    Plain,
}

/// One line of a card.
#[derive(Debug, Clone)]
pub struct Row {
    pub label: String,
    /// Text at the right: an inline value, or the mark of what is not drawn.
    pub value: String,
    /// Said quietly: folded rows, empty slots.
    pub quiet: bool,
}

/// A frame or an object.
#[derive(Debug, Clone)]
pub struct Card {
    pub kind: Kind,
    pub column: usize,
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    pub title: String,
    pub serial: String,
    pub badge: String,
    pub sub: String,
    pub rows: Vec<Row>,
}

impl Card {
    fn header(&self) -> f64 {
        if self.kind == Kind::Frame {
            FRAME_HEADER
        } else {
            HEADER
        }
    }

    /// The middle of a row.
    pub fn row_y(&self, row: usize) -> f64 {
        self.y + self.header() + ROW * (row as f64 + 0.5)
    }
}

/// On which side of a card an edge leaves or arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
}

/// An arrow from a row to a card.
#[derive(Debug, Clone)]
pub struct Edge {
    pub from: usize,
    pub row: usize,
    pub to: usize,
    pub weak: bool,
    /// Part of a cycle of strong references.
    pub cycle: bool,
    pub leaves: Side,
    pub path: String,
    /// Where a label may stand.
    pub middle: (f64, f64),
}

impl Edge {
    /// Its name in the stylesheet.
    pub fn class(&self) -> &'static str {
        match self {
            Edge { weak: true, .. } => "weak",
            Edge { cycle: true, .. } => "cycle",
            _ => "strong",
        }
    }
}

/// The whole picture, laid out.
#[derive(Debug, Clone)]
pub struct Layout {
    pub cards: Vec<Card>,
    pub edges: Vec<Edge>,
    pub width: f64,
    pub height: f64,
    /// The line under the cards at which the legend stands.
    pub legend_y: f64,
    /// Objects that are not drawn.
    pub folded: u64,
}

/// Lays a dump out.
pub fn lay_out(dump: &Dump, words: &Words) -> Layout {
    let columns = columns(dump);
    let mut cards = frames(dump, words);
    let frame_count = cards.len();
    let order = order(dump, &columns);
    let mut place: HashMap<Serial, usize> = HashMap::new();
    for object in &order {
        place.insert(object.id, cards.len());
        cards.push(card(
            object,
            columns.get(&object.id).copied().unwrap_or(1),
            words,
        ));
    }
    let mut edges = edges(dump, &order, &place, frame_count, &mut cards);
    mark_cycles(&mut edges, frame_count);
    let (top_lanes, bottom_lanes) = lanes(&edges, &cards);
    let width = place_columns(&mut cards, &edges);
    place_rows(&mut cards, &edges, MARGIN + LANE * top_lanes as f64);
    let cards_bottom = cards
        .iter()
        .map(|card| card.y + card.height)
        .fold(MARGIN, f64::max);
    route(&mut edges, &cards, cards_bottom);
    let legend_y = cards_bottom + LANE * bottom_lanes as f64 + LEGEND;
    let folded = dump.omitted + (dump.objects.len() - order.len()) as u64;
    Layout {
        width: width.max(legend_width(&edges, folded, words)),
        cards,
        edges,
        height: legend_y + MARGIN + 6.0,
        legend_y,
        folded,
    }
}

/// The lines of the legend: the kinds of arrows that occur, and what each means.
pub fn legend<'a>(edges: &[Edge], words: &'a Words) -> Vec<(&'static str, &'a str)> {
    let all = [
        ("strong", words.picture_strong_reference.as_str()),
        ("cycle", &words.picture_cycle),
        ("weak", &words.picture_weak_reference),
    ];
    let occurs = |kind| edges.iter().any(|edge| edge.class() == kind);
    all.into_iter().filter(|(kind, _)| occurs(*kind)).collect()
}

/// The width of an entry of the legend, with the space behind it.
pub fn legend_entry_width(text: &str) -> f64 {
    54.0 + width(text, FONT_SUB, Font::Sans)
}

/// Enough for the whole legend, also under a small picture.
fn legend_width(edges: &[Edge], folded: u64, words: &Words) -> f64 {
    let entries = legend(edges, words).into_iter();
    let entries: f64 = entries.map(|(_, text)| legend_entry_width(text)).sum();
    let folded = match folded {
        0 => 0.0,
        count => width(&words.picture_more(count), FONT_SUB, Font::Sans),
    };
    MARGIN * 2.0 + entries + folded
}

/// The column of every object that is drawn.
fn columns(dump: &Dump) -> HashMap<Serial, usize> {
    let objects: HashMap<Serial, &Object> = dump
        .objects
        .iter()
        .map(|object| (object.id, object))
        .collect();
    let mut columns: HashMap<Serial, usize> = HashMap::new();
    let mut waiting: VecDeque<(Serial, usize)> =
        dump.names.iter().map(|name| (name.object, 1)).collect();
    let mut weakly: VecDeque<Serial> = VecDeque::new();
    loop {
        while let Some((id, column)) = waiting.pop_front() {
            let Some(object) = objects.get(&id) else {
                continue;
            };
            if columns.contains_key(&id) || columns.len() >= OBJECTS_MAX || column > COLUMNS_MAX {
                continue;
            }
            columns.insert(id, column);
            for field in object.fields.iter().take(ROWS_MAX) {
                match (&field.value, field.strength) {
                    (Value::Object(target), Strength::Strong) => {
                        waiting.push_back((*target, column + 1))
                    }
                    (Value::Object(target), Strength::Weak) => weakly.push_back(*target),
                    _ => {}
                }
            }
        }
        // Only when nothing strong is left do weak references find objects of their own.
        match weakly.pop_front() {
            Some(id) => waiting.push_back((id, 1)),
            None => return columns,
        }
    }
}

/// The drawn objects, column by column, each column in the order in which the column before points at it.
fn order<'d>(dump: &'d Dump, columns: &HashMap<Serial, usize>) -> Vec<&'d Object> {
    let mut order: Vec<&Object> = Vec::new();
    let mut seen: HashSet<Serial> = HashSet::new();
    let mut pointed: Vec<Serial> = dump.names.iter().map(|name| name.object).collect();
    for column in 1..=COLUMNS_MAX {
        let rest = dump.objects.iter().map(|object| object.id);
        let mut next = Vec::new();
        for id in pointed.into_iter().chain(rest) {
            if columns.get(&id) == Some(&column)
                && seen.insert(id)
                && let Some(object) = dump.object(id)
            {
                next.extend(object.fields.iter().filter_map(|field| match field.value {
                    Value::Object(target) => Some(target),
                    _ => None,
                }));
                order.push(object);
            }
        }
        pointed = next;
    }
    order
}

/// A card for each scope, with its names as rows.
fn frames(dump: &Dump, words: &Words) -> Vec<Card> {
    let mut scopes: Vec<&str> = Vec::new();
    for name in &dump.names {
        if !scopes.contains(&name.scope.as_str()) {
            scopes.push(&name.scope);
        }
    }
    let frame = |scope: &&str| {
        let names = dump.names.iter().filter(|name| name.scope == *scope);
        let rows: Vec<Row> = names
            .map(|name| Row {
                label: fit(&name.name, LABEL_MAX, FONT_ROW, Font::Mono),
                value: String::new(),
                quiet: false,
            })
            .collect();
        let title = if *scope == "<module>" {
            words.picture_module.clone()
        } else {
            format!("{}()", fit(scope, LABEL_MAX, FONT_SUB, Font::Sans))
        };
        let mut card = Card {
            kind: Kind::Frame,
            column: 0,
            x: 0.0,
            y: 0.0,
            width: 0.0,
            height: FRAME_HEADER + ROW * rows.len() as f64 + 4.0,
            title,
            serial: String::new(),
            badge: String::new(),
            sub: String::new(),
            rows,
        };
        let widest = card
            .rows
            .iter()
            .map(|row| width(&row.label, FONT_ROW, Font::Mono) + PAD * 2.0 + 22.0)
            .fold(88.0, f64::max);
        card.width = widest
            .max(width(&card.title, FONT_SUB, Font::Sans) + PAD * 2.0)
            .ceil();
        card
    };
    scopes.iter().map(frame).collect()
}

fn card(object: &Object, column: usize, words: &Words) -> Card {
    let mut rows: Vec<Row> = Vec::new();
    for field in object.fields.iter().take(ROWS_MAX) {
        let (value, quiet) = match &field.value {
            Value::Object(_) => (String::new(), false),
            Value::Inline(repr) => (fit(repr, VALUE_MAX, FONT_ROW, Font::Mono), false),
            Value::Empty if field.strength == Strength::Weak => (words.picture_gone.clone(), true),
            Value::Empty => (words.picture_empty.clone(), true),
        };
        rows.push(Row {
            label: fit(&field.label, LABEL_MAX, FONT_ROW, Font::Mono),
            value,
            quiet,
        });
    }
    let folded = object.fields.len().saturating_sub(ROWS_MAX) as u64 + object.fields_omitted;
    if folded > 0 {
        rows.push(Row {
            label: words.picture_more(folded),
            value: String::new(),
            quiet: true,
        });
    }
    if rows.is_empty() {
        // `<Cup object at …>` says nothing that the head does not.
        let is_bare = kind(object) == Kind::Instance && object.repr.starts_with('<');
        rows.push(Row {
            label: match is_bare {
                true => words.picture_no_attributes.clone(),
                false => fit(&object.repr, LABEL_MAX + VALUE_MAX, FONT_ROW, Font::Mono),
            },
            value: String::new(),
            quiet: is_bare,
        });
    }
    let mut sub = size(object.size_bytes, words);
    if object.gc_tracked {
        sub.push_str(" · ");
        sub.push_str(&words.picture_tracked);
    }
    let mut card = Card {
        kind: kind(object),
        column,
        x: 0.0,
        y: 0.0,
        width: 0.0,
        height: HEADER + ROW * rows.len() as f64 + 4.0,
        title: fit(name(object), LABEL_MAX + 40.0, FONT_TYPE, Font::Mono),
        serial: format!("#{}", object.id.0),
        badge: badge(object.refcount, words),
        sub,
        rows,
    };
    card.width = card_width(&card);
    card
}

fn card_width(card: &Card) -> f64 {
    let head = width(&card.title, FONT_TYPE, Font::Mono)
        + 8.0
        + width(&card.serial, FONT_SUB, Font::Mono)
        + 14.0
        + badge_width(&card.badge);
    let row = |row: &Row| {
        width(&row.label, FONT_ROW, Font::Mono)
            + 18.0
            + width(&row.value, FONT_ROW, Font::Mono)
            + 8.0
    };
    let rows = card.rows.iter().map(row).fold(0.0, f64::max);
    (head.max(rows).max(width(&card.sub, FONT_SUB, Font::Sans)) + PAD * 2.0)
        .max(132.0)
        .ceil()
}

/// The width of the badge with the count.
pub fn badge_width(text: &str) -> f64 {
    (width(text, FONT_SUB, Font::Sans) + 16.0).ceil()
}

fn kind(object: &Object) -> Kind {
    match name(object) {
        "list" | "tuple" | "set" | "frozenset" | "deque" | "bytearray" => Kind::Sequence,
        "dict"
        | "mappingproxy"
        | "OrderedDict"
        | "defaultdict"
        | "WeakValueDictionary"
        | "WeakKeyDictionary" => Kind::Mapping,
        name if object.fields.is_empty() && is_value(name) => Kind::Plain,
        _ => Kind::Instance,
    }
}

/// Types of Python's own whose objects are their value, and hold nothing else.
fn is_value(type_name: &str) -> bool {
    matches!(
        type_name,
        "int"
            | "float"
            | "complex"
            | "bool"
            | "str"
            | "bytes"
            | "NoneType"
            | "ellipsis"
            | "NotImplementedType"
            | "range"
            | "slice"
            | "object"
            | "type"
            | "module"
            | "code"
            | "function"
            | "method"
            | "generator"
            | "builtin_function_or_method"
    )
}

/// The arrows; a row whose target is not drawn says so instead.
fn edges(
    dump: &Dump,
    order: &[&Object],
    place: &HashMap<Serial, usize>,
    frame_count: usize,
    cards: &mut [Card],
) -> Vec<Edge> {
    let mut edges = Vec::new();
    let edge = |from, row, to, weak| Edge {
        from,
        row,
        to,
        weak,
        cycle: false,
        leaves: Side::Right,
        path: String::new(),
        middle: (0.0, 0.0),
    };
    let absent = |target: Serial| {
        dump.object(target).map_or_else(
            || format!("… #{}", target.0),
            |object| format!("… {}", short(object)),
        )
    };
    let mut taken: HashMap<&str, (usize, usize)> = HashMap::new();
    for name in &dump.names {
        let count = taken.len();
        let (frame, row) = taken.entry(name.scope.as_str()).or_insert((count, 0));
        match place.get(&name.object) {
            Some(to) => edges.push(edge(*frame, *row, *to, false)),
            None => set_value(cards, *frame, *row, absent(name.object)),
        }
        *row += 1;
    }
    for (index, object) in order.iter().enumerate() {
        let from = frame_count + index;
        for (row, field) in object.fields.iter().take(ROWS_MAX).enumerate() {
            let Value::Object(target) = field.value else {
                continue;
            };
            match place.get(&target) {
                Some(to) => edges.push(edge(from, row, *to, field.strength == Strength::Weak)),
                None => set_value(cards, from, row, absent(target)),
            }
        }
    }
    for edge in &mut edges {
        let (from, to) = (
            cards.get(edge.from).map_or(0, |card| card.column),
            cards.get(edge.to).map_or(0, |card| card.column),
        );
        edge.leaves = if to < from { Side::Left } else { Side::Right };
    }
    edges
}

fn set_value(cards: &mut [Card], card: usize, row: usize, value: String) {
    let Some(card) = cards.get_mut(card) else {
        return;
    };
    if let Some(row) = card.rows.get_mut(row) {
        row.value = fit(&value, VALUE_MAX, FONT_ROW, Font::Mono);
        row.quiet = true;
    }
    if card.kind == Kind::Frame {
        card.width = card
            .rows
            .iter()
            .map(|row| {
                width(&row.label, FONT_ROW, Font::Mono)
                    + width(&row.value, FONT_ROW, Font::Mono)
                    + PAD * 2.0
                    + 24.0
            })
            .fold(card.width, f64::max)
            .ceil();
    } else {
        card.width = card_width(card);
    }
}

/// Marks the strong edges from whose target their source can be reached again.
fn mark_cycles(edges: &mut [Edge], frame_count: usize) {
    let mut next: HashMap<usize, Vec<usize>> = HashMap::new();
    for edge in edges
        .iter()
        .filter(|edge| !edge.weak && edge.from >= frame_count)
    {
        next.entry(edge.from).or_default().push(edge.to);
    }
    let reaches = |from: usize, to: usize| {
        let mut seen = HashSet::new();
        let mut waiting = vec![from];
        while let Some(card) = waiting.pop() {
            if card == to {
                return true;
            }
            if seen.insert(card) {
                waiting.extend(next.get(&card).into_iter().flatten());
            }
        }
        false
    };
    for edge in edges
        .iter_mut()
        .filter(|edge| !edge.weak && edge.from >= frame_count)
    {
        edge.cycle = reaches(edge.to, edge.from);
    }
}

/// Says whether an edge jumps over a column and needs a lane.
fn needs_lane(edge: &Edge, cards: &[Card]) -> bool {
    match (cards.get(edge.from), cards.get(edge.to)) {
        (Some(from), Some(to)) => from.column.abs_diff(to.column) > 1,
        _ => false,
    }
}

/// How many lanes are needed above and below.
fn lanes(edges: &[Edge], cards: &[Card]) -> (usize, usize) {
    let long = || edges.iter().filter(|edge| needs_lane(edge, cards));
    (
        long().filter(|edge| edge.leaves == Side::Right).count(),
        long().filter(|edge| edge.leaves == Side::Left).count(),
    )
}

/// Gives every card its x, every column the width of its widest card; returns the width of all.
fn place_columns(cards: &mut [Card], edges: &[Edge]) -> f64 {
    let last = cards.iter().map(|card| card.column).max().unwrap_or(0);
    let mut x = MARGIN;
    for column in 0..=last {
        let widest = cards
            .iter()
            .filter(|card| card.column == column)
            .map(|card| card.width)
            .fold(0.0, f64::max);
        for card in cards.iter_mut().filter(|card| card.column == column) {
            card.x = x;
            card.width = widest;
        }
        let column_of = |card: usize| cards.get(card).map_or(0, |card| card.column);
        let turns = edges
            .iter()
            .any(|edge| column_of(edge.from) == column && column_of(edge.to) == column);
        let busy = edges
            .iter()
            .filter(|edge| column_of(edge.from) == column || column_of(edge.to) == column)
            .any(|edge| edge.weak || edge.cycle);
        let gutter = if busy { GUTTER + 22.0 } else { GUTTER };
        x += if column < last {
            widest + gutter
        } else if turns {
            widest + GUTTER
        } else {
            widest + MARGIN
        };
    }
    x
}

/// Gives every card its y: below its neighbour, and not above the first row that points at it.
fn place_rows(cards: &mut [Card], edges: &[Edge], top: f64) {
    let mut bottoms: HashMap<usize, f64> = HashMap::new();
    for index in 0..cards.len() {
        let pointing = edges
            .iter()
            .filter(|edge| edge.to == index && edge.from < index && !edge.weak);
        let pointed = pointing
            .filter_map(|edge| Some(cards.get(edge.from)?.row_y(edge.row) - HEADER / 2.0))
            .fold(f64::INFINITY, f64::min);
        let Some(card) = cards.get_mut(index) else {
            continue;
        };
        let free = bottoms.get(&card.column).map_or(top, |bottom| bottom + GAP);
        card.y = if pointed.is_finite() {
            pointed.max(free)
        } else {
            free
        };
        bottoms.insert(card.column, card.y + card.height);
    }
}

/// Draws every edge's path.
fn route(edges: &mut [Edge], cards: &[Card], cards_bottom: f64) {
    let mut arrivals: HashMap<(usize, bool), usize> = HashMap::new();
    let (mut above, mut below) = (0usize, 0usize);
    for edge in edges.iter_mut() {
        let (Some(from), Some(to)) = (cards.get(edge.from), cards.get(edge.to)) else {
            continue;
        };
        let backward = edge.leaves == Side::Left;
        let same = from.column == to.column;
        let enters_right = backward || same;
        let place = arrivals.entry((edge.to, enters_right)).or_insert(0);
        let end_y = to.y + 16.0 + 9.0 * (*place % 4) as f64;
        *place += 1;
        let start = if backward {
            from.x
        } else {
            from.x + from.width
        };
        let start_y = from.row_y(edge.row);
        // The arrow's head is 7 wide and stops at the card.
        let end = if enters_right {
            to.x + to.width + 1.0
        } else {
            to.x - 1.0
        };
        if needs_lane(edge, cards) {
            let lane = if backward {
                below += 1;
                cards_bottom + LANE * (below as f64 - 0.3)
            } else {
                above += 1;
                MARGIN + LANE * (above as f64 - 0.8)
            };
            let step = if backward { -1.0 } else { 1.0 };
            let (out, back) = (
                start + step * (22.0 + 5.0 * below as f64),
                end - step * (26.0 + 5.0 * above as f64),
            );
            edge.path = rounded(&[
                (start, start_y),
                (out, start_y),
                (out, lane),
                (back, lane),
                (back, end_y),
                (end, end_y),
            ]);
            edge.middle = (f64::midpoint(out, back), lane);
        } else if same {
            let bend = start.max(end) + 34.0 + 6.0 * (edge.row % 3) as f64;
            edge.path = curve(
                (start, start_y),
                (bend, start_y),
                (bend, end_y),
                (end, end_y),
            );
            edge.middle = (bend - 8.0, f64::midpoint(start_y, end_y));
        } else {
            let reach = ((end - start).abs() * 0.55).max(30.0);
            let step = if backward { -1.0 } else { 1.0 };
            edge.path = curve(
                (start, start_y),
                (start + step * reach, start_y),
                (end - step * reach, end_y),
                (end, end_y),
            );
            edge.middle = (f64::midpoint(start, end), f64::midpoint(start_y, end_y));
        }
    }
}

fn curve(start: (f64, f64), first: (f64, f64), second: (f64, f64), end: (f64, f64)) -> String {
    use crate::diagram::svg::number as n;
    format!(
        "M{} {}C{} {} {} {} {} {}",
        n(start.0),
        n(start.1),
        n(first.0),
        n(first.1),
        n(second.0),
        n(second.1),
        n(end.0),
        n(end.1)
    )
}

/// A line through points with rounded corners.
fn rounded(points: &[(f64, f64)]) -> String {
    use crate::diagram::svg::number as n;
    let mut path = String::new();
    for (index, point) in points.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| points.get(index));
        match (before, points.get(index + 1)) {
            (None, _) => path.push_str(&format!("M{} {}", n(point.0), n(point.1))),
            (_, None) => path.push_str(&format!("L{} {}", n(point.0), n(point.1))),
            (Some(before), Some(after)) => {
                let (enter, leave) = (towards(*point, *before), towards(*point, *after));
                path.push_str(&format!(
                    "L{} {}Q{} {} {} {}",
                    n(enter.0),
                    n(enter.1),
                    n(point.0),
                    n(point.1),
                    n(leave.0),
                    n(leave.1)
                ));
            }
        }
    }
    path
}

/// The place 8 pixels, or half the way, from `point` towards `other`.
fn towards(point: (f64, f64), other: (f64, f64)) -> (f64, f64) {
    let (dx, dy) = (other.0 - point.0, other.1 - point.1);
    let length = dx.hypot(dy);
    let part = if length < 1.0 {
        0.0
    } else {
        (8.0_f64).min(length / 2.0) / length
    };
    (point.0 + dx * part, point.1 + dy * part)
}
