//! `str.format`, `str.format_map`, `str.__format__`. CPython: `do_string_format`, `build_string`.

use super::field::{self, Access, Field, First};
use super::{Text, arg, check, from_code_points, try_from_code_points, view};
use crate::python::memory::{Addr, Own};
use crate::python::object::{int, iterator};
use crate::python::vm::{Args, PyResult, Vm};

/// How deep specifications may hold fields.
const DEPTH: u32 = 2;

/// Where fields find their values, and how they are numbered.
struct Formatter {
    args: Args,
    /// The mapping of `format_map`, else `NULL`.
    mapping: Addr,
    /// `{}` was used: the next index.
    automatic: Option<usize>,
    /// `{0}` was used.
    manual: bool,
}

pub(super) fn format_method(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    let formatter = Formatter {
        args,
        mapping: Addr::NULL,
        automatic: None,
        manual: false,
    };
    run(vm, string, formatter)
}

pub(super) fn format_map(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    let mapping = args.get(vm, 0);
    let formatter = Formatter {
        args: Args::NONE,
        mapping,
        automatic: None,
        manual: false,
    };
    run(vm, string, formatter)
}

fn run(vm: &mut Vm, string: Addr, mut formatter: Formatter) -> PyResult<Own> {
    let text = field::points(view(vm, string));
    let braces = [u32::from('{'), u32::from('}')];
    if super::check_exact(vm, string) && !text.iter().any(|point| braces.contains(point)) {
        return Ok(vm.incref(string));
    }
    let mut output = Text::new();
    let mut only = None;
    formatter.build(vm, &text, (0, text.len()), DEPTH, &mut output, &mut only)?;
    finish(vm, output, only)
}

/// The text; where it is one string alone, that string.
fn finish(vm: &mut Vm, output: Text, only: Option<Own>) -> PyResult<Own> {
    match only {
        Some(only) => Ok(only),
        None => output.finish(vm),
    }
}

impl Formatter {
    /// Appends the formatted text of `text[range]`. While the output is one exact string alone, `only` has it.
    fn build(
        &mut self,
        vm: &mut Vm,
        text: &[u32],
        (start, end): (usize, usize),
        depth: u32,
        output: &mut Text,
        only: &mut Option<Own>,
    ) -> PyResult<()> {
        if depth == 0 {
            return Err(vm.value_error("Max string recursion exceeded"));
        }
        let mut at = start;
        while at < end {
            output.check(vm)?;
            let piece = field::next_piece(vm, text, at, end)?;
            let literal = &text[piece.literal.0..piece.literal.1];
            if !literal.is_empty() {
                vm.xdecref(only.take());
            }
            literal.iter().for_each(|point| output.push(*point));
            if let Some(field) = piece.field {
                let shown = self.field(vm, text, field, depth)?;
                let was_empty = output.is_empty();
                output.push_view(view(vm, shown.addr()));
                if was_empty && !output.is_empty() && super::check_exact(vm, shown.addr()) {
                    *only = Some(shown);
                } else {
                    if super::len(vm, shown.addr()) != 0 {
                        vm.xdecref(only.take());
                    }
                    vm.decref(shown);
                }
            }
            at = piece.next;
        }
        Ok(())
    }

    /// The text of one field.
    fn field(&mut self, vm: &mut Vm, text: &[u32], field: Field, depth: u32) -> PyResult<Own> {
        let value = self.value(vm, text, field.name)?;
        let value = match field.conversion {
            Some(conversion) => convert(vm, value, conversion)?,
            None => value,
        };
        let spec = if field.nested {
            let (mut output, mut only) = (Text::new(), None);
            self.build(vm, text, field.spec, depth - 1, &mut output, &mut only)?;
            finish(vm, output, only)?
        } else {
            try_from_code_points(vm, &text[field.spec.0..field.spec.1])?
        };
        let shown = vm.format(value.addr(), spec.addr())?;
        vm.decref(spec);
        vm.decref(value);
        Ok(shown)
    }

    /// The object that a field name stands for.
    fn value(&mut self, vm: &mut Vm, text: &[u32], name: (usize, usize)) -> PyResult<Own> {
        let (first, mut at) = field::first(vm, text, name)?;
        let mut value = self.first_value(vm, text, first)?;
        while let Some((access, next)) = field::next_access(vm, text, at, name.1)? {
            let part = match access {
                Access::Attribute(start, end) => {
                    let attribute = from_code_points(vm, &text[start..end]);
                    let part = vm.get_attr(value.addr(), attribute.addr())?;
                    vm.decref(attribute);
                    part
                }
                Access::Index(index) => sequence_item(vm, value.addr(), index)?,
                Access::Key(start, end) => {
                    let key = from_code_points(vm, &text[start..end]);
                    let part = vm.get_item(value.addr(), key.addr())?;
                    vm.decref(key);
                    part
                }
            };
            vm.decref(value);
            (value, at) = (part, next);
        }
        Ok(value)
    }

    fn first_value(&mut self, vm: &mut Vm, text: &[u32], first: First) -> PyResult<Own> {
        let index = match first {
            First::Name(start, end) => return self.named(vm, &text[start..end]),
            First::Next => {
                if self.manual {
                    return Err(vm.value_error(
                        "cannot switch from manual field specification to automatic field numbering",
                    ));
                }
                let next = self.automatic.get_or_insert(0);
                *next += 1;
                *next - 1
            }
            First::Index(index) => {
                if self.automatic.is_some() {
                    return Err(vm.value_error(
                        "cannot switch from automatic field numbering to manual field specification",
                    ));
                }
                self.manual = true;
                index
            }
        };
        if !self.mapping.is_null() {
            return Err(vm.value_error("Format string contains positional fields"));
        }
        match self.args.opt(vm, index) {
            Some(value) => Ok(vm.incref(value)),
            None => Err(vm.index_error(format!(
                "Replacement index {index} out of range for positional args tuple"
            ))),
        }
    }

    fn named(&mut self, vm: &mut Vm, name: &[u32]) -> PyResult<Own> {
        let key = from_code_points(vm, name);
        if !self.mapping.is_null() {
            let value = vm.get_item(self.mapping, key.addr())?;
            vm.decref(key);
            return Ok(value);
        }
        for (keyword, value) in self.args.keywords(vm) {
            if super::equal(vm, keyword, key.addr()) {
                vm.decref(key);
                return Ok(vm.incref(value));
            }
        }
        let error = vm.key_error(key.addr());
        vm.decref(key);
        Err(error)
    }
}

/// `value[index]`, as a sequence where it is one and not a mapping.
fn sequence_item(vm: &mut Vm, value: Addr, index: usize) -> PyResult<Own> {
    let slots = vm.slots(value);
    if slots.sq_item.is_some() && slots.mp_subscript.is_none() {
        return iterator::sequence_item(vm, value, index as isize);
    }
    let key = int::new(vm, index as i64);
    let item = vm.get_item(value, key.addr())?;
    vm.decref(key);
    Ok(item)
}

/// `!r`, `!s` or `!a`.
fn convert(vm: &mut Vm, value: Own, conversion: u32) -> PyResult<Own> {
    let shown = match char::from_u32(conversion) {
        Some('r') => vm.repr(value.addr())?,
        Some('s') => vm.str(value.addr())?,
        Some('a') => {
            let repr = vm.repr(value.addr())?;
            super::ascii(vm, repr)
        }
        _ => {
            return Err(if (0x21..0x7F).contains(&conversion) {
                let letter = char::from_u32(conversion).unwrap_or('?');
                vm.value_error(format!("Unknown conversion specifier {letter}"))
            } else {
                vm.value_error(format!("Unknown conversion specifier \\x{conversion:x}"))
            });
        }
    };
    vm.decref(value);
    Ok(shown)
}

pub(super) fn dunder_format(vm: &mut Vm, string: Addr, args: Args) -> PyResult<Own> {
    let spec = args.get(vm, 0);
    if !check(vm, spec) {
        return Err(arg::bad_argument(vm, "__format__", "argument", "str", spec));
    }
    if super::len(vm, spec) == 0 {
        return if super::check_exact(vm, string) {
            Ok(vm.incref(string))
        } else {
            vm.str(string)
        };
    }
    crate::python::object::format::string(vm, string, spec)
}
