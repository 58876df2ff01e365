//! `collections._tuplegetter`: the descriptor behind a named tuple's fields. CPython: `_tuplegetterobject`.

use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    Member, MemberKind, Method, NONE, Slots, TypeSpec, alloc, flags, index, int, iterator,
    text::{self, Text},
    tuple, types,
};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `index`.
const INDEX: u64 = 16;
/// Offset of `doc`.
const DOC: u64 = 24;

/// `collections._tuplegetter`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 32,
    flags: flags::HAVE_GC,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, getter| iterator::dealloc_fields(vm, getter, &[DOC]));
        slots.traverse = Some(|vm, getter, visit| {
            iterator::visit_fields(vm, getter, &[DOC], visit);
        });
        slots.clear = Some(|vm, getter| iterator::clear_fields(vm, getter, &[DOC]));
        slots.repr = Some(repr);
        slots.descr_get = Some(descr_get);
        slots.descr_set = Some(descr_set);
        slots.new = Some(new_slot);
    },
    methods: &[Method::new("__reduce__", "()", reduce)],
    members: &[Member {
        name: "__doc__",
        kind: MemberKind::ObjectOrNone,
        offset: DOC as u32,
        writable: true,
    }],
    ..TypeSpec::new(types::TUPLEGETTER, "collections._tuplegetter")
};

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    index::no_keywords(vm, "_tuplegetter", args)?;
    index::check_positional(vm, "_tuplegetter", args.len(), 2, 2)?;
    let i = args.get(vm, 0);
    let i = index::ssize(vm, i)?;
    let getter = alloc::alloc(vm, class, 0)?;
    vm.set_word(getter.addr(), INDEX, i as u64);
    let doc = vm.incref(args.get(vm, 1));
    vm.init_field(getter.addr(), DOC, doc);
    gc::track(vm, getter.addr());
    Ok(getter)
}

fn descr_get(
    vm: &mut Vm,
    getter: Addr,
    instance: Option<Addr>,
    _class: Option<Addr>,
) -> PyResult<Own> {
    let Some(instance) = instance else {
        return Ok(vm.incref(getter));
    };
    let i = vm.word(getter, INDEX) as i64;
    if !tuple::check(vm, instance) {
        if instance == NONE {
            return Ok(vm.incref(getter));
        }
        let name = vm.type_name(instance);
        return Err(vm.type_error(format!(
            "descriptor for index '{i}' for tuple subclasses doesn't apply to '{name}' object"
        )));
    }
    if i < 0 || i as usize >= tuple::len(vm, instance) {
        return Err(vm.index_error("tuple index out of range"));
    }
    let item = tuple::item(vm, instance, i as usize);
    Ok(vm.incref(item))
}

fn descr_set(vm: &mut Vm, _getter: Addr, _instance: Addr, value: Option<Addr>) -> PyResult<()> {
    Err(vm.attribute_error_text(match value {
        None => "can't delete attribute",
        Some(_) => "can't set attribute",
    }))
}

fn repr(vm: &mut Vm, getter: Addr) -> PyResult<Own> {
    let i = vm.word(getter, INDEX) as i64;
    let mut text = Text::new();
    text.push_str(&format!("{}({i}, ", vm.type_data(vm.type_of(getter)).name));
    let doc = vm.field(getter, DOC).some().unwrap_or(NONE);
    text::push_repr(vm, &mut text, doc)?;
    text.push_str(")");
    text.finish(vm)
}

fn reduce(vm: &mut Vm, getter: Addr, _args: Args) -> PyResult<Own> {
    let i = vm.word(getter, INDEX) as i64;
    let doc = vm.incref(vm.field(getter, DOC).some().unwrap_or(NONE));
    let i = int::new(vm, i);
    let arguments = tuple::pair(vm, i, doc);
    let class = vm.incref(types::TUPLEGETTER);
    Ok(tuple::pair(vm, class, arguments))
}
