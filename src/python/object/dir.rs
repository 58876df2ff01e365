//! `dir()`: the names an object answers to. CPython: `object___dir___impl`, `type___dir___impl`, `module_dir`.

use super::{dict, flags, list, object, str, tuple, types};
use crate::python::memory::{Addr, Own};
use crate::python::vm::typedata::TP_DICT;
use crate::python::vm::{PyResult, Vm};

/// `type.__dir__`: the names of the class and its bases.
pub fn type_dir(vm: &mut Vm, class: Addr) -> PyResult<Own> {
    let names = dict::new(vm);
    merge_class(vm, names.addr(), class)?;
    keys_list(vm, names)
}

/// The names of a class and, below them, of its bases: `merge_class_dict`.
fn merge_class(vm: &mut Vm, names: Addr, class: Addr) -> PyResult<()> {
    if let Some(namespace) = vm.get_attr_opt(class, vm.names.__dict__)? {
        dict::update(vm, names, namespace.addr())?;
        vm.decref(namespace);
    }
    let Some(bases) = vm.get_attr_opt(class, vm.names.__bases__)? else {
        return Ok(());
    };
    if vm.has_flag(bases.addr(), flags::TUPLE_SUBCLASS) {
        for base in tuple::items(vm, bases.addr()) {
            merge_class(vm, names, base)?;
        }
    }
    vm.decref(bases);
    Ok(())
}

/// `object.__dir__`: the instance's own names, then the class's.
pub fn object_dir(vm: &mut Vm, this: Addr) -> PyResult<Own> {
    let names = match vm.get_attr_opt(this, vm.names.__dict__)? {
        Some(own) if vm.has_flag(own.addr(), flags::DICT_SUBCLASS) => {
            let copy = dict::copy(vm, own.addr())?;
            vm.decref(own);
            copy
        }
        Some(own) => {
            vm.decref(own);
            dict::new(vm)
        }
        None => dict::new(vm),
    };
    if let Some(class) = vm.get_attr_opt(this, vm.names.__class__)? {
        merge_class(vm, names.addr(), class.addr())?;
        vm.decref(class);
    }
    keys_list(vm, names)
}

/// `module.__dir__`: its names, or what its own `__dir__` says.
pub fn module_dir(vm: &mut Vm, module: Addr) -> PyResult<Own> {
    let namespace = object::get_dict(vm, module)?;
    let hook = dict::get_str(vm, namespace.addr(), vm.names.__dir__);
    if let Some(hook) = hook {
        let result = vm.call(hook, &[]);
        vm.decref(namespace);
        return result;
    }
    let names = list::from_iterable(vm, namespace.addr())?;
    vm.decref(namespace);
    Ok(names)
}

fn keys_list(vm: &mut Vm, names: Own) -> PyResult<Own> {
    let list = list::from_iterable(vm, names.addr())?;
    vm.decref(names);
    Ok(list)
}

/// Names close to a missing one, for "Did you mean": the attributes `dir()` would show, as text.
pub fn candidate_names(vm: &mut Vm, this: Addr) -> PyResult<Vec<String>> {
    let Some(names) = vm.call_special(this, vm.names.__dir__, &[])? else {
        return Ok(Vec::new());
    };
    let collected = vm.collect(names.addr())?;
    vm.decref(names);
    let mut texts = Vec::with_capacity(collected.len());
    for name in collected {
        if vm.has_flag(name.addr(), flags::UNICODE_SUBCLASS) {
            texts.push(str::to_rust(vm, name.addr()));
        }
        vm.decref(name);
    }
    Ok(texts)
}

/// The own names of a static type, for tests of the tables.
pub fn own_names(vm: &Vm, class: Addr) -> Vec<String> {
    let namespace = vm.field(class, TP_DICT);
    dict::items(vm, namespace)
        .into_iter()
        .filter(|(key, _)| vm.type_of(*key) == types::STR)
        .map(|(key, _)| str::to_rust(vm, key))
        .collect()
}
