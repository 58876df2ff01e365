//! Descriptors of built-in types: methods, members, computed attributes and slot wrappers.
//! CPython: Objects/descrobject.c.
//!
//! ```text
//! 16  d_type   24  d_name   32  d_qualname   40  what it stands for: a row of a table on the Rust side
//! ```

use super::r#type::slotdefs::SLOTDEFS;
use super::{
    GetSet, Member, MemberKind, Method, NONE, Slots, TypeSpec, alloc, builtin_function, flags, int,
    object, str, tuple, types,
};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `d_type`.
const D_TYPE: u64 = 16;
/// Offset of `d_name`.
const D_NAME: u64 = 24;
/// Offset of `d_qualname`, made when asked for.
const D_QUALNAME: u64 = 32;
/// Offset of the row: `d_method`, `d_member`, `d_getset`, `d_base`.
const D_ROW: u64 = 40;
/// In a member: its kind, byte offset in the object, and whether it may be written, in one word.
const WRITABLE: u64 = 1 << 8;

/// `__dict__` of instances of classes made in Python.
pub static DICT_GETSET: GetSet =
    GetSet::write("__dict__", object::get_dict, |vm, object, _, value| {
        object::replace_dict(vm, object, value)
    });

/// `__weakref__` of instances of classes made in Python: the first weak reference.
pub static WEAKREF_GETSET: GetSet = GetSet::read("__weakref__", |vm, object| {
    let first = super::weakref::first_ref(vm, object);
    Ok(vm.incref(first.some().unwrap_or(NONE)))
});

const DESCRIPTOR_METHODS: &[Method] = &[Method::new("__reduce__", "()", |vm, this, _| {
    super::reduce::by_attribute(vm, vm.field(this, D_TYPE), vm.field(this, D_NAME))
})];

const fn spec(
    address: Addr,
    name: &'static str,
    basicsize: u32,
    slots: fn(&mut Slots),
) -> TypeSpec {
    TypeSpec {
        basicsize,
        flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION,
        slots,
        members: DESCRIPTOR_MEMBERS,
        getset: DESCRIPTOR_GETSET,
        methods: DESCRIPTOR_METHODS,
        ..TypeSpec::new(address, name)
    }
}

/// The descriptor types.
pub static SPECS: [TypeSpec; 6] = [
    TypeSpec {
        flags: flags::HAVE_GC
            | flags::DISALLOW_INSTANTIATION
            | flags::METHOD_DESCRIPTOR
            | flags::HAVE_VECTORCALL,
        ..spec(
            types::METHOD_DESCRIPTOR,
            "method_descriptor",
            56,
            method_slots,
        )
    },
    TypeSpec {
        methods: &[],
        ..spec(
            types::CLASSMETHOD_DESCRIPTOR,
            "classmethod_descriptor",
            56,
            classmethod_slots,
        )
    },
    spec(
        types::MEMBER_DESCRIPTOR,
        "member_descriptor",
        48,
        member_slots,
    ),
    TypeSpec {
        methods: &[],
        ..spec(
            types::GETSET_DESCRIPTOR,
            "getset_descriptor",
            48,
            getset_slots,
        )
    },
    TypeSpec {
        flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION | flags::METHOD_DESCRIPTOR,
        ..spec(
            types::WRAPPER_DESCRIPTOR,
            "wrapper_descriptor",
            56,
            wrapper_slots,
        )
    },
    TypeSpec {
        basicsize: 32,
        flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION,
        slots: method_wrapper_slots,
        getset: METHOD_WRAPPER_GETSET,
        methods: &[Method::new("__reduce__", "()", |vm, this, _| {
            let name = vm.field(vm.field(this, W_DESCR), D_NAME);
            super::reduce::by_attribute(vm, vm.field(this, W_SELF), name)
        })],
        ..TypeSpec::new(types::METHOD_WRAPPER, "method-wrapper")
    },
];

static DESCRIPTOR_MEMBERS: &[Member] = &[
    Member {
        name: "__objclass__",
        kind: MemberKind::ObjectOrNone,
        offset: D_TYPE as u32,
        writable: false,
    },
    Member {
        name: "__name__",
        kind: MemberKind::ObjectOrNone,
        offset: D_NAME as u32,
        writable: false,
    },
];

static DESCRIPTOR_GETSET: &[GetSet] = &[
    GetSet::read("__qualname__", qualname),
    GetSet::read("__doc__", |vm, _| Ok(vm.incref(NONE))),
    GetSet::read("__text_signature__", text_signature),
];

/// A descriptor of this type. Its name is made after it.
fn alloc_descriptor(
    vm: &mut Vm,
    descriptor_type: Addr,
    owner: Addr,
    name: impl FnOnce(&mut Vm) -> Own,
    row: u64,
) -> PyResult<Own> {
    let descriptor = alloc::alloc(vm, descriptor_type, 0)?;
    let at = descriptor.addr();
    let owner = vm.incref(owner);
    vm.init_field(at, D_TYPE, owner);
    let name = name(vm);
    vm.init_field(at, D_NAME, name);
    vm.set_word(at, D_ROW, row);
    gc::track(vm, at);
    Ok(descriptor)
}

fn interned(name: &str) -> impl FnOnce(&mut Vm) -> Own {
    move |vm| str::intern(vm, name)
}

/// A method of a built-in type: `list.append`.
pub fn new_method(vm: &mut Vm, owner: Addr, row: usize) -> PyResult<Own> {
    let name = interned(vm.natives[row].name);
    alloc_descriptor(vm, types::METHOD_DESCRIPTOR, owner, name, row as u64)
}

/// A class method of a built-in type: `dict.fromkeys`.
pub fn new_classmethod(vm: &mut Vm, owner: Addr, row: usize) -> PyResult<Own> {
    let name = interned(vm.natives[row].name);
    alloc_descriptor(vm, types::CLASSMETHOD_DESCRIPTOR, owner, name, row as u64)
}

/// A field of the object: `__slots__`, `slice.start`.
pub fn new_member(
    vm: &mut Vm,
    owner: Addr,
    name: &str,
    kind: MemberKind,
    offset: u32,
    writable: bool,
) -> PyResult<Own> {
    let row = kind as u64 | if writable { WRITABLE } else { 0 } | u64::from(offset) << 16;
    alloc_descriptor(vm, types::MEMBER_DESCRIPTOR, owner, interned(name), row)
}

/// A computed attribute: `int.real`.
pub fn new_getset(vm: &mut Vm, owner: Addr, getset: &'static GetSet) -> PyResult<Own> {
    vm.getsets.push(getset);
    let row = vm.getsets.len() as u64 - 1;
    let name = interned(getset.name);
    alloc_descriptor(vm, types::GETSET_DESCRIPTOR, owner, name, row)
}

/// The wrapper of a slot: `int.__add__`; `def` is the row of `SLOTDEFS`, `name` its name.
pub fn new_wrapper(vm: &mut Vm, owner: Addr, def: usize, name: Addr) -> PyResult<Own> {
    let name = |vm: &mut Vm| vm.incref(name);
    alloc_descriptor(vm, types::WRAPPER_DESCRIPTOR, owner, name, def as u64)
}

/// The type and row of a slot wrapper.
pub fn wrapper_parts(vm: &Vm, wrapper: Addr) -> (Addr, usize) {
    (vm.field(wrapper, D_TYPE), vm.word(wrapper, D_ROW) as usize)
}

/// Its name, a `str`, borrowed.
pub fn name(vm: &Vm, descriptor: Addr) -> Addr {
    vm.field(descriptor, D_NAME)
}

/// The row in `vm.natives` of a method descriptor.
pub fn method_row(vm: &Vm, descriptor: Addr) -> usize {
    vm.word(descriptor, D_ROW) as usize
}

/// The type whose instances a descriptor is for.
pub fn owner(vm: &Vm, descriptor: Addr) -> Addr {
    vm.field(descriptor, D_TYPE)
}

/// Byte offset of a plain reference member (`__slots__`), for instructions that read it directly.
pub fn slot_offset(vm: &Vm, descriptor: Addr) -> Option<u64> {
    let row = vm.word(descriptor, D_ROW);
    (vm.type_of(descriptor) == types::MEMBER_DESCRIPTOR && row & 0xFF == MemberKind::Object as u64)
        .then_some(row >> 16)
}

/// Whether the field of a member descriptor may be written.
pub fn is_writable_member(vm: &Vm, descriptor: Addr) -> bool {
    vm.word(descriptor, D_ROW) & WRITABLE != 0
}

fn common_slots(slots: &mut Slots) {
    slots.dealloc = Some(dealloc);
    slots.traverse = Some(|vm, this, visit| visit(vm.field(this, D_TYPE)));
    slots.references = Some(|vm, this, visit| {
        for offset in [D_TYPE, D_NAME, D_QUALNAME] {
            if let Some(object) = vm.field(this, offset).some() {
                visit(object);
            }
        }
    });
}

fn dealloc(vm: &mut Vm, this: Addr) {
    gc::untrack(vm, this);
    for offset in [D_TYPE, D_NAME, D_QUALNAME] {
        vm.set_field(this, offset, None);
    }
    alloc::free(vm, this);
}

fn name_text(vm: &Vm, this: Addr) -> String {
    str::to_rust(vm, vm.field(this, D_NAME))
}

fn owner_name(vm: &Vm, this: Addr) -> String {
    vm.type_data(vm.field(this, D_TYPE)).full_name.to_string()
}

fn repr_as(vm: &mut Vm, this: Addr, kind: &str, of: &str) -> PyResult<Own> {
    let owner = owner_name(vm, this);
    let text = format!("<{kind} '{}' of '{owner}' {of}>", name_text(vm, this));
    Ok(str::new(vm, &text))
}

fn qualname(vm: &mut Vm, this: Addr) -> PyResult<Own> {
    if vm.field(this, D_QUALNAME).is_null() {
        let owner = vm.field(this, D_TYPE);
        let text = format!(
            "{}.{}",
            super::r#type::qualname_text(vm, owner)?,
            name_text(vm, this)
        );
        let made = str::new(vm, &text);
        vm.init_field(this, D_QUALNAME, made);
    }
    let qualname = vm.field(this, D_QUALNAME);
    Ok(vm.incref(qualname))
}

fn text_signature(vm: &mut Vm, this: Addr) -> PyResult<Own> {
    let text = match vm.type_of(this) {
        types::METHOD_DESCRIPTOR => {
            let method = vm.natives[method_row(vm, this)];
            signature_with("$self, ", method)
        }
        types::CLASSMETHOD_DESCRIPTOR => {
            let method = vm.natives[method_row(vm, this)];
            signature_with("$type, ", method)
        }
        types::WRAPPER_DESCRIPTOR => {
            let (_, def) = wrapper_parts(vm, this);
            format!("($self, {})", SLOTDEFS[def].signature)
        }
        _ => return Ok(vm.incref(NONE)),
    };
    Ok(str::new(vm, &text))
}

/// A method's signature with `$self` in front, positional-only as in CPython.
fn signature_with(first: &str, method: &Method) -> String {
    let parameters = method
        .signature
        .trim_start_matches('(')
        .trim_end_matches(')');
    if parameters.is_empty() {
        return format!("({}/)", first);
    }
    let marker = if parameters.contains('/') { "" } else { "/, " };
    format!("({first}{marker}{parameters})")
}

/// A descriptor applies only to instances of its type: `descr_check`.
fn check(vm: &mut Vm, this: Addr, object: Addr) -> PyResult<()> {
    let owner = vm.field(this, D_TYPE);
    if vm.type_check(object, owner) {
        return Ok(());
    }
    let (name, owner, got) = (
        name_text(vm, this),
        owner_name(vm, this),
        vm.type_name(object),
    );
    Err(vm.type_error(format!(
        "descriptor '{name}' for '{owner}' objects doesn't apply to a '{got}' object"
    )))
}

fn method_slots(slots: &mut Slots) {
    common_slots(slots);
    slots.repr = Some(|vm, this| repr_as(vm, this, "method", "objects"));
    slots.descr_get = Some(|vm, this, object, _class| {
        let Some(object) = object else {
            return Ok(vm.incref(this));
        };
        check(vm, this, object)?;
        builtin_function::new(vm, method_row(vm, this), object, Addr::NULL)
    });
    slots.call = Some(call_method_descriptor);
}

/// `list.append(xs, 1)`: the first argument is the instance.
pub fn call_method_descriptor(vm: &mut Vm, this: Addr, args: Args) -> PyResult<Own> {
    let Some(object) = args.opt(vm, 0) else {
        let (name, owner) = (name_text(vm, this), owner_name(vm, this));
        return Err(vm.type_error(format!("unbound method {owner}.{name}() needs an argument")));
    };
    check(vm, this, object)?;
    vm.call_native(method_row(vm, this), object, args.skip(1))
}

fn classmethod_slots(slots: &mut Slots) {
    common_slots(slots);
    slots.repr = Some(|vm, this| repr_as(vm, this, "method", "objects"));
    slots.descr_get = Some(|vm, this, object, class| {
        let class = match (class, object) {
            (Some(class), _) => class,
            (None, Some(object)) => vm.type_of(object),
            (None, None) => {
                let (name, owner) = (name_text(vm, this), owner_name(vm, this));
                return Err(vm.type_error(format!(
                    "descriptor '{name}' for type '{owner}' needs either an object or a type"
                )));
            }
        };
        check_class(vm, this, class)?;
        builtin_function::new(vm, method_row(vm, this), class, Addr::NULL)
    });
    slots.call = Some(|vm, this, args| {
        let Some(class) = args.opt(vm, 0) else {
            let (name, owner) = (name_text(vm, this), owner_name(vm, this));
            return Err(vm.type_error(format!(
                "descriptor '{name}' of '{owner}' object needs an argument"
            )));
        };
        check_class(vm, this, class)?;
        vm.call_native(method_row(vm, this), class, args.skip(1))
    });
}

fn check_class(vm: &mut Vm, this: Addr, class: Addr) -> PyResult<()> {
    let (name, owner_text) = (name_text(vm, this), owner_name(vm, this));
    if !vm.has_flag(class, flags::TYPE_SUBCLASS) {
        let got = vm.type_name(class);
        return Err(vm.type_error(format!(
            "descriptor '{name}' for type '{owner_text}' needs a type, not a '{got}' as arg 2"
        )));
    }
    let owner = vm.field(this, D_TYPE);
    if !vm.is_subtype(class, owner) {
        let got = vm.type_data(class).name.to_string();
        return Err(vm.type_error(format!(
            "descriptor '{name}' requires a subtype of '{owner_text}' but received '{got}'"
        )));
    }
    Ok(())
}

fn member_slots(slots: &mut Slots) {
    common_slots(slots);
    slots.repr = Some(|vm, this| repr_as(vm, this, "member", "objects"));
    slots.descr_get = Some(|vm, this, object, _class| match object {
        Some(object) => {
            check(vm, this, object)?;
            get_member(vm, this, object)
        }
        None => Ok(vm.incref(this)),
    });
    slots.descr_set = Some(|vm, this, object, value| {
        check(vm, this, object)?;
        set_member(vm, this, object, value)
    });
}

fn get_member(vm: &mut Vm, this: Addr, object: Addr) -> PyResult<Own> {
    let row = vm.word(this, D_ROW);
    let offset = row >> 16;
    match row & 0xFF {
        kind if kind == MemberKind::Object as u64 => match vm.field(object, offset).some() {
            Some(value) => Ok(vm.incref(value)),
            None => {
                let name = vm.field(this, D_NAME);
                let ty = vm.shown_type_name(vm.type_of(object))?;
                let text = name_text(vm, this);
                let message = match vm.profile.messages.slot_names_object {
                    true => format!("'{ty}' object has no attribute '{text}'"),
                    false => text,
                };
                Err(vm.attribute_error(object, name, message))
            }
        },
        kind if kind == MemberKind::ObjectOrNone as u64 => {
            let value = vm.field(object, offset).some().unwrap_or(NONE);
            Ok(vm.incref(value))
        }
        kind if kind == MemberKind::Int64 as u64 => {
            let value = vm.word(object, offset) as i64;
            Ok(int::new(vm, value))
        }
        kind if kind == MemberKind::Int32 as u64 => {
            let value = vm.heap.space.half(object.at(offset)) as i32;
            Ok(int::new(vm, i64::from(value)))
        }
        kind if kind == MemberKind::Double as u64 => {
            let value = f64::from_bits(vm.word(object, offset));
            Ok(super::float::new(vm, value))
        }
        _ => {
            let value = vm.heap.space.byte(object.at(offset)) != 0;
            Ok(vm.bool(value))
        }
    }
}

fn set_member(vm: &mut Vm, this: Addr, object: Addr, value: Option<Addr>) -> PyResult<()> {
    let row = vm.word(this, D_ROW);
    let offset = row >> 16;
    if row & WRITABLE == 0 {
        return Err(vm.attribute_error_text("readonly attribute"));
    }
    let kind = row & 0xFF;
    if kind == MemberKind::Object as u64 || kind == MemberKind::ObjectOrNone as u64 {
        if value.is_none()
            && kind == MemberKind::Object as u64
            && vm.field(object, offset).is_null()
        {
            let name = vm.field(this, D_NAME);
            let text = name_text(vm, this);
            return Err(vm.attribute_error(object, name, text));
        }
        let value = value.map(|value| vm.incref(value));
        vm.set_field(object, offset, value);
        return Ok(());
    }
    let Some(value) = value else {
        return Err(vm.type_error("can't delete numeric/char attribute"));
    };
    if kind == MemberKind::Bool as u64 {
        if vm.type_of(value) != types::BOOL {
            return Err(vm.type_error("attribute value type must be bool"));
        }
        let truth = vm.is_true(value)?;
        vm.heap.space.set_byte(object.at(offset), u8::from(truth));
        return Ok(());
    }
    let number = vm.index_value(value, types::OVERFLOW_ERROR)?;
    if kind == MemberKind::Int32 as u64 {
        vm.heap.space.set_half(object.at(offset), number as u32);
    } else {
        vm.set_word(object, offset, number as u64);
    }
    Ok(())
}

fn getset_slots(slots: &mut Slots) {
    common_slots(slots);
    slots.repr = Some(|vm, this| repr_as(vm, this, "attribute", "objects"));
    slots.descr_get = Some(|vm, this, object, _class| match object {
        Some(object) => {
            check(vm, this, object)?;
            let getset = vm.getsets[vm.word(this, D_ROW) as usize];
            (getset.get)(vm, object)
        }
        None => Ok(vm.incref(this)),
    });
    slots.descr_set = Some(|vm, this, object, value| {
        check(vm, this, object)?;
        let getset = vm.getsets[vm.word(this, D_ROW) as usize];
        match getset.set {
            Some(set) => set(vm, object, this, value),
            None => {
                let (name, owner) = (name_text(vm, this), owner_name(vm, this));
                Err(vm.attribute_error_text(format!(
                    "attribute '{name}' of '{owner}' objects is not writable"
                )))
            }
        }
    });
}

fn wrapper_slots(slots: &mut Slots) {
    common_slots(slots);
    slots.repr = Some(|vm, this| repr_as(vm, this, "slot wrapper", "objects"));
    slots.descr_get = Some(|vm, this, object, _class| {
        let Some(object) = object else {
            return Ok(vm.incref(this));
        };
        check(vm, this, object)?;
        new_method_wrapper(vm, this, object)
    });
    slots.call = Some(|vm, this, args| {
        let Some(object) = args.opt(vm, 0) else {
            let (name, owner) = (name_text(vm, this), owner_name(vm, this));
            return Err(vm.type_error(format!(
                "descriptor '{name}' of '{owner}' object needs an argument"
            )));
        };
        let owner = vm.field(this, D_TYPE);
        if !vm.type_check(object, owner) {
            let (name, owner, got) = (
                name_text(vm, this),
                owner_name(vm, this),
                vm.type_name(object),
            );
            return Err(vm.type_error(format!(
                "descriptor '{name}' requires a '{owner}' object but received a '{got}'"
            )));
        }
        let held = vm.hold_arguments(args)?;
        let rest = tuple::copy_items(vm, args.base().at(8), args.len() - 1);
        let result = rest.and_then(|rest| {
            let result = call_wrapper(vm, this, object, args.skip(1));
            vm.decref(rest);
            result
        });
        vm.drop_arguments(held);
        result
    });
}

fn call_wrapper(vm: &mut Vm, wrapper: Addr, object: Addr, args: Args) -> PyResult<Own> {
    let (owner, def) = wrapper_parts(vm, wrapper);
    let Some(wrap) = SLOTDEFS[def].wrap else {
        return Err(vm.system_error("slot wrapper without a function"));
    };
    if args.keyword_count() != 0 && !SLOTDEFS[def].signature.contains("**") {
        let name = SLOTDEFS[def].name;
        return Err(vm.type_error(format!("wrapper {name}() takes no keyword arguments")));
    }
    wrap(vm, owner, object, args)
}

/// Offset of the wrapper in a bound one.
const W_DESCR: u64 = 16;
/// Offset of the instance.
const W_SELF: u64 = 24;

fn new_method_wrapper(vm: &mut Vm, wrapper: Addr, object: Addr) -> PyResult<Own> {
    let bound = alloc::alloc(vm, types::METHOD_WRAPPER, 0)?;
    let wrapper = vm.incref(wrapper);
    vm.init_field(bound.addr(), W_DESCR, wrapper);
    let object = vm.incref(object);
    vm.init_field(bound.addr(), W_SELF, object);
    gc::track(vm, bound.addr());
    Ok(bound)
}

fn method_wrapper_slots(slots: &mut Slots) {
    slots.dealloc = Some(|vm, this| {
        gc::untrack(vm, this);
        vm.set_field(this, W_DESCR, None);
        vm.set_field(this, W_SELF, None);
        alloc::free(vm, this);
    });
    slots.traverse = Some(|vm, this, visit| {
        visit(vm.field(this, W_DESCR));
        visit(vm.field(this, W_SELF));
    });
    slots.repr = Some(|vm, this| {
        let (wrapper, object) = (vm.field(this, W_DESCR), vm.field(this, W_SELF));
        let text = format!(
            "<method-wrapper '{}' of {} object at {:#x}>",
            name_text(vm, wrapper),
            vm.type_name(object),
            object.0
        );
        Ok(str::new(vm, &text))
    });
    slots.richcompare = Some(|vm, left, right, op| {
        use super::CompareOp;
        let both =
            vm.type_of(left) == types::METHOD_WRAPPER && vm.type_of(right) == types::METHOD_WRAPPER;
        if !both || !matches!(op, CompareOp::Eq | CompareOp::Ne) {
            return Ok(vm.not_implemented());
        }
        let same = vm.field(left, W_DESCR) == vm.field(right, W_DESCR)
            && vm.field(left, W_SELF) == vm.field(right, W_SELF);
        Ok(vm.bool(same == (op == CompareOp::Eq)))
    });
    slots.hash = Some(|vm, this| {
        let (wrapper, object) = (vm.field(this, W_DESCR), vm.field(this, W_SELF));
        let hash = crate::python::protocol::hash_pointer(object)
            ^ crate::python::protocol::hash_pointer(wrapper);
        Ok(if hash == -1 { -2 } else { hash })
    });
    slots.call = Some(|vm, this, args| {
        let (wrapper, object) = (vm.field(this, W_DESCR), vm.field(this, W_SELF));
        let held = vm.hold_arguments(args)?;
        let result = call_wrapper(vm, wrapper, object, args);
        vm.drop_arguments(held);
        result
    });
}

static METHOD_WRAPPER_GETSET: &[GetSet] = &[
    GetSet::read("__self__", |vm, this| {
        let object = vm.field(this, W_SELF);
        Ok(vm.incref(object))
    }),
    GetSet::read("__objclass__", |vm, this| {
        let owner = vm.field(vm.field(this, W_DESCR), D_TYPE);
        Ok(vm.incref(owner))
    }),
    GetSet::read("__name__", |vm, this| {
        let name = vm.field(vm.field(this, W_DESCR), D_NAME);
        Ok(vm.incref(name))
    }),
    GetSet::read("__qualname__", |vm, this| {
        qualname(vm, vm.field(this, W_DESCR))
    }),
    GetSet::read("__doc__", |vm, _| Ok(vm.incref(NONE))),
    GetSet::read("__text_signature__", |vm, this| {
        text_signature(vm, vm.field(this, W_DESCR))
    }),
];
