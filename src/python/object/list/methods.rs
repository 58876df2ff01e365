//! The methods of `list`.

use super::{
    ALLOCATED, append as append_item, assign_slice, check, clear, item, item_equals, items_addr,
    len, resize, slice, sort,
};
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, class_getitem, index, int};
use crate::python::vm::{Args, PyResult, Vm};

/// In the order of CPython's table.
pub static METHODS: &[Method] = &[
    Method::new("__getitem__", "(index, /)", getitem),
    Method::new("__reversed__", "()", reversed),
    Method::new("__sizeof__", "()", sizeof),
    Method::new("clear", "()", clear_method),
    Method::new("copy", "()", copy),
    Method::new("append", "(object, /)", append),
    Method::new("insert", "(index, object, /)", insert),
    Method::new("extend", "(iterable, /)", extend),
    Method::new("pop", "(index=-1, /)", pop),
    Method::new("remove", "(value, /)", remove),
    Method::new("index", "(value, start=0, stop=sys.maxsize, /)", find),
    Method::new("count", "(value, /)", count),
    Method::new("reverse", "()", reverse),
    Method::new("sort", "(*, key=None, reverse=False)", sort_method),
    Method::class("__class_getitem__", "(object, /)", class_getitem::call),
];

fn getitem(vm: &mut Vm, list: Addr, args: Args) -> PyResult<Own> {
    let key = args.get(vm, 0);
    super::slice::subscript(vm, list, key)
}

fn reversed(vm: &mut Vm, list: Addr, _args: Args) -> PyResult<Own> {
    super::iterator::reversed(vm, list)
}

fn sizeof(vm: &mut Vm, list: Addr, _args: Args) -> PyResult<Own> {
    let basicsize = i64::from(vm.type_data(vm.type_of(list)).basicsize);
    let allocated = vm.word(list, ALLOCATED) as i64;
    Ok(int::new(vm, basicsize + 8 * allocated))
}

fn clear_method(vm: &mut Vm, list: Addr, _args: Args) -> PyResult<Own> {
    clear(vm, list);
    Ok(vm.none())
}

fn copy(vm: &mut Vm, list: Addr, _args: Args) -> PyResult<Own> {
    let len = len(vm, list);
    slice(vm, list, 0, len)
}

fn append(vm: &mut Vm, list: Addr, args: Args) -> PyResult<Own> {
    let object = args.get(vm, 0);
    let object = vm.incref(object);
    append_item(vm, list, object)?;
    Ok(vm.none())
}

fn insert(vm: &mut Vm, list: Addr, args: Args) -> PyResult<Own> {
    let (index, object) = (args.get(vm, 0), args.get(vm, 1));
    let at = index::ssize(vm, index)?;
    let len = len(vm, list);
    let at = if at < 0 {
        at.saturating_add(len as isize).max(0) as usize
    } else {
        (at as usize).min(len)
    };
    insert_at(vm, list, at, object)?;
    Ok(vm.none())
}

/// Inserts a new reference before item `at`, or at the end: `PyList_Insert`.
pub fn insert_at(vm: &mut Vm, list: Addr, at: usize, object: Addr) -> PyResult<()> {
    let len = len(vm, list);
    let at = at.min(len);
    resize(vm, list, len + 1)?;
    let place = items_addr(vm, list).at(8 * at as u64);
    vm.heap.space.copy(place, place.at(8), 8 * (len - at));
    let object = vm.incref(object);
    vm.init_field(place, 0, object);
    Ok(())
}

fn extend(vm: &mut Vm, list: Addr, args: Args) -> PyResult<Own> {
    let iterable = args.get(vm, 0);
    super::extend(vm, list, iterable)?;
    Ok(vm.none())
}

fn pop(vm: &mut Vm, list: Addr, args: Args) -> PyResult<Own> {
    let index = match args.opt(vm, 0) {
        None => -1,
        Some(index) => index::ssize(vm, index)?,
    };
    pop_at(vm, list, index)
}

/// `list.pop(index)`
pub fn pop_at(vm: &mut Vm, list: Addr, index: isize) -> PyResult<Own> {
    let len = len(vm, list);
    if len == 0 {
        return Err(vm.index_error("pop from empty list"));
    }
    let index = if index < 0 {
        index.wrapping_add(len as isize)
    } else {
        index
    };
    if index < 0 || index as usize >= len {
        return Err(vm.index_error("pop index out of range"));
    }
    let index = index as usize;
    let value = item(vm, list, index);
    if len == 1 {
        let value = vm.incref(value);
        clear(vm, list);
        return Ok(value);
    }
    let place = items_addr(vm, list).at(8 * index as u64);
    vm.heap
        .space
        .copy(place.at(8), place, 8 * (len - index - 1));
    resize(vm, list, len - 1)?;
    Ok(Own::from_addr(value))
}

fn remove(vm: &mut Vm, list: Addr, args: Args) -> PyResult<Own> {
    let value = args.get(vm, 0);
    let mut i = 0;
    while i < len(vm, list) {
        if item_equals(vm, item(vm, list, i), value)? {
            assign_slice(vm, list, i, i + 1, None)?;
            return Ok(vm.none());
        }
        i += 1;
    }
    Err(vm.value_error("list.remove(x): x not in list"))
}

fn find(vm: &mut Vm, list: Addr, args: Args) -> PyResult<Own> {
    let value = args.get(vm, 0);
    let len_before = len(vm, list);
    let (start, stop) = index::search_bounds(vm, args, len_before)?;
    let mut i = start;
    while i < stop && i < len(vm, list) {
        if item_equals(vm, item(vm, list, i), value)? {
            return Ok(int::new(vm, i as i64));
        }
        i += 1;
    }
    let shown = vm.repr_text(value)?;
    Err(vm.value_error(format!("{shown} is not in list")))
}

fn count(vm: &mut Vm, list: Addr, args: Args) -> PyResult<Own> {
    let value = args.get(vm, 0);
    let (mut found, mut i) = (0, 0);
    while i < len(vm, list) {
        if item_equals(vm, item(vm, list, i), value)? {
            found += 1;
        }
        i += 1;
    }
    Ok(int::new(vm, found))
}

fn reverse(vm: &mut Vm, list: Addr, _args: Args) -> PyResult<Own> {
    debug_assert!(check(vm, list));
    reverse_words(vm, items_addr(vm, list), len(vm, list));
    Ok(vm.none())
}

/// Reverses `count` words of memory.
pub fn reverse_words(vm: &mut Vm, at: Addr, count: usize) {
    if count > 1 {
        vm.heap.space.units_mut::<u64>(at, count).reverse();
    }
}

fn sort_method(vm: &mut Vm, list: Addr, args: Args) -> PyResult<Own> {
    let key = args.get(vm, 0);
    let reverse = match args.opt(vm, 1) {
        None => false,
        Some(reverse) => vm.is_true(reverse)?,
    };
    sort(vm, list, key, reverse)?;
    Ok(vm.none())
}
