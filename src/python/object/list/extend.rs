//! `list.extend`, `list(iterable)` and `+=`: how much room each kind of iterable gets. CPython: `_list_extend`.

use super::{ALLOCATED, OB_ITEM};
use super::{append, copy_references, items_addr, len, resize, set_len};
use crate::python::memory::{Addr, Own};
use crate::python::object::{dict, set, tuple, types};
use crate::python::vm::{PyResult, Vm};

/// Appends everything that `iterable` gives: `list.extend`.
pub fn extend(vm: &mut Vm, list: Addr, iterable: Addr) -> PyResult<()> {
    match vm.type_of(iterable) {
        _ if iterable == list => {
            let count = len(vm, list);
            extend_sequence(vm, list, Source::List(list), count)
        }
        types::LIST => {
            let count = len(vm, iterable);
            extend_sequence(vm, list, Source::List(iterable), count)
        }
        types::TUPLE => {
            let count = tuple::len(vm, iterable);
            extend_sequence(vm, list, Source::Tuple(iterable), count)
        }
        // Before 3.13 these were iterated like anything else.
        types::SET
        | types::FROZENSET
        | types::DICT
        | types::DICT_KEYS
        | types::DICT_VALUES
        | types::DICT_ITEMS
            if !vm.profile.lists_grow_for_sets =>
        {
            extend_iterable(vm, list, iterable)
        }
        types::SET | types::FROZENSET => extend_set(vm, list, iterable),
        types::DICT => extend_dict(vm, list, iterable, Part::Keys),
        types::DICT_KEYS => extend_view(vm, list, iterable, Part::Keys),
        types::DICT_VALUES => extend_view(vm, list, iterable, Part::Values),
        types::DICT_ITEMS => extend_view(vm, list, iterable, Part::Items),
        _ => extend_iterable(vm, list, iterable),
    }
}

/// A sequence whose items lie in memory.
enum Source {
    List(Addr),
    Tuple(Addr),
}

/// `list_extend_fast`; the sequence may be the list itself.
fn extend_sequence(vm: &mut Vm, list: Addr, source: Source, count: usize) -> PyResult<()> {
    if count == 0 {
        return Ok(());
    }
    let old = len(vm, list);
    if items_addr(vm, list).is_null() && vm.profile.extend_starts_exact {
        preallocate(vm, list, count)?;
        set_len(vm, list, count);
    } else {
        resize(vm, list, old + count)?;
    }
    let from = match source {
        Source::List(other) => items_addr(vm, other),
        Source::Tuple(other) => other.at(tuple::ITEMS),
    };
    let to = items_addr(vm, list).at(8 * old as u64);
    copy_references(vm, from, to, count);
    Ok(())
}

/// Room for the items of an iterable that has a length, before `list(iterable)` extends a new list. CPython 3.9:
/// `list___init___impl`; later `list_extend` does the same for any list without an array.
pub fn preallocate_for(vm: &mut Vm, list: Addr, iterable: Addr) -> PyResult<()> {
    let slots = vm.slots(iterable);
    if vm.profile.extend_starts_exact || slots.sq_length.or(slots.mp_length).is_none() {
        return Ok(());
    }
    match vm.len(iterable)? {
        0 => Ok(()),
        count => preallocate(vm, list, count),
    }
}

/// Room for exactly `count` items, from 3.10 on rounded up to an even number, in a list without an array:
/// `list_preallocate_exact`.
fn preallocate(vm: &mut Vm, list: Addr, count: usize) -> PyResult<()> {
    let room = match vm.profile.extend_starts_exact {
        true => (count + 1) & !1,
        false => count,
    };
    let items = super::new_items(vm, room)?;
    vm.set_word(list, OB_ITEM, items.0);
    vm.set_word(list, ALLOCATED, room as u64);
    Ok(())
}

/// Makes room for `count` more items as `list_resize` does for so long a list, keeping the length.
fn make_room(vm: &mut Vm, list: Addr, count: usize) -> PyResult<usize> {
    let old = len(vm, list);
    resize(vm, list, old + count)?;
    set_len(vm, list, old);
    Ok(old)
}

fn extend_set(vm: &mut Vm, list: Addr, other: Addr) -> PyResult<()> {
    let elements = set::elements(vm, other);
    let old = make_room(vm, list, elements.len())?;
    let items = items_addr(vm, list).at(8 * old as u64);
    for (i, element) in elements.iter().enumerate() {
        let element = vm.incref(*element);
        vm.init_field(items, 8 * i as u64, element);
    }
    set_len(vm, list, old + elements.len());
    Ok(())
}

/// What of a dict's entries is appended.
#[derive(Clone, Copy)]
enum Part {
    Keys,
    Values,
    Items,
}

/// Extends by a dict's view, whose dict is its first field.
fn extend_view(vm: &mut Vm, list: Addr, view: Addr, part: Part) -> PyResult<()> {
    let dict = vm.field(view, 16);
    extend_dict(vm, list, dict, part)
}

fn extend_dict(vm: &mut Vm, list: Addr, other: Addr, part: Part) -> PyResult<()> {
    let count = dict::len(vm, other);
    make_room(vm, list, count)?;
    let mut position = 0;
    while let Some((key, value)) = dict::next(vm, other, &mut position) {
        let item = match part {
            Part::Keys => vm.incref(key),
            Part::Values => vm.incref(value),
            Part::Items => tuple::new(vm, &[key, value]),
        };
        append(vm, list, item)?;
    }
    Ok(())
}

/// `list_extend_iter`: room by the length hint, cut back at the end.
fn extend_iterable(vm: &mut Vm, list: Addr, iterable: Addr) -> PyResult<()> {
    let iterator = vm.get_iter(iterable)?;
    let hint = vm.length_hint(iterable, 8)?;
    if items_addr(vm, list).is_null() && vm.profile.extend_starts_exact {
        if hint > 0 {
            preallocate(vm, list, hint)?;
        }
    } else if hint <= (isize::MAX / 8) as usize - len(vm, list) {
        make_room(vm, list, hint)?;
    }
    drain(vm, list, &iterator)?;
    let (len, allocated) = (len(vm, list), vm.word(list, ALLOCATED) as isize);
    if (len as isize) < allocated {
        resize(vm, list, len)?;
    }
    vm.decref(iterator);
    Ok(())
}

fn drain(vm: &mut Vm, list: Addr, iterator: &Own) -> PyResult<()> {
    while let Some(item) = vm.iter_next(iterator.addr())? {
        append(vm, list, item)?;
    }
    Ok(())
}
