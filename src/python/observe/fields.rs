//! What an object holds, with the names that lead to it.

use super::text::short;
use crate::python::memory::Addr;
use crate::python::object::dict::values;
use crate::python::object::{
    alloc, descriptor, dict, flags, list, object, set, str, tuple, types, weakref,
};
use crate::python::vm::Vm;
use crate::python::vm::typedata::TP_DICT;

/// One thing that an object holds.
pub struct Held {
    /// What leads to it.
    pub label: String,
    /// `NULL` for an empty slot, or a weak reference whose object is gone.
    pub object: Addr,
    /// Whether the reference does not count.
    pub is_weak: bool,
}

fn strong(label: impl Into<String>, object: Addr) -> Held {
    Held {
        label: label.into(),
        object,
        is_weak: false,
    }
}

/// Everything that an object holds, in its own order; of a long container only the first `max` items, and
/// how many were left out.
pub fn of(vm: &Vm, this: Addr, max: usize) -> (Vec<Held>, usize) {
    let ty = vm.type_of(this);
    let mut held = Vec::new();
    let mut omitted = 0;
    let type_flags = vm.type_flags(ty);
    if type_flags & flags::LIST_SUBCLASS != 0 {
        let len = list::len(vm, this);
        held.extend((0..len.min(max)).map(|i| strong(format!("[{i}]"), list::item(vm, this, i))));
        omitted = len.saturating_sub(max);
    } else if type_flags & flags::TUPLE_SUBCLASS != 0 {
        let len = tuple::len(vm, this);
        held.extend((0..len.min(max)).map(|i| strong(format!("[{i}]"), tuple::item(vm, this, i))));
        omitted = len.saturating_sub(max);
    } else if type_flags & flags::DICT_SUBCLASS != 0 {
        omitted = dict_items(vm, this, max, &mut held);
    } else if vm.is_subtype(ty, types::SET) || vm.is_subtype(ty, types::FROZENSET) {
        let elements = set::elements(vm, this);
        omitted = elements.len().saturating_sub(max);
        held.extend(
            elements
                .into_iter()
                .take(max)
                .map(|element| strong("in", element)),
        );
    } else if weakref::is_weakref_type(vm, ty) {
        weak_fields(vm, this, &mut held);
    } else if type_flags & flags::HEAPTYPE == 0 {
        native_fields(vm, this, max, &mut held);
    }
    slot_fields(vm, this, ty, &mut held);
    attributes(vm, this, ty, &mut held);
    (held, omitted)
}

fn dict_items(vm: &Vm, this: Addr, max: usize, held: &mut Vec<Held>) -> usize {
    let (mut position, mut count) = (0, 0);
    while count < max
        && let Some((key, value)) = dict::next(vm, this, &mut position)
    {
        held.push(strong(short(vm, key), value));
        count += 1;
    }
    dict::len(vm, this) - count
}

fn weak_fields(vm: &Vm, this: Addr, held: &mut Vec<Held>) {
    held.push(Held {
        label: "referent".into(),
        object: weakref::referent(vm, this),
        is_weak: true,
    });
    let callback = weakref::callback(vm, this);
    if !callback.is_null() {
        held.push(strong(".__callback__", callback));
    }
}

/// The fields of functions, methods and cells by their Python names; of other built-in objects what
/// the collector sees, in its order.
fn native_fields(vm: &Vm, this: Addr, max: usize, held: &mut Vec<Held>) {
    let rows: &[(&str, u64)] = match vm.type_of(this) {
        types::FUNCTION => &[
            (".__defaults__", 56),
            (".__kwdefaults__", 64),
            (".__closure__", 72),
            (".__dict__", 88),
        ],
        types::METHOD => &[(".__self__", 24), (".__func__", 16)],
        types::BUILTIN_FUNCTION_OR_METHOD => &[(".__self__", 24)],
        types::CELL => &[(".cell_contents", 16)],
        types::MODULE | types::CODE | types::FRAME => &[],
        _ => return seen_by_collector(vm, this, max, held),
    };
    for (label, offset) in rows {
        let value = vm.field(this, *offset);
        if !value.is_null() {
            held.push(strong(*label, value));
        }
    }
}

fn seen_by_collector(vm: &Vm, this: Addr, max: usize, held: &mut Vec<Held>) {
    if vm.has_flag(this, flags::TYPE_SUBCLASS) {
        return;
    }
    if let Some(traverse) = vm.slots(this).traverse {
        traverse(vm, this, &mut |referent| {
            if held.len() < max && !referent.is_null() {
                held.push(strong("refers to", referent));
            }
        });
    }
}

/// `__slots__`, those of the bases first.
fn slot_fields(vm: &Vm, this: Addr, ty: Addr, held: &mut Vec<Held>) {
    for class in vm.type_data(ty).mro.iter().rev() {
        if vm.type_flags(*class) & flags::HEAPTYPE == 0 {
            continue;
        }
        let namespace = vm.field(*class, TP_DICT);
        let mut position = 0;
        while let Some((name, value)) = dict::next(vm, namespace, &mut position) {
            if vm.type_of(value) == types::MEMBER_DESCRIPTOR
                && let Some(offset) = descriptor::slot_offset(vm, value)
            {
                let label = format!(".{}", str::to_rust(vm, name));
                held.push(strong(label, vm.field(this, offset)));
            }
        }
    }
}

/// Instance attributes in the order in which they were set.
fn attributes(vm: &Vm, this: Addr, ty: Addr, held: &mut Vec<Held>) {
    if vm.type_flags(ty) & flags::HEAPTYPE == 0 {
        return;
    }
    if let Some(inline) = values::valid_values(vm, this, ty) {
        let keys = dict::keys::Table::read(vm, vm.type_data(ty).cached_keys);
        for entry in values::insertion_order(vm, inline) {
            let value = values::get(vm, inline, entry);
            let name = str::to_rust(vm, keys.key(vm, entry));
            held.push(strong(format!(".{name}"), value));
        }
        return;
    }
    if let Some(namespace) = namespace_of(vm, this, ty) {
        let mut position = 0;
        while let Some((name, value)) = dict::next(vm, namespace, &mut position) {
            held.push(strong(format!(".{}", str::to_rust(vm, name)), value));
        }
    }
}

fn namespace_of(vm: &Vm, this: Addr, ty: Addr) -> Option<Addr> {
    if vm.type_flags(ty) & flags::MANAGED_DICT != 0 {
        return values::managed_dict(vm, this).some();
    }
    object::dict_slot(vm, this, ty).and_then(|slot| vm.field(slot, 0).some())
}

/// Where the block of an object begins.
pub fn block_of(vm: &Vm, this: Addr) -> Addr {
    this.before(alloc::presize(vm.type_flags(vm.type_of(this))))
}
