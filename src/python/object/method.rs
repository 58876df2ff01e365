//! `method`: a function bound to an instance. CPython: `PyMethodObject`, Objects/classobject.c.

use super::{Member, MemberKind, Method, TypeSpec, alloc, flags, str, types};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::slots::{CompareOp, Slots};
use crate::python::vm::{Args, PyResult, Vm};

/// `im_func`
pub const FUNC: u64 = 16;
/// `im_self`
pub const SELF: u64 = 24;
/// `im_weakreflist`
pub const WEAKREFLIST: u64 = 32;

/// `function` bound to `instance`, with new references to both.
pub fn new(vm: &mut Vm, function: Addr, instance: Addr) -> PyResult<Own> {
    let method = alloc::alloc_kept(vm, types::METHOD, |lists| &mut lists.method)?;
    let function = vm.incref(function);
    let instance = vm.incref(instance);
    vm.init_field(method.addr(), FUNC, function);
    vm.init_field(method.addr(), SELF, instance);
    gc::track(vm, method.addr());
    Ok(method)
}

fn dealloc(vm: &mut Vm, method: Addr) {
    gc::untrack(vm, method);
    super::weakref::clear_refs(vm, method);
    for field in [FUNC, SELF] {
        let word = vm.word(method, field);
        vm.decref_word(word);
    }
    alloc::free_kept(vm, method, |lists| &mut lists.method);
}

fn traverse(vm: &Vm, method: Addr, visit: &mut dyn FnMut(Addr)) {
    visit(vm.field(method, FUNC));
    visit(vm.field(method, SELF));
}

fn call(vm: &mut Vm, method: Addr, args: Args) -> PyResult<Own> {
    let (function, instance) = (vm.field(method, FUNC), vm.field(method, SELF));
    // The caller has the method, which has both.
    vm.call_with_self(function, instance, args)
}

fn getattro(vm: &mut Vm, method: Addr, name: Addr) -> PyResult<Own> {
    let ty = vm.type_of(method);
    if let Some(descriptor) = vm.type_lookup(ty, name) {
        return match vm.slots(descriptor).descr_get {
            Some(get) => get(vm, descriptor, Some(method), Some(ty)),
            None => Ok(vm.incref(descriptor)),
        };
    }
    let function = vm.field(method, FUNC);
    vm.get_attr(function, name)
}

fn repr(vm: &mut Vm, method: Addr) -> PyResult<Own> {
    let (function, instance) = (vm.field(method, FUNC), vm.field(method, SELF));
    let mut name = "?".to_owned();
    for wanted in [vm.names.__qualname__, vm.names.__name__] {
        if let Some(found) = vm.get_attr_opt(function, wanted)? {
            let is_text = vm.has_flag(found.addr(), flags::UNICODE_SUBCLASS);
            if is_text {
                name = str::to_rust(vm, found.addr());
            }
            vm.decref(found);
            if is_text {
                break;
            }
        }
    }
    let instance = vm.repr_text(instance)?;
    Ok(str::new(
        vm,
        &format!("<bound method {name} of {instance}>"),
    ))
}

fn compare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    let both = vm.type_of(left) == types::METHOD && vm.type_of(right) == types::METHOD;
    if !both || !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(vm.not_implemented());
    }
    let (f, g) = (vm.field(left, FUNC), vm.field(right, FUNC));
    let equal = vm.equal(f, g)? && vm.field(left, SELF) == vm.field(right, SELF);
    Ok(vm.bool(equal == (op == CompareOp::Eq)))
}

fn hash(vm: &mut Vm, method: Addr) -> PyResult<i64> {
    let instance = (vm.field(method, SELF).0 as i64).rotate_right(4);
    let function = vm.field(method, FUNC);
    let hash = instance ^ vm.hash(function)?;
    Ok(if hash == -1 { -2 } else { hash })
}

fn descr_get(vm: &mut Vm, method: Addr, _: Option<Addr>, _: Option<Addr>) -> PyResult<Own> {
    Ok(vm.incref(method))
}

fn construct(vm: &mut Vm, _class: Addr, args: Args) -> PyResult<Own> {
    if args.keyword_count() > 0 {
        return Err(vm.type_error("method() takes no keyword arguments"));
    }
    if args.len() != 2 {
        let count = args.len();
        return Err(vm.type_error(format!("method expected 2 arguments, got {count}")));
    }
    let (function, instance) = (args.get(vm, 0), args.get(vm, 1));
    if !vm.is_callable(function) {
        return Err(vm.type_error("first argument must be callable"));
    }
    if instance == super::NONE {
        return Err(vm.type_error("instance must not be None"));
    }
    new(vm, function, instance)
}

fn reduce(vm: &mut Vm, method: Addr, _: Args) -> PyResult<Own> {
    let (function, instance) = (vm.field(method, FUNC), vm.field(method, SELF));
    let name = vm.get_attr(function, vm.names.__name__)?;
    let made = super::reduce::by_attribute(vm, instance, name.addr());
    vm.decref(name);
    made
}

fn fill(slots: &mut Slots) {
    slots.dealloc = Some(dealloc);
    slots.traverse = Some(traverse);
    slots.call = Some(call);
    slots.getattro = Some(getattro);
    slots.repr = Some(repr);
    slots.richcompare = Some(compare);
    slots.hash = Some(hash);
    slots.descr_get = Some(descr_get);
    slots.new = Some(construct);
}

/// The type `method`.
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 48,
    flags: flags::HAVE_GC | flags::HAVE_VECTORCALL,
    weaklistoffset: WEAKREFLIST as u32,
    slots: fill,
    methods: &[Method::new("__reduce__", "()", reduce)],
    members: &[
        Member {
            name: "__func__",
            kind: MemberKind::ObjectOrNone,
            offset: FUNC as u32,
            writable: false,
        },
        Member {
            name: "__self__",
            kind: MemberKind::ObjectOrNone,
            offset: SELF as u32,
            writable: false,
        },
    ],
    ..TypeSpec::new(types::METHOD, "method")
};
