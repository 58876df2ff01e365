//! `string.templatelib.Interpolation`: one `{…}` of a t-string (PEP 750). CPython: `interpolationobject`,
//! Objects/interpolationobject.c.

use super::template::member;
use super::{EMPTY_STR, Method, NONE, Slots, TypeSpec, alloc, flags, iterator, str, tuple, types};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::dict;
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of the value.
pub const VALUE: u64 = 16;
/// Offset of the text of the expression.
const EXPRESSION: u64 = 24;
/// Offset of the conversion: `"s"`, `"r"`, `"a"` or `None`.
const CONVERSION: u64 = 32;
/// Offset of the format specification.
const FORMAT_SPEC: u64 = 40;
const FIELDS: [u64; 4] = [VALUE, EXPRESSION, CONVERSION, FORMAT_SPEC];

/// `string.templatelib.Interpolation`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 48,
    flags: flags::HAVE_GC,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, object| iterator::dealloc_fields(vm, object, &FIELDS));
        slots.traverse = Some(|vm, object, visit| {
            iterator::visit_fields(vm, object, &FIELDS, visit);
        });
        slots.clear = Some(|vm, object| iterator::clear_fields(vm, object, &FIELDS));
        slots.repr = Some(repr);
        slots.new = Some(construct);
    },
    methods: &[
        Method::new("__reduce__", "()", reduce),
        Method::class(
            "__class_getitem__",
            "(object, /)",
            super::class_getitem::call,
        ),
    ],
    members: &[
        member("value", VALUE),
        member("expression", EXPRESSION),
        member("conversion", CONVERSION),
        member("format_spec", FORMAT_SPEC),
    ],
    doc: Some("Interpolation object"),
    ..TypeSpec::new(types::INTERPOLATION, "string.templatelib.Interpolation")
};

/// `__match_args__`, once the type is ready.
pub fn add_match_args(vm: &mut Vm) {
    let names = ["value", "expression", "conversion", "format_spec"];
    let names = names.map(|name| str::intern(vm, name));
    let names = tuple::from_owned(vm, names.into());
    let namespace = vm.field(types::INTERPOLATION, crate::python::vm::typedata::TP_DICT);
    dict::set_name(vm, namespace, "__match_args__", names);
}

/// `BUILD_INTERPOLATION`: all are taken over; `conversion` is the argument of `ConvertValue`.
pub fn new(
    vm: &mut Vm,
    value: Own,
    expression: Own,
    conversion: u32,
    format_spec: Option<Own>,
) -> PyResult<Own> {
    let conversion = match conversion {
        1 => str::intern(vm, "s"),
        2 => str::intern(vm, "r"),
        3 => str::intern(vm, "a"),
        _ => vm.none(),
    };
    let format_spec = match format_spec {
        Some(spec) => spec,
        None => vm.incref(EMPTY_STR),
    };
    let made = alloc::alloc(vm, types::INTERPOLATION, 0)?;
    let values = [value, expression, conversion, format_spec];
    for (field, value) in FIELDS.into_iter().zip(values) {
        vm.init_field(made.addr(), field, value);
    }
    gc::track(vm, made.addr());
    Ok(made)
}

/// `Interpolation(value, expression='', conversion=None, format_spec='')`
fn construct(vm: &mut Vm, _class: Addr, args: Args) -> PyResult<Own> {
    let signature = "(value, expression='', conversion=None, format_spec='')";
    let [value, expression, conversion, spec] = args.bind(vm, "Interpolation", signature)?;
    for (text, name) in [(expression, "expression"), (spec, "format_spec")] {
        if !text.is_null() && !str::check(vm, text) {
            let given = vm.type_name(text);
            return Err(vm.type_error(format!(
                "Interpolation() argument '{name}' must be str, not {given}"
            )));
        }
    }
    let conversion = match conversion.some().filter(|conversion| *conversion != NONE) {
        None => 0,
        Some(letter) if !str::check(vm, letter) => {
            let given = vm.type_name(letter);
            return Err(vm.type_error(format!(
                "Interpolation() argument 'conversion' must be str, not {given}"
            )));
        }
        Some(letter) => match str::to_rust(vm, letter).as_str() {
            "s" => 1,
            "r" => 2,
            "a" => 3,
            _ => {
                let message =
                    "Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'";
                return Err(vm.value_error(message));
            }
        },
    };
    let value = vm.incref(value);
    let expression = vm.incref(expression.some().unwrap_or(EMPTY_STR));
    let spec = spec.some().map(|spec| vm.incref(spec));
    new(vm, value, expression, conversion, spec)
}

fn repr(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    let mut parts = Vec::new();
    for field in FIELDS {
        let part = vm.repr(vm.field(object, field))?;
        parts.push(str::to_rust(vm, part.addr()));
        vm.decref(part);
    }
    Ok(str::new(
        vm,
        &format!("Interpolation({})", parts.join(", ")),
    ))
}

fn reduce(vm: &mut Vm, object: Addr, _: Args) -> PyResult<Own> {
    let class = vm.incref(types::INTERPOLATION);
    let values = FIELDS.map(|field| vm.field(object, field));
    let values = tuple::new(vm, &values);
    Ok(tuple::pair(vm, class, values))
}

/// A type's name with its module, as `%T` has it.
pub fn full_name(vm: &Vm, object: Addr) -> String {
    vm.type_data(vm.type_of(object)).full_name.to_string()
}
