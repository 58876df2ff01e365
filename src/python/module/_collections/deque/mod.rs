//! `collections.deque`: a double-ended queue in blocks of 64 items. CPython: `dequeobject`,
//! Modules/_collectionsmodule.c.

pub mod blocks;
pub mod iterator;
mod methods;

use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    CompareOp, GetSet, NONE, Slots, TypeSpec, alloc, flags, index, int, list, object, str,
    text::{self, Text},
    types, weakref,
};
use crate::python::vm::typedata::TP_WEAKLISTOFFSET;
use crate::python::vm::{Args, PyResult, Vm};
use blocks::{MAXLEN, STATE, Walk, len};

/// Offset of `weakreflist`.
const WEAKREFS: u64 = 208;

/// `collections.deque`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 216,
    weaklistoffset: WEAKREFS as u32,
    flags: flags::HAVE_GC | flags::BASETYPE | flags::SEQUENCE,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(dealloc);
        slots.traverse = Some(traverse);
        slots.clear = Some(blocks::clear);
        slots.repr = Some(repr);
        slots.hash = Some(object::hash_not_implemented);
        slots.richcompare = Some(richcompare);
        slots.iter = Some(iterator::iter);
        slots.init = Some(init);
        slots.new = Some(|vm, class, _args| new(vm, class));
        slots.sq_length = Some(|vm, deque| Ok(len(vm, deque)));
        slots.sq_concat = Some(concat);
        slots.sq_repeat = Some(repeat);
        slots.sq_item = Some(item);
        slots.sq_ass_item = Some(set_item);
        slots.sq_contains = Some(methods::contains);
        slots.sq_inplace_concat = Some(inplace_concat);
        slots.sq_inplace_repeat = Some(inplace_repeat);
    },
    methods: methods::METHODS,
    getset: &[GetSet::read("maxlen", maxlen)],
    doc: Some("A list-like sequence optimized for data accesses near its endpoints."),
    ..TypeSpec::new(types::DEQUE, "collections.deque")
};

/// Whether the object is a deque or an instance of a subclass.
pub fn check(vm: &Vm, object: Addr) -> bool {
    vm.type_of(object) == types::DEQUE || vm.type_check(object, types::DEQUE)
}

fn new(vm: &mut Vm, class: Addr) -> PyResult<Own> {
    let deque = alloc::alloc(vm, class, 0)?;
    gc::track(vm, deque.addr());
    blocks::init(vm, deque.addr())?;
    Ok(deque)
}

fn init(vm: &mut Vm, deque: Addr, args: Args) -> PyResult<()> {
    let given = args.len() + args.keyword_count();
    if given > 2 {
        return Err(vm.type_error(format!("deque() takes at most 2 arguments ({given} given)")));
    }
    let [iterable, maxlen] = args.bind::<2>(vm, "deque", "(iterable=None, maxlen=None)")?;
    let maxlen = match maxlen.some().filter(|maxlen| *maxlen != NONE) {
        None => -1,
        Some(maxlen) => {
            if !vm.has_flag(maxlen, flags::LONG_SUBCLASS) {
                return Err(vm.type_error("an integer is required"));
            }
            match int::as_i64(vm, maxlen) {
                Some(maxlen) if maxlen >= 0 => maxlen,
                Some(_) => return Err(vm.value_error("maxlen must be non-negative")),
                None => {
                    return Err(vm.overflow_error("Python int too large to convert to C ssize_t"));
                }
            }
        }
    };
    vm.set_word(deque, MAXLEN, maxlen as u64);
    blocks::clear(vm, deque);
    match iterable.some() {
        Some(iterable) => extend(vm, deque, iterable),
        None => Ok(()),
    }
}

/// Appends everything that an iterable gives; the deque itself is copied first.
pub fn extend(vm: &mut Vm, deque: Addr, iterable: Addr) -> PyResult<()> {
    extend_by(vm, deque, iterable, true)
}

/// The same at the left or right end.
pub fn extend_by(vm: &mut Vm, deque: Addr, iterable: Addr, right: bool) -> PyResult<()> {
    if iterable == deque {
        let copy = list::from_iterable(vm, deque)?;
        extend_by(vm, deque, copy.addr(), right)?;
        vm.decref(copy);
        return Ok(());
    }
    let iterator = vm.get_iter(iterable)?;
    if vm.word(deque, MAXLEN) == 0 {
        while let Some(item) = vm.iter_next(iterator.addr())? {
            vm.decref(item);
        }
    } else {
        blocks::start_at_edge(vm, deque, right);
        while let Some(item) = vm.iter_next(iterator.addr())? {
            if right {
                blocks::append(vm, deque, item)?;
            } else {
                blocks::append_left(vm, deque, item)?;
            }
        }
    }
    vm.decref(iterator);
    Ok(())
}

/// A deque of the same class, length limit and items.
pub fn copy(vm: &mut Vm, deque: Addr) -> PyResult<Own> {
    let class = vm.type_of(deque);
    let maxlen = vm.word(deque, MAXLEN) as i64;
    if class == types::DEQUE {
        let result = new(vm, class)?;
        vm.set_word(result.addr(), MAXLEN, maxlen as u64);
        if len(vm, deque) == 1 {
            let item = vm.incref(vm.field(blocks::find(vm, deque, 0), 0));
            blocks::append(vm, result.addr(), item)?;
        } else {
            extend(vm, result.addr(), deque)?;
        }
        return Ok(result);
    }
    if maxlen < 0 {
        return vm.call(class, &[deque]);
    }
    let maxlen = int::new(vm, maxlen);
    let result = vm.call(class, &[deque, maxlen.addr()])?;
    vm.decref(maxlen);
    Ok(result)
}

fn maxlen(vm: &mut Vm, deque: Addr) -> PyResult<Own> {
    match vm.word(deque, MAXLEN) as i64 {
        -1 => Ok(vm.none()),
        maxlen => Ok(int::new(vm, maxlen)),
    }
}

fn dealloc(vm: &mut Vm, deque: Addr) {
    gc::untrack(vm, deque);
    if vm.word(deque, vm.field(types::DEQUE, TP_WEAKLISTOFFSET).0) != 0 {
        weakref::clear_refs(vm, deque);
    }
    if !vm.field(deque, blocks::LEFT_BLOCK).is_null() {
        blocks::clear(vm, deque);
        blocks::free_all(vm, deque);
    }
    alloc::free(vm, deque);
}

fn traverse(vm: &Vm, deque: Addr, visit: &mut dyn FnMut(Addr)) {
    let mut walk = Walk::first(vm, deque);
    for _ in 0..len(vm, deque) {
        visit(vm.field(walk.place(), 0));
        walk.right(vm);
    }
}

fn repr(vm: &mut Vm, deque: Addr) -> PyResult<Own> {
    if !vm.repr_enter(deque) {
        return Ok(str::new(vm, "[...]"));
    }
    let result = repr_items(vm, deque);
    vm.repr_leave(deque);
    result
}

fn repr_items(vm: &mut Vm, deque: Addr) -> PyResult<Own> {
    let mut text = Text::new();
    let items = list::from_iterable(vm, deque)?;
    text.push_str(&vm.type_data(vm.type_of(deque)).name.clone());
    text.push_str("(");
    text::push_repr(vm, &mut text, items.addr())?;
    vm.decref(items);
    let maxlen = vm.word(deque, MAXLEN) as i64;
    if maxlen >= 0 {
        text.push_str(&format!(", maxlen={maxlen}"));
    }
    text.push_str(")");
    text.finish(vm)
}

fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    if !check(vm, left) || !check(vm, right) {
        return Ok(vm.not_implemented());
    }
    let (left_len, right_len) = (len(vm, left), len(vm, right));
    match op {
        CompareOp::Eq | CompareOp::Ne if left == right => {
            return Ok(vm.bool(op == CompareOp::Eq));
        }
        CompareOp::Eq | CompareOp::Ne if left_len != right_len => {
            return Ok(vm.bool(op == CompareOp::Ne));
        }
        _ => {}
    }
    let (left, right) = (vm.get_iter(left)?, vm.get_iter(right)?);
    let result = loop {
        let (a, b) = (vm.iter_next(left.addr())?, vm.iter_next(right.addr())?);
        let (Some(a), Some(b)) = (&a, &b) else {
            let ordering = a.is_some().cmp(&b.is_some());
            vm.xdecref(a);
            vm.xdecref(b);
            break vm.bool(op.holds(ordering));
        };
        let equal = vm.equal(a.addr(), b.addr())?;
        let result = match op {
            _ if equal => None,
            CompareOp::Eq => Some(vm.bool(false)),
            CompareOp::Ne => Some(vm.bool(true)),
            _ => Some(vm.rich_compare(a.addr(), b.addr(), op)?),
        };
        let (a, b) = (a.addr(), b.addr());
        vm.decref(Own::from_addr(a));
        vm.decref(Own::from_addr(b));
        if let Some(result) = result {
            break result;
        }
    };
    vm.decref(left);
    vm.decref(right);
    Ok(result)
}

fn concat(vm: &mut Vm, deque: Addr, other: Addr) -> PyResult<Own> {
    if !check(vm, other) {
        let name = vm.type_name(other);
        return Err(vm.type_error(format!(
            "can only concatenate deque (not \"{name}\") to deque"
        )));
    }
    let result = copy(vm, deque)?;
    extend(vm, result.addr(), other)?;
    Ok(result)
}

fn inplace_concat(vm: &mut Vm, deque: Addr, other: Addr) -> PyResult<Own> {
    extend(vm, deque, other)?;
    Ok(vm.incref(deque))
}

fn repeat(vm: &mut Vm, deque: Addr, times: isize) -> PyResult<Own> {
    let result = copy(vm, deque)?;
    let repeated = inplace_repeat(vm, result.addr(), times)?;
    vm.decref(result);
    Ok(repeated)
}

fn inplace_repeat(vm: &mut Vm, deque: Addr, times: isize) -> PyResult<Own> {
    let size = len(vm, deque);
    let maxlen = vm.word(deque, MAXLEN) as i64;
    if size == 0 || times == 1 {
        return Ok(vm.incref(deque));
    }
    if times <= 0 {
        blocks::clear(vm, deque);
        return Ok(vm.incref(deque));
    }
    let mut times = times as usize;
    let total = index::checked_room(vm, size, times)?;
    if maxlen >= 0 && total as i64 > maxlen {
        times = (maxlen as usize).div_ceil(size);
    }
    if size == 1 {
        let item = vm.field(blocks::find(vm, deque, 0), 0);
        for _ in 1..times {
            let item = vm.incref(item);
            blocks::append(vm, deque, item)?;
        }
        return Ok(vm.incref(deque));
    }
    let items = list::from_iterable(vm, deque)?;
    for _ in 1..times {
        extend(vm, deque, items.addr())?;
    }
    vm.decref(items);
    Ok(vm.incref(deque))
}

fn out_of_range(vm: &mut Vm) -> crate::python::vm::Raised {
    vm.index_error("deque index out of range")
}

fn item(vm: &mut Vm, deque: Addr, i: isize) -> PyResult<Own> {
    if i < 0 || i as usize >= len(vm, deque) {
        return Err(out_of_range(vm));
    }
    let item = vm.field(blocks::find(vm, deque, i as usize), 0);
    Ok(vm.incref(item))
}

fn set_item(vm: &mut Vm, deque: Addr, i: isize, value: Option<Addr>) -> PyResult<()> {
    if i < 0 || i as usize >= len(vm, deque) {
        return Err(out_of_range(vm));
    }
    let Some(value) = value else {
        return delete(vm, deque, i as usize);
    };
    let value = vm.incref(value);
    let place = blocks::find(vm, deque, i as usize);
    vm.set_field(place, 0, Some(value));
    Ok(())
}

/// `del deque[i]`: turned to the end, taken off, turned back.
pub fn delete(vm: &mut Vm, deque: Addr, i: usize) -> PyResult<()> {
    blocks::rotate(vm, deque, -(i as i64))?;
    let item = blocks::pop_left(vm, deque);
    blocks::rotate(vm, deque, i as i64)?;
    vm.xdecref(item);
    Ok(())
}

/// Whether the deque has changed since its state was this.
pub fn changed(vm: &Vm, deque: Addr, state: u64) -> bool {
    vm.word(deque, STATE) != state
}
