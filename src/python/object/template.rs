//! `string.templatelib.Template`, what a t-string gives (PEP 750), and its iterator. CPython: `templateobject`,
//! `templateiterobject`, Objects/templateobject.c.

use super::interpolation::{self, VALUE};
use super::{EMPTY_STR, GetSet, Member, MemberKind, Method, Slots, TypeSpec, alloc, flags};
use super::{iterator, str, tuple, types};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of the strings: one more than interpolations.
const STRINGS: u64 = 16;
/// Offset of the interpolations.
const INTERPOLATIONS: u64 = 24;

/// `string.templatelib.Template`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 32,
    flags: flags::HAVE_GC,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, template| {
            iterator::dealloc_fields(vm, template, &[STRINGS, INTERPOLATIONS]);
        });
        slots.traverse = Some(|vm, template, visit| {
            iterator::visit_fields(vm, template, &[STRINGS, INTERPOLATIONS], visit);
        });
        slots.clear = Some(|vm, template| {
            iterator::clear_fields(vm, template, &[STRINGS, INTERPOLATIONS]);
        });
        slots.repr = Some(repr);
        slots.iter = Some(iter);
        slots.sq_concat = Some(concat);
        slots.new = Some(construct);
    },
    methods: &[Method::new("__reduce__", "()", reduce)],
    getset: &[GetSet::read("values", values)],
    members: &[
        member("strings", STRINGS),
        member("interpolations", INTERPOLATIONS),
    ],
    doc: Some("Template object"),
    ..TypeSpec::new(types::TEMPLATE, "string.templatelib.Template")
};

/// `string.templatelib.TemplateIter`
pub static ITER_SPEC: TypeSpec = TypeSpec {
    basicsize: 40,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, object| {
            iterator::dealloc_fields(vm, object, &[STRINGS, INTERPOLATIONS]);
        });
        slots.traverse = Some(|vm, object, visit| {
            iterator::visit_fields(vm, object, &[STRINGS, INTERPOLATIONS], visit);
        });
        slots.clear = Some(|vm, object| {
            iterator::clear_fields(vm, object, &[STRINGS, INTERPOLATIONS]);
        });
        slots.iter = Some(iterator::iter_self);
        slots.iternext = Some(next);
    },
    doc: Some("Template iterator object"),
    ..TypeSpec::new(types::TEMPLATE_ITER, "string.templatelib.TemplateIter")
};

/// Offset in an iterator: whether a string comes next.
const FROM_STRINGS: u64 = 32;

/// A field that can only be read.
pub const fn member(name: &'static str, offset: u64) -> Member {
    Member {
        name,
        kind: MemberKind::ObjectOrNone,
        offset: offset as u32,
        writable: false,
    }
}

/// `BUILD_TEMPLATE`: both are tuples, taken over.
pub fn new(vm: &mut Vm, strings: Own, interpolations: Own) -> PyResult<Own> {
    let template = alloc::alloc(vm, types::TEMPLATE, 0)?;
    vm.init_field(template.addr(), STRINGS, strings);
    vm.init_field(template.addr(), INTERPOLATIONS, interpolations);
    gc::track(vm, template.addr());
    Ok(template)
}

/// `Template(*parts)`: strings side by side become one, and one stands between any two interpolations.
fn construct(vm: &mut Vm, _class: Addr, args: Args) -> PyResult<Own> {
    if args.keyword_count() > 0 {
        return Err(vm.type_error("Template.__new__ only accepts *args arguments"));
    }
    let mut strings: Vec<Own> = Vec::new();
    let mut interpolations = Vec::new();
    let mut open = false;
    for i in 0..args.len() {
        let part = args.get(vm, i);
        if str::check(vm, part) {
            let part = vm.incref(part);
            let before = if open { strings.pop() } else { None };
            match before {
                Some(before) => {
                    let joined = str::concat(vm, before.addr(), part.addr())?;
                    vm.decref(before);
                    vm.decref(part);
                    strings.push(joined);
                }
                None => strings.push(part),
            }
            open = true;
        } else if vm.type_of(part) == types::INTERPOLATION {
            if !open {
                strings.push(vm.incref(EMPTY_STR));
            }
            interpolations.push(vm.incref(part));
            open = false;
        } else {
            let name = vm.type_name(part);
            return Err(vm.type_error(format!(
                "Template.__new__ *args need to be of type 'str' or 'Interpolation', got {name}"
            )));
        }
    }
    if !open {
        strings.push(vm.incref(EMPTY_STR));
    }
    let strings = tuple::from_owned(vm, strings);
    let interpolations = tuple::from_owned(vm, interpolations);
    new(vm, strings, interpolations)
}

fn repr(vm: &mut Vm, template: Addr) -> PyResult<Own> {
    let strings = vm.repr(vm.field(template, STRINGS))?;
    let interpolations = vm.repr(vm.field(template, INTERPOLATIONS))?;
    let text = format!(
        "Template(strings={}, interpolations={})",
        str::to_rust(vm, strings.addr()),
        str::to_rust(vm, interpolations.addr())
    );
    vm.decref(strings);
    vm.decref(interpolations);
    Ok(str::new(vm, &text))
}

fn values(vm: &mut Vm, template: Addr) -> PyResult<Own> {
    let interpolations = vm.field(template, INTERPOLATIONS);
    let items = tuple::items(vm, interpolations);
    let values: Vec<Addr> = items.iter().map(|item| vm.field(*item, VALUE)).collect();
    Ok(tuple::new(vm, &values))
}

/// `left + right`: the last string of the one and the first of the other become one.
fn concat(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if vm.type_of(left) != types::TEMPLATE || vm.type_of(right) != types::TEMPLATE {
        let name = interpolation::full_name(vm, right);
        return Err(vm.type_error(format!(
            "can only concatenate string.templatelib.Template (not \"{name}\") to string.templatelib.Template"
        )));
    }
    let mut strings = tuple::items(vm, vm.field(left, STRINGS));
    let more = tuple::items(vm, vm.field(right, STRINGS));
    let (Some(last), Some((first, rest))) = (strings.pop(), more.split_first()) else {
        return Err(vm.system_error("a template has a string"));
    };
    let joined = str::concat(vm, last, *first)?;
    strings.push(joined.addr());
    strings.extend(rest);
    let mut interpolations = tuple::items(vm, vm.field(left, INTERPOLATIONS));
    interpolations.extend(tuple::items(vm, vm.field(right, INTERPOLATIONS)));
    let strings = tuple::new(vm, &strings);
    let interpolations = tuple::new(vm, &interpolations);
    vm.decref(joined);
    new(vm, strings, interpolations)
}

fn reduce(vm: &mut Vm, template: Addr, _: Args) -> PyResult<Own> {
    let module = vm.import_module("string.templatelib")?;
    let name = str::intern(vm, "_template_unpickle");
    let function = vm.get_attr(module.addr(), name.addr());
    vm.decref(name);
    vm.decref(module);
    let function = function?;
    let parts = [STRINGS, INTERPOLATIONS].map(|field| vm.field(template, field));
    let arguments = tuple::new(vm, &parts);
    Ok(tuple::pair(vm, function, arguments))
}

fn iter(vm: &mut Vm, template: Addr) -> PyResult<Own> {
    let made = alloc::alloc(vm, types::TEMPLATE_ITER, 0)?;
    vm.set_word(made.addr(), FROM_STRINGS, 1);
    for field in [STRINGS, INTERPOLATIONS] {
        let inner = vm.get_iter(vm.field(template, field))?;
        vm.init_field(made.addr(), field, inner);
    }
    gc::track(vm, made.addr());
    Ok(made)
}

/// Strings and interpolations in turn, without empty strings.
fn next(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    if vm.word(object, FROM_STRINGS) != 0 {
        vm.set_word(object, FROM_STRINGS, 0);
        let Some(string) = vm.iter_next(vm.field(object, STRINGS))? else {
            return Ok(None);
        };
        if str::len(vm, string.addr()) > 0 {
            return Ok(Some(string));
        }
        vm.decref(string);
    }
    vm.set_word(object, FROM_STRINGS, 1);
    vm.iter_next(vm.field(object, INTERPOLATIONS))
}
