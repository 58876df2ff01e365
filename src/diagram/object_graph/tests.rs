//! Dumps written by hand in, pictures out. The snapshots are reviewed as pictures: `GIEOK_DRAW=folder cargo test`.

use super::*;
use crate::config::Words;
use crate::python::observe::dump::{Count, Field, Name, Object, Serial, Strength, Value};

fn object(
    id: u64,
    type_name: &str,
    refcount: u64,
    size_bytes: u64,
    fields: &[(&str, u64)],
) -> Object {
    let fields = fields.iter().map(|(label, target)| Field {
        label: (*label).to_owned(),
        value: Value::Object(Serial(*target)),
        strength: if *label == "referent" {
            Strength::Weak
        } else {
            Strength::Strong
        },
    });
    Object {
        id: Serial(id),
        address: 0x7f00_0000 + id * 64,
        type_name: type_name.to_owned(),
        repr: format!("<{type_name} object>"),
        refcount: Count::Of(refcount),
        size_bytes,
        gc_tracked: !matches!(type_name, "int" | "str" | "float"),
        fields: fields.collect(),
        fields_omitted: 0,
    }
}

fn inline(mut object: Object, values: &[(&str, &str)]) -> Object {
    let at_front = values.iter().map(|(label, repr)| Field {
        label: (*label).to_owned(),
        value: Value::Inline((*repr).to_owned()),
        strength: Strength::Strong,
    });
    object.fields = at_front.chain(std::mem::take(&mut object.fields)).collect();
    object
}

fn names(names: &[(&str, u64)]) -> Vec<Name> {
    names
        .iter()
        .map(|(name, id)| Name {
            scope: "<module>".to_owned(),
            name: (*name).to_owned(),
            object: Serial(*id),
        })
        .collect()
}

fn dump(names: Vec<Name>, objects: Vec<Object>) -> Dump {
    let dump = Dump {
        version: "3.13.0".to_owned(),
        names,
        objects,
        omitted: 0,
    };
    assert_eq!(dump.problems(), Vec::<String>::new());
    dump
}

/// `a = [1, 2, 3]; b = a`
fn shared_list() -> Dump {
    let mut three = vec![object(
        1,
        "list",
        2,
        88,
        &[("[0]", 2), ("[1]", 3), ("[2]", 4)],
    )];
    for (id, repr) in [(2, "1"), (3, "2"), (4, "3")] {
        three.push(Object {
            repr: repr.to_owned(),
            refcount: Count::Immortal,
            ..object(id, "int", 0, 28, &[])
        });
    }
    dump(names(&[("a", 1), ("b", 1)]), three)
}

/// Two instances whose `next` is the other.
fn cycle() -> Dump {
    dump(
        names(&[("node1", 1), ("node2", 2)]),
        vec![
            inline(
                object(1, "Node", 2, 48, &[(".next", 2)]),
                &[(".value", "1")],
            ),
            inline(
                object(2, "Node", 2, 48, &[(".next", 1)]),
                &[(".value", "2")],
            ),
        ],
    )
}

/// A chain that ends in its head: the last edge goes back over a column.
fn ring() -> Dump {
    dump(
        names(&[("head", 1)]),
        vec![
            object(1, "Node", 2, 48, &[(".next", 2)]),
            object(2, "Node", 1, 48, &[(".next", 3)]),
            object(3, "Node", 1, 48, &[(".next", 1)]),
        ],
    )
}

/// A parent with a list of children, a child with a weak reference to its parent, and a dead one.
fn weak() -> Dump {
    let mut dead = object(6, "weakref", 1, 72, &[]);
    dead.fields.push(Field {
        label: "referent".to_owned(),
        value: Value::Empty,
        strength: Strength::Weak,
    });
    dump(
        names(&[("parent", 1), ("child", 4), ("dead", 6)]),
        vec![
            inline(
                object(1, "Parent", 1, 48, &[(".children", 3)]),
                &[(".name", "'부모 노드'")],
            ),
            object(4, "Child", 2, 48, &[(".parent", 5)]),
            dead,
            object(3, "list", 1, 88, &[("[0]", 4)]),
            object(5, "weakref", 1, 72, &[("referent", 1)]),
        ],
    )
}

/// A list of forty lists.
fn many() -> Dump {
    let fields: Vec<(String, u64)> = (0..40)
        .map(|index| (format!("[{index}]"), index + 2))
        .collect();
    let fields: Vec<(&str, u64)> = fields
        .iter()
        .map(|(label, id)| (label.as_str(), *id))
        .collect();
    let mut objects = vec![object(1, "list", 1, 376, &fields)];
    objects.extend((0..40).map(|index| object(index + 2, "list", 1, 56, &[])));
    dump(names(&[("rows", 1)]), objects)
}

/// Long names and values, two scopes, a list that holds itself, an empty slot.
fn wide() -> Dump {
    let mut slots = object(2, "아주_긴_이름을_가진_클래스_Slots", 1, 56, &[]);
    slots.fields = vec![
        Field {
            label: ".name_of_the_slot_is_long".to_owned(),
            value: Value::Inline("'정말로 긴 문자열 값이 여기에 있습니다'".to_owned()),
            strength: Strength::Strong,
        },
        Field {
            label: ".age".to_owned(),
            value: Value::Empty,
            strength: Strength::Strong,
        },
    ];
    let mut names = names(&[("자기_자신", 1)]);
    names.push(Name {
        scope: "outer.<locals>.inner".to_owned(),
        name: "a_rather_long_local_name_here".to_owned(),
        object: Serial(2),
    });
    dump(names, vec![object(1, "list", 2, 64, &[("[0]", 1)]), slots])
}

/// What must be true of every picture.
fn check(picture: &Picture, layout: &layout::Layout) {
    let svg = &picture.svg;
    assert!(
        !svg.contains('#')
            || svg.split('#').skip(1).all(|rest| rest
                .starts_with(|letter: char| letter.is_ascii_digit() || rest.starts_with("g1-"))),
        "{svg}"
    );
    for card in &layout.cards {
        assert!(
            card.x >= 0.0
                && card.y >= 0.0
                && card.x + card.width <= picture.width
                && card.y + card.height <= picture.height,
            "{card:?}"
        );
        for other in layout
            .cards
            .iter()
            .filter(|other| !std::ptr::eq(*other, card))
        {
            let apart = card.x + card.width <= other.x
                || other.x + other.width <= card.x
                || card.y + card.height <= other.y
                || other.y + other.height <= card.y;
            assert!(apart, "{card:?} covers {other:?}");
        }
    }
    let mut ids: Vec<&str> = svg
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

fn snapshot(name: &str, dump: &Dump, lang: &str) {
    let words = Words::of(lang);
    let options = Options {
        prefix: "g1",
        words,
    };
    let picture = draw(dump, &options);
    check(&picture, &layout::lay_out(dump, words));
    assert_eq!(picture, draw(dump, &options), "not the same bytes twice");
    if let Some(folder) = std::env::var_os("GIEOK_DRAW") {
        std::fs::write(
            std::path::Path::new(&folder).join(format!("{name}-{lang}.svg")),
            &picture.svg,
        )
        .expect("a folder to draw into");
    }
    let readable = picture.svg.replace("><", ">\n<");
    insta::with_settings!({ snapshot_path => "../../../snapshots/diagram", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(format!("object-graph-{name}-{lang}"), readable);
    });
}

#[test]
fn a_list_shared_by_two_names() {
    snapshot("shared", &shared_list(), "ko");
    snapshot("shared", &shared_list(), "en");
}

#[test]
fn a_cycle_of_two() {
    snapshot("cycle", &cycle(), "ko");
}

#[test]
fn an_edge_back_over_a_column_takes_a_lane() {
    snapshot("ring", &ring(), "en");
}

#[test]
fn weak_references_living_and_dead() {
    snapshot("weak", &weak(), "ko");
}

#[test]
fn many_objects_are_folded() {
    let dump = many();
    let picture = draw(
        &dump,
        &Options {
            prefix: "g1",
            words: Words::of("en"),
        },
    );
    assert!(picture.svg.contains("… 32 more"), "{}", picture.svg);
    snapshot("many", &dump, "en");
}

#[test]
fn long_texts_fit_their_cards() {
    snapshot("wide", &wide(), "ko");
}

#[test]
fn a_dump_that_breaks_its_promises_is_drawn_all_the_same() {
    let mut broken = shared_list();
    broken.objects.truncate(1);
    broken
        .objects
        .push(object(1, "list", 1, 56, &[("[0]", 99)]));
    let picture = draw(
        &broken,
        &Options {
            prefix: "g1",
            words: Words::of("ko"),
        },
    );
    assert!(picture.svg.ends_with("</svg>"));
    assert!(table(&broken, Words::of("ko")).contains("#99"));
    draw(
        &Dump::default(),
        &Options {
            prefix: "g1",
            words: Words::of("fr"),
        },
    );
}
