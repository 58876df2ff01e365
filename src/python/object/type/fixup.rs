//! The slots of a class, from what its special methods are. CPython: `update_one_slot`, `fixup_slot_dispatchers`.

use super::slotdefs::{HASH, NEW, OPS, SLOTDEFS};
use crate::python::memory::Addr;
use crate::python::object::{NONE, builtin_function, descriptor, str, types};
use crate::python::vm::Vm;

const ROWS: usize = SLOTDEFS.len();
const SLOTS: usize = OPS.len();
const _: () = assert!(ROWS <= 128 && SLOTS <= 128, "a set of rows is a u128");

/// For every slot the rows of `SLOTDEFS` that are joined with it, a bit for each.
static ROWS_OF: [u128; SLOTS] = {
    let (mut sets, mut row) = ([0; SLOTS], 0);
    while row < ROWS {
        sets[SLOTDEFS[row].slot] |= 1 << row;
        row += 1;
    }
    sets
};

/// For every row those of the same name, itself among them.
static NAMESAKES: [u128; ROWS] = {
    let (mut sets, mut row) = ([0; ROWS], 0);
    while row < ROWS {
        let mut other = 0;
        while other < ROWS {
            if is_same(SLOTDEFS[row].name, SLOTDEFS[other].name) {
                sets[row] |= 1 << other;
            }
            other += 1;
        }
        row += 1;
    }
    sets
};

const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}

/// The members of a set, ascending.
fn bits(mut set: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let first = set.trailing_zeros();
        set &= set.wrapping_sub(1);
        (first < u128::BITS).then_some(first as usize)
    })
}

/// The rows joined with any of the filled slots, ascending; a bit for each slot.
pub fn rows_of(filled: u128) -> impl Iterator<Item = usize> {
    bits(bits(filled).fold(0, |rows, slot| rows | ROWS_OF[slot]))
}

/// Whether other rows have the same name.
pub fn has_namesakes(row: usize) -> bool {
    NAMESAKES[row].count_ones() > 1
}

/// The name of a row of `SLOTDEFS`, interned and immortal.
pub fn row_name(vm: &mut Vm, row: usize) -> Addr {
    if vm.slot_names.is_empty() {
        vm.slot_names = vec![Addr::NULL; ROWS];
    }
    if let Some(name) = vm.slot_names[row].some() {
        return name;
    }
    let name = str::intern_immortal(vm, SLOTDEFS[row].name);
    vm.slot_names[row] = name;
    name
}

/// Recomputes every slot of a class from what its special methods are now: `fixup_slot_dispatchers`.
pub fn fixup_slots(vm: &mut Vm, class: Addr) {
    for slot in 0..OPS.len() {
        update_slot(vm, class, slot);
    }
}

/// Recomputes one slot: native where the method found is the wrapper of that very slot, generic otherwise.
/// CPython: `update_one_slot`.
pub fn update_slot(vm: &mut Vm, class: Addr, slot: usize) {
    let (mut specific, mut use_generic, mut has_generic) = (None, false, false);
    let mut found_any = false;
    for row in bits(ROWS_OF[slot]) {
        let name = row_name(vm, row);
        let Some(found) = vm.type_lookup(class, name) else {
            continue;
        };
        found_any = true;
        match wrapper_owner(vm, found, row) {
            Some((owner, wrapped_slot)) => {
                has_generic |= the_filled_one(vm, class, row).is_none_or(|one| one == slot);
                let fits = wrapped_slot == slot && vm.is_subtype(class, owner);
                match specific {
                    None if fits => specific = Some(owner),
                    Some(other)
                        if fits
                            && (OPS[slot].same)(
                                &vm.type_data(owner).slots,
                                &vm.type_data(other).slots,
                            ) => {}
                    _ => use_generic = true,
                }
            }
            None if slot == NEW => match new_owner(vm, found) {
                Some(owner) => specific = Some(owner),
                None => (use_generic, has_generic) = (true, true),
            },
            None if found == NONE && slot == HASH => {
                vm.type_data_mut(class).slots_mut().hash =
                    Some(crate::python::object::object::hash_not_implemented);
                return;
            }
            None => (use_generic, has_generic) = (true, true),
        }
    }
    match specific {
        _ if !found_any => (OPS[slot].clear)(vm.type_data_mut(class).slots_mut()),
        Some(owner) if !use_generic => {
            let from = vm.type_data(owner).slots.clone();
            (OPS[slot].copy)(&from, vm.type_data_mut(class).slots_mut());
        }
        _ if has_generic => (OPS[slot].set_generic)(vm.type_data_mut(class).slots_mut()),
        _ => (OPS[slot].clear)(vm.type_data_mut(class).slots_mut()),
    }
}

/// The type and slot of a wrapper with this row's name; `None` for any other object.
fn wrapper_owner(vm: &Vm, object: Addr, row: usize) -> Option<(Addr, usize)> {
    if vm.type_of(object) != types::WRAPPER_DESCRIPTOR {
        return None;
    }
    let (owner, def) = descriptor::wrapper_parts(vm, object);
    (NAMESAKES[row] >> def & 1 != 0).then_some((owner, SLOTDEFS[def].slot))
}

/// The static type whose native `__new__` this is.
fn new_owner(vm: &Vm, object: Addr) -> Option<Addr> {
    let native = vm.type_of(object) == types::BUILTIN_FUNCTION_OR_METHOD
        && vm.word(object, builtin_function::ROW) as usize == vm.new_wrapper_row;
    native.then(|| vm.field(object, builtin_function::SELF))
}

/// Type attributes whose change makes slots change.
pub fn slots_named(name: &str) -> Vec<usize> {
    let mut slots: Vec<usize> = SLOTDEFS
        .iter()
        .filter(|def| def.name == name)
        .map(|def| def.slot)
        .collect();
    slots.dedup();
    slots
}

/// The one filled slot among those that a row's name stands for; `None` if several are filled, or none.
/// CPython: `resolve_slotdups`.
fn the_filled_one(vm: &Vm, class: Addr, row: usize) -> Option<usize> {
    if !has_namesakes(row) {
        return Some(SLOTDEFS[row].slot);
    }
    let filled = vm.type_data(class).slots.filled();
    let mut slots = bits(NAMESAKES[row])
        .map(|row| SLOTDEFS[row].slot)
        .filter(|slot| filled >> slot & 1 != 0);
    match (slots.next(), slots.next()) {
        (one, None) => one,
        _ => None,
    }
}
