//! `object`: the base of everything; generic attribute access. CPython: `PyBaseObject_Type`, Objects/typeobject.c,
//! `PyObject_GenericGetAttr`, Objects/object.c.

use super::dict::values;
use super::slots::CompareOp;
use super::{
    GetSet, Method, NONE, Slots, TypeSpec, alloc, dict, flags, int, list, str, tuple, r#type, types,
};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::protocol::hash_pointer;
use crate::python::vm::typedata::*;
use crate::python::vm::{Args, PyResult, Raised, Vm};

/// `object`
pub static SPEC: TypeSpec = TypeSpec {
    base: Addr::NULL,
    flags: flags::BASETYPE,
    slots,
    methods: METHODS,
    getset: &[GetSet::write(
        "__class__",
        |vm, object| Ok(vm.incref(vm.type_of(object))),
        set_class,
    )],
    doc: Some(
        "The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new featureless\ninstance that has no instance attributes and cannot be given any.\n",
    ),
    ..TypeSpec::new(types::OBJECT, "object")
};

fn slots(slots: &mut Slots) {
    slots.dealloc = Some(alloc::free);
    slots.repr = Some(repr);
    // The result is checked by who asked, in the name of `__str__`.
    slots.str = Some(|vm, object| match vm.slots(object).repr {
        Some(repr) => repr(vm, object),
        None => vm.repr(object),
    });
    slots.hash = Some(|_, object| Ok(hash_pointer(object)));
    slots.getattro = Some(generic_getattr);
    slots.setattro = Some(generic_setattr);
    slots.richcompare = Some(richcompare);
    slots.init = Some(init);
    slots.new = Some(new);
}

static METHODS: &[Method] = &[
    Method::new("__reduce_ex__", "(protocol, /)", super::reduce::reduce_ex),
    Method::new("__reduce__", "()", super::reduce::reduce),
    Method::new("__getstate__", "()", super::reduce::getstate),
    Method::class("__subclasshook__", "(object, /)", |vm, _, _| {
        Ok(vm.not_implemented())
    }),
    Method::class("__init_subclass__", "()", |vm, _, _| Ok(vm.none())),
    Method::new("__format__", "(format_spec, /)", format),
    Method::new("__sizeof__", "()", |vm, this, _| {
        let size = basic_size_of(vm, this);
        Ok(int::new(vm, size as i64))
    }),
    Method::new("__dir__", "()", |vm, this, _| {
        super::dir::object_dir(vm, this)
    }),
];

/// The hash slot of types that cannot be hashed: `PyObject_HashNotImplemented`.
pub fn hash_not_implemented(vm: &mut Vm, object: Addr) -> PyResult<i64> {
    Err(vm.unhashable(object))
}

/// `object.__sizeof__`: `tp_basicsize` and the items.
pub fn basic_size_of(vm: &Vm, object: Addr) -> u64 {
    let data = vm.type_data(vm.type_of(object));
    let mut size = u64::from(data.basicsize);
    if data.itemsize != 0 {
        size += u64::from(data.itemsize) * (vm.word(object, super::OB_SIZE) as i64).unsigned_abs();
    }
    size
}

/// A new instance of any class: `PyType_GenericAlloc`. Tracked if the class has the collector's header.
pub fn generic_alloc(vm: &mut Vm, class: Addr, items: usize) -> PyResult<Own> {
    let object = alloc::alloc_generic(vm, class, items)?;
    if vm.type_flags(class) & flags::HAVE_GC != 0 {
        gc::track(vm, object.addr());
    }
    Ok(object)
}

fn repr(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    let ty = vm.type_of(object);
    let module = r#type::module_text(vm, ty)?;
    let qualname = r#type::qualname_text(vm, ty)?;
    let name = match module.as_deref() {
        Some(module) if module != "builtins" => format!("{module}.{qualname}"),
        _ => vm.type_data(ty).name.to_string(),
    };
    Ok(str::new(vm, &format!("<{name} object at {:#x}>", object.0)))
}

fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    match op {
        CompareOp::Eq if left == right => Ok(vm.bool(true)),
        CompareOp::Ne => {
            // By default the opposite of `==`.
            let Some(compare) = vm.slots(left).richcompare else {
                return Ok(vm.not_implemented());
            };
            let equal = compare(vm, left, right, CompareOp::Eq)?;
            if equal.addr() == super::NOT_IMPLEMENTED {
                return Ok(equal);
            }
            let truth = vm.is_true(equal.addr())?;
            vm.decref(equal);
            Ok(vm.bool(!truth))
        }
        _ => Ok(vm.not_implemented()),
    }
}

fn excess_args(args: Args) -> bool {
    !args.is_empty() || args.keyword_count() != 0
}

fn same_new(vm: &Vm, class: Addr) -> bool {
    same(
        vm.type_data(class).slots.new,
        vm.type_data(types::OBJECT).slots.new,
    )
}

fn same_init(vm: &Vm, class: Addr) -> bool {
    vm.type_data(class)
        .slots
        .init
        .zip(vm.type_data(types::OBJECT).slots.init)
        .is_some_and(|(a, b)| std::ptr::fn_addr_eq(a, b))
}

fn same(a: Option<super::slots::CallFn>, b: Option<super::slots::CallFn>) -> bool {
    a.zip(b).is_some_and(|(a, b)| std::ptr::fn_addr_eq(a, b))
}

fn init(vm: &mut Vm, object: Addr, args: Args) -> PyResult<()> {
    let class = vm.type_of(object);
    if excess_args(args) {
        if !same_init(vm, class) {
            return Err(vm.type_error(
                "object.__init__() takes exactly one argument (the instance to initialize)",
            ));
        }
        if same_new(vm, class) {
            let name = vm.type_name(object);
            return Err(vm.type_error(format!(
                "{name}.__init__() takes exactly one argument (the instance to initialize)"
            )));
        }
    }
    Ok(())
}

fn new(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    if excess_args(args) {
        if !same_new(vm, class) {
            return Err(vm.type_error(
                "object.__new__() takes exactly one argument (the type to instantiate)",
            ));
        }
        if same_init(vm, class) {
            let name = vm.type_data(class).name.to_string();
            return Err(vm.type_error(format!("{name}() takes no arguments")));
        }
    }
    if vm.type_flags(class) & flags::IS_ABSTRACT != 0 {
        return Err(abstract_error(vm, class)?);
    }
    generic_alloc(vm, class, 0)
}

/// `Can't instantiate abstract class C without an implementation for abstract method 'm'`
fn abstract_error(vm: &mut Vm, class: Addr) -> PyResult<Raised> {
    let methods = vm.get_attr(class, vm.names.__abstractmethods__)?;
    let sorted = list::from_iterable(vm, methods.addr())?;
    vm.decref(methods);
    list::sort(vm, sorted.addr(), Addr::NULL, false)?;
    let names: Vec<String> = list::items(vm, sorted.addr())
        .into_iter()
        .map(|name| vm.name_text(name))
        .collect();
    vm.decref(sorted);
    let class = vm.type_data(class).name.to_string();
    let plural = if names.len() > 1 { "s" } else { "" };
    if !vm.profile.messages.abstract_quotes_methods {
        return Ok(vm.type_error(format!(
            "Can't instantiate abstract class {class} with abstract method{plural} {}",
            names.join(", ")
        )));
    }
    let names: Vec<String> = names.iter().map(|name| format!("'{name}'")).collect();
    Ok(vm.type_error(format!(
        "Can't instantiate abstract class {class} without an implementation for abstract method{plural} {}",
        names.join(", ")
    )))
}

fn format(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    let spec = args.get(vm, 0);
    if !vm.has_flag(spec, flags::UNICODE_SUBCLASS) {
        let name = vm.type_name(spec);
        return Err(vm.type_error(format!("__format__() argument must be str, not {name}")));
    }
    if str::len(vm, spec) > 0 {
        let name = vm.type_name(object);
        return Err(vm.type_error(format!(
            "unsupported format string passed to {name}.__format__"
        )));
    }
    vm.str(object)
}

/// Raises `AttributeError: 'C' object has no attribute 'x'`.
#[cold]
pub fn no_attribute(vm: &mut Vm, object: Addr, name: Addr) -> Raised {
    let (ty, text) = (vm.type_name(object), vm.name_text(name));
    vm.attribute_error(
        object,
        name,
        format!("'{ty}' object has no attribute '{text}'"),
    )
}

/// Refuses an attribute's name that is no text.
pub fn check_name(vm: &mut Vm, name: Addr) -> PyResult<()> {
    if vm.has_flag(name, flags::UNICODE_SUBCLASS) {
        return Ok(());
    }
    let ty = vm.type_name(name);
    Err(vm.type_error(format!("attribute name must be string, not '{ty}'")))
}

/// `object.name` by the rules of `object.__getattribute__`.
pub fn generic_getattr(vm: &mut Vm, object: Addr, name: Addr) -> PyResult<Own> {
    match generic_getattr_opt(vm, object, name, None)? {
        Some(value) => Ok(value),
        None => match vm.later_attribute(object, name)? {
            Some(later) => Ok(later),
            None => Err(no_attribute(vm, object, name)),
        },
    }
}

/// The same, `None` where there is no such attribute; `dict` replaces the instance's own.
/// CPython: `_PyObject_GenericGetAttrWithDict`.
pub fn generic_getattr_opt(
    vm: &mut Vm,
    object: Addr,
    name: Addr,
    dict: Option<Addr>,
) -> PyResult<Option<Own>> {
    check_name(vm, name)?;
    let ty = vm.type_of(object);
    let Some(descriptor) = vm.type_lookup(ty, name) else {
        let found = own_lookup(vm, object, ty, name, dict)?;
        return Ok(found.map(|value| vm.incref(value)));
    };
    // Held: its `__get__` may take it out of the class, and so may the `__eq__` of a key in the instance's dict.
    let held = vm.incref(descriptor);
    let result = described(vm, object, name, dict, descriptor);
    vm.decref(held);
    result.map(Some)
}

/// The attribute where the class has a value under the name too; an `AttributeError` of a `__get__` stays an error.
fn described(
    vm: &mut Vm,
    object: Addr,
    name: Addr,
    dict: Option<Addr>,
    descriptor: Addr,
) -> PyResult<Own> {
    let ty = vm.type_of(object);
    let get = vm.slots(descriptor).descr_get;
    if let Some(get) = get
        && vm.slots(descriptor).descr_set.is_some()
    {
        return get(vm, descriptor, Some(object), Some(ty));
    }
    if let Some(value) = own_lookup(vm, object, ty, name, dict)? {
        return Ok(vm.incref(value));
    }
    match get {
        Some(get) => get(vm, descriptor, Some(object), Some(ty)),
        None => Ok(vm.incref(descriptor)),
    }
}

/// What the object itself has under a name, in `dict` where that stands for its own; borrowed.
fn own_lookup(
    vm: &mut Vm,
    object: Addr,
    ty: Addr,
    name: Addr,
    dict: Option<Addr>,
) -> PyResult<Option<Addr>> {
    match dict {
        Some(dict) => dict::get(vm, dict, name),
        None => instance_lookup(vm, object, ty, name),
    }
}

/// An attribute that the object itself has, in its inline values or its `__dict__`.
pub fn own_attribute(vm: &mut Vm, object: Addr, name: Addr) -> PyResult<Option<Own>> {
    let ty = vm.type_of(object);
    let found = instance_lookup(vm, object, ty, name)?;
    Ok(found.map(|value| vm.incref(value)))
}

#[inline]
fn instance_lookup(vm: &mut Vm, object: Addr, ty: Addr, name: Addr) -> PyResult<Option<Addr>> {
    if vm.type_flags(ty) & flags::MANAGED_DICT != 0 {
        return values::instance_get(vm, object, name);
    }
    let dict = dict_slot(vm, object, ty);
    match dict.map(|at| vm.field(at, 0)).and_then(Addr::some) {
        Some(dict) => dict::get(vm, dict, name),
        None => Ok(None),
    }
}

/// Where an instance keeps its `__dict__`, for types with a `tp_dictoffset`. CPython: `_PyObject_ComputedDictPointer`.
pub fn dict_slot(vm: &Vm, object: Addr, ty: Addr) -> Option<Addr> {
    match vm.word(ty, TP_DICTOFFSET) as i64 {
        0 => None,
        offset if offset > 0 => Some(object.at(offset as u64)),
        offset => {
            let items = match vm.type_flags(ty) & flags::LONG_SUBCLASS {
                0 => (vm.word(object, super::OB_SIZE) as i64).unsigned_abs(),
                _ => super::int::digits(vm, object).len().max(1) as u64,
            };
            let size = u64::from(vm.type_data(ty).basicsize)
                + items * u64::from(vm.type_data(ty).itemsize);
            Some(object.at(((size + 7) & !7).wrapping_add_signed(offset)))
        }
    }
}

/// `object.name = value` by the rules of `object.__setattr__`.
pub fn generic_setattr(vm: &mut Vm, object: Addr, name: Addr, value: Option<Addr>) -> PyResult<()> {
    check_name(vm, name)?;
    let ty = vm.type_of(object);
    let descriptor = vm.type_lookup(ty, name);
    if let Some(descriptor) = descriptor
        && let Some(set) = vm.slots(descriptor).descr_set
    {
        let held = vm.incref(descriptor);
        let result = set(vm, descriptor, object, value);
        vm.decref(held);
        return result;
    }
    if vm.type_flags(ty) & flags::MANAGED_DICT != 0 {
        return match values::instance_set(vm, object, name, value)? {
            true => Ok(()),
            false => Err(nothing_to_delete(vm, object, name)),
        };
    }
    let Some(slot) = dict_slot(vm, object, ty) else {
        return Err(cannot_set(vm, object, name, descriptor));
    };
    if vm.field(slot, 0).is_null() {
        if value.is_none() {
            return Err(nothing_to_delete(vm, object, name));
        }
        let dict = dict::plain::new_for(vm, ty);
        vm.init_field(slot, 0, dict);
    }
    let dict = vm.field(slot, 0);
    if !vm.type_data(ty).cached_keys.is_null() {
        let held = vm.incref(dict);
        let done = dict::plain::set_attribute(vm, ty, dict, name, value);
        vm.decref(held);
        return match done? {
            true => Ok(()),
            false => Err(nothing_to_delete(vm, object, name)),
        };
    }
    match value {
        Some(value) => dict::set(vm, dict, name, value),
        None => match dict::remove(vm, dict, name)? {
            Some(old) => {
                vm.decref(old);
                Ok(())
            }
            None => Err(nothing_to_delete(vm, object, name)),
        },
    }
}

/// The error of a deletion: up to 3.10 it tells only the name.
#[cold]
fn nothing_to_delete(vm: &mut Vm, object: Addr, name: Addr) -> Raised {
    if vm.profile.messages.deletion_names_object {
        return no_attribute(vm, object, name);
    }
    let text = vm.name_text(name);
    vm.attribute_error(object, name, text)
}

/// Why an object without `__dict__` refuses an attribute.
#[cold]
fn cannot_set(vm: &mut Vm, object: Addr, name: Addr, descriptor: Option<Addr>) -> Raised {
    let (ty, text) = (vm.type_name(object), vm.name_text(name));
    let message = match descriptor {
        Some(_) => format!("'{ty}' object attribute '{text}' is read-only"),
        None if vm.profile.tells_missing_dict
            && vm.slots(object).setattro.is_some_and(|set| {
                std::ptr::fn_addr_eq(set, generic_setattr as super::slots::SetFn)
            }) =>
        {
            format!(
                "'{ty}' object has no attribute '{text}' and no __dict__ for setting new attributes"
            )
        }
        None => format!("'{ty}' object has no attribute '{text}'"),
    };
    if descriptor.is_none() && !vm.profile.tells_missing_dict {
        return vm.attribute_error_text(message);
    }
    vm.attribute_error(object, name, message)
}

/// The `__dict__` of an instance, made if needed: the getter of `__dict__`.
pub fn get_dict(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    let ty = vm.type_of(object);
    if vm.type_flags(ty) & flags::MANAGED_DICT != 0 {
        return Ok(values::instance_dict(vm, object));
    }
    let Some(slot) = dict_slot(vm, object, ty) else {
        return Err(vm.attribute_error_text("This object has no __dict__"));
    };
    if vm.field(slot, 0).is_null() {
        let dict = dict::plain::new_for(vm, ty);
        vm.init_field(slot, 0, dict);
    }
    let dict = vm.field(slot, 0);
    Ok(vm.incref(dict))
}

/// `object.__dict__ = value`
pub fn set_dict(vm: &mut Vm, object: Addr, value: Option<Addr>) -> PyResult<()> {
    if value.is_none() {
        return Err(vm.type_error("cannot delete __dict__"));
    }
    replace_dict(vm, object, value)
}

/// The same for an instance of a class made in Python, whose dict may be deleted: then it gets a new one.
pub fn replace_dict(vm: &mut Vm, object: Addr, value: Option<Addr>) -> PyResult<()> {
    if let Some(value) = value
        && !vm.has_flag(value, flags::DICT_SUBCLASS)
    {
        let name = vm.type_name(value);
        return Err(vm.type_error(format!(
            "__dict__ must be set to a dictionary, not a '{name}'"
        )));
    }
    let ty = vm.type_of(object);
    if vm.type_flags(ty) & flags::MANAGED_DICT != 0 {
        values::set_instance_dict(vm, object, value);
        return Ok(());
    }
    match dict_slot(vm, object, ty) {
        Some(slot) => {
            let value = value.map(|value| vm.incref(value));
            vm.set_field(slot, 0, value);
            Ok(())
        }
        None => Err(vm.attribute_error_text("This object has no __dict__")),
    }
}

/// `object.__class__ = cls`: only between classes of one layout.
fn set_class(vm: &mut Vm, object: Addr, _descriptor: Addr, value: Option<Addr>) -> PyResult<()> {
    let Some(class) = value else {
        return Err(vm.type_error("can't delete __class__ attribute"));
    };
    if !vm.has_flag(class, flags::TYPE_SUBCLASS) {
        let name = vm.type_name(class);
        return Err(vm.type_error(format!(
            "__class__ must be set to a class, not '{name}' object"
        )));
    }
    let old = vm.type_of(object);
    let modules = vm.is_subtype(class, types::MODULE) && vm.is_subtype(old, types::MODULE);
    let mutable = |vm: &Vm, ty| vm.type_flags(ty) & flags::IMMUTABLETYPE == 0;
    if !modules && !(mutable(vm, class) && mutable(vm, old)) {
        return Err(vm.type_error(
            "__class__ assignment only supported for mutable types or ModuleType subclasses",
        ));
    }
    if let Some(what) = r#type::difference(vm, class, old) {
        let (new, old) = (
            vm.type_data(class).name.to_string(),
            vm.type_data(old).name.to_string(),
        );
        return Err(vm.type_error(format!(
            "__class__ assignment: '{new}' {what} differs from '{old}'"
        )));
    }
    if values::valid_values(vm, object, old).is_some() {
        // The values' keys belong to the old class: they become an ordinary dict.
        let dict = values::instance_dict(vm, object);
        dict::make_combined(vm, dict.addr())?;
        vm.decref(dict);
    }
    let class = vm.incref(class);
    vm.set_word(object, super::OB_TYPE, class.into_addr().0);
    vm.decref_word(old.0);
    Ok(())
}

/// Two objects as a pair.
pub fn pair(vm: &mut Vm, first: Own, second: Own) -> Own {
    tuple::from_owned(vm, vec![first, second])
}

/// `None` as an owned value where a pointer is `NULL`.
pub fn or_none(vm: &mut Vm, object: Addr) -> Own {
    vm.incref(object.some().unwrap_or(NONE))
}
