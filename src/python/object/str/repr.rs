//! `repr(str)` and `ascii`: quotes and escapes. CPython: `unicode_repr`.

use super::build::Text;
use super::{View, from_ascii, is_ascii, unicode, view};
use crate::python::memory::{Addr, Own};
use crate::python::vm::{PyResult, Vm};

/// `repr(string)`
pub fn repr(vm: &mut Vm, string: Addr) -> PyResult<Own> {
    let text = quoted(view(vm, string));
    text.finish(vm)
}

/// The text of `repr`.
fn quoted(view: View<'_>) -> Text {
    let mut text = Text::new();
    let has = |wanted: u8| view.iter().any(|point| point == u32::from(wanted));
    let quote = if has(b'\'') && !has(b'"') {
        b'"'
    } else {
        b'\''
    };
    text.push(u32::from(quote));
    for point in view.iter() {
        push_escaped(&mut text, point, quote);
    }
    text.push(u32::from(quote));
    text
}

fn push_escaped(text: &mut Text, point: u32, quote: u8) {
    match point {
        0x5C => text.push_str("\\\\"),
        0x09 => text.push_str("\\t"),
        0x0A => text.push_str("\\n"),
        0x0D => text.push_str("\\r"),
        _ if point == u32::from(quote) => {
            text.push(0x5C);
            text.push(point);
        }
        0x20..0x7F => text.push(point),
        _ if unicode::is_printable(point) => text.push(point),
        _ => text.push_str(&escape(point)),
    }
}

/// `\x1b`, `\u200b`, `\U000e0001`: the `backslashreplace` form of a code point.
pub fn escape(point: u32) -> String {
    match point {
        0..0x100 => format!("\\x{point:02x}"),
        0x100..0x1_0000 => format!("\\u{point:04x}"),
        _ => format!("\\U{point:08x}"),
    }
}

/// What `ascii(object)` makes of the object's `repr`: everything from U+0080 on is escaped.
pub fn ascii(vm: &mut Vm, repr: Own) -> Own {
    if is_ascii(vm, repr.addr()) {
        return repr;
    }
    let mut bytes = Vec::new();
    for point in view(vm, repr.addr()).iter() {
        match point {
            0..0x80 => bytes.push(point as u8),
            _ => bytes.extend_from_slice(escape(point).as_bytes()),
        }
    }
    vm.decref(repr);
    from_ascii(vm, &bytes)
}
