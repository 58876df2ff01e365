//! The methods of `deque`.

use super::blocks::{self, BLOCK_BYTES, BLOCK_LEN, LEFT_INDEX, MAXLEN, STATE, Walk, len};
use super::{changed, copy as copy_deque, delete, extend as extend_right, extend_by};
use crate::python::memory::{Addr, Own};
use crate::python::object::{EMPTY_TUPLE, Method, class_getitem, index, int, list, reduce, tuple};
use crate::python::vm::{Args, PyResult, Raised, Vm};

/// In the order of CPython's table.
pub static METHODS: &[Method] = &[
    Method::new("append", "(item, /)", append),
    Method::new("appendleft", "(item, /)", append_left),
    Method::new("clear", "()", clear),
    Method::new("__copy__", "()", copy),
    Method::new("copy", "()", copy),
    Method::new("count", "(value, /)", count),
    Method::new("extend", "(iterable, /)", extend),
    Method::new("extendleft", "(iterable, /)", extend_left),
    Method::new("index", "(value, start=0, stop=sys.maxsize, /)", find),
    Method::new("insert", "(index, value, /)", insert),
    Method::new("pop", "()", pop),
    Method::new("popleft", "()", pop_left),
    Method::new("__reduce__", "()", reduce),
    Method::new("remove", "(value, /)", remove),
    Method::new("__reversed__", "()", reversed),
    Method::new("reverse", "()", reverse),
    Method::new("rotate", "(n=1, /)", rotate),
    Method::new("__sizeof__", "()", sizeof),
    Method::class("__class_getitem__", "(object, /)", class_getitem::call),
];

fn append(vm: &mut Vm, deque: Addr, args: Args) -> PyResult<Own> {
    let item = vm.incref(args.get(vm, 0));
    blocks::append(vm, deque, item)?;
    Ok(vm.none())
}

fn append_left(vm: &mut Vm, deque: Addr, args: Args) -> PyResult<Own> {
    let item = vm.incref(args.get(vm, 0));
    blocks::append_left(vm, deque, item)?;
    Ok(vm.none())
}

fn clear(vm: &mut Vm, deque: Addr, _args: Args) -> PyResult<Own> {
    blocks::clear(vm, deque);
    Ok(vm.none())
}

fn copy(vm: &mut Vm, deque: Addr, _args: Args) -> PyResult<Own> {
    copy_deque(vm, deque)
}

fn extend(vm: &mut Vm, deque: Addr, args: Args) -> PyResult<Own> {
    let iterable = args.get(vm, 0);
    extend_right(vm, deque, iterable)?;
    Ok(vm.none())
}

fn extend_left(vm: &mut Vm, deque: Addr, args: Args) -> PyResult<Own> {
    let iterable = args.get(vm, 0);
    extend_by(vm, deque, iterable, false)?;
    Ok(vm.none())
}

fn mutated(vm: &mut Vm) -> Raised {
    vm.runtime_error("deque mutated during iteration")
}

/// Compares items `start..stop` with a value, and asks `stop_at` after each equal one.
fn scan(
    vm: &mut Vm,
    deque: Addr,
    value: Addr,
    range: std::ops::Range<usize>,
    mut stop_at: impl FnMut(usize) -> bool,
) -> PyResult<()> {
    let state = vm.word(deque, STATE);
    if range.is_empty() {
        return Ok(());
    }
    let mut walk = Walk::first(vm, deque);
    for _ in 0..range.start {
        walk.right(vm);
    }
    for i in range {
        let item = vm.field(walk.place(), 0);
        let equal = list::item_equals(vm, item, value)?;
        if changed(vm, deque, state) {
            return Err(mutated(vm));
        }
        if equal && stop_at(i) {
            return Ok(());
        }
        walk.right(vm);
    }
    Ok(())
}

/// `value in deque`
pub fn contains(vm: &mut Vm, deque: Addr, value: Addr) -> PyResult<bool> {
    let mut found = false;
    let all = 0..len(vm, deque);
    scan(vm, deque, value, all, |_| {
        found = true;
        true
    })?;
    Ok(found)
}

fn count(vm: &mut Vm, deque: Addr, args: Args) -> PyResult<Own> {
    let value = args.get(vm, 0);
    let mut found = 0;
    let all = 0..len(vm, deque);
    scan(vm, deque, value, all, |_| {
        found += 1;
        false
    })?;
    Ok(int::new(vm, found))
}

fn find(vm: &mut Vm, deque: Addr, args: Args) -> PyResult<Own> {
    let value = args.get(vm, 0);
    let count = len(vm, deque);
    let (start, stop) = index::search_bounds(vm, args, count)?;
    let stop = stop.min(count);
    let mut found = None;
    scan(vm, deque, value, start.min(stop)..stop, |i| {
        found = Some(i);
        true
    })?;
    match found {
        Some(i) => Ok(int::new(vm, i as i64)),
        None => Err(not_in_deque(vm, value)),
    }
}

fn not_in_deque(vm: &mut Vm, value: Addr) -> Raised {
    match vm.repr_text(value) {
        Ok(shown) => vm.value_error(format!("{shown} is not in deque")),
        Err(raised) => raised,
    }
}

fn insert(vm: &mut Vm, deque: Addr, args: Args) -> PyResult<Own> {
    let (at, value) = (args.get(vm, 0), args.get(vm, 1));
    let at = index::ssize(vm, at)? as i64;
    let count = len(vm, deque) as i64;
    if vm.word(deque, MAXLEN) as i64 == count {
        return Err(vm.index_error("deque already at its maximum size"));
    }
    let value = vm.incref(value);
    if at >= count {
        blocks::append(vm, deque, value)?;
    } else if at <= -count || at == 0 {
        blocks::append_left(vm, deque, value)?;
    } else {
        blocks::rotate(vm, deque, -at)?;
        if at < 0 {
            blocks::append(vm, deque, value)?;
        } else {
            blocks::append_left(vm, deque, value)?;
        }
        blocks::rotate(vm, deque, at)?;
    }
    Ok(vm.none())
}

fn pop(vm: &mut Vm, deque: Addr, _args: Args) -> PyResult<Own> {
    match blocks::pop(vm, deque) {
        Some(item) => Ok(item),
        None => Err(vm.index_error("pop from an empty deque")),
    }
}

fn pop_left(vm: &mut Vm, deque: Addr, _args: Args) -> PyResult<Own> {
    match blocks::pop_left(vm, deque) {
        Some(item) => Ok(item),
        None => Err(vm.index_error("pop from an empty deque")),
    }
}

/// `(class, ((), maxlen), state, iterator)`
fn reduce(vm: &mut Vm, deque: Addr, _args: Args) -> PyResult<Own> {
    let state = reduce::container_state(vm, deque)?;
    let iterator = vm.get_iter(deque)?;
    let maxlen = vm.word(deque, MAXLEN) as i64;
    let arguments = if maxlen < 0 {
        vm.incref(EMPTY_TUPLE)
    } else {
        let (empty, maxlen) = (vm.incref(EMPTY_TUPLE), int::new(vm, maxlen));
        tuple::pair(vm, empty, maxlen)
    };
    let class = vm.incref(vm.type_of(deque));
    Ok(tuple::from_owned(
        vm,
        vec![class, arguments, state, iterator],
    ))
}

fn remove(vm: &mut Vm, deque: Addr, args: Args) -> PyResult<Own> {
    let value = args.get(vm, 0);
    let state = vm.word(deque, STATE);
    let count = len(vm, deque);
    let mut walk = Walk::first(vm, deque);
    for i in 0..count {
        let item = vm.field(walk.place(), 0);
        let equal = list::item_equals(vm, item, value)?;
        if changed(vm, deque, state) {
            return Err(vm.index_error("deque mutated during remove()."));
        }
        if equal {
            delete(vm, deque, i)?;
            return Ok(vm.none());
        }
        if i + 1 < count {
            walk.right(vm);
        }
    }
    Err(not_in_deque(vm, value))
}

fn reversed(vm: &mut Vm, deque: Addr, _args: Args) -> PyResult<Own> {
    super::iterator::reversed(vm, deque)
}

fn reverse(vm: &mut Vm, deque: Addr, _args: Args) -> PyResult<Own> {
    let (mut left, mut right) = (Walk::first(vm, deque), Walk::last(vm, deque));
    for _ in 0..len(vm, deque) / 2 {
        let (a, b) = (left.place(), right.place());
        let (first, last) = (vm.word(a, 0), vm.word(b, 0));
        vm.set_word(a, 0, last);
        vm.set_word(b, 0, first);
        left.right(vm);
        right.left(vm);
    }
    Ok(vm.none())
}

fn rotate(vm: &mut Vm, deque: Addr, args: Args) -> PyResult<Own> {
    let n = match args.opt(vm, 0) {
        None => 1,
        Some(n) => index::ssize(vm, n)? as i64,
    };
    blocks::rotate(vm, deque, n)?;
    Ok(vm.none())
}

fn sizeof(vm: &mut Vm, deque: Addr, _args: Args) -> PyResult<Own> {
    let basicsize = i64::from(vm.type_data(vm.type_of(deque)).basicsize);
    let slots = vm.word(deque, LEFT_INDEX) as i64 + len(vm, deque) as i64;
    let blocks = (slots + BLOCK_LEN - 1) / BLOCK_LEN;
    Ok(int::new(vm, basicsize + blocks * BLOCK_BYTES as i64))
}
