//! `_string`: the syntax of `str.format` for `string.Formatter`. CPython: Objects/stringlib/unicode_format.h,
//! `formatter_parser`, `formatter_field_name_split`.

use super::NativeModule;
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::str::field::{self, Access, First};
use crate::python::object::str::{self, arg};
use crate::python::object::{Method, TypeSpec, alloc, flags, int, iterator, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of the place where the next piece starts.
const AT: u64 = 16;
/// Offset of the text.
const TEXT: u64 = 24;

/// `_string`
pub static MODULE: NativeModule = NativeModule {
    name: "_string",
    methods: &[
        Method::new(
            "formatter_field_name_split",
            "(field_name, /)",
            field_name_split,
        ),
        Method::new("formatter_parser", "(format_string, /)", parser),
    ],
    types: &[],
    init: |_, _| Ok(()),
};

/// `formatteriterator`
pub static PARSER_SPEC: TypeSpec = TypeSpec {
    basicsize: 56,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION,
    slots: |slots| {
        slots.dealloc = Some(iterator::dealloc_seq_24);
        slots.traverse = Some(iterator::traverse_seq_24);
        slots.iter = Some(iterator::iter_self);
        slots.iternext = Some(next_piece);
    },
    ..TypeSpec::new(types::FORMATTER_ITERATOR, "formatteriterator")
};

/// `fieldnameiterator`
pub static FIELD_SPEC: TypeSpec = TypeSpec {
    basicsize: 64,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION,
    slots: |slots| {
        slots.dealloc = Some(iterator::dealloc_seq_24);
        slots.traverse = Some(iterator::traverse_seq_24);
        slots.iter = Some(iterator::iter_self);
        slots.iternext = Some(next_access);
    },
    ..TypeSpec::new(types::FIELD_NAME_ITERATOR, "fieldnameiterator")
};

fn new(vm: &mut Vm, ty: Addr, text: Addr, at: usize) -> PyResult<Own> {
    let iterator = alloc::alloc(vm, ty, 0)?;
    let text = vm.incref(text);
    vm.init_field(iterator.addr(), TEXT, text);
    vm.set_word(iterator.addr(), AT, at as u64);
    gc::track(vm, iterator.addr());
    Ok(iterator)
}

fn text_arg(vm: &mut Vm, args: Args) -> PyResult<Addr> {
    let text = args.get(vm, 0);
    if str::check(vm, text) {
        return Ok(text);
    }
    let given = arg::type_text(vm, text);
    Err(vm.type_error(format!("expected str, got {given}")))
}

fn parser(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let text = text_arg(vm, args)?;
    new(vm, types::FORMATTER_ITERATOR, text, 0)
}

/// `(literal, field name, specification, conversion)`; the last three are `None` where no field follows.
fn next_piece(vm: &mut Vm, iterator: Addr) -> PyResult<Option<Own>> {
    let text = field::points(str::view(vm, vm.field(iterator, TEXT)));
    let at = vm.word(iterator, AT) as usize;
    if at >= text.len() {
        return Ok(None);
    }
    let piece = field::next_piece(vm, &text, at, text.len())?;
    vm.set_word(iterator, AT, piece.next as u64);
    let literal = part(vm, &text, piece.literal);
    let parts = match piece.field {
        None => vec![literal, vm.none(), vm.none(), vm.none()],
        Some(field) => {
            let (name, spec) = (part(vm, &text, field.name), part(vm, &text, field.spec));
            let conversion = match field.conversion {
                Some(point) => str::from_point(vm, point),
                None => vm.none(),
            };
            vec![literal, name, spec, conversion]
        }
    };
    Ok(Some(tuple::from_owned(vm, parts)))
}

fn part(vm: &mut Vm, text: &[u32], (start, end): (usize, usize)) -> Own {
    str::from_code_points(vm, &text[start..end])
}

/// `(first, iterator of the accesses behind it)`
fn field_name_split(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let name = text_arg(vm, args)?;
    let text = field::points(str::view(vm, name));
    let (first, at) = field::first(vm, &text, (0, text.len()))?;
    let first = match first {
        First::Next => str::empty(vm),
        First::Index(index) => int::from_usize(vm, index),
        First::Name(start, end) => part(vm, &text, (start, end)),
    };
    let accesses = new(vm, types::FIELD_NAME_ITERATOR, name, at)?;
    Ok(tuple::from_owned(vm, vec![first, accesses]))
}

/// `(is attribute, name or index)`
fn next_access(vm: &mut Vm, iterator: Addr) -> PyResult<Option<Own>> {
    let text = field::points(str::view(vm, vm.field(iterator, TEXT)));
    let at = vm.word(iterator, AT) as usize;
    let Some((access, next)) = field::next_access(vm, &text, at, text.len())? else {
        return Ok(None);
    };
    vm.set_word(iterator, AT, next as u64);
    let (is_attribute, what) = match access {
        Access::Attribute(start, end) => (true, part(vm, &text, (start, end))),
        Access::Index(index) => (false, int::from_usize(vm, index)),
        Access::Key(start, end) => (false, part(vm, &text, (start, end))),
    };
    let is_attribute = vm.bool(is_attribute);
    Ok(Some(tuple::from_owned(vm, vec![is_attribute, what])))
}
