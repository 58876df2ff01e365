//! `_abc`: what `abc.ABCMeta` is built on. CPython: Modules/_abc.c.
//!
//! Each abstract base class has an `_abc_data`, whose three sets hold weak references to classes: those that
//! were registered, those known to be subclasses, those known not to be. A class that dies leaves the sets
//! through the callback of its reference, which knows its set by a weak reference as well.

use super::NativeModule;
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    FALSE, Method, NONE, NOT_IMPLEMENTED, Slots, TRUE, TypeSpec, alloc, builtin_function, flags,
    int, iterator, set, str, tuple, types, weakref,
};
use crate::python::vm::typedata::TP_FLAGS;
use crate::python::vm::{Args, PyResult, Raised, Vm};

/// Offset of `_abc_registry`, `NULL` until something is registered.
const REGISTRY: u64 = 16;
/// Offset of `_abc_cache`.
const CACHE: u64 = 24;
/// Offset of `_abc_negative_cache`.
const NEGATIVE: u64 = 32;
/// Offset of `_abc_negative_cache_version`.
const VERSION: u64 = 40;

const FIELDS: &[u64] = &[REGISTRY, CACHE, NEGATIVE];
/// What `__abc_tpflags__` may set.
const COLLECTION: u64 = flags::SEQUENCE | flags::MAPPING;

/// What the module keeps beside memory.
#[derive(Clone, Copy, Debug, Default)]
pub struct State {
    /// How often a class was registered anywhere: negative caches are older or as old.
    invalidations: u64,
    /// The row of the callback in `vm.natives`.
    destroy_row: usize,
}

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "_abc",
    methods: &[
        Method::new("get_cache_token", "()", |vm, _, _| {
            Ok(int::from_u64(vm, vm.abc.invalidations))
        }),
        Method::new("_abc_init", "(self, /)", init_class),
        Method::new("_reset_registry", "(self, /)", |vm, _, args| {
            let data = data_of(vm, args.get(vm, 0))?;
            clear(vm, data.addr(), REGISTRY);
            vm.decref(data);
            Ok(vm.none())
        }),
        Method::new("_reset_caches", "(self, /)", |vm, _, args| {
            let data = data_of(vm, args.get(vm, 0))?;
            clear(vm, data.addr(), CACHE);
            clear(vm, data.addr(), NEGATIVE);
            vm.decref(data);
            Ok(vm.none())
        }),
        Method::new("_get_dump", "(self, /)", dump),
        Method::new("_abc_register", "(self, subclass, /)", register),
        Method::new("_abc_instancecheck", "(self, instance, /)", instancecheck),
        Method::new(
            "_abc_subclasscheck",
            "(self, subclass, /)",
            |vm, _, args| {
                let (class, subclass) = (args.get(vm, 0), args.get(vm, 1));
                let is = subclasscheck(vm, class, subclass)?;
                Ok(vm.bool(is))
            },
        ),
    ],
    types: &[],
    init: |vm, _| {
        vm.abc.destroy_row = vm.add_native(&DESTROY);
        Ok(())
    },
};

/// `_abc._abc_data`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 48,
    flags: flags::HAVE_GC,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, data| iterator::dealloc_fields(vm, data, FIELDS));
        slots.traverse = Some(|vm, data, visit| iterator::visit_fields(vm, data, FIELDS, visit));
        slots.clear = Some(|vm, data| iterator::clear_fields(vm, data, FIELDS));
        slots.new = Some(|vm, class, _| new_data(vm, class));
    },
    doc: Some("Internal state held by ABC machinery."),
    ..TypeSpec::new(types::ABC_DATA, "_abc._abc_data")
};

fn new_data(vm: &mut Vm, class: Addr) -> PyResult<Own> {
    let data = alloc::alloc(vm, class, 0)?;
    let version = vm.abc.invalidations;
    vm.set_word(data.addr(), VERSION, version);
    gc::track(vm, data.addr());
    Ok(data)
}

/// The data of an abstract base class.
fn data_of(vm: &mut Vm, class: Addr) -> PyResult<Own> {
    let data = vm.get_attr_name(class, "_abc_impl")?;
    if vm.type_of(data.addr()) != types::ABC_DATA {
        return Err(vm.type_error("_abc_impl is set to a wrong type"));
    }
    Ok(data)
}

// ---- sets of weak references

/// Called for a dead class: `_destroy(setweakref, objweakref)`.
static DESTROY: Method = Method::new("_destroy", "(object, /)", |vm, own, args| {
    let Some(set) = weakref::referent(vm, own).some() else {
        return Ok(vm.none());
    };
    let set = vm.incref(set);
    let reference = args.get(vm, 0);
    set::discard(vm, set.addr(), reference)?;
    vm.decref(set);
    Ok(vm.none())
});

/// Adds a class to one of the sets, making the set when it is the first.
fn remember(vm: &mut Vm, data: Addr, field: u64, class: Addr) -> PyResult<()> {
    if vm.field(data, field).is_null() {
        let set = set::new(vm);
        vm.init_field(data, field, set);
    }
    let set = vm.field(data, field);
    let own = weakref::new(vm, types::WEAKREF, set, NONE)?;
    let destroy = builtin_function::new(vm, vm.abc.destroy_row, own.addr(), Addr::NULL)?;
    let reference = weakref::new(vm, types::WEAKREF, class, destroy.addr())?;
    set::add(vm, set, reference.addr())?;
    vm.decref(reference);
    vm.decref(destroy);
    vm.decref(own);
    Ok(())
}

fn is_remembered(vm: &mut Vm, data: Addr, field: u64, class: Addr) -> PyResult<bool> {
    let set = vm.field(data, field);
    if set.is_null() || set::len(vm, set) == 0 {
        return Ok(false);
    }
    let reference = match weakref::new(vm, types::WEAKREF, class, NONE) {
        Ok(reference) => reference,
        Err(Raised) if vm.raised_is(types::TYPE_ERROR) => {
            // What cannot be referred to weakly was never added.
            vm.clear_raised();
            return Ok(false);
        }
        Err(Raised) => return Err(Raised),
    };
    let found = set::contains(vm, set, reference.addr())?;
    vm.decref(reference);
    Ok(found)
}

fn clear(vm: &mut Vm, data: Addr, field: u64) {
    let set = vm.field(data, field);
    if !set.is_null() {
        let set = vm.incref(set);
        set::clear(vm, set.addr());
        vm.decref(set);
    }
}

// ---- the functions

/// `_abc_init(cls)`: finds the abstract methods and makes the data.
fn init_class(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let class = args.get(vm, 0);
    find_abstract_methods(vm, class)?;
    let data = new_data(vm, types::ABC_DATA)?;
    vm.set_attr_name(class, "_abc_impl", data.addr())?;
    vm.decref(data);
    if vm.has_flag(class, flags::TYPE_SUBCLASS) {
        take_collection_flags(vm, class)?;
    }
    Ok(vm.none())
}

/// Obeys and removes `__abc_tpflags__`, which says that a class is a sequence or a mapping for `match`.
fn take_collection_flags(vm: &mut Vm, class: Addr) -> PyResult<()> {
    let namespace = vm.get_attr(class, vm.names.__dict__)?;
    let name = str::intern(vm, "__abc_tpflags__");
    let given = if vm.contains(namespace.addr(), name.addr())? {
        Some(vm.get_item(namespace.addr(), name.addr())?)
    } else {
        None
    };
    vm.decref(namespace);
    if let Some(given) = given {
        let bits = if int::check(vm, given.addr()) {
            int::as_u64(vm, given.addr()).unwrap_or(0)
        } else {
            0
        };
        vm.decref(given);
        if bits & COLLECTION == COLLECTION {
            return Err(vm.type_error(
                "__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING",
            ));
        }
        let old = vm.word(class, TP_FLAGS);
        vm.set_word(class, TP_FLAGS, old | bits & COLLECTION);
        vm.set_attr(class, name.addr(), None)?;
    }
    vm.decref(name);
    Ok(())
}

/// Sets `__abstractmethods__`.
fn find_abstract_methods(vm: &mut Vm, class: Addr) -> PyResult<()> {
    let found = set::new(vm);
    let namespace = vm.get_attr(class, vm.names.__dict__)?;
    let items = vm.call_method(namespace.addr(), vm.names.items, &[])?;
    vm.decref(namespace);
    for item in vm.collect(items.addr())? {
        let (name, value) = (
            tuple::item(vm, item.addr(), 0),
            tuple::item(vm, item.addr(), 1),
        );
        if is_abstract(vm, value)? {
            set::add(vm, found.addr(), name)?;
        }
        vm.decref(item);
    }
    vm.decref(items);
    let bases = vm.get_attr(class, vm.names.__bases__)?;
    for base in tuple::items(vm, bases.addr()) {
        let Some(names) = vm.get_attr_opt(base, vm.names.__abstractmethods__)? else {
            continue;
        };
        for name in vm.collect(names.addr())? {
            if let Some(value) = vm.get_attr_opt(class, name.addr())? {
                if is_abstract(vm, value.addr())? {
                    set::add(vm, found.addr(), name.addr())?;
                }
                vm.decref(value);
            }
            vm.decref(name);
        }
        vm.decref(names);
    }
    vm.decref(bases);
    let frozen = set::make(vm, types::FROZENSET, Some(found.addr()))?;
    vm.decref(found);
    vm.set_attr(class, vm.names.__abstractmethods__, Some(frozen.addr()))?;
    vm.decref(frozen);
    Ok(())
}

/// `__isabstractmethod__` is true: `_PyObject_IsAbstract`.
fn is_abstract(vm: &mut Vm, value: Addr) -> PyResult<bool> {
    let Some(flag) = vm.get_attr_opt(value, vm.names.__isabstractmethod__)? else {
        return Ok(false);
    };
    let is = vm.is_true(flag.addr());
    vm.decref(flag);
    is
}

/// `_get_dump(cls)`: copies of the three sets, and the version.
fn dump(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let data = data_of(vm, args.get(vm, 0))?;
    let mut parts = Vec::new();
    for field in FIELDS {
        let part = match vm.field(data.addr(), *field).some() {
            Some(set) => set::make(vm, types::SET, Some(set))?,
            None => set::new(vm),
        };
        parts.push(part);
    }
    let version = vm.word(data.addr(), VERSION);
    parts.push(int::from_u64(vm, version));
    vm.decref(data);
    Ok(tuple::from_owned(vm, parts))
}

/// `cls.register(subclass)`
fn register(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let (class, subclass) = (args.get(vm, 0), args.get(vm, 1));
    if !vm.has_flag(subclass, flags::TYPE_SUBCLASS) {
        return Err(vm.type_error("Can only register classes"));
    }
    if vm.is_subclass(subclass, class)? {
        return Ok(vm.incref(subclass));
    }
    // The other way round it would be a cycle.
    if vm.is_subclass(class, subclass)? {
        return Err(vm.runtime_error("Refusing to create an inheritance cycle"));
    }
    let data = data_of(vm, class)?;
    remember(vm, data.addr(), REGISTRY, subclass)?;
    vm.decref(data);
    vm.abc.invalidations += 1;
    if vm.has_flag(class, flags::TYPE_SUBCLASS) {
        let kind = vm.type_flags(class) & COLLECTION;
        if kind != 0 {
            mark_collection(vm, subclass, kind);
        }
    }
    Ok(vm.incref(subclass))
}

/// Marks a class and all below it as sequences or mappings for `match`; immutable classes stay.
fn mark_collection(vm: &mut Vm, class: Addr, kind: u64) {
    let old = vm.type_flags(class);
    if old & flags::IMMUTABLETYPE != 0 || old & COLLECTION == kind {
        return;
    }
    vm.set_word(class, TP_FLAGS, old & !COLLECTION | kind);
    vm.type_modified(class);
    let below: Vec<Addr> = vm.type_data(class).subclasses.clone();
    for subclass in below {
        mark_collection(vm, subclass, kind);
    }
}

/// `isinstance(instance, cls)`
fn instancecheck(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let (class, instance) = (args.get(vm, 0), args.get(vm, 1));
    let data = data_of(vm, class)?;
    let subclass = vm.get_attr(instance, vm.names.__class__)?;
    let result = instancecheck_class(vm, data.addr(), class, subclass.addr(), instance);
    vm.decref(data);
    vm.decref(subclass);
    result
}

fn instancecheck_class(
    vm: &mut Vm,
    data: Addr,
    class: Addr,
    subclass: Addr,
    instance: Addr,
) -> PyResult<Own> {
    if is_remembered(vm, data, CACHE, subclass)? {
        return Ok(vm.bool(true));
    }
    let ty = vm.type_of(instance);
    if ty == subclass {
        if vm.word(data, VERSION) == vm.abc.invalidations
            && is_remembered(vm, data, NEGATIVE, subclass)?
        {
            return Ok(vm.bool(false));
        }
        return vm.call_method(class, vm.names.__subclasscheck__, &[subclass]);
    }
    let result = vm.call_method(class, vm.names.__subclasscheck__, &[subclass])?;
    if vm.is_true(result.addr())? {
        return Ok(result);
    }
    vm.decref(result);
    vm.call_method(class, vm.names.__subclasscheck__, &[ty])
}

/// `issubclass(subclass, cls)`
fn subclasscheck(vm: &mut Vm, class: Addr, subclass: Addr) -> PyResult<bool> {
    if !vm.has_flag(subclass, flags::TYPE_SUBCLASS) {
        return Err(vm.type_error("issubclass() arg 1 must be a class"));
    }
    let data = data_of(vm, class)?;
    let answer = subclasscheck_known(vm, data.addr(), class, subclass);
    let answer = match answer {
        Ok(Some(answer)) => Ok(answer),
        Ok(None) => find_out(vm, data.addr(), class, subclass),
        Err(Raised) => Err(Raised),
    };
    vm.decref(data);
    answer
}

/// What the caches and the hook say.
fn subclasscheck_known(
    vm: &mut Vm,
    data: Addr,
    class: Addr,
    subclass: Addr,
) -> PyResult<Option<bool>> {
    if is_remembered(vm, data, CACHE, subclass)? {
        return Ok(Some(true));
    }
    let version = vm.abc.invalidations;
    if vm.word(data, VERSION) < version {
        clear(vm, data, NEGATIVE);
        vm.set_word(data, VERSION, version);
    } else if is_remembered(vm, data, NEGATIVE, subclass)? {
        return Ok(Some(false));
    }
    let answer = vm.call_method(class, vm.names.__subclasshook__, &[subclass])?;
    let said = answer.addr();
    vm.decref(answer);
    match said {
        TRUE => {
            remember(vm, data, CACHE, subclass)?;
            Ok(Some(true))
        }
        FALSE => {
            remember(vm, data, NEGATIVE, subclass)?;
            Ok(Some(false))
        }
        NOT_IMPLEMENTED => Ok(None),
        _ => Err(vm
            .assertion_error("__subclasshook__ must return either False, True, or NotImplemented")),
    }
}

/// Asks the real bases, the registered classes and the subclasses, and remembers the answer.
fn find_out(vm: &mut Vm, data: Addr, class: Addr, subclass: Addr) -> PyResult<bool> {
    if vm.is_subtype(subclass, class) {
        remember(vm, data, CACHE, subclass)?;
        return Ok(true);
    }
    if let Some(answer) = ask_registered(vm, data, subclass)? {
        return Ok(answer);
    }
    let subclasses = str::intern(vm, "__subclasses__");
    let below = vm.call_method(class, subclasses.addr(), &[]);
    vm.decref(subclasses);
    let below = below?;
    if !vm.type_check(below.addr(), types::LIST) {
        return Err(vm.type_error("__subclasses__() must return a list"));
    }
    for other in vm.collect(below.addr())? {
        let is = vm.is_subclass(subclass, other.addr())?;
        vm.decref(other);
        if is {
            vm.decref(below);
            remember(vm, data, CACHE, subclass)?;
            return Ok(true);
        }
    }
    vm.decref(below);
    remember(vm, data, NEGATIVE, subclass)?;
    Ok(false)
}

fn ask_registered(vm: &mut Vm, data: Addr, subclass: Addr) -> PyResult<Option<bool>> {
    // A class that was registered itself needs no questions.
    if is_remembered(vm, data, REGISTRY, subclass)? {
        return Ok(Some(true));
    }
    let registry = vm.field(data, REGISTRY);
    if registry.is_null() {
        return Ok(None);
    }
    // The set may change while Python code runs.
    let references: Vec<Own> = set::elements(vm, registry)
        .into_iter()
        .map(|reference| vm.incref(reference))
        .collect();
    let mut answer = None;
    for reference in references {
        if answer.is_none()
            && let Some(registered) = weakref::referent(vm, reference.addr()).some()
        {
            let registered = vm.incref(registered);
            let is = vm.is_subclass(subclass, registered.addr())?;
            vm.decref(registered);
            if is {
                remember(vm, data, CACHE, subclass)?;
                answer = Some(true);
            }
        }
        vm.decref(reference);
    }
    Ok(answer)
}
