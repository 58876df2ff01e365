//! `str.isalpha` and the other questions about all characters of a string.

use super::{View, is_ascii, unicode, view};
use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Vm};

/// Whether there are characters and all answer yes.
fn all(vm: &mut Vm, string: Addr, is: fn(u32) -> bool) -> PyResult<Own> {
    let text = view(vm, string);
    let answer = !text.is_empty() && text.iter().all(is);
    Ok(vm.bool(answer))
}

macro_rules! questions {
    ($($method:ident $is:ident;)*) => {
        $(
            pub(super) fn $method(vm: &mut Vm, string: Addr, _: Args) -> PyResult<Own> {
                all(vm, string, unicode::$is)
            }
        )*
    };
}

questions! {
    isspace is_space;
    isdecimal is_decimal;
    isdigit is_digit;
    isnumeric is_numeric;
    isalpha is_alpha;
    isalnum is_alnum;
}

pub(super) fn isascii(vm: &mut Vm, string: Addr, _: Args) -> PyResult<Own> {
    let answer = is_ascii(vm, string);
    Ok(vm.bool(answer))
}

pub(super) fn isprintable(vm: &mut Vm, string: Addr, _: Args) -> PyResult<Own> {
    let answer = view(vm, string).iter().all(unicode::is_printable);
    Ok(vm.bool(answer))
}

pub(super) fn isidentifier(vm: &mut Vm, string: Addr, _: Args) -> PyResult<Own> {
    let answer = is_identifier(view(vm, string));
    Ok(vm.bool(answer))
}

/// Whether the text has the form of an identifier; keywords have it too.
pub fn is_identifier(text: View<'_>) -> bool {
    !text.is_empty()
        && unicode::is_identifier_start(text.get(0))
        && text.iter().skip(1).all(unicode::is_identifier_continue)
}

pub(super) fn islower(vm: &mut Vm, string: Addr, _: Args) -> PyResult<Own> {
    let answer = has_only(view(vm, string), unicode::is_lower, unicode::is_upper);
    Ok(vm.bool(answer))
}

pub(super) fn isupper(vm: &mut Vm, string: Addr, _: Args) -> PyResult<Own> {
    let answer = has_only(view(vm, string), unicode::is_upper, unicode::is_lower);
    Ok(vm.bool(answer))
}

/// Whether there is a character of the one case and none of the others.
fn has_only(text: View<'_>, wanted: fn(u32) -> bool, other: fn(u32) -> bool) -> bool {
    let mut found = false;
    for point in text.iter() {
        if other(point) || unicode::is_title(point) {
            return false;
        }
        found |= wanted(point);
    }
    found
}

pub(super) fn istitle(vm: &mut Vm, string: Addr, _: Args) -> PyResult<Own> {
    let answer = is_title(view(vm, string));
    Ok(vm.bool(answer))
}

fn is_title(text: View<'_>) -> bool {
    let (mut found, mut in_word) = (false, false);
    for point in text.iter() {
        if unicode::is_upper(point) || unicode::is_title(point) {
            if in_word {
                return false;
            }
            (found, in_word) = (true, true);
        } else if unicode::is_lower(point) {
            if !in_word {
                return false;
            }
            found = true;
        } else {
            in_word = false;
        }
    }
    found
}
