//! `_testinternalcapi`: what CPython's own tests ask about the inside of objects, and programs about inline values may.
//! CPython: Modules/_testinternalcapi.c, of which this is the part that looks at memory.

use super::{NativeModule, add_int};
use crate::python::memory::{Addr, Own};
use crate::python::object::dict::{self, values};
use crate::python::object::{Method, index, int, str, types};
use crate::python::vm::{Args, PyResult, Vm};

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "_testinternalcapi",
    methods: &[
        Method::new("has_inline_values", "(object, /)", has_inline_values),
        Method::new("dict_getitem_knownhash", "(mp, key, hash, /)", known_hash),
        Method::new("get_recursion_depth", "()", |vm, _, _| {
            let depth = vm.frames.len() as i64;
            Ok(int::new(vm, depth))
        }),
        Method::new("pymem_getallocatorsname", "()", |vm, _, _| {
            Ok(str::new(vm, "pymalloc"))
        }),
        // Both are about builds without the lock.
        Method::new("get_immortalize_deferred", "()", |vm, _, _| {
            Ok(vm.bool(false))
        }),
        Method::new("suppress_immortalization", "(value, /)", |vm, _, _| {
            Ok(vm.none())
        }),
    ],
    types: &[],
    init: |vm, module| {
        for (name, value) in [
            ("SIZEOF_PYGC_HEAD", 16),
            ("SIZEOF_MANAGED_PRE_HEADER", 16),
            ("SIZEOF_TIME_T", 8),
        ] {
            add_int(vm, module, name, value);
        }
        Ok(())
    },
};

/// Whether the attributes of an instance stand in the instance.
fn has_inline_values(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let object = args.get(vm, 0);
    let has = values::inline_valid(vm, object, vm.type_of(object)).is_some();
    Ok(vm.bool(has))
}

/// An item looked for with a hash that the caller says: `_PyDict_GetItem_KnownHash`.
fn known_hash(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let [dict, key, hash] = [0, 1, 2].map(|i| args.get(vm, i));
    let hash = index::ssize(vm, hash)?;
    if !vm.type_check(dict, types::DICT) {
        return Err(vm.system_error("bad argument to internal function"));
    }
    match dict::get_hashed(vm, dict, key, hash as i64)? {
        Some(value) => Ok(vm.incref(value)),
        None => Err(vm.key_error(key)),
    }
}
