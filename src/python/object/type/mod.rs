//! `type`: classes as objects. CPython: `PyTypeObject`, `PyHeapTypeObject`, Objects/typeobject.c.

mod attributes;
mod dispatch;
mod fixup;
mod instance;
mod layout;
mod mro;
mod new;
mod ready;
pub mod slotdefs;
mod subclasses;

pub use attributes::{module_text, qualname_text};
pub use fixup::{fixup_slots, slots_named, update_slot};
pub use instance::{call_finalizer, native_base};
pub use layout::{HT_CACHED_KEYS, HT_NAME, HT_QUALNAME, HT_SLOTS, difference};
pub use new::{calculate_metaclass, mangle};
pub use ready::{NEW_WRAPPER, ready_first, ready_templates, ready_with, reserve_static};

use super::{Method, Slots, TypeSpec, alloc, dict, flags, int, list, object, str, tuple, types};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::protocol::HeldArguments;
use crate::python::vm::typedata::*;
use crate::python::vm::{Args, PyResult, Vm};

/// `type`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 928,
    itemsize: 40,
    flags: flags::BASETYPE | flags::HAVE_GC | flags::TYPE_SUBCLASS | flags::ITEMS_AT_END,
    dictoffset: TP_DICT as u32,
    weaklistoffset: TP_WEAKLIST as u32,
    slots,
    methods: METHODS,
    getset: attributes::GETSET,
    members: attributes::MEMBERS,
    ..TypeSpec::new(types::TYPE, "type")
};

fn slots(slots: &mut Slots) {
    slots.dealloc = Some(dealloc);
    slots.traverse = Some(traverse);
    slots.references = Some(references);
    slots.clear = Some(clear);
    slots.repr = Some(attributes::repr);
    slots.call = Some(call);
    slots.getattro = Some(getattro);
    slots.setattro = Some(setattro);
    slots.init = Some(init);
    slots.new = Some(new::new);
    slots.binary[super::BinaryOp::Or as usize] = Some(super::union::type_or);
}

static METHODS: &[Method] = &[
    Method::new("mro", "()", |vm, this, _| {
        let order = mro::linearize(vm, this)?;
        let order = tuple::new(vm, &order);
        let list = list::from_iterable(vm, order.addr())?;
        vm.decref(order);
        Ok(list)
    }),
    Method::new("__subclasses__", "()", |vm, this, _| {
        let subclasses = vm.type_data(this).subclasses.clone();
        let subclasses = subclasses
            .into_iter()
            .map(|class| vm.incref(class))
            .collect();
        list::from_owned(vm, subclasses)
    }),
    Method::class("__prepare__", "(*args, **kwargs)", |vm, _, _| {
        Ok(dict::new(vm))
    }),
    Method::new("__instancecheck__", "(instance, /)", |vm, this, args| {
        let found = vm.is_real_instance(args.get(vm, 0), this)?;
        Ok(vm.bool(found))
    }),
    Method::new("__subclasscheck__", "(subclass, /)", |vm, this, args| {
        let found = vm.is_real_subclass(args.get(vm, 0), this)?;
        Ok(vm.bool(found))
    }),
    Method::new("__dir__", "()", |vm, this, _| {
        super::dir::type_dir(vm, this)
    }),
    Method::new("__sizeof__", "()", |vm, this, _| {
        let size = size_of(vm, this);
        Ok(int::new(vm, size as i64))
    }),
];

/// `type.__sizeof__`: the struct, and the keys table that a class's instances share. The items of
/// `__slots__` are part of the block, not of this number.
pub fn size_of(vm: &Vm, ty: Addr) -> u64 {
    if vm.type_flags(ty) & flags::HEAPTYPE == 0 {
        return vm.static_type_size();
    }
    let keys = vm.type_data(ty).cached_keys;
    let keys = if keys.is_null() {
        0
    } else {
        dict::keys::size_bytes(vm, keys)
    };
    u64::from(vm.type_data(types::TYPE).basicsize) + keys
}

/// Whether an attribute is `object.__getattribute__` itself.
fn is_object_getattribute(vm: &Vm, found: Addr) -> bool {
    vm.type_of(found) == types::WRAPPER_DESCRIPTOR
        && super::descriptor::wrapper_parts(vm, found).0 == types::OBJECT
}

/// Calls with one more positional argument in front.
pub fn call_with_first(vm: &mut Vm, callable: Addr, first: Addr, args: Args) -> PyResult<Own> {
    let keywords: Vec<Addr> = args
        .keywords(vm)
        .into_iter()
        .map(|(_, value)| value)
        .collect();
    let positional = [&[first], args.to_vec(vm).as_slice()].concat();
    vm.call_keywords(callable, &positional, args.names(), &keywords)
}

/// `cls(...)`: `__new__`, then `__init__` if the result is an instance. CPython: `type_call`.
fn call(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    if class == types::TYPE {
        if args.len() == 1 && args.keyword_count() == 0 {
            let ty = vm.type_of(args.get(vm, 0));
            return Ok(vm.incref(ty));
        }
        if args.len() != 3 {
            return Err(vm.type_error("type() takes 1 or 3 arguments"));
        }
    }
    let disallowed = vm.type_flags(class) & flags::DISALLOW_INSTANTIATION != 0;
    let Some(new) = vm.type_data(class).slots.new.filter(|_| !disallowed) else {
        let name = vm.type_data(class).full_name.to_string();
        return Err(vm.type_error(format!("cannot create '{name}' instances")));
    };
    // An exception keeps that tuple as its `args`, some others as what they are about.
    let keeps_tuple = vm.type_flags(class) & flags::BASE_EXC_SUBCLASS != 0
        || class == types::IT_CHAIN
        || class == types::ITEMGETTER && args.len() > 1;
    // That of `type` itself is for one argument.
    let makes_tuple = !vm.profile.vectorcalls.contains(&class) || class == types::TYPE;
    let given = args.len() + args.keyword_count();
    let held = match makes_tuple && !keeps_tuple && given > 0 {
        true => vm.hold_arguments(args)?,
        false => HeldArguments::default(),
    };
    let object = new(vm, class, args)?;
    if vm.type_check(object.addr(), class)
        && let Some(init) = vm.slots(object.addr()).init
    {
        init(vm, object.addr(), args)?;
    }
    vm.drop_arguments(held);
    Ok(object)
}

fn init(vm: &mut Vm, _class: Addr, args: Args) -> PyResult<()> {
    if args.len() == 1 && args.keyword_count() != 0 {
        return Err(vm.type_error("type.__init__() takes no keyword arguments"));
    }
    if args.len() != 1 && args.len() != 3 {
        return Err(vm.type_error("type.__init__() takes 1 or 3 arguments"));
    }
    Ok(())
}

/// `Class.name`. CPython: `type_getattro`.
fn getattro(vm: &mut Vm, class: Addr, name: Addr) -> PyResult<Own> {
    if !vm.has_flag(name, flags::UNICODE_SUBCLASS) {
        let ty = vm.type_name(name);
        return Err(vm.type_error(format!("attribute name must be string, not '{ty}'")));
    }
    let metatype = vm.type_of(class);
    let meta_attribute = vm.type_lookup(metatype, name);
    let meta_get = meta_attribute.and_then(|attribute| vm.slots(attribute).descr_get);
    if let (Some(attribute), Some(get)) = (meta_attribute, meta_get)
        && vm.slots(attribute).descr_set.is_some()
    {
        let held = vm.incref(attribute);
        let result = get(vm, attribute, Some(class), Some(metatype));
        vm.decref(held);
        return result;
    }
    if let Some(attribute) = vm.type_lookup(class, name) {
        let held = vm.incref(attribute);
        return match vm.slots(attribute).descr_get {
            Some(get) => {
                let result = get(vm, attribute, None, Some(class));
                vm.decref(held);
                result
            }
            None => Ok(held),
        };
    }
    match (meta_attribute, meta_get) {
        (Some(attribute), Some(get)) => {
            let held = vm.incref(attribute);
            let result = get(vm, attribute, Some(class), Some(metatype));
            vm.decref(held);
            result
        }
        (Some(attribute), None) => Ok(vm.incref(attribute)),
        (None, _) => {
            let (ty, text) = (
                vm.type_data(class).full_name.to_string(),
                vm.name_text(name),
            );
            Err(vm.attribute_error(
                class,
                name,
                format!("type object '{ty}' has no attribute '{text}'"),
            ))
        }
    }
}

/// `Class.name = value`: slots follow the special methods. CPython: `type_setattro`.
fn setattro(vm: &mut Vm, class: Addr, name: Addr, value: Option<Addr>) -> PyResult<()> {
    if vm.type_flags(class) & flags::IMMUTABLETYPE != 0 {
        let (text, ty) = (
            vm.name_text(name),
            vm.type_data(class).full_name.to_string(),
        );
        return Err(vm.type_error(format!(
            "cannot set '{text}' attribute of immutable type '{ty}'"
        )));
    }
    object::check_name(vm, name)?;
    let interned = if vm.is_exact_str(name) {
        let name = vm.incref(name);
        str::intern_object(vm, name)
    } else {
        vm.incref(name)
    };
    // Before the change, since a finalizer of the old value may look the name up; and after it, for what such
    // a finalizer made others remember.
    vm.type_modified(class);
    let result = set_in_namespace(vm, class, interned.addr(), value);
    vm.type_modified(class);
    if result.is_ok() {
        let text = vm.name_text(interned.addr());
        if text.starts_with("__") && text.ends_with("__") {
            update_slots_below(vm, class, &text);
        }
    }
    vm.decref(interned);
    result
}

fn set_in_namespace(vm: &mut Vm, class: Addr, name: Addr, value: Option<Addr>) -> PyResult<()> {
    let metatype = vm.type_of(class);
    if let Some(descriptor) = vm.type_lookup(metatype, name)
        && let Some(set) = vm.slots(descriptor).descr_set
    {
        return set(vm, descriptor, class, value);
    }
    let namespace = vm.field(class, TP_DICT);
    match value {
        Some(value) => dict::set(vm, namespace, name, value),
        None => match dict::remove(vm, namespace, name)? {
            Some(old) => {
                vm.decref(old);
                Ok(())
            }
            None => {
                let (ty, text) = (
                    vm.type_data(class).full_name.to_string(),
                    vm.name_text(name),
                );
                let told = match vm.profile.messages.deletion_names_object {
                    true => format!("type object '{ty}' has no attribute '{text}'"),
                    false => text,
                };
                Err(vm.attribute_error(class, name, told))
            }
        },
    }
}

/// A special method changed on `class`: its slots and those of the classes below change. CPython: `update_slot`.
fn update_slots_below(vm: &mut Vm, class: Addr, name: &str) {
    let slots = slots_named(name);
    if slots.is_empty() {
        return;
    }
    let mut classes = vec![class];
    while let Some(class) = classes.pop() {
        for slot in &slots {
            update_slot(vm, class, *slot);
        }
        classes.extend(vm.type_data(class).subclasses.clone());
    }
}

fn dealloc(vm: &mut Vm, class: Addr) {
    if vm.type_flags(class) & flags::HEAPTYPE == 0 {
        return;
    }
    gc::untrack(vm, class);
    vm.type_modified(class);
    for base in tuple_or_empty(vm, vm.field(class, TP_BASES)) {
        subclasses::remove(vm, base, class);
    }
    super::weakref::clear_refs(vm, class);
    for offset in [
        TP_BASE,
        TP_DICT,
        TP_BASES,
        TP_MRO,
        TP_CACHE,
        TP_SUBCLASSES,
        HT_NAME,
        HT_QUALNAME,
        HT_SLOTS,
        layout::HT_MODULE,
    ] {
        vm.set_field(class, offset, None);
    }
    let keys = vm.type_data(class).cached_keys;
    dict::keys::decref(vm, keys);
    vm.remove_type(class);
    // A metaclass written in Python loses its reference in `instance::dealloc`.
    alloc::free(vm, class);
}

fn tuple_or_empty(vm: &Vm, tuple: Addr) -> Vec<Addr> {
    if tuple.is_null() {
        Vec::new()
    } else {
        tuple::items(vm, tuple)
    }
}

fn traverse(vm: &Vm, class: Addr, visit: &mut dyn FnMut(Addr)) {
    if vm.type_flags(class) & flags::HEAPTYPE == 0 {
        return;
    }
    for offset in [
        TP_DICT,
        TP_CACHE,
        TP_MRO,
        TP_BASES,
        TP_BASE,
        layout::HT_MODULE,
    ] {
        if let Some(object) = vm.field(class, offset).some() {
            visit(object);
        }
    }
}

fn references(vm: &Vm, class: Addr, visit: &mut dyn FnMut(Addr)) {
    let heap = vm.type_flags(class) & flags::HEAPTYPE != 0;
    let own = if heap {
        [HT_NAME, HT_QUALNAME, HT_SLOTS].as_slice()
    } else {
        &[]
    };
    let shared = [TP_DICT, TP_CACHE, TP_MRO, TP_BASES, TP_BASE, TP_SUBCLASSES];
    for offset in shared.iter().chain(own) {
        if let Some(object) = vm.field(class, *offset).some() {
            visit(object);
        }
    }
    let keys = vm.type_data(class).cached_keys;
    if !keys.is_null() {
        let table = dict::keys::Table::read(vm, keys);
        for i in 0..vm.word(keys, dict::keys::DK_NENTRIES) {
            visit(table.key(vm, i));
        }
    }
}

fn clear(vm: &mut Vm, class: Addr) {
    if vm.type_flags(class) & flags::HEAPTYPE == 0 {
        return;
    }
    vm.type_modified(class);
    if let Some(namespace) = vm.field(class, TP_DICT).some() {
        dict::clear(vm, namespace);
    }
    vm.set_field(class, layout::HT_MODULE, None);
    vm.set_field(class, TP_MRO, None);
}
