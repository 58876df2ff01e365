//! `sys.getsizeof`, `sys.getrefcount`, `sys.getallocatedblocks`.

use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{alloc, int, types};
use crate::python::vm::{Args, PyResult, Vm};

/// `sys.getsizeof(object, default)`: `__sizeof__()` and what stands before the object.
pub fn getsizeof(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let (object, default) = (args.get(vm, 0), args.opt(vm, 1));
    let size = sizeof(vm, object);
    match (size, default) {
        (Ok(size), _) => Ok(int::from_u64(vm, size)),
        (Err(_), Some(default)) if vm.raised_is(types::TYPE_ERROR) => {
            vm.clear_raised();
            Ok(vm.incref(default))
        }
        (Err(raised), _) => Err(raised),
    }
}

/// CPython: `_PySys_GetSizeOf`.
fn sizeof(vm: &mut Vm, object: Addr) -> PyResult<u64> {
    let name = vm.names.__sizeof__;
    let Some(method) = vm.lookup_special(object, name)? else {
        let name = vm.type_name(object);
        return Err(vm.type_error(format!("Type {name} doesn't define __sizeof__")));
    };
    let result = vm.call(method.addr(), &[])?;
    vm.decref(method);
    if !vm.type_check(result.addr(), types::INT) {
        vm.decref(result);
        return Err(vm.type_error("an integer is required"));
    }
    let size = int::as_i64(vm, result.addr());
    vm.decref(result);
    let Some(size) = size else {
        return Err(vm.overflow_error("Python int too large to convert to C ssize_t"));
    };
    if size < 0 {
        return Err(vm.value_error("__sizeof__() should return >= 0"));
    }
    if !gc::has_header(vm, object) {
        return Ok(size as u64);
    }
    let before = alloc::presize(vm.type_flags(vm.type_of(object)));
    Ok(size.wrapping_add(before as i64) as u64)
}

/// The count, which includes the reference that the call itself holds.
pub fn getrefcount(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let object = args.get(vm, 0);
    let count = vm.visible_refcount(object);
    Ok(int::new(vm, count as i64))
}

/// Blocks in use, in pools and beyond.
pub fn getallocatedblocks(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    let blocks = vm.heap.blocks_in_use();
    Ok(int::new(vm, blocks as i64))
}
