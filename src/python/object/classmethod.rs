//! `classmethod` and `staticmethod`. CPython: Objects/funcobject.c.
//!
//! ```text
//! 16  cm_callable   24  cm_dict
//! ```

use super::{
    GetSet, Member, MemberKind, Slots, TypeSpec, alloc, dict, flags, method, object, str, types,
};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of the wrapped callable.
pub const CALLABLE: u64 = 16;
const DICT: u64 = 24;

static MEMBERS: &[Member] = &[
    Member {
        name: "__func__",
        kind: MemberKind::ObjectOrNone,
        offset: CALLABLE as u32,
        writable: false,
    },
    Member {
        name: "__wrapped__",
        kind: MemberKind::ObjectOrNone,
        offset: CALLABLE as u32,
        writable: false,
    },
];

static GETSET: &[GetSet] = &[
    GetSet::read("__isabstractmethod__", |vm, this| {
        let callable = vm.field(this, CALLABLE);
        let truth = is_abstract(vm, callable)?;
        Ok(vm.bool(truth))
    }),
    GetSet::write("__dict__", object::get_dict, |vm, object, _, value| {
        object::set_dict(vm, object, value)
    }),
];

const fn spec(address: Addr, name: &'static str, slots: fn(&mut Slots)) -> TypeSpec {
    TypeSpec {
        basicsize: 32,
        flags: flags::BASETYPE | flags::HAVE_GC,
        dictoffset: DICT as u32,
        slots,
        members: MEMBERS,
        getset: GETSET,
        ..TypeSpec::new(address, name)
    }
}

/// Both types.
pub static SPECS: [TypeSpec; 2] = [
    spec(types::CLASSMETHOD, "classmethod", class_slots),
    spec(types::STATICMETHOD, "staticmethod", static_slots),
];

/// Whether an attribute calls itself abstract: `_PyObject_IsAbstract`.
pub fn is_abstract(vm: &mut Vm, object: Addr) -> PyResult<bool> {
    if object.is_null() {
        return Ok(false);
    }
    let Some(mark) = vm.get_attr_opt(object, vm.names.__isabstractmethod__)? else {
        return Ok(false);
    };
    let truth = vm.is_true(mark.addr());
    vm.decref(mark);
    truth
}

fn wrap(vm: &mut Vm, ty: Addr, callable: Own) -> PyResult<Own> {
    let wrapper = alloc::alloc(vm, ty, 0)?;
    vm.init_field(wrapper.addr(), CALLABLE, callable);
    gc::track(vm, wrapper.addr());
    Ok(wrapper)
}

/// `classmethod(function)`, without copying the function's attributes.
pub fn new_class(vm: &mut Vm, function: Own) -> PyResult<Own> {
    wrap(vm, types::CLASSMETHOD, function)
}

/// `staticmethod(function)`
pub fn new_static(vm: &mut Vm, function: Own) -> PyResult<Own> {
    wrap(vm, types::STATICMETHOD, function)
}

fn common_slots(slots: &mut Slots) {
    slots.dealloc = Some(|vm, this| {
        gc::untrack(vm, this);
        vm.set_field(this, CALLABLE, None);
        vm.set_field(this, DICT, None);
        alloc::free(vm, this);
    });
    slots.traverse = Some(|vm, this, visit| {
        for offset in [CALLABLE, DICT] {
            if let Some(object) = vm.field(this, offset).some() {
                visit(object);
            }
        }
    });
    slots.clear = Some(|vm, this| {
        vm.set_field(this, CALLABLE, None);
        vm.set_field(this, DICT, None);
    });
    slots.new = Some(|vm, class, _args| object::generic_alloc(vm, class, 0));
    slots.init = Some(init);
}

fn init(vm: &mut Vm, this: Addr, args: Args) -> PyResult<()> {
    let name = vm.type_name(this);
    if args.keyword_count() != 0 {
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    if args.len() != 1 {
        return Err(vm.type_error(format!("{name} expected 1 argument, got {}", args.len())));
    }
    let callable = args.get(vm, 0);
    let held = vm.incref(callable);
    vm.set_field(this, CALLABLE, Some(held));
    if !vm.profile.methods_are_wrapped {
        return Ok(());
    }
    for name in [
        "__module__",
        "__name__",
        "__qualname__",
        "__doc__",
        "__dict__",
        "__annotations__",
    ] {
        copy_attribute(vm, this, callable, name)?;
    }
    Ok(())
}

/// `functools.update_wrapper`, as these two types do it themselves.
fn copy_attribute(vm: &mut Vm, this: Addr, callable: Addr, name: &str) -> PyResult<()> {
    let key = str::intern(vm, name);
    let found = vm.get_attr_opt(callable, key.addr())?;
    let Some(value) = found else {
        vm.decref(key);
        return Ok(());
    };
    if name == "__dict__" {
        let own = object::get_dict(vm, this)?;
        if vm.has_flag(value.addr(), flags::DICT_SUBCLASS) {
            dict::update(vm, own.addr(), value.addr())?;
        }
        vm.decref(own);
    } else {
        let result = vm.set_attr(this, key.addr(), Some(value.addr()));
        vm.ignore_raised(result, types::ATTRIBUTE_ERROR)?;
    }
    vm.decref(value);
    vm.decref(key);
    Ok(())
}

fn repr_as(vm: &mut Vm, this: Addr, kind: &str) -> PyResult<Own> {
    if !vm.profile.wrappers_show_callable {
        return Ok(str::new(vm, &format!("<{kind} object at {:#x}>", this.0)));
    }
    let callable = vm.field(this, CALLABLE);
    let text = vm.repr_text(callable)?;
    Ok(str::new(vm, &format!("<{kind}({text})>")))
}

fn class_slots(slots: &mut Slots) {
    common_slots(slots);
    slots.repr = Some(|vm, this| repr_as(vm, this, "classmethod"));
    slots.descr_get = Some(|vm, this, object, class| {
        let callable = vm.field(this, CALLABLE);
        if callable.is_null() {
            return Err(vm.runtime_error("uninitialized classmethod object"));
        }
        match class.or(object.map(|object| vm.type_of(object))) {
            Some(class) if vm.profile.classmethods_chain => match vm.slots(callable).descr_get {
                Some(get) => get(vm, callable, Some(class), Some(class)),
                None => method::new(vm, callable, class),
            },
            Some(class) => method::new(vm, callable, class),
            None => Ok(vm.incref(callable)),
        }
    });
}

fn static_slots(slots: &mut Slots) {
    common_slots(slots);
    slots.repr = Some(|vm, this| repr_as(vm, this, "staticmethod"));
    slots.descr_get = Some(|vm, this, _object, _class| {
        let callable = vm.field(this, CALLABLE);
        if callable.is_null() {
            return Err(vm.runtime_error("uninitialized staticmethod object"));
        }
        Ok(vm.incref(callable))
    });
    slots.call = Some(|vm, this, args| {
        let callable = vm.field(this, CALLABLE);
        vm.call_args(callable, args)
    });
}
