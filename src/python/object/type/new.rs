//! `type(name, bases, namespace)`: making a class. CPython: `type_new`, Objects/typeobject.c.

use super::{layout, mro, ready};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::dict::{self, values};
use crate::python::object::{
    MemberKind, NONE, alloc, cell, classmethod, descriptor, flags, list, str, tuple, types,
};
use crate::python::version::Attributes;
use crate::python::vm::typedata::*;
use crate::python::vm::{Args, PyResult, TypeData, Vm};

/// What a class statement gives, with what is derived from it on the way.
struct Plan {
    metatype: Addr,
    base: Addr,
    name: Addr,
    bases: Addr,
    namespace: Addr,
    /// Names of `__slots__` that take a word, mangled and sorted.
    slots: Vec<Own>,
    /// The value for `ht_slots`, where the class has `__slots__`: a tuple of those names.
    slots_tuple: Option<Own>,
    add_dict: bool,
    add_weak: bool,
}

/// The `new` slot of `type`: `type(object)` or `type(name, bases, namespace, **keywords)`.
pub fn new(vm: &mut Vm, metatype: Addr, args: Args) -> PyResult<Own> {
    if metatype == types::TYPE && args.len() == 1 && args.keyword_count() == 0 {
        let ty = vm.type_of(args.get(vm, 0));
        return Ok(vm.incref(ty));
    }
    if args.len() != 3 {
        if metatype == types::TYPE && args.len() != 1 {
            return Err(vm.type_error("type() takes 1 or 3 arguments"));
        }
        return Err(vm.type_error(format!(
            "type.__new__() takes exactly 3 arguments ({} given)",
            args.len()
        )));
    }
    let (name, bases, namespace) = (args.get(vm, 0), args.get(vm, 1), args.get(vm, 2));
    check_arg(vm, 1, "str", name, flags::UNICODE_SUBCLASS)?;
    check_arg(vm, 2, "tuple", bases, flags::TUPLE_SUBCLASS)?;
    check_arg(vm, 3, "dict", namespace, flags::DICT_SUBCLASS)?;
    let winner = calculate_metaclass(vm, metatype, bases)?;
    if winner != metatype {
        let same = vm.type_data(winner).slots.new.is_some_and(|new_slot| {
            std::ptr::fn_addr_eq(new_slot, new as crate::python::object::slots::CallFn)
        });
        if !same && let Some(new_slot) = vm.type_data(winner).slots.new {
            return new_slot(vm, winner, args);
        }
    }
    let bases = if tuple::len(vm, bases) == 0 {
        tuple::new(vm, &[types::OBJECT])
    } else {
        vm.incref(bases)
    };
    let base = layout::best_base(vm, bases.addr())?;
    let copy = dict::copy(vm, namespace)?;
    let mut plan = Plan {
        metatype: winner,
        base,
        name,
        bases: bases.addr(),
        namespace: copy.addr(),
        slots: Vec::new(),
        slots_tuple: None,
        add_dict: false,
        add_weak: false,
    };
    read_slots(vm, &mut plan)?;
    let class = allocate(vm, &mut plan)?;
    fill(vm, &mut plan, class.addr(), bases, copy)?;
    for name in std::mem::take(&mut plan.slots) {
        vm.decref(name);
    }
    warn_of_odd_keys(vm, class.addr())?;
    set_names(vm, class.addr())?;
    init_subclass(vm, class.addr(), args)?;
    Ok(class)
}

/// No attribute has a name that is no text.
fn warn_of_odd_keys(vm: &mut Vm, class: Addr) -> PyResult<()> {
    let namespace = vm.field(class, TP_DICT);
    if !vm.profile.warns_of_odd_keys || dict::has_string_keys(vm, namespace) {
        return Ok(());
    }
    let name = vm.type_data(class).name.to_string();
    let message = format!("non-string key in the __dict__ of class {name}");
    vm.warn(types::RUNTIME_WARNING, &message)
}

fn check_arg(vm: &mut Vm, number: usize, expected: &str, object: Addr, flag: u64) -> PyResult<()> {
    if vm.has_flag(object, flag) {
        return Ok(());
    }
    let name = vm.type_name(object);
    Err(vm.type_error(format!(
        "type.__new__() argument {number} must be {expected}, not {name}"
    )))
}

/// The most derived metaclass among `metatype` and those of the bases: `_PyType_CalculateMetaclass`.
pub fn calculate_metaclass(vm: &mut Vm, metatype: Addr, bases: Addr) -> PyResult<Addr> {
    let mut winner = metatype;
    for base in tuple::items(vm, bases) {
        let candidate = vm.type_of(base);
        if vm.is_subtype(winner, candidate) {
            continue;
        }
        if !vm.is_subtype(candidate, winner) {
            return Err(vm.type_error(
                "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases",
            ));
        }
        winner = candidate;
    }
    Ok(winner)
}

/// Reads `__slots__` and decides on `__dict__` and `__weakref__`. CPython: `type_new_slots`.
fn read_slots(vm: &mut Vm, plan: &mut Plan) -> PyResult<()> {
    let may_add_dict = vm.word(plan.base, TP_DICTOFFSET) == 0;
    // Where instances differ in length there is no room for weak references: `class A(int)`.
    let may_add_weak =
        vm.word(plan.base, TP_WEAKLISTOFFSET) == 0 && vm.word(plan.base, TP_ITEMSIZE) == 0;
    let Some(slots) = dict::get_str(vm, plan.namespace, vm.names.__slots__) else {
        plan.add_dict = may_add_dict;
        plan.add_weak = may_add_weak;
        return Ok(());
    };
    let given = if vm.has_flag(slots, flags::UNICODE_SUBCLASS) {
        tuple::new(vm, &[slots])
    } else {
        tuple::from_iterable(vm, slots)?
    };
    let names = tuple::items(vm, given.addr());
    if !names.is_empty() && vm.type_data(plan.base).itemsize != 0 {
        let base = vm.type_data(plan.base).name.to_string();
        let kind = vm.profile.messages.refused_slots;
        return Err(vm.type_error(format!(
            "{kind} __slots__ not supported for subtype of '{base}'"
        )));
    }
    for name in names {
        let name = vm.incref(name);
        add_slot(vm, plan, name, may_add_dict, may_add_weak)?;
    }
    sort_slots(vm, plan)?;
    vm.decref(given);
    let other_bases_matter = tuple::len(vm, plan.bases) > 1;
    if other_bases_matter && ((may_add_dict && !plan.add_dict) || (may_add_weak && !plan.add_weak))
    {
        add_from_secondary_bases(vm, plan, may_add_dict, may_add_weak);
    }
    Ok(())
}

fn add_slot(
    vm: &mut Vm,
    plan: &mut Plan,
    name: Own,
    may_add_dict: bool,
    may_add_weak: bool,
) -> PyResult<()> {
    if !vm.has_flag(name.addr(), flags::UNICODE_SUBCLASS) {
        let ty = vm.type_name(name.addr());
        return Err(vm.type_error(format!("__slots__ items must be strings, not '{ty}'")));
    }
    if !is_identifier(&vm.name_text(name.addr())) {
        return Err(vm.type_error("__slots__ must be identifiers"));
    }
    match vm.name_text(name.addr()).as_str() {
        "__dict__" => {
            if !may_add_dict || plan.add_dict {
                return Err(vm.type_error("__dict__ slot disallowed: we already got one"));
            }
            plan.add_dict = true;
            vm.decref(name);
        }
        "__weakref__" => {
            if !may_add_weak || plan.add_weak {
                return Err(vm.type_error("__weakref__ slot disallowed: we already got one"));
            }
            plan.add_weak = true;
            vm.decref(name);
        }
        text => {
            let mangled = mangle(&vm.name_text(plan.name), text);
            if is_class_variable(vm, plan, name.addr(), &mangled)? {
                return Err(vm.value_error(format!(
                    "'{mangled}' in __slots__ conflicts with class variable"
                )));
            }
            let interned = str::intern(vm, &mangled);
            vm.decref(name);
            plan.slots.push(interned);
        }
    }
    Ok(())
}

fn is_identifier(text: &str) -> bool {
    let mut points = text.chars().map(u32::from);
    points.next().is_some_and(str::unicode::is_identifier_start)
        && points.all(str::unicode::is_identifier_continue)
}

fn is_class_variable(vm: &mut Vm, plan: &Plan, name: Addr, mangled: &str) -> PyResult<bool> {
    if matches!(
        mangled,
        "__qualname__" | "__classcell__" | "__classdictcell__"
    ) {
        return Ok(false);
    }
    Ok(dict::get(vm, plan.namespace, name)?.is_some()
        || dict::get_name(vm, plan.namespace, mangled).is_some())
}

/// `__name` inside class `C` is `_C__name`. CPython: `_Py_Mangle`.
pub fn mangle(class: &str, name: &str) -> String {
    let stripped = class.trim_start_matches('_');
    if !name.starts_with("__") || name.ends_with("__") || name.contains('.') || stripped.is_empty()
    {
        return name.to_string();
    }
    format!("_{stripped}{name}")
}

/// The names in order, which CPython sorts in a list: `type_new_sort_slots`.
fn sort_slots(vm: &mut Vm, plan: &mut Plan) -> PyResult<()> {
    plan.slots.sort_by_key(|name| vm.name_text(name.addr()));
    let names = plan.slots.iter().map(|name| vm.incref(name.addr()));
    let names = names.collect();
    let sorted = list::from_owned(vm, names)?;
    plan.slots_tuple = Some(list::as_tuple(vm, sorted.addr()));
    vm.decref(sorted);
    Ok(())
}

/// A second base may bring the `__dict__` or `__weakref__` that `__slots__` left out.
fn add_from_secondary_bases(vm: &Vm, plan: &mut Plan, may_add_dict: bool, may_add_weak: bool) {
    for base in tuple::items(vm, plan.bases) {
        if base == plan.base {
            continue;
        }
        plan.add_dict |= may_add_dict && vm.word(base, TP_DICTOFFSET) != 0;
        plan.add_weak |= may_add_weak && vm.word(base, TP_WEAKLISTOFFSET) != 0;
    }
}

/// The type object with its sizes, flags and offsets.
fn allocate(vm: &mut Vm, plan: &mut Plan) -> PyResult<Own> {
    let class = alloc::alloc_generic(vm, plan.metatype, plan.slots.len())?;
    let at = class.addr();
    let base_size = vm.type_data(plan.base).basicsize;
    let mut data = TypeData::new(at, Default::default());
    data.mro = vec![at];
    data.name = vm.name_text(plan.name).into();
    data.full_name = data.name.clone();
    data.slot_offsets = (0..plan.slots.len())
        .map(|i| base_size + 8 * i as u32)
        .collect();
    let pointers = place_pointers(vm, plan, base_size + 8 * plan.slots.len() as u32);
    data.basicsize = pointers.basicsize;
    data.itemsize = vm.type_data(plan.base).itemsize;
    let (basicsize, itemsize) = (data.basicsize, data.itemsize);
    let index = vm.add_type(data);
    vm.set_word(at, TP_INDEX, index as u64);
    vm.set_word(at, TP_BASICSIZE, u64::from(basicsize));
    vm.set_word(at, TP_ITEMSIZE, u64::from(itemsize));
    let base_flags = vm.type_flags(plan.base);
    let mut type_flags = flags::HEAPTYPE
        | flags::BASETYPE
        | flags::HAVE_GC
        | flags::READY
        | base_flags & (flags::PREHEADER | 0xFF << 24 | flags::MATCH_SELF | flags::ITEMS_AT_END);
    type_flags |= pointers.flags;
    if vm.profile.attributes == Attributes::Inline
        && type_flags & flags::MANAGED_DICT != 0
        && (basicsize == 16 || vm.profile.any_type_inlines_values)
        && itemsize == 0
    {
        type_flags |= flags::INLINE_VALUES;
    }
    vm.set_word(at, TP_FLAGS, type_flags);
    vm.set_word(at, TP_DICTOFFSET, pointers.dictoffset as u64);
    vm.set_word(at, TP_WEAKLISTOFFSET, pointers.weakoffset as u64);
    Ok(class)
}

/// Where an instance has its `__dict__` and its list of weak references. CPython: `type_new_descriptors`.
struct Pointers {
    basicsize: u32,
    dictoffset: i64,
    weakoffset: i64,
    flags: u64,
}

/// Before the object where the version manages them there, else behind its slots: first the dict, then the list.
fn place_pointers(vm: &Vm, plan: &Plan, end: u32) -> Pointers {
    let base = |offset| vm.word(plan.base, offset) as i64;
    let mut pointers = Pointers {
        basicsize: end,
        dictoffset: base(TP_DICTOFFSET),
        weakoffset: base(TP_WEAKLISTOFFSET),
        flags: 0,
    };
    let varies = vm.type_data(plan.base).itemsize != 0;
    let own_dict =
        vm.profile.attributes == Attributes::Dict || (varies && !vm.profile.weakrefs_are_managed);
    if plan.add_dict && own_dict {
        // Behind the last item, wherever that is.
        pointers.dictoffset = if varies {
            -8
        } else {
            i64::from(pointers.basicsize)
        };
        pointers.basicsize += 8;
    }
    if plan.add_weak && vm.profile.weakrefs_are_managed {
        pointers.flags |= flags::MANAGED_WEAKREF;
        pointers.weakoffset = -(values::MANAGED_WEAKLIST as i64);
    } else if plan.add_weak {
        pointers.weakoffset = i64::from(pointers.basicsize);
        pointers.basicsize += 8;
    }
    if plan.add_dict && !own_dict {
        pointers.flags |= flags::MANAGED_DICT;
        // 3.11 tells the distance from the end of the object.
        pointers.dictoffset = match vm.profile.weakrefs_are_managed {
            true => -1,
            false => -i64::from(pointers.basicsize) - values::MANAGED_DICT as i64,
        };
    }
    pointers
}

/// The shared keys begin with what the methods assign to `self`. CPython 3.14: `_PyDict_NewKeysForClass`.
fn add_static_attributes(vm: &mut Vm, class: Addr, keys: Addr) {
    if !vm.profile.static_attributes_are_keys {
        return;
    }
    let namespace = vm.field(class, TP_DICT);
    let Some(names) = dict::get_str(vm, namespace, vm.names.__static_attributes__) else {
        return;
    };
    if vm.type_of(names) != types::TUPLE {
        return;
    }
    for name in tuple::items(vm, names) {
        if vm.type_of(name) == types::STR {
            let hash = str::hash(vm, name);
            let _entry = values::find_or_add_key(vm, keys, name, hash, true);
        }
    }
}

/// References, namespace, order and slots. CPython: `type_new_set_attrs`, `PyType_Ready`, `fixup_slot_dispatchers`.
fn fill(vm: &mut Vm, plan: &mut Plan, class: Addr, bases: Own, namespace: Own) -> PyResult<()> {
    let held_base = vm.incref(plan.base);
    vm.init_field(class, TP_BASE, held_base);
    vm.init_field(class, TP_BASES, bases);
    vm.init_field(class, TP_DICT, namespace);
    gc::track(vm, class);
    let name = vm.incref(plan.name);
    vm.init_field(class, layout::HT_NAME, name);
    set_module(vm, plan)?;
    set_qualname(vm, plan, class)?;
    if let Some(slots) = plan.slots_tuple.take() {
        vm.init_field(class, layout::HT_SLOTS, slots);
    }
    wrap_special(
        vm,
        plan.namespace,
        vm.names.__new__,
        classmethod::new_static,
    )?;
    wrap_special(
        vm,
        plan.namespace,
        vm.names.__init_subclass__,
        classmethod::new_class,
    )?;
    wrap_special(
        vm,
        plan.namespace,
        vm.names.__class_getitem__,
        classmethod::new_class,
    )?;
    take_cells(vm, plan, class)?;
    let order_first = vm.profile.mro_comes_first;
    if !order_first {
        add_descriptors(vm, plan, class)?;
    }
    let order = mro::compute(vm, class)?;
    install_mro(vm, class, order);
    if order_first {
        add_descriptors(vm, plan, class)?;
    }
    inherit_pattern_flags(vm, class);
    let plain = vm.wide_tables && vm.word(class, TP_DICTOFFSET) != 0;
    if plain || vm.type_flags(class) & flags::MANAGED_DICT != 0 {
        let keys = match plain {
            true => dict::plain::new_shared_keys(vm)?,
            false => values::new_shared_keys(vm)?,
        };
        add_static_attributes(vm, class, keys);
        vm.type_data_mut(class).cached_keys = keys;
        vm.set_word(class, layout::HT_CACHED_KEYS, keys.0);
    }
    set_doc_and_hash(vm, plan.namespace);
    register_subclass(vm, class)?;
    set_native_slots(vm, class, plan.base);
    super::fixup_slots(vm, class);
    Ok(())
}

/// `__module__` from the globals of the code that makes the class.
fn set_module(vm: &mut Vm, plan: &Plan) -> PyResult<()> {
    if dict::get_str(vm, plan.namespace, vm.names.__module__).is_some() {
        return Ok(());
    }
    let globals = vm.current_globals();
    if globals.is_null() {
        return Ok(());
    }
    if let Some(module) = dict::get_str(vm, globals, vm.names.__name__) {
        dict::set(vm, plan.namespace, vm.names.__module__, module)?;
    }
    Ok(())
}

fn set_qualname(vm: &mut Vm, plan: &Plan, class: Addr) -> PyResult<()> {
    let qualname = match dict::remove(vm, plan.namespace, vm.names.__qualname__)? {
        Some(qualname) if !vm.has_flag(qualname.addr(), flags::UNICODE_SUBCLASS) => {
            let ty = vm.type_name(qualname.addr());
            return Err(vm.type_error(format!("type __qualname__ must be a str, not {ty}")));
        }
        Some(qualname) => qualname,
        None => vm.incref(plan.name),
    };
    vm.init_field(class, layout::HT_QUALNAME, qualname);
    Ok(())
}

/// `__new__` written as a function is a static method, two others are class methods.
fn wrap_special(
    vm: &mut Vm,
    namespace: Addr,
    name: Addr,
    wrap: fn(&mut Vm, Own) -> PyResult<Own>,
) -> PyResult<()> {
    let Some(function) = dict::get_str(vm, namespace, name) else {
        return Ok(());
    };
    if vm.type_of(function) != types::FUNCTION {
        return Ok(());
    }
    let function = vm.incref(function);
    let wrapped = wrap(vm, function)?;
    dict::set(vm, namespace, name, wrapped.addr())?;
    vm.decref(wrapped);
    Ok(())
}

/// The cells by which methods know `__class__` and the class's namespace.
fn take_cells(vm: &mut Vm, plan: &Plan, class: Addr) -> PyResult<()> {
    let cells = [
        (vm.names.__classcell__, "__classcell__", class),
        (
            vm.names.__classdictcell__,
            "__classdictcell__",
            plan.namespace,
        ),
    ];
    for (name, text, value) in cells {
        let Some(found) = dict::remove(vm, plan.namespace, name)? else {
            continue;
        };
        if vm.type_of(found.addr()) != types::CELL {
            let ty = vm.type_name(found.addr());
            return Err(vm.type_error(format!(
                "{text} must be a nonlocal cell, not <class '{ty}'>"
            )));
        }
        let value = vm.incref(value);
        vm.set_field(found.addr(), cell::REF, Some(value));
        vm.decref(found);
    }
    Ok(())
}

/// Members for `__slots__`, then `__dict__` and `__weakref__`.
fn add_descriptors(vm: &mut Vm, plan: &Plan, class: Addr) -> PyResult<()> {
    for (i, name) in plan.slots.iter().enumerate() {
        let offset = vm.type_data(class).slot_offsets[i];
        let text = vm.name_text(name.addr());
        let member = descriptor::new_member(vm, class, &text, MemberKind::Object, offset, true)?;
        dict::set_name(vm, plan.namespace, &text, member);
    }
    if plan.add_dict {
        let getset = attribute_descriptor(vm, class, 0, &descriptor::DICT_GETSET)?;
        dict::set_name(vm, plan.namespace, "__dict__", getset);
    }
    if plan.add_weak {
        let getset = attribute_descriptor(vm, class, 1, &descriptor::WEAKREF_GETSET)?;
        dict::set_name(vm, plan.namespace, "__weakref__", getset);
    }
    Ok(())
}

/// The descriptor of `__dict__` or `__weakref__`: one of the class's own, or from 3.15 on one that all classes share
/// (gh-135228).
fn attribute_descriptor(
    vm: &mut Vm,
    class: Addr,
    index: usize,
    row: &'static crate::python::object::GetSet,
) -> PyResult<Own> {
    if !vm.profile.descriptors_are_shared {
        return descriptor::new_getset(vm, class, row);
    }
    if vm.shared_descriptors[index].is_null() {
        let made = descriptor::new_getset(vm, types::OBJECT, row)?;
        vm.shared_descriptors[index] = made.into_addr();
    }
    Ok(vm.incref(vm.shared_descriptors[index]))
}

/// Which patterns match a class is what the first of its order says that matches any: `inherit_patma_flags`.
fn inherit_pattern_flags(vm: &mut Vm, class: Addr) {
    const PATTERNS: u64 = flags::SEQUENCE | flags::MAPPING;
    let own = vm.word(class, TP_FLAGS);
    let order = vm.type_data(class).mro.iter().skip(1);
    let found = order
        .map(|ancestor| vm.type_flags(*ancestor) & PATTERNS)
        .find(|pattern| *pattern != 0);
    if own & PATTERNS == 0
        && let Some(found) = found
    {
        vm.set_word(class, TP_FLAGS, own | found);
    }
}

/// Stores an order in memory and beside it.
pub fn install_mro(vm: &mut Vm, class: Addr, order: Vec<Addr>) {
    let mro = tuple::new(vm, &order);
    vm.type_data_mut(class).mro = order;
    vm.set_field(class, TP_MRO, Some(mro));
}

fn set_doc_and_hash(vm: &mut Vm, namespace: Addr) {
    if dict::get_str(vm, namespace, vm.names.__doc__).is_none() {
        let none = vm.incref(NONE);
        dict::set_name(vm, namespace, "__doc__", none);
    }
    let has_eq = dict::get_str(vm, namespace, vm.names.__eq__).is_some();
    if has_eq && dict::get_str(vm, namespace, vm.names.__hash__).is_none() {
        let none = vm.incref(NONE);
        dict::set_name(vm, namespace, "__hash__", none);
    }
}

fn register_subclass(vm: &mut Vm, class: Addr) -> PyResult<()> {
    for base in tuple::items(vm, vm.field(class, TP_BASES)) {
        if vm.has_flag(base, flags::TYPE_SUBCLASS) {
            super::subclasses::add(vm, base, class)?;
        }
    }
    Ok(())
}

/// The slots that no special method stands for, and those inherited along the order.
fn set_native_slots(vm: &mut Vm, class: Addr, base: Addr) {
    let mut slots = crate::python::object::Slots::default();
    for ancestor in vm.type_data(class).mro.iter().skip(1) {
        ready::inherit_slots(&mut slots, &vm.type_data(*ancestor).slots);
    }
    let native = vm.type_data(base).slots.clone();
    slots.dealloc = Some(super::instance::dealloc);
    slots.traverse = Some(super::instance::traverse);
    slots.clear = Some(super::instance::clear);
    slots.references = Some(super::instance::references);
    slots.finalize = slots.finalize.or(native.finalize);
    vm.type_data_mut(class).slots = std::rc::Rc::new(slots);
}

/// `__set_name__` of everything in the namespace: `type_new_set_names`.
fn set_names(vm: &mut Vm, class: Addr) -> PyResult<()> {
    let namespace = vm.field(class, TP_DICT);
    let copy = dict::copy(vm, namespace)?;
    for (name, value) in dict::items(vm, copy.addr()) {
        if let Err(raised) = call_set_name(vm, class, name, value) {
            let (repr, owner) = (vm.type_name(value), vm.type_data(class).name.to_string());
            let key = {
                let saved = vm.raised.take();
                let text = vm.repr_text(name);
                vm.clear_raised();
                vm.raised = saved;
                text.unwrap_or_default()
            };
            let note =
                format!("Error calling __set_name__ on '{repr}' instance {key} in '{owner}'");
            if vm.profile.set_name_errors_have_notes {
                vm.add_note(note);
                return Err(raised);
            }
            let cause = vm.raised.take();
            let raised = vm.runtime_error(note);
            vm.set_raised_cause(cause);
            return Err(raised);
        }
    }
    vm.decref(copy);
    Ok(())
}

fn call_set_name(vm: &mut Vm, class: Addr, name: Addr, value: Addr) -> PyResult<()> {
    let Some(method) = vm.lookup_special(value, vm.names.__set_name__)? else {
        return Ok(());
    };
    let result = vm.call(method.addr(), &[class, name]);
    vm.decref(method);
    let result = result?;
    vm.decref(result);
    Ok(())
}

/// `super(class, class).__init_subclass__(**keywords)`
fn init_subclass(vm: &mut Vm, class: Addr, args: Args) -> PyResult<()> {
    let parent = vm.call(types::SUPER, &[class, class])?;
    let hook = vm.get_attr(parent.addr(), vm.names.__init_subclass__)?;
    vm.decref(parent);
    let (names, keywords): (Vec<Addr>, Vec<Addr>) = args.keywords(vm).into_iter().unzip();
    // The names of the dict of keywords.
    let names = (!names.is_empty()).then(|| tuple::new(vm, &names));
    let words = names.as_ref().map_or(Addr::NULL, Own::addr);
    let result = vm.call_keywords(hook.addr(), &[], words, &keywords);
    vm.xdecref(names);
    vm.decref(hook);
    let result = result?;
    vm.decref(result);
    Ok(())
}
