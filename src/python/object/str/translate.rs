//! `str.translate` and `str.maketrans`.

use super::{Text, arg, check, is_ascii, len, point, view};
use crate::python::memory::{Addr, Own};
use crate::python::object::{NONE, dict, int, types};
use crate::python::vm::{Args, PyResult, Vm};

/// What a table says of one code point.
enum Replacement {
    /// Nothing: it stays.
    Same,
    /// Another code point.
    Point(u32),
    /// A string, or nothing where it is `None`.
    Text(Vec<u32>),
}

pub(super) fn translate(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    let table = args.get(vm, 0);
    let mut text = Text::new();
    // ASCII characters are looked up once each where the whole string is ASCII.
    let mut known: Vec<Option<Replacement>> = Vec::new();
    known.resize_with(if is_ascii(vm, string) { 128 } else { 0 }, || None);
    for i in 0..len(vm, string) {
        text.check(vm)?;
        let point = point(vm, string, i);
        if let Some(Some(replacement)) = known.get(point as usize) {
            push(&mut text, point, replacement);
            continue;
        }
        let replacement = look_up(vm, table, point)?;
        push(&mut text, point, &replacement);
        if let Some(slot) = known.get_mut(point as usize) {
            *slot = Some(replacement);
        }
    }
    text.finish(vm)
}

fn push(text: &mut Text, point: u32, replacement: &Replacement) {
    match replacement {
        Replacement::Same => text.push(point),
        Replacement::Point(point) => text.push(*point),
        Replacement::Text(points) => points.iter().for_each(|point| text.push(*point)),
    }
}

fn look_up(vm: &mut Vm, table: Addr, point: u32) -> PyResult<Replacement> {
    let key = int::new(vm, i64::from(point));
    let found = vm.get_item(table, key.addr());
    let found = vm.ignore_raised(found, types::LOOKUP_ERROR);
    vm.decref(key);
    let Some(found) = found? else {
        return Ok(Replacement::Same);
    };
    let object = found.addr();
    let replacement = if object == NONE {
        Replacement::Text(Vec::new())
    } else if vm.type_check(object, types::INT) {
        match int::as_i64(vm, object).and_then(|value| u32::try_from(value).ok()) {
            Some(point) if point < 0x11_0000 => Replacement::Point(point),
            _ => return Err(vm.value_error("character mapping must be in range(0x110000)")),
        }
    } else if check(vm, object) {
        Replacement::Text(view(vm, object).to_vec())
    } else {
        return Err(vm.type_error("character mapping must return integer, None or str"));
    };
    vm.decref(found);
    Ok(replacement)
}

/// `str.maketrans(x[, y[, z]])`
pub(super) fn maketrans(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (x, y, z) = (args.get(vm, 0), args.get(vm, 1), args.get(vm, 2));
    if y.is_null() {
        return table_of_dict(vm, x);
    }
    let y = arg::string(vm, "maketrans", "argument 2", y)?;
    if let Some(z) = z.some() {
        arg::string(vm, "maketrans", "argument 3", z)?;
    }
    if !check(vm, x) {
        return Err(vm.type_error(
            "first maketrans argument must be a string if there is a second argument",
        ));
    }
    if len(vm, x) != len(vm, y) {
        return Err(vm.value_error("the first two maketrans arguments must have equal length"));
    }
    let table = dict::new(vm);
    for i in 0..len(vm, x) {
        let value = int::new(vm, i64::from(point(vm, y, i)));
        let key = point(vm, x, i);
        set(vm, table.addr(), key, value)?;
    }
    if let Some(z) = z.some() {
        for i in 0..len(vm, z) {
            let (key, value) = (point(vm, z, i), vm.none());
            set(vm, table.addr(), key, value)?;
        }
    }
    Ok(table)
}

fn set(vm: &mut Vm, table: Addr, point: u32, value: Own) -> PyResult<()> {
    let key = int::new(vm, i64::from(point));
    dict::set(vm, table, key.addr(), value.addr())?;
    vm.decref(key);
    vm.decref(value);
    Ok(())
}

fn table_of_dict(vm: &mut Vm, source: Addr) -> PyResult<Own> {
    if vm.type_of(source) != types::DICT {
        return Err(vm.type_error("if you give only one argument to maketrans it must be a dict"));
    }
    let table = dict::new(vm);
    for (key, value) in dict::items(vm, source) {
        if check(vm, key) {
            if len(vm, key) != 1 {
                return Err(vm.value_error("string keys in translate table must be of length 1"));
            }
            let point = point(vm, key, 0);
            let value = vm.incref(value);
            set(vm, table.addr(), point, value)?;
        } else if vm.type_check(key, types::INT) {
            dict::set(vm, table.addr(), key, value)?;
        } else {
            return Err(vm.type_error("keys in translate table must be strings or integers"));
        }
    }
    Ok(table)
}
