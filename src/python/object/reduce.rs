//! `__reduce_ex__` and `__getstate__`: what `copy` and `pickle` ask of any object. CPython: `object___reduce_ex___impl`,
//! `object_getstate_default`, `reduce_newobj`.

use super::{NONE, dict, flags, int, list, object, str, tuple, types};
use crate::python::memory::{Addr, Own};
use crate::python::vm::typedata::{
    TP_BASICSIZE, TP_DICT, TP_DICTOFFSET, TP_ITEMSIZE, TP_WEAKLISTOFFSET,
};
use crate::python::vm::{Args, PyResult, Vm};

/// `object.__reduce__()`: protocol 0.
pub fn reduce(vm: &mut Vm, this: Addr, _args: Args) -> PyResult<Own> {
    let protocol = int::new(vm, 0);
    let result = call_copyreg(vm, "_reduce_ex", &[this, protocol.addr()]);
    vm.decref(protocol);
    result
}

/// `(getattr, (owner, name))`: how what is an attribute of something is made again.
pub fn by_attribute(vm: &mut Vm, owner: Addr, name: Addr) -> PyResult<Own> {
    let getattr = vm.builtin("getattr")?;
    let args = tuple::new(vm, &[owner, name]);
    Ok(tuple::from_owned(vm, vec![getattr, args]))
}

fn call_copyreg(vm: &mut Vm, function: &str, args: &[Addr]) -> PyResult<Own> {
    let module = vm.import_module("copyreg")?;
    let function = vm.get_attr_name(module.addr(), function)?;
    vm.decref(module);
    let result = vm.call(function.addr(), args);
    vm.decref(function);
    result
}

/// `object.__reduce_ex__(protocol)`: the class's own `__reduce__` if it has one.
pub fn reduce_ex(vm: &mut Vm, this: Addr, args: Args) -> PyResult<Own> {
    let protocol = vm.index_value(args.get(vm, 0), types::OVERFLOW_ERROR)?;
    let class = vm.type_of(this);
    let own = vm.type_lookup(class, vm.names.__reduce__);
    if own != vm.type_lookup(types::OBJECT, vm.names.__reduce__)
        && let Some(method) = vm.get_attr_opt(this, vm.names.__reduce__)?
    {
        let result = vm.call(method.addr(), &[]);
        vm.decref(method);
        return result;
    }
    if protocol >= 2 {
        return reduce_newobj(vm, this);
    }
    call_copyreg(vm, "_reduce_ex", &[this, args.get(vm, 0)])
}

/// `(copyreg.__newobj__, (cls, *args), state, list items, dict items)`
fn reduce_newobj(vm: &mut Vm, this: Addr) -> PyResult<Own> {
    let class = vm.type_of(this);
    if vm.type_data(class).slots.new.is_none()
        || vm.type_flags(class) & flags::DISALLOW_INSTANTIATION != 0
    {
        let name = vm.type_name(this);
        return Err(vm.type_error(format!("cannot pickle '{name}' object")));
    }
    let (args, kwargs) = new_arguments(vm, this)?;
    let has_args = args.is_some();
    let copyreg = vm.import_module("copyreg")?;
    let (constructor, arguments) = match kwargs {
        Some(kwargs) if dict::len(vm, kwargs.addr()) > 0 => {
            let constructor = vm.get_attr_name(copyreg.addr(), "__newobj_ex__")?;
            let class = vm.incref(class);
            let args = args.unwrap_or_else(|| tuple::new(vm, &[]));
            (
                constructor,
                tuple::from_owned(vm, vec![class, args, kwargs]),
            )
        }
        kwargs => {
            vm.xdecref(kwargs);
            let constructor = vm.get_attr_name(copyreg.addr(), "__newobj__")?;
            let mut all = vec![vm.incref(class)];
            if let Some(args) = args {
                for item in tuple::items(vm, args.addr()) {
                    all.push(vm.incref(item));
                }
                vm.decref(args);
            }
            (constructor, tuple::from_owned(vm, all))
        }
    };
    vm.decref(copyreg);
    let is_list = vm.has_flag(this, flags::LIST_SUBCLASS);
    let is_dict = vm.has_flag(this, flags::DICT_SUBCLASS);
    let required = !has_args && !is_list && !is_dict;
    let state = state_of(vm, this, required)?;
    let list_items = if is_list {
        vm.get_iter(this)?
    } else {
        vm.none()
    };
    let dict_items = if is_dict {
        let items = vm.call_method(this, vm.names.items, &[])?;
        let iterator = vm.get_iter(items.addr())?;
        vm.decref(items);
        iterator
    } else {
        vm.none()
    };
    Ok(tuple::from_owned(
        vm,
        vec![constructor, arguments, state, list_items, dict_items],
    ))
}

/// `__getnewargs_ex__` or `__getnewargs__`: a tuple, and a dict for the first.
fn new_arguments(vm: &mut Vm, this: Addr) -> PyResult<(Option<Own>, Option<Own>)> {
    if let Some(result) = vm.call_special(this, vm.names.__getnewargs_ex__, &[])? {
        if !vm.has_flag(result.addr(), flags::TUPLE_SUBCLASS) {
            let name = vm.type_name(result.addr());
            return Err(vm.type_error(format!(
                "__getnewargs_ex__ should return a tuple, not '{name}'"
            )));
        }
        let count = tuple::len(vm, result.addr());
        if count != 2 {
            return Err(vm.value_error(format!(
                "__getnewargs_ex__ should return a tuple of length 2, not {count}"
            )));
        }
        let (args, kwargs) = (
            tuple::item(vm, result.addr(), 0),
            tuple::item(vm, result.addr(), 1),
        );
        for (which, item, flag, kind) in [
            ("first", args, flags::TUPLE_SUBCLASS, "tuple"),
            ("second", kwargs, flags::DICT_SUBCLASS, "dict"),
        ] {
            if !vm.has_flag(item, flag) {
                let got = vm.type_name(item);
                return Err(vm.type_error(format!(
                    "{which} item of the tuple returned by __getnewargs_ex__ must be a {kind}, not '{got}'"
                )));
            }
        }
        let pair = (Some(vm.incref(args)), Some(vm.incref(kwargs)));
        vm.decref(result);
        return Ok(pair);
    }
    if let Some(result) = vm.call_special(this, vm.names.__getnewargs__, &[])? {
        if !vm.has_flag(result.addr(), flags::TUPLE_SUBCLASS) {
            let name = vm.type_name(result.addr());
            return Err(vm.type_error(format!(
                "__getnewargs__ should return a tuple, not '{name}'"
            )));
        }
        return Ok((Some(result), None));
    }
    Ok((None, None))
}

fn state_of(vm: &mut Vm, this: Addr, required: bool) -> PyResult<Own> {
    let class = vm.type_of(this);
    if vm.type_lookup(class, vm.names.__getstate__)
        == vm.type_lookup(types::OBJECT, vm.names.__getstate__)
    {
        return default_state(vm, this, required);
    }
    vm.call_method(this, vm.names.__getstate__, &[])
}

/// What a built-in container gives beside its items: from 3.11 on what `__getstate__` says, `__slots__` among it.
pub fn container_state(vm: &mut Vm, this: Addr) -> PyResult<Own> {
    if vm.profile.containers_tell_slots {
        return vm.call_method(this, vm.names.__getstate__, &[]);
    }
    let state = vm.get_attr_opt(this, vm.names.__dict__)?;
    Ok(state.unwrap_or_else(|| vm.none()))
}

/// `object.__getstate__()`
pub fn getstate(vm: &mut Vm, this: Addr, _args: Args) -> PyResult<Own> {
    default_state(vm, this, false)
}

/// The instance's `__dict__`, with a second dict for `__slots__` when there are any.
fn default_state(vm: &mut Vm, this: Addr, required: bool) -> PyResult<Own> {
    let class = vm.type_of(this);
    if required && vm.word(class, TP_ITEMSIZE) != 0 {
        let name = vm.type_name(this);
        return Err(vm.type_error(format!("cannot pickle {name} objects")));
    }
    let own = match is_dict_empty(vm, this) {
        true => vm.none(),
        false => object::get_dict(vm, this)?,
    };
    let names = slot_names(vm, class)?;
    if required && vm.word(class, TP_BASICSIZE) > known_size(vm, class, names.len() as u64) {
        let name = vm.type_name(this);
        return Err(vm.type_error(format!("cannot pickle '{name}' object")));
    }
    if names.is_empty() {
        return Ok(own);
    }
    let values = dict::new(vm);
    for name in names {
        if let Some(value) = vm.get_attr_opt(this, name.addr())? {
            dict::set(vm, values.addr(), name.addr(), value.addr())?;
            vm.decref(value);
        }
        vm.decref(name);
    }
    if dict::len(vm, values.addr()) == 0 {
        vm.decref(values);
        return Ok(own);
    }
    Ok(tuple::from_owned(vm, vec![own, values]))
}

/// How large a structure is of which all is known: `__dict__`, weak references, slots. A larger one has fields that only
/// its type could save.
fn known_size(vm: &Vm, class: Addr, slots: u64) -> u64 {
    let has_dict =
        vm.word(class, TP_DICTOFFSET) != 0 && vm.type_flags(class) & flags::MANAGED_DICT == 0;
    let has_weakrefs = vm.word(class, TP_WEAKLISTOFFSET) as i64 > 0;
    16 + 8 * (u64::from(has_dict) + u64::from(has_weakrefs) + slots)
}

/// Whether an object has no attribute of its own. CPython: `_PyObject_IsInstanceDictEmpty`.
fn is_dict_empty(vm: &Vm, this: Addr) -> bool {
    let class = vm.type_of(this);
    if vm.type_flags(class) & flags::MANAGED_DICT != 0 {
        let empty = dict::values::has_none(vm, this, class);
        return empty.unwrap_or_else(|| dict::len(vm, dict::values::managed_dict(vm, this)) == 0);
    }
    let made = object::dict_slot(vm, this, class).and_then(|slot| vm.field(slot, 0).some());
    made.is_none_or(|made| dict::len(vm, made) == 0)
}

/// The `__slots__` of a class and its bases, which `copyreg` finds and most classes keep as `__slotnames__`. CPython:
/// `_PyType_GetSlotNames`.
fn slot_names(vm: &mut Vm, class: Addr) -> PyResult<Vec<Own>> {
    let key = str::intern(vm, "__slotnames__");
    let kept = dict::get_str(vm, vm.field(class, TP_DICT), key.addr());
    let kept = kept.map(|kept| vm.incref(kept));
    vm.decref(key);
    let names = match kept {
        Some(kept) => kept,
        None => call_copyreg(vm, "_slotnames", &[class])?,
    };
    let items = match list::check(vm, names.addr()) {
        true => list::items(vm, names.addr()),
        false if names.addr() == NONE => Vec::new(),
        false => {
            return Err(vm.type_error("copyreg._slotnames didn't return a list or None"));
        }
    };
    let items = items.into_iter().map(|name| vm.incref(name)).collect();
    vm.decref(names);
    Ok(items)
}
