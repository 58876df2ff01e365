//! Counts, sizes, collections, weak references, traced memory.

use super::objects::value;
use super::writer::{Kind, Writer};

/// A reference count or a size.
pub fn count_or_size(writer: &mut Writer) {
    let (object, other) = (writer.any(), value(writer));
    let statement = match writer.between(0, 9) {
        0..=2 => format!("print(sys.getrefcount({object}))"),
        3..=5 => format!("print(sys.getsizeof({object}))"),
        6 => format!("print(sys.getrefcount({other}), sys.getsizeof({other}))"),
        7 => format!("print([sys.getrefcount(x) for x in ({object}, {other})])"),
        8 => format!("print(sum(map(sys.getsizeof, [{object}, {other}])))"),
        _ => format!(
            "x = [{object}, {object}]\nprint(sys.getrefcount({object}), len(x))\ndel x\nprint(sys.getrefcount({object}))"
        ),
    };
    writer.say(&statement);
}

/// What the collector sees and does.
pub fn collector(writer: &mut Writer) {
    let (object, list) = (writer.any(), writer.of(&[Kind::List]));
    let generation = writer.one(&["", "", "0", "1", "2"]);
    let statement = match writer.between(0, 9) {
        0..=2 => format!("print('collected', gc.collect({generation}))"),
        3 => format!("print(gc.is_tracked({object}), gc.is_finalized({object}))"),
        4 => format!("print(sorted(type(x).__name__ for x in gc.get_referents({object})))"),
        5 => format!(
            "print(sum(x is {list} for x in gc.get_referrers({object})), len(gc.get_referrers({list})))"
        ),
        6 => format!("{list}.append({list})"),
        7 => {
            let class = writer.class();
            format!(
                "a, b = {class}(), {class}()\na.other, b.other = b, a\ndel a, b\nprint('cycle', gc.collect({generation}))"
            )
        }
        8 => {
            "x = []\nx.append(x)\ny = {'x': x}\nx.append(y)\ndel x, y\nprint('cycle', gc.collect())"
                .to_owned()
        }
        _ => format!(
            "gc.freeze()\nprint(gc.get_freeze_count() > 0)\ngc.unfreeze()\nprint(gc.get_freeze_count(), gc.isenabled(), gc.is_tracked({object}))"
        ),
    };
    writer.say(&statement);
}

/// A weak reference, with or without a callback.
pub fn weak_reference(writer: &mut Writer) {
    let object = writer.of(&[Kind::Instance, Kind::Set, Kind::Callable]);
    let weak = writer.of(&[Kind::Weak]);
    let class = writer.class();
    match writer.between(0, 8) {
        0 | 1 => {
            let name = writer.variable(Kind::Weak);
            writer.say(&format!("{name} = weakref.ref({object})\nprint({name}() is {object}, {name} is weakref.ref({object}))"));
        }
        2 => {
            let name = writer.variable(Kind::Weak);
            writer.say(&format!("{name} = weakref.ref({object}, lambda ref: print('died', ref() is None))\nprint(weakref.getweakrefcount({object}))"));
        }
        3 => {
            let name = writer.variable(Kind::Instance);
            writer.say(&format!("{name} = weakref.proxy({object})\nprint(type({name}).__name__, {name} == {object})"));
        }
        4 => {
            let name = writer.variable(Kind::Dict);
            writer.say(&format!("{name} = weakref.WeakValueDictionary()\n{name}['a'] = {object}\nprint(len({name}), sys.getrefcount({object}))"));
        }
        5 => {
            let name = writer.variable(Kind::Set);
            writer.say(&format!("{name} = weakref.WeakSet([{object}])\nprint(len({name}))"));
        }
        6 => writer.say(&format!("x = {class}()\nweakref.finalize(x, print, 'final', '{class}')\ndel x")),
        7 => writer.say(&format!("print({weak}() is None, sys.getrefcount({weak}))")),
        _ => writer.say(&format!("x = {class}()\nr = weakref.ref(x)\nx.me = x\ndel x\nprint(r() is None, gc.collect(), r() is None)")),
    }
}

/// Memory that something takes, as `tracemalloc` sees it.
pub fn traced(writer: &mut Writer) {
    let object = value(writer);
    let count = writer.between(1, 40);
    let made = match writer.between(0, 3) {
        0 => format!("[{object} for _ in range({count})]"),
        1 => format!("{{i: {object} for i in range({count})}}"),
        2 => format!("bytes({count})"),
        _ => object,
    };
    writer.say(&format!(
        "tracemalloc.start()\nkept = {made}\nsize, peak = tracemalloc.get_traced_memory()\ntracemalloc.stop()\nprint(size, peak >= size)"
    ));
}
