//! The format of a struct: what lies where. CPython: `prepare_s`, Modules/_struct.c.

use super::struct_error;
use crate::python::vm::{PyResult, Vm};

/// Byte order and sizes, from the first character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `@`: as C has it on this machine, with padding.
    Native,
    /// `=`, `<`: little-endian, fixed sizes, no padding.
    Little,
    /// `>`, `!`: big-endian.
    Big,
}

/// A run of values of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The format character.
    pub code: u8,
    /// Where the first starts.
    pub offset: usize,
    /// Bytes of one; of all characters, for `s` and `p`.
    pub size: usize,
    /// How many values there are.
    pub count: usize,
}

/// A parsed format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    /// How numbers lie.
    pub order: Order,
    /// What there is, but for padding.
    pub runs: Vec<Run>,
    /// Bytes altogether.
    pub size: usize,
    /// Values altogether.
    pub values: usize,
}

/// Size and alignment of one value.
fn layout(order: Order, code: u8) -> Option<(usize, usize)> {
    let size = match code {
        b'x' | b'b' | b'B' | b'c' | b's' | b'p' | b'?' => 1,
        b'h' | b'H' | b'e' => 2,
        b'i' | b'I' | b'f' => 4,
        b'l' | b'L' if order != Order::Native => 4,
        b'l' | b'L' | b'q' | b'Q' | b'd' => 8,
        b'n' | b'N' | b'P' if order == Order::Native => 8,
        _ => return None,
    };
    Some((size, if order == Order::Native { size } else { 1 }))
}

/// Reads a format.
///
/// # Errors
/// `struct.error` for an unknown character, a count alone, or too large a size.
pub fn parse(vm: &mut Vm, text: &[u8]) -> PyResult<Format> {
    let (order, text) = match text.first() {
        Some(b'<' | b'=') => (Order::Little, &text[1..]),
        Some(b'>' | b'!') => (Order::Big, &text[1..]),
        Some(b'@') => (Order::Native, &text[1..]),
        _ => (Order::Native, text),
    };
    let mut format = Format {
        order,
        runs: Vec::new(),
        size: 0,
        values: 0,
    };
    let mut count: Option<usize> = None;
    for &code in text {
        if code.is_ascii_whitespace() || code == 0x0B {
            if count.is_some() {
                break;
            }
            continue;
        }
        if code.is_ascii_digit() {
            let digit = usize::from(code - b'0');
            let more = count
                .unwrap_or(0)
                .checked_mul(10)
                .and_then(|n| n.checked_add(digit));
            let Some(more) = more.filter(|n| *n <= isize::MAX as usize) else {
                return Err(struct_error(vm, "total struct size too long"));
            };
            count = Some(more);
            continue;
        }
        let Some(layout) = layout(order, code) else {
            return Err(struct_error(vm, "bad char in struct format"));
        };
        if add(&mut format, code, layout, count.take().unwrap_or(1)).is_none() {
            return Err(struct_error(vm, "total struct size too long"));
        }
    }
    match count {
        Some(_) => Err(struct_error(
            vm,
            "repeat count given without format specifier",
        )),
        None => Ok(format),
    }
}

/// Adds a run; `None` when the size is more than there can be.
fn add(
    format: &mut Format,
    code: u8,
    (size, alignment): (usize, usize),
    count: usize,
) -> Option<()> {
    let offset = format.size.checked_next_multiple_of(alignment)?;
    let bytes = size.checked_mul(count)?;
    format.size = offset
        .checked_add(bytes)
        .filter(|end| *end <= isize::MAX as usize)?;
    let (size, count) = match code {
        b'x' => return Some(()),
        b's' | b'p' => (count, 1),
        _ if count == 0 => return Some(()),
        _ => (size, count),
    };
    format.values += count;
    format.runs.push(Run {
        code,
        offset,
        size,
        count,
    });
    Some(())
}
