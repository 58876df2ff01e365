//! `sys.getsizeof` told from memory alone, without calling `__sizeof__`.

use crate::python::gc;
use crate::python::memory::Addr;
use crate::python::object::{OB_SIZE, alloc, dict, flags, list, str, r#type, types};
use crate::python::vm::Vm;

/// Offset of a set's `mask`.
const SET_MASK: u64 = 32;
/// Offsets of a set's `table` and of the table inside it.
const SET_TABLE: u64 = 40;
const SET_SMALL_TABLE: u64 = 64;

/// What `sys.getsizeof` says about an object whose class does not define `__sizeof__` itself.
pub fn getsizeof(vm: &Vm, object: Addr) -> u64 {
    let type_flags = vm.type_flags(vm.type_of(object));
    let before = if gc::has_header(vm, object) {
        alloc::presize(type_flags)
    } else {
        0
    };
    before + own_size(vm, object, type_flags)
}

fn own_size(vm: &Vm, object: Addr, type_flags: u64) -> u64 {
    let ty = vm.type_of(object);
    let (basicsize, itemsize) = (
        u64::from(vm.type_data(ty).basicsize),
        u64::from(vm.type_data(ty).itemsize),
    );
    if type_flags & flags::TYPE_SUBCLASS != 0 {
        return r#type::size_of(vm, object);
    }
    if ty == types::STR {
        return str::sizeof(vm, object);
    }
    if type_flags & flags::LONG_SUBCLASS != 0 {
        // `lv_tag`: the number of digits above three bits; zero has one digit's room.
        return basicsize.max(24) + 4 * (vm.word(object, OB_SIZE) >> 3).max(1);
    }
    if type_flags & flags::LIST_SUBCLASS != 0 {
        return basicsize + 8 * vm.word(object, list::ALLOCATED);
    }
    if type_flags & flags::DICT_SUBCLASS != 0 {
        return dict::size_of(vm, object) - 48 + basicsize;
    }
    if vm.is_subtype(ty, types::SET) || vm.is_subtype(ty, types::FROZENSET) {
        let outside = vm.word(object, SET_TABLE) != object.at(SET_SMALL_TABLE).0;
        return basicsize
            + if outside {
                16 * (vm.word(object, SET_MASK) + 1)
            } else {
                0
            };
    }
    let items = if itemsize == 0 {
        0
    } else {
        vm.word(object, OB_SIZE)
    };
    basicsize + items.saturating_mul(itemsize)
}
