//! `OrderedDict.update` and `OrderedDict()`: from a mapping, pairs and keywords. CPython:
//! `mutablemapping_update`.

use crate::python::memory::{Addr, Own};
use crate::python::object::{dict, list, tuple, types};
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
    if args.keyword_count() > 0 {
        let pairs = list_of(vm, &args.keywords(vm))?;
        from_pairs(vm, od, pairs.addr())?;
        vm.decref(pairs);
    }
    Ok(())
}

/// A list of pairs: `PyDict_Items`.
fn list_of(vm: &mut Vm, items: &[(Addr, Addr)]) -> PyResult<Own> {
    let pair = |(key, value): &(Addr, Addr)| tuple::new(vm, &[*key, *value]);
    let pairs = items.iter().map(pair).collect();
    list::from_owned(vm, pairs)
}

/// From a dict, a mapping with `keys()` or `items()`, or pairs.
pub fn from_argument(vm: &mut Vm, od: Addr, other: Addr) -> PyResult<()> {
    if vm.type_of(other) == types::DICT {
        let items = dict::items(vm, other);
        let pairs = list_of(vm, &items)?;
        from_pairs(vm, od, pairs.addr())?;
        vm.decref(pairs);
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

/// `mutablemapping_add_pairs`
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
        vm.decref(pair);
        vm.decref(parts);
        two.into_iter().for_each(|part| vm.decref(part));
    }
    vm.decref(iterator);
    Ok(())
}
