//! Which base an instance's block comes from, and which classes may replace each other.
//! CPython: `best_base`, `solid_base`, `compatible_for_assignment`.

use crate::python::memory::Addr;
use crate::python::object::{flags, tuple, types};
use crate::python::vm::typedata::*;
use crate::python::vm::{PyResult, Vm};

// Two words before where 3.13 has them, so that they lie within the structure of every version.

/// `ht_name`
pub const HT_NAME: u64 = 840;
/// `ht_slots`
pub const HT_SLOTS: u64 = 848;
/// `ht_qualname`
pub const HT_QUALNAME: u64 = 856;
/// `ht_cached_keys`
pub const HT_CACHED_KEYS: u64 = 864;
/// `ht_module`
pub const HT_MODULE: u64 = 872;

/// Whether a type adds fields to its base's block.
fn adds_fields(vm: &Vm, ty: Addr, base: Addr) -> bool {
    let (mine, theirs) = (vm.type_data(ty), vm.type_data(base));
    if mine.itemsize != theirs.itemsize {
        return true;
    }
    if mine.itemsize != 0 && !vm.profile.weakrefs_are_managed {
        return mine.basicsize != theirs.basicsize;
    }
    let mut size = mine.basicsize;
    // The list of weak references stands last, the dict before it.
    for offset in [TP_WEAKLISTOFFSET, TP_DICTOFFSET] {
        let (mine, theirs) = (vm.word(ty, offset), vm.word(base, offset));
        let is_last = theirs == 0 && mine != 0 && mine.wrapping_add(8) == u64::from(size);
        if is_last && vm.type_flags(ty) & flags::HEAPTYPE != 0 {
            size -= 8;
        }
    }
    size != theirs.basicsize
}

/// The nearest base that decides the layout.
fn solid_base(vm: &Vm, ty: Addr) -> Addr {
    let base = vm.field(ty, TP_BASE);
    if base.is_null() {
        return types::OBJECT;
    }
    let solid = solid_base(vm, base);
    if adds_fields(vm, ty, solid) {
        ty
    } else {
        solid
    }
}

/// Whether instances of a class have the layout that methods of another one in its order rely on: `type_mro_check`.
pub fn is_suitable(vm: &Vm, class: Addr, other: Addr) -> bool {
    is_below(vm, solid_base(vm, class), solid_base(vm, other))
}

/// Whether a class is another one, or has it among the bases that decide layouts: `type_is_subtype_base_chain`.
pub fn is_below(vm: &Vm, class: Addr, other: Addr) -> bool {
    let mut base = class;
    while !base.is_null() {
        if base == other {
            return true;
        }
        base = vm.field(base, TP_BASE);
    }
    other == types::OBJECT
}

/// The base whose layout a new class extends.
///
/// # Errors
/// `TypeError` for a base that is no class, may not be a base, or whose layout conflicts with another's.
pub fn best_base(vm: &mut Vm, bases: Addr) -> PyResult<Addr> {
    let (mut base, mut winner) = (Addr::NULL, Addr::NULL);
    for candidate_base in tuple::items(vm, bases) {
        if !vm.has_flag(candidate_base, flags::TYPE_SUBCLASS) {
            return Err(vm.type_error("bases must be types"));
        }
        if vm.type_flags(candidate_base) & flags::BASETYPE == 0 {
            let name = vm.type_data(candidate_base).full_name.to_string();
            return Err(vm.type_error(format!("type '{name}' is not an acceptable base type")));
        }
        let candidate = solid_base(vm, candidate_base);
        if winner.is_null() || (candidate != winner && vm.is_subtype(candidate, winner)) {
            (winner, base) = (candidate, candidate_base);
        } else if !vm.is_subtype(winner, candidate) {
            return Err(vm.type_error("multiple bases have instance lay-out conflict"));
        }
    }
    Ok(base)
}

/// What of two classes differs, so that one cannot stand where the other did: `compatible_for_assignment`.
pub fn difference(vm: &Vm, new: Addr, old: Addr) -> Option<&'static str> {
    if (vm.type_flags(new) ^ vm.type_flags(old)) & flags::HAVE_GC != 0 {
        return Some("deallocator");
    }
    (!same_layout(vm, new, old)).then_some("object layout")
}

/// Whether instances of two classes have the same block.
fn same_layout(vm: &Vm, new: Addr, old: Addr) -> bool {
    let equal = |offset| vm.word(new, offset) == vm.word(old, offset);
    let same_dealloc = {
        let (a, b) = (
            vm.type_data(new).slots.dealloc,
            vm.type_data(old).slots.dealloc,
        );
        a.zip(b).is_some_and(|(a, b)| std::ptr::fn_addr_eq(a, b))
    };
    let slots = |ty| (vm.type_data(ty).slot_offsets.clone(), slot_names(vm, ty));
    // A module may become an instance of any class of modules.
    let modules = vm.is_subtype(new, types::MODULE) && vm.is_subtype(old, types::MODULE);
    (same_dealloc || modules)
        && equal(TP_BASICSIZE)
        && equal(TP_ITEMSIZE)
        && equal(TP_DICTOFFSET)
        && equal(TP_WEAKLISTOFFSET)
        && (vm.type_flags(new) ^ vm.type_flags(old))
            & (flags::HAVE_GC | flags::PREHEADER | flags::INLINE_VALUES)
            == 0
        && (solid_base(vm, new) == solid_base(vm, old) || slots(new) == slots(old))
}

fn slot_names(vm: &Vm, ty: Addr) -> Vec<String> {
    if vm.type_flags(ty) & flags::HEAPTYPE == 0 {
        return Vec::new();
    }
    match vm.field(ty, HT_SLOTS).some() {
        Some(names) => tuple::items(vm, names)
            .into_iter()
            .map(|name| vm.name_text(name))
            .collect(),
        None => Vec::new(),
    }
}
