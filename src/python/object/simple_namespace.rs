//! `types.SimpleNamespace`: attributes in a dict, and a `repr` of them. CPython: `_PyNamespaceObject`.

use super::{
    CompareOp, Member, MemberKind, Method, Slots, TypeSpec, alloc, dict, flags, index, list, str,
    text::{self, Text},
    tuple, types,
};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `ns_dict`.
const DICT: u64 = 16;

/// `types.SimpleNamespace`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 24,
    dictoffset: DICT as u32,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, object| super::iterator::dealloc_fields(vm, object, &[DICT]));
        slots.traverse = Some(|vm, object, visit| {
            super::iterator::visit_fields(vm, object, &[DICT], visit);
        });
        slots.clear = Some(|vm, object| super::iterator::clear_fields(vm, object, &[DICT]));
        slots.repr = Some(repr);
        slots.richcompare = Some(richcompare);
        slots.init = Some(init);
        slots.new = Some(new_slot);
    },
    methods: &[
        Method::new("__reduce__", "()", reduce),
        Method::new("__replace__", "(**changes)", replace),
    ],
    members: &[Member {
        name: "__dict__",
        kind: MemberKind::ObjectOrNone,
        offset: DICT as u32,
        writable: false,
    }],
    doc: Some("A simple attribute-based namespace."),
    ..TypeSpec::new(types::SIMPLE_NAMESPACE, "types.SimpleNamespace")
};

/// A namespace over a dict's items: `_PyNamespace_New`.
pub fn new(vm: &mut Vm, attributes: Addr) -> PyResult<Own> {
    let object = new_slot(vm, types::SIMPLE_NAMESPACE, Args::NONE)?;
    let own = vm.field(object.addr(), DICT);
    dict::update(vm, own, attributes)?;
    Ok(object)
}

fn new_slot(vm: &mut Vm, class: Addr, _args: Args) -> PyResult<Own> {
    let object = alloc::alloc(vm, class, 0)?;
    gc::track(vm, object.addr());
    let attributes = dict::new(vm);
    vm.init_field(object.addr(), DICT, attributes);
    Ok(object)
}

fn init(vm: &mut Vm, object: Addr, args: Args) -> PyResult<()> {
    index::check_positional(vm, "SimpleNamespace", args.len(), 0, 1)?;
    let own = vm.field(object, DICT);
    if let Some(source) = args.opt(vm, 0) {
        let attributes = if vm.type_of(source) == types::DICT {
            vm.incref(source)
        } else {
            vm.call(types::DICT, &[source])?
        };
        let mut position = 0;
        while let Some((name, _)) = dict::next(vm, attributes.addr(), &mut position) {
            if !vm.has_flag(name, flags::UNICODE_SUBCLASS) {
                return Err(vm.type_error("keywords must be strings"));
            }
        }
        dict::update(vm, own, attributes.addr())?;
        vm.decref(attributes);
    }
    for (name, value) in args.keywords(vm) {
        dict::set(vm, own, name, value)?;
    }
    Ok(())
}

fn repr(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    let name = if vm.type_of(object) == types::SIMPLE_NAMESPACE {
        "namespace".to_string()
    } else {
        vm.type_name(object)
    };
    if !vm.repr_enter(object) {
        return Ok(str::new(vm, &format!("{name}(...)")));
    }
    let result = repr_attributes(vm, object, &name);
    vm.repr_leave(object);
    result
}

/// The parts stand in a list, and so do the names while they are asked: `namespace_repr`.
fn repr_attributes(vm: &mut Vm, object: Addr, name: &str) -> PyResult<Own> {
    let parts = list::new(vm);
    let items = dict::items(vm, vm.field(object, DICT));
    let names = items.into_iter().map(|item| vm.incref(item.0)).collect();
    let names = list::from_owned(vm, names)?;
    for key in list::items(vm, names.addr()) {
        if !vm.has_flag(key, flags::UNICODE_SUBCLASS) || str::len(vm, key) == 0 {
            continue;
        }
        let Some(value) = dict::get(vm, vm.field(object, DICT), key)? else {
            continue;
        };
        let mut part = Text::new();
        text::push_object(vm, &mut part, key);
        part.push_str("=");
        text::push_repr(vm, &mut part, value)?;
        let part = part.finish(vm)?;
        list::append(vm, parts.addr(), part)?;
    }
    vm.decref(names);
    let mut text = Text::new();
    text.push_str(name);
    text.push_str("(");
    for (i, part) in list::items(vm, parts.addr()).into_iter().enumerate() {
        text.push_str(if i == 0 { "" } else { ", " });
        text::push_object(vm, &mut text, part);
    }
    text.push_str(")");
    vm.decref(parts);
    text.finish(vm)
}

fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    let both = [left, right]
        .into_iter()
        .all(|object| vm.type_check(object, types::SIMPLE_NAMESPACE));
    if !both {
        return Ok(vm.not_implemented());
    }
    let (left, right) = (vm.field(left, DICT), vm.field(right, DICT));
    vm.rich_compare(left, right, op)
}

fn reduce(vm: &mut Vm, object: Addr, _args: Args) -> PyResult<Own> {
    let (class, attributes) = (vm.type_of(object), vm.field(object, DICT));
    let arguments = tuple::new(vm, &[]);
    let (class, attributes) = (vm.incref(class), vm.incref(attributes));
    Ok(tuple::from_owned(vm, vec![class, arguments, attributes]))
}

fn replace(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    if !args.is_empty() {
        return Err(vm.type_error("__replace__() takes no positional arguments"));
    }
    let class = vm.type_of(object);
    let result = vm.call(class, &[])?;
    let (own, source) = (vm.field(result.addr(), DICT), vm.field(object, DICT));
    dict::update(vm, own, source)?;
    for (name, value) in args.keywords(vm) {
        dict::set(vm, own, name, value)?;
    }
    Ok(result)
}
