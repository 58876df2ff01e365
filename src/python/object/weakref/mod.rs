//! `weakref.ref`: a reference that does not keep its object alive. CPython: `PyWeakReference`,
//! Objects/weakrefobject.c.
//!
//! An object's weak references form a doubly linked list that begins in the object (in its pre-header for
//! classes, at `tp_weaklistoffset` otherwise). The plain reference, without callback, comes first and is
//! shared; then the plain proxy; then the others, newest first.

pub mod proxy;

use super::{Member, MemberKind, Method, Slots, TypeSpec, alloc, flags, tuple, types};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{CompareOp, NONE};
use crate::python::vm::{Args, PyResult, Vm, typedata};

/// The object referred to, borrowed; `None` when it is gone.
pub const WR_OBJECT: u64 = 16;
/// The callback, or `NULL`.
pub const WR_CALLBACK: u64 = 24;
/// The hash of the object, -1 when nobody asked.
pub const HASH: u64 = 32;
/// Neighbours in the object's list.
pub const WR_PREV: u64 = 40;
/// The next one.
pub const WR_NEXT: u64 = 48;

/// Bytes before an object where the list of its weak references begins, if its class has a managed one.
const MANAGED_LIST: u64 = 32;

/// The type's description.
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 64,
    flags: flags::HAVE_GC | flags::BASETYPE | flags::IMMUTABLETYPE,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(dealloc);
        slots.traverse = Some(traverse);
        slots.clear = Some(detach);
        slots.repr = Some(repr);
        slots.hash = Some(hash);
        slots.call = Some(call);
        slots.richcompare = Some(richcompare);
        slots.init = Some(init);
        slots.new = Some(new_slot);
    },
    methods: &[Method::class(
        "__class_getitem__",
        "(object, /)",
        class_getitem,
    )],
    members: &[Member {
        name: "__callback__",
        kind: MemberKind::ObjectOrNone,
        offset: WR_CALLBACK as u32,
        writable: false,
    }],
    ..TypeSpec::new(types::WEAKREF, "weakref.ReferenceType")
};

/// The address of the word where the list of an object's weak references begins; `None` for types that do
/// not support them.
pub fn list_of(vm: &Vm, object: Addr) -> Option<Addr> {
    let ty = vm.type_of(object);
    if vm.type_flags(ty) & flags::MANAGED_WEAKREF != 0 {
        return Some(object.before(MANAGED_LIST));
    }
    match vm.word(ty, typedata::TP_WEAKLISTOFFSET) as i64 {
        0 => None,
        offset => Some(object.at(offset as u64)),
    }
}

/// Whether the type is one of the weak reference types or a subclass: `PyWeakref_Check`, for a type.
pub fn is_weakref_type(vm: &Vm, ty: Addr) -> bool {
    ty == types::WEAKREF || is_proxy_type(ty) || vm.type_data(ty).mro.contains(&types::WEAKREF)
}

fn is_proxy_type(ty: Addr) -> bool {
    ty == types::WEAKPROXY || ty == types::WEAKCALLABLEPROXY
}

/// The object behind a weak reference or proxy, borrowed; `NULL` when it is gone or about to be freed.
#[inline]
pub fn referent(vm: &Vm, reference: Addr) -> Addr {
    let object = vm.field(reference, WR_OBJECT);
    if object == NONE || vm.refcount(object) == 0 {
        return Addr::NULL;
    }
    object
}

/// The callback, borrowed, or `NULL`.
pub fn callback(vm: &Vm, reference: Addr) -> Addr {
    vm.field(reference, WR_CALLBACK)
}

/// A weak reference of type `ty` to `object`; an existing one is shared when there is no callback
/// (`NULL`). CPython: `get_or_create_weakref`.
pub fn new(vm: &mut Vm, ty: Addr, object: Addr, callback: Addr) -> PyResult<Own> {
    let Some(head) = list_of(vm, object) else {
        let name = vm.type_data(vm.type_of(object)).full_name.clone();
        return Err(vm.type_error(format!("cannot create weak reference to '{name}' object")));
    };
    let callback = if callback == NONE {
        Addr::NULL
    } else {
        callback
    };
    vm.end_shows |= !callback.is_null();
    if callback.is_null() {
        let (basic, proxy) = basic_refs(vm, head);
        let known = match ty {
            types::WEAKREF => basic,
            types::WEAKPROXY | types::WEAKCALLABLEPROXY => proxy,
            _ => Addr::NULL,
        };
        if !known.is_null() && vm.refcount(known) > 0 {
            return Ok(vm.incref(known));
        }
    }
    let reference = alloc::alloc(vm, ty, 0)?;
    let address = reference.addr();
    vm.set_word(address, HASH, u64::MAX);
    vm.set_word(address, WR_OBJECT, object.0);
    if !callback.is_null() {
        let callback = vm.incref(callback);
        vm.init_field(address, WR_CALLBACK, callback);
    }
    insert(vm, address, head);
    gc::track(vm, address);
    Ok(reference)
}

/// The shared plain reference and plain proxy of a list, `NULL` where there is none.
fn basic_refs(vm: &Vm, head: Addr) -> (Addr, Addr) {
    let mut first = vm.field(head, 0);
    let (mut basic, mut proxy) = (Addr::NULL, Addr::NULL);
    if is_basic(vm, first) && vm.type_of(first) == types::WEAKREF {
        basic = first;
        first = vm.field(first, WR_NEXT);
    }
    if is_basic(vm, first) && is_proxy_type(vm.type_of(first)) {
        proxy = first;
    }
    (basic, proxy)
}

/// Whether it is there, has no callback, and its type is none of a subclass's.
fn is_basic(vm: &Vm, reference: Addr) -> bool {
    if reference.is_null() || !callback(vm, reference).is_null() {
        return false;
    }
    let ty = vm.type_of(reference);
    ty == types::WEAKREF || is_proxy_type(ty)
}

fn insert(vm: &mut Vm, reference: Addr, head: Addr) {
    let (basic, proxy) = basic_refs(vm, head);
    let is_plain = is_basic(vm, reference);
    let prev = match vm.type_of(reference) {
        types::WEAKREF if is_plain => Addr::NULL,
        _ if is_plain || proxy.is_null() => basic,
        _ => proxy,
    };
    let link = if prev.is_null() {
        head
    } else {
        prev.at(WR_NEXT)
    };
    let next = vm.field(link, 0);
    vm.set_word(link, 0, reference.0);
    vm.set_word(reference, WR_PREV, prev.0);
    vm.set_word(reference, WR_NEXT, next.0);
    if !next.is_null() {
        vm.set_word(next, WR_PREV, reference.0);
    }
}

/// Makes a weak reference dead and takes it out of its object's list; the callback stays in it.
/// CPython: `_PyWeakref_ClearRef`.
pub fn clear_ref(vm: &mut Vm, reference: Addr) {
    let object = vm.field(reference, WR_OBJECT);
    if object == NONE || object.is_null() {
        return;
    }
    let (prev, next) = (vm.field(reference, WR_PREV), vm.field(reference, WR_NEXT));
    if let Some(head) = list_of(vm, object)
        && vm.field(head, 0) == reference
    {
        vm.set_word(head, 0, next.0);
    }
    vm.set_word(reference, WR_OBJECT, NONE.0);
    if !prev.is_null() {
        vm.set_word(prev, WR_NEXT, next.0);
    }
    if !next.is_null() {
        vm.set_word(next, WR_PREV, prev.0);
    }
    vm.set_word(reference, WR_PREV, 0);
    vm.set_word(reference, WR_NEXT, 0);
}

/// The same, and drops the callback.
pub fn detach(vm: &mut Vm, reference: Addr) {
    clear_ref(vm, reference);
    vm.set_field(reference, WR_CALLBACK, None);
}

/// An object dies: all its weak references become dead, then the callbacks are called, in list order.
/// For the `dealloc` slots of types that support weak references; the object's count is 0.
/// CPython: `PyObject_ClearWeakRefs`.
#[inline]
pub fn clear_refs(vm: &mut Vm, object: Addr) {
    if let Some(head) = list_of(vm, object)
        && vm.word(head, 0) != 0
    {
        clear_refs_slow(vm, head);
    }
}

#[inline(never)]
fn clear_refs_slow(vm: &mut Vm, head: Addr) {
    while is_basic(vm, vm.field(head, 0)) {
        clear_ref(vm, vm.field(head, 0));
    }
    let count = count(vm, head);
    if count == 0 {
        return;
    }
    let raised = vm.raised.take();
    // A tuple of references and callbacks keeps them alive, as in CPython, where it comes from a free list.
    let mut pairs = Vec::with_capacity(2 * count);
    loop {
        let reference = vm.field(head, 0);
        if reference.is_null() {
            break;
        }
        clear_ref(vm, reference);
        let callback = vm.replace_field(reference, WR_CALLBACK, None);
        if vm.refcount(reference) > 0 {
            pairs.push(vm.incref(reference));
            pairs.push(callback.unwrap_or_else(|| vm.none()));
        } else {
            vm.xdecref(callback);
        }
    }
    let calls: Vec<(Addr, Addr)> = pairs
        .chunks(2)
        .map(|pair| (pair[0].addr(), pair[1].addr()))
        .collect();
    let pairs = tuple::from_owned(vm, pairs);
    for (reference, callback) in calls {
        if callback != NONE {
            call_callback(vm, callback, reference);
        }
    }
    vm.decref(pairs);
    if let Some(raised) = raised {
        let _ = vm.raise(raised);
    }
}

/// Calls a callback with its dead reference; an exception is printed. CPython: `handle_callback`.
pub fn call_callback(vm: &mut Vm, callback: Addr, reference: Addr) {
    let held = vm.incref(callback);
    match vm.call(callback, &[reference]) {
        Ok(result) => vm.decref(result),
        Err(_) => vm.write_unraisable_while(callback, "calling weakref callback"),
    }
    vm.decref(held);
}

/// The weak references to an object, in list order, borrowed.
pub fn references(vm: &Vm, object: Addr) -> Vec<Addr> {
    let mut found = Vec::new();
    if let Some(head) = list_of(vm, object) {
        let mut reference = vm.field(head, 0);
        while !reference.is_null() {
            found.push(reference);
            reference = vm.field(reference, WR_NEXT);
        }
    }
    found
}

fn count(vm: &Vm, head: Addr) -> usize {
    let (mut count, mut reference) = (0, vm.field(head, 0));
    while !reference.is_null() {
        count += 1;
        reference = vm.field(reference, WR_NEXT);
    }
    count
}

fn dealloc(vm: &mut Vm, reference: Addr) {
    gc::untrack(vm, reference);
    detach(vm, reference);
    alloc::free(vm, reference);
}

fn traverse(vm: &Vm, reference: Addr, visit: &mut dyn FnMut(Addr)) {
    let callback = callback(vm, reference);
    if !callback.is_null() {
        visit(callback);
    }
}

/// `weakref.ref(object, callback)` leaves the count of its arguments to itself, not to the machinery: its
/// messages name `__new__`.
fn parse(vm: &mut Vm, function: &str, args: Args) -> PyResult<(Addr, Addr)> {
    let given = args.len();
    let message = match given {
        0 => "at least 1 argument, got 0",
        1 | 2 => return Ok((args.get(vm, 0), args.get(vm, 1))),
        _ => "at most 2 arguments, got",
    };
    let number = if given == 0 {
        String::new()
    } else {
        format!(" {given}")
    };
    Err(vm.type_error(format!("{function} expected {message}{number}")))
}

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let (object, callback) = parse(vm, "__new__", args)?;
    new(vm, class, object, callback)
}

fn init(vm: &mut Vm, _reference: Addr, args: Args) -> PyResult<()> {
    if args.keyword_count() > 0 {
        return Err(vm.type_error("ref() takes no keyword arguments"));
    }
    parse(vm, "__init__", args)?;
    Ok(())
}

fn call(vm: &mut Vm, reference: Addr, args: Args) -> PyResult<Own> {
    if args.keyword_count() > 0 {
        return Err(vm.type_error("weakref() takes no keyword arguments"));
    }
    if !args.is_empty() {
        let given = args.len();
        return Err(vm.type_error(format!("weakref expected 0 arguments, got {given}")));
    }
    let object = referent(vm, reference);
    Ok(vm.incref(if object.is_null() { NONE } else { object }))
}

fn hash(vm: &mut Vm, reference: Addr) -> PyResult<i64> {
    let known = vm.word(reference, HASH) as i64;
    if known != -1 {
        return Ok(known);
    }
    let object = referent(vm, reference);
    if object.is_null() {
        return Err(vm.type_error("weak object has gone away"));
    }
    let held = vm.incref(object);
    let hash = vm.hash(object)?;
    vm.set_word(reference, HASH, hash as u64);
    vm.decref(held);
    Ok(hash)
}

fn repr(vm: &mut Vm, reference: Addr) -> PyResult<Own> {
    let object = referent(vm, reference);
    let at = reference.0;
    if object.is_null() {
        return Ok(super::str::new(vm, &format!("<weakref at {at:#x}; dead>")));
    }
    let held = vm.incref(object);
    let name_attribute = vm.names.__name__;
    // A name that cannot be had is none.
    let name = vm
        .lookup_special(object, name_attribute)
        .unwrap_or_else(|_| {
            vm.clear_raised();
            None
        });
    let class = vm.shown_type_name(vm.type_of(object))?;
    let mut text = format!("<weakref at {at:#x}; to '{class}' at {:#x}", object.0);
    if let Some(name) = name {
        if vm.has_flag(name.addr(), flags::UNICODE_SUBCLASS) {
            text += &format!(" ({})", super::str::to_rust(vm, name.addr()));
        }
        vm.decref(name);
    }
    vm.decref(held);
    Ok(super::str::new(vm, &(text + ">")))
}

fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    let comparable = matches!(op, CompareOp::Eq | CompareOp::Ne)
        && is_weakref_type(vm, vm.type_of(left))
        && is_weakref_type(vm, vm.type_of(right));
    if !comparable {
        return Ok(vm.not_implemented());
    }
    let (a, b) = (referent(vm, left), referent(vm, right));
    if a.is_null() || b.is_null() {
        return Ok(vm.bool((left == right) == (op == CompareOp::Eq)));
    }
    let (a, b) = (vm.incref(a), vm.incref(b));
    let result = vm.rich_compare(a.addr(), b.addr(), op)?;
    vm.decref(a);
    vm.decref(b);
    Ok(result)
}

fn class_getitem(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    super::class_getitem::call(vm, class, args)
}

/// The first weak reference to an object, `NULL` if there is none: what `__weakref__` shows.
pub fn first_ref(vm: &Vm, object: Addr) -> Addr {
    list_of(vm, object).map_or(Addr::NULL, |list| vm.field(list, 0))
}
