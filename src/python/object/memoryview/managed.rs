//! What stands between the views and the object that they show: it holds the object once for all of them. CPython:
//! `_PyManagedBufferObject`, Objects/memoryobject.c.
//!
//! ```text
//!    16  flags, 1: released     24  exports: views     32  master, whose first words are buf and obj
//! ```

use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{TypeSpec, alloc, buffer, flags, types};
use crate::python::vm::{PyResult, Vm};

/// Offset of `flags`.
const FLAGS: u64 = 16;
/// Offset of `exports`.
const EXPORTS: u64 = 24;
/// Offset of `master.buf`.
const BUF: u64 = 32;
/// Offset of `master.obj`.
const OBJ: u64 = 40;

/// Bit of `flags`: released.
const RELEASED: u64 = 1;

/// `managedbuffer`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 112,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION,
    slots: |slots| {
        slots.dealloc = Some(|vm, this| {
            gc::untrack(vm, this);
            release(vm, this);
            alloc::free(vm, this);
        });
        slots.traverse = Some(|vm, this, visit| {
            if let Some(object) = vm.field(this, OBJ).some() {
                visit(object);
            }
        });
        slots.clear = Some(release);
    },
    ..TypeSpec::new(types::MANAGED_BUFFER, "managedbuffer")
};

/// A managed buffer of an object's bytes at `data`, without views yet.
pub fn new(vm: &mut Vm, object: Addr, data: Addr) -> PyResult<Own> {
    let made = alloc::alloc(vm, types::MANAGED_BUFFER, 0)?;
    vm.set_word(made.addr(), BUF, data.0);
    let held = vm.incref(object);
    vm.init_field(made.addr(), OBJ, held);
    add_export(vm, object, 1);
    gc::track(vm, made.addr());
    Ok(made)
}

/// Counts one more view, which holds the buffer.
pub fn add_view(vm: &mut Vm, this: Addr) -> Own {
    let views = vm.word(this, EXPORTS);
    vm.set_word(this, EXPORTS, views + 1);
    vm.incref(this)
}

/// Counts one view less; without views the object is let go. The view's reference is the caller's to drop.
pub fn remove_view(vm: &mut Vm, this: Addr) {
    let views = vm.word(this, EXPORTS).saturating_sub(1);
    vm.set_word(this, EXPORTS, views);
    if views == 0 {
        release(vm, this);
    }
}

fn release(vm: &mut Vm, this: Addr) {
    let flags = vm.word(this, FLAGS);
    if flags & RELEASED != 0 || vm.word(this, EXPORTS) > 0 {
        return;
    }
    vm.set_word(this, FLAGS, flags | RELEASED);
    if let Some(object) = vm.field(this, OBJ).some() {
        add_export(vm, object, -1);
        vm.set_field(this, OBJ, None);
    }
}

/// Counts buffers of an object that can change.
fn add_export(vm: &mut Vm, object: Addr, change: i64) {
    if let Some(offset) = buffer::exports_offset(vm, object) {
        let exports = vm.word(object, offset);
        vm.set_word(object, offset, exports.wrapping_add_signed(change));
    }
}
