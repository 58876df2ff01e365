//! `super`. CPython: `superobject`, Objects/typeobject.c.
//!
//! ```text
//! 16  type   24  obj   32  obj_type
//! ```

use super::{Member, MemberKind, NONE, Slots, TypeSpec, alloc, dict, flags, object, str, types};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::vm::typedata::TP_DICT;
use crate::python::vm::{Args, PyResult, Vm};

const TYPE: u64 = 16;
const OBJ: u64 = 24;
const OBJ_TYPE: u64 = 32;

/// `super`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 40,
    flags: flags::BASETYPE | flags::HAVE_GC,
    slots,
    members: &[
        Member {
            name: "__thisclass__",
            kind: MemberKind::ObjectOrNone,
            offset: TYPE as u32,
            writable: false,
        },
        Member {
            name: "__self__",
            kind: MemberKind::ObjectOrNone,
            offset: OBJ as u32,
            writable: false,
        },
        Member {
            name: "__self_class__",
            kind: MemberKind::ObjectOrNone,
            offset: OBJ_TYPE as u32,
            writable: false,
        },
    ],
    ..TypeSpec::new(types::SUPER, "super")
};

fn slots(slots: &mut Slots) {
    slots.dealloc = Some(|vm, this| {
        gc::untrack(vm, this);
        for offset in [OBJ, TYPE, OBJ_TYPE] {
            vm.set_field(this, offset, None);
        }
        alloc::free(vm, this);
    });
    slots.traverse = Some(|vm, this, visit| {
        for offset in [OBJ, TYPE, OBJ_TYPE] {
            if let Some(object) = vm.field(this, offset).some() {
                visit(object);
            }
        }
    });
    slots.repr = Some(repr);
    slots.getattro = Some(getattro);
    slots.descr_get = Some(descr_get);
    slots.init = Some(init);
    slots.new = Some(|vm, class, _args| object::generic_alloc(vm, class, 0));
}

fn repr(vm: &mut Vm, this: Addr) -> PyResult<Own> {
    let name = |vm: &Vm, ty: Addr| {
        if ty.is_null() {
            "NULL".to_string()
        } else {
            vm.type_data(ty).name.to_string()
        }
    };
    let ty = name(vm, vm.field(this, TYPE));
    let text = match vm.field(this, OBJ_TYPE).some() {
        Some(obj_type) => format!("<super: <class '{ty}'>, <{} object>>", name(vm, obj_type)),
        None => format!("<super: <class '{ty}'>, NULL>"),
    };
    Ok(str::new(vm, &text))
}

/// The class whose order `super` walks. CPython: `supercheck`.
fn check(vm: &mut Vm, class: Addr, object: Addr) -> PyResult<Own> {
    if vm.has_flag(object, flags::TYPE_SUBCLASS) && vm.is_subtype(object, class) {
        return Ok(vm.incref(object));
    }
    if vm.type_check(object, class) {
        let ty = vm.type_of(object);
        return Ok(vm.incref(ty));
    }
    if let Some(claimed) = vm.get_attr_opt(object, vm.names.__class__)? {
        if vm.has_flag(claimed.addr(), flags::TYPE_SUBCLASS)
            && claimed.addr() != vm.type_of(object)
            && vm.is_subtype(claimed.addr(), class)
        {
            return Ok(claimed);
        }
        vm.decref(claimed);
    }
    let kind = if vm.has_flag(object, flags::TYPE_SUBCLASS) {
        "type"
    } else {
        "instance of"
    };
    let name = if kind == "type" {
        vm.type_data(object).name.to_string()
    } else {
        vm.type_name(object)
    };
    let class = vm.type_data(class).name.to_string();
    Err(vm.type_error(format!(
        "super(type, obj): obj ({kind} {name}) is not an instance or subtype of type ({class})."
    )))
}

/// Finds `name` behind `class` in the order of `start`, borrowed and unbound.
fn find(vm: &mut Vm, class: Addr, start: Addr, name: Addr) -> PyResult<Option<Addr>> {
    let order = &vm.type_data(start).mro;
    let behind = order
        .iter()
        .position(|ancestor| *ancestor == class)
        .map_or(order.len(), |at| at + 1);
    for i in behind..vm.type_data(start).mro.len() {
        let ancestor = vm.type_data(start).mro[i];
        let namespace = vm.field(ancestor, TP_DICT);
        if namespace.is_null() {
            continue;
        }
        if let Some(found) = dict::get(vm, namespace, name)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// Finds `name` behind `class` in the order of `start`, and binds it. `None` if nothing is there.
fn lookup(
    vm: &mut Vm,
    class: Addr,
    object: Addr,
    start: Addr,
    name: Addr,
) -> PyResult<Option<Own>> {
    let Some(found) = find(vm, class, start, name)? else {
        return Ok(None);
    };
    let held = vm.incref(found);
    match vm.slots(found).descr_get {
        Some(get) => {
            // A class method sees no instance when there is none.
            let instance = (object != start).then_some(object);
            let result = get(vm, found, instance, Some(start));
            vm.decref(held);
            result.map(Some)
        }
        None => Ok(Some(held)),
    }
}

/// `super(class, object).name` without making the `super` object: `_PySuper_Lookup`.
pub fn lookup_attr(vm: &mut Vm, class: Addr, object: Addr, name: Addr) -> PyResult<Own> {
    let start = check(vm, class, object)?;
    let found = lookup(vm, class, object, start.addr(), name)?;
    vm.decref(start);
    match found {
        Some(value) => Ok(value),
        None => {
            let text = vm.name_text(name);
            Err(vm.attribute_error_text(format!("'super' object has no attribute '{text}'")))
        }
    }
}

/// What `super(class, object).name` is, without the `super` object; `true` for a function that is to be called
/// with `object` first, if `is_call` asks for that. CPython: `_PySuper_Lookup`.
pub fn load(
    vm: &mut Vm,
    class: Addr,
    object: Addr,
    name: Addr,
    is_call: bool,
) -> PyResult<(Own, bool)> {
    let start = check(vm, class, object)?;
    let ty = vm.type_of(object);
    let generic = vm.type_data(types::OBJECT).slots.getattro;
    let may_stay_unbound = is_call
        && vm
            .type_data(ty)
            .slots
            .getattro
            .zip(generic)
            .is_some_and(|(own, generic)| std::ptr::fn_addr_eq(own, generic));
    let mut found = None;
    if name != vm.names.__class__ {
        if may_stay_unbound
            && let Some(function) = find(vm, class, start.addr(), name)?
            && vm.has_flag(function, flags::METHOD_DESCRIPTOR)
        {
            vm.decref(start);
            return Ok((vm.incref(function), true));
        }
        found = lookup(vm, class, object, start.addr(), name)?;
    }
    vm.decref(start);
    if let Some(value) = found {
        return Ok((value, false));
    }
    let proxy = vm.call(types::SUPER, &[class, object])?;
    let value = object::generic_getattr(vm, proxy.addr(), name)?;
    vm.decref(proxy);
    Ok((value, false))
}

fn getattro(vm: &mut Vm, this: Addr, name: Addr) -> PyResult<Own> {
    let start = vm.field(this, OBJ_TYPE);
    let is_class = vm.is_exact_str(name) && str::equal(vm, name, vm.names.__class__);
    if !start.is_null() && !is_class {
        let (class, object) = (vm.field(this, TYPE), vm.field(this, OBJ));
        if let Some(value) = lookup(vm, class, object, start, name)? {
            return Ok(value);
        }
    }
    object::generic_getattr(vm, this, name)
}

fn descr_get(vm: &mut Vm, this: Addr, object: Option<Addr>, _class: Option<Addr>) -> PyResult<Own> {
    let bound = !vm.field(this, OBJ).is_null();
    let Some(object) = object.filter(|object| *object != NONE && !bound) else {
        return Ok(vm.incref(this));
    };
    let (own, class) = (vm.type_of(this), vm.field(this, TYPE));
    if own != types::SUPER {
        return vm.call(own, &[class, object]);
    }
    let start = check(vm, class, object)?;
    let made = object::generic_alloc(vm, types::SUPER, 0)?;
    let (class, object) = (vm.incref(class), vm.incref(object));
    vm.init_field(made.addr(), TYPE, class);
    vm.init_field(made.addr(), OBJ, object);
    vm.init_field(made.addr(), OBJ_TYPE, start);
    Ok(made)
}

fn init(vm: &mut Vm, this: Addr, args: Args) -> PyResult<()> {
    if args.keyword_count() != 0 {
        return Err(vm.type_error("super() takes no keyword arguments"));
    }
    if args.len() > 2 {
        return Err(vm.type_error(format!(
            "super expected at most 2 arguments, got {}",
            args.len()
        )));
    }
    let (class, object) = match args.opt(vm, 0) {
        Some(class) => {
            if !vm.has_flag(class, flags::TYPE_SUBCLASS) {
                let name = vm.type_name(class);
                return Err(vm.type_error(format!("super() argument 1 must be a type, not {name}")));
            }
            (class, args.opt(vm, 1).filter(|object| *object != NONE))
        }
        None => {
            // Without arguments the running frame tells: its first argument and its `__class__` cell.
            let (class, object) = vm.super_arguments()?;
            (class, Some(object))
        }
    };
    let start = match object {
        Some(object) => Some(check(vm, class, object)?),
        None => None,
    };
    let class = vm.incref(class);
    let object = object.map(|object| vm.incref(object));
    vm.set_field(this, TYPE, Some(class));
    vm.set_field(this, OBJ, object);
    vm.set_field(this, OBJ_TYPE, start);
    Ok(())
}
