//! `operator.attrgetter`. CPython: `attrgetterobject`.
//!
//! ```text
//! 16  nattrs   how many attributes a call fetches
//! 24  attr     a tuple of names; a dotted name is a tuple of its parts
//! ```

use super::itemgetter::push_separated;
use crate::python::memory::{Addr, Own};
use crate::python::object::str::{self, Text};
use crate::python::object::{Method, Slots, TypeSpec, alloc, flags, index, iterator, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

const NATTRS: u64 = 16;
const ATTR: u64 = 24;

/// `operator.attrgetter`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 40,
    flags: flags::HAVE_GC | flags::HAVE_VECTORCALL,
    slots,
    methods: &[Method::new("__reduce__", "()", reduce)],
    doc: Some(
        "Return a callable object that fetches the given attribute(s) from its operand.\nAfter f = attrgetter('name'), the call f(r) returns r.name.\nAfter g = attrgetter('name', 'date'), the call g(r) returns (r.name, r.date).\nAfter h = attrgetter('name.first', 'name.last'), the call h(r) returns\n(r.name.first, r.name.last).",
    ),
    ..TypeSpec::new(types::ATTRGETTER, "operator.attrgetter")
};

fn slots(slots: &mut Slots) {
    slots.new = Some(new);
    slots.dealloc = Some(|vm, object| iterator::dealloc_fields(vm, object, &[ATTR]));
    slots.traverse = Some(|vm, object, visit| iterator::visit_fields(vm, object, &[ATTR], visit));
    slots.clear = Some(|vm, object| iterator::clear_fields(vm, object, &[ATTR]));
    slots.call = Some(call);
    slots.repr = Some(repr);
}

fn new(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    index::no_keywords(vm, "attrgetter", args)?;
    if args.is_empty() {
        return Err(vm.type_error("attrgetter expected 1 argument, got 0"));
    }
    let mut names = Vec::with_capacity(args.len());
    for i in 0..args.len() {
        let name = args.get(vm, i);
        if !str::check(vm, name) {
            return Err(vm.type_error("attribute name must be a string"));
        }
        names.push(path(vm, name)?);
    }
    let names = tuple::from_owned(vm, names);
    let getter = alloc::alloc(vm, class, 0)?;
    vm.set_word(getter.addr(), NATTRS, args.len() as u64);
    vm.init_field(getter.addr(), ATTR, names);
    crate::python::gc::track(vm, getter.addr());
    Ok(getter)
}

/// The interned name, or the tuple of a dotted name's parts.
fn path(vm: &mut Vm, name: Addr) -> PyResult<Own> {
    let points = str::view(vm, name).to_vec();
    let dots: Vec<usize> = (0..points.len())
        .filter(|i| points[*i] == u32::from(b'.'))
        .collect();
    if dots.is_empty() {
        let name = vm.incref(name);
        return Ok(str::intern_object(vm, name));
    }
    let (mut parts, mut start) = (Vec::with_capacity(dots.len() + 1), 0);
    for end in dots.into_iter().chain([points.len()]) {
        let part = str::substring(vm, name, start, end)?;
        parts.push(str::intern_object(vm, part));
        start = end + 1;
    }
    Ok(tuple::from_owned(vm, parts))
}

fn call(vm: &mut Vm, getter: Addr, args: Args) -> PyResult<Own> {
    index::no_keywords(vm, "attrgetter", args)?;
    if args.len() != 1 {
        let given = args.len();
        return Err(vm.type_error(format!("attrgetter expected 1 argument, got {given}")));
    }
    let (object, paths) = (args.get(vm, 0), vm.field(getter, ATTR));
    if vm.word(getter, NATTRS) == 1 {
        let path = tuple::item(vm, paths, 0);
        return follow(vm, object, path);
    }
    let mut found = Vec::with_capacity(tuple::len(vm, paths));
    for i in 0..tuple::len(vm, paths) {
        let path = tuple::item(vm, paths, i);
        found.push(follow(vm, object, path)?);
    }
    Ok(tuple::from_owned(vm, found))
}

/// The attribute behind a name or a path of names.
fn follow(vm: &mut Vm, object: Addr, path: Addr) -> PyResult<Own> {
    if !tuple::check(vm, path) {
        return vm.get_attr(object, path);
    }
    let mut reached = vm.incref(object);
    for i in 0..tuple::len(vm, path) {
        let name = tuple::item(vm, path, i);
        let next = vm.get_attr(reached.addr(), name)?;
        vm.decref(reached);
        reached = next;
    }
    Ok(reached)
}

/// The names as they were given: paths joined again.
fn names(vm: &mut Vm, getter: Addr) -> PyResult<Own> {
    let paths = tuple::items(vm, vm.field(getter, ATTR));
    let mut names = Vec::with_capacity(paths.len());
    for path in paths {
        if !tuple::check(vm, path) {
            names.push(vm.incref(path));
            continue;
        }
        let mut text = Text::new();
        for (i, part) in tuple::items(vm, path).into_iter().enumerate() {
            if i > 0 {
                text.push_str(".");
            }
            text.push_view(str::view(vm, part));
        }
        names.push(text.finish(vm)?);
    }
    Ok(tuple::from_owned(vm, names))
}

fn repr(vm: &mut Vm, getter: Addr) -> PyResult<Own> {
    let mut text = Text::new();
    text.push_str("operator.attrgetter(");
    let names = names(vm, getter)?;
    let items = tuple::items(vm, names.addr());
    push_separated(vm, &mut text, &items)?;
    vm.decref(names);
    text.push_str(")");
    text.finish(vm)
}

fn reduce(vm: &mut Vm, getter: Addr, _: Args) -> PyResult<Own> {
    let (class, names) = (vm.type_of(getter), names(vm, getter)?);
    let class = vm.incref(class);
    Ok(tuple::pair(vm, class, names))
}
