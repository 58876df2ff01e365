//! `function`: code with its globals, defaults and closure. CPython: `PyFunctionObject`, Objects/funcobject.c.

use super::{
    GetSet, Member, MemberKind, TypeSpec, alloc, annotations, code, dict, flags, str, tuple, types,
};
use crate::python::code::flags::HAS_DOCSTRING;
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::slots::{SetFn, Slots};
use crate::python::version::Constants;
use crate::python::version::Version;
use crate::python::vm::{Args, PyResult, Vm};

#[allow(missing_docs)] // CPython's names, without `func_`
mod offsets {
    pub const GLOBALS: u64 = 16;
    pub const BUILTINS: u64 = 24;
    pub const NAME: u64 = 32;
    pub const QUALNAME: u64 = 40;
    pub const CODE: u64 = 48;
    pub const DEFAULTS: u64 = 56;
    pub const KWDEFAULTS: u64 = 64;
    pub const CLOSURE: u64 = 72;
    pub const DOC: u64 = 80;
    pub const DICT: u64 = 88;
    pub const WEAKREFLIST: u64 = 96;
    pub const MODULE: u64 = 104;
    pub const ANNOTATIONS: u64 = 112;
    pub const TYPEPARAMS: u64 = 120;
    /// What gives the annotations when somebody asks, from 3.14 on; behind the structure of 3.13.
    pub const ANNOTATE: u64 = 144;
}
pub use offsets::*;

/// A new function: `PyFunction_New`. Everything is borrowed.
pub fn new(vm: &mut Vm, code: Addr, globals: Addr) -> PyResult<Own> {
    let qualname = vm.field(code, code::QUALNAME);
    new_with_qualname(vm, code, globals, qualname)
}

/// A new function with a name of its own.
pub fn new_with_qualname(vm: &mut Vm, code: Addr, globals: Addr, qualname: Addr) -> PyResult<Own> {
    let builtins = vm.builtins_of(globals)?;
    let module = dict::get_str(vm, globals, vm.names.__name__);
    let consts = vm.field(code, code::CONSTS);
    let mut doc = super::NONE;
    if tuple::len(vm, consts) > 0 {
        let first = tuple::item(vm, consts, 0);
        let marked = vm.profile.constants == Constants::InTree
            || vm.program_ref(code).flags & HAS_DOCSTRING != 0;
        if marked && vm.has_flag(first, flags::UNICODE_SUBCLASS) {
            doc = first;
        }
    }
    let function = alloc::alloc(vm, types::FUNCTION, 0)?;
    let at = function.addr();
    let name = vm.field(code, code::NAME);
    for (offset, value) in [
        (GLOBALS, globals),
        (BUILTINS, builtins),
        (NAME, name),
        (QUALNAME, qualname),
        (CODE, code),
        (DOC, doc),
    ] {
        let value = vm.incref(value);
        vm.init_field(at, offset, value);
    }
    if let Some(module) = module {
        let module = vm.incref(module);
        vm.init_field(at, MODULE, module);
    }
    gc::track(vm, at);
    Ok(function)
}

/// The references in the order in which the collector visits them.
const OWNED: [u64; 14] = [
    CODE,
    GLOBALS,
    BUILTINS,
    MODULE,
    DEFAULTS,
    KWDEFAULTS,
    DOC,
    NAME,
    DICT,
    CLOSURE,
    ANNOTATIONS,
    ANNOTATE,
    TYPEPARAMS,
    QUALNAME,
];

/// What is let go when a function dies or is cleared.
const CLEARED: [u64; 11] = [
    GLOBALS,
    BUILTINS,
    MODULE,
    DEFAULTS,
    KWDEFAULTS,
    DOC,
    DICT,
    CLOSURE,
    ANNOTATIONS,
    ANNOTATE,
    TYPEPARAMS,
];

/// Whether the version's structure has the field.
fn has(vm: &Vm, field: u64) -> bool {
    match field {
        ANNOTATE => vm.profile.annotations_are_deferred,
        // The library is of later versions, and may have some in 3.10 and 3.11.
        TYPEPARAMS => vm.profile.version >= Version::V3_10,
        _ => true,
    }
}

fn dealloc(vm: &mut Vm, function: Addr) {
    gc::untrack(vm, function);
    super::weakref::clear_refs(vm, function);
    for field in CLEARED {
        if !has(vm, field) {
            continue;
        }
        let word = vm.word(function, field);
        vm.set_word(function, field, 0);
        vm.decref_word(word);
    }
    for field in [CODE, NAME, QUALNAME] {
        let word = vm.word(function, field);
        vm.decref_word(word);
    }
    alloc::free(vm, function);
}

fn traverse(vm: &Vm, function: Addr, visit: &mut dyn FnMut(Addr)) {
    let is_told = |field: &u64| vm.profile.functions_hold_builtins || *field != BUILTINS;
    for field in OWNED.iter().filter(|field| is_told(field)) {
        visit_field(vm, function, *field, visit);
    }
}

/// All that a function holds here, its builtins too.
fn references(vm: &Vm, function: Addr, visit: &mut dyn FnMut(Addr)) {
    for field in OWNED {
        visit_field(vm, function, field, visit);
    }
}

fn visit_field(vm: &Vm, function: Addr, field: u64, visit: &mut dyn FnMut(Addr)) {
    if has(vm, field)
        && let Some(value) = vm.field(function, field).some()
    {
        visit(value);
    }
}

fn clear(vm: &mut Vm, function: Addr) {
    for field in CLEARED {
        if !has(vm, field) {
            continue;
        }
        vm.set_field(function, field, None);
    }
    let empty = vm.names.__name__;
    for field in [NAME, QUALNAME] {
        let keep = vm.incref(empty);
        vm.set_field(function, field, Some(keep));
    }
}

fn repr(vm: &mut Vm, function: Addr) -> PyResult<Own> {
    let qualname = str::to_rust(vm, vm.field(function, QUALNAME));
    Ok(str::new(
        vm,
        &format!("<function {qualname} at {:#x}>", function.0),
    ))
}

fn call(vm: &mut Vm, function: Addr, args: Args) -> PyResult<Own> {
    vm.call_function(function, args)
}

fn descr_get(
    vm: &mut Vm,
    function: Addr,
    instance: Option<Addr>,
    _: Option<Addr>,
) -> PyResult<Own> {
    match instance {
        None | Some(super::NONE) => Ok(vm.incref(function)),
        Some(instance) => super::method::new(vm, function, instance),
    }
}

fn construct(vm: &mut Vm, _class: Addr, args: Args) -> PyResult<Own> {
    let [code, globals, name, defaults, closure, kwdefaults] = args.bind(
        vm,
        "function",
        "(code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)",
    )?;
    if vm.type_of(code) != types::CODE {
        let name = vm.type_name(code);
        return Err(vm.type_error(format!(
            "function() argument 'code' must be code, not {name}"
        )));
    }
    if !vm.has_flag(globals, flags::DICT_SUBCLASS) {
        let name = vm.type_name(globals);
        return Err(vm.type_error(format!(
            "function() argument 'globals' must be dict, not {name}"
        )));
    }
    let given = |value: Addr| value.some().filter(|value| *value != super::NONE);
    let free = vm
        .program(code)
        .code
        .localsplus
        .iter()
        .filter(|(_, kind)| kind.free)
        .count();
    let closed = given(closure).map_or(0, |closure| tuple::len(vm, closure));
    if given(closure).is_some_and(|closure| !vm.has_flag(closure, flags::TUPLE_SUBCLASS)) {
        return Err(vm.type_error("arg 5 (closure) must be None or tuple"));
    }
    if free != closed {
        let name = vm.program(code).code.name.clone();
        return Err(vm.value_error(format!(
            "{name} requires closure of length {free}, not {closed}"
        )));
    }
    let function = new(vm, code, globals)?;
    for (offset, value) in [
        (NAME, given(name)),
        (DEFAULTS, given(defaults)),
        (CLOSURE, given(closure)),
        (KWDEFAULTS, given(kwdefaults)),
    ] {
        if let Some(value) = value {
            let value = vm.incref(value);
            vm.set_field(function.addr(), offset, Some(value));
        }
    }
    Ok(function)
}

fn get_or_none(vm: &mut Vm, function: Addr, offset: u64) -> PyResult<Own> {
    let value = vm.field(function, offset).some().unwrap_or(super::NONE);
    Ok(vm.incref(value))
}

fn get_code(vm: &mut Vm, function: Addr) -> PyResult<Own> {
    Ok(vm.incref(vm.field(function, CODE)))
}

fn set_code(vm: &mut Vm, function: Addr, _: Addr, value: Option<Addr>) -> PyResult<()> {
    let Some(code) = value.filter(|value| vm.type_of(*value) == types::CODE) else {
        return Err(vm.type_error("__code__ must be set to a code object"));
    };
    let free = |vm: &Vm, code: Addr| {
        vm.program(code)
            .code
            .localsplus
            .iter()
            .filter(|(_, kind)| kind.free)
            .count()
    };
    let wanted = free(vm, code);
    let closure = vm
        .field(function, CLOSURE)
        .some()
        .map_or(0, |closure| tuple::len(vm, closure));
    if wanted != closure {
        let name = str::to_rust(vm, vm.field(function, NAME));
        return Err(vm.value_error(format!(
            "{name}() requires a code object with {closure} free vars, not {wanted}"
        )));
    }
    let code = vm.incref(code);
    vm.set_field(function, CODE, Some(code));
    Ok(())
}

fn get_defaults(vm: &mut Vm, function: Addr) -> PyResult<Own> {
    get_or_none(vm, function, DEFAULTS)
}

fn set_defaults(vm: &mut Vm, function: Addr, _: Addr, value: Option<Addr>) -> PyResult<()> {
    set_optional(
        vm,
        function,
        DEFAULTS,
        value,
        flags::TUPLE_SUBCLASS,
        "__defaults__ must be set to a tuple object",
    )
}

fn get_kwdefaults(vm: &mut Vm, function: Addr) -> PyResult<Own> {
    get_or_none(vm, function, KWDEFAULTS)
}

fn set_kwdefaults(vm: &mut Vm, function: Addr, _: Addr, value: Option<Addr>) -> PyResult<()> {
    set_optional(
        vm,
        function,
        KWDEFAULTS,
        value,
        flags::DICT_SUBCLASS,
        "__kwdefaults__ must be set to a dict object",
    )
}

fn set_optional(
    vm: &mut Vm,
    function: Addr,
    offset: u64,
    value: Option<Addr>,
    flag: u64,
    message: &str,
) -> PyResult<()> {
    let value = value.filter(|value| *value != super::NONE);
    if value.is_some_and(|value| !vm.has_flag(value, flag)) {
        return Err(vm.type_error(message));
    }
    let value = value.map(|value| vm.incref(value));
    vm.set_field(function, offset, value);
    Ok(())
}

/// `__annotations__`: made from the tuple of names and values that the compiler leaves, when asked for.
fn get_annotations(vm: &mut Vm, function: Addr) -> PyResult<Own> {
    let current = vm.field(function, ANNOTATIONS);
    if current.is_null() {
        let made = match callable_annotate(vm, function) {
            Some(annotate) => annotations::ask(vm, annotate)?,
            None => dict::new(vm),
        };
        let kept = vm.incref(made.addr());
        vm.set_field(function, ANNOTATIONS, Some(kept));
        return Ok(made);
    }
    if !vm.has_flag(current, flags::TUPLE_SUBCLASS) {
        return Ok(vm.incref(current));
    }
    let made = dict::new(vm);
    let items = tuple::items(vm, current);
    for pair in items.chunks_exact(2) {
        dict::set(vm, made.addr(), pair[0], pair[1])?;
    }
    let kept = vm.incref(made.addr());
    vm.set_field(function, ANNOTATIONS, Some(kept));
    Ok(made)
}

/// `__annotate__`, in the versions whose functions have it.
fn annotate(vm: &Vm, function: Addr) -> Option<Addr> {
    has(vm, ANNOTATE).then(|| vm.field(function, ANNOTATE).some())?
}

/// `__annotate__`, if it can be called.
fn callable_annotate(vm: &Vm, function: Addr) -> Option<Addr> {
    annotate(vm, function).filter(|annotate| vm.is_callable(*annotate))
}

fn get_annotate(vm: &mut Vm, function: Addr) -> PyResult<Own> {
    let annotate = annotate(vm, function);
    Ok(vm.incref(annotate.unwrap_or(super::NONE)))
}

fn set_annotate(vm: &mut Vm, function: Addr, _: Addr, value: Option<Addr>) -> PyResult<()> {
    let value = annotations::checked(vm, value)?;
    let kept = vm.incref(value);
    vm.set_field(function, ANNOTATE, Some(kept));
    if value != super::NONE {
        vm.set_field(function, ANNOTATIONS, None);
    }
    Ok(())
}

fn set_annotations(vm: &mut Vm, function: Addr, _: Addr, value: Option<Addr>) -> PyResult<()> {
    if has(vm, ANNOTATE) {
        vm.set_field(function, ANNOTATE, None);
    }
    set_optional(
        vm,
        function,
        ANNOTATIONS,
        value,
        flags::DICT_SUBCLASS,
        "__annotations__ must be set to a dict object",
    )
}

fn get_dict(vm: &mut Vm, function: Addr) -> PyResult<Own> {
    if vm.field(function, DICT).is_null() {
        let made = dict::new(vm);
        vm.set_field(function, DICT, Some(made));
    }
    Ok(vm.incref(vm.field(function, DICT)))
}

fn set_dict(vm: &mut Vm, function: Addr, _: Addr, value: Option<Addr>) -> PyResult<()> {
    let Some(value) = value else {
        return Err(vm.type_error("cannot delete __dict__"));
    };
    if !vm.has_flag(value, flags::DICT_SUBCLASS) {
        let name = vm.type_name(value);
        return Err(vm.type_error(format!(
            "__dict__ must be set to a dictionary, not a '{name}'"
        )));
    }
    let value = vm.incref(value);
    vm.set_field(function, DICT, Some(value));
    Ok(())
}

fn get_name(vm: &mut Vm, function: Addr) -> PyResult<Own> {
    Ok(vm.incref(vm.field(function, NAME)))
}

fn set_name(vm: &mut Vm, function: Addr, _: Addr, value: Option<Addr>) -> PyResult<()> {
    set_text(
        vm,
        function,
        NAME,
        value,
        "__name__ must be set to a string object",
    )
}

fn get_qualname(vm: &mut Vm, function: Addr) -> PyResult<Own> {
    Ok(vm.incref(vm.field(function, QUALNAME)))
}

fn set_qualname(vm: &mut Vm, function: Addr, _: Addr, value: Option<Addr>) -> PyResult<()> {
    set_text(
        vm,
        function,
        QUALNAME,
        value,
        "__qualname__ must be set to a string object",
    )
}

fn set_text(
    vm: &mut Vm,
    function: Addr,
    offset: u64,
    value: Option<Addr>,
    message: &str,
) -> PyResult<()> {
    let Some(value) = value.filter(|value| vm.has_flag(*value, flags::UNICODE_SUBCLASS)) else {
        return Err(vm.type_error(message));
    };
    let value = vm.incref(value);
    vm.set_field(function, offset, Some(value));
    Ok(())
}

fn get_type_params(vm: &mut Vm, function: Addr) -> PyResult<Own> {
    let params = has(vm, TYPEPARAMS).then(|| vm.field(function, TYPEPARAMS).some());
    let value = params.flatten().unwrap_or(super::EMPTY_TUPLE);
    Ok(vm.incref(value))
}

fn set_type_params(vm: &mut Vm, function: Addr, _: Addr, value: Option<Addr>) -> PyResult<()> {
    let Some(value) = value.filter(|value| vm.has_flag(*value, flags::TUPLE_SUBCLASS)) else {
        return Err(vm.type_error("__type_params__ must be set to a tuple"));
    };
    let value = vm.incref(value);
    keep_type_params(vm, function, value);
    Ok(())
}

/// Gives a function its type parameters, where the version's structure has room for them.
pub fn keep_type_params(vm: &mut Vm, function: Addr, params: Own) {
    if has(vm, TYPEPARAMS) {
        vm.set_field(function, TYPEPARAMS, Some(params));
    } else {
        vm.decref(params);
    }
}

fn fill(slots: &mut Slots) {
    slots.dealloc = Some(dealloc);
    slots.traverse = Some(traverse);
    slots.references = Some(references);
    slots.clear = Some(clear);
    slots.repr = Some(repr);
    slots.call = Some(call);
    slots.descr_get = Some(descr_get);
    slots.new = Some(construct);
}

const fn object(name: &'static str, offset: u64, writable: bool, kind: MemberKind) -> Member {
    Member {
        name,
        kind,
        offset: offset as u32,
        writable,
    }
}

const DEFAULTS_SET: SetFn = set_defaults;

/// The type `function`.
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 144,
    flags: flags::HAVE_GC | flags::HAVE_VECTORCALL | flags::METHOD_DESCRIPTOR,
    dictoffset: DICT as u32,
    weaklistoffset: WEAKREFLIST as u32,
    slots: fill,
    getset: &[
        GetSet::write("__code__", get_code, set_code),
        GetSet::write("__defaults__", get_defaults, DEFAULTS_SET),
        GetSet::write("__kwdefaults__", get_kwdefaults, set_kwdefaults),
        GetSet::write("__annotations__", get_annotations, set_annotations),
        GetSet::write("__annotate__", get_annotate, set_annotate),
        GetSet::write("__dict__", get_dict, set_dict),
        GetSet::write("__name__", get_name, set_name),
        GetSet::write("__qualname__", get_qualname, set_qualname),
        GetSet::write("__type_params__", get_type_params, set_type_params),
    ],
    members: &[
        object("__closure__", CLOSURE, false, MemberKind::ObjectOrNone),
        object("__doc__", DOC, true, MemberKind::ObjectOrNone),
        object("__globals__", GLOBALS, false, MemberKind::ObjectOrNone),
        object("__module__", MODULE, true, MemberKind::ObjectOrNone),
        object("__builtins__", BUILTINS, false, MemberKind::ObjectOrNone),
    ],
    ..TypeSpec::new(types::FUNCTION, "function")
};
