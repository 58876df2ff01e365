//! The syntax of `str.format`: literal text and `{name.attribute[key]!conversion:spec}`. CPython:
//! Objects/stringlib/unicode_format.h.

use super::View;
use crate::python::vm::{PyResult, Vm};

/// A piece of a format string: literal text, then a field if one follows. All are ranges of the string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Literal text; a doubled brace gives one.
    pub literal: (usize, usize),
    /// The field behind it.
    pub field: Option<Field>,
    /// Where the next piece starts.
    pub next: usize,
}

/// A replacement field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// `name.attribute[key]`
    pub name: (usize, usize),
    /// The letter behind `!`.
    pub conversion: Option<u32>,
    /// The text behind `:`.
    pub spec: (usize, usize),
    /// Whether the specification has fields itself.
    pub nested: bool,
}

const OPEN: u32 = b'{' as u32;
const CLOSE: u32 = b'}' as u32;

/// The piece that starts at `start`, before `end`.
///
/// # Errors
/// `ValueError` in CPython's words.
pub fn next_piece(vm: &mut Vm, text: &[u32], start: usize, end: usize) -> PyResult<Piece> {
    match piece(text, start, end) {
        Ok(piece) => Ok(piece),
        Err(message) => Err(vm.value_error(message)),
    }
}

fn piece(text: &[u32], start: usize, end: usize) -> Result<Piece, String> {
    let Some(brace) = (start..end).find(|i| text[*i] == OPEN || text[*i] == CLOSE) else {
        return Ok(Piece {
            literal: (start, end),
            field: None,
            next: end,
        });
    };
    let doubled = brace + 1 < end && text[brace + 1] == text[brace];
    if doubled {
        return Ok(Piece {
            literal: (start, brace + 1),
            field: None,
            next: brace + 2,
        });
    }
    if text[brace] == CLOSE {
        return Err("Single '}' encountered in format string".into());
    }
    if brace + 1 >= end {
        return Err("Single '{' encountered in format string".into());
    }
    let (field, next) = field(text, brace + 1, end)?;
    Ok(Piece {
        literal: (start, brace),
        field: Some(field),
        next,
    })
}

/// The field whose text starts at `start`, and where the text behind its `}` starts.
fn field(text: &[u32], start: usize, end: usize) -> Result<(Field, usize), String> {
    let mut at = start;
    let mut bracket = false;
    while at < end {
        match char::from_u32(text[at]).unwrap_or('\0') {
            '{' if !bracket => return Err("unexpected '{' in field name".into()),
            '[' => bracket = true,
            ']' => bracket = false,
            '}' | ':' | '!' if !bracket => break,
            _ => {}
        }
        at += 1;
    }
    if at >= end {
        return Err("expected '}' before end of string".into());
    }
    let name = (start, at);
    let mut conversion = None;
    if text[at] == u32::from(b'!') {
        if at + 1 >= end {
            return Err("end of string while looking for conversion specifier".into());
        }
        conversion = Some(text[at + 1]);
        at += 2;
        match text.get(at).filter(|_| at < end) {
            None => return Err("unmatched '{' in format spec".into()),
            Some(point) if *point == CLOSE => {
                return Ok((
                    Field {
                        name,
                        conversion,
                        spec: (at, at),
                        nested: false,
                    },
                    at + 1,
                ));
            }
            Some(point) if *point != u32::from(b':') => {
                return Err("expected ':' after conversion specifier".into());
            }
            Some(_) => {}
        }
    } else if text[at] == CLOSE {
        return Ok((
            Field {
                name,
                conversion,
                spec: (at, at),
                nested: false,
            },
            at + 1,
        ));
    }
    spec(text, at + 1, end).map(|(spec_end, nested)| {
        (
            Field {
                name,
                conversion,
                spec: (at + 1, spec_end),
                nested,
            },
            spec_end + 1,
        )
    })
}

/// The end of a specification that starts at `start`, and whether it has fields.
fn spec(text: &[u32], start: usize, end: usize) -> Result<(usize, bool), String> {
    let (mut depth, mut nested) = (1, false);
    for (at, point) in text.iter().enumerate().take(end).skip(start) {
        match *point {
            OPEN => {
                nested = true;
                depth += 1;
            }
            CLOSE => {
                depth -= 1;
                if depth == 0 {
                    return Ok((at, nested));
                }
            }
            _ => {}
        }
    }
    Err("unmatched '{' in format spec".into())
}

/// The start of a field name: what to look up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// `{}`: the next positional argument.
    Next,
    /// `{0}`
    Index(usize),
    /// `{name}`: a range of the text.
    Name(usize, usize),
}

/// A step of a field name behind its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// `.name`
    Attribute(usize, usize),
    /// `[0]`
    Index(usize),
    /// `[key]`, which is a string.
    Key(usize, usize),
}

/// Reads the start of the field name in `text[range]`; gives where the accesses start.
pub fn first(vm: &mut Vm, text: &[u32], (start, end): (usize, usize)) -> PyResult<(First, usize)> {
    let stop = (start..end)
        .find(|i| text[*i] == u32::from(b'.') || text[*i] == u32::from(b'['))
        .unwrap_or(end);
    let first = match number(vm, &text[start..stop])? {
        _ if stop == start => First::Next,
        Some(index) => First::Index(index),
        None => First::Name(start, stop),
    };
    Ok((first, stop))
}

/// The number that a text of decimal digits spells, `None` for any other text.
fn number(vm: &mut Vm, digits: &[u32]) -> PyResult<Option<usize>> {
    let mut value: usize = 0;
    for point in digits {
        let Some(digit) = super::unicode::decimal_value(*point) else {
            return Ok(None);
        };
        value = match value
            .checked_mul(10)
            .and_then(|value| value.checked_add(digit as usize))
        {
            Some(value) if value <= isize::MAX as usize => value,
            _ => return Err(vm.value_error("Too many decimal digits in format string")),
        };
    }
    Ok((!digits.is_empty()).then_some(value))
}

/// The access at `at`, and where the next one starts; `None` at the end.
pub fn next_access(
    vm: &mut Vm,
    text: &[u32],
    at: usize,
    end: usize,
) -> PyResult<Option<(Access, usize)>> {
    if at >= end {
        return Ok(None);
    }
    let (access, next, empty) = match char::from_u32(text[at]).unwrap_or('\0') {
        '.' => {
            let stop = (at + 1..end)
                .find(|i| text[*i] == u32::from(b'.') || text[*i] == u32::from(b'['))
                .unwrap_or(end);
            (Access::Attribute(at + 1, stop), stop, stop == at + 1)
        }
        '[' => {
            let Some(stop) = (at + 1..end).find(|i| text[*i] == u32::from(b']')) else {
                return Err(vm.value_error("Missing ']' in format string"));
            };
            let access = match number(vm, &text[at + 1..stop])? {
                Some(index) => Access::Index(index),
                None => Access::Key(at + 1, stop),
            };
            (access, stop + 1, stop == at + 1)
        }
        _ => return Err(vm.value_error("Only '.' or '[' may follow ']' in format field specifier")),
    };
    if empty {
        return Err(vm.value_error("Empty attribute in format string"));
    }
    Ok(Some((access, next)))
}

/// The code points of a format string, copied: formatting runs Python code.
pub fn points(view: View<'_>) -> Vec<u32> {
    view.to_vec()
}
