//! `__annotations__` and `__annotate__` of modules and classes, and what they share with functions. CPython:
//! `module_get_annotate`, `type_get_annotations`, `func_get_annotations`.
//!
//! Up to 3.13 the annotations are a dict from the start. From 3.14 on (PEP 649, PEP 749) a function gives them:
//!
//! | | the function | what it gave |
//! | --- | --- | --- |
//! | module | `__annotate__` in its namespace | `__annotations__` there |
//! | class | `__annotate_func__` | `__annotations_cache__` |
//! | function | a field | a field |

use super::{NONE, dict, flags, int, str};
use crate::python::memory::{Addr, Own};
use crate::python::vm::{PyResult, Vm};

/// `annotationlib.Format.VALUE`
const VALUE: i64 = 1;

/// Where a namespace keeps its annotations.
#[derive(Clone, Copy)]
pub struct Names {
    /// What gives them.
    annotate: &'static str,
    /// What it gave.
    cache: &'static str,
}

/// A module's.
pub const MODULE: Names = Names {
    annotate: "__annotate__",
    cache: "__annotations__",
};

/// A class's.
pub const CLASS: Names = Names {
    annotate: "__annotate_func__",
    cache: "__annotations_cache__",
};

/// Calls `annotate` for values.
///
/// # Errors
/// What it raises, and `TypeError` for anything but a dict.
pub fn ask(vm: &mut Vm, annotate: Addr) -> PyResult<Own> {
    let format = int::new(vm, VALUE);
    let given = vm.call(annotate, &[format.addr()]);
    vm.decref(format);
    let given = given?;
    if vm.has_flag(given.addr(), flags::DICT_SUBCLASS) {
        return Ok(given);
    }
    let name = vm.type_name(given.addr());
    vm.decref(given);
    Err(vm.type_error(format!("__annotate__ returned non-dict of type '{name}'")))
}

/// What `__annotate__` may be set to.
///
/// # Errors
/// `TypeError` for a deletion, and for what is neither `None` nor callable.
pub fn checked(vm: &mut Vm, value: Option<Addr>) -> PyResult<Addr> {
    let Some(value) = value else {
        return Err(vm.type_error("__annotate__ cannot be deleted"));
    };
    if value != NONE && !vm.is_callable(value) {
        return Err(vm.type_error("__annotate__ must be callable or None"));
    }
    Ok(value)
}

/// An entry of a namespace.
fn entry(vm: &mut Vm, namespace: Addr, name: &str) -> PyResult<Option<Addr>> {
    let key = str::intern(vm, name);
    let found = dict::get(vm, namespace, key.addr());
    vm.decref(key);
    found
}

fn store(vm: &mut Vm, namespace: Addr, name: &str, value: Addr) -> PyResult<()> {
    let key = str::intern(vm, name);
    let stored = dict::set(vm, namespace, key.addr(), value);
    vm.decref(key);
    stored
}

/// Removes an entry; says whether there was one.
fn discard(vm: &mut Vm, namespace: Addr, name: &str) -> PyResult<bool> {
    let key = str::intern(vm, name);
    let removed = dict::remove(vm, namespace, key.addr());
    vm.decref(key);
    let removed = removed?;
    let found = removed.is_some();
    vm.xdecref(removed);
    Ok(found)
}

/// `__annotate__`: `None`, which is noted, where there are no annotations.
pub fn annotate(vm: &mut Vm, namespace: Addr, names: Names) -> PyResult<Own> {
    for name in ["__annotate__", names.annotate] {
        if let Some(found) = entry(vm, namespace, name)? {
            return Ok(vm.incref(found));
        }
    }
    store(vm, namespace, names.annotate, NONE)?;
    Ok(vm.none())
}

/// Sets `__annotate__`; what it gave before is forgotten.
pub fn set_annotate(
    vm: &mut Vm,
    namespace: Addr,
    names: Names,
    value: Option<Addr>,
) -> PyResult<()> {
    let value = checked(vm, value)?;
    store(vm, namespace, names.annotate, value)?;
    if value != NONE {
        discard(vm, namespace, names.cache)?;
    }
    Ok(())
}

/// `__annotations__`, where they are deferred.
pub fn annotations(vm: &mut Vm, namespace: Addr, names: Names) -> PyResult<Own> {
    for name in ["__annotations__", names.cache] {
        if let Some(found) = entry(vm, namespace, name)? {
            return Ok(vm.incref(found));
        }
    }
    let annotate = annotate(vm, namespace, names)?;
    let made = match vm.is_callable(annotate.addr()) {
        true => ask(vm, annotate.addr()),
        false => Ok(dict::new(vm)),
    };
    vm.decref(annotate);
    let made = made?;
    store(vm, namespace, names.cache, made.addr())?;
    Ok(made)
}

/// Sets or deletes `__annotations__`, where they are deferred.
pub fn set_annotations(
    vm: &mut Vm,
    namespace: Addr,
    names: Names,
    value: Option<Addr>,
) -> PyResult<()> {
    let own = entry(vm, namespace, "__annotations__")?.is_some();
    let name = if own { "__annotations__" } else { names.cache };
    match value {
        Some(value) => store(vm, namespace, name, value)?,
        None => {
            if !discard(vm, namespace, name)? {
                return Err(vm.attribute_error_text("__annotations__"));
            }
        }
    }
    discard(vm, namespace, "__annotate__")?;
    discard(vm, namespace, names.annotate)?;
    Ok(())
}
