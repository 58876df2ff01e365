//! `_functools`. CPython: Modules/_functoolsmodule.c.

pub mod cmp_to_key;
pub mod lru_cache;
pub mod partial;

use super::NativeModule;
use crate::python::memory::{Addr, Own};
use crate::python::object::tuple;
use crate::python::object::{Method, types};
use crate::python::vm::{Args, PyResult, Vm};

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "_functools",
    methods: &[
        Method::new("reduce", "(function, iterable, initial=None, /)", reduce).with_tuple(),
        Method::new("cmp_to_key", "(mycmp)", cmp_to_key::make),
    ],
    types: &[types::PARTIAL, types::LRU_CACHE_WRAPPER],
    init: |_, _| Ok(()),
};

/// `functools.reduce`. The arguments of a call stay alive until the next call has its own, as in CPython,
/// which keeps them in one tuple.
fn reduce(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let (function, iterable) = (args.get(vm, 0), args.get(vm, 1));
    let iterator = match vm.get_iter(iterable) {
        Ok(iterator) => iterator,
        Err(_) if vm.raised_is(types::TYPE_ERROR) => {
            return Err(vm.type_error("reduce() arg 2 must support iteration"));
        }
        Err(raised) => return Err(raised),
    };
    let mut result = args.opt(vm, 2).map(|initial| vm.incref(initial));
    // One tuple holds the arguments of every call.
    let mut arguments: Option<Own> = None;
    while let Some(item) = vm.iter_next(iterator.addr())? {
        let Some(left) = result.take() else {
            result = Some(item);
            continue;
        };
        let is_ours = |arguments: &&Own| vm.refcount(arguments.addr()) == 1;
        let pair = match arguments.as_ref().filter(is_ours).map(Own::addr) {
            Some(pair) => {
                vm.set_field(pair, tuple::ITEMS, Some(left));
                vm.set_field(pair, tuple::ITEMS + 8, Some(item));
                pair
            }
            None => {
                let made = tuple::pair(vm, left, item);
                let pair = made.addr();
                vm.xdecref(arguments.replace(made));
                pair
            }
        };
        result = Some(vm.call_tuple_dict(function, pair, Addr::NULL)?);
    }
    vm.xdecref(arguments);
    vm.decref(iterator);
    match result {
        Some(result) => Ok(result),
        None => Err(vm.type_error("reduce() of empty iterable with no initial value")),
    }
}
