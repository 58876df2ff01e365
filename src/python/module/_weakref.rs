//! `_weakref`: what `Lib/weakref.py` is built on. CPython: Modules/_weakref.c.

use super::{NativeModule, add};
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, dict, int, list, types, weakref};
use crate::python::vm::{Args, PyResult, Vm};

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "_weakref",
    methods: &[
        Method::new("getweakrefcount", "(object, /)", getweakrefcount),
        Method::new("_remove_dead_weakref", "(dct, key, /)", remove_dead_weakref),
        Method::new("getweakrefs", "(object, /)", getweakrefs),
        Method::new("proxy", "(object, callback=None, /)", proxy),
    ],
    types: &[types::WEAKREF, types::WEAKPROXY, types::WEAKCALLABLEPROXY],
    init,
};

fn init(vm: &mut Vm, module: Addr) -> PyResult<()> {
    let class = vm.incref(types::WEAKREF);
    add(vm, module, "ref", class);
    Ok(())
}

fn getweakrefcount(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let count = weakref::references(vm, args.get(vm, 0)).len();
    Ok(int::new(vm, count as i64))
}

fn getweakrefs(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let references = weakref::references(vm, args.get(vm, 0));
    let references = references.into_iter().map(|r| vm.incref(r)).collect();
    list::from_owned(vm, references)
}

fn proxy(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let object = args.get(vm, 0);
    let class = if vm.is_callable(object) {
        types::WEAKCALLABLEPROXY
    } else {
        types::WEAKPROXY
    };
    weakref::new(vm, class, object, args.get(vm, 1))
}

/// Removes an entry of a `WeakValueDictionary` if its object is still dead when this comes to look.
fn remove_dead_weakref(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let (mapping, key) = (args.get(vm, 0), args.get(vm, 1));
    if !vm.type_check(mapping, types::DICT) {
        let name = vm.type_name(mapping);
        return Err(vm.type_error(format!(
            "_remove_dead_weakref() argument 1 must be dict, not {name}"
        )));
    }
    if let Some(value) = dict::get(vm, mapping, key)? {
        if !weakref::is_weakref_type(vm, vm.type_of(value)) {
            return Err(vm.type_error("not a weakref"));
        }
        if weakref::referent(vm, value).is_null() {
            let removed = dict::remove(vm, mapping, key)?;
            vm.xdecref(removed);
        }
    }
    Ok(vm.none())
}
