//! `FrameLocalsProxy`: a function's variables as a mapping that writes through (PEP 667). CPython:
//! `PyFrameLocalsProxyObject`, Objects/frameobject.c.

use super::frame::{self, EXTRA_LOCALS, Shown};
use super::{Method, TypeSpec, alloc, code, dict, flags, list, str, tuple, types};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::slots::{CompareOp, Slots};
use crate::python::vm::{Args, PyResult, Vm};

const FRAME: u64 = 16;

/// A new proxy for a frame object. CPython calls the type with a tuple of it: `_PyFrameLocalsProxy_New`.
pub fn new(vm: &mut Vm, frame: Addr) -> PyResult<Own> {
    let arguments = tuple::new(vm, &[frame]);
    let made = alloc::alloc(vm, types::FRAME_LOCALS_PROXY, 0)?;
    let frame = vm.incref(frame);
    vm.init_field(made.addr(), FRAME, frame);
    gc::track(vm, made.addr());
    vm.decref(arguments);
    Ok(made)
}

fn shown(vm: &Vm, proxy: Addr) -> Option<Shown> {
    frame::shown(vm, vm.field(proxy, FRAME))
}

/// Everything the mapping holds now, as a new dict, which asks it for its keys and for each value.
pub fn as_dict(vm: &mut Vm, proxy: Addr) -> PyResult<Own> {
    let made = dict::new(vm);
    dict::update(vm, made.addr(), proxy)?;
    Ok(made)
}

/// The names and values that the mapping holds now: the function's variables, and what else was put there.
fn held(vm: &Vm, proxy: Addr) -> Vec<(Addr, Addr)> {
    let variables = shown(vm, proxy).map(|shown| frame::variables(vm, &shown));
    let mut held = variables.unwrap_or_default();
    let extra = vm.field(vm.field(proxy, FRAME), EXTRA_LOCALS);
    if !extra.is_null() {
        held.extend(dict::items(vm, extra));
    }
    held
}

/// A new list of something of each name and value, which grows item by item.
fn list_of(vm: &mut Vm, proxy: Addr, item: impl Fn(&mut Vm, Addr, Addr) -> Own) -> PyResult<Own> {
    let list = list::new(vm);
    for (name, value) in held(vm, proxy) {
        let item = item(vm, name, value);
        list::append(vm, list.addr(), item)?;
    }
    Ok(list)
}

fn slot_of(vm: &Vm, shown: &Shown, name: Addr) -> Option<usize> {
    if !vm.has_flag(name, flags::UNICODE_SUBCLASS) {
        return None;
    }
    let names = vm.field(shown.program.object, code::LOCALSPLUSNAMES);
    (0..shown.program.nlocalsplus as usize)
        .find(|&slot| str::equal(vm, tuple::item(vm, names, slot), name))
}

fn get(vm: &mut Vm, proxy: Addr, key: Addr) -> PyResult<Option<Own>> {
    if let Some(shown) = shown(vm, proxy)
        && let Some(slot) = slot_of(vm, &shown, key)
        && let Some(value) = frame::local_value(vm, &shown, slot)
    {
        return Ok(Some(vm.incref(value)));
    }
    let extra = vm.field(vm.field(proxy, FRAME), EXTRA_LOCALS);
    if extra.is_null() {
        return Ok(None);
    }
    let found = dict::get(vm, extra, key)?;
    Ok(found.map(|found| vm.incref(found)))
}

fn subscript(vm: &mut Vm, proxy: Addr, key: Addr) -> PyResult<Own> {
    match get(vm, proxy, key)? {
        Some(value) => Ok(value),
        None => {
            let repr = vm.repr_text(key)?;
            Err(vm.error(
                types::KEY_ERROR,
                format!("local variable {repr} is not defined"),
            ))
        }
    }
}

fn assign(vm: &mut Vm, proxy: Addr, key: Addr, value: Option<Addr>) -> PyResult<()> {
    let Some(value) = value else {
        return Err(vm.type_error("cannot remove variables from FrameLocalsProxy"));
    };
    if let Some(shown) = shown(vm, proxy)
        && let Some(slot) = slot_of(vm, &shown, key)
        && (slot as u64) < shown.count
    {
        let value = vm.incref(value);
        frame::set_local(vm, &shown, slot, value);
        return Ok(());
    }
    let owner = vm.field(proxy, FRAME);
    if vm.field(owner, EXTRA_LOCALS).is_null() {
        let made = dict::new(vm);
        vm.set_field(owner, EXTRA_LOCALS, Some(made));
    }
    let extra = vm.field(owner, EXTRA_LOCALS);
    dict::set(vm, extra, key, value)
}

fn length(vm: &mut Vm, proxy: Addr) -> PyResult<usize> {
    Ok(held(vm, proxy).len())
}

fn contains(vm: &mut Vm, proxy: Addr, key: Addr) -> PyResult<bool> {
    let found = get(vm, proxy, key)?;
    let is = found.is_some();
    vm.xdecref(found);
    Ok(is)
}

fn iter(vm: &mut Vm, proxy: Addr) -> PyResult<Own> {
    let keys = keys(vm, proxy, Args::NONE)?;
    let iterator = vm.get_iter(keys.addr())?;
    vm.decref(keys);
    Ok(iterator)
}

fn repr(vm: &mut Vm, proxy: Addr) -> PyResult<Own> {
    if !vm.repr_enter(proxy) {
        return Ok(str::new(vm, "{...}"));
    }
    let all = as_dict(vm, proxy)?;
    let text = vm.repr(all.addr());
    vm.repr_leave(proxy);
    vm.decref(all);
    text
}

fn compare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(vm.not_implemented());
    }
    if vm.type_of(right) == types::FRAME_LOCALS_PROXY {
        let same = vm.field(left, FRAME) == vm.field(right, FRAME);
        return Ok(vm.bool(same == (op == CompareOp::Eq)));
    }
    if !vm.has_flag(right, flags::DICT_SUBCLASS) {
        return Ok(vm.not_implemented());
    }
    let all = as_dict(vm, left)?;
    let result = vm.rich_compare(all.addr(), right, op);
    vm.decref(all);
    result
}

fn keys(vm: &mut Vm, proxy: Addr, _: Args) -> PyResult<Own> {
    list_of(vm, proxy, |vm, name, _| vm.incref(name))
}

fn values(vm: &mut Vm, proxy: Addr, _: Args) -> PyResult<Own> {
    list_of(vm, proxy, |vm, _, value| vm.incref(value))
}

fn items(vm: &mut Vm, proxy: Addr, _: Args) -> PyResult<Own> {
    list_of(vm, proxy, |vm, name, value| tuple::new(vm, &[name, value]))
}

fn get_method(vm: &mut Vm, proxy: Addr, args: Args) -> PyResult<Own> {
    let default = args.opt(vm, 1).unwrap_or(super::NONE);
    let found = get(vm, proxy, args.get(vm, 0))?;
    Ok(found.unwrap_or_else(|| vm.incref(default)))
}

fn copy(vm: &mut Vm, proxy: Addr, _: Args) -> PyResult<Own> {
    as_dict(vm, proxy)
}

fn update(vm: &mut Vm, proxy: Addr, args: Args) -> PyResult<Own> {
    let all = dict::new(vm);
    dict::update(vm, all.addr(), args.get(vm, 0))?;
    for (key, value) in dict::items(vm, all.addr()) {
        assign(vm, proxy, key, Some(value))?;
    }
    vm.decref(all);
    Ok(vm.none())
}

fn setdefault(vm: &mut Vm, proxy: Addr, args: Args) -> PyResult<Own> {
    let key = args.get(vm, 0);
    if let Some(value) = get(vm, proxy, key)? {
        return Ok(value);
    }
    let default = args.opt(vm, 1).unwrap_or(super::NONE);
    assign(vm, proxy, key, Some(default))?;
    Ok(vm.incref(default))
}

fn dealloc(vm: &mut Vm, proxy: Addr) {
    gc::untrack(vm, proxy);
    let frame = vm.word(proxy, FRAME);
    vm.decref_word(frame);
    alloc::free(vm, proxy);
}

fn traverse(vm: &Vm, proxy: Addr, visit: &mut dyn FnMut(Addr)) {
    if let Some(frame) = vm.field(proxy, FRAME).some() {
        visit(frame);
    }
}

fn clear(vm: &mut Vm, proxy: Addr) {
    let _ = proxy;
    let _ = vm;
}

fn fill(slots: &mut Slots) {
    slots.dealloc = Some(dealloc);
    slots.traverse = Some(traverse);
    slots.clear = Some(clear);
    slots.repr = Some(repr);
    slots.richcompare = Some(compare);
    slots.iter = Some(iter);
    slots.sq_contains = Some(contains);
    slots.mp_length = Some(length);
    slots.mp_subscript = Some(subscript);
    slots.mp_ass_subscript = Some(assign);
}

/// The type `FrameLocalsProxy`.
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 24,
    flags: flags::HAVE_GC | flags::MAPPING,
    slots: fill,
    methods: &[
        Method::new("update", "(object, /)", update),
        Method::new("copy", "()", copy),
        Method::new("get", "(key, default=None, /)", get_method),
        Method::new("keys", "()", keys),
        Method::new("values", "()", values),
        Method::new("items", "()", items),
        Method::new("setdefault", "(key, default=None, /)", setdefault),
    ],
    ..TypeSpec::new(types::FRAME_LOCALS_PROXY, "FrameLocalsProxy")
};
