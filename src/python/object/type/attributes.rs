//! The attributes of classes: `__name__`, `__bases__`, `__module__`, `repr`.

use super::layout::{HT_NAME, HT_QUALNAME};
use super::{fixup_slots, layout, mro, subclasses};
use crate::python::memory::{Addr, Own};
use crate::python::object::annotations as deferred;
use crate::python::object::{
    EMPTY_TUPLE, GetSet, Member, MemberKind, NONE, dict, flags, int, mappingproxy, str, tuple,
    types,
};
use crate::python::vm::typedata::*;
use crate::python::vm::{PyResult, Vm};

/// Fields of the type object.
pub static MEMBERS: &[Member] = &[
    Member {
        name: "__basicsize__",
        kind: MemberKind::Int64,
        offset: TP_BASICSIZE as u32,
        writable: false,
    },
    Member {
        name: "__itemsize__",
        kind: MemberKind::Int64,
        offset: TP_ITEMSIZE as u32,
        writable: false,
    },
    Member {
        name: "__weakrefoffset__",
        kind: MemberKind::Int64,
        offset: TP_WEAKLISTOFFSET as u32,
        writable: false,
    },
    Member {
        name: "__base__",
        kind: MemberKind::ObjectOrNone,
        offset: TP_BASE as u32,
        writable: false,
    },
    Member {
        name: "__dictoffset__",
        kind: MemberKind::Int64,
        offset: TP_DICTOFFSET as u32,
        writable: false,
    },
];

/// Computed attributes.
pub static GETSET: &[GetSet] = &[
    GetSet::write("__name__", name, set_name),
    GetSet::write("__qualname__", qualname, set_qualname),
    GetSet::write("__bases__", bases, set_bases),
    GetSet::read("__flags__", |vm, class| {
        let own = vm.type_flags(class);
        let heap = if own & flags::NATIVE_HEAP != 0 {
            flags::HEAPTYPE
        } else {
            0
        };
        let is_static = (own | heap) & flags::HEAPTYPE == 0;
        let fixed = u64::from(is_static && vm.profile.static_types_are_flagged) << 1;
        let shown = (own | heap | fixed) & !vm.profile.hidden_flags;
        Ok(int::new(vm, i64::from(shown as u32)))
    }),
    GetSet::read("__mro__", |vm, class| {
        let order = vm.field(class, TP_MRO).some().unwrap_or(NONE);
        Ok(vm.incref(order))
    }),
    GetSet::write("__module__", module, set_module),
    GetSet::write("__abstractmethods__", abstractmethods, set_abstractmethods),
    GetSet::read("__dict__", |vm, class| {
        let namespace = vm.field(class, TP_DICT);
        if namespace.is_null() {
            Ok(vm.incref(NONE))
        } else {
            mappingproxy::new(vm, namespace)
        }
    }),
    GetSet::write("__doc__", doc, set_doc),
    GetSet::read("__text_signature__", |vm, _| Ok(vm.incref(NONE))),
    GetSet::write("__annotations__", annotations, set_annotations),
    GetSet::write("__annotate__", annotate, set_annotate),
    GetSet::write("__type_params__", type_params, set_type_params),
];

fn is_heap(vm: &Vm, class: Addr) -> bool {
    vm.type_flags(class) & flags::HEAPTYPE != 0
}

fn name(vm: &mut Vm, class: Addr) -> PyResult<Own> {
    if is_heap(vm, class) {
        let name = vm.field(class, HT_NAME);
        return Ok(vm.incref(name));
    }
    // Each time a new string: `PyUnicode_FromString`.
    let name = vm.type_data(class).name.to_string();
    Ok(str::new(vm, &name))
}

/// What a class attribute may be set to, with CPython's refusals.
fn check_set(vm: &mut Vm, class: Addr, attribute: &str, value: Option<Addr>) -> PyResult<Addr> {
    let ty = vm.type_data(class).full_name.to_string();
    if vm.type_flags(class) & flags::IMMUTABLETYPE != 0 {
        return Err(vm.type_error(format!(
            "cannot set '{attribute}' attribute of immutable type '{ty}'"
        )));
    }
    match value {
        Some(value) => Ok(value),
        None => Err(vm.type_error(format!(
            "cannot delete '{attribute}' attribute of immutable type '{ty}'"
        ))),
    }
}

fn check_str(vm: &mut Vm, class: Addr, attribute: &str, value: Addr) -> PyResult<()> {
    if vm.has_flag(value, flags::UNICODE_SUBCLASS) {
        return Ok(());
    }
    let (ty, got) = (vm.type_data(class).name.to_string(), vm.type_name(value));
    Err(vm.type_error(format!(
        "can only assign string to {ty}.{attribute}, not '{got}'"
    )))
}

fn set_name(vm: &mut Vm, class: Addr, _descriptor: Addr, value: Option<Addr>) -> PyResult<()> {
    let value = check_set(vm, class, "__name__", value)?;
    check_str(vm, class, "__name__", value)?;
    let text = vm.name_text(value);
    if text.contains('\0') {
        return Err(vm.value_error("type name must not contain null characters"));
    }
    let data = vm.type_data_mut(class);
    data.name = text.clone().into();
    data.full_name = text.into();
    let value = vm.incref(value);
    vm.set_field(class, HT_NAME, Some(value));
    Ok(())
}

fn qualname(vm: &mut Vm, class: Addr) -> PyResult<Own> {
    if is_heap(vm, class) {
        let qualname = vm.field(class, HT_QUALNAME);
        return Ok(vm.incref(qualname));
    }
    name(vm, class)
}

fn set_qualname(vm: &mut Vm, class: Addr, _descriptor: Addr, value: Option<Addr>) -> PyResult<()> {
    let value = check_set(vm, class, "__qualname__", value)?;
    check_str(vm, class, "__qualname__", value)?;
    let value = vm.incref(value);
    vm.set_field(class, HT_QUALNAME, Some(value));
    Ok(())
}

fn module(vm: &mut Vm, class: Addr) -> PyResult<Own> {
    if is_heap(vm, class) {
        let namespace = vm.field(class, TP_DICT);
        return match dict::get_str(vm, namespace, vm.names.__module__) {
            Some(module) => Ok(vm.incref(module)),
            None => Err(vm.attribute_error_text("__module__")),
        };
    }
    let full = vm.type_data(class).full_name.to_string();
    let module = full
        .rsplit_once('.')
        .map_or("builtins", |(module, _)| module);
    Ok(str::intern(vm, module))
}

fn set_module(vm: &mut Vm, class: Addr, _descriptor: Addr, value: Option<Addr>) -> PyResult<()> {
    let value = check_set(vm, class, "__module__", value)?;
    vm.type_modified(class);
    let namespace = vm.field(class, TP_DICT);
    dict::set(vm, namespace, vm.names.__module__, value)?;
    if let Some(line) = dict::remove(vm, namespace, vm.names.__firstlineno__)? {
        vm.decref(line);
    }
    Ok(())
}

/// `__module__` as text, `None` if it is not a string.
pub fn module_text(vm: &mut Vm, class: Addr) -> PyResult<Option<String>> {
    let found = module(vm, class);
    let Some(module) = vm.ignore_raised(found, types::ATTRIBUTE_ERROR)? else {
        return Ok(None);
    };
    let text = vm
        .has_flag(module.addr(), flags::UNICODE_SUBCLASS)
        .then(|| vm.name_text(module.addr()));
    vm.decref(module);
    Ok(text)
}

/// `__qualname__` as text.
pub fn qualname_text(vm: &mut Vm, class: Addr) -> PyResult<String> {
    let name = qualname(vm, class)?;
    let text = vm.name_text(name.addr());
    vm.decref(name);
    Ok(text)
}

impl Vm {
    /// A class's name, from 3.13 on with its module, where that is not the main one: `%T` of `PyUnicode_FromFormat`.
    pub fn shown_type_name(&mut self, class: Addr) -> PyResult<String> {
        if !self.profile.names_tell_modules || self.type_flags(class) & flags::HEAPTYPE == 0 {
            return Ok(self.type_data(class).full_name.to_string());
        }
        let qualname = qualname_text(self, class)?;
        Ok(match module_text(self, class)?.as_deref() {
            None | Some("builtins" | "__main__") => qualname,
            Some(module) => format!("{module}.{qualname}"),
        })
    }
}

/// `<class '__main__.C'>`
pub fn repr(vm: &mut Vm, class: Addr) -> PyResult<Own> {
    let module = module_text(vm, class)?;
    let text = match module.as_deref() {
        Some(module) if module != "builtins" => {
            let qualname = qualname_text(vm, class)?;
            format!("<class '{module}.{qualname}'>")
        }
        _ => format!("<class '{}'>", vm.type_data(class).full_name),
    };
    Ok(str::new(vm, &text))
}

fn bases(vm: &mut Vm, class: Addr) -> PyResult<Own> {
    let bases = vm.field(class, TP_BASES).some().unwrap_or(EMPTY_TUPLE);
    Ok(vm.incref(bases))
}

/// `Class.__bases__ = …`: the order and slots of the class and those below are made anew.
fn set_bases(vm: &mut Vm, class: Addr, _descriptor: Addr, value: Option<Addr>) -> PyResult<()> {
    let value = check_set(vm, class, "__bases__", value)?;
    let ty = vm.type_data(class).name.to_string();
    if !vm.has_flag(value, flags::TUPLE_SUBCLASS) {
        let got = vm.type_name(value);
        return Err(vm.type_error(format!(
            "can only assign tuple to {ty}.__bases__, not {got}"
        )));
    }
    if tuple::len(vm, value) == 0 {
        return Err(vm.type_error(format!(
            "can only assign non-empty tuple to {ty}.__bases__, not ()"
        )));
    }
    for base in tuple::items(vm, value) {
        if !vm.has_flag(base, flags::TYPE_SUBCLASS) {
            let got = vm.type_name(base);
            return Err(vm.type_error(format!(
                "{ty}.__bases__ must be tuple of classes, not '{got}'"
            )));
        }
        // The order of a class whose `mro()` runs just now is not made yet: its bases tell.
        if vm.is_subtype(base, class) || layout::is_below(vm, base, class) {
            return Err(vm.type_error("a __bases__ item causes an inheritance cycle"));
        }
    }
    let base = layout::best_base(vm, value)?;
    let old_base = vm.field(class, TP_BASE);
    if let Some(what) = layout::difference(vm, base, old_base) {
        let (new, old) = (
            vm.type_data(base).name.to_string(),
            vm.type_data(old_base).name.to_string(),
        );
        return Err(vm.type_error(format!(
            "__bases__ assignment: '{new}' {what} differs from '{old}'"
        )));
    }
    replace_bases(vm, class, base, value)
}

/// The orders come first, since a metaclass's `mro()` may refuse, or assign other bases: then what it did stays.
fn replace_bases(vm: &mut Vm, class: Addr, base: Addr, bases: Addr) -> PyResult<()> {
    let (new_base, new_bases) = (vm.incref(base), vm.incref(bases));
    let old_bases = vm.replace_field(class, TP_BASES, Some(new_bases));
    let old_base = vm.replace_field(class, TP_BASE, Some(new_base));
    let mut done = Vec::new();
    let result = replace_orders(vm, class, &mut done);
    if vm.field(class, TP_BASES) != bases {
        drop_orders(vm, done);
        vm.xdecref(old_bases);
        vm.xdecref(old_base);
        return result;
    }
    if let Err(raised) = result {
        for replaced in done {
            let is_ours = vm.field(replaced.class, TP_MRO) == replaced.new.addr();
            if is_ours {
                let order = tuple::items(vm, replaced.old.addr());
                super::new::install_mro(vm, replaced.class, order);
            }
            vm.decref(replaced.new);
            vm.decref(replaced.old);
        }
        let base = vm.replace_field(class, TP_BASE, old_base);
        let bases = vm.replace_field(class, TP_BASES, old_bases);
        vm.type_modified(class);
        vm.xdecref(bases);
        vm.xdecref(base);
        return Err(raised);
    }
    drop_orders(vm, done);
    let without = old_bases.as_ref().map(|old| tuple::items(vm, old.addr()));
    for old in without.unwrap_or_default() {
        subclasses::remove(vm, old, class);
    }
    for new in tuple::items(vm, bases) {
        subclasses::add(vm, new, class)?;
    }
    let mut below = vec![class];
    while let Some(changed) = below.pop() {
        vm.type_modified(changed);
        fixup_slots(vm, changed);
        below.extend(vm.type_data(changed).subclasses.clone());
    }
    vm.xdecref(old_bases);
    vm.xdecref(old_base);
    Ok(())
}

/// An order that was replaced, and the one in its place.
struct Replaced {
    class: Addr,
    old: Own,
    new: Own,
}

fn drop_orders(vm: &mut Vm, orders: Vec<Replaced>) {
    for replaced in orders {
        vm.decref(replaced.new);
        vm.decref(replaced.old);
    }
}

/// Makes the orders of a class and of those below anew: `mro_hierarchy`. One that an `mro()` replaced itself stays.
fn replace_orders(vm: &mut Vm, class: Addr, done: &mut Vec<Replaced>) -> PyResult<()> {
    let before = vm.field(class, TP_MRO);
    let old = vm.incref(before.some().unwrap_or(EMPTY_TUPLE));
    let order = mro::compute(vm, class);
    let is_other = vm.field(class, TP_MRO) != before;
    match order {
        Ok(order) if !is_other => super::new::install_mro(vm, class, order),
        order => {
            vm.decref(old);
            return order.map(drop);
        }
    }
    vm.type_modified(class);
    let new = vm.incref(vm.field(class, TP_MRO));
    done.push(Replaced { class, old, new });
    for subclass in vm.type_data(class).subclasses.clone() {
        replace_orders(vm, subclass, done)?;
    }
    Ok(())
}

fn abstractmethods(vm: &mut Vm, class: Addr) -> PyResult<Own> {
    let namespace = vm.field(class, TP_DICT);
    let found = if class == types::TYPE {
        None
    } else {
        dict::get_str(vm, namespace, vm.names.__abstractmethods__)
    };
    match found {
        Some(methods) => Ok(vm.incref(methods)),
        None => Err(vm.attribute_error(
            class,
            vm.names.__abstractmethods__,
            "__abstractmethods__".to_string(),
        )),
    }
}

fn set_abstractmethods(
    vm: &mut Vm,
    class: Addr,
    _descriptor: Addr,
    value: Option<Addr>,
) -> PyResult<()> {
    let namespace = vm.field(class, TP_DICT);
    let is_abstract = match value {
        Some(value) => {
            let truth = vm.is_true(value)?;
            dict::set(vm, namespace, vm.names.__abstractmethods__, value)?;
            truth
        }
        None => match dict::remove(vm, namespace, vm.names.__abstractmethods__)? {
            Some(old) => {
                vm.decref(old);
                false
            }
            None => return Err(vm.attribute_error_text("__abstractmethods__")),
        },
    };
    vm.type_modified(class);
    let type_flags = vm.type_flags(class) & !flags::IS_ABSTRACT;
    vm.set_word(
        class,
        TP_FLAGS,
        type_flags | if is_abstract { flags::IS_ABSTRACT } else { 0 },
    );
    Ok(())
}

fn doc(vm: &mut Vm, class: Addr) -> PyResult<Own> {
    let namespace = vm.field(class, TP_DICT);
    let Some(doc) = dict::get_str(vm, namespace, vm.names.__doc__) else {
        return Ok(vm.incref(NONE));
    };
    match vm.slots(doc).descr_get {
        Some(get) => get(vm, doc, None, Some(class)),
        None => Ok(vm.incref(doc)),
    }
}

fn set_doc(vm: &mut Vm, class: Addr, _descriptor: Addr, value: Option<Addr>) -> PyResult<()> {
    let value = check_set(vm, class, "__doc__", value)?;
    vm.type_modified(class);
    let namespace = vm.field(class, TP_DICT);
    dict::set(vm, namespace, vm.names.__doc__, value)
}

/// A class's own annotations: an empty dict is made on the first reading.
fn annotations(vm: &mut Vm, class: Addr) -> PyResult<Own> {
    if !is_heap(vm, class) {
        let ty = vm.type_data(class).name.to_string();
        let message = format!("type object '{ty}' has no attribute '__annotations__'");
        return Err(vm.attribute_error(class, vm.names.__annotations__, message));
    }
    let namespace = vm.field(class, TP_DICT);
    if vm.profile.annotations_are_deferred {
        let found = deferred::annotations(vm, namespace, deferred::CLASS);
        vm.type_modified(class);
        return found;
    }
    if let Some(found) = dict::get_str(vm, namespace, vm.names.__annotations__) {
        return match vm.slots(found).descr_get {
            Some(get) => get(vm, found, None, Some(class)),
            None => Ok(vm.incref(found)),
        };
    }
    let made = dict::new(vm);
    dict::set(vm, namespace, vm.names.__annotations__, made.addr())?;
    vm.type_modified(class);
    Ok(made)
}

fn set_annotations(
    vm: &mut Vm,
    class: Addr,
    _descriptor: Addr,
    value: Option<Addr>,
) -> PyResult<()> {
    if vm.type_flags(class) & flags::IMMUTABLETYPE != 0 {
        check_set(vm, class, "__annotations__", value)?;
    }
    let namespace = vm.field(class, TP_DICT);
    if vm.profile.annotations_are_deferred {
        deferred::set_annotations(vm, namespace, deferred::CLASS, value)?;
        vm.type_modified(class);
        return Ok(());
    }
    match value {
        Some(value) => dict::set(vm, namespace, vm.names.__annotations__, value)?,
        None => match dict::remove(vm, namespace, vm.names.__annotations__)? {
            Some(old) => vm.decref(old),
            None => return Err(vm.attribute_error_text("__annotations__")),
        },
    }
    vm.type_modified(class);
    Ok(())
}

fn annotate(vm: &mut Vm, class: Addr) -> PyResult<Own> {
    if !is_heap(vm, class) {
        let ty = vm.type_data(class).name.to_string();
        let message = format!("type object '{ty}' has no attribute '__annotate__'");
        return Err(vm.attribute_error_text(&message));
    }
    let namespace = vm.field(class, TP_DICT);
    let found = deferred::annotate(vm, namespace, deferred::CLASS);
    vm.type_modified(class);
    found
}

fn set_annotate(vm: &mut Vm, class: Addr, _: Addr, value: Option<Addr>) -> PyResult<()> {
    if vm.type_flags(class) & flags::IMMUTABLETYPE != 0 {
        check_set(vm, class, "__annotate__", value)?;
    }
    let namespace = vm.field(class, TP_DICT);
    deferred::set_annotate(vm, namespace, deferred::CLASS, value)?;
    vm.type_modified(class);
    Ok(())
}

fn type_params(vm: &mut Vm, class: Addr) -> PyResult<Own> {
    let namespace = vm.field(class, TP_DICT);
    let found = if class == types::TYPE {
        None
    } else {
        dict::get_str(vm, namespace, vm.names.__type_params__)
    };
    Ok(vm.incref(found.unwrap_or(EMPTY_TUPLE)))
}

fn set_type_params(
    vm: &mut Vm,
    class: Addr,
    _descriptor: Addr,
    value: Option<Addr>,
) -> PyResult<()> {
    let value = check_set(vm, class, "__type_params__", value)?;
    let namespace = vm.field(class, TP_DICT);
    dict::set(vm, namespace, vm.names.__type_params__, value)?;
    vm.type_modified(class);
    Ok(())
}
