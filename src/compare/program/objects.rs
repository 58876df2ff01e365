//! Assignments, containers, attributes, identity.

use super::writer::{Kind, Writer};

/// Expressions that make something new, and what.
const VALUES: [(&str, Kind); 40] = [
    ("[]", Kind::List),
    ("[1, 2, 3]", Kind::List),
    ("[None] * 5", Kind::List),
    ("list(range(10))", Kind::List),
    ("[i * 1000 for i in range(9)]", Kind::List),
    ("[[] for _ in range(3)]", Kind::List),
    ("sorted('memory')", Kind::List),
    ("'a b c'.split()", Kind::List),
    ("{}", Kind::Dict),
    ("{'a': 1}", Kind::Dict),
    ("{'a': [], 'b': ()}", Kind::Dict),
    ("dict(a=1, b=2)", Kind::Dict),
    ("dict.fromkeys('abcdef')", Kind::Dict),
    ("{i: str(i) for i in range(6)}", Kind::Dict),
    ("collections.OrderedDict(a=1)", Kind::Dict),
    ("collections.defaultdict(list)", Kind::Dict),
    ("collections.Counter('memory')", Kind::Dict),
    ("set()", Kind::Set),
    ("{1, 2}", Kind::Set),
    ("set(range(20))", Kind::Set),
    ("'abc'", Kind::Text),
    ("'a b'", Kind::Text),
    ("''.join(['a', 'b'])", Kind::Text),
    ("'기억'", Kind::Text),
    ("b'xy'", Kind::Text),
    ("bytearray(b'q')", Kind::Text),
    ("12345678901", Kind::Number),
    ("257", Kind::Number),
    ("3.5", Kind::Number),
    ("(1, 2)", Kind::Fixed),
    ("tuple([1, []])", Kind::Fixed),
    ("frozenset([1])", Kind::Fixed),
    ("range(5)", Kind::Fixed),
    ("object()", Kind::Other),
    ("lambda: 1", Kind::Callable),
    ("functools.partial(list, 'ab')", Kind::Callable),
    ("iter([1, 2])", Kind::Iterator),
    ("(i for i in range(3))", Kind::Iterator),
    ("itertools.islice(itertools.count(5), 9)", Kind::Iterator),
    ("collections.deque([1, 2], 3)", Kind::Other),
];

/// An expression: a variable, a new object, an instance.
pub fn value(writer: &mut Writer) -> String {
    known(writer).0
}

fn known(writer: &mut Writer) -> (String, Kind) {
    if writer.chance(25) {
        return (writer.any(), Kind::Other);
    }
    if writer.chance(25) {
        let class = writer.class();
        let arguments = writer.one(&["", "", "", "1", "[], 2", "'a'"]);
        return (format!("{class}({arguments})"), Kind::Instance);
    }
    let place = writer.between(0, VALUES.len() as u32 - 1) as usize;
    let (text, kind) = VALUES.get(place).copied().unwrap_or(("None", Kind::Other));
    (text.to_owned(), kind)
}

/// A new variable for a value, an item or an attribute.
pub fn assignment(writer: &mut Writer) {
    let (value, kind) = known(writer);
    let other = writer.any();
    match writer.between(0, 9) {
        0 => {
            let name = writer.variable(Kind::Other);
            writer.say(&format!("{name}, *_ = {value}, {other}"));
        }
        1 => {
            let name = writer.variable(Kind::List);
            writer.say(&format!("{name} = [{value}, {other}, {value}]"));
        }
        2 => {
            let name = writer.variable(Kind::Fixed);
            writer.say(&format!("{name} = ({value}, {other})"));
        }
        3 => {
            let name = writer.variable(Kind::Other);
            let how = writer.one(&["copy", "deepcopy"]);
            writer.say(&format!("{name} = copy.{how}({other})"));
        }
        _ => {
            let name = writer.variable(kind);
            writer.say(&format!("{name} = {value}"));
        }
    }
}

/// Something is put into a container, or taken out of it.
pub fn container(writer: &mut Writer) {
    let item = value(writer);
    let (list, dict) = (writer.of(&[Kind::List]), writer.of(&[Kind::Dict]));
    let (set, any) = (writer.of(&[Kind::Set]), writer.any());
    let count = writer.between(1, 12);
    let key = writer.one(&["'a'", "'k1'", "'k2'", "3", "(1, 2)", "None"]);
    let statement = match writer.between(0, 17) {
        0 | 1 => format!("{list}.append({item})"),
        2 => format!("{list}.insert(1, {item})\nprint(len({list}), {list}.pop(0) is {any})"),
        3 => format!(
            "del {list}[{}]\nprint(len({list}), sys.getsizeof({list}))",
            count % 3
        ),
        4 => format!("{list}[1:2] = [{item}] * {count}\nprint(sys.getsizeof({list}))"),
        5 => format!("{list} += [{item}]\nprint(sys.getrefcount({list}))"),
        6 => format!("for i in range({count}): {list}.append(i)\nprint(sys.getsizeof({list}))"),
        7 => format!("while {list}: {list}.pop()\nprint(sys.getsizeof({list}))"),
        8 | 9 => format!("{dict}[{key}] = {item}"),
        10 => format!(
            "for i in range({count}): {dict}[i] = i\nprint(sys.getsizeof({dict}), len({dict}))"
        ),
        11 => format!("print({dict}.pop({key}, 'none') is {any}, len({dict}))"),
        12 => format!("{dict}.update(a={item})\nprint(list({dict}), sys.getsizeof({dict}))"),
        13 => format!(
            "print({dict}.setdefault({key}, {item}) is {any}, sys.getrefcount({dict}[{key}]))"
        ),
        14 => format!("{set}.add({key})\nprint(len({set}), sys.getsizeof({set}))"),
        15 => format!(
            "for i in range({count}): {set}.add(i * 7)\nprint(sys.getsizeof({set}), {key} in {set})"
        ),
        16 => format!("{list}.sort()\nprint({list} == sorted({list}), sys.getsizeof({list}))"),
        _ => format!("{any}.clear()\nprint(sys.getsizeof({any}))"),
    };
    writer.say(&statement);
}

/// An attribute is set, deleted, or looked at.
pub fn attribute(writer: &mut Writer) {
    let object = writer.of(&[Kind::Instance, Kind::Callable]);
    let item = value(writer);
    let name = writer.one(&["a", "b", "x0", "x1", "x2", "x3"]);
    let statement = match writer.between(0, 10) {
        0..=3 => format!("{object}.{name} = {item}"),
        4 => format!("del {object}.{name}"),
        5 => format!("print(sys.getrefcount({object}.{name}))"),
        6 => format!("print(list(vars({object})), sys.getsizeof(vars({object})))"),
        7 => format!("{object}.__dict__ = {{'x0': {item}}}\nprint(sorted({object}.__dict__))"),
        8 => format!(
            "print(hasattr({object}, '{name}'), '{name}' in dir({object}), type({object}).__mro__[-1])"
        ),
        9 => format!("{object}.me = {object}"),
        _ => {
            let class = writer.class();
            format!("{class}.{name} = {item}\nprint({class}().{name} is {class}.{name})")
        }
    };
    writer.say(&statement);
    if writer.chance(20) {
        let dict = writer.variable(Kind::Dict);
        writer.say(&format!(
            "{dict} = {object}.__dict__\nprint(sys.getsizeof({dict}), len({dict}), sys.getrefcount({dict}))"
        ));
    }
}

/// Whether two are the same, or equal.
pub fn identity(writer: &mut Writer) {
    let (first, second) = (writer.any(), value(writer));
    let statement = match writer.between(0, 5) {
        0 => format!("print({first} is {second}, {first} == {second})"),
        1 => format!("print({first} is copy.copy({first}))"),
        2 => format!("print(id({first}) == id({second}), hash({first}) == hash({second}))"),
        3 => format!(
            "print(type({first}).__name__, isinstance({first}, (list, dict, str)), callable({first}))"
        ),
        4 => format!("print({first} in ({second}, {first}), [{second}].count({first}))"),
        _ => "a = 257\nb = 257\nc = int('257')\nprint(a is b, a is c, 'x' * 3 is 'xxx')".to_owned(),
    };
    writer.say(&statement);
}

/// A name is forgotten, or bound to something else.
pub fn forgotten(writer: &mut Writer) {
    let name = writer.any();
    let statement = match writer.between(0, 3) {
        0 => format!("{name} = None"),
        1 => {
            let other = value(writer);
            format!("{name} = {other}")
        }
        _ => format!("del {name}"),
    };
    writer.say(&statement);
}
