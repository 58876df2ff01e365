//! What the collector writes to `stderr` when `gc.set_debug` asks for it.

use super::list::{GENERATIONS, GcHead, PERMANENT, generation_head};
use crate::python::vm::Vm;

/// Statistics of each collection.
pub const STATS: u32 = 1;
/// Each unreachable object that can be freed.
pub const COLLECTABLE: u32 = 2;
/// Each that cannot: there are none since `__del__` runs for cycles too.
pub const UNCOLLECTABLE: u32 = 4;
/// Unreachable objects go to `gc.garbage` instead of being freed.
pub const SAVEALL: u32 = 32;
/// Everything needed to debug a leak.
pub const LEAK: u32 = COLLECTABLE | UNCOLLECTABLE | SAVEALL;

/// A collection begins.
pub fn start(vm: &mut Vm, generation: usize) {
    let sizes: String = (0..GENERATIONS)
        .map(|i| format!(" {}", generation_head(i).len(&vm.heap.space)))
        .collect();
    let permanent = generation_head(PERMANENT).len(&vm.heap.space);
    vm.write_stderr(&format!(
        "gc: collecting generation {generation}...\ngc: objects in each generation:{sizes}\n\
         gc: objects in permanent generation: {permanent}\n"
    ));
}

/// It has ended. The clock is virtual, and a collection takes no step.
pub fn done(vm: &mut Vm, found: usize) {
    vm.write_stderr(&format!(
        "gc: done, {found} unreachable, 0 uncollectable, 0.0000s elapsed\n"
    ));
}

/// The unreachable objects.
pub fn collectable(vm: &mut Vm, list: GcHead) {
    let objects: Vec<_> = list.iter(&vm.heap.space).collect();
    for object in objects {
        let name = vm.type_data(vm.type_of(object)).full_name.clone();
        vm.write_stderr(&format!("gc: collectable <{name} {:#x}>\n", object.0));
    }
}
