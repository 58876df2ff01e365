//! Making and freeing objects. CPython: `_PyType_AllocNoTrack`, `PyObject_GC_New`, `PyObject_Free`.

use super::dict::values;
use super::{OB_REFCNT, OB_SIZE, OB_TYPE, flags};
use crate::python::memory::FreeLists;
use crate::python::memory::freelist::FreeList;
use crate::python::memory::{Addr, Own};
use crate::python::vm::typedata::TP_BASICSIZE;
use crate::python::vm::{PyResult, Vm};

/// Bytes before an object of a type with these flags: collector header, managed dict and weak references.
#[inline(always)]
pub fn presize(type_flags: u64) -> u64 {
    (if type_flags & flags::HAVE_GC != 0 {
        16
    } else {
        0
    }) + (if type_flags & flags::PREHEADER != 0 {
        16
    } else {
        0
    })
}

/// A new object of type `ty` with `items` items, its count 1, everything after the header zero, not tracked.
/// For static and heap types alike; `basicsize + items * itemsize` bytes, rounded up to 8.
pub fn alloc(vm: &mut Vm, ty: Addr, items: usize) -> PyResult<Own> {
    let (basicsize, itemsize) = (vm.type_data(ty).basicsize, vm.type_data(ty).itemsize);
    let mut size = (basicsize as usize + items * itemsize as usize + 7) & !7;
    let type_flags = vm.type_flags(ty);
    let inline = type_flags & flags::INLINE_VALUES != 0;
    if inline {
        size += values::inline_size(vm, ty) as usize;
    }
    let Ok(block) = vm.heap.try_alloc(size + presize(type_flags) as usize) else {
        return Err(vm.memory_error());
    };
    let object = fill(vm, ty, type_flags, block, size);
    if inline {
        values::init_inline(vm, object.addr(), ty);
    } else if type_flags & flags::MANAGED_DICT != 0 {
        values::init_beside(vm, object.addr(), ty);
    }
    if itemsize != 0 {
        vm.set_word(object.addr(), OB_SIZE, items as u64);
    }
    Ok(object)
}

/// [`alloc`] as a class's instances are allocated: where they have items, with room for one more, which no
/// size tells. CPython: `_PyType_AllocNoTrack`.
pub fn alloc_generic(vm: &mut Vm, ty: Addr, items: usize) -> PyResult<Own> {
    if vm.type_data(ty).itemsize == 0 {
        return alloc(vm, ty, items);
    }
    let object = alloc(vm, ty, items + 1)?;
    vm.set_word(object.addr(), OB_SIZE, items as u64);
    Ok(object)
}

/// [`alloc`] for as many items as the engine holds already: the request is never refused.
pub fn alloc_granted(vm: &mut Vm, ty: Addr, items: usize) -> Own {
    let (basicsize, itemsize) = (vm.type_data(ty).basicsize, vm.type_data(ty).itemsize);
    let size = (basicsize as usize + items * itemsize as usize + 7) & !7;
    let type_flags = vm.type_flags(ty);
    let block = vm.heap.alloc(size + presize(type_flags) as usize);
    let object = fill(vm, ty, type_flags, block, size);
    if itemsize != 0 {
        vm.set_word(object.addr(), OB_SIZE, items as u64);
    }
    object
}

/// The same with an explicit size of the object, without what stands before it.
pub fn alloc_sized(vm: &mut Vm, ty: Addr, size: usize) -> PyResult<Own> {
    let type_flags = vm.type_flags(ty);
    let before = presize(type_flags);
    let Ok(block) = vm.heap.try_alloc(size + before as usize) else {
        return Err(vm.memory_error());
    };
    Ok(fill(vm, ty, type_flags, block, size))
}

/// The same for an object that takes more room here than in CPython: as many bytes as `told` are asked for.
pub fn alloc_told(vm: &mut Vm, ty: Addr, size: usize, told: usize) -> PyResult<Own> {
    let type_flags = vm.type_flags(ty);
    let before = presize(type_flags) as usize;
    let Ok(block) = vm.heap.try_alloc_told(size + before, told + before) else {
        return Err(vm.memory_error());
    };
    Ok(fill(vm, ty, type_flags, block, size))
}

/// Makes an object of type `ty` and `size` bytes out of a new block.
#[inline]
fn fill(vm: &mut Vm, ty: Addr, type_flags: u64, block: Addr, size: usize) -> Own {
    let before = presize(type_flags);
    vm.heap.space.zero(block, size + before as usize);
    let object = block.at(before);
    vm.set_word(object, OB_REFCNT, 1);
    vm.set_word(object, OB_TYPE, ty.0);
    if type_flags & flags::HEAPTYPE != 0 {
        let _held_by_the_instance = vm.incref(ty).into_addr();
    }
    if type_flags & flags::HAVE_GC != 0 {
        crate::python::gc::count_allocation(vm);
    }
    Own::from_addr(object)
}

/// Frees the block of a dead object whose fields are dropped already. The reference to a heap type is the
/// caller's to drop, after this.
pub fn free(vm: &mut Vm, object: Addr) {
    let type_flags = vm.type_flags(vm.type_of(object));
    if type_flags & flags::HAVE_GC != 0 {
        crate::python::gc::count_deallocation(vm);
    }
    vm.heap.free(object.before(presize(type_flags)));
}

/// A new object of a type of fixed size, from its free list when that has one. Its fields are zero.
#[inline]
pub fn alloc_kept(
    vm: &mut Vm,
    ty: Addr,
    list: fn(&mut FreeLists) -> &mut FreeList,
) -> PyResult<Own> {
    let Some(object) = list(&mut vm.freelists).pop() else {
        return alloc(vm, ty, 0);
    };
    let fields = vm.word(ty, TP_BASICSIZE) as usize - 16;
    vm.heap.space.fill(object.at(16), fields, 0);
    Ok(revive(vm, object, ty))
}

/// Keeps a dead object whose fields are dropped already, or frees it.
#[inline]
pub fn free_kept(vm: &mut Vm, object: Addr, list: fn(&mut FreeLists) -> &mut FreeList) {
    if !list(&mut vm.freelists).push(object) {
        free(vm, object);
    }
}

/// Gives an object from a free list its header back: count 1, type `ty`. It is not counted as an allocation
/// for the collector, and its trace, if it has one, moves to the running line. CPython: `_PyObject_Init`.
#[inline]
pub fn revive(vm: &mut Vm, object: Addr, ty: Addr) -> Own {
    vm.set_word(object, OB_REFCNT, 1);
    vm.set_word(object, OB_TYPE, ty.0);
    if vm.heap.is_watched() {
        let block = object.before(presize(vm.type_flags(ty)));
        vm.heap.reused(block);
    }
    Own::from_addr(object)
}
