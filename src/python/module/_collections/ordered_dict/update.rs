//! `OrderedDict.update` and `OrderedDict()`: from a mapping, pairs and keywords. CPython:
//! `mutablemapping_update`.

use crate::python::memory::{Addr, Own};
use crate::python::object::{dict, types};
use crate::python::vm::{Args, PyResult, Vm};

/// `update(other=(), /, **keywords)`
pub fn update(vm: &mut Vm, od: Addr, args: Args) -> PyResult<()> {
    if args.len() > 1 {
        let given = args.len();
        return Err(vm.type_error(format!(
            "update() takes at most 1 positional argument ({given} given)"
        )));
    }
    if let Some(other) = args.opt(vm, 0) {
        from_argument(vm, od, other)?;
    }
    for (name, value) in args.keywords(vm) {
        vm.set_item(od, name, Some(value))?;
    }
    Ok(())
}

/// From a dict, a mapping with `keys()` or `items()`, or pairs.
pub fn from_argument(vm: &mut Vm, od: Addr, other: Addr) -> PyResult<()> {
    if vm.type_of(other) == types::DICT {
        for (key, value) in held_items(vm, other) {
            vm.set_item(od, key.addr(), Some(value.addr()))?;
            vm.decref(key);
            vm.decref(value);
        }
        return Ok(());
    }
    if let Some(keys) = vm.get_attr_opt(other, vm.names.keys)? {
        let iterable = vm.call(keys.addr(), &[])?;
        vm.decref(keys);
        let iterator = vm.get_iter(iterable.addr())?;
        vm.decref(iterable);
        while let Some(key) = vm.iter_next(iterator.addr())? {
            let value = vm.get_item(other, key.addr())?;
            vm.set_item(od, key.addr(), Some(value.addr()))?;
            vm.decref(value);
            vm.decref(key);
        }
        vm.decref(iterator);
        return Ok(());
    }
    match vm.get_attr_opt(other, vm.names.items)? {
        Some(items) => {
            let pairs = vm.call(items.addr(), &[])?;
            vm.decref(items);
            from_pairs(vm, od, pairs.addr())?;
            vm.decref(pairs);
            Ok(())
        }
        None => from_pairs(vm, od, other),
    }
}

/// The items of a dict as new references: storing them may run code that changes it.
fn held_items(vm: &mut Vm, other: Addr) -> Vec<(Own, Own)> {
    let items = dict::items(vm, other);
    let hold = |(key, value)| (vm.incref(key), vm.incref(value));
    items.into_iter().map(hold).collect()
}

fn from_pairs(vm: &mut Vm, od: Addr, pairs: Addr) -> PyResult<()> {
    let iterator = vm.get_iter(pairs)?;
    while let Some(pair) = vm.iter_next(iterator.addr())? {
        let parts = vm.get_iter(pair.addr())?;
        let mut two = Vec::with_capacity(2);
        while two.len() < 3
            && let Some(part) = vm.iter_next(parts.addr())?
        {
            two.push(part);
        }
        vm.decref(parts);
        match &two[..] {
            [key, value] => vm.set_item(od, key.addr(), Some(value.addr()))?,
            [] | [_] => {
                let missing = 2 - two.len();
                let plural = if missing == 1 { "" } else { "s" };
                return Err(vm.value_error(format!(
                    "need more than {} value{plural} to unpack",
                    two.len()
                )));
            }
            _ => return Err(vm.value_error("too many values to unpack (expected 2)")),
        }
        two.into_iter().for_each(|part| vm.decref(part));
        vm.decref(pair);
    }
    vm.decref(iterator);
    Ok(())
}
