//! `_heapq`: a list as a binary heap. CPython: Modules/_heapqmodule.c.

use super::NativeModule;
use crate::python::memory::{Addr, Own};
use crate::python::object::{CompareOp, Method, list};
use crate::python::vm::{Args, PyResult, Vm};

/// From this length on `heapify` goes through the heap in an order that is kind to caches.
const CACHE_FRIENDLY: usize = 2500;

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "_heapq",
    methods: &[
        Method::new("heappush", "(heap, item, /)", push),
        Method::new("heappushpop", "(heap, item, /)", push_pop),
        Method::new("heappop", "(heap, /)", |vm, _, args| {
            pop(vm, args, Order::Min)
        }),
        Method::new("heapreplace", "(heap, item, /)", |vm, _, args| {
            replace(vm, args, Order::Min)
        }),
        Method::new("heapify", "(heap, /)", |vm, _, args| {
            heapify(vm, args, Order::Min)
        }),
        Method::new("_heappop_max", "(heap, /)", |vm, _, args| {
            pop(vm, args, Order::Max)
        }),
        Method::new("_heapify_max", "(heap, /)", |vm, _, args| {
            heapify(vm, args, Order::Max)
        }),
        Method::new("_heapreplace_max", "(heap, item, /)", |vm, _, args| {
            replace(vm, args, Order::Max)
        }),
    ],
    types: &[],
    init: |_, _| Ok(()),
};

/// What stands at the top.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Min,
    Max,
}

/// The first argument, which must be a list.
fn heap_of(vm: &mut Vm, args: Args, function: &str, argument: &str) -> PyResult<Addr> {
    let heap = args.get(vm, 0);
    if list::check(vm, heap) {
        return Ok(heap);
    }
    let name = vm.type_name(heap);
    Err(vm.type_error(format!(
        "{function}() argument{argument} must be list, not {name}"
    )))
}

/// Whether the item at `a` belongs above the one at `b`. Fails when the comparison changes the list.
fn above(vm: &mut Vm, heap: Addr, a: usize, b: usize, order: Order) -> PyResult<bool> {
    let len = list::len(vm, heap);
    let (a, b) = (list::item(vm, heap, a), list::item(vm, heap, b));
    let (a, b) = (vm.incref(a), vm.incref(b));
    let result = match order {
        Order::Min => vm.rich_compare_bool(a.addr(), b.addr(), CompareOp::Lt)?,
        Order::Max => vm.rich_compare_bool(b.addr(), a.addr(), CompareOp::Lt)?,
    };
    vm.decref(a);
    vm.decref(b);
    if list::len(vm, heap) != len {
        return Err(vm.runtime_error("list changed size during iteration"));
    }
    Ok(result)
}

fn swap(vm: &mut Vm, heap: Addr, a: usize, b: usize) {
    let items = list::items_addr(vm, heap);
    let (left, right) = (vm.word(items, 8 * a as u64), vm.word(items, 8 * b as u64));
    vm.set_word(items, 8 * a as u64, right);
    vm.set_word(items, 8 * b as u64, left);
}

/// Moves the item at `at` up to where it belongs, not above `start`.
fn sift_down(vm: &mut Vm, heap: Addr, start: usize, mut at: usize, order: Order) -> PyResult<()> {
    if at >= list::len(vm, heap) {
        return Err(vm.index_error("index out of range"));
    }
    while at > start {
        let parent = (at - 1) >> 1;
        if !above(vm, heap, at, parent, order)? {
            break;
        }
        swap(vm, heap, at, parent);
        at = parent;
    }
    Ok(())
}

/// Moves the item at `start` down to a leaf, the better child up each time, and from there up again.
fn sift_up(vm: &mut Vm, heap: Addr, start: usize, order: Order) -> PyResult<()> {
    let end = list::len(vm, heap);
    if start >= end {
        return Err(vm.index_error("index out of range"));
    }
    let mut at = start;
    while at < end >> 1 {
        let mut child = 2 * at + 1;
        if child + 1 < end {
            child += usize::from(!above(vm, heap, child, child + 1, order)?);
        }
        swap(vm, heap, at, child);
        at = child;
    }
    sift_down(vm, heap, start, at, order)
}

fn push(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let heap = heap_of(vm, args, "heappush", " 1")?;
    let item = vm.incref(args.get(vm, 1));
    list::append(vm, heap, item)?;
    let last = list::len(vm, heap) - 1;
    sift_down(vm, heap, 0, last, Order::Min)?;
    Ok(vm.none())
}

fn pop(vm: &mut Vm, args: Args, order: Order) -> PyResult<Own> {
    let function = if order == Order::Min {
        "heappop"
    } else {
        "_heappop_max"
    };
    let heap = heap_of(vm, args, function, "")?;
    let len = list::len(vm, heap);
    if len == 0 {
        return Err(vm.index_error("index out of range"));
    }
    let last = vm.incref(list::item(vm, heap, len - 1));
    list::assign_slice(vm, heap, len - 1, len, None)?;
    if len == 1 {
        return Ok(last);
    }
    let items = list::items_addr(vm, heap);
    let Some(top) = vm.replace_field(items, 0, Some(last)) else {
        return Err(vm.system_error("a list holds NULL"));
    };
    sift_up(vm, heap, 0, order)?;
    Ok(top)
}

fn replace(vm: &mut Vm, args: Args, order: Order) -> PyResult<Own> {
    let function = if order == Order::Min {
        "heapreplace"
    } else {
        "_heapreplace_max"
    };
    let heap = heap_of(vm, args, function, " 1")?;
    let item = args.get(vm, 1);
    exchange_top(vm, heap, item, order)
}

/// Puts an item in the top's place and gives the top.
fn exchange_top(vm: &mut Vm, heap: Addr, item: Addr, order: Order) -> PyResult<Own> {
    if list::len(vm, heap) == 0 {
        return Err(vm.index_error("index out of range"));
    }
    let item = vm.incref(item);
    let items = list::items_addr(vm, heap);
    let Some(top) = vm.replace_field(items, 0, Some(item)) else {
        return Err(vm.system_error("a list holds NULL"));
    };
    sift_up(vm, heap, 0, order)?;
    Ok(top)
}

fn push_pop(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let heap = heap_of(vm, args, "heappushpop", " 1")?;
    let item = args.get(vm, 1);
    if list::len(vm, heap) == 0 {
        return Ok(vm.incref(item));
    }
    let top = vm.incref(list::item(vm, heap, 0));
    let less = vm.rich_compare_bool(top.addr(), item, CompareOp::Lt)?;
    vm.decref(top);
    if !less {
        return Ok(vm.incref(item));
    }
    exchange_top(vm, heap, item, Order::Min)
}

fn heapify(vm: &mut Vm, args: Args, order: Order) -> PyResult<Own> {
    let function = if order == Order::Min {
        "heapify"
    } else {
        "_heapify_max"
    };
    let heap = heap_of(vm, args, function, "")?;
    let len = list::len(vm, heap);
    let inner = len >> 1;
    if len <= CACHE_FRIENDLY {
        for i in (0..inner).rev() {
            sift_up(vm, heap, i, order)?;
        }
        return Ok(vm.none());
    }
    let leftmost = (1usize << (usize::BITS - 1 - (inner + 1).leading_zeros())) - 1;
    let starts = (inner >> 1..leftmost).rev().chain((leftmost..inner).rev());
    for start in starts {
        let mut i = start;
        loop {
            sift_up(vm, heap, i, order)?;
            if i & 1 == 0 {
                break;
            }
            i >>= 1;
        }
    }
    Ok(vm.none())
}
