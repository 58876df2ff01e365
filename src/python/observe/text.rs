//! What an object looks like, in one short line, told from memory alone: no Python code runs, nothing is
//! allocated, so that looking changes nothing.

use super::dump::REPR_MAX;
use crate::python::memory::Addr;
use crate::python::object::{
    ELLIPSIS, FALSE, NONE, NOT_IMPLEMENTED, TRUE, bytes, complex, dict, flags, float, int, list,
    set, str, tuple, types,
};
use crate::python::vm::Vm;

/// Containers within containers are shown so deep.
const DEPTH_MAX: usize = 3;

/// The `repr` of an object, cut to [`REPR_MAX`] characters; `<Node object>` for what only Python code
/// could describe.
pub fn short(vm: &Vm, object: Addr) -> String {
    let mut text = String::new();
    write(vm, object, DEPTH_MAX, &mut text);
    cut(text)
}

/// Cuts a text to [`REPR_MAX`] characters, the last of them `…`.
pub fn cut(text: String) -> String {
    if text.chars().count() <= REPR_MAX {
        return text;
    }
    text.chars().take(REPR_MAX - 1).chain(['…']).collect()
}

/// Whether an object is too plain to be drawn on its own.
pub fn is_plain(vm: &Vm, object: Addr) -> bool {
    matches!(object, NONE | TRUE | FALSE | ELLIPSIS | NOT_IMPLEMENTED)
        || matches!(
            vm.type_of(object),
            types::INT
                | types::FLOAT
                | types::COMPLEX
                | types::STR
                | types::BYTES
                | types::RANGE
                | types::MODULE
        )
        || vm.has_flag(object, flags::TYPE_SUBCLASS) && vm.type_flags(object) & flags::HEAPTYPE == 0
}

fn write(vm: &Vm, object: Addr, depth: usize, text: &mut String) {
    if text.len() > 4 * REPR_MAX {
        return;
    }
    match vm.type_of(object) {
        types::NONE_TYPE => text.push_str("None"),
        types::ELLIPSIS_TYPE => text.push_str("Ellipsis"),
        types::NOT_IMPLEMENTED_TYPE => text.push_str("NotImplemented"),
        types::BOOL => text.push_str(if object == TRUE { "True" } else { "False" }),
        types::INT => write_int(vm, object, text),
        types::FLOAT => text.push_str(&float::repr(float::value(vm, object))),
        types::COMPLEX => text.push_str(&complex::repr(complex::value(vm, object))),
        types::STR => quote(&str::to_rust(vm, object), text),
        types::BYTES => write_bytes(vm, object, text),
        types::LIST => {
            let items = (0..list::len(vm, object)).map(|i| list::item(vm, object, i));
            write_items(vm, items, depth, ("[", "]"), text);
        }
        types::TUPLE => write_tuple(vm, object, depth, text),
        types::SET | types::FROZENSET => write_set(vm, object, depth, text),
        types::DICT => write_dict(vm, object, depth, text),
        _ => write_other(vm, object, text),
    }
}

fn write_int(vm: &Vm, object: Addr, text: &mut String) {
    match int::as_i64(vm, object) {
        Some(value) => text.push_str(&value.to_string()),
        None if int::to_big(vm, object).bits() > 1024 => text.push_str("<int object>"),
        None => text.push_str(&int::to_big(vm, object).to_string()),
    }
}

fn quote(content: &str, text: &mut String) {
    let quote = if content.contains('\'') && !content.contains('"') {
        '"'
    } else {
        '\''
    };
    text.push(quote);
    for character in content.chars().take(REPR_MAX + 1) {
        match character {
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            c if c == quote => text.extend(['\\', c]),
            c if c.is_control() => text.push_str(&format!("\\x{:02x}", c as u32)),
            c => text.push(c),
        }
    }
    text.push(quote);
}

fn write_bytes(vm: &Vm, object: Addr, text: &mut String) {
    text.push_str("b'");
    for byte in bytes::as_slice(vm, object).iter().take(REPR_MAX + 1) {
        text.push_str(&byte.escape_ascii().to_string());
    }
    text.push('\'');
}

fn write_items(
    vm: &Vm,
    items: impl Iterator<Item = Addr>,
    depth: usize,
    (open, close): (&str, &str),
    text: &mut String,
) {
    text.push_str(open);
    for (i, item) in items.take(REPR_MAX).enumerate() {
        if i > 0 {
            text.push_str(", ");
        }
        if depth == 0 || item.is_null() {
            text.push_str("...");
        } else {
            write(vm, item, depth - 1, text);
        }
    }
    text.push_str(close);
}

fn write_tuple(vm: &Vm, object: Addr, depth: usize, text: &mut String) {
    let close = if tuple::len(vm, object) == 1 {
        ",)"
    } else {
        ")"
    };
    let items = (0..tuple::len(vm, object)).map(|i| tuple::item(vm, object, i));
    write_items(vm, items, depth, ("(", close), text);
}

fn write_set(vm: &Vm, object: Addr, depth: usize, text: &mut String) {
    let elements = set::elements(vm, object);
    let frozen = vm.type_of(object) == types::FROZENSET;
    match (frozen, elements.is_empty()) {
        (false, true) => text.push_str("set()"),
        (true, true) => text.push_str("frozenset()"),
        (false, false) => write_items(vm, elements.into_iter(), depth, ("{", "}"), text),
        (true, false) => write_items(vm, elements.into_iter(), depth, ("frozenset({", "})"), text),
    }
}

fn write_dict(vm: &Vm, object: Addr, depth: usize, text: &mut String) {
    text.push('{');
    let (mut position, mut is_first) = (0, true);
    while let Some((key, value)) = dict::next(vm, object, &mut position) {
        if !std::mem::take(&mut is_first) {
            text.push_str(", ");
        }
        if depth == 0 || text.len() > 4 * REPR_MAX {
            text.push_str("...");
            break;
        }
        write(vm, key, depth - 1, text);
        text.push_str(": ");
        write(vm, value, depth - 1, text);
    }
    text.push('}');
}

fn write_other(vm: &Vm, object: Addr, text: &mut String) {
    if vm.has_flag(object, flags::TYPE_SUBCLASS) {
        text.push_str(&format!("<class '{}'>", vm.type_data(object).name));
    } else {
        text.push_str(&format!(
            "<{} object>",
            vm.type_data(vm.type_of(object)).name
        ));
    }
}
