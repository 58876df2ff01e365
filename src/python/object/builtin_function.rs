//! `builtin_function_or_method`: a native function, bound to an instance, a class or a module.
//! CPython: `PyCFunctionObject`, Objects/methodobject.c.

use super::{GetSet, Method, MethodKind, TypeSpec, alloc, flags, str, types};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::slots::{CompareOp, Slots};
use crate::python::vm::{Args, PyResult, Vm};

/// The index of the row in `vm.natives`, in the word of `m_ml`.
pub const ROW: u64 = 16;
/// Bytes that one takes, with the collector's header.
pub const BLOCK_SIZE: usize = 72;
/// `m_self`
pub const SELF: u64 = 24;
/// `m_module`
pub const MODULE: u64 = 32;
/// `m_weakreflist`
pub const WEAKREFLIST: u64 = 40;

/// Native function number `row` bound to `instance` (or `NULL`), with the name of its module (or `NULL`).
pub fn new(vm: &mut Vm, row: usize, instance: Addr, module: Addr) -> PyResult<Own> {
    let function = alloc::alloc_kept(vm, types::BUILTIN_FUNCTION_OR_METHOD, |lists| {
        &mut lists.builtin_method
    })?;
    let at = function.addr();
    vm.set_word(at, ROW, row as u64);
    for (offset, value) in [(SELF, instance), (MODULE, module)] {
        if let Some(value) = value.some() {
            let value = vm.incref(value);
            vm.init_field(at, offset, value);
        }
    }
    gc::track(vm, at);
    Ok(function)
}

fn dealloc(vm: &mut Vm, function: Addr) {
    gc::untrack(vm, function);
    super::weakref::clear_refs(vm, function);
    for field in [SELF, MODULE] {
        let word = vm.word(function, field);
        vm.decref_word(word);
    }
    alloc::free_kept(vm, function, |lists| &mut lists.builtin_method);
}

fn traverse(vm: &Vm, function: Addr, visit: &mut dyn FnMut(Addr)) {
    for field in [SELF, MODULE] {
        if let Some(value) = vm.field(function, field).some() {
            visit(value);
        }
    }
}

fn row(vm: &Vm, function: Addr) -> &'static Method {
    vm.natives[vm.word(function, ROW) as usize]
}

fn call(vm: &mut Vm, function: Addr, args: Args) -> PyResult<Own> {
    let (row, instance) = (vm.word(function, ROW), vm.field(function, SELF));
    vm.call_native(row as usize, instance, args)
}

fn repr(vm: &mut Vm, function: Addr) -> PyResult<Own> {
    let name = row(vm, function).name;
    let text = match vm.field(function, SELF).some() {
        Some(instance) if vm.type_of(instance) != types::MODULE => {
            let ty = vm.type_name(instance);
            format!(
                "<built-in method {name} of {ty} object at {:#x}>",
                instance.0
            )
        }
        _ => format!("<built-in function {name}>"),
    };
    Ok(str::new(vm, &text))
}

fn compare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    let ty = types::BUILTIN_FUNCTION_OR_METHOD;
    let both = vm.type_of(left) == ty && vm.type_of(right) == ty;
    if !both || !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(vm.not_implemented());
    }
    let equal =
        vm.word(left, ROW) == vm.word(right, ROW) && vm.field(left, SELF) == vm.field(right, SELF);
    Ok(vm.bool(equal == (op == CompareOp::Eq)))
}

fn hash(vm: &mut Vm, function: Addr) -> PyResult<i64> {
    let instance = (vm.field(function, SELF).0 as i64).rotate_right(4);
    let hash = instance ^ (vm.word(function, ROW) as i64).wrapping_mul(1_000_003);
    Ok(if hash == -1 { -2 } else { hash })
}

fn get_name(vm: &mut Vm, function: Addr) -> PyResult<Own> {
    let name = row(vm, function).name;
    Ok(str::intern(vm, name))
}

fn get_qualname(vm: &mut Vm, function: Addr) -> PyResult<Own> {
    let name = row(vm, function).name;
    let owner = vm.field(function, SELF);
    if owner.is_null() || vm.type_of(owner) == types::MODULE {
        return Ok(str::intern(vm, name));
    }
    let ty = if vm.has_flag(owner, flags::TYPE_SUBCLASS) {
        owner
    } else {
        vm.type_of(owner)
    };
    let qualname = vm.get_attr(ty, vm.names.__qualname__)?;
    let text = format!("{}.{name}", str::to_rust(vm, qualname.addr()));
    vm.decref(qualname);
    Ok(str::new(vm, &text))
}

fn get_self(vm: &mut Vm, function: Addr) -> PyResult<Own> {
    let instance = vm.field(function, SELF).some().unwrap_or(super::NONE);
    Ok(vm.incref(instance))
}

fn get_module(vm: &mut Vm, function: Addr) -> PyResult<Own> {
    let module = vm.field(function, MODULE).some().unwrap_or(super::NONE);
    Ok(vm.incref(module))
}

fn get_doc(vm: &mut Vm, _function: Addr) -> PyResult<Own> {
    Ok(vm.none())
}

fn get_text_signature(vm: &mut Vm, function: Addr) -> PyResult<Own> {
    let signature = row(vm, function).signature;
    let instance = vm.field(function, SELF);
    let is_module = !instance.is_null() && vm.type_of(instance) == types::MODULE;
    let inner = signature.trim_start_matches('(');
    let first = match row(vm, function).kind {
        MethodKind::Class => "$type",
        _ if is_module => "$module",
        _ => "$self",
    };
    let text = match (instance.is_null(), inner) {
        (true, _) => signature.to_owned(),
        (false, ")") => format!("({first}, /)"),
        (false, inner) if inner.contains('/') => format!("({first}, {inner}"),
        (false, inner) => format!("({first}, /, {inner}"),
    };
    Ok(str::new(vm, &text))
}

fn reduce(vm: &mut Vm, function: Addr, _: Args) -> PyResult<Own> {
    let instance = vm.field(function, SELF);
    let name = get_name(vm, function)?;
    if instance.is_null() || vm.type_of(instance) == types::MODULE {
        return Ok(name);
    }
    let made = super::reduce::by_attribute(vm, instance, name.addr());
    vm.decref(name);
    made
}

fn fill(slots: &mut Slots) {
    slots.dealloc = Some(dealloc);
    slots.traverse = Some(traverse);
    slots.call = Some(call);
    slots.repr = Some(repr);
    slots.richcompare = Some(compare);
    slots.hash = Some(hash);
}

/// The type `builtin_function_or_method`.
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 56,
    flags: flags::HAVE_GC | flags::HAVE_VECTORCALL,
    weaklistoffset: WEAKREFLIST as u32,
    slots: fill,
    methods: &[Method::new("__reduce__", "()", reduce)],
    getset: &[
        GetSet::read("__doc__", get_doc),
        GetSet::read("__name__", get_name),
        GetSet::read("__qualname__", get_qualname),
        GetSet::read("__self__", get_self),
        GetSet::read("__text_signature__", get_text_signature),
        GetSet::read("__module__", get_module),
    ],
    ..TypeSpec::new(
        types::BUILTIN_FUNCTION_OR_METHOD,
        "builtin_function_or_method",
    )
};
