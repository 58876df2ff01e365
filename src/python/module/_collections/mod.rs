//! `_collections`. CPython: Modules/_collectionsmodule.c.

pub mod defaultdict;
pub mod deque;
pub mod ordered_dict;
pub mod tuplegetter;

use super::NativeModule;
use crate::python::memory::{Addr, Own};
use crate::python::object::{BinaryOp, Method, dict, flags, int, types};
use crate::python::vm::{Args, PyResult, Vm};

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "_collections",
    methods: &[Method::new(
        "_count_elements",
        "(mapping, iterable, /)",
        count_elements,
    )],
    types: &[
        types::DEQUE,
        types::DEFAULTDICT,
        types::ORDERED_DICT,
        types::DEQUE_ITERATOR,
        types::DEQUE_REVERSE_ITERATOR,
        types::TUPLEGETTER,
    ],
    init: |_, _| Ok(()),
};

/// Counts an iterable's elements in a mapping: `Counter.update`. Where `get` and `__setitem__` are a dict's
/// own, without calling them.
fn count_elements(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let (mapping, iterable) = (args.get(vm, 0), args.get(vm, 1));
    let iterator = vm.get_iter(iterable)?;
    let one = int::new(vm, 1);
    if is_dict_like(vm, mapping) {
        while let Some(key) = vm.iter_next(iterator.addr())? {
            let hash = dict::hash_of(vm, key.addr())?;
            let count = match dict::get_hashed(vm, mapping, key.addr(), hash)? {
                None => vm.incref(one.addr()),
                Some(count) => vm.binary_op(count, one.addr(), BinaryOp::Add)?,
            };
            dict::set_hashed(vm, mapping, key, hash, count)?;
        }
    } else {
        let get = vm.get_attr(mapping, vm.names.get)?;
        let zero = int::new(vm, 0);
        while let Some(key) = vm.iter_next(iterator.addr())? {
            let old = vm.call(get.addr(), &[key.addr(), zero.addr()])?;
            let count = vm.binary_op(old.addr(), one.addr(), BinaryOp::Add)?;
            vm.decref(old);
            vm.set_item(mapping, key.addr(), Some(count.addr()))?;
            vm.decref(count);
            vm.decref(key);
        }
        vm.decref(zero);
        vm.decref(get);
    }
    vm.decref(one);
    vm.decref(iterator);
    Ok(vm.none())
}

fn is_dict_like(vm: &mut Vm, mapping: Addr) -> bool {
    if !vm.has_flag(mapping, flags::DICT_SUBCLASS) {
        return false;
    }
    let ty = vm.type_of(mapping);
    [vm.names.get, vm.names.__setitem__]
        .into_iter()
        .all(|name| vm.type_lookup(ty, name) == vm.type_lookup(types::DICT, name))
}
