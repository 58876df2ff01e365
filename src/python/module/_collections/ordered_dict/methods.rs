//! The methods of `OrderedDict`.

use super::{clear as clear_items, nodes, pop as pop_key, set, update, views};
use crate::python::memory::{Addr, Own};
use crate::python::object::dict::views::new_view;
use crate::python::object::{EMPTY_TUPLE, Method, NONE, dict, int, reduce, str, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

/// In the order of CPython's table.
pub static METHODS: &[Method] = &[
    Method::class("fromkeys", "(iterable, value=None)", from_keys),
    Method::new("__sizeof__", "()", sizeof),
    Method::new("__reduce__", "()", reduce),
    Method::new("setdefault", "(key, default=None)", set_default),
    Method::new("pop", "(key, default=<unrepresentable>)", pop),
    Method::new("popitem", "(last=True)", pop_item),
    Method::new("keys", "()", |vm, od, _| {
        Ok(new_view(vm, types::ODICT_KEYS, od))
    }),
    Method::new("values", "()", |vm, od, _| {
        Ok(new_view(vm, types::ODICT_VALUES, od))
    }),
    Method::new("items", "()", |vm, od, _| {
        Ok(new_view(vm, types::ODICT_ITEMS, od))
    }),
    Method::new("update", "(*args, **kwargs)", |vm, od, args| {
        update::update(vm, od, args)?;
        Ok(vm.none())
    })
    .with_tuple(),
    Method::new("clear", "()", |vm, od, _| {
        clear_items(vm, od);
        Ok(vm.none())
    }),
    Method::new("copy", "()", copy),
    Method::new("__reversed__", "()", |vm, od, _| {
        views::iter(vm, od, views::KEYS | views::REVERSED)
    }),
    Method::new("move_to_end", "(key, last=True)", move_to_end),
];

fn from_keys(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let value = args.opt(vm, 1).unwrap_or(NONE);
    let result = vm.call(class, &[])?;
    let iterator = vm.get_iter(args.get(vm, 0))?;
    while let Some(key) = vm.iter_next(iterator.addr())? {
        vm.set_item(result.addr(), key.addr(), Some(value))?;
        vm.decref(key);
    }
    vm.decref(iterator);
    Ok(result)
}

fn sizeof(vm: &mut Vm, od: Addr, _args: Args) -> PyResult<Own> {
    let mut size = dict::size_of(vm, od);
    size += 8 * vm.word(od, nodes::FAST_NODES_SIZE);
    if !vm.field(od, nodes::FIRST).is_null() {
        size += nodes::NODE_BYTES * dict::len(vm, od) as u64;
    }
    Ok(int::new(vm, size as i64))
}

fn reduce(vm: &mut Vm, od: Addr, _args: Args) -> PyResult<Own> {
    let state = reduce::container_state(vm, od)?;
    let items = vm.call_method(od, vm.names.items, &[])?;
    let iterator = vm.get_iter(items.addr())?;
    vm.decref(items);
    let (class, arguments) = (vm.incref(vm.type_of(od)), vm.incref(EMPTY_TUPLE));
    let list_items = vm.none();
    Ok(tuple::from_owned(
        vm,
        vec![class, arguments, state, list_items, iterator],
    ))
}

fn set_default(vm: &mut Vm, od: Addr, args: Args) -> PyResult<Own> {
    let (key, default) = (args.get(vm, 0), args.opt(vm, 1).unwrap_or(NONE));
    if vm.type_of(od) == types::ORDERED_DICT {
        if let Some(value) = dict::get(vm, od, key)? {
            return Ok(vm.incref(value));
        }
        set(vm, od, key, default)?;
        return Ok(vm.incref(default));
    }
    if vm.contains(od, key)? {
        return vm.get_item(od, key);
    }
    vm.set_item(od, key, Some(default))?;
    Ok(vm.incref(default))
}

fn pop(vm: &mut Vm, od: Addr, args: Args) -> PyResult<Own> {
    let key = args.get(vm, 0);
    match (pop_key(vm, od, key)?, args.opt(vm, 1)) {
        (Some(value), _) => Ok(value),
        (None, Some(default)) => Ok(vm.incref(default)),
        (None, None) => Err(vm.key_error(key)),
    }
}

fn pop_item(vm: &mut Vm, od: Addr, args: Args) -> PyResult<Own> {
    let last = match args.opt(vm, 0) {
        None => true,
        Some(last) => vm.is_true(last)?,
    };
    let node = vm.field(od, if last { nodes::LAST } else { nodes::FIRST });
    if node.is_null() {
        let message = str::new(vm, "dictionary is empty");
        return Err(vm.error_value(types::KEY_ERROR, message));
    }
    let key = vm.incref(nodes::key(vm, node));
    match pop_key(vm, od, key.addr())? {
        Some(value) => Ok(tuple::pair(vm, key, value)),
        None => Err(vm.key_error(key.addr())),
    }
}

fn copy(vm: &mut Vm, od: Addr, _args: Args) -> PyResult<Own> {
    let class = vm.type_of(od);
    let result = vm.call(class, &[])?;
    let exact = class == types::ORDERED_DICT;
    for node in nodes::all(vm, od) {
        let key = nodes::key(vm, node);
        if exact {
            if let Some(value) = dict::get_hashed(vm, od, key, nodes::hash(vm, node))? {
                set(vm, result.addr(), key, value)?;
            }
        } else {
            let value = vm.get_item(od, key)?;
            vm.set_item(result.addr(), key, Some(value.addr()))?;
            vm.decref(value);
        }
    }
    Ok(result)
}

fn move_to_end(vm: &mut Vm, od: Addr, args: Args) -> PyResult<Own> {
    let key = args.get(vm, 0);
    let last = match args.opt(vm, 1) {
        None => true,
        Some(last) => vm.is_true(last)?,
    };
    let end = vm.field(od, if last { nodes::LAST } else { nodes::FIRST });
    if end.is_null() {
        return Err(vm.key_error(key));
    }
    if nodes::key(vm, end) != key {
        let hash = dict::hash_of(vm, key)?;
        let Some(node) = nodes::find(vm, od, key, hash)? else {
            return Err(vm.key_error(key));
        };
        if node != end {
            nodes::unlink(vm, od, node);
            if last {
                nodes::link_last(vm, od, node);
            } else {
                nodes::link_first(vm, od, node);
            }
        }
    }
    Ok(vm.none())
}
