//! `hex` and `fromhex`. CPython: Python/pystrhex.c, `_PyBytes_FromHex`.

use super::content;
use crate::python::memory::{Addr, Own};
use crate::python::object::str::{self, View, arg};
use crate::python::object::{bytes, types};
use crate::python::vm::{Args, PyResult, Vm};

/// `object.hex([sep[, bytes_per_sep]])`
pub(in crate::python::object) fn hex(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    let bytes = content(vm, object).to_vec();
    hex_of(vm, &bytes, args)
}

/// The same for bytes wherever they are; the arguments start at 0.
pub fn hex_of(vm: &mut Vm, bytes: &[u8], args: Args) -> PyResult<Own> {
    let group = match args.opt(vm, 1) {
        Some(group) => arg::c_int(vm, group)?,
        None => 1,
    };
    let separator = match args.opt(vm, 0) {
        Some(separator) => Some(separator_arg(vm, separator)?),
        None => None,
    };
    let mut text = Vec::with_capacity(bytes.len() * 3);
    let width = group.unsigned_abs() as usize;
    for (i, byte) in bytes.iter().enumerate() {
        let before = if group < 0 { i } else { bytes.len() - i };
        if i != 0 && width != 0 && before.is_multiple_of(width) {
            text.extend(separator);
        }
        text.extend([byte >> 4, byte & 15].map(|digit| b"0123456789abcdef"[usize::from(digit)]));
    }
    str::try_from_latin1(vm, &text)
}

fn separator_arg(vm: &mut Vm, separator: Addr) -> PyResult<u8> {
    if vm.len(separator)? != 1 {
        return Err(vm.value_error("sep must be length 1."));
    }
    let units = if str::check(vm, separator) {
        match str::view(vm, separator) {
            View::Latin1(units) => units,
            View::Ucs2([_]) | View::Ucs4([_]) => return Err(vm.value_error("sep must be ASCII.")),
            _ => return Err(vm.value_error("sep must be length 1.")),
        }
    } else if bytes::check(vm, separator) {
        bytes::as_slice(vm, separator)
    } else {
        return Err(vm.type_error("sep must be str or bytes."));
    };
    match units {
        [unit] if unit.is_ascii() => Ok(*unit),
        [_] => Err(vm.value_error("sep must be ASCII.")),
        _ => Err(vm.value_error("sep must be length 1.")),
    }
}

/// `cls.fromhex(string)`
pub(in crate::python::object) fn fromhex(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let string = arg::string(vm, "fromhex", "argument", args.get(vm, 0))?;
    let parsed = parse(str::view(vm, string));
    let parsed = match parsed {
        Ok(parsed) => parsed,
        Err(at) => {
            return Err(vm.value_error(format!(
                "non-hexadecimal number found in fromhex() arg at position {at}"
            )));
        }
    };
    let is_bytes = vm.is_subtype(class, types::BYTES);
    let made = if is_bytes {
        bytes::try_new(vm, &parsed)?
    } else {
        crate::python::object::bytearray::new(vm, &parsed)?
    };
    if class == types::BYTES || class == types::BYTEARRAY {
        return Ok(made);
    }
    let instance = vm.call(class, &[made.addr()])?;
    vm.decref(made);
    Ok(instance)
}

/// The bytes that pairs of digits spell, space between pairs allowed; or the place of what is none.
fn parse(text: View<'_>) -> Result<Vec<u8>, usize> {
    let digit = |at: usize| char::from_u32(text.get(at)).and_then(|char| char.to_digit(16));
    let (mut bytes, mut at) = (Vec::with_capacity(text.len() / 2), 0);
    loop {
        while at < text.len() && matches!(text.get(at), 0x09..=0x0D | 0x20) {
            at += 1;
        }
        if at >= text.len() {
            return Ok(bytes);
        }
        let high = digit(at).ok_or(at)?;
        let low = if at + 1 < text.len() {
            digit(at + 1)
        } else {
            None
        };
        bytes.push((high << 4 | low.ok_or(at + 1)?) as u8);
        at += 2;
    }
}
