//! `property`. CPython: `propertyobject`, Objects/descrobject.c.
//!
//! ```text
//! 16  prop_get   24  prop_set   32  prop_del   40  prop_doc   48  prop_name   56  getter_doc
//! ```

use super::{
    GetSet, Member, MemberKind, Method, NONE, Slots, TypeSpec, alloc, classmethod, flags, object,
    types,
};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::version::Version;
use crate::python::vm::{Args, PyResult, Raised, Vm};

/// Offset of the getter.
pub const GET: u64 = 16;
const SET: u64 = 24;
const DEL: u64 = 32;
const DOC: u64 = 40;
const NAME: u64 = 56;
/// A byte: the docstring came from the getter.
const GETTER_DOC: u64 = 48;

/// `property`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 64,
    flags: flags::BASETYPE | flags::HAVE_GC,
    slots,
    methods: METHODS,
    members: MEMBERS,
    getset: GETSET,
    ..TypeSpec::new(types::PROPERTY, "property")
};

static MEMBERS: &[Member] = &[
    Member {
        name: "fget",
        kind: MemberKind::ObjectOrNone,
        offset: GET as u32,
        writable: false,
    },
    Member {
        name: "fset",
        kind: MemberKind::ObjectOrNone,
        offset: SET as u32,
        writable: false,
    },
    Member {
        name: "fdel",
        kind: MemberKind::ObjectOrNone,
        offset: DEL as u32,
        writable: false,
    },
    Member {
        name: "__doc__",
        kind: MemberKind::ObjectOrNone,
        offset: DOC as u32,
        writable: true,
    },
];

static GETSET: &[GetSet] = &[
    GetSet::write("__name__", get_name, |vm, this, _, value| {
        let value = value.map(|value| vm.incref(value));
        set_name(vm, this, value);
        Ok(())
    }),
    GetSet::read("__isabstractmethod__", |vm, this| {
        for offset in [GET, SET, DEL] {
            let function = vm.field(this, offset);
            if classmethod::is_abstract(vm, function)? {
                return Ok(vm.bool(true));
            }
        }
        Ok(vm.bool(false))
    }),
];

static METHODS: &[Method] = &[
    Method::new("getter", "(object, /)", |vm, this, args| {
        copy_with(vm, this, GET, args.get(vm, 0))
    }),
    Method::new("setter", "(object, /)", |vm, this, args| {
        copy_with(vm, this, SET, args.get(vm, 0))
    }),
    Method::new("deleter", "(object, /)", |vm, this, args| {
        copy_with(vm, this, DEL, args.get(vm, 0))
    }),
    Method::new("__set_name__", "(*args)", |vm, this, args| {
        if args.len() != 2 {
            return Err(vm.type_error(format!(
                "__set_name__() takes 2 positional arguments but {} were given",
                args.len()
            )));
        }
        let name = args.get(vm, 1);
        let name = vm.incref(name);
        set_name(vm, this, Some(name));
        Ok(vm.none())
    })
    .with_tuple(),
];

fn slots(slots: &mut Slots) {
    slots.dealloc = Some(|vm, this| {
        gc::untrack(vm, this);
        for offset in owned(vm) {
            vm.set_field(this, *offset, None);
        }
        alloc::free(vm, this);
    });
    slots.traverse = Some(|vm, this, visit| {
        for offset in owned(vm) {
            if let Some(object) = vm.field(this, *offset).some() {
                visit(object);
            }
        }
    });
    slots.clear = Some(|vm, this| vm.set_field(this, DOC, None));
    slots.descr_get = Some(get);
    slots.descr_set = Some(set);
    slots.init = Some(init);
    slots.new = Some(|vm, class, _args| object::generic_alloc(vm, class, 0));
}

/// The references that it holds. Until 3.9 it knows no name of its own.
fn owned(vm: &Vm) -> &'static [u64] {
    match vm.profile.version >= Version::V3_10 {
        true => &[GET, SET, DEL, DOC, NAME],
        false => &[GET, SET, DEL, DOC],
    }
}

fn own_name(vm: &Vm, this: Addr) -> Option<Addr> {
    let has_name = owned(vm).contains(&NAME);
    has_name.then(|| vm.field(this, NAME).some()).flatten()
}

fn set_name(vm: &mut Vm, this: Addr, name: Option<Own>) {
    if owned(vm).contains(&NAME) {
        vm.set_field(this, NAME, name);
    } else {
        vm.xdecref(name);
    }
}

fn get_name(vm: &mut Vm, this: Addr) -> PyResult<Own> {
    if let Some(name) = own_name(vm, this) {
        return Ok(vm.incref(name));
    }
    if let Some(getter) = vm.field(this, GET).some()
        && let Some(name) = vm.get_attr_opt(getter, vm.names.__name__)?
    {
        return Ok(name);
    }
    let name = vm.names.__name__;
    Err(vm.attribute_error(
        this,
        name,
        "'property' object has no attribute '__name__'".to_string(),
    ))
}

fn init(vm: &mut Vm, this: Addr, args: Args) -> PyResult<()> {
    let [get, set, del, doc] = args.bind(
        vm,
        "property",
        "(fget=None, fset=None, fdel=None, doc=None)",
    )?;
    for (offset, value) in [(GET, get), (SET, set), (DEL, del), (DOC, doc)] {
        let value = value
            .some()
            .filter(|value| *value != NONE || offset == DOC)
            .map(|value| vm.incref(value));
        vm.set_field(this, offset, value);
    }
    set_name(vm, this, None);
    vm.set_word(this, GETTER_DOC, 0);
    let wants_doc = doc.is_null() || doc == NONE;
    if wants_doc && !get.is_null() && get != NONE {
        let found = vm.get_attr_opt(get, vm.names.__doc__)?;
        if let Some(found) = found {
            vm.set_word(this, GETTER_DOC, u64::from(found.addr() != NONE));
            set_doc(vm, this, found)?;
        }
    }
    Ok(())
}

/// A subclass of `property` keeps the text in its own `__dict__`, so that its class's docstring does not hide it.
fn set_doc(vm: &mut Vm, this: Addr, doc: Own) -> PyResult<()> {
    if vm.type_of(this) == types::PROPERTY {
        vm.set_field(this, DOC, Some(doc));
        return Ok(());
    }
    let result = vm.set_attr(this, vm.names.__doc__, Some(doc.addr()));
    vm.decref(doc);
    vm.ignore_raised(result, types::ATTRIBUTE_ERROR)?;
    Ok(())
}

fn copy_with(vm: &mut Vm, this: Addr, changed: u64, function: Addr) -> PyResult<Own> {
    let part = |vm: &Vm, offset| {
        if offset == changed {
            function
        } else {
            vm.field(this, offset).some().unwrap_or(NONE)
        }
    };
    let (get, set, del) = (part(vm, GET), part(vm, SET), part(vm, DEL));
    let doc = if vm.word(this, GETTER_DOC) != 0 && get != NONE {
        NONE
    } else {
        vm.field(this, DOC).some().unwrap_or(NONE)
    };
    let class = vm.type_of(this);
    let copy = vm.call(class, &[get, set, del, doc])?;
    if vm.type_check(copy.addr(), types::PROPERTY) {
        let name = own_name(vm, this).map(|name| vm.incref(name));
        set_name(vm, copy.addr(), name);
    }
    Ok(copy)
}

fn get(vm: &mut Vm, this: Addr, object: Option<Addr>, _class: Option<Addr>) -> PyResult<Own> {
    let Some(object) = object.filter(|object| *object != NONE) else {
        return Ok(vm.incref(this));
    };
    match vm.field(this, GET).some() {
        Some(getter) => vm.call(getter, &[object]),
        None => Err(lacks(vm, this, object, "getter")),
    }
}

fn set(vm: &mut Vm, this: Addr, object: Addr, value: Option<Addr>) -> PyResult<()> {
    let (function, what) = match value {
        Some(_) => (vm.field(this, SET), "setter"),
        None => (vm.field(this, DEL), "deleter"),
    };
    let Some(function) = function.some() else {
        return Err(lacks(vm, this, object, what));
    };
    let result = match value {
        Some(value) => vm.call(function, &[object, value]),
        None => vm.call(function, &[object]),
    }?;
    vm.decref(result);
    Ok(())
}

/// `property 'x' of 'C' object has no setter`
fn lacks(vm: &mut Vm, this: Addr, object: Addr, what: &str) -> Raised {
    let ty = vm.type_of(object);
    let qualname = super::r#type::qualname_text(vm, ty).unwrap_or_default();
    let name = get_name(vm, this);
    let name = match name {
        Ok(name) => {
            let text = vm.repr_text(name.addr()).unwrap_or_default();
            vm.decref(name);
            Some(text)
        }
        Err(_) => {
            vm.clear_raised();
            None
        }
    };
    let message = match name {
        Some(name) => format!("property {name} of '{qualname}' object has no {what}"),
        None => format!("property of '{qualname}' object has no {what}"),
    };
    vm.attribute_error_text(message)
}
