//! Making types ready: inheritance of slots and the attributes of static types. CPython: `PyType_Ready`.

use super::fixup;
use super::slotdefs::{HASH, OPS, SLOTDEFS};
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    BinaryOp, Method, MethodKind, NONE, OB_TYPE, Slots, TypeSpec, builtin_function, descriptor,
    dict, flags, str, tuple, types,
};
use crate::python::version::Profile;
use crate::python::vm::typedata::*;
use crate::python::vm::{PyResult, TypeData, Vm};
use std::rc::Rc;

/// Flags a type inherits from its base without saying so.
const INHERITED: u64 = flags::LONG_SUBCLASS
    | flags::LIST_SUBCLASS
    | flags::TUPLE_SUBCLASS
    | flags::BYTES_SUBCLASS
    | flags::UNICODE_SUBCLASS
    | flags::DICT_SUBCLASS
    | flags::BASE_EXC_SUBCLASS
    | flags::TYPE_SUBCLASS
    | flags::MATCH_SELF
    | flags::SEQUENCE
    | flags::MAPPING;

/// Room for the first classes that a program makes.
const CLASSES_AT_START: usize = 32;

/// Whether it is one of the exceptions, whose bases have their headers.
fn is_exception(vm: &Vm, spec: &TypeSpec) -> bool {
    let mut ty = spec.address;
    let mut base = spec.base;
    while !base.is_null() && base != types::OBJECT {
        (ty, base) = (base, vm.field(base, TP_BASE));
    }
    ty == types::BASE_EXCEPTION
}

/// Writes the header of every static type and reserves its place in `vm.types`, so that objects of these
/// types can exist before the types are ready.
pub fn reserve_static(vm: &mut Vm, specs: impl Iterator<Item = &'static TypeSpec> + Clone) {
    let empty = Rc::new(Slots::default());
    vm.types.reserve(types::COUNT as usize + CLASSES_AT_START);
    for index in 0..types::COUNT {
        let address = types::static_type_addr(index);
        vm.types.push(TypeData::new(address, empty.clone()));
        vm.set_immortal(address);
        vm.set_word(address, OB_TYPE, types::TYPE.0);
        vm.set_word(address, TP_INDEX, u64::from(index));
    }
    let renamed = vm.profile.renamed;
    for spec in specs.clone() {
        let base = spec.base;
        let notes = match is_exception(vm, spec) && !vm.profile.exceptions_have_notes {
            true => 8,
            false => 0,
        };
        let basicsize = vm.profile.basicsize(spec.name, spec.basicsize - notes);
        let mut weaklists = vm.profile.weaklists.iter();
        let weaklist = weaklists.find(|row| row.0 == spec.name);
        let data = vm.type_data_mut(spec.address);
        let renamed = renamed.iter().find(|row| row.0 == spec.name);
        let name = renamed.map_or(spec.name, |row| row.1);
        data.full_name = name.into();
        data.name = name.rsplit_once('.').map_or(name, |(_, name)| name).into();
        data.basicsize = basicsize;
        data.itemsize = spec.itemsize;
        vm.set_word(spec.address, TP_BASICSIZE, u64::from(basicsize));
        vm.set_word(spec.address, TP_ITEMSIZE, u64::from(spec.itemsize));
        vm.set_word(spec.address, TP_DICTOFFSET, u64::from(spec.dictoffset));
        vm.set_word(
            spec.address,
            TP_WEAKLISTOFFSET,
            u64::from(weaklist.map_or(spec.weaklistoffset, |row| row.1)),
        );
        vm.set_word(spec.address, TP_BASE, base.0);
        let mut own = spec.flags | flags::IMMUTABLETYPE;
        if vm.profile.unknown_to_collector.contains(&spec.name) {
            own &= !flags::HAVE_GC;
        }
        vm.set_word(spec.address, TP_FLAGS, own);
    }
    // Every base stands before its subclasses, but for this one.
    inherit_static(vm, &crate::python::object::object::SPEC);
    for spec in specs {
        inherit_static(vm, spec);
    }
}

/// Takes away the slots whose special methods a type has only in later versions.
fn hide_later(profile: &Profile, spec: &TypeSpec, slots: &mut Slots) {
    for name in profile.missing_names(spec.name) {
        for def in SLOTDEFS.iter().filter(|def| def.name == name) {
            (OPS[def.slot].clear)(slots);
        }
    }
}

/// Flags, sizes, order and slots from the base. A base stands before its subclasses in the table.
fn inherit_static(vm: &mut Vm, spec: &TypeSpec) {
    let (ty, base) = (spec.address, spec.base);
    let mut own = Slots::default();
    (spec.slots)(&mut own);
    // The library has unions in every version: `type_or` refuses all other code's.
    let or = own.binary[BinaryOp::Or as usize];
    hide_later(vm.profile, spec, &mut own);
    own.binary[BinaryOp::Or as usize] = or;
    let mut order = vec![ty];
    if !base.is_null() {
        debug_assert!(!vm.type_data(base).mro.is_empty(), "base of {}", spec.name);
        order.extend_from_slice(&vm.type_data(base).mro);
        inherit_words(vm, ty, base, &own);
        // A static type whose base is `object` does not get its `__new__`: `type_ready_set_new`.
        if base == types::OBJECT && own.new.is_none() {
            let own = vm.type_flags(ty);
            vm.set_word(ty, TP_FLAGS, own | flags::DISALLOW_INSTANTIATION);
        }
    }
    let slots = match base.some() {
        Some(base) if own.is_empty() => vm.type_data(base).slots.clone(),
        Some(base) => {
            inherit_slots(&mut own, &vm.type_data(base).slots);
            Rc::new(own)
        }
        None => Rc::new(own),
    };
    let data = vm.type_data_mut(ty);
    (data.slots, data.mro) = (slots, order);
}

fn inherit_words(vm: &mut Vm, ty: Addr, base: Addr, own: &Slots) {
    let (mut type_flags, base_flags) = (vm.type_flags(ty), vm.type_flags(base));
    type_flags |= base_flags & INHERITED;
    if type_flags & flags::HAVE_GC == 0
        && base_flags & flags::HAVE_GC != 0
        && own.traverse.is_none()
    {
        type_flags |= flags::HAVE_GC;
    }
    vm.set_word(ty, TP_FLAGS, type_flags);
    for offset in [TP_DICTOFFSET, TP_WEAKLISTOFFSET] {
        if vm.word(ty, offset) == 0 {
            let inherited = vm.word(base, offset);
            vm.set_word(ty, offset, inherited);
        }
    }
    let (basicsize, itemsize) = (vm.type_data(base).basicsize, vm.type_data(base).itemsize);
    let data = vm.type_data_mut(ty);
    data.basicsize = data.basicsize.max(basicsize);
    if data.itemsize == 0 {
        data.itemsize = itemsize;
    }
    let (basicsize, itemsize) = (data.basicsize, data.itemsize);
    vm.set_word(ty, TP_BASICSIZE, u64::from(basicsize));
    vm.set_word(ty, TP_ITEMSIZE, u64::from(itemsize));
}

/// Fills what is empty from the base: `inherit_slots`. `__eq__` and `__hash__` go together.
pub fn inherit_slots(slots: &mut Slots, base: &Slots) {
    let pair = (slots.hash, slots.richcompare);
    slots.fill_from(base);
    if pair.0.is_some() || pair.1.is_some() {
        (slots.hash, slots.richcompare) = pair;
    }
    slots.dealloc = slots.dealloc.or(base.dealloc);
    if slots.traverse.is_none() {
        slots.traverse = base.traverse;
        slots.clear = slots.clear.or(base.clear);
    }
    slots.references = slots.references.or(base.references);
}

/// Types that CPython 3.13 makes with their module: how their full names begin, the module, and whether the
/// module is there from the start.
const HEAP_TYPES: &[(&str, &str, bool)] = &[
    ("_asyncio.", "_asyncio", false),
    ("_io.", "_io", true),
    ("_thread.", "_thread", true),
    ("_random.", "_random", false),
    ("_struct.", "_struct", false),
    ("array.", "array", false),
    ("datetime.IsoCalendarDate", "_datetime", false),
    ("collections.defaultdict", "_collections", false),
    ("collections.deque", "_collections", false),
    ("collections._deque", "_collections", false),
    ("collections._tuplegetter", "_collections", false),
    ("functools.", "_functools", false),
    ("itertools.", "itertools", false),
    ("operator.", "_operator", false),
    ("re.", "_sre", false),
    ("_sre.", "_sre", false),
];

/// Types that stand in CPython's data in every version and are made ready with their module.
const LATE_STATIC_TYPES: [(&str, &str); 1] = [("datetime.", "_datetime")];

/// The module with which a type is made ready that is not there from the start.
fn late_module(name: &str) -> Option<&'static str> {
    match heap_type(name) {
        Some((_, module, at_start)) => (!at_start).then_some(*module),
        None => LATE_STATIC_TYPES
            .iter()
            .find(|(prefix, _)| name.starts_with(prefix))
            .map(|(_, module)| *module),
    }
}

/// The row of a type's name in the table above. Most names have no dot, and are none of these.
fn heap_type(name: &str) -> Option<&'static (&'static str, &'static str, bool)> {
    if !name.contains('.') {
        return None;
    }
    HEAP_TYPES
        .iter()
        .find(|(prefix, ..)| name.starts_with(prefix))
}

/// How the names of types begin that are made ready when the first t-string is made, which old versions never do.
const OF_TEMPLATES: &str = "string.templatelib.";

/// Makes the types of t-strings ready.
///
/// # Errors
/// When there is no memory left.
pub fn ready_templates(
    vm: &mut Vm,
    specs: impl Iterator<Item = &'static TypeSpec>,
) -> PyResult<()> {
    if vm.type_flags(types::TEMPLATE) & flags::READY != 0 {
        return Ok(());
    }
    for spec in specs.filter(|spec| spec.name.starts_with(OF_TEMPLATES)) {
        ready_static(vm, spec)?;
    }
    crate::python::object::interpolation::add_match_args(vm);
    Ok(())
}

/// Makes the types ready that are there from the start.
pub fn ready_first(vm: &mut Vm, specs: impl Iterator<Item = &'static TypeSpec>) -> PyResult<()> {
    for spec in specs.filter(|spec| !spec.name.starts_with(OF_TEMPLATES)) {
        if late_module(spec.name).is_none() {
            ready_static(vm, spec)?;
        }
    }
    Ok(())
}

/// Makes the types ready that come with a native module.
pub fn ready_with(
    vm: &mut Vm,
    module: &str,
    specs: impl Iterator<Item = &'static TypeSpec>,
) -> PyResult<()> {
    for spec in specs {
        if late_module(spec.name) == Some(module) {
            ready_static(vm, spec)?;
        }
    }
    Ok(())
}

/// Gives every static type its dict and attributes: `add_operators`, `type_add_methods` and the rest.
fn ready_static(vm: &mut Vm, spec: &'static TypeSpec) -> PyResult<()> {
    let ty = spec.address;
    if vm.type_flags(ty) & flags::READY != 0 {
        return Ok(());
    }
    if let Some(base) = spec.base.some() {
        super::subclasses::add(vm, base, ty)?;
    }
    let stands_in_data = |prefix: &&str| spec.name.starts_with(*prefix);
    if heap_type(spec.name).is_some() && !vm.profile.static_natives.iter().any(stands_in_data) {
        let own = vm.type_flags(ty);
        vm.set_word(ty, TP_FLAGS, own | flags::NATIVE_HEAP);
    }
    let namespace = dict::new(vm);
    let namespace_at = namespace.addr();
    vm.init_field(ty, TP_DICT, namespace);
    let bases = tuple::new(vm, spec.base.some().as_slice());
    vm.init_field(ty, TP_BASES, bases);
    let order = std::mem::take(&mut vm.type_data_mut(ty).mro);
    let mro = tuple::new(vm, &order);
    vm.type_data_mut(ty).mro = order;
    vm.init_field(ty, TP_MRO, mro);
    let mut own = Slots::default();
    (spec.slots)(&mut own);
    hide_later(vm.profile, spec, &mut own);
    add_operators(vm, ty, namespace_at, &own)?;
    add_attributes(vm, spec, namespace_at)?;
    add_doc(vm, spec, namespace_at);
    if own.hash.is_some_and(|hash| {
        hash as usize == crate::python::object::object::hash_not_implemented as *const () as usize
    }) {
        let none = vm.none();
        dict::set_name(vm, namespace_at, "__hash__", none);
    }
    let type_flags = vm.type_flags(ty) | flags::READY;
    vm.set_word(ty, TP_FLAGS, type_flags);
    Ok(())
}

/// A wrapper (`int.__add__`) for every slot that the type itself fills.
fn add_operators(vm: &mut Vm, ty: Addr, namespace: Addr, own: &Slots) -> PyResult<()> {
    let not_hashable = own.hash.is_some_and(|hash| {
        hash as usize == crate::python::object::object::hash_not_implemented as *const () as usize
    });
    let mut filled = own.filled();
    if not_hashable {
        filled &= !(1 << HASH);
    }
    for row in fixup::rows_of(filled) {
        if SLOTDEFS[row].wrap.is_none() {
            continue;
        }
        let name = fixup::row_name(vm, row);
        if fixup::has_namesakes(row) && dict::get_str(vm, namespace, name).is_some() {
            continue;
        }
        let wrapper = descriptor::new_wrapper(vm, ty, row, name)?;
        let (name, hash) = (vm.incref(name), str::hash(vm, name));
        dict::add_hashed(vm, namespace, name, hash, wrapper)?;
    }
    if own.new.is_some() && vm.type_flags(ty) & flags::DISALLOW_INSTANTIATION == 0 {
        let function = builtin_function::new(vm, vm.new_wrapper_row, ty, Addr::NULL)?;
        dict::set_name(vm, namespace, "__new__", function);
    }
    Ok(())
}

/// Puts a descriptor into its type's dict, under its name.
fn add_descriptor(vm: &mut Vm, namespace: Addr, descriptor: Own) -> PyResult<()> {
    let name = descriptor::name(vm, descriptor.addr());
    let (name, hash) = (vm.incref(name), str::hash(vm, name));
    dict::set_hashed(vm, namespace, name, hash, descriptor)
}

fn add_attributes(vm: &mut Vm, spec: &'static TypeSpec, namespace: Addr) -> PyResult<()> {
    let ty = spec.address;
    let missing_names = vm.profile.missing_names(spec.name);
    let is_there = |name: &str| !missing_names.contains(&name);
    for method in spec.methods.iter().filter(|method| is_there(method.name)) {
        let row = vm.add_native(method);
        match method.kind {
            MethodKind::Instance => {
                let attribute = descriptor::new_method(vm, ty, row)?;
                add_descriptor(vm, namespace, attribute)?;
            }
            MethodKind::Class => {
                let attribute = descriptor::new_classmethod(vm, ty, row)?;
                add_descriptor(vm, namespace, attribute)?;
            }
            MethodKind::Static => {
                let function = builtin_function::new(vm, row, ty, Addr::NULL)?;
                let attribute = crate::python::object::classmethod::new_static(vm, function)?;
                dict::set_name(vm, namespace, method.name, attribute);
            }
        }
    }
    for member in spec
        .members
        .iter()
        .filter(|member| !member.name.is_empty() && is_there(member.name))
    {
        let attribute = descriptor::new_member(
            vm,
            ty,
            member.name,
            member.kind,
            member.offset,
            member.writable,
        )?;
        add_descriptor(vm, namespace, attribute)?;
    }
    for getset in spec.getset.iter().filter(|getset| is_there(getset.name)) {
        let attribute = descriptor::new_getset(vm, ty, getset)?;
        add_descriptor(vm, namespace, attribute)?;
    }
    Ok(())
}

fn add_doc(vm: &mut Vm, spec: &TypeSpec, namespace: Addr) {
    if dict::get_name(vm, namespace, "__doc__").is_some() {
        return; // a member of that name shows what each instance says
    }
    let doc = match spec.doc {
        Some(doc) => str::new(vm, doc),
        None => vm.incref(NONE),
    };
    dict::set_name(vm, namespace, "__doc__", doc);
}

/// `tp_new_wrapper`: `cls.__new__(cls, …)` of a static type; `this` is the type that made the method.
pub static NEW_WRAPPER: Method = Method::new("__new__", "(*args, **kwargs)", |vm, this, args| {
    let Some(class) = args.opt(vm, 0) else {
        let name = vm.type_data(this).full_name.to_string();
        return Err(vm.type_error(format!("{name}.__new__(): not enough arguments")));
    };
    let base = vm.type_data(this).full_name.to_string();
    if !vm.has_flag(class, flags::TYPE_SUBCLASS) {
        let name = vm.type_name(class);
        return Err(vm.type_error(format!(
            "{base}.__new__(X): X is not a type object ({name})"
        )));
    }
    if !vm.is_subtype(class, this) {
        let name = vm.type_data(class).full_name.to_string();
        return Err(vm.type_error(format!(
            "{base}.__new__({name}): {name} is not a subtype of {base}"
        )));
    }
    // The most derived static base must be this type, or its block would not fit.
    let mut static_base = class;
    while vm.type_flags(static_base) & flags::HEAPTYPE != 0 {
        static_base = vm.field(static_base, TP_BASE);
    }
    let fits = (OPS[super::slotdefs::NEW].same)(
        &vm.type_data(static_base).slots,
        &vm.type_data(this).slots,
    );
    if !fits {
        let (name, safe) = (
            vm.type_data(class).full_name.to_string(),
            vm.type_data(static_base).full_name.to_string(),
        );
        return Err(vm.type_error(format!(
            "{base}.__new__({name}) is not safe, use {safe}.__new__()"
        )));
    }
    let Some(new) = vm.type_data(this).slots.new else {
        return Err(vm.type_error(format!("cannot create '{base}' instances")));
    };
    // CPython: `tp_new_wrapper` gives on the rest of its tuple.
    let rest = tuple::copy_items(vm, args.base().at(8), args.len() - 1)?;
    let result = new(vm, class, args.skip(1));
    vm.decref(rest);
    result
})
.with_tuple();
