//! `functools.partial`. CPython: `partialobject`.

use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::module::_thread;
use crate::python::object::{
    GetSet, Member, MemberKind, Method, NONE, Slots, TypeSpec, alloc, class_getitem, dict, flags,
    iterator, method, object, str,
    text::{self, Text},
    tuple, types, weakref,
};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `fn`.
const FUNCTION: u64 = 16;
/// Offset of `args`, a tuple.
const ARGS: u64 = 24;
/// Offset of `kw`, a dict.
const KEYWORDS: u64 = 32;
/// Offset of `dict`.
const DICT: u64 = 40;
/// Offset of `weakreflist`.
const WEAKREFS: u64 = 48;

const FIELDS: &[u64] = &[FUNCTION, ARGS, KEYWORDS, DICT];

/// `functools.partial`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 64,
    dictoffset: DICT as u32,
    weaklistoffset: WEAKREFS as u32,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(dealloc);
        slots.traverse =
            Some(|vm, partial, visit| iterator::visit_fields(vm, partial, FIELDS, visit));
        slots.clear = Some(|vm, partial| iterator::clear_fields(vm, partial, FIELDS));
        slots.call = Some(call);
        slots.repr = Some(repr);
        slots.new = Some(new_slot);
        slots.descr_get = Some(descr_get);
    },
    methods: &[
        Method::new("__reduce__", "()", reduce),
        Method::new("__setstate__", "(object, /)", setstate),
        Method::class("__class_getitem__", "(object, /)", class_getitem::call),
    ],
    members: &[
        member("func", FUNCTION),
        member("args", ARGS),
        member("keywords", KEYWORDS),
    ],
    getset: &[GetSet::write(
        "__dict__",
        object::get_dict,
        |vm, partial, _, value| object::set_dict(vm, partial, value),
    )],
    doc: Some(
        "Create a new function with partial application of the given arguments and keywords.",
    ),
    ..TypeSpec::new(types::PARTIAL, "functools.partial")
};

/// What 3.13 says of a partial that is looked up through an instance.
const FUTURE: &str = "functools.partial will be a method descriptor in future Python versions; wrap it in staticmethod() \
                      if you want to preserve the old behavior";

/// `partial.__get__`: from 3.14 on a partial is a method.
fn descr_get(
    vm: &mut Vm,
    partial: Addr,
    instance: Option<Addr>,
    _class: Option<Addr>,
) -> PyResult<Own> {
    let Some(instance) = instance.filter(|instance| *instance != NONE) else {
        return Ok(vm.incref(partial));
    };
    if vm.profile.partials_are_methods {
        return method::new(vm, partial, instance);
    }
    vm.warn(types::FUTURE_WARNING, FUTURE)?;
    Ok(vm.incref(partial))
}

const fn member(name: &'static str, offset: u64) -> Member {
    Member {
        name,
        kind: MemberKind::ObjectOrNone,
        offset: offset as u32,
        writable: false,
    }
}

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let Some(function) = args.opt(vm, 0) else {
        return Err(vm.type_error("type 'partial' takes at least one argument"));
    };
    // A partial of a partial without attributes is flattened.
    let inner = vm.type_check(function, types::PARTIAL) && vm.field(function, DICT).is_null();
    let (function, mut bound, keywords) = if inner {
        let (bound, keywords) = (vm.field(function, ARGS), vm.field(function, KEYWORDS));
        (
            vm.field(function, FUNCTION),
            tuple::items(vm, bound),
            Some(keywords),
        )
    } else {
        (function, Vec::new(), None)
    };
    if !vm.is_callable(function) {
        return Err(vm.type_error("the first argument must be callable"));
    }
    let partial = alloc::alloc(vm, class, 0)?;
    gc::track(vm, partial.addr());
    let function = vm.incref(function);
    vm.init_field(partial.addr(), FUNCTION, function);
    bound.extend(args.skip(1).to_vec(vm));
    let bound = tuple::new(vm, &bound);
    vm.init_field(partial.addr(), ARGS, bound);
    let keywords = match keywords {
        Some(keywords) if dict::len(vm, keywords) > 0 => dict::copy(vm, keywords)?,
        _ => dict::new(vm),
    };
    for (name, value) in args.keywords(vm) {
        dict::set(vm, keywords.addr(), name, value)?;
    }
    vm.init_field(partial.addr(), KEYWORDS, keywords);
    Ok(partial)
}

fn dealloc(vm: &mut Vm, partial: Addr) {
    gc::untrack(vm, partial);
    if vm.word(partial, WEAKREFS) != 0 {
        weakref::clear_refs(vm, partial);
    }
    iterator::dealloc_fields(vm, partial, FIELDS);
}

fn call(vm: &mut Vm, partial: Addr, args: Args) -> PyResult<Own> {
    _thread::redirect::partial_call(vm, partial)?;
    let [function, bound, keywords] = [FUNCTION, ARGS, KEYWORDS].map(|at| vm.field(partial, at));
    let mut positional = tuple::items(vm, bound);
    positional.extend(args.to_vec(vm));
    if dict::len(vm, keywords) == 0 {
        let given: Vec<Addr> = args.keywords(vm).iter().map(|pair| pair.1).collect();
        return vm.call_keywords(function, &positional, args.names(), &given);
    }
    // A tuple and no more is that tuple: `PySequence_Concat`.
    let positional = match args.len() {
        0 => vm.incref(bound),
        _ => tuple::new(vm, &positional),
    };
    let keywords = dict::copy(vm, keywords)?;
    for (name, value) in args.keywords(vm) {
        dict::set(vm, keywords.addr(), name, value)?;
    }
    let result = vm.call_tuple_dict(function, positional.addr(), keywords.addr())?;
    vm.decref(positional);
    vm.decref(keywords);
    Ok(result)
}

/// `functools.partial`, or the module and qualified name of a subclass.
fn shown_name(vm: &mut Vm, partial: Addr) -> PyResult<String> {
    let class = vm.type_of(partial);
    if class == types::PARTIAL {
        return Ok("functools.partial".to_string());
    }
    let mut parts = Vec::new();
    for name in [vm.names.__module__, vm.names.__qualname__] {
        let part = vm.get_attr(class, name)?;
        parts.push(str::text_of(vm, part.addr())?);
        vm.decref(part);
    }
    Ok(parts.join("."))
}

fn repr(vm: &mut Vm, partial: Addr) -> PyResult<Own> {
    if !vm.repr_enter(partial) {
        return Ok(str::new(vm, "..."));
    }
    let result = repr_parts(vm, partial);
    vm.repr_leave(partial);
    result
}

fn repr_parts(vm: &mut Vm, partial: Addr) -> PyResult<Own> {
    let mut text = Text::new();
    text.push_str(&shown_name(vm, partial)?);
    text.push_str("(");
    let [function, bound, keywords] = [FUNCTION, ARGS, KEYWORDS].map(|at| vm.field(partial, at));
    text::push_repr(vm, &mut text, function)?;
    for item in tuple::items(vm, bound) {
        text.push_str(", ");
        text::push_repr(vm, &mut text, item)?;
    }
    // Showing a key may change what is bound.
    let mut position = 0;
    while let Some((_, name, value)) = dict::next_entry(vm, keywords, &mut position) {
        let (name, value) = (vm.incref(name), vm.incref(value));
        let shown = str::text_of(vm, name.addr())?;
        text.push_str(&format!(", {shown}="));
        text::push_repr(vm, &mut text, value.addr())?;
        vm.decref(name);
        vm.decref(value);
    }
    text.push_str(")");
    text.finish(vm)
}

fn reduce(vm: &mut Vm, partial: Addr, _args: Args) -> PyResult<Own> {
    let [function, bound, keywords, attributes] = [FUNCTION, ARGS, KEYWORDS, DICT]
        .map(|offset| vm.field(partial, offset).some().unwrap_or(NONE));
    let arguments = tuple::new(vm, &[function]);
    let state = tuple::new(vm, &[function, bound, keywords, attributes]);
    let class = vm.incref(vm.type_of(partial));
    Ok(tuple::from_owned(vm, vec![class, arguments, state]))
}

fn setstate(vm: &mut Vm, partial: Addr, args: Args) -> PyResult<Own> {
    let state = args.get(vm, 0);
    let invalid = "invalid partial state";
    if !tuple::check(vm, state) || tuple::len(vm, state) != 4 {
        return Err(vm.type_error(invalid));
    }
    let [function, bound, keywords, attributes] = [0, 1, 2, 3].map(|i| tuple::item(vm, state, i));
    let fits = vm.is_callable(function)
        && tuple::check(vm, bound)
        && (keywords == NONE || vm.has_flag(keywords, flags::DICT_SUBCLASS));
    if !fits {
        return Err(vm.type_error(invalid));
    }
    let bound = if vm.type_of(bound) == types::TUPLE {
        vm.incref(bound)
    } else {
        tuple::from_iterable(vm, bound)?
    };
    let keywords = if keywords == NONE {
        dict::new(vm)
    } else if vm.type_of(keywords) == types::DICT {
        vm.incref(keywords)
    } else {
        dict::copy(vm, keywords)?
    };
    let attributes = (attributes != NONE).then(|| vm.incref(attributes));
    let function = vm.incref(function);
    vm.set_field(partial, FUNCTION, Some(function));
    vm.set_field(partial, ARGS, Some(bound));
    vm.set_field(partial, KEYWORDS, Some(keywords));
    vm.set_field(partial, DICT, attributes);
    Ok(vm.none())
}
