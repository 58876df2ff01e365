//! What operators do with arrays.

use super::{check, code, content, content_mut, get, itemsize, iterator, len, new, resize, set};
use crate::python::memory::{Addr, Own};
use crate::python::object::index::{self, SliceBounds};
use crate::python::object::text::{self, Text};
use crate::python::object::{CompareOp, Slots, alloc, object, types, weakref};
use crate::python::vm::{PyResult, Vm};

/// The slots of `array.array`.
pub fn fill(slots: &mut Slots) {
    slots.dealloc = Some(|vm, array| {
        crate::python::gc::untrack_if_known(vm, array);
        if vm.word(array, super::WEAKREFS) != 0 {
            weakref::clear_refs(vm, array);
        }
        if let Some(items) = vm.field(array, super::ITEMS).some() {
            vm.heap.free(items);
        }
        alloc::free(vm, array);
    });
    // Nothing in an array refers to anything; CPython tells the collector of it for the class's sake.
    slots.traverse = Some(|_, _, _| {});
    slots.new = Some(super::construct);
    slots.repr = Some(repr);
    slots.hash = Some(object::hash_not_implemented);
    slots.richcompare = Some(richcompare);
    slots.iter = Some(iterator::iter);
    slots.sq_length = Some(|vm, array| Ok(len(vm, array)));
    slots.mp_length = Some(|vm, array| Ok(len(vm, array)));
    slots.sq_concat = Some(concat);
    slots.sq_repeat = Some(repeat);
    slots.sq_item = Some(|vm, array, i| match usize::try_from(i) {
        Ok(i) if i < len(vm, array) => get(vm, array, i),
        _ => Err(vm.index_error("array index out of range")),
    });
    slots.sq_ass_item = Some(assign_item);
    slots.sq_contains = Some(|vm, array, value| Ok(position(vm, array, value, 0)?.is_some()));
    slots.sq_inplace_concat = Some(|vm, array, other| {
        if !check(vm, other) {
            let got = vm.tp_name(other);
            return Err(vm.type_error(format!("can only extend array with array (not \"{got}\")")));
        }
        super::methods::extend(vm, array, other)?;
        Ok(vm.incref(array))
    });
    slots.sq_inplace_repeat = Some(|vm, array, times| {
        let (old, times) = (content(vm, array).to_vec(), times.max(0) as usize);
        let Some(total) = len(vm, array).checked_mul(times) else {
            return Err(vm.memory_error());
        };
        if !old.is_empty() {
            resize(vm, array, total)?;
            vm.check_steps((total * itemsize(vm, array)) as u64 / 64)?;
            fill_repeated(content_mut(vm, array), &old);
        }
        Ok(vm.incref(array))
    });
    slots.mp_subscript = Some(subscript);
    slots.mp_ass_subscript = Some(assign_subscript);
}

fn fill_repeated(target: &mut [u8], piece: &[u8]) {
    for chunk in target.chunks_mut(piece.len().max(1)) {
        let len = chunk.len();
        chunk.copy_from_slice(&piece[..len]);
    }
}

/// The first item from `start` on that equals a value.
pub fn position(vm: &mut Vm, array: Addr, value: Addr, start: usize) -> PyResult<Option<usize>> {
    let mut i = start;
    while i < len(vm, array) {
        let item = get(vm, array, i)?;
        let equal = vm.rich_compare_bool(item.addr(), value, CompareOp::Eq)?;
        vm.decref(item);
        if equal {
            return Ok(Some(i));
        }
        i += 1;
    }
    Ok(None)
}

fn repr(vm: &mut Vm, array: Addr) -> PyResult<Own> {
    let name = vm.type_data(vm.type_of(array)).name.to_string();
    let code = code(vm, array);
    let mut text = Text::new();
    text.push_str(&format!("{name}('{}'", char::from(code)));
    if len(vm, array) > 0 {
        let shown = if matches!(code, b'u' | b'w') {
            super::methods::text_of(vm, array)?
        } else {
            super::methods::list_of(vm, array)?
        };
        text.push_str(", ");
        text::push_repr(vm, &mut text, shown.addr())?;
        vm.decref(shown);
    }
    text.push_str(")");
    text.finish(vm)
}

/// Items are compared as objects, whatever the type codes are.
fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    if !check(vm, left) || !check(vm, right) {
        return Ok(vm.not_implemented());
    }
    if len(vm, left) != len(vm, right) && matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(vm.bool(op == CompareOp::Ne));
    }
    let mut i = 0;
    while i < len(vm, left) && i < len(vm, right) {
        let (a, b) = (get(vm, left, i)?, get(vm, right, i)?);
        let equal = vm.rich_compare_bool(a.addr(), b.addr(), CompareOp::Eq)?;
        if !equal {
            let result = match op {
                CompareOp::Eq => Ok(vm.bool(false)),
                CompareOp::Ne => Ok(vm.bool(true)),
                op => vm.rich_compare(a.addr(), b.addr(), op),
            };
            vm.decref(a);
            vm.decref(b);
            return result;
        }
        vm.decref(a);
        vm.decref(b);
        i += 1;
    }
    let holds = op.holds(len(vm, left).cmp(&len(vm, right)));
    Ok(vm.bool(holds))
}

/// `array[low:high]`
pub fn slice(vm: &mut Vm, array: Addr, low: usize, high: usize) -> PyResult<Own> {
    let size = itemsize(vm, array);
    let part = content(vm, array)[low * size..high * size].to_vec();
    let made = new(vm, types::ARRAY, code(vm, array), high - low)?;
    content_mut(vm, made.addr()).copy_from_slice(&part);
    Ok(made)
}

fn concat(vm: &mut Vm, array: Addr, other: Addr) -> PyResult<Own> {
    if !check(vm, other) {
        let got = vm.tp_name(other);
        return Err(vm.type_error(format!("can only append array (not \"{got}\") to array")));
    }
    if code(vm, array) != code(vm, other) {
        return Err(vm.type_error("bad argument type for built-in operation"));
    }
    let mut both = content(vm, array).to_vec();
    both.extend_from_slice(content(vm, other));
    let count = len(vm, array) + len(vm, other);
    let made = new(vm, types::ARRAY, code(vm, array), count)?;
    content_mut(vm, made.addr()).copy_from_slice(&both);
    Ok(made)
}

fn repeat(vm: &mut Vm, array: Addr, times: isize) -> PyResult<Own> {
    let Some(count) = len(vm, array).checked_mul(times.max(0) as usize) else {
        return Err(vm.memory_error());
    };
    let piece = content(vm, array).to_vec();
    let made = new(vm, types::ARRAY, code(vm, array), count)?;
    vm.check_steps(count as u64 / 64)?;
    fill_repeated(content_mut(vm, made.addr()), &piece);
    Ok(made)
}

fn assign_item(vm: &mut Vm, array: Addr, i: isize, value: Option<Addr>) -> PyResult<()> {
    match usize::try_from(i) {
        Ok(i) if i < len(vm, array) => match value {
            Some(value) => set(vm, array, i, value),
            None => replace(vm, array, i, i + 1, &[], 0),
        },
        _ => Err(vm.index_error("array assignment index out of range")),
    }
}

/// Puts `count` items whose bytes are `with` in the place of items `low..high`.
pub fn replace(
    vm: &mut Vm,
    array: Addr,
    low: usize,
    high: usize,
    with: &[u8],
    count: usize,
) -> PyResult<()> {
    let (old, size) = (len(vm, array), itemsize(vm, array));
    let total = old - (high - low) + count;
    if vm.word(array, super::EXPORTS) > 0 && total != old {
        return Err(vm.buffer_error("cannot resize an array that is exporting buffers"));
    }
    let (from, to) = (high * size, (low + count) * size);
    if total > old {
        resize(vm, array, total)?;
    }
    let content = content_mut(vm, array);
    content.copy_within(from..old * size, to);
    content[low * size..to].copy_from_slice(with);
    if total < old {
        resize(vm, array, total)?;
    }
    Ok(())
}

fn wrapped(vm: &mut Vm, array: Addr, key: Addr) -> PyResult<isize> {
    let i = vm.index_value(key, types::INDEX_ERROR)?;
    Ok(if i < 0 {
        i.wrapping_add(len(vm, array) as isize)
    } else {
        i
    })
}

fn subscript(vm: &mut Vm, array: Addr, key: Addr) -> PyResult<Own> {
    if index::is_index(vm, key) {
        let i = wrapped(vm, array, key)?;
        return match usize::try_from(i) {
            Ok(i) if i < len(vm, array) => get(vm, array, i),
            _ => Err(vm.index_error("array index out of range")),
        };
    }
    if vm.type_of(key) != types::SLICE {
        return Err(vm.type_error("array indices must be integers"));
    }
    let bounds = SliceBounds::of(vm, key, |vm| len(vm, array))?;
    if bounds.step == 1 {
        let start = bounds.start as usize;
        return slice(vm, array, start, start + bounds.count);
    }
    let size = itemsize(vm, array);
    let mut part = Vec::with_capacity(bounds.count * size);
    let mut at = bounds.start;
    for _ in 0..bounds.count {
        part.extend_from_slice(&content(vm, array)[at as usize * size..][..size]);
        at = at.wrapping_add(bounds.step);
    }
    let made = new(vm, types::ARRAY, code(vm, array), bounds.count)?;
    content_mut(vm, made.addr()).copy_from_slice(&part);
    Ok(made)
}

fn assign_subscript(vm: &mut Vm, array: Addr, key: Addr, value: Option<Addr>) -> PyResult<()> {
    if index::is_index(vm, key) {
        let i = wrapped(vm, array, key)?;
        return assign_item(vm, array, i, value);
    }
    if vm.type_of(key) != types::SLICE {
        return Err(vm.type_error("array indices must be integers"));
    }
    let mut bounds = SliceBounds::of(vm, key, |vm| len(vm, array))?;
    let size = itemsize(vm, array);
    let source = match value {
        None => Vec::new(),
        Some(other) if !check(vm, other) => {
            let got = vm.tp_name(other);
            return Err(vm.type_error(format!(
                "can only assign array (not \"{got}\") to array slice"
            )));
        }
        Some(other) if code(vm, other) != code(vm, array) => {
            return Err(vm.type_error("bad argument type for built-in operation"));
        }
        Some(other) => content(vm, other).to_vec(),
    };
    let count = source.len() / size;
    if bounds.step == 1 {
        let low = bounds.start as usize;
        let high = (low + bounds.count).max(low);
        return replace(vm, array, low, high, &source, count);
    }
    if value.is_some() {
        if count != bounds.count {
            let wanted = bounds.count;
            return Err(vm.value_error(format!(
                "attempt to assign array of size {count} to extended slice of size {wanted}"
            )));
        }
        let mut at = bounds.start;
        for piece in source.chunks_exact(size) {
            content_mut(vm, array)[at as usize * size..][..size].copy_from_slice(piece);
            at = at.wrapping_add(bounds.step);
        }
        return Ok(());
    }
    if bounds.count == 0 {
        return Ok(());
    }
    if bounds.step < 0 {
        bounds.start += bounds.step * (bounds.count as isize - 1);
        bounds.step = -bounds.step;
    }
    let (start, step) = (bounds.start as usize, bounds.step as usize);
    let kept: Vec<u8> = content(vm, array)
        .chunks_exact(size)
        .enumerate()
        .filter(|(i, _)| {
            *i < start || !(i - start).is_multiple_of(step) || (i - start) / step >= bounds.count
        })
        .flat_map(|(_, item)| item.to_vec())
        .collect();
    let (old, left) = (len(vm, array), kept.len() / size);
    replace(vm, array, 0, old, &kept, left)
}
