//! Items and slices of lists: reading, assigning, deleting. CPython: `list_subscript`, `list_ass_slice`,
//! `list_ass_subscript`.

use super::{copy_items, item, items_addr, len, new, resize, set_len, with_room};
use crate::python::memory::{Addr, Own};
use crate::python::object::index::{self, SliceBounds};
use crate::python::object::{tuple, types};
use crate::python::vm::{PyResult, Vm};

/// `list[low:high]` for bounds inside the list.
pub fn slice(vm: &mut Vm, list: Addr, low: usize, high: usize) -> PyResult<Own> {
    if high <= low {
        return Ok(new(vm));
    }
    let from = items_addr(vm, list).at(8 * low as u64);
    copy_items(vm, from, high - low)
}

fn not_an_index(vm: &mut Vm, key: Addr) -> crate::python::vm::Raised {
    let name = vm.type_name(key);
    vm.type_error(format!(
        "list indices must be integers or slices, not {name}"
    ))
}

/// `list[key]`
pub fn subscript(vm: &mut Vm, list: Addr, key: Addr) -> PyResult<Own> {
    if index::is_index(vm, key) {
        let i = vm.index_value(key, types::INDEX_ERROR)?;
        let len = len(vm, list);
        let i = if i < 0 {
            i.wrapping_add(len as isize)
        } else {
            i
        };
        if i < 0 || i as usize >= len {
            return Err(vm.index_error("list index out of range"));
        }
        return Ok(vm.incref(item(vm, list, i as usize)));
    }
    if vm.type_of(key) != types::SLICE {
        return Err(not_an_index(vm, key));
    }
    let bounds = SliceBounds::of(vm, key, |vm| len(vm, list))?;
    if bounds.count == 0 {
        return Ok(new(vm));
    }
    if bounds.step == 1 {
        let start = bounds.start as usize;
        return slice(vm, list, start, start + bounds.count);
    }
    let result = with_room(vm, bounds.count)?;
    let (from, to) = (items_addr(vm, list), items_addr(vm, result.addr()));
    let mut at = bounds.start;
    for i in 0..bounds.count as u64 {
        let item = vm.incref(vm.field(from, 8 * at as u64));
        vm.init_field(to, 8 * i, item);
        at = at.wrapping_add(bounds.step);
    }
    set_len(vm, result.addr(), bounds.count);
    Ok(result)
}

/// `list[i] = value`, `del list[i]`
pub fn assign_item(vm: &mut Vm, list: Addr, i: isize, value: Option<Addr>) -> PyResult<()> {
    let len = len(vm, list);
    if i < 0 || i as usize >= len {
        return Err(vm.index_error("list assignment index out of range"));
    }
    let i = i as usize;
    match value {
        None if vm.profile.deleting_keeps_room => {
            let items = items_addr(vm, list);
            let (from, to) = (8 * (i + 1) as u64, 8 * i as u64);
            let old = vm.word(items, to);
            let tail = 8 * (len - i - 1);
            vm.heap.space.copy(items.at(from), items.at(to), tail);
            set_len(vm, list, len - 1);
            vm.decref_word(old);
            Ok(())
        }
        None => assign_slice(vm, list, i, i + 1, None),
        Some(value) => {
            let value = vm.incref(value);
            let items = items_addr(vm, list);
            vm.set_field(items, 8 * i as u64, Some(value));
            Ok(())
        }
    }
}

/// `list[key] = value`, `del list[key]`
pub fn assign_subscript(vm: &mut Vm, list: Addr, key: Addr, value: Option<Addr>) -> PyResult<()> {
    if index::is_index(vm, key) {
        let i = vm.index_value(key, types::INDEX_ERROR)?;
        let len = len(vm, list);
        let i = if i < 0 {
            i.wrapping_add(len as isize)
        } else {
            i
        };
        return assign_item(vm, list, i, value);
    }
    if vm.type_of(key) != types::SLICE {
        return Err(not_an_index(vm, key));
    }
    let mut bounds = SliceBounds::of(vm, key, |vm| len(vm, list))?;
    if bounds.step == 1 {
        let (start, stop) = (bounds.start as usize, bounds.stop.max(0) as usize);
        return match value {
            None => assign_slice(vm, list, start, stop, None),
            Some(value) => assign_plain(vm, list, start, stop, value),
        };
    }
    if (bounds.step < 0 && bounds.start < bounds.stop)
        || (bounds.step > 0 && bounds.start > bounds.stop)
    {
        bounds.stop = bounds.start;
    }
    match value {
        None => delete_extended(vm, list, bounds),
        Some(value) => assign_extended(vm, list, key, value),
    }
}

/// What stands on the right of a slice assignment as a list or tuple: `PySequence_Fast`.
fn fast_items(vm: &mut Vm, value: Addr, list: Addr, refusal: &str) -> PyResult<Own> {
    if value == list {
        let len = len(vm, list);
        return slice(vm, list, 0, len);
    }
    if super::check(vm, value) || tuple::check(vm, value) {
        return Ok(vm.incref(value));
    }
    let iterator = match vm.get_iter(value) {
        Ok(iterator) => iterator,
        Err(_) if vm.raised_is(types::TYPE_ERROR) => {
            return Err(vm.type_error(refusal));
        }
        Err(raised) => return Err(raised),
    };
    let items = super::from_iterable(vm, iterator.addr())?;
    vm.decref(iterator);
    Ok(items)
}

/// Address and number of the items of a list or tuple.
fn span(vm: &Vm, sequence: Addr) -> (Addr, usize) {
    if tuple::check(vm, sequence) {
        (sequence.at(tuple::ITEMS), tuple::len(vm, sequence))
    } else {
        (items_addr(vm, sequence), len(vm, sequence))
    }
}

/// `list[start:stop] = value` with any iterable.
fn assign_plain(vm: &mut Vm, list: Addr, start: usize, stop: usize, value: Addr) -> PyResult<()> {
    let refusal = vm.profile.messages.plain_slice;
    let source = fast_items(vm, value, list, refusal)?;
    assign_slice(vm, list, start, stop, Some(source.addr()))?;
    vm.decref(source);
    Ok(())
}

/// Replaces items `low..high` by those of `source`, another list or a tuple, or deletes them. The old
/// items are dropped when the list is in order again, the last first: `list_ass_slice`.
pub fn assign_slice(
    vm: &mut Vm,
    list: Addr,
    low: usize,
    high: usize,
    source: Option<Addr>,
) -> PyResult<()> {
    let (from, count) = match source {
        Some(source) => span(vm, source),
        None => (Addr::NULL, 0),
    };
    let len = len(vm, list);
    let low = low.min(len);
    let high = high.clamp(low, len);
    let old_count = high - low;
    let new_len = len - old_count + count;
    if new_len == 0 {
        super::clear(vm, list);
        return Ok(());
    }
    let mut recycled = Recycled::take(vm, items_addr(vm, list).at(8 * low as u64), old_count);
    let tail_bytes = 8 * (len - high);
    let (old_tail, new_tail) = (8 * high as u64, 8 * (low + count) as u64);
    if count < old_count {
        let items = items_addr(vm, list);
        vm.heap
            .space
            .copy(items.at(old_tail), items.at(new_tail), tail_bytes);
        resize(vm, list, new_len)?;
    } else if count > old_count {
        resize(vm, list, new_len)?;
        let items = items_addr(vm, list);
        vm.heap
            .space
            .copy(items.at(old_tail), items.at(new_tail), tail_bytes);
    }
    let target = items_addr(vm, list).at(8 * low as u64);
    super::copy_references(vm, from, target, count);
    recycled.drop_last_first(vm);
    Ok(())
}

/// References taken out of a list, to be dropped when it is in order again.
struct Recycled {
    one: u64,
    many: Vec<u64>,
}

impl Recycled {
    fn take(vm: &Vm, from: Addr, count: usize) -> Recycled {
        match count {
            0 => Recycled {
                one: 0,
                many: Vec::new(),
            },
            1 => Recycled {
                one: vm.word(from, 0),
                many: Vec::new(),
            },
            _ => Recycled {
                one: 0,
                many: vm.heap.space.units::<u64>(from, count).to_vec(),
            },
        }
    }

    fn drop_last_first(&mut self, vm: &mut Vm) {
        vm.decref_word(self.one);
        for word in std::mem::take(&mut self.many).into_iter().rev() {
            vm.decref_word(word);
        }
    }
}

/// `del list[start:stop:step]`; the removed items are dropped from low to high.
fn delete_extended(vm: &mut Vm, list: Addr, bounds: SliceBounds) -> PyResult<()> {
    let count = bounds.count;
    if count == 0 {
        return Ok(());
    }
    let (start, step) = if bounds.step < 0 {
        let lowest = bounds.start + bounds.step * (count as isize - 1);
        (lowest as usize, bounds.step.unsigned_abs())
    } else {
        (bounds.start as usize, bounds.step as usize)
    };
    let (items, len) = (items_addr(vm, list), len(vm, list));
    let mut garbage = Vec::with_capacity(count);
    for i in 0..count {
        let at = start + i * step;
        garbage.push(vm.word(items, 8 * at as u64));
        let kept = if i + 1 < count {
            step - 1
        } else {
            len - at - 1
        };
        let (from, to) = (8 * (at + 1) as u64, 8 * (at - i) as u64);
        vm.heap.space.copy(items.at(from), items.at(to), 8 * kept);
    }
    resize(vm, list, len - count)?;
    for word in garbage {
        vm.decref_word(word);
    }
    Ok(())
}

/// `list[start:stop:step] = value`: as many items as the slice has.
fn assign_extended(vm: &mut Vm, list: Addr, key: Addr, value: Addr) -> PyResult<()> {
    let refusal = "must assign iterable to extended slice";
    let source = fast_items(vm, value, list, refusal)?;
    // Only now: reading what is assigned may have changed the list.
    let bounds = SliceBounds::of(vm, key, |vm| len(vm, list))?;
    let (from, given) = span(vm, source.addr());
    if given != bounds.count {
        let count = bounds.count;
        return Err(vm.value_error(format!(
            "attempt to assign sequence of size {given} to extended slice of size {count}"
        )));
    }
    let items = items_addr(vm, list);
    let mut garbage = Vec::with_capacity(given);
    let mut at = bounds.start;
    for i in 0..given as u64 {
        if at < 0 || at as usize >= len(vm, list) {
            break;
        }
        garbage.push(vm.word(items, 8 * at as u64));
        let item = vm.incref(vm.field(from, 8 * i));
        vm.init_field(items, 8 * at as u64, item);
        at = at.wrapping_add(bounds.step);
    }
    for word in garbage {
        vm.decref_word(word);
    }
    vm.decref(source);
    Ok(())
}
